package research

import (
	"bytes"
	"context"
	"encoding/xml"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"ninetyten/internal/sales"
)

// News is one item of a feed.
type News struct {
	Title, Text, URL string
	At               time.Time // zero: the feed does not say
	Links            []string  // hosts that the item links to
}

// maxNews is how many items of a feed are looked at, the first ones.
const maxNews = 60

// Feed reads an RSS 2.0, RSS 1.0 or Atom (RFC 4287) feed. robots.txt does not speak
// of what was made for programs to read, so it is not asked. Errors are *sales.Error.
func (r *Reader) Feed(ctx context.Context, address string) (title string, news []News, err error) {
	u, err := CheckFeed(address)
	if err == nil && r.real && reserved(u.Hostname()) {
		err = sales.Errorf(sales.Invalid, "Names that end like this are kept for examples and one's own network, so there is no feed to read.")
	}
	if err != nil {
		return "", nil, err
	}
	g, err := r.get(ctx, u, "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8", maxBytes, nil)
	switch {
	case err != nil:
		return "", nil, err
	case g.status != 200:
		return "", nil, sales.Errorf(sales.Unavailable, "The feed answers with status %d.", g.status)
	}
	return parseFeed(g.body, g.url)
}

// CheckFeed says what is wrong with the address of a feed.
func CheckFeed(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || fitting(u) != nil || !strings.Contains(u.Hostname(), ".") {
		return nil, sales.Errorf(sales.Invalid, "This is no address of a feed. It looks like https://news.company.com/feed.xml.")
	}
	u.Fragment = ""
	return u, nil
}

type feedXML struct {
	XMLName xml.Name
	Title   string    `xml:"title"`
	Channel *feedXML  `xml:"channel"`
	Items   []itemXML `xml:"item"`
	Entries []itemXML `xml:"entry"`
}

type itemXML struct {
	Title string `xml:"title"`
	Link  []struct {
		Href string `xml:"href,attr"`
		Rel  string `xml:"rel,attr"`
		Text string `xml:",chardata"`
	} `xml:"link"`
	Description string `xml:"description"`
	Summary     string `xml:"summary"`
	Content     string `xml:"content"`
	Encoded     string `xml:"encoded"`
	PubDate     string `xml:"pubDate"`
	Date        string `xml:"date"`
	Published   string `xml:"published"`
	Updated     string `xml:"updated"`
}

// parseFeed reads the bytes of a feed. Entities of its own (a bomb) are not known to
// the parser, which refuses them.
func parseFeed(body []byte, base *url.URL) (string, []News, error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Strict, d.CharsetReader, d.Entity = false, charset.NewReaderLabel, xml.HTMLEntity
	var f feedXML
	if err := d.Decode(&f); err != nil {
		return "", nil, sales.WrapError(sales.Invalid, err, "What stands at this address is no feed. Look for a link to RSS or Atom on the page.")
	}
	items := append(f.Items, f.Entries...)
	title := f.Title
	if f.Channel != nil {
		title, items = f.Channel.Title, append(items, f.Channel.Items...)
	}
	switch f.XMLName.Local {
	case "rss", "RDF", "feed":
	default:
		return "", nil, sales.Errorf(sales.Invalid, "What stands at this address is no feed. Look for a link to RSS or Atom on the page.")
	}
	var out []News
	for _, i := range items[:min(len(items), maxNews)] {
		if n, ok := i.news(base); ok {
			out = append(out, n)
		}
	}
	return clean(title, 120), out, nil
}

func (i itemXML) news(base *url.URL) (News, bool) {
	long := first(i.Encoded, i.Content, i.Summary, i.Description)
	text, hosts := plain(long)
	n := News{Title: clean(i.Title, 200), Text: clean(text, 500), Links: hosts}
	for _, l := range i.Link {
		if to := first(l.Href, strings.TrimSpace(l.Text)); to != "" && (l.Rel == "" || l.Rel == "alternate") {
			if u, err := base.Parse(to); err == nil && fitting(u) == nil {
				n.URL = u.String()
				break
			}
		}
	}
	for _, s := range []string{i.PubDate, i.Published, i.Updated, i.Date} {
		if t := dateOf(s); !t.IsZero() {
			n.At = t
			break
		}
	}
	return n, n.Title != ""
}

func dateOf(s string) time.Time {
	s = strings.TrimSpace(s)
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC()
	}
	if t, err := mail.ParseDate(s); err == nil {
		return t.UTC()
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t
	}
	return time.Time{}
}

// plain is the text of a piece of HTML, and the hosts that it links to.
func plain(s string) (string, []string) {
	var b strings.Builder
	var hosts []string
	z := html.NewTokenizer(strings.NewReader(cutBytes(s, 64<<10)))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String(), hosts
		case html.TextToken:
			b.Write(z.Text())
			b.WriteByte(' ')
		case html.StartTagToken:
			for {
				key, val, more := z.TagAttr()
				if string(key) == "href" {
					if u, err := url.Parse(string(val)); err == nil && u.Hostname() != "" {
						hosts = add(hosts, strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), 20)
					}
				}
				if !more {
					break
				}
			}
		}
	}
}

// Names are the runs of one to five words of a piece of news that may be the name of
// an organisation: they begin with a capital letter, a digit or a letter without case.
func (n News) Names() []string {
	words := strings.FieldsFunc(n.Title+" . "+n.Text, func(r rune) bool { return r == ' ' || strings.ContainsRune("\"“”„«»()[]", r) })
	seen := map[string]bool{}
	var out []string
	for i := range words[:min(len(words), 90)] {
		for k := 1; k <= 5 && i+k <= len(words); k++ {
			s := strings.Trim(strings.Join(words[i:i+k], " "), ".,;:!?'’-–")
			s = strings.TrimSuffix(strings.TrimSuffix(s, "’s"), "'s")
			r := []rune(s)
			if len(r) < 4 || folded(string(r[0])) == string(r[0]) && strings.ToUpper(string(r[0])) != string(r[0]) || seen[s] {
				continue
			}
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
