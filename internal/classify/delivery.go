package classify

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// delivery reads a report on a delivery: by its machine-readable part (RFC
// 3464) when it has one, else by its words.
func delivery(p *mail.Parsed) (sales.Verdict, bool) {
	if p.Report != nil && p.Report.Kind == mail.ReportDelivery && len(p.Report.Recipients) > 0 {
		return standardReport(p, p.Report), true
	}
	if v, ok := notification(p); ok {
		return v, true
	}
	signs, sure := bounceSigns(p)
	if len(signs) == 0 {
		return sales.Verdict{}, false
	}
	// A gateway may have wrapped the report, or broken its parts into text.
	for _, r := range [...]*mail.Report{enclosedReport(p), mail.ReadDeliveryStatus(p.Text)} {
		if r != nil && len(r.Recipients) > 0 {
			v := standardReport(p, r)
			v.Reasons = append(signs, v.Reasons...)
			return v, true
		}
	}
	return textReport(p, signs, sure), true
}

func enclosedReport(p *mail.Parsed) *mail.Report {
	if p.Original == nil {
		return nil
	}
	return p.Original.Report
}

// standardReport reads the per-recipient fields of RFC 3464 section 2.3.
func standardReport(p *mail.Parsed, r *mail.Report) sales.Verdict {
	v := sales.Verdict{Confidence: 0.97, OriginalID: originalID(p), Reasons: []string{"delivery report (RFC 3464)"}}
	words, _ := cutReturned(p.Text)
	human := newWording(words)
	for _, group := range r.Recipients {
		final, original := recipientField(group.Get("Final-Recipient")), recipientField(group.Get("Original-Recipient"))
		if final == "" {
			final, original = original, ""
		}
		if final == "" && p.Original != nil && len(p.Original.To) > 0 && len(r.Recipients) == 1 {
			final = p.Original.To[0].Addr
		}
		said := diagnostic(group)
		status := cleanStatus(group.Get("Status"))
		class, why := judge(group.Get("Action"), status, said, human, final, len(r.Recipients) == 1)
		if status == "" && len(r.Recipients) == 1 {
			status = statusIn(orWord(said, human.text))
		}
		v.Recipients = append(v.Recipients, sales.ReportedRecipient{Address: final, Status: status, Class: class, Reason: clip(sentenceOn(said, human, final, why))})
		v.Reasons = append(v.Reasons, clip("recipient "+orWord(final, "not named")+": "+string(class)+", by "+why))
		if original != "" && original != final {
			// The mail was forwarded and failed there. The address that we
			// wrote to may live, so it is never called dead for it.
			if class == sales.FailHard {
				class = sales.FailSoft
			}
			v.Recipients = append(v.Recipients, sales.ReportedRecipient{Address: original, Status: status, Class: class, Reason: clip("forwarded to " + final + ": " + orWord(said, why))})
		}
	}
	v.Recipients = mergeRecipients(v.Recipients)
	v.Kind = kindOf(v.Recipients)
	return v
}

// judge weighs what the fields say, and the words of the report when the
// fields say little.
func judge(action, status, said string, human *wording, addr string, alone bool) (sales.FailureClass, string) {
	// A status of the remote server is nearer to the fact than that of the
	// reporting one: "Status: 5.0.0" with "550 5.7.1 ..." is a policy.
	near := status
	if inner := statusIn(said); inner != "" && !strings.HasSuffix(status, ".4.7") && (vague(status) || strings.HasPrefix(inner, "5.7.") || strings.HasPrefix(inner, "4.7.")) {
		near = inner
	}
	class, why := failureOf(action, near, said)
	if class == sales.FailDelivered {
		return class, why
	}
	about := human.text
	if addr != "" && strings.Contains(human.low, addr) {
		about = human.about(addr)
	} else if !alone {
		about = ""
	}
	if class == sales.FailDelay {
		// OpenSMTPD calls it delayed also when it has given up.
		if strings.HasSuffix(status, ".4.7") && strings.Contains(strings.ToLower(about), gaveUp) {
			return sales.FailExpired, gaveUp
		}
		return class, why
	}
	if class == sales.FailHard {
		// The words may tell that the address was taken and the content
		// refused, or that the mailbox is full.
		whole := about
		if alone {
			whole = human.text
		}
		if data := pretext(plain(said + " " + whole)); data != "" {
			return sales.FailSoft, data
		}
		if again, because := failureOf(action, near, said+" "+about); again == sales.FailFull {
			return again, because
		}
		return class, why
	}
	if weak(why) || thin(said) {
		if again, because := failureOf(action, near, said+" "+about); !weak(because) {
			return again, because
		}
		if alone {
			if again, because := failureOf(action, near, said+" "+human.text); !weak(because) {
				return again, because
			}
		}
	}
	return class, why
}

// gaveUp is what OpenSMTPD says of a recipient when the time of the mail is over.
const gaveUp = "envelope expired"

// sentenceOn is what to tell people of one recipient: what the server said, else
// what the words of the report say, where they name the recipient at the start of
// a line, else what decided.
func sentenceOn(said string, human *wording, addr, why string) string {
	if !thin(said) || addr == "" {
		return orWord(said, why)
	}
	for i, line := range human.lines {
		start := strings.TrimLeft(strings.TrimSpace(line), "<")
		if len(start) < len(addr) || !strings.EqualFold(start[:len(addr)], addr) {
			continue
		}
		all := strings.TrimLeft(start[len(addr):], ">: \t\r")
		for _, more := range human.lines[i+1:] { // what belongs to it is indented
			if strings.TrimSpace(more) == "" || more[0] != ' ' && more[0] != '\t' || len(all) > 500 {
				break
			}
			all += " " + strings.TrimSpace(more)
		}
		if !thin(all) || said == "" {
			return orWord(all, orWord(said, why))
		}
	}
	return orWord(said, why)
}

// weak tells that nothing but a number decided, or nothing at all.
func weak(why string) bool { return why == "no known reason" || strings.HasPrefix(why, "status ") }

// vague tells that a status says no more than its class.
func vague(status string) bool {
	_, subject, detail := splitStatus(status)
	return status == "" || subject == "0" || detail == "0"
}

// thin tells that a diagnostic has no sentence in it.
func thin(said string) bool { return len(strings.Fields(said)) < 4 }

// diagnostic is what the server said of a recipient.
func diagnostic(group mail.Header) string {
	var all []string
	for _, name := range [...]string{"Diagnostic-Code", "X-Diagnostic-Code", "X-Display-Message", "X-Notes", "Reason", "X-SMTP-Status"} {
		for _, value := range group.Values(name) {
			kind, rest, ok := strings.Cut(value, ";")
			if ok && len(kind) < 20 && !strings.Contains(kind, " ") {
				value = rest
			}
			all = append(all, strings.TrimSpace(value))
		}
	}
	return strings.Join(all, " ")
}

// recipientField reads "rfc822; ann@buyer.example" (RFC 3464 section 2.3.1) and
// "utf-8; j\x{FC}rgen@buyer.example" (RFC 6533 section 3).
func recipientField(value string) string {
	if kind, rest, ok := strings.Cut(value, ";"); ok && len(kind) < 20 {
		value = rest
	}
	return mail.ParseAddress(unescaped(strings.TrimSpace(value))).Addr
}

// unescaped undoes the two ways in which addresses are written in ASCII alone:
// xtext (RFC 3461 section 4) and the escapes of RFC 6533 section 3.
func unescaped(s string) string {
	if !strings.ContainsAny(s, "\\+") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if rest, ok := strings.CutPrefix(s[i:], `\x{`); ok {
			if end := strings.IndexByte(rest, '}'); end > 0 && end <= 6 {
				if n, err := strconv.ParseUint(rest[:end], 16, 32); err == nil && n >= ' ' && utf8.ValidRune(rune(n)) {
					b.WriteRune(rune(n))
					i += 3 + end + 1
					continue
				}
			}
		}
		if s[i] == '+' && i+2 < len(s) && (s[i+1:i+3] == "2B" || s[i+1:i+3] == "3D") {
			b.WriteByte(map[byte]byte{'2': '+', '3': '='}[s[i+1]])
			i += 3
			continue
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// cleanStatus gives "5.1.1" of "5.1.1 (user unknown)".
func cleanStatus(value string) string {
	value = strings.TrimSpace(value)
	if s := statusIn(value); s != "" {
		return s
	}
	return ""
}

// kindOf gives the kind of a report from its recipients: one failure makes it
// a bounce, else one delay a delay.
func kindOf(all []sales.ReportedRecipient) sales.VerdictKind {
	kind := sales.KindOther
	for _, r := range all {
		switch r.Class {
		case sales.FailDelivered:
		case sales.FailDelay:
			if kind == sales.KindOther {
				kind = sales.KindDelay
			}
		default:
			return sales.KindBounce
		}
	}
	return kind
}

// mergeRecipients keeps one entry for each address. Where two reports of one
// address differ, the milder wins over "hard".
func mergeRecipients(all []sales.ReportedRecipient) []sales.ReportedRecipient {
	var out []sales.ReportedRecipient
	for _, r := range all {
		i := slices.IndexFunc(out, func(o sales.ReportedRecipient) bool { return o.Address == r.Address && r.Address != "" })
		switch {
		case i < 0:
			out = append(out, r)
		case out[i].Class == sales.FailHard && r.Class != sales.FailDelay && r.Class != sales.FailDelivered:
			out[i] = r
		}
	}
	return out
}
