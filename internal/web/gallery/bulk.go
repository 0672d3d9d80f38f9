package gallery

import "ninetyten/internal/web"

// bulkSample is what stopping some people would do: the usual, a long name, one that
// is written from right to left.
func bulkSample() Sample {
	p := web.BulkPage{
		Shell: shell("Before it is done", "sequences"), ID: 7, Name: "Fleet ops, autumn", Title: "Move 4 people?", Says: "4 people are moved, 3 stay as they are. Nothing has happened yet.",
		TakesBack: "1 mail in the outbox, 1 open task", After: "It can be taken back for an hour. What went out stays out; nobody gets a mail twice.",
		Yes: 4, Do: "Move 4 people", Post: "/sequences/7/people?state=alive", Back: "/sequences/7/people?state=alive", Fields: []web.Hidden{{Name: "what", Value: "move"}, {Name: "confirmed", Value: "1"}, {Name: "people", Value: "1,2,3,4"}},
		Groups: []web.BulkGroup{
			{Label: "Are moved to step 4: their move", Yes: true, Open: true, N: 4, Rows: []web.BulkRow{
				{PersonID: 12, Name: "Rui Sá", Account: "Brightwater Logistics", Step: "1 of 4: automatic mail", Then: "Goes on with step 4 Mon 23 Nov 09:12. The mail in the outbox does not go."},
				{PersonID: 22, Name: "Amara Okafor", Account: "Delta Haulage", Step: "2 of 4: automatic mail", Then: "Stays paused, before step 4."},
				{PersonID: 23, Name: "Bartholomäus Friedrich von Hohenstaufen-Lichtenberg-Oettingen", Account: "Gesellschaft für überregionale Kühlkettenlogistik und Frachtvermittlung", Step: "3 of 4: call", Then: "Goes on with step 4 at once, within their hours. The open task is taken back."},
				{PersonID: 24, Name: "ليلى المنصوري", Account: "شركة النقل السريع", Step: "1 of 4: automatic mail", Then: "Goes on with step 4 tomorrow 08:30."},
			}},
			{Label: "Stay as they are, because of an answer", Open: true, N: 2, Rows: []web.BulkRow{
				{PersonID: 11, Name: "Marta Oliveira", Account: "Brightwater Logistics", Step: "2 of 4: automatic mail", Then: "Your move. In Next since today 10:28."},
				{PersonID: 13, Name: "Joost de Vries", Account: "Kanaal Vracht", Step: "2 of 4: automatic mail", Then: "Paused. A colleague answered, yesterday; waits until somebody lets it go on."},
			}},
			{Label: "Stay as they are, because they stand at this step already", Open: true, N: 1, Rows: []web.BulkRow{{PersonID: 14, Name: "Sam Doe", Step: "4 of 4: their move", Then: "Their move. We wait for them, until Fri 15 Jan at most."}}},
		},
	}
	return Sample{Name: "sequence-bulk", Shell: p.Shell, View: web.BulkView(p)}
}

// bulkNobodySample is a command that does nothing to anybody.
func bulkNobodySample() Sample {
	p := web.BulkPage{
		Shell: shell("Before it is done", "sequences"), ID: 7, Name: "Fleet ops, autumn", Title: "Nobody to let go on", Says: "340 people stay as they are.", Post: "/sequences/7/people", Back: "/sequences/7/people?state=alive",
		Groups: []web.BulkGroup{{Label: "Stay as they are, because they are not paused", Open: true, N: 340, Rows: []web.BulkRow{
			{PersonID: 12, Name: "Rui Sá", Account: "Brightwater Logistics", Step: "1 of 4: automatic mail", Then: "Waits. Comes today 13:30."},
		}}},
	}
	return Sample{Name: "sequence-bulk-nobody", Shell: p.Shell, View: web.BulkView(p)}
}
