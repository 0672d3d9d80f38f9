// Files of a mail. A chosen file goes up at once and becomes a line with a hidden
// field; without this the button beside it does the same with a reload.
import { all, make, on, say } from "./dom.js";

async function send(input) {
  const box = input.closest("[data-files]");
  const note = box.querySelector("[data-files-note]"), list = box.querySelector("ul");
  const data = new FormData();
  for (const f of input.files) data.append("file", f);
  note.textContent = "Sending the files up …";
  try {
    const answer = await fetch(box.dataset.files, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const said = await answer.json();
    for (const f of said.files ?? []) {
      list.append(make("li", {}, make("span", {}, f.name), make("span", { class: "xs faint" }, f.size), make("input", { type: "hidden", name: "attach", value: f.id }),
        make("button", { type: "button", class: "btn small quiet", "data-detach": true, "aria-label": "Remove " + f.name }, "Remove")));
    }
    note.textContent = said.problem ?? "";
    say(said.problem || "Attached.");
    list.dispatchEvent(new Event("input", { bubbles: true }));
  } catch { note.textContent = "The files could not be sent up. Try again."; say(note.textContent); }
  input.value = "";
}

// startFiles wires what is on the page.
export function startFiles() {
  all("[data-files] [data-without]").forEach((el) => { el.hidden = true; });
  on("change", "[data-files] input[type=file]", (_, input) => { if (input.files.length) send(input); });
  on("click", "[data-detach]", (event, button) => {
    event.preventDefault();
    const form = button.form;
    button.closest("li").remove();
    form?.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const rich = document.querySelector("[data-rich]");
  if (rich) document.head.append(make("script", { src: rich.dataset.rich, async: true }));
}
