/** Settlements of a source of points: a dot whose form says the status, never its colour alone. */

import type { PlaceFacts } from "../data/pack";
import { mercatorX, mercatorY } from "./ground";
import type { Camera } from "./control";
import type { Palette } from "./theme";

/** Status of a place at a snapshot, -1 before its first row. */
export function statusAt(place: PlaceFacts, snapshot: number): number {
  let status = -1;
  for (const [since, one] of place[7]) {
    if (since > snapshot) break;
    status = one;
  }
  return status;
}

/** Pixels: grows with the inhabitants. */
export function dotRadius(place: PlaceFacts): number {
  return 3 + Math.log10(Math.max(place[5], 1000)) - 2;
}

export function paintDots(
  context: CanvasRenderingContext2D, camera: Camera, places: readonly PlaceFacts[],
  snapshot: number, statuses: readonly string[], palette: Palette,
): void {
  const world = 512 * 2 ** camera.zoom;
  const left = camera.width / 2 - mercatorX(camera.lng) * world;
  const top = camera.height / 2 - mercatorY(camera.lat) * world;
  context.setTransform(camera.ratio, 0, 0, camera.ratio, 0, 0);
  for (const place of places) {
    const status = statuses[statusAt(place, snapshot)];
    if (status === undefined) continue;
    const x = mercatorX(place[3]) * world + left;
    const y = mercatorY(place[4]) * world + top;
    paintOne(context, x, y, dotRadius(place), status, palette);
  }
}

function paintOne(
  context: CanvasRenderingContext2D, x: number, y: number, radius: number, status: string,
  palette: Palette,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.lineWidth = 1.2;
  context.strokeStyle = palette.ink;
  context.fillStyle = palette.card;
  context.fill();
  if (status === "occupied" || status === "held_since_2014" || status === "controlled") {
    context.fillStyle = status === "held_since_2014" ? palette.held : palette.gained;
    context.fill();
  }
  context.stroke();
  if (status === "contested") halved(context, x, y, radius, palette.ink);
  if (status === "liberated") ringed(context, x, y, radius, palette.regained);
}

function halved(
  context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string,
): void {
  context.beginPath();
  context.arc(x, y, radius, Math.PI / 2, (3 * Math.PI) / 2);
  context.fillStyle = colour;
  context.fill();
}

function ringed(
  context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string,
): void {
  context.beginPath();
  context.arc(x, y, Math.max(1, radius - 2), 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}
