// The conversation: messages in order, what waits to be sent, and the line that says what is being done.
import { config } from "./config.js";
import { h, swap } from "./dom.js";
import { mine, theirs, words } from "./message.js";
import { orderCard } from "./order.js";
import { latestQuote, quoteCard } from "./quote.js";
import { dayKey, moment, t } from "./words.js";

const PAUSE = 2 * 3600 * 1000; // a silence after which the time is shown again
const PATIENCE = 400; // milliseconds before "working" is shown
const gap = () => h("span", { hidden: true });

export class Log {
  constructor(root) {
    this.root = root;
    this.entries = new Map(); // id -> { message, element, day }
    this.pending = new Map(); // client id -> element
    this.work = null;
    this.timer = 0;
  }

  get lastId() {
    return Math.max(0, ...this.entries.keys());
  }

  /** Show a message, or a newer version of it. Returns whether anything changed. */
  upsert(message) {
    const known = this.entries.get(message.id);
    if (known && !newer(message, known.message)) return false;
    const again = this.pending.has(message.client_id);
    if (message.client_id) this.drop(message.client_id);
    if (known) known.message = message;
    else this.insert(message, again);
    this.renderAround(message);
    return true;
  }

  /** Append a piece of text that is being written. Returns false where a piece before it is missing. */
  token({ message: id, text, at }) {
    const entry = this.entries.get(id);
    if (!entry) return false;
    const length = [...entry.message.text].length;
    if (at > length) return false;
    const piece = at === 0 ? text : [...text].slice(length - at).join("");
    entry.message = { ...entry.message, text: (at === 0 ? "" : entry.message.text) + piece, streaming: true };
    if (!entry.frame) entry.frame = requestAnimationFrame(() => { entry.frame = 0; this.rewrite(entry); });
    return true;
  }

  rewrite(entry) {
    const say = entry.element.querySelector?.(":scope > .say");
    if (say) say.replaceWith(words(entry.message));
    else this.render(entry);
  }

  insert(message, again) {
    const entry = { message, element: gap(), day: null, again };
    const after = [...this.entries.values()].filter((other) => other.message.id > message.id);
    const next = after.sort((a, b) => a.message.id - b.message.id)[0];
    const before = next ? (next.day ?? next.element) : ([...this.pending.values()][0] ?? this.work);
    this.root.insertBefore(entry.element, before);
    this.entries.set(message.id, entry);
  }

  /** Render a message, and those before it whose chips or order card it takes over. */
  renderAround(message) {
    const number = message.reply?.order?.number;
    for (const entry of this.entries.values()) {
      const other = entry.message;
      const shared = number && entry.whole && other.reply?.order?.number === number;
      const outdated = goesOn(message) && entry.latest && other.id < message.id && other.reply?.choices?.length;
      if (other.id === message.id || shared || outdated) this.render(entry);
    }
    this.markDays();
  }

  render(entry) {
    const { message } = entry;
    const place = this.place(message);
    const fresh = (message.direction === "in" ? mine(message) : theirs(message, place)) ?? gap();
    fresh.dataset.id = message.id;
    if (entry.again || entry.element.childElementCount) fresh.classList.add("is-again");
    swap(entry.element, fresh);
    Object.assign(entry, place, { element: fresh });
  }

  place(message) {
    const later = [...this.entries.values()].map((entry) => entry.message).filter((other) => other.id > message.id);
    const number = message.reply?.order?.number;
    return {
      latest: !later.some(goesOn),
      whole: !later.some((other) => number && other.reply?.order?.number === number),
    };
  }

  markDays() {
    let last = null;
    for (const entry of this.sorted()) {
      const { at } = entry.message;
      const due = !entry.element.hidden && (!last || dayKey(last) !== dayKey(at) || Date.parse(at) - Date.parse(last) > PAUSE);
      if (due && !entry.day) {
        entry.day = h("p", { class: "day" }, moment(at));
        entry.element.before(entry.day);
      } else if (!due && entry.day) {
        entry.day.remove();
        entry.day = null;
      }
      if (!entry.element.hidden) last = at;
    }
  }

  sorted() {
    return [...this.entries.values()].sort((a, b) => a.message.id - b.message.id);
  }

  /** Show an order's new state on its card. */
  moveOrder(view) {
    const card = this.root.querySelector(`.order[data-order="${CSS.escape(view.number)}"]`);
    if (!card) return;
    swap(card, orderCard(view));
  }

  /** Show a quote's new state on its cards. */
  moveQuote(view) {
    for (const { message, element } of this.entries.values()) {
      const card = message.reply?.quote?.id === view.id && element.querySelector(".quote");
      if (card) swap(card, quoteCard(latestQuote(message.reply.quote)));
    }
  }

  /** Show what the person said before the server has it. */
  pend(item, state) {
    const element = mine(item, state) ?? gap();
    const old = this.pending.get(item.client_id);
    if (old) swap(old, element);
    else this.root.insertBefore(element, this.work);
    this.pending.set(item.client_id, element);
  }

  drop(clientId) {
    this.pending.get(clientId)?.remove();
    this.pending.delete(clientId);
  }

  /** Say what is being done; without `text`, that something is, after a moment. */
  working(text = "") {
    if (this.work) {
      if (text) this.work.querySelector("[data-text]").textContent = text;
      return;
    }
    const show = () => {
      this.timer = 0;
      this.work = h("div", { class: "msg msg--work", "aria-busy": "true" },
        h("p", { class: "doing doing--now" }, h("span", { class: "dot" }), h("span", { "data-text": true }, text || t("working"))));
      this.root.append(this.work);
      this.onwork?.();
    };
    if (text) {
      clearTimeout(this.timer);
      show();
    } else if (!this.timer) this.timer = setTimeout(show, PATIENCE);
  }

  /** Nothing is being done any more. */
  rest() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.work?.remove();
    this.work = null;
  }

  /** The newest reply that says where its values came from. */
  get used() {
    return this.sorted().map((entry) => entry.message.reply?.used ?? []).filter((used) => used.length).at(-1) ?? [];
  }

  answered(turn) {
    return [...this.entries.values()].some(({ message }) => message.turn === turn && message.direction === "out");
  }
}

/** Whether a message takes the talk further; news of an order does not. */
const goesOn = (message) => message.direction === "in" || message.turn !== null;

function newer(message, known) {
  if (message.version !== known.version) return message.version > known.version;
  if (message.streaming && known.streaming) return [...message.text].length > [...known.text].length;
  return JSON.stringify(message) !== JSON.stringify(known);
}

/** Fetch the messages before `id`; rejects where the server does not answer with them. */
export async function fetchEarlier(id) {
  const response = await fetch(`${config.urls.earlier}?before=${id}`, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}
