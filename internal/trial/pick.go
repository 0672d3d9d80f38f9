package trial

import (
	"math"

	"ninetyten/internal/sales"
)

// Arm is one text under test.
type Arm struct {
	ID     sales.ID
	Weight int  // its share of the people; below 1 is 1
	Paused bool // nobody new gets it
}

// Pick gives the arm of a person on a step: always the same one as long as it is
// there, in the shares of the weights over many people. When an arm is added or
// paused only those change who must (weighted rendezvous hashing, Schindelhauer
// and Schomaker 2005). Without an arm to give it is 0.
func Pick(person, step sales.ID, arms []Arm) sales.ID {
	best, least := sales.ID(0), math.Inf(1)
	for _, a := range arms {
		if a.Paused {
			continue
		}
		x := mix(mix(uint64(person)^mix(uint64(step))) ^ mix(uint64(a.ID)))
		u := (float64(x>>11) + 0.5) / (1 << 53)
		if score := -math.Log(u) / float64(max(a.Weight, 1)); score < least || score == least && a.ID < best {
			best, least = a.ID, score
		}
	}
	return best
}

// mix spreads the bits of x (SplitMix64, Steele and others 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
