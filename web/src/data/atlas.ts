/** A history with what the page asks of it: days, figures, places, points. */

import { calendarOf, summed, type Calendar } from "../state/calendar";
import { Ground } from "../layers/ground";
import { Probe } from "../layers/probe";
import { statusAt } from "../layers/dots";
import type { PageFigures, Salient } from "./figures";
import type { History, PlaceFacts, SourceFacts } from "./pack";

const TAKEN: ReadonlySet<string> = new Set(["occupied", "held_since_2014", "controlled"]);

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
  readonly points: boolean;
  /** By day: km² that became and ceased to be controlled; of points the number of settlements. */
  readonly gained: Float64Array;
  readonly lost: Float64Array;

  constructor(
    readonly history: History, readonly places: readonly PlaceFacts[],
    readonly figures: PageFigures | null, readonly baseCredit: string,
  ) {
    const { facts } = history;
    this.calendar = calendarOf(facts.published, facts.asOf);
    this.ground = new Ground(history);
    this.probe = new Probe(history);
    this.statuses = facts.statuses;
    this.points = facts.sources[0].kind === "points";
    this.gained = Float64Array.from(facts.gained, (value) => value / 100);
    this.lost = Float64Array.from(facts.lost, (value) => value / 100);
    if (this.points) this.countSettlements();
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

  /** Who drew a snapshot. */
  source(snapshot: number): SourceFacts {
    const { sources, begins } = this.history.facts;
    return sources[begins.filter((first) => first <= snapshot).length];
  }

  carries(status: string, snapshot: number): boolean {
    return this.source(snapshot).carries.includes(status);
  }

  /** km² of a status, `null` where the source holds no such layer. */
  area(status: string, snapshot: number): number | null {
    if (this.points || !this.carries(status, snapshot)) return null;
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

  /** Gained and lost, the sum of the days after `from` up to `to`. */
  gross(from: number, to: number): { gained: number; lost: number } {
    const sum = { gained: 0, lost: 0 };
    for (let day = from + 1; day <= to; day++) {
      sum.gained += this.gained[day];
      sum.lost += this.lost[day];
    }
    return sum;
  }

  /** Settlements by status at a snapshot; those without a statement are not counted. */
  counts(snapshot: number): Map<string, number> {
    const counts = new Map<string, number>();
    for (const place of this.places) {
      const status = this.statuses[statusAt(place, snapshot)];
      if (status) counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    return counts;
  }

  private countSettlements(): void {
    for (const place of this.places) {
      place[7].slice(1).forEach(([snapshot, status], i) => {
        const before = this.isControlled(place[7][i][1]);
        const after = this.isControlled(status);
        const day = this.calendar.dayOf[snapshot] - this.calendar.first;
        if (after && !before) this.gained[day]++;
        if (before && !after) this.lost[day]++;
      });
    }
  }

  changedPlaces(then: number, now: number): PlaceChange[] {
    const changed: PlaceChange[] = [];
    for (const place of this.places) {
      const before = statusAt(place, then);
      const after = statusAt(place, now);
      if (this.differs(before, after, then, now)) changed.push({ place, before, after });
    }
    return changed;
  }

  /** Where one source has layers that the other has not, only control itself can be compared. */
  differs(before: number, after: number, then: number, now: number): boolean {
    if (this.source(then) === this.source(now)) return before !== after;
    return this.isControlled(before) !== this.isControlled(after);
  }

  isControlled(status: number): boolean {
    return TAKEN.has(this.statuses[status]);
  }

  /** Salients of a day of the calendar; `null` where they were not measured. */
  salientsOn(day: number): readonly Salient[] | null {
    return this.figures?.salientsOn(this.calendar.first + day) ?? null;
  }

  hasSalients(day: number): boolean {
    return !!this.figures?.hasSalients(this.calendar.first + day);
  }

  /** The nearest day with a change of the map, -1 or 1 in time. */
  nextChange(day: number, direction: -1 | 1): number {
    for (let at = day + direction; at >= 0 && at < this.calendar.days; at += direction) {
      if (this.hasMap(at) && this.gained[at] + this.lost[at] > 0) return at;
    }
    return day;
  }
}
