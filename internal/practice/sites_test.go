package practice

import (
	"testing"

	"ninetyten/internal/research"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox"
	"ninetyten/internal/sandbox/cast"
)

// TestSites: the product reads facts from the site of every company of a world, and
// reaches nothing else by their dialer.
func TestSites(t *testing.T) {
	s, err := sandbox.OpenSites()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	accounts := cast.New(5, cast.Size{Accounts: 12, People: 12, Sellers: 1}).Accounts
	s.Put(5, accounts)
	r := research.New(reading(s))
	for _, a := range accounts {
		site := r.Account(t.Context(), a.Domain)
		if site.State != sales.ResearchDone {
			t.Fatalf("%s: %s %q", a.Domain, site.State, site.Says)
		}
		have := map[sales.FactKind]string{}
		for _, f := range site.Facts {
			have[f.Kind] = f.Value
		}
		if have[sales.FactName] != a.Name || have[sales.FactAbout] == "" || have[sales.FactFounded] == "" || have[sales.FactEmployees] == "" || have[sales.FactPlace] == "" || have[sales.FactProduct] == "" || have[sales.FactMail] == "" {
			t.Errorf("%s: %v", a.Domain, have)
		}
	}
	for _, address := range []string{"other.example:80", accounts[0].Domain + ":443", accounts[0].Domain + ":8080", "127.0.0.1:80", "nothing"} {
		if c, err := s.Dial(t.Context(), "tcp", address); err == nil {
			_ = c.Close()
			t.Errorf("%s was reached", address)
		}
	}
}
