/** Ground as lines of a canvas, traced anew for every step.
 *
 * A map has some thousand vertices: tracing them takes less than a millisecond, while paths kept
 * for days to come took 80 MB of native memory that no garbage collection knew of. */

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

/** Every vertex snapped to a level's grid: what two neighbours share stays shared. */
interface Level {
  readonly level: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
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
  private snapped: Level | null = null;

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

  /** Adds all ground of a snapshot that has a wanted status to the path of the context. */
  trace(
    context: CanvasRenderingContext2D, snapshot: number, zoom: number,
    wanted: (status: number) => boolean,
  ): void {
    const level = this.level(zoom);
    const { polygons, rings } = this.history;
    for (const id of this.members(snapshot)) {
      if (!wanted(polygons[id].status)) continue;
      for (const ring of polygons[id].rings) traceRing(context, rings[ring], level);
    }
  }

  /** Adds the edge of controlled ground, where it is a front, to the path of the context. */
  traceFront(context: CanvasRenderingContext2D, snapshot: number, zoom: number): void {
    const level = this.level(zoom);
    const { polygons, rings, zone } = this.history;
    for (const id of this.members(snapshot)) {
      if (!isControlled(polygons[id].status)) continue;
      for (const ring of polygons[id].rings) traceFront(context, rings[ring], zone, level);
    }
  }

  /** Simplified by less than a third of a pixel at this zoom. */
  private level(zoom: number): Level {
    const level = levelAt(zoom);
    if (this.snapped?.level === level) return this.snapped;
    const grid = gridAt(level);
    const snapped = (values: Float64Array): Float64Array =>
      grid ? values.map((value) => Math.round(value / grid) * grid) : values;
    return (this.snapped = { level, x: snapped(this.x), y: snapped(this.y) });
  }
}

function traceRing(
  context: CanvasRenderingContext2D, ids: Uint32Array, { x, y }: Level,
): void {
  let lastX = NaN;
  let lastY = NaN;
  for (const id of ids) {
    const px = x[id];
    const py = y[id];
    if (px === lastX && py === lastY) continue;
    if (lastX === lastX) context.lineTo(px, py);
    else context.moveTo(px, py);
    lastX = px;
    lastY = py;
  }
  context.closePath();
}

/** Only edges with both ends in the zone: coast and state border are no front. */
function traceFront(
  context: CanvasRenderingContext2D, ids: Uint32Array, zone: Uint8Array, { x, y }: Level,
): void {
  let before = ids[ids.length - 1];
  let drawing = false;
  for (const id of ids) {
    if (!zone[before] || !zone[id]) {
      drawing = false;
    } else if (x[id] !== x[before] || y[id] !== y[before]) {
      if (!drawing) context.moveTo(x[before], y[before]);
      drawing = true;
      context.lineTo(x[id], y[id]);
    }
    before = id;
  }
}

function levelAt(zoom: number): number {
  return Math.max(3, Math.min(FINEST, Math.ceil(zoom)));
}

export function isControlled(status: number): boolean {
  return status === OCCUPIED || status === HELD || status === CONTROLLED;
}

function gridAt(level: number): number {
  return level >= FINEST ? 0 : (0.33 * UNITS) / (TILE * 2 ** level);
}
