package web_test

import (
	"context"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// TestNinety: the page counts what was done by week, a seller sees only what
// names them, the leader sees everybody, and the CSV says the same.
func TestNinety(t *testing.T) {
	s := newSite(t, 1)
	b, boss := s.as(s.Seller), s.as(s.Owner)
	page := b.get("/ninety")
	page.wants("main", "share is unavailable", "Nothing was counted this week yet")
	page.lacks("main", "Download as CSV")
	at := s.clock.Now()
	line := func(at time.Time, actor sales.Actor, kind sales.MoveKind, user sales.ID) sales.Move {
		return sales.Move{WorkspaceID: s.Workspace.ID, At: at, Actor: actor, Kind: kind, PersonID: s.People[0].ID, UserID: user}
	}
	var moves []sales.Move
	for range 9 {
		moves = append(moves, line(at, sales.BySystem, sales.MoveMailAuto, s.Seller.ID))
	}
	moves = append(moves, line(at, sales.BySeller, sales.MoveMailManual, s.Seller.ID), line(at, sales.BySeller, sales.MoveMailManual, s.Owner.ID),
		line(at, sales.BySystem, sales.MoveMailAuto, 0), line(at.AddDate(0, 0, -7), sales.BySeller, sales.MoveMailManual, s.Seller.ID),
		line(at.AddDate(0, 0, -36), sales.BySystem, sales.MoveMailAuto, s.Seller.ID))
	if err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.AppendMoves(context.Background(), moves) }); err != nil {
		t.Fatal(err)
	}
	// 9 mails save 54 minutes, one by hand takes 8: 87 %; for all 60 and 16: 79 %.
	page = b.get("/ninety")
	page.wants("main", "carried 87 %", "saved 54 min", "you spent 8 min", "0 %", "Download as CSV")
	page.lacks("main", "This week by colleague", s.Owner.Name)
	boss.get("/ninety").wants("main", "carried 79 %", "saved 1 h", "people spent 16 min", "This week by colleague", s.Seller.Name, "Names nobody")
	for who, rows := range map[*browser]int{b: 4, boss: 6} {
		page := who.get("/ninety.csv")
		list, err := csv.NewReader(strings.NewReader(page.body)).ReadAll()
		if err != nil || len(list) != rows || len(list[0]) != 8 {
			t.Errorf("%d lines, want %d: %v %v", len(list), rows, list, err)
		}
	}
}
