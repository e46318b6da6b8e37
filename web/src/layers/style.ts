/** The base map as a style of MapLibre: a pure function of its options. */

import type {
  ExpressionSpecification, FilterSpecification, LayerSpecification, StyleSpecification,
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
        filter: ["all", ["==", ["get", "kind"], "border"], ["!", isUkraine]],
        layout: { "line-join": "round" },
        paint: {
          "line-color": palette.border,
          "line-width": 0.5,
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
  const line = (id: string, kind: string, colour: string, width: number): LayerSpecification => ({
    id, type: "line", source: "water", filter: ["==", ["get", "kind"], kind],
    layout: { "line-join": "round", "line-cap": "round" },
    paint: {
      "line-color": colour,
      "line-width": ["interpolate", ["linear"], ["zoom"], 5, width * 0.55, 10, width * 1.4],
    },
  });
  style.layers.push(
    {
      id: "lakes", type: "fill", source: "water", filter: lakesOn(Infinity),
      paint: { "fill-color": palette.water, "fill-outline-color": palette.shore },
    },
    line("rivers", "river", palette.shore, 0.9),
    line("great", "great", palette.shore, 2.2),
    line("roads", "road", palette.border, 0.6),
  );
}

/** A reservoir that ran out is drawn on days before it did. */
export function lakesOn(daysSince1970: number): FilterSpecification {
  return ["all", ["==", ["get", "kind"], "lake"],
    [">", ["coalesce", ["get", "until"], 1e9], Math.min(daysSince1970, 1e8)]];
}
