/** What is on the screen as GeoJSON and CSV: source, date and terms travel inside. */

import type { Atlas } from "./atlas";
import type { MapView } from "../layers/map";
import { isoDay, isoOf } from "../state/calendar";
import { sinceOf, type Store } from "../state/store";

/** Ground of the day, and of the day it is compared with, that touches the screen. */
export function asGeojson(atlas: Atlas, store: Store, view: MapView): string {
  const since = sinceOf(store.state);
  const days = [store.state.day, ...(since === null ? [] : [since])].filter((day) => atlas.hasMap(day));
  const box = screenBox(view);
  const features = days.flatMap((day) => groundOf(atlas, atlas.snapshot(day), box));
  return JSON.stringify({
    type: "FeatureCollection", bbox: box, ...about(atlas, store), features,
  });
}

type Bounds = [west: number, south: number, east: number, north: number];

export function screenBox(view: MapView): Bounds {
  const bounds = view.map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
    .map((degrees) => Number(degrees.toFixed(6))) as Bounds;
}

function groundOf(atlas: Atlas, snapshot: number, box: Bounds): object[] {
  const { facts, polygons } = atlas.history;
  return onScreen(atlas, snapshot, box).map((id) => ({
    type: "Feature",
    properties: {
      as_of: isoOf(atlas.calendar.dayOf[snapshot]),
      status: atlas.statuses[polygons[id].status],
      source_word: facts.words[polygons[id].word],
      snapshot: atlas.hash(snapshot),
    },
    geometry: {
      type: "Polygon",
      coordinates: polygons[id].rings.map((ring) => closed(ringDegrees(atlas, ring))),
    },
  }));
}

/** Polygons of a snapshot whose bounds meet a box. */
export function onScreen(atlas: Atlas, snapshot: number, box: Bounds): number[] {
  const { polygons } = atlas.history;
  return [...atlas.ground.members(snapshot)].filter((id) =>
    polygons[id].rings.some((ring) => meets(ringDegrees(atlas, ring), box)));
}

function meets(ring: readonly (readonly [number, number])[], [west, south, east, north]: Bounds): boolean {
  let [a, b, c, d] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    [a, b, c, d] = [Math.min(a, x), Math.min(b, y), Math.max(c, x), Math.max(d, y)];
  }
  return a < east && c > west && b < north && d > south;
}

/** Who says so, of which day, under which terms; and how overlaps are to be read. */
export function about(atlas: Atlas, store: Store): Record<string, unknown> {
  const { method } = atlas.history.facts;
  const snapshot = atlas.snapshot(store.state.day);
  const source = atlas.source(snapshot);
  return {
    title: source.title,
    as_of: isoOf(atlas.calendar.dayOf[snapshot]),
    snapshot: atlas.hash(snapshot),
    credit: source.credit,
    base: atlas.baseCredit,
    terms: source.terms,
    terms_url: source.termsUrl,
    ...(source.localOnly ? { own_use_only: true } : {}),
    note: `where polygons overlap, the first of ${atlas.statuses.join(", ")} keeps the ground; vertices rounded to 1e-6 degree; ${method}`,
  };
}

export function ringDegrees(atlas: Atlas, ring: number): [number, number][] {
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
  const statuses = atlas.statuses.filter((status) => status !== "free");
  const lines = [
    ...sources.map(({ title, credit, terms }) => `# ${title}. ${credit}; ${terms}`.replaceAll("\n", " ")),
    `# base and places of the page: ${atlas.baseCredit}`,
    `# ${method}; controlled: occupied and held since 2014 together; empty: no map that day or no such layer`,
    ["date", "source", "snapshot", ...statuses.map((status) => `${status}_km2`)].join(","),
  ];
  for (let day = 0; day < atlas.calendar.days; day++) {
    const snapshot = atlas.calendar.snapshotOf[day];
    const cells = statuses.map((status) => snapshot < 0 ? "" : (
      status === "controlled" ? atlas.controlled(snapshot) : atlas.area(status, snapshot)
    )?.toFixed(2) ?? "");
    lines.push([isoDay(atlas.calendar, day), ...(snapshot < 0 ? ["", ""]
      : [atlas.source(snapshot).name, atlas.hash(snapshot)]), ...cells].join(","));
  }
  return `${lines.join("\r\n")}\r\n`;
}

