package next_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// TestWhatLeadsToNext: each thing that is to bring somebody to Next does so, and
// says why.
func TestWhatLeadsToNext(t *testing.T) {
	hour := time.Hour
	task := func(edit func(*sales.Task)) func(*testing.T, *room) {
		return func(_ *testing.T, r *room) { r.open(0, r.Viewer(), edit) }
	}
	kind := func(k sales.TaskKind, title string) func(*testing.T, *room) {
		return task(func(x *sales.Task) { x.Kind, x.Intent, x.Title, x.StepID = k, "", title, 7 })
	}
	intent := func(i sales.Intent) func(*testing.T, *room) {
		return task(func(x *sales.Task) { x.Intent = i })
	}
	deal := func(edit func(*sales.Deal, *sales.Part)) func(*testing.T, *room) {
		return func(t *testing.T, r *room) {
			d := sales.Deal{WorkspaceID: r.Workspace.ID, ID: r.NewID(), AccountID: r.Account.ID, OwnerID: r.Seller.ID, Name: "Re-planning", Stage: "talking", Meaning: sales.DealOpen, Version: 1,
				NextStep: "send the terms", UpdatedAt: r.clock.t.Add(-30 * 24 * hour)}
			x := sales.Part{WorkspaceID: r.Workspace.ID, AccountID: r.Account.ID, DealID: d.ID, PersonID: r.People[0].ID, Role: sales.RoleDecides}
			edit(&d, &x)
			must(t, r, func(ctx context.Context, tx *store.Tx) error {
				if err := tx.InsertDeal(ctx, d, ""); err != nil {
					return err
				}
				return tx.SavePart(ctx, x)
			})
		}
	}
	promise := func(side sales.MoveSide, due time.Duration) func(*testing.T, *room) {
		return func(t *testing.T, r *room) {
			p := sales.Point{WorkspaceID: r.Workspace.ID, ID: r.NewID(), Key: "p", PersonID: r.People[0].ID, Kind: sales.PointPromise, Side: side, State: sales.PointOpen, Text: "the price list", DueAt: r.clock.t.Add(due), Source: sales.FromHand, At: r.clock.t.Add(-99 * hour)}
			must(t, r, func(ctx context.Context, tx *store.Tx) error { _, err := tx.InsertPoint(ctx, p); return err })
		}
	}
	moved := func(m sales.Move) func(*testing.T, *room) {
		return func(t *testing.T, r *room) {
			m.WorkspaceID, m.PersonID, m.At = r.Workspace.ID, r.People[0].ID, r.clock.t.Add(-5*24*hour)
			must(t, r, func(ctx context.Context, tx *store.Tx) error { return tx.AppendMoves(ctx, []sales.Move{m}) })
		}
	}
	for name, c := range map[string]struct {
		has  func(*testing.T, *room)
		says string // "" is: nobody is served
	}{
		"a handoff":                        {intent(sales.Interested), "is interested"},
		"a question":                       {intent(sales.Question), "asked you something"},
		"somebody named":                   {kind(sales.TaskReferral, "Rui"), "named somebody else"},
		"a job change told by a bounce":    {kind(sales.TaskReferral, "Has left the company, says their server"), "Has left the company"},
		"a call of a step":                 {kind(sales.TaskCall, ""), "A call to"},
		"a callback":                       {task(func(x *sales.Task) { x.Kind, x.Intent, x.Title, x.DueAt = sales.TaskCall, "", "Call back", x.CreatedAt }), "You promised Marta a call: “Call back”"},
		"a task of a step":                 {kind(sales.TaskDo, "Send the case"), "A task for Marta: “Send the case”"},
		"a social touch":                   {kind(sales.TaskSocial, "LinkedIn"), "“LinkedIn”"},
		"a mail to approve":                {kind(sales.TaskApprove, ""), "waits for your approval"},
		"something to mend":                {kind(sales.TaskFix, "No number"), "must be mended"},
		"a promise of ours":                {kind(sales.TaskPromise, "You promised: the price list"), "You promised Marta something: “the price list”"},
		"a meeting that is over":           {kind(sales.TaskMeeting, "Did the meeting take place?"), "A meeting with Marta"},
		"a promise of theirs, overdue":     {promise(sales.TheirMove, -50*hour), "promised you something that has not come: “the price list”"},
		"a promise of theirs, not yet":     {promise(sales.TheirMove, 50*hour), ""},
		"a promise of theirs, since today": {promise(sales.TheirMove, -2*hour), ""},
		"a person quiet on our side":       {moved(sales.Move{Actor: sales.ByBuyer, Kind: sales.MoveReply}), "It is our move with Marta"},
		"a person whose move it is":        {moved(sales.Move{Actor: sales.BySeller, Kind: sales.MoveMailManual, Asks: true}), ""},
		"a deal quiet on our side":         {deal(func(*sales.Deal, *sales.Part) {}), "The deal “Re-planning” waits for you"},
		"a deal whose next step is over": {deal(func(d *sales.Deal, _ *sales.Part) {
			d.NextOn, d.UpdatedAt = d.UpdatedAt.Add(26*24*hour), d.UpdatedAt.Add(29*24*hour)
		}), "its next step was due"},
		"a deal whose next step is to come": {deal(func(d *sales.Deal, _ *sales.Part) { d.NextOn = d.UpdatedAt.Add(99 * 24 * hour) }), ""},
		"a deal of a colleague":             {deal(func(d *sales.Deal, _ *sales.Part) { d.OwnerID = 7 }), ""},
		"a deal that is lost":               {deal(func(d *sales.Deal, _ *sales.Part) { d.Meaning = sales.DealLost }), ""},
		"a deal without people":             {deal(func(_ *sales.Deal, x *sales.Part) { x.DealID = 0 }), ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t, 1)
			c.has(t, r)
			view := r.serve(r.Viewer(), 0)
			switch {
			case c.says == "" && view.Now != nil:
				t.Errorf("served: %q", view.Now.Reasons)
			case c.says != "" && view.Now == nil:
				t.Errorf("nobody is served; held: %+v", view.Held)
			case c.says != "" && !strings.Contains(strings.Join(view.Now.Reasons, " "), c.says):
				t.Errorf("reasons %q", view.Now.Reasons)
			case c.says != "" && (len(view.Now.Reasons) < 2 || len(view.Now.Reasons) > 3):
				t.Errorf("%d reasons: %q", len(view.Now.Reasons), view.Now.Reasons)
			}
		})
	}
}

// TestSignalsInReasons: what else was promised, and where it stands on the pathway,
// is told beside what is to do.
func TestSignalsInReasons(t *testing.T) {
	r := newRoom(t, 1)
	r.open(0, r.Viewer(), func(x *sales.Task) {
		x.Kind, x.Intent, x.CreatedAt, x.DueAt = sales.TaskFix, "", time.Time{}, time.Time{}
	})
	p := sales.Point{WorkspaceID: r.Workspace.ID, ID: r.NewID(), Key: "p", PersonID: r.People[0].ID, Kind: sales.PointPromise, Side: sales.TheirMove, State: sales.PointOpen, Text: "the numbers", DueAt: r.clock.t.Add(-30 * time.Hour), Source: sales.FromHand}
	must(t, r, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.ShowStages(ctx, r.Workspace.ID, r.People[0].ID, sales.StageRapport.Mask()|sales.StageEmpathy.Mask(), r.clock.t); err != nil {
			return err
		}
		_, err := tx.InsertPoint(ctx, p)
		return err
	})
	view := r.serve(r.Viewer(), 0)
	says := strings.Join(view.Now.Reasons, " ")
	for _, want := range []string{"promised “the numbers”: late by 30 hours", "has shown 2 of the five stages: trust is next"} {
		if !strings.Contains(says, want) {
			t.Errorf("%q lacks %q", view.Now.Reasons, want)
		}
	}
	stage := 0.0
	for _, x := range view.Now.Points {
		if x.Name == "stage" {
			stage = x.Points
		}
	}
	if stage != 0.4 {
		t.Errorf("%v points for 2 of 5 stages", stage)
	}
}

func must(t *testing.T, r *room, fn func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := r.InTx(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}
