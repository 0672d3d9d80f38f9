package web

import (
	"net/http"
	"slices"
	"strings"

	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// find answers the palette: people, accounts, deals and sequences by name. The places and what
// the page offers are found by the script.
func (s *Server) find(w http.ResponseWriter, r *http.Request, v visit) error {
	query := strings.TrimSpace(cut(r.URL.Query().Get("q"), 200))
	items, err := s.found(r, v, query)
	if err != nil {
		return err
	}
	if httpx.IsPartial(r) {
		return Render(w, r, Shell{Now: s.Clock.Now()}, FoundInside(items))
	}
	sh, err := s.shell(r, v, "Go to anything", "")
	if err != nil {
		return err
	}
	return Render(w, r, sh, FoundView(sh, query, items))
}

// byName puts those first in whose name a word begins with what is searched for.
func byName(list []sales.Person, query string) {
	key := store.SearchKey(query)
	begins := func(p sales.Person) int {
		if strings.Contains(" "+store.SearchKey(p.FirstName, p.LastName), " "+key) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(list, func(a, b sales.Person) int { return begins(a) - begins(b) })
}

func (s *Server) found(r *http.Request, v visit, query string) ([]FoundItem, error) {
	if query == "" {
		return nil, nil
	}
	var out []FoundItem
	list, _, err := s.Store.People(r.Context(), v.Viewer, store.PeopleFilter{Search: query}, store.Page{Limit: 40})
	if err != nil {
		return nil, err
	}
	byName(list, query)
	list = list[:min(len(list), 8)]
	var accounts []sales.ID
	for _, p := range list {
		accounts = append(accounts, p.AccountID)
	}
	companies, err := s.Store.Accounts(r.Context(), v.WorkspaceID, accounts)
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		detail := companies[p.AccountID].Name
		if p.Title != "" {
			detail = p.Title + pick(detail != "", ", ", "") + detail
		}
		out = append(out, FoundItem{Label: p.Name(), Detail: pick(detail != "", detail, p.Email), Href: path("/people", p.ID)})
	}
	places, _, err := s.Store.AccountList(r.Context(), v.Viewer, store.AccountFilter{Search: query}, store.Page{Limit: 4})
	if err != nil {
		return nil, err
	}
	for _, a := range places {
		out = append(out, FoundItem{Label: a.Name, Detail: "Account", Href: path("/accounts", a.ID)})
	}
	deals, _, err := s.Store.Deals(r.Context(), v.Viewer, store.DealFilter{Search: query}, store.Page{Limit: 4})
	if err != nil {
		return nil, err
	}
	for _, d := range deals {
		out = append(out, FoundItem{Label: d.Name, Detail: "Deal", Href: path("/deals", d.ID)})
	}
	sequences, err := s.Store.Sequences(r.Context(), v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	for _, q := range sequences {
		if strings.Contains(store.SearchKey(q.Name), store.SearchKey(query)) && len(out) < 20 {
			out = append(out, FoundItem{Label: q.Name, Detail: "Sequence", Href: path("/sequences", q.ID)})
		}
	}
	return out, nil
}
