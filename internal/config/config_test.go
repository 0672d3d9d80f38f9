package config_test

import (
	"path/filepath"
	"strings"
	"testing"

	"ninetyten/internal/config"
	"ninetyten/internal/sales"
)

func TestPaths(t *testing.T) {
	c := config.Config{Data: "/var/lib/ninetyten"}
	if c.DatabaseURL() != filepath.Join(c.Data, "ninetyten.db") || c.SecretPath() != filepath.Join(c.Data, "secret.key") {
		t.Error(c.DatabaseURL(), c.SecretPath())
	}
	c.Database = "postgres://db.example/sales"
	if c.DatabaseURL() != c.Database {
		t.Error(c.DatabaseURL())
	}
}

func TestProxyNets(t *testing.T) {
	nets, err := config.Config{Proxies: []string{"10.0.0.0/8", " 192.0.2.1/32", "2001:db8::/32"}}.ProxyNets()
	if err != nil || len(nets) != 3 || nets[1].String() != "192.0.2.1/32" {
		t.Error(nets, err)
	}
	for _, bad := range []string{"", "10.0.0.1", "10.0.0.0/33", "proxy.example"} {
		_, err := config.Config{Proxies: []string{"10.0.0.0/8", bad}}.ProxyNets()
		if sales.CodeOf(err) != sales.Invalid || !strings.Contains(sales.Explain(err), "10.0.0.0/8") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
