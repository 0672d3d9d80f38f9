package store

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ninetyten/internal/db"
)

// wide are plans that read all rows of a workspace, or of a table.
var wide = regexp.MustCompile(`^(SCAN|SEARCH) (\w+)( EXISTS)?( USING (COVERING )?(INDEX \w+|PRIMARY KEY))?( \(workspace_id=\?\))?$`)

// mayBeWide are statements that read much by their nature, with the reason.
func mayBeWide() map[string]string {
	return map[string]string{
		"sqlMailingStates":   "counts all, for reports",
		"sqlMailboxLoads":    "counts the living, once for a preview of people that a pool shares",
		"sqlSequenceCounts":  "counts all, by its index alone",
		"sqlVerdictCounts":   "counts all, for reports",
		"sqlMovesAll":        "reads the ledger page by page, to count anew",
		"sqlSequenceStats":   "sums up every sequence of a list",
		"sqlHoldSequence":    "a sequence is paused by hand",
		"sqlFreeSequence":    "and resumed",
		"sqlAskSequence":     "its hours were changed by hand",
		"sqlAskEverywhere":   "the hours of the workspace were",
		"sqlTimeAll":         "switched off by hand, for everybody",
		"sqlBeatAll":         "switched off by hand, for everybody",
		"sqlCardSums":        "sums up what came of every card, for the playbook",
		"sqlTasksKind":       "reads all of a kind, for reports",
		"sqlOutsideForget":   "cleans up, once an hour",
		"sqlMailboxesSeen":   "reads a short index",
		"sqlFiguresRead":     "reads the figures themselves",
		"sqlIndexes":         "reads the schema",
		"sqlAccountNoKey":    "reads accounts that a version before keys left, once",
		"sqlDealsSum":        "sums up the pipeline",
		"sqlDealStages":      "counts the pipeline, when its stages change",
		"sqlDealsMean":       "a stage got another meaning by hand",
		"sqlDueAll":          "asks each workspace",
		"sqlDueMine":         "asks each workspace",
		"sqlMailboxesAppend": "asks each mailbox",
		"sqlMailboxesDue":    "asks each mailbox",
		"sqlMailboxesStuck":  "asks each mailbox",
		"sqlFilesLoose":      "looks at what carries files, as one is uploaded",
	}
}

// The name x stands for a query inside a query.

// small are tables of which a workspace has few rows.
func small() []string {
	return []string{
		"nodes", "workspaces", "users", "sessions", "person_leases", "mailboxes", "cursors", "sequences", "steps", "variants", "variant_stats", "step_stats", "sequence_versions",
		"rulesets", "schedules", "days_off", "absences", "absence_items", "snippets", "files", "counters", "model_endpoints", "lessons", "feeds", "cards", "card_versions", "phone_hooks",
	}
}

// TestPlans: with the figures that Migrate writes, SQLite finds the rows of every
// statement by an index and not by reading the workspace.
func TestPlans(t *testing.T) {
	s := openSQLite(t)
	all := statements(t, db.SQLite)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		query := all[name]
		args := make([]any, strings.Count(query, "?"))
		for i := range args {
			args[i] = 1
		}
		lines, err := db.All(t.Context(), s.DB, func(r db.Scanner) (string, error) {
			var id, parent, unused int
			var what string
			err := r.Scan(&id, &parent, &unused, &what)
			return what, err
		}, "EXPLAIN QUERY PLAN "+query, args...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, line := range lines {
			m := wide.FindStringSubmatch(line)
			if m == nil || mayBeWide()[name] != "" || m[2] == "x" || slices.Contains(small(), tableOf(query, m[2])) {
				continue
			}
			t.Errorf("%s: %s\n%s", name, line, query)
		}
	}
}

// TestByID: a row that is named by its ID is found by it, whatever PostgreSQL
// thinks of the index of all rows in its state.
func TestByID(t *testing.T) {
	bad := regexp.MustCompile(`\b(\w\.)?id = \? AND \(?(\w\.)?state = '`)
	for name, query := range statements(t, db.Postgres) {
		if strings.HasPrefix(query, "UPDATE") && bad.MatchString(query) && !strings.Contains(query, "mailbox_id = ? AND state") && !strings.Contains(query, "state = 'draft'") {
			t.Errorf("%s: write the state as state || ''\n%s", name, query)
		}
	}
}

// tableOf gives the table that a name of a plan stands for.
func tableOf(query, alias string) string {
	m := regexp.MustCompile(`(?:FROM|JOIN|INTO|UPDATE|,)\s+(\w+)\s+(?:AS\s+)?` + alias + `\b`).FindStringSubmatch(query)
	if m == nil {
		return alias
	}
	return m[1]
}

func TestFigures(t *testing.T) {
	for _, x := range []struct {
		cols   string
		unique bool
		want   string
	}{
		{"workspace_id,id", true, "1000000 1000000 1"},
		{"workspace_id,person_id", false, "1000000 1000000 20"},
		{"workspace_id,mailbox_id,follow_up,due_at", false, "1000000 1000000 1000 333 20"},
		{"email", true, "1000000 1"},
	} {
		if got := statOf(strings.Split(x.cols, ","), x.unique, figureRows); got != x.want {
			t.Errorf("%s: %s, want %s", x.cols, got, x.want)
		}
	}
}

// TestFiguresStay: they are written once, and again when they were lost.
func TestFiguresStay(t *testing.T) {
	s := openSQLite(t)
	read := func() []figure {
		t.Helper()
		list, err := db.All(t.Context(), s.DB, scanFigure, sqlFiguresRead().SQLite)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	first := read()
	if len(first) < 50 {
		t.Fatalf("only %d figures", len(first))
	}
	if _, err := s.DB.Exec(t.Context(), sqlFiguresCut().SQLite); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(read(), first) {
			t.Fatal("other figures than before")
		}
	}
}
