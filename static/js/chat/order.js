// An order: where it is, when it comes, what can be done. One card a number, updated in place.
import { actionButton, pressable } from "./actions.js";
import { badge } from "./cards.js";
import { config } from "./config.js";
import { dotted, h, icon, sep } from "./dom.js";
import { sketch } from "./map.js";
import { lines, sums } from "./quote.js";
import { clock, money, t } from "./words.js";

const LIVE = new Set(["confirmed", "active"]);
const orders = new Map(); // number -> the newest view

/** Take in a view of an order; return the newest one known. */
export function keepOrder(view) {
  const known = orders.get(view.number);
  const newest = known && (known.version ?? 0) > (view.version ?? 0) ? known : view;
  const actions = pressable(newest.actions, [...(known?.actions ?? []), ...(view.actions ?? [])]);
  orders.set(view.number, { ...newest, actions });
  return orders.get(view.number);
}

/** Orders under way, newest first. */
export const liveOrders = () => [...orders.values()].filter((order) => LIVE.has(order.state)).reverse();

/** The address of an order's card in the page. */
export const orderAnchor = (number) => `order-${number}`;

/** An order's card. */
export function orderCard(view) {
  const words = [view.headline, view.detail].filter(Boolean).join(config.language === "zh" ? "，" : ", ");
  const actions = (view.actions ?? []).map((action) => actionButton(action)).filter(Boolean);
  return h("section", {
    class: `order card${LIVE.has(view.state) ? "" : " order--ended"}`, role: "group", "aria-label": t("order"), id: orderAnchor(view.number), "data-order": view.number, tabindex: "-1",
  },
    LIVE.has(view.state) ? sketch(view, t("map", { text: words })) : null,
    h("div", { class: "order__main" },
      h("div", { class: "order__eta" },
        h("div", {},
          h("b", {}, dotted(view.headline)),
          view.detail ? h("p", {}, dotted(view.detail)) : null,
          h("p", { class: "xs muted" }, dotted(view.title), sep(), h("span", { class: "order__number" }, t("order_number", { number: view.number }))),
          view.refunded && !String(view.detail ?? "").includes(money(view.refunded)) ? h("p", { class: "order__back" }, t("refunded", { total: money(view.refunded) })) : null),
        (view.badges ?? []).map(badge)),
      track(view.steps),
      contents(view),
      actions.length ? h("div", { class: "acts" }, actions) : null));
}

/** The line that stands where an older message showed an order that is shown again further down. */
export function orderPointer(view) {
  return h("p", { class: "doing order-ref", "data-order": view.number },
    icon("receipt"), h("a", { href: `#${orderAnchor(view.number)}` }, t("order_moved", { number: view.number })));
}

function track(steps = []) {
  if (!steps.length) return null;
  return h("ol", { class: "track", style: `grid-template-columns:repeat(${steps.length},minmax(0,1fr))` }, steps.map((step) =>
    h("li", { class: step.state === "todo" ? null : step.state, "aria-current": step.state === "now" ? "step" : null },
      h("i", { class: "dot" }, step.state === "done" ? icon("check") : null),
      h("span", {}, step.text),
      step.state === "now" ? t("step_now") : step.at ? clock(step.at) : "")));
}

function contents(view) {
  if (!view.lines?.length) return null;
  return h("details", { class: "order__more" },
    h("summary", {}, h("span", { class: "grow" }, t("details")), h("span", { class: "num" }, money(view.total))),
    lines(view.lines), sums(view.sums, view.total));
}

/** The order's progress as five bars, for the panel. */
export function bars(view) {
  const steps = view.steps ?? [];
  const now = steps.findIndex((step) => step.state === "now");
  const n = now >= 0 ? now + 1 : steps.filter((step) => step.state === "done").length;
  return h("div", { class: "seg5", role: "img", "aria-label": t("step_of", { n, count: steps.length }), style: `grid-template-columns:repeat(${steps.length || 1},1fr)` },
    steps.map((step) => h("span", { class: step.state === "done" ? "on" : step.state === "now" ? "now" : null })));
}
