package desk

import (
	"context"
	netmail "net/mail"
	"slices"
	"strings"

	"ninetyten/internal/mail"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

// maxCc is how many people get a copy of a mail at most.
const maxCc = 10

// Recipients are whom an answer to a message goes to when nobody says otherwise: who
// wrote it, with the person in copy when that was a colleague of theirs. msg is nil
// for a new mail, which goes to the person.
func Recipients(p sales.Person, msg *sales.Message) (to, cc string) {
	if msg == nil || msg.Direction != sales.Incoming || msg.Verdict.Kind != sales.KindReply {
		return p.Email, ""
	}
	from, err := sales.NormalAddress(msg.From)
	if err != nil || from == p.Email {
		return p.Email, ""
	}
	if msg.Verdict.Colleague != "" {
		return from, p.Email
	}
	return from, ""
}

// addressed reads whom a letter is for, and refuses those who must not be written to.
func (d *Desk) addressed(ctx context.Context, v sales.Viewer, p sales.Person, l Letter, w *sales.Letter) error {
	to, err := addresses(l.To)
	if err != nil {
		return err
	}
	if len(to) > 1 {
		return sales.Errorf(sales.Invalid, "A mail goes to one address. Put the others into Copy.")
	}
	if len(to) == 1 && to[0] != p.Email {
		w.To = to[0]
	}
	if w.Cc, err = addresses(l.Cc); err != nil {
		return err
	}
	w.Cc = slices.DeleteFunc(w.Cc, func(a string) bool { return a == w.To || w.To == "" && a == p.Email })
	if len(w.Cc) > maxCc {
		return sales.Errorf(sales.Invalid, "At most %d people get a copy. Take some out.", maxCc)
	}
	for _, a := range w.Others(p.Email) {
		x, yes, err := d.Store.Suppressed(ctx, v.WorkspaceID, a)
		if err != nil {
			return err
		}
		if yes {
			return sales.Errorf(sales.Forbidden, "%s must not be written to: %s, %s. Take the address out.", a, x.Reason, x.Source)
		}
	}
	return nil
}

// addresses reads a line of addresses, each once: bare ones, or with names before.
func addresses(line string) ([]string, error) {
	line = strings.NewReplacer(";", ",", "\n", ",", "\r", "").Replace(line)
	if len(line) > 2000 {
		return nil, sales.Errorf(sales.Invalid, "Those are too many addresses.")
	}
	var out []string
	for s := range strings.SplitSeq(line, ",") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		bare := s
		if a, err := netmail.ParseAddress(s); err == nil {
			bare = a.Address
		}
		a, err := sales.NormalAddress(bare)
		if err != nil {
			return nil, sales.Errorf(sales.Invalid, "“%s” is no mail address. Write them as name@company.example, with commas between.", clip(s, 80))
		}
		if !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out, nil
}

// filled puts values and snippets into a mail that has fields.
func (d *Desk) filled(ctx context.Context, v sales.Viewer, p sales.Person, mb sales.Mailbox, m *sales.Mailing, w *sales.Letter) error {
	if !render.HasFields(m.Subject + w.Body + w.HTML) {
		return nil
	}
	f, err := d.Fill(ctx, v, p, mb, 0)
	if err != nil {
		return err
	}
	list, err := d.Store.Snippets(ctx, v.WorkspaceID)
	if err != nil {
		return err
	}
	snippets := render.SnippetsOf(list)
	if m.Subject, err = render.Fill(m.Subject, false, f.Values, nil); err != nil {
		return render.Unfilled(err)
	}
	if w.HTML == "" {
		w.Body, err = render.Fill(w.Body, false, f.Values, snippets)
		return render.Unfilled(err)
	}
	html, err := render.Fill(w.HTML, true, f.Values, snippets)
	if err != nil {
		return render.Unfilled(err)
	}
	w.HTML, w.Body = mail.Written(html)
	return nil
}

// Gap says what a text would lack if it went to a person now: a field without a
// value, or braces that nobody can read. "" is nothing.
func (d *Desk) Gap(ctx context.Context, v sales.Viewer, p sales.Person, body string) (string, error) {
	m, w := sales.Mailing{}, sales.Letter{Body: body}
	err := d.filled(ctx, v, p, sales.Mailbox{UserID: v.UserID}, &m, &w)
	if sales.CodeOf(err) == sales.Invalid {
		return sales.Explain(err), nil
	}
	return "", err
}
