//go:build servers

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"ninetyten/internal/app"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

const passphrase = "a short sentence to remember"

// TestJourney is the first day: from an empty data folder to an answer in the
// buyer's mailbox, with real servers and a real browser.
func TestJourney(t *testing.T) {
	undo := 4 * time.Second
	s := newSite(t, app.Options{UndoFor: &undo}, "ana", "clara", "jonas", "zoe")
	s.imap.Deliver(t, "ana", "INBOX", 3, func(n int) []byte {
		return fmt.Appendf(nil, "From: Newsletter <news@paper.example>\nTo: ana@practice.example\nSubject: Issue %d\nMessage-ID: <issue%d@paper.example>\nDate: %s\n\nRead on.\n", n, n, time.Now().Format(time.RFC1123Z))
	})
	j := &journey{t: t, s: s, a: s.tab(testserver.Browser(t))}
	for _, stage := range []func(){j.firstRun, j.mailbox, j.schedule, j.people, j.sequence, j.enrol, j.start, j.mailArrives, j.buyerAnswers, j.sellerAnswers, j.answerArrives, j.takenBack, j.looks} {
		if stage(); t.Failed() {
			return
		}
	}
}

// journey is what its stages hand on.
type journey struct {
	t      *testing.T
	s      *site
	a      *tab // the seller's browser
	first  letter
	answer letter // the buyer's
	plan   string // path of the sequence
}

// firstRun: the first visit of all leads to the page that makes the owner.
func (j *journey) firstRun() {
	a := j.a
	a.visit("/")
	if a.path() != "/setup" {
		j.t.Errorf("the first visit leads to %s", a.path())
	}
	a.Shots("01-setup")
	a.fill("name", "Ana Seller", "email", "ana@practice.example", "password", "short", "workspace", "Ninety Freight", "zone", "Europe/Lisbon")
	a.Expect("422")
	a.follow("Begin")
	a.sees("main", "10")
	a.Shots("02-setup-refused")
	a.fill("password", passphrase)
	a.follow("Begin")
	if a.path() != "/start" {
		j.t.Errorf("the owner comes to %s", a.path())
	}
	a.sees("main", "Five steps", "Connect a mailbox")
	a.Shots("03-start")
	a.visit("/next")
	a.Shots("04-next-empty")
	a.visit("/setup")
	if a.path() == "/setup" {
		j.t.Error("the page that makes the owner is still there")
	}
}

// mailbox: connect it, and see the steps of the test turn green.
func (j *journey) mailbox() {
	a, s := j.a, j.s
	a.visit("/start")
	a.follow("Connect a mailbox")
	a.Shots("05-mailbox-new")
	a.press("How much it may send")
	a.fill("address", "ana@practice.example", "name", "Ana Seller", "username", "ana", "password", testserver.DovecotPassword("ana"),
		"smtp_host", "localhost", "smtp_port", fmt.Sprint(s.smtp.Port), "smtp_security", "starttls",
		"imap_host", "localhost", "imap_port", fmt.Sprint(s.imap.TLSPort), "imap_security", "tls",
		"signature", "Ana Seller\nNinety Freight", "gap_min", "0", "gap_max", "0", "ramp_start", "0")
	began := time.Now()
	a.follow("Save and test it")
	a.sees("#check h2", "It works")
	j.t.Logf("mailbox: saved, tested and green in %d ms", time.Since(began).Milliseconds())
	if n := js[int](a, `document.querySelectorAll("#check li.ok").length`); n != 6 {
		j.t.Errorf("%d steps of the test are green, want 6:\n%s", n, a.text("#check"))
	}
	a.sees("#check", "It arrived.", "within seconds")
	a.Shots("06-mailbox-green")
	s.arrives("ana", "INBOX", "the mail to itself", func(l letter) bool { return l.Get("Subject") == "This mailbox works" })
}

// schedule: all days, all hours, and the address for links.
func (j *journey) schedule() {
	a := j.a
	a.visit("/settings/schedule")
	a.Shots("07-schedule")
	for d := range 7 {
		a.fill(fmt.Sprintf("from-%d-0", d), "00:00", fmt.Sprintf("to-%d-0", d), "00:00", fmt.Sprintf("from-%d-1", d), "", fmt.Sprintf("to-%d-1", d), "")
	}
	a.fill("holidays", "", "public_url", j.s.url, "postal_address", "Ninety Freight, Rua do Ouro 1, Lisboa")
	a.follow("Save")
	a.sees("main", "may go at this moment")
	a.sees(".toast", "Saved")
}

// The names of the columns tell nothing by themselves, and there is a line that
// is no person.
const csv = "Rufname;Sippe;Elektropost;Arbeitet bei;Wie viele LKW;Ort\n" +
	"Zoé;Brûlé;zoe@practice.example;Brightwater Logistics;7;Lille\n" +
	"Jonas;Lindqvist;jonas@practice.example;Fjellfrakt;12;Bergen\n" +
	"Clara;Nunes;clara@practice.example;Brightwater Logistics;40;Porto\n" +
	"Nobody;Atall;not an address;;;\n"

// people: a file with odd columns, what they mean, what each row will do, and
// only then it happens.
func (j *journey) people() {
	a := j.a
	file := filepath.Join(j.t.TempDir(), "Kontakte Herbst.csv")
	if err := os.WriteFile(file, []byte(csv), 0o600); err != nil {
		j.t.Fatal(err)
	}
	a.visit("/people")
	a.Shots("08-people-empty")
	a.follow("Import a file")
	a.Do(chromedp.SetUploadFiles(chromedp.ID("file"), []string{file}))
	a.Shots("09-import")
	a.follow("Look at it")
	a.sees("main", "What does each column mean", "separated by semicolons", "Porto")
	a.Shots("10-import-columns")
	for i, meaning := range []string{"first_name", "last_name", "email", "company", "own", "own"} {
		a.fill(fmt.Sprintf("column-%d", i), meaning)
	}
	a.follow("See what each row will do")
	a.sees("main", "Nothing has happened yet", "Clara Nunes", "Left out")
	a.Shots("11-import-preview")
	a.follow("Import 3 rows")
	a.sees("#import-result h1", "3 people are new")
	a.sees("#import-result", "Left out")
	a.Shots("12-import-result")
	a.follow("See the people")
	a.sees("#people", "Clara Nunes", "Jonas Lindqvist", "Zoé Brûlé", "Brightwater Logistics")
	a.lacks("#people", "Nobody Atall")
	a.Shots("13-people")
	if p := j.s.person(address("zoe")); p.LastName != "Brûlé" {
		j.t.Errorf("the file was read in the wrong encoding: %q", p.LastName)
	}
}

// sequence: a mail with fields, a follow-up, a call; what is wrong with it is
// said before it runs.
func (j *journey) sequence() {
	a := j.a
	a.visit("/sequences")
	a.Shots("14-sequences-empty")
	a.follow("Build the first one")
	a.fill("name", "Fleet ops, autumn", "from", "empty")
	a.follow("Build it")
	j.plan = strings.TrimSuffix(a.path(), "/edit")
	a.follow("Add a mail")
	a.fill("kind", "auto_mail", "delay_n", "0", "body", "Hello {{ first_name }},\n\nwho re-plans your {{ custom.wie_viele_lkw }} trucks when one breaks down?")
	a.Shots("15-builder-step")
	a.follow("Save the step")
	a.sees("main", "The first mail has no subject", "custom.wie_viele_lkw has no fallback")
	a.Shots("16-builder-findings")
	a.follow("Edit")
	a.fill("subject", "A question about {{ companny }}")
	a.follow("Save the step")
	a.sees("main", "companny")
	a.Shots("17-builder-unknown-field")
	if a.text("#step-form") == "" { // it was kept, with what is wrong marked
		a.follow("Edit")
	}
	a.fill("subject", `A question about {{ company | default: "your team" }}`)
	a.follow("See how it reads")
	a.sees(".mail-shown", "A question about ", "Ana Seller", "who re-plans your ")
	a.Shots("18-builder-reads")
	a.follow("Save the step")
	j.step("auto_mail", "body", "One number from somebody like you: 7 minutes.\n\nWorth a talk?")
	j.step("call", "note", "Ask how they do it today. Listen; do not pitch.")
	a.sees(".steps", "A question about", "same thread", "Ask how they do it today")
	a.lacks("main", "companny")
	a.Shots("19-builder")
}

// step adds a step at the end.
func (j *journey) step(kind string, fields ...string) {
	j.t.Helper()
	j.a.follow("Add a step")
	j.a.fill("kind", kind, "delay_n", "3", "delay_unit", "working_days")
	j.a.fill(fields...)
	j.a.follow("Save the step")
}

// enrol: choose people, see who would go in and why not, and put them in.
func (j *journey) enrol() {
	a := j.a
	a.visit("/people")
	a.Do(chromedp.Click(chromedp.CSS(`[data-pick-all]`)))
	a.sees("[data-chosen]", "3 people chosen")
	a.Shots("20-people-chosen")
	a.fill("sequence", strings.TrimPrefix(j.plan, "/sequences/"))
	a.follow("See who would go in")
	a.sees("main", "Who would go into", "Nothing has happened yet", "Clara Nunes", "does not run yet")
	a.Shots("21-enrol-preview")
	if list, err := j.s.Store.EnrollmentsOf(j.t.Context(), j.s.owner().WorkspaceID, j.s.person(address("clara")).ID); err != nil || len(list) != 0 {
		j.t.Fatalf("a preview put somebody in: %v, %v", list, err)
	}
	a.follow("Put ")
	a.sees(".toast", "in the sequence")
}

// start: who gets what and when, as each would read it; then it runs.
func (j *journey) start() {
	a := j.a
	a.visit(j.plan + "/preview")
	a.sees("main", "Who gets what, and when", "Clara Nunes", "Jonas Lindqvist")
	a.visit(j.plan + "/preview?person=" + j.s.person(address("clara")).ID.String())
	a.sees("#mail", "As Clara Nunes gets it", "Hello Clara,", "who re-plans your 40 trucks", "A question about Brightwater Logistics")
	a.Shots("22-preview")
	if n := len(j.s.letters("clara", "INBOX")); n != 0 {
		j.t.Fatalf("%d mails went before the start", n)
	}
	a.leads(key(kb.Enter))
	a.sees(".toast", "It runs")
	a.sees("main .tag", "Running")
	a.Shots("23-running")
}

// mailArrives: the mail lies in the buyer's mailbox, with the headers that it
// must have and nothing that tracks.
func (j *journey) mailArrives() {
	t, s := j.t, j.s
	began := time.Now()
	j.first = s.arrives("clara", "INBOX", "the first mail", holding("who re-plans your 40 trucks"))
	t.Logf("first mail: in the buyer's mailbox %d ms after the start was seen", time.Since(began).Milliseconds())
	s.arrives("jonas", "INBOX", "the first mail", holding("who re-plans your 12 trucks"))
	// Two people of a company at a time, says the rule.
	zoe := s.person(address("zoe"))
	s.until("the third colleague is held back, with the reason", func() bool {
		list, err := s.Store.MailingsOf(t.Context(), zoe.WorkspaceID, zoe.ID)
		return err == nil && len(list) == 1 && list[0].HoldGate == sales.GateLimits && strings.Contains(list[0].HoldWhy, "colleagues at the account")
	})
	if n := len(s.letters("zoe", "INBOX")); n != 0 {
		t.Errorf("the third colleague got %d mails", n)
	}
	j.a.visit(j.plan + "/people")
	j.a.sees("main", "colleagues at the account")
	j.a.Shots("23-sequence-people-held")
	l := j.first
	for header, want := range map[string]string{
		"From": `Ana Seller <ana@practice.example>`, "To": `Clara Nunes <clara@practice.example>`,
		"Subject": "A question about Brightwater Logistics", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		"In-Reply-To": "", "References": "", "Auto-Submitted": "", "Precedence": "",
	} {
		if got := strings.ReplaceAll(l.Get(header), `"`, ""); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	if id := l.id("Message-ID"); !strings.HasSuffix(id, "@practice.example") || len(id) < 30 {
		t.Errorf("Message-ID: %q", id)
	}
	link := l.id("List-Unsubscribe")
	if !strings.HasPrefix(link, s.url+"/u/") || !strings.Contains(l.text, link) {
		t.Errorf("List-Unsubscribe: %q, and the text:\n%s", link, l.text)
	}
	if !strings.Contains(l.text, "Ninety Freight, Rua do Ouro 1") || !strings.Contains(l.text, "Ana Seller\nNinety Freight") {
		t.Errorf("signature or postal address is missing:\n%s", l.text)
	}
	if strings.Contains(l.html, "<img") || strings.Count(l.html, "http") != strings.Count(l.html, link) {
		t.Errorf("something in the HTML could track:\n%s", l.html)
	}
	sent := s.arrives("ana", "Sent", "a copy of the first mail", func(c letter) bool { return c.id("Message-ID") == l.id("Message-ID") })
	if !strings.Contains(sent.file, "S") {
		t.Errorf("the copy in Sent is unread: %s", sent.file)
	}
}
