/** Reads the rings that `contested.history.web_rings` wrote; see there for the idea. */

import { Model, RangeDecoder, SLOTS } from "./rangeDecoder";

const LENGTHS = 24;

/** Growing column of integers. */
class Column {
  values = new Int32Array(1 << 16);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Int32Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }
}

export class RingReader {
  readonly east = new Column();
  readonly north = new Column();
  readonly zone = new Column();
  readonly rings: Uint32Array[] = [];
  /** Last follower, last predecessor, the follower before the last. */
  private readonly next = [new Column(), new Column(), new Column()];
  private readonly number = new Map<number, number>();
  private start: [number, number] = [0, 0];
  private seen: [number, number] = [0, 0];
  private trail = 0;
  private lastZone: 0 | 1 = 0;
  private turned = 0;
  private readonly ancestor = new Model(2 * SLOTS);
  private readonly length = new Model(2 * SLOTS);
  private readonly flag = new Model(512);
  private readonly difference = new Model((LENGTHS * 3 + 4) * SLOTS);
  private readonly sign = new Model(16);
  private readonly zoneModel = new Model(2);
  private readonly end = new Model(1);

  constructor(private readonly coder: RangeDecoder) {}

  read(): number {
    const first = this.begin();
    const ids = [first];
    this.trail = 0;
    let current = first;
    let direction = 0;
    let left = -1;
    for (;;) {
      const likely = this.next[direction].values[current];
      let reached = -1;
      if (likely >= 0 && this.flagged(8 + direction * 32) === 0) {
        reached = likely;
        left = -1;
      } else {
        reached = this.lessLikely(current, direction, likely);
        if (reached >= 0) {
          direction = this.turned;
          left = -1;
        }
      }
      if (reached < 0) {
        if (left < 0 && this.next[direction].values[current] >= 0) left = current;
        const back = left >= 0 && this.flagged(256 + (current === left ? 32 : 0)) === 1;
        if (back) {
          reached = this.skip(left, direction);
          left = -1;
        } else {
          reached = this.vertex(this.east.values[current], this.north.values[current], 1);
        }
      }
      current = reached;
      if (current === first && this.coder.bit(this.end, 0) === 1) break;
      ids.push(current);
      if (ids.length > 1_000_000) throw new Error("a ring without end");
    }
    return this.remember(ids);
  }

  private begin(): number {
    if (this.coder.bit(this.flag, 0) === 0) {
      const id = this.vertex(this.start[0], this.start[1], 0);
      this.start = [this.east.values[id], this.north.values[id]];
      return id;
    }
    const back = this.coder.number(this.ancestor, 0);
    const offset = this.coder.number(this.ancestor, 1);
    const id = this.rings[this.rings.length - 1 - back][offset];
    this.start = [this.east.values[id], this.north.values[id]];
    return id;
  }

  /** The other direction, then the older follower; -1 if neither. */
  private lessLikely(current: number, direction: number, likely: number): number {
    let tried = likely;
    for (const attempt of [1 - direction, 2]) {
      const guess = this.next[attempt].values[current];
      if (guess < 0 || guess === tried) continue;
      const kind = Math.abs(attempt - direction) > 0 ? (attempt === 2 ? 2 : 1) : 0;
      if (this.flagged(8 + kind * 64 + (attempt & 1) * 32) === 0) {
        this.turned = attempt < 2 ? attempt : 0;
        return guess;
      }
      if (tried < 0) tried = guess;
    }
    return -1;
  }

  private flagged(slot: number): 0 | 1 {
    const value = this.coder.bit(this.flag, slot + (this.trail & 15));
    this.trail = (this.trail << 1) | value;
    return value;
  }

  private skip(left: number, direction: number): number {
    const follow = this.next[direction].values;
    const skipped = this.coder.number(this.length, direction);
    let at = follow[left];
    for (let i = 0; i <= skipped; i++) at = follow[at];
    return at;
  }

  private vertex(fromEast: number, fromNorth: number, kind: 0 | 1): number {
    const coder = this.coder;
    const before = lengthOf(Math.max(Math.abs(this.seen[0]), Math.abs(this.seen[1])));
    let east = coder.number(this.difference, kind ? before : LENGTHS * 2);
    const across = kind ? LENGTHS + lengthOf(east) : LENGTHS * 2 + 1;
    let north = coder.number(this.difference, across);
    const signs = (this.seen[0] < 0 ? 2 : 0) + (this.seen[1] < 0 ? 1 : 0);
    if (east > 0 && coder.bit(this.sign, signs)) east = -east;
    if (north > 0 && coder.bit(this.sign, 4 + signs * 2 + (east < 0 ? 1 : 0))) north = -north;
    if (kind) this.seen = [east, north];
    return this.add(fromEast + east, fromNorth + north);
  }

  private add(east: number, north: number): number {
    const key = east * 2 ** 26 + north; // the packer keeps 0 <= north < 2 ** 26: 67°N
    const place = this.number.get(key);
    if (place !== undefined) return place;
    this.lastZone = this.coder.bit(this.zoneModel, this.lastZone);
    this.zone.push(this.lastZone);
    this.number.set(key, this.east.length);
    this.east.push(east);
    this.north.push(north);
    for (const column of this.next) column.push(-1);
    return this.east.length - 1;
  }

  private remember(ids: number[]): number {
    const [follower, predecessor, older] = this.next.map((column) => column.values);
    let before = ids[ids.length - 1];
    for (const one of ids) {
      if (follower[before] !== one) {
        older[before] = follower[before];
        follower[before] = one;
      }
      predecessor[one] = before;
      before = one;
    }
    this.rings.push(Uint32Array.from(ids));
    return this.rings.length - 1;
  }
}

/** Bits of a number, as Python's `int.bit_length`, at most the last context. */
function lengthOf(value: number): number {
  return Math.min(value === 0 ? 0 : 32 - Math.clz32(value), LENGTHS - 1);
}
