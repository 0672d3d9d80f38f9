package classify

import (
	"slices"
	"strings"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// textReport reads a report that only has words.
func textReport(p *mail.Parsed, signs []string, sure float64) sales.Verdict {
	v := sales.Verdict{Confidence: sure, OriginalID: originalID(p), Reasons: signs}
	words, returned := cutReturned(p.Text[:min(len(p.Text), 128<<10)])
	action := ""
	if w := delayed(p, words); w != "" {
		action = "delayed"
		v.Reasons = append(v.Reasons, `text: "`+w+`"`)
	}
	found := namedRecipients(p, words, returned)
	for _, r := range found {
		about := r.about
		class, why := failureOf(action, orWord(statusIn(about), smtpClass(about)), about)
		if len(found) == 1 && (weak(why) || class == sales.FailHard && pretext(plain(words)) != "") {
			about = words + "\n" + p.Subject
			class, why = failureOf(action, orWord(statusIn(about), smtpClass(about)), about)
		} else if gave := expiredSet().in(plain(words)); len(found) == 1 && class == sales.FailSoft && gave != "" {
			class, why = sales.FailExpired, gave
		}
		v.Recipients = append(v.Recipients, sales.ReportedRecipient{Address: r.addr, Status: orWord(statusIn(about), impliedStatus(class, why)), Class: class, Reason: clip(orWord(reasonLine(about, r.addr), why))})
		v.Reasons = append(v.Reasons, clip("recipient "+orWord(r.addr, "not named")+": "+string(class)+", by "+why))
	}
	v.Recipients = mergeRecipients(withForwarders(v.Recipients, words))
	v.Kind = kindOf(v.Recipients)
	if v.Kind == sales.KindOther {
		v.Kind = sales.KindBounce
	}
	return v
}

// delayed tells by what words a report says that the mail is still tried; ""
// when it says that it is not.
func delayed(p *mail.Parsed, words string) string {
	if subject := strings.ToLower(p.Subject); strings.Contains(subject, "(delay)") {
		return "(delay)"
	}
	low := plain(p.Subject + "\n" + words)
	w := delaySet().in(low)
	if w == "" || firstIn(low, "failed permanently|permanent error|permanent fatal|has been returned|given up|giving up|will not be retried|not continue trying|i've given up") != "" {
		return ""
	}
	return w
}

// withForwarders adds the address that a report says was forwarded to the one
// that failed. We wrote to that one, and it may live.
func withForwarders(all []sales.ReportedRecipient, words string) []sales.ReportedRecipient {
	for line := range strings.SplitSeq(words, "\n") {
		w := firstIn(strings.ToLower(line), "expanded from|generated from|forwarded from|originally addressed to|originally to|an alias for|redirected from")
		if w == "" {
			continue
		}
		for _, a := range addressesIn(line[strings.Index(strings.ToLower(line), w):]) {
			i := slices.IndexFunc(all, func(r sales.ReportedRecipient) bool { return r.Class == sales.FailHard })
			if i < 0 {
				i = slices.IndexFunc(all, func(r sales.ReportedRecipient) bool { return r.Class == sales.FailSoft && r.Address != "" })
			}
			if i < 0 || slices.ContainsFunc(all, func(r sales.ReportedRecipient) bool { return r.Address == a.addr }) {
				continue
			}
			all = append(all, sales.ReportedRecipient{Address: a.addr, Status: all[i].Status, Class: sales.FailSoft, Reason: clip("forwarded to " + all[i].Address + ": " + all[i].Reason)})
		}
	}
	return all
}

// impliedStatus is the status (RFC 3463) that the words of a report stand for
// when it gives none; "" when they stand for none in particular.
func impliedStatus(class sales.FailureClass, why string) string {
	switch {
	case class == sales.FailFull:
		return "5.2.2"
	case class == sales.FailHard && (hostSet().in(why) != "" || strings.Contains(why, "unrout")):
		return "5.1.2"
	case class == sales.FailHard:
		return "5.1.1"
	}
	return ""
}

// smtpClass turns a basic reply code into a status that says its class alone.
func smtpClass(about string) string {
	if code := codeIn(about); code != "" {
		return code[:1] + ".0.0"
	}
	return ""
}

// reasonLine is the line of a report that says the most: the one with a code,
// else the first that does not just name the address.
func reasonLine(about, addr string) string {
	best := ""
	for line := range strings.SplitSeq(about, "\n") {
		t := strings.TrimSpace(line)
		if statusIn(t) != "" || codeIn(t) != "" {
			return t
		}
		if best == "" && t != "" && strings.Trim(strings.ToLower(t), "<>: ") != addr && reasonSet().in(plain(t)) != "" {
			best = t
		}
	}
	return best
}

// named is a recipient that a report in words names, with what it says of it.
type named struct{ addr, about string }

// namedRecipients finds whom a report in words is about: by its header, by
// the addresses in its words, by the returned mail.
func namedRecipients(p *mail.Parsed, words, returned string) []named {
	var out []named
	failed := mail.ParseAddresses(strings.Join(p.Header.Values("X-Failed-Recipients"), ", "))
	var w *wording
	for _, a := range failed {
		if w == nil {
			w = newWording(words)
		}
		if !slices.ContainsFunc(out, func(n named) bool { return n.addr == a.Addr }) {
			out = append(out, named{a.Addr, w.about(a.Addr)})
		}
	}
	if len(out) > 0 && !belied(p, words, returned, out) {
		return out
	}
	if out = namedInWords(p, words); len(out) > 0 {
		return out
	}
	if p.Original != nil && len(p.Original.To) > 0 {
		return []named{{p.Original.To[0].Addr, words}}
	}
	if p.Original != nil { // as gateways note it in the returned header
		for _, name := range [...]string{"X-Original-To", "Delivered-To", "X-Envelope-To", "Envelope-To"} {
			if a := mail.ParseAddress(p.Original.Header.Raw(name)); a.Addr != "" {
				return []named{{a.Addr, words}}
			}
		}
	}
	if to := returnedTo(returned); len(to) > 0 {
		return []named{{to[0].Addr, words}}
	}
	return []named{{"", words}}
}

// belied tells whether the words of a report and the mail that it returns agree
// on a recipient whom its header does not name.
func belied(p *mail.Parsed, words, returned string, header []named) bool {
	low := strings.ToLower(words)
	for _, n := range header {
		if strings.Contains(low, n.addr) {
			return false
		}
	}
	to := returnedTo(returned)
	if p.Original != nil {
		to = append(to, p.Original.To...)
	}
	return slices.ContainsFunc(to, func(a mail.Address) bool { return a.Addr != "" && strings.Contains(low, a.Addr) })
}

// returnedTo reads the first To field of a mail that is returned as text.
func returnedTo(returned string) []mail.Address {
	for line := range strings.SplitSeq(returned, "\n") {
		if rest, ok := cutFold(strings.TrimSpace(line), "to:"); ok {
			if all := mail.ParseAddresses(rest); len(all) > 0 {
				return all
			}
		}
	}
	return nil
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}
