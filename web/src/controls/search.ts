/** Search by any name of a place: a combobox after the ARIA pattern. */

import type { Atlas } from "../data/atlas";
import type { PlaceFacts } from "../data/pack";
import type { Store } from "../state/store";
import { numberText, wordsOf } from "../words/format";
import { fillWith, h } from "../panels/dom";

const SHOWN = 8;

export class Search {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly list = h("ul", { role: "listbox", id: "found", class: "card", hidden: true });
  private readonly names: readonly { place: PlaceFacts; key: string }[];
  private found: PlaceFacts[] = [];
  private active = -1;

  constructor(
    atlas: Atlas, private readonly store: Store, private readonly go: (place: PlaceFacts) => void,
    private readonly say: (text: string) => void,
  ) {
    this.names = atlas.places.map((place) => ({
      place, key: ` ${folded(`${place[1]} ${place[2]} ${place[6]}`)}`,
    }));
    this.input = h("input", {
      type: "search", id: "search", role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list",
      oninput: () => this.seek(), onkeydown: (event: Event) => this.key(event as KeyboardEvent),
      onblur: () => setTimeout(() => this.close(), 150),
    });
    this.element = h("div", { class: "search", role: "search" }, this.input, this.list);
    store.watch(["language"], ({ language }) => {
      this.input.placeholder = wordsOf(language).search;
      this.input.setAttribute("aria-label", wordsOf(language).searchLabel);
      this.list.setAttribute("aria-label", wordsOf(language).searchLabel);
    });
  }

  focus(): void {
    this.input.focus();
  }

  private seek(): void {
    const text = folded(this.input.value.slice(0, 80)).trim();
    this.active = -1;
    this.found = text.length < 2 ? [] : this.names
      .filter(({ key }) => key.includes(text))
      .map(({ place, key }) => ({ place, starts: key.includes(` ${text}`) }))
      .sort((a, b) => Number(b.starts) - Number(a.starts) || b.place[5] - a.place[5])
      .slice(0, SHOWN).map(({ place }) => place);
    this.show(text.length >= 2);
  }

  private show(open: boolean): void {
    const { language } = this.store.state;
    const words = wordsOf(language);
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    const active = this.active >= 0 ? `found-${this.active}` : null;
    if (active) this.input.setAttribute("aria-activedescendant", active);
    else this.input.removeAttribute("aria-activedescendant");
    fillWith(this.list, ...this.found.map((place, i) => h("li", {
      role: "option", id: `found-${i}`, "aria-selected": String(i === this.active),
      onmousedown: (event: Event) => {
        event.preventDefault();
        this.choose(i);
      },
    }, place[language === "uk" ? 2 : 1], h("small", {},
      `${place[language === "uk" ? 1 : 2]} · ${numberText(place[5], language)}`))),
    this.found.length === 0 && h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, words.noPlace));
    if (open && this.active < 0) {
      this.say(this.found.length ? words.results(this.found.length) : words.noPlace);
    }
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter") this.choose(Math.max(0, this.active));
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const count = this.found.length;
      if (!count) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.active = this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count;
      this.show(true);
    }
  }

  private choose(index: number): void {
    const place = this.found[index];
    if (!place) return;
    this.input.value = place[this.store.state.language === "uk" ? 2 : 1];
    this.close();
    this.go(place);
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

/** Lower case without accents and apostrophes, so that "Kurakhove" finds "Курахове" by either name. */
export function folded(text: string): string {
  return text.toLocaleLowerCase("uk").normalize("NFD")
    .replace(/(?<=[a-z])\p{M}/gu, "").normalize("NFC").replace(/['’ʼ`"]/g, "");
}
