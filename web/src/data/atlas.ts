/** A history with what the page asks of it: days, figures, places, points. */

import { calendarOf, summed, type Calendar } from "../state/calendar";
import { Ground } from "../layers/ground";
import { Probe } from "../layers/probe";
import { statusAt } from "../layers/dots";
import type { History, PlaceFacts } from "./pack";

export interface PlaceChange {
  readonly place: PlaceFacts;
  readonly before: number;
  readonly after: number;
}

export class Atlas {
  readonly calendar: Calendar;
  readonly ground: Ground;
  readonly probe: Probe;
  /** km² by status, then snapshot. */
  readonly areas: readonly Float64Array[];
  readonly statuses: readonly string[];
  readonly carries: ReadonlySet<string>;

  constructor(readonly history: History, readonly places: readonly PlaceFacts[]) {
    const { facts } = history;
    this.calendar = calendarOf(facts.published, facts.asOf);
    this.ground = new Ground(history);
    this.probe = new Probe(history);
    this.statuses = facts.statuses;
    this.carries = new Set(facts.source.carries);
    this.areas = facts.areas.map((column) => Float64Array.from(summed(column), (v) => v / 100));
  }

  /** The snapshot of a day, or the last before it if the day has none. */
  snapshot(day: number): number {
    return this.calendar.heldBy[day];
  }

  hasMap(day: number): boolean {
    return this.calendar.snapshotOf[day] >= 0;
  }

  hash(snapshot: number): string {
    return this.history.facts.hashes.slice(snapshot * 16, snapshot * 16 + 16);
  }

  /** km² of a status, `null` where the source holds no such layer. */
  area(status: string, snapshot: number): number | null {
    if (this.history.facts.source.kind === "points" || !this.carries.has(status)) return null;
    return this.areas[this.statuses.indexOf(status)][snapshot];
  }

  /** Occupied and held since 2014 together, or the one layer of a source that has no other. */
  controlled(snapshot: number): number | null {
    const one = this.area("controlled", snapshot);
    if (one !== null) return one;
    const occupied = this.area("occupied", snapshot);
    const held = this.area("held_since_2014", snapshot);
    return occupied === null || held === null ? null : occupied + held;
  }

  /** km² gained and lost, the sum of the days after `from` up to `to`. */
  gross(from: number, to: number): { gained: number; lost: number } {
    const { gained, lost } = this.history.facts;
    const sum = { gained: 0, lost: 0 };
    for (let day = from + 1; day <= to; day++) {
      sum.gained += gained[day] / 100;
      sum.lost += lost[day] / 100;
    }
    return sum;
  }

  changedPlaces(then: number, now: number): PlaceChange[] {
    return this.places
      .map((place) => ({ place, before: statusAt(place, then), after: statusAt(place, now) }))
      .filter(({ before, after }) => before !== after);
  }

  /** The nearest day with a change of the map, -1 or 1 in time. */
  nextChange(day: number, direction: -1 | 1): number {
    const { gained, lost } = this.history.facts;
    for (let at = day + direction; at >= 0 && at < this.calendar.days; at += direction) {
      if (this.hasMap(at) && gained[at] + lost[at] > 0) return at;
    }
    return day;
  }
}
