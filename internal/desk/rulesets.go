package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// SaveRuleset makes a ruleset (ID 0) or changes one; r.Version is the version
// that was read. The sequences that use it go by it from now on: what the old
// limits hold is looked at again. A Conflict error means that the name is taken,
// or that somebody else saved meanwhile.
func (d *Desk) SaveRuleset(ctx context.Context, v sales.Viewer, r sales.Ruleset) (sales.Ruleset, error) {
	if err := need(v, sales.RoleManager, "change rulesets"); err != nil {
		return r, err
	}
	r.WorkspaceID = v.WorkspaceID
	var err error
	if r.Name, err = called(r.Name, "ruleset"); err != nil {
		return r, err
	}
	r.Rules.Reenroll, r.Rules.Meeting = cmp.Or(r.Rules.Reenroll, sales.ReenrollNever), cmp.Or(r.Rules.Meeting, sales.MeetingFinish)
	now, fresh := d.now(), r.ID == 0
	err = d.inTx(ctx, func(tx *store.Tx) error {
		w, err := tx.Workspace(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		if err := checkRules(r.Rules, w.Settings.Stages); err != nil {
			return err
		}
		r.UpdatedAt = now
		if fresh {
			r.ID, r.Version, r.CreatedAt = tx.NewID(), 1, now
			return tx.InsertRuleset(ctx, r)
		}
		return tx.SaveRuleset(ctx, r)
	})
	if err != nil || fresh {
		return r, err
	}
	r.Version++
	users, err := d.Store.SequencesWithRules(ctx, v.WorkspaceID, r.ID)
	if err != nil {
		return r, err
	}
	return r, d.askAgain(ctx, v.WorkspaceID, users)
}

// DeleteRuleset removes a ruleset. One in use is refused with a Conflict error
// that names the sequences; archived ones keep a copy of the rules.
func (d *Desk) DeleteRuleset(ctx context.Context, v sales.Viewer, id sales.ID) error {
	if err := need(v, sales.RoleManager, "delete rulesets"); err != nil {
		return err
	}
	r, err := d.Store.Ruleset(ctx, v.WorkspaceID, id)
	if err != nil {
		return err
	}
	users, err := d.Store.SequencesWithRules(ctx, v.WorkspaceID, id)
	if err != nil {
		return err
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		if err := inUse("ruleset", r.Name, users, "Give them another ruleset, or rules of their own, first."); err != nil {
			return err
		}
		for _, u := range users {
			if err := letGo(ctx, tx, u, func(q *sales.Sequence) { q.RulesetID = 0 }); err != nil {
				return err
			}
		}
		gone, err := tx.DeleteRuleset(ctx, v.WorkspaceID, id)
		if err == nil && !gone {
			return sales.Errorf(sales.Conflict, "A sequence has begun to use the ruleset “%s” just now. Reload the page to see which.", r.Name)
		}
		return err
	})
}

// called cleans the name of a reusable thing.
func called(name, what string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" || len([]rune(name)) > 100 {
		return name, sales.Errorf(sales.Invalid, "Give the %s a name of at most 100 characters.", what)
	}
	return name, nil
}

// inUse refuses to remove what living sequences use.
func inUse(what, name string, users []sales.Sequence, do string) error {
	var names []string
	for _, q := range users {
		if q.State != sales.SequenceArchived {
			names = append(names, q.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return sales.Errorf(sales.Conflict, "The %s “%s” is used by %s. %s", what, name, quoted(names), do)
}

// quoted names up to five things, and says how many more there are: the
// sequences “A”, “B” and “C”.
func quoted(names []string) string {
	kind := "the sequences "
	if len(names) == 1 {
		kind = "the sequence "
	}
	return kind + listed(names)
}

func listed(names []string) string {
	const most = 5
	more := ""
	if n := len(names) - most; n > 0 {
		names, more = names[:most], fmt.Sprintf(" and %d more", n)
	}
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = "“" + short(n, 80) + "”"
	}
	if last := len(list) - 1; more == "" && last > 0 {
		return strings.Join(list[:last], ", ") + " and " + list[last]
	}
	return strings.Join(list, ", ") + more
}

// short is s with at most n bytes, whole characters.
func short(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}

// letGo changes an archived sequence, so that it uses something no more.
func letGo(ctx context.Context, tx *store.Tx, u sales.Sequence, change func(*sales.Sequence)) error {
	q, err := tx.Sequence(ctx, u.WorkspaceID, u.ID)
	if err != nil {
		return err
	}
	change(&q) // its Rules are those of the ruleset, and stay
	return tx.SaveSequence(ctx, q)
}

// askAgain lets the gate look at once at what hours and limits hold in the
// running ones of some sequences.
func (d *Desk) askAgain(ctx context.Context, ws sales.ID, users []sales.Sequence) error {
	err := d.inTx(ctx, func(tx *store.Tx) error {
		if len(users) >= 100 { // there may be more than the list has
			return tx.AskAgain(ctx, ws, 0, d.now())
		}
		for _, q := range users {
			if q.State != sales.SequenceRunning {
				continue
			}
			if err := tx.AskAgain(ctx, ws, q.ID, d.now()); err != nil {
				return err
			}
		}
		return nil
	})
	d.kick(ws)
	return err
}

// checkRules checks rules before they are stored: what Validate does, that each
// choice is one that there is, and that no row of two about the same is there in
// vain.
func checkRules(r sales.Rules, stages []string) error {
	if err := r.Validate(); err != nil {
		return err
	}
	switch {
	case !slices.Contains([]sales.OnReply{sales.ColleaguesPause, sales.ColleaguesGoOn, sales.ColleaguesStop}, r.Colleagues):
		return sales.Errorf(sales.Invalid, "Choose what happens to colleagues when one person answers.")
	case !slices.Contains([]sales.Reenroll{sales.ReenrollNever, sales.ReenrollFinished, sales.ReenrollAny}, r.Reenroll):
		return sales.Errorf(sales.Invalid, "Choose whether people may go through it again.")
	case !slices.Contains([]sales.OnMeeting{sales.MeetingFinish, sales.MeetingPause, sales.MeetingPositive}, r.Meeting):
		return sales.Errorf(sales.Invalid, "Choose what a booked meeting does.")
	case r.OOODefaultDays > r.OOOGiveUpDays && r.OOOGiveUpDays > 0:
		return sales.Errorf(sales.Invalid, "Out of office: the pause without a date, %d days, is longer than the longest pause, %d days.", r.OOODefaultDays, r.OOOGiveUpDays)
	}
	seen := map[string]bool{}
	twice := func(key string) bool { was := seen[key]; seen[key] = true; return was }
	for _, e := range r.Entries {
		switch {
		case e.Intent != "" && !slices.Contains(intents(), e.Intent):
			return sales.Errorf(sales.Invalid, "A track rule names the unknown verdict %q.", e.Intent)
		case e.Disposition != "" && !slices.Contains(dispositions(), e.Disposition):
			return sales.Errorf(sales.Invalid, "A track rule names the unknown result of a call %q.", e.Disposition)
		case e.Intent != "" && e.Disposition != "" || (e.Intent != "" || e.Disposition != "") && !e.If.IsZero():
			return sales.Errorf(sales.Invalid, "A track rule has one reason: a verdict, the result of a call, or a condition. Make a rule for each.")
		case twice(fmt.Sprintf("%s/%s/%+v", e.Intent, e.Disposition, e.If)):
			return sales.Errorf(sales.Invalid, "Two track rules have the same reason: only the first would count. Remove one.")
		}
	}
	for _, s := range r.Stages {
		switch {
		case !slices.Contains(sales.StageEvents(), s.On):
			return sales.Errorf(sales.Invalid, "A stage rule follows the unknown event %q.", s.On)
		case !slices.Contains(stages, s.Stage):
			return sales.Errorf(sales.Invalid, "There is no stage “%s”. Choose one of those in the settings, or add it there first.", short(s.Stage, 60))
		case twice("stage/" + string(s.On)):
			return sales.Errorf(sales.Invalid, "Two stage rules follow the same event: only the first would count. Remove one.")
		}
	}
	return nil
}

// intents are the verdicts that may lead to a track; who asks for no more mail
// is never put on one.
func intents() []sales.Intent {
	return []sales.Intent{sales.Interested, sales.Question, sales.NotNow, sales.NotInterested, sales.WrongPerson, sales.Unclear}
}

func dispositions() []sales.Disposition {
	return []sales.Disposition{sales.CallTalked, sales.CallVoicemail, sales.CallNoAnswer, sales.CallBusy, sales.CallGatekeeper, sales.CallWrongNumber,
		sales.CallDeadNumber, sales.CallLater, sales.CallMeeting, sales.CallNoInterest, sales.CallDoNotContact}
}
