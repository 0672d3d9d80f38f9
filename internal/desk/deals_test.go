package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/balance"
	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// wantErr tells whether err has the code, and words for people.
func wantErr(t *testing.T, err error, code sales.Code, words string) {
	t.Helper()
	if sales.CodeOf(err) != code || !strings.Contains(sales.Explain(err), words) {
		t.Errorf("want %q with %q, have %v", code, words, err)
	}
}

func (r *room) deal(name string) sales.Deal {
	r.t.Helper()
	return must[sales.Deal](r.t)(r.d.SaveDeal(r.t.Context(), r.v, desk.DealEdit{AccountID: r.Account.ID, Name: name, Amount: "12,500", Currency: "eur", PersonID: r.People[0].ID}))
}

func TestDealFromBeginToEnd(t *testing.T) {
	r := newRoom(t, 2)
	ctx := t.Context()
	x := r.deal("  Re-planning   for trucks ")
	if x.Name != "Re-planning for trucks" || x.Amount != 1_250_000 || x.Currency != "EUR" || x.Stage != "talking" || x.OwnerID != r.Seller.ID || x.AccountID != r.Account.ID {
		t.Fatalf("%+v", x)
	}
	day := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	x = must[sales.Deal](t)(r.d.SaveDeal(ctx, r.v, desk.DealEdit{ID: x.ID, Version: x.Version, AccountID: x.AccountID, Name: x.Name, Amount: "13.000,50", Currency: "EUR", CloseOn: day, NextStep: "A trial week", NextOn: day}))
	_, err := r.d.SaveDeal(ctx, r.v, desk.DealEdit{ID: x.ID, Version: 1, AccountID: x.AccountID, Name: "old"})
	wantErr(t, err, sales.Conflict, "in the meantime")
	if err := r.d.PutInDeal(ctx, r.v, x.ID, r.People[1].ID, sales.RoleDecides); err != nil {
		t.Fatal(err)
	}
	if u := must[desk.Undo](t)(r.d.NextStepTask(ctx, r.v, x.ID, r.People[1].ID)); !strings.Contains(u.Say, "Next") {
		t.Errorf("%+v", u)
	}
	tasks := must[[]sales.Task](t)(r.OpenTasksOf(ctx, r.Workspace.ID, r.People[1].ID))
	if len(tasks) != 1 || tasks[0].Title != "A trial week" || tasks[0].SnoozedUntil.Format("2006-01-02 15:04") != "2026-04-01 07:30" {
		t.Errorf("tasks %+v", tasks)
	}
	_, err = r.d.MoveDeal(ctx, r.v, x.ID, "lost", " ", "")
	wantErr(t, err, sales.Invalid, "why")
	_, err = r.d.MoveDeal(ctx, r.v, x.ID, "nowhere", "", "")
	wantErr(t, err, sales.Invalid, "stage")
	u := must[desk.Undo](t)(r.d.MoveDeal(ctx, r.v, x.ID, "lost", "Price", "They have no budget."))
	lost := must[sales.Deal](t)(r.Deal(ctx, r.v, x.ID))
	if lost.Meaning != sales.DealLost || lost.Reason != "Price" || lost.ClosedAt.IsZero() {
		t.Errorf("%+v", lost)
	}
	if err := r.d.Undo(ctx, r.v, u.Token); err != nil {
		t.Fatal(err)
	}
	back := must[sales.Deal](t)(r.Deal(ctx, r.v, x.ID))
	if back.Stage != "talking" || back.Meaning != sales.DealOpen || back.Reason != "" || !back.ClosedAt.IsZero() {
		t.Errorf("%+v", back)
	}
	wantErr(t, r.d.Undo(ctx, r.v, u.Token), sales.Conflict, "Too late")
	lines := must[[]sales.Move](t)(r.MovesOfDeal(ctx, r.Workspace.ID, x.ID, 20))
	var says []string
	for _, m := range lines {
		says = append(says, m.Text)
		if m.Kind != sales.MoveDeal || m.AccountID != r.Account.ID || m.UserID != r.Seller.ID {
			t.Errorf("%+v", m)
		}
	}
	story := strings.Join(says, "\n")
	for _, s := range []string{"begun at Talking, worth 12,500 EUR", "worth 13,000.50 EUR, before 12,500 EUR", "closes 1 Apr 2026", "“A trial week” on 1 Apr 2026", "was lost: Price. They have no budget.", "taken back"} {
		if !strings.Contains(story, s) {
			t.Errorf("the story lacks %q:\n%s", s, story)
		}
	}
}

func TestDealsAreRefusedInWords(t *testing.T) {
	r := newRoom(t, 1)
	ctx := t.Context()
	other := r.v
	other.UserID = r.Store.NewID()
	good := desk.DealEdit{AccountID: r.Account.ID, Name: "x"}
	for name, c := range map[string]struct {
		change func(*desk.DealEdit)
		words  string
	}{
		"no name": {func(e *desk.DealEdit) { e.Name = " " }, "name"}, "no account": {func(e *desk.DealEdit) { e.AccountID = 0 }, "account"},
		"amount": {func(e *desk.DealEdit) { e.Amount, e.Currency = "a lot", "EUR" }, "amount"}, "no currency": {func(e *desk.DealEdit) { e.Amount = "5" }, "currency"},
		"stage": {func(e *desk.DealEdit) { e.Stage = "?" }, "stage"}, "lost": {func(e *desk.DealEdit) { e.Stage = "lost" }, "begins open"},
		"year": {func(e *desk.DealEdit) { e.CloseOn = time.Date(26, 1, 1, 0, 0, 0, 0, time.UTC) }, "year"}, "long": {func(e *desk.DealEdit) { e.Name = strings.Repeat("n", 301) }, "300"},
	} {
		e := good
		c.change(&e)
		_, err := r.d.SaveDeal(ctx, r.v, e)
		if sales.CodeOf(err) != sales.Invalid || !strings.Contains(sales.Explain(err), c.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
	x := r.deal("Mine")
	e := good
	e.ID = x.ID
	_, err := r.d.SaveDeal(ctx, other, e)
	wantErr(t, err, sales.NotFound, "may not see")
	_, err = r.d.MoveDeal(ctx, other, x.ID, "won", "", "")
	wantErr(t, err, sales.NotFound, "may not see")
	wantErr(t, r.d.Undo(ctx, other, "deal/"+x.ID.String()+"/1"), sales.NotFound, "may not see")
	wantErr(t, r.d.PutInDeal(ctx, r.v, x.ID, r.People[0].ID, "rules"), sales.Invalid, "Choose")
	if _, err = r.d.SaveDeal(ctx, sales.Viewer{}, good); sales.CodeOf(err) != sales.Unauthorized {
		t.Errorf("nobody saves a deal: %v", err)
	}
}

func TestPipeline(t *testing.T) {
	r := newRoom(t, 1)
	ctx := t.Context()
	x := r.deal("Trucks")
	wantErr(t, r.d.SavePipeline(ctx, r.v, sales.DefaultDealStages(), nil), sales.Forbidden, "manager")
	stages := []sales.DealStage{{Name: "Neu", Meaning: sales.DealOpen}, {ID: "won", Name: "Gewonnen", Meaning: sales.DealWon}, {ID: "lost", Name: "Lost", Meaning: sales.DealLost}}
	wantErr(t, r.d.SavePipeline(ctx, r.boss, stages, nil), sales.Conflict, "1 deals are in “Talking”")
	stages = append(stages, sales.DealStage{ID: "talking", Name: "Parked", Meaning: sales.DealLost})
	if err := r.d.SavePipeline(ctx, r.boss, stages, []string{"Price", " price ", ""}); err != nil {
		t.Fatal(err)
	}
	w := must[sales.Workspace](t)(r.workspace(ctx))
	if p := w.Settings.Pipeline(); len(p) != 4 || p[0].ID != "stage1" || p[3].Name != "Parked" || len(w.Settings.Reasons()) != 1 {
		t.Errorf("%+v %v", p, w.Settings.Reasons())
	}
	if y := must[sales.Deal](t)(r.Deal(ctx, r.v, x.ID)); y.Meaning != sales.DealLost || y.ClosedAt.IsZero() {
		t.Errorf("%+v", y)
	}
	for _, bad := range [][]sales.DealStage{nil, stages[:2], {stages[1], stages[0], stages[2]}, append(stages[:3:3], sales.DealStage{Name: "neu", Meaning: sales.DealOpen}), append(stages[:3:3], sales.DealStage{Name: "x", Meaning: "?"})} {
		if err := r.d.SavePipeline(ctx, r.boss, bad, nil); sales.CodeOf(err) != sales.Invalid {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

func (r *room) workspace(ctx context.Context) (sales.Workspace, error) {
	return r.Store.Workspace(ctx, r.Workspace.ID)
}

// What a workspace changes counts for lines that were written before.
func TestWeights(t *testing.T) {
	r := newRoom(t, 1)
	ctx, p := t.Context(), r.People[0]
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: p.WorkspaceID, At: r.clock.t, Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: p.ID, Minutes: 8}, {WorkspaceID: p.WorkspaceID, At: r.clock.t, Actor: sales.ByBuyer, Kind: sales.MoveReply, PersonID: p.ID, Minutes: 5}})
	})
	share := func() float64 {
		w := must[sales.Workspace](t)(r.workspace(ctx))
		moves := must[[]sales.Move](t)(r.MovesOf(ctx, p.WorkspaceID, p.ID, 10))
		return balance.With(w.Settings.Weights).Compute(moves, r.clock.t).Share
	}
	before := share()
	own := map[sales.MoveKind]sales.MoveWeight{sales.MoveReply: {Buyer: 24}, sales.MoveMailManual: {Seller: 8}}
	wantErr(t, r.d.SaveWeights(ctx, r.v, own), sales.Forbidden, "manager")
	if err := r.d.SaveWeights(ctx, r.boss, own); err != nil {
		t.Fatal(err)
	}
	if got := share(); before != 5.0/13 || got != 24.0/32 {
		t.Errorf("the share was %v and is %v", before, got)
	}
	if w := must[sales.Workspace](t)(r.workspace(ctx)); len(w.Settings.Weights) != 1 {
		t.Errorf("kept %v: what is as the table says is no weight of its own", w.Settings.Weights)
	}
	wantErr(t, r.d.SaveWeights(ctx, r.boss, map[sales.MoveKind]sales.MoveWeight{sales.MoveReply: {Buyer: -1}}), sales.Invalid, "they answered")
	wantErr(t, r.d.SaveWeights(ctx, r.boss, map[sales.MoveKind]sales.MoveWeight{"?": {}}), sales.Invalid, "no move")
	if err := r.d.SaveWeights(ctx, r.boss, nil); err != nil || share() != before {
		t.Errorf("back to the table: %v, %v", share(), err)
	}
}

func TestAccounts(t *testing.T) {
	r := newRoom(t, 3)
	ctx := t.Context()
	a := r.Account
	a.Name, a.Domain, a.Website, a.Country, a.Notes = " Brightwater  AG ", "WWW.Brightwater.example", "brightwater.example/about", "pt", "Family firm."
	a = must[sales.Account](t)(r.d.SaveAccount(ctx, r.v, a))
	if a.Name != "Brightwater AG" || a.Domain != "brightwater.example" || a.Website != "https://brightwater.example/about" || a.Country != "PT" || a.OwnerID != r.Seller.ID {
		t.Errorf("%+v", a)
	}
	for name, change := range map[string]func(*sales.Account){
		"name": func(a *sales.Account) { a.Name = " " }, "domain": func(a *sales.Account) { a.Domain = "nonsense" }, "zone": func(a *sales.Account) { a.Zone = "Mars/Base" },
		"country": func(a *sales.Account) { a.Country = "Portugal" }, "site": func(a *sales.Account) { a.Website = "javascript://x" },
	} {
		b := a
		change(&b)
		if _, err := r.d.SaveAccount(ctx, r.v, b); sales.CodeOf(err) != sales.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	fresh := must[sales.Account](t)(r.d.SaveAccount(ctx, r.v, sales.Account{Name: "Fjellfrakt", Domain: "fjellfrakt.example"}))
	if fresh.ID == 0 || fresh.OwnerID != r.Seller.ID || fresh.CreatedAt.IsZero() {
		t.Errorf("%+v", fresh)
	}
	_, err := r.d.SaveAccount(ctx, r.v, sales.Account{Name: "Other", Domain: "fjellfrakt.example"})
	wantErr(t, err, sales.Conflict, "Fjellfrakt")
	must[desk.Undo](t)(r.d.ArchiveAccount(ctx, r.v, fresh.ID, true))
	if list, _, err := r.AccountList(ctx, r.v, store.AccountFilter{}, store.Page{}); err != nil || len(list) != 1 {
		t.Errorf("%d accounts in the list (%v)", len(list), err)
	}
	must[desk.Undo](t)(r.d.ArchiveAccount(ctx, r.v, fresh.ID, false))
	if err := r.d.PutAtAccount(ctx, r.v, r.People[0].ID, sales.RoleChampions, r.People[1].ID); err != nil {
		t.Fatal(err)
	}
	if err := r.d.PutAtAccount(ctx, r.v, r.People[0].ID, sales.RoleDecides, 0); err != nil {
		t.Fatal(err)
	}
	parts := must[[]sales.Part](t)(r.PartsAt(ctx, r.Workspace.ID, r.Account.ID))
	if len(parts) != 1 || parts[0].Role != sales.RoleDecides || parts[0].NamedBy != r.People[1].ID {
		t.Errorf("%+v", parts)
	}
	for range 2 { // the first who named them stays, and so does what they do
		if err := r.d.Referred(ctx, r.v, r.People[0].ID, r.People[2].ID); err != nil {
			t.Fatal(err)
		}
		if err := r.d.Referred(ctx, r.v, r.People[2].ID, r.People[1].ID); err != nil {
			t.Fatal(err)
		}
		if err := r.d.Referred(ctx, r.v, r.People[1].ID, r.People[1].ID); err != nil {
			t.Fatal(err)
		}
	}
	by := map[sales.ID]sales.Part{}
	for _, x := range must[[]sales.Part](t)(r.PartsAt(ctx, r.Workspace.ID, r.Account.ID)) {
		by[x.PersonID] = x
	}
	if x := by[r.People[0].ID]; len(by) != 2 || x.NamedBy != r.People[1].ID || x.Role != sales.RoleDecides || by[r.People[2].ID].NamedBy != r.People[1].ID {
		t.Errorf("%+v", by)
	}
	far := must[sales.Person](t)(r.d.SavePerson(ctx, r.v, sales.Person{Email: "far@elsewhere.example", FirstName: "Far"}, "Elsewhere"))
	if err := r.d.Referred(ctx, r.v, far.ID, r.People[1].ID); err != nil {
		t.Fatal(err)
	}
	if parts := must[[]sales.Part](t)(r.PartsAt(ctx, r.Workspace.ID, far.AccountID)); len(parts) != 0 {
		t.Errorf("named across accounts: %+v", parts)
	}
	stranger := r.v
	stranger.UserID = r.Store.NewID()
	wantErr(t, r.d.Referred(ctx, stranger, r.People[2].ID, r.People[1].ID), sales.NotFound, "")
	_, err = r.d.SaveAccount(ctx, stranger, a)
	wantErr(t, err, sales.NotFound, "may not see")
}
