// Package testserver runs real servers for tests. It owns their processes and
// folders, knows nothing of the program, and leaves nothing behind: each
// server ends, and its folder goes, when the test process ends in any way.
package testserver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// postgresBin is where Debian keeps the programs of PostgreSQL 15.
const postgresBin = "/usr/lib/postgresql/15/bin"

// startLimit bounds how long a server may take to answer.
const startLimit = 60 * time.Second

// guard runs a server until an order arrives on its input: the name of a
// signal, after which the folder stays. When the input ends because the test
// process is gone, server and folder go too. The signal is repeated, for a
// server that has just started still ignores it.
const guard = `"$@" & pid=$!
end() { while kill -"$1" $pid 2>/dev/null; do sleep 0.05; done; wait $pid; }
if read -r order; then end "$order"; else end QUIT; rm -rf "$DIR"; fi`

// ended are words in the log of a server that gave up while it started.
var ended = regexp.MustCompile(`Address already in use|could not create any TCP/IP sockets|lock file .* already exists|shared memory block`)

// The cluster that the tests of one process share, and the databases made on
// it.
var (
	shared    = sync.OnceValues(func() (*PostgresCluster, error) { return newCluster("") }) //nolint:gochecknoglobals // one server a process
	databases atomic.Int64                                                                  //nolint:gochecknoglobals // their names differ
	templates struct {                                                                      //nolint:gochecknoglobals // made once each
		sync.Mutex
		made map[string]string
	}
)

// Postgres gives the URL of a new, empty database on the cluster that the
// tests of this process share. It is dropped when t ends.
func Postgres(t testing.TB) string {
	t.Helper()
	return sharedCluster(t).newDatabase(t, "template1")
}

// PostgresFrom is Postgres with a database that prepare has filled, such as
// with a schema. prepare runs once a process for each name, on a database that
// later ones are copied from; it must close its connections.
func PostgresFrom(t testing.TB, name string, prepare func(url string) error) string {
	t.Helper()
	c := sharedCluster(t)
	templates.Lock()
	defer templates.Unlock()
	tmpl := templates.made[name]
	if tmpl == "" {
		tmpl = fmt.Sprintf("template_%d", databases.Add(1))
		err := c.admin("CREATE DATABASE " + tmpl)
		if err == nil {
			err = prepare(c.URL(tmpl))
		}
		if err != nil {
			t.Fatalf("testserver: prepare the database %s: %v", name, err)
		}
		if templates.made == nil {
			templates.made = make(map[string]string)
		}
		templates.made[name] = tmpl
	}
	return c.newDatabase(t, tmpl)
}

// StartPostgres starts a cluster for t alone, to be stopped and killed at
// will. It ends with t.
func StartPostgres(t testing.TB) *PostgresCluster { return StartPostgresIn(t, "") }

// StartPostgresIn is StartPostgres with the data below a folder, which has room
// for 120 MB; empty is the folder for temporary files.
func StartPostgresIn(t testing.TB, folder string) *PostgresCluster {
	t.Helper()
	c, err := newCluster(folder)
	if err != nil {
		t.Fatal(err)
	}
	c.t = t
	t.Cleanup(func() {
		if c.guard != nil {
			c.order("QUIT")
		}
		_ = os.RemoveAll(c.dir)
	})
	return c
}

func sharedCluster(t testing.TB) *PostgresCluster {
	t.Helper()
	c, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// PostgresCluster is one running PostgreSQL server. Its methods are for one
// goroutine at a time.
type PostgresCluster struct {
	t     testing.TB // nil for the shared one
	dir   string
	port  int
	cred  *syscall.Credential
	guard *exec.Cmd // nil while it is stopped
	input *os.File  // of the guard
}

// URL is the address of a database on the cluster; "postgres" always exists.
func (c *PostgresCluster) URL(database string) string {
	return fmt.Sprintf("postgres://ninetyten@127.0.0.1:%d/%s?sslmode=disable", c.port, database)
}

// Stop ends the server in order: sessions are cut, what was committed is on
// disk.
func (c *PostgresCluster) Stop() { c.order("INT") }

// Kill ends the server as a crash would.
func (c *PostgresCluster) Kill() { c.order("KILL") }

// Start starts a stopped or killed server again, on the same port.
func (c *PostgresCluster) Start() {
	if err := c.start(); err != nil {
		c.t.Errorf("testserver: start PostgreSQL again: %v", err)
	}
}

// ReadOnly makes the server take no changes, as a standby does, or take them
// again; open sessions too.
func (c *PostgresCluster) ReadOnly(on bool) {
	c.t.Helper()
	for _, statement := range []string{fmt.Sprintf("ALTER SYSTEM SET default_transaction_read_only = %t", on), "SELECT pg_reload_conf()"} {
		if err := c.admin(statement); err != nil {
			c.t.Error("testserver:", err)
		}
	}
}

// order sends the server a signal through the guard and waits for its end.
func (c *PostgresCluster) order(signal string) {
	_, _ = c.input.WriteString(signal + "\n")
	_ = c.guard.Wait()
	_ = c.input.Close()
	c.guard, c.input = nil, nil
}

// newCluster makes a cluster in a folder of its own below another, and starts it.
func newCluster(below string) (*PostgresCluster, error) {
	if _, err := os.Stat(filepath.Join(postgresBin, "initdb")); err != nil {
		return nil, fmt.Errorf("testserver: PostgreSQL 15 is not installed (%w); run \"make test\", which says what is needed", err)
	}
	cred, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(below, "ninetyten-pg-")
	if err != nil {
		return nil, err
	}
	c := &PostgresCluster{dir: dir, cred: cred}
	if err := c.create(); err != nil {
		_ = os.RemoveAll(dir)
		return nil, fmt.Errorf("testserver: start PostgreSQL: %w", err)
	}
	return c, nil
}

func (c *PostgresCluster) create() error {
	if c.cred != nil {
		if err := os.Chown(c.dir, int(c.cred.Uid), int(c.cred.Gid)); err != nil {
			return err
		}
	}
	init := exec.CommandContext(context.Background(), filepath.Join(postgresBin, "initdb"), "-D", filepath.Join(c.dir, "data"), //nolint:gosec // fixed
		"-U", "ninetyten", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	init.Dir = c.dir
	init.SysProcAttr = &syscall.SysProcAttr{Credential: c.cred}
	if out, err := init.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	// Another process may take the port between looking and binding.
	var err error
	for range 5 {
		if c.port, err = freePort(); err != nil {
			return err
		}
		if err = c.start(); err == nil {
			return nil
		}
	}
	return err
}

// start starts the server and waits until it answers. After a crash, the
// processes of the killed server may hold the folder for a moment longer, so
// a server that ends at once is started again.
func (c *PostgresCluster) start() error {
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	var err error
	for range 20 {
		if err = c.spawn(); err != nil {
			return err
		}
		if err = c.await(ctx); err == nil {
			return nil
		}
		c.order("QUIT")
		if ctx.Err() != nil || strings.Contains(err.Error(), "Address already in use") {
			break
		}
	}
	return err
}

// spawn starts the guard and under it the server.
func (c *PostgresCluster) spawn() error {
	log, err := os.Create(filepath.Join(c.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	in, out, err := os.Pipe()
	if err != nil {
		return err
	}
	defer in.Close()
	// CommandContext would end the server with a context; the guard does.
	cmd := exec.Command("/bin/sh", "-c", guard, "guard", filepath.Join(postgresBin, "postgres"), //nolint:gosec,noctx // fixed
		"-D", filepath.Join(c.dir, "data"), "-p", strconv.Itoa(c.port), "-k", c.dir,
		"-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", "-c", "shared_buffers=64MB", "-c", "jit=off")
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "DIR="+c.dir)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.cred, Setpgid: true}
	if err := cmd.Start(); err != nil {
		_ = out.Close()
		return err
	}
	c.guard, c.input = cmd, out
	return nil
}

// await waits until the server answers or has ended.
func (c *PostgresCluster) await(ctx context.Context) error {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := pgx.Connect(ctx, c.URL("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		log, rerr := os.ReadFile(filepath.Join(c.dir, "log"))
		if rerr == nil && ended.Match(log) {
			return errors.New(string(log))
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w: %w: %s", ctx.Err(), err, log)
		case <-tick.C:
		}
	}
}

// newDatabase copies template for t.
func (c *PostgresCluster) newDatabase(t testing.TB, template string) string {
	t.Helper()
	name := fmt.Sprintf("test_%d", databases.Add(1))
	if err := c.admin("CREATE DATABASE " + name + " TEMPLATE " + template); err != nil {
		t.Fatal("testserver:", err)
	}
	t.Cleanup(func() {
		if err := c.admin("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error("testserver:", err)
		}
	})
	return c.URL(name)
}

// admin runs one statement as the owner of the cluster.
func (c *PostgresCluster) admin(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.URL("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx) //nolint:errcheck // used up
	_, err = conn.Exec(ctx, statement)
	return err
}

// unprivileged is who runs the server: ourselves, but never root, whom
// PostgreSQL refuses.
func unprivileged() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 == nil && err2 == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, errors.New("testserver: PostgreSQL refuses to run as root and there is neither a user postgres nor nobody")
}

// freePort finds a port on loopback that nobody listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // at once
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
