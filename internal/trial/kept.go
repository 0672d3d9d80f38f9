package trial

// Trial is what is kept of a test between looks: its plan, and its verdict once
// that is given.
type Trial struct {
	Plan    Plan     `json:"plan"`
	Verdict *Verdict `json:"verdict,omitempty"` // nil until Done
}

// Begin plans a test, see NewPlan.
func Begin(arms int, base, effect float64) Trial { return Trial{Plan: NewPlan(arms, base, effect)} }

// Look says how the test stands. A verdict that was given is given again, with
// the figures by which it was given; Rates has those of today. next is to be
// stored when changed is true: whoever forgets the verdict and judges anew until
// chance helps has no test.
func (t Trial) Look(tallies []Tally) (next Trial, v Verdict, changed bool, err error) {
	if t.Verdict != nil {
		return t, *t.Verdict, false, nil
	}
	plan, v, err := Judge(t.Plan, tallies)
	if err != nil {
		return t, v, false, err
	}
	changed = plan != t.Plan
	t.Plan = plan
	if v.Done() {
		kept := v
		t.Verdict, changed = &kept, true
	}
	return t, v, changed, nil
}
