/** Dates and numbers as a reader of each language writes them. */

import type { Language } from "../state/store";
import { en, type Words } from "./en";
import { uk } from "./uk";

export function wordsOf(language: Language): Words {
  return language === "uk" ? uk : en;
}

const LOCALE = { en: "en-GB", uk: "uk-UA" } as const;

/** Making a formatter takes longer than all that is done with it. */
const numbers = new Map<string, Intl.NumberFormat>();
const formatters = new Map<string, Intl.DateTimeFormat>();

export function dayText(daysSince1970: number, language: Language, short = false): string {
  const key = `${language} ${short}`;
  let format = formatters.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALE[language], {
      day: "numeric", month: short ? "short" : "long", year: "numeric", timeZone: "UTC",
    });
    formatters.set(key, format);
  }
  return format.format(daysSince1970 * 86_400_000);
}

export function timeText(seconds: number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
    timeZone: "UTC",
  }).format(seconds * 1000);
}

export function numberText(value: number, language: Language, digits = 0): string {
  const key = `${language} ${digits}`;
  let format = numbers.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language === "uk" ? "uk-UA" : "en-US", {
      minimumFractionDigits: digits, maximumFractionDigits: digits,
    });
    numbers.set(key, format);
  }
  return format.format(value);
}

/** Small areas with one decimal, large ones whole. */
export function areaText(km2: number, language: Language): string {
  const digits = Math.abs(km2) < 100 ? 1 : 0;
  return `${numberText(km2, language, digits)} ${wordsOf(language).km2}`;
}

export function squareMiles(km2: number, language: Language): string {
  const miles = km2 / 2.589988;
  return `${numberText(miles, language, Math.abs(miles) < 100 ? 1 : 0)} ${wordsOf(language).mi2}`;
}

export function signed(text: string, value: number): string {
  return value > 0 ? `+${text}` : text.replace("-", "−");
}
