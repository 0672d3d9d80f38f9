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

	"ninetyten/internal/sales"
)

// dovecot is an IMAP server that the bench runs for itself, with one user whose
// mails are files in a Maildir.
type dovecot struct {
	dir      string
	port     int
	uid, gid int
	guard    *exec.Cmd
	input    io.Closer // of the guard
}

const (
	dovecotBin  = "/usr/sbin/dovecot" // where Debian keeps it
	dovecotUser = "bench"
	dovecotPass = "bench"
)

// errNoDovecot says what is missing.
var errNoDovecot = errors.New("an IMAP server is not installed: package dovecot-imapd")

// startDovecot starts one in a folder of its own and waits until it answers.
func startDovecot(ctx context.Context) (*dovecot, error) {
	if !exists(dovecotBin) || !exists("/usr/lib/dovecot/imap") {
		return nil, errNoDovecot
	}
	d := &dovecot{uid: os.Getuid(), gid: os.Getgid()}
	if d.uid == 0 { // it refuses to keep mail as root
		const nobody = 65534
		d.uid, d.gid = nobody, nobody
	}
	var err error
	if d.dir, err = os.MkdirTemp("", "ninetyten-bench-imap-"); err != nil {
		return nil, err
	}
	if err := d.start(ctx); err != nil {
		log, _ := os.ReadFile(filepath.Join(d.dir, "server.log")) // it is only added to the error
		d.stop()
		return nil, fmt.Errorf("start Dovecot: %w: %s", err, log)
	}
	return d, nil
}

func (d *dovecot) start(ctx context.Context) error {
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // at once
	if err != nil {
		return err
	}
	d.port = l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		return err
	}
	u, err := user.LookupId(strconv.Itoa(d.uid))
	if err != nil {
		return err
	}
	g, err := user.LookupGroupId(strconv.Itoa(d.gid))
	if err != nil {
		return err
	}
	conf := filepath.Join(d.dir, "dovecot.conf")
	for name, text := range map[string]string{
		conf:                           strings.NewReplacer("DIR", d.dir, "USER", u.Username, "GROUP", g.Name, "PORT", strconv.Itoa(d.port)).Replace(dovecotConf),
		filepath.Join(d.dir, "passwd"): fmt.Sprintf("%s:{PLAIN}%s:%d:%d::%s::\n", dovecotUser, dovecotPass, d.uid, d.gid, filepath.Join(d.dir, "mail")),
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil { //nolint:gosec // another user reads it
			return err
		}
	}
	for _, sub := range []string{"new", "cur", "tmp"} {
		if err := os.MkdirAll(filepath.Join(d.maildir(), sub), 0o700); err != nil {
			return err
		}
	}
	if err := d.own(d.dir); err != nil {
		return err
	}
	cmd := exec.Command("/bin/sh", "-c", strings.Replace(guard, "INT", "TERM", 1), "guard", dovecotBin, "-F", "-c", conf) //nolint:gosec,noctx // stop ends it
	cmd.Dir, cmd.Env = "/", []string{"DIR=" + d.dir, "PATH=/usr/sbin:/usr/bin:/sbin:/bin"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(d.uid), Gid: uint32(d.gid)}
	}
	if d.input, err = cmd.StdinPipe(); err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	d.guard = cmd
	return answers(ctx, net.JoinHostPort("127.0.0.1", strconv.Itoa(d.port)))
}

// stop ends the server and removes its folder.
func (d *dovecot) stop() {
	if d.guard != nil {
		_ = d.input.Close()
		_ = d.guard.Wait() // how it ended matters no more
	}
	_ = os.RemoveAll(d.dir) // a temporary folder
}

func (d *dovecot) maildir() string { return filepath.Join(d.dir, "mail", "Maildir") }

// own gives everything below a folder to the user of the server.
func (d *dovecot) own(dir string) error {
	if os.Getuid() != 0 {
		return nil
	}
	return filepath.Walk(dir, func(p string, _ os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(p, d.uid, d.gid)
	})
}

// deliver puts mails into the INBOX, as files that are there already; gen gives
// the i-th, which came at a moment.
func (d *dovecot) deliver(n int, came time.Time, gen func(i int) []byte) error {
	for i := range n {
		name := filepath.Join(d.maildir(), "cur", fmt.Sprintf("%d.M%06dP%dQ%d.bench:2,", came.Unix(), i%1e6, os.Getpid(), i))
		if err := os.WriteFile(name, gen(i), 0o600); err != nil {
			return err
		}
		if err := os.Chtimes(name, came, came); err != nil { // its INTERNALDATE
			return err
		}
	}
	return d.own(filepath.Join(d.maildir(), "cur"))
}

// empty takes every mail away.
func (d *dovecot) empty() error {
	if err := os.RemoveAll(filepath.Join(d.maildir(), "cur")); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(d.maildir(), "cur"), 0o700); err != nil {
		return err
	}
	return errors.Join(d.own(filepath.Join(d.maildir(), "cur")), d.forget())
}

// forget takes away what the server has noted of the mails, so that whoever reads
// next finds it as whoever read before.
func (d *dovecot) forget() error {
	notes, err := filepath.Glob(filepath.Join(d.maildir(), "dovecot*"))
	for _, n := range notes {
		err = errors.Join(err, os.Remove(n))
	}
	return err
}

// server is how a mailbox reads it.
func (d *dovecot) server() sales.Server {
	return sales.Server{Host: "127.0.0.1", Port: d.port, Security: sales.SecurityNone, Username: dovecotUser, Password: dovecotPass}
}

const dovecotConf = `
base_dir = DIR/run
state_dir = DIR/state
log_path = DIR/server.log
protocols = imap
listen = 127.0.0.1
default_internal_user = USER
default_internal_group = GROUP
default_login_user = USER
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_max_userip_connections = 100
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = PORT
  }
  inet_listener imaps {
    port = 0
  }
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u DIR/passwd
}
userdb {
  driver = passwd-file
  args = username_format=%u DIR/passwd
}
namespace inbox {
  inbox = yes
}
`
