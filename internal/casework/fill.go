package casework

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

// Filling is what the merge fields of a mail to one person are filled with. Every
// mail, preview, check and draft is filled here, so that they agree.
type Filling struct {
	Values map[string]string
	// Deal is the open deal that the fields of a deal speak of, see PickDeal; the zero
	// deal is none, and its fields are empty.
	Deal   sales.Deal
	Others int // open deals with the account that were not taken
}

// Says is which deal was taken, for people; "" when there was nothing to choose.
func (f Filling) Says() string {
	switch {
	case f.Deal.ID == 0 || f.Others == 0:
		return ""
	case f.Others == 1:
		return "The fields of a deal are those of “" + f.Deal.Name + "”, and not of the other open deal with this account."
	}
	return "The fields of a deal are those of “" + f.Deal.Name + "”, and not of the other open deals with this account."
}

// UsesDeal tells whether one of the merge fields is that of a deal.
func UsesDeal(fields []string) bool {
	return slices.ContainsFunc(fields, func(f string) bool { return strings.HasPrefix(f, "deal.") })
}

// Fill gives the merge fields of a mail that goes to a person from a mailbox and
// is the work of owner. Deals are read only when deal is set. A deal counts when
// the owner of the work may see it, and only then does its content leave the
// house; seen are others who look at the mail before it goes, for whom the fields
// stay empty unless each of them may see the deal, too.
func (b *Batch) Fill(ctx context.Context, p sales.Person, mb sales.Mailbox, sender, owner sales.ID, deal bool, seen ...sales.Viewer) (Filling, error) {
	a, err := b.Account(ctx, p.AccountID)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return Filling{}, err
	}
	u, err := b.User(ctx, sender)
	if err != nil {
		return Filling{}, err
	}
	f := Filling{Values: render.Values(p, a, u, mb)}
	if !deal || p.AccountID == 0 {
		return f, nil
	}
	if f.Deal, f.Others, err = b.deal(ctx, p, owner); err != nil || f.Deal.ID == 0 {
		return f, err
	}
	for _, v := range seen {
		if scope := v.OwnerScope(); scope != 0 && f.Deal.OwnerID != 0 && f.Deal.OwnerID != scope {
			return Filling{Values: f.Values}, nil
		}
	}
	said, err := b.dealSaid(ctx, f.Deal)
	if err != nil {
		return f, err
	}
	said.AddTo(f.Values, p.Language)
	return f, nil
}

// deal is the one that a mail to a person speaks of, and how many others are open.
func (b *Batch) deal(ctx context.Context, p sales.Person, owner sales.ID) (sales.Deal, int, error) {
	if err := b.ReadDeals(ctx, []sales.ID{p.AccountID}); err != nil {
		return sales.Deal{}, 0, err
	}
	u, err := b.User(ctx, owner)
	if err != nil {
		return sales.Deal{}, 0, err
	}
	d, others := PickDeal(b.deals[p.AccountID], b.parts, p.ID, sales.Viewer{WorkspaceID: b.ws, UserID: owner, Role: u.Role})
	return d, others, nil
}

// dealSaid is a deal as a mail says it.
func (b *Batch) dealSaid(ctx context.Context, d sales.Deal) (render.Deal, error) {
	w, err := b.Workspace(ctx)
	if err != nil {
		return render.Deal{}, err
	}
	stage, _ := w.Settings.DealStageOf(d.Stage)
	return render.Deal{Name: d.Name, Stage: stage.Name, Amount: d.Amount, Currency: d.Currency, CloseOn: d.CloseOn, NextStep: d.NextStep}, nil
}

// ReadDeals reads the open deals of accounts ahead, and who takes part in them
// where there are several: two statements at most, however many accounts.
func (b *Batch) ReadDeals(ctx context.Context, accounts []sales.ID) error {
	var ask []sales.ID
	for _, id := range accounts {
		if _, known := b.deals[id]; !known && id != 0 {
			ask = append(ask, id)
		}
	}
	if len(ask) == 0 {
		return nil
	}
	open, err := b.r.OpenDealsAt(ctx, b.ws, ask)
	if err != nil {
		return err
	}
	var several []sales.ID
	for _, list := range open {
		if len(list) > 1 {
			for _, d := range list {
				several = append(several, d.ID)
			}
		}
	}
	if len(several) > 0 {
		parts, err := b.r.PartsIn(ctx, b.ws, several)
		if err != nil {
			return err
		}
		for id, list := range parts {
			b.parts[id] = list
		}
	}
	for _, id := range ask {
		b.deals[id] = open[id]
	}
	return nil
}

// PickDeal chooses the open deal that a mail to a person speaks of, and says how
// many others there are. Of those that the owner of the mail may see it takes one
// in which the person takes part, before one in which they do not; then one of the
// owner's own, before those of others; then the newest.
func PickDeal(open []sales.Deal, parts map[sales.ID][]sales.Part, person sales.ID, owner sales.Viewer) (sales.Deal, int) {
	scope := owner.OwnerScope()
	list := slices.DeleteFunc(slices.Clone(open), func(d sales.Deal) bool {
		return d.Meaning != sales.DealOpen || scope != 0 && d.OwnerID != 0 && d.OwnerID != scope
	})
	if len(list) == 0 {
		return sales.Deal{}, 0
	}
	rank := func(d sales.Deal) int {
		n := 0
		if slices.ContainsFunc(parts[d.ID], func(x sales.Part) bool { return x.PersonID == person }) {
			n += 2
		}
		if d.OwnerID == owner.UserID {
			n++
		}
		return n
	}
	return slices.MinFunc(list, func(x, y sales.Deal) int {
		return cmp.Or(cmp.Compare(rank(y), rank(x)), cmp.Compare(y.ID, x.ID))
	}), len(list) - 1
}

// conditionValues are the merge fields as conditions of a plan compare them, those
// of a deal plainly: the amount as a number, the day as 2027-03-04.
func (b *Batch) conditionValues(ctx context.Context, q sales.Sequence, p sales.Person, a sales.Account, owner sales.ID) (func() map[string]string, error) {
	var said render.Deal
	if p.AccountID != 0 && AsksDeal(q) {
		d, _, err := b.deal(ctx, p, owner)
		if err != nil {
			return nil, err
		}
		if said, err = b.dealSaid(ctx, d); err != nil {
			return nil, err
		}
	}
	return func() map[string]string {
		v := render.Values(p, a, sales.User{}, sales.Mailbox{})
		said.AddPlain(v)
		return v
	}, nil
}

// AsksDeal tells whether a condition of a sequence asks for a field of a deal.
func AsksDeal(q sales.Sequence) bool {
	if slices.ContainsFunc(q.Rules.Entries, func(x sales.Entry) bool { return UsesDeal([]string{x.If.Field}) }) {
		return true
	}
	return slices.ContainsFunc(q.Steps, func(s sales.Step) bool {
		return UsesDeal([]string{s.If.Field, s.OnlyIf.Field})
	})
}
