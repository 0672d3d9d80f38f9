package intake

import (
	"context"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/casework"
	"ninetyten/internal/inbound"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// maxRecipients bounds how many people of one mail are looked up; a mail to more
// is a circular.
const maxRecipients = 50

// takeOutgoing handles a mail that the seller sent: ours, of which the runner
// keeps the books, or one written in another program, which counts towards the
// caps and the gap of the mailbox and is a touch by the seller: machines stop talking to the
// people whom it is for. Only what is in Sent surely left the mailbox; a mail from
// the seller elsewhere may be a copy of it, or forged.
func (in *Intake) takeOutgoing(ctx context.Context, tx *store.Tx, b *casework.Batch, mb sales.Mailbox, folder inbound.Folder, l *letter, now time.Time) ([]casework.Change, error) {
	ours, err := in.ours(ctx, tx, mb, l)
	if err != nil {
		return nil, err
	}
	if len(ours) > 0 {
		if err := in.learnName(ctx, tx, folder, l, ours, now); err != nil {
			return nil, err
		}
		return nil, in.seen(ctx, tx, folder, ours)
	}
	if l.parsed.Get("X-Ninetyten-Probe") != "" {
		return nil, nil
	}
	people, err := in.recipients(ctx, tx, mb, l)
	if err != nil {
		return nil, err
	}
	o := outgoing{msg: message(mb, folder, l, now), surely: folder.Role == inbound.RoleSent}
	o.at = leftAt(o.msg)
	if o.surely {
		who := sales.ID(0)
		if len(people) > 0 {
			who = people[0].ID
		}
		left := notAfter(o.at, now)
		fresh, err := tx.AddOutside(ctx, mb.WorkspaceID, mb.ID, o.msg.HeaderID, left, who)
		if err != nil {
			return nil, err
		}
		if fresh {
			if err := in.rest(ctx, tx, mb, left, now); err != nil {
				return nil, err
			}
		}
	}
	if len(people) == 0 {
		return nil, nil
	}
	if err := in.answers(ctx, tx, mb, l, &o); err != nil {
		return nil, err
	}
	before, kept, err := tx.KeptMessage(ctx, mb.WorkspaceID, mb.ID, o.msg.HeaderID)
	if err != nil {
		return nil, err
	}
	if kept {
		// A copy of it was read elsewhere, which proved nothing.
		if o.surely && before.Direction == sales.Outgoing && before.Folder != folder.Name {
			return nil, in.closeAnswered(ctx, tx, o, people, now)
		}
		return nil, nil
	}
	return in.wroteElsewhere(ctx, tx, b, mb, o, l, people, now)
}

// rest keeps the pause of a mailbox after a mail that left it at a moment.
func (in *Intake) rest(ctx context.Context, tx *store.Tx, mb sales.Mailbox, left, now time.Time) error {
	if now.Sub(left) > sales.MaxGap {
		return nil
	}
	mb, err := tx.Mailbox(ctx, mb.WorkspaceID, mb.ID) // with the limits of this moment
	if err != nil || mb.Limits.GapMin <= 0 {
		return err
	}
	until := left.Add(calendar.Gap(mb.Limits, uint64(left.UnixMicro()))) //nolint:gosec // only a seed
	if !until.After(now) {
		return nil
	}
	return tx.RestMailbox(ctx, mb.WorkspaceID, mb.ID, until)
}

// outgoing is a mail that the seller wrote in another program.
type outgoing struct {
	msg     sales.Message
	at      time.Time         // when it left, by the clock of the mail server, like the arrival of answers
	surely  bool              // it is in Sent
	threads map[sales.ID]bool // those of the messages that it answers; empty is none that is known
	first   sales.Message     // the newest of them; zero is none
}

// leftAt is when a mail left: when it was filed, or its date when that is more
// than a day before, because somebody moved old mail into the folder.
func leftAt(m sales.Message) time.Time {
	if m.Date.Before(m.ArrivedAt.Add(-24 * time.Hour)) {
		return m.Date
	}
	return m.ArrivedAt
}

// notAfter keeps a server whose clock runs ahead from writing into the future.
func notAfter(t, now time.Time) time.Time {
	if t.After(now) {
		return now
	}
	return t
}

// ours are the mailings that a mail of the seller is, by its Message-ID, or by
// the token in its header when a server wrote a Message-ID of its own.
func (in *Intake) ours(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) ([]sales.Mailing, error) {
	list, err := tx.MailingsByHeader(ctx, mb.WorkspaceID, []string{l.parsed.HeaderID})
	if err != nil || len(list) > 0 {
		return list, err
	}
	ws, id, err := in.Store.Keys.ParseToken(l.parsed.Get("X-Ninetyten-Ref"))
	if err != nil || ws != mb.WorkspaceID {
		return nil, nil //nolint:nilerr // it has none of ours
	}
	m, err := tx.Mailing(ctx, ws, id)
	if sales.CodeOf(err) == sales.NotFound || err == nil && m.MailboxID != mb.ID {
		return nil, nil
	}
	return []sales.Mailing{m}, err
}

// seen notes which of our mails in Sent had no result yet: the runner settles
// those of which nobody knows whether they went.
func (in *Intake) seen(ctx context.Context, tx *store.Tx, folder inbound.Folder, ours []sales.Mailing) error {
	if folder.Role != inbound.RoleSent {
		return nil
	}
	for _, m := range ours {
		if m.State != sales.MailingSending && m.State != sales.MailingUnknown {
			continue
		}
		if _, err := tx.SeenInSent(ctx, m.WorkspaceID, m.ID); err != nil {
			return err
		}
	}
	return nil
}

// recipients are the people we know among those whom a mail is for.
func (in *Intake) recipients(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) ([]sales.Person, error) {
	var people []sales.Person
	seen := map[string]bool{}
	to := append(append([]mail.Address{}, l.parsed.To...), l.parsed.Cc...)
	for _, v := range l.parsed.Values("Bcc") { // which only the seller's own copy has
		to = append(to, mail.ParseAddresses(v)...)
	}
	for _, a := range to {
		address, err := sales.NormalAddress(a.Addr)
		if err != nil || seen[address] || len(seen) == maxRecipients {
			continue
		}
		seen[address] = true
		p, err := tx.PersonByAddress(ctx, mb.WorkspaceID, address)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		people = append(people, p)
	}
	return people, nil
}
