// Package dice is the chance of the practice world: small named streams of
// random numbers that are the same on every machine, for every Go version, and
// in whatever order they are asked for.
//
// A stream is made from a seed and a path of names, such as seed 7, "person",
// "anna@one.example", "mail", "2". Streams with different paths are independent,
// so what one person decides never depends on who was asked before.
package dice

import (
	"hash/fnv"
	"math"
	"math/bits"
	"time"
)

// Dice is one stream: PCG-XSL-RR 128/64 (O'Neill 2014). It is not safe for
// concurrent use.
type Dice struct{ hi, lo uint64 }

const (
	mulHi, mulLo = 2549297995355413924, 4865540595714422341
	incHi, incLo = 6364136223846793005, 1442695040888963407
)

// New opens the stream of that seed and path.
func New(seed uint64, path ...string) *Dice {
	h := fnv.New64a()
	for _, p := range path {
		_, _ = h.Write([]byte(p))
		_, _ = h.Write([]byte{0})
	}
	d := &Dice{hi: mix(seed), lo: mix(h.Sum64() ^ mix(seed+0x9e3779b97f4a7c15))}
	d.Uint64()
	return d
}

// mix is the finaliser of splitmix64.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Uint64 is the next number.
func (d *Dice) Uint64() uint64 {
	hi, lo := bits.Mul64(d.lo, mulLo)
	hi += d.hi*mulLo + d.lo*mulHi
	var carry uint64
	d.lo, carry = bits.Add64(lo, incLo, 0)
	d.hi, _ = bits.Add64(hi, incHi, carry)
	return bits.RotateLeft64(d.hi^d.lo, -int(d.hi>>58))
}

// Intn is from 0 to n-1; n must be positive.
func (d *Dice) Intn(n int) int {
	hi, _ := bits.Mul64(d.Uint64(), uint64(n))
	return int(hi)
}

// Float is from 0 up to but not 1.
func (d *Dice) Float() float64 { return float64(d.Uint64()>>11) / (1 << 53) }

// Chance is true with probability p.
func (d *Dice) Chance(p float64) bool { return d.Float() < p }

// Between is a duration from a to b, each equally likely.
func (d *Dice) Between(a, b time.Duration) time.Duration {
	if b <= a {
		return a
	}
	return a + time.Duration(d.Float()*float64(b-a))
}

// Around is a duration of that median with a long tail, as human delays have
// (log-normal, sigma 0.8), never under a fifth and never over eight times it.
func (d *Dice) Around(median time.Duration) time.Duration {
	u, v := 1-d.Float(), d.Float()
	normal := math.Sqrt(-2*math.Log(u)) * math.Cos(2*math.Pi*v)
	f := math.Exp(0.8 * normal)
	return time.Duration(float64(median) * min(max(f, 0.2), 8))
}

// Pick is one of the list, which must not be empty.
func Pick[T any](d *Dice, list []T) T { return list[d.Intn(len(list))] }

// Shuffle puts the list into a random order.
func Shuffle[T any](d *Dice, list []T) {
	for i := len(list) - 1; i > 0; i-- {
		j := d.Intn(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}
