// A quote: what would be ordered, for how much, until when; then its stamp.
import { actionButton, pressable } from "./actions.js";
import { badge, picture } from "./cards.js";
import { serverNow } from "./config.js";
import { dotted, h, icon, joined, swap } from "./dom.js";
import { clock, minutes, money, stampTime, t } from "./words.js";

const open = new Map(); // element -> view: prices that are still held
const settled = new Map(); // id -> view: what was told of a quote after its message was stored

/** The newest view of a quote: what was pushed for it counts more than what its message holds. */
export function latestQuote(view) {
  const told = settled.get(view.id);
  return told && told.state !== view.state ? { ...told, actions: pressable(told.actions, view.actions) } : view;
}

/** Keep what was pushed for a quote. */
export const settle = (view) => settled.set(view.id, view);

/** A quote's card. */
export function quoteCard(view) {
  const state = stateOf(view);
  const element = h("section", { class: `quote card quote--${state}`, role: "group", "aria-label": t("quote"), "data-quote": view.id },
    head(view, state),
    state === "replaced" ? null : body(view),
    foot(view, state));
  if (state === "open") open.set(element, view);
  return element;
}

function stateOf(view) {
  const state = view.state ?? "open";
  return state === "open" && Date.parse(view.expires_at) <= serverNow() ? "expired" : state;
}

function head(view, state) {
  return h("header", { class: "quote__head" },
    view.picture ? h("span", { class: "quote__pic" }, picture(view.picture, view.title)) : null,
    h("div", { class: "grow" },
      h("h3", {}, dotted(view.title)),
      h("p", {}, state === "open" ? t("held_until", { time: clock(view.expires_at) }) : t("quote_number", { number: view.number }))),
    (view.badges ?? []).map(badge));
}

function body(view) {
  return [
    view.place || view.when ? h("div", { class: "quote__sec" }, place(view)) : null,
    lines(view.lines),
    sums(view.sums, view.total),
  ];
}

function place(view) {
  const to = view.place;
  const first = to ? joined(to.label, to.address) : dotted(view.when);
  const second = to ? joined(to.source, view.when) : [];
  return h("div", { class: "place" }, icon(to ? "map-pin" : "clock"),
    h("div", { class: "grow" }, h("p", {}, first), second.length ? h("p", {}, second) : null));
}

/** The lines of a quote or order. */
export function lines(list = []) {
  if (!list.length) return null;
  return h("ul", { class: "lines quote__sec" }, list.map((line) => h("li", {},
    h("span", {}, line.text, line.detail ? h("small", {}, dotted(line.detail)) : null),
    h("span", {}, `×${line.quantity ?? 1}`),
    h("span", { class: "num" }, money(line.amount)))));
}

/** Fees, discounts and the total. */
export function sums(list = [], total = null) {
  const rows = list.filter((row) => row.style !== "total");
  const last = list.find((row) => row.style === "total") ?? (total ? { text: t("total"), amount: total } : null);
  return h("dl", { class: "sums quote__sec" },
    rows.map((row) => h("div", { class: row.style === "off" ? "off" : null }, h("dt", {}, dotted(row.text)), h("dd", {}, money(row.amount)))),
    last ? h("div", { class: "total" }, h("dt", {}, last.text), h("dd", { class: "num" }, money(last.amount))) : null);
}

function foot(view, state) {
  if (state === "confirmed") return confirmed(view);
  if (state !== "open") return ended(view, state);
  const actions = [...(view.actions ?? [])].sort((a, b) => (a.style === "primary") - (b.style === "primary"));
  return h("div", { class: "quote__foot" },
    h("div", { class: "acts" }, actions.map((action) => actionButton(action))),
    countdown(view),
    view.note ? h("p", {}, view.note) : null);
}

function confirmed(view) {
  const at = view.confirmed_at;
  return h("div", { class: "quote__done" },
    h("span", { class: "stamp" }, t("confirmed"), at ? h("small", { class: "num" }, stampTime(at)) : null),
    h("p", {}, at ? t("confirmed_text", { time: clock(at), total: money(view.total) }) : t("confirmed")));
}

function ended(view, state) {
  const again = (view.actions ?? []).filter((action) => !action.confirm);
  const buttons = again.map((action) => actionButton(action)).filter(Boolean);
  return h("div", { class: "quote__foot quote__foot--ended" },
    h("p", {}, h("b", {}, t(state)), " ", t(`${state}_text`)),
    buttons.length ? h("div", { class: "acts" }, buttons) : null);
}

/** How long the price is still held, in its last minutes. */
function countdown(view) {
  const left = Math.max(0, Math.ceil((Date.parse(view.expires_at) - serverNow()) / 1000));
  return h("p", { class: "quote__left num", "data-left": true, hidden: left > 300 }, t("left", { time: minutes(left) }));
}

function tick() {
  for (const [element, view] of open) {
    if (!element.isConnected) {
      open.delete(element);
      continue;
    }
    if (stateOf(view) === "open") {
      element.querySelector("[data-left]").replaceWith(countdown(view));
      continue;
    }
    open.delete(element);
    element.dispatchEvent(new CustomEvent("chat:stale", { bubbles: true })); // the server has another button for it now
    swap(element, quoteCard(view));
  }
}
setInterval(tick, 1000);
