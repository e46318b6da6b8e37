/** Claims of a checked article: pins on the map, and the verdicts beside the words. */

import type { CheckedClaims, Pin } from "../data/load";
import type { Atlas } from "../data/atlas";
import type { MapView } from "../layers/map";
import { clampDay, dayIndex } from "../state/calendar";
import type { Store } from "../state/store";
import { dayText, wordsOf } from "../words/format";
import type { Words } from "../words/en";
import { h } from "./dom";

/** Colour of a verdict's chip; every chip says it in words as well. */
const TONES: Record<string, string> = {
  "supported": "good", "matches the map it cites": "cited", "partly supported": "amber",
  "disputed between sources": "amber", "outdated": "amber", "contradicted": "brick",
  "figures only": "sand", "not held": "quiet",
};
const CLOSE_ZOOM = 9;

/** Goes where a claim speaks of, and to the maps that its verdict rests on. */
export function showClaim(pin: Pin, atlas: Atlas, store: Store, view: MapView): void {
  const [then, now] = [pin.days[0], pin.days.at(-1)].map((iso) =>
    iso === undefined ? null : dayIndex(atlas.calendar, iso));
  store.change({
    claim: pin.id, place: null, point: null,
    ...(now === null ? {} : {
      day: clampDay(atlas.calendar, now), back: 0,
      since: then !== null && then < now ? clampDay(atlas.calendar, then) : null,
    }),
  });
  view.map.jumpTo({
    center: [pin.at[0], pin.at[1]], zoom: Math.max(view.map.getZoom(), CLOSE_ZOOM),
  });
}

export function claimsSection(
  claims: CheckedClaims | null, store: Store, choose: (pin: Pin) => void, words: Words,
): HTMLElement | null {
  if (!claims) return null;
  const { claim, language } = store.state;
  const published = dayText(Date.parse(claims.published) / 864e5, language);
  const chosen = claims.pins.some(({ id }) => id === claim);
  return h("details", { class: "claims", id: "claims", open: chosen || !window.matchMedia("(max-width: 860px)").matches },
    h("summary", {}, h("h2", {}, words.claims(claims.pins.length))),
    h("p", { class: "note" }, `${claims.title} · ${published} · ${words.claimsOf(claims.pins.length, claims.read)}`),
    h("ol", {}, ...claims.pins.map((pin, i) => claimItem(pin, i, pin.id === claim, choose, words))));
}

function claimItem(
  pin: Pin, index: number, chosen: boolean, choose: (pin: Pin) => void, words: Words,
): HTMLElement {
  const { verdicts } = words;
  return h("li", { class: chosen ? "chosen" : "", id: `claim-${index}`, "aria-current": chosen ? "true" : null },
    h("button", { type: "button", class: "claim", onclick: () => choose(pin) },
      h("b", { class: "pin-number" }, String(index + 1)), " ",
      h("q", { lang: "en" }, pin.quote || pin.place)),
    h("p", {}, h("span", { class: `chip ${TONES[pin.verdict] ?? "quiet"}` }, verdicts[pin.verdict] ?? pin.verdict),
      " ", h("span", { class: "note" }, pin.place)),
    h("p", { class: "found", lang: "en" }, pin.number),
    chosen && h("p", { class: "note", lang: "en" }, pin.sentence));
}

/** One pin a place, with the numbers of its claims; a button, so that keys and touch reach it. */
export class Pins {
  readonly element = h("div", { class: "pins", role: "region" });
  private readonly places: readonly { at: readonly [number, number]; pins: Pin[]; button: HTMLButtonElement }[];

  constructor(
    claims: CheckedClaims, private readonly store: Store, private readonly view: MapView,
    choose: (pin: Pin) => void,
  ) {
    const byPlace = new Map<string, Pin[]>();
    for (const pin of claims.pins) {
      const key = pin.at.join();
      byPlace.set(key, [...(byPlace.get(key) ?? []), pin]);
    }
    this.places = [...byPlace.values()].map((pins) => ({
      at: pins[0].at, pins,
      button: h("button", { type: "button", class: "pin", onclick: () => choose(this.next(pins)) },
        pins.length > 1 ? `×${pins.length}` : String(claims.pins.indexOf(pins[0]) + 1)),
    }));
    this.element.append(...this.places.map(({ button }) => button));
    store.watch(["language", "claim", "layers"], () => this.name());
    view.map.on("move", () => this.place());
    view.map.on("resize", () => this.place());
    this.place();
  }

  /** Another press goes through the claims of a place one by one. */
  private next(pins: readonly Pin[]): Pin {
    const at = pins.findIndex(({ id }) => id === this.store.state.claim);
    return pins[(at + 1) % pins.length];
  }

  private name(): void {
    const { language, claim, layers } = this.store.state;
    const words = wordsOf(language);
    this.element.hidden = !layers.has("claims");
    this.element.setAttribute("aria-label", words.layerClaims);
    for (const { pins, button } of this.places) {
      const found = [...new Set(pins.map(({ verdict }) => words.verdicts[verdict] ?? verdict))];
      const label = `${pins[0].place}, ${words.claims(pins.length)}: ${found.join(", ")}`;
      button.setAttribute("aria-label", label);
      button.title = label;
      const tones = new Set(pins.map(({ verdict }) => TONES[verdict] ?? "quiet"));
      const chosen = pins.some(({ id }) => id === claim);
      button.className = `pin ${tones.size === 1 ? [...tones][0] : "mixed"}${chosen ? " chosen" : ""}`;
    }
  }

  private place(): void {
    for (const { at, button } of this.places) {
      const { x, y } = this.view.map.project([at[0], at[1]]);
      button.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    }
  }
}
