package engine_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

func arrive(v sales.Verdict) engine.Arrival {
	p := sales.Person{WorkspaceID: 1, ID: 3, AccountID: 4, Email: "marta@x.example"}
	m := sales.Message{WorkspaceID: 1, ID: 9, PersonID: 3, MailingID: 8, Date: start, Verdict: v}
	return engine.Arrive(p, m, sales.DefaultSettings(), calendar.WorkHours(sales.DefaultSettings(), nil, calendar.Place{}), start)
}

// line tells an arrival in one line.
func line(a engine.Arrival) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", a.Event.Kind)
	for _, fx := range a.Effects {
		fmt.Fprintf(&b, " +%s", fx.Kind)
		for _, s := range []string{string(fx.TaskKind), string(fx.Reason), string(fx.Address)} {
			if s != "" {
				b.WriteString(":" + s)
			}
		}
		if !fx.DueAt.IsZero() {
			fmt.Fprintf(&b, " in %s", fx.DueAt.Sub(start))
		}
		if fx.Urgent {
			b.WriteString(" urgent")
		}
	}
	for _, m := range a.Moves {
		fmt.Fprintf(&b, " |%s %s", m.Kind, m.Text)
	}
	if a.Colleague {
		b.WriteString(" colleagues")
	}
	return b.String()
}

// invited is the verdict on the answer to an invitation.
func invited(answer sales.InvitationStatus, note string) sales.Verdict {
	v := sales.Verdict{Kind: sales.KindReply, Intent: sales.Interested, Invitation: &sales.InvitationAnswer{Answer: answer, Title: "Trucks", Note: note, Start: time.Date(2026, 3, 13, 0, 0, 0, 0, time.UTC)}}
	if answer == sales.InvitationDeclined || answer == "delegated" {
		v.Intent = sales.Unclear
	}
	return v
}

func TestArrive(t *testing.T) {
	to := func(class sales.FailureClass, address string) []sales.ReportedRecipient {
		return []sales.ReportedRecipient{{Address: "other@x.example", Class: sales.FailHard}, {Address: address, Class: class, Reason: "550 5.1.1 no"}}
	}
	friday := time.Date(2026, 3, 13, 0, 0, 0, 0, time.UTC)
	for _, x := range []struct {
		v    sales.Verdict
		want string
	}{
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.Interested}, "reply +handoff:answer in 15m0s urgent |interest Is interested. colleagues"},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.Question}, "reply +handoff:answer in 15m0s urgent |question Asked a question. colleagues"},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.NotNow, Until: friday}, "reply +handoff:answer in 24h0m0s |not_now Said: not now, again around 13 Mar 2026. colleagues"},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.NotNow}, "reply +handoff:answer in 24h0m0s |not_now Said: not now. colleagues"},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.NotInterested}, "reply +handoff:answer in 24h0m0s |decline Is not interested. colleagues"},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.WrongPerson, Referred: "Rui"}, "reply +handoff:referral in 24h0m0s |referral Is not the right person; named Rui."},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.Unclear}, "reply +handoff:answer in 1h0m0s |reply Answered. colleagues"},
		{invited(sales.InvitationAccepted, ""), "meeting +open_task:meeting in 235h0m0s |meeting Accepted the invitation “Trucks” of 13 Mar 2026 00:00. colleagues"},
		{invited(sales.InvitationAccepted, "I bring Rui"), "meeting +open_task:meeting in 235h0m0s +handoff:answer in 1h0m0s |meeting Accepted the invitation “Trucks” of 13 Mar 2026 00:00. They wrote: “I bring Rui”. colleagues"},
		{invited(sales.InvitationTentative, ""), "meeting +open_task:meeting in 235h0m0s +handoff:answer in 24h0m0s |meeting Perhaps comes: answered “tentative” to the invitation “Trucks” of 13 Mar 2026 00:00. colleagues"},
		{invited(sales.InvitationCounter, ""), "reply +handoff:answer in 15m0s urgent |interest Proposed another time for the invitation “Trucks” of 13 Mar 2026 00:00. colleagues"},
		{invited(sales.InvitationDeclined, ""), "reply +handoff:answer in 1h0m0s |reply Declined the invitation “Trucks” of 13 Mar 2026 00:00. colleagues"},
		{invited("delegated", ""), "reply +handoff:answer in 1h0m0s |reply Answered the invitation “Trucks” of 13 Mar 2026 00:00. colleagues"},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.Interested, Brought: []string{"Rui <rui@x.example>"}}, "reply +handoff:answer in 15m0s urgent |interest Is interested. |invited Brought a colleague in: Rui <rui@x.example>. colleagues"},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.Unclear, Brought: []string{"Rui <rui@x.example>", "ines@x.example"}}, "reply +handoff:answer in 1h0m0s |reply Answered. |invited Brought 2 colleagues in: Rui <rui@x.example>, ines@x.example. colleagues"},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.NotInterested, Brought: []string{"Rui <rui@x.example>"}}, "reply +handoff:answer in 24h0m0s |decline Is not interested. colleagues"},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.WrongPerson, Referred: "Rui", Brought: []string{"Rui <rui@x.example>"}}, "reply +handoff:referral in 24h0m0s |referral Is not the right person; named Rui."},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.OptOut, Brought: []string{"Rui <rui@x.example>"}}, "unsubscribe +suppress:unsubscribe |unsubscribe Asked not to be contacted again."},
		// A person read it otherwise.
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.NotInterested, Invitation: invited(sales.InvitationDeclined, "").Invitation}, "reply +handoff:answer in 24h0m0s |decline Is not interested. colleagues"},
		{sales.Verdict{Kind: sales.KindUnsubscribe, Invitation: invited(sales.InvitationDeclined, "").Invitation}, "unsubscribe +suppress:unsubscribe |unsubscribe Asked not to be contacted again."},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.Question, Colleague: "Rui <rui@x.example>"}, "reply +handoff:answer in 15m0s urgent +open_task:referral in 24h0m0s |question A colleague wrote, Rui <rui@x.example>: Asked a question. colleagues"},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.Question, Colleague: "Rui <rui@x.example>", ColleagueKnown: true}, "reply +handoff:answer in 15m0s urgent |question A colleague wrote, Rui <rui@x.example>: Asked a question. colleagues"},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.OptOut, Colleague: "Rui <rui@x.example>"}, "unsubscribe +suppress:unsubscribe |unsubscribe A colleague wrote, Rui <rui@x.example>: Asked not to be contacted again."},
		{sales.Verdict{Kind: sales.KindReply}, "reply +handoff:answer in 1h0m0s |reply Answered. colleagues"},
		{sales.Verdict{Kind: sales.KindReply, Intent: sales.OptOut}, "unsubscribe +suppress:unsubscribe |unsubscribe Asked not to be contacted again."},
		{sales.Verdict{Kind: sales.KindUnsubscribe}, "unsubscribe +suppress:unsubscribe |unsubscribe Asked not to be contacted again."},
		{sales.Verdict{Kind: sales.KindComplaint}, "complaint +suppress:complaint |complaint Reported our mail as spam."},
		{sales.Verdict{Kind: sales.KindAutoReply, Until: friday}, "auto_reply |auto_reply Is out of office until Fri 13 Mar 2026."},
		{sales.Verdict{Kind: sales.KindAutoReply}, "auto_reply |auto_reply An automatic reply came."},
		{sales.Verdict{Kind: sales.KindDelay}, " |bounce Their server says that delivery takes longer."},
		{sales.Verdict{Kind: sales.KindOther}, ""},
		{sales.Verdict{Kind: sales.KindBounce, Recipients: []sales.ReportedRecipient{{Address: "marta@x.example", Class: sales.FailHard, Reason: "550 5.1.1 Marta no longer works here"}}}, "bounce +suppress:bounced +mark_address:dead +open_task:referral in 54h0m0s |bounce The mail came back: 550 5.1.1 Marta no longer works here."},
		{sales.Verdict{Kind: sales.KindBounce, Recipients: to(sales.FailHard, "marta@x.example")}, "bounce +suppress:bounced +mark_address:dead |bounce The mail came back: 550 5.1.1 no."},
		{sales.Verdict{Kind: sales.KindBounce, Recipients: to(sales.FailHard, " Marta@X.example")}, "bounce +suppress:bounced +mark_address:dead |bounce The mail came back: 550 5.1.1 no."},
		{sales.Verdict{Kind: sales.KindBounce, Recipients: to(sales.FailHard, "")}, "bounce +suppress:bounced +mark_address:dead |bounce The mail came back: 550 5.1.1 no."},
		{sales.Verdict{Kind: sales.KindBounce, Recipients: to(sales.FailHard, "third@x.example")}, "bounce"},
		{sales.Verdict{Kind: sales.KindBounce}, "bounce"},
		{sales.Verdict{Kind: sales.KindBounce, Recipients: to(sales.FailSoft, "marta@x.example")}, "bounce +mark_address:soft |bounce The mail could not be delivered for now: 550 5.1.1 no."},
		{sales.Verdict{Kind: sales.KindBounce, Recipients: to(sales.FailFull, "marta@x.example")}, "bounce +mark_address:soft |bounce The mail could not be delivered for now: 550 5.1.1 no."},
		{sales.Verdict{Kind: sales.KindBounce, Recipients: to(sales.FailExpired, "marta@x.example")}, "bounce +mark_address:soft |bounce The mail could not be delivered for now: 550 5.1.1 no."},
		{sales.Verdict{Kind: sales.KindBounce, Recipients: to(sales.FailBlock, "marta@x.example")}, "bounce |bounce Their server refused our mail by policy: 550 5.1.1 no. The address is kept."},
		{sales.Verdict{Kind: sales.KindBounce, Recipients: to(sales.FailDelivered, "marta@x.example")}, "bounce"},
	} {
		a := arrive(x.v)
		if got := line(a); got != x.want {
			t.Errorf("%s/%s:\nhave %s\nwant %s", x.v.Kind, x.v.Intent, got, x.want)
		}
		seen := map[string]bool{}
		for _, fx := range a.Effects {
			if !strings.HasPrefix(fx.Key, "message/9/") || seen[fx.Key] || fx.Title == "" && fx.Kind != sales.FxMarkAddress {
				t.Errorf("%s: a key that is not of this message alone, or no title: %+v", x.v.Kind, fx)
			}
			seen[fx.Key] = true
		}
		for _, m := range a.Moves {
			if m.PersonID != 3 || m.AccountID != 4 || m.WorkspaceID != 1 || m.MessageID != 9 || m.Actor != sales.ByBuyer || !m.At.Equal(start) {
				t.Errorf("%s: the line names not what it is about: %+v", x.v.Kind, m)
			}
		}
		if ev := a.Event; ev.PersonID != 3 || ev.MessageID != 9 || ev.MailingID != 8 || ev.Actor != sales.ByBuyer {
			if ev.Kind != "" {
				t.Errorf("%s: %+v", x.v.Kind, ev)
			}
		}
	}
	if m := arrive(sales.Verdict{Kind: sales.KindReply, Intent: sales.NotNow, Until: friday}).Moves[0]; !m.Until.Equal(friday) || m.Turn() != sales.Resting {
		t.Errorf("they rest until they named: %+v", m)
	}
}
