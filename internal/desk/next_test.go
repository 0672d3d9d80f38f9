package desk_test

import (
	"strings"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// A skip needs a reason, lasts until the next working day, is a user's own and can
// be taken back; a pin goes with the next thing that is done.
func TestSkipAndPin(t *testing.T) {
	w := newRoom(t, 2)
	ctx, v, p := t.Context(), w.v, w.People[0]
	for _, k := range []sales.Skip{{PersonID: p.ID}, {PersonID: p.ID, Reason: "because"}, {PersonID: p.ID, Reason: sales.SkipOtherWhy, Note: "  "}, {PersonID: p.ID, Reason: sales.SkipMoment, Note: strings.Repeat("a", 1001)}} {
		if _, err := w.d.Skip(ctx, v, k); sales.CodeOf(err) != sales.Invalid {
			t.Errorf("%+v: %v", k, err)
		}
	}
	if _, err := w.d.Skip(ctx, v, sales.Skip{PersonID: 999, Reason: sales.SkipMoment}); sales.CodeOf(err) != sales.NotFound {
		t.Errorf("somebody who is not there: %v", err)
	}
	u, err := w.d.Skip(ctx, v, sales.Skip{PersonID: p.ID, Reason: sales.SkipPrepare, Note: "who decides?"})
	if err != nil {
		t.Fatal(err)
	}
	by := func() map[sales.ID]sales.Skip {
		t.Helper()
		m, err := w.Store.SkippedBy(ctx, v.WorkspaceID, v.UserID, []sales.ID{p.ID}, w.clock.t)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	k := by()[p.ID]
	if k.Why() != "something must be found out first: who decides?" || !k.Until.After(w.clock.t) || k.Until.Sub(w.clock.t) > 96*time.Hour {
		t.Errorf("%+v", k)
	}
	if err := w.d.Undo(ctx, v, u.Token); err != nil || len(by()) != 0 {
		t.Errorf("taken back: %v, %v", err, by())
	}
	if _, err := w.d.Skip(ctx, v, sales.Skip{PersonID: p.ID, Reason: sales.SkipMoment}); err != nil {
		t.Fatal(err)
	}
	pins := func() int {
		t.Helper()
		m, err := w.Store.Pins(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		return len(m)
	}
	if _, err := w.d.Pin(ctx, v, p.ID); err != nil || pins() != 1 || len(by()) != 0 {
		t.Errorf("a pin ends the skip: %v, %d, %v", err, pins(), by())
	}
	if _, err := w.d.LogCall(ctx, v, desk.CallLog{PersonID: p.ID, Disposition: sales.CallNoAnswer}); err != nil || pins() != 0 {
		t.Errorf("a pin stays after something was done: %v, %d", err, pins())
	}
	if _, err := w.d.Pin(ctx, v, p.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.d.Unpin(ctx, v, p.ID); err != nil || pins() != 0 {
		t.Error(err, pins())
	}
}

// Managers weigh the order; what is the table's own is not kept.
func TestRankWeights(t *testing.T) {
	w := newRoom(t, 2)
	ctx := t.Context()
	if err := w.d.SetRankWeights(ctx, w.v, map[string]float64{"call": 1}); sales.CodeOf(err) != sales.Forbidden {
		t.Errorf("a seller: %v", err)
	}
	for _, x := range []float64{-1, 1001} {
		if err := w.d.SetRankWeights(ctx, w.boss, map[string]float64{"call": x}); sales.CodeOf(err) != sales.Invalid {
			t.Errorf("%v: %v", x, err)
		}
	}
	kept := func() map[string]float64 {
		t.Helper()
		ws, err := w.Store.Workspace(ctx, w.boss.WorkspaceID)
		if err != nil {
			t.Fatal(err)
		}
		return ws.Settings.RankWeights
	}
	if err := w.d.SetRankWeights(ctx, w.boss, map[string]float64{"call": 60, "value": 12, "unheard_of": 3}); err != nil || len(kept()) != 1 || kept()["value"] != 12 {
		t.Error(err, kept())
	}
	if err := w.d.SetRankWeights(ctx, w.boss, nil); err != nil || len(kept()) != 0 {
		t.Error(err, kept())
	}
}
