package shorthand

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

// now is a Tuesday morning in Lisbon.
func now(t testing.TB) time.Time {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, 11, 24, 10, 30, 0, 0, loc)
}

func TestDue(t *testing.T) {
	for in, want := range map[string]string{
		"send prices by Friday":               "send prices | Fri 27 Nov 17:00",
		"send prices by next Friday.":         "send prices | Fri 27 Nov 17:00",
		"call Rui tomorrow at 15:00":          "call Rui | Wed 25 Nov 15:00",
		"call Rui today 9:00":                 "call Rui today 9:00 | Tue 24 Nov 17:00",
		"send the offer today":                "send the offer | Tue 24 Nov 17:00",
		"call on Tuesday, 3pm":                "call | Tue 1 Dec 15:00",
		"by Friday send the prices":           "by Friday send the prices | Fri 27 Nov 17:00",
		"send it in two weeks":                "send it | Tue 8 Dec 17:00",
		"offer until 24 Dec":                  "offer | Thu 24 Dec 17:00",
		"offer before December 24th":          "offer | Thu 24 Dec 17:00",
		"offer on 2026-12-01":                 "offer | Tue 1 Dec 17:00",
		"offer by 3.1.":                       "offer | Sun 3 Jan 17:00",
		"offer by 12/24":                      "offer | Thu 24 Dec 17:00",
		"offer by 31.2.":                      "offer by 31.2. | -",
		"offer on 2020-01-01":                 "offer on 2020-01-01 | -",
		"Angebot bis Freitag":                 "Angebot | Fri 27 Nov 17:00",
		"Angebot bis übermorgen um 9:30":      "Angebot | Thu 26 Nov 09:30",
		"envoyer les prix d'ici vendredi":     "envoyer les prix | Fri 27 Nov 17:00",
		"enviar precios antes del viernes":    "enviar precios | Fri 27 Nov 17:00",
		"inviare i prezzi entro venerdì":      "inviare i prezzi | Fri 27 Nov 17:00",
		"enviar preços até sexta-feira":       "enviar preços | Fri 27 Nov 17:00",
		"prijzen sturen voor vrijdag":         "prijzen sturen | Fri 27 Nov 17:00",
		"send 24 copies of the March figures": "send 24 copies of the March figures | -",
		"Friday":                              "Friday | Fri 27 Nov 17:00",
	} {
		l, ok := readLine("!"+in, now(t))
		due := "-"
		if !l.Due.IsZero() {
			due = l.Due.Format("Mon 2 Jan 15:04")
		}
		if got := l.Text + " | " + due; got != want || !ok {
			t.Errorf("%q: %s, not %s", in, got, want)
		}
	}
}

func TestRead(t *testing.T) {
	n := Read("Nice talk.\n! send prices by Friday\n!they: bring the CFO\n?who signs the contract\n? we: ask about the fleet\n + mornings are lost re-planning\r\n= You lose mornings; four minutes would do.\n+351 22 555 0148\n==\n!\n!!\n1 + 1 = 2\n！価格を送る", now(t))
	var got []string
	for _, l := range n.Lines {
		got = append(got, fmt.Sprintf("%s %s %s", l.Mark, l.Side, l.Text))
	}
	want := "! ours send prices; ! theirs bring the CFO; ? theirs who signs the contract; ? ours ask about the fleet; + theirs mornings are lost re-planning; = theirs You lose mornings; four minutes would do.; ! ours 価格を送る"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("%s\nwant %s", s, want)
	}
	if n.Plain != "Nice talk.\n+351 22 555 0148\n==\n!\n!!\n1 + 1 = 2" {
		t.Errorf("%q", n.Plain)
	}
	if n.Lines[0].Said != "by Friday" || n.Lines[1].Side != sales.TheirMove {
		t.Errorf("%+v", n.Lines)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("! send by Friday\nplain")
	f.Add("!\xff\xfe by 31.12.99999999999999999999")
	at := now(f)
	f.Fuzz(func(t *testing.T, text string) {
		n := Read(text, at)
		rows := strings.Count(strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n"), "\n") + 1
		if len(n.Lines) > rows || len(n.Lines) > maxLines {
			t.Errorf("%d lines of %d", len(n.Lines), rows)
		}
		for _, l := range n.Lines {
			if l.Text == "" || len([]rune(l.Text)) > sales.MaxPoint || !l.Due.IsZero() && !l.Due.After(at) {
				t.Errorf("%+v", l)
			}
		}
	})
}
