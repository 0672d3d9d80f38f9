package desk

import (
	"context"
	"fmt"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/casework"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// EnrollCheck says for one person whether they may be put into a sequence, and
// what would happen first.
type EnrollCheck struct {
	Person    sales.Person
	OK        bool
	Why       string    // why not, or what to know
	MailboxID sales.ID  // from which it would go
	FirstAt   time.Time // when the first step would begin at the earliest
}

// CheckEnroll says for each person, in the order of ids, yes or why not. People
// that the viewer may not see are left out.
func (d *Desk) CheckEnroll(ctx context.Context, v sales.Viewer, sequence sales.ID, ids []sales.ID) ([]EnrollCheck, error) {
	if err := need(v, sales.RoleSeller, "put people into sequences"); err != nil {
		return nil, err
	}
	if len(ids) > 1000 {
		return nil, sales.Errorf(sales.Limited, "At most 1,000 people at a time. Choose fewer.")
	}
	q, err := d.Store.Sequence(ctx, v.WorkspaceID, sequence)
	if err != nil {
		return nil, err
	}
	if err := mayEdit(v, q); err != nil {
		return nil, err
	}
	if q.State == sales.SequenceArchived {
		return nil, sales.Errorf(sales.Invalid, "This sequence is archived. Start it again first, or choose another.")
	}
	boxes, err := d.Store.Mailboxes(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	people, err := d.Store.PeopleByID(ctx, v.WorkspaceID, ids)
	if err != nil {
		return nil, err
	}
	var addresses []string
	for _, p := range people {
		addresses = append(addresses, p.Email)
	}
	suppressed, err := d.Store.SuppressedAmong(ctx, d.Store.DB, v.WorkspaceID, addresses)
	if err != nil {
		return nil, err
	}
	b := casework.New(d.Store, v.WorkspaceID)
	var out []EnrollCheck
	for _, id := range ids {
		p, ok := people[id]
		if scope := v.OwnerScope(); !ok || scope != 0 && p.OwnerID != 0 && p.OwnerID != scope {
			continue
		}
		c, err := d.checkOne(ctx, v, b, q, p, boxes, suppressed)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func (d *Desk) checkOne(ctx context.Context, v sales.Viewer, b *casework.Batch, q sales.Sequence, p sales.Person, boxes []sales.Mailbox, suppressed map[string]string) (EnrollCheck, error) {
	c := EnrollCheck{Person: p}
	if why, no := suppressed[p.Email]; no {
		c.Why = "must not be written to: " + why
		return c, nil
	}
	if p.Email == "" || p.Address == sales.AddressDead {
		c.Why = "has no working mail address"
		return c, nil
	}
	list, err := d.Store.EnrollmentsOf(ctx, v.WorkspaceID, p.ID)
	if err != nil {
		return c, err
	}
	for _, e := range list {
		switch {
		case e.SequenceID == q.ID && e.State.Alive():
			c.Why = "is in this sequence already"
			return c, nil
		case e.SequenceID == q.ID:
			c.Why = "has been through this sequence"
			return c, nil
		case e.State.Alive():
			c.Why = "is in another sequence"
			return c, nil
		}
	}
	if c.Why, err = d.spoke(ctx, p); err != nil || c.Why != "" {
		return c, err
	}
	mb := pickMailbox(boxes, p, v)
	if mb == nil {
		c.Why = "has no seller with a mailbox"
		return c, nil
	}
	c.MailboxID = mb.ID
	if why, err := d.missing(ctx, b, q, p, *mb); err != nil || why != "" {
		c.Why = why
		return c, err
	}
	place, err := b.Place(ctx, p, mb.UserID)
	if err != nil {
		return c, err
	}
	w, err := b.Workspace(ctx)
	if err != nil {
		return c, err
	}
	cal := calendar.For(w.Settings)
	if len(q.Steps) > 0 {
		c.FirstAt, _ = cal.Next(cal.AddDelay(d.now(), q.Steps[0].Delay, place), place)
	}
	c.OK = true
	if place.From != "person" {
		c.Why = "zone unknown: the hours of the " + place.From + " count"
	}
	return c, nil
}

// spoke says what a person said last that a machine must not talk over: a no or
// a not now that still holds, or an answer that nobody has dealt with.
func (d *Desk) spoke(ctx context.Context, p sales.Person) (string, error) {
	if p.Move == sales.Resting && p.MoveUntil.IsZero() {
		return "rests since " + p.MoveSince.Format("2 Jan 2006") + ": write or call yourself, if there is a reason to", nil
	}
	if p.Move == sales.Resting && p.MoveUntil.After(d.now()) {
		return "rests until " + p.MoveUntil.Format("2 Jan 2006"), nil
	}
	tasks, err := d.Store.OpenTasksOf(ctx, p.WorkspaceID, p.ID)
	for _, t := range tasks {
		switch t.Kind {
		case sales.TaskAnswer, sales.TaskReferral, sales.TaskConfirm:
			return "has answered, and waits for a person", err
		}
	}
	return "", err
}

// pickMailbox chooses whose mailbox writes to a person: that of the person's
// seller, else the viewer's.
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

// missing says which merge fields have no value for a person.
func (d *Desk) missing(ctx context.Context, b *casework.Batch, q sales.Sequence, p sales.Person, mb sales.Mailbox) (string, error) {
	a, err := b.Account(ctx, p.AccountID)
	if err != nil {
		return "", err
	}
	u, err := b.User(ctx, mb.UserID)
	if err != nil {
		return "", err
	}
	values := render.Values(p, a, u, mb)
	for i, s := range q.Steps {
		if !s.Kind.IsMail() {
			continue
		}
		if _, err := render.Mail(s, values, render.Options{Signature: mb.Signature}); err != nil {
			return fmt.Sprintf("step %d cannot be written: %s", i+1, sales.Explain(err)), nil
		}
	}
	return "", nil
}

// Enroll puts people into a sequence: those whom CheckEnroll says yes to. It
// gives the checks, so that the page can say who is in and who is not.
func (d *Desk) Enroll(ctx context.Context, v sales.Viewer, sequence sales.ID, ids []sales.ID) ([]EnrollCheck, error) {
	checks, err := d.CheckEnroll(ctx, v, sequence, ids)
	if err != nil {
		return nil, err
	}
	q, err := d.Store.Sequence(ctx, v.WorkspaceID, sequence)
	if err != nil {
		return nil, err
	}
	now := d.now()
	err = d.inTx(ctx, func(tx *store.Tx) error {
		for _, c := range checks {
			if !c.OK {
				continue
			}
			if err := d.enrollOne(ctx, tx, v, q, c, now); err != nil {
				return err
			}
		}
		return nil
	})
	d.kick()
	return checks, err
}

func (d *Desk) enrollOne(ctx context.Context, tx *store.Tx, v sales.Viewer, q sales.Sequence, c EnrollCheck, now time.Time) error {
	p := c.Person
	mb, err := tx.Mailbox(ctx, v.WorkspaceID, c.MailboxID)
	if err != nil {
		return err
	}
	e := sales.Enrollment{
		WorkspaceID: v.WorkspaceID, ID: tx.NewID(), SequenceID: q.ID, PersonID: p.ID, AccountID: p.AccountID, OwnerID: mb.UserID, MailboxID: mb.ID,
		State: sales.Pending, Actor: sales.BySeller, StateAt: now, Version: 1, EnrolledAt: now,
	}
	// Twice at once is once: the second waits for the first, and finds it.
	if err := tx.LockPerson(ctx, v.WorkspaceID, p.ID); err != nil {
		return err
	}
	live, err := tx.LiveEnrollments(ctx, v.WorkspaceID, p.ID)
	if err != nil || len(live) > 0 {
		return err
	}
	if err := tx.InsertEnrollment(ctx, e); err != nil {
		return err
	}
	line := d.move(v, p, sales.MoveEnrolled, "Put into the sequence “"+q.Name+"”.")
	line.EnrollmentID = e.ID
	if err := write(ctx, tx, line); err != nil || q.State != sales.SequenceRunning {
		return err
	}
	return d.decide(ctx, tx, v, e, sales.Event{Kind: sales.EvStart})
}

// Preview is the mail of a step as one person would get it.
type Preview struct {
	Step    sales.Step
	Subject string
	Text    string
	HTML    string
	Problem string // why it cannot be made
}

// PreviewMail renders the mail steps of a sequence for one person.
func (d *Desk) PreviewMail(ctx context.Context, v sales.Viewer, q sales.Sequence, person sales.ID) ([]Preview, error) {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return nil, err
	}
	boxes, err := d.Store.Mailboxes(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	mb := pickMailbox(boxes, p, v)
	if mb == nil {
		mb = &sales.Mailbox{}
	}
	b := casework.New(d.Store, v.WorkspaceID)
	a, err := b.Account(ctx, p.AccountID)
	if err != nil {
		return nil, err
	}
	u, err := b.User(ctx, v.UserID)
	if err != nil {
		return nil, err
	}
	w, err := b.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	o := render.Options{Signature: mb.Signature, PostalAddress: w.Settings.PostalAddress, FooterLanguage: p.Language}
	if q.Rules.Unsubscribe && w.Settings.PublicURL != "" {
		o.UnsubscribeURL = w.Settings.PublicURL + "/u/the-link-of-this-mail"
	}
	values := render.Values(p, a, u, *mb)
	var out []Preview
	for _, s := range q.Steps {
		x := Preview{Step: s}
		if s.Kind.IsMail() {
			r, err := render.Mail(s, values, o)
			x.Subject, x.Text, x.HTML = r.Subject, r.Text, r.HTML
			if err != nil {
				x.Problem = sales.Explain(err)
			}
		}
		out = append(out, x)
	}
	return out, nil
}
