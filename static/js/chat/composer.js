// Writing: text, files, a place, the voice.
import { config } from "./config.js";
import { dotted, h, icon } from "./dom.js";
import { announce, clear, notice } from "./notices.js";
import { Uploads } from "./uploads.js";
import { t } from "./words.js";

const form = document.getElementById("composer");
const box = document.getElementById("say");
const sendButton = document.getElementById("send");
const pinSpot = document.getElementById("pin");
const kept = `banshi:text:${config.conversation}`;

export class Composer {
  /** `on`: { send({ text, pin, files }), stop() } */
  constructor(on) {
    this.on = on;
    this.pin = null;
    this.stoppable = false;
    this.uploads = new Uploads(() => this.draw());
    form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("input", () => this.typed());
    this.restore();
    this.grow();
    this.draw();
  }

  get text() {
    return box.value.trim();
  }

  get filled() {
    return Boolean(this.text || this.pin || this.uploads.files.length);
  }

  key(event) {
    // An Enter that ends an input method's word (229 in older browsers) is not a message.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.submit();
  }

  submit() {
    if (this.stoppable && !this.filled) {
      this.on.stop();
      return;
    }
    if (!this.filled || this.tooLong()) return;
    if (this.uploads.busy) {
      announce(t("uploads_wait"));
      notice("composer", { mark: "clock", title: t("uploads_wait"), close: () => {} });
      return;
    }
    clear("composer");
    this.on.send({ text: this.text, pin: this.pin, files: this.uploads.take() });
    this.write("");
    this.setPin(null);
  }

  tooLong() {
    const count = [...this.text].length;
    const limit = config.limits.chars;
    if (count <= limit) {
      if (this.long) clear("composer");
      this.long = false;
      return false;
    }
    this.long = true;
    notice("composer", { style: "notice--warn", mark: "triangle-alert", title: t("too_long", { count, limit }) });
    return true;
  }

  typed() {
    this.tooLong();
    this.grow();
    this.draw();
    try {
      if (box.value) localStorage.setItem(kept, box.value);
      else localStorage.removeItem(kept);
    } catch { /* no storage */ }
  }

  restore() {
    try { box.value = localStorage.getItem(kept) ?? ""; } catch { /* no storage */ }
  }

  /** Put `text` into the box. */
  write(text) {
    box.value = text;
    this.typed();
  }

  setPin(pin) {
    this.pin = pin;
    const name = pin?.name || t("my_location");
    pinSpot.replaceChildren(...(pin ? [h("span", { class: "place-chip" },
      icon("map-pin"), h("span", { class: "cut" }, dotted(name)),
      h("button", { type: "button", class: "place-chip__x", "aria-label": t("remove", { name }), on: { click: () => { this.setPin(null); box.focus(); } } }, icon("x")))] : []));
    this.draw();
  }

  /** Whether an answer is being written that can be stopped. */
  setStoppable(stoppable) {
    this.stoppable = stoppable;
    this.draw();
  }

  grow() {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, Math.round(innerHeight * 0.35))}px`;
  }

  draw() {
    const stop = this.stoppable && !this.filled;
    sendButton.classList.toggle("send--stop", stop);
    sendButton.setAttribute("aria-label", t(stop ? "stop" : "send"));
    sendButton.setAttribute("aria-disabled", String(!stop && !this.filled));
  }

  focus() {
    if (matchMedia("(hover: hover)").matches) box.focus({ preventScroll: true });
  }
}
