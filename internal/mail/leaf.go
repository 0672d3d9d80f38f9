package mail

import (
	"path"
	"strings"
)

// part is one leaf of a mail: its body is decoded, its charset is not.
type part struct {
	kind   string
	params map[string]string
	header Header
	body   []byte
}

// leaf takes a part that is not a multipart.
func (c *collector) leaf(p part, depth int) content {
	disposition, dparams := "", map[string]string(nil)
	if v := p.header.Raw("Content-Disposition"); v != "" {
		disposition, dparams = headerParams(v)
	}
	name := DecodeHeader(dparams["filename"])
	if name == "" {
		name = DecodeHeader(p.params["name"])
	}
	switch p.kind {
	case "message/delivery-status", "message/global-delivery-status":
		c.deliveryStatus(p.body)
		return content{}
	case "message/feedback-report":
		h, _ := readHeader(p.body)
		c.report = &Report{Kind: ReportFeedback, Message: h}
		return content{}
	case "message/disposition-notification", "message/global-disposition-notification":
		if c.report == nil {
			h, _ := readHeader(p.body)
			c.report = &Report{Kind: ReportDisposition, Message: h}
		}
		return content{}
	case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers", "message/rfc822-headers":
		c.enclosed(p, name, depth)
		return content{}
	case "text/calendar":
		c.calendar(p)
	}
	if disposition == "attachment" || name != "" && disposition != "inline" && !strings.HasPrefix(p.kind, "text/") ||
		!strings.HasPrefix(p.kind, "text/") || p.kind == "text/calendar" {
		c.attach(p, name)
		return content{}
	}
	text := c.keep(toUTF8(p.body, p.params["charset"]))
	switch p.kind {
	case "text/html", "text/xhtml":
		return content{html: text}
	case "text/plain", "text/enriched", "text/richtext", "text/markdown":
		if p.params["format"] == "flowed" || p.params["format"] == "Flowed" {
			text = unflow(text, strings.EqualFold(p.params["delsp"], "yes"))
		}
		return content{plain: text}
	}
	c.attach(p, name)
	return content{plain: text}
}

func (c *collector) attach(p part, name string) {
	name = oneLine(strings.ToValidUTF8(name, "\uFFFD"))
	if name != "" {
		name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	}
	c.attachments = append(c.attachments, Attachment{Name: name, Type: p.kind, Size: len(p.body)})
}

// enclosed takes a mail inside the mail: its headers and the beginning of its
// text, and its size as an attachment.
func (c *collector) enclosed(p part, name string, depth int) {
	if depth >= MaxDepth || len(c.originals) >= 20 {
		c.cut("more mails are enclosed than are looked at")
		return
	}
	h, body := readHeader(p.body)
	o := &Original{HeaderID: firstID(h.Raw("Message-ID")), From: ParseAddress(h.Raw("From")).Addr,
		To: ParseAddresses(h.Raw("To")), Subject: oneLine(h.Get("Subject")), Header: h}
	if p.kind == "message/rfc822" || p.kind == "message/global" {
		inner := &collector{cut: func(string, ...any) {}, parts: c.parts}
		got, _ := inner.walk(h, body[:min(len(body), 4*MaxText)], depth+1)
		c.parts = inner.parts
		text := got.plain
		if text == "" {
			text = got.html
		}
		o.Text = strings.ToValidUTF8(text[:min(len(text), maxEnclosed)], "")
		o.Report = inner.report
		c.originals = append(c.originals, inner.originals...)
		if name == "" {
			name = o.Subject
		}
		c.attachments = append(c.attachments, Attachment{Name: oneLine(name), Type: p.kind, Size: len(p.body)})
	}
	c.originals = append(c.originals, o)
	if c.original == nil {
		c.original = o
	}
}

// deliveryStatus reads the fields of RFC 3464: a group for the message, then
// one for each recipient, parted by empty lines.
func (c *collector) deliveryStatus(body []byte) {
	r := readStatus(body)
	if c.report == nil || c.report.Kind == ReportDisposition {
		c.report = r
	} else if c.report.Kind == ReportDelivery {
		c.report.Recipients = append(c.report.Recipients, r.Recipients...)
	}
}

func readStatus(body []byte) *Report {
	r := &Report{Kind: ReportDelivery}
	for _, group := range fieldGroups(body) {
		if !group.Has("Final-Recipient") && !group.Has("Original-Recipient") && !(group.Has("Action") && group.Has("Status")) {
			r.Message.fields = append(r.Message.fields, group.fields...)
			continue
		}
		r.Recipients = append(r.Recipients, splitGroup(group)...)
	}
	return r
}

// splitGroup parts a group that names several recipients without empty lines
// between them: a field that comes again begins the next one.
func splitGroup(group Header) []Header {
	if len(group.rawValues("Final-Recipient")) < 2 {
		return []Header{group}
	}
	var out []Header
	var one Header
	for _, f := range group.fields {
		if one.Has("Final-Recipient") && one.Has(f.name) && !strings.EqualFold(f.name, "Diagnostic-Code") {
			out = append(out, one)
			one = Header{}
		}
		one.fields = append(one.fields, f)
	}
	return append(out, one)
}

// ReadDeliveryStatus finds the fields of RFC 3464 in a text, where a broken
// report shows them; nil when there are none.
func ReadDeliveryStatus(text string) *Report {
	at := indexFold(text, "final-recipient:")
	if at < 0 {
		return nil
	}
	// The group may begin with other fields: go back to the empty line.
	if start := strings.LastIndex(text[:at], "\n\n"); start >= 0 {
		at = start + 2
	} else {
		at = 0
	}
	r := readStatus([]byte(text[at:min(len(text), at+maxEnclosed)]))
	if len(r.Recipients) == 0 {
		return nil
	}
	return r
}

// ReadFeedback finds the fields of a feedback report (RFC 5965 section 3) in a
// text, where a forwarder broke the report into words.
func ReadFeedback(text string) (Header, bool) {
	at := indexFold(text, "feedback-type:")
	if at < 0 || at > maxEnclosed || at > 0 && text[at-1] != '\n' {
		return Header{}, false
	}
	if start := strings.LastIndex(text[:at], "\n\n"); start >= 0 {
		at = start + 2
	}
	h, _ := readHeader(unixLines([]byte(text[at:min(len(text), at+8<<10)])))
	return h, h.Has("Feedback-Type") && (h.Has("User-Agent") || h.Has("Version") || h.Has("Original-Rcpt-To") || h.Has("Original-Mail-From"))
}

// fieldGroups cuts a body into header blocks at its empty lines.
func fieldGroups(body []byte) []Header {
	var out []Header
	for rest := unixLines(body); len(rest) > 0 && len(out) < maxFields; {
		h, after := readHeader(rest)
		if h.Len() > 0 {
			out = append(out, h)
		}
		if len(after) >= len(rest) {
			break
		}
		rest = after
		if h.Len() == 0 {
			_, rest = cutLine(rest)
		}
	}
	return out
}

// unflow joins the soft line breaks of format=flowed (RFC 3676 section 4).
func unflow(s string, delsp bool) string {
	var b strings.Builder
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, line := range lines {
		quoted := strings.HasPrefix(line, ">")
		if !quoted {
			line = strings.TrimPrefix(line, " ")
		}
		soft := strings.HasSuffix(line, " ") && line != "-- " && !quoted &&
			i+1 < len(lines) && !strings.HasPrefix(lines[i+1], ">") && lines[i+1] != "-- " && strings.TrimSpace(lines[i+1]) != ""
		switch {
		case soft && delsp:
			b.WriteString(line[:len(line)-1])
		case soft:
			b.WriteString(line)
		default:
			b.WriteString(line)
			if i+1 < len(lines) {
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}
