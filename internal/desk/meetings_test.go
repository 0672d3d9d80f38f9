package desk_test

import (
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

// TestMeetings: a meeting brings the person back when it is over; one that was
// missed asks for another time; a booked one without a time asks for that.
func TestMeetings(t *testing.T) {
	r := newRoom(t, 2)
	ctx := t.Context()
	open := func(i int) []sales.Task {
		return must[[]sales.Task](t)(r.OpenTasksOf(ctx, r.Workspace.ID, r.People[i].ID))
	}
	at := r.clock.t.Add(48 * time.Hour)
	if _, err := r.d.Meeting(ctx, r.v, r.People[0].ID, 0, at, ""); err != nil {
		t.Fatal(err)
	}
	tasks := open(0)
	if len(tasks) != 1 || tasks[0].Kind != sales.TaskMeeting || !tasks[0].SnoozedUntil.Equal(at.Add(time.Hour)) || !strings.HasPrefix(tasks[0].Title, "Did the meeting of") {
		t.Fatalf("%+v", tasks)
	}
	if _, err := r.d.Wait(ctx, r.v, r.People[0].ID, at.Add(24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if len(open(0)) != 2 {
		t.Error("waiting took the question about the meeting away")
	}
	r.clock.t = at.Add(2 * time.Hour)
	for range 2 { // said twice is said
		if _, err := r.d.Missed(ctx, r.v, tasks[0].ID, ""); err != nil {
			t.Fatal(err)
		}
	}
	again := 0
	for _, x := range open(0) {
		if x.Kind == sales.TaskMeeting && strings.Contains(x.Title, "another time") {
			again++
		}
	}
	moves := must[[]sales.Move](t)(r.MovesOf(ctx, r.Workspace.ID, r.People[0].ID, 5))
	p := must[sales.Person](t)(r.Person(ctx, r.v, r.People[0].ID))
	if again != 1 || p.Move != sales.OurMove || !strings.Contains(moves[0].Text, "Did not come") {
		t.Errorf("%d to agree on another time, %s, %q", again, p.Move, moves[0].Text)
	}
	if _, err := r.d.Meeting(ctx, r.v, r.People[1].ID, 0, time.Time{}, ""); err != nil {
		t.Fatal(err)
	}
	if tasks := open(1); len(tasks) != 1 || !strings.Contains(tasks[0].Title, "which day") {
		t.Errorf("%+v", tasks)
	}
	for _, x := range open(0) {
		if x.Kind == sales.TaskDo {
			_, err := r.d.Missed(ctx, r.v, x.ID, "")
			wantErr(t, err, sales.Invalid, "no meeting")
		}
	}
}
