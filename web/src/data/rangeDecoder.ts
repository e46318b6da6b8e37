/** The other half of `contested.history.range_coder`: the same integer arithmetic, step by step. */

const TOP = 2 ** 24;
const BIT_LENGTHS = 64;
export const SLOTS = BIT_LENGTHS + 33 * 4;

/** Adaptive probabilities of a zero; the fast and the slow one of a context lie side by side. */
export class Model {
  readonly odds: Uint16Array;

  constructor(size: number) {
    this.odds = new Uint16Array(size * 2).fill(2 ** 15);
  }
}

export class RangeDecoder {
  private range = 0xffffffff;
  private code = 0;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    for (let i = 0; i < 4; i++) this.code = ((this.code << 8) | this.next()) >>> 0;
  }

  bit(model: Model, slot: number): 0 | 1 {
    const odds = model.odds;
    const fast = odds[slot * 2];
    const slow = odds[slot * 2 + 1];
    const bound = (this.range >>> 16) * ((fast + slow) >>> 1);
    let value: 0 | 1;
    if (this.code >= bound) {
      value = 1;
      this.code -= bound;
      this.range -= bound;
      odds[slot * 2] = fast - (fast >>> 4);
      odds[slot * 2 + 1] = slow - (slow >>> 7);
    } else {
      value = 0;
      this.range = bound;
      odds[slot * 2] = fast + ((65535 - fast) >>> 4);
      odds[slot * 2 + 1] = slow + ((65535 - slow) >>> 7);
    }
    if (this.range < TOP) this.refill();
    return value;
  }

  number(model: Model, context: number): number {
    const base = context * SLOTS;
    let node = 1;
    for (let i = 0; i < 5; i++) node = node * 2 + this.bit(model, base + node);
    const length = node - 32;
    const slot = base + BIT_LENGTHS + length * 4;
    let value = 1;
    let rest = length;
    if (rest > 0) {
      const one = this.bit(model, slot);
      value = value * 2 + one;
      rest--;
      if (rest > 0) {
        value = value * 2 + this.bit(model, slot + 1 + one);
        rest--;
      }
    }
    while (rest > 0) {
      const step = Math.min(rest, 16);
      value = value * 2 ** step + this.raw(step);
      rest -= step;
    }
    return value - 1;
  }

  private raw(bits: number): number {
    this.range = this.range >>> bits;
    const value = Math.floor(this.code / this.range);
    this.code -= value * this.range;
    if (this.range < TOP) this.refill();
    return value;
  }

  private refill(): void {
    while (this.range < TOP) {
      this.range = (this.range << 8) >>> 0;
      this.code = ((this.code << 8) | this.next()) >>> 0;
    }
  }

  /** Zeros after the end: the checksum has vouched for the bytes before anything is decoded. */
  private next(): number {
    return this.at < this.bytes.length ? this.bytes[this.at++] : 0;
  }
}
