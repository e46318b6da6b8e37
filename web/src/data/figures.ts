/** Figures beside the map, as `contested.jobs.site_figures` writes them: read once, asked by day.
 *
 * Days are numbers since 1970. Salients and corridors are not measured on every map: a day without
 * them has none, which is said, and the nearest day that has them is offered. */

import { summed } from "../state/calendar";

export interface WrittenFigures {
  readonly front: { readonly rulerM: number; readonly days: readonly number[]; readonly mainKm10: readonly number[] };
  readonly corridors: {
    readonly days: readonly number[];
    readonly states: readonly string[];
    /** GeoNames id; flat: places of `days` since the change before, tenths of a km, state or -1. */
    readonly towns: readonly (readonly [number, readonly number[]])[];
  };
  readonly salients: { readonly days: readonly number[]; readonly rows: readonly (readonly WrittenSalient[])[] };
}

/** Side, depth, its range and mouth in tenths of a km, nearest place, differences of millidegrees. */
type WrittenSalient = readonly [0 | 1, number, number, number, number, string, string, readonly number[]];

export interface Salient {
  readonly side: "attacker" | "defender";
  readonly depthKm: number;
  readonly rangeKm: readonly [number, number];
  readonly mouthKm: number;
  readonly near: { readonly en: string; readonly uk: string };
  readonly line: readonly (readonly [number, number])[];
}

export interface Corridor {
  readonly day: number;
  readonly widthKm: number;
  readonly state: string;
}

export class PageFigures {
  readonly rulerM: number;
  private readonly fronts: ReadonlyMap<number, number>;
  private readonly salientDays: readonly number[];
  private readonly corridorDays: readonly number[];
  private readonly towns: ReadonlyMap<number, readonly number[]>;

  constructor(private readonly written: WrittenFigures) {
    const { front, corridors, salients } = written;
    this.rulerM = front.rulerM;
    const lengths = summed(front.mainKm10);
    this.fronts = new Map(summed(front.days).map((day, i) => [day, lengths[i] / 10]));
    this.salientDays = summed(salients.days);
    this.corridorDays = summed(corridors.days);
    this.towns = new Map(corridors.towns);
  }

  /** Km of the main line on a day's last map; `null` where it was not measured. */
  frontOn(day: number): number | null {
    return this.fronts.get(day) ?? null;
  }

  /** `null` where salients were not measured, which is not the same as none. */
  salientsOn(day: number): readonly Salient[] | null {
    const at = this.salientDays.indexOf(day);
    return at < 0 ? null : this.written.salients.rows[at].map(salientOf);
  }

  hasSalients(day: number): boolean {
    return this.salientDays.includes(day);
  }

  nearestSalients(day: number): number | null {
    return nearest(this.salientDays, day);
  }

  /** A town's corridor on the nearest day that has one, `null` if it never was among the towns
   * near controlled ground. */
  corridorNear(place: number, day: number): Corridor | null {
    const changes = this.towns.get(place);
    if (!changes) return null;
    const measured: number[] = [];
    const values = new Map<number, Corridor>();
    let from = 0;
    for (let i = 0; i < changes.length; i += 3) {
      from += changes[i];
      const until = i + 3 < changes.length ? from + changes[i + 3] : this.corridorDays.length;
      if (changes[i + 2] < 0) continue;
      for (let at = from; at < until; at++) {
        const on = this.corridorDays[at];
        measured.push(on);
        values.set(on, {
          day: on, widthKm: changes[i + 1] / 10, state: this.written.corridors.states[changes[i + 2]],
        });
      }
    }
    const found = nearest(measured, day);
    return found === null ? null : values.get(found) ?? null;
  }
}

/** Of two days as near, the earlier. */
function nearest(days: readonly number[], day: number): number | null {
  let found: number | null = null;
  for (const one of days) {
    if (found === null || Math.abs(one - day) < Math.abs(found - day)) found = one;
  }
  return found;
}

function salientOf([side, depth, low, high, mouth, en, uk, steps]: WrittenSalient): Salient {
  const line: [number, number][] = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    line.push([x / 1000, y / 1000]);
  }
  return {
    side: side === 0 ? "attacker" : "defender", depthKm: depth / 10, rangeKm: [low / 10, high / 10],
    mouthKm: mouth / 10, near: { en, uk }, line,
  };
}
