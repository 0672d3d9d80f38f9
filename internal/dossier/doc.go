// Package dossier tells what is known of a person: the ledger as a story, what they
// asked and whether it was answered, facts with their age and what speaks against
// them, who is who at the account, and a brief of three to six sentences, each of
// which names the lines that it rests on. It also tests a brief that a language model
// wrote.
//
// It knows no store, no page and no clock. What always holds: every line of the
// ledger is behind exactly one sentence of the story; a sentence of a brief rests on
// at least one line, and says no number and no name that its lines do not say.
package dossier
