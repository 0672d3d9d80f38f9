// Verdicts by one key in a list. A press of a choice says it of the row that has
// the focus, or had it last; the page comes back with the focus where it was.
import { all } from "./dom.js";
import { toast } from "./toasts.js";

const place = "row-with-focus";
const rows = () => all("[data-message]");
let last = null;

function keep(row) {
  sessionStorage.setItem(place, JSON.stringify({ id: row.id, at: rows().indexOf(row), page: location.pathname + location.search }));
}

// resume puts the focus back on the row, or on the one that came in its place.
function resume() {
  const kept = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  try {
    const { id, at, page } = JSON.parse(kept ?? "{}");
    if (page !== location.pathname + location.search) return;
    const row = document.getElementById(id) ?? rows()[Math.min(at, rows().length - 1)];
    row?.querySelector("a")?.focus();
  } catch { /* what was kept is no place */ }
}

// startVerdicts wires the choices of the page.
export function startVerdicts() {
  all("details[data-quick][hidden]").forEach((el) => { el.hidden = false; });
  document.addEventListener("focusin", (event) => { last = event.target.closest?.("[data-message]") ?? last; });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-row-verdicts]");
    if (!form) return;
    if (!last?.isConnected) {
      event.preventDefault();
      toast("Choose a thread first: j and k go through the list.");
      return;
    }
    form.action = `/messages/${last.dataset.message}/verdict`;
    form.elements.back.value = location.pathname + location.search;
    keep(last);
  });
  resume();
}
