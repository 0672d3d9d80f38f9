package desk

import (
	"context"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// WhyNotYet says about an enrollment what holds it, until when, and what would
// change it: asked anew, by the same code that lets mail go.
func (d *Desk) WhyNotYet(ctx context.Context, v sales.Viewer, id sales.ID) (engine.Hold, error) {
	e, err := d.Store.Enrollment(ctx, v.WorkspaceID, id)
	if err != nil {
		return engine.Hold{}, err
	}
	if _, err := d.person(ctx, v, e.PersonID); err != nil {
		return engine.Hold{}, err
	}
	s, err := d.standing(ctx, casework.New(d.Store, v.WorkspaceID), e)
	if err != nil {
		return engine.Hold{}, err
	}
	return engine.WhyNotYet(s, d.now()), nil
}

// WhyNotYets is WhyNotYet for a page of enrollments of one sequence, which the
// viewer was shown.
func (d *Desk) WhyNotYets(ctx context.Context, v sales.Viewer, list []sales.Enrollment) (map[sales.ID]engine.Hold, error) {
	if err := need(v, sales.RoleSeller, "see people"); err != nil {
		return nil, err
	}
	b := casework.New(d.Store, v.WorkspaceID)
	out := map[sales.ID]engine.Hold{}
	for _, e := range list {
		s, err := d.standing(ctx, b, e)
		if err != nil {
			return nil, err
		}
		out[e.ID] = engine.WhyNotYet(s, d.now())
	}
	return out, nil
}

// standing gathers what can hold one enrollment back.
func (d *Desk) standing(ctx context.Context, b *casework.Batch, e sales.Enrollment) (engine.Standing, error) {
	s := engine.Standing{Enrollment: e}
	c, err := b.Case(ctx, e)
	if err != nil {
		return s, err
	}
	s.Case = c
	q, err := b.Sequence(ctx, e.SequenceID)
	if err != nil {
		return s, err
	}
	s.Sequence = q.State
	if e.State == sales.WaitingHuman {
		s.Task, err = d.taskOf(ctx, e)
	}
	if err != nil || e.State != sales.Active || !e.Awaiting || e.Position >= len(q.Steps) {
		return s, err
	}
	return s, d.atTheGate(ctx, b, q, &s)
}

func (d *Desk) taskOf(ctx context.Context, e sales.Enrollment) (string, error) {
	tasks, err := d.Store.OpenTasksOf(ctx, e.WorkspaceID, e.PersonID)
	for _, t := range tasks {
		if t.EnrollmentID == e.ID && t.StepID != 0 {
			return t.Title, err
		}
	}
	return "", err
}

// atTheGate gathers what the send gate and the limits of the mailbox would look at.
func (d *Desk) atTheGate(ctx context.Context, b *casework.Batch, q sales.Sequence, s *engine.Standing) error {
	e, now := s.Enrollment, d.now()
	m, err := d.Store.MailingByKey(ctx, e.WorkspaceID, engine.MailKey(e.ID, q.Steps[e.Position].ID))
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return err
	}
	p, err := b.Person(ctx, e.PersonID)
	if err != nil {
		return err
	}
	mb, err := d.Store.Mailbox(ctx, e.WorkspaceID, e.MailboxID)
	if err != nil {
		return err
	}
	w, err := b.Workspace(ctx)
	if err != nil {
		return err
	}
	home, err := b.SellerPlace(ctx, 0)
	if err != nil {
		return err
	}
	listed, err := d.Store.SuppressedAmong(ctx, d.Store.DB, e.WorkspaceID, []string{p.Email})
	if err != nil {
		return err
	}
	why, no := listed[p.Email]
	asked, err := d.Store.AskedAbout(ctx, e.WorkspaceID, p.ID)
	if err != nil {
		return err
	}
	s.Facts = engine.Facts{
		Mailing: m, Enrollment: e, Person: p, Mailbox: mb, Rules: q.Rules, Settings: w.Settings, Calendar: s.Calendar, Place: s.Place,
		Suppressed: no, SuppressedFor: why.Reason, SuppressedWhy: why.Why(), Asked: asked, ReadAt: mb.ReadAt, Workspace: home.Loc,
	}
	if m.HoldGate == sales.GateAnswer && m.HoldWhy != engine.WhyAsked && m.DueAt.After(now) && !p.LastInAt.After(e.EnrolledAt) {
		s.Facts.ReadErr = sales.Errorf(sales.Unavailable, "%s", m.HoldWhy)
	}
	if q.Rules.ActivePerAccount > 0 && e.Mails == 0 {
		if s.Facts.ActiveAt, err = d.Store.ActiveAtAccount(ctx, e.WorkspaceID, p.AccountID, p.ID); err != nil {
			return err
		}
	}
	if err := d.sharedCaps(ctx, w, home.Loc, p, &s.Facts); err != nil {
		return err
	}
	place, err := b.SellerPlace(ctx, mb.UserID)
	if err != nil {
		return err
	}
	sent, err := casework.SentBy(ctx, d.Store, mb, now, place)
	if err != nil {
		return err
	}
	cal, err := b.Calendar(ctx, sales.Sequence{})
	if err != nil {
		return err
	}
	_, s.Room = engine.Room(mb, sent, now, place, cal)
	return nil
}

// sharedCaps reads how much of the caps that mailboxes share is used for a person.
func (d *Desk) sharedCaps(ctx context.Context, w sales.Workspace, loc *time.Location, p sales.Person, f *engine.Facts) error {
	day := store.Day(d.now(), loc)
	if w.Settings.PerDomainDay > 0 {
		n, err := d.Store.Counted(ctx, w.ID, day, store.ScopeDomain, []string{sales.DomainOf(p.Email)})
		if err != nil {
			return err
		}
		f.DomainToday = n[sales.DomainOf(p.Email)]
	}
	if w.Settings.PerAccountDay > 0 && p.AccountID != 0 {
		n, err := d.Store.Counted(ctx, w.ID, day, store.ScopeAccount, []string{p.AccountID.String()})
		if err != nil {
			return err
		}
		f.AccountToday = n[p.AccountID.String()]
	}
	return nil
}
