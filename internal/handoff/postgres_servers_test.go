//go:build servers

package handoff_test

import (
	"testing"

	"ninetyten/internal/store/storetest"
	"ninetyten/internal/testserver"
)

// TestTwoNodes: two processes would have a pool each on one database.
func TestTwoNodes(t *testing.T) {
	url := testserver.Postgres(t)
	hubs(t, storetest.OpenURL(t, url), storetest.OpenURL(t, url))
}
