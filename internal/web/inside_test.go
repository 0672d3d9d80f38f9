package web_test

import (
	"context"
	"strings"
	"testing"

	"ninetyten/internal/sales"
)

// states counts the enrollments of the site by state.
func (s *site) states() map[sales.EnrollmentState]int {
	s.t.Helper()
	out := map[sales.EnrollmentState]int{}
	for _, p := range s.People {
		list, err := s.Store.EnrollmentsOf(context.Background(), s.Viewer().WorkspaceID, p.ID)
		if err != nil {
			s.t.Fatal(err)
		}
		for _, e := range list {
			out[e.State]++
		}
	}
	return out
}

// confirm does what a page shows before it is done.
func (b *browser) confirm(asked answer) answer {
	var fields []string
	for _, x := range asked.all("main form input[type=hidden]") {
		fields = append(fields, attr(x, "name"), attr(x, "value"))
	}
	return b.post(attr(asked.all("main form")[0], "action"), fields...)
}

// TestBulkInside: many people of a sequence at once, those ticked or all of the
// view, and back.
func TestBulkInside(t *testing.T) {
	s := newSite(t, 4)
	ids := []sales.ID{s.People[0].ID, s.People[1].ID, s.People[2].ID}
	if _, err := s.desk.Enroll(context.Background(), s.Viewer(), s.Sequence.ID, ids); err != nil {
		t.Fatal(err)
	}
	before := s.states()
	b := s.as(s.Seller)
	page := "/sequences/" + s.Sequence.ID.String() + "/people"
	a := b.get(page)
	a.wants("#bulk", "All 3 of this view")
	boxes := a.all("[name=enrollment]")
	if len(boxes) != 3 {
		t.Fatalf("%d boxes", len(boxes))
	}
	b.post(page, "what", "pause")
	b.get(page).wants("#toasts", "Choose people first")
	b.post(page, "what", "pause", "until", "2001-01-01", "all", "on")
	b.get(page).wants("#toasts", "Choose a day to come")
	b.post(page, "what", "move", "all", "on")
	b.get(page).wants("#toasts", "Choose the step")
	asked := b.do("POST", page, form("what", "pause", "enrollment", attr(boxes[0], "value")))
	asked.wants("main", "Pause 1 person?", "1 person is paused, 0 stay as they are. Nothing has happened yet.", "Paused until somebody lets them go on")
	if got := s.states()[sales.Paused]; got != 0 {
		t.Fatalf("%d are paused by a look", got)
	}
	b.confirm(asked)
	if got := s.states()[sales.Paused]; got != 1 {
		t.Fatalf("%d are paused", got)
	}
	a = b.get(page)
	a.wants("#toasts", "Paused: 1", "Undo")
	b.post(attr(a.all("#toasts form")[0], "action"))
	if got := s.states(); got[sales.Paused] != 0 || got[sales.Active] != before[sales.Active] {
		t.Errorf("after the undo: %v, before %v", got, before)
	}
	asked = b.do("POST", page, form("what", "resume", "all", "on"))
	asked.wants("main", "Nobody to let go on", "3 people stay as they are.", "because they are not paused")
	if len(asked.all("main form button")) != 0 {
		t.Error("there is a button that does nothing")
	}
	b.do("POST", page, form("what", "move", "step", s.Sequence.Steps[1].ID.String(), "all", "on")).wants("main", "Move 3 people?", "Are moved to step 2", "Goes on with step 2")
	asked = b.do("POST", page, form("what", "remove", "all", "on"))
	asked.wants("main", "Take 3 people out?")
	// Who came into the view after the look is not meant.
	if _, err := s.desk.Enroll(context.Background(), s.Viewer(), s.Sequence.ID, []sales.ID{s.People[3].ID}); err != nil {
		t.Fatal(err)
	}
	b.confirm(asked)
	b.post(page, "what", "remove", "confirmed", "1")
	b.get(page).wants("#toasts", "Choose people first")
	if got := s.states()[sales.Removed]; got != 3 {
		t.Errorf("%d are taken out", got)
	}
	other := s.as(s.user(sales.RoleSeller, "Tomas"))
	if body := other.get(page).body; strings.Contains(body, `id="bulk"`) {
		t.Error("a seller may change the sequence of another")
	}
}

// TestAhead: who gets what in the days to come, and words when nothing would happen.
func TestAhead(t *testing.T) {
	s := newSite(t, 3)
	page := "/sequences/" + s.Sequence.ID.String() + "/ahead"
	b := s.as(s.Seller)
	b.get(page).wants("main", "Nothing would happen")
	if _, err := s.desk.Enroll(context.Background(), s.Viewer(), s.Sequence.ID, []sales.ID{s.People[0].ID, s.People[1].ID}); err != nil {
		t.Fatal(err)
	}
	b.get(page).wants("main", "2 people", "in the next 30 working days", "Marta Oliveira", "Step 1: automatic mail", "ana@brightmail.example")
}

// TestMoveOneOn: on the page of a person they are moved to another step, and back.
func TestMoveOneOn(t *testing.T) {
	s := newSite(t, 1)
	e := s.Enroll(t, 0)
	b := s.as(s.Seller)
	page := "/people/" + s.People[0].ID.String()
	last := s.Sequence.Steps[len(s.Sequence.Steps)-1]
	b.get(page).wants("main", "Move to another step or track", "What would change it")
	b.post("/enrollments/"+e.ID.String()+"/move", "step", last.ID.String(), "back", page).to(page)
	a := b.get(page)
	a.wants("#toasts", "They go on at the step that you chose", "Undo")
	now, err := s.Store.Enrollment(context.Background(), e.WorkspaceID, e.ID)
	if err != nil || now.Position != len(s.Sequence.Steps)-1 {
		t.Fatalf("at step %d: %v", now.Position, err)
	}
	b.post(attr(a.all("#toasts form")[0], "action"))
	b.post("/enrollments/"+e.ID.String()+"/move", "step", "", "back", page)
	b.get(page).wants("#toasts", "Choose a step")
	b.post("/enrollments/"+e.ID.String()+"/moved", "back", page)
	b.get(page).wants("#toasts", "No sequence waits for them")
}
