// Panels and dialogs. A link with data-open="id" opens the <details> or
// <dialog> with that id instead of jumping to it; Escape closes a panel.
import { all, calm, on } from "./dom.js";
import { land } from "./focus.js";

// firstField is where typing begins: never the button that closes the panel.
const firstField = (el) => el.querySelector("[data-focus]") ??
  (el.querySelector("form") ?? el).querySelector("textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), input[type=radio]:checked, select, button:not(:disabled)");

function open(el, from) {
  if (el.tagName === "DIALOG") { if (!el.open) el.showModal(); return; }
  el.open = true;
  el.opener = from;
  el.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  const field = firstField(el);
  field?.focus({ preventScroll: true });
  if (field?.tagName === "TEXTAREA") field.setSelectionRange(0, 0);
}

// back puts the focus where it was before a panel was opened.
function back(opener) {
  opener?.focus();
  land();
}

// startPanels wires openers, closers and the click beside a dialog.
export function startPanels() {
  on("click", "[data-open]", (event, link) => {
    const el = document.getElementById(link.dataset.open);
    if (!el) return;
    event.preventDefault();
    link.closest("dialog")?.close();
    open(el, link);
  });
  on("click", "[data-close]", (event, button) => {
    const el = button.closest("dialog, details");
    if (!el) return;
    event.preventDefault();
    if (el.tagName === "DIALOG") el.close();
    else { el.open = false; back(el.opener); }
  });
  document.addEventListener("click", (event) => {
    all("details.menu[open]").forEach((el) => { if (!el.contains(event.target)) el.open = false; });
    if (event.target instanceof HTMLDialogElement && event.target.hasAttribute("data-light")) event.target.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    const menu = document.querySelector("details.menu[open]");
    const el = menu ?? event.target.closest?.("details.act[open]") ?? all("details.act[open]").at(-1);
    if (el) { el.open = false; back(menu?.querySelector("summary") ?? el.opener); }
  });
  const wanted = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  const shown = wanted?.matches("details.act") ? wanted : document.querySelector("details.act[open]"); // a form that was refused
  if (shown) open(shown);
}
