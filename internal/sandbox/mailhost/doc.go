// Package mailhost is a mail provider in this process: an SMTP submission
// server and an IMAP server on free loopback ports, for practice, tests and
// load. It owns its users, folders and messages, in memory, and speaks the real
// protocols, so that whatever works here works with a provider.
//
// It must not know sequences, people or the practice world: who sends what to
// whom is told to a function (OnSubmission) before the client hears 250, and
// whoever wants mail to arrive calls Deliver.
//
// What always holds: a message that was acknowledged was told to OnSubmission
// first; UIDs of a folder only grow; every selected connection is told of a new
// message at once, also when the message came between two of its commands; the
// bytes of a message are given back exactly as they came.
package mailhost
