package pathway

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

func at(day int) time.Time { return time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC) }

func they(day int, text string) Text {
	return Text{Source: sales.FromMessage, ID: sales.ID(day), At: at(day), Theirs: true, Text: text}
}

func us(day int, text string) Text {
	return Text{Source: sales.FromMessage, ID: sales.ID(day), At: at(day), Text: text}
}

func levels(g Guide) string {
	var out []string
	for _, s := range g.Steps {
		out = append(out, fmt.Sprint(s.Sources))
	}
	return strings.Join(out, "")
}

func TestStages(t *testing.T) {
	for text, want := range map[string]string{
		"Thanks for your mail.":                              "10000",
		"We still plan by hand, and it takes hours.":         "01000",
		"Who else uses it?":                                  "00100",
		"That sounds good.":                                  "00010",
		"We need it before the end of March.":                "00001",
		"Vielen Dank! Wir planen von Hand. Das klingt gut.":  "11010",
		"Merci beaucoup. Nous perdons des heures à la main.": "11000",
		"Gracias por su correo. Perdemos mucho tiempo.":      "11000",
		"The problematic solver of problemless things":       "01000",
		"":          "00000",
		"\x00\xff ": "00000",
		"Grazie mille. Sarebbe utile, il prima possibile.":     "10011",
		"Wer noch nutzt es? Wie steht es mit dem Datenschutz?": "00100",
	} {
		if got := levels(Read(Input{Texts: []Text{they(3, text)}})); got != want {
			t.Errorf("%q: %s, not %s", text, got, want)
		}
	}
}

func TestNextAndQuestions(t *testing.T) {
	cards := []sales.Card{
		{ID: 1, Kind: sales.CardQuestion, Stage: sales.StageEmpathy, Title: "What happens when?"},
		{ID: 2, Kind: sales.CardQuestion, Stage: sales.StageEmpathy, Title: "How often?"},
		{ID: 3, Kind: sales.CardQuestion, Stage: sales.StageEmpathy, Title: "Old", ArchivedAt: at(1)},
		{ID: 4, Kind: sales.CardProof, Title: "no question"},
	}
	in := Input{Texts: []Text{they(3, "Thanks for your mail."), they(4, "Thanks for the call.")}, Cards: cards, Asked: map[sales.ID]bool{1: true}}
	g := Read(in)
	if g.Next != sales.StageEmpathy || len(g.Steps[1].Ask) != 1 || g.Steps[1].Ask[0].ID != 2 || g.Steps[1].Missing == "" || g.Steps[0].Missing != "" {
		t.Errorf("%+v", g)
	}
	in.Points = []sales.Point{{Kind: sales.PointPain, State: sales.PointOpen, Text: "mornings", Source: sales.FromCall, SourceID: 9, At: at(5)}, {Kind: sales.PointPromise, Side: sales.OurMove, State: sales.PointKept, Text: "prices", At: at(6)}}
	if g = Read(in); levels(g) != "21100" || g.Next != sales.StageHope || g.Steps[1].Known[0].ID != 9 {
		t.Errorf("%s %+v", levels(g), g)
	}
}

func TestFlags(t *testing.T) {
	pitch := us(2, "We help fleets save two hours a day.")
	auto := pitch
	auto.Auto = true
	for name, x := range map[string]struct {
		in   []Text
		want string
	}{
		"a pitch first":           {[]Text{pitch}, "Value before discovery"},
		"a sequence's first mail": {[]Text{auto}, ""},
		"after discovery":         {[]Text{they(1, "We plan by hand."), pitch}, ""},
		"haste":                   {[]Text{us(2, "The offer ends on Friday.")}, "Urgency before hope"},
		"haste after hope":        {[]Text{they(1, "That sounds good."), us(2, "The offer ends on Friday.")}, ""},
		"a close":                 {[]Text{they(1, "That sounds good."), us(2, "Shall we start?")}, "Asking for the sale"},
		"a close in time":         {[]Text{they(1, "That sounds good. We plan by hand. Who else uses it?"), us(2, "Shall we start?")}, ""},
		"a closing call":          {[]Text{{Source: sales.FromCall, ID: 4, At: at(2), Asks: true}}, "Asking for the sale"},
	} {
		g := Read(Input{Texts: x.in})
		got := ""
		if len(g.Flags) > 0 {
			got = g.Flags[0].Text
			if g.Flags[0].Quote.ID == 0 || g.Flags[0].Quote.Text == "" {
				t.Errorf("%s: no quote", name)
			}
		}
		if x.want == "" && got != "" || !strings.HasPrefix(got, x.want) {
			t.Errorf("%s: %q, not %q", name, got, x.want)
		}
	}
}

func TestAskedInAMail(t *testing.T) {
	got := Questions("Hello Ana,\n\nthanks. What would it cost for 40 drivers? And who\nelse uses it? See https://x.example/?a=b\nWhy?")
	if s := strings.Join(got, " | "); s != "What would it cost for 40 drivers? | And who else uses it?" {
		t.Error(s)
	}
	if got := Questions(strings.Repeat("What is it like? ", 50)); len(got) > 5 {
		t.Error(len(got))
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Thanks. We plan by hand?", true)
	f.Fuzz(func(t *testing.T, text string, theirs bool) {
		g := Read(Input{Texts: []Text{{ID: 1, At: at(1), Theirs: theirs, Text: text}}})
		if len(g.Steps) != 5 || !g.Next.Valid() {
			t.Error(g)
		}
		for _, s := range g.Steps {
			if !theirs && s.Sources > 0 {
				t.Error("known by what we said")
			}
		}
	})
}
