//go:build servers

package desk_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/intake"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
	"ninetyten/internal/testserver"
)

// roomOn is newRoom on a store.
func roomOn(t *testing.T, s *store.Store, people int) *room {
	t.Helper()
	w := storetest.NewWorld(t, s, people)
	r := &room{World: w, t: t, clock: &hands{storetest.Now}, d: newDesk(w), v: w.Viewer()}
	r.d.Clock = r.clock
	r.boss = sales.Viewer{WorkspaceID: w.Workspace.ID, UserID: w.Owner.ID, Role: sales.RoleOwner}
	return r
}

// TestWhoseWhileMailComes: an answer and a further mail from the same address at
// once, in either order: whatever is kept is settled or asked about, and nothing is
// held for good.
func TestWhoseWhileMailComes(t *testing.T) {
	s := storetest.OpenURL(t, testserver.Postgres(t))
	for i := range 24 {
		r := roomOn(t, s, 1)
		in := &intake.Intake{Store: s, Clock: r.clock, Notify: quiet{}, Log: slog.New(slog.DiscardHandler)}
		e := r.Enroll(t, 0)
		r.tx(func(ctx context.Context, tx *store.Tx) error {
			return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: r.Workspace.ID, At: r.clock.t, Kind: sales.MoveMailAuto, Actor: sales.BySystem, PersonID: r.People[0].ID}})
		})
		task := r.ask("a@home.example", "mo@home.example", sales.Candidate{PersonID: r.People[0].ID, Reason: "x"})
		raw := fmt.Sprintf("From: Marta Oliveira <mo@home.example>\r\nSubject: Re: A question\r\nMessage-ID: <more-%d@x.example>\r\n\r\nAnd what does it cost?", i)
		yes := i%2 == 0
		var wg sync.WaitGroup
		wg.Go(func() {
			if err := r.d.Confirm(context.Background(), r.v, task.ID, yes); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			err := in.Receive(context.Background(), r.Mailbox, inbound.Folder{Name: "INBOX", Role: inbound.RoleInbox}, []inbound.Mail{{UID: 1, ArrivedAt: r.clock.t, Raw: []byte(raw)}}, sales.Cursor{UIDValidity: 1, LastUID: 1})
			if err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
		r.judgeQuestions(e, yes)
	}
}

// judgeQuestions: what may be somebody's has an open question, and what is held is
// held by one.
func (r *room) judgeQuestions(e sales.Enrollment, yes bool) {
	r.t.Helper()
	asked := must[bool](r.t)(r.AskedAbout(r.t.Context(), r.Workspace.ID, r.People[0].ID))
	open := 0
	for _, x := range r.tasks(0) {
		if x.Kind == sales.TaskConfirm {
			open++
		}
	}
	got := r.enrollment(e)
	if asked != (open > 0) || yes && (asked || got.State != sales.Finished) || !yes && (got.State == sales.Paused) != asked {
		r.t.Errorf("yes %v: asked %v, %d questions, %s %s", yes, asked, open, got.State, got.Reason)
	}
	if yes && len(r.mailsOf(0)) != 2 {
		r.t.Errorf("%d mails are theirs", len(r.mailsOf(0)))
	}
}

// TestTwoQuestionsAtOnce: of two questions about one enrollment that are answered at
// once, one lets it go on.
func TestTwoQuestionsAtOnce(t *testing.T) {
	s := storetest.OpenURL(t, testserver.Postgres(t))
	for range 12 {
		r := roomOn(t, s, 1)
		e := r.Enroll(t, 0)
		one := sales.Candidate{PersonID: r.People[0].ID, Reason: "x"}
		var wg sync.WaitGroup
		for _, task := range []sales.Task{r.ask("a@home.example", "a@home.example", one), r.ask("b@home.example", "b@home.example", one)} {
			wg.Go(func() {
				if err := r.d.Confirm(context.Background(), r.v, task.ID, false); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := r.enrollment(e); got.State != sales.Active {
			t.Errorf("%s %s", got.State, got.Reason)
		}
	}
}

// TestMailWaitsForAnAnswer: a mail that comes while the answer to its address is
// being written waits for it, and is theirs then.
func TestMailWaitsForAnAnswer(t *testing.T) {
	r := roomOn(t, storetest.OpenURL(t, testserver.Postgres(t)), 1)
	in := &intake.Intake{Store: r.Store, Clock: r.clock, Notify: quiet{}, Log: slog.New(slog.DiscardHandler)}
	task := r.ask("a@home.example", "mo@home.example", sales.Candidate{PersonID: r.People[0].ID, Reason: "x"})
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	done := make(chan error, 1)
	r.tx(func(_ context.Context, tx *store.Tx) error {
		// The answer as it is written: the person is locked, the question ends.
		if err := tx.LockPerson(ctx, r.Workspace.ID, r.People[0].ID); err != nil {
			return err
		}
		go func() {
			done <- in.Receive(ctx, r.Mailbox, inbound.Folder{Name: "INBOX", Role: inbound.RoleInbox}, []inbound.Mail{{UID: 1, ArrivedAt: r.clock.t, Raw: []byte("From: mo@home.example\r\nSubject: Re: A question\r\nMessage-ID: <b@x.example>\r\n\r\nWhat does it cost?")}}, sales.Cursor{UIDValidity: 1, LastUID: 1})
		}()
		for waiting := false; !waiting; {
			n, err := waitingFor(ctx, r.Store)
			if err != nil {
				return err
			}
			waiting = n > 0
		}
		if err := tx.SetAddress(ctx, sales.PersonAddress{WorkspaceID: r.Workspace.ID, Address: "mo@home.example", PersonID: r.People[0].ID, Theirs: true, At: r.clock.t}); err != nil {
			return err
		}
		if err := tx.EndAsking(ctx, r.Workspace.ID, task.MessageID); err != nil {
			return err
		}
		return tx.EndTask(ctx, r.Workspace.ID, task.ID, sales.TaskDone, r.clock.t, "theirs")
	})
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if got := r.mailsOf(0); len(got) != 1 || got[0].Matched != "sender" {
		t.Errorf("%+v", got)
	}
}

// waitingFor counts sessions that wait for a lock.
func waitingFor(ctx context.Context, s *store.Store) (n int, err error) {
	rows, err := s.DB.Query(ctx, `SELECT count(*) FROM pg_locks WHERE NOT granted`)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}
