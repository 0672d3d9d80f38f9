package invariants

import (
	"context"
	"fmt"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// handText is the variant of a text that a person wrote into a draft.
const handText = 900

// textOf is a mail whose number and variant can be read in its bytes.
func textOf(d *dice, no, variant int) string {
	name := `{{ first_name | default: "there" }}`
	if d.chance(0.15) {
		name = "{{ first_name }}" // blocks the mail when it is missing
	}
	return fmt.Sprintf("Hello %s,\n\nmark:s%dv%d:\n\nwho plans anew when a truck at {{ company }} drops out?", name, no, variant)
}

// someRules makes rulesets and schedules, and days off.
func (w *world) someRules(ctx context.Context, tx *store.Tx) error {
	d := w.dice
	for i := range 2 {
		x := sales.Ruleset{WorkspaceID: w.ws, ID: tx.NewID(), Name: fmt.Sprintf("Rules %d", i), Rules: w.rules(), Version: 1, CreatedAt: w.begin, UpdatedAt: w.begin}
		if err := tx.InsertRuleset(ctx, x); err != nil {
			return err
		}
		w.rulesets[x.ID] = &x
		s := sales.Schedule{WorkspaceID: w.ws, ID: tx.NewID(), Name: fmt.Sprintf("Hours %d", i), Windows: hours(d), Holidays: d.chance(0.5), DaysOff: d.chance(0.5), Version: 1, CreatedAt: w.begin}
		if err := tx.InsertSchedule(ctx, s); err != nil {
			return err
		}
		w.schedules[s.ID] = &s
	}
	for range d.n(4) {
		w.daysOff = append(w.daysOff, w.someDayOff(tx.NewID(), w.begin.AddDate(0, 0, d.n(w.Days))))
	}
	return tx.AddDaysOff(ctx, w.daysOff)
}

func (w *world) someDayOff(id sales.ID, from time.Time) sales.DayOff {
	x := sales.DayOff{WorkspaceID: w.ws, ID: id, From: from.Format(time.DateOnly), To: from.AddDate(0, 0, w.dice.n(4)).Format(time.DateOnly), Name: "Retreat", CreatedAt: w.begin}
	switch w.dice.n(4) {
	case 0:
		x.Country = "DE"
	case 1:
		x.Country, x.Subdivision = "DE", "DE-BY"
	}
	return x
}

func (w *world) rules() sales.Rules {
	d := w.dice
	r := sales.DefaultRules()
	r.MaxAutoMails = one(d, 0, 1, 2, 3)
	r.Colleagues = one(d, sales.ColleaguesPause, sales.ColleaguesGoOn, sales.ColleaguesStop)
	r.OOODefaultDays, r.OOOGiveUpDays = d.from(2, 10), d.from(12, 40)
	r.ActivePerAccount = one(d, 0, 1, 2, 3)
	r.Shared = d.chance(0.4)
	r.Reenroll = one(d, sales.ReenrollNever, sales.ReenrollFinished, sales.ReenrollAny)
	r.CoolOffDays = one(d, 0, 3, 14)
	r.Meeting = one(d, sales.MeetingFinish, sales.MeetingPause, sales.MeetingPositive)
	r.AfterMend, r.ExpireDays = d.chance(0.7), one(d, 0, 2, 14)
	for _, e := range []sales.Entry{
		{Track: sales.TrackPositive, Intent: sales.Interested}, {Track: sales.TrackNegative, Intent: sales.NotNow}, {Track: sales.TrackNegative, Disposition: sales.CallNoAnswer},
		{Track: sales.TrackPositive, If: sales.Condition{Field: "custom.plan", Op: sales.OpIs, Value: "gold"}},
	} {
		if d.chance(0.4) {
			r.Entries = append(r.Entries, e)
		}
	}
	if d.chance(0.3) {
		r.Stages = []sales.StageRule{{On: sales.StageOnStart, Stage: "working"}, {On: sales.StageOnReply, Stage: "talking"}}
	}
	return r
}

// newSequence makes a sequence through the desk, and starts most at once.
func (w *world) newSequence(ctx context.Context) error {
	d := w.dice
	q := sales.Sequence{Name: fmt.Sprintf("Plan %d", len(w.sequences)), Rules: w.rules()}
	for id := range w.rulesets {
		q.RulesetID = max(q.RulesetID, id) // the same one in every run
	}
	if d.chance(0.5) {
		q.RulesetID = 0
	}
	for id := range w.schedules {
		q.ScheduleID = max(q.ScheduleID, id)
	}
	if d.chance(0.5) {
		q.ScheduleID = 0
	}
	dated := d.chance(0.15)
	if dated {
		q.Anchor = one(d, sales.Anchor{Field: "renewal"}, sales.Anchor{Day: w.clock.Now().AddDate(0, 0, 30).Format(time.DateOnly)})
	}
	if d.chance(0.3) {
		for _, b := range w.list {
			if d.chance(0.5) {
				q.Pool = append(q.Pool, b.ID)
			}
		}
	}
	for range d.from(2, 6) {
		q.Steps = append(q.Steps, w.someStep(len(q.Steps) == 0, dated))
	}
	for _, t := range []sales.Track{sales.TrackPositive, sales.TrackNegative} {
		for range d.n(3) {
			s := w.someStep(false, dated)
			s.Track = t
			q.Steps = append(q.Steps, s)
		}
	}
	mend(q.Steps)
	saved, err := w.desk.SaveSequence(ctx, w.boss, q)
	if err != nil {
		return fmt.Errorf("a new sequence: %w", err)
	}
	x := &sequence{numbers: map[sales.ID]int{}, byNo: map[int]sales.Step{}, edited: map[int]bool{}}
	w.sequences = append(w.sequences, x)
	if d.chance(0.7) {
		if err := w.desk.StartSequence(ctx, w.boss, saved.ID); err != nil {
			return fmt.Errorf("the start of a sequence: %w", err)
		}
	} else {
		w.startLater(x)
	}
	return w.learn(ctx, x, saved.ID)
}

// startLater plans the start of a sequence that does not run.
func (w *world) startLater(x *sequence) {
	w.plans.add(w.clock.real().Add(w.dice.between(time.Minute, 100*time.Hour)), func(ctx context.Context) error {
		if x.State == sales.SequenceArchived {
			return nil
		}
		return w.run1(ctx, x, "start a sequence", w.desk.StartSequence)
	})
}

// learn reads a sequence into the books after it was saved.
func (w *world) learn(ctx context.Context, x *sequence, id sales.ID) error {
	q, err := w.st.Sequence(ctx, w.ws, id)
	if err != nil {
		return err
	}
	x.Sequence = q
	clear(x.byNo)
	for _, s := range q.Steps {
		no := markOf(s)
		x.numbers[s.ID], x.byNo[no] = no, s
		w.steps[no] = x
	}
	return nil
}

// markOf is the number of a step: in its text, or in its note.
func markOf(s sales.Step) int {
	text := s.Body
	if !s.Kind.IsMail() {
		text = s.Note
	}
	return open([]byte("\r\n\r\n" + text)).step
}

// mend lets the first mail of every track have a subject, and a condition lead only
// where there are steps.
func mend(steps []sales.Step) {
	first, has := true, map[sales.Track]bool{}
	for _, s := range steps {
		has[s.Track.OrMain()] = true
	}
	for i := range steps {
		s := &steps[i]
		if s.Kind.IsMail() && first {
			first = false
			if s.Subject == "" {
				s.Subject = "A question about {{ company }}"
			}
			for j := range s.Variants {
				s.Variants[j].Subject = "Another question about {{ company }}"
			}
		}
		if s.Kind == sales.StepCondition && (s.Else == sales.BranchPositive || s.Else == sales.BranchNegative) && !has[sales.Track(s.Else)] {
			s.Else = sales.BranchEnd
		}
	}
}

// someStep makes a step with a number of its own.
func (w *world) someStep(first, dated bool) sales.Step {
	d := w.dice
	w.stepCount++
	no := w.stepCount
	k := one(d, sales.StepAutoMail, sales.StepAutoMail, sales.StepAutoMail, sales.StepAutoMail, sales.StepAutoMail, sales.StepAutoMail, sales.StepAutoMail, sales.StepApproveMail, sales.StepCall, sales.StepTask, sales.StepSocial, sales.StepTheirMove, sales.StepCondition)
	if first {
		k = one(d, sales.StepAutoMail, sales.StepAutoMail, sales.StepAutoMail, sales.StepApproveMail)
	}
	s := sales.Step{Kind: k, Track: sales.TrackMain, Delay: one(d, sales.Delay{N: 0, Unit: sales.Days}, sales.Delay{N: d.from(1, 5), Unit: sales.WorkingDays}, sales.Delay{N: d.from(1, 9), Unit: sales.Days}, sales.Delay{N: d.from(1, 50), Unit: sales.Hours}, sales.Delay{N: d.from(1, 200), Unit: sales.Minutes})}
	if d.chance(0.15) {
		s.Weekdays[d.from(1, 5)], s.Weekdays[d.from(1, 5)] = true, true
	}
	if d.chance(0.1) {
		s.AtMinute = d.from(9*60, 16*60)
	}
	if dated {
		s.DayOffset = d.from(-20, 20)
	}
	if d.chance(0.1) {
		s.OnlyIf = sales.Condition{Field: "custom.plan", Op: one(d, sales.OpIs, sales.OpIsNot), Value: "gold"}
	}
	if !k.IsMail() {
		s.Note = fmt.Sprintf("mark:s%dv0:", no)
		switch k {
		case sales.StepTheirMove:
			s.MaxWaitDays, s.ThenGoOn = d.from(1, 20), d.chance(0.6)
		case sales.StepCondition:
			s.If = sales.Condition{Field: "custom.plan", Op: one(d, sales.OpIs, sales.OpSet), Value: "gold"}
			s.Else, s.MaxWaitDays = one(d, sales.BranchEnd, sales.BranchSkip, sales.BranchWait, sales.BranchPositive, sales.BranchNegative), d.from(1, 10)
		}
		return s
	}
	s.Body, s.ExpireDays = textOf(d, no, 0), one(d, 0, 0, 1, 5)
	if first || d.chance(0.3) {
		s.Subject = fmt.Sprintf("A question about {{ company }} %d", no)
	}
	if d.chance(0.3) {
		for v := range d.from(1, 2) {
			s.Variants = append(s.Variants, w.someVariant(s, no, v+1))
		}
	}
	return s
}

func (w *world) someVariant(s sales.Step, no, v int) sales.Variant {
	x := sales.Variant{ID: w.st.NewID(), WorkspaceID: w.ws, StepID: s.ID, Name: string(rune('A' + v)), Weight: w.dice.from(1, 3), State: sales.VariantOn, Body: textOf(w.dice, no, v), CreatedAt: w.clock.Now()}
	if s.Subject != "" {
		x.Subject = fmt.Sprintf("Another question %d.%d", no, v)
	}
	return x
}
