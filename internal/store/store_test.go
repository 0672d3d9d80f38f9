package store_test

import (
	"testing"

	"ninetyten/internal/store/storetest"
)

func TestSQLite(t *testing.T) { storetest.Run(t, storetest.Open) }
