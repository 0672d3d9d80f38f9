package mail

import (
	"strings"
	"time"
)

// QuoteReply gives the text to put below an answer: who wrote when, and the
// original with each line quoted. A zero date is left out.
func QuoteReply(original, from string, date time.Time) string {
	var b strings.Builder
	from = strings.TrimSpace(oneLine(from))
	if date.IsZero() {
		b.WriteString(from + " wrote:\n")
	} else {
		b.WriteString("On " + date.Format("Mon, 2 Jan 2006 at 15:04") + ", " + from + " wrote:\n")
	}
	for line := range strings.SplitSeq(strings.TrimRight(tidy(original), "\n"), "\n") {
		switch {
		case line == "":
			b.WriteString(">\n")
		case line[0] == '>':
			b.WriteString(">" + line + "\n")
		default:
			b.WriteString("> " + line + "\n")
		}
	}
	return b.String()
}

// ReplySubject gives the subject of an answer: "Re: " once, whatever the
// language of the prefixes that are there already.
func ReplySubject(subject string) string {
	bare := BareSubject(subject)
	if bare == "" {
		return "Re:"
	}
	return "Re: " + bare
}

// BareSubject gives a subject without its prefixes for answers and forwards
// ("Re:", "AW:", "SV: Re:", "Re[2]:"), to compare subjects of one thread.
func BareSubject(subject string) string {
	s := strings.TrimSpace(oneLine(subject))
	for {
		i := strings.IndexAny(s, ":：")
		if i <= 0 || i > 12 {
			return s
		}
		prefix := strings.ToLower(strings.TrimSpace(s[:i]))
		if j := strings.IndexByte(prefix, '['); j > 0 && strings.HasSuffix(prefix, "]") {
			prefix = prefix[:j]
		}
		if !replyPrefix(strings.TrimRight(prefix, " 0123456789")) {
			return s
		}
		s = strings.TrimLeft(s[i:], ":： \t")
	}
}

// replyPrefix knows the prefixes that clients write in their languages.
func replyPrefix(p string) bool {
	switch p {
	case "re", "r", "aw", "antw", "antwort", "sv", "vs", "odp", "rv", "res", "rép", "rép.", "réf", "rif", "ref", "ynt", "vá", "απ", "на", "回复", "回覆", "答复", "返信",
		"fw", "fwd", "wg", "tr", "rv ", "i", "vb", "vl", "doorst", "pd", "enc", "转发", "轉寄", "転送":
		return true
	}
	return false
}
