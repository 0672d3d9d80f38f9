package storetest

import (
	"context"
	"slices"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Talk is what came up in the conversation of a Filled, and its playbook.
type Talk struct {
	Promise    sales.Point
	Card       sales.Card
	Connection sales.Connection
	Hook       sales.PhoneHook
	HookHash   []byte
}

func (x *Filled) talk(ctx context.Context, tx *store.Tx) error {
	ws, p := x.Workspace.ID, x.People[0]
	x.Promise = sales.Point{WorkspaceID: ws, ID: tx.NewID(), Key: "call/1/0", PersonID: p.ID, UserID: x.Seller.ID, Kind: sales.PointPromise, Side: sales.OurMove, State: sales.PointOpen, Text: "send prices", DueAt: wait(48), Source: sales.FromCall, SourceID: x.Call.ID, At: Now}
	x.Card = sales.Card{WorkspaceID: ws, ID: tx.NewID(), Key: "own/1", Kind: sales.CardProof, Title: "Four minutes", Body: "They re-plan in four minutes.", Proof: "Their own figures.", Tags: "planning", Version: 1, UserID: x.Seller.ID, At: Now}
	x.Connection = sales.Connection{WorkspaceID: ws, ID: tx.NewID(), PersonID: p.ID, PainID: x.Promise.ID, CardID: x.Card.ID, UserID: x.Seller.ID, Sentence: "You lose mornings; four minutes would do.", Source: sales.FromHand, At: Now}
	x.Hook = sales.PhoneHook{WorkspaceID: ws, ID: tx.NewID(), Name: "Office", UserID: x.Owner.ID, Signed: true, Secret: "shared", CreatedAt: Now}
	x.HookHash = []byte("hash of a hook of " + ws.String())
	if _, err := tx.InsertPoint(ctx, x.Promise); err != nil {
		return err
	}
	theirs := x.Promise
	theirs.ID, theirs.Key, theirs.Side, theirs.PersonID = tx.NewID(), "call/1/1", sales.TheirMove, x.People[1].ID
	if _, err := tx.InsertPoint(ctx, theirs); err != nil {
		return err
	}
	if err := tx.ShowStages(ctx, ws, p.ID, sales.StageEmpathy.Mask(), Now); err != nil {
		return err
	}
	if _, err := tx.InsertCard(ctx, x.Card); err != nil {
		return err
	}
	if err := tx.UseCard(ctx, x.use(tx.NewID(), 77)); err != nil {
		return err
	}
	if err := tx.InsertConnection(ctx, x.Connection); err != nil {
		return err
	}
	return tx.InsertPhoneHook(ctx, x.Hook, x.HookHash)
}

// use is one of the card in a mail.
func (x *Filled) use(id, mailing sales.ID) sales.CardUse {
	return sales.CardUse{WorkspaceID: x.Workspace.ID, ID: id, CardID: x.Card.ID, Version: 1, PersonID: x.People[0].ID, UserID: x.Seller.ID, At: wait(-1), Via: sales.FromMessage, ViaID: mailing}
}

func readingsTalk(s *store.Store, add func(string, func(context.Context, sales.Viewer) (int, error)), addTx func(string, func(context.Context, *store.Tx, sales.ID) (int, error)), x *Filled) {
	p := x.People[0].ID
	add("PointsOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.PointsOf(ctx, v.WorkspaceID, p))
	})
	add("Point", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Point(ctx, v.WorkspaceID, x.Promise.ID))
	})
	add("SignalsOfMany", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.SignalsOfMany(ctx, v.WorkspaceID, []sales.ID{p, 7}))
	})
	add("Stirs", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.Stirs(ctx, v, wait(1000), wait(1000), wait(1000), 9))
	})
	add("ConnectionsWith", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.ConnectionsWith(ctx, v, x.Card.ID, 9))
	})
	add("OpenPointsOfMany", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.OpenPointsOfMany(ctx, v.WorkspaceID, []sales.ID{p, 7}))
	})
	add("Cards", func(ctx context.Context, v sales.Viewer) (int, error) { return length(s.Cards(ctx, v.WorkspaceID)) })
	add("Card", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Card(ctx, v.WorkspaceID, x.Card.ID))
	})
	add("CardVersions", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.CardVersions(ctx, v.WorkspaceID, x.Card.ID))
	})
	add("CardUses", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.CardUses(ctx, v, x.Card.ID, 9))
	})
	add("CardsUsedWith", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.CardsUsedWith(ctx, v.WorkspaceID, p))
	})
	add("CardSums", func(ctx context.Context, v sales.Viewer) (int, error) { return size(s.CardSums(ctx, v.WorkspaceID)) })
	add("Connection", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Connection(ctx, v.WorkspaceID, x.Connection.ID))
	})
	add("ConnectionsOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.ConnectionsOf(ctx, v.WorkspaceID, p))
	})
	add("PhoneHooks", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.PhoneHooks(ctx, v.WorkspaceID))
	})
	add("PhoneHook", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.PhoneHook(ctx, v.WorkspaceID, x.HookHash))
	})
	addTx("Point", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.Point(ctx, ws, x.Promise.ID))
	})
	addTx("PointsOf", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.PointsOf(ctx, ws, p))
	})
	addTx("CallsOf", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.CallsOf(ctx, ws, p))
	})
	addTx("CallFromOutside", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		_, yes, err := tx.CallFromOutside(ctx, ws, x.Call.External)
		return flag(yes), err
	})
	addTx("PeopleCalled", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.PeopleCalled(ctx, ws, "+351210000000"))
	})
}

// strangersTalk are the writes of a stranger with the IDs of x.
func strangersTalk(t *testing.T, x *Filled, ws sales.ID) map[string]func(tx *store.Tx) error {
	ctx := t.Context()
	return map[string]func(tx *store.Tx) error{
		"SavePoint": func(tx *store.Tx) error {
			p := x.Promise
			p.WorkspaceID, p.Text = ws, "mine"
			wantCode(t, tx.SavePoint(ctx, p, sales.PointOpen), sales.Conflict)
			return nil
		},
		"SaveCard": func(tx *store.Tx) error {
			c := x.Card
			c.WorkspaceID, c.Version = ws, 2
			wantCode(t, tx.SaveCard(ctx, c), sales.Conflict)
			return nil
		},
		"ArchiveCard": func(tx *store.Tx) error { return tx.ArchiveCard(ctx, ws, x.Card.ID, Now) },
		"UnuseCards":  func(tx *store.Tx) error { return tx.UnuseCards(ctx, ws, sales.FromMessage, 77) },
		"DropConnection": func(tx *store.Tx) error {
			return tx.DropConnection(ctx, sales.Connection{WorkspaceID: ws, ID: x.Connection.ID, DroppedAt: Now})
		},
		"SaveCall": func(tx *store.Tx) error {
			c := x.Call
			c.WorkspaceID, c.Note = ws, "mine"
			return tx.SaveCall(ctx, c)
		},
		"PhoneHookUsed":   func(tx *store.Tx) error { return tx.PhoneHookUsed(ctx, ws, x.Hook.ID, Now) },
		"RevokePhoneHook": func(tx *store.Tx) error { return tx.RevokePhoneHook(ctx, ws, x.Hook.ID, Now) },
	}
}

// testPoints: a key is written once, a change needs the state that was read.
func testPoints(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	again := x.Promise
	again.ID, again.Text = s.NewID(), "again"
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if yes, err := tx.InsertPoint(ctx, again); yes || err != nil {
			t.Error(yes, err)
		}
		kept := x.Promise
		kept.State, kept.EndedAt, kept.EndedBy, kept.TaskID = sales.PointKept, wait(5), x.Seller.ID, x.Task.ID
		return tx.SavePoint(ctx, kept, sales.PointOpen)
	})
	got := ok[[]sales.Point](t)(s.PointsOf(ctx, ws, x.People[0].ID))
	want := x.Promise
	want.State, want.EndedAt, want.EndedBy, want.TaskID = sales.PointKept, wait(5), x.Seller.ID, x.Task.ID
	if len(got) != 1 || got[0] != want {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SavePoint(ctx, want, sales.PointOpen) }), sales.Conflict)
	if m := ok[map[sales.ID][]sales.Point](t)(s.OpenPointsOfMany(ctx, ws, []sales.ID{x.People[0].ID})); len(m) != 0 {
		t.Error("a kept promise is open", m)
	}
	_, err := s.Point(ctx, ws, 12345)
	wantCode(t, err, sales.NotFound)
}

// testSignals: promises both ways and the stages of many at once; whom a promise or
// a quiet deal brings up, and whom not.
func testSignals(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 8)
	ctx, ws, v := t.Context(), w.Workspace.ID, w.Viewer()
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.ShowStages(ctx, ws, w.People[0].ID, sales.StageHope.Mask(), Now); err != nil {
			return err
		}
		if err := tx.ShowStages(ctx, ws, w.People[0].ID, sales.StageEmpathy.Mask(), Now); err != nil {
			return err
		}
		for i, side := range []sales.MoveSide{sales.TheirMove, sales.TheirMove, sales.OurMove, sales.TheirMove} {
			p := sales.Point{WorkspaceID: ws, ID: tx.NewID(), Key: w.People[i].ID.String(), PersonID: w.People[i].ID, Kind: sales.PointPromise, Side: side, State: sales.PointOpen, Text: "numbers", DueAt: wait(5), Source: sales.FromHand, At: Now}
			if _, err := tx.InsertPoint(ctx, p); err != nil {
				return err
			}
		}
		// What they promised is looked after by a task already.
		if _, err := tx.OpenTask(ctx, sales.Task{WorkspaceID: ws, ID: tx.NewID(), Key: "busy", Kind: sales.TaskDo, PersonID: w.People[3].ID, UserID: v.UserID, CreatedAt: Now}); err != nil {
			return err
		}
		for i, at := range []float64{2, 2, 2, 90} { // deals of people 4 to 7; the last was changed a short time ago
			d := sales.Deal{WorkspaceID: ws, ID: tx.NewID(), AccountID: w.Account.ID, OwnerID: v.UserID, Name: string(rune('A' + i)), Stage: "talking", Meaning: sales.DealOpen, NextStep: "terms", Version: 1, CreatedAt: Now, UpdatedAt: wait(at)}
			if i == 1 {
				d.NextOn = wait(200) // its next step is yet to come
			}
			if i == 2 {
				d.Meaning, d.Stage = sales.DealWon, "won"
			}
			if err := tx.InsertDeal(ctx, d, ""); err != nil {
				return err
			}
			if err := tx.SavePart(ctx, sales.Part{WorkspaceID: ws, AccountID: w.Account.ID, DealID: d.ID, PersonID: w.People[4+i].ID, Role: sales.RoleDecides, At: Now}); err != nil {
				return err
			}
		}
		return nil
	})
	got := ok[map[sales.ID]store.Signals](t)(s.SignalsOfMany(ctx, ws, []sales.ID{w.People[0].ID, w.People[2].ID, w.People[5].ID}))
	a, b := got[w.People[0].ID], got[w.People[2].ID]
	if len(got) != 2 || a.Stages != sales.StageHope.Mask()|sales.StageEmpathy.Mask() || len(a.Promises) != 1 || a.Promises[0].Text != "numbers" || !a.Promises[0].DueAt.Equal(wait(5)) || b.Promises[0].Side != sales.OurMove {
		t.Errorf("signals are %+v", got)
	}
	who := func(promised, quiet float64) (out []sales.ID) {
		for _, x := range ok[[]store.Stir](t)(s.Stirs(ctx, v, wait(promised), wait(100), wait(quiet), 9)) {
			out = append(out, x.PersonID)
		}
		slices.Sort(out)
		return out
	}
	if got, want := who(6, 50), []sales.ID{w.People[0].ID, w.People[1].ID, w.People[4].ID}; !slices.Equal(got, want) {
		t.Errorf("come up: %v, want %v", got, want)
	}
	if got := who(4, 1); len(got) != 0 {
		t.Errorf("too early: %v", got)
	}
	// What a seller does about the people of a deal keeps it from being quiet.
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: ws, At: wait(60), Actor: sales.BySeller, Kind: sales.MoveNote, PersonID: w.People[4].ID}})
	})
	if got := who(4, 50); len(got) != 0 {
		t.Errorf("looked after: %v", got)
	}
	other := sales.Viewer{WorkspaceID: ws, UserID: w.Owner.ID, Role: sales.RoleOwner}
	if list := ok[[]store.Stir](t)(s.Stirs(ctx, other, wait(1000), wait(1000), wait(1000), 9)); len(list) != 0 {
		t.Errorf("of somebody else's people: %+v", list)
	}
}

// testCards: versions are kept, two writers do not overwrite each other, and
// results are what the ledger says.
func testCards(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		c := x.Card
		c.Version, c.Title, c.At = 2, "Three minutes", wait(1)
		if err := tx.SaveCard(ctx, c); err != nil {
			return err
		}
		if err := tx.UseCard(ctx, x.use(tx.NewID(), 77)); err != nil { // the same mail again
			return err
		}
		return tx.UseCard(ctx, x.use(tx.NewID(), 78))
	})
	stale := x.Card
	stale.Version = 2
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveCard(ctx, stale) }), sales.Conflict)
	if list := ok[[]sales.Card](t)(s.CardVersions(ctx, ws, x.Card.ID)); len(list) != 2 || list[0].Title != "Three minutes" || list[1].Title != "Four minutes" {
		t.Errorf("%+v", list)
	}
	if sum := ok[map[sales.ID]store.CardSum](t)(s.CardSums(ctx, ws))[x.Card.ID]; sum != (store.CardSum{Uses: 2}) {
		t.Errorf("%+v", sum)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: ws, At: wait(2), Actor: sales.ByBuyer, Kind: sales.MoveInterest, PersonID: x.People[0].ID, Text: "Yes."}, {WorkspaceID: ws, At: wait(2), Actor: sales.ByBuyer, Kind: sales.MoveReply, PersonID: x.People[0].ID, Text: "Yes."}})
	})
	uses := ok[[]store.CardUsed](t)(s.CardUses(ctx, x.Viewer(), x.Card.ID, 9))
	if len(uses) != 2 || uses[0].Result != store.CardInterested || uses[0].Person.Name() != x.People[0].Name() {
		t.Errorf("%+v", uses)
	}
	other := sales.Viewer{WorkspaceID: ws, UserID: s.NewID(), Role: sales.RoleSeller}
	if list := ok[[]store.CardUsed](t)(s.CardUses(ctx, other, x.Card.ID, 9)); len(list) != 0 {
		t.Error("another seller sees with whom")
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.ArchiveCard(ctx, ws, x.Card.ID, wait(3)); err != nil {
			return err
		}
		return tx.UnuseCards(ctx, ws, sales.FromMessage, 78)
	})
	if sum := ok[map[sales.ID]store.CardSum](t)(s.CardSums(ctx, ws))[x.Card.ID]; sum != (store.CardSum{Uses: 1, Answered: 1, Interested: 1}) {
		t.Errorf("%+v", sum)
	}
	if c := ok[sales.Card](t)(s.Card(ctx, ws, x.Card.ID)); !c.ArchivedAt.Equal(wait(3)) || c.Version != 2 {
		t.Errorf("%+v", c)
	}
}

// testPhones: a call of a phone system is known once, a revoked token is none.
func testPhones(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	twice := x.Call
	twice.ID = s.NewID()
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertCall(ctx, twice) }), sales.Conflict)
	longer := x.Call
	longer.Minutes, longer.Seconds, longer.Recording, longer.Incoming, longer.Override = 9, 530, "https://phone.example/r/1", true, "asked for it"
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveCall(ctx, longer) })
	if got := ok[[]sales.Call](t)(s.CallsOf(ctx, ws, x.People[0].ID)); len(got) != 1 || got[0] != longer {
		t.Errorf("%+v\nwant %+v", got, longer)
	}
	h := ok[sales.PhoneHook](t)(s.PhoneHook(ctx, ws, x.HookHash))
	if h != x.Hook {
		t.Errorf("%+v\nwant %+v", h, x.Hook)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.PhoneHookUsed(ctx, ws, h.ID, wait(1)); err != nil {
			return err
		}
		return tx.RevokePhoneHook(ctx, ws, h.ID, wait(2))
	})
	_, err := s.PhoneHook(ctx, ws, x.HookHash)
	wantCode(t, err, sales.NotFound)
	if list := ok[[]sales.PhoneHook](t)(s.PhoneHooks(ctx, ws)); len(list) != 1 || !list[0].UsedAt.Equal(wait(1)) || !list[0].RevokedAt.Equal(wait(2)) {
		t.Errorf("%+v", list)
	}
}

// testConnections: what is dropped is in use no more, and can come back.
func testConnections(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	for _, at := range []int{1, 0} {
		c := x.Connection
		if at > 0 {
			c.DroppedAt = wait(1)
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropConnection(ctx, c) })
		if list := ok[[]sales.Connection](t)(s.ConnectionsOf(ctx, ws, x.People[0].ID)); len(list) != 1-at {
			t.Error(at, list)
		}
		if got := ok[sales.Connection](t)(s.Connection(ctx, ws, c.ID)); got != c {
			t.Errorf("%+v\nwant %+v", got, c)
		}
	}
}
