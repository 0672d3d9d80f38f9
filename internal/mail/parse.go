package mail

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// Parse reads a mail. It never fails: a mail that go-message refuses is read
// by enmime, and one that both refuse is given as its headers and its raw
// text. What the bounds left out is said in Cut.
func Parse(raw []byte) *Parsed {
	p := &Parsed{Size: len(raw)}
	if len(raw) > MaxRaw {
		raw = raw[:MaxRaw]
		p.cut("the mail has %d bytes, the first %d were read", p.Size, MaxRaw)
	}
	var body []byte
	p.Header, body = readHeader(unixLines(raw))
	p.readEnvelope(raw)

	c := &collector{cut: p.cut}
	content := p.readBody(c, raw, body)
	content.read()
	p.Text = p.bound(tidy(content.text()))
	p.html = content.html
	p.Attachments = c.attachments
	p.Report = c.report
	p.Original = c.original
	p.Invite = c.invite
	p.finish(content, c)
	return p
}

// readBody runs the ladder of readers over the body.
func (p *Parsed) readBody(c *collector, raw, body []byte) (got content) {
	p.Via = "go-message"
	got, err := c.safely(func() (content, error) { return c.walk(p.Header, body, 0) })
	if err == nil {
		return c.orRaw(got, body)
	}
	second := &collector{cut: p.cut}
	if again, err := second.safely(func() (content, error) { return second.enmime(raw) }); err == nil && again.size() >= got.size() {
		p.Via = "enmime"
		*c = *second
		return c.orRaw(again, body)
	}
	p.Via = "raw"
	return c.orRaw(got, body)
}

// orRaw gives the body as it stands when a reader found nothing at all in it.
func (c *collector) orRaw(got content, body []byte) content {
	if strings.TrimSpace(got.plain+got.html) != "" || len(c.attachments) > 0 || c.report != nil || len(c.originals) > 0 || c.invite.Answers() {
		return got
	}
	return content{plain: guessUTF8(body[:min(len(body), MaxText)])}
}

// safely runs a reader; a panic in a library counts as a refusal.
func (c *collector) safely(read func() (content, error)) (got content, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("reader panicked: %v", r)
		}
	}()
	return read()
}

// readEnvelope fills the fields that come from headers alone.
func (p *Parsed) readEnvelope(raw []byte) {
	h := p.Header
	// One that no header of an answer could carry is as good as none.
	p.HeaderID = firstID(h.Raw("Message-ID"))
	p.HasID = p.HeaderID != "" && carriable(p.HeaderID)
	if !p.HasID {
		p.HeaderID = contentID(raw)
	}
	p.InReplyTo = firstID(h.Raw("In-Reply-To"))
	p.References = parseIDs(strings.Join(h.Values("References"), " "))
	from := ParseAddress(h.Raw("From"))
	p.From, p.FromName = from.Addr, from.Name
	p.Sender = ParseAddress(h.Raw("Sender")).Addr
	p.ReplyTo = ParseAddress(h.Raw("Reply-To")).Addr
	p.ReturnPath = ParseAddress(h.Raw("Return-Path")).Addr
	p.NullPath = h.Has("Return-Path") && strings.Trim(h.Raw("Return-Path"), "<> \t") == ""
	p.To = ParseAddresses(strings.Join(h.rawValues("To"), ", "))
	p.Cc = ParseAddresses(strings.Join(h.rawValues("Cc"), ", "))
	p.Subject = strings.TrimSpace(oneLine(h.Get("Subject")))
	p.Date = ParseDate(h.Raw("Date"))
}

// finish derives what needs both headers and body.
func (p *Parsed) finish(got content, c *collector) {
	parts := p.splitContent(got)
	p.Reply, p.Unquoted, p.Signature, p.Disclaimer = parts.Reply, parts.Unquoted, parts.Signature, parts.Disclaimer
	p.Quoted, p.Forwarded = parts.Quoted, parts.Forwarded

	ids := append([]string{}, p.References...)
	if p.InReplyTo != "" {
		ids = append([]string{p.InReplyTo}, ids...)
	}
	tokens := findTokens(nil, p.Text)
	tokens = findTokens(tokens, got.html)
	tokens = addTokens(tokens, p.Header)
	for _, o := range c.originals {
		ids = append(ids, o.HeaderID, o.Header.Raw("X-Original-Message-ID"))
		ids = append(ids, parseIDs(o.Header.Raw("In-Reply-To"))...)
		ids = append(ids, parseIDs(o.Header.Raw("References"))...)
		tokens = addTokens(findTokens(tokens, o.Text), o.Header)
	}
	if p.Report != nil {
		for _, name := range [...]string{"Original-Message-ID", "X-Original-Message-ID", "Original-Envelope-Id"} {
			ids = append(ids, parseIDs(p.Report.Message.Raw(name))...)
			for _, r := range p.Report.Recipients {
				ids = append(ids, parseIDs(r.Raw(name))...)
			}
		}
	}
	for _, name := range [...]string{"X-Original-Message-ID", "X-Failed-Message-ID", "X-Microsoft-Original-Message-ID"} {
		ids = append(ids, parseIDs(p.Header.Raw(name))...)
	}
	ids = append(ids, idsInText(p.Text)...)
	for _, id := range ids {
		if id != "" && len(p.OurIDs) < maxIDs && !slices.Contains(p.OurIDs, id) {
			p.OurIDs = append(p.OurIDs, id)
		}
	}
	p.Tokens = tokens
}

// addTokens adds the tokens of our own headers.
func addTokens(have []string, h Header) []string {
	for _, v := range h.rawValues("List-Unsubscribe") {
		have = findTokens(have, v)
	}
	for _, v := range h.rawValues("X-Ninetyten-Ref") {
		for _, t := range strings.Fields(v) {
			if len(t) <= 200 && len(have) < maxTokens && !slices.Contains(have, t) {
				have = append(have, t)
			}
		}
	}
	return have
}

func (h Header) rawValues(name string) []string {
	var out []string
	for _, f := range h.fields {
		if strings.EqualFold(f.name, name) {
			out = append(out, f.value)
		}
	}
	return out
}

// cut notes what a bound left out, once each.
func (p *Parsed) cut(format string, args ...any) {
	note := fmt.Sprintf(format, args...)
	switch {
	case strings.Contains(p.Cut, note):
	case p.Cut == "":
		p.Cut = note
	default:
		p.Cut += "; " + note
	}
}

// bound keeps the first MaxText bytes of s.
func (p *Parsed) bound(s string) string {
	if len(s) <= MaxText {
		return s
	}
	p.cut("the text has %d bytes, the first %d were kept", len(s), MaxText)
	return strings.ToValidUTF8(s[:MaxText], "")
}

// unixLines gives a mail with LF line ends. A mail with bare CR line ends,
// as old Macs wrote them, is turned as well.
func unixLines(raw []byte) []byte {
	if bytes.IndexByte(raw, '\r') < 0 {
		return raw
	}
	if bytes.IndexByte(raw, '\n') < 0 {
		return bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	}
	out := make([]byte, 0, len(raw))
	for {
		i := bytes.IndexByte(raw, '\n')
		if i < 0 {
			return append(out, raw...)
		}
		line := raw[:i]
		if i > 0 && raw[i-1] == '\r' {
			line = raw[:i-1]
		}
		out = append(append(out, line...), '\n')
		raw = raw[i+1:]
	}
}

// ParseText reads a body without headers.
func ParseText(subject, text string) *Parsed {
	p := &Parsed{Subject: strings.ToValidUTF8(oneLine(subject), "\uFFFD"), Size: len(text), Via: "text"}
	p.HeaderID = contentID([]byte(subject + "\n\n" + text))
	got := content{plain: p.bound(guessUTF8([]byte(text)))}
	p.Text = tidy(got.plain)
	p.finish(got, &collector{cut: p.cut})
	return p
}

// ParseHTML reads an HTML body without headers.
func ParseHTML(subject, html string) *Parsed {
	p := &Parsed{Subject: strings.ToValidUTF8(oneLine(subject), "\uFFFD"), Size: len(html), Via: "html"}
	p.HeaderID = contentID([]byte(subject + "\n\n" + html))
	got := content{html: p.bound(guessUTF8([]byte(html)))}
	got.read()
	p.Text = p.bound(tidy(got.text()))
	p.html = got.html
	p.finish(got, &collector{cut: p.cut})
	return p
}
