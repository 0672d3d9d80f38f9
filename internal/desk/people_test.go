package desk_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/desk"
	"ninetyten/internal/importer"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

type quiet struct{}

func (quiet) Changed(context.Context, casework.Change) {}

func newDesk(w *storetest.World) *desk.Desk {
	return &desk.Desk{Store: w.Store, Clock: fixed{}, Notify: quiet{}, Log: slog.New(slog.DiscardHandler)}
}

// TestNoSurvivesAnotherAddress: who unsubscribed is not written to under a new
// address either.
func TestNoSurvivesAnotherAddress(t *testing.T) {
	ctx := context.Background()
	w := storetest.NewWorld(t, storetest.Open(t), 2)
	d := newDesk(w)
	v := w.Viewer()
	if err := d.SuppressPerson(ctx, v, w.People[0].ID, "said so on the phone"); err != nil {
		t.Fatal(err)
	}
	p := w.People[0]
	p.Email = "marta.new@elsewhere.example"
	if _, err := d.SavePerson(ctx, v, p, w.Account.Name); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Write(ctx, v, desk.Letter{PersonID: p.ID, Subject: "Hello", Body: "again"}); sales.CodeOf(err) != sales.Forbidden {
		t.Fatalf("a mail to the new address: %v", err)
	}
	got, err := w.Store.Person(ctx, v, p.ID)
	if err != nil || got.AccountID != w.Account.ID {
		t.Fatalf("the person left their account: %v, %v", got.AccountID, err)
	}
}

// TestOtherSellersPeople: another seller's people do not exist for a seller.
func TestOtherSellersPeople(t *testing.T) {
	ctx := context.Background()
	w := storetest.NewWorld(t, storetest.Open(t), 1)
	d := newDesk(w)
	other := sales.Viewer{WorkspaceID: w.Workspace.ID, UserID: w.NewID(), Role: sales.RoleSeller}
	if err := d.Note(ctx, other, w.People[0].ID, "mine now"); sales.CodeOf(err) != sales.NotFound {
		t.Fatalf("a note about another seller's person: %v", err)
	}
}

// TestOneAnswerAnswersAll: two mails of one person are two handoffs; one answer
// closes both, and taking it back opens both again.
func TestOneAnswerAnswersAll(t *testing.T) {
	ctx := context.Background()
	w := storetest.NewWorld(t, storetest.Open(t), 1)
	d := newDesk(w)
	d.UndoFor = time.Minute
	v, p := w.Viewer(), w.People[0]
	var ids []sales.ID
	if err := w.InTx(ctx, func(tx *store.Tx) error {
		for _, key := range []string{"message/1/handoff", "message/2/handoff"} {
			task := sales.Task{WorkspaceID: v.WorkspaceID, ID: tx.NewID(), Key: key, Kind: sales.TaskAnswer, PersonID: p.ID, UserID: v.UserID, Title: "Answer", CreatedAt: storetest.Now, DueAt: storetest.Now}
			if _, err := tx.OpenTask(ctx, task); err != nil {
				return err
			}
			ids = append(ids, task.ID)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	undo, err := d.Write(ctx, v, desk.Letter{PersonID: p.ID, TaskID: ids[1], Subject: "About both", Body: "Here is all of it."})
	if err != nil {
		t.Fatal(err)
	}
	if open, err := w.OpenTasksOf(ctx, v.WorkspaceID, p.ID); err != nil || len(open) != 0 {
		t.Fatalf("still open: %v, %v", open, err)
	}
	other := v
	other.UserID, other.Role = w.Owner.ID, sales.RoleOwner
	if err := d.Undo(ctx, other, undo.Token); sales.CodeOf(err) != sales.Forbidden {
		t.Fatalf("somebody else took it back: %v", err)
	}
	if err := d.Undo(ctx, v, undo.Token); err != nil {
		t.Fatal(err)
	}
	if open, err := w.OpenTasksOf(ctx, v.WorkspaceID, p.ID); err != nil || len(open) != 2 {
		t.Fatalf("open again: %v, %v", open, err)
	}
}

// TestImportKeepsTheWall: a file about another seller's person changes nothing of
// them and tells nothing but that they are known.
func TestImportKeepsTheWall(t *testing.T) {
	ctx := context.Background()
	w := storetest.NewWorld(t, storetest.Open(t), 1)
	d := newDesk(w)
	p := w.People[0]
	other := sales.Viewer{WorkspaceID: w.Workspace.ID, UserID: w.NewID(), Role: sales.RoleSeller}
	file := "email,phone\n" + p.Email + ",+351225550148\n"
	m := importer.Mapping{Fields: []importer.Field{importer.Email, importer.Phone}}
	sample, err := d.PreviewRows(ctx, other, strings.NewReader(file), m, 10, 10)
	if err != nil || len(sample.Rows) != 1 || sample.Rows[0].Action != importer.Refuse || sample.Rows[0].Person.FirstName != "" {
		t.Errorf("the preview tells %+v, %v", sample.Rows, err)
	}
	if res, err := d.Import(ctx, other, strings.NewReader(file), m, 0, nil); err != nil || res.Refused != 1 || res.Updated != 0 {
		t.Errorf("the import did %+v, %v", res, err)
	}
	if got, err := w.Store.Person(ctx, w.Viewer(), p.ID); err != nil || got.Phone != "" {
		t.Errorf("their number is %q now, %v", got.Phone, err)
	}
	manager := sales.Viewer{WorkspaceID: w.Workspace.ID, UserID: w.Owner.ID, Role: sales.RoleManager}
	if res, err := d.Import(ctx, manager, strings.NewReader(file), m, 0, nil); err != nil || res.Updated != 1 {
		t.Errorf("by a manager: %+v, %v", res, err)
	}
}

// TestAnotherOwner: with a person go their open tasks and what runs, which keeps its
// mailbox; when they are to be nobody's it stays with whoever has it.
func TestAnotherOwner(t *testing.T) {
	ctx := context.Background()
	w := storetest.NewWorld(t, storetest.Open(t), 2)
	d := newDesk(w)
	boss := sales.Viewer{WorkspaceID: w.Workspace.ID, UserID: w.Owner.ID, Role: sales.RoleOwner}
	p := w.People[0]
	e, other := w.Enroll(t, 0), w.Enroll(t, 1)
	task := sales.Task{WorkspaceID: w.Workspace.ID, Key: "call", Kind: sales.TaskCall, State: sales.TaskOpen, PersonID: p.ID, UserID: w.Seller.ID, Title: "Call", CreatedAt: storetest.Now, DueAt: storetest.Now}
	if err := w.InTx(ctx, func(tx *store.Tx) error {
		task.ID = tx.NewID()
		_, err := tx.OpenTask(ctx, task)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	save := func(owner sales.ID) error {
		p.OwnerID = owner
		_, err := d.SavePerson(ctx, boss, p, w.Account.Name)
		return err
	}
	has := func(user sales.ID, says string, lines int) {
		t.Helper()
		got, err := w.Enrollment(ctx, w.Workspace.ID, e.ID)
		if err != nil || got.OwnerID != user || got.MailboxID != e.MailboxID || got.State != e.State {
			t.Errorf("%+v, %v", got, err)
		}
		if x, err := w.Task(ctx, w.Workspace.ID, task.ID); err != nil || x.UserID != user {
			t.Errorf("%+v, %v", x, err)
		}
		list, err := w.MovesOf(ctx, w.Workspace.ID, p.ID, 99)
		n := 0
		for _, m := range list {
			if strings.HasPrefix(m.Text, "Belongs to") {
				if n++; n == 1 && m.Text != says {
					t.Errorf("the last line says %q", m.Text)
				}
			}
		}
		if err != nil || n != lines {
			t.Errorf("%d lines, not %d, %v", n, lines, err)
		}
	}
	if err := save(w.Seller.ID); err != nil { // as it is
		t.Fatal(err)
	}
	has(w.Seller.ID, "", 0)
	if err := save(w.Owner.ID); err != nil {
		t.Fatal(err)
	}
	said := "Belongs to " + w.Owner.Name + " now, with 1 open task and 1 running sequence."
	has(w.Owner.ID, said, 1)
	if err := save(0); err != nil {
		t.Fatal(err)
	}
	has(w.Owner.ID, said, 1)
	if err := save(w.Seller.ID); err != nil { // of nobody's, whoever has it
		t.Fatal(err)
	}
	has(w.Seller.ID, "Belongs to "+w.Seller.Name+" now, with 1 open task and 1 running sequence.", 2)
	if err := save(w.NewID()); sales.CodeOf(err) != sales.NotFound {
		t.Errorf("given to a stranger: %v", err)
	}
	if got, err := w.Enrollment(ctx, w.Workspace.ID, other.ID); err != nil || got.OwnerID != w.Seller.ID {
		t.Errorf("of somebody else: %+v, %v", got, err)
	}
}
