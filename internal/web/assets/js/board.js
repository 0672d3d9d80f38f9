// The board of deals: a card is dragged from one stage to another. Keys and the
// buttons of a card do the same without a mouse.
import { all } from "./dom.js";

// startBoard wires dragging, on the page and on what comes later.
export function startBoard() {
  let card = null;
  const over = (column) => {
    for (const c of all("[data-board] [data-stage]")) c.toggleAttribute("data-over", c === column);
  };
  document.addEventListener("dragstart", (event) => {
    card = event.target.closest?.("[data-deal]") ?? null;
    if (!card) return;
    card.setAttribute("data-dragging", "");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.deal);
  });
  document.addEventListener("dragend", () => {
    card?.removeAttribute("data-dragging");
    card = null;
    over(null);
  });
  document.addEventListener("dragover", (event) => {
    const column = card && event.target.closest?.("[data-stage]");
    if (column) event.preventDefault();
    over(column || null);
  });
  document.addEventListener("drop", (event) => {
    const column = card && event.target.closest?.("[data-stage]");
    if (!column || column.contains(card)) return;
    event.preventDefault();
    if (column.classList.contains("lost")) {
      location.assign(`/deals/${card.dataset.deal}#act-lose`);
      return;
    }
    const form = document.createElement("form");
    form.method = "post";
    form.action = `/deals/${card.dataset.deal}/stage`;
    for (const [name, value] of [["stage", column.dataset.stage], ["back", "/deals"]]) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  });
}
