//go:build servers

package store_test

import (
	"context"
	"testing"

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
