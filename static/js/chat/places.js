// Choosing a place: where one is, a saved place, or one found by its name.
import { config } from "./config.js";
import { dotted, h, icon } from "./dom.js";
import { t } from "./words.js";

const dialog = document.getElementById("places");
const query = document.getElementById("places-query");
const list = document.getElementById("places-list");
const status = document.getElementById("places-status");
const problem = document.getElementById("places-problem");
const here = document.getElementById("places-here");
const WAIT = 250; // milliseconds of no typing before a search

/** Let the person choose; `chosen` gets { lat, lng, name, address }. */
export function setUpPlaces(chosen) {
  let timer = 0;
  let last = 0;

  const choose = (place) => {
    dialog.close();
    chosen(place);
  };

  const search = async () => {
    const turn = (last += 1);
    const words = query.value.trim();
    try {
      const response = await fetch(`${config.urls.places}?q=${encodeURIComponent(words)}`);
      if (!response.ok) throw new Error(String(response.status));
      const { places } = await response.json();
      if (turn === last) show(places, words, choose);
    } catch {
      if (turn === last) show(null, words, choose);
    }
  };

  document.getElementById("add-place").addEventListener("click", () => {
    query.value = "";
    complain("");
    list.replaceChildren();
    status.textContent = "";
    dialog.showModal();
    query.focus();
    search();
  });
  document.getElementById("places-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  query.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(search, WAIT);
  });
  query.addEventListener("compositionend", () => { timer = setTimeout(search, WAIT); });
  here.addEventListener("click", () => locate(choose));
}

function show(places, words, choose) {
  if (places === null) status.textContent = t("places_failed");
  else if (places.length) status.textContent = words ? t("places_found", { count: places.length }) : t("places_saved");
  else status.textContent = t(words ? "places_empty" : "places_none");
  list.replaceChildren(...(places ?? []).map(({ icon: mark, ...place }) => h("li", {},
    h("button", { type: "button", class: "sheet__item", on: { click: () => choose(place) } },
      icon(mark), h("span", { class: "grow" }, h("b", { class: "cut" }, dotted(place.name)), h("small", { class: "cut" }, dotted(place.address)))))));
}

function complain(text) {
  problem.hidden = !text;
  problem.textContent = text;
}

function locate(choose) {
  if (!window.isSecureContext || !navigator.geolocation) {
    complain(t("location_insecure"));
    return;
  }
  complain("");
  here.disabled = true;
  status.textContent = t("locating");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      here.disabled = false;
      choose({ lat: coords.latitude, lng: coords.longitude, name: t("my_location"), address: "" });
    },
    (error) => {
      here.disabled = false;
      status.textContent = "";
      complain(t(error.code === error.PERMISSION_DENIED ? "location_refused" : "location_unavailable"));
    },
    { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 },
  );
}
