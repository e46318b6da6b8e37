/** The map: MapLibre holds the camera and the base, two canvases above it hold the war. */

import * as maplibregl from "maplibre-gl";
import type { Atlas } from "../data/atlas";
import type { Site } from "../data/load";
import { sinceOf, type State, type Store } from "../state/store";
import { BasePainter } from "./base";
import { ControlPainter, type Camera, type Scene } from "./control";
import { paintDots } from "./dots";
import { paintLabels, placed, placeLabels, wideLabel, type Box, type Label, type Placed } from "./labels";
import type { PinMark } from "./sheet";
import { styleOf } from "./style";
import { DARK, LIGHT, type Palette } from "./theme";
import { wordsOf } from "../words/format";
import { en } from "../words/en";
import { uk } from "../words/uk";

const COUNTRY_POINTS: readonly (readonly [string, number, number])[] = [
  ["Ukraine", 31.2, 49.15], ["Russia", 39.2, 51.6], ["Belarus", 28.2, 52.9], ["Poland", 21.5, 51.6],
  ["Romania", 25.3, 46.0], ["Moldova", 28.6, 47.2],
];

const PANELS = ".top, .tools, .zoom, .facts, .legend, .scale, .time";

const FRONT: [[number, number], [number, number]] = [[32.3, 45.7], [40.3, 50.5]];

/** Pixels that panels cover at each side; on a phone the sheet and the dock. */
function freePadding(): maplibregl.PaddingOptions {
  const narrow = innerWidth <= 860;
  if (document.documentElement.dataset["embed"]) return { top: 10, left: 10, right: 10, bottom: 150 };
  if (narrow) return { top: 110, left: 6, right: 6, bottom: Math.min(330, innerHeight * 0.42) };
  return { top: 70, left: 24, right: Math.min(384, innerWidth * 0.36), bottom: Math.min(215, innerHeight * 0.3) };
}

export class MapView {
  readonly map: maplibregl.Map;
  readonly control = document.createElement("canvas");
  readonly overlay = document.createElement("canvas");
  /** Milliseconds of script that the last step took; read by the tests. */
  lastPaintMs = 0;
  private readonly painter: ControlPainter;
  private readonly labels: readonly Label[];
  private readonly base: BasePainter;
  readonly ground = document.createElement("canvas");
  private queued = false;
  /** Lakes still drawn that will run out. */
  private standing = -1;
  private onPaint: (() => void)[] = [];
  /** The pins on the screen, for a saved picture; whoever shows pins sets it. */
  pins: () => readonly PinMark[] = () => [];

  constructor(
    container: HTMLElement, private readonly site: Site, private readonly atlas: Atlas,
    private readonly store: Store,
  ) {
    this.painter = new ControlPainter(atlas.ground);
    this.labels = labelsOf(atlas);
    this.base = new BasePainter(site);
    const { view } = store.state;
    this.map = new maplibregl.Map({
      container,
      style: this.style(),
      // Without a base map from elsewhere the library paints nothing: it needs no pixels.
      ...(site.basemap ? {} : { pixelRatio: 0.1 }),
      center: [view?.lng ?? 36.3, view?.lat ?? 48.1],
      zoom: view?.zoom ?? 5.5,
      minZoom: 3.5,
      maxZoom: 15,
      // Land continues beyond the base map, sea does not; a phone's sheet covers where it ends.
      maxBounds: innerWidth <= 860 ? [[17, 39], [50, 57]] : [[17, 43], [50, 55.5]],
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: false,
      fadeDuration: 0,
      locale: { "Map.Title": wordsOf(store.state.language).map },
    });
    if (!view) this.home();
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.stack();
    this.listen();
  }

  /** The whole front, in what the panels leave free. */
  home(): void {
    this.map.fitBounds(FRONT, { padding: freePadding(), animate: false });
  }

  get palette(): Palette {
    return isDark(this.store.state) ? DARK : LIGHT;
  }

  get camera(): Camera {
    const { lng, lat } = this.map.getCenter();
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    return { lng, lat, zoom: this.map.getZoom(), width, height, ratio: this.ratio };
  }

  get scene(): Scene {
    const { day, layers } = this.store.state;
    const since = sinceOf(this.store.state);
    return {
      snapshot: this.atlas.snapshot(day),
      held: this.atlas.hasMap(day),
      since: since === null ? null : this.atlas.snapshot(since),
      front: layers.has("front"),
      liberated: layers.has("liberated"),
    };
  }

  afterPaint(listener: () => void): void {
    this.onPaint.push(listener);
  }

  /** Paints in the next frame, once however often it is asked. */
  refresh(): void {
    if (this.queued) return;
    this.queued = true;
    requestAnimationFrame(() => {
      this.queued = false;
      this.paint();
    });
  }

  paintControl(): void {
    const begin = performance.now();
    const context = this.control.getContext("2d") as CanvasRenderingContext2D;
    const camera = this.camera;
    this.painter.paint(context, camera, this.scene, this.palette);
    if (this.atlas.points) {
      const { statuses, places } = this.atlas;
      paintDots(context, camera, places, this.scene.snapshot, statuses, this.palette);
    }
    this.lastPaintMs = performance.now() - begin;
  }

  private paint(): void {
    this.paintControl();
    for (const listener of this.onPaint) listener();
  }

  /** Whether tiles from elsewhere lie between the base and the control. */
  get tiled(): boolean {
    return this.site.basemap !== null;
  }

  /** The names on the screen, for a saved picture. */
  names(): Placed[] {
    const { layers, language, place } = this.store.state;
    const context = this.overlay.getContext("2d") as CanvasRenderingContext2D;
    const shown = layers.has("labels") ? this.labels : this.labels.filter((l) => l.id === place);
    return placed(context, this.camera, shown, language, this.palette, place);
  }

  /** Names anew, as the panels now stand. */
  paintOverlay(): void {
    const context = this.overlay.getContext("2d") as CanvasRenderingContext2D;
    clear(context);
    this.paintAbove(context, this.covered());
  }

  /** Borders, names, salients and the point asked about; no name that a covered box would cut. */
  paintAbove(context: CanvasRenderingContext2D, covered: readonly Box[] = []): void {
    const { layers, language, place } = this.store.state;
    this.base.paintBorders(context, this.camera, this.palette);
    const shown = layers.has("labels") ? this.labels : this.labels.filter((l) => l.id === place);
    paintLabels(context, this.camera, shown, language, this.palette, place, covered);
    if (layers.has("salients")) this.paintSalients(context);
    this.paintPoint(context);
  }

  /** What panels and scale lie over. */
  private covered(): Box[] {
    const { left, top } = this.map.getContainer().getBoundingClientRect();
    return [...document.querySelectorAll(PANELS)]
      .map((panel) => panel.getBoundingClientRect())
      .filter(({ width }) => width > 0)
      .map((box) => [box.left - left, box.top - top, box.right - left, box.bottom - top]);
  }

  /** From the mouth to the tip, as a thin line that no area could be mistaken for. */
  private paintSalients(context: CanvasRenderingContext2D): void {
    context.strokeStyle = this.palette.ink;
    context.lineWidth = 1.4;
    context.setLineDash([4, 3]);
    for (const { line } of this.atlas.salientsOn(this.store.state.day) ?? []) {
      context.beginPath();
      for (const [lng, lat] of line) {
        const at = this.map.project([lng, lat]);
        context.lineTo(at.x, at.y);
      }
      context.stroke();
    }
    context.setLineDash([]);
  }

  private paintPoint(context: CanvasRenderingContext2D): void {
    const { point } = this.store.state;
    if (!point) return;
    const at = this.map.project([point.lng, point.lat]);
    context.strokeStyle = this.palette.ink;
    context.lineWidth = 1.6;
    context.beginPath();
    context.arc(at.x, at.y, 7, 0, 2 * Math.PI);
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(at.x + dx * 4, at.y + dy * 4);
      context.lineTo(at.x + dx * 12, at.y + dy * 12);
    }
    context.stroke();
  }

  private stack(): void {
    for (const canvas of [this.ground, this.control, this.overlay]) {
      canvas.className = "war";
      canvas.setAttribute("aria-hidden", "true");
    }
    this.map.getCanvasContainer().prepend(this.ground);
    this.map.getCanvasContainer().append(this.control, this.overlay);
    this.resize();
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.map.getContainer();
    for (const canvas of [this.ground, this.control, this.overlay]) {
      canvas.width = Math.round(clientWidth * this.ratio);
      canvas.height = Math.round(clientHeight * this.ratio);
    }
  }

  private get ratio(): number {
    return Math.min(2, window.devicePixelRatio || 1);
  }

  /** The overlay is painted anew only when a step comes to or leaves a map with salients. */
  private passSalients(now: State, before: State): void {
    if (!now.layers.has("salients")) return;
    if ([now, before].some(({ day }) => this.atlas.hasSalients(day))) this.paintOverlay();
  }

  private listen(): void {
    const moved = (): void => {
      this.paintGround();
      this.paintControl();
      this.paintOverlay();
    };
    this.map.on("move", moved);
    this.map.on("resize", () => {
      this.resize();
      moved();
    });
    this.map.on("click", ({ lngLat }) =>
      this.store.change({ point: { lng: lngLat.lng, lat: lngLat.lat } }));
    this.map.on("moveend", () => {
      const { lng, lat } = this.map.getCenter();
      this.store.change({ view: { lng, lat, zoom: this.map.getZoom() } });
    });
    this.store.watch(["day", "since", "back", "layers"], () => this.refresh());
    this.paintGround();
    this.store.watch(["day"], () => this.drain());
    this.store.watch(["layers", "language", "place", "point"], () => this.paintOverlay());
    if (this.atlas.figures) this.store.watch(["day"], (now, before) => this.passSalients(now, before));
    this.store.watch(["theme"], (now, before) => now !== before && this.restyle());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.restyle());
  }

  /** The base is painted anew only when a step passes the day on which a lake ran out. */
  private drain(): void {
    const standing = this.base.standing(this.calendarDay);
    if (standing !== this.standing) this.paintGround();
    this.standing = standing;
  }

  private paintGround(): void {
    const context = this.ground.getContext("2d", { alpha: false }) as CanvasRenderingContext2D;
    this.base.paintGround(context, this.camera, this.palette, this.calendarDay);
  }

  private get calendarDay(): number {
    return this.atlas.calendar.first + this.store.state.day;
  }

  private restyle(): void {
    document.documentElement.dataset["theme"] = isDark(this.store.state) ? "dark" : "light";
    if (this.site.basemap) this.map.setStyle(this.style());
    this.paintGround();
    this.paintControl();
    this.paintOverlay();
  }

  private style(): maplibregl.StyleSpecification | string {
    return styleOf(this.site.basemap, this.palette);
  }
}

function clear(context: CanvasRenderingContext2D): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
}

export function isDark(state: State): boolean {
  if (state.theme !== "auto") return state.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

function labelsOf(atlas: Atlas): Label[] {
  const countries = COUNTRY_POINTS.map(([name, lng, lat]) =>
    wideLabel(en.countries[name], uk.countries[name], lng, lat, false));
  const seas = [
    wideLabel(en.blackSea, uk.blackSea, 31.4, 44.6, true),
    wideLabel(en.azovSea, uk.azovSea, 36.6, 46.1, true),
  ];
  const places = placeLabels(atlas.places, !atlas.points);
  return [...places.slice(0, 12), ...seas, ...countries, ...places.slice(12)];
}
