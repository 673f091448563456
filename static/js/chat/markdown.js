// The model's text: paragraphs, lists, bold and code, and nothing else. Links and markup stay the characters they are.
import { h } from "./dom.js";

const ITEM = /^\s*(?:[-*•]|(\d{1,3})[.)、])\s+(.*)$/;

/** Return `text` as block elements. */
export function markdown(text) {
  const blocks = [];
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  while (lines.length) {
    const line = lines[0];
    if (!line.trim()) lines.shift();
    else if (line.trimStart().startsWith("```")) blocks.push(code(lines));
    else if (ITEM.test(line)) blocks.push(list(lines));
    else blocks.push(paragraph(lines));
  }
  return blocks;
}

function code(lines) {
  lines.shift();
  const inside = [];
  while (lines.length && !lines[0].trimStart().startsWith("```")) inside.push(lines.shift());
  lines.shift();
  return h("pre", { class: "code", tabindex: "0" }, h("code", {}, inside.join("\n")));
}

function list(lines) {
  const first = ITEM.exec(lines[0])[1];
  const items = [];
  while (lines.length && ITEM.test(lines[0]) && (ITEM.exec(lines[0])[1] !== undefined) === (first !== undefined)) {
    items.push(h("li", {}, inline(ITEM.exec(lines.shift())[2])));
  }
  return first === undefined ? h("ul", {}, items) : h("ol", { start: first }, items);
}

function paragraph(lines) {
  const heading = /^#{1,6}\s+(.*)$/.exec(lines[0]);
  if (heading) {
    lines.shift();
    return h("p", {}, h("strong", {}, inline(heading[1])));
  }
  const nodes = [];
  while (lines.length && lines[0].trim() && !ITEM.test(lines[0]) && !lines[0].trimStart().startsWith("```")) {
    if (nodes.length) nodes.push(h("br"));
    nodes.push(...inline(lines.shift()));
  }
  return h("p", {}, nodes);
}

function inline(text) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).filter(Boolean).map((part) => {
    if (part.length > 2 && part.startsWith("`") && part.endsWith("`")) return h("code", {}, part.slice(1, -1));
    if (part.length > 4 && part.startsWith("**") && part.endsWith("**")) return h("strong", {}, part.slice(2, -2));
    return part;
  });
}
