// Command bundle makes what the web pages are served with: it bundles the
// scripts and styles of ../assets into ../dist under names that carry a hash of
// the content, and writes the names and the icons as Go code. It owns dist and
// dist_gen.go; both are committed, so that building the product needs Go alone.
// The same input always gives the same bytes; a test here compares them.
//
//	go generate ./internal/web
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	dir := "."
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	files, err := Build(dir)
	if err == nil {
		err = write(dir, files)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

// write replaces what Build makes below dir.
func write(dir string, files map[string][]byte) error {
	if err := os.RemoveAll(filepath.Join(dir, "dist")); err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
