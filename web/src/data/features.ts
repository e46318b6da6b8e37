/** Base geography as the page carries it: differences of thousandths of a degree. */

export type FeatureRow = readonly [
  properties: Record<string, unknown>, type: "MultiPolygon" | "Polygon" | "MultiLineString" | "LineString",
  steps: Steps,
];
type Steps = readonly number[] | readonly Steps[];

export function featuresOf(rows: readonly FeatureRow[]): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: rows.map(([properties, type, steps]) => ({
      type: "Feature", properties,
      geometry: { type, coordinates: walked(steps) } as unknown as GeoJSON.Geometry,
    })),
  };
}

function walked(steps: Steps): unknown[] {
  if (typeof steps[0] !== "number") return (steps as readonly Steps[]).map(walked);
  const points: [number, number][] = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i] as number;
    y += steps[i + 1] as number;
    points.push([x / 1000, y / 1000]);
  }
  return points;
}
