/** Says aloud what changed, once it has come to rest. */

import type { Atlas } from "../data/atlas";
import type { Store } from "../state/store";
import { areaText, dayText, wordsOf } from "../words/format";
import { button, fillWith, h } from "./dom";

const REST_MS = 600;

export class Announcer {
  readonly element = h("div", {}, h("div", { class: "sr", role: "status", "aria-live": "polite" }));
  private timer = 0;

  constructor(private readonly atlas: Atlas, private readonly store: Store) {
    store.watch(["day", "since", "back"], (state, before) => {
      if (state === before) return;
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.say(this.summary()), REST_MS);
    });
  }

  say(text: string): void {
    fillWith(this.element.firstElementChild as Element, text);
  }

  /** Says it and shows it until it is closed. */
  tell(text: string): void {
    const words = wordsOf(this.store.state.language);
    const box = h("p", { class: "toast card", role: "alert" }, text,
      button(words.close, "×", () => box.remove(), { class: "quiet" }));
    this.element.append(box);
  }

  private summary(): string {
    const { day, language } = this.store.state;
    const words = wordsOf(language);
    const date = dayText(this.atlas.calendar.first + day, language);
    if (!this.atlas.hasMap(day)) return words.noMap(date);
    const area = this.atlas.controlled(this.atlas.snapshot(day));
    return `${date}: ${words.controlled} ${area === null ? words.notHeld : areaText(area, language)}`;
  }
}
