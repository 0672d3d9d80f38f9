//go:build servers

package gallery

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"ninetyten/internal/httpx"
)

// browser starts Chromium once; CHROMIUM names another binary.
func browser(t *testing.T) (context.Context, string) {
	t.Helper()
	h, err := Handler()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(httpx.Chain(h, httpx.SecurityHeaders(nil)))
	t.Cleanup(server.Close)
	binary := os.Getenv("CHROMIUM")
	if binary == "" {
		binary = "/usr/bin/chromium"
	}
	ctx, cancel := context.WithTimeout(context.Background(), 12*time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(binary), chromedp.NoSandbox,
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true))...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	return ctx, server.URL
}

func must(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func js[T any](t *testing.T, ctx context.Context, code string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](code))
	if err != nil {
		t.Fatalf("%s: %v", code, err)
	}
	return v
}

// keepErrors is a script that a page runs before its own, to keep what fails and what moves.
const keepErrors = `window.moved = []; window.seen = (list) => moved.push(...list.filter((e) => !e.hadRecentInput).map((e) => ({By: e.value, Of: e.sources.map((s) => (s.node?.outerHTML ?? s.node?.textContent ?? "").slice(0, 120)).join(" | ")})));
window.shifts = new PerformanceObserver((l) => seen(l.getEntries())); shifts.observe({type: "layout-shift", buffered: true});
window.failed = []; addEventListener("error", (e) => failed.push(e.message)); addEventListener("securitypolicyviolation", (e) => failed.push(e.violatedDirective + " " + e.blockedURI));`

// No page writes an error, breaks the policy, is wider than a phone, moves
// under the hand of whoever reads it, or is closed to a screen reader.
func TestPagesInABrowser(t *testing.T) {
	ctx, base := browser(t)
	began := time.Now()
	defer func() { t.Logf("%d pages walked in %.0f s", len(Samples()), time.Since(began).Seconds()) }()
	must(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error { return onNewDocument(ctx, tab, keepErrors) }))
	for _, width := range []int64{1440, 768, 390, 320} {
		must(t, ctx, chromedp.EmulateViewport(width, 800))
		for _, s := range Samples() {
			where := fmt.Sprintf("%s at %d", s.Name, width)
			must(t, ctx, chromedp.Navigate(base+"/gallery/"+s.Name))
			still(t, ctx, where)
			if failed := js[string](t, ctx, `failed.join("; ")`); failed != "" {
				t.Errorf("%s at %d: %s", s.Name, width, failed)
			}
			if wide := js[float64](t, ctx, `document.documentElement.scrollWidth`); int64(wide) > width {
				t.Errorf("%s is %.0f pixels wide in a window of %d", s.Name, wide, width)
			}
			accessible(t, ctx, s, where, width)
		}
	}
}

// The keys of interface.md do what they say.
func TestKeys(t *testing.T) {
	ctx, base := browser(t)
	open := func(name string) {
		t.Helper()
		must(t, ctx, chromedp.Navigate(base+"/gallery/"+name))
	}
	press := func(keys ...string) {
		t.Helper()
		for _, k := range keys {
			js[any](t, ctx, fmt.Sprintf(`(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", {key: %q, bubbles: true, cancelable: true})), null`, k))
		}
	}
	is := func(code string) {
		t.Helper()
		if !js[bool](t, ctx, code) {
			t.Errorf("not so: %s", code)
		}
	}
	open("next")
	for letter, panel := range map[string]string{"c": "act-call", "e": "act-write", "b": "act-book", "n": "act-note", "s": "act-snooze", "w": "act-wait", "x": "act-not-now", "v": "act-verdict"} {
		press(letter)
		is(fmt.Sprintf(`document.getElementById(%q).open`, panel))
		press("Escape")
		is(fmt.Sprintf(`!document.getElementById(%q).open`, panel))
		js[any](t, ctx, `document.activeElement.blur(), null`)
	}
	press("Enter")
	is(`document.getElementById("act-call").open`)
	press("Escape")
	js[any](t, ctx, `document.activeElement.blur(), null`)

	press("e") // the focus is in the text now: letters are text
	is(`document.activeElement.name === "body" || document.activeElement.id === "write-body-editor"`)
	press("c")
	is(`!document.getElementById("act-call").open`)

	// One key opens the choices, one more makes one; where the program asks, one is enough.
	for name, keys := range map[string][]string{"next": {"v", "3"}, "next-unclear": {"3"}} {
		open(name)
		js[any](t, ctx, `document.addEventListener("submit", (e) => { e.preventDefault(); window.sent = e.submitter.value; }), null`)
		press(keys...)
		is(`window.sent === "reply/not_now"`)
	}
	open("lessons")
	js[any](t, ctx, `document.addEventListener("submit", (e) => { e.preventDefault(); window.sent = e.target.getAttribute("action"); }), null`)
	press("t")
	is(`window.sent === undefined`) // no row has the focus
	press("j", "t")
	is(`window.sent === "/settings/lessons/501/back"`)
	press("j", "t")
	is(`window.sent === "/settings/lessons/502/again"`)

	open("next")
	press("?")
	is(`document.getElementById("help").open && document.getElementById("help").innerText.includes("Wait")`)
	open("next")
	js[any](t, ctx, `document.dispatchEvent(new KeyboardEvent("keydown", {key: "k", ctrlKey: true, bubbles: true})), null`)
	is(`document.getElementById("palette").open && document.querySelectorAll("#palette [role=option]").length > 5`)
	js[any](t, ctx, `document.querySelector("#palette input").value = "inb", document.querySelector("#palette input").dispatchEvent(new Event("input", {bubbles: true})), null`)
	is(`document.querySelector("#palette [aria-selected=true]").innerText.includes("Inbox")`)

	open("inbox")
	press("j", "j")
	is(`document.activeElement.getAttribute("href") === "/inbox/42"`)
	press("k")
	is(`document.activeElement.getAttribute("href") === "/inbox/41"`)

	open("next")
	js[any](t, ctx, `document.documentElement.dataset.letters = "off", null`)
	press("c")
	is(`!document.getElementById("act-call").open`)
}

// Choosing people shows what can be done with them; the kind of a step shows its fields.
func TestForms(t *testing.T) {
	ctx, base := browser(t)
	must(t, ctx, chromedp.Navigate(base+"/gallery/people"))
	for _, step := range [][2]string{
		{`null`, `document.querySelector("[data-needs-choice]").hidden`},
		{`document.querySelectorAll("[data-pick]")[1].click()`, `document.querySelector("[data-chosen]").innerText === "1 person chosen" && document.querySelector("[data-pick-all]").indeterminate`},
		{`document.querySelector("[data-pick-all]").click()`, `document.querySelector("[data-chosen]").innerText === "5 people chosen"`},
	} {
		js[any](t, ctx, step[0]+", null")
		if !js[bool](t, ctx, step[1]) {
			t.Errorf("after %s not so: %s", step[0], step[1])
		}
	}
	must(t, ctx, chromedp.Navigate(base+"/gallery/builder-step"))
	js[any](t, ctx, `document.querySelector("[data-insert='{{ city }}']").click(), null`)
	if !strings.Contains(js[string](t, ctx, `document.querySelector("textarea[name=body]").value`), "{{ city }}") {
		t.Error("a field was not inserted")
	}
	js[any](t, ctx, `document.querySelector("[name=kind][value=call]").click(), null`)
	if !js[bool](t, ctx, `document.querySelector("[name=subject]").disabled && !document.querySelector("[name=note]").disabled`) {
		t.Error("a call still asks for a subject")
	}
	must(t, ctx, chromedp.Navigate(base+"/gallery/mailbox"))
	js[any](t, ctx, `(s => { s.value = "Fastmail"; s.dispatchEvent(new Event("change", {bubbles: true})) })(document.querySelector("[data-provider]")), null`)
	if got := js[string](t, ctx, `document.querySelector("[name=imap_host]").value`); got != "imap.fastmail.com" {
		t.Errorf("choosing a provider filled in %q", got)
	}
}

// Light and dark follow the system, and the toggle overrules it.
func TestTheme(t *testing.T) {
	ctx, base := browser(t)
	must(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}})
		return err
	}), chromedp.Navigate(base+"/gallery/next"))
	paper := func() string { return js[string](t, ctx, `getComputedStyle(document.body).backgroundColor`) }
	dark := paper()
	js[any](t, ctx, `document.querySelector("[data-theme-toggle]").click(), null`)
	if light := paper(); dark != "rgb(20, 20, 22)" || light != "rgb(252, 252, 250)" {
		t.Errorf("dark is %s, light is %s", dark, light)
	}
	if !strings.Contains(js[string](t, ctx, `document.cookie`), "theme=light") {
		t.Error("the choice is not kept")
	}
}

// What the stream brings shows without a reload, and a failed request says so.
func TestLive(t *testing.T) {
	ctx, base := browser(t)
	must(t, ctx, chromedp.Navigate(base+"/gallery/next-live"))
	for _, wanted := range []string{
		`document.getElementById("count-inbox").innerText.trim() === "5"`,
		`document.querySelector("#arrivals a[href='/inbox/42']")?.innerText.includes("Jonas Lindqvist answered")`,
		`document.getElementById("say").innerText.includes("Jonas")`,
		`document.querySelectorAll("#queue li").length === 1`,
	} {
		if _, err := chromedp.Run(ctx, chromedp.Poll[bool]("!!("+wanted+")")); err != nil {
			t.Errorf("never so: %s (%v)", wanted, err)
		}
	}
	js[any](t, ctx, `htmx.ajax("POST", "/fail", {source: document.getElementById("queue")}), null`)
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](`!!document.querySelector("#toasts .toast.bad") && document.querySelectorAll("#queue li").length === 1`)); err != nil {
		t.Errorf("a failure was not told: %v", err)
	}
}
