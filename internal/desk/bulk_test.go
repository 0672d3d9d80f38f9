package desk_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// crowd puts six people into a sequence of a mail, a mail to approve and a call:
// 0 has a mail queued, 1 a draft, 2 a call to make, 3 waits for the day of the
// second step, 4 is paused, 5 has ended.
func crowd(t *testing.T) (*room, []sales.Enrollment) {
	r := newRoom(t, 6)
	q := r.Sequence
	q.Steps = []sales.Step{
		{Kind: sales.StepAutoMail, Subject: "One", Body: "First."},
		{Kind: sales.StepApproveMail, Subject: "Two", Body: "Second.", Delay: sales.Delay{N: 1, Unit: sales.Days}},
		{Kind: sales.StepCall, Delay: sales.Delay{N: 1, Unit: sales.Days}},
		{Kind: sales.StepAutoMail, Subject: "Three", Body: "Third.", Delay: sales.Delay{N: 1, Unit: sales.Days}},
	}
	r.Sequence = must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, q))
	r.Sequence = must[sales.Sequence](t)(r.World.Store.Sequence(t.Context(), r.Workspace.ID, q.ID))
	var list []sales.Enrollment
	for i := range 6 {
		list = append(list, r.Enroll(t, i))
	}
	step := func(e sales.Enrollment, ev sales.Event) {
		ev.At = r.clock.t
		r.tx(func(ctx context.Context, tx *store.Tx) error { return decideOn(ctx, tx, r, e, ev) })
	}
	for _, i := range []int{1, 2, 3} {
		r.due(list[i])
		r.sendAll()
	}
	r.due(list[1])
	r.due(list[2])
	if _, err := r.d.Reject(t.Context(), r.v, r.only(2, sales.TaskApprove).ID); err != nil {
		t.Fatal(err)
	}
	r.due(list[2])
	r.due(list[0])
	step(list[4], sales.Event{Kind: sales.EvPause, Actor: sales.BySeller})
	step(list[5], sales.Event{Kind: sales.EvStop, Actor: sales.BySeller})
	return r, list
}

// stand says how the six stand: state, position, what is queued and what is to do.
func (r *room) stand(list []sales.Enrollment) (out []string) {
	r.t.Helper()
	for i, e := range list {
		e = r.enrollment(e)
		s := fmt.Sprintf("%s %d", e.State, e.Position)
		for _, m := range must[[]sales.Mailing](r.t)(r.MailingsOf(r.t.Context(), r.Workspace.ID, r.People[i].ID)) {
			if m.State != sales.MailingCanceled {
				s += " mail:" + string(m.State)
			}
		}
		for _, x := range r.tasks(i) {
			s += " task:" + string(x.Kind)
		}
		out = append(out, s)
	}
	return out
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s, person %d: %s, want %s", what, i, got[i], want[i])
		}
	}
}

func (r *room) bulk(c desk.BulkCommand) desk.BulkResult {
	r.t.Helper()
	if c.IDs == nil {
		c.Filter.Position = -1
	}
	return must[desk.BulkResult](r.t)(r.d.Bulk(r.t.Context(), r.v, r.Sequence.ID, c))
}

// TestBulk: each command does to everybody what it does to one, and taken back
// everybody stands as before: what was queued and to do is there again, once.
func TestBulk(t *testing.T) {
	before := []string{"active 0 mail:queued", "waiting_human 1 mail:draft mail:sent task:approve", "waiting_human 2 mail:sent task:call", "active 1 mail:sent", "paused 0", "finished 0"}
	for _, x := range []struct {
		name    string
		command func(r *room) desk.BulkCommand
		done    int
		want    []string
	}{
		{"pause", func(*room) desk.BulkCommand { return desk.BulkCommand{Kind: desk.BulkPause} }, 4,
			[]string{"paused 0", "paused 1 mail:sent", "paused 2 mail:sent", "paused 1 mail:sent", "paused 0", "finished 0"}},
		{"pause until", func(r *room) desk.BulkCommand {
			return desk.BulkCommand{Kind: desk.BulkPause, Until: r.clock.t.AddDate(0, 0, 30)}
		}, 5, []string{"paused 0", "paused 1 mail:sent", "paused 2 mail:sent", "paused 1 mail:sent", "paused 0", "finished 0"}},
		{"stop", func(*room) desk.BulkCommand { return desk.BulkCommand{Kind: desk.BulkStop} }, 5,
			[]string{"finished 0", "finished 1 mail:sent", "finished 2 mail:sent", "finished 1 mail:sent", "finished 0", "finished 0"}},
		{"remove", func(*room) desk.BulkCommand { return desk.BulkCommand{Kind: desk.BulkRemove} }, 5,
			[]string{"removed 0", "removed 1 mail:sent", "removed 2 mail:sent", "removed 1 mail:sent", "removed 0", "finished 0"}},
		{"move", func(r *room) desk.BulkCommand {
			return desk.BulkCommand{Kind: desk.BulkMove, StepID: r.Sequence.Steps[3].ID}
		}, 5, []string{"active 3", "active 3 mail:sent", "active 3 mail:sent", "active 3 mail:sent", "paused 3", "finished 0"}},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			r, list := crowd(t)
			same(t, "before", r.stand(list), before)
			did := r.bulk(x.command(r))
			if did.Done != x.done || did.Skipped != 6-x.done || did.Undo.Token == "" {
				t.Errorf("%+v", did)
			}
			same(t, "after", r.stand(list), x.want)
			for range 2 { // twice is once
				if err := r.d.Undo(t.Context(), r.v, did.Undo.Token); err != nil {
					t.Fatal(err)
				}
				r.timer()
			}
			same(t, "taken back", r.stand(list), before)
			r.clock.t = r.clock.t.AddDate(0, 0, 2)
			r.timer()
			r.sendAll()
			for i := range list {
				keys := map[string]int{}
				for _, m := range must[[]sales.Mailing](t)(r.MailingsOf(t.Context(), r.Workspace.ID, r.People[i].ID)) {
					if keys[m.Key]++; keys[m.Key] > 1 {
						t.Errorf("person %d: %s is there twice", i, m.Key)
					}
				}
			}
		})
	}
}

// TestBulkResume: only those who are paused go on, and taken back they are paused
// again, and what had come meanwhile is gone.
func TestBulkResume(t *testing.T) {
	r, list := crowd(t)
	did := r.bulk(desk.BulkCommand{Kind: desk.BulkResume, IDs: []sales.ID{list[2].ID, list[4].ID, list[5].ID}})
	if did.Done != 1 || did.Skipped != 2 || !strings.Contains(did.Undo.Say, "Nothing to do for 2") {
		t.Errorf("%+v", did)
	}
	if got := r.stand(list)[4]; got != "active 0" {
		t.Error(got)
	}
	if err := r.d.Undo(t.Context(), r.v, did.Undo.Token); err != nil {
		t.Fatal(err)
	}
	r.timer()
	if got := r.stand(list)[4]; got != "paused 0" {
		t.Error(got)
	}
	if e := r.enrollment(list[4]); e.Reason != sales.PausedManual || !e.NextAt.IsZero() {
		t.Errorf("%+v", e)
	}
}

// TestBulkRefused: rights, limits, a foreign step, and nothing chosen.
func TestBulkRefused(t *testing.T) {
	r, list := crowd(t)
	stranger, other := r.v, r.v
	stranger.Role, other.UserID = "", 9
	try := func(v sales.Viewer, c desk.BulkCommand) (desk.BulkResult, error) {
		return r.d.Bulk(t.Context(), v, r.Sequence.ID, c)
	}
	_, err := try(stranger, desk.BulkCommand{Kind: desk.BulkStop})
	wantCode(t, "nobody", err, sales.Unauthorized)
	_, err = try(r.v, desk.BulkCommand{Kind: "explode"})
	wantCode(t, "another command", err, sales.Invalid)
	_, err = try(r.v, desk.BulkCommand{Kind: desk.BulkMove, StepID: 42})
	wantCode(t, "a foreign step", err, sales.Invalid)
	_, err = try(r.v, desk.BulkCommand{Kind: desk.BulkStop, IDs: make([]sales.ID, 5001)})
	wantCode(t, "too many", err, sales.Limited)
	// Another seller sees nobody of this one.
	did, err := try(other, desk.BulkCommand{Kind: desk.BulkStop, IDs: []sales.ID{list[0].ID}})
	if err != nil || did.Done != 0 || did.Undo.Token != "" {
		t.Errorf("%+v %v", did, err)
	}
	did, err = try(r.v, desk.BulkCommand{Kind: desk.BulkStop, IDs: []sales.ID{42}})
	if err != nil || did.Done != 0 || did.Undo.Token != "" {
		t.Errorf("%+v %v", did, err)
	}
	did, err = try(r.v, desk.BulkCommand{Kind: desk.BulkStop, Filter: store.InsideFilter{Position: -1, States: []sales.EnrollmentState{sales.Paused}}})
	if err != nil || did.Done != 1 || r.enrollment(list[4]).State != sales.Finished || r.enrollment(list[0]).State != sales.Active {
		t.Errorf("by a filter: %+v %v", did, err)
	}
}

// TestBulkUndoBounds: only whoever did it, for an hour, and not those who have
// changed since.
func TestBulkUndoBounds(t *testing.T) {
	r, list := crowd(t)
	did := r.bulk(desk.BulkCommand{Kind: desk.BulkPause})
	wantCode(t, "another", r.d.Undo(t.Context(), r.boss, did.Undo.Token), sales.Forbidden)
	wantCode(t, "no such action", r.d.Undo(t.Context(), r.v, "bulk/42"), sales.NotFound)
	if err := r.d.ResumeEnrollment(t.Context(), r.boss, list[0].ID); err != nil {
		t.Fatal(err)
	}
	was := r.enrollment(list[0])
	err := r.d.Undo(t.Context(), r.v, did.Undo.Token)
	if sales.CodeOf(err) != sales.Conflict || !strings.Contains(err.Error(), "1 ") {
		t.Error(err)
	}
	if e := r.enrollment(list[0]); e.Version != was.Version {
		t.Errorf("who changed since was changed: %+v", e)
	}
	if e := r.enrollment(list[3]); e.State != sales.Active {
		t.Errorf("%+v", e)
	}
	did = r.bulk(desk.BulkCommand{Kind: desk.BulkStop})
	r.clock.t = r.clock.t.Add(61 * time.Minute)
	wantCode(t, "too late", r.d.Undo(t.Context(), r.v, did.Undo.Token), sales.Conflict)
	if e := r.enrollment(list[3]); e.State != sales.Finished {
		t.Errorf("%+v", e)
	}
}

// TestBulkUndoElsewhere: who was put into a sequence meanwhile, the same or one
// that shares with none, does not come back into this one, and nobody comes back
// into an archived one.
func TestBulkUndoElsewhere(t *testing.T) {
	r, list := crowd(t)
	r.rules(func(s *sales.Rules) { s.Reenroll, s.CoolOffDays = sales.ReenrollFinished, 0 })
	other := r.another("Second", func(*sales.Rules) {})
	did := r.bulk(desk.BulkCommand{Kind: desk.BulkStop})
	if all, alive := r.put(other.ID, 0); all != 1 || alive != 1 {
		t.Fatal(all, alive)
	}
	if all, alive := r.put(r.Sequence.ID, 3); all != 2 || alive != 1 {
		t.Fatal(all, alive)
	}
	err := r.d.Undo(t.Context(), r.v, did.Undo.Token)
	if sales.CodeOf(err) != sales.Conflict || !strings.Contains(err.Error(), "2 ") {
		t.Error(err)
	}
	for i, alive := range []bool{false, true, true, false, true, false} {
		if e := r.enrollment(list[i]); e.State.Alive() != alive {
			t.Errorf("person %d: %s", i, e.State)
		}
	}
	did = r.bulk(desk.BulkCommand{Kind: desk.BulkStop})
	if err := r.d.ArchiveSequence(t.Context(), r.v, r.Sequence.ID); err != nil {
		t.Fatal(err)
	}
	wantCode(t, "archived", r.d.Undo(t.Context(), r.v, did.Undo.Token), sales.Conflict)
	if e := r.enrollment(list[1]); e.State.Alive() {
		t.Error(e.State)
	}
}

// TestBulkUndoAtOnce: taken back from two pages at once is taken back once.
func TestBulkUndoAtOnce(t *testing.T) {
	r, list := crowd(t)
	did := r.bulk(desk.BulkCommand{Kind: desk.BulkPause})
	var all sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		all.Go(func() { errs[i] = r.d.Undo(t.Context(), r.v, did.Undo.Token) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	if e := r.enrollment(list[0]); e.State != sales.Active || e.Version != did1(list[0]) {
		t.Errorf("%+v", e)
	}
}

// did1 is the version after a begun step, a pause and its undo.
func did1(e sales.Enrollment) int64 { return e.Version + 3 }

// TestApprovedThenPaused: what was approved and held before it went is put before
// a person again, or goes, but is not passed by.
func TestApprovedThenPaused(t *testing.T) {
	r, list := crowd(t)
	if _, err := r.d.Approve(t.Context(), r.v, r.only(1, sales.TaskApprove).ID, "Two", "My own words."); err != nil {
		t.Fatal(err)
	}
	did := r.bulk(desk.BulkCommand{Kind: desk.BulkPause})
	if err := r.d.Undo(t.Context(), r.v, did.Undo.Token); err != nil {
		t.Fatal(err)
	}
	r.timer()
	e := r.enrollment(list[1])
	if e.Position != 1 || !e.Awaiting {
		t.Fatalf("the step was passed by: %+v", e)
	}
	if m := r.mailing(e, 1); m.Body != "My own words." || m.State != sales.MailingQueued && m.State != sales.MailingDraft {
		t.Errorf("%s %q", m.State, m.Body)
	}
	if e.State == sales.WaitingHuman {
		if _, err := r.d.Approve(t.Context(), r.v, r.only(1, sales.TaskApprove).ID, "", ""); err != nil {
			t.Fatal(err)
		}
	}
	r.sendAll()
	if m := r.mailing(e, 1); m.State != sales.MailingSent || m.Body != "My own words." {
		t.Errorf("%s %q", m.State, m.Body)
	}
}
