//go:build servers

package bench

import (
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"

	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// TestPages: how long Chromium takes from asking for a page of the world of bench
// serve until it is painted, and until everything of it is there. SERVE_PEOPLE makes
// it as large as that of the bench (200000); the times are printed, for they are the
// machine's.
func TestPages(t *testing.T) {
	n := 2000
	if v, err := strconv.Atoi(os.Getenv("SERVE_PEOPLE")); err == nil {
		n = v
	}
	s, stop, err := newServing(t.Context(), Options{N: n})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	srv, a, err := s.site()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { srv.CloseClientConnections(); srv.Close() }) // pages listen for news until then
	p := testserver.Browser(t)
	p.Open(srv.URL + "/login")
	as := func(u sales.User) {
		t.Helper()
		token, err := a.Begin(t.Context(), u, "127.0.0.1", "bench")
		if err != nil {
			t.Fatal(err)
		}
		testserver.Get(p, chromedp.Evaluate[string](`document.cookie = "ninetyten=`+token+`; path=/"`))
	}
	for _, x := range []struct {
		what, path, there string
		user              sales.User
	}{
		{"Next", "/next", "main h1", s.users[0]},
		{"a record of 50 lines", "/people/" + s.short.String(), "main h1", s.user},
		{"a record of 5,000 lines", "/people/" + s.long.String(), "main h1", s.user},
	} {
		as(x.user)
		var painted, done []float64
		for range 40 {
			p.Open(srv.URL + x.path)
			p.Wait(`performance.getEntriesByName("first-contentful-paint").length && performance.getEntriesByType("navigation")[0].loadEventEnd > 0`)
			if !testserver.Get(p, chromedp.Evaluate[bool](`!!document.querySelector("`+x.there+`") && location.pathname === "`+x.path+`"`)) {
				t.Fatalf("%s is not the page that opened", x.what)
			}
			painted = append(painted, testserver.Get(p, chromedp.Evaluate[float64](`performance.getEntriesByName("first-contentful-paint")[0].startTime`)))
			done = append(done, testserver.Get(p, chromedp.Evaluate[float64](`performance.getEntriesByType("navigation")[0].loadEventEnd`)))
		}
		slices.Sort(painted)
		slices.Sort(done)
		t.Logf("%s, %d people: painted after %.0f ms (median; slowest %.0f), all there after %.0f ms (%.0f)", x.what, n, painted[20], painted[39], done[20], done[39])
	}
}
