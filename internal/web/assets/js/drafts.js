// Drafts. A form with data-draft="/people/1/draft" is kept on the server as it is
// typed in, and survives a closed browser. When another window has saved another
// text meanwhile, this one says so and stops: nothing is written over.
import { all, say } from "./dom.js";

const pause = 700; // milliseconds without a key

function keep(form) {
  const note = form.querySelector("[data-draft-note]");
  let timer = 0, sent = 0, busy = false, changed = false, stopped = false;
  const tell = (text, speak) => { if (note) note.textContent = text; if (speak) say(text); };
  const fields = () => {
    const data = new URLSearchParams();
    for (const name of ["thread", "rev", "subject", "body", "html", "to", "cc"]) {
      const field = form.elements[name];
      if (field && !(name === "html" && field.disabled)) data.set(name, field.value);
    }
    for (const field of all("input[name=attach]", form)) data.append("attach", field.value);
    return data;
  };

  async function save() {
    if (stopped || !changed) return;
    if (busy) { timer = setTimeout(save, pause); return; }
    busy = true;
    changed = false;
    sent = new AbortController();
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: fields(), headers: { Accept: "application/json" }, signal: sent.signal });
      if (answer.ok) {
        form.elements.rev.value = (await answer.json()).rev;
        tell("Kept as a draft.");
      } else if (answer.status === 409) {
        stopped = true;
        tell("Another window has saved another text of this mail. Copy yours, and reload the page.", true);
      } else tell("The draft could not be kept. It is only in this window.", true);
    } catch {
      if (!stopped) { changed = true; tell("The draft could not be kept: no answer from the server. It is only in this window."); }
    }
    busy = false;
  }

  form.addEventListener("input", () => { changed = true; clearTimeout(timer); timer = setTimeout(save, pause); });
  form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); if (sent) sent.abort(); });
  addEventListener("pagehide", () => { if (changed && !stopped && !busy) { changed = false; navigator.sendBeacon(form.dataset.draft, fields()); } });
}

// startDrafts keeps the mails that are written on the page.
export function startDrafts() { all("form[data-draft]").forEach(keep); }
