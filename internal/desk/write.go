package desk

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/engine"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Letter is a mail that a person writes.
type Letter struct {
	PersonID  sales.ID
	MailboxID sales.ID // 0: the viewer's first
	ReplyTo   sales.ID // the message that it answers; 0 begins a thread
	TaskID    sales.ID // the handoff that it closes; 0 is none
	To        string   // an address other than the person's own; "" is theirs
	Cc        string   // addresses, with commas between them
	Subject   string
	Body      string // plain text, without the quoted part
	HTML      string // the same from an editor, which goes before Body; "" is plain text
	Quote     bool   // put the answered mail below, quoted
	Files     []sales.ID
	Later     sales.LaterKind
	At        time.Time // of LaterAt
	// Nonce makes a form that is sent twice one mail; pages put a random value.
	Nonce string
	Chase string // why it goes although it is their move; asked for then
	Door  bool   // the one mail that says the door is open; then they rest
}

// maxLetter bounds what a person writes, in bytes.
const maxLetter = 200_000

// Write puts a mail written by hand into the outbox: it goes after Desk.UndoFor,
// or at the moment that was chosen, unless it is taken back. Merge fields and
// snippets in it are filled with the values of the person; one without a value is
// an Invalid error. An answer has the right In-Reply-To and References and quotes
// what it answers. What the person writes before a chosen moment stops the mail.
func (d *Desk) Write(ctx context.Context, v sales.Viewer, l Letter) (Undo, error) {
	p, err := d.person(ctx, v, l.PersonID)
	if err != nil {
		return Undo{}, err
	}
	if err := d.mayWrite(ctx, v, p); err != nil {
		return Undo{}, err
	}
	chase, err := d.chaseOf(ctx, v, p, l)
	if err != nil {
		return Undo{}, err
	}
	m, w, err := d.composed(ctx, v, p, l)
	if err != nil {
		return Undo{}, err
	}
	cards, err := d.Store.Cards(ctx, v.WorkspaceID)
	if err != nil {
		return Undo{}, err
	}
	var closed []string
	err = d.inTx(ctx, func(tx *store.Tx) error {
		closed = nil
		x, fresh, err := d.queued(ctx, tx, m)
		if err != nil {
			return err
		}
		m.ID, m.State, m.DueAt = x.ID, x.State, x.DueAt
		if err := d.keepChase(ctx, tx, chase, m.ID); err != nil {
			return err
		}
		if closed, err = d.answered(ctx, tx, v, p, l.TaskID); err != nil {
			return err
		}
		if fresh {
			if err := keepLetter(ctx, tx, x.ID, w, closed); err != nil {
				return err
			}
		}
		if err := tx.DropDraft(ctx, v.WorkspaceID, v.UserID, p.ID, m.ThreadID); err != nil {
			return err
		}
		if err := d.dealt(ctx, tx, v, p); err != nil {
			return err
		}
		return d.useCards(ctx, tx, v, p, cardsIn(w.Body, cards), sales.FromMessage, m.ID, d.now())
	})
	if err != nil {
		return Undo{}, err
	}
	u := Undo{Say: "Mail to " + p.Name() + " is on its way.", Token: fmt.Sprintf("mail/%d/%s", m.ID, strings.Join(closed, ","))}
	switch {
	case m.State != sales.MailingQueued:
		u = Undo{Say: "This mail to " + p.Name() + " went already."}
	case m.DueAt.After(d.now().Add(d.UndoFor + time.Second)):
		u.Say = "The mail to " + p.Name() + " goes " + d.inWords(ctx, v, m.DueAt) + ", unless they write before."
		d.changed(ctx, p, "A mail to "+p.Name()+" waits for its time")
		return u, nil
	}
	d.changed(ctx, p, "A mail to "+p.Name()+" is on its way")
	d.kick(v.WorkspaceID)
	return u, nil
}

// composed is the mailing and the letter that a form asks for, checked and filled.
func (d *Desk) composed(ctx context.Context, v sales.Viewer, p sales.Person, l Letter) (sales.Mailing, sales.Letter, error) {
	w := sales.Letter{WorkspaceID: v.WorkspaceID, PersonID: p.ID, UserID: v.UserID, Body: strings.ReplaceAll(l.Body, "\r\n", "\n"), Later: l.Later}
	m := sales.Mailing{
		WorkspaceID: v.WorkspaceID, ID: d.Store.NewID(), PersonID: p.ID, UserID: v.UserID, Kind: sales.MailingManual, State: sales.MailingQueued,
		Subject: strings.TrimSpace(l.Subject), FollowUp: true, CreatedAt: d.now(),
	}
	if l.HTML != "" {
		w.HTML, w.Body = mail.Written(l.HTML)
	}
	if strings.TrimSpace(w.Body) == "" {
		return m, w, sales.Errorf(sales.Invalid, "The mail is empty. Write something first.")
	}
	if len(w.Body) > maxLetter || len(l.HTML) > 2*maxLetter || len(l.Subject) > 900 {
		return m, w, sales.Errorf(sales.Invalid, "The mail is too long: at most 900 characters of subject and 200,000 of text.")
	}
	mb, err := d.mailboxFor(ctx, v, l)
	if err != nil {
		return m, w, err
	}
	m.MailboxID = mb.ID
	if err := d.filled(ctx, v, p, mb, &m, &w); err != nil {
		return m, w, err
	}
	if err := d.addressed(ctx, v, p, l, &w); err != nil {
		return m, w, err
	}
	if w.Files, err = d.carried(ctx, v, l.Files); err != nil {
		return m, w, err
	}
	if m.DueAt, err = d.dueAt(ctx, v, p, l); err != nil {
		return m, w, err
	}
	if w.Later != "" {
		w.Unless = d.now()
	}
	if l.ReplyTo != 0 {
		if err := d.inThread(ctx, v, p, l, &m, &w); err != nil {
			return m, w, err
		}
	}
	if m.Subject == "" {
		return m, w, sales.Errorf(sales.Invalid, "A new mail needs a subject.")
	}
	if m.To = p.Email; w.To != "" {
		m.To = w.To
	}
	m.Body = w.Body
	if w.Quote != "" {
		m.Body = strings.TrimRight(w.Body, "\n") + "\n\n" + w.Quote
	}
	m.Key = keyOf(v, l, m, w)
	return m, w, nil
}

// keyOf is the key under which a mail is queued. What it says and to whom is part
// of it: taken back, changed and sent again is another mail. When it is to go is
// not: a form that is sent twice never makes two mails.
func keyOf(v sales.Viewer, l Letter, m sales.Mailing, w sales.Letter) string {
	if l.Nonce == "" {
		return "manual/" + m.ID.String()
	}
	text := sha256.Sum256(fmt.Append(nil, m.PersonID, "\x00", m.Subject, "\x00", m.Body, "\x00", w.HTML, "\x00", w.To, "\x00", w.Cc, "\x00", w.Files))
	return fmt.Sprintf("manual/%d/%s/%x", v.UserID, clip(l.Nonce, 64), text[:8])
}

// queued puts a mail into the outbox and gives it as it stands there: a form that
// is sent twice finds the mail of the first time, and fresh is false. One that an
// answer stopped is not put back by a form from before.
func (d *Desk) queued(ctx context.Context, tx *store.Tx, m sales.Mailing) (x sales.Mailing, fresh bool, err error) {
	x, err = tx.MailingByKey(ctx, m.WorkspaceID, m.Key)
	switch {
	case err == nil && x.State == sales.MailingCanceled && x.LastError == engine.WhyStopped:
		return x, false, sales.Errorf(sales.Conflict, "This mail was stopped: they wrote before it went. Read that first, and answer it.")
	case err == nil:
		fresh = x.State == sales.MailingCanceled || x.State == sales.MailingFailed
	case sales.CodeOf(err) != sales.NotFound:
		return x, false, err
	}
	if err := tx.QueueMailing(ctx, m); err != nil {
		return m, false, err
	}
	x, err = tx.MailingByKey(ctx, m.WorkspaceID, m.Key)
	return x, fresh || x.ID == m.ID, err
}

// keepLetter writes what a mail that was queued just now says, and the tasks that
// it closed.
func keepLetter(ctx context.Context, tx *store.Tx, id sales.ID, w sales.Letter, closed []string) error {
	w.MailingID, w.Closed = id, nil
	for _, s := range closed {
		task, err := sales.ParseID(s)
		if err != nil {
			return err
		}
		w.Closed = append(w.Closed, task)
	}
	return tx.SaveLetter(ctx, w)
}
