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
export function notice(key, view) {
  const known = shown.get(key);
  if (known && known.dataset.shape === shape(view)) {
    retell(known, view);
    return;
  }
  const element = build(key, view);
  if (known) known.replaceWith(element);
  else region.append(element);
  shown.set(key, element);
  announce([view.title, view.text].filter(Boolean).join(" "));
}

const shape = ({ style, mark, text, button, bar, close }) => JSON.stringify([style, mark, Boolean(text), button?.label, Boolean(bar), Boolean(close)]);

function build(key, view) {
  const { style = "", mark, title, text, button, bar, close } = view;
  return h("div", { class: `notice ${style}`.trim(), "data-notice": key, "data-shape": shape(view) },
    icon(mark),
    h("div", { class: "grow" }, h("b", {}, title), text ? h("p", { class: "s sub" }, text) : null, bar ? progress(bar) : null),
    button ? h("button", { type: "button", class: "btn btn--s", on: { click: button.press } }, button.label) : null,
    close ? h("button", { type: "button", class: "icon-btn notice__close", "aria-label": t("close"), on: { click: () => { clear(key); close(); } } }, icon("x")) : null);
}

/** Change the words and the bar, and leave the buttons where they are. */
function retell(element, { title, text, bar }) {
  element.querySelector("b").textContent = title;
  if (text) element.querySelector("p").textContent = text;
  if (bar) element.querySelector(".bar").replaceWith(progress(bar));
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
