package intake_test

import (
	"strings"
	"testing"

	"ninetyten/internal/sales"
)

// TestBroughtIn: a reply that goes to a new colleague of theirs too is a move of
// theirs; whoever was in the thread before, is ours, a stranger or a desk is not.
func TestBroughtIn(t *testing.T) {
	for name, x := range map[string]struct {
		head string // To and Cc
		text string
		want string // of the line; "" is none
	}{
		"nobody":        {"To: ana@brightmail.example", "Tell me more.", ""},
		"in copy":       {"To: ana@brightmail.example\r\nCc: Rui Costa <rui.costa@brightwater.example>", "Tell me more.", "Brought a colleague in: Rui Costa <rui.costa@brightwater.example>."},
		"in To":         {"To: ana@brightmail.example, RUI.Costa@Brightwater.example", "Tell me more.", "Brought a colleague in: rui.costa@brightwater.example."},
		"two":           {"To: ana@brightmail.example\r\nCc: rui@brightwater.example, Ines <ines@brightwater.example>, rui@brightwater.example", "Tell me more.", "Brought 2 colleagues in: rui@brightwater.example, Ines <ines@brightwater.example>."},
		"a no":          {"To: ana@brightmail.example\r\nCc: rui@brightwater.example", "Not interested, thank you.", ""},
		"to stop":       {"To: ana@brightmail.example\r\nCc: rui@brightwater.example", "Please take me off your list. Do not write again.", ""},
		"ours":          {"To: ana@brightmail.example\r\nCc: tomas@brightmail.example", "Tell me more.", ""},
		"elsewhere":     {"To: ana@brightmail.example\r\nCc: someone@elsewhere.example", "Tell me more.", ""},
		"a desk":        {"To: ana@brightmail.example\r\nCc: info@brightwater.example, no-reply@brightwater.example", "Tell me more.", ""},
		"themselves":    {"To: ana@brightmail.example\r\nCc: person0@brightwater.example, Marta Oliveira <m.oliveira@brightwater.example>", "Tell me more.", ""},
		"no address":    {"To: ana@brightmail.example\r\nCc: <>, @, rui@, \"<script>\"@brightwater.example", "Tell me more.", ""},
		"out of office": {"To: ana@brightmail.example\r\nCc: rui@brightwater.example\r\nAuto-Submitted: auto-replied", "I am out of office until 20 March. Automatic reply.", ""},
	} {
		w := written(t, 1)
		w.read("INBOX", letter("From: person0@brightwater.example", x.head, "Subject: Re: A question about trucks", "In-Reply-To: <first-0@brightmail.example>", "Message-ID: <a@x.example>", "", x.text))
		if got := w.invited(0); got != x.want {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}

// TestBroughtInOnce: somebody who is in the thread already is not brought in again,
// not even when it was us who wrote to them.
func TestBroughtInOnce(t *testing.T) {
	w := written(t, 1)
	mail := func(id string, more ...string) string {
		return letter(append([]string{"In-Reply-To: <first-0@brightmail.example>", "Message-ID: <" + id + "@x.example>", "Subject: Re: A question about trucks"}, more...)...)
	}
	w.read("Sent", mail("s", "From: ana@brightmail.example", "To: person0@brightwater.example", "Cc: rui@brightwater.example", "", "With Rui in copy."))
	w.read("INBOX", mail("a", "From: person0@brightwater.example", "To: ana@brightmail.example", "Cc: rui@brightwater.example", "", "Tell me more."))
	if got := w.invited(0); got != "" {
		t.Errorf("we wrote to them first: %q", got)
	}
	both := mail("b", "From: person0@brightwater.example", "To: ana@brightmail.example", "Cc: rui@brightwater.example, ines@brightwater.example", "", "Tell me more.")
	w.read("INBOX", both, mail("c", "From: person0@brightwater.example", "To: ana@brightmail.example", "Cc: ines@brightwater.example", "", "And when?"))
	if got := w.invited(0); got != "Brought a colleague in: ines@brightwater.example." {
		t.Errorf("%q", got)
	}
	if p, err := w.Person(t.Context(), w.Viewer(), w.People[0].ID); err != nil || p.Move != sales.OurMove {
		t.Errorf("%v %v", p.Move, err)
	}
}

// invited are the lines of colleagues that a person brought in, with their weight.
func (w *world) invited(i int) string {
	w.t.Helper()
	list, err := w.MovesOf(w.t.Context(), w.Workspace.ID, w.People[i].ID, 50)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, m := range list {
		if m.Kind != sales.MoveInvited {
			continue
		}
		if m.Actor != sales.ByBuyer || m.Minutes != 15 || m.MessageID == 0 {
			w.t.Errorf("%+v", m)
		}
		out = append(out, m.Text)
	}
	return strings.Join(out, " ")
}
