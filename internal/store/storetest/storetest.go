// Package storetest is the one suite of the store for both databases, and the
// fixtures that other tests build on. A fresh SQLite file costs milliseconds, so
// nothing that needs a store is tested with a mock.
package storetest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
	"ninetyten/internal/secret"
	"ninetyten/internal/store"
)

// Now is the time of every fixture: a Tuesday morning.
var Now = time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)

// Open gives a migrated store on a fresh SQLite file.
func Open(t testing.TB) *store.Store {
	t.Helper()
	return OpenURL(t, filepath.Join(t.TempDir(), "test.db"))
}

// OpenURL gives a migrated store on any database.
func OpenURL(t testing.TB, url string) *store.Store {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	keys, err := secret.New([]byte("a master key of 32 bytes or more, for tests"))
	if err != nil {
		t.Fatal(err)
	}
	s := store.New(d, keys)
	if err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	return s
}

// World is a small workspace: an owner, a seller with a mailbox, an account
// with people, and a running sequence of two mails and a call.
type World struct {
	*store.Store
	Workspace sales.Workspace
	Owner     sales.User
	Seller    sales.User
	Mailbox   sales.Mailbox
	Account   sales.Account
	People    []sales.Person
	Sequence  sales.Sequence
}

// Viewer is the seller.
func (w *World) Viewer() sales.Viewer {
	return sales.Viewer{WorkspaceID: w.Workspace.ID, UserID: w.Seller.ID, Role: w.Seller.Role}
}

// NewWorld fills a store.
func NewWorld(t testing.TB, s *store.Store, people int) *World {
	t.Helper()
	w := &World{Store: s}
	w.Workspace = sales.Workspace{ID: s.NewID(), Name: "Brightmail", Settings: sales.DefaultSettings(), CreatedAt: Now}
	ws := w.Workspace.ID
	w.Owner = sales.User{WorkspaceID: ws, ID: s.NewID(), Email: "owner-" + ws.String() + "@brightmail.example", Name: "Olga Owner", Role: sales.RoleOwner, Zone: "Europe/Lisbon", CreatedAt: Now}
	w.Seller = sales.User{WorkspaceID: ws, ID: s.NewID(), Email: "ana-" + ws.String() + "@brightmail.example", Name: "Ana Seller", Role: sales.RoleSeller, Zone: "Europe/Lisbon", CreatedAt: Now}
	w.Mailbox = sales.Mailbox{
		WorkspaceID: ws, ID: s.NewID(), UserID: w.Seller.ID, Address: "ana@brightmail.example", Name: "Ana Seller", State: sales.MailboxOK,
		SMTP:   sales.Server{Host: "127.0.0.1", Port: 2525, Security: sales.SecurityNone, Username: "ana", Password: "secret"},
		IMAP:   sales.Server{Host: "127.0.0.1", Port: 1143, Security: sales.SecurityNone, Username: "ana", Password: "secret"},
		Limits: sales.DefaultLimits(), CreatedAt: Now, RampFrom: Now, SentFolder: "Sent", JunkFolder: "Junk",
	}
	w.Account = sales.Account{WorkspaceID: ws, ID: s.NewID(), OwnerID: w.Seller.ID, Name: "Brightwater Logistics", Domain: "brightwater.example", Zone: "Europe/Lisbon", Country: "PT", CreatedAt: Now}
	for i := range people {
		p := sales.Person{WorkspaceID: ws, ID: s.NewID(), AccountID: w.Account.ID, OwnerID: w.Seller.ID, Email: Address(i), Address: sales.AddressOK,
			FirstName: "Marta", LastName: "Oliveira", Title: "Head of Operations", Zone: "Europe/Lisbon", Country: "PT", CreatedAt: Now, UpdatedAt: Now}
		w.People = append(w.People, p)
	}
	rules := sales.DefaultRules()
	rules.ActivePerAccount = 0
	w.Sequence = sales.Sequence{WorkspaceID: ws, ID: s.NewID(), OwnerID: w.Seller.ID, Name: "Fleet ops, autumn", State: sales.SequenceRunning, Rules: rules, Version: 1, CreatedAt: Now, StartedAt: Now}
	w.Sequence.Steps = []sales.Step{
		{WorkspaceID: ws, ID: s.NewID(), SequenceID: w.Sequence.ID, Position: 0, Kind: sales.StepAutoMail, Delay: sales.Delay{N: 0, Unit: sales.Days}, Subject: "A question about {{ company }}", Body: "Hello {{ first_name | default: \"there\" }},\n\nwho re-plans when a truck drops out?"},
		{WorkspaceID: ws, ID: s.NewID(), SequenceID: w.Sequence.ID, Position: 1, Kind: sales.StepAutoMail, Delay: sales.Delay{N: 3, Unit: sales.WorkingDays}, Body: "One number from a fleet your size: four minutes."},
		{WorkspaceID: ws, ID: s.NewID(), SequenceID: w.Sequence.ID, Position: 2, Kind: sales.StepCall, Delay: sales.Delay{N: 2, Unit: sales.WorkingDays}, Note: "Call about re-planning"},
	}
	if err := s.InTx(context.Background(), w.insert); err != nil {
		t.Fatal(err)
	}
	return w
}

// Address is that of the i-th person of a World.
func Address(i int) string {
	return "person" + sales.ID(i).String() + "@brightwater.example"
}

func (w *World) insert(tx *store.Tx) error {
	ctx := context.Background()
	if err := tx.InsertWorkspace(ctx, w.Workspace); err != nil {
		return err
	}
	for _, u := range []sales.User{w.Owner, w.Seller} {
		if err := tx.InsertUser(ctx, u); err != nil {
			return err
		}
	}
	if err := tx.InsertMailbox(ctx, w.Mailbox); err != nil {
		return err
	}
	if err := tx.InsertAccount(ctx, w.Account); err != nil {
		return err
	}
	for _, p := range w.People {
		if err := tx.InsertPerson(ctx, p, w.Account.Name); err != nil {
			return err
		}
	}
	return tx.InsertSequence(ctx, w.Sequence)
}

// Enroll puts the i-th person into the sequence, due at once.
func (w *World) Enroll(t testing.TB, i int) sales.Enrollment {
	t.Helper()
	p := w.People[i]
	e := sales.Enrollment{
		WorkspaceID: w.Workspace.ID, ID: w.NewID(), SequenceID: w.Sequence.ID, PersonID: p.ID, AccountID: p.AccountID, OwnerID: w.Seller.ID,
		MailboxID: w.Mailbox.ID, State: sales.Active, Actor: sales.BySeller, StateAt: Now, NextAt: Now, Version: 1, LastStepAt: Now, EnrolledAt: Now,
	}
	if err := w.InTx(context.Background(), func(tx *store.Tx) error { return tx.InsertEnrollment(context.Background(), e) }); err != nil {
		t.Fatal(err)
	}
	return e
}
