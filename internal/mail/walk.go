package mail

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/emersion/go-message/textproto"
)

// errRefused says that the structure could not be followed to its end.
var errRefused = errors.New("mail: a part could not be read")

// content is the readable text of a part: plain, HTML, or both as alternatives.
type content struct {
	plain, html string
	lines       []htmlLine // of html, when it is the only text and was read
}

func (c content) size() int { return len(c.plain) + len(c.html) }

// text gives the readable text, converted from HTML when there is no plain one.
func (c content) text() string {
	if strings.TrimSpace(c.plain) != "" || c.html == "" {
		return c.plain
	}
	if c.lines != nil {
		return textOf(c.lines)
	}
	return HTMLText(c.html)
}

// read reads the lines of HTML that is the only text.
func (c *content) read() {
	if c.html != "" && strings.TrimSpace(c.plain) == "" {
		c.lines = htmlLines(c.html)
	}
}

// collector gathers what is not text on the way through the parts.
type collector struct {
	parts       int
	kept        int // bytes of text kept
	attachments []Attachment
	report      *Report
	original    *Original
	originals   []*Original
	invite      *Invite
	room        []byte // that parts are read through
	cut         func(format string, args ...any)
}

// walk reads one entity and what is in it.
func (c *collector) walk(h Header, body []byte, depth int) (content, error) {
	kind, params := mediaType(h.Raw("Content-Type"))
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" && depth < MaxDepth {
		return c.multipart(kind, params["boundary"], body, depth)
	}
	if strings.HasPrefix(kind, "multipart/") {
		if depth >= MaxDepth {
			c.cut("parts are nested more than %d deep, the inner ones were left out", MaxDepth)
			return content{}, nil
		}
		return content{plain: c.keep(guessUTF8(body))}, errRefused
	}
	return c.leaf(part{kind: kind, params: params, header: h, body: decodeBody(h.Raw("Content-Transfer-Encoding"), body)}, depth), nil
}

// multipart reads the parts between boundaries.
func (c *collector) multipart(kind, boundary string, body []byte, depth int) (content, error) {
	var out content
	r := textproto.NewMultipartReader(bytes.NewReader(body), boundary)
	for n := 0; ; n++ {
		p, err := r.NextPart()
		if errors.Is(err, io.EOF) && (n > 0 || len(bytes.TrimSpace(body)) == 0) {
			return out, nil
		}
		if err != nil {
			if n == 0 && out.size() == 0 {
				return content{plain: c.keep(guessUTF8(body))}, errRefused
			}
			if isTruncated(err) { // the last boundary is missing: the mail was cut
				return out, nil
			}
			return out, errRefused
		}
		if c.parts++; c.parts > MaxParts {
			c.cut("the mail has more than %d parts, the later ones were left out", MaxParts)
			return out, nil
		}
		data, err := c.readPart(p, len(body))
		if err != nil && !isTruncated(err) {
			return out, errRefused
		}
		got, err := c.walk(headerOf(p.Header), data, depth+1)
		out = join(kind, out, got)
		if err != nil {
			return out, err
		}
	}
}

// readPart reads a part of a body of most bytes. Small parts go through one room,
// of which just what came is kept; a bigger one makes room by four times what
// came, so that it is hardly copied.
func (c *collector) readPart(r io.Reader, most int) ([]byte, error) {
	if c.room == nil {
		c.room = make([]byte, min(most+1, 16<<10))
	}
	data := c.room[:0]
	for {
		n, err := r.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err != nil {
			if cap(data) == cap(c.room) {
				data = bytes.Clone(data)
			}
			if errors.Is(err, io.EOF) {
				return data, nil
			}
			return data, err
		}
		if len(data) == cap(data) {
			data = append(make([]byte, 0, max(min(most, 4*len(data))+1, len(data)+512)), data...)
		}
	}
}

func isTruncated(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(err.Error(), "EOF")
}

// headerOf turns a header of go-message into ours.
func headerOf(in textproto.Header) Header {
	var h Header
	for f := in.Fields(); f.Next(); {
		h.fields = append(h.fields, field{f.Key(), cleanText([]byte(f.Value()))})
	}
	return h
}

// join adds a part to its container: alternatives side by side, the parts of
// other multiparts one after the other.
func join(kind string, a, b content) content {
	if kind == "multipart/alternative" {
		if a.plain == "" {
			a.plain = b.plain
		}
		if a.html == "" {
			a.html = b.html
		}
		return a
	}
	switch {
	case b.size() == 0:
		return a
	case a.size() == 0:
		return b
	}
	out := content{plain: a.text() + "\n" + b.text()}
	if a.html != "" || b.html != "" {
		out.html = a.asHTML() + "\n" + b.asHTML()
	}
	return out
}

func (c content) asHTML() string {
	if c.html != "" || c.plain == "" {
		return c.html
	}
	return "<pre>" + escapeHTML(c.plain) + "</pre>"
}

func escapeHTML(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// keep bounds the text that is kept over all parts. The bound is wider than
// MaxText, as markup counts as well.
func (c *collector) keep(s string) string {
	const most = 4 * MaxText
	if left := most - c.kept; len(s) > left {
		c.cut("the text of the mail is longer than %d bytes, the rest was left out", most)
		s = strings.ToValidUTF8(s[:max(left, 0)], "")
	}
	c.kept += len(s)
	return s
}

// decodeBody undoes the transfer encoding (RFC 2045 section 6).
func decodeBody(encoding string, body []byte) []byte {
	switch strings.ToLower(strings.Trim(strings.TrimSpace(encoding), `"';`)) {
	case "base64":
		return lenientBase64(body)
	case "quoted-printable":
		return lenientQP(body)
	}
	return body
}
