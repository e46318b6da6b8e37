/** Names on the map: three ranks, no two on top of each other, the greater place first. */

import type { PlaceFacts } from "../data/pack";
import type { Language } from "../state/store";
import { mercatorX, mercatorY } from "./ground";
import type { Camera } from "./control";
import type { Palette } from "./theme";

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly en: string;
  readonly uk: string;
  /** 0 country or sea, 1 city, 2 town, 3 village. */
  readonly rank: 0 | 1 | 2 | 3;
  readonly water: boolean;
  readonly zoom: number;
  readonly id: number;
  /** `false` where a dot of another layer stands at the point. */
  readonly dot: boolean;
}

const FONT = '"Noto Sans", "DejaVu Sans", system-ui, sans-serif';
const WEIGHTS = [600, 700, 500, 400];
const HEIGHTS = [11.5, 17, 14.5, 12.5];
const DOTS = [0, 4, 3.2, 2.4];

export function placeLabels(places: readonly PlaceFacts[], dot: boolean): Label[] {
  return places
    .map((place): Label => {
      const [id, english, ukrainian, lng, lat, population] = place;
      const rank = population >= 200_000 ? 1 : population >= 20_000 ? 2 : 3;
      const zoom = Math.max(4.2, 10.4 - Math.log2(Math.max(population, 600) / 1500));
      return {
        id, en: english, uk: ukrainian, rank, zoom, water: false, dot,
        x: mercatorX(lng), y: mercatorY(lat),
      };
    });
}

export function wideLabel(en: string, uk: string, lng: number, lat: number, water: boolean): Label {
  return { id: 0, en, uk, rank: 0, water, zoom: 0, dot: false, x: mercatorX(lng), y: mercatorY(lat) };
}

/** A label with its place on the screen: text from `left` at the height `y`, dot at `x`. */
export interface Placed {
  readonly label: Label;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly size: number;
  readonly style: string;
  readonly weight: number;
  readonly spacing: number;
  readonly colour: string;
  /** Radius, 0 for none. */
  readonly dot: number;
  readonly chosen: boolean;
}

/** Labels come in order of importance; one that meets an earlier one is left out, and so is one
 * that the edge of the picture or a panel would cut in two. */
export function placed(
  context: CanvasRenderingContext2D, camera: Camera, labels: readonly Label[],
  language: Language, palette: Palette, chosen: number | null, covered: readonly Box[] = [],
): Placed[] {
  const world = 512 * 2 ** camera.zoom;
  const centre = [mercatorX(camera.lng), mercatorY(camera.lat)];
  // The whole country needs quieter names than one front.
  const scale = Math.min(1.08, Math.max(0.78, 0.78 + (camera.zoom - 6) * 0.08));
  const taken: Box[] = [...covered];
  const found: Placed[] = [];
  for (const label of labels) {
    if (label.zoom > camera.zoom && label.id !== chosen) continue;
    if (label.rank === 0 && camera.zoom > 8.5) continue;
    const x = (label.x - centre[0]) * world + camera.width / 2;
    const y = (label.y - centre[1]) * world + camera.height / 2;
    if (x < -80 || y < -20 || x > camera.width + 20 || y > camera.height + 20) continue;
    const one = placeOne(context, label, x, y, language, palette, label.id === chosen, scale);
    const box = boxOf(context, one);
    const cut = box[0] < 0 || box[1] < 0 || box[2] > camera.width || box[3] > camera.height;
    if (!one.chosen && (cut || taken.some((other) => meets(box, other)))) continue;
    taken.push(box);
    found.push(one);
  }
  return found;
}

export function paintLabels(
  context: CanvasRenderingContext2D, camera: Camera, labels: readonly Label[],
  language: Language, palette: Palette, chosen: number | null, covered: readonly Box[] = [],
): void {
  context.setTransform(camera.ratio, 0, 0, camera.ratio, 0, 0);
  context.lineJoin = "round";
  context.textBaseline = "middle";
  for (const one of placed(context, camera, labels, language, palette, chosen, covered)) {
    typeset(context, one);
    context.strokeStyle = palette.halo;
    context.lineWidth = one.label.rank === 0 ? 2 : 3;
    if (!one.label.water) context.strokeText(one.text, one.left, one.y);
    context.fillStyle = one.colour;
    context.fillText(one.text, one.left, one.y);
    if (one.dot) paintDot(context, one.x, one.y, one.dot, palette, one.chosen);
  }
}

/** Left, top, right, bottom, pixels of the map. */
export type Box = readonly [number, number, number, number];

function placeOne(
  context: CanvasRenderingContext2D, label: Label, x: number, y: number, language: Language,
  palette: Palette, chosen: boolean, scale: number,
): Placed {
  const wide = label.rank === 0;
  const dot = DOTS[label.rank];
  const one = {
    label, x, y, chosen, left: x + dot + (label.dot ? 4 : 6),
    text: wide && !label.water ? label[language].toLocaleUpperCase(language) : label[language],
    size: label.water ? 13.5 : HEIGHTS[label.rank] * (wide ? 1 : scale),
    style: label.water ? "italic" : "normal",
    weight: label.water ? 400 : WEIGHTS[label.rank],
    spacing: wide ? (label.water ? 1.5 : 3) : 0,
    colour: label.water ? palette.waterInk : wide || label.rank === 3 ? palette.soft : palette.ink,
    dot: wide || !(label.dot || chosen) ? 0 : chosen ? dot + 1.6 : dot,
  };
  return wide ? { ...one, left: x - measured(context, one) / 2 } : one;
}

function typeset(context: CanvasRenderingContext2D, one: Placed): void {
  context.font = `${one.style} ${one.weight} ${one.size}px ${FONT}`;
  context.letterSpacing = `${one.spacing}px`;
}

function boxOf(context: CanvasRenderingContext2D, one: Placed): Box {
  const half = one.size * 0.62;
  const from = one.label.rank === 0 ? one.left : one.x - DOTS[one.label.rank] - 1;
  return [from, one.y - half, one.left + measured(context, one) + 2, one.y + half];
}

function paintDot(
  context: CanvasRenderingContext2D, x: number, y: number, radius: number, palette: Palette,
  chosen: boolean,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = palette.card;
  context.fill();
  context.strokeStyle = palette.ink;
  context.lineWidth = chosen ? 2.4 : 1.4;
  context.stroke();
}

const widths = new Map<string, number>();

function measured(context: CanvasRenderingContext2D, one: Placed): number {
  const key = `${one.style} ${one.weight} ${one.size} ${one.spacing} ${one.text}`;
  let width = widths.get(key);
  if (width === undefined) {
    typeset(context, one);
    widths.set(key, (width = context.measureText(one.text).width));
  }
  return width;
}

function meets(one: Box, other: Box): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
