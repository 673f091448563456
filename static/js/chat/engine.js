// How the engine and the connection are: the header's line, and a notice while free talk is not to be had.
import { config } from "./config.js";
import { h, sep } from "./dom.js";
import { clear, notice } from "./notices.js";
import { t } from "./words.js";

const line = document.getElementById("health");
const LOCAL = new Set(["llama_cpp", "exllamav2"]);
const MEGABYTE = 1_000_000;
const closed = new Set(); // states whose notice the person closed
let health = config.health;
let connection = "connecting";
let timer = 0;
const seen = []; // [milliseconds, bytes] of a download

const percent = () => (health.size ? Math.floor((100 * health.downloaded) / health.size) : 0);
const megabytes = (bytes) => Math.round(bytes / MEGABYTE).toLocaleString("en-US");
const starting = () => health.state === "loading" || health.state === "warming";

/** Show the engine's health. */
export function showHealth(fresh) {
  health = fresh;
  if (health.state === "downloading") seen.push([Date.now(), health.downloaded]);
  if (seen.length > 20) seen.shift();
  draw();
}

/** Show the connection's state: connecting, open, waiting, gone. */
export function showConnection(state) {
  connection = state;
  draw();
}

/** Look after the engine: every few seconds until it is ready, now and then afterwards. */
export function watchEngine() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    if (document.visibilityState === "visible") await look();
    watchEngine();
  }, health.state === "ready" ? 30_000 : 3_000);
}

async function look() {
  try {
    const response = await fetch(config.urls.health);
    if (response.ok) showHealth((await response.json()).health);
  } catch { /* offline: the connection's own notice says so */ }
}

function draw() {
  const [style, [first, more]] = words();
  line.className = `health ${style}`.trim();
  line.replaceChildren(first, ...(more ? [h("span", { class: "health__more" }, sep(), more)] : []));
  drawNotice();
}

function words() {
  if (connection === "connecting") return ["health--off", [t("connecting")]];
  if (connection !== "open") return ["health--bad", [t("offline")]];
  if (health.state === "ready") return ["", [t("online"), LOCAL.has(health.engine) ? t("local_model") : ""]];
  if (health.state === "downloading") {
    return ["health--warn", [t("downloading", { percent: percent() }), t("megabytes", { done: megabytes(health.downloaded), size: megabytes(health.size) })]];
  }
  if (starting()) return ["health--warn", [t("loading")]];
  return ["health--warn", [t("limited")]];
}

function drawNotice() {
  const kind = health.state === "downloading" ? "download" : starting() ? "loading" : health.state === "ready" ? "" : "failed";
  if (!kind || closed.has(kind) || connection !== "open") {
    clear("engine");
    return;
  }
  const close = () => closed.add(kind);
  if (kind === "download") notice("engine", { ...download(), close });
  else if (kind === "loading") notice("engine", { mark: "clock", title: t("loading_title"), text: t("loading_text"), close });
  else notice("engine", { style: "notice--warn", mark: "triangle-alert", title: t("failed_title"), text: t("failed_text"), close });
}

function download() {
  const minutes = minutesLeft();
  return {
    mark: "download",
    title: minutes ? t("download_title_eta", { percent: 100 - percent(), minutes }) : t("download_title", { percent: 100 - percent() }),
    text: t("download_text", { done: megabytes(health.downloaded), size: megabytes(health.size) }),
    bar: { percent: percent(), label: t("download_bar") },
  };
}

function minutesLeft() {
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || last[0] - first[0] < 5000 || last[1] <= first[1]) return 0;
  const speed = (last[1] - first[1]) / (last[0] - first[0]);
  return Math.max(1, Math.round((health.size - last[1]) / speed / 60_000));
}

