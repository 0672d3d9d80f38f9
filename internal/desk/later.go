package desk

import (
	"context"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

const (
	maxLater    = 120 * 24 * time.Hour // how far ahead a mail may wait
	morningFrom = 8*60 + 30            // minutes of the day
	morningTo   = 11 * 60
)

// Morning is when the next working morning of somebody begins.
type Morning struct {
	At   time.Time
	Zone *time.Location // theirs, or that of From
	From string         // whose zone it is: "person", "account", "sender" or "workspace"
}

// Morning finds the next working morning of a person: half past eight on a day that
// is no weekend, public holiday or day off where they are. The zone is theirs, else
// that of their account, of who writes, or of the workspace.
func (d *Desk) Morning(ctx context.Context, v sales.Viewer, p sales.Person) (Morning, error) {
	b := casework.New(d.Store, v.WorkspaceID)
	place, err := b.Place(ctx, p, v.UserID)
	if err != nil {
		return Morning{}, err
	}
	c, err := b.Calendar(ctx, sales.Sequence{})
	if err != nil {
		return Morning{}, err
	}
	c.Holidays, c.Windows = true, sales.WeekWindows{}
	for day := time.Monday; day <= time.Friday; day++ {
		c.Windows[day] = []sales.Window{{From: morningFrom, To: morningTo}}
	}
	from := d.now()
	if c.Allowed(from, place) { // it is their morning: the next one is meant
		from = calendar.NextDay(from, place.Loc)
	}
	at, _ := c.Next(from, place)
	if at.IsZero() {
		return Morning{}, sales.Errorf(sales.Invalid, "No working morning of %s is near. Choose a day and a time.", p.Name())
	}
	return Morning{At: at, Zone: place.Loc, From: place.From}, nil
}

// dueAt is when a letter is to go.
func (d *Desk) dueAt(ctx context.Context, v sales.Viewer, p sales.Person, l Letter) (time.Time, error) {
	now := d.now()
	switch l.Later {
	case "":
		return now.Add(d.UndoFor), nil
	case sales.LaterMorning:
		m, err := d.Morning(ctx, v, p)
		return m.At, err
	case sales.LaterAt:
		if !l.At.After(now) {
			return now, sales.Errorf(sales.Invalid, "That time is over. Choose one that is still to come, or send at once.")
		}
		if l.At.After(now.Add(maxLater)) {
			return now, sales.Errorf(sales.Invalid, "That is more than %d days ahead. Choose a nearer day, or set yourself a task.", int(maxLater.Hours()/24))
		}
		return l.At, nil
	}
	return now, sales.Errorf(sales.Invalid, "Choose when the mail is to go.")
}

// inWords says a moment in the zone of the viewer.
func (d *Desk) inWords(ctx context.Context, v sales.Viewer, at time.Time) string {
	return "on " + at.In(d.zone(ctx, v)).Format("Mon 2 Jan at 15:04")
}

// SendNow lets a mail go that waits for its time. Whoever wrote it may; a Conflict
// error means that it does not wait any more.
func (d *Desk) SendNow(ctx context.Context, v sales.Viewer, mailing sales.ID) (Undo, error) {
	m, p, err := d.ownMail(ctx, v, mailing)
	if err != nil {
		return Undo{}, err
	}
	if err := d.mayWrite(ctx, v, p); err != nil {
		return Undo{}, err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		ok, err := tx.HurryMailing(ctx, v.WorkspaceID, m.ID, d.now().Add(d.UndoFor))
		if err == nil && !ok {
			return sales.Errorf(sales.Conflict, "This mail does not wait any more: it went, or was stopped. Reload the page and look.")
		}
		return err
	})
	if err != nil {
		return Undo{}, err
	}
	d.changed(ctx, p, "A mail to "+p.Name()+" is on its way")
	d.kick(v.WorkspaceID)
	return Undo{Say: "Mail to " + p.Name() + " is on its way.", Token: "mail/" + m.ID.String()}, nil
}

// TakeBack stops a mail that waits: it is a draft again, and what it answered is
// open. A Conflict error means that it is too late.
func (d *Desk) TakeBack(ctx context.Context, v sales.Viewer, mailing sales.ID) (Undo, error) {
	if _, _, err := d.ownMail(ctx, v, mailing); err != nil {
		return Undo{}, err
	}
	if err := d.undoMail(ctx, v, []sales.ID{mailing}); err != nil {
		return Undo{}, err
	}
	return Undo{Say: "Taken back. It is a draft again."}, nil
}

// ownMail gives a mail that the viewer wrote by hand, and whom it is for.
func (d *Desk) ownMail(ctx context.Context, v sales.Viewer, mailing sales.ID) (sales.Mailing, sales.Person, error) {
	m, err := d.Store.Mailing(ctx, v.WorkspaceID, mailing)
	if err != nil {
		return m, sales.Person{}, err
	}
	p, err := d.person(ctx, v, m.PersonID)
	if err != nil {
		return m, p, err
	}
	if m.Kind != sales.MailingManual || m.UserID != v.UserID {
		return m, p, sales.Errorf(sales.Forbidden, "Only whoever wrote this mail may do that.")
	}
	return m, p, nil
}
