/** Keeps the address in step with the state, without a history entry for every day. */

import type { Atlas } from "../data/atlas";
import type { Store } from "../state/store";
import { fromHash, toHash } from "./codec";

const WAIT_MS = 250;

export function keepAddress(atlas: Atlas, store: Store): void {
  let timer = 0;
  const write = (): void => {
    const hash = addressOf(atlas, store);
    if (hash !== location.hash) history.replaceState(null, "", hash);
  };
  store.watch(["day", "since", "back", "view", "layers", "language", "theme", "place", "point", "claim"], () => {
    clearTimeout(timer);
    timer = window.setTimeout(write, WAIT_MS);
  });
  addEventListener("hashchange", () => store.change(fromHash(location.hash, atlas.calendar).patch));
}

export function addressOf(atlas: Atlas, store: Store): string {
  return toHash(store.state, atlas.calendar, atlas.hash(atlas.snapshot(store.state.day)));
}
