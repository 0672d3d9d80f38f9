package bench

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

// TestSmall: each bench runs with little, its counts are right, and its result
// can be read by people and by programs.
func TestSmall(t *testing.T) {
	for _, x := range []struct {
		name  string
		o     Options
		cases int
		check string
		want  int
	}{
		{"send", Options{N: 300, Runs: 1, Size: 2048, Boxes: 2}, 1, "accepted by the sink", 300},
		{"pick", Options{N: 2000, Runs: 2, Boxes: 3}, 1, "sent in all", 400},
		{"scale", Options{N: 2000, Runs: 1, Boxes: 3}, 2, "", 0},
		{"memory", Options{N: 1000, Runs: 1, Boxes: 2}, 1, "sent in all", 100},
		{"pages", Options{N: 300, Runs: 1}, 0, "", 0},
	} {
		t.Run(x.name, func(t *testing.T) {
			x.o.Database = "sqlite"
			res, err := Run(t.Context(), x.name, x.o)
			if err != nil {
				t.Fatal(err)
			}
			if res.RatePerS <= 0 || res.CPUPerOp <= 0 || res.PeakMB <= 0 || len(res.Cases) != x.cases || !strings.Contains(res.String(), x.name) {
				t.Errorf("%+v", res)
			}
			if got := res.Checks[x.check]; x.check != "" && got != x.want || res.Checks["duplicates"] != 0 {
				t.Errorf("%v", res.Checks)
			}
			b, err := json.Marshal(res)
			if err != nil {
				t.Fatal(err)
			}
			for _, field := range []string{`"bench":"` + x.name + `"`, `"n":`, `"rate_per_s":`, `"cpu_us_per_op":`, `"peak_mb":`, `"peers":`} {
				if !strings.Contains(string(b), field) {
					t.Errorf("%s is not in %s", field, b)
				}
			}
			t.Log(res)
		})
	}
}

// TestCounted: a figure is not given when the counts are wrong.
func TestCounted(t *testing.T) {
	d := &database{name: "sqlite"}
	w, err := d.newWorld(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	if err := w.found(t.Context(), Options{Boxes: 1, Size: 2048}, "127.0.0.1:1"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.load(t.Context(), 100, dueEvery, 1); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.day(t.Context(), 0, func() int64 { return 0 }, func() error { return nil }); err == nil || !strings.Contains(err.Error(), "of 10 mails") {
		t.Error(err)
	}
}

func TestWorkday(t *testing.T) {
	for n, want := range []string{"Tue 3", "Wed 4", "Thu 5", "Fri 6", "Mon 9", "Tue 10"} {
		if got := workday(n).Format("Mon 2"); got != want || workday(n).Hour() != 9 {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestUnknownDatabase(t *testing.T) {
	if _, err := Run(t.Context(), "pick", Options{Database: "oracle"}); sales.CodeOf(err) != sales.Invalid {
		t.Error(err)
	}
}

// TestModel: the model counts every seller, keeps the day's pace, and gives the
// same answer each time.
func TestModel(t *testing.T) {
	m := newModel(sellersInAll)
	n := 0
	for _, s := range m.spaces {
		n += s.sellers
	}
	if n != sellersInAll || m.spaces[0].sellers != largestSpace || m.spaces[len(m.spaces)-1].sellers != 1 {
		t.Errorf("%d sellers, the largest workspace has %d", n, m.spaces[0].sellers)
	}
	day := 0.0
	for h := range 24 {
		day += mailsIn(h)
	}
	if math.Abs(day-mailsADay-handADay) > 1e-9 {
		t.Errorf("%v mails a day", day)
	}
	c := costs{mail: 200, lease: 50, look: 0.01}
	a, b := m.onShards(16, c), newModel(sellersInAll).onShards(16, c)
	const im = "imbalance, median placing"
	if a.Figures[im] != b.Figures[im] || a.Figures[im] < 1 || a.Figures["imbalance, worst placing"] < a.Figures[im] {
		t.Errorf("%v\n%v", a.Figures, b.Figures)
	}
	if wide := m.onShards(64, c).Figures[im]; wide <= a.Figures[im] {
		t.Errorf("64 shards are more even (%v) than 16 (%v)", wide, a.Figures[im])
	}
}

func TestStatTicks(t *testing.T) {
	line := "77 (a) b) S 5 77 77 0 -1 4194560 1 2 3 4 100 20 3 4 20 0 1 0"
	for pid, want := range map[int]int64{77: 127, 5: 120, 9: 0} {
		if got := statTicks(line, pid); got != want {
			t.Errorf("of %d: %d, want %d", pid, got, want)
		}
	}
}

func TestMeasuring(t *testing.T) {
	s := samples{{rate: 10, own: 1, dbs: 2}, {rate: 30, own: 3, dbs: 6}, {rate: 20, own: 2, dbs: 4}}
	var r Result
	s.into(&r)
	if r.RatePerS != 20 || r.CPUPerOp != 2 || r.DBPerOp != 4 {
		t.Errorf("%+v", r)
	}
	if p := peerOf("x", []float64{10, 30, 20}, []float64{20, 20, 20}); p.Ratio != 1 || p.RatePerS != 20 {
		t.Errorf("%+v", p)
	}
	if d := (&database{}).cpu(); d != 0*time.Second {
		t.Error(d)
	}
}
