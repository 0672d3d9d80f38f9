package web

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// sortedAbsences are absences in the order in which they end.
func sortedAbsences(m map[sales.ID]sales.Absence) []sales.Absence {
	return slices.SortedFunc(maps.Values(m), func(a, b sales.Absence) int { return cmp.Or(a.To.Compare(b.To), cmp.Compare(a.ID, b.ID)) })
}

// awaySpan writes the days of an absence.
func (c *scene) awaySpan(a sales.Absence) string {
	zone := c.workZone(a.UserID)
	first, last := a.From.In(zone), a.To.Add(-time.Second).In(zone)
	layout := "Mon 2 Jan"
	if first.Year() != c.now().In(zone).Year() || last.Year() != first.Year() {
		layout = "Mon 2 Jan 2006"
	}
	if first.Format(time.DateOnly) == last.Format(time.DateOnly) {
		return first.Format(layout)
	}
	return first.Format(layout) + " to " + last.Format(layout)
}

func (c *scene) mayChange(a sales.Absence) bool {
	return a.To.After(c.now()) && (a.UserID == c.UserID || c.Role.AtLeast(sales.RoleManager))
}

func (c *scene) absenceRow(ctx context.Context, a sales.Absence) (AbsenceRow, error) {
	u := c.team[a.UserID]
	row := AbsenceRow{
		ID: a.ID, Who: pick(u.Name != "", u.Name, "Somebody who left"), When: c.awaySpan(a), Note: a.Note,
		Own: a.UserID == c.UserID, Can: c.mayChange(a), Begun: !a.From.After(c.now()),
	}
	if row.Own {
		row.Who = "You"
	}
	in := pick(a.StandInID == c.UserID, "You", c.team[a.StandInID].Name)
	switch {
	case a.Mode == sales.AbsenceHandOver:
		row.Does = in + pick(in == "You", " stand in", " stands in")
	case a.StandInID != 0:
		row.Does = "Everything waits; " + pick(in == "You", "you look", in+" looks") + " after answers"
	default:
		row.Does = "Everything waits"
	}
	if a.Running(c.now()) && (c.mayTake(a) || row.Own) {
		list, err := c.Desk.AwayHandoffs(ctx, c.Viewer, a.ID)
		if err != nil {
			return row, err
		}
		row.Waits = len(list)
	}
	return row, nil
}

// absenceForm is the form of an absence, with what was typed over it.
func (c *scene) absenceForm(a sales.Absence, typed map[string]string, problem error) AbsenceFormView {
	f := AbsenceFormView{ID: a.ID, Begun: a.ID != 0 && !a.From.After(c.now()), Values: map[string]string{"user": a.UserID.String(), "mode": string(a.Mode), "stand_in": a.StandInID.String(), "note": a.Note}}
	if a.ID != 0 {
		zone := c.workZone(a.UserID)
		f.Values["first"], f.Values["last"] = a.From.In(zone).Format(time.DateOnly), a.To.Add(-time.Second).In(zone).Format(time.DateOnly)
	}
	maps.Copy(f.Values, typed)
	if problem != nil {
		f.Problem = sales.Explain(problem)
	}
	f.StandIns = []Option{{Value: "0", Label: "Nobody"}}
	for _, u := range slices.SortedFunc(maps.Values(c.team), func(a, b sales.User) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) }) {
		if u.Disabled {
			continue
		}
		if c.Role.AtLeast(sales.RoleManager) {
			f.Users = append(f.Users, Option{Value: u.ID.String(), Label: u.Name + pick(u.ID == c.UserID, " (you)", "")})
		}
		if u.ID != a.UserID || a.ID == 0 && c.Role.AtLeast(sales.RoleManager) {
			f.StandIns = append(f.StandIns, Option{Value: u.ID.String(), Label: u.Name})
		}
	}
	return f
}

// previewOf says in words what an absence would do.
func (c *scene) previewOf(p *desk.AbsencePreview) *AbsencePreviewView {
	if p == nil {
		return nil
	}
	a := p.Absence
	out := &AbsencePreviewView{Head: "As things stand, " + c.awaySpan(a) + ":"}
	if a.Mode == sales.AbsenceHandOver {
		out.Lines = []string{
			many(p.Load.People, "person", "people") + ", " + many(p.Load.Enrollments, "running sequence", "running sequences") + " and " + many(p.Load.Tasks, "open task", "open tasks") + " go to " + c.team[a.StandInID].Name + ".",
			"They come home " + onDay(c.backDay(a)) + ", but what somebody else gets meanwhile.",
		}
		return out
	}
	if p.Enrollments+p.Tasks == 0 {
		out.Lines = []string{"Nothing would come in that time, so nothing waits. What is begun until then waits too."}
		return out
	}
	out.Lines = []string{many(p.Enrollments, "sequence waits", "sequences wait") + " whose next step would come in that time, and " + many(p.Tasks, "task", "tasks") + ". What comes later is left as it is."}
	for _, d := range p.Days {
		out.Days = append(out.Days, BackDay{Day: d.Day.In(p.Place).Format("Mon 2 Jan"), Mails: d.Mails, Hands: d.Hands})
	}
	return out
}

// absenceSays says what happens to the work.
func (c *scene) absenceSays(ctx context.Context, a sales.Absence) ([]string, Tag, error) {
	back := onDay(c.backDay(a))
	count := func(kind store.ItemKind) (int, error) {
		list, err := c.Store.AbsenceItems(ctx, c.WorkspaceID, a.ID, kind, 0, 10_000)
		return len(list), err
	}
	one, two := store.ItemPaused, store.ItemSnoozed
	if a.Mode == sales.AbsenceHandOver {
		one, two = store.ItemPerson, store.ItemEnrollment
	}
	n, err := count(one)
	if err != nil {
		return nil, Tag{}, err
	}
	m, err := count(two)
	if err != nil {
		return nil, Tag{}, err
	}
	in := c.team[a.StandInID].Name
	switch running := a.Running(c.now()); {
	case !running && !a.From.After(c.now()):
		return []string{"It is over. What waited comes back in its order; what a colleague had is home again."}, Tag{Text: "Over"}, nil
	case a.Mode == sales.AbsenceHandOver && running:
		return []string{many(n, "person", "people") + " and " + many(m, "sequence", "sequences") + " are with " + in + ". They go home " + back + "."}, Tag{Text: "Away now", Tone: "mark", Icon: "coffee"}, nil
	case a.Mode == sales.AbsenceHandOver:
		return []string{"Then people, sequences and tasks go to " + in + ", and home again " + back + "."}, Tag{Text: "Planned"}, nil
	case running:
		return []string{many(n, "sequence waits", "sequences wait") + ", and " + many(m, "task is", "tasks are") + " put off. From the return " + back + " on they come back in their order, a day’s worth a day."}, Tag{Text: "Away now", Tone: "mark", Icon: "coffee"}, nil
	}
	return []string{"Then nothing goes out and nothing is asked for. From the return " + back + " on everything comes back in its order, a day’s worth a day."}, Tag{Text: "Planned"}, nil
}

// awayPeople are those whose answers wait.
func (c *scene) awayPeople(ctx context.Context, a sales.Absence) ([]AwayPerson, error) {
	tasks, err := c.Desk.AwayHandoffs(ctx, c.Viewer, a.ID)
	if err != nil {
		return nil, err
	}
	var people, messages []sales.ID
	for _, t := range tasks {
		people, messages = append(people, t.PersonID), append(messages, t.MessageID)
	}
	byID, err := c.Store.PeopleByID(ctx, c.WorkspaceID, people)
	if err != nil {
		return nil, err
	}
	heads, err := c.Store.MessageHeads(ctx, c.WorkspaceID, messages)
	if err != nil {
		return nil, err
	}
	companies, err := c.companiesOf(ctx, byID)
	if err != nil {
		return nil, err
	}
	seen := map[sales.ID]bool{}
	var out []AwayPerson
	for _, t := range tasks {
		p, ok := byID[t.PersonID]
		if !ok || seen[p.ID] {
			continue
		}
		seen[p.ID] = true
		m := heads[t.MessageID]
		x := AwayPerson{ID: p.ID, Name: p.Name(), Account: companies[p.AccountID].Name, Text: oneLine(m.Text, 220), Verdict: m.Verdict, HasVerdict: m.Verdict.Kind != "",
			Clock: c.clockOf(ctx, t)}
		if scope := c.OwnerScope(); scope == 0 || p.OwnerID == 0 || p.OwnerID == scope {
			x.Href = path("/people", p.ID)
			if m.ThreadID != 0 {
				x.Href = path("/inbox", m.ThreadID)
			}
		}
		out = append(out, x)
	}
	return out, nil
}
