package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/trial"
)

// tested gives the first step of the sequence two more texts.
func tested(t *testing.T) *room {
	r := newRoom(t, 0)
	q := r.Sequence
	q.Steps = append([]sales.Step{}, q.Steps...)
	q.Steps[0].Variants = []sales.Variant{{Name: "B", Subject: "Another", Body: "Other words."}, {Name: "C", Subject: "Third", Body: "Third words.", State: sales.VariantPaused}}
	must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, q))
	r.again()
	return r
}

// again reads the sequence.
func (r *room) again() {
	r.t.Helper()
	r.Sequence = must[sales.Sequence](r.t)(r.World.Store.Sequence(r.t.Context(), r.Workspace.ID, r.Sequence.ID))
}

// figures adds to what came of a text, of people who had time to answer.
func (r *room) figures(id sales.ID, sent, answered int) {
	r.t.Helper()
	r.figuresOf(id, 8, sent, answered)
}

// figuresOf adds what came of mails that went some days ago.
func (r *room) figuresOf(id sales.ID, days, sent, answered int) {
	r.t.Helper()
	day := store.Day(r.clock.t.AddDate(0, 0, -days), time.UTC)
	counts := map[store.Stat]int{}
	for name, n := range map[string]int{store.StatSent: sent, store.StatAnswered: answered} {
		counts[store.Stat{StepID: id, Name: name}] = n
		counts[store.Stat{StepID: id, Name: store.OnDay(name, day)}] = n
	}
	r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.AddVariantStats(ctx, r.Workspace.ID, counts) })
}

func (r *room) test() desk.StepTest {
	r.t.Helper()
	list := must[[]desk.StepTest](r.t)(r.d.Tests(r.t.Context(), r.v, r.Sequence.ID))
	if len(list) != 1 {
		r.t.Fatalf("%d tests", len(list))
	}
	return list[0]
}

// TestTests: a test begins when it is looked at, asks for more people, gives one
// verdict, and keeps it whatever comes after.
func TestTests(t *testing.T) {
	r := tested(t)
	a, b, c := r.Sequence.Steps[0].ID, r.Sequence.Steps[0].Variants[0].ID, r.Sequence.Steps[0].Variants[1].ID
	r.figures(a, 1000, 500) // before the test began
	first := r.test()
	v := first.Verdict
	if v.State != trial.Waiting || v.PerArm < 100 || v.NeedMore != 2*v.PerArm || len(v.Rates) != 2 || !strings.Contains(v.Say, "people more needed") {
		t.Fatalf("%+v", v)
	}
	if len(first.Arms) != 3 || first.Arms[0].Name != "A" || first.Arms[2].ID != c || !first.Arms[2].Paused || first.Arms[0].Counts[store.StatSent] != 1000 {
		t.Errorf("%+v", first.Arms)
	}
	// One short of enough, and as different as can be: no verdict.
	r.figures(a, v.PerArm, v.PerArm/2)
	r.figures(b, v.PerArm-1, 0)
	r.figures(c, 9999, 9999) // paused: it is in no test
	if v := r.test().Verdict; v.State != trial.Waiting || v.NeedMore < 1 || v.Winner != 0 || v.Power != 0 {
		t.Fatalf("%+v", v)
	}
	r.figures(b, 20_000, 0) // the horizon may have moved on: many more
	r.figures(a, 20_000, 10_000)
	v = r.test().Verdict
	if v.State != trial.Better || v.Winner != a || len(v.Beaten) != 1 || v.Beaten[0] != b || v.Power < 0.8 {
		t.Fatalf("%+v", v)
	}
	r.figures(b, 100_000, 100_000)
	if kept := r.test().Verdict; kept.State != trial.Better || kept.Winner != a || kept.Say != v.Say {
		t.Errorf("another verdict: %+v", kept)
	}
	// Opens never count: there is no such figure.
	for name := range first.Arms[0].Counts {
		if strings.Contains(name, "open") {
			t.Error(name)
		}
	}
}

// TestTimeToAnswer: a test counts people a week after their mail went, with what
// they answered by then, so that a verdict never comes before the answers.
func TestTimeToAnswer(t *testing.T) {
	r := tested(t)
	a, b := r.Sequence.Steps[0].ID, r.Sequence.Steps[0].Variants[0].ID
	r.test()
	r.figuresOf(a, 0, 20_000, 10)
	r.figuresOf(b, 6, 20_000, 10)
	x := r.test()
	if v := x.Verdict; v.State != trial.Waiting || v.Rates[0].Sent != 0 || v.Rates[1].Sent != 0 || x.Arms[0].Counts[store.StatSent] != 20_000 {
		t.Errorf("%+v", x)
	}
	r.clock.t = r.clock.t.AddDate(0, 0, 1)
	if v := r.test().Verdict; v.Rates[0].Sent != 0 || v.Rates[1].Sent != 20_000 || v.Rates[1].Answered != 10 {
		t.Errorf("%+v", v)
	}
	r.clock.t = r.clock.t.AddDate(0, 0, 6)
	if v := r.test().Verdict; v.State != trial.Same {
		t.Errorf("%+v", v)
	}
}

// TestOtherTexts: another text is another test, and its figures count from then.
func TestOtherTexts(t *testing.T) {
	for name, edit := range map[string]func(q *sales.Sequence){
		"the own text":  func(q *sales.Sequence) { q.Steps[0].Body = "New words." },
		"a subject":     func(q *sales.Sequence) { q.Steps[0].Variants[0].Subject = "New subject" },
		"one more":      func(q *sales.Sequence) { q.Steps[0].Variants[1].State = sales.VariantOn },
		"the own stops": func(q *sales.Sequence) { q.Steps[0].BasePaused, q.Steps[0].Variants[1].State = true, sales.VariantOn },
	} {
		t.Run(name, func(t *testing.T) {
			r := tested(t)
			a, b := r.Sequence.Steps[0].ID, r.Sequence.Steps[0].Variants[0].ID
			r.test()
			r.figures(a, 20_000, 9000)
			r.figures(b, 20_000, 100)
			if v := r.test().Verdict; v.State != trial.Better {
				t.Fatalf("%+v", v)
			}
			edit(&r.Sequence)
			must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, r.Sequence))
			r.again()
			v := r.test().Verdict
			if v.State != trial.Waiting || v.NeedMore != len(v.Rates)*v.PerArm || v.Rates[0].Sent != 0 {
				t.Errorf("%+v", v)
			}
			// An answer to a mail from before is none of this test.
			r.figures(a, 0, 5)
			r.figures(b, 3, 4)
			for _, x := range r.test().Verdict.Rates {
				if x.Answered > x.Sent || x.Sent > 3 {
					t.Errorf("%+v", x)
				}
			}
		})
	}
}

// TestOneTextIsNoTest: with all but one text paused or put away there is nothing
// to compare, and a step without texts of its own has no test.
func TestOneTextIsNoTest(t *testing.T) {
	r := tested(t)
	r.Sequence.Steps[0].Variants[0].State = sales.VariantArchived
	must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, r.Sequence))
	r.again()
	x := r.test()
	if x.Verdict.State != trial.Nothing || len(x.Arms) != 2 {
		t.Errorf("%+v", x)
	}
	r.Sequence.Steps[0].BasePaused = true
	r.Sequence.Steps[0].Variants[0].State = sales.VariantPaused
	if _, err := r.d.SaveSequence(t.Context(), r.v, r.Sequence); err == nil {
		r.again()
		if x := r.test(); x.Verdict.State != trial.Nothing {
			t.Errorf("%+v", x)
		}
	}
	_, err := r.d.Tests(t.Context(), sales.Viewer{}, r.Sequence.ID)
	wantCode(t, "nobody", err, sales.Unauthorized)
	_, err = r.d.Tests(t.Context(), r.v, 42)
	wantCode(t, "no sequence", err, sales.NotFound)
}
