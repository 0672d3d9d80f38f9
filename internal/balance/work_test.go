package balance_test

import (
	"math"
	"testing"

	"ninetyten/internal/balance"
	"ninetyten/internal/sales"
)

func TestWork(t *testing.T) {
	for name, tt := range map[string]struct {
		sums          []sales.MoveSum
		system, human float64
		kinds         int
	}{
		"nothing":                 {nil, 0, 0, 0},
		"the system sent mails":   {[]sales.MoveSum{{Actor: sales.BySystem, Kind: sales.MoveMailAuto, Minutes: 0.5, N: 10}}, 60, 0, 1},
		"a seller wrote two":      {[]sales.MoveSum{{Actor: sales.BySeller, Kind: sales.MoveMailManual, Minutes: 8, N: 2}}, 0, 16, 1},
		"noted minutes":           {[]sales.MoveSum{{Actor: sales.BySeller, Kind: sales.MoveMailManual, Minutes: 20, N: 3}}, 0, 60, 1},
		"weighs nothing":          {[]sales.MoveSum{{Actor: sales.BySeller, Kind: sales.MoveSnooze, N: 5}}, 0, 0, 0},
		"unknown kind":            {[]sales.MoveSum{{Actor: sales.BySystem, Kind: "moonwalk", Minutes: 9, N: 5}}, 0, 0, 0},
		"no lines":                {[]sales.MoveSum{{Actor: sales.BySystem, Kind: sales.MoveMailAuto, N: -3}}, 0, 0, 0},
		"no number stays bounded": {[]sales.MoveSum{{Actor: sales.BySeller, Kind: sales.MoveMailManual, Minutes: math.Inf(1), N: 1}}, 0, 480, 1},
		"both sides": {[]sales.MoveSum{{Actor: sales.BySystem, Kind: sales.MoveMailAuto, N: 4}, {Actor: sales.BySystem, Kind: sales.MoveMailAuto, Minutes: 0.5, UserID: 7, N: 5},
			{Actor: sales.BySeller, Kind: sales.MoveMailManual, N: 3}}, 54, 24, 2},
	} {
		w := balance.Weights{}.Work(tt.sums)
		if w.System != tt.system || w.Human != tt.human || len(w.Kinds) != tt.kinds {
			t.Errorf("%s: %+v", name, w)
		}
		if _, known := w.Share(); known != (tt.system+tt.human > 0) {
			t.Errorf("%s: a share is known: %v", name, known)
		}
	}
}

// TestWorkIsNinetyTen: summed lines give what the lines give, and users' parts add up.
func TestWorkIsNinetyTen(t *testing.T) {
	var moves []sales.Move
	var sums []sales.MoveSum
	for i, w := range balance.Table() {
		for j, actor := range []sales.Actor{sales.BySystem, sales.BySeller, sales.ByLeader, sales.ByBuyer} {
			minutes := float64((i + j) % 3 * 10)
			for range i%4 + 1 {
				moves = append(moves, sales.Move{Actor: actor, Kind: w.Kind, Minutes: minutes})
			}
			sums = append(sums, sales.MoveSum{Actor: actor, Kind: w.Kind, Minutes: minutes, UserID: sales.ID(i % 3), N: i%4 + 1})
		}
	}
	own := balance.With(map[sales.MoveKind]sales.MoveWeight{sales.MoveMailAuto: {Seller: 1, Saved: 9}})
	for _, x := range []balance.Weights{{}, own} {
		system, human := x.NinetyTen(moves)
		w := x.Work(sums)
		if math.Abs(w.System-system) > 1e-6 || math.Abs(w.Human-human) > 1e-6 {
			t.Errorf("%v and %v summed, %v and %v line by line", w.System, w.Human, system, human)
		}
		for _, part := range x.WorkByUser(sums) {
			system -= part.System
			human -= part.Human
		}
		if math.Abs(system)+math.Abs(human) > 1e-6 {
			t.Errorf("the parts of users leave %v and %v", system, human)
		}
	}
}
