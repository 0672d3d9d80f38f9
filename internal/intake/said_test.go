package intake

import (
	"testing"

	"ninetyten/internal/casework"
	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// TestSaidMeanwhile: a mail that was nobody's when it was looked at, whose sender a
// seller names before the question about them is looked for, is tried again and not
// left out; one of somebody who is known to nobody is left out.
func TestSaidMeanwhile(t *testing.T) {
	w := storetest.NewWorld(t, storetest.Open(t), 1)
	in := &Intake{Store: w.Store}
	ctx := t.Context()
	folder := inbound.Folder{Name: "INBOX", Role: inbound.RoleInbox}
	take := func(from string) error {
		l := in.understand(ctx, inbound.Mail{UID: 1, ArrivedAt: storetest.Now, Raw: []byte("From: Mo <" + from + ">\r\nSubject: Re: A question\r\nMessage-ID: <m@x.example>\r\n\r\nAnd what does it cost?")}, nil)
		return w.Store.InTx(ctx, func(tx *store.Tx) error {
			if err := tx.SetAddress(ctx, sales.PersonAddress{WorkspaceID: w.Workspace.ID, Address: "mo@home.example", PersonID: w.People[0].ID, Theirs: true, At: storetest.Now}); err != nil {
				return err
			}
			// The look for whose it is was before.
			c, err := in.takeProbable(ctx, tx, casework.New(tx, w.Workspace.ID), w.Mailbox, folder, &l, storetest.Now)
			if c != nil {
				t.Errorf("%s: %+v", from, c)
			}
			return err
		})
	}
	if err := take("mo@home.example"); sales.CodeOf(err) != sales.Conflict {
		t.Errorf("it is left out: %v", err)
	}
	if err := take("stranger@elsewhere.example"); err != nil {
		t.Error(err)
	}
}
