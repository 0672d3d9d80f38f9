package bench

import (
	"bufio"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// cpu is the CPU time that this process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMB is the largest resident size of this process since forgetPeak.
func peakMB() float64 { return statusMB("VmHWM:") }

// residentMB is the resident size of this process now.
func residentMB() float64 { return statusMB("VmRSS:") }

// statusMB reads a size from proc(5).
func statusMB(field string) float64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	for sc := bufio.NewScanner(f); sc.Scan(); {
		if rest, ok := strings.CutPrefix(sc.Text(), field); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024
		}
	}
	return 0
}

// forgetPeak gives back what the filling of a database used, and begins the peak
// anew where the system can (proc(5), clear_refs).
func forgetPeak() {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o200) // else the peak is that of all: too high, never too low
}

// median is the middle one; of an even number the upper.
func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	s := slices.Clone(list)
	slices.Sort(s)
	return s[len(s)/2]
}

// ratios divides run by run.
func ratios(ours, theirs []float64) []float64 {
	var out []float64
	for i := range min(len(ours), len(theirs)) {
		if theirs[i] > 0 {
			out = append(out, ours[i]/theirs[i])
		}
	}
	return out
}

// peerOf compares rates of runs side by side.
func peerOf(name string, ours, theirs []float64) Peer {
	return Peer{Name: name, RatePerS: median(theirs), Ratio: median(ratios(ours, theirs))}
}

// peerRuns compares measured runs side by side.
func peerRuns(name string, ours []float64, theirs samples) Peer {
	p := peerOf(name, ours, theirs.rates())
	p.CPUPerOp = median(theirs.each(func(x sample) float64 { return x.own + x.dbs }))
	return p
}

// meter is a stretch that is measured.
type meter struct {
	db    *database
	began time.Time
	own   time.Duration
	dbCPU time.Duration
}

func (d *database) begin() meter {
	m := meter{db: d, own: cpu(), dbCPU: d.cpu()}
	m.began = time.Now()
	return m
}

// sample is what a stretch cost.
type sample struct {
	rate     float64 // operations a second
	own, dbs float64 // microseconds of CPU an operation: this process, its PostgreSQL
}

func (m meter) end(n int) sample {
	took := time.Since(m.began)
	own, dbs := cpu()-m.own, m.db.cpu()-m.dbCPU
	per := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 / float64(n) }
	return sample{rate: float64(n) / took.Seconds(), own: per(own), dbs: per(dbs)}
}

// samples gathers runs.
type samples []sample

func (s samples) rates() []float64 { return s.each(func(x sample) float64 { return x.rate }) }

func (s samples) each(f func(sample) float64) []float64 {
	out := make([]float64, len(s))
	for i, x := range s {
		out[i] = f(x)
	}
	return out
}

// into writes the medians.
func (s samples) into(r *Result) {
	r.Runs = s.rates()
	r.RatePerS = median(r.Runs)
	r.CPUPerOp = median(s.each(func(x sample) float64 { return x.own }))
	r.DBPerOp = median(s.each(func(x sample) float64 { return x.dbs }))
}

// profile writes a CPU profile of a stretch when a file is named.
func profile(name string) (stop func(), err error) {
	if name == "" {
		return func() {}, nil
	}
	f, err := os.Create(name) //nolint:gosec // the caller names it
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		_ = f.Close()
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close() // a profile that is cut short says so when it is read
	}, nil
}
