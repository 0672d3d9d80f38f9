// Package shorthand reads notes that are typed during a call. A mark at the
// start of a line makes it more than a note:
//
//	!  a promise, ours; "! they: ..." is theirs
//	?  an open question, theirs; "? we: ..." is one that we want to ask
//	+  a pain, in their words
//	=  a connection: what it is to them, in one sentence
//
// A promise may say by when: "by Friday", "until 24 Dec", "on 2026-12-24",
// "tomorrow 15:00", "in two weeks", and the like in German, French, Spanish,
// Italian, Portuguese and Dutch.
//
// It knows no person, call or store, and no clock. What always holds: no line is
// lost, whatever is typed; a date is never before now.
package shorthand
