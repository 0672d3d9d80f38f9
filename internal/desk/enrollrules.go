package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// EnrollNo is the kind of a reason why a person cannot be put into a sequence.
type EnrollNo string

// The kinds.
const (
	NoSuppressed EnrollNo = "suppressed"
	NoLaw        EnrollNo = "law"
	NoAddress    EnrollNo = "no_address"
	NoActive     EnrollNo = "active"   // in this sequence, or in another, or was
	NoAnswered   EnrollNo = "answered" // what they said holds, or waits for a person
	NoCoolOff    EnrollNo = "cool_off" // touched lately, or enough for now
	NoMailbox    EnrollNo = "no_mailbox"
	NoFields     EnrollNo = "fields" // a mail cannot be written
)

// lawful says what the law of the person's country asks for that the mails of the
// sequence do not have: a postal address and a way to unsubscribe in commercial
// mail to the United States (CAN-SPAM, 15 U.S.C. 7704 (a)(3) and (5)) and to
// Canada (CASL, S.C. 2010 c. 23, section 6 (2)).
func lawful(q sales.Sequence, s sales.Settings, country string) string {
	if country != "US" && country != "CA" {
		return ""
	}
	mails := false
	for _, x := range q.Steps {
		mails = mails || x.Kind == sales.StepAutoMail
	}
	switch {
	case !mails:
		return ""
	case s.PostalAddress == "":
		return "the law of their country asks for a postal address below the mail: enter yours in the settings"
	case !q.Rules.Unsubscribe:
		return "the law of their country asks for a way to unsubscribe: switch it on in the ruleset"
	}
	return ""
}

// place takes one of the places at the account of a person who goes in, and says
// so when all are taken: by people who are being written to, and by those before
// them in this preview.
func (d *Desk) place(ctx context.Context, b enrolling, c *EnrollCheck) error {
	most, account := b.q.Rules.ActivePerAccount, c.Person.AccountID
	if most <= 0 || account == 0 {
		return nil
	}
	if _, known := b.places[account]; !known {
		active, err := d.Store.ActiveAtAccount(ctx, c.Person.WorkspaceID, account, c.Person.ID)
		if err != nil {
			return err
		}
		b.places[account] = most - active
	}
	b.places[account]--
	if c.Waits = b.places[account] < 0; c.Waits {
		note := fmt.Sprintf("waits for a place at the account: %d at a time", most)
		if c.Why != "" {
			note += "; " + c.Why
		}
		c.Why = note
	}
	return nil
}

// again says why a person cannot go through the same sequence again.
func again(q sales.Sequence, list []sales.Enrollment) string {
	for _, e := range list {
		switch {
		case e.SequenceID != q.ID || e.State == sales.Removed:
		case e.State.Alive() && q.Rules.Reenroll == sales.ReenrollAny:
		case e.State.Alive():
			return "is in this sequence already"
		case e.State == sales.OptedOut:
			return "has been through this sequence, and said no"
		case q.Rules.Reenroll == "" || q.Rules.Reenroll == sales.ReenrollNever:
			return "has been through this sequence"
		}
	}
	return ""
}

// exclusive says which other sequence a person is in, unless both allow it.
func exclusive(ctx context.Context, b *casework.Batch, q sales.Sequence, list []sales.Enrollment) (string, error) {
	for _, e := range list {
		if e.SequenceID == q.ID || !e.State.Alive() {
			continue
		}
		other, err := b.Sequence(ctx, e.SequenceID)
		if err != nil && sales.CodeOf(err) != sales.NotFound {
			return "", err
		}
		if !q.Rules.Shared || !other.Rules.Shared {
			return "is in another sequence: “" + other.Name + "”", nil
		}
	}
	return "", nil
}

// rested says until when a person rests: by the cool-off of the rules, and by the
// limits of respect of the workspace.
func rested(r sales.Rules, s sales.Settings, p sales.Person, now time.Time) string {
	if p.LastOutAt.IsZero() {
		return ""
	}
	if until := p.LastOutAt.AddDate(0, 0, r.CoolOffDays); r.CoolOffDays > 0 && until.After(now) {
		return fmt.Sprintf("was last touched on %s; the ruleset asks for %d days of rest", p.LastOutAt.Format("2 Jan"), r.CoolOffDays)
	}
	if until := p.LastOutAt.AddDate(0, 0, s.RestDays); s.TouchesPer30Days > 0 && p.Untouched >= s.TouchesPer30Days && until.After(now) {
		return fmt.Sprintf("got %d touches without an answer: rests until %s", p.Untouched, until.Format("2 Jan 2006"))
	}
	return ""
}

// makeRoom is asked inside the transaction, when somebody else may have put the
// person into a sequence meanwhile. stay tells that they are not put in. A running
// time through the same sequence is ended when the rules let people begin anew; ended
// is how it stood.
func (d *Desk) makeRoom(ctx context.Context, tx *store.Tx, v sales.Viewer, q sales.Sequence, live []sales.Enrollment) (ended []store.BulkItem, stay bool, err error) {
	for _, e := range live {
		if e.SequenceID != q.ID {
			other, err := tx.Sequence(ctx, v.WorkspaceID, e.SequenceID)
			if err != nil {
				return nil, true, err
			}
			if !q.Rules.Shared || !other.Rules.Shared {
				return nil, true, nil
			}
			continue
		}
		if q.Rules.Reenroll != sales.ReenrollAny {
			return nil, true, nil
		}
		did, err := d.decideWith(ctx, tx, casework.New(tx, v.WorkspaceID), v, e, sales.Event{Kind: sales.EvStop, Reason: sales.EndAgain, Text: "begins anew"})
		if err != nil {
			return nil, true, err
		}
		if did.Changed {
			ended = append(ended, store.BulkItem{Before: e, After: did.Next.Version, Plan: q.Version})
		}
	}
	return ended, false, nil
}

// mailboxOf chooses which mailbox writes to a person. One that has written to
// them stays; else of the pool of the sequence the one with the fewest people per
// mail a day; without a pool that of the person's seller, else of the viewer.
func mailboxOf(b enrolling, p sales.Person, list []sales.Enrollment, v sales.Viewer) *sales.Mailbox {
	if len(b.q.Pool) == 0 {
		return pickMailbox(b.boxes, p, v)
	}
	pool := map[sales.ID]*sales.Mailbox{}
	for i := range b.boxes {
		if slices.Contains(b.q.Pool, b.boxes[i].ID) && b.boxes[i].State != sales.MailboxBroken {
			pool[b.boxes[i].ID] = &b.boxes[i]
		}
	}
	for _, e := range list {
		if mb := pool[e.MailboxID]; mb != nil {
			return mb
		}
	}
	return leastLoaded(b.q.Pool, pool, b.loads, p.ID)
}

// ownerOf is whose work an enrollment is: the person's seller, whatever mailbox of a
// pool writes to them; of a person who has none, whose mailbox it is.
func ownerOf(p sales.Person, mb sales.Mailbox) sales.ID {
	if p.OwnerID != 0 {
		return p.OwnerID
	}
	return mb.UserID
}

// leastLoaded takes the mailbox with the smallest share of living enrollments to
// mails a day; of equal ones the person's ID decides, so that a preview and the
// enrolment agree.
func leastLoaded(order []sales.ID, pool map[sales.ID]*sales.Mailbox, loads map[sales.ID]int, person sales.ID) *sales.Mailbox {
	var best *sales.Mailbox
	least, n := 0.0, len(order)
	for i := range order {
		mb := pool[order[(i+int(uint64(person)%uint64(n)))%n]]
		if mb == nil {
			continue
		}
		if load := float64(loads[mb.ID]) / float64(max(mb.Limits.PerDay, 1)); best == nil || load < least {
			best, least = mb, load
		}
	}
	return best
}

// pickMailbox is that of the person's seller, else the viewer's.
func pickMailbox(boxes []sales.Mailbox, p sales.Person, v sales.Viewer) *sales.Mailbox {
	owner := p.OwnerID
	if owner == 0 {
		owner = v.UserID
	}
	for i := range boxes {
		if boxes[i].UserID == owner && boxes[i].State != sales.MailboxBroken {
			return &boxes[i]
		}
	}
	return nil
}
