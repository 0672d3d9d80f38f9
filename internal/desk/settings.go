package desk

import (
	"context"
	"net/url"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// SaveMailbox connects a mailbox (ID 0) or changes one. Empty passwords keep
// those that are stored. Sellers have their own; admins may change all.
func (d *Desk) SaveMailbox(ctx context.Context, v sales.Viewer, m sales.Mailbox) (sales.Mailbox, error) {
	if err := need(v, sales.RoleSeller, "connect mailboxes"); err != nil {
		return m, err
	}
	address, err := sales.NormalAddress(m.Address)
	if err != nil {
		return m, err
	}
	m.WorkspaceID, m.Address = v.WorkspaceID, address
	if m.UserID == 0 {
		m.UserID = v.UserID
	}
	if m.UserID != v.UserID {
		if err := need(v, sales.RoleAdmin, "change the mailbox of somebody else"); err != nil {
			return m, err
		}
	}
	if err := m.Validate(); err != nil {
		return m, err
	}
	if err := checkLimits(m.Limits); err != nil {
		return m, err
	}
	fresh := m.ID == 0
	err = d.inTx(ctx, func(tx *store.Tx) error {
		if fresh {
			m.ID, m.CreatedAt, m.State, m.RampFrom = tx.NewID(), d.now(), sales.MailboxOK, d.now()
			return tx.InsertMailbox(ctx, m)
		}
		was, err := d.ownMailbox(ctx, tx, v, m.ID)
		if err != nil {
			return err
		}
		if moved(was.SMTP, m.SMTP) || moved(was.IMAP, m.IMAP) {
			return sales.Errorf(sales.Invalid, "The server or the user name changed, so the stored password is not used for it. Enter the password again.")
		}
		if m.SMTP.Password == "" {
			m.SMTP.Password = was.SMTP.Password
		}
		if m.IMAP.Password == "" {
			m.IMAP.Password = was.IMAP.Password
		}
		m.Address, m.CreatedAt, m.RampFrom = was.Address, was.CreatedAt, was.RampFrom
		m.State, m.StateWhy = was.State, was.StateWhy
		if m.State == sales.MailboxBroken {
			m.State, m.StateWhy = sales.MailboxOK, ""
		}
		if err := tx.SaveMailbox(ctx, m); err != nil {
			return err
		}
		return tx.ReleaseMailbox(ctx, v.WorkspaceID, m.ID, d.now()) // the limits may be others
	})
	d.kick(v.WorkspaceID)
	return m, err
}

// moved tells whether a stored password would go to another server or user than
// it was given for.
func moved(was, to sales.Server) bool {
	return to.Password == "" && was.Password != "" && (was.Host != to.Host || was.Port != to.Port || was.Security != to.Security || was.Username != to.Username)
}

// MailboxTried keeps what a trial of a mailbox found: its folders, and whether
// the provider files sent mail by itself. One that did not work and works now
// sends again.
func (d *Desk) MailboxTried(ctx context.Context, v sales.Viewer, id sales.ID, sent, junk string, savesSent bool) error {
	err := d.inTx(ctx, func(tx *store.Tx) error {
		m, err := d.ownMailbox(ctx, tx, v, id)
		if err != nil {
			return err
		}
		m.SentFolder, m.JunkFolder, m.SavesSent = sent, junk, savesSent
		if m.State == sales.MailboxBroken {
			m.State, m.StateWhy = sales.MailboxOK, ""
		}
		if err := tx.SaveMailbox(ctx, m); err != nil {
			return err
		}
		return tx.ReleaseMailbox(ctx, v.WorkspaceID, m.ID, d.now())
	})
	d.kick(v.WorkspaceID)
	return err
}

func checkLimits(l sales.Limits) error {
	switch {
	case l.PerDay < 0 || l.PerDay > 2000 || l.PerWeek < 0 || l.PerWeek > 10_000:
		return sales.Errorf(sales.Invalid, "A mailbox sends at most 2,000 mails a day and 10,000 a week.")
	case l.GapMin < 0 || l.GapMax < l.GapMin || l.GapMax > sales.MaxGap:
		return sales.Errorf(sales.Invalid, "The longest pause between two mails must not be shorter than the shortest one.")
	case l.RampStart < 0 || l.RampStep < 0:
		return sales.Errorf(sales.Invalid, "The ramp cannot be negative.")
	}
	return nil
}

// ownMailbox gives a mailbox that the viewer may change.
func (d *Desk) ownMailbox(ctx context.Context, tx *store.Tx, v sales.Viewer, id sales.ID) (sales.Mailbox, error) {
	m, err := tx.Mailbox(ctx, v.WorkspaceID, id)
	if err != nil {
		return m, err
	}
	if m.UserID != v.UserID {
		return m, need(v, sales.RoleAdmin, "change the mailbox of somebody else")
	}
	return m, nil
}

// PauseMailbox stops a mailbox from sending; it is read all the same.
func (d *Desk) PauseMailbox(ctx context.Context, v sales.Viewer, id sales.ID) error {
	return d.mailboxState(ctx, v, id, sales.MailboxPaused, "paused by hand")
}

// ResumeMailbox lets a mailbox send again.
func (d *Desk) ResumeMailbox(ctx context.Context, v sales.Viewer, id sales.ID) error {
	return d.mailboxState(ctx, v, id, sales.MailboxOK, "")
}

func (d *Desk) mailboxState(ctx context.Context, v sales.Viewer, id sales.ID, state sales.MailboxState, why string) error {
	err := d.inTx(ctx, func(tx *store.Tx) error {
		if _, err := d.ownMailbox(ctx, tx, v, id); err != nil {
			return err
		}
		if _, err := tx.SetMailboxState(ctx, v.WorkspaceID, id, state, why); err != nil {
			return err
		}
		if state == sales.MailboxOK {
			if err := tx.ForgetBox(ctx, v.WorkspaceID, id); err != nil {
				return err
			}
		}
		// Paused or resumed: what is in the queue asks the gate again.
		return tx.ReleaseMailbox(ctx, v.WorkspaceID, id, d.now())
	})
	d.kick(v.WorkspaceID)
	return err
}

// SaveSettings changes what holds for the whole workspace.
func (d *Desk) SaveSettings(ctx context.Context, v sales.Viewer, name string, s sales.Settings) error {
	if err := need(v, sales.RoleAdmin, "change the settings"); err != nil {
		return err
	}
	if err := calendar.CheckWindows(s.Windows); err != nil {
		return err
	}
	if s.PublicURL != "" {
		u, err := url.Parse(s.PublicURL)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return sales.Errorf(sales.Invalid, "The public address should look like https://sales.company.com.")
		}
		s.PublicURL = strings.TrimRight(s.PublicURL, "/")
	}
	if _, err := time.LoadLocation(s.Zone); err != nil {
		return sales.Errorf(sales.Invalid, "%q is no time zone. Write it like Europe/Lisbon.", s.Zone)
	}
	if s.LeaseFor < time.Minute || s.LeaseFor > 24*time.Hour || s.AnswerGoal <= 0 || s.AnswerAlarm <= 0 || s.TouchesPer30Days < 0 || s.RestDays < 0 {
		return sales.Errorf(sales.Invalid, "Times and limits must be above zero; a person is served for a minute to a day.")
	}
	if err := checkShared(s); err != nil {
		return err
	}
	var err error
	if s.Stages, err = cleanStages(s.Stages); err != nil {
		return err
	}
	if err := d.stagesInUse(ctx, v.WorkspaceID, s.Stages); err != nil {
		return err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		w, err := tx.Workspace(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		if name = strings.TrimSpace(name); name != "" {
			w.Name = clip(name, 200)
		}
		w.Settings = s
		if err := tx.SaveWorkspace(ctx, w); err != nil {
			return err
		}
		return d.otherDays(ctx, tx, v.WorkspaceID) // the hours and caps may be others
	})
	d.kick(v.WorkspaceID)
	return err
}
