/** Signs of the map as SVG: patterns, swatches, dots of settlements. */

import type { Swatch } from "../panels/key";
import type { Palette } from "./theme";

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

export function patterns(palette: Palette): string {
  return `${hatchPattern("hatch", 7, 2.2, 45, palette.hatch)}${hatchPattern("ua", 7, 1.2, 0, palette.regained)}${hatchPattern("liberated", 7, 1.2, 90, palette.liberated)}<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="1.5" cy="1.5" r="0.62" fill="${palette.heldDot}"/><circle cx="4.5" cy="4.5" r="0.62" fill="${palette.heldDot}"/></pattern>`;
}

function hatchPattern(id: string, size: number, width: number, angle: number, colour: string): string {
  return `<pattern id="${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse" patternTransform="rotate(${angle})"><rect width="${size}" height="${width}" fill="${colour}"/></pattern>`;
}

export function circle(x: number, y: number, radius: number, fill: string, stroke: string, width = 1.2): string {
  return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(1)}" fill="${fill}" stroke="${stroke}" stroke-width="${width}"/>`;
}

/** A settlement's dot: its form says the status, as on the canvas (`dots.ts`). */
export function dotSvg(x: number, y: number, radius: number, status: string, palette: Palette): string {
  const fill = status === "held_since_2014" ? palette.held
    : status === "occupied" || status === "controlled" ? palette.gained : palette.card;
  const whole = circle(x, y, radius, fill, palette.ink);
  if (status === "contested") {
    return `${whole}<path fill="${palette.ink}" d="M${x.toFixed(1)} ${(y - radius).toFixed(1)}a${radius.toFixed(1)} ${radius.toFixed(1)} 0 0 0 0 ${(2 * radius).toFixed(1)}Z"/>`;
  }
  return status === "liberated"
    ? `${whole}<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${Math.max(1, radius - 2).toFixed(1)}" fill="${palette.regained}"/>` : whole;
}

/** A sign of the key, 24 pixels wide, its middle at a height. */
export function swatchOf(swatch: Swatch, x: number, y: number, palette: Palette): string {
  const stroke = `<path d="M${x.toFixed(1)} ${y.toFixed(1)}h24" fill="none"`;
  switch (swatch) {
    case "front": return `${stroke} stroke="${palette.front}" stroke-width="2"/>`;
    case "salient": return `${stroke} stroke="${palette.ink}" stroke-width="1.4" stroke-dasharray="4 3"/>`;
    case "dot-occupied": case "dot-contested": case "dot-liberated": case "dot-free":
      return dotSvg(x + 12, y, 6, swatch.slice(4), palette);
    default: return FILLS[swatch](palette).map((fill) =>
      `<rect x="${x.toFixed(1)}" y="${(y - 6.5).toFixed(1)}" width="24" height="13" rx="2" fill="${fill}" stroke="${palette.border}" stroke-width="0.7"/>`).join("");
  }
}

type Filled = Exclude<Swatch, "front" | "salient" | `dot-${string}`>;

const FILLS: Record<Filled, (palette: Palette) => string[]> = {
  occupied: ({ occupied }) => [occupied],
  gained: ({ gained }) => [gained],
  lost: ({ regained }) => [regained],
  held: ({ held }) => [held, "url(#dots)"],
  contested: ({ paper }) => [paper, "url(#hatch)"],
  ua: ({ uaInRussia }) => [uaInRussia, "url(#ua)"],
  liberated: ({ paper }) => [paper, "url(#liberated)"],
};
