/** Keys that work anywhere on the page, except where somebody is typing. */

import type { Atlas } from "../data/atlas";
import type { Store } from "../state/store";
import { clampDay } from "../state/calendar";
import type { Search } from "./search";

export function watchKeys(atlas: Atlas, store: Store, search: Search): void {
  addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = stepTo(event.key, store.state.day, atlas);
    if (event.key === "/") {
      event.preventDefault();
      search.focus();
    } else if (event.key === " " && target.tagName !== "BUTTON" && target.tagName !== "A" && target.tagName !== "SUMMARY") {
      event.preventDefault();
      store.change({ playing: !store.state.playing });
    } else if (to !== null) {
      store.change({ day: clampDay(atlas.calendar, to) });
    }
  });
}

function stepTo(key: string, day: number, atlas: Atlas): number | null {
  switch (key) {
    case ",": return day - 1;
    case ".": return day + 1;
    case "<": return day - 7;
    case ">": return day + 7;
    case "p": return atlas.nextChange(day, -1);
    case "n": return atlas.nextChange(day, 1);
    default: return null;
  }
}
