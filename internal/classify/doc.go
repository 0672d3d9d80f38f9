// Package classify owns the judgement what an incoming mail is and what the
// person who wrote it wants. Every verdict comes with the words or header
// lines that led to it and an honest confidence.
//
// It must not know a sequence, a database, the network or the clock.
//
// What always holds, in this order: a complaint is never taken for anything
// else; a report is never counted as an answer of a person; an address that
// may be alive is never called dead; a plain demand to stop is heard; and no
// quoted text of ours is read as theirs.
package classify
