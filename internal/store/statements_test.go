package store

import (
	"context"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ninetyten/internal/db"
)

// statements gives every SQL text of the package for one database, by name: its
// constants as the type checker evaluates them, and what the functions that give
// a db.Per say. Texts that are finished at run time get the endings that the
// package gives them.
func statements(t testing.TB, d db.Dialect) map[string]string {
	t.Helper()
	out := map[string]string{}
	for name, text := range sqlConstants(t) {
		out[name] = finished(name, text)
	}
	pers := map[string]db.Per{"sqlEnrollmentsDue": sqlEnrollmentsDue(), "sqlCountersLock": sqlCountersLock(), "sqlColumns": sqlColumns(),
		"sqlFiguresAdd": sqlFiguresAdd(), "sqlFiguresCut": sqlFiguresCut(), "sqlFiguresRead": sqlFiguresRead(), "sqlIndexes": sqlIndexes(), "sqlQueuePeople": sqlQueuePeople(), "sqlShareTake": sqlShareTake()}
	if have := slices.Sorted(maps.Keys(pers)); !slices.Equal(have, perFunctions(t)) {
		t.Fatalf("functions that give a db.Per are %v, the test knows %v", perFunctions(t), have)
	}
	for name, p := range pers {
		if text := p.For(d); text != "" {
			out[name] = finished(name, text)
		}
	}
	people := sqlPeopleList + ` AND p.search LIKE ? ESCAPE '!' AND p.move = ? AND p.owner_id = ? AND p.account_id = ? AND NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.workspace_id = p.workspace_id AND e.person_id = p.id AND e.state IN ` + alive + `) AND EXISTS (SELECT 1 FROM enrollments e WHERE e.workspace_id = p.workspace_id AND e.person_id = p.id AND e.sequence_id = ?) ORDER BY p.id DESC LIMIT ?`
	out["People, all filters"] = people
	return out
}

// finished ends a text that the package ends at run time.
func finished(name, text string) string {
	switch {
	case name == "sqlPeopleCounts":
		return text + db.In(3) + ` GROUP BY p.account_id`
	case name == "sqlLeasesWatch":
		return text + `(CAST(? AS BIGINT), CAST(? AS BIGINT))) RETURNING id`
	case name == "sqlThreadMails":
		return text + db.In(3) + mailsOrder
	case strings.HasSuffix(text, " IN "):
		return text + db.In(3)
	case name == "sqlPeopleList":
		return text + ` ORDER BY p.id DESC LIMIT ?`
	case name == "sqlPeopleCount":
		return text + ` LIMIT ?) x`
	case name == "sqlAccountsList":
		return text + ` AND a.search LIKE ? ESCAPE '!' AND a.owner_id = ? AND a.archived_at = 0` + accountsOrder
	case name == "sqlDealsList":
		return text + ` AND d.search LIKE ? ESCAPE '!' AND d.stage = ? AND d.meaning = CAST(? AS TEXT) AND d.owner_id = ? AND d.account_id = ? AND EXISTS (SELECT 1 FROM parts x WHERE x.workspace_id = d.workspace_id AND x.person_id = ? AND x.deal_id = d.id) AND d.closed_at >= ?` + dealsOrder
	case name == "sqlDealsSum":
		return text + dealsGroup
	case name == "sqlThreadsWalk":
		return text + ` AND NOT (1 = 1` + namedWhere([]string{"a", "b"}) + `)` + inboxOrder
	case name == "sqlInboxLines":
		return text + ` AND m.kind <> 'reply'` + inboxOrder
	}
	return text
}

// verb begins what is a statement; other string constants are parts of one.
var verb = regexp.MustCompile(`^(SELECT|INSERT|UPDATE|DELETE|LOCK|WITH)\b`)

// parsePackage reads the files of the package without its tests.
func parsePackage(t testing.TB) (*token.FileSet, []*ast.File) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return fset, files
}

// sqlConstants evaluates the constants of the package that hold a statement, those
// inside functions too. It fails for a statement that is written as a literal
// anywhere else, but for those that a list here explains.
func sqlConstants(t testing.TB) map[string]string {
	t.Helper()
	fset, files := parsePackage(t)
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: emptyImporter{}, Error: func(error) {}} // what others declare is not needed
	_, _ = conf.Check("store", fset, files, info)
	out := map[string]string{}
	for id, obj := range info.Defs {
		c, isConst := obj.(*types.Const)
		if !isConst || c.Val().Kind() != constant.String {
			continue
		}
		if text := constant.StringVal(c.Val()); verb.MatchString(text) {
			if out[id.Name] != "" {
				t.Errorf("two constants %s", id.Name)
			}
			out[id.Name] = text
		}
	}
	known := []string{
		"SELECT 1 FROM ", "SELECT count(*) FROM ", "SELECT ", // Copy, for every table: its own test runs them
		"UPDATE enrollments SET version = version + 1, position = CASE", // MovePositions, run by the suite
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			if g, isGen := n.(*ast.GenDecl); isGen && g.Tok == token.CONST {
				return false
			}
			lit, isLit := n.(*ast.BasicLit)
			if !isLit || lit.Kind != token.STRING {
				return true
			}
			text := constant.StringVal(constant.MakeFromLiteral(lit.Value, token.STRING, 0))
			if verb.MatchString(text) && !slices.Contains(known, text) && !inPer(f, lit) && !inside(f, lit, "Inside") {
				t.Errorf("%s: a statement that is no constant is not tested: %.60q", fset.Position(lit.Pos()), text)
			}
			return true
		})
	}
	return out
}

type emptyImporter struct{}

func (emptyImporter) Import(path string) (*types.Package, error) {
	return nil, fmt.Errorf("%s is not needed", path)
}

// inPer tells whether a literal stands in a function that gives a db.Per.
func inPer(f *ast.File, lit ast.Node) bool {
	for _, d := range f.Decls {
		if fn, isFunc := d.(*ast.FuncDecl); isFunc && givesPer(fn) && fn.Pos() <= lit.Pos() && lit.End() <= fn.End() {
			return true
		}
	}
	return false
}

// inside tells whether a literal stands in a method of a name.
func inside(f *ast.File, lit ast.Node, name string) bool {
	for _, d := range f.Decls {
		if fn, isFunc := d.(*ast.FuncDecl); isFunc && fn.Name.Name == name && fn.Pos() <= lit.Pos() && lit.End() <= fn.End() {
			return true
		}
	}
	return false
}

func givesPer(fn *ast.FuncDecl) bool {
	if fn.Type.Results == nil || len(fn.Type.Results.List) != 1 {
		return false
	}
	sel, isSel := fn.Type.Results.List[0].Type.(*ast.SelectorExpr)
	return isSel && sel.Sel.Name == "Per"
}

// perFunctions names the functions that give a db.Per.
func perFunctions(t testing.TB) []string {
	t.Helper()
	_, files := parsePackage(t)
	var out []string
	for _, f := range files {
		for _, d := range f.Decls {
			if fn, isFunc := d.(*ast.FuncDecl); isFunc && givesPer(fn) {
				out = append(out, fn.Name.Name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// prepareAll prepares every statement on an open database.
func prepareAll(t *testing.T, s *Store) {
	t.Helper()
	all := statements(t, s.DB.Dialect())
	if len(all) < 120 {
		t.Errorf("only %d statements were found", len(all))
	}
	if err := s.DB.PrepareAll(t.Context(), all); err != nil {
		t.Error(err)
	}
}

// schemaOf gives the schema of an open SQLite database as text.
func schemaOf(t *testing.T, s *Store) string {
	t.Helper()
	list, err := db.All(t.Context(), s.DB, db.Value[string], `SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%' ORDER BY tbl_name, type DESC, name`)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, ";\n\n") + ";\n"
}

func openSQLite(t *testing.T) *Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "t.db"))
}

func openAt(t *testing.T, url string) *Store {
	t.Helper()
	d, err := db.Open(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	s := New(d, nil)
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// golden compares with a file of testdata, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%s differs: if that is meant, run with -update (%v)\n%s", path, err, got)
	}
}

func TestStatementsSQLite(t *testing.T) { prepareAll(t, openSQLite(t)) }

func TestSchemaSQLite(t *testing.T) { golden(t, "schema.sqlite.sql", schemaOf(t, openSQLite(t))) }

// TestEveryStatementNamesTheWorkspace: the wall between tenants is in each text.
func TestEveryStatementNamesTheWorkspace(t *testing.T) {
	everywhere := []string{"sqlWorkspaceAll", "sqlAccountNoKey", "sqlUserByEmail", "sqlUserAny", "sqlSessionGet", "sqlSessionOld", "sqlCountersLock", "sqlColumns", "sequenceRead",
		"sqlNodes", "sqlNodeEnd", "sqlNodesDrop", "sqlShares", "sqlShare", "sqlShareTake", "sqlShareLeave", "sqlShareEnd", "sqlDueAll", "sqlDueMine"}
	for name, text := range statements(t, db.Postgres) {
		if !regexp.MustCompile(`workspace_id = \?|\(workspace_id, id\) IN \(VALUES`).MatchString(text) && !regexp.MustCompile(`^INSERT INTO \w+ \(workspace_id,`).MatchString(text) && !slices.Contains(everywhere, name) {
			t.Errorf("%s names no workspace: %s", name, text)
		}
	}
}

// TestTablesComplete: the list of tables is that of the schema, and every table
// starts with workspace_id.
func TestTablesComplete(t *testing.T) {
	s := openSQLite(t)
	have, err := db.All(t.Context(), s.DB, db.Value[string], `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%' ORDER BY name`)
	if err != nil {
		t.Fatal(err)
	}
	if want := sorted(Tables()); !slices.Equal(have, want) {
		t.Errorf("the schema has %v\nTables gives    %v", have, want)
	}
	for _, table := range have {
		cols, err := columns(t.Context(), s.DB, table)
		if err != nil || cols[0].name != "workspace_id" {
			t.Errorf("%s starts with %v (%v)", table, cols, err)
		}
	}
}

// TestSuiteComplete: the suite calls every exported method.
func TestSuiteComplete(t *testing.T) {
	names, err := filepath.Glob("storetest/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var suite strings.Builder
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		suite.Write(b)
	}
	_, files := parsePackage(t)
	n := 0
	for _, f := range files {
		for _, d := range f.Decls {
			fn, isFunc := d.(*ast.FuncDecl)
			if !isFunc || fn.Recv == nil || !fn.Name.IsExported() {
				continue
			}
			star, isStar := fn.Recv.List[0].Type.(*ast.StarExpr)
			if !isStar {
				continue
			}
			of := star.X.(*ast.Ident).Name
			if of != "Store" && of != "Tx" {
				continue
			}
			n++
			by := map[string]string{"Store": `\bs`, "Tx": `\btx`}[of]
			if !regexp.MustCompile(by + `\.` + fn.Name.Name + `\(`).MatchString(suite.String()) {
				t.Errorf("the suite never calls %s.%s", of, fn.Name.Name)
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d methods were found", n)
	}
}
