// Package trial is about the variants of a mail under test: who gets which one,
// and when their figures say something. It owns no text and knows no database;
// opens never count, an answer does. It is pure: the same question gets the same
// answer.
//
// A test has a fixed horizon. Before it begins a Plan says which difference is
// looked for and, by that, how many people each variant needs; until each has
// them there is no verdict but a number of people, however large the difference
// looks. That is the guard against peeking: a test that is judged anew after
// every answer, and believed the first time it looks good, finds a difference
// between two equal texts in far more than 5 of 100 tests (Armitage, McPherson
// and Rowe 1969: 14 at five looks, 25 at twenty). Two rules follow for the
// caller:
//
//   - The first verdict is the last one. Trial keeps it; store the Trial that
//     Look returns when it changed. People who come later change what is shown,
//     not what was found.
//   - A text or the set of variants that changes makes a new test: a new Plan,
//     and people counted from there.
//
// What always holds: no verdict before the horizon; without a difference two
// variants are told apart in at most 5 of 100 tests, whoever looks how often;
// the planned difference is found in 80 of 100.
package trial
