// The list of conversations: a drawer on phones, and a filter by title.
const rail = document.getElementById("rail");
const opener = document.getElementById("rail-open");
const scrim = document.getElementById("scrim");
const behind = document.querySelectorAll(".talk, .panel, .skip");

function open() {
  rail.classList.add("rail--open");
  scrim.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  for (const element of behind) element.inert = true;
  document.getElementById("rail-close").focus();
}

function close() {
  if (!rail.classList.contains("rail--open")) return;
  rail.classList.remove("rail--open");
  scrim.hidden = true;
  opener.setAttribute("aria-expanded", "false");
  for (const element of behind) element.inert = false;
  opener.focus();
}

/** Make the drawer and the filter work. */
export function setUpRail() {
  opener.addEventListener("click", open);
  scrim.addEventListener("click", close);
  document.getElementById("rail-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  matchMedia("(min-width: 860px)").addEventListener("change", close);
  const button = document.getElementById("rail-search");
  if (button) setUpSearch(button);
}

function setUpSearch(button) {
  const row = document.getElementById("rail-query");
  const words = document.getElementById("rail-words");
  const toggle = (shown) => {
    row.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    if (shown) words.focus();
    else {
      words.value = "";
      filter("");
      button.focus();
    }
  };
  button.addEventListener("click", () => toggle(row.hidden));
  words.addEventListener("input", () => filter(words.value));
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    toggle(false);
  });
}

function filter(words) {
  const wanted = words.trim().toLowerCase();
  let found = 0;
  for (const group of rail.querySelectorAll(".rail__group")) {
    let left = 0;
    for (const item of group.querySelectorAll("li")) {
      item.hidden = !item.textContent.toLowerCase().includes(wanted);
      left += item.hidden ? 0 : 1;
    }
    group.hidden = left === 0;
    found += left;
  }
  const none = document.getElementById("rail-none");
  none.hidden = found > 0;
  document.getElementById("rail-found").textContent = found > 0 ? String(found) : none.textContent;
}

/** Name the open conversation after its first message, as the server does. */
export function setTitle(text) {
  const title = [...text.split(/\s+/).filter(Boolean).join(" ")].slice(0, 40).join("");
  document.getElementById("title").textContent = title;
  document.title = `${title} · ${document.title.split(" · ").at(-1)}`;
  const item = rail.querySelector("[aria-current] .cut");
  if (item) item.textContent = title;
}
