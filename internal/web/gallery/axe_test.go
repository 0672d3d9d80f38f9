//go:build servers

package gallery

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axe is axe-core 4.14.1 of Deque Systems, MPL-2.0 (testdata/axe/LICENSE).
//
//go:embed testdata/axe/axe.min.js
var axe string

// fault is what axe-core finds on a page: a rule, how bad, and where.
type fault struct{ Rule, Impact, Help, Where, Why string }

// findFaults runs axe-core on what is shown: all its rules, or some. Frames are
// looked at from outside alone, because mails in them run no scripts.
const findFaults = `(async (root, rules) => {
	const found = await axe.run(root ?? document, {iframes: false, resultTypes: ["violations"], ...(rules && {runOnly: {type: "rule", values: rules}})});
	return JSON.stringify(found.violations.filter((v) => ["serious", "critical"].includes(v.impact)).flatMap((v) => v.nodes.map((n) =>
		({Rule: v.id, Impact: v.impact, Help: v.help, Where: n.target.join(" ") + "  " + n.html.slice(0, 160), Why: n.any.concat(n.all, n.none).map((c) => c.message).join(" ").slice(0, 240)}))));
})`

const (
	everyRule = `null`
	darkRules = `["color-contrast"]`
	// phoneRules are those that the width of a page decides about.
	phoneRules  = `["target-size", "scrollable-region-focusable", "label-content-name-mismatch", "button-name", "link-name", "aria-hidden-focus"]`
	wholePage   = `null`
	openDetails = `document.querySelectorAll("details").forEach((d) => { d.open = true }), null`
	// openDialog shows the dialog of that number alone, and tells whether there is one.
	openDialog = `((n) => { document.querySelectorAll("dialog[open]").forEach((d) => d.close()); const d = [...document.querySelectorAll("dialog")][n]; d?.showModal(); return !!d })(%d)`
)

// colours sets what the person prefers.
func colours(theme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	})
}

// accessible wants axe-core to find nothing serious and nothing critical on the
// page that is open: with what is folded unfolded, in its dialogs, light and dark
// on a desk, and by the rules of widths on a phone.
func accessible(t *testing.T, ctx context.Context, s Sample, where string, width int64) {
	t.Helper()
	if width != 1440 && width != 390 {
		return
	}
	if s.Press != "" {
		js[any](t, ctx, fmt.Sprintf(`[...document.querySelectorAll(%q)].find((el) => el.getClientRects().length)?.click(), null`, s.Press))
	}
	js[any](t, ctx, openDetails)
	js[any](t, ctx, axe+"; null")
	if width == 390 {
		without(t, ctx, where, wholePage, phoneRules)
		return
	}
	without(t, ctx, where, wholePage, everyRule)
	must(t, ctx, colours("dark"))
	without(t, ctx, where+", dark", wholePage, darkRules)
	must(t, ctx, colours("light"))
	if strings.Contains(s.Name, "-") {
		return // the dialogs of a page are the same in its other states
	}
	for n := 0; js[bool](t, ctx, fmt.Sprintf(openDialog, n)); n++ {
		without(t, ctx, fmt.Sprintf("%s, dialog %d", where, n), `document.querySelector("dialog[open]")`, everyRule)
	}
}

// without reports the faults of a part of the page.
func without(t *testing.T, ctx context.Context, where, root, rules string) {
	t.Helper()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](findFaults+"("+root+", "+rules+")", chromedp.EvalAwaitPromise))
	var faults []fault
	if err == nil {
		err = json.Unmarshal([]byte(text), &faults)
	}
	if err != nil {
		t.Fatalf("%s: axe: %v", where, err)
	}
	for _, f := range faults {
		t.Errorf("%s: %s (%s): %s\n\t%s\n\t%s", where, f.Rule, f.Impact, f.Help, f.Where, f.Why)
	}
}

// mostShift is the layout shift that a page may have: nothing that a person sees
// (0.1 counts as good, web.dev/articles/cls).
const mostShift = 0.01

// shift is one move of what was already shown: its share of CLS, and what moved.
type shift struct {
	By float64
	Of string
}

// still wants nothing on the page to have moved once its fonts are there and it was
// painted twice.
func still(t *testing.T, ctx context.Context, where string) {
	t.Helper()
	const settled = `(async () => { await document.fonts.ready; for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame); seen(shifts.takeRecords()); return JSON.stringify(moved) })()`
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](settled, chromedp.EvalAwaitPromise))
	var moved []shift
	if err == nil {
		err = json.Unmarshal([]byte(text), &moved)
	}
	if err != nil {
		t.Fatalf("%s: layout shift: %v", where, err)
	}
	sum := 0.0
	for _, m := range moved {
		sum += m.By
	}
	if sum >= mostShift {
		t.Errorf("%s: a layout shift of %.3f: %v", where, sum, moved)
	}
}
