package desk_test

import (
	"context"
	"maps"
	"math"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// stored is what is kept of the seller: seconds by kind of page.
func (r *room) stored() map[string]int {
	r.t.Helper()
	out := map[string]int{}
	for _, x := range must[[]sales.PageTime](r.t)(r.OwnPageTime(r.t.Context(), r.v, 0)) {
		out[x.Page] += x.Seconds
	}
	return out
}

// TestBeat: what a browser says counts as far as it can be true.
func TestBeat(t *testing.T) {
	r := newRoom(t, 0)
	wall := time.Date(2031, 5, 1, 8, 0, 0, 0, time.UTC) // another than that of the business
	r.d.Wall = func() time.Time { return wall }
	for _, x := range []struct {
		says  string
		after time.Duration // since the last beat
		used  map[string]int
		adds  map[string]int
	}{
		{"the first", 0, map[string]int{"next": 20, "import": 10}, map[string]int{"next": 20, "import": 10}},
		{"another tab, the same time", time.Second, map[string]int{"next": 30}, nil},
		{"the first again", 29 * time.Second, map[string]int{"next": 30}, map[string]int{"next": 30}},
		{"two kinds in less time than they say", 15 * time.Second, map[string]int{"next": 20, "import": 10}, map[string]int{"next": 10, "import": 5}},
		{"after a pause", time.Hour, map[string]int{"call": 12}, map[string]int{"call": 12}},
		{"huge", time.Hour, map[string]int{"next": math.MaxInt}, map[string]int{"next": 30}},
		{"huge in every kind", time.Hour, map[string]int{"next": math.MaxInt, "import": math.MaxInt, "call": 1 << 40}, map[string]int{"next": 10, "import": 10, "call": 10}},
		{"below nothing", time.Hour, map[string]int{"next": -50, "import": math.MinInt}, nil},
		{"no such page", time.Hour, map[string]int{"": 30, "' OR 1=1": 30, "Next": 30}, nil},
		{"nothing", time.Hour, nil, nil},
		{"the clock was put back", -240 * time.Hour, map[string]int{"next": 30}, map[string]int{"next": 30}},
		{"and goes on", 30 * time.Second, map[string]int{"next": 30}, map[string]int{"next": 30}},
	} {
		want := r.stored()
		wall = wall.Add(x.after)
		if err := r.d.Beat(t.Context(), r.v, x.used); err != nil {
			t.Errorf("%s: %v", x.says, err)
		}
		for page, n := range x.adds {
			want[page] += n
		}
		if got := r.stored(); !maps.Equal(got, want) {
			t.Errorf("%s: %v, want %v", x.says, got, want)
		}
	}
	// The day is the business's, in the zone of the user.
	for _, x := range must[[]sales.PageTime](t)(r.OwnPageTime(t.Context(), r.v, 0)) {
		if x.Day != store.Day(r.clock.t, nil) || x.UserID != r.v.UserID {
			t.Errorf("%+v", x)
		}
	}
}

// TestBeatsAtOnce: many tabs that say the same at the same moment count once.
func TestBeatsAtOnce(t *testing.T) {
	r := newRoom(t, 0)
	wall := time.Date(2031, 5, 1, 8, 0, 0, 0, time.UTC)
	r.d.Wall = func() time.Time { return wall }
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := r.d.Beat(context.Background(), r.v, map[string]int{"next": 30}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := r.stored(); got["next"] != 30 {
		t.Errorf("%v", got)
	}
}

// TestBeatOfStrangers: a user of another workspace, or of none, leaves nothing here.
func TestBeatOfStrangers(t *testing.T) {
	r := newRoom(t, 0)
	beat := map[string]int{"next": 30}
	wantErr(t, r.d.Beat(t.Context(), sales.Viewer{WorkspaceID: r.Workspace.ID + 1, UserID: r.v.UserID, Role: sales.RoleOwner}, beat), sales.NotFound, "")
	wantErr(t, r.d.Beat(t.Context(), sales.Viewer{}, beat), sales.Unauthorized, "")
	if got := r.stored(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// TestTimeIsSwitchedOff: for oneself and, by administrators, for all; what was
// stored goes with it.
func TestTimeIsSwitchedOff(t *testing.T) {
	r := newRoom(t, 0)
	ctx, beat := t.Context(), map[string]int{"next": 30}
	wall := time.Date(2031, 5, 1, 8, 0, 0, 0, time.UTC)
	r.d.Wall = func() time.Time { wall = wall.Add(time.Minute); return wall }
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ok(r.d.Beat(ctx, r.v, beat))
	ok(r.d.Beat(ctx, r.boss, beat))
	ok(r.d.CountMyTime(ctx, r.v, false))
	wantErr(t, r.d.Beat(ctx, r.v, beat), sales.Conflict, "not counted")
	if got := r.stored(); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if n := len(must[[]sales.PageTime](t)(r.OwnPageTime(ctx, r.boss, 0))); n != 1 {
		t.Errorf("of the other %d are left", n)
	}
	ok(r.d.CountMyTime(ctx, r.v, true))
	ok(r.d.Beat(ctx, r.v, beat))
	ok(r.d.ForgetMyTime(ctx, r.v))
	ok(r.d.Beat(ctx, r.v, beat))
	wantErr(t, r.d.CountTime(ctx, r.v, false), sales.Forbidden, "")
	ok(r.d.CountTime(ctx, r.boss, false))
	for _, v := range []sales.Viewer{r.v, r.boss} {
		wantErr(t, r.d.Beat(ctx, v, beat), sales.Conflict, "not counted")
		if got := must[[]sales.PageTime](t)(r.OwnPageTime(ctx, v, 0)); len(got) != 0 {
			t.Errorf("%+v", got)
		}
	}
	ok(r.d.CountTime(ctx, r.boss, true))
	ok(r.d.Beat(ctx, r.boss, beat))
}

// TestTimeSeen: leaders see two sums of a colleague, of days that are over, and
// kinds of pages of a team of three alone; a seller sees what is seen of them.
func TestTimeSeen(t *testing.T) {
	r := newRoom(t, 0)
	today := store.Day(r.clock.t, nil)
	add := func(user sales.ID, day int64, page string, minutes int) {
		r.tx(func(ctx context.Context, tx *store.Tx) error {
			return tx.AddPageTime(ctx, r.Workspace.ID, sales.PageTime{UserID: user, Day: day, Page: page, Seconds: 60 * minutes})
		})
	}
	add(r.v.UserID, today-1, "next", 40)
	add(r.v.UserID, today-1, "import", 20)
	add(r.v.UserID, today, "import", 500) // is not over
	add(r.boss.UserID, today-1, "settings", 5)
	see := func(v sales.Viewer) desk.TimeSeen {
		t.Helper()
		return must[desk.TimeSeen](t)(r.d.TimeSeen(t.Context(), v))
	}
	r.clock.t = time.Date(2026, 3, 3, 11, 0, 0, 0, time.UTC) // yesterday is not over in every zone
	if got := see(r.boss); len(got.People) != 0 || got.Team.Kinds != nil {
		t.Errorf("before noon: %+v", got)
	}
	r.clock.t = time.Date(2026, 3, 3, 13, 0, 0, 0, time.UTC)
	got := see(r.boss)
	if len(got.People) != 2 || got.People[0] != (desk.TimeOf{UserID: r.v.UserID, Selling: 40, Admin: 20}) || !got.Few || got.Team.Kinds != nil || got.Team.Admin != 25 || !got.Last.Equal(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)) || got.Last.Sub(got.From) != 6*24*time.Hour {
		t.Errorf("two people: %+v", got)
	}
	add(r.NewID(), today-2, "sequences", 90)
	if got = see(r.boss); got.Few || len(got.People) != 3 || got.Team.Most(3)[0].Kind != "sequences" || got.Team.Admin != 115 {
		t.Errorf("three people: %+v", got)
	}
	if got = see(r.v); len(got.People) != 1 || got.People[0].Admin != 20 || got.Team.Kinds != nil || got.Team.Admin != 0 {
		t.Errorf("the seller: %+v", got)
	}
	r.clock.t = r.clock.t.AddDate(0, 0, 7)
	if got = see(r.boss); len(got.People) != 1 || got.Team.Admin != 500 {
		t.Errorf("a week later: %+v", got)
	}
}
