package archtest

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strings"
)

// ruleFor gives the rule of a package: its own, else the longest one with /....
func ruleFor(all []rule, p string) (rule, bool) {
	best, ok := rule{}, false
	for _, r := range all {
		if r.path == p {
			return r, true
		}
		if base, below := strings.CutSuffix(r.path, "/..."); below && strings.HasPrefix(p, base+"/") && len(r.path) > len(best.path) {
			best, ok = r, true
		}
	}
	return best, ok
}

// checkImports tells who imports what it may not.
func checkImports(pkgs []pkg, all []rule) []string {
	var wrong []string
	for _, p := range pkgs {
		r, ok := ruleFor(all, p.path)
		if !ok {
			wrong = append(wrong, fmt.Sprintf("package %s has no place: add it to internal/archtest/rules.go and to docs/ARCHITECTURE.md", p.path))
			continue
		}
		for _, f := range p.files {
			if f.test {
				continue
			}
			for _, imp := range f.imports() {
				if to, ok := ours(imp); ok && !allowed(all, r, to) {
					wrong = append(wrong, fmt.Sprintf("%s: %s may not import %s; it may import sales %s", f.name, p.path, to, strings.Join(r.may, " ")))
				}
			}
		}
	}
	return wrong
}

func allowed(all []rule, r rule, to string) bool {
	target, known := ruleFor(all, to)
	switch {
	case r.path == "sales" || r.path == "db" && to == "sales":
		return false // sales speaks to nobody; db knows no noun
	case to == "sales", within(r.may, to), slices.Contains(r.may, "*"):
		return true
	case slices.Contains(r.may, "core"):
		return known && target.pure
	}
	return false
}

// checkPure tells which pure package reaches for the world outside.
func checkPure(pkgs []pkg, all []rule) []string {
	var wrong []string
	for _, p := range pkgs {
		r, _ := ruleFor(all, p.path)
		if !r.pure {
			continue
		}
		for _, to := range r.may {
			if target, _ := ruleFor(all, to); !target.pure {
				wrong = append(wrong, fmt.Sprintf("rules.go: %s is pure, so it may not import %s, which is not", r.path, to))
			}
		}
		for _, f := range p.files {
			if f.test || f.generated {
				continue
			}
			for _, imp := range f.imports() {
				if !slices.Contains(pureNet(), imp) && slices.ContainsFunc(impure(), func(pattern string) bool { return matches(pattern, imp) }) {
					wrong = append(wrong, fmt.Sprintf("%s: %s is pure, so it may not import %s; take what you need as an argument", f.name, p.path, imp))
				}
			}
			wrong = append(wrong, named(f, impureNames(), p.path+" is pure: take it as an argument")...)
		}
	}
	return wrong
}

// checkFaces tells which face writes by itself.
func checkFaces(pkgs []pkg) []string {
	var wrong []string
	for _, p := range pkgs {
		if !slices.Contains(faces(), p.path) {
			continue
		}
		for _, f := range p.files {
			if !f.test {
				wrong = append(wrong, named(f, faceNames(), "a face writes through desk")...)
			}
		}
	}
	return wrong
}

// named finds uses of names that are not wanted in a file, by import path.
func named(f source, unwanted map[string][]string, because string) []string {
	var wrong []string
	for imp, names := range unwanted {
		called := f.called(imp)
		if called == "" || called == "_" {
			continue
		}
		if called == "." {
			wrong = append(wrong, fmt.Sprintf("%s: imports %s with a dot, so nobody sees what it uses", f.name, imp))
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == called && slices.Contains(names, sel.Sel.Name) {
				wrong = append(wrong, fmt.Sprintf("%s: uses %s.%s; %s", f.name, called, sel.Sel.Name, because))
			}
			return true
		})
	}
	return wrong
}

// checkFences tells which library has got out of its fence.
func checkFences(pkgs []pkg) []string {
	var wrong []string
	for _, p := range pkgs {
		for _, f := range p.files {
			if f.test {
				continue
			}
			for _, imp := range f.imports() {
				for _, fn := range fences() {
					if slices.ContainsFunc(fn.imports, func(pattern string) bool { return matches(pattern, imp) }) && !within(fn.only, p.path) {
						wrong = append(wrong, fmt.Sprintf("%s: %s stays in %s: %s", f.name, imp, strings.Join(fn.only, ", "), fn.because))
					}
				}
			}
		}
	}
	return wrong
}

// checkShape tells of init functions, long files and packages without a comment.
func checkShape(pkgs []pkg) []string {
	var wrong []string
	for _, p := range pkgs {
		comment, code := false, false
		for _, f := range p.files {
			if !f.test {
				code = true
				comment = comment || f.ast.Doc != nil && strings.TrimSpace(f.ast.Doc.Text()) != ""
			}
			if f.lines > maxLines && !f.generated {
				wrong = append(wrong, fmt.Sprintf("%s has %d lines, at most %d: part it by what changes together", f.name, f.lines, maxLines))
			}
			for _, d := range f.ast.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" && !f.test && !f.generated {
					wrong = append(wrong, fmt.Sprintf("%s: has an init function: call it from app", f.name))
				}
			}
		}
		if code && !comment {
			wrong = append(wrong, fmt.Sprintf("package %s has no comment: say what it owns, what it must not know, what always holds", p.path))
		}
	}
	return wrong
}

// checkDocs tells which package the picture of the program lacks. A package is
// named by its path in backquotes, at the beginning of a line of the list, or
// behind internal/.
func checkDocs(pkgs []pkg, doc string) []string {
	var wrong []string
	for _, p := range pkgs {
		if !slices.ContainsFunc(p.files, func(f source) bool { return !f.test }) {
			continue
		}
		re := regexp.MustCompile("(?m)(^[ \t|│├└─-]*|`|internal/| )" + regexp.QuoteMeta(p.path) + "(/?`|/?[ \t|]|/?$)")
		if !re.MatchString(doc) {
			wrong = append(wrong, fmt.Sprintf("docs/ARCHITECTURE.md does not name package %s: give it one line", p.path))
		}
	}
	return wrong
}
