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

/** Labels come in order of importance; one that meets an earlier one is left out. */
export function paintLabels(
  context: CanvasRenderingContext2D, camera: Camera, labels: readonly Label[],
  language: Language, palette: Palette, chosen: number | null,
): void {
  context.setTransform(camera.ratio, 0, 0, camera.ratio, 0, 0);
  context.lineJoin = "round";
  context.textBaseline = "middle";
  const world = 512 * 2 ** camera.zoom;
  const centre = [mercatorX(camera.lng), mercatorY(camera.lat)];
  // The whole country needs quieter names than one front.
  const scale = Math.min(1.08, Math.max(0.78, 0.78 + (camera.zoom - 6) * 0.08));
  const taken: Box[] = [];
  for (const label of labels) {
    if (label.zoom > camera.zoom && label.id !== chosen) continue;
    if (label.rank === 0 && camera.zoom > 8.5) continue;
    const x = (label.x - centre[0]) * world + camera.width / 2;
    const y = (label.y - centre[1]) * world + camera.height / 2;
    if (x < -80 || y < -20 || x > camera.width + 20 || y > camera.height + 20) continue;
    paintLabel(context, label, x, y, language, palette, taken, label.id === chosen, scale);
  }
}

type Box = readonly [number, number, number, number];

function paintLabel(
  context: CanvasRenderingContext2D, label: Label, x: number, y: number, language: Language,
  palette: Palette, taken: Box[], chosen: boolean, scale: number,
): void {
  const wide = label.rank === 0;
  const size = HEIGHTS[label.rank] * (wide ? 1 : scale);
  context.font = `${label.water ? "italic 400" : WEIGHTS[label.rank]} ${label.water ? 13.5 : size}px ${FONT}`;
  context.letterSpacing = wide ? (label.water ? "1.5px" : "3px") : "0px";
  const text = wide && !label.water ? label[language].toLocaleUpperCase(language) : label[language];
  const width = measured(context, text);
  const dot = DOTS[label.rank];
  const left = wide ? x - width / 2 : x + dot + (label.dot ? 4 : 6);
  const half = size * 0.62;
  const box: Box = [wide ? left : x - dot - 1, y - half, left + width + 2, y + half];
  if (!chosen && taken.some((other) => meets(box, other))) return;
  taken.push(box);
  context.strokeStyle = palette.halo;
  context.lineWidth = wide ? 2 : 3;
  if (!label.water) context.strokeText(text, left, y);
  context.fillStyle = label.water ? palette.waterInk : wide || label.rank === 3 ? palette.soft : palette.ink;
  context.fillText(text, left, y);
  if (!wide && (label.dot || chosen)) paintDot(context, x, y, chosen ? dot + 1.6 : dot, palette, chosen);
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

function measured(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font} ${text}`;
  let width = widths.get(key);
  if (width === undefined) widths.set(key, (width = context.measureText(text).width));
  return width;
}

function meets(one: Box, other: Box): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
