package classify

import (
	"slices"
	"strings"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// complaint reads a report that a recipient called a mail of ours spam: a
// feedback report (RFC 5965), also one whose fields stand in the text, then
// the forms that providers and abuse desks had before it.
func complaint(p *mail.Parsed) (sales.Verdict, bool) {
	if r := p.Report; r != nil && r.Kind == mail.ReportFeedback {
		return feedback(p, r.Message)
	}
	if h, ok := mail.ReadFeedback(p.Text); ok {
		return feedback(p, h)
	}
	if v, ok := oldComplaint(p); ok {
		return v, true
	}
	return deskComplaint(p)
}

// feedback reads the fields of RFC 5965 section 3. A report of the type
// not-spam takes a complaint back and is none.
func feedback(p *mail.Parsed, fields mail.Header) (sales.Verdict, bool) {
	kind := strings.TrimSpace(fields.Get("Feedback-Type"))
	v := sales.Verdict{Kind: sales.KindComplaint, Confidence: 0.98, OriginalID: originalID(p),
		Reasons: []string{"feedback report (RFC 5965), Feedback-Type: " + orWord(kind, "not given")}}
	if strings.EqualFold(kind, "not-spam") {
		v.Kind = sales.KindOther
		return v, true
	}
	for _, name := range [...]string{"Original-Rcpt-To", "Removal-Recipient"} {
		for _, value := range fields.Values(name) {
			_, after, typed := strings.Cut(value, ";")
			if !typed {
				after = value
			}
			addReported(&v, mail.ParseAddresses(after), kind)
		}
	}
	if len(v.Recipients) == 0 && p.Original != nil {
		addReported(&v, p.Original.To, kind)
	}
	return v, true
}

// addReported adds each address once.
func addReported(v *sales.Verdict, all []mail.Address, reason string) {
	for _, a := range all {
		if a.Addr != "" && !slices.ContainsFunc(v.Recipients, func(r sales.ReportedRecipient) bool { return r.Address == a.Addr }) {
			v.Recipients = append(v.Recipients, sales.ReportedRecipient{Address: a.Addr, Reason: reason})
		}
	}
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
	addReported(&v, mail.ParseAddresses(p.Original.Header.Get("X-HmXmrOriginalRecipient")), "abuse")
	if len(v.Recipients) == 0 {
		addReported(&v, p.Original.To, "abuse")
	}
	return v, true
}

// Who sends the complaints of others, and what they say; in the form of plain.
const (
	complaintDesks = "abuse|complaint|feedback|fbl|spam|scomp|postmaster|arf|trust"
	complaintWords = "spam complaint|abuse complaint|complaint about spam|complained about|abuse report|spam report|reported as spam|reported this message as spam|reported the following message|marked as spam|marked the following message as spam|marked this message as|marked your message as spam|marked your email as|considers it spam|unsolicited bulk email from your|report of spam|als spam gemeldet|als spam markiert|spam-beschwerde|beschwerde uber|signale comme spam|signale comme indesirable|plainte pour spam|marcado como spam|denunciado como spam|queja de spam|segnalato come spam|marcado como lixo|denuncia de spam|als spam gemarkeerd|als spam gemeld|rapporterat som skrappost|迷惑メールとして報告|举报为垃圾邮件"
)

// deskComplaint reads what an abuse desk writes in words about a mail that it
// shows.
func deskComplaint(p *mail.Parsed) (sales.Verdict, bool) {
	local, _, _ := strings.Cut(p.From, "@")
	desk := firstIn(local, complaintDesks)
	if desk == "" || p.Original == nil && !hasReturned(p.Text) {
		return sales.Verdict{}, false
	}
	said := firstIn(plain(p.Subject+"\n"+p.Text[:min(len(p.Text), 2000)]), complaintWords)
	if said == "" {
		return sales.Verdict{}, false
	}
	v := sales.Verdict{Kind: sales.KindComplaint, Confidence: 0.85, OriginalID: originalID(p),
		Reasons: []string{"from " + p.From, `text: "` + said + `"`}}
	if p.Original != nil {
		addReported(&v, p.Original.To, "abuse")
	} else {
		_, returned := cutReturned(p.Text)
		for line := range strings.SplitSeq(returned, "\n") {
			if rest, ok := cutFold(strings.TrimSpace(line), "to:"); ok {
				addReported(&v, mail.ParseAddresses(rest), "abuse")
				break
			}
		}
	}
	return v, true
}
