package sales

import "time"

// Reading is what a message is taken for.
type Reading struct {
	Kind   VerdictKind `json:"kind,omitempty"`
	Intent Intent      `json:"intent,omitempty"` // for replies
}

// Is tells whether two readings are the same. Only those of replies differ in
// their intent.
func (r Reading) Is(o Reading) bool {
	return r.Kind == o.Kind && (r.Kind != KindReply || r.Intent == o.Intent)
}

// Teaches tells whether mails that are read so are known by their words. Reports
// and complaints are known by their form.
func (r Reading) Teaches() bool {
	switch r.Kind {
	case KindReply:
		return r.Intent != "" && r.Intent != Unclear
	case KindUnsubscribe, KindAutoReply:
		return true
	}
	return false
}

// Reading is what the verdict says.
func (v Verdict) Reading() Reading { return Reading{v.Kind, v.Intent} }

// sureEnough is the confidence below which a reading is more often wrong than
// right.
const sureEnough = 0.5

// Asks tells whether a person is to decide what a reply means: the program
// abstains, or is too unsure, and neither a person nor a language model has
// decided yet.
func (v Verdict) Asks() bool {
	return v.Kind == KindReply && v.Was.Kind == "" && !v.Second.Applied && (v.Intent == Unclear || v.Confidence < sureEnough)
}

// Proposal is the reading to offer first to the person who is asked: what a
// language model suggests, the guess, or an intent that is said unsurely. Zero is
// none.
func (v Verdict) Proposal() Reading {
	switch {
	case v.Second.Intent == OptOut:
		return Reading{KindUnsubscribe, OptOut}
	case v.Second.Intent != "":
		return Reading{KindReply, v.Second.Intent}
	case v.Intent != Unclear:
		return v.Reading()
	}
	return v.Guess
}

// Lesson is the correction of a message, as mails like it are read since.
type Lesson struct {
	WorkspaceID ID
	MessageID   ID // whose words taught
	Read        Reading
	UserID      ID // who corrected it
	At          time.Time
	BackAt      time.Time // when it was taken back; zero: it is in force
	BackBy      ID
}

// TaughtText is a lesson in force with the words that taught it.
type TaughtText struct {
	MessageID ID
	Text      string
	Read      Reading
	At        time.Time
}
