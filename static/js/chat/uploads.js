// Files of the message being written: checked here first, then sent one by one with their progress.
import { config } from "./config.js";
import { h, icon } from "./dom.js";
import { clear, notice } from "./notices.js";
import { fileSize, t } from "./words.js";

const list = document.getElementById("files");
const input = document.getElementById("file-input");
const MEGABYTE = 1024 * 1024;
const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

export class Uploads {
  constructor(changed) {
    this.changed = changed;
    this.items = []; // { file, name, size, sent, id, request }
    document.getElementById("add-file").addEventListener("click", () => input.click());
    input.addEventListener("change", () => { this.add([...input.files]); input.value = ""; });
    const form = document.getElementById("composer");
    form.addEventListener("paste", (event) => event.clipboardData.files.length && this.add([...event.clipboardData.files]));
    document.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
    document.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.add([...event.dataTransfer.files]);
    });
  }

  get files() {
    return this.items.map(({ id, name, size }) => ({ id, name, size }));
  }

  get busy() {
    return this.items.some((item) => !item.id);
  }

  /** Hand the files over and begin anew. */
  take() {
    const { files } = this;
    this.items = [];
    this.draw();
    return files;
  }

  add(files) {
    clear("files");
    for (const file of files) {
      const wrong = this.check(file);
      if (wrong) this.complain(wrong);
      else this.send(file);
    }
    this.draw();
  }

  check(file) {
    const { files: most, upload_mb: limit } = config.limits;
    if (this.items.length >= most) return t("too_many", { limit: most });
    if (file.size > limit * MEGABYTE) return t("too_big", { name: file.name, limit });
    if (file.size === 0) return t("empty_file", { name: file.name });
    return "";
  }

  complain(text) {
    notice("files", { style: "notice--warn", mark: "triangle-alert", title: text, close: () => {} });
  }

  send(file) {
    const request = new XMLHttpRequest();
    const item = { name: file.name, size: file.size, sent: 0, id: "", request };
    this.items.push(item);
    request.upload.addEventListener("progress", (event) => { item.sent = event.loaded / event.total; this.draw(); });
    request.addEventListener("load", () => this.done(item));
    request.addEventListener("error", () => this.fail(item, t("upload_failed", { name: item.name })));
    request.open("POST", config.urls.files);
    request.setRequestHeader("X-CSRFToken", token());
    request.responseType = "json";
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  }

  done(item) {
    const { status, response } = item.request;
    if (status !== 201 || !response?.id) {
      this.fail(item, response?.error ?? t("upload_failed", { name: item.name }));
      return;
    }
    Object.assign(item, { id: response.id, name: response.name, size: response.size });
    this.draw();
  }

  fail(item, text) {
    this.remove(item);
    this.complain(text);
  }

  remove(item) {
    this.items = this.items.filter((other) => other !== item);
    if (!item.id) item.request.abort();
    this.draw();
  }

  draw() {
    list.hidden = this.items.length === 0;
    list.replaceChildren(...this.items.map((item) => h("li", { class: "place-chip" },
      icon("file-text"), h("span", { class: "cut" }, item.name),
      h("small", { class: "num muted" }, item.id ? fileSize(item.size) : t("uploading", { percent: Math.round(item.sent * 100) })),
      h("button", { type: "button", class: "place-chip__x", "aria-label": t("remove", { name: item.name }), on: { click: () => this.remove(item) } }, icon("x")))));
    this.changed();
  }
}
