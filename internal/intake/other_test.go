package intake_test

import (
	"context"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// TestAnsweredByAnother: who was forwarded the mail of somebody else, and answers
// it, is in a sequence of their own, which ends too.
func TestAnsweredByAnother(t *testing.T) {
	for text, want := range map[string]sales.EnrollmentState{"Yes, tell me more.": sales.Finished, "Please remove me from your list.": sales.OptedOut} {
		w := written(t, 2)
		w.Sequence.Rules.Colleagues = sales.ColleaguesGoOn
		w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, w.Sequence) })
		w.read("INBOX", letter("From: Rui <"+w.People[1].Email+">", "To: ana@brightmail.example", "Subject: Re: A question about trucks", "Message-ID: <rui@brightwater.example>",
			"In-Reply-To: <first-0@brightmail.example>", "", text))
		for i := range 2 {
			if e := w.enrollment(i); e.State != want {
				t.Errorf("%q: person %d is %s %s", text, i, e.State, e.Reason)
			}
			if w.suppressed(i) != (want == sales.OptedOut) {
				t.Errorf("%q: person %d is on the list: %v", text, i, w.suppressed(i))
			}
		}
		p, err := w.Person(t.Context(), w.Viewer(), w.People[1].ID)
		if err != nil || !p.LastInAt.Equal(w.clock.t) && want == sales.Finished {
			t.Errorf("%q: heard of last at %v, %v", text, p.LastInAt, err)
		}
	}
}

// TestForgedSeller: a mail that only says that it is from the seller closes no
// handoff.
func TestForgedSeller(t *testing.T) {
	for _, folder := range []string{"INBOX", "Junk"} {
		w := written(t, 2)
		w.Sequence.Rules.Colleagues = sales.ColleaguesGoOn
		w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, w.Sequence) })
		w.read("INBOX", reply(w, 0, "a", "What does it cost?"))
		w.read(folder, letter("From: ana@brightmail.example", "To: "+w.People[0].Email+", "+w.People[1].Email, "Subject: Re: A question about trucks", "Message-ID: <forged@x.example>", "", "Never mind."))
		if len(w.tasks(0)) != 1 {
			t.Errorf("%s: the handoff was closed: %+v", folder, w.tasks(0))
		}
		if e := w.enrollment(1); (e.State == sales.Paused) != (folder == "INBOX") {
			t.Errorf("%s: the other is %s", folder, e.State)
		}
	}
}
