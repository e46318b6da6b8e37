/** A date as this page writes dates; the browser's own field appears when it has the focus. */

import { h } from "./dom";

export interface DateField {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  show(iso: string, text: string): void;
}

export function dateField(id: string, changed: (iso: string) => void): DateField {
  const face = h("span", { "aria-hidden": "true" });
  const input = h("input", { type: "date", id });
  input.addEventListener("change", () => changed(input.value));
  return {
    element: h("span", { class: "date-field" }, face, input),
    input,
    show: (iso, text) => {
      input.value = iso;
      face.textContent = text;
    },
  };
}
