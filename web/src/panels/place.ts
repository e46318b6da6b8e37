/** A place's statuses over time: as a strip and as a table. */

import type { Atlas } from "../data/atlas";
import type { PlaceFacts } from "../data/pack";
import type { Store } from "../state/store";
import { dayText, numberText } from "../words/format";
import type { Words } from "../words/en";
import { button, h } from "./dom";
import { dayButton, placeWord } from "./facts";

export function placeSection(atlas: Atlas, store: Store, words: Words): HTMLElement | null {
  const { place: id, language } = store.state;
  const place = atlas.places.find(([one]) => one === id);
  if (!place) return null;
  const name = place[language === "uk" ? 2 : 1];
  return h("section", { class: "place" },
    h("h2", {}, words.timelineOf(name),
      button(words.close, "×", () => store.change({ place: null }), { class: "quiet" })),
    h("p", { class: "note" }, `${numberText(place[5], language)} ${words.population}`,
      place[6] ? ` · ${place[6]}` : ""),
    corridor(atlas, place, store, words),
    strip(atlas, place, store),
    table(atlas, place, words, store));
}

/** A number only, with its map, and what it does not say. Where the day's map was not measured,
 * that is said, and the nearest map that was is offered with its number. */
function corridor(atlas: Atlas, place: PlaceFacts, store: Store, words: Words): HTMLElement | null {
  const { first } = atlas.calendar;
  const { day, language } = store.state;
  const found = atlas.figures?.corridorNear(place[0], first + day);
  if (!found) return null;
  const km = `${numberText(found.widthKm, language, 1)} ${words.km}`;
  const value = found.state === "measured" ? km
    : found.state === "open" ? `${words.openSides} (≥ ${km})` : words.corridorStates[found.state] ?? found.state;
  const here = found.day === first + day;
  return h("dl", { class: "figures" }, h("div", {},
    h("dt", {}, words.corridor, !here && h("small", {}, words.corridorNearest, " ", dayButton(found.day - first, atlas, store))),
    h("dd", {}, !here && h("b", { class: "not-held" }, words.notMeasured),
      h(here ? "b" : "span", {}, value), h("small", {}, words.corridorNote))));
}

interface Row {
  readonly status: number;
  readonly snapshot: number;
  readonly from: number;
  readonly until: number;
}

function rowsOf(atlas: Atlas, place: PlaceFacts): Row[] {
  const end = atlas.calendar.days;
  const day = (snapshot: number): number => atlas.calendar.dayOf[snapshot] - atlas.calendar.first;
  const rows = place[7].map(([since, status]) => ({ since, status }));
  // What no layer shows means less where a source without a contested layer goes on.
  for (const begin of atlas.history.facts.begins) {
    const at = rows.findLastIndex(({ since }) => since <= begin);
    if (at < 0 || rows[at].since === begin || rows[at].status >= 0) continue;
    rows.splice(at + 1, 0, { since: begin, status: rows[at].status });
  }
  return rows.map(({ since, status }, i) => ({
    status, snapshot: since, from: day(since), until: i + 1 < rows.length ? day(rows[i + 1].since) : end,
  }));
}

function strip(atlas: Atlas, place: PlaceFacts, store: Store): HTMLElement {
  const bar = h("div", { class: "strip", "aria-hidden": "true" });
  for (const row of rowsOf(atlas, place)) {
    const piece = h("span", { class: `status-${atlas.statuses[row.status] ?? "none"}` });
    piece.style.left = `${(row.from / atlas.calendar.days) * 100}%`;
    piece.style.width = `${((row.until - row.from) / atlas.calendar.days) * 100}%`;
    bar.append(piece);
  }
  const now = h("i", {});
  now.style.left = `${(store.state.day / atlas.calendar.days) * 100}%`;
  bar.append(now);
  return bar;
}

function table(atlas: Atlas, place: PlaceFacts, words: Words, store: Store): HTMLElement {
  const { language } = store.state;
  const date = (day: number): string => dayText(atlas.calendar.first + day, language, true);
  return h("table", {},
    h("thead", {}, h("tr", {},
      h("th", { scope: "col" }, words.from), h("th", { scope: "col" }, words.status))),
    h("tbody", {}, ...rowsOf(atlas, place).map((row) => h("tr", {},
      h("td", {}, h("a", { href: "#", onclick: (event: Event) => {
        event.preventDefault();
        store.change({ day: row.from });
      } }, date(row.from))),
      h("td", {}, placeWord(atlas, row.status, row.snapshot, words))))));
}
