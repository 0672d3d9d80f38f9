package testserver

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// mailGuard runs a mail server until its input ends, which is when the test is
// done or its process is gone; then the server ends and its folder goes.
const mailGuard = `"$@" & pid=$!
read -r order
kill -TERM $pid; wait $pid
rm -rf "$DIR"`

// mailFolder makes a folder that other users may enter, as t.TempDir is not.
func mailFolder(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "ninetyten-"+name+"-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// guarded starts a server in dir under the guard, and waits until it accepts
// connections on port. It ends with t.
func guarded(t testing.TB, dir string, cred *syscall.Credential, port int, args ...string) {
	t.Helper()
	// CommandContext would end the server with a context; the guard does.
	cmd := exec.Command("sh", append([]string{"-c", mailGuard, "guard"}, args...)...) //nolint:gosec,noctx // fixed
	cmd.Dir = "/"
	cmd.Env = []string{"DIR=" + dir, "PATH=/usr/sbin:/usr/bin:/sbin:/bin"}
	log, err := os.Create(filepath.Join(dir, "output.log"))
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: cred, Setpgid: true}
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("testserver: start %s: %v", args[0], err)
	}
	_ = log.Close()
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		_ = input.Close()
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
			t.Errorf("testserver: %s did not end", args[0])
		}
	})
	if err := answers(port, ended); err != nil {
		t.Fatalf("testserver: %s: %v\n%s", args[0], err, logs(dir))
	}
}

// answers waits until somebody accepts connections on port.
func answers(port int, ended <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	var d net.Dialer
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		c, err := d.DialContext(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			return c.Close()
		}
		select {
		case <-ended:
			return fmt.Errorf("it ended at once")
		case <-ctx.Done():
			return fmt.Errorf("it does not answer on port %d: %w", port, err)
		case <-tick.C:
		}
	}
}

// logs gives what the server wrote.
func logs(dir string) string {
	var b strings.Builder
	for _, name := range []string{"output.log", "server.log"} {
		if text, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
			fmt.Fprintf(&b, "%s:\n%s\n", name, text)
		}
	}
	return b.String()
}

// freePorts finds n free ports of this machine, all different.
func freePorts(t testing.TB, n int) []int {
	t.Helper()
	ports := make([]int, n)
	for i := range ports {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer ln.Close() //nolint:gocritic // all are held until all are found
		ports[i] = ln.Addr().(*net.TCPAddr).Port
	}
	return ports
}

// need fails the test when a program is missing.
func need(t testing.TB, path, what string) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("testserver: %s is not installed (%s); run \"make test\", which installs it", what, path)
	}
}

// mailUser is who owns the mail: nobody when the test is run by root, else the
// user that runs it.
func mailUser() (uid, gid int, cred *syscall.Credential) {
	if os.Getuid() != 0 {
		return os.Getuid(), os.Getgid(), nil
	}
	const nobody = 65534
	return nobody, nobody, &syscall.Credential{Uid: nobody, Gid: nobody, NoSetGroups: false}
}

// own gives everything below dir to uid and gid.
func own(t testing.TB, dir string, uid, gid int) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	err := filepath.Walk(dir, func(p string, _ os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(p, uid, gid)
	})
	if err != nil {
		t.Fatal(err)
	}
}
