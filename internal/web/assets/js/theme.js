// Light and dark. The cookie "theme" is read by the server too, so that the
// page comes in the right colours; without it the system decides.
import { on } from "./dom.js";

const root = document.documentElement;

function set(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Path=/; SameSite=Lax${secure}; Max-Age=${theme ? 31536000 : 0}`;
}

const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

// startTheme wires the toggle and the three choices in the profile.
export function startTheme() {
  on("click", "[data-theme-toggle]", (event) => { event.preventDefault(); set(dark() ? "light" : "dark"); });
  on("change", "input[name=theme]", (_, input) => set(input.value));
}
