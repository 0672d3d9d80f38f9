package trial

import "math"

// What a test is planned with.
const (
	Alpha = 0.05 // two-sided: how often equal texts are told apart
	Power = 0.80 // how often the planned difference is found

	DefaultBase = 0.05   // answers a mail, when nothing is known yet
	MinEffect   = 0.01   // a smaller difference than a percentage point is not worth the people
	MaxPerArm   = 20_000 // people a variant; a test never asks for more
	MaxArms     = 20
)

// Plan is what is decided before a test begins.
type Plan struct {
	Arms   int     `json:"arms"`    // variants that are compared
	Base   float64 `json:"base"`    // share of people who answer, as expected, 0 to 1
	Effect float64 `json:"effect"`  // the difference that is looked for, in shares: 0.03 is 3 percentage points
	PerArm int     `json:"per_arm"` // people that each variant needs
}

// NewPlan plans a test of that many variants. base is the share of people who
// answered such mails before; 0 is DefaultBase. effect is the smallest
// difference that would matter; 0 is the larger of twice the base and 3
// percentage points more, which a team that writes to hundreds of people can
// reach. An effect below MinEffect becomes that; one that MaxPerArm people
// cannot show becomes the smallest that they can.
func NewPlan(arms int, base, effect float64) Plan {
	if !(base > 0 && base < 1) { // not a number, too
		base = DefaultBase
	}
	if !(effect > 0) {
		effect = max(base, 0.03)
	}
	p := Plan{Arms: min(max(arms, 2), MaxArms), Base: base, Effect: min(max(effect, MinEffect), 0.95)}
	low := min(base, 1-p.Effect)
	return p.sized(low, low+p.Effect)
}

// sized sets the people an arm so that rates of low and high are told apart.
func (p Plan) sized(low, high float64) Plan {
	p.PerArm = SampleSize(low, high, p.alpha(), Power)
	if p.PerArm <= MaxPerArm {
		return p
	}
	p.PerArm = MaxPerArm
	p.Effect = p.reach((low+high)/2, MaxPerArm)
	return p
}

// alpha is the level of one comparison: Bonferroni over all pairs of arms.
func (p Plan) alpha() float64 { return Alpha / float64(p.Arms*(p.Arms-1)/2) }

// reach is the difference around a rate that n people an arm show at Power.
func (p Plan) reach(rate float64, n int) float64 {
	few, many := 0.0, 1.0
	for range 60 {
		d := (few + many) / 2
		low, high := around(rate, d)
		if SampleSize(low, high, p.alpha(), Power) > n {
			few = d
		} else {
			many = d
		}
	}
	return many
}

// around gives two rates with a difference, around a middle as far as it goes.
func around(rate, difference float64) (low, high float64) {
	low = min(max(rate-difference/2, 0), 1-difference)
	return low, low + difference
}

// SampleSize is the number of people in each of two groups of equal size for a
// two-sided test at level alpha that finds rates of p1 against p2 with a power:
// the formula of the pooled z test without continuity correction (Fleiss, Levin
// and Paik, Statistical Methods for Rates and Proportions, 3rd edition, section
// 4.2). It is at most math.MaxInt32, which is what two equal rates need.
func SampleSize(p1, p2, alpha, power float64) int {
	d := math.Abs(p1 - p2)
	if !(d > 1e-9) {
		return math.MaxInt32
	}
	mean := (p1 + p2) / 2
	root := quantile(1-alpha/2)*math.Sqrt(2*mean*(1-mean)) + quantile(power)*math.Sqrt(p1*(1-p1)+p2*(1-p2))
	n := math.Ceil(root * root / (d * d))
	if n >= math.MaxInt32 {
		return math.MaxInt32
	}
	return max(int(n), 1)
}

// power is how often n people an arm show the effect of the plan around a rate.
func (p Plan) power(rate float64, n int) float64 {
	low, high := around(rate, p.Effect)
	mean := (low + high) / 2
	spread := math.Sqrt(low*(1-low) + high*(1-high))
	if spread == 0 {
		return 1
	}
	z := (p.Effect*math.Sqrt(float64(n)) - quantile(1-p.alpha()/2)*math.Sqrt(2*mean*(1-mean))) / spread
	return normal(z)
}

// quantile is the z below which a share p of the normal distribution lies.
func quantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// normal is the share of the normal distribution below z.
func normal(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }
