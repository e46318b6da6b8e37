/** The scale of the map in the middle of the screen, in km and miles. */

import type { MapView } from "../layers/map";
import type { Store } from "../state/store";
import { numberText, wordsOf } from "../words/format";
import { fillWith, h } from "./dom";

const WIDEST_PX = 110;
const EARTH_KM = 40_075.017;
const MILE_KM = 1.609344;

export class Scale {
  readonly element = h("div", { class: "scale", "aria-hidden": "true" });

  constructor(private readonly view: MapView, private readonly store: Store) {
    view.map.on("move", () => this.show());
    store.watch(["language"], () => this.show());
  }

  private show(): void {
    const { language } = this.store.state;
    const words = wordsOf(language);
    const perPixel = kmPerPixel(this.view);
    const bar = (unit: string, km: number): HTMLElement => {
      const round = roundBelow((WIDEST_PX * perPixel) / km);
      const text = numberText(round, language, round < 1 ? 1 : 0);
      const element = h("span", {}, `${text} ${unit}`);
      element.style.width = `${((round * km) / perPixel).toFixed(1)}px`;
      return element;
    };
    fillWith(this.element, bar(words.km, 1), bar(words.miles, MILE_KM));
  }
}

function kmPerPixel(view: MapView): number {
  const { lat, zoom } = view.camera;
  return (EARTH_KM * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom);
}

/** 1, 2 or 5 times a power of ten. */
export function roundBelow(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((digit) => digit * power).find((value) => value <= most) ?? power;
}
