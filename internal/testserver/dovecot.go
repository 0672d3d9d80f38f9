package testserver

import (
	"crypto/x509"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// DovecotServer is a running Dovecot with IMAP on this machine.
type DovecotServer struct {
	Host    string // localhost, which the certificate is for
	Port    int    // plain, with STARTTLS
	TLSPort int    // TLS from the first byte
	Roots   *x509.CertPool
	Certs   *CertSet

	dir      string
	uid, gid int
}

// dovecotBin is where Debian keeps Dovecot.
const dovecotBin = "/usr/sbin/dovecot"

// Dovecot starts a Dovecot that ends with t. Each of users may log in with the
// password "secret of NAME", and has the folders Sent, Junk, Drafts and Trash
// with their special uses (RFC 6154).
func Dovecot(t testing.TB, users ...string) *DovecotServer {
	t.Helper()
	need(t, dovecotBin, "Dovecot")
	d := &DovecotServer{Host: "localhost", Certs: Certs(t), dir: mailFolder(t, "dovecot")}
	d.Roots = d.Certs.Roots
	ports := freePorts(t, 2)
	d.Port, d.TLSPort = ports[0], ports[1]
	uid, gid, cred := mailUser()
	d.uid, d.gid = uid, gid
	var passwd strings.Builder
	for _, u := range users {
		fmt.Fprintf(&passwd, "%s:{PLAIN}%s:%d:%d::%s::\n", u, DovecotPassword(u), uid, gid, filepath.Join(d.dir, "mail", u))
		for _, folder := range []string{"", ".Sent", ".Junk"} {
			d.mkMaildir(t, u, folder)
		}
	}
	write(t, filepath.Join(d.dir, "passwd"), []byte(passwd.String()), 0o644)
	for _, f := range [][2]string{{d.Certs.CertFile, "cert.pem"}, {d.Certs.KeyFile, "key.pem"}} {
		b, err := os.ReadFile(f[0])
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(d.dir, f[1]), b, 0o600)
	}
	conf := filepath.Join(d.dir, "dovecot.conf")
	write(t, conf, []byte(d.config(t)), 0o644)
	own(t, d.dir, uid, gid)
	guarded(t, d.dir, cred, d.Port, dovecotBin, "-F", "-c", conf)
	return d
}

// DovecotPassword is the password of a user.
func DovecotPassword(user string) string { return "secret of " + user }

// AuthSocket is where Postfix asks for logins.
func (d *DovecotServer) AuthSocket() string { return filepath.Join(d.dir, "run", "auth-postfix") }

// Maildir is the folder of files of a user's INBOX, or of another folder of
// theirs.
func (d *DovecotServer) Maildir(user, folder string) string {
	dir := filepath.Join(d.dir, "mail", user, "Maildir")
	if folder != "" && folder != "INBOX" {
		dir = filepath.Join(dir, "."+folder)
	}
	return dir
}

// Deliver puts mails into a folder as a delivery does, through files. gen gives
// the n-th mail, from 0; its lines may end in LF.
func (d *DovecotServer) Deliver(t testing.TB, user, folder string, count int, gen func(n int) []byte) {
	t.Helper()
	dir := d.Maildir(user, folder)
	now := time.Now()
	for n := range count {
		name := fmt.Sprintf("%d.M%dP%dQ%d.test", now.Unix(), now.UnixNano()%1e9, os.Getpid(), n)
		tmp := filepath.Join(dir, "tmp", name)
		write(t, tmp, gen(n), 0o600)
		if os.Getuid() == 0 {
			if err := os.Chown(tmp, d.uid, d.gid); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Rename(tmp, filepath.Join(dir, "new", name)); err != nil {
			t.Fatal(err)
		}
	}
}

// Files gives the names of a folder's mails, with the flags behind ":2,".
func (d *DovecotServer) Files(t testing.TB, user, folder string) []string {
	t.Helper()
	var names []string
	for _, sub := range []string{"new", "cur"} {
		entries, err := os.ReadDir(filepath.Join(d.Maildir(user, folder), sub))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			names = append(names, sub+"/"+e.Name())
		}
	}
	return names
}

// Log gives what Dovecot wrote.
func (d *DovecotServer) Log() string { return logs(d.dir) }

func (d *DovecotServer) mkMaildir(t testing.TB, user, folder string) {
	t.Helper()
	for _, sub := range []string{"new", "cur", "tmp"} {
		if err := os.MkdirAll(filepath.Join(d.dir, "mail", user, "Maildir", folder, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
}

// config is for a Dovecot that needs no rights: every service runs as the one
// user, in no cage.
func (d *DovecotServer) config(t testing.TB) string {
	t.Helper()
	u, err := user.LookupId(strconv.Itoa(d.uid))
	if err != nil {
		t.Fatal(err)
	}
	g, err := user.LookupGroupId(strconv.Itoa(d.gid))
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("DIR", d.dir, "USER", u.Username, "GROUP", g.Name,
		"PLAINPORT", strconv.Itoa(d.Port), "TLSPORT", strconv.Itoa(d.TLSPort)).Replace(dovecotConf)
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
mail_fsync = never
maildir_very_dirty_syncs = no
ssl = yes
ssl_cert = <DIR/cert.pem
ssl_key = <DIR/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_max_userip_connections = 100
auth_failure_delay = 0
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
    port = PLAINPORT
  }
  inet_listener imaps {
    port = TLSPORT
    ssl = yes
  }
}
service auth {
  unix_listener auth-postfix {
    mode = 0666
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
  mailbox Sent {
    auto = subscribe
    special_use = \Sent
  }
  mailbox Junk {
    auto = subscribe
    special_use = \Junk
  }
  mailbox Drafts {
    auto = subscribe
    special_use = \Drafts
  }
  mailbox Trash {
    auto = subscribe
    special_use = \Trash
  }
}
`
