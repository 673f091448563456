// Building elements. Text goes in as text nodes only: nothing here takes markup.
import { config } from "./config.js";

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

/** An HTML element: `h("p", { class: "say" }, "text", child)`. Empty children are left out. */
export const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

/** An SVG element. */
export const s = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/** An icon of the sprite; a name it cannot have gives none. */
export function icon(name, attributes = {}) {
  if (!/^[a-z0-9-]+$/.test(name ?? "")) return null;
  return s("svg", { class: "i", "aria-hidden": "true", ...attributes }, s("use", { href: `${config.urls.icons}#i-${name}` }));
}

/** A drawn middle dot: CJK fonts give the character a full em. */
export const sep = () => h("i", { class: "sep" });

/** Text whose " · " are drawn, as nodes. */
export function dotted(text) {
  return (text ?? "").split(/\s*·\s*/).filter(Boolean).flatMap((part, i) => (i ? [sep(), part] : [part]));
}

/** Join parts with drawn dots, as nodes; empty parts are left out. */
export const joined = (...parts) => parts.flat().filter(Boolean).flatMap((part, i) => (i ? [sep(), ...dotted(part)] : dotted(part)));

/** Words for screen readers only. */
export const hidden = (text) => h("span", { class: "vh" }, text);

/** Put `fresh` in the place of `old`, keeping what is unfolded, and the keyboard's place where the same button is there again. */
export function swap(old, fresh) {
  const folds = [...fresh.querySelectorAll("details")];
  old.querySelectorAll("details").forEach((fold, i) => { if (fold.open && folds[i]) folds[i].open = true; });
  const focused = old.contains(document.activeElement) ? document.activeElement.textContent : null;
  old.replaceWith(fresh);
  if (focused === null) return;
  const same = [...fresh.querySelectorAll("button, a")].find((button) => button.textContent === focused);
  if (same) same.focus({ preventScroll: true });
}
