package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// uses lets the sequence of the room use a ruleset and a schedule.
func (r *room) uses(ruleset, schedule sales.ID, state sales.SequenceState) {
	r.t.Helper()
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		q, err := tx.Sequence(ctx, r.Workspace.ID, r.Sequence.ID)
		if err != nil {
			return err
		}
		q.RulesetID, q.ScheduleID, q.State = ruleset, schedule, state
		return tx.SaveSequence(ctx, q)
	})
}

// held queues the first mail of an enrollment and holds it for two days.
func (r *room) held(e sales.Enrollment, gate sales.Gate) {
	r.t.Helper()
	r.timer()
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.HoldMailing(ctx, r.mailing(e, 0), gate, "because", r.clock.t.Add(48*time.Hour))
	})
}

func (r *room) dueNow(e sales.Enrollment) bool {
	r.t.Helper()
	return !r.mailing(e, 0).DueAt.After(r.clock.t)
}

func wantSays(t *testing.T, what string, err error, code sales.Code, words ...string) {
	t.Helper()
	wantCode(t, what, err, code)
	for _, w := range words {
		if !strings.Contains(sales.Explain(err), w) {
			t.Errorf("%s: %q does not say %q", what, sales.Explain(err), w)
		}
	}
}

func TestRulesets(t *testing.T) {
	r := newRoom(t, 1)
	ctx := t.Context()
	x := sales.Ruleset{Name: "  Careful \n first contact ", Rules: sales.DefaultRules()}
	_, err := r.d.SaveRuleset(ctx, r.v, x)
	wantSays(t, "a seller", err, sales.Forbidden, "Only a manager")
	_, err = r.d.SaveRuleset(ctx, sales.Viewer{}, x)
	wantCode(t, "nobody", err, sales.Unauthorized)
	x = must[sales.Ruleset](t)(r.d.SaveRuleset(ctx, r.boss, x))
	if x.Name != "Careful first contact" || x.ID == 0 || x.Version != 1 {
		t.Errorf("%+v", x)
	}
	_, err = r.d.SaveRuleset(ctx, r.boss, sales.Ruleset{Name: "CAREFUL first contact", Rules: sales.DefaultRules()})
	wantSays(t, "the same name", err, sales.Conflict, "already")

	x.Rules.MaxAutoMails = 5
	y := must[sales.Ruleset](t)(r.d.SaveRuleset(ctx, r.boss, x))
	if y.Version != 2 {
		t.Errorf("version %d", y.Version)
	}
	_, err = r.d.SaveRuleset(ctx, r.boss, x)
	wantSays(t, "an old version", err, sales.Conflict, "meanwhile")
	if got := must[sales.Ruleset](t)(r.Ruleset(ctx, r.Workspace.ID, x.ID)); got.Rules.MaxAutoMails != 5 || got.Version != 2 {
		t.Errorf("%+v", got)
	}

	r.uses(x.ID, 0, sales.SequenceRunning)
	wantSays(t, "in use", r.d.DeleteRuleset(ctx, r.boss, x.ID), sales.Conflict, "used by the sequence “Fleet ops, autumn”")
	wantCode(t, "a seller deletes", r.d.DeleteRuleset(ctx, r.v, x.ID), sales.Forbidden)
	r.uses(x.ID, 0, sales.SequenceArchived)
	if err := r.d.DeleteRuleset(ctx, r.boss, x.ID); err != nil {
		t.Fatal(err)
	}
	if q := must[sales.Sequence](t)(r.Store.Sequence(ctx, r.Workspace.ID, r.Sequence.ID)); q.RulesetID != 0 || q.Rules.MaxAutoMails != 5 || len(q.Steps) != 3 {
		t.Errorf("the archived sequence lost its rules or steps: %+v", q)
	}
	wantCode(t, "twice", r.d.DeleteRuleset(ctx, r.boss, x.ID), sales.NotFound)
}

func TestBadRules(t *testing.T) {
	r := newRoom(t, 0)
	for name, c := range map[string]struct {
		change func(*sales.Ruleset)
		says   string
	}{
		"no name":    {func(x *sales.Ruleset) { x.Name = " \t" }, "Give the ruleset a name"},
		"long name":  {func(x *sales.Ruleset) { x.Name = strings.Repeat("é", 101) }, "at most 100"},
		"negative":   {func(x *sales.Ruleset) { x.Rules.MaxAutoMails = -1 }, "use 0 to 100"},
		"colleagues": {func(x *sales.Ruleset) { x.Rules.Colleagues = "sing" }, "colleagues"},
		"again":      {func(x *sales.Ruleset) { x.Rules.Reenroll = "daily" }, "again"},
		"meeting":    {func(x *sales.Ruleset) { x.Rules.Meeting = "dance" }, "meeting"},
		"pause":      {func(x *sales.Ruleset) { x.Rules.OOODefaultDays, x.Rules.OOOGiveUpDays = 40, 30 }, "longer than the longest"},
		"main track": {func(x *sales.Ruleset) {
			x.Rules.Entries = []sales.Entry{{Track: sales.TrackMain, Intent: sales.Question}}
		}, "positive or the negative"},
		"opt out": {func(x *sales.Ruleset) {
			x.Rules.Entries = []sales.Entry{{Track: sales.TrackPositive, Intent: sales.OptOut}}
		}, "never put on another track"},
		"unknown verdict": {func(x *sales.Ruleset) { x.Rules.Entries = []sales.Entry{{Track: sales.TrackPositive, Intent: "glad"}} }, "unknown verdict"},
		"unknown call": {func(x *sales.Ruleset) {
			x.Rules.Entries = []sales.Entry{{Track: sales.TrackPositive, Disposition: "sang"}}
		}, "result of a call"},
		"no reason": {func(x *sales.Ruleset) { x.Rules.Entries = []sales.Entry{{Track: sales.TrackPositive}} }, "needs a verdict"},
		"two reasons": {func(x *sales.Ruleset) {
			x.Rules.Entries = []sales.Entry{{Track: sales.TrackPositive, Intent: sales.Question, Disposition: sales.CallTalked}}
		}, "one reason"},
		"twice": {func(x *sales.Ruleset) {
			x.Rules.Entries = []sales.Entry{{Track: sales.TrackPositive, Intent: sales.Question}, {Track: sales.TrackNegative, Intent: sales.Question}}
		}, "same reason"},
		"no value": {func(x *sales.Ruleset) {
			x.Rules.Entries = []sales.Entry{{Track: sales.TrackPositive, If: sales.Condition{Field: "title", Op: sales.OpIs}}}
		}, "needs a value"},
		"unknown stage": {func(x *sales.Ruleset) {
			x.Rules.Stages = []sales.StageRule{{On: sales.StageOnReply, Stage: "<b>married</b>"}}
		}, "There is no stage"},
		"unknown event": {func(x *sales.Ruleset) { x.Rules.Stages = []sales.StageRule{{On: "full_moon", Stage: "talking"}} }, "unknown event"},
		"two stages": {func(x *sales.Ruleset) {
			x.Rules.Stages = []sales.StageRule{{On: sales.StageOnReply, Stage: "talking"}, {On: sales.StageOnReply, Stage: "no"}}
		}, "same event"},
		"too many entries": {func(x *sales.Ruleset) { x.Rules.Entries = make([]sales.Entry, 51) }, "at most 50"},
	} {
		x := sales.Ruleset{Name: "Bad", Rules: sales.DefaultRules()}
		c.change(&x)
		_, err := r.d.SaveRuleset(t.Context(), r.boss, x)
		wantSays(t, name, err, sales.Invalid, c.says)
	}
	if list := must[[]sales.Ruleset](t)(r.Rulesets(t.Context(), r.Workspace.ID)); len(list) != 0 {
		t.Errorf("%d were saved", len(list))
	}
}

// TestChangesAreLookedAtAgain: what hours and limits hold asks the gate again when
// the ruleset, the schedule, the days off or the settings change.
func TestChangesAreLookedAtAgain(t *testing.T) {
	r := newRoom(t, 1)
	ctx := t.Context()
	rules := must[sales.Ruleset](t)(r.d.SaveRuleset(ctx, r.boss, sales.Ruleset{Name: "R", Rules: sales.DefaultRules()}))
	hours := must[sales.Schedule](t)(r.d.SaveSchedule(ctx, r.boss, mornings()))
	r.uses(rules.ID, hours.ID, sales.SequenceRunning)
	e := r.Enroll(t, 0)
	kicked := 0
	r.d.Kick = func(sales.ID) { kicked++ }
	for name, change := range map[string]func() error{
		"ruleset":  func() (err error) { rules, err = r.d.SaveRuleset(ctx, r.boss, rules); return err },
		"schedule": func() (err error) { hours, err = r.d.SaveSchedule(ctx, r.boss, hours); return err },
		"day off": func() error {
			day, err := r.d.SaveDayOff(ctx, r.boss, sales.DayOff{From: "2026-12-24", To: "2026-12-24", Name: "Eve"})
			if err != nil || !r.dueNow(e) {
				return err
			}
			r.held(e, sales.GateWindow)
			_, err = r.d.DeleteDayOff(ctx, r.boss, day.ID)
			return err
		},
		"calendar": func() error { _, err := r.d.ImportDaysOff(ctx, r.boss, christmas("")); return err },
		"settings": func() error { return r.d.SaveSettings(ctx, r.boss, "", sales.DefaultSettings()) },
	} {
		for _, gate := range []sales.Gate{sales.GateWindow, sales.GateLimits} {
			r.held(e, gate)
			kicked = 0
			if err := change(); err != nil {
				t.Fatal(name, err)
			}
			if !r.dueNow(e) || kicked == 0 {
				t.Errorf("%s: what %s holds waits on, or nobody is told (%d)", name, gate, kicked)
			}
		}
		r.held(e, sales.GateRetry)
		if err := change(); err != nil {
			t.Fatal(name, err)
		}
		if r.dueNow(e) {
			t.Errorf("%s: a server that said later is asked at once", name)
		}
	}
	// Of a sequence that does not run nothing is let go.
	r.held(e, sales.GateWindow)
	r.uses(rules.ID, hours.ID, sales.SequencePaused)
	if _, err := r.d.SaveSchedule(ctx, r.boss, hours); err != nil || r.dueNow(e) {
		t.Error("the mail of a paused sequence asks again:", err)
	}
}

func TestSharedSettings(t *testing.T) {
	r := newRoom(t, 0)
	ctx := t.Context()
	set := sales.DefaultSettings()
	set.PerDomainDay, set.PerAccountDay, set.GuardSends, set.Stages = 10, 5, 50, []string{" new ", "Talking  now", "NEW", "", "talking"}
	if err := r.d.SaveSettings(ctx, r.boss, "", set); err != nil {
		t.Fatal(err)
	}
	got := must[sales.Workspace](t)(r.Store.Workspace(ctx, r.Workspace.ID)).Settings
	if strings.Join(got.Stages, "|") != "new|Talking now|talking" || got.PerDomainDay != 10 || got.PerAccountDay != 5 || got.GuardSends != 50 {
		t.Errorf("%+v", got)
	}
	for name, change := range map[string]func(*sales.Settings){
		"a negative cap": func(s *sales.Settings) { s.PerDomainDay = -1 }, "bounces above all": func(s *sales.Settings) { s.GuardBounces = 1001 },
		"no stage": func(s *sales.Settings) { s.Stages = []string{" "} }, "a long stage": func(s *sales.Settings) { s.Stages = []string{strings.Repeat("x", 101)} },
		"many stages": func(s *sales.Settings) {
			s.Stages = strings.Split(strings.Repeat("x,", 60), ",")
			for i := range s.Stages {
				s.Stages[i] += string(rune('A'+i/26)) + string(rune('A'+i%26))
			}
		},
	} {
		bad := got
		change(&bad)
		wantCode(t, name, r.d.SaveSettings(ctx, r.boss, "", bad), sales.Invalid)
	}
	rules := sales.DefaultRules()
	rules.Stages = []sales.StageRule{{On: sales.StageOnReply, Stage: "talking"}}
	must[sales.Ruleset](t)(r.d.SaveRuleset(ctx, r.boss, sales.Ruleset{Name: "Careful", Rules: rules}))
	got.Stages = []string{"new"}
	wantSays(t, "a stage in use", r.d.SaveSettings(ctx, r.boss, "", got), sales.Conflict, "“talking”", "“Careful”")
	got.Stages = []string{"new", "talking"}
	if err := r.d.SaveSettings(ctx, r.boss, "", got); err != nil {
		t.Error(err)
	}
}
