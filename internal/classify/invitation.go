package classify

import (
	"strings"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// calendarAnswer reads the answer to an invitation (RFC 5546). Whoever declines an
// appointment has refused a time and nothing else: that is for a seller to read. A
// demand to stop counts only where the person wrote it, in the note to their
// answer; what calendar services write below names subscriptions of their own.
func calendarAnswer(p *mail.Parsed, at time.Time) (sales.Verdict, bool) {
	if !p.Invite.Answers() {
		return sales.Verdict{}, false
	}
	status := p.Invite.Status()
	x := &sales.InvitationAnswer{Answer: sales.InvitationStatus(status), Title: p.Invite.Title, Note: p.Invite.Note}
	if !p.Invite.WholeDay {
		x.Start = p.Invite.Start
	}
	v := sales.Verdict{Kind: sales.KindReply, Intent: sales.Unclear, Confidence: 0.6, Invitation: x,
		Reasons: []string{"calendar METHOD:" + strings.ToUpper(p.Invite.Method) + ", PARTSTAT=" + strings.ToUpper(orWord(status, "not given"))}}
	switch x.Answer {
	case sales.InvitationAccepted:
		v.Intent, v.Detail, v.Confidence = sales.Interested, sales.WantsMeeting, 0.95
	case sales.InvitationTentative:
		v.Intent, v.Detail, v.Confidence = sales.Interested, sales.WantsMeeting, 0.7
	case sales.InvitationCounter:
		v.Intent, v.Detail, v.Confidence = sales.Interested, sales.WantsMeeting, 0.85
	}
	if x.Note != "" {
		v.Reasons = append(v.Reasons, `note: "`+clip(x.Note)+`"`)
		note := &climber{p: mail.ParseText("", x.Note), at: at}
		if stop, ok := note.stop(); ok && stop.Confidence >= 0.9 {
			stop.Invitation, stop.Reasons = x, append(v.Reasons, stop.Reasons...)
			return stop, true
		}
	}
	return v, true
}
