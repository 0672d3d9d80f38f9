package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

const cost = "What would it cost for 40 drivers?"

func TestNextServesWhoAnswered(t *testing.T) {
	s := newSite(t, 3)
	s.Enroll(t, 1)
	m := s.heard(1, sales.Question, cost)
	b := s.as(s.Seller)
	a := b.get("/next")
	a.wants("h1", "Marta Oliveira")
	a.wants(".card", cost, "Asks a question", "sure: 90 in 100")
	a.wants(".why", "asked you something")
	a.wants(".move", "Our move")
	a.wants(".story", "Asked a question.")
	a.wants("#act-write", "ana@brightmail.example")
	a.wants("#count-next", "1")
	if got := a.value("#write-subject"); got != "Re: A question about Brightwater" {
		t.Errorf("subject %q", got)
	}
	if n := len(a.all("#act-write [name=message]")); n != 1 {
		t.Errorf("%d fields for the message that is answered", n)
	}
	b.get("/next?person="+s.People[1].ID.String()).wants("h1", "Marta")
	if to := b.do("GET", "/next?person="+s.People[0].ID.String(), nil).Header.Get("Location"); to != "/people/"+s.People[0].ID.String() {
		t.Errorf("somebody who waits for nothing leads to %q", to)
	}
	b.part("/next/after").wants("body", "")
	to := b.do("GET", "/messages/"+m.ID.String(), nil).Header.Get("Location")
	if want := "/inbox/" + m.ThreadID.String() + "#m" + m.ID.String(); to != want {
		t.Errorf("the message leads to %q", to)
	}
}

func TestNobodyWaits(t *testing.T) {
	s := newSite(t, 1)
	s.as(s.Seller).get("/next").wants("main", "Nobody waits for you")
}

func TestTwoSellersAreNeverServedTheSamePerson(t *testing.T) {
	s := newSite(t, 1)
	s.heard(0, sales.Question, cost)
	s.as(s.Seller).get("/next").wants("h1", "Marta")
	// A colleague has taken her meanwhile.
	id := s.People[0].ID
	owner := sales.Viewer{WorkspaceID: s.Workspace.ID, UserID: s.Owner.ID, Role: s.Owner.Role}
	if err := s.Store.ReleasePerson(context.Background(), s.Viewer(), id); err != nil {
		t.Fatal(err)
	}
	if ok, err := s.LeasePerson(context.Background(), owner, id, time.Now(), time.Now().Add(time.Hour)); err != nil || !ok {
		t.Fatal(ok, err)
	}
	b := s.as(s.Seller)
	b.get("/next").wants("main", "Nobody waits")
	b.do("GET", "/next?person="+id.String(), nil)
	b.get("/people/"+id.String()).wants("#toasts", "Olga Owner is dealing with them")
}

func TestSkipAndLetGo(t *testing.T) {
	s := newSite(t, 2)
	s.heard(0, sales.Interested, cost)
	s.clock.move(time.Minute)
	s.heard(1, sales.NotNow, cost)
	b := s.as(s.Seller)
	a := b.get("/next")
	a.wants(".card", "Interested")
	a.wants(".top", "reserved for you", "Let go", "Pass over", "Pin")
	a.wants("main", "How this order is made", "Somebody is interested")
	b.get("/next?person="+s.People[1].ID.String()).wants(".card", "Not now")
	b.get("/next").wants(".card", "Not now") // whom one has stays
	b.post("/next/release", "person", s.People[1].ID.String())
	if l, err := s.PersonLeases(context.Background(), s.Workspace.ID, time.Now()); err != nil || len(l) != 0 {
		t.Errorf("let go, but %v %v", l, err)
	}
	b.get("/next").wants(".card", "Interested")
	first := s.People[0].ID.String()
	if a := b.post("/next/skip", "person", first); a.Header.Get("Location") != "/next" {
		t.Errorf("a skip without a reason goes to %s", a.Header.Get("Location"))
	}
	b.get("/next").wants("#toasts", "Say why you pass them over")
	b.post("/next/skip", "person", first, "reason", "prepare", "note", "who decides?")
	b.get("/next").wants(".card", "Not now")
	boss := s.as(s.Owner)
	boss.get("/settings/next").wants("main", "Must find something out first", "who decides?", s.People[0].Name())
	b.post("/next/pin", "person", first)
	b.get("/next?person=" + first)
	b.get("/next").wants("main", "You pinned")
	b.post("/next/unpin", "person", first)
	b.get("/next").lacks("main", "You pinned")
}

// TestOrderPage: managers weigh the order, sellers read it, numbers are checked.
func TestOrderPage(t *testing.T) {
	s := newSite(t, 1)
	s.heard(0, sales.Interested, cost)
	b, boss := s.as(s.Seller), s.as(s.Owner)
	b.get("/settings/next").lacks("main", "Save the points")
	b.do("POST", "/settings/next", map[string][]string{"value": {"12"}})
	boss.get("/settings/next").wants("main", "Save the points", "Nobody was passed over", "1 person")
	boss.do("POST", "/settings/next", map[string][]string{"value": {"a lot"}}).wants("main", "Points are numbers from 0 to 1000")
	boss.post("/settings/next", "value", "12,5")
	boss.get("/settings/next").wants("main", "Back to the table")
	boss.post("/settings/next", "value", "12.5", "reset", "yes")
	boss.get("/settings/next").lacks("main", "Back to the table")
}

// TestDialed: whoever was dialed stays reserved, and comes up with the question how it was.
func TestDialed(t *testing.T) {
	s := newSite(t, 1)
	b := s.as(s.Seller)
	id := s.People[0].ID
	if n := b.status("/next/dialed", "person", id.String()); n != http.StatusNoContent {
		t.Errorf("status %d", n)
	}
	leases, err := s.PersonLeases(t.Context(), s.Workspace.ID, time.Now().Add(time.Hour))
	if err != nil || leases[id].DialedAt.IsZero() {
		t.Fatalf("%+v, %v", leases, err)
	}
	b.get("/next").wants("main", "How was the call?")
	b.post("/people/"+id.String()+"/call", "back", "/next", "disposition", "no_answer", "minutes", "0")
	b.get("/next").wants("main", "Nobody waits for you")
}

func TestAnswerAndUndo(t *testing.T) {
	s := newSite(t, 1)
	m := s.heard(0, sales.Question, cost)
	b := s.as(s.Seller)
	id := s.People[0].ID.String()
	task := s.openTask(0, sales.TaskAnswer)
	page := b.get("/next")
	fields := []string{"back", "/next", "task", task.ID.String(), "message", m.ID.String(), "subject", "Re: A question", "nonce", page.value("#act-write [name=nonce]"), "mailbox", s.Mailbox.ID.String()}
	mail := append([]string{"body", "Hello Marta, it is 40 a month."}, fields...)
	a := b.post("/people/"+id+"/mail", mail...)
	if to := a.Header.Get("Location"); to != "/next" {
		t.Fatalf("sent on to %q", to)
	}
	after := b.get("/next")
	after.wants("#toasts", "on its way")
	undo := attr(after.all("#toasts form")[0], "action")
	if !strings.HasPrefix(undo, "/undo/mail/") {
		t.Fatalf("undo is %q", undo)
	}
	if b.get("/next").text("#toasts") != "" {
		t.Error("the toast is shown twice")
	}
	queued := s.mailings(0)
	if len(queued) != 1 || queued[0].InReplyTo != m.HeaderID || !strings.Contains(queued[0].Body, "> who re-plans?") || queued[0].State != sales.MailingQueued {
		t.Fatalf("in the outbox: %+v", queued)
	}
	b.post("/people/"+id+"/mail", mail...)
	if n := len(s.mailings(0)); n != 1 {
		t.Errorf("the same form sent twice made %d mails", n)
	}
	if to := b.post(undo).Header.Get("Location"); to != "/next?person="+id {
		t.Errorf("taken back, sent on to %q", to)
	}
	if got := s.mailings(0)[0].State; got != sales.MailingCanceled {
		t.Errorf("taken back, the mail is %s", got)
	}
	s.openTask(0, sales.TaskAnswer)
	b.get("/next").wants("#toasts", "Taken back.")
}

func (s *site) mailings(i int) []sales.Mailing {
	s.t.Helper()
	list, err := s.MailingsOf(context.Background(), s.Workspace.ID, s.People[i].ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

func TestRefusedMailKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t, 1)
	m := s.heard(0, sales.Question, cost)
	b := s.as(s.Seller)
	for _, back := range []string{"/next", "/inbox/" + m.ThreadID.String(), "/people/" + s.People[0].ID.String()} {
		a := b.do("POST", "/people/"+s.People[0].ID.String()+"/mail", form("back", back, "message", m.ID.String(), "subject", "<b>My</b> subject", "body", "   "))
		if a.StatusCode != 422 {
			t.Fatalf("%s: status %d", back, a.StatusCode)
		}
		a.wants("#act-write [role=alert]", "The mail is empty")
		if got := a.value("#write-subject"); got != "<b>My</b> subject" {
			t.Errorf("%s: subject %q", back, got)
		}
		if len(a.all("#act-write[open]")) != 1 {
			t.Errorf("%s: the form is closed", back)
		}
	}
}

// Each command once, on somebody's record, with what it leaves behind.
func TestCommands(t *testing.T) {
	later := storetest.Now.AddDate(0, 0, 7).Format(time.RFC3339)
	for _, c := range []struct {
		path   string
		fields []string
		toast  string
		story  string
		undo   bool
	}{
		{"call", []string{"disposition", "talked", "sentiment", "good", "purpose", "discovery", "minutes", "11", "note", "Rui joins"}, "Call logged.", "You talked for 11 minutes. Note: Rui joins", false},
		{"call", []string{"disposition", "no_answer", "minutes", ""}, "Call logged.", "You called: no answer.", false},
		{"meeting", []string{"at", "2026-03-10T10:00", "note", "Prices"}, "A meeting is booked", "A meeting is booked", false},
		{"note", []string{"text", "Likes short mails"}, "The note is kept.", "Note: Likes short mails", false},
		{"snooze", []string{"until", later}, "put off until", "You put this off", true},
		{"snooze", []string{"until", "date", "date", "2026-03-20"}, "put off until", "You put this off until 20 Mar", true},
		{"wait", []string{"until", later}, "It is their move now.", "You wait for them.", true},
		{"not-now", []string{"until", later, "why", "Budget in May"}, "Not before 10 Mar 2026.", "Note: Not now: Budget in May", true},
		{"suppress", []string{"why", "Asked by phone"}, "is on the suppression list", "No more contact: Asked by phone.", false},
	} {
		t.Run(c.path, func(t *testing.T) {
			s := newSite(t, 1)
			s.heard(0, sales.Question, cost)
			b := s.as(s.Seller)
			back := "/people/" + s.People[0].ID.String()
			task := s.openTask(0, sales.TaskAnswer)
			a := b.post(back+"/"+c.path, append([]string{"back", back, "task", task.ID.String()}, c.fields...)...)
			if to := a.Header.Get("Location"); to != back {
				t.Fatalf("sent on to %q", to)
			}
			page := b.get(back)
			page.wants("#toasts", c.toast)
			page.wants(".story", c.story)
			forms := page.all("#toasts form")
			if got := len(forms) > 0; got != c.undo {
				t.Fatalf("undo offered: %v", got)
			}
			if c.undo {
				b.post(attr(forms[0], "action"))
				if got := s.openTask(0, sales.TaskAnswer); got.ID != task.ID || got.SnoozedUntil.After(s.clock.Now()) {
					t.Errorf("taken back, but %+v", got)
				}
			}
		})
	}
}

func TestCommandsThatAreRefused(t *testing.T) {
	s := newSite(t, 1)
	b := s.as(s.Seller)
	at := "/people/" + s.People[0].ID.String()
	for _, c := range []struct {
		path   string
		fields []string
		says   string
	}{
		{"call", []string{"disposition", "sang"}, "Choose what happened"},
		{"call", []string{"disposition", "talked", "minutes", "999999999999999999999"}, "0 to 600 minutes"},
		{"meeting", []string{"at", "soon"}, "Say when the meeting is"},
		{"note", []string{"text", "  "}, "A note has"},
		{"snooze", []string{"until", "2020-01-01T00:00:00Z"}, "That time is over"},
		{"wait", []string{"until", "date", "date", ""}, "Choose a time"},
		{"not-now", []string{"until", "2126-01-01T00:00:00Z"}, "days away"},
	} {
		a := b.do("POST", at+"/"+c.path, form(c.fields...))
		if a.StatusCode != 422 {
			t.Errorf("%s: status %d", c.path, a.StatusCode)
		}
		a.wants("body", c.says)
	}
}

func TestTasks(t *testing.T) {
	s := newSite(t, 6)
	b := s.as(s.Seller)
	ctx := context.Background()

	s.heard(0, sales.Question, cost)
	b.post("/tasks/" + s.openTask(0, sales.TaskAnswer).ID.String() + "/done")

	// A field that a mail needs is missing.
	e := s.Enroll(t, 1)
	fix := s.task(1, sales.Task{Kind: sales.TaskFix, EnrollmentID: e.ID, Title: "The mail needs {{ city }}."})
	b.get("/next?person="+s.People[1].ID.String()).wants(".card", "Something to mend", "{{ city }}")
	b.post("/tasks/"+fix.ID.String()+"/fix", "field:city", "Porto", "field:company", "Brightwater Ltd")
	if p, err := s.Store.Person(ctx, s.Viewer(), s.People[1].ID); err != nil || p.Custom["city"] != "Porto" {
		t.Errorf("after mending: %v %v", p.Custom, err)
	}

	// A field of a deal that they do not have is filled in where it belongs.
	s.Sequence.Steps[0].Body = "{{ deal.next_step }}, {{ sender.calendar }}, {{ custom.plan }}?"
	if err := s.InTx(ctx, func(tx *store.Tx) error { return tx.SaveSequence(ctx, s.Sequence) }); err != nil {
		t.Fatal(err)
	}
	fix = s.task(1, sales.Task{Kind: sales.TaskFix, EnrollmentID: e.ID, Title: "No value."})
	page := b.get("/next?person=" + s.People[1].ID.String())
	page.wants(".card", "Begin a deal with", "Fill in your own profile", "Custom.plan")
	if _, err := s.desk.SaveDeal(ctx, s.Viewer(), desk.DealEdit{AccountID: s.Account.ID, Name: "Re-planning"}); err != nil {
		t.Fatal(err)
	}
	b.get("/next?person="+s.People[1].ID.String()).wants(".card", "in the deal Re-planning")
	b.post("/tasks/" + fix.ID.String() + "/done")

	// They named somebody.
	m := s.heard(2, sales.WrongPerson, "Please ask Rui.")
	named := s.openTask(2, sales.TaskReferral)
	b.get("/next?person="+s.People[2].ID.String()).wants(".card", "named somebody else")
	to := b.post("/tasks/"+named.ID.String()+"/referral", "name", "Rui Sá", "email", "Rui@Brightwater.example", "then", "write").Header.Get("Location")
	if !strings.HasSuffix(to, "#act-write") {
		t.Errorf("sent on to %q", to)
	}
	b.get(strings.TrimSuffix(to, "#act-write")).wants("main", "Rui Sá", "Brightwater Logistics", "Named by Marta Oliveira")
	b.get("/accounts/"+s.Account.ID.String()).wants("main", "Rui Sá", "named by Marta Oliveira")
	_ = m

	// Whose is it?
	asked := s.asked("mo@home.example", 3, 0)
	question := s.task(3, sales.Task{Kind: sales.TaskConfirm, MessageID: asked.ID, Title: "Whose mail is this?"})
	b.get("/next?person="+s.People[3].ID.String()).wants(".card", "Whose mail is this?", "mo@home.example", s.People[0].Email, "the same name", "None of them", "nothing goes out by itself")
	b.get("/inbox/"+asked.ThreadID.String()).wants("main", "Say whose it is")
	b.post("/tasks/"+question.ID.String()+"/confirm", "answer", "1")
	b.get("/people/"+s.People[0].ID.String()).wants("body", "Writes from mo@home.example")
	s.openTask(0, sales.TaskAnswer)
	if x, err := s.Task(ctx, s.Workspace.ID, question.ID); err != nil || x.State != sales.TaskDone {
		t.Errorf("%+v %v", x, err)
	}

	// How does it go on?
	e = s.Enroll(t, 4)
	decide := s.task(4, sales.Task{Kind: sales.TaskDecide, EnrollmentID: e.ID, Title: "It may or may not have gone."})
	b.get("/next?person="+s.People[4].ID.String()).wants(".card", "Go on with the next step", "End the sequence")
	if code := b.status("/tasks/"+decide.ID.String()+"/decide", "answer", "dance"); code != 303 {
		t.Errorf("an unknown answer: status %d", code)
	}
	b.post("/tasks/"+decide.ID.String()+"/decide", "answer", "end")
	if e, err := s.Enrollment(ctx, s.Workspace.ID, e.ID); err != nil || e.State != sales.Finished {
		t.Errorf("after the decision: %s %v", e.State, err)
	}
	for _, x := range []sales.Task{fix, named, decide} {
		if got, err := s.Task(ctx, s.Workspace.ID, x.ID); err != nil || got.State != sales.TaskDone {
			t.Errorf("%s is %s, %v", x.Kind, got.State, err)
		}
	}
}

func TestApprove(t *testing.T) {
	for _, c := range []struct{ name, subject, body, wantBody string }{
		{"as it is", "", "", ""},
		{"changed", "Thursdays", "Hello Marta,\r\n\r\na short one.", "Hello Marta,\n\na short one."},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t, 1)
			e := s.Enroll(t, 0)
			step := s.Sequence.Steps[0]
			ctx := context.Background()
			err := s.InTx(ctx, func(tx *store.Tx) error {
				d := sales.Decision{Next: e, Changed: true, Why: "waits", Effects: []sales.Effect{
					{Kind: sales.FxDraftMail, Key: e.ID.String() + "/" + step.ID.String() + "/mail", StepID: step.ID},
					{Kind: sales.FxOpenTask, Key: e.ID.String() + "/approve", StepID: step.ID, TaskKind: sales.TaskApprove, Title: "Approve this mail", DueAt: s.clock.Now()}}}
				d.Next.State, d.Next.Awaiting, d.Next.Version, d.Next.NextAt = sales.WaitingHuman, true, e.Version+1, time.Time{}
				_, err := tx.Apply(ctx, e, d, store.Subject{Person: s.People[0]}, s.clock.Now())
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			b := s.as(s.Seller)
			page := b.get("/next")
			page.wants(".card", "May this go to Marta?", "step 1 of 3")
			subject, body := page.value("#draft-subject"), page.all("#draft-body")[0].FirstChild.Data
			if subject != "A question about Brightwater Logistics" || !strings.Contains(body, "Hello Marta,") || strings.Contains(body, "unsubscribe") {
				t.Errorf("the draft is %q %q", subject, body)
			}
			if c.body != "" {
				subject, body = c.subject, c.body
			}
			task := s.openTask(0, sales.TaskApprove)
			b.post("/tasks/"+task.ID.String()+"/approve", "subject", subject, "body", body, "back", "/next")
			got := s.mailings(0)[0]
			if got.State != sales.MailingQueued || got.Kind != sales.MailingApproved || got.Body != c.wantBody || got.Subject != c.subject {
				t.Errorf("approved, but %s %s %q %q", got.State, got.Kind, got.Subject, got.Body)
			}
			if code := b.status("/tasks/"+task.ID.String()+"/reject", "back", "/next"); code != 303 && code != 404 {
				t.Errorf("rejecting what is gone: status %d", code)
			}
		})
	}
}

func TestEnrollmentsAreSteered(t *testing.T) {
	s := newSite(t, 1)
	e := s.Enroll(t, 0)
	b := s.as(s.Owner)
	page := "/people/" + s.People[0].ID.String()
	b.get(page).wants("main", "Running", "Step 1 of 3: automatic mail")
	for _, x := range []struct{ what, shows string }{{"pause", "Paused by hand. It stays so until somebody lets it go on."}, {"resume", "Running"}, {"stop", "Ended: by hand"}} {
		b.post("/enrollments/" + e.ID.String() + "/" + x.what)
		b.get(page).wants("main", x.shows)
	}
	if code := b.status("/enrollments/" + e.ID.String() + "/explode"); code != 404 {
		t.Errorf("status %d", code)
	}
}

func TestVerdictIsCorrected(t *testing.T) {
	s := newSite(t, 1)
	m := s.heard(0, sales.Question, cost)
	b := s.as(s.Seller)
	thread := "/inbox/" + m.ThreadID.String()
	b.post("/messages/"+m.ID.String()+"/verdict", "verdict", "reply/not_now", "back", thread)
	a := b.get(thread)
	a.wants(".verdict", "Not now", "sure: 100 in 100")
	a.wants("#toasts", "Corrected: not now.")
	a.wants("#act-write textarea", "I will leave you in peace")
	b.post("/messages/"+m.ID.String()+"/verdict", "verdict", "nonsense", "back", thread)
	b.get(thread).wants("#toasts", "Choose what the message is.")
}

// TestCallWhileItIsTheirMove: the panel shows what chasing did and asks why; what
// was typed stays when it is refused.
func TestCallWhileItIsTheirMove(t *testing.T) {
	s := newSite(t, 2)
	b := s.as(s.Seller)
	p := s.People[0]
	p.Phone = "+351225550148"
	if err := s.InTx(t.Context(), func(tx *store.Tx) error {
		if err := tx.SavePerson(t.Context(), p, s.Account.Name); err != nil {
			return err
		}
		return tx.AppendMoves(t.Context(), []sales.Move{{WorkspaceID: p.WorkspaceID, At: s.clock.Now(), Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: p.ID}})
	}); err != nil {
		t.Fatal(err)
	}
	at := "/people/" + p.ID.String()
	b.get(at).wants("#act-call", "It is the move of Marta", "Nobody chased them before", "Why do you call before they do?")
	a := b.do("POST", at+"/call", form("back", at, "disposition", "no_answer", "minutes", "0", "note", "rang long", "chase", " "))
	if a.StatusCode != 422 || len(a.all("#act-call[open]")) != 1 || !strings.Contains(a.body, "rang long") {
		t.Errorf("without a reason: status %d", a.StatusCode)
	}
	a.wants("#act-call [role=alert]", "Say why you call")
	b.post(at+"/call", "back", at, "disposition", "no_answer", "minutes", "0", "chase", "<i>Their tender</i> closes")
	b.get(at).wants("#act-call", "1 chase before", "<i>Their tender</i> closes")
	for _, x := range s.as(s.Seller).get("/people/" + s.People[1].ID.String()).all("#call-chase") {
		t.Errorf("nobody wrote to them yet: %v", x)
	}
}
