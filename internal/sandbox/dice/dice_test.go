package dice

import (
	"math"
	"testing"
	"time"
)

// The numbers are part of the promise "the same seed gives the same world".
func TestStreamsAreFixed(t *testing.T) {
	d := New(7, "person", "anna@one.example")
	got := [3]uint64{d.Uint64(), d.Uint64(), d.Uint64()}
	want := [3]uint64{0xb179f3a340e610c1, 0xa1847ea9c9eb3201, 0xa190771e219a4da1}
	if again := New(7, "person", "anna@one.example"); again.Uint64() != got[0] {
		t.Fatal("not the same twice")
	}
	if got != want {
		t.Fatalf("%#v", got)
	}
	for _, other := range []*Dice{New(8, "person", "anna@one.example"), New(7, "persona", "nna@one.example"), New(7, "person"), New(7)} {
		if other.Uint64() == got[0] {
			t.Fatal("two paths, one stream")
		}
	}
}

func TestEven(t *testing.T) {
	d := New(1)
	const n = 60_000
	var hits [6]int
	sum := 0.0
	for range n {
		hits[d.Intn(6)]++
		sum += d.Float()
	}
	for i, h := range hits {
		if math.Abs(float64(h)-n/6) > 500 {
			t.Errorf("side %d: %d of %d", i, h, n)
		}
	}
	if math.Abs(sum/n-0.5) > 0.01 {
		t.Error("mean", sum/n)
	}
	list := []int{0, 1, 2, 3, 4, 5, 6, 7}
	Shuffle(d, list)
	seen := map[int]bool{}
	for _, x := range list {
		seen[x] = true
	}
	if len(seen) != 8 {
		t.Error(list)
	}
}

func TestDelaysAreHuman(t *testing.T) {
	d := New(3)
	below := 0
	for range 10_000 {
		x := d.Around(time.Hour)
		if x < 12*time.Minute || x > 8*time.Hour {
			t.Fatal(x)
		}
		if x < time.Hour {
			below++
		}
		if y := d.Between(time.Minute, time.Hour); y < time.Minute || y >= time.Hour {
			t.Fatal(y)
		}
	}
	if below < 4800 || below > 5200 {
		t.Error("median is off:", below)
	}
}
