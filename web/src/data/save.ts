/** What is on the screen as SVG, GeoJSON and CSV: source, date and terms travel inside. */

import type { Atlas } from "./atlas";
import type { Site } from "./load";
import { mercatorX, mercatorY } from "../layers/ground";
import type { MapView } from "../layers/map";
import { sourceText } from "../panels/sourceLine";
import { isoDay, isoOf } from "../state/calendar";
import type { Store } from "../state/store";

export function asGeojson(atlas: Atlas, store: Store): string {
  const { facts, polygons } = atlas.history;
  const snapshot = atlas.snapshot(store.state.day);
  const features = [...atlas.ground.members(snapshot)].map((id) => ({
    type: "Feature",
    properties: {
      status: atlas.statuses[polygons[id].status],
      source_word: facts.words[polygons[id].word],
    },
    geometry: {
      type: "Polygon",
      coordinates: polygons[id].rings.map((ring) => closed(ringDegrees(atlas, ring))),
    },
  }));
  return JSON.stringify({ type: "FeatureCollection", ...about(atlas, store), features });
}

/** Who says so, of which day, under which terms; and how overlaps are to be read. */
function about(atlas: Atlas, store: Store): Record<string, unknown> {
  const { method } = atlas.history.facts;
  const snapshot = atlas.snapshot(store.state.day);
  const source = atlas.source(snapshot);
  return {
    as_of: isoOf(atlas.calendar.dayOf[snapshot]),
    snapshot: atlas.hash(snapshot),
    credit: source.credit,
    terms: source.terms,
    terms_url: source.termsUrl,
    note: `where polygons overlap, the first of ${atlas.statuses.join(", ")} keeps the ground; vertices rounded to 1e-6 degree; ${method}`,
  };
}

function ringDegrees(atlas: Atlas, ring: number): [number, number][] {
  const { east, north, rings, facts } = atlas.history;
  return Array.from(rings[ring], (id) => [
    Number((east[id] * facts.unit).toFixed(6)), Number((north[id] * facts.unit).toFixed(6)),
  ]);
}

function closed<T>(ring: T[]): T[] {
  return [...ring, ring[0]];
}

export function asCsv(atlas: Atlas): string {
  const { sources, method } = atlas.history.facts;
  const lines = [
    ...sources.map(({ title, credit, terms }) => `# ${title}. ${credit}; ${terms}`.replaceAll("\n", " ")),
    `# ${method}; empty: no map that day or no such layer`,
    ["date", "snapshot", ...atlas.statuses.map((status) => `${status}_km2`)].join(","),
  ];
  for (let day = 0; day < atlas.calendar.days; day++) {
    const snapshot = atlas.calendar.snapshotOf[day];
    const cells = atlas.statuses.map((status) =>
      snapshot < 0 ? "" : (atlas.area(status, snapshot)?.toFixed(2) ?? ""));
    lines.push([isoDay(atlas.calendar, day), snapshot < 0 ? "" : atlas.hash(snapshot), ...cells].join(","));
  }
  return `${lines.join("\r\n")}\r\n`;
}

const ORDER = ["liberated", "ua_held_in_russia", "contested", "controlled", "occupied", "held_since_2014"];

export function asSvg(site: Site, atlas: Atlas, store: Store, view: MapView): string {
  const { palette, camera } = view;
  const world = 512 * 2 ** camera.zoom;
  const project = (lng: number, lat: number): string => [
    ((mercatorX(lng) - mercatorX(camera.lng)) * world + camera.width / 2).toFixed(1),
    ((mercatorY(lat) - mercatorY(camera.lat)) * world + camera.height / 2).toFixed(1),
  ].join(" ");
  const trace = (ring: readonly (readonly number[])[]): string =>
    `M${ring.map(([lng, lat]) => project(lng, lat)).join("L")}Z`;
  const style: Record<string, string> = {
    occupied: `fill="${palette.occupied}"`, controlled: `fill="${palette.occupied}"`,
    held_since_2014: `fill="${palette.held}"`, contested: 'fill="url(#hatch)"',
    ua_held_in_russia: `fill="none" stroke="${palette.regained}"`,
    liberated: `fill="none" stroke="${palette.liberated}" stroke-width="0.5"`,
  };
  const { polygons } = atlas.history;
  const members = [...atlas.ground.members(atlas.snapshot(store.state.day))];
  const grounds = ORDER.map((status) => {
    const drawn = members.filter((id) => atlas.statuses[polygons[id].status] === status
      && (status !== "liberated" || store.state.layers.has("liberated")));
    const d = drawn.flatMap((id) => polygons[id].rings.map((ring) => trace(ringDegrees(atlas, ring))));
    return d.length ? `<path ${style[status]} d="${d.join("")}"/>` : "";
  });
  const countries = site.base.features.map((feature) => {
    const { geometry, properties } = feature;
    if (geometry.type !== "MultiPolygon" || properties?.["kind"] !== "country") return "";
    const fill = properties?.["name"] === "Ukraine" ? palette.paper : palette.neighbour;
    return `<path fill="${fill}" stroke="${palette.border}" stroke-width="0.6" d="${geometry.coordinates.flat().map(trace).join("")}"/>`;
  });
  const source = atlas.source(atlas.snapshot(store.state.day));
  const height = camera.height + 34;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${camera.width} ${height}" width="${camera.width}" height="${height}" font-family="Noto Sans, DejaVu Sans, sans-serif">`,
    `<title>${escaped(sourceText(atlas, store))}</title>`,
    `<metadata>${escaped(JSON.stringify(about(atlas, store)))}</metadata>`,
    `<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="2.2" fill="${palette.hatch}"/></pattern></defs>`,
    `<rect width="100%" height="100%" fill="${palette.water}"/>`,
    ...countries, ...grounds,
    `<rect y="${camera.height}" width="100%" height="34" fill="${palette.card}"/>`,
    `<text x="10" y="${camera.height + 14}" font-size="10" fill="${palette.ink}">${escaped(sourceText(atlas, store))}</text>`,
    `<text x="10" y="${camera.height + 28}" font-size="9" fill="${palette.soft}">${escaped(source.terms)}</text>`,
    "</svg>",
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
