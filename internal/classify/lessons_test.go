package classify

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

func TestLessons(t *testing.T) {
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	taught := time.Date(2026, 2, 27, 9, 0, 0, 0, time.UTC)
	text := "Please liaise with the steering group, it convenes on alternate Thursdays."
	before := Classify(mail.ParseText("Re: Q", text), at)
	if before.Intent == sales.NotNow {
		t.Fatalf("the example teaches nothing: %+v", before)
	}
	l := Teach([]Lesson{
		{ID: 7, Text: "Hi Sam, please liaise with the steering group. It convenes on alternate Thursdays.", Intent: sales.NotNow, At: taught},
		{Text: "   ", Intent: sales.Interested, At: taught},
		{Text: "no such intent", Intent: "delighted", At: taught},
	})
	v := l.Classify(mail.ParseText("Re: Q", text), at)
	if v.Intent != sales.NotNow || v.Confidence < 0.8 || len(v.Reasons) == 0 || !strings.HasPrefix(v.Reasons[0], "your workspace corrected a mail like this on 27 February 2026 (") {
		t.Errorf("taught: %+v", v)
	}
	if v.Lesson != 7 || strings.Contains(fmt.Sprint(v.Reasons), "Sam") {
		t.Errorf("which lesson, without its words: %d, %q", v.Lesson, v.Reasons)
	}
	// Another mail is read as before.
	for _, other := range []string{"Yes, let's talk on Monday.", "What does it cost?", "Please stop writing to me.", "We already use something else."} {
		p := mail.ParseText("Re: Q", other)
		if a, b := Classify(p, at), l.Classify(p, at); a.Intent != b.Intent || fmt.Sprint(a.Reasons) != fmt.Sprint(b.Reasons) {
			t.Errorf("%q: %+v became %+v", other, a, b)
		}
	}
	// A correction of the correction counts for itself: the newer has the same text.
	l = Teach([]Lesson{{Text: text, Intent: sales.NotNow, At: taught, Weight: 0.2}, {Text: text, Intent: sales.WrongPerson, Detail: sales.Referral, At: taught.AddDate(0, 0, 1)}})
	if v = l.Classify(mail.ParseText("Re: Q", text), at); v.Intent != sales.WrongPerson {
		t.Errorf("corrected twice: %+v", v)
	}
	// What is taken back teaches nothing.
	var none *Lessons
	if a, b := none.Classify(mail.ParseText("Re: Q", text), at), before; a.Intent != b.Intent || a.Confidence != b.Confidence {
		t.Errorf("nothing taught: %+v, want %+v", a, b)
	}
}

// A lesson that says what would be read in any case decides nothing.
func TestLessonsAgree(t *testing.T) {
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	p := mail.ParseText("Re: Q", "What does it cost for 40 drivers?")
	plain := Classify(p, at)
	v := Teach([]Lesson{{ID: 7, Text: p.Reply, Intent: plain.Intent, At: at}}).Classify(p, at)
	if v.Lesson != 0 || v.Intent != plain.Intent || v.Confidence < plain.Confidence {
		t.Errorf("%+v, without the lesson %+v", v, plain)
	}
}

// TestTaught: what a correction teaches, by its reading.
func TestTaught(t *testing.T) {
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		read sales.Reading
		want sales.Intent // "" teaches nothing
	}{
		{sales.Reading{Kind: sales.KindReply, Intent: sales.NotNow}, sales.NotNow},
		{sales.Reading{Kind: sales.KindReply, Intent: sales.Unclear}, ""},
		{sales.Reading{Kind: sales.KindReply}, ""},
		{sales.Reading{Kind: sales.KindUnsubscribe}, sales.OptOut},
		{sales.Reading{Kind: sales.KindAutoReply}, intentAway},
		{sales.Reading{Kind: sales.KindBounce}, ""},
		{sales.Reading{Kind: sales.KindOther}, ""},
	} {
		l, ok := Taught(sales.TaughtText{MessageID: 7, Text: "words", Read: c.read, At: at})
		if ok != (c.want != "") || ok && (l.Intent != c.want || l.ID != 7 || l.Text != "words" || !l.At.Equal(at) || len(l.classes()) == 0) {
			t.Errorf("%+v: %+v, %v", c.read, l, ok)
		}
	}
}

// TestGuess: where the program abstains, it proposes something that a person can
// choose, never that it is unclear.
func TestGuess(t *testing.T) {
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	n := 0
	for _, text := range []string{"Noted.", "Let me see with Rui", "Ha!", "The steering group convenes on alternate Thursdays.", "We could, in principle, but the board said what it said."} {
		v := Classify(mail.ParseText("Re: Q", text), at)
		if v.Intent != sales.Unclear {
			continue
		}
		n++
		if v.Guess.Kind == "" || v.Guess.Intent == sales.Unclear || v.Guess.Kind == sales.KindReply && v.Guess.Intent == "" || !v.Asks() {
			t.Errorf("%q: %+v", text, v)
		}
	}
	if n == 0 {
		t.Error("none of the texts is unclear")
	}
}

// A plain demand to stop is heard whatever was taught.
func TestLessonsSilenceNoDemand(t *testing.T) {
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	text := "Please remove me from your list."
	l := Teach([]Lesson{{Text: text, Intent: sales.Interested, At: at}, {Text: "Unsubscribe", Intent: sales.Question, At: at}})
	for _, demand := range []string{text, "Unsubscribe"} {
		if v := l.Classify(mail.ParseText("Re: Q", demand), at); v.Kind != sales.KindUnsubscribe {
			t.Errorf("%q: %+v", demand, v)
		}
	}
}

func TestLessonsMany(t *testing.T) {
	var all []Lesson
	for i := range 3000 {
		all = append(all, Lesson{Text: fmt.Sprintf("lesson number %d of many", i), Intent: sales.Question, At: time.Unix(int64(i), 0)})
	}
	l := Teach(all)
	if len(l.list) != maxLessons || l.list[0].at.Unix() != 2999 {
		t.Errorf("%d lessons, the first of %v", len(l.list), l.list[0].at)
	}
}

func BenchmarkLessons(b *testing.B) {
	var all []Lesson
	for i := range 500 {
		all = append(all, Lesson{Text: fmt.Sprintf("we will look at this in year %d when the plant in town %d is built", i, i*7), Intent: sales.NotNow, At: time.Unix(int64(i), 0)})
	}
	l := Teach(all)
	f := wordFeatures("what does it cost for our plant", tokenize("what does it cost for our plant"))
	b.ReportAllocs()
	for b.Loop() {
		l.about(f)
	}
}
