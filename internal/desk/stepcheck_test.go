package desk_test

import (
	"strings"
	"testing"

	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

// TestStepCheck: value stated without a connection is found in a step by the words
// of the playbook, too, and answered with what others tied to the same card.
func TestStepCheck(t *testing.T) {
	r := newRoom(t, 2)
	ctx := t.Context()
	alone := func(v sales.Viewer, body string) (out []render.Finding) {
		t.Helper()
		q := r.Sequence
		q.Steps = append([]sales.Step{}, q.Steps...)
		q.Steps[0].Body = body
		for _, f := range must[[]render.Finding](t)(r.d.CheckTexts(ctx, v, q)) {
			if f.Alone && f.Step == 0 {
				out = append(out, f)
			}
		}
		return out
	}
	const claim = "Hello {{ first_name }},\n\na fleet of 40 re-plans in four minutes. Shall we talk?"
	if got := alone(r.v, claim); len(got) != 0 {
		t.Errorf("without a playbook nobody knows that it is ours: %+v", got)
	}
	card := must[sales.Card](t)(r.d.SaveCard(ctx, r.boss, sales.Card{Kind: sales.CardProof, Title: "Four minutes", Body: "A fleet of 40 re-plans in four minutes. It took two hours.", Proof: "Their figures."}))
	got := alone(r.v, claim)
	if len(got) != 1 || !strings.Contains(got[0].Says, "“Four minutes”") || !strings.Contains(got[0].Says, "ask first") {
		t.Fatalf("%+v", got)
	}
	for name, body := range map[string]string{
		"a question":        "Do you know that a fleet of 40 re-plans in four minutes?",
		"with a connection": "You lose two hours each morning by hand. A fleet of 40 re-plans in four minutes.",
		"with a field":      claim + " {{ custom.pain | default: \"Re-planning takes you hours\" }}",
		"the name of a day": "Shall we talk on Monday?",
	} {
		if got := alone(r.v, body); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := alone(r.v, r.Workspace.Name+" saves two hours a day."); len(got) != 1 {
		t.Errorf("our own name: %+v", got)
	}
	pain := must[sales.Point](t)(r.d.AddPoint(ctx, r.boss, r.People[0].ID, sales.Point{Kind: sales.PointPain, Text: "mornings are lost by hand"}))
	must[sales.Connection](t)(r.d.Connect(ctx, r.boss, sales.Connection{PersonID: r.People[0].ID, PainID: pain.ID, CardID: card.ID, Sentence: "You lose your mornings; a fleet of 40 re-plans in four minutes."}))
	if got := alone(r.v, claim); len(got) != 1 || !strings.Contains(got[0].Says, "“You lose your mornings;") {
		t.Errorf("%+v", got)
	}
	r.edit(0, func(p *sales.Person) { p.OwnerID = r.Owner.ID })
	if got := alone(r.v, claim); len(got) != 1 || strings.Contains(got[0].Says, "mornings") {
		t.Errorf("what a colleague's person said is shown: %+v", got)
	}
}
