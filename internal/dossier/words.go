package dossier

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// plain is the text of a line with one full stop at its end.
func plain(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for strings.HasSuffix(s, "..") && !strings.HasSuffix(s, "...") {
		s = s[:len(s)-1]
	}
	if s == "" {
		return "Something was written down."
	}
	if !strings.ContainsAny(s[len(s)-1:], ".!?") && !strings.HasSuffix(s, "…") && !strings.HasSuffix(s, "”") {
		s += "."
	}
	return s
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// lower makes the first letter small, unless the word is written in capitals or is a
// name of one letter.
func lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	if n == 0 || unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

func lowerUnlessQuote(s string) string {
	if strings.HasPrefix(s, "“") {
		return s
	}
	return lower(s)
}

// and joins parts of a sentence.
func and(parts []string) string {
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return parts[0]
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}

// count writes small numbers as words.
func count(n int) string {
	words := []string{"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}

// times writes how often.
func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return strings.ToLower(count(n)) + " times"
}

// Age says how old something is, in one unit: "today", "6 days", "4 months".
func Age(at, now time.Time) string {
	if at.IsZero() {
		return "no date"
	}
	switch d := now.Sub(at); {
	case d < 24*time.Hour:
		return "today"
	case d < 48*time.Hour:
		return "1 day"
	case d < 60*24*time.Hour:
		return fmt.Sprintf("%d days", int(d.Hours()/24))
	case d < 2*365*24*time.Hour:
		return fmt.Sprintf("%d months", int(d.Hours()/24/30.4))
	default:
		return fmt.Sprintf("%d years", int(d.Hours()/24/365))
	}
}

// clip shortens a text to n characters, at a word where one is near.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	cut := string([]rune(s)[:n])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}
