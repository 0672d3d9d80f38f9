package intake

import (
	"context"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// learnName notes the Message-ID under which a mail of ours is in Sent, when the
// server wrote one of its own: answers will name that one, and so do our next
// mails in the thread. Only Sent is believed: anybody can write a copy.
func (in *Intake) learnName(ctx context.Context, tx *store.Tx, folder inbound.Folder, l *letter, ours []sales.Mailing, now time.Time) error {
	if folder.Role != inbound.RoleSent || !l.parsed.HasID {
		return nil
	}
	for _, m := range ours {
		if m.HeaderID == "" || m.HeaderID == l.parsed.HeaderID {
			continue
		}
		n := sales.MailName{WorkspaceID: m.WorkspaceID, MailboxID: m.MailboxID, Name: l.parsed.HeaderID, PersonID: m.PersonID, ThreadID: m.ThreadID, MailingID: m.ID, At: now}
		if err := tx.NameMail(ctx, n); err != nil {
			return err
		}
		if m.ThreadID == 0 {
			continue
		}
		if err := tx.RenameHead(ctx, m.WorkspaceID, m.ThreadID, m.HeaderID, n.Name); err != nil {
			return err
		}
	}
	return nil
}

// learnInvitation notes the appointment that a mail of the seller invites to, for
// each of the people whom it is for.
func (in *Intake) learnInvitation(ctx context.Context, tx *store.Tx, o outgoing, l *letter, people []sales.Person, now time.Time) error {
	name := l.parsed.Invite.Name()
	if name == "" || !o.surely || l.parsed.Invite.Answers() {
		return nil
	}
	for _, p := range people {
		n := sales.MailName{WorkspaceID: p.WorkspaceID, MailboxID: o.msg.MailboxID, Name: name, PersonID: p.ID, At: now}
		if p.ID == o.msg.PersonID {
			n.ThreadID = o.msg.ThreadID
		}
		if err := tx.NameMail(ctx, n); err != nil {
			return err
		}
	}
	return nil
}
