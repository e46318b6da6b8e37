/** Boot: read the page, decode the history, put the map and its panels in place. */

import "./page.css";
import { Atlas } from "./data/atlas";
import { loadHistory, readSite, type Site } from "./data/load";
import { PackError } from "./data/pack";
import { start } from "./page";
import { wordsOf } from "./words/format";
import { fillWith, h } from "./panels/dom";

function refuse(text: string, why: string): void {
  const notice = document.getElementById("notice");
  if (notice) {
    notice.hidden = false;
    fillWith(notice, h("b", {}, text), " ", why);
  }
  document.documentElement.dataset["state"] = "static";
}

function hasWebgl(): boolean {
  try {
    return !!document.createElement("canvas").getContext("webgl2");
  } catch {
    return false;
  }
}

function baseCredit({ basemap }: Site): string {
  return ["Natural Earth", "GeoNames (CC BY 4.0)", basemap?.attribution].filter(Boolean).join(", ");
}

async function boot(): Promise<void> {
  const language = /(^|[#&])lang=uk(&|$)/.test(location.hash) ? "uk" : "en";
  const words = wordsOf(language);
  if (!hasWebgl()) {
    refuse(words.noWebgl, "");
    return;
  }
  const site: Site = readSite();
  try {
    start(site, new Atlas(await loadHistory(site), site.places, site.figures, baseCredit(site)));
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    const why = words[error.message as "damaged" | "missing"] ?? error.message;
    refuse(`${words.broken}.`, why);
  }
}

void boot();
