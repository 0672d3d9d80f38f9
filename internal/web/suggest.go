package web

import (
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// suggestion begins an answer where the answer is a matter of courtesy: they
// said later, no, or somebody else. What they asked is a person's to answer, so
// nothing is suggested there. The words are English, so it is silent in other
// languages. note says where the text comes from; both are empty for none.
func suggestion(p sales.Person, msg *sales.Message, zone *time.Location) (body, note string) {
	if msg == nil || msg.Verdict.Kind != sales.KindReply || p.Language != "" && !strings.HasPrefix(strings.ToLower(p.Language), "en") {
		return "", ""
	}
	say := ""
	switch msg.Verdict.Intent {
	case sales.NotNow:
		say = "thank you for telling me. I will leave you in peace for now."
		if !msg.Verdict.Until.IsZero() {
			say = "thank you for telling me. I will write again around " + msg.Verdict.Until.In(zone).Format("2 January") + ", not before."
		}
	case sales.NotInterested:
		say = "thank you for the clear answer. I will not write again. If it ever becomes a question for you, you know where I am."
	case sales.WrongPerson:
		say = "thank you for pointing me the right way, and sorry for the disturbance."
		if msg.Verdict.Referred != "" {
			say = "thank you. I will write to " + msg.Verdict.Referred + ", and say that you sent me."
		}
	default:
		return "", ""
	}
	return "Hello " + firstNameOf(p) + ",\n\n" + say, "A courteous start, by rule. Read it before it goes."
}
