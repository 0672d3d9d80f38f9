package desk_test

import (
	"fmt"
	"testing"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// TestBulkPreview: what is shown before a command for many is what it does: to
// whom, how they stand then and what is taken back. Shown it does nothing.
func TestBulkPreview(t *testing.T) {
	for _, x := range []struct {
		name    string
		command func(r *room) desk.BulkCommand
		want    []string
	}{
		{"pause", func(*room) desk.BulkCommand { return desk.BulkCommand{Kind: desk.BulkPause} },
			[]string{"yes mail", "yes draft", "yes task", "yes ", "because they are paused already", "because it has ended for them"}},
		{"pause until", func(r *room) desk.BulkCommand {
			return desk.BulkCommand{Kind: desk.BulkPause, Until: r.clock.t.AddDate(0, 0, 30)}
		}, []string{"yes mail", "yes draft", "yes task", "yes ", "yes ", "because it has ended for them"}},
		{"resume", func(*room) desk.BulkCommand { return desk.BulkCommand{Kind: desk.BulkResume} },
			[]string{"because they are not paused", "because they are not paused", "because they are not paused", "because they are not paused", "yes ", "because it has ended for them"}},
		{"stop", func(*room) desk.BulkCommand { return desk.BulkCommand{Kind: desk.BulkStop} },
			[]string{"yes mail", "yes draft", "yes task", "yes ", "yes ", "because it has ended for them"}},
		{"remove", func(*room) desk.BulkCommand { return desk.BulkCommand{Kind: desk.BulkRemove} },
			[]string{"yes mail", "yes draft", "yes task", "yes ", "yes ", "because it has ended for them"}},
		{"move", func(r *room) desk.BulkCommand {
			return desk.BulkCommand{Kind: desk.BulkMove, StepID: r.Sequence.Steps[2].ID}
		}, []string{"yes mail", "yes draft", "because they stand at this step already", "yes ", "yes ", "because it has ended for them"}},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			r, list := crowd(t)
			before := r.stand(list)
			c := x.command(r)
			c.Filter.Position = -1
			checks := must[[]desk.BulkCheck](t)(r.d.PreviewBulk(t.Context(), r.v, r.Sequence.ID, c))
			same(t, "after the look", r.stand(list), before)
			var got []string
			then := map[sales.ID]desk.BulkCheck{}
			for _, k := range checks {
				then[k.Is.ID] = k
				if k.OK {
					got = append(got, "yes "+string(k.TakesBack))
				} else {
					got = append(got, k.Why)
				}
			}
			if len(got) != len(x.want) {
				t.Fatalf("%d checks: %v", len(got), got)
			}
			same(t, "foreseen", got, x.want)
			was := map[sales.ID]sales.Enrollment{}
			for _, e := range list {
				was[e.ID] = r.enrollment(e)
			}
			did := r.bulk(c)
			yes := 0
			for i, e := range list {
				is, k := r.enrollment(e), then[e.ID]
				if k.OK != (is.Version != was[e.ID].Version) {
					t.Errorf("person %d: foreseen %v, version %d to %d", i, k.OK, was[e.ID].Version, is.Version)
				}
				if !k.OK {
					continue
				}
				yes++
				if fmt.Sprint(is.State, is.Position, is.NextAt, is.Until) != fmt.Sprint(k.Then.State, k.Then.Position, k.Then.NextAt, k.Then.Until) {
					t.Errorf("person %d stands %s %d %s, foreseen %s %d %s", i, is.State, is.Position, is.NextAt, k.Then.State, k.Then.Position, k.Then.NextAt)
				}
			}
			if did.Done != yes || did.Skipped != len(list)-yes {
				t.Errorf("%d were foreseen, %+v", yes, did)
			}
		})
	}
}

// TestBulkPreviewHeard: whoever has answered is a no with the reason, before and
// after; a stranger is shown nobody.
func TestBulkPreviewHeard(t *testing.T) {
	r, list := crowd(t)
	r.ask("a@home.example", "mo@home.example", sales.Candidate{PersonID: r.People[4].ID, Reason: "x"})
	c := desk.BulkCommand{Kind: desk.BulkResume, IDs: []sales.ID{list[4].ID}}
	checks := must[[]desk.BulkCheck](t)(r.d.PreviewBulk(t.Context(), r.v, r.Sequence.ID, c))
	if len(checks) != 1 || checks[0].OK || checks[0].Why != "because of an answer" {
		t.Errorf("%+v", checks)
	}
	if did := r.bulk(c); did.Done != 0 {
		t.Errorf("%+v", did)
	}
	other := r.v
	other.UserID = 9
	if seen := must[[]desk.BulkCheck](t)(r.d.PreviewBulk(t.Context(), other, r.Sequence.ID, c)); len(seen) != 0 {
		t.Errorf("%+v", seen)
	}
	_, err := r.d.PreviewBulk(t.Context(), r.v, r.Sequence.ID, desk.BulkCommand{Kind: desk.BulkMove, StepID: 42})
	wantCode(t, "a foreign step", err, sales.Invalid)
}
