// A sketch of a delivery: true in direction and in how far the courier is along, not a street map, and it says so.
import { icon, s } from "./dom.js";

const W = 520, H = 176;
const ROAD = 72; // the road that joins the two ends

/** A sketch map of `order`, or null where its ends are not known. `text` describes it. */
export function sketch(order, text) {
  const { origin, place } = order;
  if (![origin?.lat, origin?.lng, place?.lat, place?.lng].every(Number.isFinite)) return null;
  const [from, to] = ends(origin, place);
  const turns = [from, [from[0], ROAD], [to[0], ROAD], to];
  const [done, ahead, at] = cut(turns, Math.min(1, Math.max(0, order.progress ?? 0)));
  const moving = Array.isArray(order.courier) || (order.progress ?? 0) > 0;
  return s("svg", { class: "order__map", viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": text },
    ground(from[0], to[0], seedOf(order.number)),
    line(ahead, { "stroke-dasharray": "1 9" }), line(done, {}),
    end(from, order.kind === "food" ? "store" : "building-2", "var(--surface)", "var(--ink-2)", "var(--line-2)"),
    end(to, place.label ? "building-2" : "map-pin", "var(--ink)", "var(--surface)", "var(--ink)"),
    moving ? courier(at) : null);
}

/** Where the two ends stand: east is right and north is up; the distance fills the sketch. */
function ends(origin, place) {
  const east = (place.lng - origin.lng) * Math.cos((origin.lat * Math.PI) / 180);
  const north = place.lat - origin.lat;
  const spread = Math.abs(east) < Math.abs(north) / 3 ? 96 : 184; // mostly north or south: nearer together
  const x = east >= 0 ? [W / 2 - spread, W / 2 + spread] : [W / 2 + spread, W / 2 - spread];
  const y = Math.abs(north) < Math.abs(east) / 8 ? [112, 112] : north >= 0 ? [112, 36] : [36, 112];
  return [[x[0], y[0]], [x[1], y[1]]];
}

/** Cut a path at `share` of its length: the part before, the part after, and the point. */
function cut(points, share) {
  const lengths = points.slice(1).map((point, i) => Math.hypot(point[0] - points[i][0], point[1] - points[i][1]));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (let i = 0; i < lengths.length; i += 1) {
    if (left <= lengths[i]) {
      const part = lengths[i] ? left / lengths[i] : 0;
      const at = [0, 1].map((axis) => points[i][axis] + part * (points[i + 1][axis] - points[i][axis]));
      return [[...points.slice(0, i + 1), at], [at, ...points.slice(i + 1)], at];
    }
    left -= lengths[i];
  }
  return [points, [], points.at(-1)];
}

function line(points, attributes) {
  if (points.length < 2) return null;
  const d = points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  return s("path", { d, stroke: "var(--brand)", "stroke-width": 4, fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round", ...attributes });
}

const mark = ([x, y], size, name, colour) =>
  s("svg", { x: x - size / 2, y: y - size / 2, width: size, height: size, style: `color:${colour}` }, icon(name, { width: size, height: size }));

const end = (at, name, fill, colour, edge) => s("g", {},
  s("circle", { cx: at[0], cy: at[1], r: 14, fill, stroke: edge }), mark(at, 16, name, colour));

const courier = (at) => s("g", { class: "order__courier" },
  s("circle", { cx: at[0], cy: at[1], r: 24, fill: "var(--brand)", opacity: ".16" }),
  s("circle", { cx: at[0], cy: at[1], r: 15, fill: "var(--brand)", stroke: "var(--surface)", "stroke-width": 2.5 }),
  mark(at, 18, "bike", "var(--on-brand)"));

const seedOf = (text) => [...text].reduce((sum, char) => (sum * 31 + char.codePointAt(0)) >>> 0, 7);

/** Blocks between roads through both ends, a park and a river: the same for the same order, different for another. */
function ground(left, right, seed) {
  const xs = [...new Set([left, right, ...[76, 178, 260, 342, 444].filter((x) => Math.abs(x - left) > 52 && Math.abs(x - right) > 52)])].sort((a, b) => a - b);
  const edges = [-20, ...xs, W + 20];
  const columns = edges.slice(1).map((x, i) => [edges[i] + 11, x - 11]).filter(([a, b]) => b - a > 14);
  const park = seed % columns.length;
  const block = ([a, b], y, height, fill) => s("rect", { x: a, y, width: b - a, height, rx: 6, fill });
  const wave = 158 + (seed % 9);
  return s("g", {},
    s("rect", { width: W, height: H, fill: "var(--map-land)" }),
    columns.map((column, i) => block(column, -12 - (i % 2) * 4, 72, "var(--map-block)")),
    columns.map((column, i) => block(column, 85, 50 + ((seed >> (i % 8)) % 3) * 5, i === park ? "var(--map-park)" : "var(--map-block)")),
    s("g", { stroke: "var(--map-road)", fill: "none", "stroke-linecap": "round" },
      s("path", { d: `M-10 ${ROAD}H${W + 10}`, "stroke-width": 13 }),
      s("path", { d: xs.map((x) => `M${x}-10V${H}`).join(""), "stroke-width": 8 })),
    s("path", { d: `M-10 ${wave}C120 ${wave - 14} 240 ${wave + 12} 340 ${wave - 3}S460 ${wave - 12} 540 ${wave + 5}v40H-10z`, fill: "var(--map-water)" }));
}
