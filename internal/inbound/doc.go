// Package inbound reads mailboxes over IMAP (RFC 3501, RFC 9051): it hands the
// bytes of new mails and a cursor to a Sink, tells within seconds when a mail
// arrives (IDLE, RFC 2177) and polls where a server cannot tell. Of the Sent
// folder it hands over what comes from the first reading on, without the files
// that the mails carry. It also files sent mails, looks for a mail by its
// Message-ID, finds the Sent and Junk folders (RFC 6154), and tries a mailbox out
// for its owner.
//
// It knows nothing of sequences, people, verdicts or the database, and it does
// not parse mail. It is the only package that imports go-imap.
//
// What always holds: reading changes nothing on the server (EXAMINE and
// BODY.PEEK; nothing is ever marked as read); each mail above the cursor
// reaches the Sink at least once, in order of UID, with the cursor that is to
// be stored in the same transaction; memory is bounded by Options.BatchBytes
// and MaxSize, however big the mailbox; no command waits without an end.
package inbound
