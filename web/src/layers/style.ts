/** The base map as a style of MapLibre: a pure function of its options. */

import type {
  ExpressionSpecification, LayerSpecification, StyleSpecification,
} from "maplibre-gl";
import type { Palette } from "./theme";

export interface BaseOptions {
  readonly palette: Palette;
  readonly countries: GeoJSON.FeatureCollection;
  readonly water: GeoJSON.FeatureCollection | null;
}

const isUkraine: ExpressionSpecification = ["==", ["get", "name"], "Ukraine"];
const isCountry: ExpressionSpecification = ["==", ["get", "kind"], "country"];

function fillOf(id: string, filter: ExpressionSpecification, colour: string): LayerSpecification {
  return { id, type: "fill", source: "base", filter, paint: { "fill-color": colour } };
}

export function baseStyle({ palette, countries, water }: BaseOptions): StyleSpecification {
  const style: StyleSpecification = {
    version: 8,
    sources: { base: { type: "geojson", data: countries, tolerance: 0.2 } },
    layers: [
      { id: "beyond", type: "background", paint: { "background-color": palette.neighbour } },
      fillOf("sea", ["==", ["get", "kind"], "sea"], palette.water),
      fillOf("neighbours", ["all", isCountry, ["!", isUkraine]], palette.neighbour),
      fillOf("ukraine", ["all", isCountry, isUkraine], palette.paper),
      {
        id: "borders",
        type: "line",
        source: "base",
        filter: ["==", ["get", "kind"], "border"],
        layout: { "line-join": "round" },
        paint: {
          "line-color": ["case", isUkraine, palette.soft, palette.border],
          "line-width": ["case", isUkraine, 1.1, 0.6],
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
