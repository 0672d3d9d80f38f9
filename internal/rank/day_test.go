package rank

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

func TestChance(t *testing.T) {
	day := func(d, h int) time.Time { return time.Date(2026, 11, d, h, 0, 0, 0, time.UTC) } // the 24th is a Tuesday
	mornings := []time.Time{day(2, 10), day(3, 9), day(10, 11), day(17, 10)}
	for _, tt := range []struct {
		name    string
		heard   []time.Time
		now     time.Time
		working bool
		want    float64
	}{
		{"nothing known", nil, day(24, 10), true, 0.5},
		{"nothing known, at night", nil, day(24, 22), false, 0.1},
		{"answers in the morning", mornings, day(24, 10), true, 1},
		{"but it is the afternoon", mornings, day(24, 15), true, 0.25},
		{"but it is Sunday", mornings, day(22, 10), false, 0.05},
		{"one answer says little", mornings[:1], day(24, 15), true, 0.4},
		{"over midnight", []time.Time{day(3, 0), day(4, 0)}, time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC), true, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Chance(tt.heard, tt.now, time.UTC, tt.working); math.Abs(got-tt.want) > 1e-9 {
				t.Errorf("%v, not %v", got, tt.want)
			}
		})
	}
}

func TestDay(t *testing.T) {
	list := func(kinds ...sales.TaskKind) (out []Turn) {
		for _, k := range kinds {
			out = append(out, Turn{Task: sales.Task{Kind: k, StepID: 1}})
		}
		return out
	}
	for _, tt := range []struct {
		name     string
		list     []Turn
		minutes  int
		n, takes int
	}{
		{"none", nil, 60, 0, 0},
		{"all fit", list(sales.TaskCall, sales.TaskApprove), 60, 2, 10},
		{"one fits at least", list(sales.TaskCall, sales.TaskCall), 0, 1, 8},
		{"as many as fit", list(sales.TaskCall, sales.TaskCall, sales.TaskCall), 16, 2, 16},
		{"answers are owed today", list(sales.TaskAnswer, sales.TaskAnswer, sales.TaskAnswer, sales.TaskFix), 7, 3, 18},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if n, takes := Day(tt.list, tt.minutes); n != tt.n || takes != tt.takes {
				t.Errorf("%d in %d minutes", n, takes)
			}
		})
	}
}

// A workspace's own points move people; a pin goes before everybody; what is no number changes nothing.
func TestOwnPoints(t *testing.T) {
	s := sales.DefaultSettings()
	cs := []Candidate{ada(1, answer(sales.Interested)), ada(2, sales.Task{Kind: sales.TaskFix}), ada(3, sales.Task{Kind: sales.TaskCall, StepID: 1})}
	s.RankWeights = map[string]float64{"fix": 500, "answer_interested": math.NaN(), "call": -4, "unheard_of": 3}
	if got := ids(Order(cs, now(), s, calendar.Hours{})); got[0] != 2 || got[1] != 1 {
		t.Error(got)
	}
	if p := PointsOf(s); p["fix"] != 500 || p["answer_interested"] != 130 || p["call"] != 60 || p["unheard_of"] != 0 {
		t.Error(p)
	}
	s = sales.DefaultSettings()
	cs[2].Pinned = now().Add(-time.Hour)
	got := Order(cs, now(), s, calendar.Hours{})
	if got[0].Person.ID != 3 || !strings.Contains(strings.Join(got[0].Reasons, " "), "You pinned Ada") {
		t.Errorf("%v %q", ids(got), got[0].Reasons)
	}
}

func TestSkipped(t *testing.T) {
	c := ada(1, answer(sales.Interested))
	c.SkippedUntil, c.SkipWhy = now().Add(20*time.Hour), "something must be found out first"
	x := Order([]Candidate{c, ada(2, sales.Task{Kind: sales.TaskFix})}, now(), sales.DefaultSettings(), calendar.Hours{})
	if x[0].Person.ID != 2 || !x[1].Held || !x[1].NotBefore.Equal(c.SkippedUntil) || x[1].NotBeforeWhy != "you passed over them until Wed 06:00, something must be found out first" {
		t.Errorf("%+v", x[1])
	}
	c.Tasks[0].SnoozedUntil = now().Add(48 * time.Hour)
	if x := Order([]Candidate{c}, now(), sales.DefaultSettings(), calendar.Hours{})[0]; !x.NotBefore.Equal(c.Tasks[0].SnoozedUntil) {
		t.Errorf("put off for longer than it was skipped, and not before %s", x.NotBefore)
	}
}

func TestValueSpeaks(t *testing.T) {
	for v, want := range map[float64]string{9000: "", 12_400: "Open deals of about 12,000.", 2_450_000: "Open deals of about 2.5 million.", math.NaN(): ""} {
		c := ada(1, answer(sales.Interested))
		c.Value = v
		r := Order([]Candidate{c}, now(), sales.DefaultSettings(), calendar.Hours{})[0].Reasons
		if got := strings.Join(r, " "); want != "" && !strings.Contains(got, want) || want == "" && strings.Contains(got, "deals") {
			t.Errorf("%v: %q", v, r)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64().Draw(t, "a"), rapid.Float64().Draw(t, "b")
		if x := worth(a); x < 0 || x > 1 || a < b && worth(b) < x {
			t.Fatalf("worth(%v) = %v, worth(%v) = %v", a, x, b, worth(b))
		}
	})
}
