package store

import (
	"slices"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

// TestMovesIn: the lines of a ledger come out as they went in, and what is no line is
// an error.
func TestMovesIn(t *testing.T) {
	got, err := movesIn("1000000 buyer reply 2500,0  call -1", 3, 4)
	want := []sales.Move{
		{WorkspaceID: 3, PersonID: 4, At: time.Unix(1, 0).UTC(), Actor: sales.ByBuyer, Kind: sales.MoveReply, Minutes: 2.5},
		{WorkspaceID: 3, PersonID: 4, Kind: sales.MoveCall, Minutes: -0.001},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{"", "7", "x buyer reply 2", "0 buyer reply 2 3", "0 buyer reply 2.5", "0 buyer reply 2,"} {
		if got, err := movesIn(bad, 3, 4); err == nil {
			t.Errorf("%q reads %+v", bad, got)
		}
	}
}
