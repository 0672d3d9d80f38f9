// Small helpers that the other files share.

export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// visible tells whether an element takes room on the page.
export const visible = (el) => !!el && el.getClientRects().length > 0;

// editable tells whether typing into el is text.
export const editable = (el) =>
  !!el && (el.isContentEditable || /^(textarea|select)$/i.test(el.tagName) ||
    (el.tagName === "INPUT" && !/^(button|submit|reset|checkbox|radio|range|color|file)$/.test(el.type)));

// on listens on the document for events of descendants that match selector.
export function on(type, selector, handler) {
  document.addEventListener(type, (event) => {
    const el = event.target instanceof Element && event.target.closest(selector);
    if (el) handler(event, el);
  });
}

// say has a screen reader speak text, politely.
export function say(text) {
  const region = document.getElementById("say");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}

// make builds an element with text and attributes; never from HTML.
export function make(tag, attributes = {}, ...children) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) el.setAttribute(name, "");
    else if (value !== false && value != null) el.setAttribute(name, value);
  }
  el.append(...children);
  return el;
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
