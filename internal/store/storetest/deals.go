package storetest

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// deals writes the deal, its people and the chase of a Filled.
func (x *Filled) deals(ctx context.Context, tx *store.Tx) error {
	ws, p := x.Workspace.ID, x.People[0].ID
	x.Deal = sales.Deal{WorkspaceID: ws, ID: tx.NewID(), AccountID: x.Account.ID, OwnerID: x.Seller.ID, Name: "Re-planning for 62 trucks", Stage: "proof", Meaning: sales.DealOpen,
		Amount: 1_250_050, Currency: "EUR", CloseOn: Now.Truncate(24 * time.Hour), NextStep: "A trial week", NextOn: Now.Truncate(24 * time.Hour), Custom: map[string]string{"trucks": "62"},
		Was: sales.DealBefore{Stage: "talking", Meaning: sales.DealOpen, StageAt: Now}, Version: 1, StageAt: Now, CreatedAt: Now, UpdatedAt: Now}
	if err := tx.InsertDeal(ctx, x.Deal, x.Account.Name); err != nil {
		return err
	}
	for _, d := range []sales.ID{0, x.Deal.ID} {
		if err := tx.SavePart(ctx, sales.Part{WorkspaceID: ws, AccountID: x.Account.ID, DealID: d, PersonID: p, Role: sales.RoleDecides, NamedBy: x.People[1].ID, At: Now}); err != nil {
			return err
		}
	}
	x.Chase = sales.Chase{WorkspaceID: ws, ID: tx.NewID(), PersonID: p, UserID: x.Seller.ID, At: Now, Channel: sales.ChaseDoor, Reason: "the trial ends", MailingID: x.Queued.ID, RestUntil: wait(100)}
	if err := tx.InsertChase(ctx, x.Chase); err != nil {
		return err
	}
	if err := tx.AskRecount(ctx, ws, store.RecountOf{}, Now); err != nil {
		return err
	}
	return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: ws, At: Now, Actor: sales.BySeller, Kind: sales.MoveDeal, AccountID: x.Account.ID, DealID: x.Deal.ID, UserID: x.Seller.ID, Text: "A deal."}})
}

// dealReadings are the readings of deals, accounts and chases.
func dealReadings(s *store.Store, x *Filled, add func(string, func(context.Context, sales.Viewer) (int, error)), addTx func(string, func(context.Context, *store.Tx, sales.ID) (int, error))) {
	p, deals := x.People[0].ID, []sales.ID{x.Deal.ID}
	add("SeeAccount", func(ctx context.Context, v sales.Viewer) (int, error) { return one(s.SeeAccount(ctx, v, x.Account.ID)) })
	add("AccountList", func(ctx context.Context, v sales.Viewer) (int, error) {
		return page(s.AccountList(ctx, v, store.AccountFilter{}, store.Page{}))
	})
	add("CountPeopleAt", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.CountPeopleAt(ctx, v, []sales.ID{x.Account.ID}))
	})
	add("NextRecount", func(ctx context.Context, v sales.Viewer) (int, error) {
		_, some, err := s.NextRecount(ctx, v.WorkspaceID, wait(99))
		return flag(some), err
	})
	add("Deal", func(ctx context.Context, v sales.Viewer) (int, error) { return one(s.Deal(ctx, v, x.Deal.ID)) })
	add("Deals", func(ctx context.Context, v sales.Viewer) (int, error) {
		return page(s.Deals(ctx, v, store.DealFilter{}, store.Page{}))
	})
	add("DealSums", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.DealSums(ctx, v, store.DealFilter{}))
	})
	add("OpenDealsAt", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.OpenDealsAt(ctx, v.WorkspaceID, []sales.ID{x.Account.ID}))
	})
	add("PartsAt", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.PartsAt(ctx, v.WorkspaceID, x.Account.ID))
	})
	add("PartsIn", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.PartsIn(ctx, v.WorkspaceID, deals))
	})
	add("PartsOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.PartsOf(ctx, v.WorkspaceID, p))
	})
	add("MovesOfDeal", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.MovesOfDeal(ctx, v.WorkspaceID, x.Deal.ID, 9))
	})
	add("MovesOfAccount", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.MovesOfAccount(ctx, v.WorkspaceID, x.Account.ID, 9))
	})
	add("NewestMoves", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.NewestMoves(ctx, v.WorkspaceID, []sales.ID{p, x.People[1].ID}, 9))
	})
	add("ChasesOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.ChasesOf(ctx, v.WorkspaceID, p))
	})
	add("ChasesDone", func(ctx context.Context, v sales.Viewer) (int, error) {
		n, _, err := s.ChasesDone(ctx, v.WorkspaceID, wait(1000))
		return n, err
	})
	addTx("Deal", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.Deal(ctx, ws, x.Deal.ID))
	})
	addTx("OpenDealsAt", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return size(tx.OpenDealsAt(ctx, ws, []sales.ID{x.Account.ID}))
	})
	addTx("PartsIn", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return size(tx.PartsIn(ctx, ws, deals))
	})
	addTx("DealsInStages", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return size(tx.DealsInStages(ctx, ws))
	})
	addTx("ChaseByMail", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.ChaseByMail(ctx, ws, x.Queued.ID))
	})
}

func testDeals(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, v, ws := t.Context(), x.Viewer(), x.Workspace.ID
	if d := ok[sales.Deal](t)(s.Deal(ctx, v, x.Deal.ID)); !reflect.DeepEqual(d, x.Deal) {
		t.Errorf("have %+v\nwant %+v", d, x.Deal)
	}
	d := x.Deal
	d.Name, d.Stage, d.Meaning, d.ClosedAt, d.Reason, d.Amount = "Re-planning", "won", sales.DealWon, wait(5), "price", 1
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveDeal(ctx, d, x.Account.Name) })
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveDeal(ctx, d, "") }), sales.Conflict)
	d.Version++
	if have := ok[sales.Deal](t)(s.Deal(ctx, v, d.ID)); !reflect.DeepEqual(have, d) {
		t.Errorf("have %+v\nwant %+v", have, d)
	}
	other := sales.User{WorkspaceID: ws, ID: s.NewID(), Email: "o@brightmail.example", Name: "Other", Role: sales.RoleSeller, CreatedAt: Now}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i, c := range []struct {
			owner          sales.ID
			currency, name string
		}{{x.Seller.ID, "EUR", "A"}, {0, "USD", "B"}, {other.ID, "EUR", "Geheim"}, {x.Seller.ID, "EUR", "Ä"}} {
			y := sales.Deal{WorkspaceID: ws, ID: tx.NewID(), AccountID: x.Account.ID, OwnerID: c.owner, Name: c.name, Stage: "talking", Meaning: sales.DealOpen, Amount: int64(100 * (i + 1)), Currency: c.currency, Version: 1, CreatedAt: Now, UpdatedAt: Now}
			if err := tx.InsertDeal(ctx, y, x.Account.Name); err != nil {
				return err
			}
		}
		return nil
	})
	names := func(v sales.Viewer, f store.DealFilter) string {
		list, _, err := s.Deals(ctx, v, f, store.Page{})
		if err != nil {
			t.Fatal(err)
		}
		out := ""
		for _, d := range list {
			out += d.Name + " "
		}
		return out
	}
	boss := sales.Viewer{WorkspaceID: ws, UserID: x.Owner.ID, Role: sales.RoleOwner}
	for _, c := range []struct {
		v    sales.Viewer
		f    store.DealFilter
		want string
	}{
		{v, store.DealFilter{}, "Ä B A Re-planning "}, {boss, store.DealFilter{}, "Ä Geheim B A Re-planning "}, {v, store.DealFilter{Search: "a brightwater"}, "Ä B A Re-planning "},
		{v, store.DealFilter{Meaning: sales.DealWon}, "Re-planning "}, {v, store.DealFilter{Stage: "talking"}, "Ä B A "}, {boss, store.DealFilter{Owner: other.ID}, "Geheim "},
		{v, store.DealFilter{Person: x.People[0].ID}, "Re-planning "}, {v, store.DealFilter{Account: 7}, ""}, {v, store.DealFilter{ClosedSince: wait(5)}, "Re-planning "}, {v, store.DealFilter{ClosedSince: wait(6)}, ""}, {v, store.DealFilter{Search: "geheim"}, ""},
	} {
		if have := names(c.v, c.f); have != c.want {
			t.Errorf("%+v gives %q, want %q", c.f, have, c.want)
		}
	}
	if _, err := s.Deal(ctx, sales.Viewer{WorkspaceID: ws, UserID: other.ID, Role: sales.RoleSeller}, d.ID); sales.CodeOf(err) != sales.NotFound {
		t.Errorf("another seller sees the deal: %v", err)
	}
	first, after, err := s.Deals(ctx, v, store.DealFilter{}, store.Page{Limit: 3})
	rest, end, err2 := s.Deals(ctx, v, store.DealFilter{}, store.Page{Limit: 3, After: after})
	if err != nil || err2 != nil || len(first) != 3 || len(rest) != 1 || end != "" {
		t.Errorf("pages of %d and %d (%v, %v)", len(first), len(rest), err, err2)
	}
	sums := ok[[]store.DealSum](t)(s.DealSums(ctx, v, store.DealFilter{}))
	if want := []store.DealSum{{Stage: "talking", Currency: "EUR", N: 2, Amount: 500}, {Stage: "talking", Currency: "USD", N: 1, Amount: 200}, {Stage: "won", Currency: "EUR", N: 1, Amount: 1}}; !reflect.DeepEqual(sums, want) {
		t.Errorf("sums are %+v", sums)
	}
	if open := ok[map[sales.ID][]sales.Deal](t)(s.OpenDealsAt(ctx, ws, []sales.ID{x.Account.ID})); len(open[x.Account.ID]) != 4 || open[x.Account.ID][0].Name != "Ä" {
		t.Errorf("open deals: %+v", open)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.MeanStage(ctx, ws, "talking", sales.DealLost, wait(9))
	})
	if have := names(v, store.DealFilter{Meaning: sales.DealLost, ClosedSince: wait(9)}); have != "Ä B A " {
		t.Errorf("after the stage means lost: %q", have)
	}
}

func testParts(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	part := sales.Part{WorkspaceID: ws, AccountID: x.Account.ID, DealID: x.Deal.ID, PersonID: x.People[0].ID, Role: sales.RoleBlocks, At: wait(3)}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SavePart(ctx, part) })
	in := ok[map[sales.ID][]sales.Part](t)(s.PartsIn(ctx, ws, []sales.ID{x.Deal.ID, 0}))
	if len(in) != 1 || len(in[x.Deal.ID]) != 1 || in[x.Deal.ID][0].Role != sales.RoleBlocks || in[x.Deal.ID][0].NamedBy != x.People[1].ID || !in[x.Deal.ID][0].At.Equal(Now) {
		t.Errorf("parts are %+v", in)
	}
	if of := ok[[]sales.Part](t)(s.PartsOf(ctx, ws, x.People[0].ID)); len(of) != 2 {
		t.Errorf("parts of the person: %+v", of)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.MoveParts(ctx, ws, x.Deal.ID, x.Account.ID, 77); err != nil {
			return err
		}
		part.AccountID = 77
		return tx.DropPart(ctx, part)
	})
	if in = ok[map[sales.ID][]sales.Part](t)(s.PartsIn(ctx, ws, []sales.ID{x.Deal.ID})); len(in) != 0 {
		t.Errorf("after they were taken out: %+v", in)
	}
	if at := ok[[]sales.Part](t)(s.PartsAt(ctx, ws, x.Account.ID)); len(at) != 1 || at[0].Role != sales.RoleDecides {
		t.Errorf("at the account: %+v", at)
	}
	lines := ok[[]sales.Move](t)(s.MovesOfDeal(ctx, ws, x.Deal.ID, 5))
	if len(lines) != 1 || lines[0].DealID != x.Deal.ID || lines[0].Text != "A deal." {
		t.Errorf("lines of the deal: %+v", lines)
	}
	if none := ok[[]sales.Move](t)(s.MovesOfAccount(ctx, ws, 0, 5)); len(none) != 0 {
		t.Errorf("account 0 has %+v", none)
	}
	var moves []sales.Move
	for i := range 7 {
		moves = append(moves, sales.Move{WorkspaceID: ws, At: wait(float64(i)), Actor: sales.BySeller, Kind: sales.MoveNote, PersonID: x.People[i%2].ID, Text: fmt.Sprint(i)})
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AppendMoves(ctx, moves) })
	newest := ok[map[sales.ID][]sales.Move](t)(s.NewestMoves(ctx, ws, []sales.ID{x.People[0].ID, x.People[1].ID, x.People[0].ID}, 2))
	if a, b := newest[x.People[0].ID], newest[x.People[1].ID]; len(newest) != 2 || len(a) != 2 || a[0].Text != "6" || a[1].Text != "4" || len(b) != 2 || b[0].Text != "5" {
		t.Errorf("newest: %+v", newest)
	}
}

func testChases(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws, p := t.Context(), x.Workspace.ID, x.People[0].ID
	if c := ok[[]store.ChaseResult](t)(s.ChasesOf(ctx, ws, p)); len(c) != 1 || c[0].Answered || c[0].Chase != x.Chase {
		t.Fatalf("chases: %+v", c)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertChase(ctx, sales.Chase{WorkspaceID: ws, ID: tx.NewID(), PersonID: p, UserID: x.Seller.ID, At: wait(-24 * 30), Channel: sales.ChaseCall, Reason: "asked for it"}); err != nil {
			return err
		}
		return tx.AppendMoves(ctx, []sales.Move{
			{WorkspaceID: ws, At: wait(2), Actor: sales.ByBuyer, Kind: sales.MoveReply, PersonID: p, Text: "Yes."},
			{WorkspaceID: ws, At: wait(-24*30 + 1), Actor: sales.ByBuyer, Kind: sales.MoveAutoReply, PersonID: p, Text: "Away."},
			{WorkspaceID: ws, At: wait(-24*30 + 170), Actor: sales.ByBuyer, Kind: sales.MoveReply, PersonID: p, Text: "Too late to count."},
		})
	})
	if c := ok[[]store.ChaseResult](t)(s.ChasesOf(ctx, ws, p)); len(c) != 2 || !c[0].Answered || c[1].Answered {
		t.Errorf("chases: %+v", c)
	}
	for _, c := range []struct {
		now         time.Time
		n, answered int
	}{{Now, 1, 0}, {wait(24 * 8), 2, 1}} {
		n, answered, err := s.ChasesDone(ctx, ws, c.now)
		if err != nil || n != c.n || answered != c.answered {
			t.Errorf("at %s: %d of %d (%v)", c.now, answered, n, err)
		}
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if c, err := tx.ChaseByMail(ctx, ws, x.Queued.ID); err != nil || c != x.Chase {
			t.Errorf("by mail: %+v (%v)", c, err)
		}
		return tx.DropChase(ctx, ws, x.Queued.ID)
	})
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.ChaseByMail(ctx, ws, x.Queued.ID)
		return err
	}), sales.NotFound)
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { _, err := tx.ChaseByMail(ctx, ws, 0); return err }), sales.NotFound)
}

func testAccountList(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, v, ws := t.Context(), x.Viewer(), x.Workspace.ID
	a := x.Account
	a.Name, a.Website, a.Notes, a.Custom, a.Domain = "Éclair Freight", "https://eclair.example", "Since 1920.", map[string]string{"fleet": "62"}, "eclair.example"
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveAccount(ctx, a); err != nil {
			return err
		}
		for i, owner := range []sales.ID{0, x.Owner.ID, x.Seller.ID} {
			if err := tx.InsertAccount(ctx, sales.Account{WorkspaceID: ws, ID: tx.NewID(), OwnerID: owner, Name: fmt.Sprint("Zeta ", i), Domain: fmt.Sprintf("z%d.example", i), CreatedAt: Now}); err != nil {
				return err
			}
		}
		return nil
	})
	if have := ok[sales.Account](t)(s.SeeAccount(ctx, v, a.ID)); !reflect.DeepEqual(have, a) {
		t.Errorf("have %+v\nwant %+v", have, a)
	}
	if list, _, err := s.People(ctx, v, store.PeopleFilter{Search: "eclair"}, store.Page{}); err != nil || len(list) != 4 {
		t.Errorf("%d people are found by the new name (%v)", len(list), err)
	}
	b := a
	b.Domain = "z0.example"
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveAccount(ctx, b) }), sales.Conflict)
	names := func(v sales.Viewer, f store.AccountFilter, limit int) string {
		out, after := "", ""
		for {
			list, next, err := s.AccountList(ctx, v, f, store.Page{Limit: limit, After: after})
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range list {
				out += a.Name + ", "
			}
			if after = next; after == "" {
				return out
			}
		}
	}
	boss := sales.Viewer{WorkspaceID: ws, UserID: x.Owner.ID, Role: sales.RoleOwner}
	for _, limit := range []int{1, 2, 50} {
		if have := names(v, store.AccountFilter{}, limit); have != "Éclair Freight, Zeta 0, Zeta 2, " {
			t.Errorf("a seller sees %q", have)
		}
	}
	if have := names(boss, store.AccountFilter{Search: "zeta", Owner: x.Owner.ID}, 9); have != "Zeta 1, " {
		t.Errorf("of the owner: %q", have)
	}
	a.ArchivedAt = Now
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveAccount(ctx, a) })
	if have, put := names(v, store.AccountFilter{}, 9), names(v, store.AccountFilter{Archived: true}, 9); have != "Zeta 0, Zeta 2, " || put != "Éclair Freight, " {
		t.Errorf("lists are %q and %q", have, put)
	}
	if n := ok[map[sales.ID]int](t)(s.CountPeopleAt(ctx, v, []sales.ID{a.ID, 5})); len(n) != 1 || n[a.ID] != 4 {
		t.Errorf("people: %v", n)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE accounts SET search = '' WHERE workspace_id = ?`, ws) // as an older version left them
		return err
	})
	if err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if have := names(v, store.AccountFilter{Search: "zeta"}, 9); have != "Zeta 0, Zeta 2, " {
		t.Errorf("after the keys were made anew: %q", have)
	}
}
