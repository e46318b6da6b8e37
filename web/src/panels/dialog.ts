/** A dialog of the browser's own kind: focus stays in it, Escape closes it. */

import { button, h } from "./dom";

export function openDialog(title: string, close: string, ...children: (Node | string)[]): HTMLDialogElement {
  const dialog = h("dialog", { class: "card", "aria-label": title },
    h("header", {}, h("h2", {}, title), button(close, "×", () => dialog.close(), { class: "quiet" })),
    ...children);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
