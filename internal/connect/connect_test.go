package connect

import (
	"strings"
	"testing"

	"ninetyten/internal/sales"
)

func pain(id sales.ID, text string) sales.Point {
	return sales.Point{ID: id, Kind: sales.PointPain, Side: sales.TheirMove, State: sales.PointOpen, Text: text}
}

func cards() []sales.Card {
	return []sales.Card{
		{ID: 1, Kind: sales.CardProof, Title: "Re-planning in four minutes", Body: "A fleet of 40 re-plans in four minutes instead of two hours.", Proof: "Their own figures, spring 2026.", Tags: "planning, trucks, morning"},
		{ID: 2, Kind: sales.CardPrice, Title: "Why the price goes by truck", Body: "You pay for what drives.", Tags: "budget"},
		{ID: 3, Kind: sales.CardQuestion, Stage: sales.StageEmpathy, Title: "What happens when a truck drops out in the morning?"},
	}
}

func TestPropose(t *testing.T) {
	dropped := pain(3, "trucks again")
	dropped.State = sales.PointDropped
	got := Propose([]sales.Point{pain(1, "Mornings are lost re-planning when a truck drops out"), pain(2, "nobody reads the contract"), dropped}, cards(), 5)
	if len(got) != 2 || got[0].Card.ID != 1 || got[0].Pain.ID != 1 || got[1].Card.ID != 2 {
		t.Fatalf("%+v", got)
	}
	if s := strings.Join(got[0].Shared, " "); s != "Mornings planning truck" {
		t.Error(s)
	}
	if s := strings.Join(got[1].Shared, " "); s != "truck" {
		t.Error(s)
	}
	want := "You told me: “Mornings are lost re-planning when a truck drops out”. A fleet of 40 re-plans in four minutes instead of two hours. Their own figures, spring 2026."
	if got[0].Sentence != want {
		t.Error(got[0].Sentence)
	}
	if x := Umbrella(want, got[0].Pain, got[0].Card); !x.Stands() {
		t.Errorf("our own wording falls: %+v", x)
	}
}

func TestUmbrella(t *testing.T) {
	p, c := pain(1, "Mornings are lost re-planning"), cards()[0]
	for in, want := range map[string]string{
		"You lose your mornings re-planning; a fleet like yours re-plans in four minutes.": "situation loss value",
		"We save fleets two hours a day.":                                                  "value",
		"You lose mornings.":                                                               "situation loss",
		"Our product is great.":                                                            "",
		"Sie verlieren jeden Morgen Zeit; wir verkürzen das auf 4 Stunden.":                "situation loss",
		"Sie verlieren jeden Morgen Zeit; wir reduzieren das auf 4 Minuten.":               "situation loss value",
		"": "",
	} {
		x := Umbrella(in, p, c)
		var have []string
		for name, yes := range map[string]bool{"situation": x.Situation} {
			if yes {
				have = append(have, name)
			}
		}
		if x.Loss {
			have = append(have, "loss")
		}
		if x.Value {
			have = append(have, "value")
		}
		if got := strings.Join(have, " "); got != want || len(x.Missing) != 3-len(have) {
			t.Errorf("%q: %s, not %s (%v)", in, got, want, x.Missing)
		}
	}
}
