// Package outbound hands mails to the SMTP servers of mailboxes (RFC 5321 and
// RFC 6409) over connections that are kept open, and says exactly what came of
// each: accepted, refused for now, refused for good, or unknown.
//
// It knows nothing of sequences, people or the database: it is given bytes and
// addresses, and it sends the bytes as they are. Connections are opened and
// logged in with emersion/go-smtp; the mails themselves go by this package's
// own few lines, which put MAIL, RCPT and DATA into one packet where the server
// allows it (RFC 2920) and know how far a mail got when a connection dies.
//
// What always holds: a mail goes to the server at most once per call of Send,
// except that a kept connection found dead before the server asked for the
// data is replaced once; an error of which Unknown is true means that the
// server may have the mail; nothing blocks past the deadline of the context.
package outbound
