package store

import (
	"strings"
	"testing"

	"ninetyten/internal/db"
)

// TestLanesByIndex: the head of each lane is read in its order, however many wait
// behind it.
func TestLanesByIndex(t *testing.T) {
	s := openSQLite(t)
	args := make([]any, strings.Count(s.queue, "?"))
	for i := range args {
		args[i] = 1
	}
	lines, err := db.All(t.Context(), s.DB, func(r db.Scanner) (string, error) {
		var id, parent, unused int
		var what string
		err := r.Scan(&id, &parent, &unused, &what)
		return what, err
	}, "EXPLAIN QUERY PLAN "+s.queue, args...)
	if err != nil {
		t.Fatal(err)
	}
	plan := strings.Join(lines, "\n")
	if n := strings.Count(plan, "USING COVERING INDEX tasks_lane"); n != lanes || strings.Contains(plan, "TEMP B-TREE") {
		t.Errorf("%d of %d lanes go by their index:\n%s", n, lanes, plan)
	}
}
