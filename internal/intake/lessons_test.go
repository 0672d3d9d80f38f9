package intake_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/intake"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

const steering = "Please liaise with the steering group, it convenes on alternate Thursdays."

// correct has the seller read the newest mail of a person as something else.
func (w *world) correct(i int, kind sales.VerdictKind, intent sales.Intent) sales.Message {
	w.t.Helper()
	m := w.messages(i)[0]
	d := &desk.Desk{Store: w.Store, Clock: w.clock, Notify: discard{}, Log: slog.New(slog.DiscardHandler)}
	if _, err := d.Correct(w.t.Context(), w.Viewer(), m.ID, kind, intent); err != nil {
		w.t.Fatal(err)
	}
	return m
}

func (w *world) decided() int {
	w.t.Helper()
	list, _, err := w.Lessons(w.t.Context(), w.Viewer(), store.Page{})
	if err != nil || len(list) != 1 {
		w.t.Fatal(list, err)
	}
	return list[0].Decided
}

// TestLessons: what was corrected once is read so from then on, on every node,
// says whence, and is read as before when it is taken back.
func TestLessons(t *testing.T) {
	w := written(t, 6)
	node := &intake.Intake{Store: w.Store, Clock: w.clock, Notify: discard{}, Log: slog.New(slog.DiscardHandler)}
	first := w.in
	w.read("INBOX", reply(w, 0, "a", steering))
	before := w.messages(0)[0].Verdict
	if before.Intent == sales.NotNow || before.Lesson != 0 {
		t.Fatalf("the example teaches nothing: %+v", before)
	}
	taught := w.correct(0, sales.KindReply, sales.NotNow)
	for i, in := range []*intake.Intake{first, node} {
		w.in = in
		w.read("INBOX", reply(w, 1+i, fmt.Sprint("b", i), "Hello,\n\n"+steering))
		v := w.messages(1 + i)[0].Verdict
		if v.Intent != sales.NotNow || v.Lesson != taught.ID || !strings.HasPrefix(v.Reasons[0], "your workspace corrected a mail like this on ") || strings.Contains(strings.Join(v.Reasons[:1], ""), "steering") {
			t.Errorf("node %d: %+v", i, v)
		}
	}
	if w.decided() != 2 {
		t.Errorf("it decided %d mails", w.decided())
	}
	w.correct(2, sales.KindReply, sales.Question) // a person decided that one after all
	d := &desk.Desk{Store: w.Store, Clock: w.clock, Notify: discard{}, Log: slog.New(slog.DiscardHandler)}
	list, _, err := w.Lessons(t.Context(), w.Viewer(), store.Page{})
	if err != nil || len(list) != 2 || list[0].Decided+list[1].Decided != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	for _, l := range list {
		if _, err := d.TakeBackLesson(t.Context(), w.Viewer(), l.MessageID); err != nil {
			t.Fatal(err)
		}
	}
	for i, in := range []*intake.Intake{first, node} {
		w.in = in
		w.read("INBOX", reply(w, 3+i, fmt.Sprint("c", i), steering))
		if v := w.messages(3 + i)[0].Verdict; v.Intent != before.Intent || v.Confidence != before.Confidence || v.Lesson != 0 {
			t.Errorf("node %d, taken back: %+v, before %+v", i, v, before)
		}
	}
}

// TestLessonsStop: whatever was taught, a plain demand to stop is heard.
func TestLessonsStop(t *testing.T) {
	w := written(t, 3)
	const stop = "Please remove me from your list."
	w.read("INBOX", reply(w, 0, "a", stop))
	w.correct(0, sales.KindReply, sales.Interested)
	w.read("INBOX", reply(w, 1, "b", stop))
	if v := w.messages(1)[0].Verdict; v.Kind != sales.KindUnsubscribe || !w.suppressed(1) {
		t.Errorf("%+v, suppressed: %v", v, w.suppressed(1))
	}
	if e := w.enrollment(1); e.State != sales.OptedOut {
		t.Errorf("the sequence is %s", e.State)
	}
}

// TestLessonsApart: what one workspace teaches, another does not hear, on one node.
func TestLessonsApart(t *testing.T) {
	w := written(t, 1)
	w.read("INBOX", reply(w, 0, "a", steering))
	plain := w.messages(0)[0].Verdict
	w.correct(0, sales.KindReply, sales.NotNow)
	other := &world{World: storetest.NewWorld(t, w.Store, 1), t: t, clock: w.clock, in: w.in}
	other.write(0)
	other.read("INBOX", reply(other, 0, "z", steering))
	if v := other.messages(0)[0].Verdict; v.Intent != plain.Intent || v.Lesson != 0 || v.Confidence != plain.Confidence {
		t.Errorf("%+v, want %+v", v, plain)
	}
}

// TestLessonsErased: the lesson goes with its message, at the latest when what is
// kept of it is old.
func TestLessonsErased(t *testing.T) {
	w := written(t, 3)
	w.read("INBOX", reply(w, 0, "a", steering))
	m := w.correct(0, sales.KindReply, sales.NotNow)
	w.read("INBOX", reply(w, 1, "b", steering))
	if v := w.messages(1)[0].Verdict; v.Lesson != m.ID {
		t.Fatalf("%+v", v)
	}
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM messages WHERE workspace_id = ? AND id = ?`, w.Workspace.ID, m.ID)
		return err
	})
	w.clock.t = w.clock.t.Add(10 * time.Minute)
	w.read("INBOX", reply(w, 2, "c", steering))
	if v := w.messages(2)[0].Verdict; v.Lesson != 0 || v.Intent == sales.NotNow {
		t.Errorf("%+v", v)
	}
}
