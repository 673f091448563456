// The chat page: ties the parts together.
import { busy } from "./chat/actions.js";
import { Composer } from "./chat/composer.js";
import { config, serverNow } from "./chat/config.js";
import { showConnection, showHealth, watchEngine } from "./chat/engine.js";
import { fetchEarlier, Log } from "./chat/log.js";
import { announce, clear, notice, problem } from "./chat/notices.js";
import { keepOrder } from "./chat/order.js";
import { newId, Outgoing } from "./chat/outgoing.js";
import { drawPanel } from "./chat/panel.js";
import { setUpPlaces } from "./chat/places.js";
import { settle } from "./chat/quote.js";
import { setTitle, setUpRail } from "./chat/rail.js";
import { atBottom, follow, keepPlace, toBottom } from "./chat/scroll.js";
import { Socket } from "./chat/socket.js";
import { setUpVoice } from "./chat/voice.js";
import { money, t } from "./chat/words.js";

const SILENCE = 8_000; // milliseconds of an answer not coming before the page asks for what it missed
const log = new Log(document.getElementById("log"));
const released = new Map(); // client id -> gives a pressed button back
let heard = Date.now();
let asked = 0;
let working = null; // the turn that is being worked on
let titled = config.messages.length > 0;

const socket = new Socket(config.urls.socket, { frame: take, state: connection });
const outgoing = new Outgoing(config.conversation, {
  send: (frame) => socket.send(frame),
  changed: (item) => { if (item.kind === "say" || item.text) log.pend(item, item.state); },
  stuck: () => socket.restart(),
});
const composer = new Composer({ send: say, stop: () => socket.send({ type: "stop" }) });

function say({ text, pin = null, files = [] }) {
  document.getElementById("start")?.remove();
  if (!titled && text && !text.startsWith("/")) {
    titled = true;
    setTitle(text);
  }
  outgoing.add({ kind: "say", client_id: newId(), text, pin, files, at: new Date(serverNow()).toISOString() });
  toBottom();
}

function act(action, button) {
  if (socket.state !== "open") {
    problem(t("offline_act"));
    return;
  }
  clear("problem");
  const id = newId();
  released.set(id, busy(button, action));
  outgoing.add({ kind: "act", client_id: id, action: action.id, text: action.confirm ? "" : action.label, at: new Date(serverNow()).toISOString() });
  toBottom();
}

const releaseAll = () => [...released.keys()].forEach(release);

function release(id) {
  released.get(id)?.();
  released.delete(id);
}

const TAKE = {
  message: takeMessage,
  token: takeToken,
  doing: (data) => { busyWith(data.turn); log.working(data.text); },
  turn: takeTurn,
  order: (data) => { const order = keepOrder(data.order); log.moveOrder(order); drawPanel(log.used); },
  quote: (data) => { settle(data.quote); log.moveQuote(data.quote); },
  engine: (data) => showHealth(data.health),
  ack: (data) => { outgoing.acked(data.client_id); log.working(); },
  error: (data) => {
    release(data.client_id);
    outgoing.failed(data.client_id, data.text);
    if (outgoing.items.has(data.client_id)) return;
    log.drop(data.client_id);
    problem(data.text);
  },
};

function take(data) {
  heard = Date.now();
  TAKE[data.type]?.(data);
}

function takeMessage(message) {
  const near = atBottom();
  const fresh = message.id > log.lastId;
  document.getElementById("start")?.remove();
  if (message.client_id) outgoing.arrived(message.client_id);
  if (!log.upsert(message)) return;
  if (message.direction === "out") {
    if (message.text || !message.streaming) log.rest();
    if (!message.streaming) {
      if (working === message.turn) working = null;
      if (message.turn !== null) releaseAll();
      if (fresh || message.version > 0) announce(spoken(message));
    }
  }
  if (message.direction === "out" && outgoing.delivered) catchUp();
  drawPanel(log.used);
  composer.setStoppable(working !== null);
  follow(near, fresh && message.direction === "out" ? log.entries.get(message.id).element : null);
}

function takeToken(data) {
  const near = atBottom();
  if (!log.token(data)) {
    catchUp();
    return;
  }
  log.rest();
  if (near) requestAnimationFrame(() => toBottom());
}

function takeTurn({ id, state }) {
  if (state === "working") {
    busyWith(id);
    log.working();
    if (outgoing.delivered) catchUp();
    return;
  }
  const mine = working === id;
  if (mine || (working === null && outgoing.items.size === 0)) log.rest();
  if (state === "failed" && mine && !log.answered(id)) notice("problem", { style: "notice--bad", mark: "octagon-x", title: t("turn_failed"), close: () => {} });
  if (mine) {
    working = null;
    releaseAll();
  }
  composer.setStoppable(working !== null);
}

function busyWith(turn) {
  working = turn;
  composer.setStoppable(true);
}

function spoken(message) {
  const { cards = [], quote } = message.reply ?? {};
  return [message.text, cards.length ? t("announce_cards", { count: cards.length }) : "", quote ? t("announce_total", { total: money(quote.total) }) : ""].filter(Boolean).join(" ");
}

/** Ask for what was missed; at most once a second. */
function catchUp() {
  if (Date.now() - asked < 1000) return;
  asked = Date.now();
  socket.send({ type: "resume", after: log.lastId });
}

function connection(state, seconds) {
  showConnection(state);
  if (state === "open") {
    clear("connection");
    socket.send({ type: "resume", after: log.lastId });
    outgoing.online();
    return;
  }
  outgoing.offline();
  if (state === "gone") {
    notice("connection", { style: "notice--bad", mark: "octagon-x", title: t("gone_title"), text: t("gone_text"), button: { label: t("gone_button"), press: () => location.assign("/") } });
  } else if (state === "waiting" && socket.tries > 1) offline(seconds);
}

function offline(seconds) {
  const count = outgoing.waiting;
  const text = count === 0 ? t("drafts_none") : count === 1 ? t("drafts_one") : t("drafts_many", { count });
  notice("connection", { style: "notice--off", mark: "wifi-off", title: t("retry_in", { n: seconds }), text, button: { label: t("try_now"), press: () => socket.now() } });
}

async function showEarlier(button) {
  button.disabled = true;
  try {
    const { messages, more } = await fetchEarlier(log.sorted()[0].message.id);
    keepPlace(() => messages.forEach((message) => log.upsert(message)));
    button.hidden = !more;
    clear("earlier");
  } catch {
    notice("earlier", { style: "notice--bad", mark: "octagon-x", title: t("earlier_failed"), close: () => {} });
  }
  button.disabled = false;
}

function watchSilence() {
  const waits = working !== null || outgoing.items.size > 0 || released.size > 0;
  if (waits && socket.state === "open" && Date.now() - heard > SILENCE && Date.now() - asked > SILENCE) catchUp();
}

function start() {
  if (location.pathname === "/") history.replaceState(null, "", config.urls.page);
  [...config.orders].reverse().forEach(keepOrder);
  outgoing.load();
  for (const message of config.messages) {
    log.upsert(message);
    if (message.client_id) outgoing.forget(message.client_id);
  }
  for (const item of outgoing.items.values()) log.pend(item, item.state);
  if (outgoing.items.size) document.getElementById("start")?.remove();
  if (config.turn?.state === "working") takeTurn(config.turn);
  const earlier = document.getElementById("earlier");
  earlier.hidden = !config.more;
  earlier.addEventListener("click", () => showEarlier(earlier));
  document.addEventListener("chat:say", (event) => say({ text: event.detail.action.say }));
  document.addEventListener("chat:act", (event) => act(event.detail.action, event.detail.button));
  document.addEventListener("chat:stale", () => setTimeout(catchUp, 1500));
  document.addEventListener("chat:again", (event) => outgoing.again(event.detail.client_id));
  document.addEventListener("chat:discard", (event) => { outgoing.forget(event.detail.client_id); log.drop(event.detail.client_id); });
  document.getElementById("start")?.addEventListener("click", (event) => { const chip = event.target.closest("[data-say]"); if (chip) say({ text: chip.dataset.say }); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && socket.state === "open") catchUp(); });
  log.onwork = () => follow(atBottom());
  setUpRail();
  setUpPlaces((place) => { composer.setPin(place); document.getElementById("say").focus(); });
  setUpVoice(composer);
  drawPanel(log.used);
  toBottom();
  composer.focus();
  requestAnimationFrame(() => document.getElementById("log").classList.add("is-live"));
  socket.open();
  watchEngine();
  setInterval(watchSilence, 2000);
}
start();
