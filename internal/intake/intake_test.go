package intake_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

func reply(w *world, i int, id, text string) string {
	return letter("From: "+w.People[i].Email, "To: ana@brightmail.example", "Subject: Re: A question about trucks", "Message-ID: <"+id+"@x.example>", fmt.Sprintf("In-Reply-To: <first-%d@brightmail.example>", i), "", text)
}

// TestReply: the sequence stops, the seller gets a handoff with its clock, the
// ledger says so, and pages hear of it.
func TestReply(t *testing.T) {
	w := written(t, 1)
	w.read("INBOX", reply(w, 0, "a", "Yes, I am interested. Can we talk on Thursday?"))
	e, tasks := w.enrollment(0), w.tasks(0)
	if e.State != sales.Finished || e.Reason != sales.EndReplied || e.Actor != sales.ByBuyer {
		t.Errorf("%s %s by %s", e.State, e.Reason, e.Actor)
	}
	if len(tasks) != 1 || tasks[0].Intent != sales.Interested || !tasks[0].DueAt.Equal(w.clock.t.Add(15*time.Minute)) {
		t.Errorf("%+v", tasks)
	}
	p, err := w.Person(t.Context(), w.Viewer(), w.People[0].ID)
	if err != nil || p.Move != sales.OurMove || !p.LastInAt.Equal(w.clock.t) || p.Untouched != 0 {
		t.Errorf("move %s, last in %v, %d untouched", p.Move, p.LastInAt, p.Untouched)
	}
	if len(w.heard) != 1 || !w.heard[0].Urgent || w.heard[0].PersonID != p.ID || len(w.heard[0].Tasks) != 1 {
		t.Errorf("%+v", w.heard)
	}
	stats, err := w.StepStats(t.Context(), w.Workspace.ID, w.Sequence.ID)
	step := w.Sequence.Steps[0].ID
	if err != nil || stats[store.Stat{StepID: step, Name: store.StatAnswered}] != 1 || stats[store.Stat{StepID: step, Name: store.StatInterested}] != 1 {
		t.Errorf("%v, %v", stats, err)
	}
	raw, err := w.Raw(t.Context(), w.Workspace.ID, w.messages(0)[0].RawID)
	if err != nil || !strings.Contains(string(raw), "Can we talk on Thursday?") {
		t.Errorf("%q, %v", raw, err)
	}
	cur, err := w.Cursor(t.Context(), w.Workspace.ID, w.Mailbox.ID, "INBOX")
	if err != nil || cur.LastUID != 1 {
		t.Errorf("%+v, %v", cur, err)
	}
}

// TestOnce: the same mail from several folders, several times, and by two
// readers at once, counts once.
func TestOnce(t *testing.T) {
	w := written(t, 1)
	raw := reply(w, 0, "a", "Yes, tell me more.")
	w.read("INBOX", raw, raw)
	w.read("Junk", raw)
	w.in.Notify = discard{}
	var wg sync.WaitGroup
	second := reply(w, 0, "b", "And what does it cost?")
	for range 6 {
		wg.Go(func() {
			f := inbound.Folder{Name: "INBOX", Role: inbound.RoleInbox}
			m := inbound.Mail{UID: 99, ArrivedAt: w.clock.t, Raw: []byte(second)}
			if err := w.in.Receive(context.Background(), w.Mailbox, f, []inbound.Mail{m}, sales.Cursor{UIDValidity: 1, LastUID: 99}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(w.messages(0)); n != 2 {
		t.Errorf("%d messages", n)
	}
	if n := len(w.tasks(0)); n != 2 {
		t.Errorf("%d tasks", n)
	}
	moves, err := w.MovesOf(t.Context(), w.Workspace.ID, w.People[0].ID, 100)
	replies := 0
	for _, m := range moves {
		if m.Kind == sales.MoveReply || m.Kind == sales.MoveQuestion || m.Kind == sales.MoveInterest {
			replies++
		}
	}
	if err != nil || replies != 2 {
		t.Errorf("%d lines of answers in the ledger", replies)
	}
}

// TestStrangers: mail of people that nobody knows is not kept.
func TestStrangers(t *testing.T) {
	w := written(t, 1)
	w.read("INBOX",
		letter("From: bank@elsewhere.example", "Subject: Your statement", "Message-ID: <s1@x.example>", "", "Private."),
		letter("From: mum@family.example", "Subject: Sunday", "", "Dinner?"),
		letter("From: news@shop.example", "List-Unsubscribe: <https://shop.example/u>", "Subject: Sale", "", "Buy"))
	w.read("Sent", letter("From: ana@brightmail.example", "To: mum@family.example", "Subject: Re: Sunday", "Message-ID: <s2@x.example>", "", "Yes."))
	if w.kept() != 0 || len(w.heard) != 0 {
		t.Errorf("%d kept", w.kept())
	}
	raws, err := w.DB.Query(t.Context(), "SELECT 1 FROM raws WHERE bytes <> ?", []byte("raw"))
	if err != nil {
		t.Fatal(err)
	}
	defer raws.Close()
	if raws.Next() {
		t.Error("its bytes were kept")
	}
	if cur, err := w.Cursor(t.Context(), w.Workspace.ID, w.Mailbox.ID, "INBOX"); err != nil || cur.LastUID != 3 {
		t.Errorf("%+v, %v", cur, err)
	}
}

// TestSellerWritesElsewhere: what the seller wrote in another program closes the
// handoff, pauses the sequence and counts as a touch, for everybody it went to.
func TestSellerWritesElsewhere(t *testing.T) {
	w := written(t, 3)
	w.read("INBOX", reply(w, 1, "a", "What does it cost?"))
	w.clock.t = w.clock.t.Add(time.Hour)
	w.read("Sent", letter("From: Ana <ana@brightmail.example>", "To: "+w.People[0].Email+", "+w.People[1].Email, "Cc: "+w.People[2].Email, "Subject: Re: A question about trucks", "Message-ID: <own@brightmail.example>", "", "Ten a month."))
	for i := range 3 {
		e := w.enrollment(i)
		if i == 1 && e.State != sales.Finished || i != 1 && (e.State != sales.Paused || e.Actor != sales.BySeller) {
			t.Errorf("person %d: %s by %s", i, e.State, e.Actor)
		}
		p, err := w.Person(t.Context(), w.Viewer(), w.People[i].ID)
		if err != nil || !p.LastOutAt.Equal(w.clock.t) || p.Move != sales.TheirMove {
			t.Errorf("person %d: last out %v, move %s", i, p.LastOutAt, p.Move)
		}
	}
	if tasks := w.tasks(1); len(tasks) != 0 {
		t.Errorf("the handoff is open: %+v", tasks)
	}
	got := w.messages(0)
	if len(got) != 1 || got[0].Direction != sales.Outgoing || got[0].ThreadID != w.mailing(0).ThreadID || got[0].Verdict.Kind != "" {
		t.Errorf("%+v", got)
	}
}

// TestAnsweredBeforeRead: the seller answered from a phone before we read either
// mail; an answer before the question closes nothing.
func TestAnsweredBeforeRead(t *testing.T) {
	for name, after := range map[string]time.Duration{"after": time.Minute, "before": -time.Minute} {
		w := written(t, 1)
		asked := w.clock.t
		w.clock.t = asked.Add(8 * time.Hour)
		take := func(role inbound.Role, at time.Time, raw string) {
			m := inbound.Mail{UID: 1, ArrivedAt: at, Raw: []byte(raw)}
			if err := w.in.Receive(t.Context(), w.Mailbox, inbound.Folder{Name: string(role), Role: role}, []inbound.Mail{m}, sales.Cursor{LastUID: 1}); err != nil {
				t.Fatal(err)
			}
		}
		take(inbound.RoleInbox, asked, reply(w, 0, "a", "What does it cost?"))
		take(inbound.RoleSent, asked.Add(after), letter("From: ana@brightmail.example", "To: "+w.People[0].Email, "Subject: Re: A question about trucks", "Message-ID: <own@brightmail.example>", "", "Ten a month."))
		if n := len(w.tasks(0)); (n == 0) != (after > 0) {
			t.Errorf("answered %s it was asked: %d handoffs are open", name, n)
		}
	}
}

// TestOwnMailReadBack: what we sent ourselves is no mail from another program.
func TestOwnMailReadBack(t *testing.T) {
	w := written(t, 1)
	raw := letter("From: ana@brightmail.example", "To: "+w.People[0].Email, "Subject: A question about trucks", "Message-ID: <first-0@brightmail.example>", "", "Hello")
	w.read("Sent", raw)
	w.read("INBOX", raw)
	if w.enrollment(0).State != sales.Active || len(w.messages(0)) != 0 {
		t.Errorf("%s, %d messages", w.enrollment(0).State, len(w.messages(0)))
	}
}

// TestProbe: the mail with which a mailbox is tried out is nobody's.
func TestProbe(t *testing.T) {
	w := written(t, 1)
	w.read("INBOX", letter("X-Ninetyten-Probe: 1", "From: "+w.People[0].Email, "Subject: Re: A question about trucks", "Message-ID: <p@x.example>", "", "probe"))
	w.read("Sent", letter("X-Ninetyten-Probe: 1", "From: ana@brightmail.example", "To: "+w.People[0].Email, "Message-ID: <q@x.example>", "", "probe"))
	if len(w.messages(0)) != 0 || w.enrollment(0).State != sales.Active {
		t.Error("it counted")
	}
}

// TestLateReply: an answer after the sequence has ended is a handoff all the same.
func TestLateReply(t *testing.T) {
	w := written(t, 1)
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		e := w.enrollment(0)
		next := e
		next.State, next.Reason, next.Version, next.NextAt = sales.Finished, sales.EndNoReply, e.Version+1, time.Time{}
		_, err := tx.Apply(ctx, e, sales.Decision{Next: next, Changed: true}, store.Subject{}, w.clock.t)
		return err
	})
	w.clock.t = w.clock.t.AddDate(0, 3, 0)
	w.read("INBOX", reply(w, 0, "a", "Sorry for the delay. Tell me more."))
	if tasks := w.tasks(0); len(tasks) != 1 || tasks[0].Kind != sales.TaskAnswer {
		t.Errorf("%+v", tasks)
	}
	if e := w.enrollment(0); e.Reason != sales.EndNoReply {
		t.Errorf("the past was changed: %s", e.Reason)
	}
}

// TestColleagues: when one answers, the others at the account wait.
func TestColleagues(t *testing.T) {
	for text, want := range map[string]sales.EnrollmentState{
		"Yes, tell me more.":                          sales.Paused,
		"I am out of office until 20 March 2026.":     sales.Active,
		"You have reached the wrong person, ask Rui.": sales.Active,
	} {
		w := written(t, 3)
		raw := reply(w, 0, "a", text)
		if strings.Contains(text, "out of office") {
			raw = "Auto-Submitted: auto-replied\r\n" + raw
		}
		w.read("INBOX", raw)
		for i := 1; i < 3; i++ {
			if e := w.enrollment(i); e.State != want || want == sales.Paused && e.Reason != sales.PausedColleague {
				t.Errorf("%q: %s %s", text, e.State, e.Reason)
			}
		}
	}
}

// TestUnsubscribe: in words, it ends everything and nobody is asked.
func TestUnsubscribe(t *testing.T) {
	w := written(t, 1)
	w.read("INBOX", reply(w, 0, "a", "Please remove me from your list."))
	if e := w.enrollment(0); e.State != sales.OptedOut || !w.suppressed(0) || len(w.tasks(0)) != 0 {
		t.Errorf("%s, on the list %v, %v", e.State, w.suppressed(0), w.tasks(0))
	}
}

// TestAway: out of office pauses until the day after.
func TestAway(t *testing.T) {
	w := written(t, 1)
	w.read("INBOX", "Auto-Submitted: auto-replied\r\n"+reply(w, 0, "a", "I am out of office until Friday, 13 March 2026."))
	e := w.enrollment(0)
	if e.State != sales.Paused || e.Reason != sales.PausedOutOfOffice || e.Until.Before(time.Date(2026, 3, 13, 0, 0, 0, 0, time.UTC)) || e.Until.After(time.Date(2026, 3, 17, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%s %s until %v", e.State, e.Reason, e.Until)
	}
}

// TestHostile: mails that are hard to read neither fail nor stop those behind them.
func TestHostile(t *testing.T) {
	w := written(t, 3)
	from := "From: " + w.People[0].Email + "\r\n"
	list := []string{
		"", "\x00", "\r\n\r\n", strings.Repeat("x", 100_000), strings.Repeat("A: b\r\n", 50_000),
		from + "Subject: =?utf-8?b?////?= =?x?q?\xff?=\r\nMessage-ID: <<>>\r\nDate: the day before\r\nContent-Type: multipart/mixed; boundary=\"\r\n\r\n\xff\xfe broken",
		from + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", 3000),
		from + "Content-Type: text/html; charset=klingon\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
		"From: " + strings.Repeat("a@b.example, ", 20_000) + "\r\n\r\nhello",
		from + "References: " + strings.Repeat("<x@y.example> ", 20_000) + "\r\n\r\nhello",
		from + "Message-ID: <" + strings.Repeat("i", 30_000) + "@x.example>\r\nSubject: " + strings.Repeat("s", 30_000) + "\r\n\r\nlong\x00 names",
	}
	w.read("INBOX", append(list, reply(w, 1, "behind", "Yes, tell me more."))...)
	if len(w.messages(1)) != 1 || w.enrollment(1).State != sales.Finished {
		t.Error("the mail behind them was not read")
	}
	if cur, err := w.Cursor(t.Context(), w.Workspace.ID, w.Mailbox.ID, "INBOX"); err != nil || cur.LastUID != uint32(len(list)+1) {
		t.Errorf("%+v, %v", cur, err)
	}
	if n := len(w.messages(0)); n < 4 {
		t.Errorf("%d of the broken ones are shown", n)
	}
}

// TestNoMessageID: such mails are kept once each.
func TestNoMessageID(t *testing.T) {
	w := written(t, 1)
	one := letter("From: "+w.People[0].Email, "Subject: One", "Date: Wed, 04 Mar 2026 09:00:00 +0000", "", "Could you send me a price?")
	two := letter("From: "+w.People[0].Email, "Subject: Two", "Date: Wed, 04 Mar 2026 09:00:00 +0000", "", "And when?")
	w.read("INBOX", one, two)
	w.read("INBOX", one, two)
	if n := len(w.messages(0)); n != 2 {
		t.Errorf("%d messages", n)
	}
}

// TestBig: a mail of 30 MB is read and kept.
func TestBig(t *testing.T) {
	w := written(t, 1)
	body := "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHere is the list. Please send me a price.\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=list.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n"
	raw := "From: " + w.People[0].Email + "\r\nMessage-ID: <big@x.example>\r\nIn-Reply-To: <first-0@brightmail.example>\r\nSubject: The list\r\n" + body + strings.Repeat(strings.Repeat("QUJD", 19)+"\r\n", 30<<20/78) + "--b--\r\n"
	began := time.Now()
	w.read("INBOX", raw)
	t.Logf("%d MB in %v", len(raw)>>20, time.Since(began))
	got := w.messages(0)
	if len(got) != 1 || !strings.Contains(got[0].Text, "Please send me a price") || w.enrollment(0).State != sales.Finished {
		t.Fatalf("%d messages, %s", len(got), w.enrollment(0).State)
	}
	kept, err := w.Raw(t.Context(), w.Workspace.ID, got[0].RawID)
	if err != nil || len(kept) != len(raw) {
		t.Errorf("%d of %d bytes, %v", len(kept), len(raw), err)
	}
}

// TestFutureDate: a header cannot put a mail into the future.
func TestFutureDate(t *testing.T) {
	w := written(t, 1)
	w.read("INBOX", strings.Replace(reply(w, 0, "a", "Yes, tell me more."), "Subject:", "Date: Wed, 04 Mar 2099 09:00:00 +0000\r\nSubject:", 1))
	if d := w.messages(0)[0].Date; !d.Equal(w.clock.t) {
		t.Error(d)
	}
}

// TestOtherWorkspace: mail of people whom only another workspace knows is a stranger's.
func TestOtherWorkspace(t *testing.T) {
	w := written(t, 1)
	other := storetest.NewWorld(t, w.World.Store, 1)
	other.Mailbox.Address = w.Mailbox.Address
	f := inbound.Folder{Name: "INBOX", Role: inbound.RoleInbox}
	raw := letter("From: marta.private@elsewhere.example", "Subject: Re: x", "In-Reply-To: <first-0@brightmail.example>", "Message-ID: <a@x.example>", "", "Hello")
	if err := w.in.Receive(t.Context(), other.Mailbox, f, []inbound.Mail{{UID: 1, ArrivedAt: w.clock.t, Raw: []byte(raw)}}, sales.Cursor{LastUID: 1}); err != nil {
		t.Fatal(err)
	}
	if len(w.messages(0)) != 0 || w.enrollment(0).State != sales.Active {
		t.Error("the wall has a hole")
	}
}

type discard struct{}

func (discard) Changed(context.Context, casework.Change) {}
