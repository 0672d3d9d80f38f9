// Package exam reads mails from files and says what package classify makes of
// them: one JSON line a mail, or a readable account, or scores of whole sets
// with known answers. It owns those formats and the scoring.
//
// It must not know a database or the network. What always holds: every mail
// gives its line, in order, also when it cannot be read.
package exam
