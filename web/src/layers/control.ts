/** Paints control of terrain on a canvas of its own: no tile, no worker, no wait. */

import { CONTESTED, CONTROLLED, HELD, LIBERATED, UA_IN_RUSSIA, UNITS, type Ground } from "./ground";
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
  private readonly scratch = document.createElement("canvas");

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
    if (scene.liberated) this.shade(context, paths.byStatus[LIBERATED], palette.liberated, px, -45);
    this.shade(context, paths.byStatus[UA_IN_RUSSIA], palette.regained, px, 0);
    this.contested(context, paths.byStatus[CONTESTED], palette, camera, px);
    if (scene.front) stroke(context, paths.front, palette.front, FRONT_PX * 2 * px);
    fill(context, paths.controlled, palette.occupied);
    fill(context, paths.byStatus[HELD], palette.held);
    fill(context, paths.byStatus[HELD], dots(context, palette.heldDot, camera.ratio, px));
    fill(context, paths.byStatus[CONTROLLED], palette.occupied);
    if (scene.since !== null) this.changes(context, camera, scene.snapshot, scene.since, palette);
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

  /** Ground controlled on one day and not on the other, in the colour of who has it now. */
  private changes(
    context: CanvasRenderingContext2D, camera: Camera, now: number, then: number, palette: Palette,
  ): void {
    const after = this.ground.paths(now, camera.zoom).controlled;
    const before = this.ground.paths(then, camera.zoom).controlled;
    this.difference(context, camera, after, before, palette.gained);
    this.difference(context, camera, before, after, palette.regained);
  }

  private difference(
    context: CanvasRenderingContext2D, camera: Camera, ground: Path2D, without: Path2D,
    colour: string,
  ): void {
    const { width, height } = context.canvas;
    if (this.scratch.width !== width || this.scratch.height !== height) {
      this.scratch.width = width;
      this.scratch.height = height;
    }
    const other = this.scratch.getContext("2d") as CanvasRenderingContext2D;
    other.setTransform(1, 0, 0, 1, 0, 0);
    other.globalCompositeOperation = "source-over";
    other.clearRect(0, 0, width, height);
    const scale = place(other, camera, this.ground);
    fill(other, ground, colour);
    other.globalCompositeOperation = "destination-out";
    fill(other, without, "#000");
    // Where both share an edge, antialiasing leaves a thread of colour: take it away.
    stroke(other, without, "#000", (1.2 * camera.ratio) / scale);
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.scratch, 0, 0);
    context.restore();
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
