package archtest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	module   = "ninetyten"
	internal = module + "/internal/"
)

// source is one file of Go.
type source struct {
	name      string // from the root of the module
	ast       *ast.File
	lines     int
	test      bool
	generated bool
}

// pkg is one folder with Go in it. Files of all build tags belong to it.
type pkg struct {
	path  string // below internal/, or from the root
	files []source
}

// load reads every package of the module. Folders named testdata and those
// that begin with a dot or underscore are left out, as the go command does.
func load(root string) ([]pkg, *token.FileSet, error) {
	fset := token.NewFileSet()
	byDir := make(map[string]*pkg)
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if d.IsDir() {
			if name != root && (base == "testdata" || base == "vendor" || base == "node_modules" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_")) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(base, ".go") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		src, err := parse(fset, filepath.ToSlash(rel), text)
		if err != nil {
			return err
		}
		dir := strings.TrimPrefix(path.Dir(src.name), "internal/")
		if byDir[dir] == nil {
			byDir[dir] = &pkg{path: dir}
		}
		byDir[dir].files = append(byDir[dir].files, src)
		return nil
	})
	var all []pkg
	for _, p := range byDir {
		all = append(all, *p)
	}
	slices.SortFunc(all, func(a, b pkg) int { return strings.Compare(a.path, b.path) })
	return all, fset, err
}

func parse(fset *token.FileSet, name string, text []byte) (source, error) {
	file, err := parser.ParseFile(fset, name, text, parser.ParseComments)
	if err != nil {
		return source{}, err
	}
	return source{
		name:      name,
		ast:       file,
		lines:     bytes.Count(text, []byte("\n")),
		test:      strings.HasSuffix(name, "_test.go"),
		generated: ast.IsGenerated(file),
	}, nil
}

// imports gives the paths that a file imports.
func (s source) imports() []string {
	var out []string
	for _, spec := range s.ast.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// called gives the name by which a file knows an import, "" when it has none.
func (s source) called(importPath string) string {
	for _, spec := range s.ast.Imports {
		if p, _ := strconv.Unquote(spec.Path.Value); p != importPath {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return path.Base(importPath)
	}
	return ""
}

// ours gives the place of an import of this module, as in a rule.
func ours(importPath string) (string, bool) {
	if p, ok := strings.CutPrefix(importPath, internal); ok {
		return p, true
	}
	if p, ok := strings.CutPrefix(importPath, module+"/"); ok {
		return p, true
	}
	return "", false
}

// matches tells whether p is pattern, or below it when it ends in /.
func matches(pattern, p string) bool {
	if strings.HasSuffix(pattern, "/") {
		return strings.HasPrefix(p, pattern)
	}
	return p == pattern
}

// within tells whether a package is one of the list, where "x/..." is x and
// everything below.
func within(list []string, p string) bool {
	for _, l := range list {
		base, below := strings.CutSuffix(l, "/...")
		if p == base || below && strings.HasPrefix(p, base+"/") {
			return true
		}
	}
	return false
}
