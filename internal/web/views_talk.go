package web

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/connect"
	"ninetyten/internal/desk"
	"ninetyten/internal/pathway"
	"ninetyten/internal/sales"
)

// talk is what is read of a conversation.
type talk struct {
	points      []sales.Point
	messages    []sales.Message
	calls       []sales.Call
	cards       []sales.Card
	connections []sales.Connection
	used        map[sales.ID]bool
}

// How much of a conversation is read.
const (
	maxTalkMessages = 60
	maxEnded        = 6
)

func (c *scene) readTalk(ctx context.Context, person sales.ID) (*talk, error) {
	t := &talk{}
	var err error
	if t.points, err = c.Store.PointsOf(ctx, c.WorkspaceID, person); err != nil {
		return nil, err
	}
	if t.messages, err = c.Store.MessagesOf(ctx, c.WorkspaceID, person, maxTalkMessages); err != nil {
		return nil, err
	}
	if t.calls, err = c.Store.CallsOf(ctx, c.WorkspaceID, person); err != nil {
		return nil, err
	}
	if t.cards, err = c.Store.Cards(ctx, c.WorkspaceID); err != nil {
		return nil, err
	}
	if t.connections, err = c.Store.ConnectionsOf(ctx, c.WorkspaceID, person); err != nil {
		return nil, err
	}
	t.used, err = c.Store.CardsUsedWith(ctx, c.WorkspaceID, person)
	return t, err
}

// talkOf is the conversation with a person, for the pages that show one.
func (c *scene) talkOf(ctx context.Context, rec *record, back string) (TalkView, error) {
	t, err := c.readTalk(ctx, rec.person.ID)
	if err != nil {
		return TalkView{}, err
	}
	v := TalkView{PersonID: rec.person.ID, FirstName: firstNameOf(rec.person), Back: back}
	for _, p := range t.points {
		row := c.pointRow(t, p)
		switch {
		case p.Open():
			v.Open = append(v.Open, row)
		case len(v.Ended) < maxEnded && p.EndedAt.After(c.now().AddDate(0, 0, -60)):
			v.Ended = append(v.Ended, row)
		}
		if p.Kind == sales.PointPain && p.Open() {
			v.Pains = append(v.Pains, Option{Value: p.ID.String(), Label: cut(p.Text, 120)})
		}
	}
	slices.SortStableFunc(v.Open, comparePoints)
	v.Asked = t.askedRows()
	c.pathwayOf(t, rec, &v)
	t.tie(&v)
	return v, nil
}

// comparePoints orders what is open: dates first, then promises, questions, pains.
func comparePoints(a, b PointRow) int {
	if a.Due.IsZero() != b.Due.IsZero() {
		if a.Due.IsZero() {
			return 1
		}
		return -1
	}
	if x := a.Due.Compare(b.Due); x != 0 {
		return x
	}
	order := []sales.PointKind{sales.PointPromise, sales.PointQuestion, sales.PointPain}
	return slices.Index(order, a.Kind) - slices.Index(order, b.Kind)
}

func (c *scene) pointRow(t *talk, p sales.Point) PointRow {
	row := PointRow{ID: p.ID, Kind: p.Kind, Side: p.Side, State: p.State, Text: p.Text, Due: p.DueAt, Late: p.Late(c.now()), At: p.At, Source: sourceName(p.Source), Href: sourceHref(p.PersonID, p.Source, p.SourceID)}
	if p.Kind != sales.PointQuestion || !p.Open() {
		return row
	}
	// Theirs may be answered by what we wrote since, ours by what they did.
	for _, m := range t.messages {
		if (m.Direction == sales.Outgoing) == (p.Side == sales.TheirMove) && m.ArrivedAt.After(p.At) && (m.Direction == sales.Outgoing || m.Verdict.Kind == sales.KindReply) {
			row.Answered, row.AnswerBy, row.AnswerID, row.AnswerRef = true, string(sales.FromMessage), m.ID, path("/messages", m.ID)
			break
		}
	}
	for _, x := range t.calls {
		if !row.Answered && x.Disposition.Talks() && x.At.After(p.At) {
			row.Answered, row.AnswerBy, row.AnswerID = true, string(sales.FromCall), x.ID
		}
	}
	return row
}

// askedRows are the questions of their newest answer that nobody wrote down and
// that no mail of ours came after.
func (t *talk) askedRows() []AskedRow {
	known := map[string]bool{}
	for _, p := range t.points {
		known[p.Key] = true
	}
	for _, m := range t.messages {
		if m.Direction == sales.Outgoing {
			return nil
		}
		if m.Verdict.Kind != sales.KindReply {
			continue
		}
		var out []AskedRow
		for i, q := range pathway.Questions(m.Text) {
			if key := fmt.Sprintf("asked/%d/%d", m.ID, i); !known[key] {
				out = append(out, AskedRow{Text: q, MessageID: m.ID, Key: key})
			}
		}
		return out
	}
	return nil
}

// pathwayOf reads where the conversation stands.
func (c *scene) pathwayOf(t *talk, rec *record, v *TalkView) {
	in := pathway.Input{Points: t.points, Links: len(t.connections), Cards: t.cards, Asked: t.used}
	for _, m := range t.messages {
		theirs := m.Direction == sales.Incoming
		if theirs && m.Verdict.Kind != sales.KindReply {
			continue
		}
		text := m.Text
		if !theirs {
			text, _ = ownWords(m.Text)
		}
		in.Texts = append(in.Texts, pathway.Text{Source: sales.FromMessage, ID: m.ID, At: m.ArrivedAt, Theirs: theirs, Auto: rec.kinds[m.MailingID] == sales.MailingAuto, Text: text})
	}
	for _, x := range t.calls {
		in.Texts = append(in.Texts, pathway.Text{Source: sales.FromCall, ID: x.ID, At: x.At, Theirs: x.Disposition.Talks() && x.Purpose != sales.PurposeClosing, Asks: x.Purpose == sales.PurposeClosing && x.Disposition.Talks(), Text: x.Note})
	}
	g := pathway.Read(in)
	for _, s := range g.Steps {
		card := StageCard{Name: stageName(s.Stage), Sources: s.Sources, Next: s.Stage == g.Next, Missing: s.Missing}
		for _, q := range s.Known {
			card.Known = append(card.Known, quoteRow(v.PersonID, q))
		}
		if len(s.Ask) > 0 && s.Missing != "" {
			card.Ask = s.Ask[0].Title
		}
		v.Stages = append(v.Stages, card)
		if s.Stage == g.Next {
			v.GuideStage = card.Name
			for _, q := range s.Ask {
				v.Guide = append(v.Guide, GuideQuestion{CardID: q.ID, Text: q.Title, Hints: q.Body})
				v.Inserts = append(v.Inserts, Insert{Label: cut(q.Title, 60), Text: q.Title, Kind: "question"})
			}
		}
	}
	for _, f := range g.Flags {
		v.Flags = append(v.Flags, FlagRow{Text: f.Text, Quote: quoteRow(v.PersonID, f.Quote)})
	}
}

// tie shows the connections, the pairs that may become one, and what can be put
// into a mail.
func (t *talk) tie(v *TalkView) {
	card := func(id sales.ID) sales.Card {
		if i := slices.IndexFunc(t.cards, func(c sales.Card) bool { return c.ID == id }); i >= 0 {
			return t.cards[i]
		}
		return sales.Card{}
	}
	pain := func(id sales.ID) sales.Point {
		if i := slices.IndexFunc(t.points, func(p sales.Point) bool { return p.ID == id }); i >= 0 {
			return t.points[i]
		}
		return sales.Point{}
	}
	tied := map[[2]sales.ID]bool{}
	var ours []Insert
	for _, x := range t.connections {
		p, k := pain(x.PainID), card(x.CardID)
		tied[[2]sales.ID{x.PainID, x.CardID}] = true
		row := ConnectionRow{ID: x.ID, Sentence: x.Sentence, Pain: p.Text, Card: k.Title, Missing: connect.Umbrella(x.Sentence, p, k).Missing}
		if k.ID > 0 {
			row.CardHref = path("/playbook", k.ID)
		}
		v.Connections = append(v.Connections, row)
		ours = append(ours, Insert{Label: cut(x.Sentence, 60), Text: x.Sentence, Kind: "connection"})
	}
	v.Inserts = append(ours, v.Inserts...)
	for _, x := range connect.Propose(t.points, t.cards, 4) {
		if !tied[[2]sales.ID{x.Pain.ID, x.Card.ID}] {
			v.Pairs = append(v.Pairs, PairRow{PainID: x.Pain.ID, CardID: x.Card.ID, Pain: x.Pain.Text, Card: x.Card.Title, Sentence: x.Sentence, Why: "Both say: " + strings.Join(x.Shared, ", ")})
		}
	}
	for _, k := range t.cards {
		if k.Kind != sales.CardQuestion && k.ArchivedAt.IsZero() {
			v.Cards = append(v.Cards, Option{Value: k.ID.String(), Label: labelOf(cardKindChoices(), string(k.Kind)) + ": " + cut(k.Title, 80)})
			if len(v.Inserts) < 12 {
				v.Inserts = append(v.Inserts, Insert{Label: cut(k.Title, 60), Text: strings.TrimSpace(k.Body + " " + k.Proof), Kind: "card"})
			}
		}
	}
}

// dialOf fills in the call: whether now is the time, the link, and what to ask.
func (c *scene) dialOf(ctx context.Context, a *PersonActs, rec *record, task sales.ID) error {
	leave, err := c.Desk.MayCall(ctx, c.Viewer, rec.person.ID)
	if err != nil {
		return err
	}
	a.Call.Link = desk.PhoneLink(c.settings, rec.person.Phone, rec.person.ID, task, c.User.ID)
	a.Call.Blocked, a.Call.MayOverride = "", leave.Ever
	if !leave.OK {
		a.Call.Blocked = leave.Why
		if !leave.At.IsZero() {
			a.Call.Blocked += " Better from " + when(c.words(ctx), leave.At) + ", your time."
		}
	}
	return nil
}

// callAgain is the moment of a callback that a form carries.
func callAgain(value string, zone *time.Location) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", value, zone)
	if err != nil {
		return at, sales.Errorf(sales.Invalid, "Say when to call again: a day and a time.")
	}
	return at, nil
}

// withTalk puts the conversation beside the call of a page.
func (a *PersonActs) withTalk(v TalkView) {
	a.Call.Questions, a.Call.Stage, a.Inserts = v.Guide, v.GuideStage, v.Inserts
	for _, x := range v.Connections[:min(len(v.Connections), 2)] {
		a.Call.Say = append(a.Call.Say, x.Sentence)
	}
}
