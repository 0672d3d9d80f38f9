//go:build servers

package intake_test

import (
	"testing"

	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
	"ninetyten/internal/testserver"
)

// TestBatchAsOneByOnePostgres: on PostgreSQL statements go together too.
func TestBatchAsOneByOnePostgres(t *testing.T) {
	batches(t, func(t testing.TB) *store.Store { return storetest.OpenURL(t, testserver.Postgres(t)) }, 3)
}
