package invariants

import (
	"testing"
	"time"

	"ninetyten/internal/classify"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// TestLettersAreUnderstood: what is written here is read as it is meant, or the
// books would be about something else.
func TestLettersAreUnderstood(t *testing.T) {
	w := &world{seed: 1, dice: newDice(1, 1), clock: &clock{truth: time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)}}
	m := sentMail{id: "out-1@brightmail.example", subject: "A question about trucks", box: &box{Mailbox: sales.Mailbox{Address: "ana@brightmail.example"}}, p: &person{Person: sales.Person{Email: "marta@brightwater.example"}}}
	back := time.Date(2026, 3, 13, 0, 0, 0, 0, time.UTC)
	for s, want := range map[says]sales.Verdict{
		saysYes: {Kind: sales.KindReply, Intent: sales.Interested}, saysAsks: {Kind: sales.KindReply, Intent: sales.Question}, saysLater: {Kind: sales.KindReply, Intent: sales.NotNow},
		saysNo: {Kind: sales.KindReply, Intent: sales.NotInterested}, saysOther: {Kind: sales.KindReply, Intent: sales.WrongPerson}, saysAway: {Kind: sales.KindAutoReply},
		saysLeft: {Kind: sales.KindAutoReply, Intent: sales.WrongPerson}, saysBounced: {Kind: sales.KindBounce}, saysBlocked: {Kind: sales.KindBounce}, saysFull: {Kind: sales.KindBounce},
		saysSlow: {Kind: sales.KindDelay}, saysSpam: {Kind: sales.KindComplaint},
	} {
		for range 20 {
			l := w.compose(s, m, m.p.Email, back)
			p := mail.Parse(l.raw)
			v := classify.Classify(p, l.at)
			if v.Kind != want.Kind || v.Intent != want.Intent {
				t.Fatalf("%s was read as %s %s: %s", s, v.Kind, v.Intent, l.raw)
			}
			if s == saysAway && (v.Until.Before(back.Add(-14*time.Hour)) || v.Until.After(back.Add(24*time.Hour))) {
				t.Errorf("away until %v, not %v", v.Until, back)
			}
			if p.HeaderID != l.id {
				t.Errorf("%s is known as %s", l.id, p.HeaderID)
			}
		}
	}
	for range 20 {
		l := w.compose(saysStop, m, m.p.Email, time.Time{})
		if v := classify.Classify(mail.Parse(l.raw), l.at); v.Kind != sales.KindUnsubscribe && v.Intent != sales.OptOut {
			t.Fatalf("a demand to stop was read as %s %s: %s", v.Kind, v.Intent, l.raw)
		}
	}
}
