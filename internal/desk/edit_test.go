package desk_test

import (
	"strings"
	"testing"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// TestPreviewEdit: what is said before saving is what saving does.
func TestPreviewEdit(t *testing.T) {
	fresh := sales.Step{Kind: sales.StepAutoMail, Subject: "n", Body: "Mail N", Delay: sales.Delay{N: 1, Unit: sales.Days}}
	for _, x := range []struct {
		name   string
		edit   func(s []sales.Step) []sales.Step
		says   []string
		before []int // by step as the preview lists them
		after  []int
		back   int // taken back
		ended  int
	}{
		// plan: 2 people before A (one with its mail queued), 2 before B (one), 1 before C, 1 before D (queued).
		{"nothing", func(s []sales.Step) []sales.Step { return s }, []string{"without a change"}, []int{2, 2, 1, 1}, []int{2, 2, 1, 1}, 0, 0},
		{"insert", func(s []sales.Step) []sales.Step { return []sales.Step{s[0], fresh, s[1], s[2], s[3]} }, []string{"step 2 added"}, []int{2, 0, 2, 1, 1}, []int{2, 0, 2, 1, 1}, 0, 0},
		{"remove", func(s []sales.Step) []sales.Step { return []sales.Step{s[0], s[2], s[3]} }, []string{"step 2 removed"}, []int{2, 1, 1, 2}, []int{2, 3, 1, 0}, 1, 0},
		{"remove the last", func(s []sales.Step) []sales.Step { return s[:3] }, []string{"step 4 removed"}, []int{2, 2, 1, 1}, []int{2, 2, 1, 0}, 1, 1},
		{"move", func(s []sales.Step) []sales.Step { return []sales.Step{s[1], s[0], s[2], s[3]} }, []string{"moved to"}, []int{2, 2, 1, 1}, []int{2, 2, 1, 1}, 0, 0},
		{"text", func(s []sales.Step) []sales.Step { s[0].Body = "Other"; return s }, []string{"text of step 1"}, []int{2, 2, 1, 1}, []int{2, 2, 1, 1}, 0, 0},
	} {
		t.Run(x.name, func(t *testing.T) {
			r, list := plan(t)
			q := r.Sequence
			q.Steps = x.edit(append([]sales.Step{}, q.Steps...))
			queued := r.queued()
			e := must[desk.EditEffect](t)(r.d.PreviewEdit(t.Context(), r.v, q))
			for _, word := range x.says {
				if !strings.Contains(e.Says, word) {
					t.Errorf("%q does not say %q", e.Says, word)
				}
			}
			back := 0
			for i, s := range e.Steps {
				if back += s.TakenBack; s.Before != x.before[i] || s.After != x.after[i] || s.Text != (x.name == "text" && i == 0) || s.New != (x.name == "insert" && i == 1) {
					t.Errorf("line %d: %+v", i, s)
				}
			}
			if len(e.Steps) != len(x.before) || back != x.back || e.Ended != x.ended || e.Done != 0 {
				t.Errorf("%+v", e)
			}
			for i := range list { // nothing was changed
				if now := r.enrollment(list[i]); now.Position != []int{0, 0, 1, 1, 2, 3}[i] {
					t.Errorf("person %d stands at %d", i, now.Position)
				}
			}
			r.Sequence = must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, q))
			at := map[int]int{}
			for i := range list {
				at[r.enrollment(list[i]).Position]++
			}
			for i, s := range e.Steps {
				if !s.Removed && at[i] != s.After {
					t.Errorf("step %d: %d people, %d were foreseen", i, at[i], s.After)
				}
			}
			if gone := queued - r.queued(); gone != back {
				t.Errorf("%d were taken back, %d were foreseen", gone, back)
			}
		})
	}
}

// queued counts the mails in the outbox.
func (r *room) queued() int {
	r.t.Helper()
	return must[map[sales.MailingState]int](r.t)(r.MailingStates(r.t.Context(), r.Workspace.ID))[sales.MailingQueued]
}

// TestPreviewEditRights.
func TestPreviewEditRights(t *testing.T) {
	r := newRoom(t, 0)
	other := r.v
	other.UserID = 9
	_, err := r.d.PreviewEdit(t.Context(), other, r.Sequence)
	wantCode(t, "of somebody else", err, sales.Forbidden)
	_, err = r.d.PreviewEdit(t.Context(), r.v, sales.Sequence{})
	wantCode(t, "not saved", err, sales.NotFound)
	_, err = r.d.PreviewEdit(t.Context(), sales.Viewer{}, r.Sequence)
	wantCode(t, "nobody", err, sales.Unauthorized)
}

// TestVersions: each save is kept with who and what, and can be read as it was.
func TestVersions(t *testing.T) {
	r := newRoom(t, 0)
	q := must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, sales.Sequence{Name: "Kept", Steps: []sales.Step{{Kind: sales.StepAutoMail, Subject: "One", Body: "First words."}}}))
	id := q.ID
	read := func() sales.Sequence {
		t.Helper()
		return must[sales.Sequence](t)(r.World.Store.Sequence(t.Context(), r.Workspace.ID, id))
	}
	q = read()
	q.Steps[0].Body = "Other words."
	must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.boss, q))
	q = read()
	q.Name, q.Steps = "Renamed", append(q.Steps, sales.Step{Kind: sales.StepCall})
	must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, q))
	list := must[[]store.SequenceVersion](t)(r.SequenceVersions(t.Context(), r.Workspace.ID, id))
	if len(list) != 3 || list[0].Version != read().Version {
		t.Fatalf("%+v", list)
	}
	for i, want := range []struct {
		by   sales.ID
		says string
	}{{r.Seller.ID, "step 2 added (call)"}, {r.Owner.ID, "text of step 1 changed"}, {r.Seller.ID, "made"}} {
		if list[i].UserID != want.by || !strings.Contains(list[i].Says, want.says) || !list[i].At.Equal(r.clock.t) {
			t.Errorf("%+v, not %+v", list[i], want)
		}
	}
	if !strings.Contains(list[0].Says, "renamed from “Kept”") {
		t.Error(list[0].Says)
	}
	for i, body := range []string{"Other words.", "Other words.", "First words."} {
		was := must[sales.Sequence](t)(r.SequenceAt(t.Context(), r.Workspace.ID, id, list[i].Version))
		if was.Steps[0].Body != body || len(was.Steps) != []int{2, 1, 1}[i] || was.Steps[0].ID != q.Steps[0].ID {
			t.Errorf("version %d: %+v", list[i].Version, was)
		}
	}
}
