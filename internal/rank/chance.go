package rank

import "time"

// What the chance to reach somebody is made from.
const (
	chancePrior = 4.0  // so many answers at any time weigh as much as the prior
	nearHours   = 1.5  // an answer speaks for the hours this near, on working days or on others
	dayShare    = 0.25 // of answers fall that near to a moment when nothing is known: 3 hours of 12
	chanceOff   = 0.2  // of the chance at working time that is left at another
)

// Chance is how likely it is that somebody can be reached at now, from 0 to 1, on
// the clock of loc: a half at working time when nothing is known of them, a tenth
// at another, and up to twice that at the hours of the week at which they answered
// or talked before. Few answers say little: the share of answers that were near is
// shrunk towards what it is for anybody (chancePrior).
func Chance(heard []time.Time, now time.Time, loc *time.Location, working bool) float64 {
	n := now.In(loc)
	near := 0.0
	for _, t := range heard {
		if l := t.In(loc); weekend(l) == weekend(n) && apart(clock(l), clock(n)) <= nearHours {
			near++
		}
	}
	lift := (chancePrior + near/dayShare) / (chancePrior + float64(len(heard)))
	base := 0.5
	if !working {
		base *= chanceOff
	}
	return min(base*min(lift, 2), 1)
}

func weekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }

// clock is the time of the day in hours.
func clock(t time.Time) float64 { return float64(t.Hour()) + float64(t.Minute())/60 }

// apart is how far two times of the day are from each other, over midnight too.
func apart(a, b float64) float64 {
	d := a - b
	if d < 0 {
		d = -d
	}
	return min(d, 24-d)
}
