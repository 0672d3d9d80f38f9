package outbound

import (
	"context"
	"errors"
	"fmt"

	"ninetyten/internal/mailconn"
	"ninetyten/internal/sales"
)

// Causes that are no reply of a server.
var (
	errNoStartTLS = errors.New("the server does not offer STARTTLS")
	errNoAuth     = errors.New("the server does not offer a login")
	errNoPassword = errors.New("the server does not offer a login by password")
)

// Explain says in words for a person what err, an error of Send or Check,
// means for the mailbox and what to do. Its code is sales.Invalid when a person
// has to change something, and sales.Unavailable when it may pass by itself. It
// is nil when err is nil.
func Explain(err error, mb sales.Mailbox) *sales.Error {
	if err == nil {
		return nil
	}
	say := func(code sales.Code, format string, args ...any) *sales.Error {
		return sales.WrapError(code, err, fmt.Sprintf(format, args...))
	}
	host := mb.SMTP.Host
	var e *Error
	if !errors.As(err, &e) {
		return say(sales.Internal, "The mail could not be handed to %s.", host)
	}
	if e.Unknown() {
		return say(sales.Unavailable, "The server %s broke off before it said whether it took the mail. It is not sent again by itself; look into the Sent folder, or ask the person.", host)
	}
	switch {
	case errors.Is(err, errNoStartTLS):
		return say(sales.Invalid, "The outgoing (SMTP) server %s does not offer STARTTLS on port %d, and your password must not go there unprotected. Choose TLS (mostly port 465), or another port.", host, mb.SMTP.Port)
	case errors.Is(err, errNoAuth):
		return say(sales.Invalid, "The outgoing (SMTP) server %s offers no login on port %d. Use the port for sending (mostly 587 or 465), or leave the user name empty.", host, mb.SMTP.Port)
	case errors.Is(err, errNoPassword):
		return say(sales.Invalid, "The outgoing (SMTP) server %s does not allow a login by password. Make an app password with your provider, or let its administrator allow SMTP logins.", host)
	}
	if e.Code != 0 {
		return explainReply(e, mb, say)
	}
	if x := mailconn.Explain(err, mb.SMTP, "outgoing (SMTP)"); x != nil {
		return x
	}
	if errors.Is(err, context.Canceled) {
		return say(sales.Unavailable, "The mail was held back because the program is stopping. It is tried again by itself.")
	}
	return say(sales.Unavailable, "The outgoing (SMTP) server %s did not behave as a mail server on port %d. Check host and port.", host, mb.SMTP.Port)
}

// explainReply is Explain for a refusal in the words of the server.
func explainReply(e *Error, mb sales.Mailbox, say func(sales.Code, string, ...any) *sales.Error) *sales.Error {
	host, words := mb.SMTP.Host, quote(e)
	switch {
	case e.Stage == StageAuth && e.Code >= 500:
		return say(sales.Invalid, "The outgoing (SMTP) server %s does not accept the user name %q with this password. Type the password again; with two-step login you need an app password from your provider. It says: %s", host, mb.SMTP.Username, words)
	case e.Code == 530 || e.Code == 535:
		return say(sales.Invalid, "The outgoing (SMTP) server %s wants a login first. Give the mailbox a user name and a password. It says: %s", host, words)
	case e.OfMailbox():
		return say(sales.Unavailable, "The outgoing (SMTP) server %s does not let us in just now. It is tried again by itself. It says: %s", host, words)
	case e.Code < 500:
		return say(sales.Unavailable, "The server %s does not take this mail just now. It is tried again by itself. It says: %s", host, words)
	}
	switch e.Class() {
	case sales.FailHard:
		return say(sales.Invalid, "The address does not exist, says the server: %s Find the right address of this person.", words)
	case sales.FailFull:
		return say(sales.Unavailable, "The mailbox of this person is full, says the server: %s Try again in some days, or call.", words)
	case sales.FailBlock:
		return say(sales.Invalid, "The server %s refuses mail from %s by its policy: %s Ask your provider why before more is sent.", host, mb.Address, words)
	}
	return say(sales.Invalid, "The server %s refuses this mail: %s Change the mail, then send it again.", host, words)
}

// quote gives the reply of the server, short enough to read.
func quote(e *Error) string {
	s := fmt.Sprintf("%d", e.Code)
	if e.Enhanced != "" {
		s += " " + e.Enhanced
	}
	text := []rune(e.Text)
	if len(text) > 300 {
		text = append(text[:300], '…')
	}
	return fmt.Sprintf("“%s %s”", s, string(text))
}
