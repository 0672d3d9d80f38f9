package trial

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ninetyten/internal/sales"
)

// The sizes agree with tables of others: Fleiss, Levin and Paik 2003, table A.4
// without its continuity correction, and the usual calculators.
func TestSampleSize(t *testing.T) {
	for _, tt := range []struct {
		p1, p2 float64
		want   int
	}{
		{0.05, 0.07, 2213}, {0.05, 0.08, 1059}, {0.05, 0.10, 435}, {0.03, 0.05, 1506}, {0.03, 0.08, 326}, {0.10, 0.05, 435},
	} {
		if got := SampleSize(tt.p1, tt.p2, 0.05, 0.8); got != tt.want {
			t.Errorf("%g against %g: %d, want %d", tt.p1, tt.p2, got, tt.want)
		}
	}
	if got := SampleSize(0.1, 0.1, 0.05, 0.8); got != math.MaxInt32 {
		t.Errorf("no difference: %d", got)
	}
}

func TestNewPlan(t *testing.T) {
	for _, tt := range []struct {
		name                 string
		arms                 int
		base, effect         float64
		wantBase, wantEffect float64
		wantArms, wantPerArm int
	}{
		{name: "nothing known", arms: 2, wantArms: 2, wantBase: 0.05, wantEffect: 0.05, wantPerArm: 435},
		{name: "few answers", arms: 2, base: 0.02, wantArms: 2, wantBase: 0.02, wantEffect: 0.03, wantPerArm: 588},
		{name: "many answers", arms: 2, base: 0.2, wantArms: 2, wantBase: 0.2, wantEffect: 0.2, wantPerArm: 82},
		{name: "asked for", arms: 2, base: 0.05, effect: 0.03, wantArms: 2, wantBase: 0.05, wantEffect: 0.03, wantPerArm: 1059},
		{name: "below what matters", arms: 2, base: 0.05, effect: 0.001, wantArms: 2, wantBase: 0.05, wantEffect: 0.01, wantPerArm: 8158},
		{name: "not a number", arms: -1, base: math.NaN(), effect: math.Inf(-1), wantArms: 2, wantBase: 0.05, wantEffect: 0.05, wantPerArm: 435},
	} {
		p := NewPlan(tt.arms, tt.base, tt.effect)
		if p.Arms != tt.wantArms || p.Base != tt.wantBase || p.Effect != tt.wantEffect || p.PerArm != tt.wantPerArm {
			t.Errorf("%s: %+v", tt.name, p)
		}
	}
	two, four := NewPlan(2, 0.05, 0), NewPlan(4, 0.05, 0)
	if four.PerArm <= two.PerArm {
		t.Errorf("six comparisons need more people each than one: %d, %d", four.PerArm, two.PerArm)
	}
	if p := NewPlan(2, 0.5, 0.01); p.PerArm != MaxPerArm || p.Effect <= 0.013 || p.Effect > 0.0145 {
		t.Errorf("a test that would need too many looks for more: %+v", p)
	}
}

// Whatever is planned and counted, the answer is one that can be.
func TestJudgeAlwaysAnswers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := NewPlan(rapid.IntRange(-3, 30).Draw(t, "arms"), rapid.Float64Range(-1, 2).Draw(t, "base"), rapid.Float64Range(-1, 2).Draw(t, "effect"))
		if p.PerArm < 1 || p.PerArm > MaxPerArm || !(p.Effect >= MinEffect && p.Effect < 1) {
			t.Fatalf("plan %+v", p)
		}
		var tallies []Tally
		for i := range rapid.IntRange(0, p.Arms).Draw(t, "tallies") {
			sent := rapid.IntRange(0, 50_000).Draw(t, "sent")
			tallies = append(tallies, Tally{ID: sales.ID(i + 1), Name: string(rune('A' + i)), Sent: sent, Answered: rapid.IntRange(0, sent).Draw(t, "answered")})
		}
		after, v, err := Judge(p, tallies)
		if err != nil {
			t.Fatal(err)
		}
		if after.PerArm < p.PerArm || after.PerArm > MaxPerArm || after.Effect < p.Effect {
			t.Fatalf("the plan became easier: %+v, %+v", p, after)
		}
		short := false
		for i, r := range v.Rates {
			short = short || tallies[i].Sent < after.PerArm
			if r.Low < 0 || r.High > 1 || r.Low > r.Share+1e-9 || r.High < r.Share-1e-9 {
				t.Fatalf("rate %+v", r)
			}
		}
		switch {
		case len(tallies) < 2:
			if v.State != Nothing {
				t.Fatalf("%+v", v)
			}
		case short:
			if v.State != Waiting || v.NeedMore < 1 || v.Power != 0 || v.Winner != 0 || v.Done() {
				t.Fatalf("a verdict before the horizon: %+v", v)
			}
		default:
			if !v.Done() || v.NeedMore != 0 || v.Power < Power-1e-3 || (v.State == Better) != (v.Winner != 0) || v.State == Better && (v.Low <= 0 || v.Difference < MinEffect) {
				t.Fatalf("%+v by %+v", v, after)
			}
		}
		if v.Say == "" || strings.ContainsAny(v.Say, "\n") || strings.Contains(v.Say, "NaN") || strings.Contains(v.Say, "  ") {
			t.Fatalf("says %q", v.Say)
		}
		if _, err := json.Marshal(v); err != nil {
			t.Fatal(err)
		}
	})
}

func TestSays(t *testing.T) {
	arm := func(id sales.ID, name string, sent, answered, interested, stopped int) Tally {
		return Tally{ID: id, Name: name, Sent: sent, Answered: answered, Interested: interested, Stopped: stopped}
	}
	for _, tt := range []struct {
		name string
		arms int
		t    []Tally
		want State
		says string
	}{
		{"one", 2, []Tally{arm(1, "A", 900, 90, 0, 0)}, Nothing, "There is one text alone, so there is nothing to compare. Add a variant."},
		{"begun", 2, []Tally{arm(1, "A", 434, 90, 0, 0), arm(2, "B", 0, 0, 0, 0)}, Waiting,
			"436 people more needed (1 for A, 435 for B). Each text goes to 435 people, so that a difference of 5 percentage points shows; until then it may be chance."},
		{"better", 2, []Tally{arm(1, "A", 435, 20, 9, 1), arm(2, "B", 435, 44, 20, 1)}, Better,
			"B is better than A: 10.1 % answered instead of 4.6 %, which is 5.5 percentage points more (between 2 and 9 percentage points)."},
		{"better with a price", 2, []Tally{arm(1, "A", 435, 20, 12, 1), arm(2, "B", 435, 44, 11, 7)}, Better,
			"B is better than A: 10.1 % answered instead of 4.6 %, which is 5.5 percentage points more (between 2 and 9 percentage points). But 11 of B are interested, and 12 of A: read the answers. But 7 of B asked to stop, and 1 of A."},
		{"same", 2, []Tally{arm(1, "A", 435, 22, 0, 0), arm(2, "B", 435, 25, 0, 0)}, Same,
			"No difference as large as 5 percentage points between A and B. A test of this size finds one in 90 of 100 cases. Keep the text that you like, or try one that differs more."},
		{"no answers", 2, []Tally{arm(1, "A", 435, 0, 0, 0), arm(2, "B", 435, 0, 0, 0)}, Same, ""},
		{"all answered", 2, []Tally{arm(1, "A", 435, 435, 0, 0), arm(2, "B", 435, 435, 0, 0)}, Same, ""},
		{"more answers than planned", 2, []Tally{arm(1, "A", 435, 90, 0, 0), arm(2, "B", 435, 91, 0, 0)}, Waiting, "people more needed"},
		{"one of three", 3, []Tally{arm(1, "A", 1000, 60, 0, 0), arm(2, "B", 1000, 120, 0, 0), arm(3, "C", 1000, 100, 0, 0)}, Better,
			"B is better than A: 12 % answered instead of 6 %, which is 6 percentage points more (between 2.9 and 9.1 percentage points). Against C no difference as large as 5 percentage points was found."},
		{"best of three", 3, []Tally{arm(1, "A", 1000, 60, 0, 0), arm(2, "B", 1000, 130, 0, 0), arm(3, "C", 1000, 70, 0, 0)}, Better, "B is better than A and C: 13 % answered instead of 7 %"},
	} {
		_, v, err := Judge(NewPlan(tt.arms, 0, 0), tt.t)
		if err != nil || v.State != tt.want || !strings.Contains(v.Say, tt.says) {
			t.Errorf("%s: %s %q, %v", tt.name, v.State, v.Say, err)
		}
	}
}

func TestJudgeRefuses(t *testing.T) {
	two := NewPlan(2, 0, 0)
	for name, tt := range map[string]struct {
		p Plan
		t []Tally
	}{
		"no plan":          {Plan{}, []Tally{{ID: 1}, {ID: 2}}},
		"too many":         {two, []Tally{{ID: 1}, {ID: 2}, {ID: 3}}},
		"twice":            {two, []Tally{{ID: 1}, {ID: 1}}},
		"more than people": {two, []Tally{{ID: 1, Sent: 3, Answered: 4}, {ID: 2}}},
		"negative":         {two, []Tally{{ID: 1, Sent: -1}, {ID: 2}}},
	} {
		if _, _, err := Judge(tt.p, tt.t); sales.CodeOf(err) != sales.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A verdict stands, whatever comes after it.
func TestTrialKeepsItsVerdict(t *testing.T) {
	tr := Begin(2, 0, 0)
	tr, v, changed, err := tr.Look([]Tally{{ID: 1, Name: "A", Sent: 100, Answered: 50}, {ID: 2, Name: "B", Sent: 100}})
	if err != nil || changed || v.State != Waiting {
		t.Fatalf("%v %v %+v", err, changed, v)
	}
	tr, given, changed, err := tr.Look([]Tally{{ID: 1, Name: "A", Sent: 435, Answered: 40}, {ID: 2, Name: "B", Sent: 435, Answered: 12}})
	if err != nil || !changed || given.State != Better || given.Winner != 1 {
		t.Fatalf("%v %v %+v", err, changed, given)
	}
	stored, err := json.Marshal(tr)
	if err != nil {
		t.Fatal(err)
	}
	var back Trial
	if err := json.Unmarshal(stored, &back); err != nil {
		t.Fatal(err)
	}
	_, again, changed, err := back.Look([]Tally{{ID: 1, Name: "A", Sent: 900, Answered: 41}, {ID: 2, Name: "B", Sent: 900, Answered: 90}})
	if err != nil || changed {
		t.Fatal(err, changed)
	}
	if d := cmp.Diff(given, again); d != "" {
		t.Error(d)
	}
}
