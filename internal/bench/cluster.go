package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// cluster is a PostgreSQL that the bench runs for itself, with fsync, as a small
// server would be set up.
type cluster struct {
	dir   string
	port  int
	guard *exec.Cmd
	input io.Closer // of the guard: when it ends, so does the server
	pid   int
	made  int // databases
}

// guard runs a server until its input ends, which it does when this process is
// gone, in whatever way.
const guard = `"$@" & pid=$!; read -r order; kill -INT $pid; wait $pid; rm -rf "$DIR"`

// clusterSettings are those that differ from what initdb writes.
func clusterSettings() []string {
	return []string{
		"listen_addresses=127.0.0.1", "max_connections=200", "shared_buffers=512MB", "max_wal_size=4GB", "checkpoint_timeout=15min",
		"jit=off", "fsync=on", "synchronous_commit=on", "full_page_writes=on", "maintenance_work_mem=256MB",
	}
}

// pgBin finds the programs of PostgreSQL: on the path, or where Debian keeps
// them.
func pgBin() (string, bool) {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is right
	if p, err := exec.LookPath("initdb"); err == nil {
		dirs = append(dirs, filepath.Dir(p))
	}
	for i := len(dirs) - 1; i >= 0; i-- {
		if exists(filepath.Join(dirs[i], "initdb")) && exists(filepath.Join(dirs[i], "postgres")) {
			return dirs[i], true
		}
	}
	return "", false
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// startCluster makes a cluster in a folder of its own and waits until it
// answers.
func startCluster(ctx context.Context) (*cluster, error) {
	bin, ok := pgBin()
	if !ok {
		return nil, errors.New("PostgreSQL is not installed: package postgresql")
	}
	cred, err := notRoot()
	if err != nil {
		return nil, err
	}
	c := &cluster{}
	if c.dir, err = os.MkdirTemp("", "ninetyten-bench-pg-"); err != nil {
		return nil, err
	}
	if cred != nil {
		if err := os.Chown(c.dir, int(cred.Uid), int(cred.Gid)); err != nil {
			return nil, errors.Join(err, os.RemoveAll(c.dir))
		}
	}
	if err := c.start(ctx, bin, cred); err != nil {
		c.stop()
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	return c, nil
}

func (c *cluster) start(ctx context.Context, bin string, cred *syscall.Credential) error {
	data := filepath.Join(c.dir, "data")
	init := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions") //nolint:gosec // found by name
	init.Dir, init.SysProcAttr = c.dir, &syscall.SysProcAttr{Credential: cred}
	if out, err := init.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // at once
	if err != nil {
		return err
	}
	c.port = l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		return err
	}
	args := []string{"-D", data, "-p", strconv.Itoa(c.port), "-k", c.dir}
	for _, s := range clusterSettings() {
		args = append(args, "-c", s)
	}
	log, err := os.Create(filepath.Join(c.dir, "log")) //nolint:gosec // ours
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command("/bin/sh", append([]string{"-c", guard, "guard", filepath.Join(bin, "postgres")}, args...)...) //nolint:gosec,noctx // stop ends it
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.Env = c.dir, log, log, append(os.Environ(), "DIR="+c.dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: cred, Setpgid: true}
	if c.input, err = cmd.StdinPipe(); err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	c.guard = cmd
	if err := c.await(ctx); err != nil {
		return err
	}
	lines, err := os.ReadFile(filepath.Join(data, "postmaster.pid")) //nolint:gosec // ours
	if err != nil {
		return err
	}
	first, _, _ := strings.Cut(string(lines), "\n")
	c.pid, err = strconv.Atoi(strings.TrimSpace(first))
	return err
}

func (c *cluster) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := pgx.Connect(ctx, c.url("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			log, _ := os.ReadFile(filepath.Join(c.dir, "log")) // it is only added to the error
			return fmt.Errorf("%w: %s", err, log)
		case <-tick.C:
		}
	}
}

func (c *cluster) url(name string) string {
	return fmt.Sprintf("postgres://bench@127.0.0.1:%d/%s?sslmode=disable", c.port, name)
}

// create makes an empty database.
func (c *cluster) create(ctx context.Context) (string, error) {
	conn, err := pgx.Connect(ctx, c.url("postgres"))
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx) //nolint:errcheck // used up
	c.made++
	name := "bench_" + strconv.Itoa(c.made)
	_, err = conn.Exec(ctx, "CREATE DATABASE "+name)
	return c.url(name), err
}

// drop removes a database that create made.
func (c *cluster) drop(ctx context.Context, url string) {
	conn, err := pgx.Connect(ctx, c.url("postgres"))
	if err != nil {
		return // the folder goes anyway
	}
	defer conn.Close(ctx) //nolint:errcheck // used up
	name := strings.TrimSuffix(url[strings.LastIndexByte(url, '/')+1:], "?sslmode=disable")
	_, _ = conn.Exec(ctx, "DROP DATABASE "+name+" WITH (FORCE)") // the same
}

// stop ends the server and removes its folder.
func (c *cluster) stop() {
	if c.guard != nil {
		_ = c.input.Close()
		_ = c.guard.Wait() // how it ended matters no more
	}
	_ = os.RemoveAll(c.dir) // a temporary folder
}

// cpu is what the server and its sessions have used so far, by proc(5).
func (c *cluster) cpu() time.Duration {
	dirs, _ := filepath.Glob("/proc/[0-9]*") // the pattern is right
	var ticks int64
	for _, d := range dirs {
		stat, err := os.ReadFile(filepath.Join(d, "stat")) //nolint:gosec // proc(5)
		if err != nil {
			continue // it ended meanwhile
		}
		ticks += statTicks(string(stat), c.pid)
	}
	const perSecond = 100 // USER_HZ, proc(5)
	return time.Duration(ticks) * time.Second / perSecond
}

// statTicks reads the CPU time of a line of proc(5) stat when it is of pid or one
// of its children; of pid itself also what children that ended had used.
func statTicks(stat string, pid int) int64 {
	i := strings.LastIndexByte(stat, ')')
	self, _, _ := strings.Cut(stat, " ")
	f := strings.Fields(stat[i+1:])
	if i < 0 || len(f) < 15 {
		return 0
	}
	at := func(n int) int64 { v, _ := strconv.ParseInt(f[n], 10, 64); return v } // the kernel writes numbers
	switch {
	case self == strconv.Itoa(pid):
		return at(11) + at(12) + at(13) + at(14)
	case f[1] == strconv.Itoa(pid):
		return at(11) + at(12)
	}
	return 0
}

// notRoot is who runs the server: ourselves, but never root, whom PostgreSQL
// refuses.
func notRoot() (*syscall.Credential, error) {
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
	return nil, errors.New("PostgreSQL refuses to run as root and there is neither a user postgres nor nobody")
}
