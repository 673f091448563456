/* The dashboard's own behaviour: the "/" key, and lists that stay live. Every page works without it. */
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-live-switch], [data-copy]");
  if (!button) return;
  if (button.matches("[data-live-switch]")) switchLive();
  else copy(button);
});

/* "/" goes to the search field, unless something is being written. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("#q, #find");
  if (!field || !field.offsetParent) return;
  event.preventDefault();
  field.focus();
  field.select();
});

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  const said = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = said; }, 1500);
}

/* Live parts: [data-live] asks for itself every few seconds. */
let paused = false;
const answers = new WeakMap(); // live part -> the answer it shows

function switchLive() {
  paused = !paused;
  showLive(document);
  if (!paused) document.querySelectorAll("[data-live]").forEach((part) => htmx.trigger(part, "refresh"));
  document.querySelector("[data-live-switch]")?.focus();
}

function showLive(part) {
  part.querySelectorAll("[data-live-switch]").forEach((button) => button.setAttribute("aria-pressed", String(paused)));
  part.querySelectorAll("[data-live-word]").forEach((word) => {
    word.textContent = paused ? word.dataset.wordPaused : word.dataset.wordLive;
    word.classList.toggle("health--off", paused);
  });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.detail.elt;
  if (!part.matches("[data-live]")) return;
  const chosen = String(getSelection()) && part.contains(getSelection().anchorNode);
  if (paused || document.hidden || chosen || part.contains(document.activeElement?.closest("input, select"))) event.preventDefault();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { elt: part, xhr, target } = event.detail;
  if (!part.matches("[data-live]") || !event.detail.shouldSwap) return;
  if (answers.get(part) === xhr.responseText) { event.detail.shouldSwap = false; return; }
  seen.keys = new Set([...target.querySelectorAll("[data-key]")].map((row) => row.dataset.key));
  seen.open = new Set([...target.querySelectorAll("details[open][id]")].map((fold) => fold.id));
  seen.answer = xhr.responseText;
  seen.thread = document.getElementById("thread")?.scrollTop ?? null;
});
const seen = { keys: null, open: null, answer: "", thread: null };

document.addEventListener("htmx:afterSwap", (event) => {
  const part = event.detail.target.id ? document.getElementById(event.detail.target.id) : event.detail.target;
  showLive(document);
  if (!part?.matches("[data-live]") || !seen.keys) return;
  answers.set(part, seen.answer);
  part.querySelectorAll("details[id]").forEach((fold) => { if (seen.open.has(fold.id)) fold.open = true; });
  const thread = document.getElementById("thread");
  if (thread && seen.thread !== null) thread.scrollTop = seen.thread;
  const fresh = [...part.querySelectorAll("[data-key]")].filter((row) => !seen.keys.has(row.dataset.key));
  fresh.forEach((row) => row.classList.add("new"));
  setTimeout(() => fresh.forEach((row) => row.classList.remove("new")), 3000);
  seen.keys = null;
});

/* When the server does not answer, say so instead of showing old figures as if they were new. */
function offline(gone) {
  const notice = document.getElementById("offline");
  if (notice) notice.hidden = !gone;
}
document.addEventListener("htmx:sendError", () => offline(true));
document.addEventListener("htmx:responseError", () => offline(true));
document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) offline(false); });

/* A long conversation opens at the chosen turn. */
const thread = document.getElementById("thread"), current = thread?.querySelector("[aria-current]");
if (current) thread.scrollTop = current.offsetTop - thread.offsetTop - (thread.clientHeight - current.offsetHeight) / 2;
