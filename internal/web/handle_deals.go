package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// maxColumn is how many deals a column of the board shows; all are in the list.
const maxColumn = 50

// closedFor is how long the board shows deals that ended.
const closedFor = 30 * 24 * time.Hour

// deals shows the pipeline.
func (s *Server) deals(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := s.scene(r, v, "Deals", "deals")
	if err != nil {
		return err
	}
	p, err := c.dealsPage(r.Context(), r.URL.Query())
	if err != nil {
		return err
	}
	return Render(w, r, p.Shell, DealsView(*p))
}

func (c *scene) dealsPage(ctx context.Context, q url.Values) (*DealsPage, error) {
	p := &DealsPage{Shell: c.sh, List: q.Get("view") == "list", Query: cut(q.Get("q"), 400), Show: q.Get("show")}
	f := store.DealFilter{Search: p.Query}
	if id, err := sales.ParseID(q.Get("owner")); err == nil && c.Role.AtLeast(sales.RoleManager) {
		f.Owner, p.Owner = id, id.String()
	}
	p.Owners = c.ownersToChoose(p.Owner)
	href := func(list bool, show string) string {
		x := url.Values{}
		for name, value := range map[string]string{"view": pick(list, "list", ""), "show": show, "q": p.Query, "owner": p.Owner} {
			if value != "" {
				x.Set(name, value)
			}
		}
		return strings.TrimSuffix("/deals?"+x.Encode(), "?")
	}
	p.Views = []Tab{{Label: "Board", Href: href(false, ""), Current: !p.List}, {Label: "List", Href: href(true, ""), Current: p.List}}
	if p.List {
		p.Keep = []Hidden{{"view", "list"}}
		if p.Show != "" {
			p.Keep = append(p.Keep, Hidden{"show", p.Show})
		}
	}
	p.Filtered = p.Query != "" || p.Owner != "" || p.Show != ""
	any, err := c.Store.DealSums(ctx, c.Viewer, store.DealFilter{})
	if err != nil {
		return nil, err
	}
	if p.None = len(any) == 0; p.None {
		return p, nil
	}
	if p.List {
		return p, c.dealList(ctx, p, f, q.Get("after"), href)
	}
	return p, c.dealBoard(ctx, p, f, href)
}

// ownersToChoose are whose records a manager can look at; nobody's for others.
func (c *scene) ownersToChoose(now string) []Option {
	var out []Option
	if c.Role.AtLeast(sales.RoleManager) {
		for _, u := range c.team {
			if !u.Disabled || now == u.ID.String() {
				out = append(out, Option{Value: u.ID.String(), Label: u.Name})
			}
		}
		slices.SortFunc(out, func(a, b Option) int { return strings.Compare(a.Label, b.Label) })
	}
	return out
}

// sumsOf adds up the deals of each stage.
func (c *scene) sumsOf(ctx context.Context, f store.DealFilter) (map[string]DealColumn, error) {
	list, err := c.Store.DealSums(ctx, c.Viewer, f)
	out := map[string]DealColumn{}
	for _, x := range list {
		y := out[x.Stage]
		y.N += x.N
		if x.Amount != 0 {
			y.Sums = append(y.Sums, sales.Money(x.Amount, x.Currency))
		}
		out[x.Stage] = y
	}
	return out, err
}

func (c *scene) dealBoard(ctx context.Context, p *DealsPage, f store.DealFilter, href func(bool, string) string) error {
	closed := f
	closed.ClosedSince = c.now().Add(-closedFor)
	open, err := c.sumsOf(ctx, f)
	if err != nil {
		return err
	}
	ended, err := c.sumsOf(ctx, closed)
	if err != nil {
		return err
	}
	for _, st := range c.settings.Pipeline() {
		g, sums, help := f, open, ""
		if st.Meaning != sales.DealOpen {
			g, sums, help = closed, ended, "in the last 30 days"
		}
		g.Stage = st.ID
		list, more, err := c.Store.Deals(ctx, c.Viewer, g, store.Page{Limit: maxColumn})
		if err != nil {
			return err
		}
		col := DealColumn{StageStep: dealStepOf(st), N: sums[st.ID].N, Sums: sums[st.ID].Sums, Help: help}
		if col.Cards, err = c.dealCards(ctx, list); err != nil {
			return err
		}
		if more != "" {
			col.More = href(true, "stage-"+st.ID)
		}
		p.Columns = append(p.Columns, col)
	}
	return nil
}

func (c *scene) dealList(ctx context.Context, p *DealsPage, f store.DealFilter, after string, href func(bool, string) string) error {
	stage, byStage := strings.CutPrefix(p.Show, "stage-")
	switch {
	case p.Show == "won", p.Show == "lost":
		f.Meaning = sales.Meaning(p.Show)
	case p.Show == "all":
	case byStage:
		f.Stage = stage
	default:
		f.Meaning = sales.DealOpen
	}
	for _, o := range []Option{{Value: "", Label: "Open"}, {Value: "won", Label: "Won"}, {Value: "lost", Label: "Lost"}, {Value: "all", Label: "All"}} {
		p.Filters = append(p.Filters, Chip{Label: o.Label, Href: href(true, o.Value), On: o.Value == p.Show})
	}
	if x, ok := c.settings.DealStageOf(stage); byStage && ok {
		p.Filters = append(p.Filters, Chip{Label: "In " + x.Name, Href: href(true, ""), On: true})
	}
	sums, err := c.sumsOf(ctx, f)
	if err != nil {
		return err
	}
	for _, st := range c.settings.Pipeline() {
		if x := sums[st.ID]; x.N > 0 {
			x.StageStep = dealStepOf(st)
			p.Sums = append(p.Sums, x)
		}
	}
	list, next, err := c.Store.Deals(ctx, c.Viewer, f, store.Page{After: after})
	if err != nil {
		return err
	}
	if next != "" {
		p.NextHref = href(true, p.Show) + "&after=" + next
	}
	p.Rows, err = c.dealCards(ctx, list)
	return err
}

// newDeal shows the form of a new deal: with an account, or with a person.
func (s *Server) newDeal(w http.ResponseWriter, r *http.Request, v visit) error {
	f := DealForm{Values: map[string]string{}}
	if id, err := optionalID(r.URL.Query().Get("person")); err == nil && id != 0 {
		p, err := s.Store.Person(r.Context(), v.Viewer, id)
		if err != nil {
			return err
		}
		f.PersonID, f.AccountID = p.ID, p.AccountID
	}
	if id, err := optionalID(r.URL.Query().Get("account")); err == nil && id != 0 {
		f.AccountID = id
	}
	if f.AccountID != 0 {
		a, err := s.Store.Account(r.Context(), v.WorkspaceID, f.AccountID)
		if err != nil {
			return err
		}
		f.Values["account"] = a.Name
	}
	return s.dealFormPage(w, r, v, http.StatusOK, f)
}

func (s *Server) dealFormPage(w http.ResponseWriter, r *http.Request, v visit, status int, f DealForm) error {
	c, err := s.scene(r, v, "Begin a deal", "deals")
	if err != nil {
		return err
	}
	for _, st := range c.settings.Pipeline() {
		if st.Meaning == sales.DealOpen {
			f.Stages = append(f.Stages, Option{Value: st.ID, Label: st.Name})
		}
	}
	f.Owners = c.ownersToChoose(f.Values["owner"])
	if f.Values["owner"] == "" {
		f.Values["owner"] = v.UserID.String()
	}
	return RenderStatus(w, r, status, c.sh, DealFormView(DealFormPage{Shell: c.sh, Form: f}))
}

// readDeal reads the form of a deal.
func readDeal(r *http.Request) (desk.DealEdit, DealForm, error) {
	if err := r.ParseForm(); err != nil {
		return desk.DealEdit{}, DealForm{}, badForm(err)
	}
	f := DealForm{Values: map[string]string{}}
	for _, name := range []string{"name", "account", "amount", "currency", "close_on", "stage", "next_step", "next_on", "owner"} {
		f.Values[name] = cut(strings.TrimSpace(r.PostForm.Get(name)), 2000)
	}
	e := desk.DealEdit{Name: f.Values["name"], Account: f.Values["account"], Stage: f.Values["stage"], Amount: f.Values["amount"], Currency: f.Values["currency"], NextStep: f.Values["next_step"]}
	var err error
	for name, to := range map[string]*sales.ID{"account_id": &e.AccountID, "person": &e.PersonID, "owner": &e.OwnerID} {
		if *to, err = formID(r, name); err != nil {
			return e, f, err
		}
	}
	f.AccountID, f.PersonID = e.AccountID, e.PersonID
	if e.Version, err = strconv.ParseInt("0"+r.PostForm.Get("version"), 10, 64); err != nil {
		return e, f, sales.Errorf(sales.Invalid, "The form came broken. Reload the page.")
	}
	f.Version = e.Version
	for name, to := range map[string]*time.Time{"close_on": &e.CloseOn, "next_on": &e.NextOn} {
		if *to, err = readDay(f.Values[name]); err != nil {
			return e, f, err
		}
	}
	return e, f, nil
}

// readDay reads a date; "" is none.
func readDay(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, sales.Errorf(sales.Invalid, "%q is no date. Write it like 2027-03-31.", cut(s, 40))
	}
	return t, nil
}

// addDeal begins a deal.
func (s *Server) addDeal(w http.ResponseWriter, r *http.Request, v visit) error {
	e, f, err := readDeal(r)
	var x sales.Deal
	if err == nil {
		x, err = s.Desk.SaveDeal(r.Context(), v.Viewer, e)
	}
	if inForm(err) && f.Values != nil {
		f.Problem = sales.Explain(err)
		return s.dealFormPage(w, r, v, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, path("/deals", x.ID), Toast{Text: "The deal is begun. Who decides, and what is the next step?"})
}

// saveDeal changes a deal.
func (s *Server) saveDeal(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	e, f, err := readDeal(r)
	e.ID = id
	if err == nil {
		_, err = s.Desk.SaveDeal(r.Context(), v.Viewer, e)
	}
	if (inForm(err) || sales.CodeOf(err) == sales.Conflict) && f.Values != nil {
		return s.dealAgain(w, r, v, id, "act-edit", err, func(p *DealPage) { p.Form.Values, p.Form.Problem = f.Values, sales.Explain(err) })
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, path("/deals", id), Toast{Text: "Saved."})
}

// dealAgain shows a deal with a form that was refused.
func (s *Server) dealAgain(w http.ResponseWriter, r *http.Request, v visit, id sales.ID, panel string, err error, fill func(*DealPage)) error {
	p, perr := s.dealPage(r, v, id)
	if perr != nil {
		return perr
	}
	fill(p)
	p.Shell.Open, p.Problem = panel, sales.Explain(err)
	return RenderStatus(w, r, http.StatusUnprocessableEntity, p.Shell, DealView(*p))
}

// moveDeal puts a deal into another stage.
func (s *Server) moveDeal(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	stage, reason, text := r.PostFormValue("stage"), r.PostFormValue("reason"), cut(r.PostFormValue("text"), 6000)
	u, err := s.Desk.MoveDeal(r.Context(), v.Viewer, id, stage, reason, text)
	if sales.CodeOf(err) == sales.Invalid {
		return s.dealAgain(w, r, v, id, "act-lose", err, func(p *DealPage) { p.LostReason, p.LostText = reason, text })
	}
	back := path("/deals", id)
	if r.PostFormValue("back") == "/deals" {
		back = "/deals"
	}
	return s.over(w, r, back, u, err)
}

// dealPerson puts somebody into a deal, changes what they do, or takes them out.
func (s *Server) dealPerson(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	person, err := formID(r, "person")
	if err != nil {
		return err
	}
	if r.PostFormValue("out") != "" {
		err = s.Desk.TakeOutOfDeal(r.Context(), v.Viewer, id, person)
	} else {
		err = s.Desk.PutInDeal(r.Context(), v.Viewer, id, person, sales.BuyerRole(r.PostFormValue("role")))
	}
	return s.over(w, r, path("/deals", id)+"#who", desk.Undo{Say: "Saved."}, err)
}

// dealTask puts the next step of a deal into Next.
func (s *Server) dealTask(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	person, err := formID(r, "person")
	if err != nil {
		return err
	}
	u, err := s.Desk.NextStepTask(r.Context(), v.Viewer, id, person)
	return s.over(w, r, path("/deals", id), u, err)
}
