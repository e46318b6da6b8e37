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
  /** Of the statuses that are painted apart; built when first asked for. */
  readonly of: (status: number) => Path2D;
  readonly front: Path2D;
}

/** Every vertex snapped to a level's grid: what two neighbours share stays shared. */
interface Level {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** By polygon, oldest first: the native memory of all of them together would be 60 MB. */
  readonly traced: Map<number, Traced>;
  vertices: number;
}

interface Traced {
  readonly area: Path2D;
  readonly line: Path2D | null;
  readonly vertices: number;
}

/** Vertices whose paths are kept: a few hundred days around the one that is shown. */
const KEPT_VERTICES = 600_000;
const KEPT_DAYS = 4;

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
  private readonly levels = new Map<number, Level>();
  private readonly days = new Map<string, DayPaths>();

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
    if (this.days.size >= KEPT_DAYS) this.days.delete(this.days.keys().next().value as string);
    const made = this.join(snapshot, this.level(level));
    this.days.set(key, made);
    return made;
  }

  private join(snapshot: number, level: Level): DayPaths {
    const controlled = new Path2D();
    const front = new Path2D();
    const { polygons } = this.history;
    const apart = new Map<number, Path2D>();
    const members = this.members(snapshot);
    for (const id of members) {
      if (!isControlled(polygons[id].status)) continue;
      const { area, line } = this.traced(id, level);
      controlled.addPath(area);
      if (line) front.addPath(line);
    }
    const of = (status: number): Path2D => {
      let path = apart.get(status);
      if (!path) {
        apart.set(status, (path = new Path2D()));
        for (const id of members) {
          if (polygons[id].status === status) path.addPath(this.traced(id, level).area);
        }
      }
      return path;
    };
    return { controlled, of, front };
  }

  /** Keeps two levels: the one in use and the one that a zoom came from. */
  private level(level: number): Level {
    let found = this.levels.get(level);
    if (found) return found;
    if (this.levels.size >= 2) this.levels.delete(this.levels.keys().next().value as number);
    const grid = gridAt(level);
    const snapped = (values: Float64Array): Float64Array =>
      grid ? values.map((value) => Math.round(value / grid) * grid) : values;
    found = { x: snapped(this.x), y: snapped(this.y), traced: new Map(), vertices: 0 };
    this.levels.set(level, found);
    return found;
  }

  private traced(id: number, level: Level): Traced {
    const found = level.traced.get(id);
    if (found) {
      level.traced.delete(id);
      level.traced.set(id, found);
      return found;
    }
    const made = this.trace(id, level);
    level.traced.set(id, made);
    level.vertices += made.vertices;
    for (const [oldest, old] of level.traced) {
      if (level.vertices <= KEPT_VERTICES) break;
      level.traced.delete(oldest);
      level.vertices -= old.vertices;
    }
    return made;
  }

  private trace(id: number, level: Level): Traced {
    const { rings, status } = this.history.polygons[id];
    const area = new Path2D();
    const line = isControlled(status) ? new Path2D() : null;
    let vertices = 0;
    for (const ring of rings) {
      vertices += traceArea(area, this.history.rings[ring], level);
      if (line) this.traceFront(line, this.history.rings[ring], level);
    }
    return { area, line, vertices };
  }

  /** Only edges with both ends in the zone: coast and state border are no front. */
  private traceFront(path: Path2D, ids: Uint32Array, { x, y }: Level): void {
    const zone = this.history.zone;
    let before = ids[ids.length - 1];
    let drawing = false;
    for (const id of ids) {
      if (!zone[before] || !zone[id]) {
        drawing = false;
      } else if (x[id] !== x[before] || y[id] !== y[before]) {
        if (!drawing) path.moveTo(x[before], y[before]);
        drawing = true;
        path.lineTo(x[id], y[id]);
      }
      before = id;
    }
  }
}

function traceArea(path: Path2D, ids: Uint32Array, { x, y }: Level): number {
  let lastX = NaN;
  let lastY = NaN;
  let count = 0;
  for (const id of ids) {
    const [px, py] = [x[id], y[id]];
    if (px === lastX && py === lastY) continue;
    if (count++) path.lineTo(px, py);
    else path.moveTo(px, py);
    lastX = px;
    lastY = py;
  }
  if (count) path.closePath();
  return count;
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
