package llm

import (
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"strings"

	"ninetyten/internal/sales"
)

// Secret is a key that no print and no log shows.
type Secret string

// String implements fmt.Stringer.
func (s Secret) String() string { return s.mask() }

// GoString implements fmt.GoStringer.
func (s Secret) GoString() string { return s.mask() }

// LogValue implements slog.LogValuer.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.mask()) }

// MarshalText implements encoding.TextMarshaler.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.mask()), nil }

func (s Secret) mask() string {
	if s == "" {
		return ""
	}
	return "(a key)"
}

// Endpoint is where a model is asked.
type Endpoint struct {
	URL   string // up to and without /chat/completions
	Model string
	Key   Secret // may be empty: many local servers want none
}

// Lengths in bytes.
const (
	maxURL   = 500
	maxModel = 200
	maxKey   = 1000
)

// Check says what is wrong with an endpoint, and gives it as it is to be kept.
func (e Endpoint) Check() (Endpoint, error) {
	e.URL, e.Model = strings.TrimRight(strings.TrimSpace(e.URL), "/"), strings.TrimSpace(e.Model)
	e.Key = Secret(strings.TrimSpace(string(e.Key)))
	e.URL = strings.TrimSuffix(e.URL, "/chat/completions")
	if err := checkURL(e.URL); err != nil {
		return e, err
	}
	switch {
	case e.Model == "":
		return e, sales.Errorf(sales.Invalid, "Enter the name of the model, as the endpoint calls it.")
	case len(e.Model) > maxModel || !printable(e.Model):
		return e, sales.Errorf(sales.Invalid, "This is no name of a model. Copy it from the list of your provider.")
	case len(e.Key) > maxKey || !printable(string(e.Key)) || strings.ContainsAny(string(e.Key), " \t"):
		return e, sales.Errorf(sales.Invalid, "This is no key. Copy it again, without blanks and line breaks.")
	}
	return e, nil
}

func printable(s string) bool {
	for _, r := range s {
		if r < ' ' || r == 0x7f || r == '\uFFFD' {
			return false
		}
	}
	return true
}

func checkURL(raw string) error {
	u, err := url.Parse(raw)
	switch {
	case raw == "":
		return sales.Errorf(sales.Invalid, "Enter the address of the endpoint, as https://models.company.com/v1.")
	case err != nil || len(raw) > maxURL || u.Hostname() == "" || u.Opaque != "" || u.Scheme != "https" && u.Scheme != "http":
		return sales.Errorf(sales.Invalid, "This is no address of an endpoint. It looks like https://models.company.com/v1.")
	case u.User != nil || strings.ContainsAny(raw, "?#"):
		return sales.Errorf(sales.Invalid, "The address must hold no user, no ? and no #. The key has a field of its own.")
	}
	ip, err := netip.ParseAddr(u.Hostname())
	switch {
	case err == nil:
		if why := refusedIP(ip, u.Scheme == "http"); why != "" {
			return sales.Errorf(sales.Invalid, "%s", why)
		}
	case u.Scheme == "http" && !ownName(u.Hostname()):
		return sales.Errorf(sales.Invalid, "Use https: what people wrote, and the key, would go through the internet in plain. Plain http is for a machine of your own network.")
	}
	return nil
}

// ownName tells whether a name is one that only one's own network knows (RFC 6761
// section 6.3, RFC 6762 section 3; .internal is kept for it by ICANN).
func ownName(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, end := range []string{".localhost", ".local", ".internal", ".home.arpa"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return !strings.Contains(host, ".")
}

// refusedIP says why nothing is sent to an address; "" is nothing against it.
// plain is a connection without TLS.
func refusedIP(ip netip.Addr, plain bool) string {
	ip = ip.Unmap()
	switch {
	case ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip.IsUnspecified() || ip.Zone() != "" || !ip.IsValid() || ip == netip.MustParseAddr("fd00:ec2::254"):
		return fmt.Sprintf("The address %s belongs to the network itself, not to a model. Enter the address of the endpoint.", ip)
	case plain && !ip.IsLoopback() && !ip.IsPrivate():
		return fmt.Sprintf("Use https: %s is outside of your own network.", ip)
	}
	return ""
}
