package classify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ninetyten/internal/mail"
)

// namedInWords finds the recipients in the words of a report. An address that
// stands where reports put the failed one (at the beginning of a line, after
// RCPT TO, before "...") counts before one that is merely mentioned, and one
// that the returned mail was sent to before any other.
func namedInWords(p *mail.Parsed, words string) []named {
	own := map[string]bool{p.From: true, p.ReturnPath: true}
	for _, a := range p.To {
		own[a.Addr] = true
	}
	sent := map[string]bool{}
	if p.Original != nil {
		for _, a := range p.Original.To {
			sent[a.Addr] = true
		}
	}
	var strong, weak []string
	for line := range strings.SplitSeq(words, "\n") {
		t := strings.TrimSpace(line)
		// "<ann@new.example> (expanded from <ann@old.example>)": the first failed.
		if i := strings.Index(strings.ToLower(t), "(expanded from"); i > 0 {
			t = strings.TrimSpace(t[:i])
		}
		here := addressesIn(t)
		if notTheirs(strings.ToLower(t)) && !heads(t, here) {
			continue
		}
		for _, a := range here {
			if own[a.addr] || slices.Contains(strong, a.addr) || ofListDesk(a.addr) && !sent[a.addr] {
				continue
			}
			lead := strings.TrimLeft(t[:a.at], " \t*<>-•·|\"'([`")
			if sent[a.addr] || lead == "" || strings.Contains(strings.ToLower(t[:a.at]), "rcpt to") || isReplyLine(lead) || labelled(lead) {
				strong = append(strong, a.addr)
			} else if !slices.Contains(weak, a.addr) {
				weak = append(weak, a.addr)
			}
		}
	}
	if x400 := inX400(words); len(x400) > 0 {
		strong = x400
	} else if len(sent) > 0 && slices.ContainsFunc(strong, func(a string) bool { return sent[a] }) {
		strong = slices.DeleteFunc(strong, func(a string) bool { return !sent[a] && !leads(words, a) })
	}
	addrs := strong
	if len(addrs) == 0 {
		addrs = weak[:min(len(weak), 1)]
	}
	out, w := make([]named, len(addrs)), newWording(words)
	for i, a := range addrs {
		out[i] = named{a, w.about(a)}
	}
	return out
}

// heads tells whether a line begins with an address and a colon, as servers
// begin what they say of a recipient, whatever desk that is.
func heads(line string, here []placed) bool {
	if len(here) == 0 {
		return false
	}
	rest, ok := cutFold(strings.TrimLeft(line, "<"), here[0].addr)
	return ok && strings.HasPrefix(strings.TrimLeft(rest, ">"), ":")
}

// inX400 finds the addresses that old servers write within X.400 ones, as in
// "c=US;a= ;p=Buyer;o=Main;dda:SMTP=ann@buyer.example;": they are those of
// recipients, whomever else the report names.
func inX400(words string) []string {
	var out []string
	for line := range strings.SplitSeq(words, "\n") {
		_, after, ok := strings.Cut(strings.ToLower(line), "dda:smtp=")
		if !ok {
			continue
		}
		if here := addressesIn(after); len(here) > 0 && here[0].at == 0 && !slices.Contains(out, here[0].addr) {
			out = append(out, here[0].addr)
		}
	}
	return out
}

// notTheirs tells whether a line of a report names somebody else than a
// recipient: the sender, the desk that helps.
func notTheirs(low string) bool {
	return firstIn(low, "from:|reply-to:|sender:|sender address:|contact |for help|assistance|postmaster|please send|please forward|mail from|abuse@|helpdesk|support@|from <|sent by|absender:|expéditeur:|expéditeur :|mittente:|remitente:|remetente:|afzender:|avsändare:|afsender:|nadawca:|отправитель:|差出人|发件人|寄件者") != "" && !strings.Contains(low, "rcpt to") ||
		strings.Contains(low, "generated from") || strings.Contains(low, "expanded from")
}

// ofListDesk knows the addresses by which people talk to the program of a
// mailing list (RFC 2142 section 6): nobody's mail failed there.
func ofListDesk(addr string) bool {
	local, _, _ := strings.Cut(addr, "@")
	for _, desk := range [...]string{"-request", "-ctl", "-owner", "-admin", "-help", "-bounces", "-subscribe", "-unsubscribe"} {
		if strings.HasSuffix(local, desk) {
			return true
		}
	}
	return false
}

// leads tells whether an address stands at the beginning of a line.
func leads(words, addr string) bool {
	for line := range strings.SplitSeq(words, "\n") {
		if strings.HasPrefix(strings.ToLower(strings.TrimLeft(line, " \t*<>-•·|\"'([`")), addr) {
			return true
		}
	}
	return false
}

// isReplyLine tells whether what stands before an address is a reply code, as
// in "550 <ann@buyer.example>... User unknown".
func isReplyLine(lead string) bool {
	lead = strings.TrimSpace(strings.TrimLeft(lead, "<> "))
	return len(lead) >= 3 && len(lead) <= 14 && codeIn(lead) != ""
}

// labelled tells whether what stands before an address is a label: "To: ",
// "Unknown user: ", "Could not be delivered to: ".
func labelled(lead string) bool {
	lead = strings.TrimRight(plain(lead), " <\"'`")
	for _, colon := range [...]string{":", "：", "deliver to", "delivered to"} {
		if strings.HasSuffix(lead, colon) && len(lead) < 60 && firstIn(lead, "to:|an:|deliver to|recipient|user|address|delivered|failed|mailbox|rcpt|empfanger|destinat|ontvanger|geadresseerde|mottagare|modtager|mottaker|adresat|odbiorc|получател|адресат|あて先|宛先|宛て先|受信者|收件人|收信人|地址") != "" {
			return true
		}
	}
	return false
}

type placed struct {
	addr string
	at   int
}

// addressesIn finds the addresses of a line, in lower case, with their places.
func addressesIn(line string) []placed {
	var out []placed
	for from := 0; len(out) <= 20; {
		i := strings.IndexByte(line[from:], '@')
		if i < 0 {
			break
		}
		i += from
		start, end := localStart(line, i), domainEnd(line, i+1)
		addr := strings.ToLower(strings.Trim(line[start:end], ".'`-"))
		if local, domain, ok := strings.Cut(addr, "@"); ok && local != "" && strings.Contains(domain, ".") && !strings.HasPrefix(domain, ".") {
			if a := mail.ParseAddress(addr).Addr; a != "" {
				out = append(out, placed{a, start})
			}
		}
		from = max(end, i+1)
	}
	return out
}

// localStart goes back from the @ at i to where the local part begins.
// Ideographs beside Latin letters belong to the sentence, not to the address.
func localStart(line string, i int) int {
	if i > 0 && line[i-1] == '"' {
		if q := strings.LastIndexByte(line[:i-1], '"'); q >= 0 {
			return q
		}
	}
	start, wide, latin := i, false, false
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(line[:start])
		switch {
		case r < 0x80 && isLocalByte(byte(r)):
			latin = latin || isWordByte(byte(r))
			if wide {
				return start
			}
		case r >= 0x2E80 && unicode.IsLetter(r):
			if latin {
				return start
			}
			wide = true
		case r >= 0x80 && r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsMark(r)):
		default:
			return start
		}
		start -= size
	}
	return start
}

// domainEnd goes from i to the end of the domain that begins there.
func domainEnd(line string, i int) int {
	end, latin := i, false
	for end < len(line) {
		r, size := utf8.DecodeRuneInString(line[end:])
		switch {
		case r < 0x80 && (isWordByte(byte(r)) || r == '.' || r == '-'):
			latin = latin || r != '.' && r != '-'
		case r >= 0x2E80 && unicode.IsLetter(r) && !latin:
		case r >= 0x80 && r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsMark(r)):
		default:
			return end
		}
		end += size
	}
	return end
}

func isLocalByte(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("._%+-=/~!#$&*^?{}'`", c) >= 0
}

// wording is the words of a report, taken apart once for all its recipients.
type wording struct {
	text  string
	low   string // in lower case
	lines []string
	here  [][]placed // the addresses of each line
}

func newWording(text string) *wording {
	w := &wording{text: text, low: strings.ToLower(text), lines: strings.Split(text, "\n")}
	w.here = make([][]placed, len(w.lines))
	for i, line := range w.lines {
		w.here[i] = addressesIn(line)
	}
	return w
}

// about is what a report says of one address: from the line that names
// it to the line that names another, and every later line with it.
func (w *wording) about(addr string) string {
	var out []string
	taking := false
	blanks := 0
	var said []string // the last exchange with the server
	for i, line := range w.lines {
		here := w.here[i]
		mine := slices.ContainsFunc(here, func(a placed) bool { return a.addr == addr })
		switch {
		case mine:
			// "550 <ann@buyer.example>... User unknown" says all on its line, and
			// the exchange above it belongs to it.
			taking, blanks = !isReplyLine(strings.TrimSpace(line[:here[0].at])), 0
			if !taking {
				out = append(out, said...)
			}
		case len(here) > 0 && taking:
			taking = false
		case strings.TrimSpace(line) == "":
			if blanks++; blanks > 2 {
				taking = false
			}
		}
		switch t := strings.TrimSpace(line); {
		case strings.HasPrefix(t, ">>>"):
			said = []string{t}
		case strings.HasPrefix(t, "<<<") && len(said) > 0 && len(said) < 6:
			said = append(said, t)
		case len(here) > 0:
			said = nil
		}
		if taking || mine {
			out = append(out, strings.TrimSpace(line))
		}
	}
	if len(out) == 0 {
		return w.text
	}
	return strings.Join(out, "\n")
}
