package gallery

import (
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

func peopleRows() []web.PersonRow {
	return []web.PersonRow{
		{ID: 11, Name: "Marta Oliveira", Initials: "MO", Title: "Head of Operations", Account: "Brightwater Logistics", Email: "marta@brightwater.example", Move: web.MoveMark{Side: sales.OurMove, Text: "Our move, 14 min"}, LastAt: ago(14 * time.Minute)},
		{ID: 12, Name: "Rui Sá", Initials: "RS", Title: "Dispatcher", Account: "Brightwater Logistics", Email: "rui@brightwater.example", Move: web.MoveMark{Side: sales.Resting, Text: "Resting"}},
		{ID: 21, Name: "Jonas Lindqvist", Initials: "JL", Title: "Managing Director", Account: "Fjellfrakt", Email: "jonas@fjellfrakt.example", Move: web.MoveMark{Side: sales.OurMove, Text: "Our move, 1 h late", Late: true}, LastAt: ago(2 * time.Hour)},
		{ID: 22, Name: "Amara Okafor", Initials: "AO", Title: "Fleet Manager", Account: "Delta Haulage", Email: "amara@deltahaulage.example", Move: web.MoveMark{Side: sales.TheirMove, Text: "Their move until 23 Nov"}, In: "Fleet ops, autumn", LastAt: ago(50 * time.Hour)},
		{ID: 23, Name: "Bartholomäus von Hohenstaufen-Lichtenberg", Initials: "BH", Title: "Leiter Beschaffung und strategische Partnerschaften", Account: "Vereinigte Norddeutsche Kühltransporte", Email: "b.hohenstaufen@kuehltransporte.example", Tag: web.Tag{Text: "undeliverable", Tone: "bad"}, Move: web.MoveMark{Side: sales.Resting, Text: "Resting"}, LastAt: ago(days(40))},
	}
}

func peopleSamples() []Sample {
	list := web.PeoplePage{
		Shell: shell("People", "people"), Rows: peopleRows(), NextHref: "/people/rows?after=x", Filtered: true, Count: 212, Back: "/people",
		InAny: []web.Option{{Value: "7", Label: "Ever in Fleet ops, autumn"}}, Owners: []web.Option{{Value: "1", Label: "Ana Figueira"}, {Value: "2", Label: "Tomás Lima"}},
		Filters:   []web.Chip{{Label: "It is our move", Href: "/people?move=ours", On: true}, {Label: "They answered in the last 30 days", Href: "/people?answered=30"}, {Label: "In no sequence", Href: "/people?in=none"}, {Label: "Mine", Href: "/people?owner=me", On: true}, {Label: "Undeliverable", Href: "/people?address=dead"}},
		Sequences: []web.Option{{Value: "7", Label: "Fleet ops, autumn"}, {Value: "8", Label: "Cold chain"}},
	}
	none := web.PeoplePage{Shell: shell("People", "people"), Query: "xyz", Filtered: true}
	fresh := web.PeoplePage{Shell: shell("People", "people")}

	n := served()
	person := web.PersonPage{
		Shell: shell("Marta Oliveira", "people"), Head: marta(), Balance: n.Balance, Acts: acts(),
		Running: []web.EnrollmentView{
			running()[0],
			{ID: 302, Sequence: "Cold chain", Href: "/sequences/8", Tag: web.Tag{Text: "Waits", Tone: "mark"}, Step: "Step 1 of 3: automatic mail", Why: "Not yet: it is outside of their hours. Goes today at 13:30 in Lisbon.", Actions: []web.Action{{Label: "Pause", Small: true, Post: "/enrollments/302/pause"}, {Label: "Take out", Small: true, Quiet: true, Post: "/enrollments/302/remove"}}},
		},
		Sequences: list.Sequences, Tasks: []web.TaskView{{ID: 71, Kind: sales.TaskAnswer, Title: "Marta waits for your answer", DueAt: Now().Add(time.Minute)}},
		Threads: threadRows()[:1], Story: chapters(), Dossier: dossierFilled(), StoryNext: "/people/11/story?after=x", Colleagues: n.Colleagues, Facts: n.Facts, Custom: []web.Fact{{Label: "City", Value: "Porto"}, {Label: "Fleet size", Value: "62"}},
	}
	person.Talk, person.Acts = martaTalk("/people/11"), withCall(person.Acts)
	person.Acts.Back = "/people/11"
	stopped := person
	stopped.Head.Suppressed = "They asked for no more mail on 12 Nov, with the button in a mail."
	stopped.Head.EmailNote = "on the list"
	stopped.Acts.CanWrite = false
	stopped.Threads, stopped.Tasks = nil, nil

	chased := person
	chased.Head.Move = web.MoveMark{Side: sales.TheirMove, Text: "Their move, 12 days"}
	chased.Acts.MessageID, chased.Acts.TaskID = 0, 0
	chased.Acts.Write.Chase = &web.ChaseNote{Say: "It is the move of Marta since Fri 6 Nov.", Before: "2 chases before, 1 answered within a week. The last one Tue 3 Nov: their board met on Monday.", All: "In this workspace: 9 of 41 chases answered within a week.", Door: "It goes once. Then they rest for 60 days, or until they write."}
	chased.Shell.Open = "act-write"
	called := chased
	called.Acts.Call.Chase, called.Acts.Call.Problem = chased.Acts.Write.Chase, "It is the move of Marta since 6 Nov. Say why you call before they do."
	called.Shell.Open, called.Shell.Counts = "act-call", "person"
	form := web.PersonForm{
		Shell: shell("Marta Oliveira", "people"), ID: 11, Values: map[string]string{"first_name": "Marta", "last_name": "Oliveira", "email": "marta@brightwater", "title": "Head of Operations", "account": "Brightwater Logistics", "phone": "+351 22 555 0148", "owner": "1"},
		Custom: []web.Fact{{Label: "City", Value: "Porto"}}, Owners: []web.Option{{Value: "", Label: "Nobody"}, {Value: "1", Label: "Ana Figueira"}},
		Errors: map[string]string{"email": "“marta@brightwater” is not a mail address. It should look like name@company.com."}, Problem: "One field needs another look.",
	}
	enrol := web.EnrolPage{
		Shell: shell("Into a sequence", "people"), SequenceID: 7, Sequence: "Fleet ops, autumn", Running: true, YesN: 2, NoN: 2, FirstMailing: "today at 13:30 in Lisbon", Back: "/people",
		Groups: []web.EnrolGroup{
			{Label: "Go in", Yes: true, Open: true, Rows: []web.EnrolRow{{ID: 12, Name: "Rui Sá", Account: "Brightwater Logistics", Yes: true, Why: "First step today at 13:30."}, {ID: 24, Name: "Inês Prado", Account: "Brightwater Logistics", Yes: true, Why: "First step tomorrow at 08:30: a colleague goes first."}}},
			{Label: "No working mail address", Help: "Add one on their page, or call.", Open: true, Rows: []web.EnrolRow{{ID: 23, Name: "Bartholomäus von Hohenstaufen-Lichtenberg", Account: "Vereinigte Norddeutsche Kühltransporte", Why: "The address does not exist; a mail came back on 9 Oct."}}},
			{Label: "In a sequence, or through this one", Help: "The rules of the sequence say whether people may be in two, or come again.", Rows: []web.EnrolRow{{ID: 22, Name: "Amara Okafor", Account: "Delta Haulage", Why: "Is in “Fleet ops, autumn” already, at step 2."}}},
		},
	}
	return []Sample{
		{Name: "people", Shell: list.Shell, View: web.PeopleView(list)}, {Name: "people-none", Shell: none.Shell, View: web.PeopleView(none)}, {Name: "people-fresh", Shell: fresh.Shell, View: web.PeopleView(fresh)},
		{Name: "person", Shell: person.Shell, View: web.PersonView(person)}, {Name: "person-stopped", Shell: stopped.Shell, View: web.PersonView(stopped)}, {Name: "person-chased", Shell: chased.Shell, View: web.PersonView(chased)}, {Name: "person-called", Shell: called.Shell, View: web.PersonView(called)}, {Name: "person-form", Shell: form.Shell, View: web.PersonFormView(form)}, {Name: "enrol", Shell: enrol.Shell, View: web.EnrolView(enrol)},
	}
}

func importSamples() []Sample {
	s := shell("Import", "people")
	start := web.ImportPage{Shell: s, MaxSize: 1 << 30, Problem: "The file is empty. Save the sheet as CSV and choose it again.", Past: []web.ImportRow{{ID: 5, File: "porto-fleet.csv", By: "412 kB", At: ago(2 * time.Hour), Text: "212 added, 14 changed, 3 left out", Finished: true}}}
	fresh := web.ImportPage{Shell: s, MaxSize: 1 << 30}
	mapping := web.ImportMapPage{
		Shell: s, ID: 6, File: "oslo.csv", Rows: 1204, Read: "Read as UTF-16, separated by semicolons.",
		Columns: []web.ImportColumn{{Name: "Vorname", Index: 0, Samples: []string{"Jonas", "Ingrid", "Per"}, Target: "first_name"}, {Name: "E-Mail", Index: 1, Samples: []string{"jonas@fjellfrakt.example", "ingrid@nordfrakt.example"}, Target: "email"}, {Name: "Firma", Index: 2, Samples: []string{"Fjellfrakt", "Nordfrakt"}, Target: "account"}, {Name: "Stadt", Index: 3, Samples: []string{"Bergen", "Oslo"}, Target: "custom"}},
		Targets: []web.Option{{Value: "", Label: "Leave out"}, {Value: "first_name", Label: "First name"}, {Value: "email", Label: "Mail address"}, {Value: "account", Label: "Company"}, {Value: "custom", Label: "A field of its own"}},
		Owners:  []web.Option{{Value: "1", Label: "Ana Figueira"}, {Value: "2", Label: "Tomás Lima"}}, Owner: "1",
		Findings: []web.Finding{{Tone: "late", Text: "7 rows have more columns than the head. What is beyond is left out."}},
	}
	rows := []web.ImportPreviewRow{
		{Line: 2, Name: "Jonas Lindqvist", Account: "Fjellfrakt", What: web.Tag{Text: "Changes 1 field", Tone: "mark"}, Why: "Title: Managing Director"},
		{Line: 3, Name: "Ingrid Dahl", Account: "Nordfrakt", What: web.Tag{Text: "New", Tone: "lean"}},
		{Line: 4, Name: "Per Moen", Account: "Nordfrakt", What: web.Tag{Text: "Left out", Tone: "late"}, Why: "“per(at)nordfrakt” is not a mail address, and there is no phone number."},
		{Line: 5, Name: "Kari Lund", Account: "Nordfrakt", What: web.Tag{Text: "Left out", Tone: "late"}, Why: "On the suppression list since 3 Nov."},
	}
	preview := web.ImportPreviewPage{Shell: s, ID: 6, File: "oslo.csv", Added: 1180, Changed: 14, Same: 3, LeftOf: 7, Rows: rows, NextHref: "/import/6/rows?after=5", Whole: true, Findings: []web.Finding{{Text: "12 people share an address with somebody in the file; the first row counts."}}}
	run := web.ImportResultPage{Shell: s, ID: 6, File: "oslo.csv", Running: true, Rows: 640, Done: 320 << 10, Total: 640 << 10}
	broken := web.ImportResultPage{Shell: s, ID: 6, File: "oslo.csv", Added: 400, Problem: "The server stopped while this import ran."}
	result := web.ImportResultPage{Shell: s, ID: 6, File: "oslo.csv", Added: 1180, Changed: 14, Same: 3, LeftOf: 7, ProblemsHref: "/import/6/problems.csv", More: 3, Problems: []web.ImportProblem{
		{Line: 4, What: "Left out", Left: true, Text: "“per(at)nordfrakt” is not a mail address, so it was left out. A person needs a mail address, a phone number or a LinkedIn address."}, {Line: 9, What: "Came in", Text: "“Norge” is not a country that is known here, so it was left out."},
	}}
	return []Sample{
		{Name: "import", Shell: s, View: web.ImportView(start)}, {Name: "import-fresh", Shell: s, View: web.ImportView(fresh)}, {Name: "import-map", Shell: s, View: web.ImportMapView(mapping)}, {Name: "import-preview", Shell: s, View: web.ImportPreviewView(preview)},
		{Name: "import-running", Shell: s, View: web.ImportResultView(run)}, {Name: "import-result", Shell: s, View: web.ImportResultView(result)}, {Name: "import-broken", Shell: s, View: web.ImportResultView(broken)},
	}
}
