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
)

// PostfixServer is a running Postfix on this machine. It delivers mail for
// practice.example into the INBOXes of its Dovecot, and refuses all other
// domains with 550 5.4.4.
type PostfixServer struct {
	Host    string // localhost, which the certificate is for
	Port    int    // STARTTLS and login
	TLSPort int    // TLS from the first byte, and login
	Roots   *x509.CertPool
	Domain  string

	dir string
}

// postfixSbin is where Debian keeps the daemons of Postfix.
const postfixSbin = "/usr/lib/postfix/sbin"

// Postfix starts a Postfix that ends with t. It takes mail after a login that
// d checks, delivers to NAME@practice.example for each of users, and refuses
// other names with 550 5.1.1. It has folders of its own and touches nothing of
// the machine's. Postfix starts as root only: it changes users by itself.
func Postfix(t testing.TB, d *DovecotServer, users ...string) *PostfixServer {
	t.Helper()
	need(t, filepath.Join(postfixSbin, "master"), "Postfix")
	if os.Getuid() != 0 {
		t.Fatal("testserver: Postfix can be started by root only; run \"make test\" as root, as in a container")
	}
	p := &PostfixServer{Host: d.Host, Roots: d.Roots, Domain: "practice.example", dir: mailFolder(t, "postfix")}
	ports := freePorts(t, 2)
	p.Port, p.TLSPort = ports[0], ports[1]
	var maps strings.Builder
	for _, u := range users {
		rel, err := filepath.Rel(d.dir, d.Maildir(u, "INBOX"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&maps, "%s@%s %s/\n", u, p.Domain, rel)
	}
	p.folders(t)
	conf := filepath.Join(p.dir, "conf")
	fill := strings.NewReplacer("DIR", p.dir, "MAILBASE", d.dir, "AUTHSOCKET", d.AuthSocket(), "DOMAIN", p.Domain,
		"MAILUID", strconv.Itoa(d.uid), "MAILGID", strconv.Itoa(d.gid),
		"PLAINPORT", strconv.Itoa(p.Port), "TLSPORT", strconv.Itoa(p.TLSPort))
	write(t, filepath.Join(conf, "main.cf"), []byte(fill.Replace(postfixMain)), 0o644)
	write(t, filepath.Join(conf, "master.cf"), []byte(fill.Replace(postfixMaster)), 0o644)
	write(t, filepath.Join(conf, "users"), []byte(maps.String()), 0o644)
	for _, f := range []string{"cert.pem", "key.pem"} {
		b, err := os.ReadFile(filepath.Join(d.dir, f))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(conf, f), b, 0o600)
	}
	guarded(t, p.dir, nil, p.Port, filepath.Join(postfixSbin, "master"), "-c", conf, "-d")
	return p
}

// Log gives what Postfix wrote.
func (p *PostfixServer) Log() string { return logs(p.dir) }

// folders makes the queue and data folders with the owners that Postfix wants.
func (p *PostfixServer) folders(t testing.TB) {
	t.Helper()
	uid := lookup(t, "postfix")
	group, err := user.LookupGroup("postdrop")
	if err != nil {
		t.Fatalf("testserver: there is no group postdrop (%v); run \"make test\", which installs Postfix", err)
	}
	postdrop, _ := strconv.Atoi(group.Gid)
	mk := func(name string, mode os.FileMode, uid, gid int) {
		dir := filepath.Join(p.dir, name)
		if err := os.MkdirAll(dir, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	mk("conf", 0o755, 0, 0)
	mk("queue", 0o755, 0, 0)
	mk("queue/pid", 0o755, 0, 0)
	mk("data", 0o700, uid, 0)
	for _, q := range strings.Fields("active bounce corrupt defer deferred flush hold incoming private saved trace") {
		mk("queue/"+q, 0o700, uid, 0)
	}
	mk("queue/maildrop", 0o730, uid, postdrop)
	mk("queue/public", 0o710, uid, postdrop)
}

// lookup gives the id of a user.
func lookup(t testing.TB, name string) int {
	t.Helper()
	u, err := user.Lookup(name)
	if err != nil {
		t.Fatalf("testserver: %v; run \"make test\", which installs Postfix", err)
	}
	id, err := strconv.Atoi(u.Uid)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

const postfixMain = `
compatibility_level = 3.6
queue_directory = DIR/queue
data_directory = DIR/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = DIR/server.log
maillog_file_prefixes = DIR
myhostname = mx.DOMAIN
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
disable_dns_lookups = yes
smtpd_peername_lookup = no
alias_maps =
alias_database =
local_recipient_maps =
default_transport = error:5.4.4 this server delivers to DOMAIN only
relay_transport = error:5.4.4 this server delivers to DOMAIN only
virtual_mailbox_domains = DOMAIN
virtual_mailbox_maps = texthash:DIR/conf/users
virtual_mailbox_base = MAILBASE
virtual_uid_maps = static:MAILUID
virtual_gid_maps = static:MAILGID
virtual_minimum_uid = 1
virtual_mailbox_limit = 0
message_size_limit = 41943040
smtpd_tls_cert_file = DIR/conf/cert.pem
smtpd_tls_key_file = DIR/conf/key.pem
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = AUTHSOCKET
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_unlisted_recipient, permit_sasl_authenticated, reject
smtpd_reject_unlisted_recipient = yes
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
`

const postfixMaster = `
127.0.0.1:PLAINPORT inet n - n - - smtpd
127.0.0.1:TLSPORT inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`
