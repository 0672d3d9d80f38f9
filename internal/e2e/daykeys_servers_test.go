//go:build servers

package e2e

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// noMouse makes a page complain about any event of a pointer.
func noMouse(ctx context.Context, tab *chromedp.Target) error {
	const watch = `for (const type of ["pointerdown", "mousedown", "mousemove", "touchstart"]) addEventListener(type, () => console.error("a " + type), true);`
	_, err := cdp.Call(ctx, tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watch})
	return err
}

// press presses keys that stay on the page.
func (d *day) press(keys ...string) {
	d.t.Helper()
	for _, k := range keys {
		d.keys++
		d.b.Do(key(k))
	}
}

// goes presses one key that leads to another page.
func (d *day) goes(step chromedp.Action[chromedp.Void]) {
	d.t.Helper()
	d.keys++
	if status := d.b.leads(step); status >= 400 {
		d.t.Errorf("the answer is %d: %s", status, d.b.text("main"))
	}
}

// send sends the form that the cursor is in: one keystroke.
func (d *day) send() { d.t.Helper(); d.goes(ctrlEnter()) }

// types writes text where the cursor is.
func (d *day) types(text string) {
	d.t.Helper()
	d.keys += len(text)
	d.b.Do(chromedp.KeyEvent(text))
}

// tabTo presses Tab until the focus is on what matches.
func (d *day) tabTo(selector string) {
	d.t.Helper()
	for range 80 {
		if js[bool](d.b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			return
		}
		d.press(kb.Tab)
	}
	d.t.Fatalf("Tab never comes to %s; it is on %s", selector, js[string](d.b, `document.activeElement.outerHTML.slice(0, 200)`))
}

// enters logs in.
func (d *day) enters() {
	d.t.Helper()
	d.b.visit("/login")
	d.tabTo(`[name="email"]`)
	d.types(address("ana"))
	d.press(kb.Tab)
	d.types(passphrase)
	d.goes(key(kb.Enter))
}

// moment types a day and eleven past eleven into the field that has the focus: the
// next day whose number is that of its month, which reads the same in every order.
func (d *day) moment(id string) {
	d.t.Helper()
	at := d.s.Clock.Now().AddDate(0, 0, 2)
	for at.Day() != int(at.Month()) {
		at = at.AddDate(0, 0, 1)
	}
	d.types(at.Format("02012006"))
	d.press(kb.Tab)
	d.types("1111a") // the a is for clocks of twelve hours
	if got, want := js[string](d.b, fmt.Sprintf(`document.getElementById(%q).value`, id)), at.Format("2006-01-02")+"T11:11"; got != want {
		d.t.Fatalf("typed was %s, the field %s says %q", want, id, got)
	}
}

// tabBack presses Shift and Tab until the focus is on what matches.
func (d *day) tabBack(selector string) {
	d.t.Helper()
	for range 20 {
		if js[bool](d.b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			return
		}
		d.keys++
		d.b.Do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
	}
	d.t.Fatalf("Shift and Tab never come to %s; it is on %s", selector, js[string](d.b, `document.activeElement.outerHTML.slice(0, 200)`))
}

// choose chooses one of some pills by arrows.
func (d *day) choose(name, value string) {
	d.t.Helper()
	d.tabTo(fmt.Sprintf(`input[name="%s"]`, name))
	d.press(" ")
	for range 20 {
		if js[bool](d.b, fmt.Sprintf(`document.activeElement.checked && document.activeElement.value === %q`, value)) {
			return
		}
		d.press(kb.ArrowDown)
	}
	d.t.Fatalf("the arrows never come to %s=%s", name, value)
}

// focused wants the focus to be on something that a person sees.
func (d *day) focused(when string) {
	d.t.Helper()
	d.b.comes(`document.readyState === "complete"`)
	if !js[bool](d.b, `document.activeElement !== document.body && document.activeElement !== document.documentElement && document.activeElement.getClientRects().length > 0`) {
		d.t.Errorf("%s: the focus is on %s", when, js[string](d.b, `document.activeElement?.outerHTML.slice(0, 160) ?? "nothing"`))
	}
}

// opens presses a letter that opens a panel, and wants the focus in it.
func (d *day) opens(letter, panel string) {
	d.t.Helper()
	d.press(letter)
	if !js[bool](d.b, fmt.Sprintf(`document.getElementById(%q).open && document.getElementById(%q).contains(document.activeElement)`, panel, panel)) {
		d.t.Fatalf("%q does not open %s with the focus in it: %s", letter, panel, d.b.text("main"))
	}
}

// follows goes to a place: g and a letter.
func (d *day) follows(letter string) {
	d.t.Helper()
	d.press("g")
	d.goes(key(letter))
}
