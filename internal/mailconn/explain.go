package mailconn

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"

	"ninetyten/internal/sales"
)

// Explain says what is wrong with the connection to srv and what to do about
// it. what names the server for a person: "outgoing (SMTP)" or "incoming
// (IMAP)". It returns nil when err is no failure of a connection.
func Explain(err error, srv sales.Server, what string) *sales.Error {
	say := func(code sales.Code, format string, args ...any) *sales.Error {
		return sales.WrapError(code, err, fmt.Sprintf(format, args...))
	}
	where := fmt.Sprintf("%s server %s", what, srv.Host)
	if e := explainTLS(err, srv, where, say); e != nil {
		return e
	}
	var (
		dns   *net.DNSError
		netEr net.Error
	)
	switch {
	case errors.Is(err, ErrPlain):
		return say(sales.Invalid, "The %s is another machine, and a password must not go there unprotected. Choose TLS or STARTTLS.", where)
	case errors.As(err, &dns) && dns.IsNotFound:
		return say(sales.Invalid, "There is no %s. Check the host name for a typing error.", where)
	case errors.As(err, &dns):
		return say(sales.Unavailable, "The name of the %s could not be looked up just now. Check this machine's network; it is tried again by itself.", where)
	case errors.Is(err, syscall.ECONNREFUSED):
		return say(sales.Unavailable, "The %s refuses connections on port %d. Check the port; if it is right, the server is down.", where, srv.Port)
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return say(sales.Unavailable, "The %s cannot be reached from this machine. Check the network and the firewall.", where)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded),
		errors.As(err, &netEr) && netEr.Timeout():
		return say(sales.Unavailable, "The %s did not answer in time on port %d. Check host and port, and that no firewall blocks them; it is tried again by itself.", where, srv.Port)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET),
		errors.Is(err, syscall.EPIPE), errors.Is(err, net.ErrClosed):
		return say(sales.Unavailable, "The %s closed the connection. Check that port %d is the one for %s; it is tried again by itself.", where, srv.Port, security(srv))
	}
	return nil
}

// explainTLS says what is wrong with the protection.
func explainTLS(err error, srv sales.Server, where string, say func(sales.Code, string, ...any) *sales.Error) *sales.Error {
	var (
		invalid  x509.CertificateInvalidError
		hostname x509.HostnameError
		unknown  x509.UnknownAuthorityError
		record   tls.RecordHeaderError
		alert    tls.AlertError
		own      *Error
	)
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return say(sales.Unavailable, "The certificate of the %s is expired or not valid yet. Tell whoever runs that server to renew it, and check this machine's clock.", where)
	case errors.As(err, &hostname):
		return say(sales.Invalid, "The certificate of the %s is for another name. Use the host name that your provider gives.", where)
	case errors.As(err, &unknown), errors.As(err, &invalid):
		return say(sales.Unavailable, "The certificate of the %s is signed by nobody this machine trusts. Use the provider's host name, or install its certificate authority on this machine.", where)
	case errors.As(err, &record):
		return say(sales.Invalid, "The %s does not speak TLS from the first byte on port %d. Choose STARTTLS, or the port for TLS.", where, srv.Port)
	case errors.As(err, &alert):
		return say(sales.Unavailable, "The %s broke off the TLS handshake (%s). Choose the other kind of TLS, or ask whoever runs it.", where, alert.Error())
	case errors.As(err, &own) && own.Op == OpTLS && (errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET)):
		return say(sales.Invalid, "The %s closed the connection during the TLS handshake. Check that port %d is the one for %s.", where, srv.Port, security(srv))
	}
	return nil
}

// security is how people call the protection of srv.
func security(srv sales.Server) string {
	switch srv.Security {
	case sales.SecurityTLS:
		return "TLS"
	case sales.SecurityStartTLS:
		return "STARTTLS"
	}
	return "unprotected connections"
}
