package trial

import (
	"math"
	"slices"

	"ninetyten/internal/sales"
)

// Tally is what came of one variant since the test began. A variant that nobody
// new gets is left out of a test, else it waits for people who never come.
type Tally struct {
	ID   sales.ID
	Name string // as people call it
	Sent int    // people who got it and had time to answer; a person counts once
	// Of those:
	Answered   int // a person wrote back, whatever they wrote
	Interested int // and wants to go on; shown, not judged
	Stopped    int // asked to stop or complained; shown, not judged
}

// State is how far a test is.
type State string

// The states of a test.
const (
	Nothing State = "nothing" // fewer than two variants
	Waiting State = "waiting" // more people are needed
	Better  State = "better"  // one variant is answered more than others
	Same    State = "same"    // no difference as large as the planned one
)

// Rate is one variant as it stands. Low and High hold the true share in 95 of
// 100 cases (Wilson 1927).
type Rate struct {
	ID       sales.ID `json:"id"`
	Name     string   `json:"name"`
	Sent     int      `json:"sent"`
	Answered int      `json:"answered"`
	Share    float64  `json:"share"`
	Low      float64  `json:"low"`
	High     float64  `json:"high"`
	NeedMore int      `json:"need_more"` // people until the horizon
}

// Verdict is what the figures say.
type Verdict struct {
	State    State      `json:"state"`
	Rates    []Rate     `json:"rates"`     // in the order of the tallies
	NeedMore int        `json:"need_more"` // people over all variants; 0 unless Waiting
	PerArm   int        `json:"per_arm"`   // people that each variant needs
	Effect   float64    `json:"effect"`    // the difference that is looked for
	Power    float64    `json:"power"`     // how often it would be found; 0 while Waiting
	Winner   sales.ID   `json:"winner"`    // Better: the variant that was answered most
	Beaten   []sales.ID `json:"beaten"`    // Better: those that it beats; the others may be as good
	// The winner, or the variant ahead, against the one that comes next of those
	// named: how many more of 1 answer, and bounds at the level of the test.
	Difference float64 `json:"difference"`
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
	Say        string  `json:"say"` // all of it for people, in a few sentences
}

// Done tells that the verdict is given. It does not change any more.
func (v Verdict) Done() bool { return v.State == Better || v.State == Same }

// Judge says what the tallies of a test say by its plan. The plan that it
// returns is p, or one that needs more people: at the horizon the share of
// answers over all variants together may show that fewer people than planned
// answer alike, so that more are needed for the power. As that share does not
// tell which variant is ahead, looking at it costs nothing (sample size
// re-estimation on blinded data: Gould 1992; Friede and Kieser 2006).
//
// It returns Invalid for tallies that cannot be, and for more variants than the
// plan is for. Fewer are judged as strictly as was planned.
func Judge(p Plan, tallies []Tally) (Plan, Verdict, error) {
	if err := p.check(tallies); err != nil {
		return p, Verdict{}, err
	}
	if len(tallies) < 2 {
		v := Verdict{State: Nothing, Rates: Rates(tallies), PerArm: p.PerArm, Effect: p.Effect}
		v.Say = v.says(tallies)
		return p, v, nil
	}
	fewest, sent, answered := math.MaxInt, 0, 0
	for _, t := range tallies {
		fewest, sent, answered = min(fewest, t.Sent), sent+t.Sent, answered+t.Answered
	}
	pooled := 0.0
	if sent > 0 {
		pooled = float64(answered) / float64(sent)
	}
	if fewest >= p.PerArm {
		p = p.widened(pooled)
	}
	v := Verdict{State: Waiting, Rates: Rates(tallies), PerArm: p.PerArm, Effect: p.Effect}
	for i := range v.Rates {
		v.Rates[i].NeedMore = max(p.PerArm-v.Rates[i].Sent, 0)
		v.NeedMore += v.Rates[i].NeedMore
	}
	if v.NeedMore == 0 {
		v.Power = p.power(pooled, fewest)
		v.compare(p, tallies)
	}
	v.Say = v.says(tallies)
	return p, v, nil
}

// check refuses what cannot be judged.
func (p Plan) check(tallies []Tally) error {
	if p.Arms < 2 || p.PerArm < 1 || !(p.Effect > 0) || !(p.Effect < 1) {
		return sales.Errorf(sales.Invalid, "This test has no plan. Plan it before it is judged.")
	}
	if len(tallies) > p.Arms {
		return sales.Errorf(sales.Invalid, "The test was planned for %d variants, and there are %d. Begin a new test.", p.Arms, len(tallies))
	}
	for i, t := range tallies {
		if t.Sent < 0 || t.Answered < 0 || t.Interested < 0 || t.Stopped < 0 || t.Answered > t.Sent {
			return sales.Errorf(sales.Invalid, "The figures of variant %s cannot be: %d people, %d answered. Count them again.", t.Name, t.Sent, t.Answered)
		}
		if slices.ContainsFunc(tallies[:i], func(o Tally) bool { return o.ID == t.ID }) {
			return sales.Errorf(sales.Invalid, "Variant %s is counted twice. Count each variant once.", t.Name)
		}
	}
	return nil
}

// widened is the plan with what the share of answers over all arms asks for.
func (p Plan) widened(pooled float64) Plan {
	low, high := around(pooled, p.Effect)
	if w := p.sized(low, high); w.PerArm > p.PerArm || w.Effect > p.Effect {
		return w
	}
	return p
}

// compare tests the variant that is ahead against each of the others. When it
// beats none of them, no two differ: no other pair is further apart.
func (v *Verdict) compare(p Plan, tallies []Tally) {
	z := quantile(1 - p.alpha()/2)
	ahead := 0
	for i := range tallies {
		if v.Rates[i].Share > v.Rates[ahead].Share {
			ahead = i
		}
	}
	v.State = Same
	next, against := -1, -1
	for i := range tallies {
		if i == ahead {
			continue
		}
		d, spread := apart(tallies[ahead], tallies[i])
		if next < 0 || v.Rates[i].Share > v.Rates[next].Share {
			next = i
		}
		if d > z*spread && d >= MinEffect {
			v.Beaten = append(v.Beaten, tallies[i].ID)
			if against < 0 || v.Rates[i].Share > v.Rates[against].Share {
				against = i
			}
		}
	}
	if len(v.Beaten) > 0 {
		v.State, v.Winner, next = Better, tallies[ahead].ID, against
	}
	d, spread := apart(tallies[ahead], tallies[next])
	v.Difference, v.Low, v.High = d, d-z*spread, d+z*spread
}

// apart is how much more a is answered than b, and the standard error of that
// when the two are the same (pooled).
func apart(a, b Tally) (difference, spread float64) {
	n1, n2 := float64(a.Sent), float64(b.Sent)
	pooled := float64(a.Answered+b.Answered) / (n1 + n2)
	return float64(a.Answered)/n1 - float64(b.Answered)/n2, math.Sqrt(pooled * (1 - pooled) * (1/n1 + 1/n2))
}

// Rates are the shares of answers as they are today, without a plan: NeedMore is 0.
func Rates(tallies []Tally) []Rate {
	out := make([]Rate, len(tallies))
	for i, t := range tallies {
		out[i] = Rate{ID: t.ID, Name: t.Name, Sent: t.Sent, Answered: t.Answered, High: 1}
		if t.Sent == 0 {
			continue
		}
		n, z := float64(t.Sent), quantile(0.975)
		share := float64(t.Answered) / n
		middle := (share + z*z/(2*n)) / (1 + z*z/n)
		half := z / (1 + z*z/n) * math.Sqrt(share*(1-share)/n+z*z/(4*n*n))
		out[i].Share, out[i].Low, out[i].High = share, max(middle-half, 0), min(middle+half, 1)
	}
	return out
}
