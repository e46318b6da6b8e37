/** The legend says in words and in pattern what the colours say. */

import type { Atlas } from "../data/atlas";
import type { CheckedClaims } from "../data/load";
import { LAYERS, type LayerName, type Store } from "../state/store";
import { wordsOf } from "../words/format";
import type { Words } from "../words/en";
import { fillWith, h } from "./dom";
import { keyRows, type KeyRow } from "./key";

export class Legend {
  readonly element = h("section", { class: "legend card" });

  constructor(
    private readonly atlas: Atlas, private readonly store: Store,
    private readonly claims: CheckedClaims | null,
  ) {
    store.watch(["since", "back", "language", "layers"], () => this.build());
    store.watchCalmly(["day"], 300, () => this.build());
  }

  private build(): void {
    const { language, layers } = this.store.state;
    const words = wordsOf(language);
    this.element.setAttribute("aria-label", words.legend);
    const points = this.atlas.points;
    const [whole, switches] = this.opened();
    fillWith(this.element, h("details", { class: "whole", open: whole },
      h("summary", {}, words.legend),
      h("ul", {}, ...keyRows(this.atlas, this.store).map(row)),
      points && h("p", { class: "note" }, words.pointsOnly)),
    !points && this.switches(words, layers, switches));
  }

  /** Whether the legend and its switches are open; on a phone the legend begins closed. */
  private opened(): [boolean, boolean] {
    const [whole, switches] = this.element.querySelectorAll("details");
    return [whole ? whole.open : innerWidth > 860, switches?.open ?? false];
  }

  private switches(
    words: Words, layers: ReadonlySet<LayerName>, open: boolean,
  ): HTMLElement {
    const names: Record<LayerName, string> = {
      front: words.layerFront, liberated: words.layerLiberated, labels: words.layerLabels,
      salients: words.layerSalients, claims: words.layerClaims,
    };
    return h("details", { open, class: "switches" }, h("summary", {}, words.layers), h("div", { class: "card" },
      ...LAYERS.filter((name) => this.has(name)).map((name) => h("label", {}, h("input", {
        type: "checkbox", checked: layers.has(name),
        onchange: () => this.toggle(name),
      }), ` ${names[name]}`))));
  }

  private has(name: LayerName): boolean {
    if (name === "salients") return !!this.atlas.figures;
    return name !== "claims" || !!this.claims;
  }

  private toggle(name: LayerName): void {
    const layers = new Set(this.store.state.layers);
    if (!layers.delete(name)) layers.add(name);
    this.store.change({ layers });
  }
}

function row({ swatch, text, more }: KeyRow): HTMLElement {
  return h("li", {}, h("span", { class: `swatch ${swatch}`, "aria-hidden": "true" }),
    h("span", {}, text, more && " ", more && h("small", {}, more)));
}
