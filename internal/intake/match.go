package intake

import (
	"context"
	"slices"
	"strings"

	"ninetyten/internal/importer"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// How a message was matched, the surest first.
const (
	matchedReferences = "references" // it names a Message-ID of ours
	matchedToken      = "token"      // it carries a link or a header that only our mail has
	matchedInvitation = "invitation" // it answers an appointment to which this mailbox invited
	matchedReport     = "report"     // a report names somebody to whom this mailbox wrote
	matchedSender     = "sender"     // it comes from an address of a person, or answers an invitation in their name
	matchedAsked      = "asked"      // a seller is asked whose it is
)

// match is whose a message is.
type match struct {
	person  sales.Person
	mailing sales.Mailing // zero when it answers none of ours that we know
	thread  sales.ID      // zero when it begins one
	how     string
}

// match finds whose a message surely is: by References, then by token, then by the
// appointment that it answers, then by sender. A report only counts for somebody
// to whom we wrote.
func (in *Intake) match(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) (match, error) {
	for _, try := range []func(context.Context, *store.Tx, sales.Mailbox, *letter) (match, error){in.byReferences, in.byToken, in.byInvitation, in.byRecipients, in.bySender} {
		m, err := try(ctx, tx, mb, l)
		if err != nil || m.person.ID != 0 {
			return m, err
		}
	}
	return match{}, nil
}

// ids are the Message-IDs that the mail says it is about.
func (l *letter) ids() []string {
	out := append([]string{}, l.parsed.OurIDs...)
	if l.verdict.OriginalID != "" {
		out = append(out, l.verdict.OriginalID)
	}
	return out
}

func (in *Intake) byReferences(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) (match, error) {
	ids := l.ids()
	mailings, err := tx.MailingsByHeader(ctx, mb.WorkspaceID, ids)
	if err != nil {
		return match{}, err
	}
	if len(mailings) > 0 {
		newest := mailings[0]
		for _, m := range mailings {
			if m.SentAt.After(newest.SentAt) {
				newest = m
			}
		}
		return in.ofMailing(ctx, tx, newest, matchedReferences)
	}
	msgs, err := tx.MessagesByHeader(ctx, mb.WorkspaceID, ids)
	if err != nil {
		return match{}, err
	}
	for _, m := range msgs {
		if m.PersonID == 0 || m.MailboxID != mb.ID {
			continue
		}
		p, err := tx.Person(ctx, mb.WorkspaceID, m.PersonID)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		return match{person: p, thread: m.ThreadID, how: matchedReferences}, err
	}
	names, err := tx.MailNames(ctx, mb.WorkspaceID, mb.ID, ids)
	if err != nil || len(names) == 0 {
		return match{}, err
	}
	newest := names[0]
	for _, n := range names {
		if n.At.After(newest.At) {
			newest = n
		}
	}
	return in.ofName(ctx, tx, newest, matchedReferences)
}

// ofName is the match of a mail that answers a mail of ours by another name of it.
func (in *Intake) ofName(ctx context.Context, tx *store.Tx, n sales.MailName, how string) (match, error) {
	if n.MailingID != 0 {
		m, err := tx.Mailing(ctx, n.WorkspaceID, n.MailingID)
		if err == nil {
			return in.ofMailing(ctx, tx, m, how)
		}
		if sales.CodeOf(err) != sales.NotFound {
			return match{}, err
		}
	}
	p, err := tx.Person(ctx, n.WorkspaceID, n.PersonID)
	if sales.CodeOf(err) == sales.NotFound {
		return match{}, nil
	}
	return match{person: p, thread: n.ThreadID, how: how}, err
}

// ofMailing is the match of a mail that answers, or reports on, a mailing.
func (in *Intake) ofMailing(ctx context.Context, tx *store.Tx, m sales.Mailing, how string) (match, error) {
	p, err := tx.Person(ctx, m.WorkspaceID, m.PersonID)
	if sales.CodeOf(err) == sales.NotFound {
		return match{}, nil
	}
	return match{person: p, mailing: m, thread: m.ThreadID, how: how}, err
}

func (in *Intake) byToken(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) (match, error) {
	for _, t := range l.parsed.Tokens {
		ws, id, err := in.Store.Keys.ParseToken(t)
		if err != nil || ws != mb.WorkspaceID {
			continue
		}
		m, err := tx.Mailing(ctx, ws, id)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return match{}, err
		}
		return in.ofMailing(ctx, tx, m, matchedToken)
	}
	return match{}, nil
}

// byRecipients matches a report that names only addresses. One that names a
// stranger changes nothing.
func (in *Intake) byRecipients(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) (match, error) {
	switch l.verdict.Kind {
	case sales.KindBounce, sales.KindDelay, sales.KindComplaint:
	default:
		return match{}, nil
	}
	for _, r := range l.verdict.Recipients {
		address, err := sales.NormalAddress(r.Address)
		if err != nil {
			continue
		}
		p, err := tx.PersonByEmail(ctx, mb.WorkspaceID, address)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return match{}, err
		}
		if p.LastOutAt.IsZero() {
			continue // nobody wrote to them: the report cannot be about us
		}
		return match{person: p, how: matchedReport}, nil
	}
	return match{}, nil
}

// byInvitation matches the answer to an appointment that a mail of this mailbox
// invited to: who answers is one who was invited, or looks like the only one whom
// we know. Others answer too: rooms, colleagues to whom it was passed on.
func (in *Intake) byInvitation(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) (match, error) {
	if !l.parsed.Invite.Answers() || l.parsed.Invite.Name() == "" {
		return match{}, nil
	}
	names, err := tx.MailNames(ctx, mb.WorkspaceID, mb.ID, []string{l.parsed.Invite.Name()})
	if err != nil || len(names) == 0 {
		return match{}, err
	}
	for _, address := range senders(mb, l) {
		p, err := tx.PersonByAddress(ctx, mb.WorkspaceID, address)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return match{}, err
		}
		for _, n := range names {
			if n.PersonID == p.ID {
				return in.ofName(ctx, tx, n, matchedInvitation)
			}
		}
	}
	if len(names) > 1 {
		return match{}, nil
	}
	p, err := tx.Person(ctx, mb.WorkspaceID, names[0].PersonID)
	if err != nil {
		if sales.CodeOf(err) == sales.NotFound {
			err = nil
		}
		return match{}, err
	}
	list, err := in.answering(ctx, tx, mb, l)
	for _, a := range list {
		if like(p, a.Name, a.Addr) >= perhaps {
			return in.ofName(ctx, tx, names[0], matchedInvitation)
		}
	}
	return match{}, err
}

// answering are those in whose name an invitation is answered, with addresses in
// normal form: the attendees of the answer, and only when it names none its sender.
// People of our own company are left out: they are no buyers.
func (in *Intake) answering(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) ([]mail.Address, error) {
	users, err := tx.UsersIn(ctx, mb.WorkspaceID)
	if err != nil {
		return nil, err
	}
	var list, out []mail.Address
	for _, a := range l.parsed.Invite.Attendees {
		list = append(list, a.Address)
	}
	if len(list) == 0 {
		list = []mail.Address{{Name: l.parsed.FromName, Addr: l.parsed.From}}
	}
	for _, a := range list[:min(len(list), maxSenders)] {
		address, err := sales.NormalAddress(a.Addr)
		if err != nil || ours(mb, users, address) {
			continue
		}
		out = append(out, mail.Address{Name: a.Name, Addr: address})
	}
	return out, nil
}

// ours tells whether an address is of our own company: that of a user, or at the
// domain of the mailbox, unless a provider gives that to anybody.
func ours(mb sales.Mailbox, users []sales.User, address string) bool {
	domain := sales.DomainOf(address)
	return domain == sales.DomainOf(mb.Address) && !importer.FreeMail(domain) || address == mb.Address ||
		slices.ContainsFunc(users, func(u sales.User) bool { return strings.EqualFold(u.Email, address) })
}

// senders are the addresses in whose name a mail comes, in normal form: of the
// answer to an invitation first those who answer (RFC 5546 section 3.2.3), because
// calendars send such mail from addresses of their own.
func senders(mb sales.Mailbox, l *letter) []string {
	var list []string
	if l.parsed.Invite.Answers() {
		for _, a := range l.parsed.Invite.Attendees {
			list = append(list, a.Addr)
		}
	}
	var out []string
	for _, from := range append(list, l.parsed.From, l.parsed.ReplyTo, l.parsed.Sender) {
		address, err := sales.NormalAddress(from)
		if err == nil && address != mb.Address && !slices.Contains(out, address) && len(out) < maxSenders {
			out = append(out, address)
		}
	}
	return out
}

// maxSenders bounds how many addresses of one mail are looked up.
const maxSenders = 10

func (in *Intake) bySender(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) (match, error) {
	for _, address := range senders(mb, l) {
		p, err := tx.PersonByAddress(ctx, mb.WorkspaceID, address)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return match{}, err
		}
		m := match{person: p, how: matchedSender}
		subject := l.parsed.Subject
		if l.parsed.Invite.Answers() && l.parsed.Invite.Title != "" {
			subject = l.parsed.Invite.Title
		}
		m.thread, err = in.threadBySubject(ctx, tx, mb, p, subject)
		return m, err
	}
	return match{}, nil
}

// threadBySubject finds the thread of a person that has the same subject.
func (in *Intake) threadBySubject(ctx context.Context, tx *store.Tx, mb sales.Mailbox, p sales.Person, subject string) (sales.ID, error) {
	threads, err := tx.ThreadsOf(ctx, mb.WorkspaceID, p.ID)
	if err != nil {
		return 0, err
	}
	bare := mail.BareSubject(subject)
	for _, t := range threads {
		if t.MailboxID == mb.ID && mail.BareSubject(t.Subject) == bare {
			return t.ID, nil
		}
	}
	return 0, nil
}

// thread gives the thread of a message, and begins one when it has none. The
// thread of a mailing begins when its result is recorded; an answer that is
// faster than that, or than a crash, begins it.
func (in *Intake) thread(ctx context.Context, tx *store.Tx, mb sales.Mailbox, m match, msg sales.Message) (sales.ID, error) {
	if m.thread != 0 && (m.mailing.State == sales.MailingSent || m.mailing.ID == 0) {
		return m.thread, nil
	}
	t := sales.Thread{WorkspaceID: mb.WorkspaceID, ID: m.thread, PersonID: m.person.ID, MailboxID: mb.ID, Subject: msg.Subject, LastAt: msg.ArrivedAt, LastHeader: msg.HeaderID}
	if t.ID == 0 {
		t.ID = tx.NewID()
	}
	return t.ID, tx.InsertThread(ctx, t)
}
