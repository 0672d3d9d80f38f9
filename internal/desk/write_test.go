package desk_test

import (
	"strings"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// TestWriteToColleague: an answer goes to who wrote, with the person in copy.
func TestWriteToColleague(t *testing.T) {
	p := sales.Person{Email: "marta@buyer.example"}
	msg := &sales.Message{Direction: sales.Incoming, From: "Rui@buyer.example", Verdict: sales.Verdict{Kind: sales.KindReply, Colleague: "Rui"}}
	if to, cc := desk.Recipients(p, msg); to != "rui@buyer.example" || cc != p.Email {
		t.Errorf("%s, %s", to, cc)
	}
	msg.Verdict.Colleague = ""
	if to, cc := desk.Recipients(p, msg); to != "rui@buyer.example" || cc != "" {
		t.Errorf("their other address: %s, %s", to, cc)
	}
	msg.Verdict.Kind = sales.KindBounce
	if to, cc := desk.Recipients(p, msg); to != p.Email || cc != "" {
		t.Errorf("a report: %s, %s", to, cc)
	}
}

// TestMorning: the next working morning where they are, never this one.
func TestMorning(t *testing.T) {
	r := newRoom(t, 1)
	p := r.People[0]
	p.Zone = "America/New_York"
	for now, want := range map[string]string{
		"2026-03-03T02:00:00Z": "2026-03-03T13:30:00Z", // Monday evening there
		"2026-03-03T14:00:00Z": "2026-03-04T13:30:00Z", // it is their morning
		"2026-03-06T18:00:00Z": "2026-03-09T12:30:00Z", // over a weekend with another offset
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		r.clock.t = at
		m, err := r.d.Morning(t.Context(), r.v, p)
		if got := m.At.UTC().Format(time.RFC3339); err != nil || got != want || m.From != "person" {
			t.Errorf("%s: %s by the %s, %v", now, got, m.From, err)
		}
	}
}

// TestWriteFilled: the values of the person are filled in, also in snippets; what is
// taken back is a draft with all that was in it.
func TestWriteFilled(t *testing.T) {
	r := newRoom(t, 1)
	l := desk.Letter{PersonID: r.People[0].ID, Subject: "For {{ first_name }}", HTML: "<p>Hi {{ first_name }}, <i>yes</i>.</p>", Cc: "rui@buyer.example"}
	u := must[desk.Undo](t)(r.d.Write(t.Context(), r.v, l))
	m := must[[]sales.Mailing](t)(r.MailingsOf(t.Context(), r.Workspace.ID, r.People[0].ID))[0]
	if m.Subject != "For "+r.People[0].FirstName || m.Body != "Hi "+r.People[0].FirstName+", yes." {
		t.Errorf("%q, %q", m.Subject, m.Body)
	}
	if err := r.d.Undo(t.Context(), r.v, u.Token); err != nil {
		t.Fatal(err)
	}
	if d := must[sales.Draft](t)(r.Draft(t.Context(), r.v, r.People[0].ID, 0)); !strings.Contains(d.HTML, "<i>yes</i>") || d.Cc != "rui@buyer.example" || d.Subject != m.Subject {
		t.Errorf("%+v", d)
	}
	l.HTML = "<p>Hi {{ nothing }}</p>"
	_, err := r.d.Write(t.Context(), r.v, l)
	wantCode(t, "a gap", err, sales.Invalid)
	l.HTML, l.Later = "<p>Hi</p>", "some day"
	_, err = r.d.Write(t.Context(), r.v, l)
	wantCode(t, "no moment", err, sales.Invalid)
}
