package cast

import "ninetyten/internal/sandbox/dice"

// Persona is what kind of buyer somebody is.
type Persona string

// The personas.
const (
	Silent        Persona = "silent"
	Interested    Persona = "interested"
	Question      Persona = "question"
	NotNow        Persona = "not_now"
	NotInterested Persona = "not_interested"
	WrongPerson   Persona = "wrong_person"
	OutOfOffice   Persona = "out_of_office" // some answer when they are back
	OptOutWords   Persona = "unsubscribe_words"
	OptOutButton  Persona = "unsubscribe_button"
	HardRefused   Persona = "hard_refused"   // 5xx at RCPT
	HardReported  Persona = "hard_reported"  // accepted, then a delivery report
	HardText      Persona = "hard_text"      // the same, in words that no standard knows
	SoftRefused   Persona = "soft_refused"   // 4xx once, then accepted
	SoftDelayed   Persona = "soft_delayed"   // accepted, a delay report, then delivered
	Complains     Persona = "complains"      // presses "spam": a feedback report
	OtherAddress  Persona = "other_address"  // answers from another address
	LostThread    Persona = "lost_thread"    // the same, and References are lost
	LateOld       Persona = "late_old"       // answers a mail of long ago, written by hand
	LateFirst     Persona = "late_first"     // answers the first mail weeks later
	QuotesFooter  Persona = "quotes_footer"  // interested, and quotes our footer line by line
	Challenge     Persona = "challenge"      // a filter wants a proof first
	TicketReceipt Persona = "ticket_receipt" // a help desk confirms receipt
)

// share is how many of 240 people are of a persona.
func share() []struct {
	Persona
	n int
} {
	return []struct {
		Persona
		n int
	}{
		{Interested, 26}, {Question, 20}, {NotNow, 14}, {NotInterested, 15}, {WrongPerson, 12}, {OutOfOffice, 20},
		{OptOutWords, 8}, {OptOutButton, 8}, {HardRefused, 5}, {HardReported, 5}, {HardText, 3}, {SoftRefused, 5}, {SoftDelayed, 4},
		{Complains, 3}, {OtherAddress, 5}, {LostThread, 3}, {LateOld, 3}, {LateFirst, 4}, {QuotesFooter, 3}, {Challenge, 2}, {TicketReceipt, 3},
	}
}

// Personas are all of them, silent first.
func Personas() []Persona {
	out := []Persona{Silent}
	for _, s := range share() {
		out = append(out, s.Persona)
	}
	return out
}

// deal gives every person a persona: the shares of 240, at least one each when
// there are enough people, in random order.
func deal(seed uint64, people int) []Persona {
	out := make([]Persona, 0, people)
	for _, s := range share() {
		n := s.n * people / 240
		if n == 0 && people >= 40 {
			n = 1
		}
		for range n {
			out = append(out, s.Persona)
		}
	}
	d := dice.New(seed, "personas")
	if len(out) == 0 { // a handful of people: one persona each, as they come
		all := Personas()
		for range people {
			out = append(out, dice.Pick(d, all))
		}
		return out
	}
	for len(out) < people {
		out = append(out, Silent)
	}
	out = out[:people]
	dice.Shuffle(d, out)
	return out
}
