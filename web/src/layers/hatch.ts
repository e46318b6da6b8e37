/** Patterns that tell statuses apart without colour. */

const SPACING = 7;
const WIDTH = 2.2;
/** By kind, colour and pixel ratio: a pattern made anew for every step would be garbage. */
const patterns = new Map<string, CanvasPattern>();

/** Lines `WIDTH` wide every `SPACING` pixels, turned by an angle, at screen scale. */
export function hatch(
  context: CanvasRenderingContext2D, colour: string, ratio: number, px: number, angle: number,
): CanvasPattern {
  const width = angle === 45 ? WIDTH : 1.2;
  const pattern = patternOf(context, `hatch ${colour} ${ratio} ${width}`, SPACING * ratio, (draw, size) => {
    draw.fillStyle = colour;
    draw.fillRect(0, 0, size, width * ratio);
  });
  pattern.setTransform(new DOMMatrix().scale(px / ratio).rotate(angle));
  return pattern;
}

/** Fine dots for ground held since 2014. */
export function dots(
  context: CanvasRenderingContext2D, colour: string, ratio: number, px: number,
): CanvasPattern {
  const pattern = patternOf(context, `dots ${colour} ${ratio}`, 6 * ratio, (draw, size) => {
    draw.fillStyle = colour;
    for (const [x, y] of [[0.25, 0.25], [0.75, 0.75]]) {
      draw.beginPath();
      draw.arc(x * size, y * size, 0.62 * ratio, 0, 2 * Math.PI);
      draw.fill();
    }
  });
  pattern.setTransform(new DOMMatrix().scale(px / ratio));
  return pattern;
}

function patternOf(
  context: CanvasRenderingContext2D, key: string, size: number,
  draw: (context: CanvasRenderingContext2D, size: number) => void,
): CanvasPattern {
  const found = patterns.get(key);
  if (found) return found;
  const tile = document.createElement("canvas");
  tile.width = tile.height = Math.max(1, Math.round(size));
  draw(tile.getContext("2d") as CanvasRenderingContext2D, tile.width);
  const made = context.createPattern(tile, "repeat") as CanvasPattern;
  patterns.set(key, made);
  return made;
}
