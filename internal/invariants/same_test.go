package invariants

import (
	"maps"
	"testing"
)

// TestTheSameAgain: a world is made from its seed alone, so that what fails can be
// seen again.
func TestTheSameAgain(t *testing.T) {
	s := Seed{Seed: 5, Enrollments: 30, Days: 30, Trouble: 1}
	var reports [2]Report
	for i := range reports {
		var err error
		if reports[i], err = RunSeed(t.Context(), Options{Dir: t.TempDir()}, s); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := reports[0], reports[1]; a.Digest != b.Digest || a.Steps != b.Steps || !maps.Equal(a.Counts, b.Counts) {
		t.Errorf("%s\n\n%s", a, b)
	}
	if reports[0].Counts["mails that reached a person"] == 0 {
		t.Error("nothing happened")
	}
}

func TestParseSeed(t *testing.T) {
	s := Seed{Seed: 7, Enrollments: 30, Days: 20, Trouble: 0.5}
	if got, err := ParseSeed("# what it showed\n\n" + s.String() + "\n"); err != nil || got != s {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{"", "# nothing", "seed=1", "seed=x enrollments=1 days=1", "seed=1 enrollments=1 days=1 moon=3"} {
		if got, err := ParseSeed(bad); err == nil {
			t.Errorf("%q is %+v", bad, got)
		}
	}
}
