// Where the focus is when nobody put it anywhere. After a command, and when Next
// serves the next person, it is on the heading: letters work from there, Tab
// goes to what is below, and a screen reader says whose page this is.

// land puts the focus on the heading of the page, unless it is somewhere already.
export function land() {
  const now = document.activeElement;
  if (now && now !== document.body && now.getClientRects().length) return;
  const el = document.querySelector("main h1") ?? document.getElementById("main");
  if (!el) return;
  el.tabIndex = -1;
  el.focus({ preventScroll: true });
}

// startFocus lands on pages that follow a command, and on those about the person served.
export function startFocus() {
  if (document.querySelector("#toasts .toast, main [data-person]")) land();
  document.addEventListener("htmx:after:swap", (event) => { if (event.target === document.body) land(); });
}
