/** Time: a histogram of daily change with a handle; a range input carries the meaning. */

import type { Atlas } from "../data/atlas";
import { clampDay, isoDay } from "../state/calendar";
import { sinceOf, type Store } from "../state/store";
import { DARK, LIGHT } from "../layers/theme";
import { isDark } from "../layers/map";
import { dateField, type DateField } from "../panels/dateField";
import { button, fillWith, h } from "../panels/dom";
import type { Words } from "../words/en";
import { areaText, dayText, wordsOf } from "../words/format";
import { Player } from "./player";

const SPEEDS = [7, 15, 30, 60];
const UP = 0.66;

export class TimeControl {
  readonly element = h("section", { class: "time card" });
  private readonly chart = h("canvas", { class: "bars", "aria-hidden": "true" });
  private readonly handle = h("div", { class: "handle", "aria-hidden": "true" });
  private readonly sinceMark = h("div", { class: "since-mark", "aria-hidden": "true" });
  private readonly range: HTMLInputElement;
  private readonly date: DateField;
  private readonly player: Player;

  constructor(private readonly atlas: Atlas, private readonly store: Store) {
    this.player = new Player(atlas, store);
    this.range = h("input", {
      type: "range", min: 0, max: atlas.calendar.days - 1, step: 1, class: "scrub", id: "day",
    });
    this.date = dateField("date", (iso) => this.typed(iso));
    this.date.input.min = isoDay(atlas.calendar, 0);
    this.date.input.max = isoDay(atlas.calendar, atlas.calendar.days - 1);
    this.range.addEventListener("input", () => this.go(Number(this.range.value)));
    this.range.addEventListener("keydown", (event) => this.pressed(event));
    store.watch(["language", "playing", "speed"], () => this.build());
    store.watch(["day", "since", "back", "language"], () => this.show());
    store.watch(["theme"], () => this.draw());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(this.chart);
  }

  private go(day: number): void {
    this.store.change({ day: clampDay(this.atlas.calendar, day) });
  }

  private typed(iso: string): void {
    const time = Date.parse(`${iso}T00:00:00Z`);
    if (!Number.isNaN(time)) this.go(time / 86_400_000 - this.atlas.calendar.first);
  }

  /** What the bars mean, beside them: a reader of a picture has no tooltip. */
  private key(words: Words): HTMLElement {
    return h("small", { class: "bars-key", "aria-hidden": "true" },
      h("i", { class: "gain" }, "▮"), ` ${words.gained} `,
      h("i", { class: "loss" }, "▮"), ` ${words.lost} `,
      h("span", {}, `· ${this.atlas.points ? words.settlementsADay : words.km2ADay} · `),
      h("i", {}, "▪"), ` ${words.noMapShort}`);
  }

  private pressed(event: KeyboardEvent): void {
    const { day } = this.store.state;
    const to = stepOf(event, day, this.atlas);
    if (to === null) return;
    event.preventDefault();
    this.go(to);
  }

  private build(): void {
    const { language, playing, speed } = this.store.state;
    const words = wordsOf(language);
    const focused = document.activeElement?.id;
    const pick = h("select", {
      "aria-label": words.speed, class: "speed", id: "speed",
      onchange: () => this.store.change({ speed: Number(pick.value) }),
    }, ...SPEEDS.map((n) => h("option", { value: n, selected: n === speed }, words.perSecond(n))));
    this.range.setAttribute("aria-label", words.time);
    this.range.title = words.sliderHelp;
    this.date.input.setAttribute("aria-label", words.date);
    this.element.setAttribute("aria-label", words.time);
    const step = (label: string, text: string, id: string, to: () => number): HTMLElement =>
      button(label, text, () => this.go(to()), { id });
    const now = (): number => this.store.state.day;
    fillWith(
      this.element,
      h("div", { class: "buttons" },
        button(playing ? words.pause : words.play, playing ? "❚❚" : "▶", () => this.player.toggle(),
          { class: "play", id: "play", "aria-pressed": String(playing) }),
        step(words.changeBack, "«", "change-back", () => this.atlas.nextChange(now(), -1)),
        step(words.dayBack, "‹", "day-back", () => now() - 1),
        this.date.element,
        step(words.dayForward, "›", "day-forward", () => now() + 1),
        step(words.changeForward, "»", "change-forward", () => this.atlas.nextChange(now(), 1)),
        this.key(words), pick),
      h("div", { class: "track", title: words.histogram },
        this.chart, this.sinceMark, this.handle, this.range),
    );
    if (focused) document.getElementById(focused)?.focus();
  }

  private show(): void {
    const { day, language } = this.store.state;
    const since = sinceOf(this.store.state);
    const { calendar } = this.atlas;
    const words = wordsOf(language);
    const text = dayText(calendar.first + day, language);
    this.range.value = String(day);
    this.range.setAttribute("aria-valuetext", this.atlas.hasMap(day)
      ? `${text}, ${this.spoken(day)}` : words.noMap(text));
    this.date.show(isoDay(calendar, day), dayText(calendar.first + day, language, true));
    const part = (index: number): string => `${(index / Math.max(1, calendar.days - 1)) * 100}%`;
    this.handle.style.left = part(day);
    this.handle.classList.toggle("empty", !this.atlas.hasMap(day));
    this.sinceMark.hidden = since === null;
    if (since !== null) {
      this.sinceMark.style.left = part(since);
      this.sinceMark.style.width = part(day - since);
    }
  }

  private spoken(day: number): string {
    const { language } = this.store.state;
    const words = wordsOf(language);
    const { gained, lost } = this.atlas.gross(day - 1, day);
    if (this.atlas.points) return words.settlementSteps(gained, lost);
    return `${words.gained} ${areaText(gained, language)}, ${words.lost} ${areaText(lost, language)}`;
  }

  /** One column a pixel; where days share a pixel the largest is drawn. */
  private draw(): void {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const { clientWidth, clientHeight } = this.chart;
    if (!clientWidth || !clientHeight) return;
    this.chart.width = clientWidth * ratio;
    this.chart.height = clientHeight * ratio;
    const context = this.chart.getContext("2d") as CanvasRenderingContext2D;
    context.scale(ratio, ratio);
    const palette = isDark(this.store.state) ? DARK : LIGHT;
    const axis = (clientHeight - 15) * UP + 2;
    this.drawYears(context, clientWidth, clientHeight, palette.soft, palette.rule);
    const { gained, lost } = this.atlas;
    this.drawSeams(context, clientWidth, clientHeight, palette.ink);
    const x = (day: number): number => (day / Math.max(1, this.atlas.calendar.days - 1)) * clientWidth;
    const height = heightOf(gained, lost);
    gained.forEach((value, day) => {
      const up = height(value) * (axis - 3);
      const down = height(lost[day]) * (clientHeight - 15 - axis);
      context.fillStyle = palette.gained;
      if (value > 0) context.fillRect(x(day) - 0.5, axis - up, 1, up);
      context.fillStyle = palette.regained;
      if (lost[day] > 0) context.fillRect(x(day) - 0.5, axis, 1, down);
      if (this.atlas.calendar.snapshotOf[day] >= 0) return;
      context.fillStyle = palette.ink;
      context.fillRect(x(day) - 0.8, clientHeight - 18, 1.6, 5);
    });
    context.fillStyle = palette.border;
    context.fillRect(0, axis - 0.25, clientWidth, 0.5);
  }

  /** Where another source goes on: a line across the bars with its name. */
  private drawSeams(
    context: CanvasRenderingContext2D, width: number, height: number, ink: string,
  ): void {
    const { calendar } = this.atlas;
    for (const begin of this.atlas.history.facts.begins) {
      const x = ((calendar.dayOf[begin] - calendar.first) / Math.max(1, calendar.days - 1)) * width;
      context.fillStyle = ink;
      for (let y = 0; y < height - 18; y += 4) context.fillRect(x - 0.5, y, 1, 2);
      context.font = '10.5px "Noto Sans", "DejaVu Sans", sans-serif';
      const text = wordsOf(this.store.state.language).anotherSource;
      context.fillText(text, Math.max(0, x - context.measureText(text).width - 4), 9);
    }
  }

  private drawYears(
    context: CanvasRenderingContext2D, width: number, height: number, ink: string, rule: string,
  ): void {
    const { calendar } = this.atlas;
    const language = this.store.state.language;
    const months = calendar.days > 900 ? 6 : calendar.days > 200 ? 3 : 1;
    context.font = '11px "Noto Sans", "DejaVu Sans", sans-serif';
    let free = -Infinity;
    for (let day = 0; day < calendar.days; day++) {
      const date = new Date((calendar.first + day) * 86_400_000);
      if (date.getUTCDate() !== 1 || date.getUTCMonth() % months !== 0) continue;
      const x = (day / Math.max(1, calendar.days - 1)) * width;
      context.fillStyle = rule;
      context.fillRect(x, 0, 1, height - 13);
      const text = date.toLocaleDateString(language === "uk" ? "uk-UA" : "en-GB", {
        month: "short", ...(date.getUTCMonth() === 0 ? { year: "numeric" } : {}), timeZone: "UTC",
      });
      const wide = context.measureText(text).width;
      if (x + wide + 3 > width || x < free) continue;
      context.fillStyle = ink;
      context.fillText(text, x + 3, height - 2);
      free = x + wide + 12;
    }
  }
}

/** The square root lets small days be seen beside the autumn of 2022; the largest are cut off. */
function heightOf(gained: Float64Array, lost: Float64Array): (value: number) => number {
  const sorted = [...gained, ...lost].filter((value) => value > 0).sort((a, b) => a - b);
  const most = sorted[Math.floor(sorted.length * 0.985)] ?? 1;
  return (value) => Math.min(1, Math.sqrt(Math.max(0, value) / most));
}

/** Where a key leads, `null` if it is none of ours. */
export function stepOf(event: KeyboardEvent, day: number, atlas: Atlas): number | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  switch (event.key) {
    case "PageUp": return day + 7;
    case "PageDown": return day - 7;
    case "n": case "N": return atlas.nextChange(day, 1);
    case "p": case "P": return atlas.nextChange(day, -1);
    default: return null;
  }
}
