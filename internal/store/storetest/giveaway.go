package storetest

import (
	"context"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// testGiveAway: what is open about a person follows them, what is over stays, and
// what somebody else has follows only from nobody.
func testGiveAway(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ws, p, ana, olga, third := x.Workspace.ID, x.People[0].ID, x.Seller.ID, x.Owner.ID, s.NewID()
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for key, user := range map[string]sales.ID{"done": ana, "third": third} {
			y := x.Task
			y.ID, y.Key, y.UserID = tx.NewID(), key, user
			if _, err := tx.OpenTask(ctx, y); err != nil {
				return err
			}
			if key == "done" {
				if err := tx.EndTask(ctx, ws, y.ID, sales.TaskDone, wait(1), "done"); err != nil {
					return err
				}
			}
		}
		return nil
	})
	v := sales.Viewer{WorkspaceID: ws, UserID: ana, Role: sales.RoleSeller}
	if yes, err := s.LeasePerson(t.Context(), v, p, Now, wait(9)); !yes || err != nil {
		t.Fatal(yes, err)
	}
	was := ok[sales.Enrollment](t)(s.Enrollment(t.Context(), ws, x.Enrollment.ID))
	give := func(from, to sales.ID, tasks, enrollments int) {
		t.Helper()
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			n, m, err := tx.GiveAway(ctx, ws, p, from, to)
			if n != tasks || m != enrollments {
				t.Errorf("%d tasks and %d enrollments follow, not %d and %d", n, m, tasks, enrollments)
			}
			return err
		})
	}
	give(olga, ana, 0, 0)
	give(ana, ana, 0, 0)
	give(ana, olga, 1, 1)
	if e := ok[sales.Enrollment](t)(s.Enrollment(t.Context(), ws, x.Enrollment.ID)); e.OwnerID != olga || e.Version != was.Version+1 || e.MailboxID != was.MailboxID {
		t.Errorf("%+v", e)
	}
	if held := ok[map[sales.ID]store.PersonLease](t)(s.PersonLeases(t.Context(), ws, Now)); len(held) != 0 {
		t.Error("the one before still serves them:", held)
	}
	give(0, olga, 2, 0) // of the other one, and one that is nobody's
	give(0, ana, 3, 1)
	if n := value(t, s, "SELECT count(*) FROM tasks WHERE workspace_id = ? AND person_id = ? AND user_id = ? AND state = 'done'", ws, p, ana); n != 1 {
		t.Errorf("%d tasks that are over are hers, not 1", n)
	}
}
