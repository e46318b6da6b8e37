/** The screen as SVG: the same layers in the same order as on the canvas, text as text. */

import type { Atlas } from "../data/atlas";
import type { Site } from "../data/load";
import { about, onScreen, ringDegrees, screenBox } from "../data/save";
import { sourceText } from "../panels/sourceLine";
import { sinceOf, type Store } from "../state/store";
import { dotRadius, statusAt } from "./dots";
import { CONTESTED, CONTROLLED, HELD, LIBERATED, OCCUPIED, UA_IN_RUSSIA, mercatorX, mercatorY } from "./ground";
import type { Placed } from "./labels";
import { dotSvg, escaped, patterns } from "./marks";
import { FONT, sheetOf } from "./sheet";
import type { MapView } from "./map";
import type { Palette } from "./theme";

const TAKEN = [HELD, OCCUPIED, CONTROLLED];

type Point = readonly number[];

export function asSvg(site: Site, atlas: Atlas, store: Store, view: MapView): string {
  const { palette, camera } = view;
  const drawing = new Drawing(site, atlas, store, view);
  const { width } = camera;
  const sheet = sheetOf(site, atlas, store, view);
  const height = camera.height + sheet.footHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${FONT}">`,
    `<title>${escaped(sourceText(atlas, store))}</title>`,
    `<metadata>${escaped(JSON.stringify(about(atlas, store)))}</metadata>`,
    drawing.definitions(),
    '<g clip-path="url(#screen)">',
    `<rect width="${width}" height="${camera.height}" fill="${palette.water}"/>`,
    ...drawing.base(), ...drawing.ground(), ...drawing.dots(), ...drawing.borders(),
    ...view.names().map((one) => name(one, palette)),
    ...drawing.salients(), drawing.point(), sheet.pins,
    "</g>",
    sheet.foot,
    "</svg>",
  ].filter(Boolean).join("\n");
}

class Drawing {
  private readonly world: number;

  constructor(
    private readonly site: Site, private readonly atlas: Atlas, private readonly store: Store,
    private readonly view: MapView,
  ) {
    this.world = 512 * 2 ** view.camera.zoom;
  }

  definitions(): string {
    const { palette, camera } = this.view;
    const now = this.path(this.atlas.snapshot(this.store.state.day), TAKEN);
    return `<defs>${patterns(palette)}<clipPath id="screen"><rect width="${camera.width}" height="${camera.height}"/></clipPath><clipPath id="now"><path d="${now}"/></clipPath></defs>`;
  }

  base(): string[] {
    const { palette } = this.view;
    const countries = this.site.base.features
      .filter(({ properties }) => properties?.["kind"] === "country")
      .map((one) => path(this.trace(one.geometry), one.properties?.["name"] === "Ukraine" ? palette.paper : palette.neighbour));
    const day = this.atlas.calendar.first + this.store.state.day;
    const water = (this.site.water?.features ?? []).map(({ geometry, properties }) => {
      const kind = String(properties?.["kind"]);
      if (kind === "lake") return Number(properties?.["until"] ?? Infinity) > day ? path(this.trace(geometry), palette.water) : "";
      if (kind === "oblast") return "";
      const width = kind === "great" ? 2 : kind === "river" ? 0.9 : 0.6;
      return line(this.trace(geometry), kind === "road" ? palette.border : palette.shore, width);
    });
    return [...countries, ...water];
  }

  ground(): string[] {
    const { state } = this.store;
    const { palette } = this.view;
    const now = this.atlas.snapshot(state.day);
    if (!this.atlas.hasMap(state.day)) return [];
    const since = sinceOf(state);
    const then = since === null ? null : this.path(this.atlas.snapshot(since), TAKEN);
    const taken = this.path(now, TAKEN);
    const held = this.path(now, [HELD]);
    const contested = this.path(now, [CONTESTED]);
    const ours = this.path(now, [UA_IN_RUSSIA]);
    return [
      state.layers.has("liberated") ? path(this.path(now, [LIBERATED]), "url(#liberated)") : "",
      path(ours, palette.uaInRussia), path(ours, "url(#ua)"),
      path(contested, palette.paper), path(contested, "url(#hatch)"), line(contested, palette.hatch, 0.8),
      then === null ? "" : path(then, palette.regained),
      state.layers.has("front") ? line(this.front(now), palette.front, 3.2) : "",
      path(taken, then === null ? palette.occupied : palette.gained),
      then === null ? "" : `<g clip-path="url(#now)">${path(then, palette.occupied)}${line(then, palette.occupied, 1.2)}</g>`,
      path(held, palette.held), path(held, "url(#dots)"),
    ];
  }

  borders(): string[] {
    const { palette } = this.view;
    const oblasts = (this.site.water?.features ?? []).filter(({ properties }) => properties?.["kind"] === "oblast");
    return [
      ...oblasts.map(({ geometry }) => line(this.trace(geometry), palette.border, 0.8, ' stroke-dasharray="4 2.5" opacity="0.5"')),
      ...this.site.base.features.filter(({ properties }) => properties?.["kind"] === "border")
        .map(({ geometry, properties }) => properties?.["name"] === "Ukraine"
          ? line(this.trace(geometry), palette.soft, 1.3) : line(this.trace(geometry), palette.border, 0.5)),
    ];
  }

  /** Settlements of a source of points. */
  dots(): string[] {
    const { atlas, view } = this;
    if (!atlas.points) return [];
    const snapshot = atlas.snapshot(this.store.state.day);
    return atlas.places.flatMap((place) => {
      const status = atlas.statuses[statusAt(place, snapshot)];
      const [x, y] = this.at([place[3], place[4]]);
      const inside = x > -9 && y > -9 && x < view.camera.width + 9 && y < view.camera.height + 9;
      return status === undefined || !inside ? []
        : [dotSvg(x, y, dotRadius(place), status, view.palette)];
    });
  }

  salients(): string[] {
    const { day, layers } = this.store.state;
    if (!layers.has("salients")) return [];
    return (this.atlas.salientsOn(day) ?? []).map((one) =>
      line(this.open(one.line), this.view.palette.ink, 1.4, ' class="salient" stroke-dasharray="4 3"'));
  }

  /** The point that the reader asked about. */
  point(): string {
    const { point } = this.store.state;
    if (!point) return "";
    const [x, y] = this.at([point.lng, point.lat]).map((one) => one.toFixed(1));
    const { ink } = this.view.palette;
    return `<g transform="translate(${x} ${y})" fill="none" stroke="${ink}" stroke-width="1.6"><circle r="7"/><path d="M4 0H12M-4 0H-12M0 4V12M0 -4V-12"/></g>`;
  }

  private path(snapshot: number, statuses: readonly number[]): string {
    const { polygons } = this.atlas.history;
    return onScreen(this.atlas, snapshot, screenBox(this.view))
      .filter((id) => statuses.includes(polygons[id].status))
      .flatMap((id) => polygons[id].rings.map((ring) => this.ring(ringDegrees(this.atlas, ring)))).join("");
  }

  /** Edges with both ends in the zone, as on the canvas: coast and border are no front. */
  private front(snapshot: number): string {
    const { polygons, rings, zone, east, north, facts } = this.atlas.history;
    const lines: Point[][] = [];
    for (const id of onScreen(this.atlas, snapshot, screenBox(this.view))) {
      if (!TAKEN.includes(polygons[id].status)) continue;
      for (const ring of polygons[id].rings) {
        let drawing: Point[] | null = null;
        let before = rings[ring][rings[ring].length - 1];
        for (const vertex of rings[ring]) {
          const at = (one: number): Point => [east[one] * facts.unit, north[one] * facts.unit];
          if (!zone[before] || !zone[vertex]) drawing = null;
          else if (drawing) drawing.push(at(vertex));
          else lines.push((drawing = [at(before), at(vertex)]));
          before = vertex;
        }
      }
    }
    return lines.map((one) => this.open(one)).join("");
  }

  private trace(geometry: GeoJSON.Geometry): string {
    switch (geometry.type) {
      case "Polygon": return geometry.coordinates.map((ring) => this.ring(ring)).join("");
      case "MultiPolygon": return geometry.coordinates.flat().map((ring) => this.ring(ring)).join("");
      case "LineString": return this.open(geometry.coordinates);
      case "MultiLineString": return geometry.coordinates.map((one) => this.open(one)).join("");
      default: return "";
    }
  }

  private ring(points: readonly Point[]): string {
    return `${this.open(points)}Z`;
  }

  private at([lng, lat]: Point): [number, number] {
    const { camera } = this.view;
    return [
      (mercatorX(lng) - mercatorX(camera.lng)) * this.world + camera.width / 2,
      (mercatorY(lat) - mercatorY(camera.lat)) * this.world + camera.height / 2,
    ];
  }

  /** Tenths of a pixel; points that fall on the one before are left out. */
  private open(points: readonly Point[]): string {
    let before = "";
    const kept: string[] = [];
    for (const one of points) {
      const [x, y] = this.at(one);
      const text = `${x.toFixed(1)} ${y.toFixed(1)}`;
      if (text !== before) kept.push(text);
      before = text;
    }
    return `M${kept.join("L")}`;
  }
}

function path(d: string, fill: string): string {
  return d && `<path fill="${fill}" d="${d}"/>`;
}

function line(d: string, colour: string, width: number, more = ""): string {
  return d && `<path fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"${more} d="${d}"/>`;
}

function name(one: Placed, palette: Palette): string {
  const dot = one.dot && `<circle cx="${one.x.toFixed(1)}" cy="${one.y.toFixed(1)}" r="${one.dot}" fill="${palette.card}" stroke="${palette.ink}" stroke-width="1.4"/>`;
  const halo = one.label.water ? "" : ` stroke="${palette.card}" stroke-opacity="0.8" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`;
  return `<text x="${one.left.toFixed(1)}" y="${(one.y + one.size * 0.35).toFixed(1)}" font-size="${one.size.toFixed(1)}" font-weight="${one.weight}" font-style="${one.style}" letter-spacing="${one.spacing}" fill="${one.colour}"${halo}>${escaped(one.text)}</text>${dot || ""}`;
}
