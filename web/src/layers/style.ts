/** A base map from elsewhere as a style of MapLibre: a pure function of its options.
 *
 * Without one the style is empty: the page's own base is painted below (`base.ts`), and shows
 * through wherever a tile has not come. */

import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Basemap } from "../data/load";
import type { Palette } from "./theme";

const TILE_PX = 256;

export function styleOf(basemap: Basemap | null, palette: Palette): StyleSpecification | string {
  if (!basemap) return { version: 8, sources: {}, layers: [] };
  switch (basemap.kind) {
    case "style": return basemap.url;
    case "tiles": return rasterStyle({ tiles: [absolute(basemap.url)], tileSize: TILE_PX });
    case "pmtiles": return vectorStyle(`pmtiles://${absolute(basemap.url)}`, palette);
  }
}

/** The browser writes "{z}" as "%7Bz%7D"; the library wants braces. */
function absolute(address: string): string {
  return decodeURI(new URL(address, document.baseURI).href);
}

function rasterStyle(source: object): StyleSpecification {
  return {
    version: 8,
    sources: { tiles: { type: "raster", ...source } as StyleSpecification["sources"][string] },
    layers: [{ id: "tiles", type: "raster", source: "tiles", paint: { "raster-saturation": -0.75, "raster-opacity": 0.85 } }],
  };
}

/** Layers as Protomaps names them: earth, water, roads, boundaries; whatever is missing is not drawn. */
function vectorStyle(url: string, palette: Palette): StyleSpecification {
  const fill = (layer: string, colour: string): LayerSpecification => ({
    id: layer, type: "fill", source: "tiles", "source-layer": layer, paint: { "fill-color": colour },
    filter: ["==", ["geometry-type"], "Polygon"],
  });
  return {
    version: 8,
    sources: { tiles: { type: "vector", url } },
    layers: [
      fill("earth", palette.paper), fill("water", palette.water),
      {
        id: "roads", type: "line", source: "tiles", "source-layer": "roads",
        paint: {
          "line-color": palette.border, "line-opacity": 0.5,
          "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.3, 12, 1.2],
        },
      },
      {
        id: "boundaries", type: "line", source: "tiles", "source-layer": "boundaries",
        paint: { "line-color": palette.border, "line-opacity": 0.6, "line-width": 0.6 },
      },
    ],
  };
}
