package main

import (
	"bytes"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ/generator"
	parser "github.com/a-h/templ/parser/v2"
)

// What is committed must be what the sources give: nobody runs a generator to
// build the product.
func TestDistIsCurrent(t *testing.T) {
	want, err := Build("..")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range want {
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("%s is not what the sources give (%v); run: go generate ./internal/web", name, err)
		}
	}
	entries, err := os.ReadDir("../dist")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, ok := want["dist/"+e.Name()]; !ok {
			t.Errorf("dist/%s is left over; run: go generate ./internal/web", e.Name())
		}
	}
}

// Built twice, the bytes are the same, so that the test above means something.
func TestBuildIsRepeatable(t *testing.T) {
	a, err := Build("..")
	if err != nil {
		t.Fatal(err)
	}
	b, err := Build("..")
	if err != nil {
		t.Fatal(err)
	}
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s differs from one run to the next", name)
		}
	}
}

func TestBuildTellsOfBrokenSources(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{"assets/js", "assets/css", "vendor/lucide"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "assets/js/app.js"), []byte("const = 1"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Build(dir); err == nil || !strings.Contains(err.Error(), "app.js") {
		t.Errorf("a syntax error gave %v, want an error that names app.js", err)
	}
}

// The script and the style go into the page as they are: what the policy
// forbids must not be in them, and they stay small.
func TestDistKeepsThePolicyAndItsSize(t *testing.T) {
	files, err := Build("..")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		limit := 0
		switch filepath.Ext(name) {
		case ".js":
			limit = 80 << 10
		case ".css":
			limit = 48 << 10
			for _, bad := range []string{"http://", "https://", "@import"} {
				if bytes.Contains(content, []byte(bad)) {
					t.Errorf("%s loads something with %q", name, bad)
				}
			}
		}
		if limit > 0 && len(content) > limit {
			t.Errorf("%s has %d bytes, want at most %d", name, len(content), limit)
		}
	}
}

func TestTemplatesAreCurrent(t *testing.T) {
	seen := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".templ" {
			return err
		}
		seen++
		template, err := parser.Parse(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return nil
		}
		var b bytes.Buffer
		rel := strings.TrimPrefix(filepath.ToSlash(path), "../")
		if _, err := generator.Generate(template, &b, generator.WithFileName(rel)); err != nil {
			return err
		}
		want, err := format.Source(b.Bytes())
		if err != nil {
			return err
		}
		got, err := os.ReadFile(strings.TrimSuffix(path, ".templ") + "_templ.go")
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is newer than its Go file (%v); run: go generate ./internal/web", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 10 {
		t.Fatalf("found %d templates; the test looks in the wrong place", seen)
	}
}
