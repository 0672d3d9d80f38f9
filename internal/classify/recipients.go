package classify

import (
	"slices"
	"strings"

	"ninetyten/internal/mail"
)

// inWords finds the recipients in the words of a report. An address that
// stands where reports put the failed one (at the beginning of a line, after
// RCPT TO, before "...") counts before one that is merely mentioned.
func inWords(p *mail.Parsed, words string) []named {
	own := map[string]bool{p.From: true, p.ReturnPath: true}
	for _, a := range p.To {
		own[a.Addr] = true
	}
	var strong, weak []string
	for line := range strings.SplitSeq(words, "\n") {
		t := strings.TrimSpace(line)
		low := strings.ToLower(t)
		if firstIn(low, "from:|reply-to:|sender:|contact |for help|assistance|postmaster|please send|please forward|mail from|abuse@|helpdesk|support@|from <|sent by") != "" && !strings.Contains(low, "rcpt to") {
			continue
		}
		for _, a := range addressesIn(t) {
			if own[a.addr] || slices.Contains(strong, a.addr) {
				continue
			}
			lead := strings.TrimLeft(t[:a.at], " \t*<>-•·|\"'([")
			if lead == "" || strings.Contains(strings.ToLower(t[:a.at]), "rcpt to") || isReplyLine(lead) || labelled(lead) {
				strong = append(strong, a.addr)
			} else if !slices.Contains(weak, a.addr) {
				weak = append(weak, a.addr)
			}
		}
	}
	addrs := strong
	if len(addrs) == 0 {
		addrs = weak[:min(len(weak), 1)]
	}
	out := make([]named, len(addrs))
	for i, a := range addrs {
		out[i] = named{a, paragraphOf(words, a)}
	}
	return out
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
	lead = strings.TrimRight(strings.ToLower(lead), " <\"'")
	return strings.HasSuffix(lead, ":") && len(lead) < 60 && firstIn(lead, "to:|recipient|user|address|delivered|failed|mailbox|rcpt|empfänger|destinat|ontvanger") != ""
}

type placed struct {
	addr string
	at   int
}

// addressesIn finds the addresses of a line, in lower case, with their places.
func addressesIn(line string) []placed {
	var out []placed
	for from := 0; ; {
		i := strings.IndexByte(line[from:], '@')
		if i < 0 || len(out) > 20 {
			return out
		}
		i += from
		start, end := i, i+1
		if i > 0 && line[i-1] == '"' {
			if q := strings.LastIndexByte(line[:i-1], '"'); q >= 0 {
				start = q
			}
		}
		for start > 0 && start <= i && isLocalByte(line[start-1]) && line[start] != '"' {
			start--
		}
		for end < len(line) && (isWordByte(line[end]) || line[end] == '.' || line[end] == '-') {
			end++
		}
		addr := strings.ToLower(strings.Trim(line[start:end], ".'`"))
		if local, domain, ok := strings.Cut(addr, "@"); ok && local != "" && strings.Contains(domain, ".") && !strings.HasPrefix(domain, ".") {
			out = append(out, placed{mail.ParseAddress(addr).Addr, start})
			if out[len(out)-1].addr == "" {
				out = out[:len(out)-1]
			}
		}
		from = max(end, i+1)
	}
}

func isLocalByte(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("._%+-=/~!#$&*^?{}'`", c) >= 0
}

// paragraphOf is what a report says of one address: from the line that names
// it to the line that names another, and every later line with it.
func paragraphOf(words, addr string) string {
	var out []string
	taking := false
	blanks := 0
	for line := range strings.SplitSeq(words, "\n") {
		here := addressesIn(line)
		mine := slices.ContainsFunc(here, func(a placed) bool { return a.addr == addr })
		switch {
		case mine:
			// "550 <ann@buyer.example>... User unknown" says all on its line.
			taking, blanks = !isReplyLine(strings.TrimSpace(line[:here[0].at])), 0
		case len(here) > 0 && taking:
			taking = false
		case strings.TrimSpace(line) == "":
			if blanks++; blanks > 2 {
				taking = false
			}
		}
		if taking || mine {
			out = append(out, strings.TrimSpace(line))
		}
	}
	if len(out) == 0 {
		return words
	}
	return strings.Join(out, "\n")
}
