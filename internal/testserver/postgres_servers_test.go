//go:build servers

package testserver

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func run(t *testing.T, url, query string) (n int, err error) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		return 0, err
	}
	defer conn.Close(t.Context())
	err = conn.QueryRow(t.Context(), query).Scan(&n)
	return n, err
}

func TestPostgresFrom(t *testing.T) {
	made := 0
	prepare := func(url string) error {
		made++
		conn, err := pgx.Connect(t.Context(), url)
		if err != nil {
			return err
		}
		_, err = conn.Exec(t.Context(), "CREATE TABLE a AS SELECT 7 AS n")
		return errors.Join(err, conn.Close(t.Context()))
	}
	one, two := PostgresFrom(t, "a", prepare), PostgresFrom(t, "a", prepare)
	if made != 1 || one == two {
		t.Error(made, one, two)
	}
	for _, url := range []string{one, two} {
		if n, err := run(t, url, "UPDATE a SET n = n + 1 RETURNING n"); n != 8 || err != nil {
			t.Error("a database of its own:", n, err)
		}
	}
}

func TestClusterSurvives(t *testing.T) {
	c := StartPostgres(t)
	for _, end := range []func(){c.Stop, c.Kill} {
		end()
		if _, err := run(t, c.URL("postgres"), "SELECT 1"); err == nil {
			t.Error("a stopped server answered")
		}
		c.Start()
		if n, err := run(t, c.URL("postgres"), "SELECT 1"); n != 1 || err != nil {
			t.Error(n, err)
		}
	}
}

const deathEnv = "NINETYTEN_TESTSERVER_DEATH"

// TestDeathHelper is the process that TestDeath kills; it does nothing in an
// ordinary run.
func TestDeathHelper(t *testing.T) {
	if os.Getenv(deathEnv) == "" {
		return
	}
	c := sharedCluster(t)
	fmt.Printf("up %s %d\n", c.dir, c.port)
	<-t.Context().Done()
}

// TestDeath: a test process that is killed leaves no server and no folder.
func TestDeath(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestDeathHelper$")
	cmd.Env = append(os.Environ(), deathEnv+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var dir string
	var port int
	if _, err := fmt.Fscanf(bufio.NewReader(out), "up %s %d\n", &dir, &port); err != nil || !strings.Contains(dir, "ninetyten-pg-") {
		t.Fatal(dir, err)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(time.Minute); ; <-tick.C {
		_, serr := os.Stat(dir)
		conn, derr := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if derr == nil {
			_ = conn.Close()
		}
		if errors.Is(serr, fs.ErrNotExist) && derr != nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("left behind:", dir, serr, derr)
		}
	}
}
