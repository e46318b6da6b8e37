/** Base geography on a canvas of its own: there with the first paint, without tiles or a worker. */

import type { Site } from "../data/load";
import type { Camera } from "./control";
import { mercatorX, mercatorY } from "./ground";
import type { Palette } from "./theme";

type Kind = "sea" | "country" | "border" | "lake" | "river" | "great" | "road" | "oblast";

interface Piece {
  readonly kind: Kind;
  readonly name: string;
  /** Day since 1970 from which a lake is no longer drawn. */
  readonly until: number;
  readonly path: Path2D;
}

export class BasePainter {
  private readonly pieces: readonly Piece[];

  constructor(site: Site) {
    this.pieces = [...site.base.features, ...(site.water?.features ?? [])].map(pieceOf);
  }

  /** Land, sea and water of a day; the canvas is opaque. */
  paintGround(
    context: CanvasRenderingContext2D, camera: Camera, palette: Palette, day: number,
  ): void {
    const px = begin(context, camera, palette.neighbour);
    const fill = (kind: Kind, colour: string, wanted = (_: Piece): boolean => true): void => {
      context.fillStyle = colour;
      for (const one of this.of(kind)) if (wanted(one)) context.fill(one.path);
    };
    fill("sea", palette.water);
    fill("country", palette.neighbour, ({ name }) => name !== "Ukraine");
    fill("country", palette.paper, ({ name }) => name === "Ukraine");
    fill("lake", palette.water, ({ until }) => until > day);
    const broad = Math.min(1.4, Math.max(0.55, 0.55 + (camera.zoom - 5) * 0.17)) * px;
    this.line(context, "river", palette.shore, 0.9 * broad);
    this.line(context, "great", palette.shore, 2.2 * broad);
    this.line(context, "road", palette.border, 0.6 * broad);
    this.line(context, "border", palette.border, 0.5 * px, ({ name }) => name !== "Ukraine");
  }

  /** Recognised borders above all ground: who holds land does not move them. */
  paintBorders(context: CanvasRenderingContext2D, camera: Camera, palette: Palette): void {
    context.save();
    const px = place(context, camera);
    context.globalAlpha = 0.5;
    context.setLineDash([4 * px, 2.5 * px]);
    this.line(context, "oblast", palette.border, 0.8 * px);
    context.setLineDash([]);
    context.globalAlpha = 1;
    const width = (camera.zoom < 7 ? 1.1 : 1.5) * px;
    this.line(context, "border", palette.soft, width, ({ name }) => name === "Ukraine");
    context.restore();
  }

  /** Lakes still drawn on a day that will run out later. */
  standing(day: number): number {
    return this.of("lake").filter(({ until }) => until > day && until < Infinity).length;
  }

  private of(kind: Kind): Piece[] {
    return this.pieces.filter((one) => one.kind === kind);
  }

  private line(
    context: CanvasRenderingContext2D, kind: Kind, colour: string, width: number,
    wanted = (_: Piece): boolean => true,
  ): void {
    context.lineJoin = "round";
    context.strokeStyle = colour;
    context.lineWidth = width;
    for (const one of this.of(kind)) if (wanted(one)) context.stroke(one.path);
  }
}

/** Clears with a colour and sets the transform from the Mercator square; returns a pixel in it. */
function begin(context: CanvasRenderingContext2D, camera: Camera, colour: string): number {
  const { canvas } = context;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = colour;
  context.fillRect(0, 0, canvas.width, canvas.height);
  return place(context, camera);
}

function place(context: CanvasRenderingContext2D, camera: Camera): number {
  const world = (512 * 2 ** camera.zoom * camera.ratio) / SQUARE;
  context.setTransform(
    world, 0, 0, world,
    (camera.width * camera.ratio) / 2 - (mercatorX(camera.lng) - WEST) * SQUARE * world,
    (camera.height * camera.ratio) / 2 - (mercatorY(camera.lat) - NORTH) * SQUARE * world,
  );
  return camera.ratio / world;
}

/** Paths are kept in single precision: small numbers round an origin of their own. */
const SQUARE = 2 ** 20;
const WEST = mercatorX(34);
const NORTH = mercatorY(48.5);

function pieceOf({ properties, geometry }: GeoJSON.Feature): Piece {
  const path = new Path2D();
  const trace = (points: readonly (readonly number[])[], close: boolean): void => {
    points.forEach(([lng, lat], i) => {
      const x = (mercatorX(lng) - WEST) * SQUARE;
      const y = (mercatorY(lat) - NORTH) * SQUARE;
      if (i === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    });
    if (close) path.closePath();
  };
  switch (geometry.type) {
    case "Polygon": geometry.coordinates.forEach((ring) => trace(ring, true)); break;
    case "MultiPolygon": geometry.coordinates.flat().forEach((ring) => trace(ring, true)); break;
    case "LineString": trace(geometry.coordinates, false); break;
    case "MultiLineString": geometry.coordinates.forEach((line) => trace(line, false)); break;
    default:
  }
  return {
    kind: properties?.["kind"] as Kind, name: String(properties?.["name"] ?? ""),
    until: Number(properties?.["until"] ?? Infinity), path,
  };
}
