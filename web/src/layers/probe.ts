/** What the maps say at a point: winding numbers over the rings that are shown. */

import type { History } from "../data/pack";

export interface Spell {
  /** First snapshot, and the first after it that differs. */
  readonly from: number;
  readonly until: number;
  /** Index of the status, -1 where the map says nothing. */
  readonly status: number;
  readonly word: number;
}

export class Probe {
  private readonly bounds: Int32Array;

  constructor(private readonly history: History) {
    this.bounds = ringBounds(history);
  }

  /** Every spell at a point, degrees, over the whole history. */
  spells(lng: number, lat: number): Spell[] {
    const { facts, polygons } = this.history;
    const x = lng / facts.unit;
    const y = lat / facts.unit;
    const shown = new Int16Array(facts.published.length).fill(-1);
    polygons.forEach((polygon, id) => {
      if (!this.holds(polygon.rings, x, y)) return;
      for (const [begin, end] of polygon.spans) {
        for (let i = begin; i < end; i++) {
          if (shown[i] < 0 || polygon.status < polygons[shown[i]].status) shown[i] = id;
        }
      }
    });
    return this.joined(shown);
  }

  private joined(shown: Int16Array): Spell[] {
    const { polygons } = this.history;
    const spells: Spell[] = [];
    let from = 0;
    for (let i = 1; i <= shown.length; i++) {
      const one = shown[from] < 0 ? null : polygons[shown[from]];
      const other = i === shown.length || shown[i] < 0 ? null : polygons[shown[i]];
      if (i < shown.length && one?.status === other?.status && one?.word === other?.word) continue;
      spells.push({ from, until: i, status: one?.status ?? -1, word: one?.word ?? -1 });
      from = i;
    }
    return spells;
  }

  private holds(rings: readonly number[], x: number, y: number): boolean {
    let turns = 0;
    for (const ring of rings) {
      const b = ring * 4;
      const bounds = this.bounds;
      if (x < bounds[b] || y < bounds[b + 1] || x > bounds[b + 2] || y > bounds[b + 3]) continue;
      turns += winding(this.history, ring, x, y);
    }
    return turns !== 0;
  }
}

function winding(history: History, ring: number, x: number, y: number): number {
  const { east, north } = history;
  const ids = history.rings[ring];
  let turns = 0;
  let before = ids[ids.length - 1];
  for (const id of ids) {
    const up = north[before] <= y && north[id] > y;
    const down = north[before] > y && north[id] <= y;
    if (up || down) {
      const t = (y - north[before]) / (north[id] - north[before]);
      if (east[before] + t * (east[id] - east[before]) > x) turns += up ? 1 : -1;
    }
    before = id;
  }
  return turns;
}

function ringBounds(history: History): Int32Array {
  const bounds = new Int32Array(history.rings.length * 4);
  history.rings.forEach((ids, ring) => {
    let [west, south, eastmost, northmost] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of ids) {
      const x = history.east[id];
      const y = history.north[id];
      if (x < west) west = x;
      if (x > eastmost) eastmost = x;
      if (y < south) south = y;
      if (y > northmost) northmost = y;
    }
    bounds.set([west, south, eastmost, northmost], ring * 4);
  });
  return bounds;
}
