//go:build servers

package queue

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/testserver"
)

func TestPostgres(t *testing.T) {
	suite(t, func(t *testing.T) *db.DB { return openDB(t, testserver.Postgres(t)) })
}

// crashEnv names the database for the process that TestCrash kills.
const crashEnv = "NINETYTEN_QUEUE_CRASH"

func crashOptions() Options {
	return Options{JobTimeout: time.Second, RescueAfter: 2 * time.Second}
}

// TestCrashHelper is that process: it works on a job without end and says so.
// It does nothing in an ordinary run.
func TestCrashHelper(t *testing.T) {
	url := os.Getenv(crashEnv)
	if url == "" {
		return
	}
	q := newQueue(t, openDB(t, url), crashOptions())
	register(t, q, func(context.Context, drain) error {
		_, _ = os.Stdout.WriteString("working\n")
		select {}
	})
	start(t, q)
	<-t.Context().Done()
}

// TestCrash: a job whose process was killed runs again in another, which takes
// over the lead.
func TestCrash(t *testing.T) {
	for name, open := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "q.db") },
		"postgres": func(t *testing.T) string { return testserver.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := open(t)
			q := newQueue(t, openDB(t, url), crashOptions())
			done := make(chan Attempt, 1)
			register(t, q, func(ctx context.Context, _ drain) error { done <- AttemptOf(ctx); return nil })
			insert(t, q, drain{1}, Opts{Unique: true})

			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestCrashHelper$")
			cmd.Env = append(os.Environ(), crashEnv+"="+url)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(out).ReadString('\n')
			if err != nil || line != "working\n" {
				t.Fatal(line, err)
			}
			_ = cmd.Process.Kill()
			_ = cmd.Wait()

			killed := time.Now()
			start(t, q)
			select {
			case a := <-done:
				t.Logf("ran again %v after the kill, attempt %d", time.Since(killed).Round(time.Millisecond), a.N)
				if a.N != 2 {
					t.Error("attempt", a.N)
				}
			case <-time.After(3 * time.Minute):
				t.Fatal("not rescued")
			}
		})
	}
}

func BenchmarkPostgres(b *testing.B) {
	benchAll(b, func(b *testing.B) string { return testserver.Postgres(b) })
}
