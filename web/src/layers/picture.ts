/** The screen as a PNG with its source line inside. */

import type { Atlas } from "../data/atlas";
import { sourceText } from "../panels/sourceLine";
import { sinceOf, type Store } from "../state/store";
import { dayText, wordsOf } from "../words/format";
import type { MapView } from "./map";

const FOOT = 58;
const FONT = '"Noto Sans", "DejaVu Sans", sans-serif';

export async function pngOf(atlas: Atlas, store: Store, view: MapView): Promise<Blob> {
  const { width, height } = view.control;
  const ratio = view.camera.ratio;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height + FOOT * ratio;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const { palette } = view;
  context.fillStyle = palette.card;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(view.ground, 0, 0);
  if (view.tiled) await drawn(view, (base) => context.drawImage(base, 0, 0, width, height));
  context.drawImage(view.control, 0, 0);
  context.drawImage(view.overlay, 0, 0);
  context.setTransform(ratio, 0, 0, ratio, 0, height);
  const { day, language } = store.state;
  const since = sinceOf(store.state);
  const words = wordsOf(language);
  const date = dayText(atlas.calendar.first + day, language);
  const change = since === null ? ""
    : ` · ${words.gainedSince(dayText(atlas.calendar.first + since, language))}`;
  context.fillStyle = palette.ink;
  context.font = `700 15px ${FONT}`;
  context.fillText(`${date}${change}`, 12, 21, width / ratio - 24);
  context.fillStyle = palette.soft;
  context.font = `400 11px ${FONT}`;
  context.fillText(sourceText(atlas, store), 12, 38, width / ratio - 24);
  context.fillText(`${atlas.hash(atlas.snapshot(day))} · ${atlas.source(atlas.snapshot(day)).terms}`,
    12, 52, width / ratio - 24);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
}

/** A WebGL canvas may be read only in the frame that painted it. */
function drawn(view: MapView, read: (canvas: HTMLCanvasElement) => void): Promise<void> {
  return new Promise((resolve) => {
    view.map.once("render", () => {
      read(view.map.getCanvas());
      resolve();
    });
    view.map.triggerRepaint();
  });
}
