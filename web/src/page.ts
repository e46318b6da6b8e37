/** The page: one store, and every part of it watching what concerns it. */

import * as maplibregl from "maplibre-gl";
import { Protocol } from "pmtiles";
import type { Atlas } from "./data/atlas";
import type { Pin, Site } from "./data/load";
import type { PlaceFacts } from "./data/pack";
import { Search } from "./controls/search";
import { TimeControl } from "./controls/slider";
import { Toolbar } from "./controls/toolbar";
import { MapView, isDark } from "./layers/map";
import { FactsPanel } from "./panels/facts";
import { Legend } from "./panels/legend";
import { Pins, showClaim } from "./panels/claims";
import { Announcer } from "./panels/live";
import { h } from "./panels/dom";
import { Store, type State } from "./state/store";
import { isoDay } from "./state/calendar";
import { DEFAULT_LAYERS, fromHash } from "./url/codec";
import { keepAddress } from "./url/address";
import { wordsOf } from "./words/format";
import { watchKeys } from "./controls/keys";
import { Scale } from "./panels/scale";
import { SourceLine } from "./panels/sourceLine";

declare global {
  interface Window {
    /** The library's worker as text, from a script beside the page. */
    contestedWorker?: string;
    /** For the browser tests. */
    contested?: { store: Store; atlas: Atlas; view: MapView };
  }
}

export function start(site: Site, atlas: Atlas): void {
  const parsed = fromHash(location.hash, atlas.calendar);
  const store = new Store({ ...initial(atlas), ...parsed.patch });
  const { state } = store;
  document.documentElement.dataset["theme"] = isDark(state) ? "dark" : "light";
  document.documentElement.dataset["state"] = "live";
  if (state.embed) document.documentElement.dataset["embed"] = "1";
  store.watch(["language"], ({ language }) => (document.documentElement.lang = language));
  setWorker(site);
  const host = h("div", { id: "map" });
  const app = document.getElementById("app") as HTMLElement;
  app.hidden = false;
  app.append(host);
  const view = new MapView(host, site, atlas, store);
  const live = new Announcer(atlas, store);
  const search = new Search(atlas, store, (place) => visit(store, view, place), (t) => live.say(t));
  const words = wordsOf(state.language);
  const choose = (pin: Pin): void => {
    showClaim(pin, atlas, store, view);
    bringForward();
  };
  if (site.claims) host.append(new Pins(site.claims, store, view, choose).element);
  app.append(
    h("header", { class: "top card" }, h("b", { class: "brand" }, words.title), search.element),
    ...new Toolbar(site, atlas, store, view).elements,
    new FactsPanel(atlas, store, site.claims, choose).element,
    h("div", { class: "dock" },
      h("div", { class: "key-row" }, new Legend(atlas, store, site.claims).element, new Scale(view, store).element),
      new TimeControl(atlas, store).element,
      new SourceLine(atlas, store).element),
    live.element,
  );
  watchKeys(atlas, store, search);
  keepAddress(atlas, store);
  bringForward();
  tellOutside(parsed.outside, parsed.snapshot, atlas, store, live);
  view.paintOverlay();
  window.contested = { store, atlas, view };
  performance.mark("contested-first-control");
}

/** The chosen claim, into the sight of its panel. */
function bringForward(): void {
  document.querySelector(".claims .chosen")?.scrollIntoView({ block: "nearest" });
}

function initial(atlas: Atlas): State {
  return {
    day: atlas.calendar.days - 1,
    since: null,
    back: 7,
    view: null,
    layers: DEFAULT_LAYERS,
    language: navigator.language.startsWith("uk") ? "uk" : "en",
    theme: "auto",
    place: null,
    claim: null,
    point: null,
    playing: false,
    speed: 15,
    embed: false,
  };
}

/** Under a bundler MapLibre cannot find its worker: without an address the map stays blank. */
function setWorker(site: Site): void {
  const given = document.getElementById("maplibre-worker")?.textContent ?? window.contestedWorker;
  // Only tiles need the library's worker: without them an idle one saves 20 MB.
  const text = site.basemap ? given : "onmessage = () => undefined;";
  if (site.basemap?.kind === "pmtiles") addPmtiles();
  const address = URL.createObjectURL(new Blob([text ?? ""], { type: "text/javascript" }));
  maplibregl.setWorkerUrl(address);
  maplibregl.setWorkerCount(1);
}

/** PMTiles is read by ranges of one file; the library learns the protocol only where it is asked. */
function addPmtiles(): void {
  const protocol = new Protocol();
  maplibregl.addProtocol("pmtiles", protocol.tile);
}

function visit(store: Store, view: MapView, place: PlaceFacts): void {
  store.change({ place: place[0], point: { lng: place[3], lat: place[4] } });
  view.map.jumpTo({ center: [place[3], place[4]], zoom: Math.max(view.map.getZoom(), 9) });
}

function tellOutside(
  outside: string | null, snapshot: string | null, atlas: Atlas, store: Store, live: Announcer,
): void {
  const words = wordsOf(store.state.language);
  const { calendar } = atlas;
  if (outside) {
    live.tell(words.outside(outside, isoDay(calendar, 0), isoDay(calendar, calendar.days - 1)));
  } else if (snapshot && snapshot.slice(0, 16) !== atlas.hash(atlas.snapshot(store.state.day))) {
    live.tell(words.otherSnapshot);
  }
}
