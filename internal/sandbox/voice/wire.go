package voice

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
)

// mailBuffer writes a mail field by field.
type mailBuffer struct {
	b  bytes.Buffer
	at time.Time
}

func newMail(at time.Time) *mailBuffer {
	m := &mailBuffer{at: at}
	m.raw("Date", at.Format("Mon, 2 Jan 2006 15:04:05 -0700"))
	return m
}

func (m *mailBuffer) raw(name, value string) { fmt.Fprintf(&m.b, "%s: %s\r\n", name, value) }

// text writes an unstructured field, encoded when it must be (RFC 2047).
func (m *mailBuffer) text(name, value string) {
	m.raw(name, strings.ReplaceAll(mime.QEncoding.Encode("utf-8", value), "?= =?", "?=\r\n =?"))
}

func (m *mailBuffer) address(field, name, addr string) {
	switch {
	case name == "":
		m.raw(field, addr)
	case strings.ContainsFunc(name, func(r rune) bool { return r > 126 }):
		m.raw(field, mime.BEncoding.Encode("utf-8", name)+" <"+addr+">")
	default:
		m.raw(field, `"`+name+`" <`+addr+">")
	}
}

// encode gives text in a charset; what it lacks becomes a question mark.
func encode(charset, text string) []byte {
	var enc encoding.Encoding
	switch charset {
	case "iso-8859-1":
		enc = charmap.ISO8859_1
	case "iso-2022-jp":
		enc = japanese.ISO2022JP
	default:
		return []byte(text)
	}
	out, err := encoding.ReplaceUnsupported(enc.NewEncoder()).Bytes([]byte(text))
	if err != nil {
		return []byte(text)
	}
	return out
}

// part writes Content-Type, Content-Transfer-Encoding and the body.
func (m *mailBuffer) part(mediaType, charset, text string) {
	body := encode(charset, text)
	m.raw("Content-Type", fmt.Sprintf("%s; charset=%q", mediaType, charset))
	switch {
	case charset == "iso-2022-jp":
		m.raw("Content-Transfer-Encoding", "7bit")
		m.b.WriteString("\r\n")
		m.b.Write(crlf(body))
	case len(body)%5 == 0 && charset == "utf-8": // some do, some do not
		m.raw("Content-Transfer-Encoding", "base64")
		m.b.WriteString("\r\n")
		s := base64.StdEncoding.EncodeToString(crlf(body))
		for len(s) > 76 {
			m.b.WriteString(s[:76] + "\r\n")
			s = s[76:]
		}
		m.b.WriteString(s + "\r\n")
	default:
		m.raw("Content-Transfer-Encoding", "quoted-printable")
		m.b.WriteString("\r\n")
		w := quotedprintable.NewWriter(&m.b)
		_, _ = w.Write(crlf(body)) // a bytes.Buffer takes everything
		_ = w.Close()
	}
}

func crlf(b []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
}

func (m *mailBuffer) single(mediaType, charset, text string) []byte {
	m.raw("MIME-Version", "1.0")
	m.part(mediaType, charset, text)
	return m.b.Bytes()
}

// boundary is the same for the same moment: the world repeats itself.
func (m *mailBuffer) boundary(n int) string { return fmt.Sprintf("=_part_%d_%x", n, m.at.UnixMicro()) }

func (m *mailBuffer) alternative(charset, text, htm string) []byte {
	b := m.boundary(1)
	m.raw("MIME-Version", "1.0")
	m.raw("Content-Type", fmt.Sprintf("multipart/alternative; boundary=%q", b))
	m.b.WriteString("\r\n--" + b + "\r\n")
	m.part("text/plain", charset, text)
	m.b.WriteString("\r\n--" + b + "\r\n")
	m.part("text/html", charset, htm)
	m.b.WriteString("\r\n--" + b + "--\r\n")
	return m.b.Bytes()
}
