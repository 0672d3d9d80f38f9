package casework

import (
	"context"
	"strings"
	"time"

	"ninetyten/internal/dossier"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// How much of a person a dossier is made from, however much there is.
const (
	dossierMoves = 200
	dossierMails = 20
)

// Gather reads what a dossier of a person is made from. freeMail tells whether a domain
// is one of anybody; nil is none.
func Gather(ctx context.Context, st *store.Store, p sales.Person, now time.Time, freeMail func(string) bool) (dossier.Input, error) {
	in := dossier.Input{Person: p, Mails: map[sales.ID]string{}, Verdicts: map[sales.ID]sales.Verdict{}}
	var err error
	if in.Account, err = st.Account(ctx, p.WorkspaceID, p.AccountID); err != nil && sales.CodeOf(err) != sales.NotFound {
		return in, err
	}
	if in.Moves, err = st.MovesOf(ctx, p.WorkspaceID, p.ID, dossierMoves); err != nil {
		return in, err
	}
	msgs, err := st.MessagesOf(ctx, p.WorkspaceID, p.ID, dossierMails)
	if err != nil {
		return in, err
	}
	for _, m := range msgs {
		if m.Direction == sales.Incoming {
			in.Mails[m.ID], in.Verdicts[m.ID] = clipBytes(m.Text, 20_000), m.Verdict
		}
	}
	users, err := st.Users(ctx, p.WorkspaceID)
	if err != nil {
		return in, err
	}
	in.Cast = dossier.Cast{First: strings.TrimSpace(p.FirstName), Users: map[sales.ID]string{}}
	if in.Cast.First == "" {
		in.Cast.First = p.Name()
	}
	for _, u := range users {
		in.Cast.Users[u.ID] = u.FirstName()
		if u.ID == p.OwnerID {
			if loc, err := time.LoadLocation(u.Zone); err == nil {
				in.Cast.Zone = loc
			}
		}
	}
	if in.Points, err = st.PointsOf(ctx, p.WorkspaceID, p.ID); err != nil {
		return in, err
	}
	known, err := st.FactsOf(ctx, p.WorkspaceID, in.Account.ID)
	if err != nil {
		return in, err
	}
	in.Facts = dossier.Judge(append(recordFacts(p, in.Account, msgs, freeMail), known...), now)
	return in, nil
}

func clipBytes(s string, n int) string {
	if len(s) > n {
		return strings.ToValidUTF8(s[:n], "")
	}
	return s
}

// recordFacts are what the record says, and what the newest signature of the person
// says instead or besides.
func recordFacts(p sales.Person, a sales.Account, msgs []sales.Message, freeMail func(string) bool) []sales.Fact {
	var out []sales.Fact
	add := func(kind sales.FactKind, value string, from sales.FactSource, at time.Time) {
		if value = strings.TrimSpace(value); value != "" {
			out = append(out, sales.Fact{WorkspaceID: p.WorkspaceID, Kind: kind, Value: clipBytes(value, 300), Source: from, At: at})
		}
	}
	add(sales.FactTitle, p.Title, sales.FromRecord, p.UpdatedAt)
	add(sales.FactPhone, p.Phone, sales.FromRecord, p.UpdatedAt)
	add(sales.FactName, a.Name, sales.FromRecord, a.CreatedAt)
	add(sales.FactDomain, a.Domain, sales.FromRecord, a.CreatedAt)
	if d := sales.DomainOf(p.Email); d != "" && a.Domain != "" && (freeMail == nil || !freeMail(d)) {
		add(sales.FactDomain, d, sales.FromSignature, p.UpdatedAt)
	}
	for _, m := range msgs {
		if m.Direction != sales.Incoming || m.Verdict.Kind != sales.KindReply || !strings.EqualFold(m.From, p.Email) {
			continue
		}
		// The newest mail of their own speaks; those of before are old news.
		sig := mail.SplitReply(clipBytes(m.FullText, 20_000), m.FromName, m.From).Signature
		c := mail.ReadContact(sig, m.FromName, m.From)
		add(sales.FactTitle, c.Title, sales.FromSignature, m.ArrivedAt)
		if len(c.Phones) > 0 && !samePhone(c.Phones, p.Phone) {
			add(sales.FactPhone, c.Phones[0].Number, sales.FromSignature, m.ArrivedAt)
		}
		break
	}
	return out
}

// samePhone tells whether one of the numbers of a signature is that of the record.
func samePhone(list []mail.Phone, phone string) bool {
	for _, x := range list {
		if dossier.Same(sales.FactPhone, x.Number, phone) {
			return true
		}
	}
	return false
}
