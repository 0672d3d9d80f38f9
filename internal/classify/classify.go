package classify

import (
	"strings"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// Classify tells what p is. at is when it arrived; dates that the text names
// are read relative to it. The order is that of harm: a complaint, then a
// report on a delivery, then a demand to stop, then a machine, then a person.
func Classify(p *mail.Parsed, at time.Time) sales.Verdict {
	p = bounded(p)
	if v, ok := complaint(p); ok {
		return v
	}
	if v, ok := delivery(p); ok {
		return v
	}
	if v, ok := receipt(p); ok {
		return v
	}
	if v, ok := calendarAnswer(p); ok {
		return v
	}
	m := machineSigns(p)
	text := theirWords(p)
	hits, toks := find(text)
	if h, ok := demands(toks); ok && strongest(hits, meansStop).weight == 0 {
		hits = append(hits, h)
	}
	if v, ok := optOut(p, m, hits, text); ok {
		return v
	}
	if v, ok := autoReply(p, m, hits, at); ok {
		return v
	}
	if v, ok := bulk(p, m); ok {
		return v
	}
	return reply(p, hits, text, at)
}

// maxWords is how much of each text is looked at, in bytes: what somebody wants
// stands before that, and a mail of a megabyte must not hold up the mailbox.
const maxWords = 64 << 10

// bounded is p with texts of at most maxWords bytes.
func bounded(p *mail.Parsed) *mail.Parsed {
	if len(p.Text) <= maxWords && len(p.Reply) <= maxWords && len(p.Unquoted) <= maxWords && len(p.Quoted) <= maxWords {
		return p
	}
	short := *p
	for _, s := range []*string{&short.Text, &short.Reply, &short.Unquoted, &short.Quoted} {
		if len(*s) > maxWords {
			*s = strings.ToValidUTF8((*s)[:maxWords], "")
		}
	}
	return &short
}

// complaint reads a feedback report (RFC 5965).
func complaint(p *mail.Parsed) (sales.Verdict, bool) {
	r := p.Report
	if r == nil || r.Kind != mail.ReportFeedback {
		return oldComplaint(p)
	}
	kind := r.Message.Get("Feedback-Type")
	v := sales.Verdict{Kind: sales.KindComplaint, Confidence: 0.98, OriginalID: originalID(p),
		Reasons: []string{"feedback report (RFC 5965), Feedback-Type: " + orWord(kind, "not given")}}
	seen := map[string]bool{}
	add := func(addr string) {
		if addr = strings.ToLower(strings.Trim(addr, "<> ")); addr != "" && !seen[addr] {
			seen[addr] = true
			v.Recipients = append(v.Recipients, sales.ReportedRecipient{Address: addr, Reason: kind})
		}
	}
	for _, name := range [...]string{"Original-Rcpt-To", "Removal-Recipient"} {
		for _, value := range r.Message.Values(name) {
			for _, a := range mail.ParseAddresses(strings.TrimPrefix(value, "rfc822;")) {
				add(a.Addr)
			}
		}
	}
	if len(v.Recipients) == 0 && p.Original != nil {
		for _, a := range p.Original.To {
			add(a.Addr)
		}
	}
	return v, true
}

// oldComplaint reads a complaint without its machine-readable part, as some
// providers forward them: the complained-of mail enclosed, with their mark.
func oldComplaint(p *mail.Parsed) (sales.Verdict, bool) {
	if p.Original == nil {
		return sales.Verdict{}, false
	}
	sign := ""
	switch {
	case p.Original.Header.Has("X-HmXmrOriginalRecipient"):
		sign = "X-HmXmrOriginalRecipient"
	case strings.HasPrefix(strings.ToLower(p.Subject), "complaint about message"):
		sign = "subject: " + p.Subject
	default:
		return sales.Verdict{}, false
	}
	v := sales.Verdict{Kind: sales.KindComplaint, Confidence: 0.9, OriginalID: originalID(p), Reasons: []string{clip(sign)}}
	to := mail.ParseAddresses(p.Original.Header.Get("X-HmXmrOriginalRecipient"))
	if len(to) == 0 {
		to = p.Original.To
	}
	for _, a := range to {
		v.Recipients = append(v.Recipients, sales.ReportedRecipient{Address: a.Addr, Reason: "abuse"})
	}
	return v, true
}

// receipt reads a read receipt (RFC 8098): neither a person's words nor a
// failure.
func receipt(p *mail.Parsed) (sales.Verdict, bool) {
	if p.Report == nil || p.Report.Kind != mail.ReportDisposition {
		return sales.Verdict{}, false
	}
	return sales.Verdict{Kind: sales.KindOther, Confidence: 0.95, OriginalID: originalID(p),
		Reasons: []string{"read receipt (RFC 8098), Disposition: " + orWord(p.Report.Message.Get("Disposition"), "not given")}}, true
}

// calendarAnswer reads the answer to an invitation (RFC 5546).
func calendarAnswer(p *mail.Parsed) (sales.Verdict, bool) {
	if !p.IsCalendarReply {
		return sales.Verdict{}, false
	}
	v := sales.Verdict{Kind: sales.KindReply, Intent: sales.Unclear, Confidence: 0.6,
		Reasons: []string{"calendar METHOD:REPLY, PARTSTAT=" + strings.ToUpper(orWord(p.CalendarStatus, "not given"))}}
	switch p.CalendarStatus {
	case "accepted":
		v.Intent, v.Confidence = sales.Interested, 0.95
	case "tentative":
		v.Intent, v.Confidence = sales.Interested, 0.7
	case "declined":
		v.Intent, v.Confidence = sales.NotNow, 0.6
	}
	return v, true
}

// originalID is the Message-ID of the mail that a report is about.
func originalID(p *mail.Parsed) string {
	if p.Original != nil && p.Original.HeaderID != "" {
		return p.Original.HeaderID
	}
	if len(p.OurIDs) > 0 {
		return p.OurIDs[0]
	}
	return ""
}

func orWord(s, other string) string {
	if s = strings.TrimSpace(s); s == "" {
		return other
	}
	return s
}

// clip shortens a quoted reason.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 160 {
		return string(r[:157]) + "..."
	}
	return s
}

// firstIn gives the first word of a "|"-separated list that text contains.
func firstIn(text, list string) string {
	for word := range strings.SplitSeq(list, "|") {
		if word != "" && strings.Contains(text, word) {
			return word
		}
	}
	return ""
}
