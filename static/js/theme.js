// Light and dark: the person's choice (kept on this device), else the system's. Loaded in the head, before anything is drawn.
(() => {
  const root = document.documentElement;
  const kept = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const keep = (theme) => { try { localStorage.setItem("theme", theme); } catch { /* private mode: for this page only */ } };
  const system = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const chosen = /^#(dark|light)$/.exec(location.hash)?.[1] ?? kept();
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-theme-switch]")) return;
    root.dataset.theme = (root.dataset.theme || system()) === "dark" ? "light" : "dark";
    keep(root.dataset.theme);
  });
})();
