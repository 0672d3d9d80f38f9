// Toasts: what was done, with its undo, for some seconds. The clock stands
// still while the mouse or the focus is on it. Pages carry them in the HTML, so
// that they also show without this script, and htmx answers append them.
import { all, say } from "./dom.js";
import { land } from "./focus.js";

const seconds = 12;

function arm(toast) {
  if (toast.armed) return;
  toast.armed = true;
  say(toast.querySelector("[data-text]")?.textContent ?? "");
  if (toast.hasAttribute("data-stay")) return;
  let left = seconds;
  const timer = setInterval(() => {
    if (!toast.isConnected) return clearInterval(timer);
    if (toast.matches(":hover") || toast.contains(document.activeElement) || document.hidden) return;
    if (--left <= 0) { clearInterval(timer); toast.remove(); }
  }, 1000);
}

// startToasts arms those on the page and those that come.
export function startToasts() {
  const region = document.getElementById("toasts");
  if (!region) return;
  all(".toast", region).forEach(arm);
  new MutationObserver(() => all(".toast", region).forEach(arm)).observe(region, { childList: true });
  region.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) { event.preventDefault(); event.target.closest(".toast").remove(); land(); }
  });
}

// toast shows text that this script made: a failed request, a lost line.
export function toast(text, kind = "bad") {
  const region = document.getElementById("toasts");
  const shape = document.getElementById("toast-shape");
  if (!region || !shape) return;
  const el = shape.content.firstElementChild.cloneNode(true);
  el.querySelector("[data-text]").textContent = text;
  if (kind) el.classList.add(kind);
  region.append(el);
}
