// Package importer reads files of people: tables of text as spreadsheets and
// other sales programs write them.
//
// It owns the way from bytes to people: which encoding and delimiter a file
// has, where its header is, which column is which field (Inspect), the people
// row by row (Rows), and what is to be done with each of them (Plan, Run).
// It must not know a database, a page or a user: who exists already comes
// through Existing, and what is decided leaves through a Commit func.
//
// What always holds: memory does not grow with the file; one bad row never
// stops the others, and each refused row is named by its line with a sentence
// that says why; nothing in a cell is ever run, a formula is text; a name is
// kept as it was written.
package importer
