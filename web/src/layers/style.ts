/** The base map as a style of MapLibre: a pure function of its options. */

import type { StyleSpecification } from "maplibre-gl";
import type { Palette } from "./theme";

export interface BaseOptions {
  readonly palette: Palette;
  readonly countries: GeoJSON.FeatureCollection;
  readonly water: GeoJSON.FeatureCollection | null;
}

export function baseStyle({ palette, countries, water }: BaseOptions): StyleSpecification {
  const style: StyleSpecification = {
    version: 8,
    sources: { countries: { type: "geojson", data: countries, tolerance: 0.2 } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": palette.water } },
      {
        id: "countries",
        type: "fill",
        source: "countries",
        paint: {
          "fill-color": ["case", ["==", ["get", "name"], "Ukraine"], palette.paper, palette.neighbour],
          "fill-antialias": true,
        },
      },
      {
        id: "borders",
        type: "line",
        source: "countries",
        layout: { "line-join": "round" },
        paint: {
          "line-color": ["case", ["==", ["get", "name"], "Ukraine"], palette.soft, palette.border],
          "line-width": ["case", ["==", ["get", "name"], "Ukraine"], 1.1, 0.6],
        },
      },
    ],
  };
  if (water) addWater(style, water, palette);
  return style;
}

function addWater(
  style: StyleSpecification, water: GeoJSON.FeatureCollection, palette: Palette,
): void {
  style.sources["water"] = { type: "geojson", data: water, tolerance: 0.2 };
  style.layers.push(
    {
      id: "lakes",
      type: "fill",
      source: "water",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": palette.water, "fill-outline-color": palette.shore },
    },
    {
      id: "rivers",
      type: "line",
      source: "water",
      filter: ["==", ["geometry-type"], "LineString"],
      layout: { "line-join": "round", "line-cap": "round" },
      paint: {
        "line-color": palette.shore,
        "line-width": ["interpolate", ["linear"], ["zoom"], 5, 0.7, 10, 1.8],
      },
    },
  );
}
