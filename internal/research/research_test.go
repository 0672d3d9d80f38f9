package research_test

import (
	"compress/gzip"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/research"
	"ninetyten/internal/sales"
)

// world is an internet on loopback: every name leads to one server.
type world struct {
	pages  map[string]http.HandlerFunc // by host and path
	mu     sync.Mutex
	asked  []string
	pauses []time.Duration
	agents map[string]bool
}

func (w *world) reader(t *testing.T) *research.Reader {
	t.Helper()
	w.agents = map[string]bool{}
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		key := r.Host + r.URL.Path
		w.mu.Lock()
		w.asked = append(w.asked, key)
		w.agents[r.Header.Get("User-Agent")] = true
		w.mu.Unlock()
		if h := w.pages[key]; h != nil {
			h(rw, r)
			return
		}
		http.NotFound(rw, r)
	}))
	t.Cleanup(s.Close)
	return research.New(research.Options{
		Plain: true, Resolver: mx{"acme.example": "acme-example.mail.protection.outlook.com."},
		Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, s.Listener.Addr().String())
		},
		Wait: func(ctx context.Context, d time.Duration) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.pauses = append(w.pauses, d)
			return ctx.Err()
		},
		Now: func() time.Time { return time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC) },
	})
}

// mx answers who carries mail.
type mx map[string]string

func (m mx) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	if h, ok := m[name]; ok {
		return []*net.MX{{Host: h, Pref: 10}}, nil
	}
	return nil, &net.DNSError{IsNotFound: true, Name: name}
}

func says(kind, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		_, _ = io.WriteString(w, text)
	}
}

func html(text string) http.HandlerFunc { return says("text/html; charset=utf-8", text) }

func values(facts []sales.Fact, kind sales.FactKind) []string {
	var out []string
	for _, f := range facts {
		if f.Kind == kind {
			out = append(out, f.Value)
		}
	}
	return out
}

const home = `<!doctype html><html lang="de"><head><title>Acme Spedition | Start</title><meta name="description" content="Wir fahren  Papier durch Europa.">
<meta name="generator" content="TYPO3 CMS"><script src="https://js.hs-scripts.com/1.js"></script>
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Corporation","name":"Acme Spedition","legalName":"Acme Spedition GmbH","foundingDate":"1987","numberOfEmployees":{"@type":"QuantitativeValue","value":62},
"address":{"@type":"PostalAddress","streetAddress":"Hafenstr. 1","postalCode":"20457","addressLocality":"Hamburg","addressCountry":"DE"},"sameAs":["https://www.linkedin.example/acme","javascript:alert(1)"]}]}</script>
<script type="application/ld+json">{broken</script></head>
<body><nav><ul><li><a href="/ueber-uns">Über uns</a></li><li><a href="/karriere/">Karriere</a></li><li><a href="/impressum">Impressum</a></li><li><a href="/privat">Produkte</a></li><li><a href="http://elsewhere.example/about">About</a></li></ul></nav>
<script>document.write("evil")</script></body></html>`

// TestAccount: the pages of a site are found in its language, what they say becomes
// facts with their address, and robots.txt is obeyed.
func TestAccount(t *testing.T) {
	w := &world{pages: map[string]http.HandlerFunc{
		"acme.example/robots.txt": says("text/plain", "User-agent: *\nDisallow: /\n\nUser-agent: ninetyten\nUser-agent: other\nCrawl-delay: 3\nDisallow: /privat\n"),
		"acme.example/":           html(home),
		"acme.example/ueber-uns":  says("text/html; charset=windows-1252", "<p>Gegr\xfcndet im Hafen, f\xe4hrt die Acme Spedition heute mit zw\xf6lf Lastz\xfcgen Papier und Pappe in ganz Europa.</p>"),
		"acme.example/karriere/":  html(`<h1>Arbeiten bei uns</h1><ul><li>Disponent Leiter Nachtschicht (m/w/d)</li><li>Wir bieten Obst.</li><li>LKW-Fahrer CE</li></ul>`),
		"acme.example/impressum":  html(`<h1>Impressum</h1>`),
	}}
	s := w.reader(t).Account(t.Context(), "www.Acme.example")
	if s.State != sales.ResearchDone || s.Says != "Four pages of their site were read." {
		t.Fatalf("%s %q %+v", s.State, s.Says, s.Pages)
	}
	for kind, want := range map[sales.FactKind][]string{
		sales.FactAbout: {"Wir fahren Papier durch Europa."}, sales.FactName: {"Acme Spedition"}, sales.FactLegal: {"Acme Spedition GmbH"}, sales.FactFounded: {"1987"}, sales.FactEmployees: {"62"},
		sales.FactPlace: {"Hafenstr. 1, 20457 Hamburg, DE"}, sales.FactLink: {"https://www.linkedin.example/acme"}, sales.FactHiring: {"Disponent Leiter Nachtschicht (m/w/d)", "LKW-Fahrer CE"},
		sales.FactTech: {"TYPO3 CMS", "HubSpot"}, sales.FactMail: {"Microsoft 365"},
	} {
		if got := values(s.Facts, kind); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", kind, got, want)
		}
	}
	for _, f := range s.Facts {
		if f.At.IsZero() || f.Source == sales.FromSite && !strings.HasPrefix(f.URL, "http://acme.example/") {
			t.Errorf("%+v has no source", f)
		}
	}
	if slices.Contains(w.asked, "acme.example/privat") || slices.Contains(w.asked, "elsewhere.example/about") {
		t.Errorf("asked %q", w.asked)
	}
	if len(w.pauses) != 3 || w.pauses[0] != 3*time.Second || len(w.agents) != 1 || !w.agents[research.Agent] {
		t.Errorf("pauses %v, agents %v", w.pauses, w.agents)
	}
	said := false
	for _, p := range s.Pages {
		said = said || p.Failed && strings.Contains(p.Says, "robots.txt")
	}
	if !said {
		t.Errorf("what robots.txt left out is not told: %+v", s.Pages)
	}
}

// TestNoAccount: what goes wrong is told in words, and how it may go on.
func TestNoAccount(t *testing.T) {
	bomb := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		zero := make([]byte, 1<<16)
		for range 64 {
			_, _ = z.Write(zero)
		}
		_ = z.Close()
	}
	to := func(where string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, where, http.StatusFound) }
	}
	for name, c := range map[string]struct {
		home, robots http.HandlerFunc
		state        sales.ResearchState
		says         string
	}{
		"nothing":       {nil, nil, sales.ResearchRefused, "no such page"},
		"kept out":      {html("x"), says("text/plain", "User-agent: *\nDisallow: /"), sales.ResearchRefused, "keep out"},
		"robots broken": {html("x"), func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, sales.ResearchFailed, "robots.txt cannot be read"},
		"forbidden":     {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, nil, sales.ResearchRefused, "does not want to be read"},
		"trouble":       {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, nil, sales.ResearchFailed, "status 500"},
		"no page":       {says("application/pdf", "%PDF"), nil, sales.ResearchRefused, "no web page but application/pdf"},
		"bomb":          {bomb, nil, sales.ResearchFailed, "larger than 1024 kB"},
		"circle":        {to("/"), nil, sales.ResearchRefused, "more than 4 times"},
		"elsewhere":     {to("http://other.example/"), nil, sales.ResearchRefused, "another site, other.example"},
		"port":          {to("http://acme.example:8080/"), nil, sales.ResearchRefused, "port 8080"},
		"user":          {to("http://root@acme.example/"), nil, sales.ResearchRefused, "user name"},
		"file":          {to("file:///etc/passwd"), nil, sales.ResearchRefused, "no web page"},
	} {
		w := &world{pages: map[string]http.HandlerFunc{"acme.example/": c.home, "acme.example/robots.txt": c.robots}}
		s := w.reader(t).Account(t.Context(), "acme.example")
		if s.State != c.state || !strings.Contains(s.Says, c.says) || len(s.Pages) == 0 || !s.Pages[len(s.Pages)-1].Failed {
			t.Errorf("%s: %s %q %+v", name, s.State, s.Says, s.Pages)
		}
	}
	for _, domain := range []string{"", "localhost", "127.0.0.1", "0x7f.1", "[::1]", "acme.example:8080", "acme.example/path", "a b.example", "user@acme.example", strings.Repeat("a.", 200) + "example"} {
		w := &world{}
		if s := w.reader(t).Account(t.Context(), domain); s.State != sales.ResearchRefused || len(w.asked) > 0 {
			t.Errorf("%q: %s %q, asked %q", domain, s.State, s.Says, w.asked)
		}
	}
}

// TestAddresses: nothing but the public internet can be dialed, however it is written.
func TestAddresses(t *testing.T) {
	for _, a := range []string{
		"127.0.0.1:80", "10.1.2.3:443", "172.16.0.1:80", "192.168.1.1:80", "169.254.169.254:80", "100.64.0.1:80", "0.0.0.0:80", "255.255.255.255:80", "224.0.0.1:80", "192.0.2.1:80", "198.18.0.1:80",
		"[::1]:80", "[::]:80", "[::ffff:127.0.0.1]:80", "[::ffff:7f00:1]:443", "[::127.0.0.1]:80", "[64:ff9b::7f00:1]:80", "[2002:7f00:1::]:80", "[2001:0:7f00:1::]:80", "[fe80::1]:80", "[fe80::1%eth0]:80", "[fc00::1]:80", "[fd00:ec2::254]:80", "[ff02::1]:80",
		"93.184.216.34:22", "93.184.216.34:8080", "93.184.216.34", "acme.example:80", "",
	} {
		if research.CheckAddress(a) == nil {
			t.Errorf("%s may be dialed", a)
		}
	}
	for _, a := range []string{"93.184.216.34:80", "93.184.216.34:443", "[2606:2800:220:1:248:1893:25c8:1946]:443", "[::ffff:93.184.216.34]:443"} {
		if err := research.CheckAddress(a); err != nil {
			t.Errorf("%s: %v", a, err)
		}
	}
}

// TestGuard: the dialer of the real world refuses a server on loopback, also when a
// name or a redirect leads there.
func TestGuard(t *testing.T) {
	hit := false
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hit = true }))
	defer s.Close()
	r := research.New(research.Options{})
	for _, u := range []string{s.URL, "http://127.0.0.1/", "http://[::ffff:127.0.0.1]/feed"} {
		if _, _, err := r.Feed(t.Context(), u); err == nil {
			t.Errorf("%s was read", u)
		}
	}
	if s := r.Account(t.Context(), "acme.example"); s.State != sales.ResearchRefused || len(s.Pages) > 0 {
		t.Errorf("a name kept for examples was looked up: %+v", s)
	}
	if hit {
		t.Error("the server was reached")
	}
}

// TestFeeds: what RSS and Atom say, and what is no feed.
func TestFeeds(t *testing.T) {
	w := &world{pages: map[string]http.HandlerFunc{
		"news.example/rss":  says("application/rss+xml", `<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><title>Port news</title><item><title>Acme Spedition buys ten trucks</title><link>/a/1</link><description>&lt;p&gt;Says &lt;a href="https://www.acme.example/x"&gt;Acme&lt;/a&gt;&amp;nbsp;today.&lt;/p&gt;</description><pubDate>Mon, 02 Mar 2026 08:00:00 +0100</pubDate></item></channel></rss>`),
		"news.example/atom": says("application/atom+xml", `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>One</title><link rel="self" href="/no"/><link href="https://news.example/b"/><summary>S</summary><updated>2026-03-01T10:00:00Z</updated></entry></feed>`),
		"news.example/html": html("<p>hello"),
		"news.example/bomb": says("text/xml", `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>`),
	}}
	r := w.reader(t)
	title, news, err := r.Feed(t.Context(), "http://news.example/rss")
	if err != nil || title != "Port news" || len(news) != 1 || news[0].URL != "http://news.example/a/1" || !news[0].At.Equal(time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)) || !slices.Contains(news[0].Links, "acme.example") || !slices.Contains(news[0].Names(), "Acme Spedition") {
		t.Errorf("%q %+v %v", title, news, err)
	}
	if _, news, err = r.Feed(t.Context(), "http://news.example/atom"); err != nil || len(news) != 1 || news[0].URL != "https://news.example/b" || news[0].At.Day() != 1 {
		t.Errorf("%+v %v", news, err)
	}
	if _, _, err = r.Feed(t.Context(), "http://news.example/html"); sales.CodeOf(err) != sales.Invalid {
		t.Errorf("a page is a feed: %v", err)
	}
	if title, _, err = r.Feed(t.Context(), "http://news.example/bomb"); err == nil && len(title) > 20 {
		t.Errorf("it grew: %q", title)
	}
	for _, bad := range []string{"", "feed", "ftp://news.example/x", "http://localhost/x", "http://news.example:25/x"} {
		if _, err := research.CheckFeed(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
