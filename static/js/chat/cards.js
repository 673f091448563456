// Offers, merchants, places and notices.
import { actionButton } from "./actions.js";
import { config } from "./config.js";
import { dotted, h, hidden, icon } from "./dom.js";
import { money, moneyParts, t } from "./words.js";

const KINDS = { offer: "utensils", merchant: "store", place: "map-pin" };
const BADGES = { ok: "badge--ok", warning: "badge--warn", danger: "badge--bad", info: "badge--info", sandbox: "badge--sandbox" };
const NOTICES = { warning: ["notice--warn", "triangle-alert"], danger: ["notice--bad", "octagon-x"] };

/** A small label; what is simulated always carries the flask. */
export function badge(view) {
  const mark = view.icon || (view.style === "sandbox" ? "flask-conical" : "");
  return h("span", { class: `badge ${BADGES[view.style] ?? ""}`.trim() }, mark ? icon(mark) : null, dotted(view.text));
}

/** A drawing, or a plain ground with an icon where there is none or it does not load. */
export function picture(key, title, fallback = "utensils") {
  const ground = () => h("span", { class: "pic pic--none" }, icon(fallback));
  if (!/^[a-z0-9_-]+$/.test(key ?? "")) return ground();
  const image = h("img", {
    class: "pic", src: `${config.urls.pictures}${key}.svg`, alt: t("drawing", { title }), decoding: "async",
  });
  image.addEventListener("error", () => image.replaceWith(ground()), { once: true });
  return image;
}

/** Notices of a reply, then its cards in a grid; null where there are none. */
export function cards(list = []) {
  if (!list.length) return [];
  const notices = list.filter((card) => card.kind === "notice").map(notice);
  const offers = list.filter((card) => card.kind !== "notice");
  return [...notices, offers.length ? h("div", { class: "offers" }, offers.map(offer)) : null];
}

function notice(card) {
  const [style, mark] = NOTICES[card.badges?.[0]?.style] ?? ["", "bell"];
  return h("div", { class: `notice ${style}`.trim(), role: "group", "aria-label": card.title },
    icon(card.badges?.[0]?.icon || mark),
    h("div", { class: "grow" },
      h("b", {}, card.title),
      card.subtitle ? h("p", { class: "s sub" }, dotted(card.subtitle)) : null,
      card.note ? h("p", { class: "s sub" }, dotted(card.note)) : null),
    (card.actions ?? []).map((action) => actionButton(action, { small: true })));
}

function offer(card) {
  const kind = card.kind ?? "offer";
  const drawn = Boolean(card.picture) || kind === "offer";
  const classes = ["offer", "card", card.best && "offer--best", !drawn && "offer--plain"].filter(Boolean).join(" ");
  const actions = (card.actions ?? []).map((action) => actionButton(action)).filter(Boolean);
  return h("article", { class: classes },
    drawn ? h("div", { class: "offer__pic" }, picture(card.picture, card.title, KINDS[kind]), card.best ? flag() : null) : null,
    h("div", { class: "offer__body" },
      h("div", { class: "offer__top" }, h("h3", {}, dotted(card.title)), card.price ? price(card) : null),
      card.subtitle ? h("p", { class: "offer__where" }, dotted(card.subtitle)) : null,
      facts(card.facts),
      card.badges?.length || (card.best && !drawn)
        ? h("div", { class: "offer__badges" }, card.best && !drawn ? badge({ text: t("best"), style: "ok" }) : null, (card.badges ?? []).map(badge))
        : null,
      card.note ? h("p", { class: "offer__note" }, dotted(card.note)) : null),
    actions.length ? h("div", { class: "acts" }, actions) : null);
}

const flag = () => h("span", { class: "badge offer__flag" }, t("best"));

function price(card) {
  const [, symbol, figures] = moneyParts(card.price, true);
  const before = card.list_price && Number(card.list_price.amount) > Number(card.price.amount) ? card.list_price : null;
  return h("span", { class: "price" },
    h("small", {}, symbol), figures,
    before ? h("s", { class: "price__was" }, hidden(t("was_price", { price: "" })), money(before, true)) : null);
}

function facts(list = []) {
  if (!list.length) return null;
  return h("ul", { class: "facts" }, list.map((fact) => h("li", {}, fact.icon ? icon(fact.icon) : null, dotted(fact.text))));
}
