/** Recognised borders above all ground: who holds land does not move them. */

import type { Camera } from "./control";
import { mercatorX, mercatorY } from "./ground";
import type { Palette } from "./theme";

type Line = readonly (readonly number[])[];

export class Borders {
  private readonly country: Path2D;
  private readonly oblasts: Path2D;

  constructor(base: GeoJSON.FeatureCollection, water: GeoJSON.FeatureCollection | null) {
    this.country = pathOf(base.features.filter(({ properties }) =>
      properties?.["kind"] === "border" && properties["name"] === "Ukraine"));
    this.oblasts = pathOf((water?.features ?? []).filter(({ properties }) =>
      properties?.["kind"] === "oblast"));
  }

  paint(context: CanvasRenderingContext2D, camera: Camera, palette: Palette): void {
    const world = 512 * 2 ** camera.zoom * camera.ratio;
    const px = camera.ratio / world;
    context.save();
    context.setTransform(
      world, 0, 0, world,
      (camera.width * camera.ratio) / 2 - mercatorX(camera.lng) * world,
      (camera.height * camera.ratio) / 2 - mercatorY(camera.lat) * world,
    );
    context.lineJoin = "round";
    context.strokeStyle = palette.border;
    context.globalAlpha = 0.5;
    context.lineWidth = 0.8 * px;
    context.setLineDash([4 * px, 2.5 * px]);
    context.stroke(this.oblasts);
    context.setLineDash([]);
    context.globalAlpha = 1;
    context.strokeStyle = palette.soft;
    context.lineWidth = (camera.zoom < 7 ? 1.1 : 1.5) * px;
    context.stroke(this.country);
    context.restore();
  }
}

function pathOf(features: readonly GeoJSON.Feature[]): Path2D {
  const path = new Path2D();
  for (const { geometry } of features) {
    const lines: readonly Line[] = geometry.type === "LineString" ? [geometry.coordinates]
      : geometry.type === "MultiLineString" ? geometry.coordinates : [];
    for (const line of lines) {
      line.forEach(([lng, lat], i) => {
        if (i === 0) path.moveTo(mercatorX(lng), mercatorY(lat));
        else path.lineTo(mercatorX(lng), mercatorY(lat));
      });
    }
  }
  return path;
}
