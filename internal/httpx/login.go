package httpx

import (
	"math"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// LoginLimits slows down the guessing of passwords: few tries for one account
// from one address, more for an address over all accounts, and more for an
// account over all addresses, so that one attacker does not lock out its owner.
type LoginLimits struct {
	pair, address, account *Limiter
}

// NewLoginLimits keeps at most about 3 x 20,000 keys.
func NewLoginLimits() *LoginLimits {
	const keys = 20_000
	return &LoginLimits{
		pair:    NewLimiter(time.Minute, 6, keys),
		address: NewLimiter(6*time.Second, 40, keys),
		account: NewLimiter(12*time.Second, 60, keys),
	}
}

// Try takes one try. It returns a Limited error that says when to try again.
func (l *LoginLimits) Try(ip, account string, now time.Time) error {
	account = strings.ToLower(strings.TrimSpace(account))
	if len(account) > 254 {
		account = account[:254]
	}
	ip = network(ip)
	for _, check := range []struct {
		limiter *Limiter
		key     string
	}{{l.address, ip}, {l.pair, ip + " " + account}, {l.account, account}} {
		if ok, wait := check.limiter.Allow(check.key, now); !ok {
			return sales.Errorf(sales.Limited, "Too many attempts to log in. Try again in %s. If you forgot the password, an administrator can make you a new link.", seconds(wait))
		}
	}
	return nil
}

// Right forgets the tries of this account from this address.
func (l *LoginLimits) Right(ip, account string) {
	l.pair.Forget(network(ip) + " " + strings.ToLower(strings.TrimSpace(account)))
}

// network is whom tries count against: an IPv4 address, or the /64 of an IPv6 one,
// all of which one customer has (RFC 6177 section 2).
func network(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil || a.Unmap().Is4() {
		return ip
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return ip
	}
	return p.String()
}

func seconds(d time.Duration) string {
	s := int(math.Ceil(d.Seconds()))
	switch {
	case s <= 1:
		return "a second"
	case s < 90:
		return strconv.Itoa(s) + " seconds"
	}
	return strconv.Itoa((s+59)/60) + " minutes"
}
