// The editor of mails: Squire over the text area of a [data-rich] field, which keeps
// the plain text. It is a bundle of its own, asked for where such a field stands.
// What is pasted is reduced to what a mail may have; the server does so again.
import Squire from "../../vendor/squire/squire.js";
import { all, make } from "./dom.js";

const kept = { B: "B", STRONG: "B", I: "I", EM: "I", U: "U", A: "A", UL: "UL", OL: "OL", LI: "LI", BLOCKQUOTE: "BLOCKQUOTE", P: "P", DIV: "P", BR: "BR", H1: "P", H2: "P", H3: "P", H4: "P", H5: "P", H6: "P", PRE: "P", TR: "P" };
const dropped = new Set(["SCRIPT", "STYLE", "HEAD", "TITLE", "IFRAME", "OBJECT", "EMBED", "SVG", "MATH", "NOSCRIPT", "TEMPLATE", "TEXTAREA", "SELECT", "FORM", "META", "LINK"]);
const leads = /^(https?:\/\/|mailto:|tel:)[^\s]+$/i;

// copy gives the children of a node that may stand in a mail; never more.
function copy(from, to, depth) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) { to.append(node.data.replace(/[\n\t]+/g, " ")); continue; }
    if (node.nodeType !== Node.ELEMENT_NODE || dropped.has(node.tagName.toUpperCase())) continue;
    const tag = depth < 12 ? kept[node.tagName] : null;
    const href = tag === "A" ? node.getAttribute("href")?.trim() ?? "" : "";
    if (!tag || (tag === "A" && !leads.test(href))) { copy(node, to, depth); continue; }
    const el = document.createElement(tag);
    if (href) el.setAttribute("href", href);
    copy(node, el, depth + 1);
    to.append(el);
  }
}

// quiet takes out what the policy of the page would complain about as it is read.
const quiet = (html) => html.replace(/<style[\s\S]*?(<\/style\s*>|$)/gi, "")
  .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/[\s/"'](on\w+|style)\s*=\s*("[^"]*"|'[^']*'|[^\s>]*)/gi, " "));

function clean(html) {
  const out = document.createDocumentFragment();
  copy(new DOMParser().parseFromString(quiet(html), "text/html").body, out, 0);
  return out;
}

// asHTML makes paragraphs of plain text.
function asHTML(text) {
  const box = document.createElement("div");
  for (const part of text.replace(/\r\n/g, "\n").replace(/^\n+/, (s) => s.slice(1)).split(/\n\n/)) {
    const p = document.createElement("p");
    part.split("\n").forEach((line, i) => { if (i) p.append(document.createElement("br")); p.append(line); });
    if (!p.textContent) p.append(document.createElement("br"));
    box.append(p);
  }
  return box.innerHTML;
}

function markGaps(root) {
  if (!globalThis.CSS?.highlights) return;
  const ranges = [];
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    for (const m of walk.currentNode.data.matchAll(/\{\{[^{}]*(\}\})?/g)) {
      const r = new Range();
      r.setStart(walk.currentNode, m.index);
      r.setEnd(walk.currentNode, m.index + m[0].length);
      ranges.push(r);
    }
  }
  CSS.highlights.set("gap", new Highlight(...ranges));
}

function edit(field) {
  field.removeAttribute("data-rich");
  const area = field.querySelector("textarea"), hidden = field.querySelector("input[name=html]"), bar = field.querySelector("[role=toolbar]");
  const label = field.querySelector("label");
  label.id = area.id + "-label";
  const root = make("div", { class: "editor", id: area.id + "-editor", role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id, dir: "auto" });
  if (area.hasAttribute("aria-describedby")) root.setAttribute("aria-describedby", area.getAttribute("aria-describedby"));
  if (area.hasAttribute("data-focus")) { area.removeAttribute("data-focus"); root.setAttribute("data-focus", ""); }
  if (area.offsetHeight) root.style.minHeight = area.offsetHeight + "px"; // no lower than what it takes the place of
  area.after(root);
  area.hidden = true;
  area.required = false;
  label.addEventListener("click", () => root.focus());
  bar.hidden = false;
  const squire = new Squire(root, { blockTag: "P", sanitizeToDOMFragment: clean, addLinks: true });
  squire.setHTML(hidden.value || asHTML(area.value));
  hidden.disabled = !hidden.value; // what nobody changed goes as it was
  markGaps(root);

  squire.addEventListener("input", () => {
    hidden.disabled = false;
    hidden.value = squire.getHTML();
    area.value = root.innerText.replace(/[\u200b\ufeff]/g, "").replace(/\n{3,}/g, "\n\n").trim();
    markGaps(root);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  wireBar(squire, bar);
  const put = (text) => { squire.insertHTML(/\n/.test(text.trim()) ? asHTML(text.trim()) : escape(text.trim())); squire.focus(); };
  area.form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    put(button.dataset.insert);
  });
  wireSlash(squire, root, area.form, put);
}

function escape(text) {
  const box = document.createElement("div");
  box.textContent = text;
  return box.innerHTML;
}

// wireBar makes the buttons work and shows what holds where the cursor is.
function wireBar(squire, bar) {
  const does = {
    bold: ["B", () => squire.bold(), () => squire.removeBold()], italic: ["I", () => squire.italic(), () => squire.removeItalic()],
    list: ["UL", () => squire.makeUnorderedList(), () => squire.removeList()], numbers: ["OL", () => squire.makeOrderedList(), () => squire.removeList()],
    quote: ["BLOCKQUOTE", () => squire.increaseQuoteLevel(), () => squire.decreaseQuoteLevel()], link: ["A", () => askLink(squire, bar), () => squire.removeLink()],
  };
  const show = () => all("[data-do]", bar).forEach((b) => b.setAttribute("aria-pressed", squire.hasFormat(does[b.dataset.do][0]) ? "true" : "false"));
  all("[data-do]", bar).forEach((b) => {
    b.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    b.addEventListener("click", () => { const [tag, on, off] = does[b.dataset.do]; (squire.hasFormat(tag) ? off : on)(); show(); if (b.dataset.do !== "link") squire.focus(); });
  });
  squire.addEventListener("pathChange", show);
  const line = bar.querySelector("[data-link]"), input = line.querySelector("input");
  const set = () => {
    let to = input.value.trim();
    if (to && !leads.test(to)) to = (/^[^\s/]+@[^\s/]+$/.test(to) ? "mailto:" : "https://") + to;
    line.hidden = true;
    if (leads.test(to)) squire.makeLink(to);
    squire.focus();
  };
  line.querySelector("button").addEventListener("click", set);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); event.stopPropagation(); set(); }
    if (event.key === "Escape") { event.stopPropagation(); line.hidden = true; squire.focus(); }
  });
}

function askLink(_, bar) {
  const line = bar.querySelector("[data-link]");
  line.hidden = false;
  const input = line.querySelector("input");
  input.value = "";
  input.focus();
}

// wireSlash offers what can be put in when a word begins with a slash.
function wireSlash(squire, root, form, put) {
  let list = null, found = [], at = 0, from = null;
  const close = () => { list?.remove(); list = null; root.removeAttribute("aria-activedescendant"); };
  const mark = () => {
    [...list.children].forEach((el, i) => el.setAttribute("aria-selected", i === at ? "true" : "false"));
    root.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const choose = (i) => {
    const range = new Range();
    range.setStart(from.node, from.start);
    range.setEnd(from.node, Math.min(from.end, from.node.length));
    squire.setSelection(range);
    const text = found[i].dataset.insert;
    close();
    put(text);
  };
  const look = () => {
    const sel = getSelection();
    const node = sel.anchorNode;
    const m = sel.isCollapsed && node?.nodeType === Node.TEXT_NODE && root.contains(node) && /(^|\s)\/([\p{L}\p{N}_-]{0,30})$/u.exec(node.data.slice(0, sel.anchorOffset).replace(/\u200b/g, ""));
    if (!m) return close();
    const word = m[2].toLowerCase();
    found = all("[data-insert]", form).filter((b) => (b.dataset.name + " " + b.textContent).toLowerCase().includes(word)).slice(0, 8);
    if (!found.length) return close();
    from = { node, start: sel.anchorOffset - m[2].length - 1, end: sel.anchorOffset };
    list?.remove();
    list = make("div", { class: "slash", role: "listbox", "aria-label": "Put in" }, ...found.map((b, i) => {
      const el = make("div", { role: "option", id: root.id + "-put-" + i }, b.textContent.trim());
      el.addEventListener("mousedown", (event) => { event.preventDefault(); choose(i); });
      return el;
    }));
    root.after(list);
    at = 0;
    mark();
  };
  root.parentElement.addEventListener("keydown", (event) => {
    if (!list || event.target !== root) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { at = (at + step + found.length) % found.length; mark(); }
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") choose(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  root.addEventListener("keyup", (event) => { if (!/^(Arrow|Enter|Escape|Tab|Shift|Control)/.test(event.key)) look(); });
  root.addEventListener("blur", close);
}

const start = () => all("[data-rich]").forEach(edit);
start();
document.addEventListener("htmx:after:swap", start);
