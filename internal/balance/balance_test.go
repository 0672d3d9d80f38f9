package balance

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ninetyten/internal/sales"
)

func day(n int) time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC).AddDate(0, 0, n) }

func move(id int, at time.Time, actor sales.Actor, kind sales.MoveKind) sales.Move {
	return sales.Move{ID: sales.ID(id), At: at, Actor: actor, Kind: kind}
}

func TestCompute(t *testing.T) {
	auto := move(1, day(0), sales.BySystem, sales.MoveMailAuto)
	manual := move(2, day(0), sales.BySeller, sales.MoveMailManual)
	reply := move(3, day(0), sales.ByBuyer, sales.MoveReply)
	talk := move(4, day(0), sales.BySeller, sales.MoveTalk)
	talk.Minutes = 30
	old := move(5, day(-30), sales.BySeller, sales.MoveMailManual)
	older := move(6, day(-60), sales.ByBuyer, sales.MoveQuestion)
	seen := move(7, day(0), sales.ByBuyer, sales.MoveTheirMail)
	future := move(8, day(3), sales.ByBuyer, sales.MoveReply)
	bounce := move(9, day(0), sales.ByBuyer, sales.MoveBounce)
	tests := []struct {
		name          string
		moves         []sales.Move
		seller, buyer float64
		band          Band
		n             int
	}{
		{"none", nil, 0, 0, Unknown, 0},
		{"nothing that weighs", []sales.Move{bounce, {Kind: "unheard_of", Minutes: 60}}, 0, 0, Unknown, 0},
		{"only automatic mail", []sales.Move{auto}, 0.5, 0, Chasing, 1},
		{"an answer to one", []sales.Move{auto, reply}, 0.5, 5, LeaningIn, 2},
		{"an answer to a written one", []sales.Move{manual, reply}, 8, 5, Courting, 2},
		{"a talk is equal effort: courting", []sales.Move{talk}, 30, 30, Courting, 1},
		{"half after 30 days", []sales.Move{old}, 4, 0, Chasing, 1},
		{"a quarter after 60", []sales.Move{older}, 0, 2, LeaningIn, 1},
		{"their own mail, seen elsewhere", []sales.Move{seen}, 0, 8, LeaningIn, 1},
		{"the future is now", []sales.Move{future}, 0, 5, LeaningIn, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := Compute(tt.moves, day(0))
			if math.Abs(b.SellerMinutes-tt.seller) > 1e-9 || math.Abs(b.BuyerMinutes-tt.buyer) > 1e-9 || b.Band != tt.band || b.N != tt.n {
				t.Errorf("got %.2f, %.2f, %s, %d", b.SellerMinutes, b.BuyerMinutes, b.Band, b.N)
			}
		})
	}
}

func TestBands(t *testing.T) {
	for share, want := range map[float64]Band{0: Chasing, 0.0999: Chasing, 0.10: Courting, 0.5: Courting, 0.5099: Courting, 0.51: LeaningIn, 1: LeaningIn} {
		if got := BandOf(share); got != want {
			t.Errorf("%v: %s, want %s", share, got, want)
		}
	}
	if BandOf(math.NaN()) != Unknown {
		t.Error("no number has no band")
	}
}

func TestLines(t *testing.T) {
	b := Compute([]sales.Move{move(1, day(-2), sales.BySystem, sales.MoveMailAuto), move(2, day(-1), sales.ByBuyer, sales.MoveReply), move(3, day(0), sales.BySeller, sales.MoveTalk)}, day(0))
	var got []string
	for _, l := range b.Lines {
		got = append(got, string(l.Move.Kind)+" "+string(l.Side))
	}
	if d := cmp.Diff([]string{"talk seller", "talk buyer", "reply buyer", "mail_auto seller"}, got); d != "" {
		t.Error(d)
	}
}

func TestEffort(t *testing.T) {
	for _, tt := range []struct {
		kind    sales.MoveKind
		side    sales.Actor
		minutes float64
		asks    bool
	}{
		{sales.MoveMailAuto, sales.BySeller, 0.5, true},
		{sales.MoveMailManual, sales.BySeller, 8, true},
		{sales.MoveQuestion, sales.ByBuyer, 8, true},
		{sales.MoveMeeting, sales.ByBuyer, 15, false},
		{sales.MoveTalk, sales.BySeller, 10, false},
		{sales.MoveBounce, sales.ByBuyer, 0, false},
		{"unheard_of", sales.BySeller, 0, false},
	} {
		if side, minutes, asks := Effort(tt.kind); side != tt.side || minutes != tt.minutes || asks != tt.asks {
			t.Errorf("%s: %s %v %v", tt.kind, side, minutes, asks)
		}
	}
}

// What the writer puts into a line is what the balance counts for it.
func TestEffortIsWhatCounts(t *testing.T) {
	for _, w := range Table() {
		side, minutes, asks := Effort(w.Kind)
		m := move(1, day(0), side, w.Kind)
		bare := Compute([]sales.Move{m}, day(0))
		m.Minutes, m.Asks = minutes, asks
		full := Compute([]sales.Move{m}, day(0))
		if bare.SellerMinutes != full.SellerMinutes || bare.BuyerMinutes != full.BuyerMinutes {
			t.Errorf("%s: %v with minutes, %v without", w.Kind, full, bare)
		}
	}
}

func TestTableHasEveryKind(t *testing.T) {
	kinds := []sales.MoveKind{
		sales.MoveMailAuto, sales.MoveMailManual, sales.MoveReply, sales.MoveQuestion, sales.MoveInterest, sales.MoveReferral,
		sales.MoveDecline, sales.MoveNotNow, sales.MoveAutoReply, sales.MoveBounce, sales.MoveUnsubscribe, sales.MoveComplaint,
		sales.MoveCall, sales.MoveTalk, sales.MoveMeeting, sales.MoveTaskDone, sales.MoveSocial, sales.MoveNote, sales.MoveWait, sales.MoveSnooze,
		sales.MoveEnrolled, sales.MoveState, sales.MoveHandoff, sales.MoveSuppressed, sales.MoveVerdict, sales.MoveImported,
		sales.MoveHeld, sales.MoveOpen, sales.MoveTheirMail, sales.MoveInvited, sales.MovePlanDone, sales.MoveDeal, sales.MovePoint,
	}
	table := Weights{}.lookup()
	if len(table) != len(kinds) || len(table) != len(Table()) {
		t.Errorf("%d kinds, %d in the table of %d lines", len(kinds), len(table), len(Table()))
	}
	formula := Formula()
	for _, k := range kinds {
		w, ok := table[k]
		if !ok || w.Says == "" || !strings.Contains(formula, w.Says) {
			t.Errorf("%s is not in the table or the formula", k)
		}
	}
	for _, s := range []string{"they asked something: 0 / 8 / 0\n", "the system sent a mail: 0.5 / 0 / 6\n", "50 % is still courting"} {
		if !strings.Contains(formula, s) {
			t.Errorf("the formula lacks %q", s)
		}
	}
}

func TestNinetyTen(t *testing.T) {
	talk := move(4, day(0), sales.BySeller, sales.MoveTalk)
	talk.Minutes = 25
	system, human := NinetyTen([]sales.Move{
		move(1, day(-400), sales.BySystem, sales.MoveMailAuto), move(2, day(0), sales.BySystem, sales.MoveHandoff),
		move(3, day(0), sales.ByBuyer, sales.MoveAutoReply), talk, move(5, day(0), sales.ByLeader, sales.MoveNote),
		move(6, day(0), sales.ByBuyer, sales.MoveReply), move(7, day(0), sales.BySeller, sales.MoveEnrolled),
	})
	if system != 10 || human != 27 {
		t.Errorf("system %v, human %v; want 10 and 27", system, human)
	}
	if s, h := NinetyTen(nil); s != 0 || h != 0 {
		t.Error("nothing is nothing")
	}
}

func TestWhoseMove(t *testing.T) {
	asking := func(m sales.Move) sales.Move { m.Asks = true; return m }
	auto := move(1, day(-9), sales.BySystem, sales.MoveMailAuto)
	for _, tt := range []struct {
		name  string
		moves []sales.Move
		side  sales.MoveSide
		since time.Time
		why   string
	}{
		{"nothing at all", nil, sales.OurMove, time.Time{}, "nothing was asked yet"},
		{"only imported", []sales.Move{move(1, day(-3), sales.BySystem, sales.MoveImported), move(2, day(-2), sales.BySystem, sales.MoveEnrolled)}, sales.OurMove, day(-3), "nothing was asked yet"},
		{"we wrote", []sales.Move{auto}, sales.TheirMove, day(-9), "we wrote to them"},
		{"they asked", []sales.Move{auto, move(2, day(-1), sales.ByBuyer, sales.MoveQuestion), move(3, day(-1), sales.BySystem, sales.MoveHandoff)}, sales.OurMove, day(-1), "they asked something"},
		{"we answered", []sales.Move{move(2, day(-2), sales.ByBuyer, sales.MoveQuestion), move(3, day(-1), sales.BySeller, sales.MoveMailManual)}, sales.TheirMove, day(-1), "we wrote"},
		{"a machine answers nothing", []sales.Move{auto, move(2, day(-1), sales.ByBuyer, sales.MoveAutoReply)}, sales.TheirMove, day(-9), "we wrote"},
		{"a dial decides nothing", []sales.Move{auto, move(2, day(-1), sales.BySeller, sales.MoveCall)}, sales.TheirMove, day(-9), "we wrote"},
		{"a message left asks", []sales.Move{asking(move(2, day(-1), sales.BySeller, sales.MoveCall))}, sales.TheirMove, day(-1), "we asked"},
		{"their call asks", []sales.Move{asking(move(2, day(-1), sales.ByBuyer, sales.MoveCall))}, sales.OurMove, day(-1), "they asked"},
		{"a talk", []sales.Move{move(2, day(-1), sales.BySeller, sales.MoveTalk)}, sales.OurMove, day(-1), "we talked"},
		{"a talk that asked", []sales.Move{asking(move(2, day(-1), sales.BySeller, sales.MoveTalk))}, sales.TheirMove, day(-1), "we talked"},
		{"bounced", []sales.Move{auto, move(2, day(-8), sales.ByBuyer, sales.MoveBounce)}, sales.OurMove, day(-8), "did not reach"},
		{"no", []sales.Move{auto, move(2, day(-8), sales.ByBuyer, sales.MoveDecline)}, sales.Resting, day(-8), "said no"},
		{"later", []sales.Move{move(2, day(-8), sales.ByBuyer, sales.MoveNotNow), move(3, day(-7), sales.BySystem, sales.MoveState)}, sales.Resting, day(-8), "said later"},
		{"no more", []sales.Move{move(2, day(-8), sales.ByBuyer, sales.MoveUnsubscribe)}, sales.Resting, day(-8), "no more"},
		{"meeting", []sales.Move{move(2, day(-8), sales.ByBuyer, sales.MoveMeeting)}, sales.Resting, day(-8), "meeting"},
		{"waiting", []sales.Move{move(2, day(-8), sales.ByBuyer, sales.MoveReply), move(3, day(-7), sales.BySeller, sales.MoveWait)}, sales.TheirMove, day(-7), "chose to wait"},
		{"same time: the later line", []sales.Move{move(2, day(-1), sales.ByBuyer, sales.MoveReply), move(3, day(-1), sales.BySeller, sales.MoveMailManual)}, sales.TheirMove, day(-1), "we wrote"},
		{"a clock ahead", []sales.Move{move(2, day(1), sales.ByBuyer, sales.MoveReply)}, sales.OurMove, day(0), "they answered"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			back := slices.Clone(tt.moves)
			slices.Reverse(back)
			for _, moves := range [][]sales.Move{tt.moves, back} {
				side, since, why := WhoseMove(moves, day(0))
				if side != tt.side || !since.Equal(tt.since) || !strings.Contains(why, tt.why) {
					t.Errorf("got %s since %s: %s", side, since, why)
				}
			}
		})
	}
}

func drawMoves(t *rapid.T) []sales.Move {
	var kinds []sales.MoveKind
	for _, w := range Table() {
		kinds = append(kinds, w.Kind)
	}
	kinds = append(kinds, "", "unheard_of")
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) sales.Move {
		return sales.Move{
			ID: sales.ID(rapid.IntRange(0, 5).Draw(t, "id")), At: day(0).Add(time.Duration(rapid.Int64Range(-1e17, 1e15).Draw(t, "at"))),
			Actor: rapid.SampledFrom([]sales.Actor{sales.BySystem, sales.BySeller, sales.ByBuyer, sales.ByLeader, "?"}).Draw(t, "actor"),
			Kind:  rapid.SampledFrom(kinds).Draw(t, "kind"), Asks: rapid.Bool().Draw(t, "asks"),
			Minutes: rapid.SampledFrom([]float64{0, 1, 45, -3, 1e300, math.NaN(), math.Inf(1), math.Inf(-1), 5e-324}).Draw(t, "minutes"),
		}
	}), 0, 20).Draw(t, "moves")
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		moves := drawMoves(t)
		b := Compute(moves, day(0))
		if !(b.Share >= 0 && b.Share <= 1) || !(b.SellerMinutes >= 0) || !(b.BuyerMinutes >= 0) || math.IsInf(b.SellerMinutes+b.BuyerMinutes, 0) {
			t.Fatalf("%+v", b)
		}
		if (b.Band == Unknown) != (b.SellerMinutes+b.BuyerMinutes == 0) {
			t.Fatalf("band %s with %v and %v", b.Band, b.SellerMinutes, b.BuyerMinutes)
		}
		// More effort of theirs never lowers their share.
		more := Compute(append(slices.Clone(moves), move(99, day(0), sales.ByBuyer, sales.MoveReply)), day(0))
		if more.Share < b.Share-1e-12 {
			t.Fatalf("their answer lowered the share from %v to %v", b.Share, more.Share)
		}
		system, human := NinetyTen(moves)
		if !(system >= 0) || !(human >= 0) {
			t.Fatalf("%v, %v", system, human)
		}
		side, since, why := WhoseMove(moves, day(0))
		if since.After(day(0)) || why == "" || side != sales.OurMove && side != sales.TheirMove && side != sales.Resting {
			t.Fatalf("%s %s %q", side, since, why)
		}
		// A real answer of theirs makes it our move, whatever came before.
		if side, _, _ := WhoseMove(append(slices.Clone(moves), move(9, day(99), sales.ByBuyer, sales.MoveReply)), day(0)); side != sales.OurMove {
			t.Fatalf("after an answer it is %s", side)
		}
	})
}

// The order of the lines does not matter, to the last bit, as long as lines can be told apart.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		moves := drawMoves(t)
		for i := range moves {
			moves[i].ID = sales.ID(i + 1)
		}
		shuffled := rapid.Permutation(moves).Draw(t, "shuffled")
		a, b := Compute(moves, day(0)), Compute(shuffled, day(0))
		if a.SellerMinutes != b.SellerMinutes || a.BuyerMinutes != b.BuyerMinutes || a.Share != b.Share {
			t.Fatalf("%v and %v", a, b)
		}
		if share, band := (Weights{}).Shares(day(0))(shuffled); math.Float64bits(share) != math.Float64bits(a.Share) || band != a.Band {
			t.Fatalf("a share alone is %v %s, that of %v", share, band, a)
		}
		s1, t1, w1 := WhoseMove(moves, day(0))
		s2, t2, w2 := WhoseMove(shuffled, day(0))
		if s1 != s2 || !t1.Equal(t2) || w1 != w2 {
			t.Fatalf("%s %s and %s %s", s1, w1, s2, w2)
		}
	})
}

func benchMoves() (out []sales.Move) {
	t := Table()
	for i := range 100 {
		w := t[i%len(t)]
		side, minutes, asks := Effort(w.Kind)
		out = append(out, sales.Move{ID: sales.ID(i), At: day(-i), Actor: side, Kind: w.Kind, Minutes: minutes, Asks: asks})
	}
	return out
}

func BenchmarkCompute100(b *testing.B) {
	moves := benchMoves()
	for b.Loop() {
		Compute(moves, day(0))
	}
}

func BenchmarkWhoseMove100(b *testing.B) {
	moves := benchMoves()
	for b.Loop() {
		WhoseMove(moves, day(0))
	}
}

func BenchmarkEffort(b *testing.B) {
	for b.Loop() {
		Effort(sales.MoveVerdict)
	}
}
