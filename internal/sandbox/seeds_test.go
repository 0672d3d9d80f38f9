package sandbox

import (
	"fmt"
	"testing"

	"github.com/emersion/go-smtp"
)

// A robot that listens (it looks into the truth) is found innocent in twenty
// worlds, each of which shows every sort of message.
func TestTwentySeedsWithAPerfectProduct(t *testing.T) {
	seeds := uint64(20)
	if testing.Short() {
		seeds = 3
	}
	whats := map[string]int{}
	for seed := range seeds {
		page, _ := unsubscribePage(t)
		r := newRobot(t, Options{Seed: seed}, page)
		for step := range 4 {
			stopped := map[string]bool{}
			for _, a := range r.w.Truth().Actions() {
				stopped[a.Person] = stopped[a.Person] || a.Human
			}
			for _, s := range r.w.Truth().Stops() {
				stopped[s.Person] = true
			}
			for _, p := range r.w.People() {
				if stopped[p.Email] {
					continue
				}
				if err := r.send(p, "auto", "", "", fmt.Sprintf("Hello %s, this is step %d.", p.FirstName, step)); err != nil {
					if e, ok := err.(*smtp.SMTPError); !ok || e.Code < 400 {
						t.Fatal(err)
					}
					_ = r.client(r.w.Sellers()[p.Owner]).Reset() // the next step tries again
				}
			}
			r.pass(r.clock.Now().AddDate(0, 0, 9))
		}
		r.pass(r.clock.Now().AddDate(0, 2, 0))
		s := r.w.Report(r.view())
		if !s.Clean() || s.WrongVerdicts != 0 || s.NotSuppressed != 0 || s.OverSuppressed != 0 || s.Strangers != 0 || len(s.Faults) != 0 {
			t.Errorf("seed %d: %v", seed, s.Faults)
		}
		ids := map[string]bool{}
		for _, a := range r.w.Truth().Actions() {
			if a.MessageID == "" || ids[a.MessageID] {
				t.Errorf("seed %d: the Message-ID %q is used twice", seed, a.MessageID)
			}
			ids[a.MessageID] = true
			whats[a.What]++
		}
		if s.Replies < 60 || s.Sent < 500 {
			t.Errorf("seed %d: a dull world: %d sent, %d replies", seed, s.Sent, s.Replies)
		}
	}
	t.Log("in all:", whats)
	if len(whats) != 13 {
		t.Error("sorts of messages:", len(whats))
	}
}
