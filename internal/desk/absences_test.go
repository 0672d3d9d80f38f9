package desk_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// colleague adds a user.
func (r *room) colleague(name string, role sales.Role) sales.Viewer {
	r.t.Helper()
	u := sales.User{WorkspaceID: r.Workspace.ID, ID: r.NewID(), Email: strings.ToLower(name) + "@brightmail.example", Name: name, Role: role, Zone: "Europe/Lisbon", CreatedAt: storetest.Now}
	r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.InsertUser(ctx, u) })
	return sales.Viewer{WorkspaceID: u.WorkspaceID, UserID: u.ID, Role: role}
}

// form is an absence of the seller: the fixtures are of Tuesday 3 March 2026.
func (r *room) form(first, last string, mode sales.AbsenceMode, standIn sales.ID) desk.AbsenceForm {
	return desk.AbsenceForm{UserID: r.Seller.ID, First: "2026-03-" + first, Last: "2026-03-" + last, Mode: mode, StandInID: standIn, Note: " Cape Verde "}
}

func (r *room) save(v sales.Viewer, f desk.AbsenceForm) sales.Absence {
	r.t.Helper()
	return must[sales.Absence](r.t)(r.d.SaveAbsence(r.t.Context(), v, f))
}

// run lets the runner see to the absences.
func (r *room) run() {
	r.t.Helper()
	x := runner.Runner{Store: r.Store, Clock: r.clock, Notify: quiet{}, Log: slog.New(slog.DiscardHandler)}
	if _, err := x.Absences(r.t.Context(), r.Workspace.ID); err != nil {
		r.t.Fatal(err)
	}
}

// refuses wants an error of a code that says something.
func refuses(t *testing.T, what string, err error, code sales.Code, says string) {
	t.Helper()
	if sales.CodeOf(err) != code || !strings.Contains(sales.Explain(err), says) {
		t.Errorf("%s: %v, want %q and %q", what, err, code, says)
	}
}

// TestAbsenceRights: sellers plan their own absences, managers everybody's; all of
// the team see all of them, and nobody else does.
func TestAbsenceRights(t *testing.T) {
	r := newRoom(t, 0)
	ctx, other := t.Context(), storetest.NewWorld(t, r.Store, 0)
	bea, boss, stranger := r.colleague("Bea", sales.RoleSeller), r.colleague("Max", sales.RoleManager), other.Viewer()
	stranger.Role = sales.RoleOwner
	f := r.form("10", "12", sales.AbsencePause, 0)
	for who, v := range map[string]sales.Viewer{"a colleague": bea, "nobody": {}, "a stranger": stranger} {
		_, err := r.d.SaveAbsence(ctx, v, f)
		_, err2 := r.d.PreviewAbsence(ctx, v, f)
		if err == nil || err2 == nil {
			t.Errorf("%s plans it: %v %v", who, err, err2)
		}
	}
	a := r.save(r.v, f)
	for who, v := range map[string]sales.Viewer{"a colleague": bea, "nobody": {}, "a stranger": stranger} {
		f.ID = a.ID
		_, err := r.d.SaveAbsence(ctx, v, f)
		_, err2 := r.d.DeleteAbsence(ctx, v, a.ID)
		_, err3 := r.d.TakeOver(ctx, v, a.ID, 5)
		_, err4 := r.d.AwayHandoffs(ctx, v, a.ID)
		if err == nil || err2 == nil || err3 == nil || err4 == nil {
			t.Errorf("%s changes it: %v, %v, %v, %v", who, err, err2, err3, err4)
		}
	}
	if list := must[[]sales.Absence](t)(r.d.Absences(ctx, bea)); len(list) != 1 || list[0] != a || list[0].Note != "Cape Verde" {
		t.Errorf("a colleague sees %+v", list)
	}
	if list := must[[]sales.Absence](t)(r.d.Absences(ctx, stranger)); len(list) != 0 {
		t.Errorf("a stranger sees %+v", list)
	}
	_, err := r.d.Absences(ctx, sales.Viewer{})
	refuses(t, "nobody", err, sales.Unauthorized, "Log in")
	f.ID, f.Last = a.ID, "2026-03-13"
	r.save(boss, f)
	must[desk.Undo](t)(r.d.DeleteAbsence(ctx, boss, a.ID))
	if list := must[[]sales.Absence](t)(r.d.Absences(ctx, r.v)); len(list) != 0 {
		t.Errorf("%+v", list)
	}
}

// TestAbsenceDays: the days are those of the one who is away.
func TestAbsenceDays(t *testing.T) {
	r := newRoom(t, 0)
	ctx := t.Context()
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		u := r.Seller
		u.Zone = "America/Santiago" // midnight of 6 September 2026 does not exist there
		return tx.SaveUser(ctx, u)
	})
	loc, err := time.LoadLocation("America/Santiago")
	if err != nil {
		t.Fatal(err)
	}
	a := r.save(r.boss, desk.AbsenceForm{UserID: r.Seller.ID, First: "2026-09-06", Last: " 2026-09-07 ", Mode: sales.AbsencePause})
	if !a.From.Equal(time.Date(2026, 9, 6, 1, 0, 0, 0, loc)) || !a.To.Equal(time.Date(2026, 9, 8, 0, 0, 0, 0, loc)) {
		t.Errorf("from %v to %v", a.From.In(loc), a.To.In(loc))
	}
	r.clock.t = time.Date(2026, 3, 3, 2, 0, 0, 0, time.UTC) // still Monday there
	a = r.save(r.boss, desk.AbsenceForm{UserID: r.Seller.ID, First: "2026-03-02", Last: "2026-03-02", Mode: sales.AbsencePause})
	if !a.Running(r.clock.t) {
		t.Errorf("not away today: %+v", a)
	}
	for _, x := range []struct{ first, last, says string }{
		{"2026-03-01", "2026-03-09", "The first day away is past"}, {"2026-04-09", "2026-04-08", "must not be before the first"},
		{"2026-04-09", "2027-12-08", "at most 400 days"}, {"", "2026-04-09", "Choose the first and the last day"}, {"2026-04-09", "9.4.", "Choose the first and the last day"},
		{"2026-04-31", "2026-05-09", "Choose the first and the last day"}, {"2026-04-09", strings.Repeat("9", 1000), "Choose the first"},
	} {
		_, err := r.d.SaveAbsence(ctx, r.boss, desk.AbsenceForm{UserID: r.Seller.ID, First: x.first, Last: x.last, Mode: sales.AbsencePause})
		refuses(t, x.first+" to "+x.last, err, sales.Invalid, x.says)
	}
	for what, f := range map[string]desk.AbsenceForm{
		"no mode": {UserID: r.Owner.ID}, "no stand-in": {UserID: r.Owner.ID, Mode: sales.AbsenceHandOver}, "themselves": {UserID: r.Owner.ID, Mode: sales.AbsenceHandOver, StandInID: r.Owner.ID},
		"themselves, waiting": {UserID: r.Owner.ID, Mode: sales.AbsencePause, StandInID: r.Owner.ID}, "a long note": {UserID: r.Owner.ID, Mode: sales.AbsencePause, Note: strings.Repeat("x", 501)},
	} {
		f.First, f.Last = "2026-05-04", "2026-05-05"
		_, err := r.d.SaveAbsence(ctx, r.boss, f)
		refuses(t, what, err, sales.Invalid, "")
	}
	_, err = r.d.SaveAbsence(ctx, r.boss, desk.AbsenceForm{UserID: 4711, First: "2026-05-04", Last: "2026-05-05", Mode: sales.AbsencePause})
	refuses(t, "somebody who is not there", err, sales.NotFound, "")
}

// TestAbsenceOverlaps: nobody is away twice at once, and nobody stands in who is
// away.
func TestAbsenceOverlaps(t *testing.T) {
	r := newRoom(t, 0)
	ctx, bea, gone := t.Context(), r.colleague("Bea", sales.RoleSeller), r.colleague("Gone", sales.RoleSeller)
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		u, err := tx.User(ctx, gone.WorkspaceID, gone.UserID)
		u.Disabled = true
		if err != nil {
			return err
		}
		return tx.SaveUser(ctx, u)
	})
	try := func(v sales.Viewer, f desk.AbsenceForm) error {
		_, err := r.d.SaveAbsence(ctx, v, f)
		return err
	}
	a := r.save(r.v, r.form("10", "12", sales.AbsenceHandOver, bea.UserID))
	refuses(t, "twice", try(r.v, r.form("12", "14", sales.AbsencePause, 0)), sales.Invalid, "Ana Seller is away from Tue 10 Mar to Thu 12 Mar 2026 already")
	refuses(t, "around it", try(r.boss, r.form("05", "20", sales.AbsencePause, 0)), sales.Invalid, "already")
	refuses(t, "gone", try(r.v, r.form("20", "21", sales.AbsenceHandOver, gone.UserID)), sales.Invalid, "Gone cannot log in")
	mine := desk.AbsenceForm{UserID: bea.UserID, First: "2026-03-12", Last: "2026-03-13", Mode: sales.AbsencePause}
	refuses(t, "the stand-in", try(bea, mine), sales.Invalid, "Bea stands in for Ana Seller from Tue 10 Mar to Thu 12 Mar 2026. Let somebody else stand in there first.")
	mine.First, mine.Last = "2026-03-13", "2026-03-16"
	b := r.save(bea, mine) // the day after
	refuses(t, "into that", try(r.v, r.form("16", "17", sales.AbsenceHandOver, bea.UserID)), sales.Invalid, "Bea is away too, from Fri 13 Mar to Mon 16 Mar 2026")
	f := r.form("10", "13", sales.AbsenceHandOver, bea.UserID)
	f.ID = a.ID
	refuses(t, "longer", try(r.v, f), sales.Invalid, "Bea is away too")
	f.Mode = sales.AbsencePause
	f.StandInID = 0
	r.save(r.v, f) // waiting needs nobody, and it does not overlap with itself
	r.clock.t = b.To.Add(time.Hour)
	r.save(bea, desk.AbsenceForm{UserID: bea.UserID, First: "2026-03-17", Last: "2026-03-18", Mode: sales.AbsencePause})
	f.Last = "2026-03-20"
	refuses(t, "one that is over", try(r.v, f), sales.Invalid, "This absence is over")
	_, err := r.d.DeleteAbsence(ctx, r.v, a.ID)
	refuses(t, "one that is over", err, sales.Invalid, "over")
	_, err = r.d.DeleteAbsence(ctx, r.v, 4711)
	refuses(t, "none", err, sales.NotFound, "")
}

// TestAbsenceChanged: an absence that has begun keeps its first day; another way to
// treat the work ends it and begins another.
func TestAbsenceChanged(t *testing.T) {
	r := newRoom(t, 1)
	ctx, bea := t.Context(), r.colleague("Bea", sales.RoleSeller)
	f := r.form("03", "06", sales.AbsencePause, 0)
	a := r.save(r.v, f)
	r.run()
	f.ID, f.First, f.Note, f.StandInID = a.ID, "", "sick", bea.UserID
	if got := r.save(r.v, f); got.State != sales.AbsenceNow || got.StandInID != bea.UserID || !got.From.Equal(a.From) {
		t.Errorf("the note works everything out anew: %+v", got)
	}
	f.Last = "2026-03-10"
	longer := r.save(r.v, f)
	if longer.State != sales.AbsencePlanned || !longer.From.Equal(a.From) || longer.ID != a.ID {
		t.Errorf("%+v", longer)
	}
	f.Last = "2026-03-02"
	_, err := r.d.SaveAbsence(ctx, r.v, f)
	refuses(t, "past", err, sales.Invalid, "press “Back now”")
	f.Last, f.Mode = "2026-03-10", sales.AbsenceHandOver
	other := r.save(r.v, f)
	was := must[sales.Absence](t)(r.Absence(ctx, r.Workspace.ID, a.ID))
	if other.ID == a.ID || !other.From.Equal(r.clock.t) || !other.To.Equal(longer.To) || !was.To.Equal(r.clock.t) {
		t.Errorf("%+v\n%+v", was, other)
	}
	e := r.Enroll(t, 0)
	r.run()
	if got := r.enrollment(e); got.OwnerID != bea.UserID || got.State != sales.Active {
		t.Errorf("%+v", got)
	}
	// Another stand-in: what the first one had comes home and leaves again.
	max := r.colleague("Max", sales.RoleManager)
	f.ID, f.StandInID = other.ID, max.UserID
	r.save(r.v, f)
	r.run()
	if got := r.enrollment(e); got.OwnerID != max.UserID || r.person(0).OwnerID != max.UserID {
		t.Errorf("%+v", got)
	}
	list := must[[]sales.Absence](t)(r.d.Absences(ctx, bea))
	r.clock.t = r.clock.t.Add(time.Hour)
	u := must[desk.Undo](t)(r.d.DeleteAbsence(ctx, r.v, list[len(list)-1].ID))
	if r.run(); !strings.HasPrefix(u.Say, "Welcome back") || r.enrollment(e).OwnerID != r.Seller.ID || r.person(0).OwnerID != r.Seller.ID {
		t.Errorf("%q: %+v", u.Say, r.enrollment(e))
	}
}

// TestPreviewAbsence: what it would do is said, and nothing is written.
func TestPreviewAbsence(t *testing.T) {
	r := newRoom(t, 40)
	ctx, bea := t.Context(), r.colleague("Bea", sales.RoleSeller)
	var last sales.Enrollment
	for i := range 40 {
		last = r.Enroll(t, i)
	}
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		mb := r.Mailbox
		mb.Limits = sales.Limits{PerDay: 30}
		if err := tx.SaveMailbox(ctx, mb); err != nil {
			return err
		}
		_, err := tx.OpenTask(ctx, sales.Task{WorkspaceID: r.Workspace.ID, ID: tx.NewID(), Key: "k", Kind: sales.TaskCall, PersonID: r.People[0].ID, UserID: r.Seller.ID, CreatedAt: storetest.Now, DueAt: storetest.Now.AddDate(0, 0, 1)})
		return err
	})
	p := must[desk.AbsencePreview](t)(r.d.PreviewAbsence(ctx, r.v, r.form("03", "06", sales.AbsencePause, 0)))
	if p.Enrollments != 40 || p.Tasks != 1 || len(p.Days) != 2 || p.Days[0].Mails != 30 || p.Days[0].Hands != 1 || p.Days[1].Mails != 10 || p.Days[0].Day.In(p.Place).Format("Mon 2 Jan") != "Mon 9 Mar" {
		t.Errorf("%+v", p)
	}
	// Of one that is still to come it counts what would come then.
	if p := must[desk.AbsencePreview](t)(r.d.PreviewAbsence(ctx, r.v, r.form("10", "12", sales.AbsencePause, 0))); p.Enrollments != 0 || p.Tasks != 0 {
		t.Errorf("%+v", p)
	}
	if p := must[desk.AbsencePreview](t)(r.d.PreviewAbsence(ctx, r.v, r.form("03", "06", sales.AbsenceHandOver, bea.UserID))); p.Load != (store.Load{People: 40, Enrollments: 40, Tasks: 1}) || len(p.Days) != 0 {
		t.Errorf("%+v", p)
	}
	_, err := r.d.PreviewAbsence(ctx, r.v, r.form("06", "03", sales.AbsencePause, 0))
	refuses(t, "backwards", err, sales.Invalid, "before the first")
	if list := must[[]sales.Absence](t)(r.d.Absences(ctx, r.v)); len(list) != 0 || r.enrollment(last).State != sales.Active {
		t.Errorf("a preview wrote %+v", list)
	}
}

// TestTakeOver: an answer to somebody who is away is seen by who stands in and by
// managers, who take the person over; at the end they come back.
func TestTakeOver(t *testing.T) {
	r := newRoom(t, 2)
	ctx, bea, max := t.Context(), r.colleague("Bea", sales.RoleSeller), r.colleague("Max", sales.RoleManager)
	a := r.save(r.v, r.form("03", "06", sales.AbsencePause, bea.UserID))
	r.run()
	msg := r.answered(0, sales.Question)
	other := r.Enroll(t, 1)
	for who, v := range map[string]sales.Viewer{"the seller": r.v, "who stands in": bea, "a manager": max} {
		if list := must[[]sales.Task](t)(r.d.AwayHandoffs(ctx, v, a.ID)); len(list) != 1 || list[0].PersonID != r.People[0].ID {
			t.Errorf("%s sees %+v", who, list)
		}
	}
	now := r.clock.t
	r.clock.t = a.To
	_, err := r.d.AwayHandoffs(ctx, bea, a.ID)
	refuses(t, "after the absence", err, sales.Forbidden, "while they are away")
	r.clock.t = now
	letter := desk.Letter{PersonID: r.People[0].ID, ReplyTo: msg.ID, Body: "Forty euros."}
	_, err = r.d.Write(ctx, bea, letter)
	refuses(t, "not taken over yet", err, sales.NotFound, "")
	u := must[desk.Undo](t)(r.d.TakeOver(ctx, bea, a.ID, r.People[0].ID))
	if p, task := r.person(0), r.only(0, sales.TaskAnswer); p.OwnerID != bea.UserID || task.UserID != bea.UserID || !strings.Contains(u.Say, "Marta Oliveira") {
		t.Errorf("%+v %+v %q", p, task, u.Say)
	}
	moves := must[[]sales.Move](t)(r.MovesOf(ctx, r.Workspace.ID, r.People[0].ID, 1))
	if moves[0].Text != "Taken over by Bea until Sat 7 Mar: Ana Seller is away." || moves[0].Minutes != 0 {
		t.Errorf("%+v", moves[0])
	}
	_, err = r.d.TakeOver(ctx, max, a.ID, r.People[0].ID)
	refuses(t, "twice", err, sales.Conflict, "")
	_, err = r.d.GiveBack(ctx, max, a.ID, r.People[0].ID)
	refuses(t, "what another has", err, sales.Invalid, "is not with you any more")
	_, err = r.d.GiveBack(ctx, r.v, a.ID, r.People[0].ID)
	refuses(t, "what the viewer may not see", err, sales.NotFound, "")
	must[desk.Undo](t)(r.d.GiveBack(ctx, bea, a.ID, r.People[0].ID))
	if p, task := r.person(0), r.only(0, sales.TaskAnswer); p.OwnerID != r.Seller.ID || task.UserID != r.Seller.ID {
		t.Errorf("%+v %+v", p, task)
	}
	must[desk.Undo](t)(r.d.TakeOver(ctx, bea, a.ID, r.People[0].ID))
	_, err = r.d.TakeOver(ctx, max, a.ID, 4711)
	refuses(t, "nobody", err, sales.NotFound, "")
	_, err = r.d.TakeOver(ctx, r.v, a.ID, r.People[1].ID)
	refuses(t, "the seller themselves", err, sales.Forbidden, "")
	// She answers in the name of who is away: from the mailbox that was written to.
	must[desk.Undo](t)(r.d.Write(ctx, bea, letter))
	due := must[[]sales.Mailing](t)(r.DueMailings(ctx, r.Workspace.ID, r.Mailbox.ID, r.clock.t.Add(time.Hour), 9))
	if len(due) != 1 || due[0].UserID != bea.UserID || due[0].InReplyTo != msg.HeaderID {
		t.Errorf("%+v", due)
	}
	r.run()
	if got := r.enrollment(other); got.OwnerID != r.Seller.ID || got.Reason != sales.PausedOwnerAway {
		t.Errorf("somebody else was touched: %+v", got)
	}
	r.clock.t = a.To
	if r.run(); r.person(0).OwnerID != r.Seller.ID {
		t.Error("they do not come back")
	}
	_, err = r.d.TakeOver(ctx, max, a.ID, r.People[1].ID)
	refuses(t, "when it is over", err, sales.Invalid, "Nobody is away")
	_, err = r.d.Write(ctx, bea, letter)
	refuses(t, "when it is over", err, sales.NotFound, "")
}
