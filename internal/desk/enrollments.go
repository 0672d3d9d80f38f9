package desk

import (
	"context"
	"strings"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// decide gives an event of the viewer to an enrollment.
func (d *Desk) decide(ctx context.Context, tx *store.Tx, v sales.Viewer, e sales.Enrollment, ev sales.Event) error {
	_, err := d.decideWith(ctx, tx, casework.New(tx, v.WorkspaceID), v, e, ev)
	return err
}

// decideWith is decide with a batch that remembers what was read.
func (d *Desk) decideWith(ctx context.Context, tx *store.Tx, b *casework.Batch, v sales.Viewer, e sales.Enrollment, ev sales.Event) (sales.Decision, error) {
	out, _, err := b.Decide(ctx, tx, e, d.signed(v, e, ev), store.Subject{}, d.now())
	return out, err
}

// signed says when an event is, and whose it is.
func (d *Desk) signed(v sales.Viewer, e sales.Enrollment, ev sales.Event) sales.Event {
	ev.At, ev.UserID = d.now(), v.UserID
	if ev.Actor = sales.BySeller; v.Role.AtLeast(sales.RoleManager) && v.UserID != e.OwnerID {
		ev.Actor = sales.ByLeader
	}
	return ev
}

// command gives an event to one enrollment of somebody the viewer may see. While
// a mail waits that may be their answer, no hand lets the sequence go on: whose it
// is comes first.
func (d *Desk) command(ctx context.Context, v sales.Viewer, id sales.ID, ev sales.Event) error {
	e, err := d.Store.Enrollment(ctx, v.WorkspaceID, id)
	if err != nil {
		return err
	}
	p, err := d.person(ctx, v, e.PersonID)
	if err != nil {
		return err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		e, err := tx.Enrollment(ctx, v.WorkspaceID, id)
		if err != nil {
			return err
		}
		if ev.Kind == sales.EvResume || ev.Kind == sales.EvPause && e.Asked() {
			if err := tx.LockPerson(ctx, v.WorkspaceID, p.ID); err != nil {
				return err
			}
			if asked, err := tx.AskedAbout(ctx, v.WorkspaceID, p.ID); err != nil {
				return err
			} else if asked {
				return sales.Errorf(sales.Invalid, "It waits: a mail may be the answer of %s. Say first whose the mail is, on Next or in the inbox.", p.Name())
			}
		}
		return d.decide(ctx, tx, v, e, ev)
	})
	d.changed(ctx, p, "The sequence changed")
	d.kick(v.WorkspaceID)
	return err
}

// PauseEnrollment holds an enrollment, until a time or until it is resumed.
func (d *Desk) PauseEnrollment(ctx context.Context, v sales.Viewer, id sales.ID, until time.Time) error {
	return d.command(ctx, v, id, sales.Event{Kind: sales.EvPause, Until: until})
}

// ResumeEnrollment lets a paused enrollment go on. An Invalid error means that
// whose a mail is has to be said first.
func (d *Desk) ResumeEnrollment(ctx context.Context, v sales.Viewer, id sales.ID) error {
	return d.command(ctx, v, id, sales.Event{Kind: sales.EvResume})
}

// StopEnrollment finishes an enrollment.
func (d *Desk) StopEnrollment(ctx context.Context, v sales.Viewer, id sales.ID) error {
	return d.command(ctx, v, id, sales.Event{Kind: sales.EvStop})
}

// RemoveEnrollment takes a person out of a sequence.
func (d *Desk) RemoveEnrollment(ctx context.Context, v sales.Viewer, id sales.ID) error {
	return d.command(ctx, v, id, sales.Event{Kind: sales.EvRemove})
}

// Approve lets a draft go, with the text that the person made of it; empty
// texts leave it as the step renders it.
func (d *Desk) Approve(ctx context.Context, v sales.Viewer, task sales.ID, subject, body string) (Undo, error) {
	return d.approve(ctx, v, task, subject, body, "")
}

// ApproveHTML is Approve with what an editor made of the text.
func (d *Desk) ApproveHTML(ctx context.Context, v sales.Viewer, task sales.ID, subject, html string) (Undo, error) {
	if len(html) > 2*maxLetter {
		return Undo{}, sales.Errorf(sales.Invalid, "The mail is too long: at most 900 characters of subject and 200,000 of text.")
	}
	piece, body := mail.Written(html)
	if body == "" {
		return Undo{}, sales.Errorf(sales.Invalid, "The mail is empty. Write something, or skip it.")
	}
	return d.approve(ctx, v, task, subject, body, piece)
}

func (d *Desk) approve(ctx context.Context, v sales.Viewer, task sales.ID, subject, body, piece string) (Undo, error) {
	t, p, err := d.task(ctx, v, task)
	if err != nil {
		return Undo{}, err
	}
	if t.Kind != sales.TaskApprove {
		return Undo{}, sales.Errorf(sales.Invalid, "There is nothing to approve here.")
	}
	if err := d.mayWrite(ctx, v, p); err != nil {
		return Undo{}, err
	}
	if len(body) > maxLetter || len(subject) > 900 {
		return Undo{}, sales.Errorf(sales.Invalid, "The mail is too long: at most 900 characters of subject and 200,000 of text.")
	}
	if text := subject + body; strings.Contains(text, "{{") || strings.Contains(text, "{%") {
		return Undo{}, sales.Errorf(sales.Invalid, "The mail has a merge field in it: {{ … }}. Write the words themselves; nothing is filled in any more.")
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		e, err := tx.Enrollment(ctx, v.WorkspaceID, t.EnrollmentID)
		if err != nil {
			return err
		}
		switch now, err := tx.Task(ctx, v.WorkspaceID, task); {
		case err != nil:
			return err
		case now.State == sales.TaskDone && body == "":
			return nil // done twice is done
		case now.State != sales.TaskOpen:
			return sales.Errorf(sales.Conflict, "This mail was approved, skipped or stopped meanwhile. Reload the page and look again.")
		}
		m, err := tx.DraftOf(ctx, v.WorkspaceID, e.ID, t.StepID)
		if err != nil {
			return err
		}
		if body != "" {
			if err := tx.EditDraft(ctx, v.WorkspaceID, m.ID, subject, body); err != nil {
				return err
			}
			l := sales.Letter{WorkspaceID: v.WorkspaceID, MailingID: m.ID, PersonID: p.ID, UserID: v.UserID, Body: body, HTML: piece}
			if err := tx.SaveLetter(ctx, l); err != nil {
				return err
			}
		}
		if err := d.closeTask(ctx, tx, v, p, task, store.WhyApproved); err != nil {
			return err
		}
		return d.decide(ctx, tx, v, e, sales.Event{Kind: sales.EvApproved, TaskID: task, StepID: t.StepID})
	})
	if err != nil {
		return Undo{}, err
	}
	d.changed(ctx, p, "Approved")
	d.kick(v.WorkspaceID)
	return Undo{Say: "Approved. It goes in the hours of " + p.Name() + "."}, nil
}

// Reject skips the step of a draft.
func (d *Desk) Reject(ctx context.Context, v sales.Viewer, task sales.ID) (Undo, error) {
	t, p, err := d.task(ctx, v, task)
	if err != nil {
		return Undo{}, err
	}
	if t.Kind != sales.TaskApprove {
		return Undo{}, sales.Errorf(sales.Invalid, "There is nothing to approve here.")
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		e, err := tx.Enrollment(ctx, v.WorkspaceID, t.EnrollmentID)
		if err != nil {
			return err
		}
		if err := d.closeTask(ctx, tx, v, p, task, "not approved"); err != nil {
			return err
		}
		return d.decide(ctx, tx, v, e, sales.Event{Kind: sales.EvRejected, TaskID: task, StepID: t.StepID})
	})
	d.changed(ctx, p, "Not approved")
	return Undo{Say: "This mail is skipped."}, err
}

// BuyerMoved completes the their-move steps at which a person stands: they did
// what was asked of them.
func (d *Desk) BuyerMoved(ctx context.Context, v sales.Viewer, person sales.ID, what string) error {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return err
	}
	what = clip(strings.TrimSpace(what), 200)
	err = d.inTx(ctx, func(tx *store.Tx) error {
		now := d.now()
		moved, err := tellEach(ctx, tx, p, sales.Event{Kind: sales.EvBuyerMoved, At: now, Actor: sales.ByBuyer, UserID: v.UserID, Text: what}, now)
		if err != nil {
			return err
		}
		for _, did := range moved {
			if did {
				return nil
			}
		}
		return sales.Errorf(sales.Conflict, "No sequence waits for them. Reload the page and look again.")
	})
	d.changed(ctx, p, "They moved")
	d.kick(v.WorkspaceID)
	return err
}
