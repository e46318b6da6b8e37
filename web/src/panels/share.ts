/** A link to exactly this, and the screen as a file with its source and terms inside. */

import type { Atlas } from "../data/atlas";
import type { Site } from "../data/load";
import { asCsv, asGeojson } from "../data/save";
import { asSvg } from "../layers/svg";
import { pngOf } from "../layers/picture";
import type { MapView } from "../layers/map";
import type { Store } from "../state/store";
import { isoDay } from "../state/calendar";
import { addressOf } from "../url/address";
import { wordsOf } from "../words/format";
import { openDialog } from "./dialog";
import { button, h } from "./dom";

export function openShare(site: Site, atlas: Atlas, store: Store, view: MapView): void {
  const words = wordsOf(store.state.language);
  const link = `${location.href.split("#")[0]}${addressOf(atlas, store)}`;
  const field = h("input", { readonly: true, value: link, "aria-label": words.cite, id: "permalink" });
  const copied = h("span", { role: "status", class: "note" });
  const copy = async (): Promise<void> => {
    field.select();
    await navigator.clipboard?.writeText(link).catch(() => undefined);
    copied.textContent = words.copied;
  };
  const stem = `control-${isoDay(atlas.calendar, store.state.day)}`;
  const text = (name: string, type: string, content: () => string): HTMLElement =>
    button(`${words.saveAs}: ${name}`, name,
      () => download(`${stem}.${name.toLowerCase()}`, new Blob([content()], { type })));
  const { localOnly, terms } = atlas.source(atlas.snapshot(store.state.day));
  openDialog(words.share, words.close,
    h("p", { class: "row" }, field, button(words.copy, words.copy, () => void copy()), copied),
    h("p", {}, words.saveAs),
    h("p", { class: "row saves" },
      button(`${words.saveAs}: PNG`, "PNG", () => void pngOf(site, atlas, store, view).then(
        (blob) => download(`${stem}.png`, blob))),
      text("SVG", "image/svg+xml", () => asSvg(site, atlas, store, view)),
      text("GeoJSON", "application/geo+json", () => asGeojson(atlas, store, view)),
      text("CSV", "text/csv", () => asCsv(atlas))),
    h("p", { class: "note" }, terms),
    ...(localOnly ? [h("p", { class: "warning" }, words.localOnly)] : []));
}

function download(name: string, blob: Blob): void {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
