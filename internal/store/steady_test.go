package store

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"ninetyten/internal/db"
)

// TestSteady: SQLite compiles a statement anew at each run when a parameter is
// compared as a partial index compares its column with a constant, for the index may
// fit the one value and not another. Such a parameter is written as a CAST.
func TestSteady(t *testing.T) {
	s := openSQLite(t)
	type index struct{ name, table, where string }
	list, err := db.All(t.Context(), s.DB, func(r db.Scanner) (index, error) {
		var x index
		err := r.Scan(&x.name, &x.table, &x.where)
		return x, err
	}, `SELECT name, tbl_name, substr(sql, instr(sql, ' WHERE ') + 7) FROM sqlite_schema WHERE type = 'index' AND sql LIKE '% WHERE %'`)
	if err != nil || len(list) < 30 {
		t.Fatalf("%d partial indexes: %v", len(list), err)
	}
	part := regexp.MustCompile(`(\w+) (=|<>|>|<|>=|<=) ('[^']*'|-?\d+)`)
	all := statements(t, db.SQLite)
	for _, x := range list {
		for _, m := range part.FindAllStringSubmatch(x.where, -1) {
			bad := regexp.MustCompile(`(?:\b(\w+)\.|[ (])` + m[1] + ` ` + m[2] + ` \?`)
			for _, name := range slices.Sorted(maps.Keys(all)) {
				query := all[name]
				if mayChange()[name] != "" {
					continue
				}
				for _, at := range bad.FindAllStringSubmatch(wheres(query), -1) {
					if named := regexp.MustCompile(`\b` + x.table + `\b`).MatchString(query); named && (at[1] == "" || tableOf(query, at[1]) == x.table) {
						t.Errorf("%s: cast the parameter of %q, which %s compares with %s", name, at[0], x.name, m[3])
					}
				}
			}
		}
	}
}

// mayChange are statements whose plan should depend on the value, with the reason.
func mayChange() map[string]string {
	return map[string]string{
		"sqlTasksKind":        "reads all of a kind, for reports",
		"People, all filters": "whose move it is: ours has an index",
	}
}

// wheres is a statement without what an UPDATE sets.
func wheres(query string) string {
	return regexp.MustCompile(`(?s)^(UPDATE \w+) SET .*? WHERE `).ReplaceAllString(query, "$1 WHERE ")
}
