package invariants

import (
	"os"
	"path/filepath"
	"testing"
)

// worlds is how many worlds pass in TestWorlds. They take about a minute on two
// cores, and always the same steps.
const worlds = 40

// TestWorlds lets many small worlds pass in which much goes wrong.
func TestWorlds(t *testing.T) {
	rep, err := Run(t.Context(), Options{Seed: 1, Enrollments: worlds * 60, Worlds: worlds, Days: 150, Trouble: 1, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(rep)
	if len(rep.Failures) > 0 {
		t.Fail()
	}
}

// TestSeeds: what failed once holds now.
func TestSeeds(t *testing.T) {
	files, err := filepath.Glob("testdata/seeds/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			t.Parallel()
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			s, err := ParseSeed(string(b))
			if err != nil {
				t.Fatal(err)
			}
			rep, err := RunSeed(t.Context(), Options{Dir: t.TempDir()}, s)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range rep.Failures {
				t.Error(f)
			}
		})
	}
}
