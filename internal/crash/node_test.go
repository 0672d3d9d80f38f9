package crash

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// spawn starts processes on one thread that never ends, so that the kernel ends
// them with the test process, however that ends.
var spawn = sync.OnceValue(func() chan<- func() {
	jobs := make(chan func())
	go func() {
		runtime.LockOSThread()
		for f := range jobs {
			f()
		}
	}()
	return jobs
})

// node is one running program.
type node struct {
	cmd  *exec.Cmd
	done chan struct{} // closed at its end
	err  error         // of Wait, after done
	log  string        // path of what it wrote
	from int           // where its part of the log begins
}

// startNode starts the program on a site. env are further variables.
func (s *site) startNode(name string, env ...string) (*node, error) {
	args := []string{"serve", "--data", s.dir, "--listen", "127.0.0.1:0", "--node", name, "--log-level", "warn"}
	if s.url != "" {
		args = append(args, "--database", cmp.Or(s.route[name], s.url)+"&application_name="+name)
	}
	n := &node{cmd: exec.Command(program, args...), done: make(chan struct{}), log: filepath.Join(s.logs, name+".log")}
	log, err := os.OpenFile(n.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	if st, err := log.Stat(); err == nil {
		n.from = int(st.Size())
	}
	n.cmd.Stdout, n.cmd.Stderr = log, log
	n.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.dir}, env...)
	n.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started := make(chan error)
	spawn() <- func() { started <- n.cmd.Start() }
	if err := <-started; err != nil {
		return nil, err
	}
	go func() {
		n.err = n.cmd.Wait()
		close(n.done)
	}()
	return n, nil
}

// kill ends the node as hard as a power cut of its machine, and waits for it.
func (n *node) kill() {
	_ = n.cmd.Process.Kill()
	<-n.done
}

// stop ends the node in order, once it is up.
func (n *node) stop(ctx context.Context) error {
	if err := until(ctx, time.Minute, "the node is up", func(context.Context) (bool, error) {
		return n.up(), n.alive()
	}); err != nil {
		return err
	}
	if err := n.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	<-n.done
	if n.err != nil {
		return fmt.Errorf("the node did not stop in order: %w\n%s", n.err, n.tail())
	}
	return nil
}

// up tells that the node came so far as to serve.
func (n *node) up() bool {
	b, _ := os.ReadFile(n.log)
	return bytes.Contains(b[min(n.from, len(b)):], []byte("Ninetyten is at"))
}

// health asks a node that is up how it is.
func (n *node) health(ctx context.Context) (status int, words string, err error) {
	b, err := os.ReadFile(n.log)
	if err != nil {
		return 0, "", err
	}
	_, at, found := bytes.Cut(b[min(n.from, len(b)):], []byte("Ninetyten is at "))
	if !found {
		return 0, "", errors.New("the node is not up")
	}
	address, _, _ := strings.Cut(string(at), "\n")
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(strings.TrimSpace(address), "/")+"/health", nil)
	if err != nil {
		return 0, "", err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(body), err
}

// says waits until a node that is up answers so about its health.
func (n *node) says(ctx context.Context, status int, words string) error {
	last := ""
	if err := until(ctx, 2*time.Minute, "the node says "+words, func(ctx context.Context) (bool, error) {
		got, text, err := n.health(ctx)
		last = fmt.Sprint(got, " ", text, err)
		return got == status && strings.Contains(text, words), n.alive()
	}); err != nil {
		return fmt.Errorf("%w; it says %s\n%s", err, last, n.tail())
	}
	return nil
}

// killed tells that SIGKILL ended it.
func (n *node) killed() bool {
	st, ok := n.cmd.ProcessState.Sys().(syscall.WaitStatus)
	return ok && st.Signaled() && st.Signal() == syscall.SIGKILL
}

// tail is the end of what the node wrote.
func (n *node) tail() string {
	b, _ := os.ReadFile(n.log)
	return string(b[max(0, len(b)-3000):])
}

// alive is an error when the node has ended.
func (n *node) alive() error {
	select {
	case <-n.done:
		return fmt.Errorf("the node ended by itself: %w\n%s", n.err, n.tail())
	default:
		return nil
	}
}
