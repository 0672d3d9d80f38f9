// Clocks. <time data-until="..."> counts down to a moment (a lease, an answer
// that is due), and turns late when it has passed.
import { all } from "./dom.js";

function text(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  const h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
  return h ? `${h} h ${m} min` : `${m}:${String(s % 60).padStart(2, "0")}`;
}

function tick() {
  for (const el of all("time[data-until]")) {
    const left = Date.parse(el.getAttribute("datetime")) - Date.now();
    if (Number.isNaN(left)) continue;
    el.textContent = left > 0 ? (el.dataset.lead ?? "") + text(left) : el.dataset.past || "over";
    if (left <= 0) el.classList.add("late");
  }
}

// startClocks ticks once a second, unless the server's clock is not the wall's.
export function startClocks() {
  if (document.documentElement.hasAttribute("data-own-clock")) return;
  if (!document.querySelector("time[data-until]")) return;
  tick();
  setInterval(() => { if (!document.hidden) tick(); }, 1000);
}
