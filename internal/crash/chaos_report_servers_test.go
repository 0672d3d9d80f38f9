//go:build servers

package crash

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// judge counts from both sides. An attempt without a result is explained by what
// happened between its beginning and its end.
func (c *chaos) judge(ctx context.Context) (*tally, error) {
	type attempt struct {
		mailing        sales.ID
		started, ended time.Time
	}
	list, err := db.All(ctx, c.store.DB, func(r db.Scanner) (a attempt, err error) {
		return a, r.Scan(&a.mailing, db.ScanTime(&a.started), db.ScanTime(&a.ended))
	}, `SELECT mailing_id, started_at, ended_at FROM attempts WHERE workspace_id = ? AND (outcome = 'unknown' OR says LIKE 'found in the Sent folder%')`, ws)
	if err != nil {
		return nil, err
	}
	for _, a := range list {
		if c.during(a.started, a.ended) {
			c.inFlight[a.mailing] = true
		}
	}
	if c.unknown, err = c.causes(ctx); err != nil {
		return nil, err
	}
	for _, n := range c.killed {
		c.kills += n
	}
	return c.check(ctx, c.weather.caught)
}

// causes counts by cause the mails of which nobody knows whether they went.
func (c *chaos) causes(ctx context.Context) (map[string]int, error) {
	r, err := c.record(ctx)
	if err != nil {
		return nil, err
	}
	by := map[string]int{}
	for _, m := range r.mailings {
		switch {
		case m.State != sales.MailingUnknown:
		case c.weather.caught(r.people[m.PersonID].Email, 0):
			by["a mail server that hung up"]++
		case c.inFlight[m.ID]:
			by["a node or database that went"]++
		default:
			by["nothing that is known"]++
		}
	}
	return by, nil
}

// report writes what happened into the folder ARTIFACTS, if there is one.
func (c *chaos) report(t *tally) error {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("Three nodes on one PostgreSQL in trouble for %v, with seed %d; %v with the work to its end.", c.limit, c.seed, c.took.Round(time.Second))
	if t == nil {
		line("It did not come to an end.")
		t = &tally{People: c.people, Accepted: c.out.count()}
	}
	line("")
	line("people          %d", t.People)
	line("mails accepted  %d", t.Accepted)
	line("on record       %d sent, of which %d were found in Sent after their node or the database went; %d canceled by an answer", t.Sent, t.Settled, t.Canceled)
	line("duplicates      %d", t.Duplicates)
	line("lost            %d", t.Lost)
	line("unknown         %d, of which %d were accepted; each pauses its person's sequence and asks a seller", t.Unknown, t.UnknownTaken)
	line("  because of    %s", counts(c.unknown))
	line("answers         %d, of which %d were lost; %d mails after an answer (the latest began %v after it)", t.Answers, t.AnswersLost, t.AfterAnswer, t.Closest.Round(time.Millisecond))
	line("")
	line("nodes killed    %s", counts(c.killed))
	line("nodes frozen    %s", counts(c.frozen))
	line("parted from the database: %s", counts(c.cutOff))
	line("nodes that found no database at their start: %d", c.exits)
	line("PostgreSQL      %s", strings.Join(c.outages, "; "))
	line("sends           %s (by the claim on the mailbox)", counts(c.sends))
	line("")
	line("what the mail servers did:")
	for _, name := range slices.Sorted(maps.Keys(c.weather.struck)) {
		line("%6d  %s", c.weather.struck[name], name)
	}
	for _, w := range t.wrong {
		line("WRONG: %s", w)
	}
	c.text = b.String()
	dir := os.Getenv("ARTIFACTS")
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "chaos-report.txt"), []byte(c.text), 0o644)
}

func counts(by map[string]int) string {
	sum := 0
	var each []string
	for _, name := range slices.Sorted(maps.Keys(by)) {
		sum += by[name]
		each = append(each, fmt.Sprintf("%s %d", name, by[name]))
	}
	return fmt.Sprintf("%d: %s", sum, strings.Join(each, ", "))
}

// enough fails when there was hardly any trouble, or hardly any work.
func (c *chaos) enough(t *testing.T) {
	struck := func(words string) (n int) {
		for name, k := range c.weather.struck {
			if strings.Contains(name, words) {
				n += k
			}
		}
		return n
	}
	if c.kills < int(c.limit/(10*time.Second)) || len(c.outages) != 2 || c.out.count() < int(c.limit/time.Second) {
		t.Errorf("%d kills, outages %q, %d mails in %v", c.kills, c.outages, c.out.count(), c.limit)
	}
	for _, what := range []string{"stalls", "amid the mail", "at RCPT", "hangs", "takes no connection"} {
		if struck(what) == 0 {
			t.Errorf("the servers never did this: %s", what)
		}
	}
}
