// What the person said and the server has not shown yet. Words are kept on this device until they come back as a message,
// and are sent again under the same id, which the server takes once.
const ACK = 10_000; // milliseconds to wait for an acknowledgement

/** A random id. `crypto.randomUUID` is missing on plain http. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Outgoing {
  /** `on`: { send(frame) -> boolean, changed(item), stuck() } */
  constructor(conversation, on) {
    this.prefix = `banshi:draft:${conversation}:`;
    this.on = on;
    this.items = new Map();
    this.flying = null;
    this.timer = 0;
    this.connected = false;
  }

  /** What was kept from before, oldest first. */
  load() {
    const kept = [];
    try {
      for (const key of Object.keys(localStorage).filter((name) => name.startsWith(this.prefix))) {
        kept.push(JSON.parse(localStorage.getItem(key)));
      }
    } catch { /* no storage: nothing is kept */ }
    for (const item of kept.sort((a, b) => (a.at < b.at ? -1 : 1))) this.items.set(item.client_id, { ...item, state: item.state === "failed" ? "failed" : "waiting" });
    return [...this.items.values()];
  }

  /** How many messages wait for a connection. */
  get waiting() {
    return [...this.items.values()].filter((item) => item.state === "waiting" && item.kind === "say").length;
  }

  /** Whether the server has something that it has not shown yet. */
  get delivered() {
    return [...this.items.values()].some((item) => item.state === "sent");
  }

  add(item) {
    this.items.set(item.client_id, item);
    this.change(item, "waiting");
    this.pump();
  }

  /** Send the next one; one at a time, so that they arrive in order. */
  pump() {
    if (!this.connected || this.flying) return;
    const item = [...this.items.values()].find((each) => each.state === "waiting");
    if (!item || !this.on.send(frame(item))) return;
    this.flying = item.client_id;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.on.stuck(), ACK);
  }

  online() {
    this.connected = true;
    this.pump();
  }

  offline() {
    this.connected = false;
    this.land();
  }

  land() {
    clearTimeout(this.timer);
    this.flying = null;
  }

  acked(clientId) {
    if (this.flying === clientId) this.land();
    const item = this.items.get(clientId);
    if (item?.state === "waiting") this.change(item, "sent");
    this.pump();
  }

  /** The message stands in the conversation. */
  arrived(clientId) {
    this.forget(clientId);
    if (this.flying === clientId) this.land();
    this.pump();
  }

  failed(clientId, error) {
    if (this.flying === clientId) this.land();
    const item = this.items.get(clientId);
    if (item?.kind === "act") this.forget(clientId);
    else if (item) this.change({ ...item, error }, "failed");
    this.pump();
  }

  again(clientId) {
    const item = this.items.get(clientId);
    if (!item) return;
    this.change(item, "waiting");
    this.pump();
  }

  forget(clientId) {
    this.items.delete(clientId);
    try { localStorage.removeItem(this.prefix + clientId); } catch { /* no storage */ }
  }

  change(item, state) {
    const changed = { ...item, state };
    this.items.set(item.client_id, changed);
    if (item.kind === "say") {
      try { localStorage.setItem(this.prefix + item.client_id, JSON.stringify(changed)); } catch { /* no storage, or it is full */ }
    }
    this.on.changed(changed);
  }
}

function frame(item) {
  const { client_id } = item;
  if (item.kind === "act") return { type: "act", client_id, action: item.action };
  return { type: "say", client_id, text: item.text, pin: item.pin ?? null, files: (item.files ?? []).map((file) => file.id) };
}
