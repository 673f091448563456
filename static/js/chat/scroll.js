// Keeping the newest in view, unless the person reads further up.
const NEAR = 140; // pixels from the bottom that still count as the bottom
const jump = document.getElementById("jump");
const header = document.querySelector(".talk__head");

const bottom = () => document.documentElement.scrollHeight - innerHeight;

/** Whether the newest message is in view. */
export const atBottom = () => scrollY >= bottom() - NEAR;

/** Go to the newest. */
export function toBottom(behavior = "auto") {
  scrollTo({ top: bottom() + NEAR, behavior });
  jump.hidden = true;
}

/** After something new: follow it if the person was at the bottom, else say that it is there. */
export function follow(wasAtBottom, element = null) {
  if (!wasAtBottom) {
    jump.hidden = false;
    return;
  }
  const room = innerHeight - header.offsetHeight - document.querySelector(".composer").offsetHeight;
  if (element && element.offsetHeight > room) scrollTo({ top: element.getBoundingClientRect().top + scrollY - header.offsetHeight - 16 });
  else toBottom();
}

/** Run `change`, which puts something above, and keep what is in view where it is. */
export function keepPlace(change) {
  const before = document.documentElement.scrollHeight;
  change();
  scrollBy(0, document.documentElement.scrollHeight - before);
}

let stuck = true; // to the bottom, while pictures load and notices come and go
jump.addEventListener("click", () => toBottom("smooth"));
addEventListener("scroll", () => {
  stuck = atBottom();
  if (stuck) jump.hidden = true;
}, { passive: true });
new ResizeObserver(() => { if (stuck) toBottom(); }).observe(document.body);
