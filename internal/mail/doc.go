// Package mail owns the form of a mail: reading the bytes of one into a Parsed,
// writing one from a Draft, Message-IDs and threads, telling what a person
// wrote from what was quoted, signed or appended, and making HTML safe to show.
//
// It must not know a sequence, a database, the network or the clock, and it
// does not judge: what a mail means is the work of package classify.
//
// What always holds: Parse answers for every input, however broken, in bounded
// memory and time; every string it gives is valid UTF-8; HTML it gives holds
// nothing active and loads nothing from elsewhere; Compose never writes a
// header that a caller's text has forged.
package mail
