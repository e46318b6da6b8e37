/** What the reader has chosen, in one frozen object; everything on the page follows from it. */

export type Language = "en" | "uk";
export type Theme = "auto" | "light" | "dark";
export type LayerName = "front" | "liberated" | "labels" | "salients" | "claims";
export const LAYERS: readonly LayerName[] = ["front", "liberated", "labels", "salients", "claims"];

export interface View {
  readonly lng: number;
  readonly lat: number;
  readonly zoom: number;
}

export interface State {
  readonly day: number;
  /** The day to compare with, or `null`; see `sinceOf`. */
  readonly since: number | null;
  /** So many days before, whatever the day; 0 for none. */
  readonly back: number;
  /** `null` until the map stands: the whole front, whatever the screen. */
  readonly view: View | null;
  readonly layers: ReadonlySet<LayerName>;
  readonly language: Language;
  readonly theme: Theme;
  /** GeoNames id of the chosen place. */
  readonly place: number | null;
  /** Identifier of the chosen claim of a checked article. */
  readonly claim: string | null;
  /** Where the reader asked "how do we know?". */
  readonly point: { readonly lng: number; readonly lat: number } | null;
  readonly playing: boolean;
  readonly speed: number;
  readonly embed: boolean;
}

/** The day that the map is compared with: always before its own, or there is none. */
export function sinceOf({ day, since, back }: State): number | null {
  if (back > 0) return day > 0 ? Math.max(0, day - back) : null;
  return since !== null && since < day ? since : null;
}

type Listener = (state: State, before: State) => void;

export class Store {
  private readonly listeners: Listener[] = [];

  constructor(private current: State) {}

  get state(): State {
    return this.current;
  }

  change(patch: Partial<State>): void {
    const before = this.current;
    const after = { ...before, ...patch };
    if ((Object.keys(patch) as (keyof State)[]).every((key) => before[key] === after[key])) return;
    this.current = after;
    for (const listener of this.listeners) listener(after, before);
  }

  /** As `watch`, but at most once in `restMs`: for panels that may lag behind a moving slider. */
  watchCalmly(keys: readonly (keyof State)[], restMs: number, listener: () => void): void {
    let last = 0;
    let timer = 0;
    const call = (): void => {
      timer = 0;
      last = performance.now();
      listener();
    };
    this.watch(keys, () => {
      if (timer) return;
      const wait = last + restMs - performance.now();
      if (wait <= 0) call();
      else timer = window.setTimeout(call, wait);
    });
  }

  /** Calls back at once, and again whenever one of the keys changes. */
  watch(keys: readonly (keyof State)[], listener: Listener): void {
    listener(this.current, this.current);
    this.listeners.push((after, before) => {
      if (keys.some((key) => after[key] !== before[key])) listener(after, before);
    });
  }
}
