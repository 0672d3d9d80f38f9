//go:build servers

package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"ninetyten/internal/app"
	"ninetyten/internal/testserver"
)

// TestReusable: an owner makes what sequences share, by the pages and the
// keyboard, takes a step back, and deletes what nothing uses.
func TestReusable(t *testing.T) {
	t.Parallel()
	s := newSite(t, app.Options{}, "ana")
	s.setUp()
	a := s.tab(testserver.Browser(t))
	a.enter(address("ana"), passphrase)

	// A ruleset: a row more keeps what was typed, and Enter saves.
	a.visit("/settings/rulesets")
	a.Shots("81-rulesets-empty")
	a.leads(key(kb.Enter))
	if a.path() != "/settings/rulesets/new" {
		t.Fatalf("Enter leads to %s", a.path())
	}
	a.fill("cool_off_days", "30", "event_when", "reply/interested", "colleagues", "stop")
	a.follow("Another row")
	if n := js[int](a, `document.querySelectorAll("[name=event_when]").length`); n != 2 {
		t.Errorf("%d rows after one more", n)
	}
	a.Shots("82-ruleset")
	a.Do(chromedp.Focus(chromedp.ID("f-name")), chromedp.KeyEvent("Careful"))
	a.leads(key(kb.Enter))
	a.sees(".toast", "“Careful” is saved")
	a.sees("main", "30 days of cool-off, colleagues stop, 1 track rule")

	// A schedule: Monday copied, what it means, then saved.
	a.visit("/settings/schedules/new")
	a.fill("name", "Early", "from-1-0", "06:15", "to-1-0", "07:45", "from-1-1", "", "to-1-1", "")
	a.follow("Copy Monday to every day")
	if got := js[string](a, `document.querySelector("[name='from-0-0']").value`); got != "06:15" {
		t.Errorf("Sunday begins at %q", got)
	}
	a.follow("See what it means")
	a.sees("#openings ~ div", "06:15–07:45", "A person whose zone is not known")
	a.Shots("83-schedule")
	a.follow("Save the schedule")
	a.sees("main", "Mon–Sun 06:15–07:45")

	// Days off: one by hand, which is taken back by a key, and a calendar.
	a.visit("/settings/days-off")
	a.fill("from", "2031-12-24", "name", "Winter break")
	a.follow("Add it")
	a.sees("main", "Wed 24 Dec 2031")
	a.follow("Delete Winter break")
	a.sees("main", "None to come")
	a.leads(key("z"))
	a.sees("main", "Wed 24 Dec 2031")
	a.press("Close") // the toast lies over the page
	file := filepath.Join(t.TempDir(), "school.ics")
	ics := "BEGIN:VCALENDAR\r\nX-WR-CALNAME:School\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:" + "20300107\r\nRRULE:FREQ=YEARLY;COUNT=2\r\nSUMMARY:School <script>alert(1)</script>\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	if err := os.WriteFile(file, []byte(ics), 0o600); err != nil {
		t.Fatal(err)
	}
	a.Do(chromedp.SetUploadFiles(chromedp.ID("import-file"), []string{file}))
	a.follow("Look at it first")
	a.sees("main", "2 days off", "School <script>alert(1)</script>")
	a.Shots("84-calendar")
	a.follow("Import")
	a.sees("main", "School", "Next: Mon 7 Jan 2030")
	a.Shots("85-days-off")

	// A snippet, with a field put in by its button.
	a.visit("/settings/snippets/new")
	a.fill("name", "proof", "body", "Four minutes, ")
	a.Do(chromedp.Focus(chromedp.ID("f-body")))
	a.press("First name")
	a.follow("See how it reads")
	a.sees(".mail-shown", "Four minutes, Ada")
	a.follow("Save the snippet")
	a.sees("main", "Four minutes, {{ first_name }}")

	// What nothing uses can be deleted, after a question.
	a.visit("/settings/rulesets")
	a.follow("Careful")
	js[bool](a, `window.confirm = () => false, true`)
	a.press("Delete")
	js[bool](a, `window.confirm = () => true`+`, true`)
	a.leads(chromedp.Click(button("Delete")))
	a.sees(".toast", "The ruleset is gone")
	a.sees("main", "How sequences behave goes here")

	// On a phone everything fits.
	a.Viewport(390, 844)
	for _, path := range []string{"/settings/rulesets/new", "/settings/schedules/new", "/settings/days-off", "/settings/snippets/new", "/settings/files", "/settings/schedule"} {
		a.visit(path)
		if wide := js[int](a, `document.documentElement.scrollWidth`); wide > 390 {
			t.Errorf("%s is %d pixels wide in a window of 390", path, wide)
		}
	}
}
