package web_test

import (
	"context"
	"testing"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// expires lets a draft of an enrollment wait, and its time run out.
func (s *site) expires(e sales.Enrollment) {
	s.t.Helper()
	err := s.InTx(context.Background(), func(tx *store.Tx) error {
		d := sales.Decision{Next: e, Changed: true, Why: "waits"}
		d.Next.State, d.Next.Awaiting, d.Next.Version, d.Next.NextAt = sales.WaitingHuman, true, e.Version+1, s.clock.Now()
		if _, err := tx.Apply(context.Background(), e, d, store.Subject{Person: s.People[0]}, s.clock.Now()); err != nil {
			return err
		}
		_, _, err := casework.New(tx, e.WorkspaceID).Decide(context.Background(), tx, d.Next, sales.Event{Kind: sales.EvTimer, At: s.clock.Now()}, store.Subject{Person: s.People[0]}, s.clock.Now())
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestExpiredDraft: a draft that nobody approved in time is asked about in Next. A
// new address answers the question not; whoever lets the sequence go on or ends it
// does, from wherever they do.
func TestExpiredDraft(t *testing.T) {
	ctx := context.Background()
	for answer, want := range map[string]sales.EnrollmentState{"go_on": sales.Active, "end": sales.Finished, "elsewhere": sales.Active} {
		t.Run(answer, func(t *testing.T) {
			s := newSite(t, 1)
			e := s.Enroll(t, 0)
			s.expires(e)
			task := s.openTask(0, sales.TaskDecide)
			if task.EnrollmentID != e.ID || task.UserID != s.Seller.ID || task.StepID != 0 {
				t.Errorf("%+v", task)
			}
			b := s.as(s.Seller)
			b.get("/next").wants(".card", "Nobody approved the mail in time", "The draft was taken back", "Put the draft before me again", "End the sequence")
			p := s.People[0]
			p.Email = "marta.new@brightwater.example"
			if _, err := s.desk.SavePerson(ctx, s.Viewer(), p, "Brightwater Logistics"); err != nil {
				t.Fatal(err)
			}
			if now := s.openTask(0, sales.TaskDecide); now.ID != task.ID {
				t.Errorf("a new address: %+v", now)
			}
			if answer == "elsewhere" {
				b.post("/enrollments/" + e.ID.String() + "/resume")
			} else {
				b.post("/tasks/"+task.ID.String()+"/decide", "answer", answer, "back", "/next")
			}
			now, err := s.Enrollment(ctx, e.WorkspaceID, e.ID)
			if err != nil || now.State != want {
				t.Errorf("%s %s, %v", now.State, now.Reason, err)
			}
			if got, err := s.Task(ctx, e.WorkspaceID, task.ID); err != nil || got.State == sales.TaskOpen {
				t.Errorf("the question is %s, %v", got.State, err)
			}
			if answer == "go_on" {
				s.expires(now) // and it is asked again
				if again := s.openTask(0, sales.TaskDecide); again.ID != task.ID {
					t.Errorf("%+v", again)
				}
			}
		})
	}
}
