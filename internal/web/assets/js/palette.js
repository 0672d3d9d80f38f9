// The command palette: everything by name. Actions and places come from the
// page; people, accounts and sequences from the server (GET /go, a list of links).
import { all, make, on } from "./dom.js";
import { actions } from "./keys.js";

// score ranks a name for a query: 0 is no match, more is better.
function score(name, query) {
  const n = name.toLowerCase();
  if (!query) return 1;
  if (n.startsWith(query)) return 4;
  if (n.includes(" " + query)) return 3;
  if (n.includes(query)) return 2;
  let at = -1;
  for (const c of query) { at = n.indexOf(c, at + 1); if (at < 0) return 0; }
  return 1;
}

// startPalette wires the dialog with the id "palette".
export function startPalette() {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const input = dialog.querySelector("input");
  const own = dialog.querySelector("[data-own]");
  const found = dialog.querySelector("[data-found]");
  let known = [];
  let at = 0;

  const options = () => all("[role=option]", dialog);

  function mark(i) {
    const list = options();
    at = list.length ? (i + list.length) % list.length : 0;
    list.forEach((el, n) => el.setAttribute("aria-selected", String(n === at)));
    const el = list[at];
    if (el) { input.setAttribute("aria-activedescendant", el.id); el.scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  }

  function fill() {
    const query = input.value.trim().toLowerCase();
    const hits = known.map((a) => ({ a, s: score(a.name, query) })).filter((x) => x.s > 0)
      .sort((x, y) => y.s - x.s).slice(0, query ? 6 : 24);
    own.replaceChildren(...hits.map(({ a }, n) => {
      const li = make("li", { role: "option", id: "own-" + n }, make("span", {}, a.name),
        make("span", { class: "keys" }, ...a.keys.map((k) => make("kbd", {}, k === "Enter" ? "↵" : k))));
      li.addEventListener("click", () => { dialog.close(); a.el.click(); });
      return li;
    }));
    if (!query) found.replaceChildren();
    mark(0);
  }

  function open() {
    if (dialog.open) return;
    known = actions();
    input.value = "";
    fill();
    dialog.showModal();
    input.focus();
  }

  on("click", "[data-palette]", (event) => { event.preventDefault(); open(); });
  document.addEventListener("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") { event.preventDefault(); open(); }
  });
  input.addEventListener("input", fill);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); mark(at - 1); }
    if (event.key === "Enter") {
      event.preventDefault();
      const el = options()[at];
      (el?.querySelector("a") ?? el)?.click();
    }
  });
  document.addEventListener("htmx:after:swap", (event) => { if (dialog.contains(event.target)) mark(at); });
  if (!/mac|iphone|ipad/i.test(navigator.platform)) all("[data-mod]").forEach((el) => { el.textContent = "Ctrl K"; });
}
