package sandbox

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/cast"
	"ninetyten/internal/sandbox/voice"
)

func TestAWholeRoundOfBuyers(t *testing.T) {
	page, counts := unsubscribePage(t)
	r := newRobot(t, Options{Seed: 7}, page)
	r.sendAll(1)
	r.pass(DefaultStart().AddDate(0, 0, 4))
	r.sendAll(2) // to everybody, as no product may
	r.pass(DefaultStart().AddDate(0, 3, 0))

	did := map[string]int{}
	for _, a := range r.w.Truth().Actions() {
		did[a.What]++
	}
	t.Log("the buyers did:", did)
	for _, what := range []string{"interested", "question", "not_now", "not_interested", "wrong_person", "unsubscribe", "out_of_office", "bounce", "delay", "complaint", "challenge", "ticket_receipt", "newsletter"} {
		if did[what] == 0 {
			t.Errorf("nobody did %s", what)
		}
	}
	reasons := map[string]int{}
	for _, s := range r.w.Truth().Stops() {
		reasons[s.Why]++
	}
	for _, why := range []string{"button", "unsubscribe", "complaint", "bounce", "refused at RCPT"} {
		if reasons[why] == 0 {
			t.Errorf("no stop by %s: %v", why, reasons)
		}
	}
	if gets, posts := counts(); gets < posts || posts < 2 {
		t.Errorf("%d looks and %d presses of the button", gets, posts)
	}
	s := r.w.Report(r.view())
	if s.SentAfterAnswer == 0 || s.SentAfterStop == 0 {
		t.Errorf("a robot that never listens looks innocent: %+v", s)
	}
	if s.Duplicates != 0 || s.Lost != 0 || s.WrongVerdicts != 0 || s.NotSuppressed != 0 || s.HandoffsMissing != 0 || s.WrongDates != 0 || s.OverSuppressed != 0 {
		t.Errorf("%+v", s)
	}
	if s.ReplyToHandoffMS.P50 < 39 || s.ReplyToHandoffMS.P99 < s.ReplyToHandoffMS.P50 || s.ReplyToHandoffMS.P99 > 1000 {
		t.Errorf("%+v", s.ReplyToHandoffMS)
	}
	for _, f := range s.Faults {
		if strings.HasPrefix(f, "trouble") {
			t.Error(f)
		}
	}
}

// The same seed gives the same people and the same decisions of each, also when
// mails go out in another order.
func TestSameSeedSameWorld(t *testing.T) {
	run := func(seed uint64, backwards bool) (people []cast.Person, said map[string]string) {
		r := newRobot(t, Options{Seed: seed, People: 120}, "")
		people = r.w.People()
		for i := range people {
			p := people[i]
			if backwards {
				p = people[len(people)-1-i]
			}
			if err := r.send(p, "auto", "id-"+p.Email, "", "Hello "+p.FirstName); err != nil {
				if e, ok := err.(*smtp.SMTPError); !ok || e.Code < 400 {
					t.Fatal(err)
				}
				_ = r.client(r.w.Sellers()[p.Owner]).Reset()
			}
		}
		r.pass(DefaultStart().AddDate(0, 2, 0))
		said = map[string]string{}
		for _, a := range r.w.Truth().Actions() {
			said[a.Person] += fmt.Sprintf("%v %s %s %s\n%s\n", a.At, a.What, a.MessageID, a.Subject, a.Text)
		}
		delete(said, "") // newsletters come in the order of their times
		return people, said
	}
	p1, s1 := run(7, false)
	p2, s2 := run(7, true)
	if d := cmp.Diff(p1, p2); d != "" {
		t.Fatal(d)
	}
	if d := cmp.Diff(s1, s2); d != "" {
		t.Fatal(d)
	}
	p3, s3 := run(8, false)
	if cmp.Equal(p1, p3) || cmp.Equal(s1, s3) {
		t.Fatal("another seed, the same world")
	}
}

func TestSequencesAreValid(t *testing.T) {
	kinds := map[sales.StepKind]bool{}
	for _, q := range Sequences() {
		if err := q.Validate(); err != nil {
			t.Error(err)
		}
		for _, s := range q.Steps {
			kinds[s.Kind] = true
		}
	}
	if len(kinds) != 5 {
		t.Error("not every kind of step is shown:", kinds)
	}
}

// Each fault is planted, and its count goes up by one and no other.
func TestTruthSeesPlantedFaults(t *testing.T) {
	base := func(t *testing.T) (*robot, map[cast.Persona]cast.Person) {
		page, _ := unsubscribePage(t)
		r := newRobot(t, Options{Seed: 11, People: 80}, page)
		who := map[cast.Persona]cast.Person{}
		for _, p := range r.w.People() {
			who[p.Persona] = p
		}
		r.sendAll(1)
		r.pass(DefaultStart().AddDate(0, 2, 0))
		for _, p := range r.w.People() { // those who act on a later mail
			b := r.w.buyers[p.Email]
			for !b.acted && p.Persona != cast.Silent && p.Persona != cast.HardRefused && len(b.sequence) < b.trigger {
				if err := r.send(p, "auto", "", "", fmt.Sprint("another ", len(b.sequence))); err != nil {
					t.Fatal(err)
				}
			}
		}
		r.pass(DefaultStart().AddDate(0, 4, 0))
		if s := r.w.Report(r.view()); !s.Clean() || s.WrongVerdicts != 0 || s.NotSuppressed != 0 {
			t.Fatalf("not clean before: %v", s.Faults)
		}
		return r, who
	}
	counts := func(s Summary) [5]int {
		return [5]int{s.Duplicates, s.SentAfterAnswer, s.SentAfterStop, s.Lost, s.WrongVerdicts}
	}
	must := func(t *testing.T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name  string
		plant func(t *testing.T, r *robot, who map[cast.Persona]cast.Person, v *View)
		want  [5]int
	}{
		{"a Message-ID twice", func(t *testing.T, r *robot, who map[cast.Persona]cast.Person, _ *View) {
			must(t, r.send(who[cast.Silent], "manual", "twice@x.example", "", "one"))
			must(t, r.send(who[cast.Silent], "manual", "twice@x.example", "", "two"))
		}, [5]int{1, 0, 0, 0, 0}},
		{"a step twice by reference", func(t *testing.T, r *robot, who map[cast.Persona]cast.Person, _ *View) {
			must(t, r.send(who[cast.Silent], "auto", "", "same", "one"))
			must(t, r.send(who[cast.Silent], "auto", "", "same", "two"))
		}, [5]int{1, 0, 0, 0, 0}},
		{"a step twice by text", func(t *testing.T, r *robot, who map[cast.Persona]cast.Person, _ *View) {
			must(t, r.send(who[cast.Silent], "auto", "", "", "the same"))
			must(t, r.send(who[cast.Silent], "approved", "", "", "the same"))
		}, [5]int{1, 0, 0, 0, 0}},
		{"mail by itself after an answer", func(t *testing.T, r *robot, who map[cast.Persona]cast.Person, _ *View) {
			must(t, r.send(who[cast.Question], "auto", "", "", "still there?"))
		}, [5]int{0, 1, 0, 0, 0}},
		{"after an answer from another address", func(t *testing.T, r *robot, who map[cast.Persona]cast.Person, _ *View) {
			must(t, r.send(who[cast.LostThread], "approved", "", "", "still there?"))
		}, [5]int{0, 1, 0, 0, 0}},
		{"after an answer in a thread of long ago", func(t *testing.T, r *robot, who map[cast.Persona]cast.Person, _ *View) {
			must(t, r.send(who[cast.LateOld], "auto", "", "", "still there?"))
		}, [5]int{0, 1, 0, 0, 0}},
		{"a seller's own answer is no fault", func(t *testing.T, r *robot, who map[cast.Persona]cast.Person, _ *View) {
			must(t, r.send(who[cast.Question], "manual", "", "", "thank you for asking"))
		}, [5]int{}},
		{"after not now, when the time has come", func(t *testing.T, r *robot, who map[cast.Persona]cast.Person, _ *View) {
			r.clock.Advance(r.clock.Now().AddDate(1, 0, 0))
			must(t, r.send(who[cast.NotNow], "auto", "", "", "you said I should come back"))
		}, [5]int{}},
		{"after the button", func(t *testing.T, r *robot, who map[cast.Persona]cast.Person, _ *View) {
			must(t, r.send(who[cast.OptOutButton], "auto", "", "", "more"))
		}, [5]int{0, 0, 1, 0, 0}},
		{"by hand after a complaint", func(t *testing.T, r *robot, who map[cast.Persona]cast.Person, _ *View) {
			must(t, r.send(who[cast.Complains], "manual", "", "", "sorry"))
		}, [5]int{0, 0, 1, 0, 0}},
		{"after a bounce in words", func(t *testing.T, r *robot, who map[cast.Persona]cast.Person, _ *View) {
			must(t, r.send(who[cast.HardText], "auto", "", "", "more"))
		}, [5]int{0, 0, 1, 0, 0}},
		{"a refused address tried again", func(t *testing.T, r *robot, who map[cast.Persona]cast.Person, _ *View) {
			if err := r.send(who[cast.HardRefused], "auto", "", "", "more"); err == nil {
				t.Fatal("taken")
			}
		}, [5]int{0, 0, 1, 0, 0}},
		{"a reply that was never recorded", func(t *testing.T, r *robot, _ map[cast.Persona]cast.Person, v *View) {
			for _, a := range r.w.Truth().Actions() {
				if a.Human {
					delete(v.Incoming, a.MessageID)
					return
				}
			}
		}, [5]int{0, 0, 0, 1, 0}},
		{"a mailing that nobody got", func(_ *testing.T, _ *robot, _ map[cast.Persona]cast.Person, v *View) {
			v.Mailings = append(v.Mailings, MailingSeen{"never@x.example", sales.MailingSent}, MailingSeen{"draft@x.example", sales.MailingDraft})
		}, [5]int{0, 0, 0, 1, 0}},
		{"a misread answer", func(t *testing.T, r *robot, _ map[cast.Persona]cast.Person, v *View) {
			for _, a := range r.w.Truth().Actions() {
				if a.What == "not_interested" {
					v.Incoming[a.MessageID] = Read{Kind: sales.KindReply, Intent: sales.Interested}
					return
				}
			}
		}, [5]int{0, 0, 0, 0, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, who := base(t)
			v := r.view()
			c.plant(t, r, who, &v)
			s := r.w.Report(v)
			if got := counts(s); got != c.want {
				t.Fatalf("got %v, want %v\n%s", got, c.want, strings.Join(s.Faults, "\n"))
			}
			if c.want != [5]int{} && c.want[4] == 0 && len(s.Faults) == 0 {
				t.Fatal("counted without words")
			}
			if c.want[4] == 1 && (len(s.WrongVerdictsFirst) != 1 || s.WrongVerdictsFirst[0].Text == "") {
				t.Fatal(s.WrongVerdictsFirst)
			}
		})
	}
}

func TestConversationGoesOn(t *testing.T) {
	r := newRobot(t, Options{Seed: 5, People: 240}, "")
	var warm []cast.Person
	for _, p := range r.w.People() {
		if p.Persona == cast.Interested {
			warm = append(warm, p)
		}
	}
	for i := range 3 {
		for _, p := range warm {
			if err := r.send(p, "auto", "", "", fmt.Sprint("step ", i)); err != nil {
				t.Fatal(err)
			}
		}
		r.pass(r.clock.Now().AddDate(0, 0, 7))
	}
	for range 4 {
		for _, p := range warm {
			if err := r.send(p, "manual", "", "", "Shall we talk?"); err != nil {
				t.Fatal(err)
			}
		}
		r.pass(r.clock.Now().AddDate(0, 0, 7))
	}
	did := map[string]int{}
	per := map[string]int{}
	for _, a := range r.w.Truth().Actions() {
		did[a.What]++
		per[a.Person]++
	}
	delete(per, "")
	if did[string(voice.Interested)] != len(warm) || did[string(voice.Meet)] == 0 || did[string(voice.More)] == 0 {
		t.Fatal(did)
	}
	for p, n := range per {
		if n > 4 {
			t.Errorf("%s wrote %d times", p, n)
		}
	}
}

// Run wakes for what is planned while it waits, and ends with its context.
func TestRunFollowsItsClock(t *testing.T) {
	c := NewClock(DefaultStart(), 100_000)
	w, err := NewWorld(Options{Seed: 1, People: 40, Clock: c})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ended := make(chan struct{})
	go func() { w.Run(ctx, c); close(ended) }()
	r := &robot{t: t, w: w, clock: c, clients: map[string]*smtp.Client{}}
	for _, p := range w.People() {
		if p.Persona == cast.Interested && w.buyers[p.Email].trigger == 1 || p.Persona == cast.HardReported {
			if err := r.send(p, "auto", "", "", "hello"); err != nil {
				t.Fatal(err)
			}
		}
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		did := map[string]int{}
		for _, a := range w.Truth().Actions() {
			did[a.What]++
		}
		if did["interested"] > 0 && did["bounce"] > 0 {
			break
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("nothing happened:", did)
		}
	}
	cancel()
	<-ended
}
