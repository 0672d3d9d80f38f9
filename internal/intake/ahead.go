package intake

import (
	"context"

	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// few is how many mails each ask for themselves: what is read ahead costs about as
// many statements as so many mails do.
const few = 4

// readAhead asks the database for what the mails of a batch will want to know, all
// together. Each is then decided about by itself and in its order: the transaction
// sees to it that what one changes, the next finds changed.
func (in *Intake) readAhead(ctx context.Context, tx *store.Tx, mb sales.Mailbox, folder inbound.Folder, letters []letter) error {
	w := store.Ahead{Mailbox: mb.ID}
	for i := range letters {
		l := &letters[i]
		w.Own = append(w.Own, l.parsed.HeaderID)
		if folder.Role == inbound.RoleSent || l.parsed.From == mb.Address {
			w.About = append(w.About, newest(l.parsed.OurIDs)...)
			continue
		}
		w.About = append(w.About, newest(l.ids())...)
		if name := l.parsed.Invite.Name(); name != "" && l.parsed.Invite.Answers() {
			w.About = append(w.About, name)
		}
		for _, t := range l.parsed.Tokens[:min(len(l.parsed.Tokens), mostTokens)] {
			if ws, id, err := in.Store.Keys.ParseToken(t); err == nil && ws == mb.WorkspaceID {
				w.Mailings = append(w.Mailings, id)
			}
		}
		w.Addresses = append(w.Addresses, senders(mb, l)...)
		for _, r := range l.verdict.Recipients[:min(len(l.verdict.Recipients), maxRecipients)] {
			if address, err := sales.NormalAddress(r.Address); err == nil {
				w.Addresses = append(w.Addresses, address)
			}
		}
		w.Asked = append(w.Asked, l.parsed.From)
	}
	return tx.ReadAhead(ctx, mb.WorkspaceID, w)
}

// mostTokens and mostIDs bound what one mail may have looked up ahead; what is
// beyond is asked for when its turn comes.
const (
	mostTokens = 10
	mostIDs    = 50
)

func newest(ids []string) []string { return ids[max(0, len(ids)-mostIDs):] }
