package intake_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// rename gives a person of the world a name of their own: they have all the same.
func (w *world) rename(i int, first, last string) {
	w.t.Helper()
	w.People[i].FirstName, w.People[i].LastName = first, last
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		p, err := tx.Person(ctx, w.Workspace.ID, w.People[i].ID)
		if err != nil {
			return err
		}
		p.FirstName, p.LastName = first, last
		return tx.SavePerson(ctx, p, w.Account.Name)
	})
}

func (w *world) candidates(message sales.ID) []sales.Candidate {
	w.t.Helper()
	list, err := w.World.Candidates(w.t.Context(), w.Workspace.ID, message)
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func (w *world) addresses(i int) (out []string) {
	w.t.Helper()
	list, err := w.AddressesOf(w.t.Context(), w.Workspace.ID, w.People[i].ID)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, a := range list {
		out = append(out, a.Address)
	}
	return out
}

// story are the lines of the ledger about a person, the newest first.
func (w *world) story(i int) string {
	w.t.Helper()
	list, err := w.MovesOf(w.t.Context(), w.Workspace.ID, w.People[i].ID, 50)
	if err != nil {
		w.t.Fatal(err)
	}
	var b strings.Builder
	for _, m := range list {
		fmt.Fprintln(&b, m.Text)
	}
	return b.String()
}

// TestRewritten: a server that writes a Message-ID of its own is found out by the
// copy in Sent, and answers that name that one are answers to our mail.
func TestRewritten(t *testing.T) {
	w := written(t, 1)
	token := w.Keys.Token(w.Workspace.ID, w.mailing(0).ID)
	answer := letter("From: assistant@elsewhere.example", "Subject: that", "Message-ID: <a@x.example>", "In-Reply-To: <0102.rewritten@relay.example>", "", "Yes, tell me more.")
	copied := letter("From: ana@brightmail.example", "To: "+w.People[0].Email, "Subject: A question about trucks", "Message-ID: <0102.rewritten@relay.example>", "X-Ninetyten-Ref: "+token, "", "Hello")
	w.read("INBOX", copied) // anybody can write a copy
	w.read("INBOX", strings.Replace(answer, "<a@", "<before@", 1))
	if w.kept() != 0 {
		t.Fatal("a copy outside of Sent was believed")
	}
	w.read("Sent", copied)
	if head, err := w.Thread(t.Context(), w.Workspace.ID, w.mailing(0).ThreadID); err != nil || head.LastHeader != "0102.rewritten@relay.example" {
		t.Errorf("the next mail of the thread answers %q, %v", head.LastHeader, err)
	}
	w.read("INBOX", answer)
	got := w.messages(0)
	if len(got) != 1 || got[0].Matched != "references" || got[0].MailingID != w.mailing(0).ID || got[0].ThreadID != w.mailing(0).ThreadID || w.enrollment(0).State != sales.Finished {
		t.Errorf("%+v, %s", got, w.enrollment(0).State)
	}
}

// TestRewrittenBeforeSentIsRead: the answer is faster than the copy in Sent; sender
// and subject tell, and the quoted link.
func TestRewrittenBeforeSentIsRead(t *testing.T) {
	for how, raw := range map[string]func(w *world) string{
		"sender": func(w *world) string {
			return letter("From: "+w.People[0].Email, "Subject: RE: A question about trucks", "Message-ID: <a@x.example>", "References: <0102@relay.example>", "", "Yes, tell me more.")
		},
		"token": func(w *world) string {
			return letter("From: x@elsewhere.example", "Subject: hm", "Message-ID: <a@x.example>", "References: <0102@relay.example>", "", "Yes, tell me more.", "", "> https://sales.brightmail.example/u/"+w.Keys.Token(w.Workspace.ID, w.mailing(0).ID))
		},
	} {
		w := written(t, 1)
		w.read("INBOX", raw(w))
		if got := w.messages(0); len(got) != 1 || got[0].Matched != how || got[0].ThreadID != w.mailing(0).ThreadID {
			t.Errorf("%s: %+v", how, got)
		}
	}
}

// TestForwardedToColleague: a colleague answers the mail that they were forwarded.
// The sequence stops, the line says who wrote, and they are proposed as a person;
// nothing about the person is changed.
func TestForwardedToColleague(t *testing.T) {
	w := written(t, 1)
	before, _ := w.Person(t.Context(), w.Viewer(), w.People[0].ID)
	raw := letter("From: Rui Costa <rui.costa@brightwater.example>", "To: ana@brightmail.example", "Subject: Re: A question about trucks", "Message-ID: <rui@brightwater.example>", "References: <first-0@brightmail.example> <fwd@brightwater.example>", "", "Marta passed this on to me. What does it cost?")
	w.read("INBOX", raw, raw)
	if e := w.enrollment(0); e.State != sales.Finished || e.Reason != sales.EndReplied {
		t.Errorf("%s %s", e.State, e.Reason)
	}
	tasks := map[sales.TaskKind]sales.Task{}
	for _, task := range w.tasks(0) {
		tasks[task.Kind] = task
	}
	if len(w.tasks(0)) != 2 || !strings.Contains(tasks[sales.TaskAnswer].Title, "Rui Costa") || !strings.Contains(tasks[sales.TaskReferral].Title, "Rui Costa <rui.costa@brightwater.example> answered") {
		t.Errorf("%+v", w.tasks(0))
	}
	after, err := w.Person(t.Context(), w.Viewer(), w.People[0].ID)
	if err != nil || after.Email != before.Email || after.FirstName != before.FirstName || after.LastName != before.LastName || len(w.addresses(0)) != 0 {
		t.Errorf("written over: %+v, %v", after, w.addresses(0))
	}
	if story := w.story(0); !strings.Contains(story, "A colleague wrote, Rui Costa <rui.costa@brightwater.example>: Asked a question.") {
		t.Error(story)
	}
}

// TestTheirOtherAddress: in the thread an address of the same name is kept as
// theirs, and from then on is enough; one that only may be theirs is not kept.
func TestTheirOtherAddress(t *testing.T) {
	for name, x := range map[string]struct {
		from string
		kept bool
	}{
		"the same name":     {"Marta Oliveira <marta@home.example>", true},
		"the other order":   {`"OLIVEIRA, Márta" <moliveira77@home.example>`, true},
		"a tag":             {"person0+work@brightwater.example", true},
		"no name":           {"marta.private@home.example", false},
		"another name":      {"Rui Costa <rui@home.example>", false},
		"the address twice": {"marta.private@home.example <marta.private@home.example>", false},
	} {
		w := written(t, 1)
		w.read("INBOX", letter("From: "+x.from, "Subject: Re: A question about trucks", "In-Reply-To: <first-0@brightmail.example>", "Message-ID: <a@x.example>", "", "Yes, tell me more."))
		if len(w.messages(0)) != 1 || w.enrollment(0).State != sales.Finished {
			t.Errorf("%s: it is certain in the thread: %+v", name, w.messages(0))
		}
		if got := w.addresses(0); (len(got) == 1) != x.kept {
			t.Errorf("%s: %v", name, got)
		}
		w.read("INBOX", letter("From: "+x.from[strings.LastIndexByte(x.from, '<')+1:], "Subject: Another day", "Message-ID: <b@x.example>", "", "And another question: what does it cost?"))
		if got := len(w.messages(0)); (got == 2) != x.kept {
			t.Errorf("%s: %d messages are theirs", name, got)
		}
	}
}

// TestInvitationAnswers: answers of calendars, matched by attendee, by appointment
// and by thread.
func TestInvitationAnswers(t *testing.T) {
	invite := func(w *world) string {
		return letter("From: ana@brightmail.example", "To: "+w.People[0].Email, "Subject: Trucks", "Message-ID: <invite@brightmail.example>", "MIME-Version: 1.0", "Content-Type: text/calendar; method=REQUEST", "",
			"BEGIN:VCALENDAR", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:trucks-1@brightmail.example", "SUMMARY:Trucks", "DTSTART:20260306T140000Z", "ATTENDEE:mailto:"+w.People[0].Email, "END:VEVENT", "END:VCALENDAR", "")
	}
	answer := func(from, attendee, status, extra string) string {
		return letter("From: "+from, "To: ana@brightmail.example", "Subject: "+status+": Trucks", "Message-ID: <answer@calendar.example>", "MIME-Version: 1.0", "Content-Type: text/calendar; method=REPLY", "",
			"BEGIN:VCALENDAR", "METHOD:REPLY", "BEGIN:VEVENT", "UID:trucks-1@brightmail.example", "SUMMARY:Trucks", "DTSTART:20260306T140000Z", "ATTENDEE;PARTSTAT="+status+":mailto:"+attendee, extra+"END:VEVENT", "END:VCALENDAR", "")
	}
	for name, x := range map[string]struct {
		raw    func(w *world) string
		how    string
		reason sales.Reason
		story  string
		task   string // of its title; "" is none
	}{
		"accepted": {func(w *world) string { return answer(w.People[0].Email, w.People[0].Email, "ACCEPTED", "") }, "invitation", sales.EndMeeting, "Accepted the invitation “Trucks” of 6 Mar 2026", ""},
		"by the attendee, from the calendar": {func(w *world) string {
			return answer("Calendar <notify@calendar.example>", w.People[0].Email, "TENTATIVE", "")
		}, "invitation", sales.EndMeeting, "Perhaps comes", "Said perhaps"},
		"by the appointment alone": {func(w *world) string {
			return answer("Office <office@calendar.example>", "m.oliveira@calendar.example", "DECLINED", "")
		}, "invitation", sales.EndReplied, "Declined the invitation “Trucks”", "Declined the invitation"},
		"a demand to stop": {func(w *world) string {
			return answer(w.People[0].Email, w.People[0].Email, "DECLINED", "COMMENT:Please remove me from your list.\r\n")
		}, "invitation", sales.EndUnsubscribe, "Asked not to be contacted again", ""},
		"another appointment, by the attendee": {func(w *world) string {
			return strings.ReplaceAll(answer("Calendar <notify@calendar.example>", w.People[0].Email, "ACCEPTED", ""), "trucks-1", "other")
		}, "sender", sales.EndMeeting, "Accepted the invitation", ""},
	} {
		w := written(t, 1)
		w.read("Sent", invite(w))
		// The seller wrote: the sequence waits, and goes on when somebody says so.
		e := w.enrollment(0)
		if e.State != sales.Paused {
			t.Fatalf("%s: %s", name, e.State)
		}
		w.clock.t = w.clock.t.Add(time.Hour)
		w.read("INBOX", x.raw(w))
		got := w.messages(0)
		if len(got) < 1 || got[0].Matched != x.how || got[0].ThreadID == 0 {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		if e := w.enrollment(0); e.Reason != x.reason {
			t.Errorf("%s: %s %s", name, e.State, e.Reason)
		}
		if story := w.story(0); !strings.Contains(story, x.story) {
			t.Errorf("%s: %s", name, story)
		}
		tasks := slices.DeleteFunc(w.tasks(0), func(t sales.Task) bool { return t.Kind == sales.TaskMeeting }) // that asks afterwards, see engine
		if (len(tasks) == 1) != (x.task != "") || x.task != "" && !strings.HasPrefix(tasks[0].Title, x.task) {
			t.Errorf("%s: %+v", name, tasks)
		}
	}
}

// TestInvitationPassedOn: a colleague of the seller who answers says nothing about
// the person, and of a room or somebody else at the company a seller is asked.
func TestInvitationPassedOn(t *testing.T) {
	for attendee, asked := range map[string]bool{"otto@brightmail.example": false, "ana@brightmail.example": false, "room4@brightwater.example": true, "rui.costa@brightwater.example": true} {
		w := written(t, 1)
		w.read("Sent", letter("From: ana@brightmail.example", "To: "+w.People[0].Email, "Subject: Trucks", "Message-ID: <invite@brightmail.example>", "MIME-Version: 1.0", "Content-Type: text/calendar; method=REQUEST", "",
			"BEGIN:VCALENDAR", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:trucks-1@brightmail.example", "SUMMARY:Trucks", "DTSTART:20260306T140000Z", "ATTENDEE:mailto:"+w.People[0].Email, "END:VEVENT", "END:VCALENDAR", ""))
		w.clock.t = w.clock.t.Add(time.Hour)
		w.read("INBOX", letter("From: Calendar <notify@calendar.example>", "To: ana@brightmail.example", "Subject: Accepted: Trucks", "Message-ID: <answer@calendar.example>", "MIME-Version: 1.0", "Content-Type: text/calendar; method=REPLY", "",
			"BEGIN:VCALENDAR", "METHOD:REPLY", "BEGIN:VEVENT", "UID:trucks-1@brightmail.example", "SUMMARY:Trucks", "DTSTART:20260306T140000Z", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:"+attendee, "END:VEVENT", "END:VCALENDAR", ""))
		if e := w.enrollment(0); e.State != sales.Paused || strings.Contains(w.story(0), "Accepted") {
			t.Errorf("%s: %s %s, %s", attendee, e.State, e.Reason, w.story(0))
		}
		got := w.incoming()
		if len(got) == 1 != asked {
			t.Errorf("%s: %+v", attendee, got)
		}
		if !asked {
			continue
		}
		list := w.candidates(got[0].ID)
		if len(list) == 0 || !strings.Contains(list[0].Reason, "answers your invitation") || list[0].ThreadID == 0 || len(w.tasks(0)) != 1 || w.tasks(0)[0].Kind != sales.TaskConfirm {
			t.Errorf("%s: %+v, %+v", attendee, list, w.tasks(0))
		}
	}
}

// TestAskedAgain: when the question is before nobody any more, the next mail from
// the address opens it again, and its answer counts for all of them.
func TestAskedAgain(t *testing.T) {
	w := written(t, 1)
	raw := func(id string) string {
		return letter("From: Marta Oliveira <marta@home.example>", "Subject: Re: A question about trucks", "Message-ID: <"+id+"@x.example>", "", "Yes, tell me more.")
	}
	w.read("INBOX", raw("a"))
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.EndTask(ctx, w.Workspace.ID, w.tasks(0)[0].ID, sales.TaskDone, w.clock.t, "by an older program")
	})
	w.read("INBOX", raw("b"), raw("c"))
	tasks := w.tasks(0)
	if len(tasks) != 1 || tasks[0].Kind != sales.TaskConfirm || tasks[0].MessageID != w.incoming()[1].ID {
		t.Fatalf("%+v", tasks)
	}
	if err := w.desk().Confirm(t.Context(), w.Viewer(), tasks[0].ID, true); err != nil {
		t.Fatal(err)
	}
	if got := w.messages(0); len(got) != 3 || w.enrollment(0).State != sales.Finished {
		t.Errorf("%d are theirs, %s", len(got), w.enrollment(0).State)
	}
}

func (w *world) desk() *desk.Desk {
	return &desk.Desk{Store: w.World.Store, Clock: w.clock, Notify: &w.heard, Log: slog.New(slog.DiscardHandler)}
}

// TestWhoWroteBehindTheWall: a seller's ledger names nobody of another seller's, and
// the name of who wrote is that of the mail.
func TestWhoWroteBehindTheWall(t *testing.T) {
	w := written(t, 2)
	w.rename(1, "Rui", "Secret")
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		p, err := tx.Person(ctx, w.Workspace.ID, w.People[1].ID)
		if err != nil {
			return err
		}
		p.OwnerID = w.Owner.ID
		return tx.SavePerson(ctx, p, w.Account.Name)
	})
	w.read("INBOX", letter("From: R. C. <"+w.People[1].Email+">", "Subject: Re: A question about trucks", "In-Reply-To: <first-0@brightmail.example>", "Message-ID: <a@x.example>", "", "Marta passed this on. What does it cost?"))
	if e := w.enrollment(1); e.State != sales.Finished {
		t.Errorf("who wrote it: %s", e.State)
	}
	if s := w.story(0); strings.Contains(s, "Secret") || !strings.Contains(s, "R. C.") {
		t.Error(s)
	}
	if s := w.story(1); strings.Contains(s, "Marta") || !strings.Contains(s, "in a mail to a colleague") {
		t.Error(s)
	}
}

// TestProbable: whose it may be, the likeliest first, why, and what is held.
func TestProbable(t *testing.T) {
	for name, x := range map[string]struct {
		raw    func(w *world) string
		want   []int // people
		others bool  // the first is offered as written by a colleague
		reason string
	}{
		"a private address, same name and subject": {func(*world) string {
			return letter("From: Marta Oliveira <marta@home.example>", "Subject: AW: A question about trucks", "Message-ID: <a@x.example>", "", "Yes, tell me more.")
		}, []int{0}, false, "The same name, the subject of your mail."},
		"same name and company, another subject": {func(*world) string {
			return letter("From: Marta Oliveira <mo@brightwater.example>", "Subject: Prices", "Message-ID: <a@x.example>", "", "What does it cost?")
		}, []int{0}, false, "The same name, the same company."},
		"a tag": {func(*world) string {
			return letter("From: person0+news@brightwater.example", "Subject: Prices", "Message-ID: <a@x.example>", "", "What does it cost?")
		}, []int{0}, false, "The same name, the same company."},
		"a colleague with the subject": {func(*world) string {
			return letter("From: Tom Black <tom@brightwater.example>", "Subject: Re: A question about trucks", "Message-ID: <a@x.example>", "", "What does it cost?")
		}, []int{2, 1, 0}, true, "The subject of your mail, the same company."},
		"the quoted address": {func(w *world) string {
			return letter("From: Tom Black <tom@elsewhere.example>", "Subject: your offer", "Message-ID: <a@x.example>", "", "What does it cost?", "", "-----Original Message-----", "From: Ana", "Sent: Monday", "To: "+w.People[1].Email, "Subject: A question about trucks", "", "Hello")
		}, []int{1}, true, "It quotes your mail to person1@brightwater.example."},
		"nobody": {func(*world) string {
			return letter("From: Tom Black <tom@elsewhere.example>", "Subject: Re: A question about trucks", "Message-ID: <a@x.example>", "", "What does it cost?")
		}, nil, false, ""},
		"a provider for anybody": {func(*world) string {
			return letter("From: Tom Black <tom@gmail.com>", "Subject: Re: A question about trucks", "Message-ID: <a@x.example>", "", "What does it cost?")
		}, nil, false, ""},
		"a newsletter": {func(*world) string {
			return letter("From: Marta Oliveira <news@brightwater.example>", "Subject: Our news", "List-Id: <news.brightwater.example>", "List-Unsubscribe: <https://news.brightwater.example/x>", "Precedence: bulk", "Message-ID: <a@x.example>", "", "Read about our trucks in March.")
		}, nil, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 3)
			w.rename(1, "Rui", "Costa")
			w.rename(2, "Eva", "Lang")
			for i := range 3 {
				w.clock.t = storetest.Now.Add(time.Duration(i) * time.Minute)
				w.write(i)
			}
			w.clock.t = storetest.Now.Add(24 * time.Hour)
			w.read("INBOX", x.raw(w))
			got := w.incoming()
			if len(x.want) == 0 {
				if len(got) != 0 || len(w.heard) != 0 {
					t.Fatalf("it was kept: %+v", got)
				}
				return
			}
			if len(got) != 1 || got[0].PersonID != 0 || got[0].Matched != "asked" {
				t.Fatalf("%+v", got)
			}
			list := w.candidates(got[0].ID)
			if len(list) != len(x.want) || list[0].Reason != x.reason || list[0].Colleague != x.others {
				t.Fatalf("%+v", list)
			}
			for i, c := range list {
				if c.PersonID != w.People[x.want[i]].ID {
					t.Errorf("candidate %d is %+v", i, c)
				}
			}
			for i := range 3 {
				held := false
				for _, n := range x.want {
					held = held || n == i
				}
				if e := w.enrollment(i); (e.State == sales.Paused) != held || held && (e.Actor != sales.BySystem || !e.NextAt.IsZero()) {
					t.Errorf("person %d: %s %s", i, e.State, e.Reason)
				}
				if p, err := w.Person(t.Context(), w.Viewer(), w.People[i].ID); err != nil || !p.LastInAt.IsZero() {
					t.Errorf("person %d was heard of: %v", i, err)
				}
			}
			if tasks := w.tasks(x.want[0]); len(tasks) != 1 || tasks[0].Kind != sales.TaskConfirm || tasks[0].MessageID != got[0].ID || tasks[0].UserID != w.Seller.ID || len(w.heard) != 1 {
				t.Errorf("%+v", tasks)
			}
		})
	}
}

// TestAskedOnce: a second mail from the same address waits with the first, and
// every seller is asked about their own people.
func TestAskedOnce(t *testing.T) {
	w := written(t, 1)
	raw := func(id, text string) string {
		return letter("From: Marta Oliveira <marta@home.example>", "Subject: Re: A question about trucks", "Message-ID: <"+id+"@x.example>", "", text)
	}
	w.read("INBOX", raw("a", "Yes, tell me more."), raw("b", "And what does it cost?"), raw("a", "Yes, tell me more."))
	got := w.incoming()
	if len(got) != 2 || got[0].ThreadID != got[1].ThreadID || len(w.tasks(0)) != 1 || len(w.candidates(got[1].ID)) != 1 {
		t.Errorf("%d kept, %d tasks", len(got), len(w.tasks(0)))
	}
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		on, err := tx.HoldsOn(ctx, w.Workspace.ID, w.enrollment(0).ID)
		if len(on) != 2 {
			t.Errorf("%+v", on)
		}
		return err
	})
	w = newWorld(t, 2)
	w.write(0)
	w.clock.t = w.clock.t.Add(time.Minute)
	w.write(1)
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		p, err := tx.Person(ctx, w.Workspace.ID, w.People[0].ID)
		p.OwnerID = w.Owner.ID
		if err != nil {
			return err
		}
		return tx.SavePerson(ctx, p, w.Account.Name)
	})
	w.read("INBOX", raw("a", "Yes, tell me more."))
	if list := w.candidates(w.incoming()[0].ID); len(list) != 2 || list[0].PersonID != w.People[1].ID || list[1].PersonID != w.People[0].ID {
		t.Errorf("%+v", list)
	}
	for i, owner := range []sales.ID{w.Owner.ID, w.Seller.ID} {
		if tasks := w.tasks(i); len(tasks) != 1 || tasks[0].UserID != owner || !strings.HasPrefix(tasks[0].Title, "Is this mail from Marta") {
			t.Errorf("%+v", tasks)
		}
		if e := w.enrollment(i); e.State != sales.Paused {
			t.Errorf("person %d is not held: %s", i, e.State)
		}
	}
}
