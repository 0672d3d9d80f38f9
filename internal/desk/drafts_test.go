package desk_test

import (
	"strings"
	"testing"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// A draft is kept as it is typed, once for each person and thread; a second window
// does not write over it; it goes when it is sent or emptied.
func TestDrafts(t *testing.T) {
	r := newRoom(t, 2)
	ctx, p := t.Context(), r.People[0].ID
	save := func(d sales.Draft, want sales.Code) int64 {
		t.Helper()
		d.PersonID = p
		rev, err := r.d.SaveDraft(ctx, r.v, d)
		if sales.CodeOf(err) != want {
			t.Errorf("saving %+v: %v", d, err)
		}
		return rev
	}
	is := func(v sales.Viewer, thread sales.ID, want string) {
		t.Helper()
		if d := must[sales.Draft](t)(r.Draft(ctx, v, p, thread)); d.Body != want {
			t.Errorf("kept %q, not %q", d.Body, want)
		}
	}
	one := save(sales.Draft{Subject: "Prices", Body: "Hello\r\nMar"}, "")
	two := save(sales.Draft{Subject: "Prices", Body: "Hello\nMarta", Rev: one}, "")
	save(sales.Draft{Body: "of another window", Rev: one}, sales.Conflict)
	save(sales.Draft{Body: "that was just opened"}, sales.Conflict)
	save(sales.Draft{Body: strings.Repeat("a", 200_001), Rev: two}, sales.Invalid)
	is(r.v, 0, "Hello\nMarta")
	is(r.boss, 0, "")
	save(sales.Draft{ThreadID: 7, Body: "in a thread"}, "")
	if _, err := r.d.Write(ctx, r.v, desk.Letter{PersonID: p, Subject: "Prices", Body: "Hello Marta"}); err != nil {
		t.Fatal(err)
	}
	is(r.v, 0, "")
	is(r.v, 7, "in a thread")
	save(sales.Draft{ThreadID: 7, Body: " "}, "")
	is(r.v, 7, "")
	stranger := sales.Viewer{WorkspaceID: r.Workspace.ID, UserID: 99, Role: sales.RoleSeller}
	if _, err := r.d.SaveDraft(ctx, stranger, sales.Draft{PersonID: p, Body: "x"}); sales.CodeOf(err) != sales.NotFound {
		t.Errorf("somebody else's person: %v", err)
	}
}
