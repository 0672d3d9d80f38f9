package bench

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"ninetyten/internal/classify"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// letters gives n mails of every shape, each between another pair.
func letters(n, size int) [][]byte {
	out := make([][]byte, n)
	for i := range out {
		who := correspondent{name: fmt.Sprintf("Marta Oliveira%d", i), addr: fmt.Sprintf("person%d@buyer%d.example", i, i/2), to: "seller0@bench.example", about: fmt.Sprintf("%d.first@bench.example", i)}
		out[i] = writeLetter(1, i, size, who)
	}
	return out
}

// mostLetters is how many different mails the case read goes round in.
const mostLetters = 2000

// readMails measures parsing and classifying beside enmime's ReadEnvelope on the
// same mails. The rates are those of one core: mails over the CPU time that they
// took, which other work on the machine hardly moves.
func readMails(ctx context.Context, o Options) (Result, error) {
	list := letters(min(o.N, mostLetters), o.Size)
	res := Result{Case: fmt.Sprintf("parse and classify, %d bytes", o.Size), N: o.N, Checks: map[string]int{}, Figures: map[string]float64{}}
	res.Notes = append(res.Notes, fmt.Sprintf("rates are mails a second and core, by CPU time; %d different mails of %d shapes", len(list), len(shapes())))
	var ours, bare, theirs []float64
	var costs []float64
	for run := range o.Runs {
		stop, err := profile(firstOnly(o.Profile, run))
		if err != nil {
			return res, err
		}
		kinds := map[sales.VerdictKind]int{}
		via := map[string]int{}
		forgetPeak()
		s, err := perCore(ctx, list, o.N, func(raw []byte) error {
			p := mail.Parse(raw)
			kinds[classify.Classify(p, benchNow()).Kind]++
			via[p.Via]++
			return nil
		})
		stop()
		if err != nil {
			return res, err
		}
		res.PeakMB = max(res.PeakMB, peakMB())
		ours, costs = append(ours, s), append(costs, 1e6/s)
		for _, k := range slices.Sorted(maps.Keys(kinds)) {
			res.Checks["verdicts: "+string(k)] = kinds[k]
		}
		for _, k := range slices.Sorted(maps.Keys(via)) {
			res.Checks["read by "+k] = via[k]
		}
		if s, err = perCore(ctx, list, o.N, func(raw []byte) error { mail.Parse(raw); return nil }); err != nil {
			return res, err
		}
		bare = append(bare, s)
		s, err = perCore(ctx, list, max(o.N/5, 1), func(raw []byte) error {
			_, err := enmime.ReadEnvelope(bytes.NewReader(raw))
			return err
		})
		if err != nil {
			return res, fmt.Errorf("enmime: %w", err)
		}
		theirs = append(theirs, s)
	}
	res.Runs, res.RatePerS, res.CPUPerOp = ours, median(ours), median(costs)
	res.Peers = []Peer{peerOf("enmime ReadEnvelope, parse alone", ours, theirs), peerOf("ours, parse alone", ours, bare)}
	return res, nil
}

func readAims(r Result) []Aim {
	return []Aim{
		{What: "mails parsed and classified a second and core", Want: "at least 3000", Is: r.RatePerS, Holds: r.RatePerS >= 3000},
		{What: "parse and classify beside enmime's parse", Want: "at least 3.00", Is: r.Peers[0].Ratio, Holds: r.Peers[0].Ratio >= 3},
	}
}

// firstOnly names the file of a profile for the first run alone.
func firstOnly(file string, run int) string {
	if run > 0 {
		return ""
	}
	return file
}

// perCore reads n mails, round and round, and gives how many a second of CPU
// time, the collection of garbage included.
func perCore(ctx context.Context, list [][]byte, n int, read func([]byte) error) (float64, error) {
	runtime.GC()
	began := cpu()
	for i := range n {
		if i%100 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		if err := read(list[i%len(list)]); err != nil {
			return 0, err
		}
	}
	return float64(n) / max(cpu()-began, time.Microsecond).Seconds(), nil
}
