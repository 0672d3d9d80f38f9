// Package sales holds the nouns of the product: what a person, a sequence, an
// enrollment, a mailing or a move is, which values each may take, and when one
// is valid. It imports the standard library alone and knows no database, no
// network and no clock; everything else in the program speaks in these words.
//
// Every noun carries the ID of its workspace, the wall between tenants.
// Times are UTC. An ID is an int64 that the store hands out; in JSON and in
// addresses of pages it is written as a decimal string.
package sales
