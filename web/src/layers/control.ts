/** Paints control of terrain on a canvas of its own: no tile, no worker, no wait. */

import {
  CONTESTED, HELD, LIBERATED, UA_IN_RUSSIA, UNITS, isControlled, mercatorX, mercatorY, type Ground,
} from "./ground";
import { dots, hatch } from "./hatch";
import type { Palette } from "./theme";

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
/** Device pixels; the rounding of a transform must not make it wider than one. */
const HAIRLINE = 0.99;
/** Below this zoom a hatch drowns; an outline tells more. */
const HATCH_ZOOM = 6.3;

export class ControlPainter {
  constructor(private readonly ground: Ground) {}

  /** From the top to the bottom, each layer under what is there already: so what a day shares with
   * the one it is compared with can be painted onto the ground of now, without a clip. */
  paint(context: CanvasRenderingContext2D, camera: Camera, scene: Scene, palette: Palette): void {
    const { canvas } = context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    const px = camera.ratio / place(context, camera, this.ground);
    const brush = new Brush(context, this.ground, camera, palette, px);
    if (!scene.held) {
      brush.hint(scene.snapshot);
      return;
    }
    brush.controlled(scene);
    brush.heldSince2014(scene.snapshot);
    context.globalCompositeOperation = "destination-over";
    if (scene.front) brush.front(scene.snapshot);
    if (scene.since !== null) brush.regained(scene.since);
    brush.contested(scene.snapshot);
    brush.shaded(scene.snapshot, UA_IN_RUSSIA, palette.regained, 0, palette.uaInRussia);
    if (scene.liberated) brush.shaded(scene.snapshot, LIBERATED, palette.liberated, 90);
    context.globalCompositeOperation = "source-over";
  }
}

/** One painting: a canvas, where it looks, and in which colours. */
class Brush {
  constructor(
    private readonly context: CanvasRenderingContext2D, private readonly ground: Ground,
    private readonly camera: Camera, private readonly palette: Palette,
    /** A pixel of the screen in the units of paths. */
    private readonly px: number,
  ) {}

  /** Ground of now in the colour of gains, and on it what was controlled then as well. */
  controlled({ snapshot, since }: Scene): void {
    const { context, palette } = this;
    this.trace(snapshot, isControlled);
    this.fill(since === null ? palette.occupied : palette.gained);
    if (since === null) return;
    this.trace(since, isControlled);
    context.globalCompositeOperation = "source-atop";
    this.fill(palette.occupied);
    // Where both share an edge, antialiasing leaves a thread of the colour below: cover it. Up to
    // one pixel of the device is a hairline, which is painted without tracing an outline first.
    this.stroke(palette.occupied, HAIRLINE / this.camera.ratio);
    context.globalCompositeOperation = "source-over";
  }

  heldSince2014(snapshot: number): void {
    this.trace(snapshot, (status) => status === HELD);
    this.fill(this.palette.held);
    this.fill(dots(this.context, this.palette.heldDot, this.camera.ratio, this.px));
  }

  front(snapshot: number): void {
    this.context.beginPath();
    this.ground.traceFront(this.context, snapshot, this.camera.zoom);
    this.stroke(this.palette.front, FRONT_PX * 2);
  }

  regained(since: number): void {
    this.trace(since, isControlled);
    this.fill(this.palette.regained);
  }

  contested(snapshot: number): void {
    const { context, camera, palette, px } = this;
    this.trace(snapshot, (status) => status === CONTESTED);
    const hatched = camera.zoom >= HATCH_ZOOM;
    this.stroke(palette.hatch, hatched ? 0.8 : 1.4);
    if (hatched) this.fill(hatch(context, palette.hatch, camera.ratio, px, 45));
    this.fill(palette.paper);
  }

  shaded(snapshot: number, wanted: number, colour: string, angle: number, below?: string): void {
    const { context, camera, px } = this;
    this.trace(snapshot, (status) => status === wanted);
    this.stroke(colour, 0.9);
    this.fill(hatch(context, colour, camera.ratio, px, angle));
    if (below) this.fill(below);
  }

  /** A day without a map: nothing is filled, the last known line is dashed. */
  hint(snapshot: number): void {
    const { context, px } = this;
    context.beginPath();
    this.ground.traceFront(context, snapshot, this.camera.zoom);
    context.setLineDash([5 * px, 5 * px]);
    this.stroke(this.palette.soft, 1.2);
    context.setLineDash([]);
  }

  private trace(snapshot: number, wanted: (status: number) => boolean): void {
    this.context.beginPath();
    this.ground.trace(this.context, snapshot, this.camera.zoom, wanted);
  }

  private fill(style: string | CanvasPattern): void {
    this.context.fillStyle = style;
    this.context.fill("nonzero");
  }

  private stroke(colour: string, widthPx: number): void {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = widthPx * this.px;
    context.lineJoin = "round";
    context.stroke();
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
