package invariants

import (
	"context"
	"maps"
	"slices"
	"time"

	"ninetyten/internal/sales"
)

// editSome changes a sequence that runs: its steps, its texts, its rules, its hours,
// or whether it runs.
func (w *world) editSome(ctx context.Context) error {
	x := one(w.dice, w.sequences...)
	switch w.dice.n(12) {
	case 0:
		w.startLater(x)
		return w.run1(ctx, x, "pause a sequence", w.desk.PauseSequence)
	case 1:
		return w.run1(ctx, x, "start a sequence", w.desk.StartSequence)
	case 3:
		if len(w.sequences) < 12 {
			return w.newSequence(ctx)
		}
	case 4:
		if len(w.sequences) > 6 && w.dice.chance(0.3) {
			return w.archive(ctx, x)
		}
	}
	q, err := w.st.Sequence(ctx, w.ws, x.ID)
	if err != nil {
		return err
	}
	if !w.edit(&q) {
		return nil
	}
	if q.RulesetID != 0 {
		q.Rules = x.Rules // those of the ruleset hold
	}
	if err := w.graceFor(ctx, x, q.Rules); err != nil {
		return err
	}
	ok, err := w.did("edit a sequence", second(w.desk.SaveSequence(ctx, w.boss, q)))
	if !ok {
		return err
	}
	w.noteAll("%s is edited", x.Name)
	for _, e := range x.list {
		if e.alive() {
			w.touched[e], e.steered = true, true
		}
	}
	return w.learn(ctx, x, x.ID)
}

// run1 starts or pauses a sequence.
func (w *world) run1(ctx context.Context, x *sequence, name string, do func(context.Context, sales.Viewer, sales.ID) error) error {
	ok, err := w.did(name, do(ctx, w.boss, x.ID))
	if !ok {
		return err
	}
	w.noteAll("%s: %s", x.Name, name)
	return w.learn(ctx, x, x.ID)
}

// archive puts a sequence away: everybody in it is taken out.
func (w *world) archive(ctx context.Context, x *sequence) error {
	ok, err := w.did("archive a sequence", w.desk.ArchiveSequence(ctx, w.boss, x.ID))
	if !ok {
		return err
	}
	w.noteAll("%s is archived", x.Name)
	for _, e := range x.list {
		if e.alive() {
			e.end("the sequence was archived")
			w.touched[e] = true
		}
	}
	return w.learn(ctx, x, x.ID)
}

// edit changes something of a plan; false when there was nothing to change.
func (w *world) edit(q *sales.Sequence) bool {
	d := w.dice
	n := len(q.Steps)
	i := d.n(n)
	switch d.n(7) {
	case 0: // a step more
		s := w.someStep(false, !q.Anchor.IsZero())
		s.Track = q.Steps[i].Track
		q.Steps = slices.Insert(q.Steps, i+d.n(2), s)
	case 1: // a step less
		if n < 2 {
			return false
		}
		q.Steps = slices.Delete(q.Steps, i, i+1)
	case 2: // another order
		j := d.n(n)
		q.Steps[i], q.Steps[j] = q.Steps[j], q.Steps[i]
	case 3: // another delay
		q.Steps[i].Delay = sales.Delay{N: d.from(0, 6), Unit: one(d, sales.Days, sales.WorkingDays, sales.Hours)}
	case 4: // a text more under test, or less
		no := markOf(q.Steps[i])
		if !q.Steps[i].Kind.IsMail() {
			return false
		}
		w.steps[no].edited[no] = true
		if vs := q.Steps[i].Variants; len(vs) > 0 && d.chance(0.5) {
			q.Steps[i].Variants[d.n(len(vs))].State = sales.VariantPaused
		} else {
			q.Steps[i].Variants = append(vs, w.someVariant(q.Steps[i], no, 10+d.n(500)))
		}
	case 5:
		q.Rules = w.rules()
	default:
		q.ScheduleID = 0
		for _, id := range sortedKeys(w.schedules) {
			if w.dice.chance(0.3) {
				q.ScheduleID = max(q.ScheduleID, id)
			}
		}
	}
	tracks(q.Steps)
	mend(q.Steps)
	return true
}

// tracks keeps the steps track after track, in their order.
func tracks(steps []sales.Step) {
	order := map[sales.Track]int{sales.TrackMain: 0, sales.TrackPositive: 1, sales.TrackNegative: 2}
	slices.SortStableFunc(steps, func(a, b sales.Step) int { return order[a.Track.OrMain()] - order[b.Track.OrMain()] })
}

// graceFor lets whoever has an automatic mail in the queue get it, when the rules
// will allow fewer: the limit is asked when a mail is queued.
func (w *world) graceFor(ctx context.Context, x *sequence, r sales.Rules) error {
	if r.MaxAutoMails == 0 || x.Rules.MaxAutoMails != 0 && r.MaxAutoMails >= x.Rules.MaxAutoMails {
		return nil
	}
	for _, e := range x.list {
		if !e.alive() {
			continue
		}
		now, err := w.st.Enrollment(ctx, w.ws, e.id)
		if err != nil {
			return err
		}
		e.grace = e.grace || now.State == sales.Active && now.Awaiting
	}
	return nil
}

// setSome changes the settings, the limits of a mailbox, hours, rules or days off.
func (w *world) setSome(ctx context.Context) error {
	switch w.dice.n(8) {
	case 0, 1:
		return w.setSettings(ctx)
	case 2, 3:
		return w.setLimits(ctx)
	case 4, 5:
		return w.setHours(ctx)
	case 6:
		return w.setRules(ctx)
	default:
		return w.setDaysOff(ctx)
	}
}

func (w *world) setSettings(ctx context.Context) error {
	s := w.someSettings()
	s.Zone = w.settings.Zone // days are counted in it
	ok, err := w.did("change the settings", w.desk.SaveSettings(ctx, w.boss, "", s))
	if !ok {
		return err
	}
	w.noteAll("the settings change: %d a domain, %d an account, %d touches", s.PerDomainDay, s.PerAccountDay, s.TouchesPer30Days)
	// Nothing is counted while there is no cap: it holds from the next day on.
	if w.settings.PerDomainDay == 0 {
		w.capSince["domain"] = w.day()
	}
	if w.settings.PerAccountDay == 0 {
		w.capSince["account"] = w.day()
	}
	w.settings = s
	return nil
}

func (w *world) setLimits(ctx context.Context) error {
	b := one(w.dice, w.list...)
	mb, err := w.st.Mailbox(ctx, w.ws, b.ID)
	if err != nil {
		return err
	}
	mb.Limits = w.someLimits(float64(max(2, b.Limits.PerDay)))
	ok, err := w.did("change a mailbox", second(w.desk.SaveMailbox(ctx, w.boss, mb)))
	if ok {
		w.noteAll("%s has other limits: %+v", b.Address, mb.Limits)
		b.Limits = mb.Limits
		if b.stopped == "its login was refused" {
			b.stopped = "" // whoever saves a mailbox that did not work lets it try again
		}
	}
	return err
}

func (w *world) setHours(ctx context.Context) error {
	s, err := w.st.Schedule(ctx, w.ws, one(w.dice, sortedKeys(w.schedules)...))
	if err != nil {
		return err
	}
	s.Windows, s.Holidays, s.DaysOff = hours(w.dice), w.dice.chance(0.5), w.dice.chance(0.5)
	ok, err := w.did("change a schedule", second(w.desk.SaveSchedule(ctx, w.boss, s)))
	if ok {
		w.noteAll("the hours %s change", s.Name)
		w.schedules[s.ID] = &s
	}
	return err
}

func (w *world) setRules(ctx context.Context) error {
	r, err := w.st.Ruleset(ctx, w.ws, one(w.dice, sortedKeys(w.rulesets)...))
	if err != nil {
		return err
	}
	r.Rules = w.rules()
	for _, q := range w.sequences {
		if q.RulesetID == r.ID {
			if err := w.graceFor(ctx, q, r.Rules); err != nil {
				return err
			}
		}
	}
	if ok, err := w.did("change a ruleset", second(w.desk.SaveRuleset(ctx, w.boss, r))); !ok {
		return err
	}
	w.noteAll("the rules %s change: %d automatic mails, colleagues %s", r.Name, r.Rules.MaxAutoMails, r.Rules.Colleagues)
	w.rulesets[r.ID] = &r
	for _, q := range w.sequences {
		if q.RulesetID == r.ID {
			q.Rules = r.Rules
		}
	}
	return nil
}

func sortedKeys[V any](m map[sales.ID]V) []sales.ID { return slices.Sorted(maps.Keys(m)) }

func (w *world) setDaysOff(ctx context.Context) error {
	x := w.someDayOff(0, w.clock.Now().AddDate(0, 0, w.dice.n(5)))
	saved, err := w.desk.SaveDayOff(ctx, w.boss, x)
	if ok, err := w.did("add a day off", err); !ok {
		return err
	}
	w.noteAll("a day off: %s to %s in %q %q", x.From, x.To, x.Country, x.Subdivision)
	w.daysOff = append(w.daysOff, saved)
	if len(w.daysOff) < 8 || w.dice.chance(0.5) {
		return nil
	}
	i := w.dice.n(len(w.daysOff))
	ok, err := w.did("delete a day off", second(w.desk.DeleteDayOff(ctx, w.boss, w.daysOff[i].ID)))
	if ok {
		w.daysOff = slices.Delete(w.daysOff, i, i+1)
	}
	return err
}

// nobodyNeeds is a time after which whatever waits for time alone has ended.
const nobodyNeeds = 900 * 24 * time.Hour
