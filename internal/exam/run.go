package exam

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ninetyten/internal/classify"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// A set is scored by one function; its row is never pooled with another.
type set struct {
	name  string
	score func(dir string) (*result, error)
}

// result is the row of one set.
type result struct {
	figures []string // "hard missed 3/94"
	misses  []string // one line each, for Explain
	extra   string   // a table to print below the row
}

func (r *result) figure(format string, args ...any) {
	r.figures = append(r.figures, fmt.Sprintf(format, args...))
}

func (r *result) miss(format string, args ...any) {
	r.misses = append(r.misses, fmt.Sprintf(format, args...))
}

func sets() []set {
	return []set{
		{"bounce-sisimai", scoreSisimai}, {"bounce-rubygem", scoreRubygem}, {"autoreply-headers", scoreAutoReply},
		{"reply-intent", scoreIntent}, {"reply-crisp", scoreCrisp}, {"reply-talon", scoreTalon}, {"reply-discourse", scoreDiscourse},
		{"signature-talon", scoreSignature}, {"mime-stalwart", scoreMIME}, {"html-sanitize", scoreSanitize},
		{"email-address", scoreAddresses}, {"ics-files", scoreCalendars},
	}
}

// unscored gives the sets that are known and why they have no row.
func unscored() []struct{ name, why string } {
	return []struct{ name, why string }{
		{"auth-spf", "the program looks at no SPF record: what a mail says of itself decides, not who handed it over"},
	}
}

// Run scores every set found under dir and prints one row a set. It fails
// when no set is found or one cannot be read.
func Run(w io.Writer, dir string) error { return run(w, dir, "") }

// Explain is Run with each miss of the named set listed below its row; "all"
// lists those of every set.
func Explain(w io.Writer, dir, name string) error { return run(w, dir, name) }

func run(w io.Writer, dir, explain string) error {
	found := 0
	for _, s := range sets() {
		path := filepath.Join(dir, s.name)
		if _, err := os.Stat(path); err != nil {
			continue
		}
		found++
		r, err := s.score(path)
		if err != nil {
			return sales.WrapError(sales.Invalid, err, fmt.Sprintf("The set %s cannot be read: each set is a folder with expected.tsv and its files.", s.name))
		}
		fmt.Fprintf(w, "%-18s %s\n", s.name, strings.Join(r.figures, " · "))
		if r.extra != "" {
			fmt.Fprint(w, r.extra)
		}
		if explain == "all" || explain == s.name {
			for _, m := range r.misses {
				fmt.Fprintf(w, "  %s\n", m)
			}
		}
	}
	for _, s := range unscored() {
		if _, err := os.Stat(filepath.Join(dir, s.name)); err == nil && found > 0 {
			fmt.Fprintf(w, "%-18s not scored: %s\n", s.name, s.why)
		}
	}
	if found == 0 {
		return sales.Errorf(sales.NotFound, "No known set of mails is in %s: give the folder that holds folders such as bounce-sisimai.", dir)
	}
	return nil
}

// judged is a mail with its verdict.
type judged struct {
	mail    *mail.Parsed
	verdict sales.Verdict
	at      time.Time // what its dates were read relative to
	err     error
}

// judge parses and classifies the mail in a file. Dates in the text are read
// relative to the Date of the mail.
func judge(path string) judged {
	raw, err := os.ReadFile(path)
	if err != nil {
		return judged{err: err}
	}
	return judgeBytes(raw)
}

func judgeBytes(raw []byte) judged {
	return judgeBy(func() *mail.Parsed { return mail.Parse(raw) }, time.Time{})
}

func judgeText(subject, text, html string) judged {
	return judgeBy(func() *mail.Parsed {
		if text == "" && html != "" {
			return mail.ParseHTML(subject, html)
		}
		return mail.ParseText(subject, text)
	}, time.Time{})
}

// judgeBy parses and classifies. at is when the mail came; zero is what the
// mail says itself.
func judgeBy(parse func() *mail.Parsed, at time.Time) (j judged) {
	defer catch(&j)
	p := parse()
	if at.IsZero() {
		at = arrival(p)
	}
	return judged{mail: p, verdict: classify.Classify(p, at), at: at}
}

// catch turns a panic over one mail into its error, so that the other mails
// are still read.
func catch(j *judged) {
	if r := recover(); r != nil {
		j.err = fmt.Errorf("the mail could not be read: %v", r)
	}
}

// arrival is when a mail came as far as it says itself; of one without a date
// it is now.
func arrival(p *mail.Parsed) time.Time {
	if !p.Date.IsZero() {
		return p.Date
	}
	return time.Now().UTC()
}

// percent is n of all in words.
func percent(n, all int) string {
	if all == 0 {
		return "0/0"
	}
	return fmt.Sprintf("%d/%d (%.1f %%)", n, all, 100*float64(n)/float64(all))
}
