package classify

import (
	"encoding/json"
	"strings"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// notification reads the JSON that Amazon's mail service sends about a
// delivery, where a seller's mail goes out through it
// (docs.aws.amazon.com, "Amazon SNS notification contents for Amazon SES").
func notification(p *mail.Parsed) (sales.Verdict, bool) {
	text := strings.TrimSpace(p.Text)
	var wrapped struct{ Type, Message string }
	if !json.Valid([]byte(text)) && strings.HasPrefix(text, "{") { // lines were folded on the way
		if end := strings.LastIndexByte(text, '}'); end > 0 {
			if whole := strings.NewReplacer("\n ", "", "\n", "").Replace(text[:end+1]); json.Valid([]byte(whole)) {
				text = whole
			}
		}
	}
	if strings.HasPrefix(text, "{") && json.NewDecoder(strings.NewReader(text)).Decode(&wrapped) == nil && wrapped.Type == "Notification" {
		text = strings.TrimSpace(wrapped.Message)
	}
	if !strings.HasPrefix(text, "{") || !strings.Contains(text[:min(len(text), 200)], "notificationType") {
		return sales.Verdict{}, false
	}
	type recipient struct{ EmailAddress, Status, Action, DiagnosticCode string }
	var n struct {
		NotificationType string
		Bounce           struct {
			BounceType, BounceSubType string
			BouncedRecipients         []recipient
		}
		Complaint struct{ ComplainedRecipients []recipient }
		Delivery  struct {
			Recipients   []string
			SMTPResponse string
		}
		Mail struct{ MessageID string }
	}
	// A sentence of how to leave the list follows the object.
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&n); err != nil {
		return sales.Verdict{}, false
	}
	v := sales.Verdict{Confidence: 0.95, OriginalID: n.Mail.MessageID, Reasons: []string{"notification of a mail service: " + clip(n.NotificationType)}}
	switch n.NotificationType {
	case "Bounce":
		for _, r := range n.Bounce.BouncedRecipients {
			class, why := failureOf(r.Action, cleanStatus(r.Status), r.DiagnosticCode)
			if n.Bounce.BounceType == "Transient" && class == sales.FailHard {
				class = sales.FailSoft
			}
			v.Recipients = append(v.Recipients, sales.ReportedRecipient{Address: strings.ToLower(r.EmailAddress), Status: cleanStatus(r.Status), Class: class, Reason: clip(orWord(r.DiagnosticCode, why))})
		}
	case "Complaint":
		v.Kind = sales.KindComplaint
		for _, r := range n.Complaint.ComplainedRecipients {
			v.Recipients = append(v.Recipients, sales.ReportedRecipient{Address: strings.ToLower(r.EmailAddress)})
		}
		return v, true
	case "Delivery":
		for _, addr := range n.Delivery.Recipients {
			v.Recipients = append(v.Recipients, sales.ReportedRecipient{Address: strings.ToLower(addr), Status: statusIn(n.Delivery.SMTPResponse), Class: sales.FailDelivered, Reason: clip(n.Delivery.SMTPResponse)})
		}
	default:
		return v, false
	}
	v.Kind = kindOf(v.Recipients)
	return v, true
}
