/** The screen as a PNG: its canvases, then pins, key and source as one drawing over and below. */

import type { Atlas } from "../data/atlas";
import type { Site } from "../data/load";
import type { Store } from "../state/store";
import type { MapView } from "./map";
import { patterns } from "./marks";
import { FONT, sheetOf } from "./sheet";

export async function pngOf(site: Site, atlas: Atlas, store: Store, view: MapView): Promise<Blob> {
  const { width, height } = view.control;
  const { camera, palette } = view;
  const sheet = sheetOf(site, atlas, store, view);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height + Math.ceil(sheet.footHeight * camera.ratio);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.drawImage(view.ground, 0, 0);
  if (view.tiled) await drawn(view, (base) => context.drawImage(base, 0, 0, width, height));
  context.drawImage(view.control, 0, 0);
  view.paintAbove(context); // without the gaps that the panels leave among the names
  context.setTransform(1, 0, 0, 1, 0, 0);
  const whole = camera.height + sheet.footHeight;
  const drawing = await loaded(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${camera.width} ${whole}" width="${canvas.width}" height="${canvas.height}" preserveAspectRatio="none" font-family="${FONT}"><defs>${patterns(palette)}</defs>${sheet.pins}${sheet.foot}</svg>`);
  context.drawImage(drawing, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
}

async function loaded(svg: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
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
