package archtest

import (
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const moduleRoot = "../.."

func report(t *testing.T, wrong []string) {
	t.Helper()
	slices.Sort(wrong)
	for _, w := range slices.Compact(wrong) {
		t.Error(w)
	}
}

// TestProgram holds the program to the rules.
func TestProgram(t *testing.T) {
	pkgs, _, err := load(moduleRoot)
	if err != nil {
		t.Fatal(err)
	}
	if len(pkgs) < 5 {
		t.Fatalf("only %d packages found", len(pkgs))
	}
	t.Run("imports", func(t *testing.T) { report(t, checkImports(pkgs, rules())) })
	t.Run("pure core", func(t *testing.T) { report(t, checkPure(pkgs, rules())) })
	t.Run("faces", func(t *testing.T) { report(t, checkFaces(pkgs)) })
	t.Run("libraries", func(t *testing.T) { report(t, checkFences(pkgs)) })
	t.Run("shape", func(t *testing.T) { report(t, checkShape(pkgs)) })
	t.Run("variables", func(t *testing.T) { report(t, checkVars(pkgs)) })
	t.Run("docs", func(t *testing.T) {
		doc, err := os.ReadFile(filepath.Join(moduleRoot, "docs/ARCHITECTURE.md"))
		if err != nil {
			t.Fatalf("the picture of the program is missing: %v", err)
		}
		if n := strings.Count(string(doc), "\n"); n > 250 {
			t.Errorf("docs/ARCHITECTURE.md has %d lines, at most 250", n)
		}
		report(t, checkDocs(pkgs, string(doc)))
	})
}

// TestRules checks the table itself.
func TestRules(t *testing.T) {
	seen := make(map[string]bool)
	for _, r := range rules() {
		if seen[r.path] {
			t.Errorf("%s has two rules", r.path)
		}
		seen[r.path] = true
	}
	for _, r := range rules() {
		for _, m := range r.may {
			if m != "*" && m != "core" && !seen[m] && !strings.HasSuffix(m, "/...") {
				t.Errorf("%s may import %s, which has no rule", r.path, m)
			}
		}
	}
	for _, r := range rules() {
		if slices.Contains(r.may, "app") {
			t.Errorf("%s may import app: only what may import everything does", r.path)
		}
	}
}

// TestChecks shows each check a small program that breaks it, so that a check
// that finds nothing any more is found.
func TestChecks(t *testing.T) {
	const comment = "// Package x is here.\n"
	for _, c := range []struct{ name, path, file, src, want string }{
		{"unknown package", "novelty", "novelty/x.go", "package novelty", "has no place"},
		{"upward import", "store", "store/x.go", "package store; import _ \"ninetyten/internal/web\"", "store may not import web"},
		{"core to state", "engine", "engine/x.go", "package engine; import _ \"ninetyten/internal/store\"", "engine may not import store"},
		{"sales imports ours", "sales", "sales/x.go", "package sales; import _ \"ninetyten/internal/mail\"", "sales may not import mail"},
		{"db knows a noun", "db", "db/x.go", "package db; import _ \"ninetyten/internal/sales\"", "db may not import sales"},
		{"app for a face", "web", "web/x.go", "package web; import _ \"ninetyten/internal/app\"", "web may not import app"},
		{"world reads as the product", "sandbox/voice", "sandbox/voice/x.go", "package voice; import _ \"ninetyten/internal/classify\"", "may not import classify"},
		{"context in the core", "mail", "mail/x.go", "package mail; import _ \"context\"", "may not import context"},
		{"net in the core", "mail", "mail/x.go", "package mail; import _ \"net/http\"", "may not import net/http"},
		{"random in the core", "rank", "rank/x.go", "package rank; import _ \"math/rand/v2\"", "may not import math/rand/v2"},
		{"the clock", "balance", "balance/x.go", "package balance; import \"time\"; func f() { time.Now() }", "uses time.Now"},
		{"the clock by another name", "balance", "balance/x.go", "package balance; import t \"time\"; var _ = t.Since", "uses t.Since"},
		{"the clock with a dot", "balance", "balance/x.go", "package balance; import . \"time\"; var _ = Now", "with a dot"},
		{"the clock of sales", "engine", "engine/x.go", "package engine; import \"ninetyten/internal/sales\"; var _ = sales.WallClock{}", "uses sales.WallClock"},
		{"a face writes", "web", "web/x.go", "package web; import \"ninetyten/internal/store\"; func f(*store.Tx) {}", "uses store.Tx"},
		{"SQL elsewhere", "desk", "desk/x.go", "package desk; import _ \"database/sql\"", "database/sql stays in"},
		{"a driver elsewhere", "store", "store/x.go", "package store; import _ \"modernc.org/sqlite\"", "modernc.org/sqlite stays in"},
		{"test code", "desk", "desk/x.go", "package desk; import _ \"testing\"", "testing stays in"},
		{"init", "desk", "desk/x.go", comment + "package desk; func init() {}", "init function"},
		{"no comment", "desk", "desk/x.go", "package desk", "has no comment"},
		{"long file", "desk", "desk/x.go", comment + "package desk" + strings.Repeat("\n", 700), "has 701 lines"},
		{"map", "desk", "desk/x.go", "package desk; var cache = map[string]int{}", "variable cache"},
		{"zero value", "desk", "desk/x.go", "package desk; var count int", "variable count"},
		{"exported table", "desk", "desk/x.go", "package desk\n// Names is read-only.\nvar Names = []string{}", "must be unexported"},
		{"table that is written", "desk", "desk/x.go", "package desk\n// names is read-only.\nvar names = []string{\"a\"}\nfunc f() { names[0] = \"b\" }", "changes names"},
		{"table that is appended to", "desk", "desk/x.go", "package desk\n// names is read-only.\nvar names = []string{\"a\"}\nfunc f() []string { return append(names, \"b\") }", "changes names"},
		{"not in the docs", "desk", "desk/x.go", "package desk", "does not name package desk"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := all(t, c.path, c.file, c.src)
			if !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, c.want) }) {
				t.Errorf("%q is not found: %q", c.want, got)
			}
		})
	}
}

// TestChecksAllow shows what is right and must stay allowed.
func TestChecksAllow(t *testing.T) {
	for name, c := range map[string]struct{ path, file, src string }{
		"core":       {"engine", "engine/x.go", "import (\"ninetyten/internal/calendar\"; \"time\"); func f(now time.Time) time.Duration { return now.Sub(now) }; var _ = calendar.X"},
		"sentinels":  {"store", "store/x.go", "var errGone = errors.New(\"gone\"); var digits = regexp.MustCompile(\"[0-9]\"); var _ Reader = (*T)(nil); var table = sync.OnceValue(func() int { return 1 })"},
		"embed":      {"web", "web/x.go", "import _ \"embed\"\n//go:embed x.css\nvar css string"},
		"read-only":  {"mail", "mail/x.go", "// words is read-only.\nvar words = []string{\"a\"}\nfunc f() string { words := words; return words[0] }"},
		"tests":      {"engine", "engine/x_test.go", "import (_ \"os\"; _ \"ninetyten/internal/app\"); var count int; func init() {}"},
		"below cmd":  {"cmd/ninetyten", "cmd/ninetyten/main.go", "import _ \"ninetyten/internal/app\"; var version string"},
		"everything": {"e2e", "e2e/x.go", "import (_ \"ninetyten/internal/app\"; _ \"testing\")"},
	} {
		if got := all(t, c.path, c.file, "// Package x is here.\npackage x\n"+c.src); len(got) > 1 || len(got) == 1 && !strings.Contains(got[0], "ARCHITECTURE") {
			t.Errorf("%s: %q", name, got)
		}
	}
	doc := "- `mailconn` x\n  mail/   parse\nsee internal/web/bundle for it\n"
	for p, want := range map[string]int{"mail": 0, "mailconn": 0, "web/bundle": 0, "web": 1, "conn": 1} {
		if got := checkDocs([]pkg{{path: p, files: []source{{}}}}, doc); len(got) != want {
			t.Errorf("%s: %q", p, got)
		}
	}
}

func all(t *testing.T, path, file, src string) []string {
	t.Helper()
	f, err := parse(token.NewFileSet(), file, []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	pkgs := []pkg{{path: path, files: []source{f}}}
	return slices.Concat(checkImports(pkgs, rules()), checkPure(pkgs, rules()), checkFaces(pkgs), checkFences(pkgs), checkShape(pkgs), checkVars(pkgs), checkDocs(pkgs, "nothing"))
}

// TestDependencies compares docs/dependencies.md with the direct requirements.
func TestDependencies(t *testing.T) {
	mod, err := os.ReadFile(filepath.Join(moduleRoot, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile(filepath.Join(moduleRoot, "docs/dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	wanted := make(map[string]bool)
	for line := range strings.Lines(string(mod)) {
		if f := strings.Fields(line); len(f) == 2 && strings.HasPrefix(line, "\t") && strings.HasPrefix(f[1], "v") {
			wanted[f[0]] = true
		}
	}
	if len(wanted) < 10 {
		t.Fatalf("only %d requirements found in go.mod", len(wanted))
	}
	for line := range strings.Lines(string(doc)) {
		name, ok := strings.CutPrefix(strings.TrimSpace(line), "### ")
		if !ok {
			continue
		}
		if !wanted[name] {
			t.Errorf("docs/dependencies.md has %s, which go.mod does not require", name)
		}
		delete(wanted, name)
	}
	for name := range wanted {
		t.Errorf("docs/dependencies.md lacks a paragraph on %s", name)
	}
}
