package sandbox

import (
	"time"

	"ninetyten/internal/sales"
)

// Sequences are the two running sequences of the world, as templates: without
// IDs and owner, valid by sales.Sequence.Validate. cast.Person.Sequence is an
// index into them.
func Sequences() []sales.Sequence {
	days := func(n int) sales.Delay { return sales.Delay{N: n, Unit: sales.WorkingDays} }
	out := []sales.Sequence{
		{Name: "Month end without typing", Steps: []sales.Step{
			{Kind: sales.StepAutoMail, Subject: "{{ company }} and the last three days of the month", Body: `Hi {{ first_name | default: "there" }},

finance teams tell us that the last three days of a month go into checking supplier bills against orders, line by line.

At two companies of about the size of {{ company }} that work is now done before the team comes in. People look only at what does not fit.

How is it at your place: who does the checking today?`},
			{Kind: sales.StepAutoMail, Delay: days(2), Body: `Hi {{ first_name | default: "there" }},

one number to go with my note: nine out of ten bills at those companies fit without anybody touching them. The tenth is where people are worth their time.

Is that a ratio that you would recognise?`},
			{Kind: sales.StepCall, Delay: days(1), Note: "Ask how bills are checked today and what a month end looks like. Do not pitch."},
			{Kind: sales.StepAutoMail, Delay: days(3), Body: `Hi {{ first_name | default: "there" }},

I will leave it here so as not to fill your inbox. If the topic comes up, a short answer to this mail is all it takes.

Thank you for reading this far.`},
			{Kind: sales.StepTheirMove, Delay: days(1), MaxWaitDays: 30, Note: "Their move. Nothing goes out while we wait."},
		}},
		{Name: "Supplier bills, a first talk", Steps: []sales.Step{
			{Kind: sales.StepAutoMail, Subject: "A question about supplier bills", Body: `Hello {{ first_name | default: "there" }},

a short question, because you look after this at {{ company }}: what happens to a bill that does not fit its order?

I collect answers from finance people in your field and am glad to share what the others say.`},
			{Kind: sales.StepTask, Delay: days(1), Note: "Read their last annual report or news, and find one thing that matters to their finance team."},
			{Kind: sales.StepApproveMail, Delay: days(1), Body: `Hello {{ first_name | default: "there" }},

here is what others answered: most let it lie until somebody complains, and that is where early payment discounts are lost.

If you want, I send you the two pages in which we wrote it down. No call needed.`},
			{Kind: sales.StepCall, Delay: days(2), Note: "Offer the two pages. Ask what happens to bills that do not fit."},
			{Kind: sales.StepTheirMove, Delay: days(1), MaxWaitDays: 21, Note: "Their move."},
		}},
	}
	for i := range out {
		out[i].State, out[i].Rules = sales.SequenceDraft, sales.DefaultRules()
		for j := range out[i].Steps {
			out[i].Steps[j].Position = j
		}
	}
	return out
}

// MailboxLimits are what a practice mailbox may send: more than a real one, so
// that there is something to see on the first day.
func MailboxLimits() sales.Limits {
	return sales.Limits{PerDay: 120, PerWeek: 500, GapMin: time.Minute, GapMax: 3 * time.Minute}
}
