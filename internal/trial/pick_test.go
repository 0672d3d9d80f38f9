package trial

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ninetyten/internal/sales"
)

// arms draws up to eight arms with different IDs, shares and pauses.
func arms(t *rapid.T) []Arm {
	ids := rapid.SliceOfNDistinct(rapid.Int64Range(1, math.MaxInt64), 1, 8, rapid.ID[int64]).Draw(t, "ids")
	out := make([]Arm, len(ids))
	for i, id := range ids {
		out[i] = Arm{ID: sales.ID(id), Weight: rapid.IntRange(-1, 100).Draw(t, "weight"), Paused: rapid.Bool().Draw(t, "paused")}
	}
	return out
}

func TestPickIsSticky(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := arms(t)
		person, step := sales.ID(rapid.Int64().Draw(t, "person")), sales.ID(rapid.Int64().Draw(t, "step"))
		got := Pick(person, step, all)
		on := slices.DeleteFunc(slices.Clone(all), func(a Arm) bool { return a.Paused })
		if !slices.ContainsFunc(on, func(a Arm) bool { return a.ID == got }) && (len(on) > 0 || got != 0) {
			t.Fatalf("%d of %+v", got, all)
		}
		slices.Reverse(all)
		if again := Pick(person, step, all); again != got {
			t.Fatalf("in another order %d instead of %d", again, got)
		}
		// Taking another arm away, or pausing it, changes nothing for this person.
		for i, a := range all {
			if a.ID == got {
				continue
			}
			less := slices.Delete(slices.Clone(all), i, i+1)
			paused := slices.Clone(all)
			paused[i].Paused = true
			if Pick(person, step, less) != got || Pick(person, step, paused) != got {
				t.Fatalf("without %d not %d any more", a.ID, got)
			}
		}
		// A new arm takes the person or leaves them where they are.
		fresh := Arm{ID: sales.ID(rapid.Int64Range(1, math.MaxInt64).Draw(t, "fresh")), Weight: rapid.IntRange(1, 100).Draw(t, "its weight")}
		if slices.ContainsFunc(all, func(a Arm) bool { return a.ID == fresh.ID }) {
			return
		}
		if after := Pick(person, step, append(all, fresh)); after != got && after != fresh.ID {
			t.Fatalf("%d moved to %d, which is not the new one %d", got, after, fresh.ID)
		}
	})
}

// Over many people the arms have the shares of their weights, whatever the IDs:
// numbers in a row, as IDs made one after the other are, too.
func TestPickShares(t *testing.T) {
	for _, tt := range []struct {
		name        string
		arms        []Arm
		first, each int64 // IDs of people
	}{
		{"even", []Arm{{ID: 1, Weight: 1}, {ID: 2, Weight: 1}}, 1, 1},
		{"three to one", []Arm{{ID: 7, Weight: 3}, {ID: 8, Weight: 1}}, 1 << 40, 1},
		{"five", []Arm{{ID: 10, Weight: 1}, {ID: 20, Weight: 2}, {ID: 30, Weight: 3}, {ID: 40, Weight: 4}, {ID: 50, Weight: 90}}, 1 << 40, 1 << 16},
		{"one paused, one without a weight", []Arm{{ID: 1, Weight: 5, Paused: true}, {ID: 2}, {ID: 3, Weight: 1}}, -50_000, 3},
	} {
		const n = 100_000
		got := map[sales.ID]int{}
		for i := range int64(n) {
			got[Pick(sales.ID(tt.first+i*tt.each), 99, tt.arms)]++
		}
		total := 0
		for _, a := range tt.arms {
			if !a.Paused {
				total += max(a.Weight, 1)
			}
		}
		for _, a := range tt.arms {
			want := 0.0
			if !a.Paused {
				want = float64(max(a.Weight, 1)) / float64(total)
			}
			if share := float64(got[a.ID]) / n; math.Abs(share-want) > 5*math.Sqrt(want*(1-want)/n) {
				t.Errorf("%s: arm %d has %.4f, want %.4f", tt.name, a.ID, share, want)
			}
		}
	}
}

// Which variant somebody got on one step says nothing about the next step.
func TestPickStepsAreApart(t *testing.T) {
	two := []Arm{{ID: 1, Weight: 1}, {ID: 2, Weight: 1}}
	const n = 100_000
	both := 0
	for p := range sales.ID(n) {
		if Pick(p, 100, two) == Pick(p, 101, two) {
			both++
		}
	}
	if share := float64(both) / n; math.Abs(share-0.5) > 0.01 {
		t.Errorf("the same on both steps for %.3f", share)
	}
}

func TestPickNobody(t *testing.T) {
	if got := Pick(1, 2, nil); got != 0 {
		t.Error(got)
	}
	if got := Pick(1, 2, []Arm{{ID: 3, Paused: true}}); got != 0 {
		t.Error(got)
	}
}

func BenchmarkPick(b *testing.B) {
	four := []Arm{{ID: 1, Weight: 1}, {ID: 2, Weight: 2}, {ID: 3, Weight: 3}, {ID: 4, Weight: 4}}
	for b.Loop() {
		Pick(1, 2, four)
	}
}
