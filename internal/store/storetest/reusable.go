package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Reusable is one of each thing of a workspace that sequences share.
type Reusable struct {
	Ruleset  sales.Ruleset
	Schedule sales.Schedule
	Company  sales.DayOff // entered by hand
	Imported sales.DayOff // came with a calendar
	Snippet  sales.Snippet
	File     sales.File
	Variant  sales.Variant    // of the second step of the running sequence
	Bulk     store.BulkAction // of the seller, on the first person's enrollment
}

// reusable makes them for a world; the archived sequence of it uses the ruleset
// and the schedule.
func (x *Filled) reusable(ctx context.Context, tx *store.Tx) error {
	ws := x.Workspace.ID
	x.Ruleset = sales.Ruleset{WorkspaceID: ws, ID: tx.NewID(), Name: "Careful", Rules: sales.DefaultRules(), Version: 1, CreatedAt: Now, UpdatedAt: Now}
	x.Ruleset.Rules.Entries = []sales.Entry{{Track: sales.TrackPositive, Intent: sales.Interested}, {Track: sales.TrackNegative, If: sales.Condition{Field: "person.title", Op: sales.OpContains, Value: "intern"}}}
	x.Ruleset.Rules.Stages = []sales.StageRule{{On: sales.StageOnReply, Stage: "talking"}}
	x.Schedule = sales.Schedule{WorkspaceID: ws, ID: tx.NewID(), Name: "Mornings", Holidays: true, Version: 1, CreatedAt: Now, UpdatedAt: Now}
	x.Schedule.Windows[1] = []sales.Window{{From: 8 * 60, To: 12 * 60}, {From: 13 * 60, To: 24 * 60}}
	x.Company = sales.DayOff{WorkspaceID: ws, ID: tx.NewID(), From: "2026-12-24", To: "2026-12-31", Name: "Winter break", CreatedAt: Now}
	x.Imported = sales.DayOff{WorkspaceID: ws, ID: tx.NewID(), From: "2026-06-04", To: "2026-06-04", Name: "Fronleichnam", Country: "DE", Subdivision: "DE-BY", Source: "Bayern", CreatedAt: Now}
	x.Snippet = sales.Snippet{WorkspaceID: ws, ID: tx.NewID(), Name: "proof", Body: "Four minutes, {{ first_name }}.", CreatedAt: Now, UpdatedAt: Now}
	x.File = sales.File{WorkspaceID: ws, ID: tx.NewID(), UserID: x.Seller.ID, Name: "Prices.pdf", MediaType: "application/pdf", Data: []byte("%PDF-1.7\x00\xff"), CreatedAt: Now}
	step := &x.Sequence.Steps[1]
	x.Variant = sales.Variant{WorkspaceID: ws, ID: tx.NewID(), SequenceID: x.Sequence.ID, StepID: step.ID, Name: "B", Weight: 1, State: sales.VariantOn, Body: "Another number: {{ snippet.proof }}", CreatedAt: Now}
	step.Variants, step.Attachments = []sales.Variant{x.Variant}, []sales.ID{x.File.ID}
	x.Old.RulesetID, x.Old.ScheduleID = x.Ruleset.ID, x.Schedule.ID
	if err := errors.Join(tx.InsertRuleset(ctx, x.Ruleset), tx.InsertSchedule(ctx, x.Schedule), tx.AddDaysOff(ctx, []sales.DayOff{x.Company, x.Imported}), tx.InsertSnippet(ctx, x.Snippet)); err != nil {
		return err
	}
	kept, err := tx.KeepFile(ctx, x.File)
	if err != nil {
		return err
	}
	x.File = kept
	if err := tx.SaveSequence(ctx, x.Sequence); err != nil {
		return err
	}
	x.Sequence.Version++
	mark := map[store.Stat]int{{StepID: x.Variant.ID, Name: store.StatSent}: 2}
	if err := errors.Join(tx.KeepVersion(ctx, x.Sequence, x.Seller.ID, Now, "one more text"), tx.AddVariantStats(ctx, ws, mark)); err != nil {
		return err
	}
	if _, err := tx.Count(ctx, ws, 20515, store.ScopeDomain, "brightwater.example", 9); err != nil {
		return err
	}
	if _, err := tx.AddOutside(ctx, ws, tx.NewID(), "elsewhere@brightmail.example", Now, 0); err != nil { // of a mailbox that is gone
		return err
	}
	x.Bulk = store.BulkAction{WorkspaceID: ws, ID: tx.NewID(), UserID: x.Seller.ID, Kind: "pause", At: Now, Items: []store.BulkItem{{Before: x.Enrollment, After: 2}}}
	trial := store.TrialRow{Trial: json.RawMessage(`{"texts":"a"}`), Base: map[string]int{x.Variant.ID.String() + "/sent": 2}, BegunAt: Now}
	return errors.Join(tx.KeepBulk(ctx, x.Bulk), tx.SaveTrial(ctx, ws, step.ID, trial), tx.CountBox(ctx, ws, x.Mailbox.ID, 20515, store.BoxSent, 3))
}

// readingsReusable are the methods that read them, see readings.
func readingsReusable(s *store.Store, add func(string, func(context.Context, sales.Viewer) (int, error)), addTx func(string, func(context.Context, *store.Tx, sales.ID) (int, error)), x *Filled) {
	add("Ruleset", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Ruleset(ctx, v.WorkspaceID, x.Ruleset.ID))
	})
	add("Rulesets", func(ctx context.Context, v sales.Viewer) (int, error) { return length(s.Rulesets(ctx, v.WorkspaceID)) })
	add("SequencesWithRules", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.SequencesWithRules(ctx, v.WorkspaceID, x.Ruleset.ID))
	})
	add("Schedule", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Schedule(ctx, v.WorkspaceID, x.Schedule.ID))
	})
	add("Schedules", func(ctx context.Context, v sales.Viewer) (int, error) { return length(s.Schedules(ctx, v.WorkspaceID)) })
	add("SequencesWithSchedule", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.SequencesWithSchedule(ctx, v.WorkspaceID, x.Schedule.ID))
	})
	add("DaysOff", func(ctx context.Context, v sales.Viewer) (int, error) { return length(s.DaysOff(ctx, v.WorkspaceID)) })
	addTx("DaysOff", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) { return length(tx.DaysOff(ctx, ws)) })
	add("Snippets", func(ctx context.Context, v sales.Viewer) (int, error) { return length(s.Snippets(ctx, v.WorkspaceID)) })
	addTx("Snippets", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) { return length(tx.Snippets(ctx, ws)) })
	add("StepTexts", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.StepTexts(ctx, v.WorkspaceID, "Snippet.proof"))
	})
	addTx("StepTexts", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.StepTexts(ctx, ws, "attachments"))
	})
	add("AllFiles", func(ctx context.Context, v sales.Viewer) (int, error) { return length(s.AllFiles(ctx, v.WorkspaceID)) })
	add("Files", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.Files(ctx, v.WorkspaceID, []sales.ID{x.File.ID, 0}))
	})
	add("FileBytes", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.FileBytes(ctx, v.WorkspaceID, x.File.ID))
	})
	addTx("FileSums", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		n, bytes, err := tx.FileSums(ctx, ws)
		return n + int(bytes), err
	})
	add("SequenceVersions", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.SequenceVersions(ctx, v.WorkspaceID, x.Sequence.ID))
	})
	add("SequenceAt", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.SequenceAt(ctx, v.WorkspaceID, x.Sequence.ID, x.Sequence.Version))
	})
	addTx("PlanBy", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.PlanBy(ctx, ws, x.Sequence.ID, x.Sequence.Version))
	})
	add("VariantStats", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.VariantStats(ctx, v.WorkspaceID, x.Sequence.ID))
	})
	add("Counted", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.Counted(ctx, v.WorkspaceID, 20515, store.ScopeDomain, []string{"brightwater.example"}))
	})
	add("BoxCounts", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.BoxCounts(ctx, v.WorkspaceID, x.Mailbox.ID, 20515))
	})
	add("FileList", func(ctx context.Context, v sales.Viewer) (int, error) { return length(s.FileList(ctx, v.WorkspaceID)) })
	add("Trial", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Trial(ctx, v.WorkspaceID, x.Variant.StepID))
	})
	addTx("Bulk", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.Bulk(ctx, ws, x.Bulk.ID))
	})
	add("MailboxLoads", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.MailboxLoads(ctx, v.WorkspaceID))
	})
	add("SentTimes", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.SentTimes(ctx, v.WorkspaceID, x.Mailbox.ID, wait(-1)))
	})
	addTx("BoxCounts", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return size(tx.BoxCounts(ctx, ws, x.Mailbox.ID, 0))
	})
}

// strangersReusable are the methods that write them, called for another workspace
// with the IDs of this one.
func strangersReusable(ctx context.Context, t testing.TB, ws sales.ID, x *Filled) map[string]func(tx *store.Tx) error {
	return map[string]func(tx *store.Tx) error{
		"SaveRuleset": func(tx *store.Tx) error {
			r := x.Ruleset
			r.WorkspaceID, r.Name = ws, "mine"
			wantCode(t, tx.SaveRuleset(ctx, r), sales.Conflict)
			return nil
		},
		"DeleteRuleset": func(tx *store.Tx) error { yes, err := tx.DeleteRuleset(ctx, ws, x.Ruleset.ID); no(t, yes); return err },
		"SaveSchedule": func(tx *store.Tx) error {
			c := x.Schedule
			c.WorkspaceID, c.Name = ws, "mine"
			wantCode(t, tx.SaveSchedule(ctx, c), sales.Conflict)
			return nil
		},
		"DeleteSchedule": func(tx *store.Tx) error {
			yes, err := tx.DeleteSchedule(ctx, ws, x.Schedule.ID)
			no(t, yes)
			return err
		},
		"DeleteDayOff":  func(tx *store.Tx) error { return tx.DeleteDayOff(ctx, ws, x.Company.ID) },
		"DeleteDaysOff": func(tx *store.Tx) error { return tx.DeleteDaysOff(ctx, ws, x.Imported.Source) },
		"SaveSnippet": func(tx *store.Tx) error {
			n := x.Snippet
			n.WorkspaceID, n.Body = ws, "mine"
			wantCode(t, tx.SaveSnippet(ctx, n), sales.Conflict)
			return nil
		},
		"DeleteSnippet": func(tx *store.Tx) error { return tx.DeleteSnippet(ctx, ws, x.Snippet.ID) },
		"DeleteFile":    func(tx *store.Tx) error { return tx.DeleteFile(ctx, ws, x.File.ID) },
		"Uncount": func(tx *store.Tx) error {
			return tx.Uncount(ctx, ws, 20515, store.ScopeDomain, "brightwater.example")
		},
		"UndoneBulk": func(tx *store.Tx) error { yes, err := tx.UndoneBulk(ctx, ws, x.Bulk.ID, Now); no(t, yes); return err },
		"SaveTrial": func(tx *store.Tx) error {
			return tx.SaveTrial(ctx, ws, x.Variant.StepID, store.TrialRow{Trial: json.RawMessage(`{}`), BegunAt: wait(9)})
		},
		"ForgetBox": func(tx *store.Tx) error { return tx.ForgetBox(ctx, ws, x.Mailbox.ID) },
		"AskRecount": func(tx *store.Tx) error {
			return tx.AskRecount(ctx, ws, store.RecountOf{Sequence: x.Sequence.ID}, wait(99))
		},
		"MoveRecount": func(tx *store.Tx) error {
			yes, err := tx.MoveRecount(ctx, store.Recount{WorkspaceID: ws, SequenceID: x.Sequence.ID, AskedAt: Now}, 9)
			no(t, yes)
			return err
		},
		"EndRecount": func(tx *store.Tx) error {
			return tx.EndRecount(ctx, store.Recount{WorkspaceID: ws, SequenceID: x.Sequence.ID, AskedAt: Now}, wait(99))
		},
		"AskAgain":      func(tx *store.Tx) error { return tx.AskAgain(ctx, ws, x.Sequence.ID, wait(99)) },
		"AskEverywhere": func(tx *store.Tx) error { return tx.AskAgain(ctx, ws, 0, wait(99)) },
	}
}

func testRulesets(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	got := ok[sales.Ruleset](t)(s.Ruleset(ctx, ws, x.Ruleset.ID))
	if got.Name != "Careful" || len(got.Rules.Entries) != 2 || got.Rules.Entries[1].If.Value != "intern" || got.Rules.Stages[0].Stage != "talking" || !got.CreatedAt.Equal(Now) {
		t.Errorf("%+v", got)
	}
	if q := ok[sales.Sequence](t)(s.Sequence(ctx, ws, x.Old.ID)); q.RulesetID != x.Ruleset.ID || len(q.Rules.Entries) != 2 || q.Schedule == nil || q.Schedule.Name != "Mornings" || q.Schedule.DaysOff {
		t.Errorf("a sequence does not have the rules of its ruleset: %+v", q)
	}
	twin := x.Ruleset
	twin.ID, twin.Name = s.NewID(), "CAREFUL"
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertRuleset(ctx, twin) }), sales.Conflict)
	twin.Name = "Bold"
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertRuleset(ctx, twin) })
	twin.Name, twin.Version = "careful", 1
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveRuleset(ctx, twin) }), sales.Conflict)
	twin.Name, twin.Rules.MaxAutoMails = "Bolder", 9
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveRuleset(ctx, twin) })
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveRuleset(ctx, twin) }), sales.Conflict) // an old version
	list := ok[[]sales.Ruleset](t)(s.Rulesets(ctx, ws))
	if len(list) != 2 || list[0].Name != "Bolder" || list[0].Rules.MaxAutoMails != 9 || list[0].Version != 2 {
		t.Errorf("%+v", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		yes, err := tx.DeleteRuleset(ctx, ws, x.Ruleset.ID) // in use
		no(t, yes)
		if err != nil {
			return err
		}
		yes, err = tx.DeleteRuleset(ctx, ws, twin.ID)
		no(t, !yes)
		return err
	})
	_, err := s.Ruleset(ctx, ws, twin.ID)
	wantCode(t, err, sales.NotFound)
}

func testSchedules(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	got := ok[sales.Schedule](t)(s.Schedule(ctx, ws, x.Schedule.ID))
	if got.Windows[1][1] != (sales.Window{From: 13 * 60, To: 24 * 60}) || len(got.Windows[0]) != 0 || !got.Holidays || got.DaysOff {
		t.Errorf("%+v", got)
	}
	twin := x.Schedule
	twin.ID, twin.Name = s.NewID(), "mornings"
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertSchedule(ctx, twin) }), sales.Conflict)
	twin.Name, twin.Holidays, twin.DaysOff = "All day", false, true
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertSchedule(ctx, twin) })
	twin.Windows[6] = []sales.Window{{From: 0, To: 24 * 60}}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSchedule(ctx, twin) })
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSchedule(ctx, twin) }), sales.Conflict)
	list := ok[[]sales.Schedule](t)(s.Schedules(ctx, ws))
	if len(list) != 2 || list[0].Name != "All day" || len(list[0].Windows[6]) != 1 || !list[0].DaysOff || list[0].Holidays {
		t.Errorf("%+v", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		yes, err := tx.DeleteSchedule(ctx, ws, x.Schedule.ID) // in use
		no(t, yes)
		if err != nil {
			return err
		}
		yes, err = tx.DeleteSchedule(ctx, ws, twin.ID)
		no(t, !yes)
		return err
	})
	_, err := s.Schedule(ctx, ws, twin.ID)
	wantCode(t, err, sales.NotFound)
}

func testDaysOff(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	long := strings.Repeat("é", 250) // longer than the index reads
	days := []sales.DayOff{
		{WorkspaceID: ws, ID: s.NewID(), From: "2026-05-01", To: "2026-05-01", Source: long + "a"},
		{WorkspaceID: ws, ID: s.NewID(), From: "2026-05-02", To: "2026-05-02", Source: long + "b"},
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.AddDaysOff(ctx, days), tx.AddDaysOff(ctx, nil), tx.DeleteDaysOff(ctx, ws, long+"a"))
	})
	want := []sales.DayOff{days[1], x.Imported, x.Company}
	got := ok[[]sales.DayOff](t)(s.DaysOff(ctx, ws))
	if len(got) != 3 {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("was %+v\nis  %+v", want[i], got[i])
		}
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteDayOff(ctx, ws, x.Company.ID) })
	if got = ok[[]sales.DayOff](t)(s.DaysOff(ctx, ws)); len(got) != 2 {
		t.Errorf("%+v", got)
	}
}
