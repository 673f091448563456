// One message, as an element.
import { actionButton } from "./actions.js";
import { cards } from "./cards.js";
import { config } from "./config.js";
import { dotted, h, hidden, icon } from "./dom.js";
import { markdown } from "./markdown.js";
import { keepOrder, orderCard, orderPointer } from "./order.js";
import { latestQuote, quoteCard } from "./quote.js";
import { clock, fileSize, t } from "./words.js";

const TICKS = { waiting: "clock", sent: "check", received: "check-check" };

/** What the person said. `state`: waiting, sent, received, failed. */
export function mine(message, state = "received") {
  const { text, pin, files = [], error = "" } = message;
  if (!text && !pin && !files.length) return null;
  return h("article", { class: "msg msg--me", "data-client": message.client_id || null },
    hidden(`${t("you_say")} `),
    text ? h("p", { class: "say" }, text) : null,
    pin ? h("p", { class: "place-chip msg__pin" }, icon("map-pin"), h("span", { class: "cut" }, dotted(pin.name || t("sent_location")))) : null,
    files.length ? fileList(files) : null,
    state === "failed" ? failed(message, error) : meta(message.at, state));
}

function meta(at, state) {
  return h("span", { class: "msg__meta" }, clock(at), " ", icon(TICKS[state]), hidden(t(state)));
}

function failed(message, error) {
  const fire = (name) => (event) => event.target.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { client_id: message.client_id } }));
  return h("div", { class: "msg__failed", role: "alert" },
    h("p", {}, icon("octagon-x"), h("span", {}, h("b", {}, t("failed")), " ", error)),
    h("div", { class: "row" },
      h("button", { type: "button", class: "btn btn--s", on: { click: fire("chat:again") } }, t("again")),
      h("button", { type: "button", class: "btn btn--s btn--quiet", on: { click: fire("chat:discard") } }, t("discard"))));
}

/** What the assistant said. `latest`: whether its suggestions still make sense; `whole`: whether it shows the order's card. */
export function theirs(message, { latest = true, whole = true } = {}) {
  const reply = message.reply ?? {};
  const article = h("article", { class: "msg" }, hidden(`${t("assistant_says")} `), doing(reply));
  if (message.text || message.streaming) article.append(words(message));
  article.append(...cards(reply.cards).filter(Boolean));
  if (reply.quote) article.append(quoteCard(latestQuote(reply.quote)));
  if (reply.order) article.append(whole ? orderCard(keepOrder(reply.order)) : orderPointer(reply.order));
  const files = message.files ?? [];
  if (files.length) article.append(fileList(files));
  const used = reply.used?.length ? usedBelow(reply.used) : null;
  if (used) article.append(used);
  const chips = choices(reply.choices, latest);
  if (chips) article.append(chips);
  return article.childElementCount > 1 ? article : null;
}

/** The assistant's text, with a caret while it is being written. */
export function words(message) {
  const block = h("div", { class: "say md" }, markdown(message.text));
  if (message.streaming) (block.lastElementChild?.matches("p") ? block.lastElementChild : block).append(h("span", { class: "caret", "aria-hidden": "true" }));
  return block;
}

function doing(reply) {
  const done = reply.done ?? [];
  return done.map((text, i) => h("p", { class: "doing" }, icon("circle-check"), h("span", {}, dotted(text)),
    i === done.length - 1 && Number.isFinite(reply.seconds) ? h("span", { class: "num" }, t("seconds", { n: reply.seconds.toFixed(1) })) : null));
}

function choices(list = [], latest) {
  const buttons = (latest ? list : []).map((action) => actionButton(action, { shape: "chip" })).filter(Boolean);
  return buttons.length ? h("div", { class: "chips", role: "group", "aria-label": t("suggestions") }, buttons) : null;
}

function fileList(files) {
  return h("ul", { class: "files" }, files.map((file) => h("li", {},
    h("a", { class: "file card", href: config.urls.file.replace("ID", encodeURIComponent(file.id)), download: file.name },
      icon("file-text"), h("span", { class: "grow" }, hidden(`${t("download")} `), h("b", { class: "cut" }, file.name), h("small", {}, fileSize(file.size))), icon("download")))));
}

/** Where each value came from, for screens without the panel. */
function usedBelow(used) {
  return h("details", { class: "used-below" }, h("summary", {}, t("used")), usedList(used));
}

/** Values and where they came from. */
export function usedList(used) {
  return h("dl", { class: "used" }, used.map((row) => h("div", {},
    h("dt", {}, row.name), h("dd", {}, dotted(row.value), h("small", {}, dotted(row.source))))));
}
