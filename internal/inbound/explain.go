package inbound

import (
	"context"
	"errors"
	"fmt"

	"github.com/emersion/go-imap/v2"

	"ninetyten/internal/mailconn"
	"ninetyten/internal/sales"
)

// Explain says in words for a person what err means for the mailbox and what
// to do. Its code is sales.Invalid when a person has to change something, and
// sales.Unavailable when it may pass by itself. It is nil when err is nil.
func Explain(err error, mb sales.Mailbox) *sales.Error {
	if err == nil {
		return nil
	}
	say := func(code sales.Code, format string, args ...any) *sales.Error {
		return sales.WrapError(code, err, fmt.Sprintf(format, args...))
	}
	host := mb.IMAP.Host
	var (
		login  *loginError
		no     *imap.Error
		stored *sinkError
		done   *sales.Error
	)
	switch {
	case errors.As(err, &stored):
		return say(sales.Internal, "The mail of %s was read but could not be stored. Nothing was lost; it is read again by itself.", mb.Address)
	case errors.As(err, &done):
		return done
	case errors.As(err, &login):
		return explainLogin(login, mb, say)
	case errors.Is(err, errNoStartTLS):
		return say(sales.Invalid, "The incoming (IMAP) server %s does not offer STARTTLS on port %d, and your password must not go there unprotected. Choose TLS (mostly port 993).", host, mb.IMAP.Port)
	case errors.Is(err, errNoPassword):
		return say(sales.Invalid, "The incoming (IMAP) server %s does not allow a login by password. Make an app password with your provider, or let its administrator allow IMAP logins.", host)
	}
	if x := mailconn.Explain(err, mb.IMAP, "incoming (IMAP)"); x != nil {
		return x
	}
	switch {
	case errors.As(err, &no) && no.Code == imap.ResponseCodeOverQuota:
		return say(sales.Invalid, "The mailbox %s is full. Delete something there, or get more room. The server says: “%s”", mb.Address, no.Text)
	case errors.As(err, &no):
		return say(sales.Unavailable, "The incoming (IMAP) server %s refused: “%s” It is tried again by itself.", host, no.Text)
	case errors.Is(err, context.Canceled):
		return say(sales.Unavailable, "The mailbox %s was not read because the program is stopping.", mb.Address)
	}
	return say(sales.Unavailable, "The incoming (IMAP) server %s did not behave as a mail server on port %d. Check host and port.", host, mb.IMAP.Port)
}

// explainLogin is Explain for a refused login.
func explainLogin(err *loginError, mb sales.Mailbox, say func(sales.Code, string, ...any) *sales.Error) *sales.Error {
	var no *imap.Error
	if errors.As(err.err, &no) {
		switch no.Code {
		case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse, imap.ResponseCodeLimit:
			return say(sales.Unavailable, "The incoming (IMAP) server %s cannot log us in just now: “%s” It is tried again by itself.", mb.IMAP.Host, no.Text)
		}
	}
	text := ""
	if no != nil {
		text = no.Text
	}
	return say(sales.Invalid, "The incoming (IMAP) server %s does not accept the user name %q with this password. Type the password again; with two-step login you need an app password from your provider. It says: “%s”", mb.IMAP.Host, mb.IMAP.Username, text)
}
