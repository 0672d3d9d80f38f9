package intake

import (
	"context"
	"strings"

	"ninetyten/internal/importer"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

const (
	maxBrought = 5  // colleagues that one mail names
	maxEarlier = 20 // mails of the thread that are asked who was in it before
)

// brought is whom a reply brings in: people of their company to whom it goes too,
// and to whom no earlier mail of the thread went. An address that stands for a desk
// is nobody, and one that is only written like the person's is theirs.
func (in *Intake) brought(ctx context.Context, tx *store.Tx, mb sales.Mailbox, p sales.Person, msg sales.Message, l *letter) ([]string, error) {
	if msg.Verdict.Kind != sales.KindReply || msg.Verdict.Invitation != nil {
		return nil, nil
	}
	ours := sales.DomainOf(mb.Address)
	theirs := map[string]bool{}
	for _, d := range []string{sales.DomainOf(p.Email), sales.DomainOf(msg.From)} {
		theirs[d] = d != "" && d != ours && !importer.FreeMail(d)
	}
	seen := map[string]bool{strings.ToLower(msg.From): true, p.Email: true}
	var found []mail.Address
	for _, a := range append(append([]mail.Address{}, l.parsed.To...), l.parsed.Cc...) {
		address, err := sales.NormalAddress(a.Addr)
		if err != nil || seen[address] || !theirs[sales.DomainOf(address)] || isDesk(address) || like(p, a.Name, address) == sameName {
			continue
		}
		seen[address] = true
		found = append(found, mail.Address{Name: a.Name, Addr: address})
	}
	if len(found) == 0 {
		return nil, nil
	}
	before, err := in.inThread(ctx, tx, msg)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, a := range found {
		if !before[a.Addr] && len(out) < maxBrought {
			out = append(out, called(a.Name, a.Addr))
		}
	}
	return out, nil
}

// inThread are the addresses from and to which the earlier mails of the thread went.
func (in *Intake) inThread(ctx context.Context, tx *store.Tx, msg sales.Message) (map[string]bool, error) {
	list, err := tx.HeadersOf(ctx, msg.WorkspaceID, msg.ThreadID, maxEarlier)
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, raw := range list {
		h := mail.Parse(raw)
		out[strings.ToLower(h.From)] = true
		for _, a := range append(append([]mail.Address{}, h.To...), h.Cc...) {
			out[strings.ToLower(a.Addr)] = true
		}
	}
	return out, nil
}

// isDesk tells whether an address stands for no person.
func isDesk(address string) bool {
	local, _, _ := strings.Cut(address, "@")
	switch strings.NewReplacer(".", "", "-", "", "_", "").Replace(local) {
	case "info", "office", "sales", "support", "service", "help", "helpdesk", "contact", "mail", "team", "admin", "crm", "tickets", "noreply", "donotreply", "postmaster", "webmaster", "archive", "kontakt", "buero", "comercial", "geral", "all", "everyone":
		return true
	}
	return false
}
