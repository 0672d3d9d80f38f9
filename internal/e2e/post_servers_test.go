//go:build servers

package e2e

import (
	"bytes"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"os"
	"path/filepath"
	"strings"

	"ninetyten/internal/testserver"
)

// letter is a mail as it lies in a mailbox, read by other means than the
// program's own.
type letter struct {
	mail.Header
	text, html string
	file       string // its name, with the flags behind ":2,"
}

// id is a header with Message-IDs, without the brackets.
func (l letter) id(header string) string { return strings.Trim(l.Get(header), "<>") }

// letters reads a folder of a user.
func (s *site) letters(user, folder string) []letter {
	s.t.Helper()
	var out []letter
	for _, name := range s.imap.Files(s.t, user, folder) {
		raw, err := os.ReadFile(filepath.Join(s.imap.Maildir(user, folder), name))
		if os.IsNotExist(err) {
			continue // it has just been renamed for its flags; the next look finds it
		}
		if err != nil {
			s.t.Fatal(err)
		}
		m, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			s.t.Fatalf("a mail in %s of %s cannot be read: %v\n%s", folder, user, err, raw)
		}
		l := letter{Header: m.Header, file: name}
		s.open(&l, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
		out = append(out, l)
	}
	return out
}

// open reads the parts of a mail.
func (s *site) open(l *letter, contentType, encoding string, body io.Reader) {
	s.t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		for r := multipart.NewReader(body, params["boundary"]); ; {
			part, err := r.NextRawPart()
			if err == io.EOF {
				return
			}
			if err != nil {
				s.t.Fatal(err)
			}
			s.open(l, part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part)
		}
	}
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		s.t.Fatal(err)
	}
	switch kind {
	case "text/plain":
		l.text += strings.ReplaceAll(string(text), "\r\n", "\n")
	case "text/html":
		l.html += string(text)
	}
}

// arrives waits for a mail in a folder of a user that fits.
func (s *site) arrives(user, folder, what string, fits func(letter) bool) letter {
	s.t.Helper()
	var found letter
	s.until(what+" arrives in "+folder+" of "+user, func() bool {
		for _, l := range s.letters(user, folder) {
			if fits(l) {
				found = l
				return true
			}
		}
		return false
	})
	return found
}

// holding fits a mail whose text holds words.
func holding(words string) func(letter) bool {
	return func(l letter) bool { return strings.Contains(l.text, words) }
}

// address is that of a user.
func address(user string) string { return user + "@practice.example" }

// posts hands a mail of a user to the Postfix, as their mail program does. It
// returns when the server has taken it.
func (s *site) posts(from, to, raw string) {
	s.t.Helper()
	c, err := smtp.Dial(net.JoinHostPort(s.smtp.Host, fmt.Sprint(s.smtp.Port)))
	if err != nil {
		s.t.Fatal(err)
	}
	defer c.Close()
	steps := []func() error{
		func() error { return c.StartTLS(&tls.Config{ServerName: s.smtp.Host, RootCAs: s.smtp.Roots}) },
		func() error {
			return c.Auth(smtp.PlainAuth("", from, testserver.DovecotPassword(from), s.smtp.Host))
		},
		func() error { return c.Mail(address(from)) },
		func() error { return c.Rcpt(address(to)) },
		func() error {
			w, err := c.Data()
			if err != nil {
				return err
			}
			if _, err := io.WriteString(w, strings.ReplaceAll(raw, "\n", "\r\n")); err != nil {
				return err
			}
			return w.Close()
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			s.t.Fatalf("%v\n%s", err, s.smtp.Log())
		}
	}
}

// quoteOf puts "> " before each line.
func quoteOf(text string) string {
	return "> " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n> ")
}
