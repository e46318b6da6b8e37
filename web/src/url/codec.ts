/** State to the part of the address after "#" and back. What is not understood is left out. */

import { clampDay, dayIndex, isoDay, type Calendar } from "../state/calendar";
import { LAYERS, type LayerName, type State, type View } from "../state/store";

export interface Parsed {
  readonly patch: Partial<State>;
  /** The date that was asked for and lies outside the history, or a snapshot not held. */
  readonly outside: string | null;
  readonly snapshot: string | null;
}

export const DEFAULT_LAYERS: ReadonlySet<LayerName> = new Set<LayerName>([
  "front", "labels", "claims",
]);

export function toHash(state: State, calendar: Calendar, hash: string): string {
  const parts = [`d=${isoDay(calendar, state.day)}`];
  if (state.back > 0) parts.push(`c=-${state.back}`);
  else if (state.since !== null) parts.push(`c=${isoDay(calendar, state.since)}`);
  if (state.view) {
    const { lng, lat, zoom } = state.view;
    parts.push(`m=${zoom.toFixed(2)}/${lat.toFixed(4)}/${lng.toFixed(4)}`);
  }
  if (!same(state.layers, DEFAULT_LAYERS)) parts.push(`l=${[...state.layers].sort().join(",")}`);
  if (state.place !== null) parts.push(`p=${state.place}`);
  if (state.claim !== null) parts.push(`k=${state.claim}`);
  if (state.point) parts.push(`q=${state.point.lat.toFixed(5)}/${state.point.lng.toFixed(5)}`);
  if (state.theme !== "auto") parts.push(`t=${state.theme}`);
  if (state.embed) parts.push("embed=1");
  parts.push(`lang=${state.language}`, `s=${hash}`);
  return `#${parts.join("&")}`;
}

export function fromHash(text: string, calendar: Calendar): Parsed {
  const given = new Map<string, string>();
  for (const part of text.replace(/^#/, "").slice(0, 2000).split("&")) {
    const [key, value] = part.split("=", 2);
    if (value !== undefined) given.set(key, value);
  }
  const patch: { -readonly [K in keyof State]?: State[K] } = {};
  const outside = readDays(given, calendar, patch);
  const view = readView(given.get("m"));
  if (view) patch.view = view;
  const layers = given.get("l");
  if (layers !== undefined) {
    const named = layers.split(",");
    patch.layers = new Set(LAYERS.filter((name) => named.includes(name)));
  }
  const language = given.get("lang");
  if (language === "en" || language === "uk") patch.language = language;
  const theme = given.get("t");
  if (theme === "light" || theme === "dark") patch.theme = theme;
  if (/^\d{1,12}$/.test(given.get("p") ?? "")) patch.place = Number(given.get("p"));
  if (/^[0-9a-f]{6,40}$/.test(given.get("k") ?? "")) patch.claim = given.get("k") ?? null;
  patch.point = readPoint(given.get("q"));
  if (given.get("embed") === "1") patch.embed = true;
  const snapshot = given.get("s") ?? "";
  return { patch, outside, snapshot: /^[0-9a-f]{16,64}$/.test(snapshot) ? snapshot : null };
}

function readDays(
  given: ReadonlyMap<string, string>,
  calendar: Calendar,
  patch: { day?: number; since?: number | null; back?: number },
): string | null {
  let outside: string | null = null;
  const read = (key: string): number | null => {
    const text = given.get(key);
    const index = text === undefined ? null : dayIndex(calendar, text);
    if (index === null || text === undefined) return null;
    if (index !== clampDay(calendar, index)) outside = text;
    return clampDay(calendar, index);
  };
  const day = read("d");
  if (day !== null) patch.day = day;
  if (day !== null) patch.back = 0;
  const back = /^-(\d{1,4})$/.exec(given.get("c") ?? "");
  if (back) patch.back = Number(back[1]);
  const since = read("c");
  if (since !== null) [patch.since, patch.back] = [since, 0];
  return outside;
}

function readView(text: string | undefined): View | null {
  const numbers = readNumbers(text, 3);
  if (!numbers) return null;
  const [zoom, lat, lng] = numbers;
  if (zoom < 0 || zoom > 18 || Math.abs(lat) > 85 || Math.abs(lng) > 180) return null;
  return { lng, lat, zoom };
}

function readPoint(text: string | undefined): { lng: number; lat: number } | null {
  const numbers = readNumbers(text, 2);
  if (!numbers || Math.abs(numbers[0]) > 85 || Math.abs(numbers[1]) > 180) return null;
  return { lat: numbers[0], lng: numbers[1] };
}

function readNumbers(text: string | undefined, count: number): number[] | null {
  const parts = (text ?? "").split("/");
  if (parts.length !== count || !parts.every((part) => /^-?\d{1,3}(\.\d{1,8})?$/.test(part))) {
    return null;
  }
  return parts.map(Number);
}

function same(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item));
}
