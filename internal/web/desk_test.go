package web_test

import (
	"bufio"
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

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
	skip := a.all("[data-key=.]")
	if len(skip) != 1 || attr(skip[0], "href") != "/next?person="+s.People[1].ID.String() {
		t.Fatalf("skipping leads to %v", skip)
	}
	a.wants(".top", "reserved for you", "Let go")
	b.get(attr(skip[0], "href")).wants(".card", "Not now")
	b.get("/next").wants(".card", "Not now") // whom one has stays
	b.post("/next/release", "person", s.People[1].ID.String())
	if l, err := s.PersonLeases(context.Background(), s.Workspace.ID, time.Now()); err != nil || len(l) != 0 {
		t.Errorf("let go, but %v %v", l, err)
	}
	b.get("/next").wants(".card", "Interested")
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

	// They named somebody.
	m := s.heard(2, sales.WrongPerson, "Please ask Rui.")
	named := s.openTask(2, sales.TaskReferral)
	b.get("/next?person="+s.People[2].ID.String()).wants(".card", "named somebody else")
	to := b.post("/tasks/"+named.ID.String()+"/referral", "name", "Rui Sá", "email", "Rui@Brightwater.example", "then", "write").Header.Get("Location")
	if !strings.HasSuffix(to, "#act-write") {
		t.Errorf("sent on to %q", to)
	}
	b.get(strings.TrimSuffix(to, "#act-write")).wants("main", "Rui Sá", "Brightwater Logistics", "Named by Marta Oliveira")
	_ = m

	// Is it from them?
	asked := s.heard(3, sales.Question, cost)
	s.task(3, sales.Task{Kind: sales.TaskConfirm, MessageID: asked.ID, Title: "Is it from her?"})
	b.post("/tasks/"+s.openTask(3, sales.TaskConfirm).ID.String()+"/confirm", "answer", "yes")

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

func TestInbox(t *testing.T) {
	s := newSite(t, 60)
	for i := range 55 {
		s.clock.move(time.Minute)
		s.heard(i, sales.Question, cost)
		if i < 53 {
			if _, err := s.desk.Complete(context.Background(), s.Viewer(), s.openTask(i, sales.TaskAnswer).ID, ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	b := s.as(s.Seller)
	a := b.get("/inbox")
	if n := len(a.all("ul.threads")); n != 2 {
		t.Fatalf("%d lists", n)
	}
	a.wants("#inbox", "Waits for your answer", cost, "Asks a question", "answer in")
	more := attr(a.all("li.more a")[0], "href")
	rest := b.part(more)
	if n := len(rest.all("li")); n != 15 {
		t.Errorf("%d rows on the second page", n)
	}
	b.get("/inbox?view=automatic").wants("#inbox", "Nothing here")
	b.part("/inbox/rows?view=all").wants("body", "Waits for your answer")
	if to := b.do("GET", "/inbox/rows?view=all", nil).Header.Get("Location"); to != "/inbox?view=all" {
		t.Errorf("the list by itself leads to %q", to)
	}
	if code := b.do("GET", "/inbox/rows?view=all&after=%00%ff", nil).StatusCode; code != 200 {
		t.Errorf("a broken place in the list: status %d", code)
	}
}

func TestPeople(t *testing.T) {
	s := newSite(t, 120)
	s.Enroll(t, 119)
	s.heard(118, sales.Question, cost)
	b := s.as(s.Seller)
	a := b.get("/people")
	if n := len(a.all("#people [data-row]")); n != 50 {
		t.Errorf("%d rows", n)
	}
	a.wants("#people", "Brightwater Logistics", "Fleet ops, autumn", "Our move")
	more := a.all("#people a")
	next := attr(more[len(more)-1], "href")
	if n := len(b.part(next).all("[data-row]")) + strings.Count(b.part(next).body, "data-row"); n < 50 {
		t.Errorf("%d rows on the second page", n)
	}
	if body := b.part("/people/rows?q=person77").body; strings.Count(body, "data-row") != 1 {
		t.Errorf("found %d", strings.Count(body, "data-row"))
	}
	if body := b.part("/people/rows?q=oliveira&show=ours").body; strings.Count(body, "data-row") != 1 {
		t.Errorf("our moves: %d", strings.Count(body, "data-row"))
	}
	b.get("/people?q=nobody+at+all").wants("#people", "Nobody matches")
	b.part("/go?q=fleet").wants("body", "Fleet ops, autumn", "Sequence")
	b.part("/go?q=person3%40").wants("body", "Marta Oliveira")
	b.get("/go?q=zzz").wants("main", "Nothing by that name")
}

func TestPersonIsAddedAndEdited(t *testing.T) {
	s := newSite(t, 1)
	b := s.as(s.Seller)
	b.get("/people/new").wants("h1", "Add a person")
	to := b.post("/people", "first_name", "Jonas", "last_name", "Lindqvist", "email", "Jonas@fjellfrakt.example", "account", "Fjellfrakt", "zone", "Europe/Oslo").Header.Get("Location")
	a := b.get(to)
	a.wants("h1", "Jonas Lindqvist")
	a.wants("#toasts", "is added")
	a.wants("main", "Added by hand.", "Fjellfrakt")
	b.post(to+"/edit", "first_name", "Jonas", "last_name", "Lind", "email", "jonas@fjellfrakt.example", "account", "Fjellfrakt", "phone", "+47 55 50 01 48")
	b.get(to).wants("h1", "Jonas Lind")
	wrong := b.do("POST", to+"/edit", form("first_name", "<script>x</script>", "email", "not an address", "zone", "Mars/Olympus"))
	if wrong.StatusCode != 422 {
		t.Errorf("status %d", wrong.StatusCode)
	}
	wrong.wants("form", "is not a mail address", "There is no such time zone")
	if got := wrong.value("[name=first_name]"); got != "<script>x</script>" {
		t.Errorf("typed text is %q", got)
	}
	twice := b.do("POST", "/people", form("email", "jonas@fjellfrakt.example"))
	if twice.StatusCode != 422 {
		t.Errorf("a second with the same address: status %d", twice.StatusCode)
	}
	twice.wants("[role=alert]", "is there already")
}

func TestEnrol(t *testing.T) {
	s := newSite(t, 3)
	s.Enroll(t, 0)
	b := s.as(s.Owner)
	one, two := s.People[0].ID.String(), s.People[1].ID.String()
	a := b.do("POST", "/people/enrol/preview", form("sequence", s.Sequence.ID.String(), "person", one, "person", two, "back", "/people?show=idle"))
	a.wants("main", "1 person goes in, 1 does not", "Is in this sequence already", "First step")
	if n := len(a.all("[name=person]")); n != 1 {
		t.Errorf("%d people in the form", n)
	}
	b.post("/people/enrol", "sequence", s.Sequence.ID.String(), "person", two)
	b.get("/people").wants("#toasts", "1 person is in the sequence.")
	b.post("/people/enrol/preview", "sequence", s.Sequence.ID.String())
	b.get("/people").wants("#toasts", "Choose somebody first")
	if code := s.as(s.Seller).status("/people/enrol", "sequence", s.Sequence.ID.String(), "person", s.People[2].ID.String()); code != 303 {
		t.Errorf("their own sequence: status %d", code)
	}
}

// A seller sees neither the people of another seller nor anything of another
// workspace; both look as if they did not exist.
func TestWalls(t *testing.T) {
	s := newSite(t, 2)
	s.heard(0, sales.Question, cost)
	e := s.Enroll(t, 1)
	other := storetest.NewWorld(t, s.Store, 2) // another tenant in the same database
	ctx := context.Background()
	bob := sales.User{WorkspaceID: s.Workspace.ID, ID: s.NewID(), Email: "bob@brightmail.example", Name: "Bob", Role: sales.RoleSeller, CreatedAt: storetest.Now}
	if err := s.InTx(ctx, func(tx *store.Tx) error { return tx.InsertUser(ctx, bob) }); err != nil {
		t.Fatal(err)
	}
	task := s.openTask(0, sales.TaskAnswer)
	message, err := s.MessagesOf(ctx, s.Workspace.ID, s.People[0].ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	id, msg := s.People[0].ID.String(), message[0].ID.String()
	later := storetest.Now.AddDate(0, 0, 7).Format(time.RFC3339)
	gets := []string{"/people/" + id, "/people/" + id + "/edit", "/people/" + id + "/story?before=9", "/inbox/" + message[0].ThreadID.String(), "/messages/" + msg, "/messages/" + msg + "/html"}
	posts := map[string][]string{
		"/people/" + id + "/mail": {"subject", "s", "body", "b"}, "/people/" + id + "/call": {"disposition", "talked"}, "/people/" + id + "/meeting": {"at", "2026-03-10T10:00"},
		"/people/" + id + "/note": {"text", "n"}, "/people/" + id + "/snooze": {"until", later}, "/people/" + id + "/wait": {"until", later},
		"/people/" + id + "/not-now": {"until", later}, "/people/" + id + "/suppress": {"why", "w"}, "/people/" + id + "/edit": {"email", "a@b.example"},
		"/messages/" + msg + "/verdict": {"verdict", "other"}, "/tasks/" + task.ID.String() + "/done": nil, "/tasks/" + task.ID.String() + "/fix": {"email", "a@b.example"},
		"/tasks/" + task.ID.String() + "/referral": {"email", "a@b.example"}, "/tasks/" + task.ID.String() + "/confirm": {"answer", "yes"}, "/tasks/" + task.ID.String() + "/decide": {"answer", "end"},
		"/tasks/" + task.ID.String() + "/approve": {"subject", "s", "body", "b"}, "/tasks/" + task.ID.String() + "/reject": nil,
		"/enrollments/" + e.ID.String() + "/pause": nil, "/enrollments/" + e.ID.String() + "/stop": nil, "/enrollments/" + e.ID.String() + "/remove": nil, "/undo/rest/" + id + "/" + task.ID.String(): nil, "/undo/snooze/" + id: nil,
	}
	for _, who := range []sales.User{bob, other.Owner, other.Seller} {
		b := s.as(who)
		for _, path := range gets {
			if code := b.do("GET", path, nil).StatusCode; code != 404 {
				t.Errorf("%s: GET %s: status %d", who.Name, path, code)
			}
		}
		for path, fields := range posts {
			if code := b.status(path, fields...); code != 404 {
				t.Errorf("%s: POST %s: status %d", who.Name, path, code)
			}
		}
		for _, path := range []string{"/people", "/people?q=brightwater", "/inbox?view=all", "/next", "/go?q=marta"} {
			if body := b.get(path).body; strings.Contains(body, "/people/"+id) || strings.Contains(body, "/inbox/"+message[0].ThreadID.String()) {
				t.Errorf("%s: GET %s shows somebody else's person", who.Name, path)
			}
		}
	}
	if got := s.openTask(0, sales.TaskAnswer); got.ID != task.ID {
		t.Error("the task was touched")
	}
}

// What others wrote is shown as they wrote it, and does nothing.
func TestHostileWords(t *testing.T) {
	const evil = `<script>alert(1)</script><img src=x onerror=alert(1)>`
	s := newSite(t, 1)
	ctx := context.Background()
	p := s.People[0]
	p.FirstName, p.LastName, p.Title, p.LinkedIn, p.Phone, p.Custom = evil, "\u202e"+evil, evil, "javascript:alert(1)", `"><script>`, map[string]string{evil: evil}
	if err := s.InTx(ctx, func(tx *store.Tx) error { return tx.SavePerson(ctx, p, evil) }); err != nil {
		t.Fatal(err)
	}
	s.People[0] = p
	m := s.heard(0, sales.Question, evil+"{{ .X }} ${1}")
	b := s.as(s.Seller)
	id := p.ID.String()
	b.do("POST", "/people/"+id+"/note", form("text", evil))
	for _, path := range []string{"/next", "/inbox", "/inbox/" + m.ThreadID.String(), "/people", "/people/" + id, "/people/" + id + "/edit", "/go?q=script", "/people?q=" + url.QueryEscape(evil)} {
		a := b.get(path)
		for _, n := range a.all("script") {
			if attr(n, "src") == "" {
				t.Errorf("%s has a script of its own", path)
			}
		}
		if len(a.all("[onerror]")) > 0 || len(a.all("[src=x]")) > 0 || strings.Contains(a.body, `href="javascript:`) {
			t.Errorf("%s has what they wrote as HTML", path)
		}
		csp := a.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
	}
	a := b.get("/messages/" + m.ID.String() + "/html")
	if csp := a.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "sandbox") || strings.Contains(csp, "script-src") {
		t.Errorf("the policy of a mail is %q", csp)
	}
	if a.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Error("a mail tells where its links were followed")
	}
}

func TestForgedToast(t *testing.T) {
	s := newSite(t, 1)
	b := s.as(s.Seller)
	for _, c := range []string{"bm90IGpzb24", "eyJ0IjoiPGI-aGk8L2I-IiwidSI6Imh0dHBzOi8vZXZpbC5leGFtcGxlIn0", strings.Repeat("A", 3000)} {
		a := b.do("GET", "/next", nil, "Cookie", b.cookies()+"; toast="+c)
		if a.StatusCode != 200 || len(a.all("#toasts b")) > 0 || len(a.all("#toasts form")) > 0 {
			t.Errorf("%q: status %d, %s", c, a.StatusCode, a.text("#toasts"))
		}
	}
}

func (b *browser) cookies() string {
	at, _ := url.Parse(b.url)
	var out []string
	for _, c := range b.c.Jar.Cookies(at) {
		out = append(out, c.Name+"="+c.Value)
	}
	return strings.Join(out, "; ")
}

func TestOtherSitesAreRefused(t *testing.T) {
	s := newSite(t, 1)
	s.heard(0, sales.Question, cost)
	b := s.as(s.Seller)
	path := "/tasks/" + s.openTask(0, sales.TaskAnswer).ID.String() + "/done"
	for _, h := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
		if a := b.do("POST", path, form(), h...); a.StatusCode != 403 {
			t.Errorf("%v: status %d", h, a.StatusCode)
		}
	}
	s.openTask(0, sales.TaskAnswer)
	// A way back that leads elsewhere is not followed.
	if to := b.post(path, "back", "//evil.example/").Header.Get("Location"); to != "/next" {
		t.Errorf("sent on to %q", to)
	}
}

func TestNobodyWithoutALogin(t *testing.T) {
	s := newSite(t, 1)
	b := s.anybody()
	if to := b.do("GET", "/people?q=a", nil).Header.Get("Location"); to != "/login?to=%2Fpeople%3Fq%3Da" {
		t.Errorf("sent on to %q", to)
	}
	for _, path := range []string{"/next/after", "/live", "/go?q=a"} {
		if code := b.do("GET", path, nil, "HX-Request", "true").StatusCode; code != 401 {
			t.Errorf("%s: status %d", path, code)
		}
	}
	if code := b.status("/people/1/note", "text", "x"); code != 401 {
		t.Errorf("status %d", code)
	}
}

func TestLive(t *testing.T) {
	s := newSite(t, 1)
	b := s.as(s.Seller)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	r, _ := http.NewRequestWithContext(ctx, "GET", s.url+"/live", nil)
	res, err := b.c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if got := res.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/event-stream") {
		t.Fatalf("content type %q", got)
	}
	lines := bufio.NewScanner(res.Body)
	until := func(want string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), want) {
				return
			}
		}
		t.Fatalf("the stream ended without %q: %v", want, lines.Err())
	}
	until(`hx-target="#count-inbox"`)
	s.heard(0, sales.Question, cost)
	until(`<hx-partial hx-target="#count-next" hx-swap="innerHTML">1</hx-partial>`)
	until("event: arrival")
	until(`"text":"Marta Oliveira: asked a question"`)
	if err := s.desk.Note(ctx, s.Viewer(), s.People[0].ID, "hello"); err != nil {
		t.Fatal(err)
	}
	until("event: stirred")
}
