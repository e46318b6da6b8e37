/** The same facts as the map, as tables: for who cannot or will not use a map. */

import type { Atlas } from "../data/atlas";
import { statusAt } from "../layers/dots";
import { sinceOf, type Store } from "../state/store";
import { areaText, dayText, numberText, wordsOf } from "../words/format";
import type { Words } from "../words/en";
import { openDialog } from "./dialog";
import { h } from "./dom";
import { placeWord, statusWord } from "./facts";

export function openTable(atlas: Atlas, store: Store): void {
  const { day, language } = store.state;
  const words = wordsOf(language);
  const title = words.tableTitle(dayText(atlas.calendar.first + day, language));
  openDialog(title, words.close,
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title },
      atlas.points ? "" : areaTable(atlas, store, words), placeTable(atlas, store, words)));
}

function areaTable(atlas: Atlas, store: Store, words: Words): HTMLElement {
  const { day, language } = store.state;
  const since = sinceOf(store.state);
  const column = (at: number | null): ((status: string) => string) => (status) => {
    if (at === null || !atlas.hasMap(at)) return words.notHeld;
    const km2 = atlas.area(status, atlas.snapshot(at));
    return km2 === null ? words.notHeld : areaText(km2, language);
  };
  const head = (at: number): string => dayText(atlas.calendar.first + at, language, true);
  const cells = [since, day].filter((at): at is number => at !== null);
  return h("table", {},
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.status),
      ...cells.map((at) => h("th", { scope: "col" }, head(at))))),
    h("tbody", {}, ...["occupied", "held_since_2014", "contested", "ua_held_in_russia", "liberated"]
      .map((status) => h("tr", {}, h("th", { scope: "row" }, statusWord(status, words)),
        ...cells.map((at) => h("td", {}, column(at)(status)))))));
}

function placeTable(atlas: Atlas, store: Store, words: Words): HTMLElement {
  const { day, language } = store.state;
  const since = sinceOf(store.state);
  const now = atlas.snapshot(day);
  const then = since === null ? now : atlas.snapshot(since);
  const name = language === "uk" ? 2 : 1;
  const rows = atlas.places.map((place) => ({
    place, before: statusAt(place, then), after: statusAt(place, now),
  })).sort((a, b) => Number(atlas.differs(b.before, b.after, then, now))
    - Number(atlas.differs(a.before, a.after, then, now))
    || b.place[5] - a.place[5]);
  return h("table", {},
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.place),
      h("th", { scope: "col" }, words.population), h("th", { scope: "col" }, words.before),
      h("th", { scope: "col" }, words.after))),
    h("tbody", {}, ...rows.map(({ place, before, after }) => h("tr", {
      class: atlas.differs(before, after, then, now) ? "changed" : "",
    }, h("th", { scope: "row" }, place[name]), h("td", {}, numberText(place[5], language)),
    h("td", {}, placeWord(atlas, before, then, words)),
    h("td", {}, placeWord(atlas, after, now, words))))));
}
