package web_test

import (
	"strings"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// TestBars: whose move it is and the bar stand beside every thread and everybody
// who comes after in Next; pressing the bar leads to the lines and the formula.
func TestBars(t *testing.T) {
	s := newSite(t, 3)
	b := s.as(s.Seller)
	s.heard(0, sales.Interested, "Yes, tell me more.")
	s.heard(1, sales.Question, "What does it cost?")
	if err := s.InTx(t.Context(), func(tx *store.Tx) error {
		var lines []sales.Move
		for _, p := range s.People[:2] {
			lines = append(lines, sales.Move{WorkspaceID: p.WorkspaceID, At: s.clock.Now(), Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: p.ID},
				sales.Move{WorkspaceID: p.WorkspaceID, At: s.clock.Now(), Actor: sales.ByBuyer, Kind: sales.MoveQuestion, PersonID: p.ID})
		}
		return tx.AppendMoves(t.Context(), lines)
	}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/inbox", "/inbox?view=all", "/inbox?q=Marta"} {
		page := b.get(path)
		for _, p := range s.People[:2] {
			if !strings.Contains(page.body, `<a class="mini" href="/people/`+p.ID.String()+`#balance"`) {
				t.Errorf("%s: no bar of %s", path, p.ID)
			}
		}
		page.wants("#inbox .mini", "Effort: theirs")
		page.wants("#inbox .whose", "Our move")
		if n := len(page.all("#inbox .mini")); n != 2 {
			t.Errorf("%s: %d bars", path, n)
		}
	}
	b.get("/next").wants("#queue .mini", "Effort: theirs")
	b.get("/next/after").wants(".mini", "Effort: theirs")
	b.get("/people/"+s.People[0].ID.String()).wants("#balance .formula", "Every move counts")
}
