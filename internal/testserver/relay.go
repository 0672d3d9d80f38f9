package testserver

import "strconv"

// Relay is a running mail server that takes mail for everybody from this machine
// and passes it on, or gives it back to the sender. It tries again after a
// second, tells of a delay after one, and gives up after a few.
//
// Mail for Domain it delivers itself: ann's to a folder, that for full to a
// mailbox that is full, and everybody else is unknown there.
type Relay struct {
	Name   string // "Exim"
	Port   int
	Domain string

	dir   string
	flush func() // tries at once what waits; nil where the server does by itself
}

// Hop is the way of a domain: its mail goes to that address of this machine. The
// mail of other domains has no way. Some servers remember of an address, whatever
// the port, that it does not answer: different servers have different ones.
type Hop struct {
	Domain string
	Host   string
	Port   int
}

// Addr is host:port, where mail is taken without a login.
func (r *Relay) Addr() string { return "127.0.0.1:" + strconv.Itoa(r.Port) }

// Log gives what the server wrote.
func (r *Relay) Log() string { return logs(r.dir) }

// Flush asks the server to try now what waits for its next attempt.
func (r *Relay) Flush() {
	if r.flush != nil {
		r.flush()
	}
}
