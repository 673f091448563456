// The websocket: opened again by itself, sooner at first and then more rarely.
const DELAYS = [0.5, 1, 2, 4, 8, 15];
const GONE = 4404;

export class Socket {
  /** `on`: { frame(data), state(name, seconds) }; states: connecting, open, waiting (with seconds left), gone. */
  constructor(path, on) {
    this.url = new URL(path, location.href);
    this.url.protocol = this.url.protocol.replace("http", "ws");
    this.on = on;
    this.tries = 0;
    this.state = "connecting";
    this.timer = 0;
    addEventListener("online", () => this.now());
    addEventListener("offline", () => this.restart());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.state === "waiting" && this.now());
  }

  /** Open it. */
  open() {
    clearInterval(this.timer);
    this.set("connecting");
    const socket = new WebSocket(this.url);
    this.socket = socket;
    const slow = setTimeout(() => socket.close(), 10_000);
    socket.addEventListener("open", () => clearTimeout(slow));
    socket.addEventListener("message", (event) => this.take(socket, event));
    socket.addEventListener("close", (event) => {
      clearTimeout(slow);
      if (socket === this.socket) this.lost(event.code);
    });
  }

  take(socket, event) {
    if (socket !== this.socket) return;
    if (this.state !== "open") {
      this.tries = 0;
      this.set("open");
    }
    this.on.frame(JSON.parse(event.data));
  }

  lost(code) {
    this.socket = null;
    if (code === GONE) {
      this.set("gone");
      return;
    }
    const delay = DELAYS[Math.min(this.tries, DELAYS.length - 1)] * (0.8 + Math.random() * 0.4);
    this.tries += 1;
    const end = Date.now() + delay * 1000;
    const tick = () => {
      const left = Math.ceil((end - Date.now()) / 1000);
      if (left <= 0) this.open();
      else this.set("waiting", left);
    };
    clearInterval(this.timer);
    this.timer = setInterval(tick, Math.min(1000, delay * 1000));
    this.set("waiting", Math.ceil(delay));
  }

  /** Try at once. */
  now() {
    if (this.state !== "waiting") return;
    this.open();
  }

  /** Give this socket up and open another: it is silent. */
  restart() {
    if (!this.socket) return;
    const socket = this.socket;
    this.socket = null;
    socket.close();
    this.lost(0);
  }

  /** Send a frame; false where there is no connection. */
  send(frame) {
    if (this.state !== "open" || this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  set(state, seconds = 0) {
    this.state = state;
    this.on.state(state, seconds);
  }
}
