// Package mailconn opens the connections that outbound (SMTP) and inbound
// (IMAP) speak over: TCP with TLS from the first byte, TCP that is upgraded
// later (STARTTLS), or plain TCP to this machine alone. It also says in words
// what went wrong with a connection.
//
// It knows neither protocol. What always holds: certificates are checked
// against the name of the server, nothing is ever said in plain to another
// machine when TLS was asked for, and a Conn bound to a context ends with it.
package mailconn
