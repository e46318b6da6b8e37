/** Patterns that tell statuses apart without colour. */

const SPACING = 7;
const WIDTH = 2.2;
const patterns = new Map<string, HTMLCanvasElement>();

/** Lines `WIDTH` wide every `SPACING` pixels, turned by an angle, at screen scale. */
export function hatch(
  context: CanvasRenderingContext2D, colour: string, ratio: number, px: number, angle: number,
): CanvasPattern {
  const width = angle === 45 ? WIDTH : 1.2;
  const tile = tileOf(`hatch ${colour} ${ratio} ${width}`, SPACING * ratio, (draw, size) => {
    draw.fillStyle = colour;
    draw.fillRect(0, 0, size, width * ratio);
  });
  return patternOf(context, tile, px / ratio, angle);
}

/** Fine dots for ground held since 2014. */
export function dots(
  context: CanvasRenderingContext2D, colour: string, ratio: number, px: number,
): CanvasPattern {
  const tile = tileOf(`dots ${colour} ${ratio}`, 6 * ratio, (draw, size) => {
    draw.fillStyle = colour;
    for (const [x, y] of [[0.25, 0.25], [0.75, 0.75]]) {
      draw.beginPath();
      draw.arc(x * size, y * size, 0.62 * ratio, 0, 2 * Math.PI);
      draw.fill();
    }
  });
  return patternOf(context, tile, px / ratio, 0);
}

function patternOf(
  context: CanvasRenderingContext2D, tile: HTMLCanvasElement, scale: number, angle: number,
): CanvasPattern {
  const pattern = context.createPattern(tile, "repeat") as CanvasPattern;
  pattern.setTransform(new DOMMatrix().scale(scale).rotate(angle));
  return pattern;
}

function tileOf(
  key: string, size: number, draw: (context: CanvasRenderingContext2D, size: number) => void,
): HTMLCanvasElement {
  const found = patterns.get(key);
  if (found) return found;
  const tile = document.createElement("canvas");
  tile.width = tile.height = Math.max(1, Math.round(size));
  draw(tile.getContext("2d") as CanvasRenderingContext2D, tile.width);
  patterns.set(key, tile);
  return tile;
}
