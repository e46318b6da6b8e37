/** What a saved picture says besides its ground: pins of claims, the key, date, source, terms.
 *
 * One SVG for both kinds of file: the PNG paints it over its canvases. */

import type { Atlas } from "../data/atlas";
import type { Site } from "../data/load";
import { keyRows } from "../panels/key";
import { sourceText } from "../panels/sourceLine";
import { sinceOf, type Store } from "../state/store";
import { dayText, wordsOf } from "../words/format";
import type { MapView } from "./map";
import { circle, escaped, swatchOf } from "./marks";

export const FONT = "Noto Sans, DejaVu Sans, sans-serif";
const MARGIN = 12;
const SWATCH = 24;

/** A pin as it stands on the screen. */
export interface PinMark {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly tone: string;
  readonly chosen: boolean;
  /** Its claims by their number in the list. */
  readonly claims: readonly { readonly number: number; readonly verdict: string; readonly tone: string }[];
}

export interface Sheet {
  readonly pins: string;
  readonly foot: string;
  /** Pixels that the foot adds below the map. */
  readonly footHeight: number;
}

export function sheetOf(site: Site, atlas: Atlas, store: Store, view: MapView): Sheet {
  const { width, height } = view.camera;
  const pins = view.pins().filter(({ x, y }) => x > 0 && x < width && y > 0 && y < height + 37);
  const foot = new Foot(view);
  const { language, day } = store.state;
  const words = wordsOf(language);
  const date = dayText(atlas.calendar.first + day, language);
  const since = sinceOf(store.state);
  const compared = since === null ? ""
    : ` · ${words.whatChanged(dayText(atlas.calendar.first + since, language))}`;
  foot.text(atlas.hasMap(day) ? `${date}${compared}` : words.noMap(date), 15, view.palette.ink, 700);
  foot.flow(keyRows(atlas, store).map(({ swatch, text, more }) => ({
    mark: (x, y) => swatchOf(swatch, x, y, view.palette), text: more ? `${text} (${more})` : text,
  })));
  if (site.claims && pins.length) {
    const published = dayText(Date.parse(site.claims.published) / 864e5, language);
    foot.text(`${words.layerClaims}: ${site.claims.title}, ${published}`, 12, view.palette.ink, 700);
    foot.flow(verdictsOf(pins).map(([verdict, tone, numbers]) => ({
      mark: (x, y) => circle(x + SWATCH / 2, y, 6, toneColour(tone), view.palette.ink),
      text: `${words.verdicts[verdict] ?? verdict}: ${numbers.join(", ")}`,
    })));
  }
  const snapshot = atlas.snapshot(day);
  foot.text(sourceText(atlas, store), 11, view.palette.soft);
  foot.text(`${atlas.hash(snapshot)} · ${atlas.source(snapshot).terms}`, 11, view.palette.soft);
  return { pins: pins.map((pin) => pinSvg(pin, view)).join(""), ...foot.done() };
}

/** Verdict, its tone, and the numbers of the claims on the screen that have it. */
function verdictsOf(pins: readonly PinMark[]): [string, string, number[]][] {
  const found = new Map<string, [string, string, number[]]>();
  for (const { verdict, tone, number } of pins.flatMap(({ claims }) => claims)) {
    const one = found.get(verdict) ?? [verdict, tone, []];
    one[2].push(number);
    found.set(verdict, one);
  }
  return [...found.values()].map(([verdict, tone, numbers]) => [verdict, tone, numbers.sort((a, b) => a - b)]);
}

interface Item {
  readonly mark: (x: number, y: number) => string;
  readonly text: string;
}

/** Lines from the top down, each no wider than the picture. */
class Foot {
  private readonly parts: string[] = [];
  private readonly context = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  private y = 4;

  constructor(private readonly view: MapView) {}

  text(words: string, size: number, colour: string, weight = 400): void {
    for (const line of this.wrapped(words, size, weight)) {
      this.y += size * 1.4;
      this.write(MARGIN, line, size, colour, weight);
    }
  }

  /** Swatches with their words, as many a line as there is room for. */
  flow(items: readonly Item[]): void {
    const { ink } = this.view.palette;
    const size = 12;
    const indent = SWATCH + 8;
    let x = Infinity;
    for (const { mark, text } of items) {
      const lines = this.wrapped(text, size, 400, indent);
      const wide = indent + Math.max(...lines.map((line) => this.width(line, size, 400)));
      if (x + wide > this.view.camera.width - MARGIN) {
        x = MARGIN;
        this.y += 19;
      }
      this.parts.push(mark(x, this.camera + this.y - 4));
      lines.forEach((line, i) => {
        if (i) this.y += size * 1.3;
        this.write(x + indent, line, size, ink, 400);
      });
      x += wide + 18;
    }
    this.y += 4;
  }

  done(): { foot: string; footHeight: number } {
    const footHeight = Math.ceil(this.y + 9);
    const { palette, camera } = this.view;
    const ground = `<rect y="${camera.height}" width="${camera.width}" height="${footHeight}" fill="${palette.card}"/>`;
    return { foot: ground + this.parts.join(""), footHeight };
  }

  private get camera(): number {
    return this.view.camera.height;
  }

  private write(x: number, words: string, size: number, colour: string, weight: number): void {
    this.parts.push(`<text x="${x.toFixed(1)}" y="${(this.camera + this.y).toFixed(1)}" font-size="${size}" font-weight="${weight}" fill="${colour}">${escaped(words)}</text>`);
  }

  private width(words: string, size: number, weight: number): number {
    this.context.font = `${weight} ${size}px ${FONT}`;
    return this.context.measureText(words).width;
  }

  private wrapped(words: string, size: number, weight: number, indent = 0): string[] {
    const room = this.view.camera.width - 2 * MARGIN - indent;
    const lines: string[] = [];
    let line = "";
    for (const word of words.split(" ")) {
      const longer = line ? `${line} ${word}` : word;
      if (line && this.width(longer, size, weight) > room) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    }
    return [...lines, line];
  }
}

/** As the page's own style draws it: a stem on the place, a round head above. */
function pinSvg({ x, y, text, tone, chosen }: PinMark, { palette }: MapView): string {
  const head = y - 24;
  const ring = chosen
    ? `<circle cx="${x.toFixed(1)}" cy="${head.toFixed(1)}" r="15.5" fill="none" stroke="${palette.ink}" stroke-width="2.5"/>` : "";
  return `<g class="pin"><path d="M${x.toFixed(1)} ${(y - 11).toFixed(1)}v9" stroke="${palette.ink}" stroke-width="1.5"/>${
    circle(x, head, 12.25, toneColour(tone), palette.ink, 1.5)}${ring}<text x="${x.toFixed(1)}" y="${(head + 4.2).toFixed(1)}" font-size="12" font-weight="700" text-anchor="middle" fill="${toneColour(tone, "-ink")}">${escaped(text)}</text></g>`;
}

/** The page's own colour of a verdict, in the theme that is shown. */
function toneColour(tone: string, part = ""): string {
  const name = tone === "mixed" ? (part ? "ink" : "card") : `${tone}${part}`;
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
