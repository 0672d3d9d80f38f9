package mail

import "strings"

// attributes are those of an element that tell a quote or a signature, in
// lower case.
type attributes struct {
	class, id, name, style, kind, cite, data, tabindex string
	sigblock                                           bool
	alt, src                                           string // as they stand
}

func (a *attributes) set(key string, value []byte) {
	if len(value) > 4096 {
		value = value[:4096]
	}
	v := strings.ToLower(string(value))
	switch key {
	case "class":
		a.class = strings.Join(strings.Fields(v), " ")
	case "id":
		a.id = strings.TrimSpace(v)
	case "name":
		a.name = v
	case "style":
		a.style = strings.ReplaceAll(v, " ", "")
	case "type":
		a.kind = v
	case "cite":
		a.cite = "cite"
	case "data-smartmail", "data-signature-widget":
		a.data = v
	case "data-signatureblock":
		a.sigblock = v == "true"
	case "tabindex":
		a.tabindex = v
	case "alt":
		a.alt = string(value)
	case "src":
		a.src = v
	}
}

// hasClass tells whether one of the classes is, or with a final "*" begins
// with, one of names.
func (a *attributes) hasClass(names ...string) bool {
	for class := range strings.SplitSeq(a.class, " ") {
		for _, name := range names {
			if stem, ok := strings.CutSuffix(name, "*"); class == name || ok && strings.HasPrefix(class, stem) {
				return true
			}
		}
	}
	return false
}

// quote tells whether an element holds a quoted mail, by the marks that
// clients put: Gmail, Yahoo, AOL, Thunderbird, Proton, Zoho, Tuta, Front,
// Superhuman, Spark, Missive, HubSpot, Freshdesk, Airmail, Outlook's apps, GMX
// and web.de, 163.
func (a *attributes) quote() bool {
	if strings.Contains(a.class, "yahoo_quoted") || strings.Contains(a.id, "yahoo_quoted") || a.hasClass("gmail_quote", "gmail_extra", "gmail_quote_container", "yahoo-quoted*", "aolreplacedbody", "protonmail_quote", "zmail_extra", "moz-cite-prefix",
		"moz-forward-container", "outlookmessageheader", "tutanota_quote", "front-blockquote", "freshdesk_quote", "sh-quoted-content", "missive_quote", "hs_reply", "airmail_on",
		"ms-outlook-mobile-reference-message", "gmail_attr", "mailspring-quote*", "nylas-quote", "quoted-mail*", "mail-quote*", "reply-quote*", "cm_quote") {
		return true
	}
	switch a.id {
	case "mail-editor-reference-message-container", "replysplit", "ms-outlook-mobile-reference", "isforwardcontent", "isreplycontent", "orimsghtmlseperator", "origbody", "olk_src_body_section":
		return true
	}
	if strings.HasPrefix(a.id, "blockquote_zmail") {
		return true
	}
	switch a.name {
	case "quote", "quoted-content", "messagereplysection":
		return true
	}
	return false
}

// cites tells whether a blockquote is marked as a quote, by what it is, what
// it cites or a line at its side. One that only moves its text in is no
// quote.
func (a *attributes) cites() bool {
	if a.kind == "cite" || a.cite != "" || a.hasClass("clean_bq", "mozquote", "cite", "quote", "moz-*", "mail_quote*", "yahoo*", "zmail*", "protonmail*") {
		return true
	}
	for _, side := range [...]string{"border-left:", "border-inline-start:", "border-left-width:", "border-left-style:"} {
		if i := strings.Index(a.style, side); i >= 0 {
			value := a.style[i+len(side):]
			return !strings.HasPrefix(value, "none") && !strings.HasPrefix(value, "0") && !strings.HasPrefix(value, "medium") || strings.HasPrefix(value, "0.") && !strings.HasPrefix(value, "0.0")
		}
	}
	return false
}

// quoteFromHere knows the elements behind which Outlook on the web puts a
// quote that runs to the end.
func (a *attributes) quoteFromHere() bool { return a.id == "divrplyfwdmsg" || a.id == "appendonsend" }

// quoteRule knows the rules that Outlook and others draw above such a quote.
func (a *attributes) quoteRule() bool {
	return a.id == "stopspelling" || a.id == "zwchr" || a.tabindex == "-1" || a.data == "zimbra"
}

// ruled tells whether an element has a line above it, as Outlook draws one
// above the header of a quoted mail.
func (a *attributes) ruled() bool {
	if !strings.Contains(a.style, "padding") {
		return false
	}
	for _, top := range [...]string{"border-top:", "border-top-style:"} {
		if i := strings.Index(a.style, top); i >= 0 && strings.Contains(a.style[i:min(len(a.style), i+60)], "solid") {
			return true
		}
	}
	return false
}

// answers tells whether an element is the one in which Gmail puts a quote
// together with what its writer says between and below its parts.
func (a *attributes) answers() bool { return a.hasClass("gmail_quote", "gmail_quote_container") }

// signature tells whether an element is the one that a client keeps for the
// signature: Gmail, Thunderbird, Outlook, Apple, Proton, Yahoo, Zoho, Samsung.
func (a *attributes) signature() bool {
	if a.hasClass("gmail_signature", "gmail_signature_prefix", "moz-signature", "protonmail_signature_block*", "ms-outlook-mobile-signature", "signature_editor", "zmail_signature*", "mail-signature", "email-signature", "sh-signature", "front-signature") {
		return true
	}
	switch a.id {
	case "signature", "ms-outlook-mobile-signature", "applemailsignature", "composer_signature", "ms-outlook-ios-signature", "ms-outlook-android-signature", "mobilesignature", "lwsig":
		return true
	}
	return a.sigblock || a.data == "gmail_signature" || a.name == "messagesignaturesection" || strings.HasSuffix(a.id, "signature_current") || strings.HasPrefix(a.id, "ydp") && strings.HasSuffix(a.id, "signature")
}

// attributed tells whether the lines before end with the sentence that
// clients put above a quote, or with the header of a mail.
func (w *textWriter) attributed() bool {
	end := len(w.lines)
	for end > 0 && w.lines[end-1].text == "" {
		end--
	}
	var lines []string
	for i := max(0, end-8); i < end; i++ {
		text := w.lines[i].text
		if len(text) > 400 { // no such line is as long
			text, lines = "", nil
		}
		lines = append(lines, text)
	}
	for i := len(lines) - 1; i >= 0 && i >= len(lines)-3; i-- {
		if isAttribution(strings.TrimSpace(strings.Join(lines[i:], " ")), true) {
			return true
		}
	}
	for i := range lines {
		if headerBlock(lines, i) {
			return true
		}
	}
	return false
}

// quoteBare takes a blockquote without any mark for a quoted mail when it ends
// the mail and stands below words: one in the midst of a text is the person's own.
func (w *textWriter) quoteBare() {
	from, to := w.bare[0], w.bare[1]
	words := func(lines []htmlLine) bool {
		for _, l := range lines {
			if l.text != "" {
				return true
			}
		}
		return false
	}
	if to == 0 || words(w.lines[to:]) || !words(w.lines[:from]) {
		return
	}
	for i := from; i < to; i++ {
		w.lines[i].quote++
	}
}

// headersOf tells whether lines are the header of a quoted mail in whichever
// language: two lines or more that begin with a label, and among them an
// address or a time of day.
func headersOf(lines []htmlLine) bool {
	texts := make([]string, 0, 12)
	for _, l := range lines[:min(len(lines), 12)] {
		texts = append(texts, l.text)
	}
	return headersOfAny(texts)
}

// headersOfAny is headersOf for lines of text.
func headersOfAny(lines []string) bool {
	labels, sign := 0, false
	for _, line := range lines[:min(len(lines), 12)] {
		label, value, ok := cutLabel(line[:min(len(line), 400)])
		if ok && len(label) <= 40 && strings.TrimSpace(value) != "" {
			labels++
			sign = sign || hasAddr(value) || hasDate(value)
		}
	}
	return labels >= 2 && sign
}

// quoteRuled takes what stands below a drawn rule for a quoted mail when it
// begins with the header of one.
func (w *textWriter) quoteRuled() {
	for _, from := range w.rules {
		for from < len(w.lines) && w.lines[from].text == "" {
			from++
		}
		if from >= len(w.lines) || w.lines[from].quote > 0 || !headersOf(w.lines[from:]) {
			continue
		}
		for i := from; i < len(w.lines); i++ {
			w.lines[i].quote++
		}
		return
	}
}

// unquoteBelow gives back to the writer of an answer what Gmail keeps with the
// quote: in its container the quoted mail is in blockquotes, and what stands
// behind the first of them is the writer's own. A mail that is passed on is
// in the container itself.
func (w *textWriter) unquoteBelow(e element) {
	if e.cites == 0 || forwardedLines(w.lines[min(e.from, len(w.lines)):]) {
		return
	}
	for i := e.cites; i < len(w.lines); i++ {
		if w.lines[i].quote == 1 {
			w.lines[i].quote = 0
		}
	}
}

// forwardedLines tells whether the first of the lines with text is the one
// above a mail that is passed on, or the header of a mail.
func forwardedLines(lines []htmlLine) bool {
	texts := make([]string, 0, 8)
	for _, l := range lines {
		if l.text != "" && len(l.text) <= 400 {
			texts = append(texts, l.text)
		}
		if len(texts) == cap(texts) {
			break
		}
	}
	for i := range texts {
		if isForwardLine(texts, i) || headerBlock(texts, i) {
			return true
		}
	}
	return false
}
