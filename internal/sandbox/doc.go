// Package sandbox is a small world to practise in: buyers who behave like
// people, sellers with mailboxes, a clock that runs fast, and the truth about
// everything that happened. Demo, tests and load use it.
//
// It owns that world and must not know the product: it speaks to it by mail
// (package mailhost), by the unsubscribe button over HTTP, and for the
// simulated sellers through the interface SellerDesk that the product's side
// implements. It never looks at how the product reads mail, so what it wants
// read into a mail is an independent exam.
//
// What always holds: the same seed gives the same people, and each of them
// decides the same whatever the order in which things happen; what the world
// did is on record before the product can know of it; the clock never goes back.
package sandbox
