//go:build servers

package gallery

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"
)

// setClock runs before the scripts of a page: the clock and the timer of time.js
// are in the hands of the test, and beats are kept instead of sent.
const setClock = `
let clock = 1e12, pulse = () => {}, stopped = false, answer = 204; const beats = [];
Date.now = () => clock;
const begin = window.setInterval, end = window.clearInterval, send = window.fetch;
window.setInterval = (f, ms) => ms === 5000 ? (pulse = f, 987654) : begin(f, ms);
window.clearInterval = (id) => id === 987654 ? void (stopped = true, pulse = () => {}) : end(id);
window.fetch = (at, o) => at === "/ninety/time" ? (beats.push(String(o.body)), Promise.resolve({ ok: answer < 400, status: answer })) : send(at, o);
const pass = (seconds, tabs = 1) => { for (let i = 0; i < seconds; i += 5) { clock += 5000; for (let j = 0; j < tabs; j++) pulse(); } };
const touch = () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Shift", bubbles: true }));
const heard = () => beats.splice(0).join(" ");
`

// Time is counted while a page is visible and used, once for all tabs, and told
// every half a minute.
func TestTimeIsCounted(t *testing.T) {
	ctx, base := browser(t)
	must(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error { return onNewDocument(ctx, tab, setClock) }))
	open := func(name string) {
		t.Helper()
		must(t, ctx, chromedp.Navigate(base+"/gallery/"+name))
	}
	hears := func(code, want string) {
		t.Helper()
		if got := js[string](t, ctx, code+`; heard()`); got != want {
			t.Errorf("%s: the server hears %q, want %q", code, got, want)
		}
	}
	open("ninety")
	hears(`pass(300)`, "") // a page that does not say as what it counts
	open("ninety-seller")
	js[any](t, ctx, `localStorage.clear(), null`)
	hears(`pass(25)`, "")
	hears(`pass(5)`, "figures=30")
	hears(`pass(30)`, "figures=30")
	hears(`pass(3600)`, "") // nobody touches anything
	hears(`touch(); pass(30)`, "figures=30")
	hears(`touch(); pass(30, 3)`, "figures=30") // three tabs
	hears(`Object.defineProperty(document, "visibilityState", { configurable: true, value: "hidden" }); touch(); pass(60)`, "")
	hears(`delete document.visibilityState; touch(); pass(20)`, "")
	open("person-called") // the clock begins anew there, as one that was put back: what is kept goes on
	hears(`touch(); pass(10)`, "figures=20&call=10")
	hears(`document.getElementById("act-call").open = false; touch(); pass(30)`, "person=30")
	hears(`localStorage.setItem(localStorage.key(0), "{nonsense"); touch(); pass(30)`, "person=30")
	js[any](t, ctx, `answer = 409, touch(), pass(30), null`)
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](`stopped`)); err != nil {
		t.Errorf("it goes on after the server said that it is not counted: %v", err)
	}
	hears(`touch(); pass(60)`, "person=30")
}
