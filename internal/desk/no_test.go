package desk_test

import (
	"context"
	"testing"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// TestNoIsKept: a no stays with the person whatever is done to their address
// before and after it.
func TestNoIsKept(t *testing.T) {
	const fresh = "marta.new@elsewhere.example"
	no := func(t *testing.T, d *desk.Desk, v sales.Viewer, p sales.Person) {
		t.Helper()
		if _, err := d.LogCall(t.Context(), v, desk.CallLog{PersonID: p.ID, Disposition: sales.CallDoNotContact, Minutes: 1}); err != nil {
			t.Fatal(err)
		}
	}
	save := func(t *testing.T, d *desk.Desk, v sales.Viewer, p sales.Person, email string) {
		t.Helper()
		if p.Email, p.Phone = email, "+351225550148"; email == "" {
			p.Address = ""
		}
		if _, err := d.SavePerson(t.Context(), v, p, "Brightwater Logistics"); err != nil {
			t.Fatal(err)
		}
	}
	for name, run := range map[string]func(t *testing.T, w *storetest.World, d *desk.Desk, p sales.Person){
		"said before there was an address": func(t *testing.T, w *storetest.World, d *desk.Desk, p sales.Person) {
			save(t, d, w.Viewer(), p, "")
			no(t, d, w.Viewer(), p)
			save(t, d, w.Viewer(), p, fresh)
		},
		"the address is taken away and another given": func(t *testing.T, w *storetest.World, d *desk.Desk, p sales.Person) {
			no(t, d, w.Viewer(), p)
			save(t, d, w.Viewer(), p, "")
			save(t, d, w.Viewer(), p, fresh)
		},
		"listed before the person was known": func(t *testing.T, w *storetest.World, d *desk.Desk, p sales.Person) {
			suppress(t, w, p.Email, sales.EndSuppressed)
			save(t, d, w.Viewer(), p, "")
			save(t, d, w.Viewer(), p, fresh)
		},
		"said of an address that had bounced": func(t *testing.T, w *storetest.World, d *desk.Desk, p sales.Person) {
			suppress(t, w, p.Email, sales.EndBounced)
			no(t, d, w.Viewer(), p)
			save(t, d, w.Viewer(), p, fresh)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := storetest.NewWorld(t, storetest.Open(t), 1)
			d := newDesk(w)
			run(t, w, d, w.People[0])
			if _, err := d.Write(t.Context(), w.Viewer(), desk.Letter{PersonID: w.People[0].ID, Subject: "Hello", Body: "again"}); sales.CodeOf(err) != sales.Forbidden {
				t.Errorf("a mail after a no: %v", err)
			}
		})
	}
}

func suppress(t *testing.T, w *storetest.World, address string, r sales.Reason) {
	t.Helper()
	err := w.InTx(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Suppress(t.Context(), sales.Suppression{WorkspaceID: w.Workspace.ID, ID: tx.NewID(), Kind: sales.SuppressAddress, Value: address, Reason: r, Source: "test", At: storetest.Now})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func listed(t *testing.T, w *storetest.World, address string) bool {
	t.Helper()
	_, yes, err := w.Suppressed(t.Context(), w.Workspace.ID, address)
	if err != nil {
		t.Fatal(err)
	}
	return yes
}

// TestUnsubscribeFromAnOldMail: the link of a mail that went to an earlier address
// stops that address too, which an import could bring back.
func TestUnsubscribeFromAnOldMail(t *testing.T) {
	ctx := t.Context()
	w := storetest.NewWorld(t, storetest.Open(t), 1)
	d := newDesk(w)
	p := w.People[0]
	m := sales.Mailing{WorkspaceID: w.Workspace.ID, ID: w.NewID(), Key: "k", PersonID: p.ID, MailboxID: w.Mailbox.ID, UserID: w.Seller.ID, Kind: sales.MailingManual, State: sales.MailingQueued, To: p.Email, CreatedAt: storetest.Now}
	if err := w.InTx(ctx, func(tx *store.Tx) error { return tx.QueueMailing(ctx, m) }); err != nil {
		t.Fatal(err)
	}
	old := p.Email
	p.Email = "marta.new@elsewhere.example"
	if _, err := d.SavePerson(ctx, w.Viewer(), p, w.Account.Name); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Unsubscribe(ctx, w.Keys.Token(w.Workspace.ID, m.ID)); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{old, p.Email} {
		if !listed(t, w, address) {
			t.Errorf("%s may be written to", address)
		}
	}
}

// TestSuppressByAddressIsInTheLedger: putting the address of a person on the list
// is told in their story.
func TestSuppressByAddressIsInTheLedger(t *testing.T) {
	w := storetest.NewWorld(t, storetest.Open(t), 1)
	v := sales.Viewer{WorkspaceID: w.Workspace.ID, UserID: w.Owner.ID, Role: sales.RoleOwner}
	if err := newDesk(w).Suppress(t.Context(), v, w.People[0].Email, "asked at a fair"); err != nil {
		t.Fatal(err)
	}
	moves, err := w.MovesOf(t.Context(), w.Workspace.ID, w.People[0].ID, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range moves {
		if m.Kind == sales.MoveUnsubscribe {
			return
		}
	}
	t.Errorf("the ledger has %+v", moves)
}

// TestNotNowSkipsNoStep: whose step waited for the seller meets it again when the
// time has come; it was put off and not done.
func TestNotNowSkipsNoStep(t *testing.T) {
	ctx := t.Context()
	w := storetest.NewWorld(t, storetest.Open(t), 1)
	d := newDesk(w)
	w.Sequence.Steps[0].Kind = sales.StepApproveMail
	if err := w.InTx(ctx, func(tx *store.Tx) error { return tx.SaveSequence(ctx, w.Sequence) }); err != nil {
		t.Fatal(err)
	}
	e := w.Enroll(t, 0)
	timer := func(at time.Time) sales.Enrollment {
		t.Helper()
		err := w.InTx(ctx, func(tx *store.Tx) error {
			now, err := tx.Enrollment(ctx, e.WorkspaceID, e.ID)
			if err != nil {
				return err
			}
			_, _, err = casework.New(tx, e.WorkspaceID).Decide(ctx, tx, now, sales.Event{Kind: sales.EvTimer, At: at}, store.Subject{}, at)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		now, err := w.Enrollment(ctx, e.WorkspaceID, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	if got := timer(storetest.Now); got.State != sales.WaitingHuman {
		t.Fatalf("before: %s", got.State)
	}
	later := storetest.Now.AddDate(0, 0, 7)
	if _, err := d.NotNow(ctx, w.Viewer(), w.People[0].ID, later); err != nil {
		t.Fatal(err)
	}
	timer(later)
	if got := timer(later); got.State != sales.WaitingHuman || got.Position != 0 {
		t.Errorf("after: %s at step %d, want to wait for a person at step 1", got.State, got.Position+1)
	}
	open, err := w.Store.OpenTasksOf(ctx, w.Workspace.ID, w.People[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range open {
		if task.Kind == sales.TaskApprove {
			return
		}
	}
	t.Errorf("nothing to approve: %+v", open)
}

// TestOwnMailIsNoAnswer: what we wrote cannot be corrected into an opt-out of our
// own address.
func TestOwnMailIsNoAnswer(t *testing.T) {
	ctx := context.Background()
	w := storetest.NewWorld(t, storetest.Open(t), 1)
	m := sales.Message{WorkspaceID: w.Workspace.ID, ID: w.NewID(), MailboxID: w.Mailbox.ID, PersonID: w.People[0].ID, Direction: sales.Outgoing, HeaderID: "a@b", From: w.Mailbox.Address, Date: storetest.Now}
	if err := w.InTx(ctx, func(tx *store.Tx) error { _, err := tx.InsertMessage(ctx, m); return err }); err != nil {
		t.Fatal(err)
	}
	if _, err := newDesk(w).Correct(ctx, w.Viewer(), m.ID, sales.KindReply, sales.OptOut); sales.CodeOf(err) != sales.Invalid {
		t.Errorf("got %v", err)
	}
	if listed(t, w, w.Mailbox.Address) || listed(t, w, w.People[0].Email) {
		t.Error("somebody was put on the list")
	}
}

// TestEnrolNotOverAnAnswer: whoever said no, or was not answered yet, is not put
// into another sequence by a press of a button on a list.
func TestEnrolNotOverAnAnswer(t *testing.T) {
	for name, x := range map[string]struct {
		move sales.Move
		task sales.TaskKind
		ok   bool
	}{
		"never heard of":       {ok: true},
		"not interested":       {move: sales.Move{Kind: sales.MoveDecline}},
		"not now":              {move: sales.Move{Kind: sales.MoveNotNow, Until: storetest.Now.AddDate(0, 1, 0)}},
		"not then":             {move: sales.Move{Kind: sales.MoveNotNow, Until: storetest.Now.AddDate(0, -1, 0)}, ok: true},
		"waits for an answer":  {task: sales.TaskAnswer},
		"perhaps has answered": {task: sales.TaskConfirm},
		"has a number to mend": {task: sales.TaskFix, ok: true},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			w := storetest.NewWorld(t, storetest.Open(t), 1)
			p := w.People[0]
			err := w.InTx(ctx, func(tx *store.Tx) error {
				if x.move.Kind != "" {
					x.move.WorkspaceID, x.move.PersonID, x.move.At = p.WorkspaceID, p.ID, storetest.Now.AddDate(0, -2, 0)
					return tx.AppendMoves(ctx, []sales.Move{x.move})
				}
				if x.task == "" {
					return nil
				}
				_, err := tx.OpenTask(ctx, sales.Task{WorkspaceID: p.WorkspaceID, ID: tx.NewID(), Key: "k", Kind: x.task, PersonID: p.ID, UserID: w.Seller.ID, CreatedAt: storetest.Now})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			checks, err := newDesk(w).Enroll(ctx, w.Viewer(), w.Sequence.ID, []sales.ID{p.ID})
			if err != nil || len(checks) != 1 || checks[0].OK != x.ok || !x.ok && checks[0].Why == "" {
				t.Errorf("%+v, %v", checks, err)
			}
		})
	}
}
