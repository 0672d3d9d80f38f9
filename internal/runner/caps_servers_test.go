//go:build servers

package runner_test

import (
	"context"
	"testing"

	"ninetyten/internal/db"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
	"ninetyten/internal/testserver"
)

// TestCapsPostgres: the same with transactions that really run at once.
func TestCapsPostgres(t *testing.T) {
	testCaps(t, storetest.OpenURL(t, testserver.PostgresFrom(t, "store", func(url string) error {
		d, err := db.Open(context.Background(), url)
		if err != nil {
			return err
		}
		defer d.Close()
		return store.New(d, nil).Migrate(context.Background())
	})))
}

// TestBesidePostgres: so is the number of people of an account.
func TestBesidePostgres(t *testing.T) {
	testBeside(t, storetest.OpenURL(t, testserver.PostgresFrom(t, "store", func(url string) error {
		d, err := db.Open(context.Background(), url)
		if err != nil {
			return err
		}
		defer d.Close()
		return store.New(d, nil).Migrate(context.Background())
	})))
}
