// Package balance reads the ledger of moves. It answers three questions of the
// product, each as a pure function of the lines: how much did the system carry
// (the 90/10), who wants this more (the 51/49), and whose move is it.
//
// It owns the table of what a move weighs, over which a workspace may put its own, in minutes of effort; who writes a
// line takes minutes and the question mark from there (Effort). It knows no
// sequence, no store and no clock.
//
// What always holds: the order of the lines does not matter; the share is
// between 0 and 1; numbers that are no numbers and minutes that nobody spends
// are held to the bounds of a day; a line from the future counts as of now.
package balance
