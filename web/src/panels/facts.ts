/** The panel beside the map: what the day's map says, what changed, and how we know. */

import type { Atlas } from "../data/atlas";
import { sinceOf, type Store } from "../state/store";
import { clampDay, isoDay } from "../state/calendar";
import {
  areaText, dayText, numberText, signed, squareMiles, timeText, wordsOf,
} from "../words/format";
import type { Words } from "../words/en";
import type { CheckedClaims, Pin } from "../data/load";
import { claimsSection } from "./claims";
import { dateField } from "./dateField";
import { button, fillWith, h } from "./dom";
import { knowSection } from "./know";
import { placeSection } from "./place";

const LISTED = 6;
/** A figure that changes more often than this cannot be read. */
const CALM_MS = 150;

export class FactsPanel {
  /** Scrolls within its card: a scroller with round corners would be masked at every step. */
  private readonly body = h("div", { class: "scroller" });
  readonly element = h("aside", { class: "facts card", id: "facts" }, this.body);

  constructor(
    private readonly atlas: Atlas, private readonly store: Store,
    private readonly claims: CheckedClaims | null,
    private readonly chooseClaim: (pin: Pin) => void,
  ) {
    store.watch(["point", "claim"], ({ point, claim }, before) => {
      if (point && point !== before.point) this.element.classList.add("open");
      if (claim && claim !== before.claim) this.element.classList.add("open");
    });
    store.watch(["language", "point", "place", "claim", "since", "back", "layers"], () => this.build());
    store.watchCalmly(["day"], CALM_MS, () => this.build());
  }

  private build(): void {
    const { day, language } = this.store.state;
    const words = wordsOf(language);
    const snapshot = this.atlas.snapshot(day);
    const source = this.atlas.source(snapshot);
    const mapDay = dayText(this.atlas.calendar.dayOf[snapshot], language);
    this.element.setAttribute("aria-label", words.figures);
    const place = placeSection(this.atlas, this.store, words);
    fillWith(
      this.body,
      this.handle(words),
      h("h1", {}, this.heading(), " ", h("span", { class: "when" },
        dayText(this.atlas.calendar.first + day, language))),
      h("p", { class: "note" }, words.assessed(source.short),
        this.atlas.points || !this.atlas.hasMap(day) ? ` · ${words.mapOf(mapDay)}` : ` · ${words.shownFor(
          timeText(this.atlas.calendar.published[snapshot], language))}`),
      !this.atlas.hasMap(day) && h("p", { class: "warning" },
        h("b", {}, `${words.noMap(dayText(this.atlas.calendar.first + day, language))}. `),
        words.noMapMore(mapDay)),
      place,
      // What follows is of the whole country, whatever place the panel is headed by.
      place && h("h2", {}, words.ukraine),
      this.atlas.points ? this.counts(snapshot, words) : this.figures(snapshot, words),
      this.changes(words),
      claimsSection(this.claims, this.store, this.chooseClaim, words),
      this.salients(words),
      knowSection(this.atlas, this.store, words),
      source.localOnly && h("p", { class: "note local" }, words.localOnly),
    );
  }

  /** On a phone the panel is a sheet that shows its head until it is pulled up. */
  private handle(words: Words): HTMLElement {
    const open = this.element.classList.contains("open");
    return button(open ? words.lessFigures : words.moreFigures, "", () => this.pull(!open), {
      class: "handle-bar", "aria-expanded": String(open), "aria-controls": "facts", id: "pull",
    });
  }

  private pull(open: boolean): void {
    this.element.classList.toggle("open", open);
    this.body.scrollTop = 0;
    this.build();
    document.getElementById("pull")?.focus();
  }

  private heading(): string {
    const { place, language } = this.store.state;
    const words = wordsOf(language);
    const found = this.atlas.places.find(([id]) => id === place);
    return `${found ? found[language === "uk" ? 2 : 1] : words.ukraine},`;
  }

  /** Points have numbers of settlements, never areas. */
  private counts(snapshot: number, words: Words): HTMLElement {
    const { language } = this.store.state;
    const rows = [...this.atlas.counts(snapshot)].sort((a, b) => b[1] - a[1]);
    return h("div", {},
      h("dl", { class: "figures" }, ...rows.map(([status, count]) => h("div", {},
        h("dt", {}, words.shownAs(statusWord(status, words))),
        h("dd", {}, h("b", {}, numberText(count, language)))))),
      h("p", { class: "note" }, words.areasNotHeld));
  }

  private figures(snapshot: number, words: Words): HTMLElement {
    const { day } = this.store.state;
    const held = this.atlas.hasMap(day);
    const row = (label: string, value: number | null): HTMLElement => this.row(
      label, held ? value : null, held ? words.notHeldSource : words.notHeldDay, words);
    return h("dl", { class: "figures" },
      row(words.controlled, this.atlas.controlled(snapshot)),
      this.atlas.carries("occupied", snapshot) && row(words.occupied, this.atlas.area("occupied", snapshot)),
      this.atlas.carries("held_since_2014", snapshot)
        && row(words.heldSince2014, this.atlas.area("held_since_2014", snapshot)),
      row(words.contested, this.atlas.area("contested", snapshot)),
      this.front(words),
      !!this.atlas.area("ua_held_in_russia", snapshot)
        && row(words.uaInRussia, this.atlas.area("ua_held_in_russia", snapshot)),
    );
  }

  private front(words: Words): HTMLElement | null {
    const { day, language } = this.store.state;
    const { figures, calendar } = this.atlas;
    if (!figures) return null;
    const main = this.atlas.hasMap(day) ? figures.frontOn(calendar.first + day) : null;
    return h("div", {},
      h("dt", {}, words.front, h("small", {}, words.ruler(String(figures.rulerM)))),
      main === null
        ? h("dd", {}, h("b", { class: "not-held" }, words.notHeld), h("small", {}, words.notHeldDay))
        : h("dd", {}, h("b", {}, `${numberText(main, language)} ${words.km}`),
          h("small", {}, `${numberText(main / 1.609344, language)} ${words.miles}`)));
  }

  private salients(words: Words): HTMLElement | null {
    const { day, layers, language } = this.store.state;
    if (!layers.has("salients") || !this.atlas.figures) return null;
    const found = this.atlas.salientsOn(day);
    if (found === null) return this.salientsElsewhere(words);
    const km = (value: number): string => numberText(value, language, 1);
    return h("section", {}, h("h2", {}, words.salients),
      found.length === 0 && h("p", { class: "note" }, words.noSalients),
      h("ul", { class: "settlements" }, ...found.slice(0, LISTED).map((one) => h("li", {},
        h("b", {}, (one.side === "attacker" ? words.salientAttacker : words.salientDefender)(one.near[language])),
        h("span", {}, words.salientFigures(
          km(one.depthKm), km(one.mouthKm), km(one.rangeKm[0]), km(one.rangeKm[1])))))));
  }

  /** Salients take seconds a map, so one map a month has them; a reader is led to the nearest. */
  private salientsElsewhere(words: Words): HTMLElement | null {
    const { first } = this.atlas.calendar;
    const { day } = this.store.state;
    const nearest = this.atlas.figures?.nearestSalients(first + day) ?? null;
    return h("section", {}, h("h2", {}, words.salients),
      h("p", { class: "note" }, words.salientsNotMeasured, " ",
        nearest !== null && dayButton(nearest - first, this.atlas, this.store)));
  }

  private row(label: string, value: number | null, why: string, words: Words): HTMLElement {
    const { language } = this.store.state;
    return h("div", {},
      h("dt", {}, label),
      value === null
        ? h("dd", {}, h("b", { class: "not-held" }, words.notHeld), h("small", {}, why))
        : h("dd", {}, h("b", {}, areaText(value, language)),
          h("small", {}, squareMiles(value, language))));
  }

  private changes(words: Words): HTMLElement {
    const { day, language } = this.store.state;
    const since = sinceOf(this.store.state);
    const { calendar } = this.atlas;
    const pick = h("select", {
      id: "compare", "aria-label": words.compareWith,
      onchange: () => this.choose(pick.value),
    }, ...([["", words.noCompare], ["1", words.yesterday], ["7", words.week], ["30", words.month],
      ["date", words.date]] as const).map(([value, text]) =>
      h("option", { value, selected: value === this.chosen() }, text)));
    const date = dateField("since", (iso) => this.sinceTyped(iso));
    date.input.setAttribute("aria-label", `${words.compareWith}: ${words.date}`);
    if (since !== null) {
      date.show(isoDay(calendar, since), dayText(calendar.first + since, language, true));
    }
    const line = h("p", { class: "compare" }, h("label", { for: "compare" }, words.compareWith), pick,
      since !== null && date.element);
    if (since === null) {
      return h("section", {}, line, this.chosen() !== "" && h("p", { class: "note" }, words.noEarlier));
    }
    const [from, to] = [since, day];
    const gross = this.atlas.gross(from, to);
    const then = this.atlas.controlled(this.atlas.snapshot(from));
    const now = this.atlas.controlled(this.atlas.snapshot(to));
    const net = then === null || now === null ? null : now - then;
    return h("section", {},
      h("h2", {}, words.whatChanged(dayText(calendar.dayOf[this.atlas.snapshot(from)], language))),
      line,
      h("dl", { class: "figures small" },
        !this.atlas.points && this.change(words.net, net, words),
        net !== null && this.change(words.gained, gross.gained, words, "gain"),
        net !== null && this.change(words.lost, gross.lost, words, "loss")),
      this.seam(from, to, words),
      net !== null && h("p", { class: "note" }, words.dailySum),
      this.settlements(this.atlas.snapshot(from), this.atlas.snapshot(to), words));
  }

  private seam(from: number, to: number, words: Words): HTMLElement | null {
    const [then, now] = [from, to].map((day) => this.atlas.source(this.atlas.snapshot(day)));
    return then === now ? null : h("p", { class: "warning" }, words.sourcesDiffer(then.short, now.short));
  }

  private change(label: string, value: number | null, words: Words, kind = ""): HTMLElement {
    const { language } = this.store.state;
    const text = value === null ? words.notHeld
      : kind ? areaText(value, language) : signed(areaText(value, language), value);
    return h("div", {}, h("dt", {}, label), h("dd", {}, h("b", { class: kind }, text)));
  }

  private settlements(then: number, now: number, words: Words): HTMLElement {
    const { language } = this.store.state;
    const sorted = this.atlas.changedPlaces(then, now).sort((a, b) => b.place[5] - a.place[5]);
    return h("div", {},
      h("h3", {}, `${words.settlements} (${numberText(sorted.length, language)})`),
      sorted.length === 0 && h("p", { class: "note" }, words.noSettlements),
      h("ul", { class: "settlements" }, ...sorted.slice(0, LISTED).map(({ place, before, after }) =>
        h("li", {},
          h("a", { href: "#", onclick: (event: Event) => {
            event.preventDefault();
            this.store.change({ place: place[0] });
          } }, place[language === "uk" ? 2 : 1]),
          h("span", {}, `${placeWord(this.atlas, before, then, words)} → ${
            placeWord(this.atlas, after, now, words)}`)))),
      sorted.length > LISTED
        && h("p", { class: "note" }, words.moreSettlements(sorted.length - LISTED)));
  }

  /** The choice of the list that the state amounts to. */
  private chosen(): string {
    const { since, back } = this.store.state;
    if (back > 0) return [1, 7, 30].includes(back) ? String(back) : "date";
    return since === null ? "" : "date";
  }

  private choose(value: string): void {
    if (value === "date") {
      const since = sinceOf(this.store.state) ?? Math.max(0, this.store.state.day - 31);
      this.store.change({ since, back: 0 });
    } else this.store.change({ since: null, back: Number(value) });
  }

  private sinceTyped(text: string): void {
    const time = Date.parse(`${text}T00:00:00Z`);
    if (Number.isNaN(time)) return;
    this.store.change({
      since: clampDay(this.atlas.calendar, time / 864e5 - this.atlas.calendar.first), back: 0,
    });
  }
}

/** A day as a button that leads to it, the days between two compared ones kept. */
export function dayButton(day: number, atlas: Atlas, store: Store): HTMLElement {
  const text = dayText(atlas.calendar.first + day, store.state.language);
  return button(text, text, () => store.change({ day }));
}

/** Of a settlement of Ukraine: what no layer of an area map holds is the government's, or, where
 * the source has no contested layer, merely not controlled. */
export function placeWord(atlas: Atlas, status: number, snapshot: number, words: Words): string {
  const name = atlas.statuses[status];
  if (name || atlas.points) return statusWord(name, words);
  return atlas.carries("contested", snapshot) ? words.free : words.notControlled;
}

export function statusWord(status: string | undefined, words: Words): string {
  switch (status) {
    case "occupied": return words.occupied;
    case "held_since_2014": return words.heldSince2014;
    case "contested": return words.contested;
    case "ua_held_in_russia": return words.uaInRussia;
    case "liberated": return words.liberated;
    case "controlled": return words.controlled;
    case "free": return words.free;
    default: return words.noStatement;
  }
}
