/** Elements from text: nothing a pack or an address says is ever read as markup. */

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | EventListener>;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  fillWith(element, ...children);
  return element;
}

export function fillWith(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((child): child is Node | string => !!child));
}

export function button(
  label: string, text: string, onclick: () => void, attributes: Attributes = {},
): HTMLButtonElement {
  return h("button", { type: "button", "aria-label": label, title: label, onclick, ...attributes }, text);
}
