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

// TestSharePostgres: the same with transactions that really run at once.
func TestSharePostgres(t *testing.T) {
	for _, test := range []func(*testing.T, *store.Store){testShare, testShareMany} {
		test(t, storetest.OpenURL(t, testserver.PostgresFrom(t, "store", func(url string) error {
			d, err := db.Open(context.Background(), url)
			if err != nil {
				return err
			}
			defer d.Close()
			return store.New(d, nil).Migrate(context.Background())
		})))
	}
}
