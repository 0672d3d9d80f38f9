package web

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

func TestWhenSpeaksTheZoneOfThePage(t *testing.T) {
	lisbon, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	kolkata, err := time.LoadLocation("Asia/Kolkata")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 18, 20, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		zone *time.Location
		at   time.Time
		want string
	}{
		{lisbon, now.Add(-time.Hour), "today 19:00"},
		{kolkata, now.Add(-2 * time.Hour), "yesterday 23:30"}, // there the 19th began already
		{lisbon, now.Add(5 * time.Hour), "tomorrow 01:00"},
		{lisbon, time.Date(2026, 3, 29, 1, 30, 0, 0, time.UTC), "Sun 29 Mar 02:30"}, // summer time began
		{lisbon, time.Date(2025, 11, 18, 9, 0, 0, 0, time.UTC), "18 Nov 2025 09:00"},
		{nil, now, "today 20:00"},
		{lisbon, time.Time{}, "never"},
	} {
		ctx := withShell(context.Background(), Shell{Now: now, Zone: c.zone})
		if got := when(ctx, c.at); got != c.want {
			t.Errorf("when(%v in %v) = %q, want %q", c.at, c.zone, got, c.want)
		}
	}
}

func TestNumbersInWords(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1050: "1,050", 1234567: "1,234,567", -1050: "-1,050", -999: "-999"} {
		if got := number(n); got != want {
			t.Errorf("number(%d) = %q, want %q", n, got, want)
		}
	}
	if got := many(1, "person", "people") + ", " + many(0, "person", "people"); got != "1 person, 0 people" {
		t.Errorf("many: %q", got)
	}
	for c, want := range map[float64]string{.964: "sure: 96 in 100", 0: "sure: 0 in 100", 1.2: "sure: 100 in 100", -1: "sure: 0 in 100"} {
		if got := sure(c); got != want {
			t.Errorf("sure(%v) = %q, want %q", c, got, want)
		}
	}
	for n, want := range map[int64]string{12: "12 bytes", 2048: "2 kB", 1 << 20: "1.0 MB", 1 << 30: "1 GB"} {
		if got := bytesText(n); got != want {
			t.Errorf("bytesText(%d) = %q, want %q", n, got, want)
		}
	}
}

// Every value of the nouns has words of its own: none falls through to a default.
func TestEveryKindHasItsWords(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range []sales.StepKind{sales.StepAutoMail, sales.StepApproveMail, sales.StepCall, sales.StepTask, sales.StepTheirMove} {
		label := stepKindLabel(k)
		if label == "Step" || seen[label] || iconBody(stepKindIcon(k)) == "" {
			t.Errorf("step kind %q reads %q", k, label)
		}
		seen[label] = true
	}
	for _, k := range []sales.VerdictKind{sales.KindBounce, sales.KindDelay, sales.KindAutoReply, sales.KindComplaint, sales.KindUnsubscribe} {
		if l := verdictLabel(sales.Verdict{Kind: k}); l == "Something else" || l == "" {
			t.Errorf("verdict %q has no words", k)
		}
	}
	for _, i := range []sales.Intent{sales.Interested, sales.Question, sales.NotNow, sales.NotInterested, sales.WrongPerson, sales.OptOut} {
		if l := intentLabel(i); strings.Contains(l, "unclear") {
			t.Errorf("intent %q has no words", i)
		}
	}
	if got := delayLabel(sales.Delay{N: 1, Unit: sales.WorkingDays}, false); got != "+1 working day" {
		t.Errorf("delay reads %q", got)
	}
}

func TestPersonHeadLine(t *testing.T) {
	for _, c := range []struct {
		head PersonHead
		want string
	}{
		{PersonHead{}, ""},
		{PersonHead{Account: "Fjellfrakt"}, "Fjellfrakt"},
		{PersonHead{Title: "CEO", TheirTime: "10:42 for them"}, "CEO · 10:42 for them"},
		{PersonHead{Title: "CEO", Account: "Fjellfrakt", Place: "Bergen", TheirTime: "10:42 for them"}, "CEO, Fjellfrakt · Bergen, 10:42 for them"},
	} {
		if got := c.head.line(); got != c.want {
			t.Errorf("line = %q, want %q", got, c.want)
		}
	}
}
