package storetest

import (
	"context"
	"maps"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// testStrangersWrite: a writing method called for another workspace, with the IDs
// of this one, changes nothing here.
func testStrangersWrite(t *testing.T, s *store.Store) {
	x, v := Fill(t, s), Stranger(t, s)
	ws, p, mb := v.WorkspaceID, x.People[0], x.Mailbox
	foreign := func(m sales.Mailing) sales.Mailing { m.WorkspaceID = ws; return m }
	before := dump(t, s, x.Workspace.ID)
	ctx := t.Context()
	writes := map[string]func(tx *store.Tx) error{
		"SaveWorkspace": func(tx *store.Tx) error { return tx.SaveWorkspace(ctx, sales.Workspace{ID: ws, Name: "mine"}) },
		"SetUncounted":  func(tx *store.Tx) error { return tx.SetUncounted(ctx, ws, x.Seller.ID, true) },
		"DropPageTime":  func(tx *store.Tx) error { return tx.DropPageTime(ctx, ws, x.Seller.ID) },
		"DropAllTime":   func(tx *store.Tx) error { return tx.DropPageTime(ctx, ws, 0) },
		"LockOwners":    func(tx *store.Tx) error { return tx.LockOwners(ctx, ws) },
		"SaveUser": func(tx *store.Tx) error {
			return tx.SaveUser(ctx, sales.User{WorkspaceID: ws, ID: x.Seller.ID, Role: sales.RoleOwner, Disabled: true})
		},
		"SavePerson": func(tx *store.Tx) error {
			q := p
			q.WorkspaceID, q.Email = ws, "thief@x.example"
			return tx.SavePerson(ctx, q, "")
		},
		"SaveAccount": func(tx *store.Tx) error {
			a := x.Account
			a.WorkspaceID, a.Name = ws, "mine"
			wantCode(t, tx.SaveAccount(ctx, a), sales.NotFound)
			return nil
		},
		"SaveDeal": func(tx *store.Tx) error {
			d := x.Deal
			d.WorkspaceID, d.Name = ws, "mine"
			wantCode(t, tx.SaveDeal(ctx, d, ""), sales.Conflict)
			return nil
		},
		"MeanStage": func(tx *store.Tx) error { return tx.MeanStage(ctx, ws, x.Deal.Stage, sales.DealLost, Now) },
		"DropPart": func(tx *store.Tx) error {
			return tx.DropPart(ctx, sales.Part{WorkspaceID: ws, AccountID: x.Account.ID, DealID: x.Deal.ID, PersonID: p.ID})
		},
		"MoveParts":   func(tx *store.Tx) error { return tx.MoveParts(ctx, ws, x.Deal.ID, x.Account.ID, 5) },
		"DropChase":   func(tx *store.Tx) error { return tx.DropChase(ctx, ws, x.Queued.ID) },
		"MarkAddress": func(tx *store.Tx) error { return tx.MarkAddress(ctx, ws, p.ID, sales.AddressDead) },
		"SaveSequence": func(tx *store.Tx) error {
			q := x.Sequence
			q.WorkspaceID, q.Name = ws, "mine"
			wantCode(t, tx.SaveSequence(ctx, q), sales.Conflict)
			return nil
		},
		"MovePositions": func(tx *store.Tx) error { return tx.MovePositions(ctx, ws, x.Sequence.ID, []int{2, 2, 2, 2}) },
		"HoldSequence":  func(tx *store.Tx) error { return tx.HoldSequenceMail(ctx, ws, x.Sequence.ID, Now) },
		"HoldEnrollment": func(tx *store.Tx) error {
			return tx.HoldEnrollment(ctx, ws, x.Enrollment.ID, sales.GateLimits, "no", Now)
		},
		"HoldMailing":     func(tx *store.Tx) error { return tx.HoldMailing(ctx, foreign(x.Queued), sales.GateLimits, "no", Now) },
		"HoldMailbox":     func(tx *store.Tx) error { return tx.HoldMailbox(ctx, ws, mb.ID, sales.GateLimits, "no", Now, wait(99)) },
		"ReleaseMailbox":  func(tx *store.Tx) error { return tx.ReleaseMailbox(ctx, ws, mb.ID, Now) },
		"ReleaseSequence": func(tx *store.Tx) error { return tx.ReleaseSequence(ctx, ws, x.Sequence.ID, Now) },
		"Attempts": func(tx *store.Tx) error {
			list, err := tx.Attempts(ctx, ws, x.Sent.ID)
			no(t, len(list) > 0)
			return err
		},
		"CancelMailing":  func(tx *store.Tx) error { yes, err := tx.CancelMailing(ctx, ws, x.Queued.ID); no(t, yes); return err },
		"CancelSequence": func(tx *store.Tx) error { return tx.CancelSequenceMail(ctx, ws, p.ID, Now) },
		"EditDraft": func(tx *store.Tx) error {
			wantCode(t, tx.EditDraft(ctx, ws, x.Draft.ID, "a", "b"), sales.Conflict)
			return nil
		},
		"BeginAttempt": func(tx *store.Tx) error {
			yes, err := tx.BeginAttempt(ctx, foreign(x.Queued), nil, Now)
			no(t, yes)
			return err
		},
		"EndAttempt": func(tx *store.Tx) error {
			yes, err := tx.EndAttempt(ctx, foreign(x.Sending), sales.Attempt{N: 1})
			no(t, yes)
			return err
		},
		"Message": func(tx *store.Tx) error {
			if m, err := tx.Message(ctx, x.Workspace.ID, x.In.ID); err != nil || m.HeaderID != x.In.HeaderID {
				t.Error(m, err)
			}
			_, err := tx.Message(ctx, ws, x.In.ID)
			wantCode(t, err, sales.NotFound)
			return nil
		},
		"SaveVerdict": func(tx *store.Tx) error {
			return tx.SaveVerdict(ctx, ws, x.In.ID, sales.Verdict{Kind: sales.KindOther})
		},
		"SaveLesson": func(tx *store.Tx) error {
			l := x.Lesson
			l.WorkspaceID, l.BackAt = ws, wait(9)
			return tx.SaveLesson(ctx, l)
		},
		"SetPerson": func(tx *store.Tx) error { return tx.SetMessagePerson(ctx, ws, x.In.ID, 0, 0, "none") },
		"TouchThread": func(tx *store.Tx) error {
			m := x.In
			m.WorkspaceID, m.ArrivedAt = ws, wait(9)
			return tx.TouchThread(ctx, m)
		},
		"EndTask": func(tx *store.Tx) error {
			wantCode(t, tx.EndTask(ctx, ws, x.Task.ID, sales.TaskDone, Now, ""), sales.Conflict)
			return nil
		},
		"ReopenTask":  func(tx *store.Tx) error { return tx.ReopenTask(ctx, ws, x.Task.ID) },
		"SnoozeTask":  func(tx *store.Tx) error { return tx.SnoozeTask(ctx, ws, x.Task.ID, wait(9)) },
		"Unsuppress":  func(tx *store.Tx) error { return tx.Unsuppress(ctx, ws, x.Stopped.ID) },
		"SaveMailbox": func(tx *store.Tx) error { m := mb; m.WorkspaceID, m.Name = ws, "mine"; return tx.SaveMailbox(ctx, m) },
		"SetMailboxState": func(tx *store.Tx) error {
			yes, err := tx.SetMailboxState(ctx, ws, mb.ID, sales.MailboxBroken, "x")
			no(t, yes)
			return err
		},
		"SetNextSend": func(tx *store.Tx) error { return tx.SetNextSend(ctx, ws, mb.ID, wait(9)) },
		"RestMailbox": func(tx *store.Tx) error { return tx.RestMailbox(ctx, ws, mb.ID, wait(9)) },
		"Apply": func(tx *store.Tx) error {
			e := x.Enrollment
			e.WorkspaceID, e.Version, e.State = ws, 2, sales.Finished
			_, err := tx.Apply(ctx, x.Enrollment, sales.Decision{Changed: true, Next: e, Effects: []sales.Effect{{Kind: sales.FxCancelMail}}}, store.Subject{}, Now)
			wantCode(t, err, sales.Conflict)
			return nil
		},
		"ApplyPerson": func(tx *store.Tx) error {
			q := p
			q.WorkspaceID = ws
			_, err := tx.ApplyPerson(ctx, []sales.Effect{{Kind: sales.FxSuppress, Key: "k"}, {Kind: sales.FxMarkAddress, Address: sales.AddressDead}, {Kind: sales.FxCancelMail}, {Kind: sales.FxCancelTasks}}, nil, store.Subject{Person: q}, Now)
			return err
		},
	}
	maps.Copy(writes, strangersReusable(ctx, t, ws, x))
	maps.Copy(writes, strangersAbsences(ctx, t, x, ws))
	maps.Copy(writes, strangersModel(ctx, t, x, ws))
	maps.Copy(writes, strangersDossier(ctx, t, x, ws))
	maps.Copy(writes, strangersMatches(ctx, ws, x))
	maps.Copy(writes, strangersTalk(t, x, ws))
	maps.Copy(writes, strangersQueue(ctx, ws, x))
	maps.Copy(writes, strangersAssigned(ctx, t, ws, x))
	for name, write := range writes {
		must(t, s, func(_ context.Context, tx *store.Tx) error { return write(tx) })
		diff(t, name, before, dump(t, s, x.Workspace.ID))
	}
	for name, write := range map[string]func() error{
		"ForgetCounts": func() error { return s.ForgetCounts(ctx, ws, 1<<40) },
		"ForgetAsks":   func() error { return s.ForgetAsks(ctx, ws, wait(1<<20)) },
		"SetModelTrouble": func() error {
			e := x.Model
			e.WorkspaceID = ws
			return s.SetModelTrouble(ctx, e, "mine", wait(9))
		},
		"ForgetPageTime":    func() error { return s.ForgetPageTime(ctx, ws, 1<<40) },
		"ForgetBulk":        func() error { return s.ForgetBulk(ctx, ws, wait(1<<20)) },
		"MarkAppended":      func() error { return s.MarkAppended(ctx, ws, []sales.ID{x.Sent.ID}) },
		"RebuildCounters":   func() error { return s.RebuildCounters(ctx, ws) },
		"ReleasePerson":     func() error { return s.ReleasePerson(ctx, v, p.ID) },
		"LeasePerson":       func() error { yes, err := s.LeasePerson(ctx, v, p.ID, Now, wait(1)); no(t, yes); return err },
		"Dialed":            func() error { yes, err := s.Dialed(ctx, v, p.ID, Now, wait(1)); no(t, yes); return err },
		"SetMailboxRead":    func() error { return s.SetMailboxRead(ctx, ws, mb.ID, wait(9)) },
		"SetMailboxFolders": func() error { return s.SetMailboxFolders(ctx, ws, mb.ID, "a", "b") },
		"RenewLeases": func() error {
			have, err := s.RenewLeases(ctx, []store.MailboxRef{{WorkspaceID: ws, MailboxID: mb.ID}}, "", wait(9))
			no(t, len(have) > 0)
			return err
		},
		"TakeLease": func() error {
			yes, err := s.TakeLease(ctx, store.LeaseSend, ws, mb.ID, "n", Now, wait(1))
			no(t, yes)
			return err
		},
		"EndLease":             func() error { return s.EndLease(ctx, store.LeaseWatch, ws, mb.ID, "") },
		"TouchSession":         func() error { y := x.Session; y.WorkspaceID, y.ExpiresAt = ws, wait(99); return s.TouchSession(ctx, y) },
		"DeleteSession":        func() error { return s.DeleteSession(ctx, ws, x.Seller.ID, x.Session.ID) },
		"DeleteSessionsExcept": func() error { return s.DeleteSessionsExcept(ctx, ws, x.Seller.ID, 0) },
	} {
		if err := write(); err != nil {
			t.Error(name, err)
		}
		diff(t, name, before, dump(t, s, x.Workspace.ID))
	}
}

func no(t testing.TB, yes bool) {
	t.Helper()
	if yes {
		t.Error("it says that it did something")
	}
}

// testViewer: a seller sees their own and unowned people, a manager all.
func testViewer(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	other := sales.Viewer{WorkspaceID: ws, UserID: s.NewID(), Role: sales.RoleSeller}
	see := func(v sales.Viewer) (n [8]int) {
		count := func(i int) func(int, error) {
			return func(got int, err error) {
				t.Helper()
				if n[i] = got; err != nil {
					t.Error(i, err)
				}
			}
		}
		count(0)(one(s.Person(ctx, v, x.People[0].ID)))
		count(1)(page(s.People(ctx, v, store.PeopleFilter{}, store.Page{})))
		count(2)(length(s.PeopleAt(ctx, v, x.Account.ID)))
		count(3)(one(s.Message(ctx, v, x.In.ID)))
		count(4)(page(s.Inbox(ctx, v, store.Page{})))
		count(5)(page(s.InboxLines(ctx, v, store.InboxAll, store.Page{})))
		count(6)(page(s.Inside(ctx, v, x.Sequence.ID, store.InsideFilter{Position: -1}, store.Page{})))
		count(7)(s.HeardSince(ctx, v, Now))
		return n
	}
	all, none := [8]int{1, 4, 4, 1, 1, 1, 3, 1}, [8]int{}
	expect := func(who string, v sales.Viewer, want [8]int) {
		t.Helper()
		if got := see(v); got != want {
			t.Errorf("%s sees %v, not %v", who, got, want)
		}
	}
	expect("the seller", x.Viewer(), all)
	expect("another seller", other, none)
	expect("nobody", sales.Viewer{}, none)
	expect("a role that is none", sales.Viewer{WorkspaceID: ws, UserID: other.UserID, Role: "boss"}, none)
	for _, r := range []sales.Role{sales.RoleManager, sales.RoleAdmin, sales.RoleOwner} {
		expect(string(r), sales.Viewer{WorkspaceID: ws, UserID: other.UserID, Role: r}, all)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		p := x.People[0]
		p.OwnerID = 0
		return tx.SavePerson(ctx, p, "")
	})
	expect("another seller, of an unowned person", other, [8]int{1, 1, 1, 1, 1, 1, 1, 1})
	if list := ok[[]sales.Person](t)(s.PeopleAt(ctx, other, 0)); len(list) != 0 {
		t.Error("people without an account are no colleagues")
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.SetMessagePerson(ctx, ws, x.In.ID, 0, 0, "none")
	})
	if _, err := s.Message(ctx, x.Viewer(), x.In.ID); sales.CodeOf(err) != sales.NotFound {
		t.Error("a message of nobody:", err)
	}
}
