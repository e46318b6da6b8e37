/** Where a page's pack comes from: inside the page, beside it, or beside it as a script. */

import { featuresOf, type FeatureRow } from "./features";
import { PageFigures, type WrittenFigures } from "./figures";
import { PackError, readPack, type History, type PlaceFacts } from "./pack";

/** A claim of a checked article, made by `contested.jobs.site_check`. */
export interface Pin {
  readonly id: string;
  readonly quote: string;
  readonly place: string;
  readonly at: readonly [number, number];
  readonly verdict: string;
  readonly number: string;
  readonly sentence: string;
  /** First and last map that the verdict rests on, as of publication; none for the gazetteer's. */
  readonly days: readonly string[];
}

export interface CheckedClaims {
  readonly title: string;
  readonly published: string;
  readonly read: number;
  readonly pins: readonly Pin[];
}

/** A base map from elsewhere, which the page asks the network for; only where the user wants it. */
export interface Basemap {
  readonly kind: "tiles" | "style" | "pmtiles";
  readonly url: string;
  readonly attribution: string;
}

export interface Site {
  readonly base: GeoJSON.FeatureCollection;
  readonly water: GeoJSON.FeatureCollection | null;
  readonly figures: PageFigures | null;
  readonly claims: CheckedClaims | null;
  readonly basemap: Basemap | null;
  readonly version: string;
  readonly pack: string;
  readonly places: readonly PlaceFacts[];
}

declare global {
  interface Window {
    contestedPack?: string;
  }
}

type Written = Omit<Site, "base" | "water" | "figures"> & {
  readonly figures: WrittenFigures | null;
  readonly base: readonly FeatureRow[];
  readonly water: readonly FeatureRow[] | null;
};

export function readSite(): Site {
  const element = document.getElementById("contested-site");
  const written = JSON.parse(element?.textContent ?? "{}") as Written;
  element?.remove();
  return {
    ...written, base: featuresOf(written.base), water: written.water && featuresOf(written.water),
    figures: written.figures && new PageFigures(written.figures),
  };
}

export async function loadHistory(site: Site): Promise<History> {
  return readPack(await packBytes(site));
}

async function packBytes(site: Site): Promise<Uint8Array> {
  const inside = document.getElementById("contested-pack");
  if (inside?.textContent) {
    const bytes = fromBase64(inside.textContent.trim());
    inside.remove(); // half a megabyte of text that nobody reads again
    return bytes;
  }
  if (location.protocol === "file:") return fromBase64(await fromScript(`${site.pack}.js`));
  const answer = await fetch(site.pack).catch(() => null);
  if (!answer?.ok) throw new PackError("missing");
  return new Uint8Array(await answer.arrayBuffer());
}

/** Pages opened from a disk may not fetch, but may load scripts. */
function fromScript(address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.contestedPack ?? "");
    script.onerror = () => reject(new PackError("missing"));
    document.head.append(script);
  });
}

function fromBase64(text: string): Uint8Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new PackError("damaged");
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
