package web

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// BulkPage shows what one command for many people of a sequence would do to each,
// before it is done.
type BulkPage struct {
	Shell
	ID        sales.ID
	Name      string
	Title     string // "Stop 12 people?"
	Says      string // "12 stop, 3 stay as they are."
	TakesBack string // "1 mail in the outbox, 2 drafts"; "" is nothing
	After     string // what can be done about it afterwards
	Groups    []BulkGroup
	Yes       int
	Do        string // "Stop 12 people"
	Post      string
	Back      string
	Fields    []Hidden
}

// BulkGroup are people to whom the same happens.
type BulkGroup struct {
	Label string
	Yes   bool
	Open  bool
	N     int
	Rows  []BulkRow // at most bulkShown of them
}

// BulkRow is one of them.
type BulkRow struct {
	PersonID sales.ID
	Name     string
	Account  string
	Step     string // where they stand now
	Then     string // what happens; of a no, how they stay
}

// bulkShown is how many people of a group are shown by name.
const bulkShown = 200

// bulkVerbs are the words of a command: what is asked, and what one and many do.
func bulkVerbs(k desk.BulkKind) (ask, one, many string) {
	switch k {
	case desk.BulkPause:
		return "Pause", "is paused", "are paused"
	case desk.BulkResume:
		return "Let go on", "goes on", "go on"
	case desk.BulkMove:
		return "Move", "is moved", "are moved"
	case desk.BulkStop:
		return "Stop", "stops", "stop"
	}
	return "Take out", "is taken out", "are taken out"
}

// bulkDo says what the button does: "Let 3 people go on".
func bulkDo(k desk.BulkKind, n int) string {
	who := many(n, "person", "people")
	switch k {
	case desk.BulkResume:
		return "Let " + who + " go on"
	case desk.BulkRemove:
		return "Take " + who + " out"
	}
	ask, _, _ := bulkVerbs(k)
	return ask + " " + who
}

// bulkPage puts checks into words.
func (s *Server) bulkPage(ctx context.Context, v visit, q sales.Sequence, c desk.BulkCommand, checks []desk.BulkCheck, p *BulkPage) error {
	var list []sales.Enrollment
	for _, x := range checks {
		list = append(list, x.Is)
	}
	accounts := map[sales.ID]sales.Account{}
	for part := range slices.Chunk(list, 500) {
		var ids []sales.ID
		for _, e := range part {
			ids = append(ids, e.AccountID)
		}
		some, err := s.Store.Accounts(ctx, v.WorkspaceID, ids)
		if err != nil {
			return err
		}
		for id, a := range some {
			accounts[id] = a
		}
	}
	yes, no := BulkGroup{Yes: true, Label: upperFirst(bulkGroupWords(q, c))}, map[string]*BulkGroup{}
	var order []*BulkGroup
	var ids []string
	taken := map[desk.BulkTakes]int{}
	for _, x := range checks {
		row := BulkRow{PersonID: x.Person.ID, Name: x.Person.Name(), Account: accounts[x.Is.AccountID].Name, Step: insideStep(q, x.Is)}
		g := &yes
		if x.OK {
			ids = append(ids, x.Is.ID.String())
			taken[x.TakesBack]++
			row.Then = bulkThen(ctx, q, c.Kind, x)
		} else {
			if no[x.Why] == nil {
				no[x.Why] = &BulkGroup{Label: "Stay as they are, " + x.Why}
				order = append(order, no[x.Why])
			}
			g, row.Then = no[x.Why], insideTag(x.Is).Text+". "+upperFirst(insideWhy(ctx, x.Is))
		}
		if g.N++; len(g.Rows) < bulkShown {
			g.Rows = append(g.Rows, row)
		}
	}
	slices.SortStableFunc(order, func(a, b *BulkGroup) int { return b.N - a.N })
	if p.Yes = yes.N; yes.N > 0 {
		yes.Open = yes.N <= 50
		p.Groups = append(p.Groups, yes)
	}
	for _, g := range order {
		g.Open = g.N <= 10 || yes.N == 0
		p.Groups = append(p.Groups, *g)
	}
	_, one, more := bulkVerbs(c.Kind)
	stay := len(checks) - yes.N
	p.Do, p.TakesBack = bulkDo(c.Kind, yes.N), takenBack(taken)
	p.Title = pick(yes.N > 0, p.Do+"?", "Nobody to "+bulkNobody(c.Kind))
	p.Says = fmt.Sprintf("%s, %s. Nothing has happened yet.", many(yes.N, "person "+one, "people "+more), many(stay, "stays as they are", "stay as they are"))
	if yes.N == 0 {
		p.Says = many(stay, "person stays as they are.", "people stay as they are.")
	}
	p.After = pick(yes.N > 0, "It can be taken back for an hour. What went out stays out; nobody gets a mail twice.", "")
	p.Fields = append(p.Fields, Hidden{"what", string(c.Kind)}, Hidden{"confirmed", "1"}, Hidden{"people", strings.Join(ids, ",")})
	return nil
}

// bulkNobody says what there is nobody for.
func bulkNobody(k desk.BulkKind) string {
	ask, _, _ := bulkVerbs(k)
	return lowerFirst(ask)
}

// bulkGroupWords says what happens to those who are a yes.
func bulkGroupWords(q sales.Sequence, c desk.BulkCommand) string {
	_, _, more := bulkVerbs(c.Kind)
	if c.Kind != desk.BulkMove {
		return more
	}
	for i, x := range q.Steps {
		if x.ID == c.StepID {
			return fmt.Sprintf("%s to step %d: %s", more, i+1, lowerFirst(stepKindLabel(x.Kind)))
		}
	}
	return more
}

// bulkThen says what comes of one of them.
func bulkThen(ctx context.Context, q sales.Sequence, k desk.BulkKind, x desk.BulkCheck) string {
	var say string
	switch e := x.Then; {
	case e.State == sales.Paused:
		say = pick(e.Until.IsZero(), "Paused until somebody lets them go on", "Paused until "+when(ctx, e.Until))
		if k == desk.BulkMove {
			say = "Stays paused, before " + stepBefore(q, e)
		}
	case e.State == sales.Pending:
		say = "Begins at " + stepBefore(q, e) + " when the sequence is started"
	case e.State.Alive() && !e.NextAt.IsZero():
		say = "Goes on with " + stepBefore(q, e) + pick(e.NextAt.After(shellOf(ctx).Now), " "+when(ctx, e.NextAt), " at once, within their hours")
	case e.State.Alive():
		say = "Goes on with " + stepBefore(q, e)
	case k == desk.BulkRemove:
		say = "Taken out " + insideStep(q, x.Then)
	default:
		say = "Ends " + insideStep(q, x.Then)
	}
	switch x.TakesBack {
	case desk.TakesMail:
		say += ". The mail in the outbox does not go"
	case desk.TakesDraft:
		say += ". The draft is taken back"
	case desk.TakesTask:
		say += ". The open task is taken back"
	}
	return say + "."
}

// stepBefore names the step that somebody stands before.
func stepBefore(q sales.Sequence, e sales.Enrollment) string {
	if e.Position >= len(q.Steps) {
		return "what is behind the last step"
	}
	return fmt.Sprintf("step %d", e.Position+1)
}

// takenBack sums up what would be taken back.
func takenBack(n map[desk.BulkTakes]int) string {
	var out []string
	for _, x := range []struct {
		kind      desk.BulkTakes
		one, more string
	}{{desk.TakesMail, "mail in the outbox", "mails in the outbox"}, {desk.TakesDraft, "draft", "drafts"}, {desk.TakesTask, "open task", "open tasks"}} {
		if n[x.kind] > 0 {
			out = append(out, many(n[x.kind], x.one, x.more))
		}
	}
	return strings.Join(out, ", ")
}
