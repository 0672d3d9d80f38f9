package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// checkVars tells of package-level variables that could change. These may stay:
//
//   - the blank identifier: var _ Interface = (*Type)(nil);
//   - error sentinels (errors.New, fmt.Errorf, sales.Errorf, &sales.Error{},
//     var ErrX = other.ErrX);
//   - regexp.MustCompile and strings.NewReplacer, which never change;
//   - sync.OnceValue and OnceValues: a table that is computed once;
//   - what //go:embed fills;
//   - an unexported value with "read-only" in its comment, which nothing in
//     the package assigns to, appends to, clears, deletes from or takes the address of;
//   - generated files, tests, what only tests import, and the exceptions of rules.go.
//
// Anything else becomes a constant, a func that gives a new value, or a field.
func checkVars(pkgs []pkg) []string {
	var wrong []string
	for _, p := range pkgs {
		if slices.Contains(testSupport(), p.path) {
			continue
		}
		tables := make(map[string]string) // name to file of each read-only table
		for _, f := range p.files {
			if f.test || f.generated {
				continue
			}
			for _, d := range f.ast.Decls {
				gen, ok := d.(*ast.GenDecl)
				if !ok || gen.Tok != token.VAR {
					continue
				}
				for _, s := range gen.Specs {
					wrong = append(wrong, checkVar(p, f, gen, s.(*ast.ValueSpec), tables)...)
				}
			}
		}
		for _, f := range p.files {
			if !f.test {
				wrong = append(wrong, writes(f, tables)...)
			}
		}
	}
	return wrong
}

func checkVar(p pkg, f source, gen *ast.GenDecl, spec *ast.ValueSpec, tables map[string]string) []string {
	var wrong []string
	text := gen.Doc.Text() + spec.Doc.Text() + spec.Comment.Text()
	for i, name := range spec.Names {
		var value ast.Expr
		if i < len(spec.Values) {
			value = spec.Values[i]
		}
		switch {
		case name.Name == "_", embedded(gen, spec), constant(value):
		case slices.ContainsFunc(exceptions(), func(e exception) bool { return e.path == p.path && e.name == name.Name }):
		case strings.Contains(text, "read-only") && !name.IsExported() && value != nil:
			tables[name.Name] = f.name
		case strings.Contains(text, "read-only"):
			wrong = append(wrong, fmt.Sprintf("%s: the read-only table %s must be unexported and have its value where it is declared", f.name, name.Name))
		default:
			wrong = append(wrong, fmt.Sprintf("%s: variable %s of the package can change: make it a constant, a func, a field, or an unexported value with “read-only” in its comment", f.name, name.Name))
		}
	}
	return wrong
}

// embedded tells whether a go:embed directive fills the variable.
func embedded(gen *ast.GenDecl, spec *ast.ValueSpec) bool {
	for _, doc := range []*ast.CommentGroup{gen.Doc, spec.Doc} {
		if doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed ") }) {
			return true
		}
	}
	return false
}

// constant tells whether a value never changes once it is made.
func constant(value ast.Expr) bool {
	if u, ok := value.(*ast.UnaryExpr); ok && u.Op == token.AND {
		lit, ok := u.X.(*ast.CompositeLit)
		return ok && slices.Contains([]string{"sales.Error", "Error"}, dotted(lit.Type))
	}
	if sel, ok := value.(*ast.SelectorExpr); ok {
		return strings.HasPrefix(sel.Sel.Name, "Err")
	}
	call, ok := value.(*ast.CallExpr)
	return ok && slices.Contains([]string{
		"errors.New", "fmt.Errorf", "sales.Errorf", "sales.WrapError", "Errorf",
		"regexp.MustCompile", "strings.NewReplacer", "sync.OnceValue", "sync.OnceValues",
	}, dotted(call.Fun))
}

// dotted gives "x.Y" or "Y" of an expression.
func dotted(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return dotted(e.X) + "." + e.Sel.Name
	case *ast.IndexExpr:
		return dotted(e.X)
	}
	return ""
}

// writes finds what changes a table that says it is read-only.
func writes(f source, tables map[string]string) []string {
	var wrong []string
	hit := func(e ast.Expr) {
		if name := root(e); tables[name] != "" {
			wrong = append(wrong, fmt.Sprintf("%s: changes %s, which is read-only by its comment in %s", f.name, name, tables[name]))
		}
	}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				for _, e := range n.Lhs {
					hit(e)
				}
			}
		case *ast.IncDecStmt:
			hit(n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				hit(n.X)
			}
		case *ast.CallExpr:
			if slices.Contains([]string{"append", "clear", "copy", "delete", "sort.Slice", "sort.Strings", "slices.Sort", "slices.SortFunc", "slices.Reverse"}, dotted(n.Fun)) && len(n.Args) > 0 {
				hit(n.Args[0])
			}
		}
		return true
	})
	return wrong
}

// root gives the variable that an expression is a part of.
func root(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.IndexExpr:
		return root(e.X)
	case *ast.SelectorExpr:
		return root(e.X)
	case *ast.SliceExpr:
		return root(e.X)
	case *ast.StarExpr:
		return root(e.X)
	case *ast.ParenExpr:
		return root(e.X)
	}
	return ""
}
