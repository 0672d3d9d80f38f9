//go:build servers

package auth_test

import (
	"testing"

	"ninetyten/internal/store/storetest"
	"ninetyten/internal/testserver"
)

func TestLastOwnerPostgres(t *testing.T) {
	d := newDoor(t)
	d.Store = storetest.OpenURL(t, testserver.Postgres(t))
	testLastOwner(t, d)
}
