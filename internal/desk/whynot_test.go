package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// TestWhyNotYet: what desk gathers for one line is what the gate and the limits of
// the mailbox look at, for one and for a page of them.
func TestWhyNotYet(t *testing.T) {
	r := newRoom(t, 1)
	e := r.Enroll(t, 0)
	r.timer()
	p := r.People[0].ID
	says := func(what string, gate sales.Gate, word string) {
		t.Helper()
		h := must[engine.Hold](t)(r.d.WhyNotYet(t.Context(), r.v, e.ID))
		if h.Gate != gate || !strings.Contains(h.Why, word) {
			t.Errorf("%s: %+v", what, h)
		}
		many := must[map[sales.ID]engine.Hold](t)(r.d.WhyNotYets(t.Context(), r.v, []sales.Enrollment{r.enrollment(e)}))
		if many[e.ID] != h {
			t.Errorf("%s: one by one %+v, together %+v", what, h, many[e.ID])
		}
	}
	says("free", "", "within a minute")
	r.settings(func(s *sales.Settings) { s.PerDomainDay = 1 })
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Count(ctx, r.Workspace.ID, store.Day(r.clock.t, time.UTC), store.ScopeDomain, "brightwater.example", 1)
		return err
	})
	says("domain", sales.GateLimits, "brightwater.example today")
	r.settings(func(s *sales.Settings) { s.PerDomainDay, s.PerAccountDay = 0, 1 })
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Count(ctx, r.Workspace.ID, store.Day(r.clock.t, time.UTC), store.ScopeAccount, r.Account.ID.String(), 1)
		return err
	})
	says("account", sales.GateLimits, "this account today")
	r.settings(func(s *sales.Settings) { s.PerAccountDay = 0 })
	at := r.clock.t
	r.clock.t = at.Add(12 * time.Hour)
	says("at night", sales.GateWindow, "")
	r.clock.t = at
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.SetNextSend(ctx, r.Workspace.ID, r.Mailbox.ID, at.Add(5*time.Minute))
	})
	says("gap", sales.GateLimits, "a pause between two mails")
	r.clock.t = at.Add(6 * time.Minute)
	if err := r.d.PauseMailbox(t.Context(), r.v, r.Mailbox.ID); err != nil {
		t.Fatal(err)
	}
	says("mailbox", sales.GateLimits, "paused by hand")
	if err := r.d.PauseSequence(t.Context(), r.v, r.Sequence.ID); err != nil {
		t.Fatal(err)
	}
	says("sequence", sales.GateLimits, "the sequence is paused")
	if err := r.d.StartSequence(t.Context(), r.v, r.Sequence.ID); err != nil {
		t.Fatal(err)
	}
	suppress(t, r.World, r.person(0).Email, sales.EndUnsubscribe)
	says("suppressed", sales.GateSuppression, "suppression list")
	other := r.v
	other.UserID = 9
	_, err := r.d.WhyNotYet(t.Context(), other, e.ID)
	wantCode(t, "another seller", err, sales.NotFound)
	_, err = r.d.WhyNotYet(t.Context(), r.v, p)
	wantCode(t, "no enrollment", err, sales.NotFound)
}
