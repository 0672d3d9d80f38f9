package shorthand

import (
	"strings"

	"ninetyten/internal/sales"
)

// InWords tells a note in one line as the ledger shows it: "Trucks stand on
// Mondays. We promised: prices by Friday." instead of marks and lines.
func InWords(text string) string {
	var out []string
	for row := range strings.SplitSeq(strings.ToValidUTF8(text, "\uFFFD"), "\n") {
		row = strings.TrimSpace(row)
		if m, rest, ok := marked(row); ok {
			row = told(m, rest)
		}
		if row == "" {
			continue
		}
		if !strings.ContainsAny(row[len(row)-1:], ".!?:;,") {
			row += "."
		}
		out = append(out, row)
	}
	return strings.Join(out, " ")
}

// told is a marked line in words.
func told(m Mark, rest string) string {
	of := sales.TheirMove
	if m == Promise {
		of = sales.OurMove
	}
	if m == Promise || m == Question {
		of, rest = side(rest, of)
	}
	rest = strings.TrimSpace(rest)
	switch {
	case m == Promise && of == sales.OurMove:
		return "We promised: " + rest
	case m == Promise:
		return "They promised: " + rest
	case m == Question && of == sales.OurMove:
		return "We asked: " + rest
	case m == Question:
		return "They asked: " + rest
	case m == Pain:
		return "It hurts: " + rest
	}
	return rest
}
