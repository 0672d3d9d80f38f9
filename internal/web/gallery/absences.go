package gallery

import (
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

func absenceSamples() []Sample {
	s := shell("Absences", "settings")
	options := []web.Option{{Value: "0", Label: "Nobody"}, {Value: "2", Label: "Bea Nowak"}, {Value: "3", Label: "Max Okafor"}}
	form := web.AbsenceFormView{Values: map[string]string{"user": "1", "mode": "pause", "stand_in": "0"}, StandIns: options,
		Users: []web.Option{{Value: "1", Label: "Ana Figueira (you)"}, {Value: "2", Label: "Bea Nowak"}, {Value: "3", Label: "Max Okafor"}}}
	now := []web.AbsenceRow{
		{ID: 1, Who: "Bea Nowak", When: "Mon 16 Nov to Fri 20 Nov", Does: "Everything waits; you look after answers", Note: "Reachable on Thursday.", Waits: 3, Can: true, Begun: true},
		{ID: 2, Who: "Max Okafor", When: "Wed 18 Nov", Does: "Bea Nowak stands in", Can: true, Begun: true},
	}
	coming := []web.AbsenceRow{
		{ID: 3, Who: "You", When: "Mon 21 Dec 2026 to Sun 3 Jan 2027", Does: "Max Okafor stands in", Note: "Skiing", Can: true, Own: true},
		{ID: 4, Who: "Konstantina Papadopoulou-Lindqvist", When: "Thu 24 Dec", Does: "Everything waits"},
	}
	page := web.AbsencesPage{Shell: s, Now: now, Coming: coming, Past: []web.AbsenceRow{{ID: 5, Who: "Bea Nowak", When: "Mon 5 Oct to Tue 6 Oct", Does: "Everything waits"}}, Form: form}
	page.Notes = []web.AwayNote{{Text: "Bea Nowak is away until Sat 21 Nov. Their answers wait, and you can take them over.", Acts: []web.Action{{Label: "Look", Small: true, Href: "/settings/absences/1"}}}}
	empty := web.AbsencesPage{Shell: s, Form: form}
	asked := empty
	asked.Form.Values = map[string]string{"user": "1", "first": "2026-12-21", "last": "2027-01-01", "mode": "pause", "stand_in": "2", "note": "Skiing"}
	asked.Preview = &web.AbsencePreviewView{Head: "As things stand, Mon 21 Dec 2026 to Fri 1 Jan 2027:", Lines: []string{"74 sequences wait whose next step would come in that time, and 26 tasks. What comes later is left as it is."},
		Days: []web.BackDay{{Day: "Mon 4 Jan", Mails: 30, Hands: 20}, {Day: "Tue 5 Jan", Mails: 30, Hands: 6}, {Day: "Wed 6 Jan", Mails: 14}}}
	wrong := empty
	wrong.Form.Values = map[string]string{"user": "2", "first": "2026-11-19", "last": "2026-11-20", "mode": "hand_over", "stand_in": "0"}
	wrong.Form.Problem = "Bea Nowak is away from Mon 16 Nov to Fri 20 Nov 2026 already. Change that absence instead."

	change := form
	change.ID, change.Begun, change.Values = 1, true, map[string]string{"last": "2026-11-20", "mode": "pause", "stand_in": "1", "note": "Reachable on Thursday."}
	one := web.AbsencePage{Shell: s, Row: now[0], State: web.Tag{Text: "Away now", Tone: "mark", Icon: "coffee"}, Shown: true, CanTake: true, Form: &change,
		Says: []string{"74 sequences wait, and 26 tasks are put off. From the return on Sat 21 Nov on they come back in their order, a day’s worth a day."},
		Waiting: []web.AwayPerson{
			{ID: 1, Name: "Marta Oliveira", Account: "Brightwater Logistics", Href: "/inbox/1", Text: "What would this cost for 40 drivers, and could our dispatcher Rui join if we talk?", Verdict: sales.Verdict{Kind: sales.KindReply, Intent: sales.Interested}, HasVerdict: true, Clock: lateClock()},
			{ID: 2, Name: "Jonas Lindqvist", Account: "Nordfrakt", Text: "Does it work without a dispatcher?", Verdict: sales.Verdict{Kind: sales.KindReply, Intent: sales.Question}, HasVerdict: true, Clock: web.ClockView{Text: "answer by Mon 23 Nov 08:45", Title: "Waits for a moment in working hours; due Mon 23 Nov 08:45, alarm after 1 h. It counts on from Mon 23 Nov 08:30."}},
		}}
	own := web.AbsencePage{Shell: s, Row: coming[0], State: web.Tag{Text: "Planned"}, Says: []string{"Then people, sequences and tasks go to Max Okafor, and home again on 4 Jan 2027."}, Form: &asked.Form}
	over := web.AbsencePage{Shell: s, Row: web.AbsenceRow{ID: 5, Who: "Bea Nowak", When: "Mon 5 Oct to Tue 6 Oct", Does: "Everything waits"}, State: web.Tag{Text: "Over"}, Says: []string{"It is over. What waited comes back in its order; what a colleague had is home again."}}
	inbox := web.InboxPage{Shell: shell("Inbox", "inbox"), View: "all", Counts: map[string]int{}, Threads: threadRows(), Mailbox: true,
		Away: []web.AwayNote{{Text: "3 answers wait for Bea Nowak, who is away until Sat 21 Nov.", Acts: []web.Action{{Label: "Look", Small: true, Href: "/settings/absences/1"}}}}}
	inbox.Threads[1].Away = "Bea is away until Sat 21 Nov"
	head := marta()
	head.Owner, head.OwnerAway = "Bea Nowak", "away until Sat 21 Nov"
	head.Notes = []web.AwayNote{{Text: "Bea Nowak is away until Sat 21 Nov. What waits for them you can take over until then.", Acts: []web.Action{{Label: "Take over", Small: true, Post: "/settings/absences/1/take"}}}}
	person := web.PersonPage{Shell: shell("Marta Oliveira", "people"), Head: head, Balance: served().Balance, Acts: acts(), Running: running(), Story: chapters(),
		Tasks: []web.TaskView{{ID: 71, Kind: sales.TaskAnswer, Title: "Marta waits for your answer", DueAt: ago(time.Hour), Late: true, For: "Bea, away until Sat 21 Nov"}}}
	return []Sample{
		{Name: "absence-inbox", Shell: inbox.Shell, View: web.InboxView(inbox)}, {Name: "absence-person", Shell: person.Shell, View: web.PersonView(person)},
		{Name: "absences", Shell: page.Shell, View: web.AbsencesView(page)}, {Name: "absences-empty", Shell: s, View: web.AbsencesView(empty)}, {Name: "absences-preview", Shell: s, View: web.AbsencesView(asked)},
		{Name: "absences-wrong", Shell: s, View: web.AbsencesView(wrong)}, {Name: "absence", Shell: s, View: web.AbsenceView(one)}, {Name: "absence-own", Shell: s, View: web.AbsenceView(own)}, {Name: "absence-over", Shell: s, View: web.AbsenceView(over)},
	}
}
