package gallery

import (
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

func steps(counts bool) []web.StepView {
	wd := func(n int) sales.Delay { return sales.Delay{N: n, Unit: sales.WorkingDays} }
	all := []web.StepView{
		{ID: 1, Position: 0, Kind: sales.StepAutoMail, Subject: "The truck that drops out on Thursday", Body: "Hello {{ first_name }},\n\nwhen a truck drops out on a Thursday, who re-plans the day at {{ account }}?\n\nAna",
			Counts: []web.Count{{N: 386, Text: "sent", Tone: ""}, {N: 41, Text: "answered", Tone: "good"}, {N: 19, Text: "interested", Tone: "good"}, {N: 6, Text: "bounced", Tone: "bad"}, {N: 3, Text: "asked to stop", Tone: ""}}, Waits: "26 wait here: 17 for their morning (08:30 in their zone), 6 for a free place in Ana’s mailbox (30 a day, 24 sent), 3 because a colleague answered.", People: "/sequences/7/people?step=1"},
		{ID: 2, Position: 1, Kind: sales.StepAutoMail, Delay: wd(3), Body: "One number from a fleet your size: four minutes.", Counts: []web.Count{{N: 281, Text: "sent", Tone: ""}, {N: 22, Text: "answered", Tone: "good"}, {N: 9, Text: "interested", Tone: "good"}}, Waits: "51 wait here: 48 for the third day, 3 away until a date they named (earliest back: Mon 23 Nov).", People: "/sequences/7/people?step=2"},
		{ID: 3, Position: 2, Kind: sales.StepCall, Delay: wd(2), Note: "Ask how Thursdays go. Do not pitch; learn who plans the routes.", Counts: []web.Count{{N: 94, Text: "called", Tone: ""}, {N: 17, Text: "talked", Tone: "good"}, {N: 8, Text: "next step agreed", Tone: "good"}}, Waits: "12 are in Next: 9 with Ana, 3 with Tomás."},
		{ID: 4, Position: 3, Kind: sales.StepTheirMove, MaxWait: 60, Counts: []web.Count{{N: 133, Text: "waiting for them", Tone: ""}, {N: 7, Text: "came back by themselves", Tone: "good"}}},
	}
	if !counts {
		for i := range all {
			all[i].Counts, all[i].Waits = nil, ""
		}
	}
	return all
}

func mailPreview() *web.MailPreview {
	return &web.MailPreview{For: "Rui Sá", From: "Ana Figueira <ana@brightmail.example>", To: "rui@brightwater.example", Subject: "The truck that drops out on Thursday", Text: "Hello Rui,\n\nwhen a truck drops out on a Thursday, who re-plans the day at Brightwater Logistics?\n\nAna\n\nNo more mail from me: https://sales.brightmail.example/u/…"}
}

func sequenceSamples() []Sample {
	list := web.SequencesPage{Shell: shell("Sequences", "sequences"), Rows: []web.SequenceRow{
		{ID: 7, Name: "Fleet ops, autumn", State: sales.SequenceRunning, Owner: "Ana Figueira", Steps: 4, People: 412, Sent: 1050, Answered: 63, Interested: 28, Stopped: 5},
		{ID: 8, Name: "Cold chain", State: sales.SequencePaused, Owner: "Tomás Lima", Steps: 3, People: 58, Sent: 90, Answered: 4, Interested: 1},
		{ID: 9, Name: "After the fair", State: sales.SequenceDraft, Owner: "Ana Figueira", Steps: 2},
	}}
	fresh := web.SequencesPage{Shell: shell("Sequences", "sequences")}
	one := web.SequencePage{
		Shell: shell("Fleet ops, autumn", "sequences"), ID: 7, Name: "Fleet ops, autumn", State: sales.SequenceRunning, StateSince: ago(days(15)), CanEdit: true,
		Summary: "412 people in it, 118 handed over to a person, nobody contacted after answering", Steps: steps(true),
		Costs:     []web.Fact{{Label: "Mails a person", Value: "1.9 on average, 3 at most"}, {Label: "Asked to stop", Value: "5 of 412"}, {Label: "Complaints", Value: "0"}},
		Mailboxes: []web.Fact{{Label: "ana@brightmail.example", Value: "24 of 30 today"}, {Label: "tomas@brightmail.example", Value: "ramping, 11 of 13"}},
		Rules:     "Stops on any answer. Colleagues pause when one answers. Weekdays 08:30-11:30 and 13:30-16:30 in each person’s zone, their public holidays off.",
	}
	inside := web.SequencePeoplePage{Shell: shell("People in it", "sequences"), ID: 7, Name: "Fleet ops, autumn", BulkHref: "/sequences/7/people?state=alive", Shown: 412,
		Steps: []web.Option{{Value: "1", Label: "Step 1: automatic mail"}, {Value: "2", Label: "Step 2: automatic mail"}, {Value: "3", Label: "Step 3: call"}},
		Tabs:  []web.Tab{{Label: "In it", Href: "?state=alive", Count: 412, Current: true}, {Label: "Paused", Href: "?state=paused", Count: 31}, {Label: "Ended", Href: "?state=ended", Count: 640}},
		Rows: []web.InsideRow{
			{EnrollmentID: 1, PersonID: 12, Name: "Rui Sá", Account: "Brightwater Logistics", Tag: web.Tag{Text: "Waits", Tone: "mark"}, Step: "1 of 4: automatic mail", Why: "Not yet: outside of their hours. Goes today at 13:30.", Change: "the hours of its schedule", Alive: true},
			{EnrollmentID: 2, PersonID: 22, Name: "Amara Okafor", Account: "Delta Haulage", Tag: web.Tag{Text: "Paused", Tone: "late"}, Step: "2 of 4: automatic mail", Why: "Out of office until Mon 23 Nov, then it goes on by itself.", Alive: true, Paused: true},
			{EnrollmentID: 3, PersonID: 11, Name: "Marta Oliveira", Account: "Brightwater Logistics", Tag: web.Tag{Text: "Ended: replied"}, Step: "2 of 4: automatic mail", Why: "Stopped: replied today 10:28."},
		}}
	ahead := web.AheadPage{Shell: shell("Ahead", "sequences"), ID: 7, Name: "Fleet ops, autumn", State: sales.SequenceRunning, People: 412, Ends: 120, Mails: 86, Tasks: 9, Most: 30,
		Assumes: "As if nobody answered, every call were made the day it is due, and every draft approved at once.", Days: []web.AheadDay{
			{Label: "Wed 18 Nov", Mails: 26, Tasks: 2, More: 25, Open: true, Rows: []web.AheadRow{
				{At: "13:30", PersonID: 12, Person: "Rui Sá", What: "Step 1: automatic mail", From: "ana@brightmail.example", Held: "Due Wed 18 Nov 11:30; outside of their hours"},
				{At: "13:36", PersonID: 22, Person: "Amara Okafor", What: "Step 2: automatic mail", From: "ana@brightmail.example"},
				{At: "14:00", PersonID: 23, Person: "Bartholomäus von Hohenstaufen-Lichtenberg", What: "Step 3: call"},
			}},
			{Label: "Thu 19 Nov", Mails: 30, Tasks: 7}, {Label: "Fri 20 Nov", Mails: 30},
		}}
	rules := sales.DefaultRules()
	fields := []web.Option{{Value: "first_name", Label: "First name", Help: "Marta"}, {Value: "account", Label: "Company", Help: "Brightwater Logistics"}, {Value: "title", Label: "Title", Help: "Head of Operations"}, {Value: "city", Label: "City", Help: "Porto"}, {Value: "sender_first_name", Label: "Your first name", Help: "Ana"}}
	builder := web.BuilderPage{Shell: shell("Edit", "sequences"), ID: 7, Name: "Fleet ops, autumn", State: sales.SequenceRunning, Inside: 412, Steps: steps(false), Rules: rules, Fields: fields,
		Findings: []web.Finding{{Tone: "late", Text: "Step 2 says a number without where it comes from. Say which fleet."}}}
	builder.Uses = web.SequenceSettings{Ruleset: "0", Schedule: "3", Rulesets: []web.Option{{Value: "0", Label: "Its own rules"}, {Value: "2", Label: "Careful with large fleets"}},
		Schedules: []web.Option{{Value: "0", Label: "The hours of the workspace"}, {Value: "3", Label: "Depots, early"}}, Boxes: []web.FileChoice{{ID: "1", Name: "ana@brightmail.example", On: true}, {ID: "2", Name: "max@brightmail.example"}}, Others: true}
	editing := builder
	editing.Inside = 0
	editing.Step = &web.StepForm{ID: 1, Position: 0, Step: sales.Step{Kind: sales.StepAutoMail, Subject: "The truck that drops out on Thursday", Body: steps(false)[0].Body, Delay: sales.Delay{N: 0, Unit: sales.WorkingDays}}, Preview: mailPreview()}
	empty := web.BuilderPage{Shell: shell("Edit", "sequences"), ID: 9, Name: "After the fair", State: sales.SequenceDraft, Rules: rules, Fields: fields, Uses: builder.Uses}
	empty.Uses.Schedule, empty.Uses.Boxes = "0", nil
	at := func(d, h, m int) time.Time { return time.Date(2026, 11, d, h, m, 0, 0, time.UTC) }
	preview := web.PreviewPage{Shell: shell("Preview", "sequences"), ID: 9, Name: "After the fair", State: sales.SequenceDraft, Steps: steps(false), Total: 118, Capacity: "30 a day from two mailboxes: the first mails take 3 working days.",
		Rows: []web.PreviewRow{
			{PersonID: 12, Name: "Rui Sá", Account: "Brightwater Logistics", Zone: "Lisbon", Moments: []time.Time{at(18, 13, 34), at(23, 8, 41), at(25, 8, 30), {}}, Current: true},
			{PersonID: 25, Name: "Priya Raman", Account: "Chennai Freight", Zone: "Kolkata", Moments: []time.Time{at(19, 3, 12), at(24, 3, 2), at(26, 3, 0), {}}},
			{PersonID: 26, Name: "Sam Doe", Account: "Nowhere", Problem: "No city, and step 1 needs one: fill it in, or give the field a fallback."},
		}, Mails: []web.MailPreview{*mailPreview()}, CanEdit: true, Findings: []web.Finding{{Text: "1 person would be asked about in Next, because a field is missing."}}}
	blocked := preview
	blocked.Rows, blocked.Total, blocked.Capacity = nil, 0, ""
	blocked.Findings = []web.Finding{{Tone: "bad", Text: "No mailbox can send for you. Connect one under Settings, Mailboxes."}}
	newOne := shell("New sequence", "sequences")
	return []Sample{
		{Name: "sequences", Shell: list.Shell, View: web.SequencesView(list)}, {Name: "sequences-fresh", Shell: fresh.Shell, View: web.SequencesView(fresh)}, {Name: "sequence", Shell: one.Shell, View: web.SequenceView(one)}, {Name: "sequence-people", Shell: inside.Shell, View: web.SequencePeopleView(inside)}, {Name: "sequence-ahead", Shell: ahead.Shell, View: web.AheadView(ahead)},
		{Name: "sequence-new", Shell: newOne, View: web.NewSequenceView(newOne, "", "")}, {Name: "builder", Shell: builder.Shell, View: web.BuilderView(builder)}, {Name: "builder-step", Shell: editing.Shell, View: web.BuilderView(editing)}, {Name: "builder-empty", Shell: empty.Shell, View: web.BuilderView(empty)},
		bulkSample(), bulkNobodySample(),
		{Name: "preview", Shell: preview.Shell, View: web.PreviewView(preview)}, {Name: "preview-blocked", Shell: blocked.Shell, View: web.PreviewView(blocked)},
	}
}
