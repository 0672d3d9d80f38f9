package render

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Numbers of links above which Check speaks.
const (
	manyLinks  = 3
	manyImages = 1
)

// shorteners hide where a link leads; filters distrust mail with them. Spammers
// use them for that. It is read-only.
var shorteners = []string{
	"bit.ly", "bitly.com", "bl.ink", "buff.ly", "cutt.ly", "goo.gl", "is.gd", "lnkd.in", "ow.ly", "rb.gy", "rebrand.ly", "rebrandly.com", "s.id",
	"short.io", "shorturl.at", "t.co", "t.ly", "tiny.cc", "tiny.one", "tinyurl.com", "trib.al", "v.gd", "wa.link", "x.gd",
}

// trackers are parameters of addresses that tell on the reader. It is read-only.
var trackers = []string{"_hsenc", "_hsmi", "dclid", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "oly_enc_id", "vero_id", "yclid"}

func (c *checker) links(s string) {
	all := links(s)
	images := 0
	for _, l := range all {
		if isImage(l) {
			if images++; images == 1 {
				c.say(Hints, InBody, l, "The link %s leads to a picture. It is not shown in the mail; mail programs block pictures of strangers. Link the page that has it.", clip(l))
			}
		}
		c.link(l)
	}
	if len(all) > manyLinks {
		c.say(Warns, InBody, all[manyLinks], "There are %d links. Filters count them; keep to %d or fewer.", len(all), manyLinks)
	}
	if images > manyImages {
		c.say(Warns, InBody, "", "There are links to %d images. Filters count them; keep to %d.", images, manyImages)
	}
	for w := range strings.FieldsSeq(s) {
		if bad := brokenLink(strings.TrimLeft(w, "(<[\"'„“«")); bad != "" {
			c.say(Warns, InBody, w, "The link %s is broken: %s.", clip(w), bad)
		}
	}
}

// link looks at one address that can be followed.
func (c *checker) link(l string) {
	host := hostOf(l)
	switch {
	case slices.Contains(shorteners, host):
		c.say(Warns, InBody, l, "The link %s hides where it leads, as spam does, and filters distrust it. Write the address itself.", clip(l))
	case host == "localhost" || host == "[::1]" || strings.HasPrefix(host, "127."):
		c.say(Warns, InBody, l, "The link %s leads to the reader's own machine. Write an address that others can open.", clip(l))
	case strings.Trim(host, "0123456789.") == "":
		c.say(Warns, InBody, l, "The link %s has a number in place of a name, which filters distrust. Write the name of the host.", clip(l))
	}
	if hasScheme(l) && !strings.EqualFold(l[:8], "https://") {
		c.say(Hints, InBody, l, "The link %s is not encrypted. Use https:// if the site has it.", clip(l))
	}
	_, query, _ := strings.Cut(l, "?")
	query, _, _ = strings.Cut(query, "#")
	for p := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(strings.ToLower(p), "=")
		if strings.HasPrefix(name, "utm_") || slices.Contains(trackers, name) {
			c.say(Hints, InBody, l, "The link %s carries tracking (%s), which readers see. Leave it out unless somebody looks at it.", clip(l), name)
			break
		}
	}
}

// hostOf is the host of a web address in lower case, without www and port.
func hostOf(l string) string {
	if !hasScheme(l) {
		l = "https://" + l
	}
	u, err := url.Parse(l)
	if err != nil {
		return ""
	}
	host := u.Host
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		host = host[:i]
	}
	return strings.TrimPrefix(strings.ToLower(host), "www.")
}

func isImage(l string) bool {
	path, _, _ := strings.Cut(strings.ToLower(l), "?")
	for _, ext := range []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp"} {
		if strings.HasSuffix(path, ext) {
			return true
		}
	}
	return false
}

// brokenLink says what is wrong with a word that looks like a web address.
func brokenLink(w string) string {
	l := strings.ToLower(w)
	switch {
	case hasScheme(w), hasWWW(w) && len(w) > 4:
		n := linkLen(w)
		host := w[:n]
		if hasScheme(host) {
			_, host, _ = strings.Cut(host, "://")
		}
		if i := strings.IndexAny(host, "/?#"); i >= 0 {
			host = host[:i]
		}
		if strings.Contains(host, "@") {
			return "it has a user name before the host, which is a trick of fraud"
		}
		if n == 0 || !goodLink(w[:n]) {
			return "it has no proper host name such as www.company.com"
		}
	default:
		for _, p := range []string{"http:", "https:", "http/", "https/", "htp:", "htps:", "htttp", "ttp:", "ttps:", "hhtp"} {
			if strings.HasPrefix(l, p) {
				return "it does not begin with https://"
			}
		}
	}
	return ""
}

// What people write who think that the text is HTML or Markdown.
var (
	markdownLink = regexp.MustCompile(`(!?)\[([^\[\]\n]+)\]\(([^()\s]+)\)`)
	htmlLink     = regexp.MustCompile(`(?i)<a\s[^<>]*href\s*=\s*["']?([^"'\s<>]+)["']?[^<>]*>([^<>\n]*)</a>`)
	htmlTag      = regexp.MustCompile(`(?i)</?(a|b|i|u|p|br|em|hr|ul|ol|li|div|img|h[1-6]|font|span|table|td|tr|strong|center|style|script)(\s[^<>\n]*)?/?>`)
)

// markup finds HTML and Markdown, which would be sent as they stand, and links
// that show one address and lead to another.
func (c *checker) markup(s string) {
	for _, m := range markdownLink.FindAllStringSubmatch(s, 20) {
		if m[1] == "!" {
			c.picture(m[0])
			continue
		}
		c.mismatch(m[0], m[2], m[3])
		c.say(Warns, InBody, m[0], "%s is sent as it stands, brackets and all. Write the address alone; it becomes a link.", clip(m[0]))
	}
	for _, m := range htmlLink.FindAllStringSubmatch(s, 20) {
		c.mismatch(m[0], m[2], m[1])
	}
	if tag := htmlTag.FindString(s); tag != "" {
		if i := strings.Index(strings.ToLower(s), "<img"); i >= 0 {
			c.picture(around20(s, i, 4))
		}
		c.say(Warns, InBody, tag, "%s is sent as it stands: the text is not HTML. Write plain paragraphs with blank lines between them.", clip(tag))
	}
}

func (c *checker) picture(quote string) {
	c.say(Warns, InBody, quote, "Pictures are not put into the mail: mail programs block those of strangers, and filters count them. Say it in words, link a page, or attach the picture.")
}

// mismatch compares what a link shows with where it leads.
func (c *checker) mismatch(quote, shows, leads string) {
	at, n := findLink(shows)
	if n == 0 {
		if shows = strings.TrimSpace(shows); strings.ContainsAny(shows, " @") || !goodLink(shows) {
			return
		}
		at, n = 0, len(shows)
	}
	if from, to := hostOf(shows[at:at+n]), hostOf(leads); to != "" && from != to && !strings.HasSuffix(to, "."+from) {
		c.say(Warns, InBody, quote, "The link shows %s and leads to %s. That is how fraud looks, to people and to filters. Show the address that it leads to.", clip(from), clip(to))
	}
}

// withoutLinks is a text with … for its web addresses, whose signs are no
// punctuation.
func withoutLinks(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		for {
			at, n := findLink(line)
			if n == 0 {
				break
			}
			b.WriteString(line[:at])
			b.WriteString("…")
			line = line[at+n:]
		}
		b.WriteString(line)
	}
	return b.String()
}
