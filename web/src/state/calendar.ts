/** Days and snapshots: which map speaks for a day, and which days have none. */

const DAY_SECONDS = 86400;

export interface Calendar {
  /** Days since 1970 of the first and the last day. */
  readonly first: number;
  readonly last: number;
  readonly days: number;
  /** For every day from the first: its last snapshot, or -1. */
  readonly snapshotOf: Int32Array;
  /** For every day: the last snapshot at or before it. */
  readonly heldBy: Int32Array;
  readonly published: Float64Array;
  readonly dayOf: Int32Array;
}

export function calendarOf(published: readonly number[], asOf: readonly number[]): Calendar {
  const times = Float64Array.from(summed(published));
  const dayOf = Int32Array.from(summed(asOf));
  const first = dayOf[0];
  const last = dayOf[dayOf.length - 1];
  const snapshotOf = new Int32Array(last - first + 1).fill(-1);
  dayOf.forEach((day, snapshot) => (snapshotOf[day - first] = snapshot));
  let held = 0;
  const heldBy = snapshotOf.map((snapshot) => (held = snapshot < 0 ? held : snapshot));
  return { first, last, days: last - first + 1, snapshotOf, heldBy, published: times, dayOf };
}

export function summed(differences: readonly number[]): number[] {
  let sum = 0;
  return differences.map((step) => (sum += step));
}

/** "2024-02-17" to its place in the calendar; `null` if it is no date at all. */
export function dayIndex(calendar: Calendar, text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return null;
  return time / 1000 / DAY_SECONDS - calendar.first;
}

export function isoDay(calendar: Calendar, index: number): string {
  return isoOf(calendar.first + index);
}

export function isoOf(daysSince1970: number): string {
  return new Date(daysSince1970 * DAY_SECONDS * 1000).toISOString().slice(0, 10);
}

export function clampDay(calendar: Calendar, index: number): number {
  return Math.max(0, Math.min(calendar.days - 1, Math.round(index)));
}
