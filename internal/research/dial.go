package research

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"ninetyten/internal/sales"
)

// Dial opens a connection; net.Dialer.DialContext has this form.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// guarded is the dialer of the real world: it connects to public addresses alone.
func guarded() Dial {
	d := &net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error { return CheckAddress(address) }}
	return d.DialContext
}

// CheckAddress refuses the address of a connection that leads anywhere but to the
// public internet: what is private, loopback, link-local (metadata services), shared,
// reserved, multicast or a way of writing one of those in IPv6, and every port but
// 80 and 443. address is an IP with a port, as it is dialed.
func CheckAddress(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return sales.WrapError(sales.Forbidden, err, "This is no address of a web site.")
	}
	if at.Port() != 80 && at.Port() != 443 {
		return sales.Errorf(sales.Forbidden, "A web site is read on its usual ports only, and this one is on port %d.", at.Port())
	}
	if !public(at.Addr()) {
		return sales.Errorf(sales.Forbidden, "The site leads into a private network (%s), so it was not read.", at.Addr())
	}
	return nil
}

// public tells whether an address belongs to the public internet. The list is that
// of the IANA special-purpose registries (RFC 6890).
func public(ip netip.Addr) bool {
	if ip.Zone() != "" || !ip.IsValid() {
		return false
	}
	ip = ip.Unmap()
	for _, p := range special() {
		if p.Contains(ip) {
			return false
		}
	}
	return ip.IsGlobalUnicast() && !ip.IsPrivate() && !ip.IsLoopback() && !ip.IsLinkLocalUnicast()
}

// special are the networks that are not the public internet, besides those that
// netip knows. Ways to write an IPv4 address in IPv6 (RFC 6052, 3056, 4380) are left
// out as a whole.
func special() []netip.Prefix {
	list := []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
		"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
		"::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
	}
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// transport makes one that goes through dial and through no proxy: a proxy would
// hide whereto it connects.
func transport(dial Dial) *http.Transport {
	return &http.Transport{
		Proxy: nil, DialContext: dial, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 10 * time.Second, MaxResponseHeaderBytes: 64 << 10,
		MaxConnsPerHost: 1, MaxIdleConns: 4, IdleConnTimeout: 20 * time.Second, ForceAttemptHTTP2: true,
	}
}
