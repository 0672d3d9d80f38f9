package engine_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// checkDecision is what holds for every single answer.
func (w *world) checkDecision(was sales.Enrollment, d sales.Decision) {
	asks := slices.ContainsFunc(d.Effects, func(fx sales.Effect) bool {
		return fx.Kind == sales.FxQueueMail || fx.Kind == sales.FxDraftMail || fx.Kind == sales.FxReleaseDraft
	})
	switch {
	case !d.Changed:
		if d.Next != was || len(d.Effects)+len(d.Moves) > 0 || d.Why != "" {
			w.fail("nothing changed, but %+v", d)
		}
		return
	case d.Why == "":
		w.fail("it changed and does not say why: %+v", d)
	case d.Next.Version != was.Version+1:
		w.fail("version %d after %d", d.Next.Version, was.Version)
	case !was.State.Alive() && (d.Next.State != was.State || len(d.Effects) > 0 || asks):
		w.fail("an ended enrollment acts: %+v", d)
	case !d.Next.State.Alive() && asks:
		w.fail("it ends and asks for a mail: %+v", d)
	case d.Next.State != was.State && (!d.Next.StateAt.Equal(w.now) || d.Next.Actor == "" || len(d.Moves) != 1 || d.Moves[0].Text == ""):
		w.fail("the change of state is not on record: %+v", d)
	case !d.Next.State.Alive() && d.Next.Reason == "":
		w.fail("it ended without a reason")
	case d.Next.State == sales.Paused && d.Next.Reason == "":
		w.fail("it is paused without a reason")
	case d.Next.Mails < was.Mails || d.Next.Mails > was.Mails+1 || d.Next.AutoMails > d.Next.Mails:
		w.fail("the mails are miscounted: %+v", d.Next)
	}
	keys := map[string]bool{}
	for _, fx := range d.Effects {
		if fx.Key == "" || !strings.HasPrefix(fx.Key, "7/") {
			w.fail("a key that is not enrollment/step/kind: %+v", fx)
		}
		if keys[fx.Key+string(fx.Kind)] {
			w.fail("one key twice: %+v", d.Effects)
		}
		keys[fx.Key+string(fx.Kind)] = true
	}
}

// check is what holds between the enrollment, the outbox and the list of tasks.
func (w *world) check(ev sales.Event) {
	open := append(w.inState(sales.MailingQueued), w.inState(sales.MailingDraft)...)
	going := append(w.inState(sales.MailingQueued), w.inState(sales.MailingSending)...)
	e := w.e
	if (!e.State.Alive() || e.State == sales.Paused) && len(open) > 0 {
		w.fail("after %s it is %s and %d mails are left standing", ev.Kind, e.State, len(open))
	}
	dead := ev.Kind == sales.EvSuppressed && ev.Class == sales.FailHard
	if dead && e.State.Alive() && e.State != sales.Paused && e.State != sales.Pending {
		w.fail("the address does not work, and it is %s", e.State)
	}
	switch ev.Kind {
	case sales.EvReply, sales.EvUnsubscribe, sales.EvComplaint, sales.EvSuppressed:
		onTrack := ev.Kind == sales.EvReply && ev.Verdict.Intent != sales.OptOut && e.State == sales.WaitingHuman && e.Reason == sales.WaitAnswer
		if e.State.Alive() && !onTrack && !dead {
			w.fail("after %s it is %s", ev.Kind, e.State)
		}
		if len(open) > 0 {
			w.fail("after %s %d mails are left standing", ev.Kind, len(open))
		}
	}
	if e.State.Alive() && e.Position < len(w.c.Plan.Steps) && e.Awaiting && w.c.Plan.Steps[e.Position].Track.OrMain() != e.Track.OrMain() {
		w.fail("it waits for a step of the %s track and is on the %s track", w.c.Plan.Steps[e.Position].Track, e.Track)
	}
	if len(open) > 1 {
		w.fail("%d mails stand in the queue at once", len(open))
	}
	landed := map[sales.ID]int{}
	for _, m := range w.mails {
		if landed[m.step] += m.landed; landed[m.step] > 1 {
			w.fail("step %d reached the person twice", m.step)
		}
	}
	if limit := w.c.Plan.Rules.MaxAutoMails; limit > 0 && e.AutoMails > limit {
		w.fail("%d automatic mails, the rules allow %d", e.AutoMails, limit)
	}
	if !e.State.Alive() {
		return
	}
	got := 0
	for _, n := range landed {
		got += n
	}
	if e.Mails < got {
		w.fail("the person got %d mails, %d are counted", got, e.Mails)
	}
	switch e.State {
	case sales.Active:
		if e.NextAt.IsZero() && (!e.Awaiting || len(going) == 0) {
			w.fail("active, and nothing will move it: %+v", e)
		}
	case sales.WaitingHuman:
		if e.Reason == sales.WaitAnswer {
			if e.Awaiting || !e.NextAt.IsZero() {
				w.fail("something goes on before the reply is answered: %+v", e)
			}
			break
		}
		if !slices.ContainsFunc(w.openTasks(), func(t *task) bool { return ofStepItself(t.kind) && t.step == w.c.Plan.Steps[e.Position].ID }) {
			w.fail("waits for a person who has nothing to do: %+v", e)
		}
	case sales.WaitingThem:
		if e.NextAt.IsZero() {
			w.fail("waits for them for ever: %+v", e)
		}
	case sales.Paused:
		if !e.Until.Equal(e.NextAt) {
			w.fail("paused until %v, woken at %v", e.Until, e.NextAt)
		}
	}
}

// act lets one thing happen, drawn by chance.
func (w *world) act(t *rapid.T) {
	pick := func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(t, name) }
	until := func() time.Time {
		return []time.Time{{}, w.now.Add(-time.Hour), w.now.Add(time.Hour), w.now.AddDate(0, 0, 5), w.now.AddDate(0, 0, 29), w.now.AddDate(0, 0, 90)}[pick("until", 6)]
	}
	actor := []sales.Actor{"", sales.BySystem, sales.BySeller, sales.ByLeader, sales.ByBuyer}[pick("actor", 5)]
	steps := w.c.Plan.Steps
	step := sales.ID(0)
	if n := pick("step", len(steps)+2); n < len(steps) {
		step = steps[n].ID
	} else if n == len(steps) {
		step = 9999
	}
	switch what := rapid.SampledFrom([]string{"time", "time", "time", "mail", "mail", "mail", "task", "buyer", "hand", "track", "edit", "odd"}).Draw(t, "what"); what {
	case "time":
		w.now = w.now.Add([]time.Duration{0, time.Hour, 24 * time.Hour, 100 * 24 * time.Hour}[pick("wait", 4)])
		if w.e.NextAt.After(w.now) && pick("due", 2) == 0 {
			w.now = w.e.NextAt
		}
		w.tell(sales.Event{Kind: sales.EvTimer})
	case "mail":
		w.actMail(pick)
	case "task":
		w.actTask(pick)
	case "buyer":
		kind := []sales.EventKind{sales.EvReply, sales.EvAutoReply, sales.EvAutoReply, sales.EvBounce, sales.EvUnsubscribe, sales.EvComplaint, sales.EvSuppressed, sales.EvColleagueReply, sales.EvMeeting}[pick("kind", 9)]
		intent := []sales.Intent{sales.Interested, sales.Question, sales.NotNow, sales.NotInterested, sales.WrongPerson, sales.OptOut, sales.Unclear, ""}[pick("intent", 8)]
		class := []sales.FailureClass{sales.FailHard, sales.FailSoft, sales.FailBlock, sales.FailFull, ""}[pick("class", 5)]
		w.tell(sales.Event{Kind: kind, Actor: sales.ByBuyer, Class: class, Verdict: sales.Verdict{Intent: intent, Until: until()}})
	case "hand":
		kind := []sales.EventKind{sales.EvPause, sales.EvPause, sales.EvResume, sales.EvResume, sales.EvOwnerAway, sales.EvNotNow, sales.EvStop, sales.EvRemove, sales.EvStart}[pick("kind", 9)]
		w.tell(sales.Event{Kind: kind, Actor: actor, Until: until()})
	case "track":
		w.actTrack(pick, step, actor)
	case "edit":
		w.edit(pick)
	case "odd": // what should not come now, or never
		kind := []sales.EventKind{sales.EvTaskDone, sales.EvRejected, sales.EvStepBefore, "", "nonsense"}[pick("kind", 5)]
		if (kind == sales.EvTaskDone || kind == sales.EvRejected) && w.e.State == sales.WaitingHuman {
			return // that would be a seller without a task
		}
		if kind == sales.EvStepBefore && w.e.Awaiting {
			return // only the writer says so
		}
		w.tell(sales.Event{Kind: kind, StepID: step, Actor: actor})
	}
}

func (w *world) actMail(pick func(string, int) int) {
	queued, sending, unknown := w.inState(sales.MailingQueued), w.inState(sales.MailingSending), w.inState(sales.MailingUnknown)
	switch {
	case len(queued) > 0 && pick("go", 3) > 0:
		if m := queued[0]; pick("blocked", 6) == 0 {
			m.state = sales.MailingCanceled
			w.tell(sales.Event{Kind: sales.EvMailBlocked, StepID: m.step, Text: "no first name"})
		} else {
			w.begin(m)
		}
	case len(sending) > 0:
		kinds := []sales.EventKind{sales.EvMailSent, sales.EvMailSent, sales.EvMailFailed, sales.EvMailUnknown, ""}
		classes := []sales.FailureClass{sales.FailHard, sales.FailBlock, ""}
		w.result(sending[pick("which", len(sending))], kinds[pick("result", len(kinds))], classes[pick("class", 3)])
	case len(unknown) > 0 && pick("found", 2) == 0:
		w.result(unknown[0], sales.EvMailSent, "")
	}
}

func (w *world) actTask(pick func(string, int) int) {
	open := w.openTasks()
	if len(open) == 0 {
		return
	}
	t := open[pick("task", len(open))]
	outcome := []sales.StepOutcome{sales.Advance, sales.Advance, sales.Finish, ""}[pick("outcome", 4)]
	if t.kind != sales.TaskApprove || pick("complete", 4) == 0 {
		w.finish(t, outcome)
		return
	}
	if w.mails[engine.MailKey(7, t.step)].state != sales.MailingDraft {
		return // the desk finds no draft and says so
	}
	t.state = sales.TaskDone
	kind := []sales.EventKind{sales.EvApproved, sales.EvRejected}[pick("approve", 2)]
	w.tell(sales.Event{Kind: kind, StepID: t.step, Actor: sales.BySeller})
}

// actTrack lets something happen that may lead to another track or step.
func (w *world) actTrack(pick func(string, int) int, step sales.ID, actor sales.Actor) {
	kind := []sales.EventKind{sales.EvAnswered, sales.EvAnswered, sales.EvDisposition, sales.EvData, sales.EvBuyerMoved, sales.EvTrack, sales.EvMove, sales.EvMended}[pick("kind", 8)]
	track := []sales.Track{sales.TrackMain, sales.TrackPositive, sales.TrackNegative, ""}[pick("track", 4)]
	w.plan = []string{"", "gold", "lead"}[pick("plan", 3)]
	w.tell(sales.Event{Kind: kind, Track: track, StepID: step, Actor: actor, Disposition: []sales.Disposition{sales.CallTalked, sales.CallNoAnswer}[pick("call", 2)]})
}

// edit changes the plan as the desk does: whoever awaits a removed step lets go
// of it, and everybody moves with their step.
func (w *world) edit(pick func(string, int) int) {
	was := slices.Clone(w.c.Plan.Steps)
	now := slices.Clone(was)
	removed := -1
	switch op := pick("edit", 3); {
	case op == 0 && len(now) > 1:
		removed = pick("remove", len(now))
		now = slices.Delete(now, removed, removed+1)
	case op == 1 && len(now) > 1:
		i, j := pick("from", len(now)), pick("to", len(now))
		now[i], now[j] = now[j], now[i]
	case op == 2 && len(now) < 8:
		kinds := []sales.StepKind{sales.StepAutoMail, sales.StepCall, sales.StepTheirMove}
		now = slices.Insert(now, pick("at", len(now)+1), w.newStep(kinds[pick("kind", 3)], pick("n", 4)))
	}
	if removed >= 0 && w.e.Position == removed && w.e.Awaiting && (w.e.State == sales.Active || w.e.State == sales.WaitingHuman) {
		w.tell(sales.Event{Kind: sales.EvPause, Actor: sales.BySeller})
		w.tell(sales.Event{Kind: sales.EvResume, Actor: sales.BySeller})
	}
	if w.e.State.Alive() && w.e.Position <= len(was) {
		w.e.Position = engine.Moved(was, now)[w.e.Position]
		w.e.Version++
	}
	w.c.Plan.Steps = now
	w.log = append(w.log, fmt.Sprintf("edit: %d steps, position %d", len(now), w.e.Position))
}

func property(t *rapid.T) {
	rules := sales.DefaultRules()
	rules.MaxAutoMails = rapid.IntRange(0, 3).Draw(t, "max auto mails")
	rules.Colleagues = rapid.SampledFrom([]sales.OnReply{sales.ColleaguesPause, sales.ColleaguesGoOn, sales.ColleaguesStop, ""}).Draw(t, "colleagues")
	rules.OOODefaultDays, rules.OOOGiveUpDays = rapid.IntRange(-1, 10).Draw(t, "ooo"), rapid.IntRange(-1, 40).Draw(t, "give up")
	kinds := rapid.SliceOfN(rapid.SampledFrom([]sales.StepKind{sales.StepAutoMail, sales.StepAutoMail, sales.StepApproveMail, sales.StepCall, sales.StepTask, sales.StepSocial, sales.StepCondition, sales.StepTheirMove, "unheard of"}), 0, 6).Draw(t, "steps")
	for _, e := range []sales.Entry{
		{Track: sales.TrackPositive, Intent: sales.Interested}, {Track: sales.TrackNegative, Intent: sales.NotNow},
		{Track: sales.TrackNegative, Disposition: sales.CallNoAnswer}, {Track: sales.TrackPositive, If: sales.Condition{Field: "custom.plan", Op: sales.OpIs, Value: "gold"}},
	} {
		if rapid.Bool().Draw(t, "entry") {
			rules.Entries = append(rules.Entries, e)
		}
	}
	rules.ExpireDays = rapid.IntRange(0, 5).Draw(t, "expire")
	rules.Meeting = rapid.SampledFrom([]sales.OnMeeting{"", sales.MeetingPause, sales.MeetingPositive}).Draw(t, "meeting")
	var w *world
	w = newWorld(func(format string, args ...any) {
		t.Fatalf(format+"\n%s", append(args, strings.Join(w.log, "\n"))...)
	}, rules, kinds...)
	for i := range w.c.Plan.Steps {
		w.vary(&w.c.Plan.Steps[i], func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(t, name) })
	}
	if w.c.Plan.Anchored = rapid.IntRange(0, 4).Draw(t, "dated") == 0; w.c.Plan.Anchored {
		w.c.Anchor = w.now.AddDate(0, 0, rapid.IntRange(-5, 20).Draw(t, "anchor"))
	}
	if rapid.Bool().Draw(t, "started") {
		w.tell(sales.Event{Kind: sales.EvStart})
	}
	for range rapid.IntRange(0, 40).Draw(t, "events") {
		w.act(t)
	}
	w.settle()
}

// TestMain lets rapid try more than its 100 times; a flag overrides that.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "3000"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func TestInvariants(t *testing.T) { rapid.Check(t, property) }

// FuzzInvariants is the same for the fuzzer of Go.
func FuzzInvariants(f *testing.F) { f.Fuzz(rapid.MakeFuzz(property)) }

// TestEveryEventIsKnown: each kind of event changes something in some state, so
// none is forgotten.
func TestEveryEventIsKnown(t *testing.T) {
	for _, kind := range []sales.EventKind{
		sales.EvStart, sales.EvTimer, sales.EvMailSent, sales.EvMailFailed, sales.EvMailBlocked, sales.EvMailUnknown, sales.EvReply, sales.EvAutoReply, sales.EvBounce,
		sales.EvUnsubscribe, sales.EvComplaint, sales.EvSuppressed, sales.EvColleagueReply, sales.EvTaskDone, sales.EvApproved, sales.EvRejected, sales.EvMeeting,
		sales.EvOwnerAway, sales.EvPause, sales.EvResume, sales.EvStop, sales.EvRemove, sales.EvNotNow, sales.EvStepBefore,
		sales.EvTrack, sales.EvMove,
	} {
		changed := false
		for _, state := range []sales.EnrollmentState{sales.Pending, sales.Active, sales.WaitingHuman, sales.WaitingThem, sales.Paused} {
			w := newWorld(func(string, ...any) {}, sales.DefaultRules(), sales.StepApproveMail)
			e := w.e
			e.State, e.Awaiting, e.NextAt = state, state != sales.Paused && kind != sales.EvTimer, w.now
			second := w.newStep(sales.StepCall, 1)
			second.Track = sales.TrackPositive
			w.c.Plan.Steps = append(w.c.Plan.Steps, second)
			ev := sales.Event{Kind: kind, At: w.now, Class: sales.FailHard, Track: sales.TrackPositive}
			if kind == sales.EvMove {
				ev.StepID = second.ID
			}
			d := engine.Decide(w.c, e, ev, w.now)
			changed = changed || d.Changed
		}
		if !changed {
			t.Errorf("%s never changes anything", kind)
		}
	}
}
