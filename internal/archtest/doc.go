// Package archtest holds the shape of the program as data and tests that the
// program has it: who may import whom, what never enters the pure core, where
// SQL and each large library stay, no mutable package-level state, no init,
// files of a readable size, a comment on every package, and a line for each in
// docs/ARCHITECTURE.md.
//
// It owns the table in rules.go, which is where a new package gets its place.
// It reads source and must not import the rest. What always holds: a rule that
// is broken fails the build with a sentence that says what to do.
package archtest
