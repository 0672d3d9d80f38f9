// Forms. Each works without this; here are the conveniences: insert a merge
// field, choose all rows, fill in a provider's servers, show only the fields of a kind,
// keep a text that was not sent, guess the time zone.
import { all, on } from "./dom.js";

function insert(field, text) {
  const from = field.selectionStart ?? field.value.length;
  field.setRangeText(text, from, field.selectionEnd ?? from, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

function countChosen(form) {
  const boxes = all("input[type=checkbox][data-pick]", form);
  const n = boxes.filter((b) => b.checked).length;
  all("[data-chosen]", form).forEach((el) => { el.textContent = n === 1 ? "1 person chosen" : `${n} people chosen`; });
  all("[data-needs-choice]", form).forEach((el) => { el.hidden = n === 0; });
  all("[data-pick-all]", form).forEach((el) => { el.checked = n > 0 && n === boxes.length; el.indeterminate = n > 0 && n < boxes.length; });
}

// showKind leaves only the parts of the form that belong to the kind chosen.
function showKind(form, kind) {
  all("[data-for]", form).forEach((el) => {
    const wanted = el.dataset.for.split(" ").includes(kind);
    el.hidden = !wanted;
    all("input,textarea,select", el).forEach((f) => { f.disabled = !wanted; });
  });
}

function keepDraft(field) {
  const key = "draft:" + field.dataset.keep;
  const kept = sessionStorage.getItem(key);
  if (kept && kept !== field.value) field.value = kept;
  field.addEventListener("input", () => sessionStorage.setItem(key, field.value));
  field.form?.addEventListener("submit", () => sessionStorage.removeItem(key));
}

// startForms wires what is on the page and what comes later by delegation.
export function startForms() {
  on("click", "[data-insert]", (event, button) => {
    event.preventDefault();
    const form = button.closest("form");
    const field = form?.querySelector("[data-last]") ?? form?.querySelector("textarea");
    if (field) insert(field, button.dataset.insert);
  });
  on("focusin", "input[type=text], textarea", (_, field) => {
    all("[data-last]", field.form ?? document).forEach((el) => el.removeAttribute("data-last"));
    if (field.hasAttribute("data-merge")) field.setAttribute("data-last", "");
  });
  on("change", "[data-pick-all]", (_, box) => {
    all("input[type=checkbox][data-pick]", box.form).forEach((b) => { b.checked = box.checked; });
    countChosen(box.form);
  });
  on("change", "[data-pick]", (_, box) => countChosen(box.form));
  all("form[data-picks]").forEach(countChosen);
  on("change", "[data-kind]", (_, input) => showKind(input.form, input.value));
  all("[data-kind]").forEach((el) => { if (el.tagName === "SELECT" || el.checked) showKind(el.form, el.value); });
  on("change", "[data-provider]", (_, select) => {
    const chosen = select.selectedOptions[0];
    for (const [name, value] of Object.entries(chosen?.dataset ?? {})) {
      const field = select.form.elements[name.replace(/[A-Z]/g, (c) => "_" + c.toLowerCase())];
      if (field && value) field.value = value;
    }
    const help = select.form.querySelector("[data-provider-help]");
    if (help) help.textContent = chosen?.dataset.help ?? "";
  });
  on("change", "[data-submit]", (_, field) => field.form.requestSubmit());
  on("click", "[data-copy]", async (event, button) => {
    event.preventDefault();
    const field = document.getElementById(button.dataset.copy);
    field?.select?.();
    try { await navigator.clipboard.writeText(field.value); button.textContent = "Copied"; } catch { /* it stays selected for the keyboard */ }
  });
  // A number that is pressed keeps its person for the one who dials.
  on("click", "a[href^='tel:'], [data-dials]", () => {
    const id = document.querySelector("[data-person]")?.dataset.person;
    if (id) navigator.sendBeacon("/next/dialed", new URLSearchParams({ person: id }));
  });
  all("textarea[data-keep]").forEach(keepDraft);
  all("input[name=zone]").forEach((el) => { el.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? ""; });
}
