// Buttons of cards, quotes, orders and chips. A press leaves as a "chat:say" or "chat:act" event; chat.js sends it.
import { h, icon } from "./dom.js";
import { t } from "./words.js";

const STYLES = { primary: "btn--primary", danger: "btn--danger", quiet: "btn--quiet" };
const LINKS = new Set(["http:", "https:", "tel:", "mailto:"]);

/** What a button does, whatever its label: to find the same one in another version of a card. */
export function actionKey(action) {
  return JSON.stringify([action.say || "", action.tool || "", action.confirm || "", sorted(action.inputs ?? {})]);
}

const sorted = (inputs) => Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));

/** Give `actions` the ids that `known` ones have, and leave out what cannot be pressed. */
export function pressable(actions = [], known = []) {
  const ids = new Map(known.filter((action) => action.id).map((action) => [actionKey(action), action.id]));
  return actions
    .map((action) => ({ ...action, id: action.id || ids.get(actionKey(action)) || "" }))
    .filter((action) => action.id || action.say || action.link);
}

function safeLink(link) {
  try {
    const url = new URL(link, location.href);
    return LINKS.has(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** A button for `action`, or null where it does nothing. `shape` is "btn" or "chip". */
export function actionButton(action, { shape = "btn", small = false } = {}) {
  const classes = shape === "chip" ? "chip" : ["btn", STYLES[action.style], small && "btn--s"].filter(Boolean).join(" ");
  if (action.link) return linkButton(action, classes);
  if (!action.say && !action.id) return null;
  const button = h("button", { type: "button", class: classes }, action.label);
  button.addEventListener("click", () => press(action, button));
  return button;
}

function linkButton(action, classes) {
  const url = safeLink(action.link);
  if (!url) return null;
  const outside = url.protocol.startsWith("http");
  const mark = url.protocol === "tel:" ? icon("phone") : null;
  const target = outside ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return h("a", { class: classes, href: url.href, ...target }, mark, action.label, outside ? icon("external-link") : null);
}

function press(action, button) {
  const detail = { action, button };
  button.dispatchEvent(new CustomEvent(action.say ? "chat:say" : "chat:act", { bubbles: true, detail }));
}

/** Show that a pressed button is at work, and keep it and its neighbours from a second tap. */
export function busy(button, action) {
  const group = button.closest(".acts, .chips") ?? button;
  const others = group === button ? [] : [...group.querySelectorAll("button")].filter((other) => other !== button);
  const label = [...button.childNodes];
  button.classList.add("is-busy");
  button.setAttribute("aria-disabled", "true");
  button.replaceChildren(h("span", { class: "busy", "aria-hidden": "true" }), t(action.confirm ? "confirming" : "pressed"));
  for (const each of [button, ...others]) each.disabled = true;
  return () => {
    if (!button.isConnected) return;
    button.classList.remove("is-busy");
    button.removeAttribute("aria-disabled");
    button.replaceChildren(...label);
    for (const each of [button, ...others]) each.disabled = false;
  };
}
