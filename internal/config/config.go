// Package config is every setting of the program as one documented struct: its
// fields are the flags, the environment variables and the reference of the
// documentation.
package config

import (
	"net/netip"
	"path/filepath"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// Config are the settings of one node. The zero value with a Data folder works.
type Config struct {
	Data      string        `help:"Folder for the embedded database and the secret key." default:"./data" env:"NINETYTEN_DATA" placeholder:"DIR"`
	Database  string        `help:"postgres:// URL; without it the embedded SQLite database in the data folder." env:"NINETYTEN_DATABASE" placeholder:"URL"`
	Listen    string        `help:"Address of the pages." default:"127.0.0.1:8090" env:"NINETYTEN_LISTEN" placeholder:"HOST:PORT"`
	PublicURL string        `help:"Address under which buyers reach unsubscribe links, https://sales.company.com. It fills the setting of a new installation." env:"NINETYTEN_PUBLIC_URL" placeholder:"URL"`
	Secret    string        `help:"Master key as 64 hex digits, instead of the file secret.key in the data folder." env:"NINETYTEN_SECRET" placeholder:"HEX"`
	Proxies   []string      `help:"Networks of reverse proxies whose X-Forwarded-For and -Proto are believed." env:"NINETYTEN_PROXIES" placeholder:"CIDR"`
	Node      string        `help:"Name of this node, unlike all others; made up when empty." env:"NINETYTEN_NODE"`
	Workers   int           `help:"Jobs at a time on this node." default:"8" env:"NINETYTEN_WORKERS"`
	Pulse     time.Duration `help:"How often due work is looked for." default:"1s" env:"NINETYTEN_PULSE"`
	Lease     time.Duration `help:"How long the claims of a node on mailboxes and jobs outlive it." default:"15s" hidden:"" env:"NINETYTEN_LEASE"`
	LogLevel  string        `help:"debug, info, warn or error." default:"info" enum:"debug,info,warn,error" env:"NINETYTEN_LOG_LEVEL"`
	CrashAt   string        `help:"Kill this process at a named point (POINT or POINT:N): for crash tests." hidden:"" env:"NINETYTEN_CRASH_AT"`
}

// DatabaseURL is what db.Open takes.
func (c Config) DatabaseURL() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, "ninetyten.db")
}

// SecretPath is where the master key lies.
func (c Config) SecretPath() string { return filepath.Join(c.Data, "secret.key") }

// ProxyNets reads Proxies.
func (c Config) ProxyNets() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range c.Proxies {
		p, err := netip.ParsePrefix(strings.TrimSpace(s))
		if err != nil {
			return nil, sales.WrapError(sales.Invalid, err, "The proxy network "+s+" is not written like 10.0.0.0/8.")
		}
		out = append(out, p)
	}
	return out, nil
}
