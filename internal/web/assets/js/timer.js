// The timer of a call. Pressing the number begins it; it is kept in the browser,
// so that a reload or another page does not lose it, and fills in the minutes
// when the call is logged. One that is older than ten hours is forgotten.
import { all, on } from "./dom.js";

const longest = 10 * 3600e3;
const key = (el) => "call:" + el.dataset.callTimer;

function began(el) {
  const at = Number(localStorage.getItem(key(el)));
  return at > 0 && Date.now() - at < longest ? at : 0;
}

function show(el) {
  const at = began(el);
  const s = Math.max(0, Math.floor((Date.now() - at) / 1000));
  el.hidden = at === 0;
  if (at) el.querySelector("[data-time]").textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
}

const minutes = (el) => Math.max(1, Math.round((Date.now() - began(el)) / 60e3));

// startTimer wires the numbers that are pressed and the forms that log a call.
export function startTimer() {
  const timers = () => all("[data-call-timer]");
  const of = (el) => (el.closest("details.act") ?? document).querySelector("[data-call-timer]");
  on("click", "[data-dials]", (_, link) => {
    const el = of(link);
    if (el && !began(el)) { localStorage.setItem(key(el), String(Date.now())); show(el); }
  });
  on("click", "[data-hang-up]", (event, button) => {
    event.preventDefault();
    const el = of(button);
    const field = button.closest("details.act")?.querySelector("input[name=minutes]");
    if (el && field && began(el)) field.value = minutes(el);
    if (el) { localStorage.removeItem(key(el)); show(el); }
  });
  on("submit", "form[data-logs-call]", (_, form) => {
    const el = of(form);
    if (!el || !began(el)) return;
    const field = form.querySelector("input[name=minutes]");
    if (field && Number(field.value) === 0) field.value = minutes(el);
    localStorage.removeItem(key(el));
  });
  timers().forEach(show);
  if (timers().length) setInterval(() => { if (!document.hidden) timers().forEach(show); }, 1000);
  // A call goes on after a reload: its panel is open again.
  timers().filter(began).forEach((el) => { const panel = el.closest("details.act"); if (panel) panel.open = true; });
}
