package intake

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/importer"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// likely is somebody whose a message may be, while the signs are gathered.
type likely struct {
	person  sales.Person
	thread  sales.ID
	lastAt  time.Time // of the thread, or of our last touch
	like    likeness
	quoted  bool // it quotes a mail to them
	subject bool // it has the subject of a mail of ours to them
	invited bool // it answers an appointment to which we invited them
	company bool // it comes from the domain of their address
}

// weight says which signs count how much. A message is offered for nobody below
// enough: the company alone, or a subject alone, is nothing.
func (x likely) weight() int {
	n := map[likeness]int{sameName: 3, perhaps: 2, somebodyElse: -1}[x.like]
	for sign, w := range map[*bool]int{&x.quoted: 4, &x.invited: 4, &x.subject: 2, &x.company: 1} {
		if *sign {
			n += w
		}
	}
	return n
}

const enough = 2

// reason is why it may be theirs, for the seller who is asked.
func (x likely) reason() string {
	var signs []string
	if x.like == sameName {
		signs = append(signs, "the same name")
	}
	if x.like == perhaps {
		signs = append(signs, "an address that looks like the name")
	}
	if x.invited {
		signs = append(signs, "it answers your invitation to "+x.person.Email)
	}
	if x.quoted {
		signs = append(signs, "it quotes your mail to "+x.person.Email)
	}
	if x.subject {
		signs = append(signs, "the subject of your mail")
	}
	if x.company {
		signs = append(signs, "the same company")
	}
	text := strings.Join(signs, ", ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// wanted tells whether a seller is asked about a message of that kind at all.
func wanted(v sales.Verdict) bool {
	return v.Kind == sales.KindReply || v.Kind == sales.KindUnsubscribe || v.Kind == sales.KindAutoReply
}

// Rows that are looked at for one message.
const (
	maxSameSubject = 20
	maxAtCompany   = 50
	maxQuoted      = 10
)

// candidates gathers whose a message may be, the likeliest first: people to whom
// this mailbox wrote and whose name, company, subject or quoted mail it has.
// Nobody is offered of whom a seller said that the address is not theirs.
func (in *Intake) candidates(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) ([]likely, error) {
	if !wanted(l.verdict) {
		return nil, nil
	}
	name, from := l.parsed.FromName, l.parsed.From
	if l.parsed.Invite.Answers() {
		list, err := in.answering(ctx, tx, mb, l)
		if err != nil || len(list) == 0 {
			return nil, err // a colleague or a room of ours
		}
		name, from = list[0].Name, list[0].Addr
	}
	from, err := sales.NormalAddress(from)
	if err != nil {
		return nil, nil //nolint:nilerr // nobody has such an address
	}
	not, err := tx.NotTheirs(ctx, mb.WorkspaceID, from)
	if err != nil {
		return nil, err
	}
	found := &gathered{from: from, name: name, domain: sales.DomainOf(from), not: not}
	if importer.FreeMail(found.domain) {
		found.domain = "" // says nothing about the company
	}
	for _, look := range []func(context.Context, *store.Tx, sales.Mailbox, *letter, *gathered) error{in.invited, in.tagged, in.sameSubject, in.sameCompany, in.quoted} {
		if err := look(ctx, tx, mb, l, found); err != nil {
			return nil, err
		}
	}
	list := slices.DeleteFunc(found.list, func(x likely) bool { return x.weight() < enough })
	slices.SortStableFunc(list, func(a, b likely) int { return cmp.Or(cmp.Compare(b.weight(), a.weight()), b.lastAt.Compare(a.lastAt)) })
	return list[:min(len(list), sales.MaxCandidates)], nil
}

// gathered are the people who were found so far.
type gathered struct {
	from, name, domain string
	not                []sales.ID
	list               []likely
}

// of gives the entry of a person, a new one when there is none; nil when the
// address is not theirs.
func (g *gathered) of(p sales.Person) *likely {
	for i := range g.list {
		if g.list[i].person.ID == p.ID {
			return &g.list[i]
		}
	}
	if p.ID == 0 || p.LastOutAt.IsZero() || slices.Contains(g.not, p.ID) {
		return nil
	}
	x := likely{person: p, lastAt: p.LastOutAt, like: like(p, g.name, g.from)}
	x.company = g.domain != "" && sales.DomainOf(p.Email) == g.domain
	g.list = append(g.list, x)
	return &g.list[len(g.list)-1]
}

// invited looks for those whom we invited to the appointment that is answered.
func (in *Intake) invited(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter, g *gathered) error {
	if !l.parsed.Invite.Answers() || l.parsed.Invite.Name() == "" {
		return nil
	}
	names, err := tx.MailNames(ctx, mb.WorkspaceID, mb.ID, []string{l.parsed.Invite.Name()})
	if err != nil {
		return err
	}
	for _, n := range names {
		p, err := tx.Person(ctx, mb.WorkspaceID, n.PersonID)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		if x := g.of(p); x != nil {
			x.invited, x.thread = true, n.ThreadID
		}
	}
	return nil
}

// tagged looks for the address without its tag.
func (in *Intake) tagged(ctx context.Context, tx *store.Tx, mb sales.Mailbox, _ *letter, g *gathered) error {
	if untagged(g.from) == g.from {
		return nil
	}
	p, err := tx.PersonByAddress(ctx, mb.WorkspaceID, untagged(g.from))
	if sales.CodeOf(err) == sales.NotFound {
		return nil
	}
	g.of(p)
	return err
}

// sameSubject looks for threads with the subject of the message, with people of
// the company or of the name.
func (in *Intake) sameSubject(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter, g *gathered) error {
	name := g.name
	if len(words(name)) < 2 {
		name = ""
	}
	list, err := tx.SubjectThreads(ctx, mb.WorkspaceID, mb.ID, mail.BareSubject(l.parsed.Subject), g.domain, name, maxSameSubject)
	for _, t := range list {
		if x := g.of(t.Person); x != nil && !x.subject {
			x.subject, x.thread, x.lastAt = true, t.ID, t.LastAt
		}
	}
	return err
}

// sameCompany looks for the name at the accounts of the domain.
func (in *Intake) sameCompany(ctx context.Context, tx *store.Tx, mb sales.Mailbox, _ *letter, g *gathered) error {
	if g.domain == "" {
		return nil
	}
	list, err := tx.WrittenAt(ctx, mb.WorkspaceID, g.domain, maxAtCompany)
	for _, p := range list {
		if like(p, g.name, g.from) >= perhaps {
			g.of(p)
		}
	}
	return err
}

// quoted looks for the addresses in what the message quotes or passes on: those
// of people to whom this mailbox wrote.
func (in *Intake) quoted(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter, g *gathered) error {
	if sales.DomainOf(mb.Address) == g.domain {
		return nil // somebody on our side passes mail around
	}
	for _, address := range quotedAddresses(l.parsed) {
		if address == mb.Address || address == g.from {
			continue
		}
		p, err := tx.PersonByAddress(ctx, mb.WorkspaceID, address)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		threads, err := tx.ThreadsOf(ctx, mb.WorkspaceID, p.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(threads, func(t sales.Thread) bool { return t.MailboxID == mb.ID })
		if i < 0 {
			continue
		}
		if x := g.of(p); x != nil {
			x.quoted = true
			if x.thread == 0 {
				x.thread = threads[i].ID
			}
		}
	}
	return nil
}

// quotedAddresses are the first addresses in what a mail quotes or encloses.
func quotedAddresses(p *mail.Parsed) []string {
	text := p.Quoted
	if len(text) > 64<<10 {
		text = text[:64<<10]
	}
	var out []string
	add := func(s string) {
		address, err := sales.NormalAddress(s)
		if err == nil && !slices.Contains(out, address) && len(out) < maxQuoted {
			out = append(out, address)
		}
	}
	if p.Original != nil {
		for _, a := range p.Original.To {
			add(a.Addr)
		}
	}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r <= ' ' || strings.ContainsRune("<>()[]\"',;:|", r) }) {
		if strings.Contains(word, "@") {
			add(strings.Trim(word, ".*_"))
		}
	}
	return out
}
