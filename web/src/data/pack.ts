/** A pack's bytes to a history, or one clear error. Format: docs/reference/web-pack.md. */

import { Model, RangeDecoder, SLOTS } from "./rangeDecoder";
import { RingReader } from "./rings";

export const VERSION = 2;
const MAGIC = "CTWP";

export class PackError extends Error {}

/** What travels beside the ground; made by `contested.render.site_facts`. */
export interface Facts {
  /** In the order in which they drew the snapshots. */
  readonly sources: readonly SourceFacts[];
  /** The first snapshot of each source after the first. */
  readonly begins: readonly number[];
  readonly unit: number;
  readonly runs: number;
  readonly words: readonly string[];
  readonly statuses: readonly string[];
  /** Seconds since 1970, differences. */
  readonly published: readonly number[];
  /** Days since 1970, differences. */
  readonly asOf: readonly number[];
  /** First 16 hex digits of every snapshot's SHA-256. */
  readonly hashes: string;
  /** By status: hundredths of km² for every snapshot, differences. */
  readonly areas: readonly (readonly number[])[];
  /** For the last snapshot of each day: hundredths of km² gained and lost since the last map. */
  readonly gained: readonly number[];
  readonly lost: readonly number[];
  readonly method: string;
}

export interface SourceFacts {
  readonly name: string;
  readonly title: string;
  readonly short: string;
  readonly kind: "areas" | "points";
  readonly credit: string;
  readonly terms: string;
  readonly termsUrl: string;
  readonly home: string;
  readonly carries: readonly string[];
  readonly localOnly: boolean;
}

/** [GeoNames id, English, Ukrainian, lon, lat, population, other names, [snapshot, status] ...] */
export type PlaceFacts = readonly [
  number, string, string, number, number, number, string, readonly (readonly [number, number])[],
];

export interface Polygon {
  readonly rings: readonly number[];
  readonly status: number;
  readonly word: number;
  readonly spans: readonly (readonly [number, number])[];
}

export interface History {
  readonly facts: Facts;
  /** Vertices in units of `facts.unit` degrees. */
  readonly east: Int32Array;
  readonly north: Int32Array;
  readonly zone: Uint8Array;
  readonly rings: readonly Uint32Array[];
  readonly polygons: readonly Polygon[];
  /** Polygons of snapshot i: `members.subarray(offsets[i], offsets[i + 1])`. */
  readonly offsets: Uint32Array;
  readonly members: Uint16Array | Uint32Array;
}

export async function readPack(bytes: Uint8Array): Promise<History> {
  const [header, ground] = split(bytes);
  const facts = JSON.parse(await inflate(header)) as Facts;
  const coder = new RangeDecoder(ground);
  const reader = new RingReader(coder);
  const polygons = readRuns(coder, reader, facts.runs);
  return {
    facts,
    east: reader.east.values.slice(0, reader.east.length),
    north: reader.north.values.slice(0, reader.north.length),
    zone: Uint8Array.from(reader.zone.values.subarray(0, reader.zone.length)),
    rings: reader.rings,
    polygons,
    ...membership(polygons, facts.published.length),
  };
}

function split(bytes: Uint8Array): [Uint8Array, Uint8Array] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 20 || String.fromCharCode(...bytes.subarray(0, 4)) !== MAGIC) {
    throw new PackError("not-a-pack");
  }
  if (view.getUint32(4, true) !== VERSION) throw new PackError("other-version");
  if (view.getUint32(8, true) !== crc32(bytes.subarray(12))) throw new PackError("damaged");
  const headerEnd = 16 + view.getUint32(12, true);
  return [bytes.subarray(16, headerEnd), bytes.subarray(headerEnd + 4)];
}

async function inflate(bytes: Uint8Array): Promise<string> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

function readRuns(coder: RangeDecoder, reader: RingReader, count: number): Polygon[] {
  const model = new Model(12 * SLOTS);
  const polygons: Polygon[] = [];
  let first = 0;
  for (let i = 0; i < count; i++) {
    const status = coder.number(model, 0);
    const word = coder.number(model, 1);
    const rings: number[] = [];
    for (let left = coder.number(model, 2) + 1; left > 0; left--) {
      const known = coder.bit(model, 3 * SLOTS) === 1;
      rings.push(known ? reader.rings.length - 1 - coder.number(model, 4) : reader.read());
    }
    first += coder.number(model, 5);
    polygons.push({ rings, status, word, spans: readSpans(coder, model, first, status) });
  }
  return polygons;
}

function readSpans(
  coder: RangeDecoder, model: Model, first: number, status: number,
): [number, number][] {
  const spans: [number, number][] = [];
  let at = first;
  const count = coder.number(model, 6) + 1;
  for (let i = 0; i < count; i++) {
    const begin = i === 0 ? first : at + 1 + coder.number(model, 7);
    at = begin + 1 + coder.number(model, 8 + Math.min(status, 3));
    spans.push([begin, at]);
  }
  return spans;
}

function membership(
  polygons: readonly Polygon[], snapshots: number,
): { offsets: Uint32Array; members: Uint16Array } {
  const lists: number[][] = Array.from({ length: snapshots }, () => []);
  polygons.forEach((polygon, id) => {
    for (const [begin, end] of polygon.spans) {
      for (let i = begin; i < end; i++) lists[i].push(id);
    }
  });
  const offsets = new Uint32Array(snapshots + 1);
  lists.forEach((list, i) => (offsets[i + 1] = offsets[i] + list.length));
  const members = new Uint16Array(offsets[snapshots]);
  lists.forEach((list, i) => members.set(list, offsets[i]));
  return { offsets, members };
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) c = CRC[(c ^ bytes[i]) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
