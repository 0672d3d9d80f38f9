// Keys. A letter presses the visible element with that data-key, or first the one
// with that data-row-key in the row that has the focus; "g" and a
// letter follow the link with that data-go; "?" lists both. Letters can be
// turned off in the profile (WCAG 2.2, 2.1.4): then only Ctrl or Cmd keys work.
import { all, editable, make, visible } from "./dom.js";

const lettersOn = () => document.documentElement.dataset.letters !== "off";
const topDialog = () => all("dialog[open]").at(-1);

function press(el) {
  if (/^(input|textarea|select)$/i.test(el.tagName)) el.focus();
  else el.click();
}

// quick tells whether a key presses el although it is folded away.
const quick = (el) => !!el.closest("[data-quick]");

// keyed finds what key presses: something in sight, an opener that a narrow
// window moved into "More", or a choice that is folded away but for its key.
function keyed(key, root) {
  const row = document.activeElement?.closest("tr, li");
  const own = row && all(`[data-row-key="${CSS.escape(key)}"]`, row).find((el) => !el.disabled && visible(el));
  if (own) return own;
  const found = all(`[data-key="${CSS.escape(key)}"]`, root).filter((el) => !el.disabled);
  return found.find(visible) ?? found.find((el) => el.dataset.open && el.matches(".later")) ?? found.find(quick);
}

// startKeys wires the keyboard.
export function startKeys() {
  let wantsPlace = false;
  let timer = 0;
  const forget = () => { wantsPlace = false; document.documentElement.removeAttribute("data-going"); };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const mod = event.metaKey || event.ctrlKey;
    if (mod && event.key === "Enter") return submitAround(event);
    if (mod || event.altKey || editable(event.target)) return;
    if (!lettersOn()) return;

    if (wantsPlace) {
      clearTimeout(timer);
      forget();
      const link = all(`[data-go="${CSS.escape(event.key.toLowerCase())}"]`)[0];
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    const root = topDialog() ?? document;
    if (event.key === "g" && root === document) {
      event.preventDefault();
      wantsPlace = true;
      document.documentElement.setAttribute("data-going", "");
      timer = setTimeout(forget, 1500);
      return;
    }
    if (event.key === "?") { event.preventDefault(); showHelp(); return; }
    if (event.key === "j" || event.key === "k") return walk(event);
    if (event.key === "Enter" && event.target.closest("a,button,summary,label,[tabindex='0']")) return;
    const el = keyed(event.key.length === 1 ? event.key.toLowerCase() : event.key, root);
    if (el) { event.preventDefault(); press(el); }
  });
}

// submitAround sends the form that the cursor is in.
function submitAround(event) {
  const form = event.target.closest?.("form");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[type=submit]:not([formnovalidate])") ?? undefined);
}

// walk moves the focus through the rows of the list on the page.
function walk(event) {
  const rows = all("[data-row]").filter(visible);
  if (!rows.length) return;
  event.preventDefault();
  const now = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
  const next = event.key === "j" ? Math.min(now + 1, rows.length - 1) : Math.max(now - 1, 0);
  (rows[next].matches("a,button") ? rows[next] : rows[next].querySelector("a,button"))?.focus();
}

const label = (el) => (el.dataset.label ?? el.getAttribute("aria-label") ?? [...el.childNodes]
  .filter((n) => !(n instanceof Element && n.matches("kbd,svg,.count,.sr")))
  .map((n) => n.textContent).join(" ")).replace(/\s+/g, " ").trim();

// actions lists what the page offers: [{name, keys, el}].
export function actions() {
  const seen = new Set();
  const once = (el) => !el.dataset.open || (!seen.has(el.dataset.open) && !!seen.add(el.dataset.open));
  const here = all("[data-key]").filter((el) => (visible(el) || quick(el)) && !el.closest("dialog") && !el.disabled)
    .sort((a, b) => (b.dataset.key === "Enter") - (a.dataset.key === "Enter")).filter(once)
    .map((el) => ({ name: label(el), keys: [el.dataset.key], el, group: "On this page" }));
  const places = all("[data-go]").map((el) => ({ name: label(el), keys: ["g", el.dataset.go], el, group: "Go to" }));
  return [...here, ...places].filter((a) => a.name && !seen.has(a.name + a.keys) && seen.add(a.name + a.keys));
}

// showHelp fills and opens the sheet of keys.
function showHelp() {
  const dialog = document.getElementById("help");
  if (!dialog || dialog.open) return;
  const list = dialog.querySelector("[data-help]");
  list.replaceChildren();
  let group = "";
  for (const action of actions()) {
    if (action.group !== group) { group = action.group; list.append(make("h3", {}, group)); }
    const keys = make("span", { class: "keys" }, ...action.keys.map((k) => make("kbd", {}, k === "Enter" ? "↵" : k)));
    list.append(make("p", { class: "help-line" }, make("span", {}, action.name), keys));
  }
  dialog.showModal();
}
