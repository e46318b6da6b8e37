/** "How do we know?": what the source says of one point, since when, and in which file. */

import type { Atlas } from "../data/atlas";
import type { Spell } from "../layers/probe";
import type { Store } from "../state/store";
import { dayText, wordsOf } from "../words/format";
import type { Words } from "../words/en";
import { button, h } from "./dom";
import { statusWord } from "./facts";
import { inLanguage } from "./key";

export function knowSection(atlas: Atlas, store: Store, words: Words): HTMLElement {
  const { point, day } = store.state;
  const source = atlas.source(atlas.snapshot(day));
  return h("section", { class: "know", id: "know" },
    h("h2", {}, words.howWeKnow),
    point && !atlas.points
      ? pointFacts(atlas, store, words) : !atlas.points && h("p", { class: "note" }, words.clickMap),
    h("p", { class: "note" }, words.howText, " ", h("a", {
      href: safeLink(source.termsUrl), rel: "noopener noreferrer",
    }, words.credit(source.credit))));
}

function pointFacts(atlas: Atlas, store: Store, words: Words): HTMLElement {
  const { point, day, language } = store.state;
  if (!point) return h("p", {});
  const spells = atlas.probe.spells(point.lng, point.lat);
  const snapshot = atlas.snapshot(day);
  const at = spells.findIndex((spell) => spell.from <= snapshot && snapshot < spell.until);
  const spell = spells[at];
  const fact = (label: string, value: string): HTMLElement =>
    h("div", {}, h("dt", {}, label), h("dd", {}, value));
  const dayOf = (index: number): string => dayText(atlas.calendar.dayOf[index], language, true);
  return h("div", {},
    h("p", { class: "coordinates" }, words.pointOf(point.lat.toFixed(4), point.lng.toFixed(4)),
      button(words.close, "×", () => store.change({ point: null }), { class: "quiet" })),
    spell.status < 0 && h("p", { class: "note" }, words.noRecord),
    h("dl", { class: "figures small" },
      spell.status >= 0 && fact(words.status, statusWord(atlas.statuses[spell.status], words)),
      spell.status >= 0 && fact(words.word, `“${inLanguage(atlas.history.facts.words[spell.word], language)}”`),
      fact(words.firstDay, dayOf(spell.from)),
      fact(words.lastDay, spell.until >= atlas.calendar.dayOf.length
        ? words.stillSo : dayOf(spell.until - 1)),
      fact(words.snapshot, atlas.hash(snapshot))),
    stepButtons(atlas, store, spells, at, words));
}

function stepButtons(
  atlas: Atlas, store: Store, spells: readonly Spell[], at: number, words: Words,
): HTMLElement {
  const go = (snapshot: number): void =>
    store.change({ day: atlas.calendar.dayOf[snapshot] - atlas.calendar.first });
  return h("p", { class: "steps" },
    button(words.previousHere, `‹ ${wordsOf(store.state.language).previousHere}`,
      () => go(spells[at].from - 1), { disabled: at <= 0 }),
    button(words.nextHere, `${words.nextHere} ›`,
      () => go(spells[at].until), { disabled: at >= spells.length - 1 }));
}

/** Only addresses that cannot run anything. */
export function safeLink(address: string): string {
  return /^https?:\/\//.test(address) ? address : "#";
}
