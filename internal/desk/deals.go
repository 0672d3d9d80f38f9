package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// DealEdit is what a form says of a deal.
type DealEdit struct {
	ID        sales.ID // 0 is a new one
	Version   int64    // the one that the form shows; 0 takes any
	AccountID sales.ID
	Account   string   // the name of an account, where AccountID is 0: it is found or made
	OwnerID   sales.ID // managers choose; sellers keep or take
	Name      string
	Stage     string // of a new deal; "" is the first
	Amount    string // as typed
	Currency  string
	CloseOn   time.Time // the day, at midnight UTC
	NextStep  string
	NextOn    time.Time
	PersonID  sales.ID // a new deal begins with them
	Custom    map[string]string
}

// deal gives a deal that the viewer may see.
func (d *Desk) deal(ctx context.Context, v sales.Viewer, id sales.ID) (sales.Deal, error) {
	if err := need(v, sales.RoleSeller, "see deals"); err != nil {
		return sales.Deal{}, err
	}
	return d.Store.Deal(ctx, v, id)
}

// dealMove makes a ledger line about a deal.
func (d *Desk) dealMove(v sales.Viewer, x sales.Deal, text string) sales.Move {
	return sales.Move{WorkspaceID: v.WorkspaceID, At: d.now(), Actor: sales.BySeller, Kind: sales.MoveDeal, AccountID: x.AccountID, DealID: x.ID, UserID: v.UserID, Text: text}
}

// SaveDeal makes a deal (ID 0) or changes one. What changed becomes a line of the
// ledger. A Conflict error means that somebody changed it meanwhile.
func (d *Desk) SaveDeal(ctx context.Context, v sales.Viewer, e DealEdit) (sales.Deal, error) {
	if err := need(v, sales.RoleSeller, "change deals"); err != nil {
		return sales.Deal{}, err
	}
	w, err := d.Store.Workspace(ctx, v.WorkspaceID)
	if err != nil {
		return sales.Deal{}, err
	}
	was := sales.Deal{WorkspaceID: v.WorkspaceID}
	if e.ID != 0 {
		if was, err = d.deal(ctx, v, e.ID); err != nil {
			return was, err
		}
		if e.Version != 0 && e.Version != was.Version {
			return was, sales.Errorf(sales.Conflict, "Somebody changed this deal in the meantime. Look at it again, then repeat what you wanted.")
		}
	}
	x, err := d.dealOf(ctx, v, w.Settings, was, e)
	if err != nil {
		return was, err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		y := x
		a, err := d.dealAccount(ctx, tx, v, e, was)
		if err != nil {
			return err
		}
		y.AccountID = a.ID
		if err := y.Validate(); err != nil {
			return err
		}
		if was.ID == 0 {
			y.ID = tx.NewID()
			if err := tx.InsertDeal(ctx, y, a.Name); err != nil {
				return err
			}
			if err := d.tellDeal(ctx, tx, v, y.AccountID); err != nil {
				return err
			}
			if err := write(ctx, tx, d.dealMove(v, y, dealBegun(y, w.Settings))); err != nil {
				return err
			}
			x = y
			if e.PersonID == 0 {
				return nil
			}
			return d.intoDeal(ctx, tx, v, y, e.PersonID, "")
		}
		if err := tx.SaveDeal(ctx, y, a.Name); err != nil {
			return err
		}
		if y.AccountID != was.AccountID {
			if err := tx.MoveParts(ctx, v.WorkspaceID, y.ID, was.AccountID, y.AccountID); err != nil {
				return err
			}
		}
		if err := d.tellDeal(ctx, tx, v, y.AccountID, was.AccountID); err != nil {
			return err
		}
		x = y
		text := dealChange(was, y, a.Name)
		if text == "" {
			return nil
		}
		return write(ctx, tx, d.dealMove(v, y, text))
	})
	if err == nil {
		d.dealChanged(ctx, x, x.Name+" changed")
	}
	return x, err
}

// dealOf is the deal as the form wants it, without its account.
func (d *Desk) dealOf(ctx context.Context, v sales.Viewer, s sales.Settings, was sales.Deal, e DealEdit) (sales.Deal, error) {
	x, now := was, d.now()
	x.Name, x.NextStep, x.CloseOn, x.NextOn, x.UpdatedAt = strings.Join(strings.Fields(e.Name), " "), strings.TrimSpace(e.NextStep), e.CloseOn, e.NextOn, now
	x.Currency = strings.ToUpper(strings.TrimSpace(e.Currency))
	amount, err := sales.ParseAmount(e.Amount, x.Currency)
	if err != nil {
		return x, err
	}
	if x.Amount = amount; amount == 0 {
		x.Currency = ""
	}
	for _, at := range []time.Time{e.CloseOn, e.NextOn} {
		if !at.IsZero() && (at.Year() < 2000 || at.Year() > 2200) {
			return x, sales.Errorf(sales.Invalid, "The year %d is too far away. Check the date.", at.Year())
		}
	}
	if e.Custom != nil {
		x.Custom = e.Custom
	}
	if x.OwnerID, err = d.ownerFor(ctx, v, was.OwnerID, e.OwnerID, was.ID == 0); err != nil || was.ID != 0 {
		return x, err
	}
	stage := s.Pipeline()[0]
	if e.Stage != "" {
		var ok bool
		if stage, ok = s.DealStageOf(e.Stage); !ok {
			return x, sales.Errorf(sales.Invalid, "There is no such stage any more. Choose another one.")
		}
	}
	if stage.Meaning == sales.DealLost {
		return x, sales.Errorf(sales.Invalid, "A deal begins open. Save it, then say that it was lost, and why.")
	}
	x.Stage, x.Meaning, x.Version, x.StageAt, x.CreatedAt = stage.ID, stage.Meaning, 1, now, now
	if stage.Meaning != sales.DealOpen {
		x.ClosedAt = now
	}
	return x, nil
}

// ownerFor is who an account or a deal belongs to after an edit: managers choose,
// sellers keep what is theirs or take what is nobody's.
func (d *Desk) ownerFor(ctx context.Context, v sales.Viewer, was, want sales.ID, fresh bool) (sales.ID, error) {
	switch {
	case fresh && (want == 0 || !v.Role.AtLeast(sales.RoleManager)):
		return v.UserID, nil
	case want == was || !v.Role.AtLeast(sales.RoleManager) && want != v.UserID:
		return was, nil
	case want == 0:
		return 0, nil
	}
	if !v.Role.AtLeast(sales.RoleManager) && was != 0 {
		return was, nil
	}
	u, err := d.Store.User(ctx, v.WorkspaceID, want)
	if err == nil && u.Disabled {
		err = sales.Errorf(sales.Invalid, "%s cannot log in any more. Choose somebody else.", u.Name)
	}
	return want, err
}

// dealAccount is the account that a deal is with.
func (d *Desk) dealAccount(ctx context.Context, tx *store.Tx, v sales.Viewer, e DealEdit, was sales.Deal) (sales.Account, error) {
	if e.AccountID != 0 {
		if e.AccountID == was.AccountID {
			return tx.Account(ctx, v.WorkspaceID, e.AccountID)
		}
		return d.Store.SeeAccount(ctx, v, e.AccountID)
	}
	if strings.TrimSpace(e.Account) == "" {
		return sales.Account{}, sales.Errorf(sales.Invalid, "A deal is with an account. Choose one.")
	}
	return d.account(ctx, tx, v, e.Account, "")
}

func dealBegun(x sales.Deal, s sales.Settings) string {
	stage, _ := s.DealStageOf(x.Stage)
	text := "The deal “" + x.Name + "” was begun at " + stage.Name
	if x.Amount != 0 {
		text += ", worth " + sales.Money(x.Amount, x.Currency)
	}
	return text + "."
}

// dealChange says what an edit changed; "" is nothing.
func dealChange(was, x sales.Deal, account string) string {
	var parts []string
	if was.Name != x.Name {
		parts = append(parts, "it is called “"+x.Name+"” now")
	}
	if was.AccountID != x.AccountID {
		parts = append(parts, "it is with "+account)
	}
	if was.Amount != x.Amount || was.Currency != x.Currency {
		parts = append(parts, "it is worth "+orNone(moneyOrNone(x))+", before "+orNone(moneyOrNone(was)))
	}
	if !was.CloseOn.Equal(x.CloseOn) {
		parts = append(parts, "it closes "+dayOrNone(x.CloseOn)+", before "+dayOrNone(was.CloseOn))
	}
	if was.NextStep != x.NextStep || !was.NextOn.Equal(x.NextOn) {
		next := "there is no next step"
		if x.NextStep != "" {
			next = "the next step is “" + clip(x.NextStep, 200) + "”"
			if !x.NextOn.IsZero() {
				next += " on " + dayOrNone(x.NextOn)
			}
		}
		parts = append(parts, next)
	}
	if was.OwnerID != x.OwnerID {
		parts = append(parts, "it belongs to somebody else")
	}
	if len(parts) == 0 {
		return ""
	}
	return "“" + was.Name + "” changed: " + strings.Join(parts, "; ") + "."
}

func moneyOrNone(x sales.Deal) string {
	if x.Amount == 0 {
		return ""
	}
	return sales.Money(x.Amount, x.Currency)
}

func dayOrNone(t time.Time) string {
	if t.IsZero() {
		return "on no day yet"
	}
	return t.Format("2 Jan 2006")
}

// dealChanged tells pages that a deal changed.
func (d *Desk) dealChanged(ctx context.Context, x sales.Deal, text string) {
	d.Notify.Changed(ctx, casework.Change{WorkspaceID: x.WorkspaceID, Text: text})
	d.kick(x.WorkspaceID)
}

// MoveDeal puts a deal into another stage. Into one that means lost it needs a
// reason; the reason of a won one may be empty.
func (d *Desk) MoveDeal(ctx context.Context, v sales.Viewer, id sales.ID, stage, reason, text string) (Undo, error) {
	x, err := d.deal(ctx, v, id)
	if err != nil {
		return Undo{}, err
	}
	w, err := d.Store.Workspace(ctx, v.WorkspaceID)
	if err != nil {
		return Undo{}, err
	}
	to, ok := w.Settings.DealStageOf(stage)
	if !ok {
		return Undo{}, sales.Errorf(sales.Invalid, "There is no such stage any more. Reload the page.")
	}
	reason, text = clip(strings.TrimSpace(reason), 200), strings.TrimSpace(text)
	if to.Meaning == sales.DealLost && reason == "" && text == "" {
		return Undo{}, sales.Errorf(sales.Invalid, "Say why the deal was lost. It is what the next one learns from.")
	}
	if x.Stage == to.ID && x.Meaning == to.Meaning && (to.Meaning == sales.DealOpen || reason == x.Reason && text == x.ReasonText) {
		return Undo{Say: x.Name + " is in " + to.Name + " already."}, nil
	}
	from, ok := w.Settings.DealStageOf(x.Stage)
	if !ok {
		from.Name = x.Stage
	}
	now := d.now()
	x.Was = sales.DealBefore{Stage: x.Stage, Meaning: x.Meaning, Reason: x.Reason, ReasonText: x.ReasonText, StageAt: x.StageAt, ClosedAt: x.ClosedAt}
	x.Stage, x.Meaning, x.StageAt, x.UpdatedAt, x.ClosedAt, x.Reason, x.ReasonText = to.ID, to.Meaning, now, now, time.Time{}, "", ""
	line := "“" + x.Name + "” moved from " + from.Name + " to " + to.Name + "."
	if to.Meaning != sales.DealOpen {
		x.ClosedAt, x.Reason, x.ReasonText = now, reason, text
		line = "“" + x.Name + "” was " + string(to.Meaning) + withReason(reason, text)
	}
	if err := x.Validate(); err != nil {
		return Undo{}, err
	}
	if err := d.saveDeal(ctx, v, x, line); err != nil {
		return Undo{}, err
	}
	return Undo{Say: x.Name + " is in " + to.Name + " now.", Token: fmt.Sprintf("deal/%d/%d", x.ID, x.Version+1)}, nil
}

func withReason(reason, text string) string {
	switch {
	case reason == "" && text == "":
		return "."
	case reason == "":
		return ": " + clip(text, 400)
	case text == "":
		return ": " + reason + "."
	}
	return ": " + reason + ". " + clip(text, 400)
}

// saveDeal writes a deal with its line.
func (d *Desk) saveDeal(ctx context.Context, v sales.Viewer, x sales.Deal, line string) error {
	err := d.Store.InTx(ctx, func(tx *store.Tx) error {
		a, err := tx.Account(ctx, v.WorkspaceID, x.AccountID)
		if err != nil {
			return err
		}
		if err := tx.SaveDeal(ctx, x, a.Name); err != nil {
			return err
		}
		if err := d.tellDeal(ctx, tx, v, x.AccountID); err != nil {
			return err
		}
		return write(ctx, tx, d.dealMove(v, x, line))
	})
	if err == nil {
		d.dealChanged(ctx, x, x.Name+" changed")
	}
	return err
}

// undoDeal takes the last change of a stage back, unless something came after it.
func (d *Desk) undoDeal(ctx context.Context, v sales.Viewer, id sales.ID, version int64) error {
	x, err := d.deal(ctx, v, id)
	if err != nil {
		return err
	}
	if x.Version != version || x.Was.Stage == "" {
		return sales.Errorf(sales.Conflict, "Too late: the deal was changed after that.")
	}
	x.Stage, x.Meaning, x.Reason, x.ReasonText, x.StageAt, x.ClosedAt = x.Was.Stage, x.Was.Meaning, x.Was.Reason, x.Was.ReasonText, x.Was.StageAt, x.Was.ClosedAt
	x.Was, x.UpdatedAt = sales.DealBefore{}, d.now()
	return d.saveDeal(ctx, v, x, "“"+x.Name+"”: the change of its stage was taken back.")
}
