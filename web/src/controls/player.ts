/** Plays the days at a speed; a frame that comes late skips days rather than slowing time. */

import type { Atlas } from "../data/atlas";
import type { Store } from "../state/store";

export class Player {
  private from = 0;
  private since = 0;

  constructor(private readonly atlas: Atlas, private readonly store: Store) {
    store.watch(["playing", "speed"], (state, before) => {
      if (state.playing && !before.playing) this.start();
      else if (state.playing) this.mark();
    });
  }

  toggle(): void {
    this.store.change({ playing: !this.store.state.playing });
  }

  private start(): void {
    if (this.store.state.day >= this.atlas.calendar.days - 1) this.store.change({ day: 0 });
    this.mark();
    requestAnimationFrame(() => this.step());
  }

  private mark(): void {
    this.from = this.store.state.day;
    this.since = performance.now();
  }

  private step(): void {
    const { playing, speed } = this.store.state;
    if (!playing) return;
    const passed = ((performance.now() - this.since) / 1000) * speed;
    const day = Math.min(this.atlas.calendar.days - 1, this.from + Math.floor(passed));
    this.store.change({ day });
    if (day >= this.atlas.calendar.days - 1) this.store.change({ playing: false });
    else requestAnimationFrame(() => this.step());
  }
}
