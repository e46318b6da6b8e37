/** Claims of a checked article: pins on the map, and the verdicts beside the words. */

import type { CheckedClaims, Pin } from "../data/load";
import type { Atlas } from "../data/atlas";
import type { MapView } from "../layers/map";
import type { PinMark } from "../layers/sheet";
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

interface Spot {
  readonly at: readonly [number, number];
  readonly own: readonly Pin[];
  /** Its own claims, and those of spots that it covers on this screen. */
  shown: readonly Pin[];
  readonly button: HTMLButtonElement;
}

/** Pins nearer than this to each other are one, as a pile could not be pressed. */
const APART_PX = 27;

/** One pin a place, with the number of its claims; a button, so that keys and touch reach it. */
export class Pins {
  readonly element = h("div", { class: "pins", role: "region" });
  private readonly spots: readonly Spot[];

  constructor(
    private readonly claims: CheckedClaims, private readonly store: Store,
    private readonly view: MapView, choose: (pin: Pin) => void,
  ) {
    const byPlace = new Map<string, Pin[]>();
    for (const pin of claims.pins) {
      byPlace.set(pin.at.join(), [...(byPlace.get(pin.at.join()) ?? []), pin]);
    }
    this.spots = [...byPlace.values()].map((own) => {
      const spot: Spot = {
        at: own[0].at, own, shown: own,
        button: h("button", { type: "button", onclick: () => choose(this.next(spot.shown)) }),
      };
      return spot;
    });
    this.element.append(...this.spots.map(({ button }) => button));
    store.watch(["language", "claim", "layers"], () => this.name());
    view.map.on("move", () => this.place());
    view.map.on("resize", () => this.place());
    view.pins = () => this.marks();
    this.place();
  }

  /** The pins that are shown, as a saved picture draws them. */
  private marks(): PinMark[] {
    if (this.element.hidden) return [];
    return this.spots.filter(({ button }) => !button.hidden).map(({ at, shown, button }) => ({
      ...pixels(this.view, at), text: button.textContent ?? "", tone: toneOf(shown),
      chosen: button.classList.contains("chosen"),
      claims: shown.map((pin) => ({
        number: this.claims.pins.indexOf(pin) + 1, verdict: pin.verdict, tone: toneOf([pin]),
      })),
    }));
  }

  /** Another press goes through the claims of a pin one by one. */
  private next(pins: readonly Pin[]): Pin {
    const at = pins.findIndex(({ id }) => id === this.store.state.claim);
    return pins[(at + 1) % pins.length];
  }

  private name(): void {
    const { language, claim, layers } = this.store.state;
    const words = wordsOf(language);
    this.element.hidden = !layers.has("claims");
    this.element.setAttribute("aria-label", words.layerClaims);
    for (const { shown, button } of this.spots) {
      const found = [...new Set(shown.map(({ verdict }) => words.verdicts[verdict] ?? verdict))];
      const places = [...new Set(shown.map(({ place }) => place))].join(", ");
      const label = `${places}, ${words.claims(shown.length)}: ${found.join(", ")}`;
      button.setAttribute("aria-label", label);
      button.title = label;
      button.textContent = shown.length > 1 ? `×${shown.length}`
        : String(this.claims.pins.indexOf(shown[0]) + 1);
      const chosen = shown.some(({ id }) => id === claim);
      button.className = `pin ${toneOf(shown)}${chosen ? " chosen" : ""}`;
    }
  }

  private place(): void {
    const heads: { x: number; y: number; spot: Spot; shown: Pin[] }[] = [];
    for (const spot of this.spots) {
      const { x, y } = pixels(this.view, spot.at);
      const head = heads.find((one) => Math.hypot(one.x - x, one.y - y) < APART_PX);
      spot.button.hidden = !!head;
      spot.button.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      if (head) head.shown.push(...spot.own);
      else heads.push({ x, y, spot, shown: [...spot.own] });
    }
    const ids = (pins: readonly Pin[]): string => pins.map(({ id }) => id).join();
    const changed = heads.filter(({ spot, shown }) => ids(spot.shown) !== ids(shown));
    for (const { spot, shown } of changed) spot.shown = shown;
    if (changed.length) this.name();
  }
}

function pixels(view: MapView, [lng, lat]: readonly [number, number]): { x: number; y: number } {
  const { x, y } = view.map.project([lng, lat]);
  return { x, y };
}

/** The colour of the verdicts of a pin's claims, where they have one. */
function toneOf(pins: readonly Pin[]): string {
  const tones = new Set(pins.map(({ verdict }) => TONES[verdict] ?? "quiet"));
  return tones.size === 1 ? [...tones][0] : "mixed";
}
