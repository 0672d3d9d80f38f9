// Command train writes the weights of the guesser of package classify from
// the lines in internal/classify/training. It owns nothing else; run it from
// the root of the module after a change of those lines:
//
//	go run ./internal/classify/train
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"ninetyten/internal/classify"
)

func main() {
	if err := run("internal/classify"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string) error {
	var examples []classify.Example
	for _, glob := range [...]string{"training/*.txt", "training/phrases/*.txt"} {
		files, err := filepath.Glob(filepath.Join(dir, glob))
		if err != nil {
			return err
		}
		if len(files) == 0 {
			return fmt.Errorf("no files in %s; run this from the root of the module", filepath.Join(dir, glob))
		}
		for _, path := range files {
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			examples = append(examples, classify.ReadExamples(string(raw), strings.Contains(glob, "phrases"))...)
		}
	}
	out := filepath.Join(dir, "guess.bin")
	if err := os.WriteFile(out, classify.Learn(examples), 0o644); err != nil {
		return err
	}
	fmt.Printf("%d lines learnt, written to %s\n", len(examples), out)
	return nil
}
