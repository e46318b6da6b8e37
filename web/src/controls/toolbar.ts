/** Small buttons: zoom, language, theme, table, cite and save. */

import type { Atlas } from "../data/atlas";
import type { Site } from "../data/load";
import type { MapView } from "../layers/map";
import type { Store, Theme } from "../state/store";
import { wordsOf } from "../words/format";
import { button, fillWith, h } from "../panels/dom";
import { openShare } from "../panels/share";
import { openTable } from "../panels/table";

const NEXT: Record<Theme, Theme> = { auto: "dark", dark: "light", light: "auto" };

export class Toolbar {
  readonly elements = [h("nav", { class: "zoom card" }), h("nav", { class: "tools card" })] as const;

  constructor(
    private readonly site: Site, private readonly atlas: Atlas, private readonly store: Store,
    private readonly view: MapView,
  ) {
    store.watch(["language", "theme"], () => this.build());
  }

  private build(): void {
    const { language, theme } = this.store.state;
    const words = wordsOf(language);
    const { map } = this.view;
    const motion = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const themes = { auto: words.themeAuto, dark: words.themeDark, light: words.themeLight };
    const [zoom, tools] = this.elements;
    zoom.setAttribute("aria-label", words.map);
    tools.setAttribute("aria-label", words.tools);
    fillWith(zoom,
      button(words.zoomIn, "+", () => map.zoomIn({ animate: motion })),
      button(words.zoomOut, "−", () => map.zoomOut({ animate: motion })),
      button(words.home, "⌂", () => this.view.home()));
    fillWith(tools,
      button(words.table, words.table, () => openTable(this.atlas, this.store), { id: "open-table" }),
      button(words.share, words.share, () => openShare(this.site, this.atlas, this.store, this.view), { id: "open-share" }),
      button(words.language, words.language,
        () => this.store.change({ language: language === "en" ? "uk" : "en" }),
        { id: "language", lang: language === "en" ? "uk" : "en" }),
      button(`${words.theme}: ${themes[theme]}`, "◐",
        () => this.store.change({ theme: NEXT[theme] }), { id: "theme" }));
  }
}
