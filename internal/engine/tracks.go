package engine

import (
	"time"

	"ninetyten/internal/sales"
)

// known are the values of the person, asked for once.
func (d *decider) known() map[string]string {
	if d.values == nil && d.Values != nil {
		d.values = d.Values()
	}
	return d.values
}

// enter goes on at the beginning of another track and says whether it has one.
// What was queued is taken back, and the delay of its first step counts from the
// last touch, so that the spacing holds. Who is paused stays so.
func (d *decider) enter(t sales.Track, why string) bool {
	if !d.switchTo(t) {
		return false
	}
	if d.e.State == sales.Paused || d.e.State == sales.Pending {
		d.why, d.changed = why, true
		return true
	}
	d.goOn(why)
	return true
}

// switchTo takes the way of another track, if it has steps and is not the one
// that the enrollment is on.
func (d *decider) switchTo(t sales.Track) bool {
	if d.e.Track.OrMain() == t.OrMain() {
		return false
	}
	was := d.e.Track
	d.e.Track = t
	first := d.onTrack(0)
	if first >= len(d.Plan.Steps) {
		d.e.Track = was
		return false
	}
	d.takeBack()
	d.e.Position, d.e.Awaiting = first, false
	return true
}

// byIntent waits for the seller's answer before the track that a reply leads to.
// No machine writes into a talk that a person has begun.
func (d *decider) byIntent(stamp string) bool {
	for _, x := range d.Plan.Rules.Entries {
		if x.Intent == "" || x.Intent != d.ev.Verdict.Intent || !d.switchTo(x.Track) {
			continue
		}
		d.state(sales.WaitingHuman, sales.WaitAnswer, "replied "+stamp+": the "+string(x.Track)+" track begins when it is answered")
		return true
	}
	return false
}

// byDisposition changes the track after a call.
func (d *decider) byDisposition() bool {
	for _, x := range d.Plan.Rules.Entries {
		if x.Disposition != "" && x.Disposition == d.ev.Disposition {
			last := d.e.LastStepAt
			d.e.LastStepAt = d.ev.At
			if d.enter(x.Track, "goes on on the "+string(x.Track)+" track: the call ended with "+string(x.Disposition)) {
				return true
			}
			d.e.LastStepAt = last
		}
	}
	return false
}

// byData changes the track when something is so of the person. Only the main
// track is left for this: a verdict is worth more than a field.
func (d *decider) byData() bool {
	if d.e.Track.OrMain() != sales.TrackMain {
		return false
	}
	for _, x := range d.Plan.Rules.Entries {
		if !x.If.IsZero() && x.If.Holds(d.known()) && d.enter(x.Track, "goes on on the "+string(x.Track)+" track: "+x.If.String()) {
			return true
		}
	}
	return false
}

// answered begins the track that a reply has led to.
func (d *decider) answered() {
	if d.e.State == sales.WaitingHuman && d.e.Reason == sales.WaitAnswer {
		d.e.LastStepAt = d.ev.At
		d.goOn("answered: goes on on the " + string(d.e.Track.OrMain()) + " track")
	}
}

// unanswered waits for the answer again, when the track has not done anything.
func (d *decider) unanswered() {
	if d.e.State == sales.Active && !d.e.Awaiting && d.e.Track.OrMain() != sales.TrackMain && d.e.Position == d.onTrack(0) {
		d.state(sales.WaitingHuman, sales.WaitAnswer, "the answer was taken back: the "+string(d.e.Track)+" track begins when there is one")
	}
}

// Restore takes back what a bulk action did to an enrollment: it stands as before
// again. What the action had taken back (a queued mail, an open task) is asked
// for again under the same key, so that nothing happens twice. The caller has made
// sure that nobody answered meanwhile and that no question whose a mail is holds it;
// before.Position is one of the plan as it is now.
func Restore(is, before sales.Enrollment, now time.Time) sales.Decision {
	next := before
	next.Version, next.Mails, next.AutoMails, next.ThreadID = is.Version+1, is.Mails, is.AutoMails, is.ThreadID
	next.HoldGate, next.HoldWhy, next.HoldUntil = "", "", time.Time{}
	if before.Asked() {
		next.Reason = sales.PausedManual // the question was answered without it
	}
	if before.Awaiting && before.State != sales.Paused {
		next.Awaiting, next.State, next.Reason, next.NextAt = false, sales.Active, "", now
	}
	if !next.NextAt.IsZero() && next.NextAt.Before(now) {
		next.NextAt = now
	}
	if next.State == sales.Paused {
		next.Until = next.NextAt
	}
	next.StateAt, next.Actor = now, sales.BySeller
	why := "as before again: taken back"
	d := sales.Decision{Next: next, Changed: true, Why: why, Moves: []sales.Move{{
		WorkspaceID: is.WorkspaceID, At: now, Actor: sales.BySeller, Kind: sales.MoveState, PersonID: is.PersonID, AccountID: is.AccountID, EnrollmentID: is.ID, Text: why,
	}}}
	if is.Awaiting && is.State.Alive() {
		d.Effects = []sales.Effect{{Kind: sales.FxCancelMail, Key: MailKey(is.ID, 0)}, {Kind: sales.FxCancelTasks, Key: TaskKey(is.ID, 0, sales.TaskDo)}}
	}
	if expired(next) {
		d.Effects = append(d.Effects, openExpired(is.ID, now))
	}
	return d
}

// disposition hears of a call that was no step of the sequence.
func (d *decider) disposition() {
	if d.e.State == sales.Active || d.e.State == sales.WaitingHuman || d.e.State == sales.WaitingThem {
		d.byDisposition()
	}
}

// data hears that something is known of the person that was not before.
func (d *decider) data() {
	switch {
	case d.e.State == sales.Pending:
		return
	case d.Plan.Anchored && !d.Anchor.IsZero() && !d.Anchor.Equal(d.e.AnchorAt):
		d.anchor()
		return
	case d.e.State == sales.Active && !d.e.Awaiting, d.e.State == sales.WaitingThem:
		if d.byData() {
			return
		}
	}
	if s, ok := d.step(); ok && s.Kind == sales.StepCondition && d.e.State == sales.Active && !d.e.Awaiting && s.If.Holds(d.known()) && !d.due(s).After(d.now) {
		d.begin()
	}
}

// anchor counts from another day from now on.
func (d *decider) anchor() {
	d.e.AnchorAt = d.Anchor
	d.why, d.changed = "counts from "+d.Anchor.Format("2 Jan 2006"), true
	switch {
	case d.e.State == sales.Paused && d.e.Reason == sales.PausedBlocked && d.e.Position == 0 && !d.e.Awaiting && d.e.Mails == 0:
		d.e.Position = d.onTrack(0)
		d.goOn(d.why)
	case d.e.State == sales.Active && !d.e.Awaiting:
		d.goOn(d.why)
	}
}

// buyerMoved completes a step that only the buyer can.
func (d *decider) buyerMoved() {
	if s, ok := d.step(); ok && s.Kind == sales.StepTheirMove && d.e.State == sales.WaitingThem {
		d.stepDone(d.ev.At, orElse(d.ev.Text, "they moved")+": goes on")
	}
}

// moveTo goes on at another step, by hand. Who is paused stays so, at that step.
func (d *decider) moveTo() {
	i := d.indexOf(d.ev.StepID)
	if i >= len(d.Plan.Steps) || i == d.e.Position && d.e.Track.OrMain() == d.Plan.Steps[i].Track.OrMain() {
		return
	}
	d.takeBack()
	d.e.Position, d.e.Track, d.e.Awaiting = i, d.Plan.Steps[i].Track, false
	d.why, d.changed = "moved by hand", true
	if d.e.State != sales.Paused && d.e.State != sales.Pending {
		d.goOn(d.why)
	}
}

// condition decides at a condition step.
func (d *decider) condition(s sales.Step) {
	if s.If.Holds(d.known()) {
		d.e.Position++
		d.goOn("goes on: " + s.If.String())
		return
	}
	not := "not so that " + s.If.String()
	switch s.Else {
	case sales.BranchSkip:
		d.e.Position = d.onTrack(d.e.Position+1) + 1
		d.goOn("one step skipped: " + not)
	case sales.BranchWait:
		if d.now.Before(d.due(s).AddDate(0, 0, longestWait(s))) {
			d.e.NextAt = d.now.AddDate(0, 0, 1)
			d.why, d.changed = "waits: "+not, true
			return
		}
		d.end(sales.Finished, sales.EndCondition, "finished: "+not)
	case sales.BranchPositive, sales.BranchNegative:
		if d.enter(sales.Track(s.Else), "goes on on the "+string(s.Else)+" track: "+not) {
			return
		}
		d.end(sales.Finished, sales.EndCondition, "finished: "+not)
	default:
		d.end(sales.Finished, sales.EndCondition, "finished: "+not)
	}
}

// stage gives the person the stage that the rules say, if any.
func (d *decider) stage(on sales.StageEvent) {
	for _, r := range d.Plan.Rules.Stages {
		if r.On == on {
			d.effect(sales.Effect{Kind: sales.FxStage, Title: r.Stage})
			return
		}
	}
}

// Moved gives, for every position of an old plan and the one behind it, the
// position in the new plan: whoever stands before a step still stands before it;
// whose step is gone goes on with what followed it on its track.
func Moved(was, now []sales.Step) []int {
	at := map[sales.ID]int{}
	for i, s := range now {
		at[s.ID] = i
	}
	out := make([]int, len(was)+1)
	next := map[sales.Track]int{}
	for _, t := range sales.Tracks() {
		next[t] = len(now)
	}
	out[len(was)] = len(now)
	for i := len(was) - 1; i >= 0; i-- {
		t := was[i].Track.OrMain()
		if p, ok := at[was[i].ID]; ok {
			next[t] = p
		}
		out[i] = next[t]
	}
	return out
}
