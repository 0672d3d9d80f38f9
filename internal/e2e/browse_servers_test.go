//go:build servers

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"ninetyten/internal/testserver"
)

// tab is a page of the browser at the site.
type tab struct {
	*testserver.Page
	t *testing.T
	s *site
}

func (s *site) tab(p *testserver.Page) *tab { return &tab{p, s.t, s} }

// visit opens a path of the site.
func (b *tab) visit(path string) {
	b.t.Helper()
	b.Open(b.s.url + path)
}

// path is where the tab is now.
func (b *tab) path() string {
	b.t.Helper()
	return testserver.Get(b.Page, chromedp.Evaluate[string]("location.pathname"))
}

// text is what a person reads of the elements that match.
func (b *tab) text(selector string) string {
	b.t.Helper()
	return testserver.Get(b.Page, chromedp.Evaluate[string](fmt.Sprintf(`[...document.querySelectorAll(%q)].map((e) => e.innerText).join("\n")`, selector)))
}

// js runs code that gives a value.
func js[T any](b *tab, code string) T {
	b.t.Helper()
	return testserver.Get(b.Page, chromedp.Evaluate[T](code))
}

// comes waits until an expression is true, on this page or on one that it leads
// to by itself.
func (b *tab) comes(expression string) {
	b.t.Helper()
	b.Do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			// Between two pages there is nothing to ask.
			if yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")")); err == nil && yes {
				return nil
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return fmt.Errorf("the page never came to this: %s", expression)
			}
		}
	}))
}

// sees waits until the page says all of these.
func (b *tab) sees(selector string, words ...string) {
	b.t.Helper()
	for _, w := range words {
		b.comes(fmt.Sprintf(`[...document.querySelectorAll(%q)].some((e) => e.innerText.includes(%q))`, selector, w))
	}
}

// lacks wants the page not to say any of these.
func (b *tab) lacks(selector string, words ...string) {
	b.t.Helper()
	text := b.text(selector)
	for _, w := range words {
		if strings.Contains(text, w) {
			b.t.Errorf("%s says %q: %.400s", selector, w, text)
		}
	}
}

// quoted writes a string as JavaScript does.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string is always written
	}
	return string(b)
}

// fill types into the fields of the page by their names: name, value, .... A box
// is ticked by "on" and unticked by "".
func (b *tab) fill(fields ...string) {
	b.t.Helper()
	for i := 0; i+1 < len(fields); i += 2 {
		code := fmt.Sprintf(`((name, value) => {
			const all = [...document.querySelectorAll("main [name]")].filter((e) => e.name === name && e.type !== "hidden" && !e.disabled);
			const el = all[0]?.type === "radio" ? all.find((e) => e.value === value) : all[0];
			if (!el) return false;
			if (el.type === "radio") el.checked = true;
			else if (el.type === "checkbox") el.checked = value !== "";
			else el.value = value;
			if (!["radio", "checkbox"].includes(el.type) && el.value !== value) return false;
			el.dispatchEvent(new Event("input", {bubbles: true}));
			el.dispatchEvent(new Event("change", {bubbles: true}));
			return true;
		})(%s, %s)`, quoted(fields[i]), quoted(fields[i+1]))
		if !js[bool](b, code) {
			b.t.Fatalf("the page %s has no field %s that takes %q:\n%s", b.path(), fields[i], fields[i+1], b.text("main"))
		}
	}
}

// button finds what a person would press by the words on it.
func button(words string) chromedp.JSPath {
	return chromedp.JSPath(fmt.Sprintf(`[...document.querySelectorAll("button, a.btn, a.place, main a, summary")].find((e) =>
		e.checkVisibility() && (e.getAttribute("aria-label") ?? e.innerText).replace(/\s+/g, " ").trim().startsWith(%s))`, quoted(words)))
}

// press presses a button that stays on the page.
func (b *tab) press(words string) {
	b.t.Helper()
	b.Do(chromedp.Click(button(words)))
}

// follow presses a button and waits until the next page has loaded; it gives the
// status of that page.
func (b *tab) follow(words string) int {
	b.t.Helper()
	return b.leads(chromedp.Click(button(words)))
}

// leads does a step that leads to another page.
func (b *tab) leads(step chromedp.Action[chromedp.Void]) int {
	b.t.Helper()
	status := 0
	b.Do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		r, err := chromedp.RunResponse(ctx, step)
		if err == nil && r != nil {
			status = int(r.Status)
		}
		return err
	}))
	return status
}

// key presses one key, as on the keyboard.
func key(name string) chromedp.Action[chromedp.Void] { return chromedp.KeyEvent(name) }

// ctrlEnter sends the form that the cursor is in.
func ctrlEnter() chromedp.Action[chromedp.Void] {
	return chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl))
}

// selectAll marks all of the text that the cursor is in.
func selectAll() chromedp.Action[chromedp.Void] {
	return chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl))
}

// bold presses the key for bold.
func bold() chromedp.Action[chromedp.Void] {
	return chromedp.KeyEvent("b", chromedp.KeyModifiers(chromedp.ModifierCtrl))
}

// paste puts HTML from elsewhere where the cursor is.
func (b *tab) paste(html string) {
	b.t.Helper()
	js[any](b, fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		data.setData("text/html", %s);
		data.setData("text/plain", "as plain text");
		document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
		return null;
	})()`, quoted(html)))
}
