package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// EnrollCheck says for one person whether they may be put into a sequence, and
// what would happen first.
type EnrollCheck struct {
	Person    sales.Person
	OK        bool
	No        EnrollNo  // the kind of the reason against it
	Why       string    // why not, or what to know
	MailboxID sales.ID  // from which it would go
	FirstAt   time.Time // when the first step would begin at the earliest
	Waits     bool      // it goes in, and begins when a place at the account is free
}

// CheckEnroll says for each person, in the order of ids, yes or why not. People
// that the viewer may not see are left out.
func (d *Desk) CheckEnroll(ctx context.Context, v sales.Viewer, sequence sales.ID, ids []sales.ID) ([]EnrollCheck, error) {
	if err := need(v, sales.RoleSeller, "put people into sequences"); err != nil {
		return nil, err
	}
	if len(ids) > 1000 {
		return nil, sales.Errorf(sales.Limited, "At most 1,000 people at a time. Choose fewer.")
	}
	q, err := d.Store.Sequence(ctx, v.WorkspaceID, sequence)
	if err != nil {
		return nil, err
	}
	if err := mayEdit(v, q); err != nil {
		return nil, err
	}
	if q.State == sales.SequenceArchived {
		return nil, sales.Errorf(sales.Invalid, "This sequence is archived. Start it again first, or choose another.")
	}
	boxes, err := d.Store.Mailboxes(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	people, err := d.Store.PeopleByID(ctx, v.WorkspaceID, ids)
	if err != nil {
		return nil, err
	}
	var addresses []string
	for _, p := range people {
		addresses = append(addresses, p.Email)
	}
	suppressed, err := d.Store.SuppressedAmong(ctx, d.Store.DB, v.WorkspaceID, addresses)
	if err != nil {
		return nil, err
	}
	in := enrolling{Batch: casework.New(d.Store, v.WorkspaceID), q: q, boxes: boxes, suppressed: suppressed, places: map[sales.ID]int{}}
	list, err := d.Store.Snippets(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	in.snippets = render.SnippetsOf(list)
	in.letters, in.broken = compileSteps(q, in.snippets)
	if in.deals() {
		var accounts []sales.ID
		for _, p := range people {
			accounts = append(accounts, p.AccountID)
		}
		if err := in.ReadDeals(ctx, accounts); err != nil {
			return nil, err
		}
	}
	if len(q.Pool) > 0 {
		if in.loads, err = d.Store.MailboxLoads(ctx, v.WorkspaceID); err != nil {
			return nil, err
		}
	}
	var out []EnrollCheck
	for _, id := range ids {
		p, ok := people[id]
		if scope := v.OwnerScope(); !ok || scope != 0 && p.OwnerID != 0 && p.OwnerID != scope {
			continue
		}
		c, err := d.checkOne(ctx, v, in, p)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// enrolling is what the checks of one preview share.
type enrolling struct {
	*casework.Batch
	q          sales.Sequence
	boxes      []sales.Mailbox
	suppressed map[string]store.Stop // by address, why
	snippets   render.Snippets
	letters    []stepLetter
	broken     string           // why a text cannot be read
	loads      map[sales.ID]int // living enrollments by mailbox, with those of this preview
	places     map[sales.ID]int // by account, how many more may be written to at once
}

func (d *Desk) checkOne(ctx context.Context, v sales.Viewer, b enrolling, p sales.Person) (EnrollCheck, error) {
	c, q := EnrollCheck{Person: p}, b.q
	no := func(kind EnrollNo, format string, args ...any) (EnrollCheck, error) {
		c.No, c.Why = kind, fmt.Sprintf(format, args...)
		return c, nil
	}
	if why, listed := b.suppressed[p.Email]; listed {
		return no(NoSuppressed, "must not be written to: %s", why.Why())
	}
	if p.Email == "" || p.Address == sales.AddressDead {
		return no(NoAddress, "has no working mail address")
	}
	w, err := b.Workspace(ctx)
	if err != nil {
		return c, err
	}
	place, err := b.Place(ctx, p, p.OwnerID)
	if err != nil {
		return c, err
	}
	if why := lawful(q, w.Settings, place.Country); why != "" {
		return no(NoLaw, "%s", why)
	}
	list, err := d.Store.EnrollmentsOf(ctx, v.WorkspaceID, p.ID)
	if err != nil {
		return c, err
	}
	if c.Why = again(q, list); c.Why != "" {
		c.No = NoActive
		return c, nil
	}
	others, err := exclusive(ctx, b.Batch, q, list)
	if err != nil {
		return c, err
	}
	if others != "" {
		return no(NoActive, "%s", others)
	}
	if c.Why, err = d.spoke(ctx, d.Store, p); err != nil || c.Why != "" {
		c.No = NoAnswered
		return c, err
	}
	if why := rested(q.Rules, w.Settings, p, d.now()); why != "" {
		return no(NoCoolOff, "%s", why)
	}
	mb := mailboxOf(b, p, list, v)
	if mb == nil {
		return no(NoMailbox, "has no seller with a mailbox")
	}
	c.MailboxID = mb.ID
	if why, err := missing(ctx, b, p, *mb); err != nil || why != "" {
		c.No, c.Why = NoFields, why
		return c, err
	}
	if !q.Anchor.IsZero() && q.Anchor.Of(p).IsZero() {
		return no(NoFields, "has no date in the field %s, from which this sequence counts; write it like 2027-03-31", q.Anchor.Field)
	}
	if place, err = b.Place(ctx, p, ownerOf(p, *mb)); err != nil {
		return c, err
	}
	cal, err := b.Calendar(ctx, q)
	if err != nil {
		return c, err
	}
	if first := engine.First(engine.Case{Plan: casework.PlanOf(q), Calendar: cal, Place: place, Anchor: q.Anchor.Of(p)}, d.now()); !first.IsZero() {
		c.FirstAt, _ = cal.Next(first, place)
	}
	c.OK = true
	if b.loads != nil {
		b.loads[mb.ID]++
	}
	if place.From != "person" {
		c.Why = "zone unknown: the hours of the " + place.From + " count"
	}
	return c, d.place(ctx, b, &c)
}

// compileSteps reads the texts of a sequence once; why says which cannot be read.
func compileSteps(q sales.Sequence, snippets render.Snippets) (letters []stepLetter, why string) {
	for i, s := range q.Steps {
		if !s.Kind.IsMail() {
			continue
		}
		for _, arm := range engine.Arms(s) {
			if arm.Paused {
				continue
			}
			l, err := render.CompileWith(s.Text(arm.ID), snippets)
			if err != nil {
				return nil, fmt.Sprintf("step %d cannot be written: %s", i+1, sales.Explain(err))
			}
			letters = append(letters, stepLetter{step: i, letter: l})
		}
	}
	return letters, ""
}

// deals tells whether a text speaks of a deal.
func (b enrolling) deals() bool {
	return slices.ContainsFunc(b.letters, func(l stepLetter) bool { return casework.UsesDeal(l.letter.Fields()) })
}

// stepLetter is a text of a step, ready to be filled in.
type stepLetter struct {
	step   int
	letter *render.Letter
}

// missing says which merge fields have no value for a person.
func missing(ctx context.Context, b enrolling, p sales.Person, mb sales.Mailbox) (string, error) {
	if b.broken != "" {
		return b.broken, nil
	}
	f, err := b.Fill(ctx, p, mb, mb.UserID, ownerOf(p, mb), b.deals())
	if err != nil {
		return "", err
	}
	for _, l := range b.letters {
		if _, err := l.letter.Render(f.Values, render.Options{Signature: mb.Signature, Snippets: b.snippets}); err != nil {
			return fmt.Sprintf("step %d cannot be written: %s", l.step+1, sales.Explain(err)), nil
		}
	}
	return "", nil
}

// Preview is the mail of a step as one person would get it.
type Preview struct {
	Step     sales.Step
	Position int // of the step
	Subject  string
	Text     string
	HTML     string
	Problem  string // why it cannot be made
	Variant  string // the name of the text; "" where there is one
	Deal     string // which of several open deals its fields speak of, in words
}

// PreviewMail renders the mail steps of a sequence for one person.
func (d *Desk) PreviewMail(ctx context.Context, v sales.Viewer, q sales.Sequence, person sales.ID) ([]Preview, error) {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return nil, err
	}
	boxes, err := d.Store.Mailboxes(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	mb := pickMailbox(boxes, p, v)
	if mb == nil {
		mb = &sales.Mailbox{}
	}
	b := casework.New(d.Store, v.WorkspaceID)
	f, err := b.Fill(ctx, p, *mb, cmp.Or(mb.UserID, v.UserID), ownerOf(p, *mb), true, v)
	if err != nil {
		return nil, err
	}
	w, err := b.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	list, err := d.Store.Snippets(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	o := render.Options{Signature: mb.Signature, PostalAddress: w.Settings.PostalAddress, FooterLanguage: p.Language, Snippets: render.SnippetsOf(list)}
	if q.Rules.Unsubscribe && w.Settings.PublicURL != "" {
		o.UnsubscribeURL = w.Settings.PublicURL + "/u/the-link-of-this-mail"
	}
	var out []Preview
	for at, s := range q.Steps {
		x := Preview{Step: s, Position: at}
		if !s.Kind.IsMail() {
			out = append(out, x)
			continue
		}
		for i, arm := range engine.Arms(s) {
			if len(s.Variants) > 0 {
				if x.Variant = "A"; i > 0 {
					x.Variant = s.Variants[i-1].Name
				}
			}
			x.Subject, x.Text, x.HTML, x.Problem, x.Deal = "", "", "", "", ""
			l, err := render.CompileWith(s.Text(arm.ID), o.Snippets)
			if err == nil {
				var r render.Rendered
				r, err = l.Render(f.Values, o)
				x.Subject, x.Text, x.HTML = r.Subject, r.Text, r.HTML
				if casework.UsesDeal(l.Fields()) {
					x.Deal = f.Says()
				}
			}
			if err != nil {
				x.Problem = sales.Explain(err)
			}
			out = append(out, x)
		}
	}
	return out, nil
}
