/** What the colours and patterns mean, as words: for the legend and for saved pictures. */

import type { Atlas } from "../data/atlas";
import { sinceOf, type Language, type Store } from "../state/store";
import type { Words } from "../words/en";
import { dayText, wordsOf } from "../words/format";

export type Swatch =
  | "occupied" | "gained" | "lost" | "held" | "contested" | "ua" | "liberated" | "front" | "salient"
  | "dot-occupied" | "dot-contested" | "dot-liberated" | "dot-free";

export interface KeyRow {
  readonly swatch: Swatch;
  readonly text: string;
  /** Said smaller: the source's own word. */
  readonly more?: string;
}

/** Letters of a source's word that the legend has room for; the whole stands in "how we know". */
const LONGEST = 34;

export function keyRows(atlas: Atlas, store: Store): KeyRow[] {
  const { language } = store.state;
  const words = wordsOf(language);
  if (atlas.points) return dotRows(words);
  const rows = areaRows(atlas, store, words);
  const since = sinceOf(store.state);
  if (since !== null) {
    const from = dayText(atlas.calendar.first + since, language, true);
    rows.splice(1, 0, { swatch: "gained", text: words.gainedSince(from) },
      { swatch: "lost", text: words.lostSince(from) });
  }
  return rows;
}

function areaRows(atlas: Atlas, store: Store, words: Words): KeyRow[] {
  const { day, layers } = store.state;
  const snapshot = atlas.snapshot(day);
  const shows = (status: string): boolean => !!atlas.area(status, snapshot);
  const rows: KeyRow[] = [{
    swatch: "occupied",
    text: atlas.carries("occupied", snapshot) ? words.occupied : words.controlled,
  }];
  if (atlas.carries("held_since_2014", snapshot)) rows.push({ swatch: "held", text: words.heldSince2014 });
  rows.push(contestedRow(atlas, store.state.language, words, snapshot));
  if (shows("ua_held_in_russia")) rows.push({ swatch: "ua", text: words.uaInRussia });
  if (layers.has("liberated") && shows("liberated")) {
    rows.push({ swatch: "liberated", text: words.liberated });
  }
  if (layers.has("front")) rows.push({ swatch: "front", text: words.frontLine });
  if (layers.has("salients") && atlas.salientsOn(day)?.length) {
    rows.push({ swatch: "salient", text: words.salientLine });
  }
  return rows;
}

/** Our class, and the word that the source itself uses on this day. */
function contestedRow(atlas: Atlas, language: Language, words: Words, snapshot: number): KeyRow {
  if (!atlas.carries("contested", snapshot)) {
    return { swatch: "contested", text: `${words.contested}: ${words.notHeld}` };
  }
  const { polygons, facts } = atlas.history;
  const status = atlas.statuses.indexOf("contested");
  const used = new Set<string>();
  for (const id of atlas.ground.members(snapshot)) {
    if (polygons[id].status === status) used.add(facts.words[polygons[id].word]);
  }
  const said = [...new Set([...used].map((word) => inLanguage(word, language)))]
    .filter((word) => word).slice(0, 2).map((word) => `“${shortened(word)}”`).join(", ");
  return { swatch: "contested", text: words.contested, ...(said ? { more: words.sourceWord(said) } : {}) };
}

function dotRows(words: Words): KeyRow[] {
  return [
    { swatch: "dot-occupied", text: words.occupied }, { swatch: "dot-contested", text: words.contested },
    { swatch: "dot-liberated", text: words.liberated }, { swatch: "dot-free", text: words.free },
  ];
}

/** The source writes "Статус невідомий /// Unknown status /// key": the part a reader can read. */
export function inLanguage(word: string, language: Language): string {
  const parts = word.split("///").map((part) => part.trim());
  return (parts.length > 1 && language === "en" ? parts[1] : parts[0]) ?? word;
}

function shortened(word: string): string {
  return word.length > LONGEST ? `${word.slice(0, LONGEST).replace(/\s+\S*$/, "")} …` : word;
}
