package rank

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// now is a Tuesday, 10:00 in Lisbon.
func now() time.Time { return time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC) }

func lisbon() calendar.Place { return calendar.Resolve("Europe/Lisbon", "PT", "", "", "", "") }

// ada is a candidate with tasks, which came an hour ago unless they say else.
func ada(id int, tasks ...sales.Task) Candidate {
	for i := range tasks {
		if tasks[i].CreatedAt.IsZero() {
			tasks[i].CreatedAt = now().Add(-time.Hour)
		}
		if tasks[i].ID == 0 {
			tasks[i].ID = sales.ID(10*id + i)
		}
	}
	return Candidate{Person: sales.Person{ID: sales.ID(id), FirstName: "Ada"}, Place: lisbon(), Tasks: tasks}
}

func answer(i sales.Intent) sales.Task { return sales.Task{Kind: sales.TaskAnswer, Intent: i} }

func ids(rs []Ranked) (out []int) {
	for _, r := range rs {
		out = append(out, int(r.Person.ID))
	}
	return out
}

func TestOrderOfKinds(t *testing.T) {
	cs := []Candidate{
		ada(1, answer(sales.Interested)),
		ada(2, answer(sales.Question)),
		ada(3, sales.Task{Kind: sales.TaskCall}),
		ada(4, answer(sales.Unclear)),
		ada(5, sales.Task{Kind: sales.TaskCall, StepID: 7}),
		ada(6, sales.Task{Kind: sales.TaskReferral}),
		ada(7, sales.Task{Kind: sales.TaskApprove}),
		ada(8, sales.Task{Kind: sales.TaskConfirm}),
		ada(9, sales.Task{Kind: sales.TaskDecide}),
		ada(10, sales.Task{Kind: sales.TaskDo}),
		ada(11, sales.Task{Kind: sales.TaskFix}),
		ada(12),
	}
	// Points differ by the part that lateness and freshness add, so all wait long enough to have both in full.
	for i := range cs {
		for j := range cs[i].Tasks {
			cs[i].Tasks[j].CreatedAt = now().AddDate(0, 0, -9)
		}
	}
	slices.Reverse(cs)
	if d := cmp.Diff([]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, ids(Order(cs, now(), sales.DefaultSettings(), calendar.Hours{}))); d != "" {
		t.Error(d)
	}
}

func TestOrder(t *testing.T) {
	s := sales.DefaultSettings()
	night := calendar.Resolve("Pacific/Auckland", "NZ", "", "", "", "")
	at := func(d time.Duration, task sales.Task) sales.Task { task.CreatedAt = now().Add(-d); return task }
	lean := func(share float64, c Candidate) Candidate { c.Share, c.Known = share, true; return c }
	there := func(c Candidate) Candidate { c.Place = night; return c }
	for _, tt := range []struct {
		name string
		cs   []Candidate
		want []int
	}{
		{"none", nil, nil},
		{"interested: the later one first", []Candidate{ada(1, at(16*time.Minute, answer(sales.Interested))), ada(2, at(50*time.Minute, answer(sales.Interested)))}, []int{2, 1}},
		{"a fresh question before an old call", []Candidate{ada(1, at(99*time.Hour, sales.Task{Kind: sales.TaskCall, StepID: 1})), ada(2, at(time.Minute, answer(sales.Question)))}, []int{2, 1}},
		{"a very late approval before a fresh referral", []Candidate{ada(1, at(0, sales.Task{Kind: sales.TaskReferral})), ada(2, at(72*time.Hour, sales.Task{Kind: sales.TaskApprove}))}, []int{2, 1}},
		{"who can be reached first", []Candidate{there(ada(1, answer(sales.Question))), ada(2, answer(sales.Question))}, []int{2, 1}},
		{"who leans in first", []Candidate{lean(0.1, ada(1, answer(sales.Question))), lean(0.6, ada(2, answer(sales.Question)))}, []int{2, 1}},
		{"a tie: who waits longer in the same points", []Candidate{ada(1, at(200*time.Hour, sales.Task{Kind: sales.TaskFix})), ada(2, at(300*time.Hour, sales.Task{Kind: sales.TaskFix}))}, []int{2, 1}},
		{"a tie: the smaller ID", []Candidate{ada(2, answer(sales.Question)), ada(1, answer(sales.Question))}, []int{1, 2}},
		{"held ones last, the earliest first, open ones at the end", []Candidate{
			{Person: sales.Person{ID: 1, Move: sales.TheirMove}, Place: lisbon()},
			there(ada(2, sales.Task{Kind: sales.TaskCall, StepID: 1})),
			ada(3, sales.Task{Kind: sales.TaskFix}),
			ada(4, sales.Task{Kind: sales.TaskAnswer, Intent: sales.Interested, SnoozedUntil: now().Add(time.Hour)}),
		}, []int{3, 4, 2, 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			back := slices.Clone(tt.cs)
			slices.Reverse(back)
			for _, cs := range [][]Candidate{tt.cs, back} {
				if d := cmp.Diff(tt.want, ids(Order(cs, now(), s, calendar.Hours{}))); d != "" {
					t.Error(d)
				}
			}
		})
	}
}

func TestHeld(t *testing.T) {
	s := sales.DefaultSettings()
	evening := time.Date(2026, 11, 27, 18, 0, 0, 0, time.UTC) // a Friday
	call := sales.Task{Kind: sales.TaskCall, StepID: 1}
	for _, tt := range []struct {
		name string
		c    Candidate
		now  time.Time
		at   string // "" is not held, "open" is held without a time
		why  string
	}{
		{"a call in hours", ada(1, call), now(), "", ""},
		{"a call in the evening", ada(1, call), evening, "2026-11-30T08:30:00Z", "outside the hours: Mon 08:30 in Europe/Lisbon"},
		{"an answer in the evening", ada(1, answer(sales.Question)), evening, "", ""},
		{"snoozed", ada(1, sales.Task{Kind: sales.TaskApprove, SnoozedUntil: now().Add(2 * time.Hour)}), now(), "2026-11-24T12:00:00Z", "put off until 12:00"},
		{"snoozed before", ada(1, sales.Task{Kind: sales.TaskApprove, SnoozedUntil: now()}), now(), "", ""},
		{"a snoozed call opens in hours", ada(1, sales.Task{Kind: sales.TaskCall, StepID: 1, SnoozedUntil: now().Add(10 * time.Hour)}), now(), "2026-11-25T08:30:00Z", "put off until 20:00; then outside the hours: Wed 08:30 in Europe/Lisbon"},
		{"called not long ago", func() Candidate {
			c := ada(1, call)
			c.CallNotBefore, c.CallWhy = now().Add(time.Hour), "called 3 hours ago"
			return c
		}(), now(), "2026-11-24T11:00:00Z", "called 3 hours ago"},
		{"promised for later", ada(1, sales.Task{Kind: sales.TaskCall, DueAt: now().Add(3 * time.Hour)}), now(), "2026-11-24T12:55:00Z", "the call is promised for 13:00"},
		{"promised for now", ada(1, sales.Task{Kind: sales.TaskCall, DueAt: now().Add(4 * time.Minute)}), now(), "", ""},
		{"a promise goes over the hours", ada(1, sales.Task{Kind: sales.TaskCall, DueAt: evening}), evening, "", ""},
		{"but not all night", ada(1, sales.Task{Kind: sales.TaskCall, DueAt: evening.Add(-3 * time.Hour)}), evening, "2026-11-30T08:30:00Z", "outside the hours"},
		{"a promise for another day", ada(1, sales.Task{Kind: sales.TaskCall, DueAt: now().AddDate(0, 0, 20)}), now(), "2026-12-14T09:55:00Z", "promised for Mon 14 Dec 10:00"},
		{"their move", Candidate{Person: sales.Person{ID: 1, FirstName: "Öde", Move: sales.TheirMove}}, now(), "open", "it is the move of Öde"},
		{"resting", Candidate{Person: sales.Person{ID: 1, FirstName: "Öde", Move: sales.Resting, MoveUntil: now().AddDate(1, 0, 0)}}, now(), "2027-11-24T10:00:00Z", "Öde rests until Wed 24 Nov 2027"},
		{"rested", Candidate{Person: sales.Person{ID: 1, Move: sales.Resting, MoveUntil: now().Add(-time.Hour)}}, now(), "", ""},
		{"our move", Candidate{Person: sales.Person{ID: 1, Move: sales.OurMove}}, now(), "", ""},
		{"another task can be done", ada(1, sales.Task{Kind: sales.TaskAnswer, Intent: sales.Interested, SnoozedUntil: now().Add(time.Hour)}, sales.Task{Kind: sales.TaskFix}), now(), "", ""},
		{"done tasks do not count", ada(1, sales.Task{Kind: sales.TaskFix, State: sales.TaskDone}), now(), "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Order([]Candidate{tt.c}, tt.now, s, calendar.Hours{})[0]
			at := ""
			switch {
			case got.Held && got.NotBefore.IsZero():
				at = "open"
			case got.Held:
				at = got.NotBefore.Format(time.RFC3339)
			case !got.NotBefore.IsZero() || got.NotBeforeWhy != "":
				t.Errorf("not held, but %s %s", got.NotBefore, got.NotBeforeWhy)
			}
			if at != tt.at || !strings.Contains(got.NotBeforeWhy, tt.why) {
				t.Errorf("got %q, %q", at, got.NotBeforeWhy)
			}
		})
	}
	s.CallWindow = sales.Window{}
	if got := Order([]Candidate{ada(1, call)}, now(), s, calendar.Hours{})[0]; !got.Held || !got.NotBefore.IsZero() || !strings.Contains(got.NotBeforeWhy, "no hours are open") {
		t.Errorf("no hours for calls at all: %+v", got)
	}
}

func TestReasons(t *testing.T) {
	s := sales.DefaultSettings()
	with := func(c Candidate, f func(*Candidate)) Candidate { f(&c); return c }
	for _, tt := range []struct {
		name string
		c    Candidate
		want []string
	}{
		{"question", with(ada(1, answer(sales.Question)), func(c *Candidate) {
			c.Said = "How much\n is it? " + strings.Repeat("And when? ", 50)
			c.Share, c.Known = 0.62, true
		}),
			[]string{"Ada asked you something: “How much is it? And when? And when? And when? And when? And when? And when? And…”", "Waits for 60 minutes; the goal is 60 minutes.", "Ada leans in: 62 % of the effort."}},
		{"interested", ada(1, answer(sales.Interested)), []string{"Ada is interested.", "Waits for 60 minutes; the goal is 15 minutes.", "It is 10:00 in Europe/Lisbon, working hours."}},
		{"call", with(ada(1, sales.Task{Kind: sales.TaskCall, StepID: 1, DueAt: now().Add(-3 * time.Hour)}), func(c *Candidate) { c.Place.From = "sender" }),
			[]string{"A call to Ada is due.", "Late by 3 hours.", "The time zone of Ada is not known: check before you call."}},
		{"promise", ada(1, sales.Task{Kind: sales.TaskCall, DueAt: now(), Title: "the offer"}), []string{"You promised Ada a call: “the offer”", "Due now.", "It is 10:00 in Europe/Lisbon, working hours."}},
		{"confirm", with(ada(1, sales.Task{Kind: sales.TaskConfirm}), func(c *Candidate) { c.Said = "hello" }), []string{"Is this message from Ada? “hello”", "Due Wed 09:00.", "It is 10:00 in Europe/Lisbon, working hours."}},
		{"approve, chasing", with(ada(1, sales.Task{Kind: sales.TaskApprove}), func(c *Candidate) { c.Known = true }), []string{"A mail to Ada waits for your approval.", "Due Wed 09:00.", "Nearly all the effort is ours: Ada has given 0 %."}},
		{"snoozed", ada(1, sales.Task{Kind: sales.TaskFix, Title: "No company", SnoozedUntil: now().AddDate(0, 0, 1)}), []string{"Something about Ada must be mended: “No company”", "Held back: put off until Wed 10:00.", "It is 10:00 in Europe/Lisbon, working hours."}},
		{"no task, no name", Candidate{Person: sales.Person{Email: "a@b.example", MoveSince: now().AddDate(0, 0, -4)}}, []string{"It is our move with a@b.example.", "For 4 days.", "It is 10:00 in UTC, working hours."}},
		{"their move", Candidate{Person: sales.Person{FirstName: "éva", Move: sales.TheirMove}}, []string{"It is the move of éva.", "It is 10:00 in UTC, working hours."}},
		{"rests", Candidate{Person: sales.Person{FirstName: "éva", Move: sales.Resting}}, []string{"Éva rests.", "It is 10:00 in UTC, working hours."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, Order([]Candidate{tt.c}, now(), s, calendar.Hours{})[0].Reasons); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestWeights(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range Weights() {
		if seen[w.Name] || w.Points <= 0 || w.Says == "" {
			t.Errorf("%+v", w)
		}
		seen[w.Name] = true
	}
	p := points(sales.DefaultSettings())
	for _, k := range []sales.TaskKind{sales.TaskAnswer, sales.TaskCall, sales.TaskApprove, sales.TaskDo, sales.TaskFix, sales.TaskConfirm, sales.TaskDecide, sales.TaskReferral, "unheard_of"} {
		for _, i := range []sales.Intent{sales.Interested, sales.Question, sales.NotNow, sales.NotInterested, sales.WrongPerson, sales.OptOut, sales.Unclear, ""} {
			for _, step := range []sales.ID{0, 1} {
				if name := weightOf(sales.Task{Kind: k, Intent: i, StepID: step}); p[name] == 0 {
					t.Errorf("%s %s has the weight %q, which is not in the table", k, i, name)
				}
			}
		}
	}
	if most := p["answer_question"] + p[wLate] + p[wFresh] + Most(sales.DefaultSettings()); most >= p["answer_interested"] {
		t.Errorf("a question can have %v points, more than somebody interested", most)
	}
}

func drawCandidates(t *rapid.T) []Candidate {
	zones := []calendar.Place{lisbon(), calendar.Resolve("Asia/Kolkata", "", "", "", "", ""), {}}
	n := rapid.IntRange(0, 12).Draw(t, "n")
	var cs []Candidate
	for i := range n {
		when := func(label string) time.Time {
			h := rapid.IntRange(-400, 400).Draw(t, label)
			if h%3 == 0 {
				return time.Time{}
			}
			return now().Add(time.Duration(h) * 20 * time.Minute)
		}
		c := Candidate{
			Person: sales.Person{ID: sales.ID(i + 1), FirstName: rapid.String().Draw(t, "name"), Move: rapid.SampledFrom([]sales.MoveSide{"", sales.OurMove, sales.TheirMove, sales.Resting}).Draw(t, "move"), MoveUntil: when("until"), MoveSince: when("since")},
			Place:  rapid.SampledFrom(zones).Draw(t, "place"), Said: rapid.String().Draw(t, "said"),
			Share: rapid.SampledFrom([]float64{0, 0.3, 1, 7, -1, math.NaN(), math.Inf(1)}).Draw(t, "share"), Known: rapid.Bool().Draw(t, "known"), CallNotBefore: when("call"),
			Value: rapid.SampledFrom([]float64{0, 5000, 40_000, 2e6, -1, math.NaN(), math.Inf(1)}).Draw(t, "value"), Stages: sales.PathMask(rapid.Int64Range(-1, 40).Draw(t, "stages")),
			Heard: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) time.Time {
				return now().Add(time.Duration(rapid.IntRange(-5000, 10).Draw(t, "heard")) * time.Hour)
			}), 0, 9).Draw(t, "answers"), SkippedUntil: when("skipped"), SkipWhy: rapid.String().Draw(t, "why"),
		}
		for j := range rapid.IntRange(0, 3).Draw(t, "tasks") {
			c.Tasks = append(c.Tasks, sales.Task{
				ID: sales.ID(100*i + j), StepID: sales.ID(rapid.IntRange(0, 1).Draw(t, "step")), CreatedAt: when("created"), DueAt: when("due"), SnoozedUntil: when("snoozed"),
				Kind:   rapid.SampledFrom([]sales.TaskKind{sales.TaskAnswer, sales.TaskCall, sales.TaskApprove, sales.TaskDo, sales.TaskFix, sales.TaskConfirm, "?"}).Draw(t, "kind"),
				Intent: rapid.SampledFrom([]sales.Intent{sales.Interested, sales.Question, sales.Unclear, ""}).Draw(t, "intent"), Title: rapid.String().Draw(t, "title"),
			})
		}
		cs = append(cs, c)
	}
	return cs
}

func TestOrderProperties(t *testing.T) {
	s := sales.DefaultSettings()
	rapid.Check(t, func(t *rapid.T) {
		cs := drawCandidates(t)
		got := Order(cs, now(), s, calendar.Hours{})
		if len(got) != len(cs) {
			t.Fatalf("%d of %d", len(got), len(cs))
		}
		if again := Order(rapid.Permutation(cs).Draw(t, "shuffled"), now(), s, calendar.Hours{}); !slices.Equal(ids(got), ids(again)) {
			t.Fatalf("%v, and in another order of the input %v", ids(got), ids(again))
		}
		for i, x := range got {
			if n := len(x.Reasons); n < 2 || n > 3 {
				t.Fatalf("%d reasons: %q", n, x.Reasons)
			}
			for _, reason := range x.Reasons {
				if reason == "" || !utf8.ValidString(reason) || len(reason) > 900 || strings.ContainsAny(reason, "\n\x00") {
					t.Fatalf("the reason %q", reason)
				}
			}
			if x.SkippedUntil.After(now()) && !x.Held {
				t.Fatal("whom the user passed over is served")
			}
			if sum := total(x.Points); sum != x.Score || x.Task.Kind != "" && x.Score-Base(now(), s, calendar.Hours{})(x.Task) > Most(s)+1e-9 {
				t.Fatalf("score %v, points %v, base %v and at most %v", x.Score, x.Points, Base(now(), s, calendar.Hours{})(x.Task), Most(s))
			}
			if math.IsNaN(x.Score) || x.Held != (x.NotBeforeWhy != "") || !x.NotBefore.IsZero() && !(x.Held && x.NotBefore.After(now())) {
				t.Fatalf("%+v", x)
			}
			if i == 0 {
				continue
			}
			before := got[i-1]
			if before.Held && !x.Held || !before.Held && !x.Held && before.Score < x.Score {
				t.Fatalf("order: %v %v before %v %v", before.Held, before.Score, x.Held, x.Score)
			}
			interested := func(r Ranked) bool { return weightOf(r.Task) == "answer_interested" }
			if !x.Held && interested(x) && !interested(before) {
				t.Fatal("somebody interested stands behind somebody who is not")
			}
		}
	})
}

func BenchmarkOrder(b *testing.B) {
	var cs []Candidate
	kinds := []sales.Task{answer(sales.Interested), answer(sales.Question), {Kind: sales.TaskCall, StepID: 1}, {Kind: sales.TaskApprove}, {Kind: sales.TaskFix}}
	for i := range 1000 {
		c := ada(i+1, kinds[i%len(kinds)])
		c.Said = "How much is it for forty people, and can we start in January?"
		cs = append(cs, c)
	}
	s := sales.DefaultSettings()
	for b.Loop() {
		Order(cs, now(), s, calendar.Hours{})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1000, "ns/candidate")
}

func ExampleOrder() {
	cs := []Candidate{
		ada(1, sales.Task{Kind: sales.TaskApprove}),
		ada(2, answer(sales.Question)),
	}
	cs[1].Said = "What does it cost?"
	for _, r := range Order(cs, now(), sales.DefaultSettings(), calendar.Hours{}) {
		fmt.Println(r.Person.ID, r.Reasons[0])
	}
	// Output:
	// 2 Ada asked you something: “What does it cost?”
	// 1 A mail to Ada waits for your approval.
}
