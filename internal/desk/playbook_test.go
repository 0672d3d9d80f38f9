package desk_test

import (
	"testing"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// TestPlaybook: managers write it, versions count, what was sent with a card is
// known, and a mail that is taken back used nothing.
func TestPlaybook(t *testing.T) {
	r := newRoom(t, 1)
	ctx, p := t.Context(), r.People[0]
	c := sales.Card{Kind: sales.CardProof, Title: "Four minutes", Body: "A fleet of 40 re-plans in four minutes. It took two hours.", Proof: "Their figures."}
	if _, err := r.d.SaveCard(ctx, r.v, c); sales.CodeOf(err) != sales.Forbidden {
		t.Error(err)
	}
	c = must[sales.Card](t)(r.d.SaveCard(ctx, r.boss, c))
	same := must[sales.Card](t)(r.d.SaveCard(ctx, r.boss, c))
	changed := c
	changed.Title = "Four minutes, not two hours"
	changed = must[sales.Card](t)(r.d.SaveCard(ctx, r.boss, changed))
	if same.Version != 1 || changed.Version != 2 {
		t.Error(same.Version, changed.Version)
	}
	c.Title = "mine"
	if _, err := r.d.SaveCard(ctx, r.boss, c); sales.CodeOf(err) != sales.Conflict {
		t.Error(err)
	}
	u := must[desk.Undo](t)(r.d.Write(ctx, r.v, desk.Letter{PersonID: p.ID, Subject: "One number", Body: "Hello Marta,\n\na fleet of 40  re-plans\nin four minutes. Shall we?"}))
	if sum := r.sums()[c.ID]; sum != 1 {
		t.Error(sum)
	}
	if err := r.d.Undo(ctx, r.v, u.Token); err != nil || r.sums()[c.ID] != 0 {
		t.Error(err, r.sums())
	}
	n := must[int](t)(r.d.AddStarter(ctx, r.boss))
	again := must[int](t)(r.d.AddStarter(ctx, r.boss))
	if n != len(desk.StarterCards()) || again != 0 {
		t.Error(n, again)
	}
	stages := map[sales.PathStage]int{}
	var asked []sales.ID
	for _, x := range must[[]sales.Card](t)(r.Cards(ctx, r.Workspace.ID)) {
		if x.Kind == sales.CardQuestion {
			stages[x.Stage]++
			asked = append(asked, x.ID)
		}
	}
	if len(stages) != 5 {
		t.Error(stages)
	}
	must[desk.Undo](t)(r.d.LogCall(ctx, r.v, desk.CallLog{PersonID: p.ID, Disposition: sales.CallTalked, Cards: append(asked[:2], 12345)}))
	if used := must[map[sales.ID]bool](t)(r.CardsUsedWith(ctx, r.Workspace.ID, p.ID)); len(used) != 2 {
		t.Error(used)
	}
}

func (r *room) sums() map[sales.ID]int {
	r.t.Helper()
	list, err := r.CardSums(r.t.Context(), r.Workspace.ID)
	if err != nil {
		r.t.Fatal(err)
	}
	out := map[sales.ID]int{}
	for id, s := range list {
		out[id] = s.Uses
	}
	return out
}

// TestConnections: they tie what belongs to the person, and can be taken back.
func TestConnections(t *testing.T) {
	r := newRoom(t, 2)
	ctx := t.Context()
	pain := must[sales.Point](t)(r.d.AddPoint(ctx, r.v, r.People[0].ID, sales.Point{Kind: sales.PointPain, Text: "mornings are lost"}))
	good := sales.Connection{PersonID: r.People[0].ID, PainID: pain.ID, Sentence: "You lose mornings; four minutes would do."}
	for name, c := range map[string]sales.Connection{"empty": {PersonID: good.PersonID}, "another person's": {PersonID: r.People[1].ID, PainID: pain.ID, Sentence: "x"}} {
		if _, err := r.d.Connect(ctx, r.v, c); sales.CodeOf(err) != sales.Invalid {
			t.Error(name, err)
		}
	}
	good = must[sales.Connection](t)(r.d.Connect(ctx, r.v, good))
	other := sales.Viewer{WorkspaceID: r.Workspace.ID, UserID: r.NewID(), Role: sales.RoleSeller}
	if _, err := r.d.DropConnection(ctx, other, good.ID); sales.CodeOf(err) != sales.NotFound {
		t.Error(err)
	}
	u := must[desk.Undo](t)(r.d.DropConnection(ctx, r.v, good.ID))
	if err := r.d.Undo(ctx, r.v, u.Token); err != nil {
		t.Error(err)
	}
	if list := must[[]sales.Connection](t)(r.ConnectionsOf(ctx, r.Workspace.ID, good.PersonID)); len(list) != 1 {
		t.Error(list)
	}
}
