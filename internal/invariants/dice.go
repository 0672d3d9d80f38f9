package invariants

import (
	"hash/fnv"
	"math/rand/v2"
	"time"
)

// dice are the chances of one world. They fall in the same way for the same seed.
type dice struct{ r *rand.Rand }

func newDice(seed, stream uint64) *dice { return &dice{rand.New(rand.NewPCG(seed, stream))} }

// n is a number from 0 to n-1; 0 when there is nothing to choose from.
func (d *dice) n(n int) int {
	if n <= 1 {
		return 0
	}
	return d.r.IntN(n)
}

// from is a number from a to b, both included.
func (d *dice) from(a, b int) int { return a + d.n(b-a+1) }

// chance is true in a share p of all cases.
func (d *dice) chance(p float64) bool { return d.r.Float64() < p }

// between is a time from a to b.
func (d *dice) between(a, b time.Duration) time.Duration {
	if b <= a {
		return a
	}
	return (a + time.Duration(d.r.Int64N(int64(b-a)))).Truncate(time.Microsecond)
}

// one is one of a list, which must not be empty.
func one[T any](d *dice, list ...T) T { return list[d.n(len(list))] }

// keyed is a number in [0, 1) that depends on the seed and the parts alone, and
// not on what was thrown before: for what several goroutines may ask.
func keyed(seed uint64, parts ...string) float64 {
	h := fnv.New64a()
	for i := range 8 {
		_, _ = h.Write([]byte{byte(seed >> (8 * i))}) // never fails
	}
	for _, p := range parts {
		_, _ = h.Write([]byte(p))
		_, _ = h.Write([]byte{0})
	}
	x := h.Sum64()
	x ^= x >> 33 // FNV mixes its last bytes badly: the finish of MurmurHash3
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	x ^= x >> 33
	return float64(x>>11) / (1 << 53)
}
