/** Ground as canvas paths: built once a polygon and level of detail, joined once a day. */

import type { History } from "../data/pack";

/** Statuses by their place in the partition: the first of two that overlap keeps the ground. */
export const HELD = 0;
export const OCCUPIED = 1;
export const CONTESTED = 2;
export const UA_IN_RUSSIA = 3;
export const LIBERATED = 4;
export const CONTROLLED = 5;

/** Paths are drawn in units of 2 ** -UNIT_ZOOM of the Mercator square, from the origin below:
 * coordinates stay small enough for the single precision that paths are kept in. */
const UNIT_ZOOM = 20;
export const UNITS = 2 ** UNIT_ZOOM;
const TILE = 512;
const FINEST = 15;

export interface DayPaths {
  readonly controlled: Path2D;
  readonly byStatus: readonly Path2D[];
  readonly front: Path2D;
}

export function mercatorX(lng: number): number {
  return lng / 360 + 0.5;
}

export function mercatorY(lat: number): number {
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
}

export class Ground {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly originX: number;
  readonly originY: number;
  private readonly areas = new Map<number, (Path2D | undefined)[]>();
  private readonly lines = new Map<number, (Path2D | undefined)[]>();
  private readonly days = new Map<string, DayPaths>();
  private warmed = -1;
  private warmedTo = 0;

  constructor(readonly history: History) {
    const unit = history.facts.unit;
    this.originX = mercatorX(34);
    this.originY = mercatorY(48.5);
    this.x = Float64Array.from(
      history.east, (east) => (mercatorX(east * unit) - this.originX) * UNITS,
    );
    this.y = Float64Array.from(
      history.north, (north) => (mercatorY(north * unit) - this.originY) * UNITS,
    );
  }

  members(snapshot: number): ArrayLike<number> & Iterable<number> {
    const { offsets, members } = this.history;
    return members.subarray(offsets[snapshot], offsets[snapshot + 1]);
  }

  /** The paths of a snapshot, simplified by less than a third of a pixel at this zoom. */
  paths(snapshot: number, zoom: number): DayPaths {
    const level = levelAt(zoom);
    const key = `${level}/${snapshot}`;
    const found = this.days.get(key);
    if (found) return found;
    if (this.days.size > 12) this.days.delete(this.days.keys().next().value as string);
    const made = this.join(snapshot, level);
    this.days.set(key, made);
    return made;
  }

  /** Traces ahead, while nobody waits, what a step at this zoom may need; says whether all is done. */
  warm(zoom: number, enough: () => boolean): boolean {
    const level = levelAt(zoom);
    if (this.warmed !== level) [this.warmed, this.warmedTo] = [level, 0];
    const last = this.history.polygons.length;
    for (; this.warmedTo < last && !enough(); this.warmedTo++) {
      this.area(this.warmedTo, level);
      if (isControlled(this.history.polygons[this.warmedTo].status)) {
        this.line(this.warmedTo, level);
      }
    }
    return this.warmedTo >= last;
  }

  private join(snapshot: number, level: number): DayPaths {
    const byStatus = Array.from({ length: 6 }, () => new Path2D());
    const controlled = new Path2D();
    const front = new Path2D();
    for (const id of this.members(snapshot)) {
      const status = this.history.polygons[id].status;
      const area = this.area(id, level);
      byStatus[status].addPath(area);
      if (isControlled(status)) {
        controlled.addPath(area);
        front.addPath(this.line(id, level));
      }
    }
    return { controlled, byStatus, front };
  }

  private area(id: number, level: number): Path2D {
    return cached(this.areas, level, id, () => {
      const path = new Path2D();
      const grid = gridAt(level);
      for (const ring of this.history.polygons[id].rings) this.trace(path, ring, grid);
      return path;
    });
  }

  /** Snapping to a grid keeps what two neighbours share shared, so that no gap opens. */
  private trace(path: Path2D, ring: number, grid: number): void {
    let lastX = NaN;
    let lastY = NaN;
    let begun = false;
    for (const id of this.history.rings[ring]) {
      const x = grid ? Math.round(this.x[id] / grid) * grid : this.x[id];
      const y = grid ? Math.round(this.y[id] / grid) * grid : this.y[id];
      if (x === lastX && y === lastY) continue;
      if (begun) path.lineTo(x, y);
      else path.moveTo(x, y);
      begun = true;
      lastX = x;
      lastY = y;
    }
    if (begun) path.closePath();
  }

  private line(id: number, level: number): Path2D {
    return cached(this.lines, level, id, () => {
      const path = new Path2D();
      const grid = gridAt(level);
      for (const ring of this.history.polygons[id].rings) this.traceFront(path, ring, grid);
      return path;
    });
  }

  /** Only edges with both ends in the zone: coast and state border are no front. */
  private traceFront(path: Path2D, ring: number, grid: number): void {
    const ids = this.history.rings[ring];
    const zone = this.history.zone;
    let before = ids[ids.length - 1];
    let drawing = false;
    let lastX = NaN;
    let lastY = NaN;
    for (const id of ids) {
      if (!zone[before] || !zone[id]) {
        drawing = false;
      } else {
        if (!drawing) {
          path.moveTo(snap(this.x[before], grid), snap(this.y[before], grid));
          lastX = NaN;
        }
        drawing = true;
        const x = snap(this.x[id], grid);
        const y = snap(this.y[id], grid);
        if (x !== lastX || y !== lastY) path.lineTo(x, y);
        lastX = x;
        lastY = y;
      }
      before = id;
    }
  }
}

function levelAt(zoom: number): number {
  return Math.max(3, Math.min(FINEST, Math.ceil(zoom)));
}

function isControlled(status: number): boolean {
  return status === OCCUPIED || status === HELD || status === CONTROLLED;
}

function gridAt(level: number): number {
  return level >= FINEST ? 0 : (0.33 * UNITS) / (TILE * 2 ** level);
}

function snap(value: number, grid: number): number {
  return grid ? Math.round(value / grid) * grid : value;
}

/** Keeps the paths of two levels: the one in use and the one that a zoom came from. */
function cached(
  levels: Map<number, (Path2D | undefined)[]>, level: number, id: number, make: () => Path2D,
): Path2D {
  let paths = levels.get(level);
  if (!paths) {
    if (levels.size >= 2) levels.delete(levels.keys().next().value as number);
    levels.set(level, (paths = []));
  }
  return (paths[id] ??= make());
}
