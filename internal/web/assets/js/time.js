// Time on pages. While a page is visible and used, seconds are added up by its
// kind, in steps of five, over all tabs of the browser: each moment counts once. A
// minute without a key, a pointer or a touch ends it. Every half a minute of use the
// server is told the sums, and nothing else: no address, no moment, no click.
const step = 5e3, idle = 60e3, beat = 30e3;

const keep = (at, state) => localStorage.setItem(at, JSON.stringify(state));

// load reads what the tabs of this browser have counted; what is malformed begins anew.
function load(at) {
  try {
    const s = JSON.parse(localStorage.getItem(at));
    if (s && Number.isFinite(s.until) && Number.isFinite(s.beat) && typeof s.used === "object" && s.used) return s;
  } catch { /* begins anew */ }
  return { until: 0, beat: 0, used: {} };
}

// kindNow is what is done on the page: a call and a mail are kinds of their own.
function kindNow(page) {
  if (document.querySelector("#act-call[open]")) return "call";
  if (document.activeElement?.closest?.("form[data-draft]")) return "write";
  return page;
}

// startTime counts where the page says that it is counted.
export function startTime() {
  const { counts, user } = document.documentElement.dataset;
  if (!counts) return;
  const at = "time:" + user;
  let input = Date.now();
  for (const type of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart", "scroll"])
    addEventListener(type, () => { input = Date.now(); }, { passive: true, capture: true });

  const timer = setInterval(() => {
    const now = Date.now();
    if (document.visibilityState !== "visible" || now - input > idle) return;
    try {
      const s = load(at);
      if (s.until > now || s.beat > now) s.until = s.beat = 0; // the clock was put back
      const kind = kindNow(counts);
      s.used[kind] = (s.used[kind] || 0) + Math.min(step, now - s.until) / 1000;
      s.until = now;
      const total = Object.values(s.used).reduce((a, b) => a + b, 0);
      if (total < beat / 1000 || now - s.beat < beat) { keep(at, s); return; }
      const said = new URLSearchParams(Object.entries(s.used).map(([k, v]) => [k, String(Math.round(v))]));
      keep(at, { until: now, beat: now, used: {} });
      fetch("/ninety/time", { method: "POST", body: said, keepalive: true })
        .then((answer) => { if (!answer.ok && answer.status < 500) clearInterval(timer); })
        .catch(() => { /* no server: these seconds are lost */ });
    } catch { clearInterval(timer); } // nothing may be kept here
  }, step);
}
