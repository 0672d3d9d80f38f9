//go:build servers

package e2e

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestStart: the built program, on an empty folder: how long until the first
// page, and how much memory it holds while nobody asks for anything.
func TestStart(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "ninetyten")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "ninetyten/cmd/ninetyten")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	address := freeAddress(t)
	var first time.Duration
	var idle int64
	for _, run := range []string{"empty folder", "second start"} {
		first, idle = serve(t, binary, address, run == "empty folder")
		t.Logf("%s: first page after %d ms", run, first.Milliseconds())
		if idle != 0 {
			t.Logf("%s: %.1f MB of memory after 5 s with nothing to do", run, float64(idle)/1e6)
		}
		if idle > 150e6 {
			t.Errorf("%s: %d bytes of memory with nothing to do", run, idle)
		}
	}
}

// freeAddress is one on which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// serve runs the program until it has answered, and when idle is asked for, five
// seconds longer. It ends in order when it is told to.
func serve(t *testing.T, binary, address string, idle bool) (first time.Duration, memory int64) {
	t.Helper()
	dir := filepath.Join(os.TempDir(), "ninetyten-start-"+strconv.Itoa(os.Getpid()))
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, "serve", "--data", dir, "--listen", address)
	var log strings.Builder
	cmd.Stderr = &log
	cmd.Cancel = func() error { return cmd.Process.Kill() }
	began := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the program ended with %v:\n%s", err, log.String())
		}
	}()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !answers(ctx, "http://"+address+"/setup") {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Errorf("the program does not answer:\n%s", log.String())
			return 0, 0
		}
	}
	first = time.Since(began)
	if !idle {
		return first, 0
	}
	look := time.NewTicker(250 * time.Millisecond)
	defer look.Stop()
	for end := time.After(5 * time.Second); ; {
		select {
		case <-look.C:
			memory = resident(t, cmd.Process.Pid)
		case <-end:
			return first, memory
		}
	}
}

func answers(ctx context.Context, address string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return err == nil && res.StatusCode == http.StatusOK
}

// resident is the memory of a process, in bytes (VmRSS in proc(5)).
func resident(t *testing.T, pid int) int64 {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return kb * 1024
		}
	}
	t.Fatalf("no VmRSS in %s", status)
	return 0
}
