package web

import "ninetyten/internal/sales"

// Option is one choice of a list.
type Option struct {
	Value, Label, Help string
}

// verdictLabel says what an incoming message is.
func verdictLabel(v sales.Verdict) string {
	switch v.Kind {
	case sales.KindReply:
		return intentLabel(v.Intent)
	case sales.KindBounce:
		return "Could not be delivered"
	case sales.KindDelay:
		return "Delivery takes longer"
	case sales.KindAutoReply:
		return "Automatic reply"
	case sales.KindComplaint:
		return "Complaint"
	case sales.KindUnsubscribe:
		return "Wants no more mail"
	}
	return "Something else"
}

// verdictTone is the colour of a verdict: lean, late, bad or none.
func verdictTone(v sales.Verdict) string {
	switch {
	case v.Kind == sales.KindReply && (v.Intent == sales.Interested || v.Intent == sales.Question):
		return "lean"
	case v.Kind == sales.KindBounce || v.Kind == sales.KindComplaint || v.Kind == sales.KindUnsubscribe:
		return "bad"
	}
	return ""
}

func intentLabel(i sales.Intent) string {
	switch i {
	case sales.Interested:
		return "Interested"
	case sales.Question:
		return "Asks a question"
	case sales.NotNow:
		return "Not now"
	case sales.NotInterested:
		return "Not interested"
	case sales.WrongPerson:
		return "Wrong person"
	case sales.OptOut:
		return "Wants no more mail"
	}
	return "Reply, unclear what they want"
}

// verdictChoices are what a message can be corrected to; the values are
// "reply/INTENT" or the kind.
func verdictChoices() []Option {
	return []Option{
		{Value: "reply/interested", Label: "Interested"}, {Value: "reply/question", Label: "Asks a question"},
		{Value: "reply/not_now", Label: "Not now"}, {Value: "reply/not_interested", Label: "Not interested"},
		{Value: "reply/wrong_person", Label: "Wrong person"}, {Value: "unsubscribe", Label: "Wants no more mail"},
		{Value: "auto_reply", Label: "Automatic reply"}, {Value: "bounce", Label: "Could not be delivered"}, {Value: "other", Label: "Something else"},
	}
}

// verdictWhy says how sure a verdict is, and why. What a language model said of
// itself is no measure, so there it is only named.
func verdictWhy(v sales.Verdict) []string {
	why := v.Reasons[:min(len(v.Reasons), 3)]
	if v.Second.Applied {
		return why
	}
	return append([]string{sure(v.Confidence)}, why...)
}

// suggested tells whether a language model suggests what an unclear reply is.
func suggested(v sales.Verdict) bool {
	return v.Kind == sales.KindReply && v.Intent == sales.Unclear && v.Second.Intent != "" && !v.Second.Applied
}

// suggestedValue is the choice that the suggestion is.
func suggestedValue(v sales.Verdict) string {
	if v.Second.Intent == sales.OptOut {
		return string(sales.KindUnsubscribe)
	}
	return "reply/" + string(v.Second.Intent)
}

func dispositionChoices() []Option {
	return []Option{
		{Value: string(sales.CallTalked), Label: "We talked"}, {Value: string(sales.CallMeeting), Label: "Meeting agreed"},
		{Value: string(sales.CallLater), Label: "Call later"}, {Value: string(sales.CallVoicemail), Label: "Left a message"},
		{Value: string(sales.CallNoAnswer), Label: "No answer"}, {Value: string(sales.CallBusy), Label: "Busy"},
		{Value: string(sales.CallGatekeeper), Label: "Somebody else answered"}, {Value: string(sales.CallWrongNumber), Label: "Wrong number"},
		{Value: string(sales.CallDeadNumber), Label: "Dead number"}, {Value: string(sales.CallNoInterest), Label: "Not interested"},
		{Value: string(sales.CallDoNotContact), Label: "Do not contact again"},
	}
}

func sentimentChoices() []Option {
	return []Option{{Value: string(sales.SentimentGood), Label: "Good"}, {Value: string(sales.SentimentNeutral), Label: "So-so"}, {Value: string(sales.SentimentBad), Label: "Bad"}}
}

func purposeChoices() []Option {
	return []Option{
		{Value: string(sales.PurposeAnswer), Label: "Answer them"}, {Value: string(sales.PurposeFirst), Label: "First talk"},
		{Value: string(sales.PurposeDiscovery), Label: "Discovery"}, {Value: string(sales.PurposeFollowUp), Label: "Follow up"}, {Value: string(sales.PurposeClosing), Label: "Agree on the next step"},
	}
}

func stepKindLabel(k sales.StepKind) string {
	switch k {
	case sales.StepAutoMail:
		return "Automatic mail"
	case sales.StepApproveMail:
		return "Mail to approve"
	case sales.StepCall:
		return "Call"
	case sales.StepTask:
		return "Task"
	case sales.StepSocial:
		return "Social touch"
	case sales.StepCondition:
		return "Condition"
	case sales.StepTheirMove:
		return "Their move"
	}
	return "Step"
}

func stepKindIcon(k sales.StepKind) string {
	switch k {
	case sales.StepAutoMail:
		return "send"
	case sales.StepApproveMail:
		return "pencil"
	case sales.StepCall:
		return "phone"
	case sales.StepSocial:
		return "users"
	case sales.StepTheirMove, sales.StepCondition:
		return "hourglass"
	}
	return "check"
}

func stepKindChoices() []Option {
	return []Option{
		{Value: string(sales.StepAutoMail), Label: "Automatic mail", Help: "Goes by itself, in their hours."},
		{Value: string(sales.StepApproveMail), Label: "Mail to approve", Help: "A draft that waits for you in Next."},
		{Value: string(sales.StepCall), Label: "Call", Help: "Comes up in Next, in their hours."},
		{Value: string(sales.StepTask), Label: "Task", Help: "Anything else that you do."},
		{Value: string(sales.StepSocial), Label: "Social touch", Help: "On LinkedIn or elsewhere, with the link."},
		{Value: string(sales.StepCondition), Label: "Condition", Help: "Goes on, waits, changes the track or ends, by what is known of them."},
		{Value: string(sales.StepTheirMove), Label: "Their move", Help: "We wait; only they can go on."},
	}
}

func unitChoices() []Option {
	return []Option{{Value: string(sales.WorkingDays), Label: "working days"}, {Value: string(sales.Days), Label: "days"}, {Value: string(sales.Hours), Label: "hours"}, {Value: string(sales.Minutes), Label: "minutes"}}
}

// delayLabel writes a delay on the line of steps.
func delayLabel(d sales.Delay, first bool) string {
	if d.N == 0 {
		return pick(first, "At once", "Then")
	}
	unit := map[sales.DelayUnit][2]string{sales.Minutes: {"minute", "minutes"}, sales.Hours: {"hour", "hours"}, sales.Days: {"day", "days"}, sales.WorkingDays: {"working day", "working days"}}[d.Unit]
	return "+" + many(d.N, unit[0], unit[1])
}

func sequenceStateTag(s sales.SequenceState) Tag {
	switch s {
	case sales.SequenceRunning:
		return Tag{Text: "Running", Tone: "lean"}
	case sales.SequencePaused:
		return Tag{Text: "Paused", Tone: "late"}
	case sales.SequenceArchived:
		return Tag{Text: "Archived"}
	}
	return Tag{Text: "Draft"}
}

func roleChoices() []Option {
	return []Option{
		{Value: string(sales.RoleSeller), Label: "Seller", Help: "Own people, own mailbox, own queue."},
		{Value: string(sales.RoleManager), Label: "Manager", Help: "Sees and steers everybody's people and sequences."},
		{Value: string(sales.RoleAdmin), Label: "Administrator", Help: "Sets up: team, mailboxes of others, settings."},
		{Value: string(sales.RoleOwner), Label: "Owner", Help: "Everything."},
	}
}

// labelOf finds the label of a value among choices, else the value itself.
func labelOf(choices []Option, value string) string {
	for _, c := range choices {
		if c.Value == value {
			return c.Label
		}
	}
	return value
}
