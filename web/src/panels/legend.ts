/** The legend says in words and in pattern what the colours say. */

import type { Atlas } from "../data/atlas";
import type { CheckedClaims } from "../data/load";
import { LAYERS, sinceOf, type Language, type LayerName, type Store } from "../state/store";
import { dayText, wordsOf } from "../words/format";
import type { Words } from "../words/en";
import { fillWith, h } from "./dom";

/** Letters of a source's word that the legend has room for; the whole stands in "how we know". */
const LONGEST = 34;

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
    const since = sinceOf(this.store.state);
    const words = wordsOf(language);
    this.element.setAttribute("aria-label", words.legend);
    const points = this.atlas.points;
    const rows = points ? this.dots(words) : this.areas(words);
    if (since !== null && !points) {
      const from = dayText(this.atlas.calendar.first + since, language, true);
      rows.splice(1, 0, row("gained", words.gainedSince(from)), row("lost", words.lostSince(from)));
    }
    const [whole, switches] = this.opened();
    fillWith(this.element, h("details", { class: "whole", open: whole },
      h("summary", {}, words.legend),
      h("ul", {}, ...rows),
      points && h("p", { class: "note" }, words.pointsOnly)),
    !points && this.switches(words, layers, switches));
  }

  /** Whether the legend and its switches are open; on a phone the legend begins closed. */
  private opened(): [boolean, boolean] {
    const [whole, switches] = this.element.querySelectorAll("details");
    return [whole ? whole.open : innerWidth > 860, switches?.open ?? false];
  }

  private areas(words: Words): HTMLElement[] {
    const { day } = this.store.state;
    const snapshot = this.atlas.snapshot(day);
    const shows = (status: string): boolean => !!this.atlas.area(status, snapshot);
    const rows = [row("occupied", this.atlas.carries("occupied", snapshot) ? words.occupied : words.controlled)];
    if (this.atlas.carries("held_since_2014", snapshot)) rows.push(row("held", words.heldSince2014));
    rows.push(this.contested(words, snapshot));
    if (shows("ua_held_in_russia")) rows.push(row("ua", words.uaInRussia));
    if (this.store.state.layers.has("liberated") && shows("liberated")) {
      rows.push(row("liberated", words.liberated));
    }
    if (this.store.state.layers.has("front")) rows.push(row("front", words.frontLine));
    return rows;
  }

  /** Our class, and the word that the source itself uses on this day. */
  private contested(words: Words, snapshot: number): HTMLElement {
    if (!this.atlas.carries("contested", snapshot)) {
      return row("contested", `${words.contested}: ${words.notHeld}`);
    }
    const { polygons, facts } = this.atlas.history;
    const status = this.atlas.statuses.indexOf("contested");
    const used = new Set<string>();
    for (const id of this.atlas.ground.members(snapshot)) {
      if (polygons[id].status === status) used.add(facts.words[polygons[id].word]);
    }
    const said = [...new Set([...used].map((word) => inLanguage(word, this.store.state.language)))]
      .filter((word) => word).slice(0, 2).map((word) => `“${shortened(word)}”`).join(", ");
    return row("contested", words.contested, said && words.sourceWord(said));
  }

  private dots(words: Words): HTMLElement[] {
    return [
      row("dot-occupied", words.occupied), row("dot-contested", words.contested),
      row("dot-liberated", words.liberated), row("dot-free", words.free),
    ];
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

/** The source writes "Статус невідомий /// Unknown status /// key": the part a reader can read. */
export function inLanguage(word: string, language: Language): string {
  const parts = word.split("///").map((part) => part.trim());
  return (parts.length > 1 && language === "en" ? parts[1] : parts[0]) ?? word;
}

function shortened(word: string): string {
  return word.length > LONGEST ? `${word.slice(0, LONGEST).replace(/\s+\S*$/, "")} …` : word;
}

function row(swatch: string, text: string, more: string | false = false): HTMLElement {
  return h("li", {}, h("span", { class: `swatch ${swatch}`, "aria-hidden": "true" }),
    h("span", {}, text, more && " ", more && h("small", {}, more)));
}
