// Command train writes the weights of the guesser of package classify from
// the lines in internal/classify/training. It owns nothing else; run it from
// the root of the module after a change of those lines:
//
//	go run ./internal/classify/train
//
// With -leave-out it writes nothing: for each language it learns from the lines
// of all others and prints how many of that language's lines and mails in
// classify/testdata are then read rightly, beside how many are with them.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"ninetyten/internal/classify"
)

func main() {
	leaveOut := flag.Bool("leave-out", false, "measure what is read without the lines of each language")
	flag.Parse()
	do := run
	if *leaveOut {
		do = measure
	}
	if err := do("internal/classify"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// measure prints a line for each language.
func measure(dir string) error {
	examples, err := read(dir, "training/*.txt", "training/phrases/*.txt")
	if err != nil {
		return err
	}
	fresh, err := read(dir, "testdata/fresh/*.txt", "testdata/freshmails/*.txt")
	if err != nil {
		return err
	}
	for _, l := range classify.LeaveOut(examples, fresh, strings.Fields("en de fr es it pt nl sv da pl ja zh")) {
		all := 100 / float64(max(l.All, 1))
		fmt.Printf("%s %d/%d (%.1f %%) with its lines, %d (%.1f %%) without\n", l.Lang, l.With, l.All, float64(l.With)*all, l.Without, float64(l.Without)*all)
	}
	return nil
}

func run(dir string) error {
	examples, err := read(dir, "training/*.txt", "training/phrases/*.txt")
	if err != nil {
		return err
	}
	out := filepath.Join(dir, "guess.bin")
	if err := os.WriteFile(out, classify.Learn(examples), 0o644); err != nil {
		return err
	}
	fmt.Printf("%d lines learnt, written to %s\n", len(examples), out)
	return nil
}

// read reads the examples of the files that globs below dir name.
func read(dir string, globs ...string) ([]classify.Example, error) {
	var examples []classify.Example
	for _, glob := range globs {
		files, err := filepath.Glob(filepath.Join(dir, glob))
		if err != nil {
			return nil, err
		}
		if len(files) == 0 {
			return nil, fmt.Errorf("no files in %s; run this from the root of the module", filepath.Join(dir, glob))
		}
		for _, path := range files {
			raw, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			examples = append(examples, classify.ReadExamples(string(raw), strings.Contains(glob, "phrases"))...)
		}
	}
	return examples, nil
}
