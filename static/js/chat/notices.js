// Notices above the composer: one for each cause, changed in place.
import { h, icon } from "./dom.js";
import { t } from "./words.js";

const region = document.getElementById("notices");
const shown = new Map(); // key -> element
const announcer = document.getElementById("announce");

/** Say something to screen readers, once. */
export function announce(text) {
  announcer.textContent = "";
  setTimeout(() => { announcer.textContent = text; }, 50);
}

/** Show a notice. `button`: { label, press }; `bar`: { percent, label }; `close`: what closing does, where it can be closed. */
export function notice(key, { style = "", mark, title, text = "", button = null, bar = null, close = null }) {
  const known = shown.get(key);
  const parts = [
    icon(mark),
    h("div", { class: "grow" }, h("b", {}, title), text ? h("p", { class: "s sub" }, text) : null, bar ? progress(bar) : null),
    button ? h("button", { type: "button", class: "btn btn--s", on: { click: button.press } }, button.label) : null,
    close ? h("button", { type: "button", class: "icon-btn notice__close", "aria-label": t("close"), on: { click: () => { clear(key); close(); } } }, icon("x")) : null,
  ].filter(Boolean);
  const element = h("div", { class: `notice ${style}`.trim(), "data-notice": key }, parts);
  if (known) known.replaceWith(element);
  else region.append(element);
  if (known?.querySelector("b")?.textContent.replace(/\d+/g, "") !== title.replace(/\d+/g, "")) announce([title, text].filter(Boolean).join(" "));
  shown.set(key, element);
}

/** Take a notice away. */
export function clear(key) {
  shown.get(key)?.remove();
  shown.delete(key);
}

/** A notice that the person closes. */
export function problem(text) {
  notice("problem", { style: "notice--bad", mark: "octagon-x", title: text, close: () => {} });
}

function progress({ percent, label }) {
  return h("div", { class: "bar notice__bar", role: "progressbar", "aria-valuenow": percent, "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": label },
    h("span", { style: `width:${percent}%` }));
}
