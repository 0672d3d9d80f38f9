package cast

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSameSeedSameCast(t *testing.T) {
	size := Size{Accounts: 60, People: 240, Sellers: 3}
	if d := cmp.Diff(New(4, size), New(4, size)); d != "" {
		t.Fatal(d)
	}
	if cmp.Equal(New(4, size).People, New(5, size).People) {
		t.Fatal("another seed, the same people")
	}
}

func TestCastIsOfUse(t *testing.T) {
	c := New(3, Size{Accounts: 60, People: 240, Sellers: 3})
	zones, langs, personas, emails := map[string]int{}, map[string]int{}, map[Persona]int{}, map[string]bool{}
	for _, p := range c.People {
		zones[p.Home]++
		langs[p.Speaks]++
		personas[p.Persona]++
		if err := p.Person.Validate(); err != nil {
			t.Error(err)
		}
		if emails[p.Email] || emails[p.Private] || !strings.HasSuffix(p.Email, ".example") {
			t.Error(p.Email)
		}
		emails[p.Email], emails[p.Private] = true, true
		if _, err := time.LoadLocation(p.Home); err != nil {
			t.Error(err)
		}
	}
	if len(zones) < 8 || len(langs) < 8 || len(personas) != len(Personas()) || personas[Silent] < 40 {
		t.Error(zones, langs, personas)
	}
	for _, n := range []int{1, 2, 7, 39, 40, 1000} {
		if c := New(1, Size{Accounts: 3, People: n, Sellers: 2}); len(c.People) != n || len(c.Accounts) != 3 || len(c.Sellers) != 2 {
			t.Error(n, len(c.People))
		}
	}
}
