package crash

import (
	"context"
	"fmt"
	"testing"
	"time"

	"ninetyten/internal/runner"
	"ninetyten/internal/store"
)

// TestKilledAtEveryPoint kills the program at each named point, at its first,
// second and seventh passing. Each restart is the beginning of the next kill.
func TestKilledAtEveryPoint(t *testing.T) { killedAtPoints(t, sqlite) }

func killedAtPoints(t *testing.T, database func() string) {
	t.Parallel()
	var all []string
	for _, n := range []int{1, 2, 7} {
		for _, p := range runner.Points() {
			all = append(all, fmt.Sprintf("%s:%d", p, n))
		}
	}
	const n = 3
	lanes(t, sitesOf(t, n, 77, database), func(ctx context.Context, i int, s *site) (*tally, error) {
		for k := i; k < len(all); k += n {
			if err := s.killAt(ctx, all[k]); err != nil {
				return nil, fmt.Errorf("at %s: %w", all[k], err)
			}
		}
		return s.finish(ctx)
	})
}

// killAt lets a node work on new people until it kills itself.
func (s *site) killAt(ctx context.Context, point string) error {
	if err := s.enroll(ctx, 24, 150*time.Millisecond); err != nil {
		return err
	}
	n, err := s.startNode("node", append(quick(), "NINETYTEN_CRASH_AT="+point)...)
	if err != nil {
		return err
	}
	defer n.kill()
	if err := until(ctx, time.Minute, "the point is passed", func(context.Context) (bool, error) {
		select {
		case <-n.done:
			return true, nil
		default:
			return false, nil
		}
	}); err != nil {
		return fmt.Errorf("%w\n%s", err, n.tail())
	}
	if !n.killed() {
		return fmt.Errorf("the node ended by itself: %w\n%s", n.err, n.tail())
	}
	return s.killed(ctx)
}

// TestAnsweredWhileDown has people answer while no node runs and their next mail
// is due, and the mailboxes be claimed by a node that does not read them: they are
// read all the same before it could go.
func TestAnsweredWhileDown(t *testing.T) { answeredWhileDown(t, sqlite) }

func answeredWhileDown(t *testing.T, database func() string) {
	t.Parallel()
	lanes(t, sitesOf(t, 1, 55, database), func(ctx context.Context, _ int, s *site) (*tally, error) {
		told := 0
		for range 2 {
			if err := s.killAt(ctx, runner.PointRecorded+":1"); err != nil {
				return nil, err
			}
			// What is recorded as sent has its next mail due now.
			mails, _ := s.out.seen()
			for _, m := range mails[told:] {
				if m.step == 1 && moodOf(m.person) == silent {
					s.out.say(m, answersAtOnce, "A question")
				}
			}
			told = len(mails)
			for _, mb := range s.boxes {
				now := time.Now()
				if ok, err := s.store.TakeLease(ctx, store.LeaseWatch, ws, mb.ID, "a node that hangs", now.Add(time.Hour), now.Add(8*time.Second)); err != nil || !ok {
					return nil, fmt.Errorf("claim %s: %v %w", mb.Address, ok, err)
				}
			}
		}
		return s.finish(ctx)
	})
}
