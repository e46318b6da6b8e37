/** The line that stands on every picture: source, date, caveat. */

import type { Atlas } from "../data/atlas";
import type { Store } from "../state/store";
import { dayText, wordsOf } from "../words/format";
import { fillWith, h } from "./dom";

export class SourceLine {
  readonly element = h("footer", { class: "source" });

  constructor(atlas: Atlas, store: Store) {
    const show = (): void => fillWith(this.element, sourceText(atlas, store));
    store.watch(["language"], show);
    store.watchCalmly(["day"], 150, show);
  }
}

export function sourceText(atlas: Atlas, store: Store): string {
  const { day, language } = store.state;
  const mapDay = atlas.calendar.dayOf[atlas.snapshot(day)];
  const words = wordsOf(language);
  return words.sourceLine(
    words.credit(atlas.source(atlas.snapshot(day)).credit), dayText(mapDay, language), atlas.baseCredit);
}
