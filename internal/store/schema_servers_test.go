//go:build servers

package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ninetyten/internal/db"
	"ninetyten/internal/testserver"
)

func TestStatementsPostgres(t *testing.T) { prepareAll(t, openAt(t, testserver.Postgres(t))) }

// TestSchemaPostgres dumps the columns, keys and indexes of PostgreSQL.
func TestSchemaPostgres(t *testing.T) {
	s := openAt(t, testserver.Postgres(t))
	text := func(r db.Scanner) (string, error) {
		var a, b string
		err := r.Scan(&a, &b)
		return a + " " + b, err
	}
	read := func(query string) []string {
		t.Helper()
		list, err := db.All(t.Context(), s.DB, text, query)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	cols := read(`SELECT CAST(table_name AS TEXT), column_name || ' ' || data_type || CASE WHEN is_nullable = 'NO' THEN ' NOT NULL' ELSE '' END || coalesce(' DEFAULT ' || column_default, '')
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'goose%' ORDER BY table_name, ordinal_position`)
	indexes := read(`SELECT CAST(tablename AS TEXT), indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'goose%' ORDER BY tablename, indexname`)
	var b strings.Builder
	for _, table := range sorted(Tables()) {
		fmt.Fprintf(&b, "%s\n", table)
		for _, line := range append(slices.Clone(cols), indexes...) {
			if rest, mine := strings.CutPrefix(line, table+" "); mine {
				fmt.Fprintf(&b, "  %s\n", rest)
			}
		}
	}
	if n := strings.Count(b.String(), " NOT NULL"); n < 150 {
		t.Errorf("only %d columns", n)
	}
	golden(t, "schema.postgres.txt", b.String())
}
