// What arrives while the page is open. The stream GET /live sends unnamed
// messages of <hx-partial>s, which htmx swaps in (counts, lists), and named
// events: "arrival" with JSON {text, href}, which is shown and spoken. Parts of a page that
// reload themselves use hx-trigger="arrival from:body".
import { toast } from "./toasts.js";
import { all, make, say } from "./dom.js";

const seconds = 20; // that an arrival stays; the inbox keeps it

function arrived({ text, href }) {
  say(text);
  const region = document.getElementById("arrivals");
  if (!region) return;
  const link = make("a", { href: href && href.startsWith("/") ? href : "/inbox" }, text);
  region.replaceChildren(link);
  const leave = () => {
    if (!link.isConnected) return;
    if (link.matches(":hover, :focus")) setTimeout(leave, seconds * 1000);
    else link.remove();
  };
  setTimeout(leave, seconds * 1000);
}

// startLive listens to the events of the stream and to failures of requests.
export function startLive() {
  document.addEventListener("arrival", (event) => {
    try { arrived(JSON.parse(event.detail.data)); } catch { /* a malformed event is no reason to stop */ }
  });
  document.addEventListener("htmx:sse:error", () => document.documentElement.setAttribute("data-offline", ""));
  document.addEventListener("htmx:sse:after:connection", () => document.documentElement.removeAttribute("data-offline"));
  document.addEventListener("htmx:error", (event) => {
    if (event.detail?.ctx?.sourceElement?.id === "live") return;
    toast("The server did not answer. Nothing was lost; try again in a moment.");
  });
  document.addEventListener("htmx:after:swap", () => {
    all("[data-title-count]").forEach((el) => {
      const n = Number.parseInt(el.textContent, 10);
      document.title = (n ? `(${n}) ` : "") + document.title.replace(/^\(\d+\) /, "");
    });
  });
}
