package research

import (
	"context"
	"net"
	"strings"

	"ninetyten/internal/sales"
)

// Resolver looks up who takes mail for a domain; *net.Resolver is one.
type Resolver interface {
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
}

// mailOf says who carries the mail of a domain; "" when it is not known.
func (r *Reader) mailOf(ctx context.Context, domain string) string {
	ctx, cancel := context.WithTimeout(ctx, pageTime)
	defer cancel()
	list, err := r.o.Resolver.LookupMX(ctx, domain)
	if err != nil || len(list) == 0 {
		return ""
	}
	host := strings.ToLower(strings.TrimSuffix(list[0].Host, "."))
	for _, p := range mailProviders() {
		if host == p.host || strings.HasSuffix(host, "."+p.host) {
			return p.name
		}
	}
	if host == domain || strings.HasSuffix(host, "."+domain) {
		return "a server of their own"
	}
	return clean(host, 100)
}

// mailProviders are those whose servers many companies use, by the end of the name
// of the server.
func mailProviders() []struct{ host, name string } {
	return []struct{ host, name string }{
		{"mail.protection.outlook.com", "Microsoft 365"}, {"mx.microsoft", "Microsoft 365"}, {"google.com", "Google Workspace"}, {"googlemail.com", "Google Workspace"}, {"zoho.com", "Zoho Mail"}, {"zoho.eu", "Zoho Mail"},
		{"protonmail.ch", "Proton Mail"}, {"messagingengine.com", "Fastmail"}, {"pphosted.com", "Proofpoint, in front of their mail"}, {"ppe-hosted.com", "Proofpoint, in front of their mail"}, {"mimecast.com", "Mimecast, in front of their mail"},
		{"barracudanetworks.com", "Barracuda, in front of their mail"}, {"iphmx.com", "Cisco, in front of their mail"}, {"kundenserver.de", "Ionos"}, {"ionos.com", "Ionos"}, {"ovh.net", "OVH"}, {"strato.de", "Strato"}, {"rzone.de", "Strato"},
		{"secureserver.net", "GoDaddy"}, {"emailsrvr.com", "Rackspace"}, {"yandex.net", "Yandex"}, {"infomaniak.ch", "Infomaniak"}, {"gandi.net", "Gandi"}, {"hornetsecurity.com", "Hornetsecurity, in front of their mail"}, {"amazonaws.com", "Amazon WorkMail"},
	}
}

// mailFact is who carries the mail of a domain.
func (r *Reader) mailFact(ctx context.Context, domain string) []sales.Fact {
	if who := r.mailOf(ctx, domain); who != "" {
		return []sales.Fact{{Kind: sales.FactMail, Value: who, Source: sales.FromDNS, At: r.o.Now()}}
	}
	return nil
}
