package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// View is what the product knows, for comparison with the truth. Message-IDs
// are without brackets.
type View struct {
	People     int             // in its list
	Enrolled   int             // enrollments ever begun
	Incoming   map[string]Read // by Message-ID
	Handoffs   []HandoffSeen
	Mailings   []MailingSeen
	Suppressed []string // addresses
}

// Read is how the product read an incoming message.
type Read struct {
	Kind     sales.VerdictKind
	Intent   sales.Intent
	Until    time.Time
	Recorded time.Time // wall time
}

// HandoffSeen is a handoff that the product made.
type HandoffSeen struct {
	MessageID string    // of the reply
	Created   time.Time // wall time
}

// MailingSeen is a mailing as the product has it.
type MailingSeen struct {
	MessageID string
	State     sales.MailingState
}

// Quantiles are of a distribution, in milliseconds.
type Quantiles struct {
	P50 float64 `json:"p50"`
	P99 float64 `json:"p99"`
}

// Summary is what became of a run: the product's numbers beside the world's
// truth. The counts of faults are those from Duplicates to WrongVerdicts.
type Summary struct {
	People   int            `json:"people"`
	Enrolled int            `json:"enrolled"`
	Sent     int            `json:"sent"`     // accepted by the world for its people
	Replies  int            `json:"replies"`  // written by people
	Verdicts map[string]int `json:"verdicts"` // the product's, by kind
	Intents  map[string]int `json:"intents"`  // the product's, of replies
	Handoffs int            `json:"handoffs"`

	Suppressed       int       `json:"suppressed"`
	ReplyToHandoffMS Quantiles `json:"reply_to_handoff_ms"` // wall time

	Duplicates      int `json:"duplicates"`        // a Message-ID or a step twice
	SentAfterAnswer int `json:"sent_after_answer"` // by itself, after the answer lay in the mailbox
	SentAfterStop   int `json:"sent_after_stop"`   // after unsubscribe, complaint or hard bounce
	Lost            int `json:"lost"`              // messages never recorded, mailings never accepted
	WrongVerdicts   int `json:"wrong_verdicts"`

	SentAfterCall   int `json:"sent_after_call"`  // by itself, after a call had ended it
	HandoffsMissing int `json:"handoffs_missing"` // replies that somebody should have taken over
	NotSuppressed   int `json:"not_suppressed"`   // stops that are on no list
	OverSuppressed  int `json:"over_suppressed"`  // on the list without a reason
	WrongDates      int `json:"wrong_dates"`      // right verdict, wrong day back or day named
	UnknownMailings int `json:"unknown_mailings"` // the product does not know whether they went
	Strangers       int `json:"strangers"`        // mails to addresses that are nobody's
	BuyerMessages   int `json:"buyer_messages"`   // everything delivered to sellers
	WithinGrace     int `json:"within_grace"`     // after an answer or stop, but nearer to it than Options.Grace

	WrongVerdictsFirst []WrongVerdict `json:"wrong_verdicts_first"`
	Faults             []string       `json:"faults"` // the first of each kind, in words
}

// WrongVerdict is a message that was misread.
type WrongVerdict struct {
	MessageID  string            `json:"message_id"`
	Person     string            `json:"person"`
	What       string            `json:"what"`
	WantKind   sales.VerdictKind `json:"want_kind"`
	WantIntent []sales.Intent    `json:"want_intent,omitempty"`
	GotKind    sales.VerdictKind `json:"got_kind"`
	GotIntent  sales.Intent      `json:"got_intent,omitempty"`
	Subject    string            `json:"subject,omitempty"`
	Text       string            `json:"text"`
}

// Clean tells whether the four counts that must be nought are.
func (s Summary) Clean() bool {
	return s.Duplicates == 0 && s.SentAfterAnswer == 0 && s.SentAfterStop == 0 && s.Lost == 0
}

const shownFaults = 20

// fault counts one and keeps its words when it is among the first.
func (s *Summary) fault(count *int, format string, args ...any) {
	if *count++; *count <= shownFaults {
		s.Faults = append(s.Faults, fmt.Sprintf(format, args...))
	}
}

// Report compares what the product knows with the truth.
func (w *World) Report(v View) Summary { return w.truth.report(v, w.known(), w.opt.Grace) }

// known are the addresses of the list.
func (w *World) known() map[string]bool {
	out := map[string]bool{}
	for i := range w.cast.People {
		out[w.cast.People[i].Email] = true
	}
	return out
}

func (t *Truth) report(v View, people map[string]bool, grace time.Duration) Summary {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := Summary{People: v.People, Enrolled: v.Enrolled, Sent: len(t.mails), Handoffs: len(v.Handoffs), Suppressed: len(v.Suppressed), Verdicts: map[string]int{}, Intents: map[string]int{}, WrongVerdictsFirst: []WrongVerdict{}, Faults: []string{}}
	for _, r := range v.Incoming {
		s.Verdicts[string(r.Kind)]++
		if r.Kind == sales.KindReply {
			s.Intents[string(r.Intent)]++
		}
	}
	t.duplicates(&s)
	t.afterAnswer(&s, grace)
	t.afterStop(&s, grace)
	t.lost(&s, v)
	t.verdicts(&s, v)
	t.handoffs(&s, v)
	t.suppression(&s, v, people)
	for _, n := range t.strangers {
		s.Strangers += n
	}
	for i, x := range t.troubles {
		if i < shownFaults {
			s.Faults = append(s.Faults, "trouble: "+x)
		}
	}
	return s
}

// duplicates finds a Message-ID that was accepted twice, and a step that one
// person got twice: the same reference, or the same text by the machine.
func (t *Truth) duplicates(s *Summary) {
	ids, refs, prints := map[string]bool{}, map[[2]string]bool{}, map[[2]string]bool{}
	for _, m := range t.mails {
		ref, print := [2]string{m.Person, m.Ref}, [2]string{m.Person, m.Print}
		switch {
		case m.MessageID != "" && ids[m.MessageID]:
			s.fault(&s.Duplicates, "duplicate: Message-ID %s came twice, to %s", m.MessageID, m.Person)
		case m.Ref != "" && refs[ref]:
			s.fault(&s.Duplicates, "duplicate: reference %s came twice, to %s", m.Ref, m.Person)
		case m.Kind != string(sales.MailingManual) && prints[print]:
			s.fault(&s.Duplicates, "duplicate: %s got %q twice", m.Person, m.Subject)
		}
		ids[m.MessageID], refs[ref], prints[print] = true, true, true
	}
}

// afterAnswer finds mail that went by itself although an answer of the person
// lay in the mailbox before MAIL FROM.
func (t *Truth) afterAnswer(s *Summary, grace time.Duration) {
	answers := map[string][]*Action{}
	for _, a := range t.actions {
		if a.Human && !a.After.IsZero() {
			answers[a.Person] = append(answers[a.Person], a)
		}
	}
	said := map[string][]Stop{}
	for _, c := range t.calls {
		said[c.Person] = append(said[c.Person], c)
	}
	for _, m := range t.mails {
		if m.Kind == string(sales.MailingManual) {
			continue
		}
		for _, a := range answers[m.Person] {
			if m.Began.After(a.After) && (a.ClearsAt.IsZero() || m.BeganAt.Before(a.ClearsAt)) {
				if m.Began.Sub(a.After) <= grace {
					s.WithinGrace++
					break
				}
				s.fault(&s.SentAfterAnswer, "sent after answer: %s got %q %v after their %s (%s)", m.Person, m.Subject, m.Began.Sub(a.After).Round(time.Millisecond), a.What, a.MessageID)
				break
			}
		}
		for _, c := range said[m.Person] {
			if m.Began.After(c.After) {
				s.fault(&s.SentAfterCall, "sent after call: %s got %q after %s on the phone", m.Person, m.Subject, c.Why)
				break
			}
		}
	}
}

// afterStop finds mail of any kind after a stop, and tries at an address that
// had been refused for good.
func (t *Truth) afterStop(s *Summary, grace time.Duration) {
	stops := map[string][]Stop{}
	for _, x := range t.stops {
		stops[x.Person] = append(stops[x.Person], x)
	}
	for _, m := range t.mails {
		for _, x := range stops[m.Person] {
			if m.Began.After(x.After) {
				if m.Began.Sub(x.After) <= grace {
					s.WithinGrace++
					break
				}
				s.fault(&s.SentAfterStop, "sent after stop: %s got %q %v after %s (%s)", m.Person, m.Subject, m.Began.Sub(x.After).Round(time.Millisecond), x.Reason, x.Why)
				break
			}
		}
	}
	for _, p := range t.retried {
		s.fault(&s.SentAfterStop, "sent after stop: %s was tried again after a permanent refusal", p)
	}
}

// lost finds messages that the product never recorded, and mailings that it
// believes sent and nobody got.
func (t *Truth) lost(s *Summary, v View) {
	for _, a := range t.actions {
		s.BuyerMessages++
		if a.Human {
			s.Replies++
		}
		if _, ok := v.Incoming[a.MessageID]; !ok && !a.Noise {
			s.fault(&s.Lost, "lost: %s of %s to %s in %s was never recorded (%s)", a.What, a.Person, a.Seller, a.Folder, a.MessageID)
		}
	}
	got := map[string]bool{}
	for _, m := range t.mails {
		got[m.MessageID] = true
	}
	for _, m := range v.Mailings {
		switch {
		case m.State == sales.MailingSent && !got[m.MessageID]:
			s.fault(&s.Lost, "lost: the mailing %s counts as sent and was never accepted", m.MessageID)
		case m.State == sales.MailingUnknown:
			s.UnknownMailings++
		}
	}
}

func (t *Truth) verdicts(s *Summary, v View) {
	for _, a := range t.actions {
		got, ok := v.Incoming[a.MessageID]
		if !ok {
			continue
		}
		if !a.Want.Matches(got.Kind, got.Intent) {
			s.WrongVerdicts++
			if len(s.WrongVerdictsFirst) < shownFaults {
				s.WrongVerdictsFirst = append(s.WrongVerdictsFirst, WrongVerdict{
					MessageID: a.MessageID, Person: a.Person, What: a.What, WantKind: a.Want.Kind, WantIntent: a.Want.Intents,
					GotKind: got.Kind, GotIntent: got.Intent, Subject: a.Subject, Text: a.Text,
				})
			}
			continue
		}
		if !a.Want.Until.IsZero() && !sameDay(got.Until, a.Want.Until) {
			s.WrongDates++
		}
	}
}

// sameDay allows a day of difference: a date has no zone.
func sameDay(a, b time.Time) bool {
	d := a.Sub(b)
	return d >= -24*time.Hour && d <= 24*time.Hour
}

func (t *Truth) handoffs(s *Summary, v View) {
	made := map[string]time.Time{}
	for _, h := range v.Handoffs {
		if at, ok := made[h.MessageID]; !ok || h.Created.Before(at) {
			made[h.MessageID] = h.Created
		}
	}
	var took []float64
	for _, a := range t.actions {
		at, ok := made[a.MessageID]
		switch {
		case ok:
			took = append(took, float64(max(at.Sub(a.Before), 0))/1e6)
		case a.Handoff:
			s.fault(&s.HandoffsMissing, "no handoff: %s of %s (%s)", a.What, a.Person, a.MessageID)
		}
	}
	slices.Sort(took)
	if n := len(took); n > 0 {
		s.ReplyToHandoffMS = Quantiles{P50: took[(n-1)/2], P99: took[min(n-1, (n*99+99)/100-1)]}
	}
}

func (t *Truth) suppression(s *Summary, v View, people map[string]bool) {
	listed, stopped := map[string]bool{}, map[string]bool{}
	for _, a := range v.Suppressed {
		listed[strings.ToLower(a)] = true
	}
	for _, x := range t.stops {
		if !stopped[x.Person] && !listed[x.Person] {
			s.fault(&s.NotSuppressed, "not suppressed: %s after %s (%s)", x.Person, x.Reason, x.Why)
		}
		stopped[x.Person] = true
	}
	for a := range listed {
		if people[a] && !stopped[a] {
			s.fault(&s.OverSuppressed, "suppressed without reason: %s", a)
		}
	}
}
