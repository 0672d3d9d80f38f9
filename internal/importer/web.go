package importer

import (
	"net/url"
	"strings"

	"golang.org/x/net/idna"

	"ninetyten/internal/sales"
)

// hostName reads the host from a domain or the address of a site, lower case,
// in its ASCII form, without www. It gives "" for what is no host name, and for pages on a social network,
// which are not the company's own.
func hostName(s string) string {
	s = strings.ToLower(oneLine(s))
	if placeholder(s) || strings.ContainsAny(s, " @") {
		return ""
	}
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	host, err := idna.Lookup.ToASCII(strings.TrimSuffix(strings.TrimPrefix(u.Hostname(), "www."), "."))
	if err != nil || len(host) > 253 || !strings.Contains(host, ".") || strings.Trim(host, "0123456789.") == "" {
		return ""
	}
	for _, social := range []string{"linkedin.com", "facebook.com", "twitter.com", "x.com", "instagram.com", "youtube.com", "xing.com", "google.com"} {
		if host == social || strings.HasSuffix(host, "."+social) {
			return ""
		}
	}
	return host
}

// linkedInURL reads a profile address and gives it with https and without
// query; a bare "in/name" is completed. It gives "" for anything else.
func linkedInURL(s string) string {
	s = oneLine(s)
	if strings.ContainsAny(s, " \"<>") || len(s) > 500 {
		return ""
	}
	switch lower := strings.ToLower(s); {
	case strings.HasPrefix(lower, "in/"), strings.HasPrefix(lower, "/in/"):
		s = "https://www.linkedin.com/" + strings.TrimPrefix(s, "/")
	case !strings.Contains(s, "://"):
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Port() != "" {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if host != "linkedin.com" && !strings.HasSuffix(host, ".linkedin.com") || strings.Trim(u.Path, "/") == "" {
		return ""
	}
	return "https://" + host + u.EscapedPath()
}

// address reads a mail address from a cell: plain, in angle brackets, as a
// mailto link, or the first of several. It gives the normal form and how many
// there were; "" and 0 when there is none.
func address(cell string) (string, int) {
	cell = strings.Map(func(r rune) rune {
		if around(r) && r != '\n' {
			return ' '
		}
		return r
	}, clean(cell))
	found, n := "", 0
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(" \n;,|<>()\"", r) }) {
		part = strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(part), "mailto:"), ".")
		if a, err := sales.NormalAddress(part); err == nil {
			if n++; found == "" {
				found = a
			} else if a == found {
				n--
			}
		}
	}
	return found, n
}

func isAddress(s string) bool {
	if !strings.Contains(s, "@") || len(s) > 320 {
		return false
	}
	a, n := address(s)
	return n == 1 && len(a)+10 >= len(strings.TrimSpace(s))
}
