//go:build servers

package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
	"ninetyten/internal/testserver"
)

// openPostgres gives a migrated store on a fresh PostgreSQL database.
func openPostgres(t testing.TB) *store.Store {
	t.Helper()
	return storetest.OpenURL(t, testserver.PostgresFrom(t, "store", func(url string) error {
		d, err := db.Open(context.Background(), url)
		if err != nil {
			return err
		}
		defer d.Close()
		return store.New(d, nil).Migrate(context.Background())
	}))
}

func TestPostgres(t *testing.T) { storetest.Run(t, openPostgres) }

func TestCopyToPostgres(t *testing.T) { testCopy(t, storetest.Open(t), openPostgres(t)) }

func TestCopyFromPostgres(t *testing.T) { testCopy(t, openPostgres(t), storetest.Open(t)) }

// TestReadAheadLocks: who puts a person into a sequence waits for the batch that
// may hold an answer of theirs, and then sees it.
func TestReadAheadLocks(t *testing.T) {
	s := openPostgres(t)
	w := storetest.NewWorld(t, s, 1)
	ctx, p := t.Context(), w.People[0]
	saw := make(chan string, 1)
	failed := make(chan error, 1)
	err := s.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.ReadAhead(ctx, w.Workspace.ID, store.Ahead{Mailbox: w.Mailbox.ID, Addresses: []string{p.Email}}); err != nil {
			return err
		}
		go func() {
			failed <- s.InTx(ctx, func(tx *store.Tx) error {
				if err := tx.LockPerson(ctx, w.Workspace.ID, p.ID); err != nil {
					return err
				}
				is, err := tx.Person(ctx, w.Workspace.ID, p.ID)
				saw <- is.Title
				return err
			})
		}()
		wait, stop := context.WithTimeout(ctx, time.Minute)
		defer stop()
		for waiting := 0; waiting == 0; {
			var err error
			if waiting, err = db.One(wait, s.DB, db.Value[int], "SELECT count(*) FROM pg_locks WHERE NOT granted"); err != nil {
				return err
			}
		}
		p.Title = "Answered"
		return tx.SavePerson(ctx, p, w.Account.Name)
	})
	if err := errors.Join(err, <-failed); err != nil {
		t.Fatal(err)
	}
	if got := <-saw; got != "Answered" {
		t.Errorf("the person is still %q", got)
	}
}
