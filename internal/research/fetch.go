package research

import (
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html/charset"

	"ninetyten/internal/sales"
)

// Limits of one page and of one site.
const (
	maxBytes     = 1 << 20          // of a page, after it was unpacked
	maxRobots    = 500 << 10        // of robots.txt (RFC 9309 section 2.5)
	maxRedirects = 4                // of one page
	maxPages     = 6                // of a site
	pageTime     = 15 * time.Second // of a page
	siteTime     = 75 * time.Second // of a site
)

// Agent is how the program names itself to web sites; robots.txt may address it as
// "ninetyten".
const Agent = "Mozilla/5.0 (compatible; ninetyten/1.0; reads a few pages of a company a salesperson is in touch with; obeys robots.txt)"

// Options are what tests and the practice world change.
type Options struct {
	Dial     Dial                                             // nil: public addresses only
	Plain    bool                                             // ask by http first: the practice world has no certificates
	Resolver Resolver                                         // who carries mail; nil asks the machine's name servers
	Pause    time.Duration                                    // between two requests to a host; 0 is a second
	Wait     func(ctx context.Context, d time.Duration) error // nil waits
	Now      func() time.Time                                 // of the business; nil is time.Now
}

// Reader reads sites and feeds. It is safe for use by many at once.
type Reader struct {
	o    Options
	real bool // it reads the internet, and no world of its own
	http *http.Client
}

// New makes a reader.
func New(o Options) *Reader {
	real := o.Dial == nil
	if real {
		o.Dial = guarded()
	}
	if o.Resolver == nil {
		o.Resolver = net.DefaultResolver
	}
	if o.Pause <= 0 {
		o.Pause = time.Second
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	if o.Now == nil {
		o.Now = func() time.Time { return time.Now().UTC() }
	}
	return &Reader{o: o, real: real, http: &http.Client{
		Transport:     transport(o.Dial),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// got is what a host answered.
type got struct {
	url    *url.URL // after redirects
	status int
	kind   string // media type
	body   []byte // as UTF-8 for text
	header http.Header
}

// may says whether a redirect leads where one may go; nil is everywhere.
type may func(*url.URL) error

// get asks for one page. Redirects are followed as far as allow lets them. Errors are
// *sales.Error whose message says what is wrong.
func (r *Reader) get(ctx context.Context, to *url.URL, accept string, most int, allow may) (got, error) {
	ctx, cancel := context.WithTimeout(ctx, pageTime)
	defer cancel()
	for hop := 0; ; hop++ {
		if err := fitting(to); err != nil {
			return got{url: to}, err
		}
		if hop > 0 && allow != nil {
			if err := allow(to); err != nil {
				return got{url: to}, err
			}
		}
		g, next, err := r.once(ctx, to, accept, most)
		if err != nil || next == nil {
			return g, err
		}
		if hop == maxRedirects {
			return g, sales.Errorf(sales.Invalid, "It sends from one address to the next more than %d times.", maxRedirects)
		}
		if to.Scheme == "https" && next.Scheme == "http" {
			next.Scheme = "https"
		}
		to = next
	}
}

// fitting refuses what is no address of a web page.
func fitting(u *url.URL) error {
	switch {
	case u.Scheme != "https" && u.Scheme != "http", u.Hostname() == "", u.Opaque != "", len(u.String()) > 2000:
		return sales.Errorf(sales.Invalid, "It leads to something that is no web page.")
	case u.User != nil:
		return sales.Errorf(sales.Forbidden, "It leads to an address with a user name, which is not followed.")
	case u.Port() != "" && u.Port() != "80" && u.Port() != "443":
		return sales.Errorf(sales.Forbidden, "It leads to port %s; a web site is read on its usual ports only.", u.Port())
	}
	return nil
}

// once sends one request; next is where it redirects to.
func (r *Reader) once(ctx context.Context, to *url.URL, accept string, most int) (g got, next *url.URL, err error) {
	g = got{url: to}
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, to.String(), nil)
	if err != nil {
		return g, nil, sales.WrapError(sales.Invalid, err, "This is no address of a web site.")
	}
	q.Header.Set("User-Agent", Agent)
	q.Header.Set("Accept", accept)
	q.Header.Set("Accept-Language", "en, *;q=0.5")
	res, err := r.http.Do(q)
	if err != nil {
		return g, nil, unreachable(ctx, err)
	}
	defer func() { _ = res.Body.Close() }() // it was read as far as is wanted
	g.status, g.header = res.StatusCode, res.Header
	if loc := res.Header.Get("Location"); loc != "" && res.StatusCode >= 300 && res.StatusCode < 400 {
		if next, err = to.Parse(loc); err != nil {
			return g, nil, sales.Errorf(sales.Invalid, "It sends to an address that cannot be read.")
		}
		return g, next, nil
	}
	g.kind, _, _ = mime.ParseMediaType(res.Header.Get("Content-Type"))
	raw, err := io.ReadAll(io.LimitReader(res.Body, int64(most)+1)) // unpacked: a bomb ends here too
	if err != nil {
		return g, nil, unreachable(ctx, err)
	}
	if len(raw) > most {
		return g, nil, sales.Errorf(sales.Limited, "The page is larger than %d kB.", most>>10)
	}
	g.body = raw
	return g, nil, nil
}

// text is the body as UTF-8: the charset of the header, of a byte order mark, of a
// meta element, else the likeliest (WHATWG HTML section 13.2.3).
func (g got) text() string {
	enc, _, _ := charset.DetermineEncoding(g.body, g.header.Get("Content-Type"))
	out, err := enc.NewDecoder().Bytes(g.body)
	if err != nil {
		out = g.body
	}
	return strings.ToValidUTF8(string(out), "")
}

// unreachable puts an error of the network into words.
func unreachable(ctx context.Context, err error) error {
	var e *sales.Error
	var dns *net.DNSError
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return sales.WrapError(sales.Unavailable, err, "It did not answer in time.")
	case errors.As(err, &dns) && dns.IsNotFound:
		return sales.WrapError(sales.NotFound, err, "There is no site of this name.")
	case strings.Contains(err.Error(), "certificate"):
		return sales.WrapError(sales.Unavailable, err, "Its certificate is not valid.")
	}
	return sales.WrapError(sales.Unavailable, err, "It cannot be reached.")
}
