package trial

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ninetyten/internal/sales"
)

// run plays one test: people come in batches and are spread over the arms, and
// somebody looks after every batch; before the horizon, where looking says
// nothing whatever the figures are, after every tenth. It tells what was said in
// the end.
func run(r *rand.Rand, tr Trial, rates []float64, batch int) Verdict {
	tallies := make([]Tally, len(rates))
	for i := range tallies {
		tallies[i] = Tally{ID: sales.ID(i + 1), Name: string(rune('A' + i))}
	}
	for n := 0; ; n++ {
		for range batch {
			i := r.IntN(len(rates))
			tallies[i].Sent++
			if r.Float64() < rates[i] {
				tallies[i].Answered++
			}
		}
		if n%10 != 0 && slices.ContainsFunc(tallies, func(t Tally) bool { return t.Sent < tr.Plan.PerArm }) {
			continue
		}
		next, v, _, err := tr.Look(tallies)
		if err != nil {
			panic(err)
		}
		if v.Done() {
			return v
		}
		tr = next
	}
}

// However often one looks, two equal texts are told apart in 5 of 100 tests, and
// the planned difference is found in 80.
func TestRepeatedLooks(t *testing.T) {
	for _, tt := range []struct {
		name         string
		base, effect float64 // of the plan
		rates        []float64
		batch, tests int
		atLeast      float64 // shares of the tests that say Better
		atMost       float64
	}{
		{"equal, as planned", 0.05, 0, []float64{0.05, 0.05}, 20, 4000, 0, 0.055},
		{"equal, nothing known and few answer", 0, 0, []float64{0.01, 0.01}, 20, 4000, 0, 0.055},
		{"equal, many more answer than planned", 0.05, 0, []float64{0.15, 0.15}, 20, 4000, 0, 0.055},
		{"equal, a look after each person", 0.1, 0, []float64{0.1, 0.1}, 1, 1000, 0, 0.055},
		{"equal, four texts", 0.05, 0, []float64{0.05, 0.05, 0.05, 0.05}, 40, 4000, 0, 0.055},
		{"double, as planned", 0.05, 0, []float64{0.05, 0.10}, 20, 1000, 0.78, 1},
		{"three points, as planned", 0.02, 0, []float64{0.05, 0.02}, 20, 1000, 0.78, 1},
		{"five points, more answer than planned", 0.05, 0, []float64{0.15, 0.20}, 50, 1000, 0.78, 1},
		{"double, three texts", 0.05, 0, []float64{0.05, 0.10, 0.05}, 40, 1000, 0.78, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(51, 49))
			tr := Begin(len(tt.rates), tt.base, tt.effect)
			said := 0
			for range tt.tests {
				if v := run(r, tr, tt.rates, tt.batch); v.State == Better {
					said++
				}
			}
			share := float64(said) / float64(tt.tests)
			t.Logf("%.1f %% say that one is better; %d people each", 100*share, tr.Plan.PerArm)
			if share < tt.atLeast || share > tt.atMost { // the seed is fixed, so this is no matter of luck
				t.Errorf("%.3f, want %.3f to %.3f", share, tt.atLeast, tt.atMost)
			}
		})
	}
}

// What the horizon is for: believing the first look that seems to say something
// finds a difference between equal texts in many more than 5 of 100 tests.
func TestPeekingDeceives(t *testing.T) {
	const tests, looks, batch = 1000, 20, 22
	r := rand.New(rand.NewPCG(1, 2))
	deceived := 0
	for range tests {
		a, b := Tally{}, Tally{}
		for range looks {
			for range batch {
				a.Sent, b.Sent = a.Sent+1, b.Sent+1
				if r.Float64() < 0.05 {
					a.Answered++
				}
				if r.Float64() < 0.05 {
					b.Answered++
				}
			}
			if d, spread := apart(a, b); math.Abs(d) > quantile(0.975)*spread && spread > 0 {
				deceived++
				break
			}
		}
	}
	if share := float64(deceived) / tests; share < 0.15 {
		t.Errorf("peeking deceives in %.1f %%, so this test shows nothing", 100*share)
	}
}

// The size and the power of the test at its horizon, added up over all outcomes
// instead of drawn: at most 5.5 % and at least 78 %.
func TestExactSize(t *testing.T) {
	for _, base := range []float64{0.005, 0.01, 0.02, 0.05, 0.10, 0.20} {
		p := NewPlan(2, base, 0)
		for _, rate := range []float64{base / 4, base / 2, base, 1.2 * base} {
			size := exact(t, p, rate, rate)
			t.Logf("planned for %g, %g answer: size %.4f with %d people each", base, rate, size, p.PerArm)
			if size > 0.055 {
				t.Errorf("planned for %g, %g answer: size %.4f with %d people each", base, rate, size, p.PerArm)
			}
		}
		if power := exact(t, p, base, base+p.Effect); power < 0.78 {
			t.Errorf("planned for %g: power %.4f with %d people each", base, power, p.PerArm)
		}
	}
}

// exact is the probability that a verdict of Better is given at the horizon.
func exact(t *testing.T, p Plan, rate1, rate2 float64) float64 {
	t.Helper()
	n := p.PerArm
	one, two := binomial(n, rate1), binomial(n, rate2)
	total := 0.0
	for a, pa := range one {
		for b, pb := range two {
			if pa*pb < 1e-12 {
				continue
			}
			v := Verdict{Rates: Rates([]Tally{{ID: 1, Sent: n, Answered: a}, {ID: 2, Sent: n, Answered: b}})}
			v.compare(p, []Tally{{ID: 1, Sent: n, Answered: a}, {ID: 2, Sent: n, Answered: b}})
			if v.State == Better {
				total += pa * pb
			}
		}
	}
	return total
}

// binomial is the distribution of the answers of n people.
func binomial(n int, rate float64) []float64 {
	out := make([]float64, n+1)
	all, _ := math.Lgamma(float64(n + 1))
	for k := range out {
		some, _ := math.Lgamma(float64(k + 1))
		rest, _ := math.Lgamma(float64(n - k + 1))
		out[k] = math.Exp(all - some - rest + float64(k)*math.Log(rate) + float64(n-k)*math.Log1p(-rate))
	}
	return out
}

func ExampleJudge() {
	plan := NewPlan(2, 0.05, 0) // twice 5 % is looked for
	_, v, _ := Judge(plan, []Tally{{ID: 1, Name: "A", Sent: 100, Answered: 4}, {ID: 2, Name: "B", Sent: 100, Answered: 11}})
	fmt.Println(v.State, v.NeedMore)
	_, v, _ = Judge(plan, []Tally{{ID: 1, Name: "A", Sent: 435, Answered: 20}, {ID: 2, Name: "B", Sent: 435, Answered: 44}})
	fmt.Println(v.State, v.Winner)
	// Output:
	// waiting 670
	// better 2
}
