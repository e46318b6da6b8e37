/** Paints control of terrain on a canvas of its own: no tile, no worker, no wait. */

import { CONTESTED, HELD, LIBERATED, UA_IN_RUSSIA, UNITS, type Ground } from "./ground";
import { dots, hatch } from "./hatch";
import type { Palette } from "./theme";
import { mercatorX, mercatorY } from "./ground";

export interface Camera {
  readonly lng: number;
  readonly lat: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

export interface Scene {
  readonly snapshot: number;
  /** `false`: the day has no map; the last one before it is only hinted at. */
  readonly held: boolean;
  readonly since: number | null;
  readonly front: boolean;
  readonly liberated: boolean;
}

const FRONT_PX = 1.6;
/** Below this zoom a hatch drowns; an outline tells more. */
const HATCH_ZOOM = 6.3;

export class ControlPainter {
  constructor(private readonly ground: Ground) {}

  paint(context: CanvasRenderingContext2D, camera: Camera, scene: Scene, palette: Palette): void {
    const { canvas } = context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    const scale = place(context, camera, this.ground);
    const paths = this.ground.paths(scene.snapshot, camera.zoom);
    const px = camera.ratio / scale;
    if (!scene.held) {
      this.hint(context, paths.front, palette, px);
      return;
    }
    if (scene.liberated) this.shade(context, paths.of(LIBERATED), palette.liberated, px, 90);
    fill(context, paths.of(UA_IN_RUSSIA), palette.uaInRussia);
    this.shade(context, paths.of(UA_IN_RUSSIA), palette.regained, px, 0);
    this.contested(context, paths.of(CONTESTED), palette, camera, px);
    const then = scene.since === null ? null : this.ground.paths(scene.since, camera.zoom);
    if (then) fill(context, then.controlled, palette.regained);
    if (scene.front) stroke(context, paths.front, palette.front, FRONT_PX * 2 * px);
    if (then) this.both(context, paths.controlled, then.controlled, palette, px);
    else fill(context, paths.controlled, palette.occupied);
    fill(context, paths.of(HELD), palette.held);
    fill(context, paths.of(HELD), dots(context, palette.heldDot, camera.ratio, px));
  }

  /** Ground of now in the colour of gains, and over it what was controlled then as well. */
  private both(
    context: CanvasRenderingContext2D, now: Path2D, then: Path2D, palette: Palette, px: number,
  ): void {
    fill(context, now, palette.gained);
    context.save();
    context.clip(now, "nonzero");
    fill(context, then, palette.occupied);
    // Where both share an edge, antialiasing leaves a thread of the colour below: cover it.
    stroke(context, then, palette.occupied, 1.2 * px);
    context.restore();
  }

  /** A day without a map: nothing is filled, the last known line is dashed. */
  private hint(
    context: CanvasRenderingContext2D, front: Path2D, palette: Palette, px: number,
  ): void {
    context.setLineDash([5 * px, 5 * px]);
    stroke(context, front, palette.soft, 1.2 * px);
    context.setLineDash([]);
  }

  private contested(
    context: CanvasRenderingContext2D, path: Path2D, palette: Palette, camera: Camera, px: number,
  ): void {
    fill(context, path, palette.paper);
    if (camera.zoom >= HATCH_ZOOM) {
      fill(context, path, hatch(context, palette.hatch, camera.ratio, px, 45));
      stroke(context, path, palette.hatch, 0.8 * px);
    } else {
      stroke(context, path, palette.hatch, 1.4 * px);
    }
  }

  private shade(
    context: CanvasRenderingContext2D, path: Path2D, colour: string, px: number, angle: number,
  ): void {
    fill(context, path, hatch(context, colour, 1, px, angle));
    stroke(context, path, colour, 0.9 * px);
  }
}

/** Sets the transform from path units to device pixels; returns its scale. */
function place(context: CanvasRenderingContext2D, camera: Camera, ground: Ground): number {
  const world = 512 * 2 ** camera.zoom * camera.ratio;
  const scale = world / UNITS;
  const left = (camera.width * camera.ratio) / 2 - (mercatorX(camera.lng) - ground.originX) * world;
  const top = (camera.height * camera.ratio) / 2 - (mercatorY(camera.lat) - ground.originY) * world;
  context.setTransform(scale, 0, 0, scale, left, top);
  return scale;
}

function fill(
  context: CanvasRenderingContext2D, path: Path2D, style: string | CanvasPattern,
): void {
  context.fillStyle = style;
  context.fill(path, "nonzero");
}

function stroke(
  context: CanvasRenderingContext2D, path: Path2D, colour: string, width: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.stroke(path);
}
