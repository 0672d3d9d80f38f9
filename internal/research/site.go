package research

import (
	"context"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"ninetyten/internal/sales"
)

// Site is what reading a web site gave.
type Site struct {
	State sales.ResearchState // done, refused or failed
	Says  string              // what came of it, in words
	Pages []sales.PageVisit
	Facts []sales.Fact // without account: the caller knows it
}

// Account reads the web site of a domain, and who carries its mail.
func (r *Reader) Account(ctx context.Context, domain string) Site {
	ctx, cancel := context.WithTimeout(ctx, siteTime)
	defer cancel()
	host, err := hostOf(domain)
	if err != nil {
		return Site{State: sales.ResearchRefused, Says: sales.Explain(err)}
	}
	if r.real && reserved(host) {
		return Site{State: sales.ResearchRefused, Says: "Names that end like this are kept for examples and one's own network, so there is no site to read."}
	}
	s := &visit{r: r}
	s.out.Facts = r.mailFact(ctx, host)
	s.read(ctx, host)
	return s.out
}

// hostOf is the name of a host in the form of the domain name system (RFC 5891).
func hostOf(domain string) (string, error) {
	domain = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(domain)), "www.")
	host, err := idna.Lookup.ToASCII(domain)
	if err != nil || !strings.Contains(host, ".") || len(host) > 253 || strings.ContainsAny(host, "/:@?# ") || strings.Trim(host[strings.LastIndexByte(host, '.')+1:], "0123456789") == "" {
		return "", sales.Errorf(sales.Invalid, "%q is no domain of a web site. Write it at the account like company.com.", clean(domain, 80))
	}
	return host, nil
}

// reserved tells whether a name is one that the public name system never holds
// (RFC 2606, RFC 6761, RFC 6762, RFC 8375): nobody is asked about it.
func reserved(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	for _, end := range []string{"example", "test", "invalid", "localhost", "local", "internal", "onion", "home.arpa", "example.com", "example.net", "example.org"} {
		if host == end || strings.HasSuffix(host, "."+end) {
			return true
		}
	}
	return false
}

// visit is the reading of one site.
type visit struct {
	r     *Reader
	rules robots
	out   Site
	asked bool
}

// read asks for the home page by each of its usual names until one answers, then for
// the pages that it links to.
func (s *visit) read(ctx context.Context, host string) {
	home, got, err := page{}, got{}, error(nil)
	for _, start := range s.starts(host) {
		allow := func(to *url.URL) error {
			if sameSite(start, to) {
				return s.stay(start, to)
			}
			return sales.Errorf(sales.Invalid, "It leads to another site, %s, which was not read. Enter that domain at the account if it is theirs.", clean(to.Hostname(), 100))
		}
		s.rules = s.r.robotsOf(ctx, start, allow)
		if s.rules.none {
			err = sales.Errorf(sales.Unavailable, "%s", s.rules.says)
			s.note(start, got, err, "robots.txt")
			continue
		}
		if !s.rules.allowed(start) {
			s.out.State, s.out.Says = sales.ResearchRefused, "Their robots.txt asks programs to keep out, so nothing was read."
			s.note(start, got, sales.Errorf(sales.Forbidden, "robots.txt asks to keep out"), "home")
			return
		}
		if home, got, err = s.page(ctx, start, placeHome, allow); err == nil {
			break
		}
	}
	if err != nil {
		s.out.State, s.out.Says = sales.ResearchFailed, sales.Explain(err)
		if c := sales.CodeOf(err); c == sales.Forbidden || c == sales.NotFound || c == sales.Invalid {
			s.out.State = sales.ResearchRefused
		}
		return
	}
	pages := map[place]page{placeHome: home}
	at := map[place]string{placeHome: got.url.String()}
	chosen := choose(home, got.url)
	for _, kind := range order() {
		to := chosen[kind]
		if to == nil || len(s.out.Pages) >= maxPages || ctx.Err() != nil {
			continue
		}
		if p, g, err := s.page(ctx, to, kind, func(next *url.URL) error { return s.stay(got.url, next) }); err == nil {
			pages[kind], at[kind] = p, g.url.String()
		}
	}
	s.out.Facts = append(s.out.Facts, factsOf(pages, at, s.r.o.Now())...)
	s.out.State = sales.ResearchDone
	s.out.Says = told(s.out)
}

// starts are the addresses under which a home page may be.
func (s *visit) starts(host string) []*url.URL {
	if s.r.o.Plain {
		return []*url.URL{{Scheme: "http", Host: host, Path: "/"}}
	}
	return []*url.URL{{Scheme: "https", Host: host, Path: "/"}, {Scheme: "https", Host: "www." + host, Path: "/"}, {Scheme: "http", Host: host, Path: "/"}}
}

func (s *visit) stay(from, to *url.URL) error {
	if !sameSite(from, to) || !s.rules.allowed(to) {
		return sales.Errorf(sales.Forbidden, "It leads to where this program should not go.")
	}
	return nil
}

// page asks for one page, with a pause before.
func (s *visit) page(ctx context.Context, to *url.URL, kind place, allow may) (page, got, error) {
	if !s.rules.allowed(to) {
		err := sales.Errorf(sales.Forbidden, "robots.txt asks to leave it out")
		s.note(to, got{}, err, string(kind))
		return page{}, got{}, err
	}
	if s.asked {
		if err := s.r.o.Wait(ctx, max(s.r.o.Pause, s.rules.delay)); err != nil {
			return page{}, got{}, sales.WrapError(sales.Unavailable, err, "There was no time left for it.")
		}
	}
	s.asked = true
	g, err := s.r.get(ctx, to, "text/html, application/xhtml+xml;q=0.9", maxBytes, allow)
	switch {
	case err != nil:
	case g.status == 404 || g.status == 410:
		err = sales.Errorf(sales.NotFound, "There is no such page.")
	case g.status == 401 || g.status == 403 || g.status == 429 || g.status == 451:
		err = sales.Errorf(sales.Forbidden, "The site does not want to be read by programs (status %d).", g.status)
	case g.status != 200:
		err = sales.Errorf(sales.Unavailable, "The site has trouble of its own (status %d).", g.status)
	case g.kind != "text/html" && g.kind != "application/xhtml+xml":
		err = sales.Errorf(sales.Invalid, "This is no web page but %s.", clean(first(g.kind, "something unnamed"), 60))
	}
	s.note(to, g, err, string(kind))
	if err != nil {
		return page{}, g, err
	}
	return readPage(g.text(), g.url), g, nil
}

// note writes down that a page was asked for.
func (s *visit) note(to *url.URL, g got, err error, what string) {
	v := sales.PageVisit{URL: to.String(), At: s.r.o.Now(), Status: g.status, Bytes: len(g.body), Says: what}
	if g.url != nil {
		v.URL = g.url.String()
	}
	if err != nil {
		v.Failed, v.Says = true, sales.Explain(err)
	}
	v.URL = cutBytes(v.URL, 500)
	for !utf8.ValidString(v.URL) {
		v.URL = v.URL[:len(v.URL)-1]
	}
	if len(s.out.Pages) < 3*maxPages {
		s.out.Pages = append(s.out.Pages, v)
	}
}

// told is what reading a site came to.
func told(s Site) string {
	read := 0
	for _, p := range s.Pages {
		if !p.Failed {
			read++
		}
	}
	if read == 1 {
		return "One page of their site was read."
	}
	return number(read) + " pages of their site were read."
}

func number(n int) string {
	words := []string{"No", "One", "Two", "Three", "Four", "Five", "Six"}
	if n < len(words) {
		return words[n]
	}
	return "Several"
}

// Again is when a site that did not answer is asked again.
const Again = 24 * time.Hour
