// What stays in sight: orders under way, and where the values of the last errand came from.
import { h, icon, joined, sep, dotted } from "./dom.js";
import { usedList } from "./message.js";
import { bars, liveOrders, orderAnchor } from "./order.js";
import { money, t } from "./words.js";

const ICONS = { food: "bike" };
const livebar = document.getElementById("livebar");
const ordersBox = document.getElementById("panel-orders");
const usedBox = document.getElementById("panel-used");

/** Draw the panel and the strip under the header anew. */
export function drawPanel(used) {
  const live = liveOrders();
  ordersBox.replaceChildren(...(live.length ? live.map(orderItem) : [h("p", { class: "s muted" }, t("panel_orders_none"))]));
  usedBox.replaceChildren(used.length ? usedList(used) : h("p", { class: "s muted" }, t("panel_used_none")));
  drawBar(live[0]);
}

const onPage = (order) => document.getElementById(orderAnchor(order.number)) !== null;

function orderItem(order) {
  const link = onPage(order) ? { href: `#${orderAnchor(order.number)}` } : {};
  return h(onPage(order) ? "a" : "div", { class: "card panel__order", ...link },
    h("div", { class: "row" }, h("b", { class: "grow cut" }, dotted(order.title)), h("span", { class: "num" }, money(order.total))),
    bars(order),
    h("div", { class: "s sub" }, joined(order.state_text, order.headline === order.state_text ? "" : order.headline)));
}

function drawBar(order) {
  livebar.hidden = !order;
  if (!order) return;
  if (onPage(order)) livebar.href = `#${orderAnchor(order.number)}`;
  else livebar.removeAttribute("href");
  livebar.replaceChildren(
    icon(ICONS[order.kind] ?? "receipt"),
    h("span", { class: "grow cut" }, h("b", {}, dotted(order.headline)), order.detail ? [sep(), dotted(order.detail)] : null),
    onPage(order) ? icon("chevron-right") : "");
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#order-"]') : null;
  const card = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!card) return;
  event.preventDefault();
  card.scrollIntoView({ block: "center", behavior: "smooth" });
  card.focus({ preventScroll: true });
});
