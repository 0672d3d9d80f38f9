package testserver

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// PostfixRelay starts a Postfix that ends with t and takes mail without a login.
func PostfixRelay(t testing.TB, hops ...Hop) *Relay {
	t.Helper()
	need(t, filepath.Join(postfixSbin, "master"), "Postfix")
	if os.Getuid() != 0 {
		t.Fatal("testserver: Postfix can be started by root only; run \"make test\" as root, as in a container")
	}
	r := &Relay{Name: "Postfix", Domain: "home.example", Port: freePorts(t, 1)[0], dir: mailFolder(t, "postfix")}
	p := &PostfixServer{dir: r.dir}
	p.folders(t)
	conf := filepath.Join(r.dir, "conf")
	const uid = 64105
	mkdir(t, filepath.Join(r.dir, "mail"), 0o700, uid, uid)
	full := filepath.Join(r.dir, "mail", "full")
	write(t, full, nil, 0o600)
	if err := os.Truncate(full, postfixFull); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(full, uid, uid); err != nil {
		t.Fatal(err)
	}
	var routes strings.Builder
	for _, h := range hops {
		fmt.Fprintf(&routes, "%s smtp:[%s]:%d\n", h.Domain, h.Host, h.Port)
	}
	fill := strings.NewReplacer("DIR", r.dir, "DOMAIN", r.Domain, "MAILUID", strconv.Itoa(uid), "PLAINPORT", strconv.Itoa(r.Port), "LIMIT", strconv.Itoa(postfixFull))
	write(t, filepath.Join(conf, "main.cf"), []byte(fill.Replace(postfixRelayMain)), 0o644)
	write(t, filepath.Join(conf, "master.cf"), []byte(fill.Replace(postfixRelayMaster)), 0o644)
	write(t, filepath.Join(conf, "hops"), []byte(routes.String()), 0o644)
	write(t, filepath.Join(conf, "users"), []byte(fill.Replace("ann@DOMAIN ann/\nfull@DOMAIN full\n")), 0o644)
	guarded(t, r.dir, nil, r.Port, filepath.Join(postfixSbin, "master"), "-c", conf, "-d")
	return r
}

// postfixFull is how large a mailbox and a mail may be.
const postfixFull = 40 << 20

const postfixRelayMain = `
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
mynetworks = 127.0.0.1/32
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
disable_dns_lookups = yes
smtpd_peername_lookup = no
alias_maps =
alias_database =
local_recipient_maps =
transport_maps = texthash:DIR/conf/hops
default_transport = error:5.4.4 no way to this domain
virtual_mailbox_domains = DOMAIN
virtual_mailbox_maps = texthash:DIR/conf/users
virtual_mailbox_base = DIR/mail
virtual_uid_maps = static:MAILUID
virtual_gid_maps = static:MAILUID
virtual_minimum_uid = 1
virtual_mailbox_limit = LIMIT
message_size_limit = LIMIT
smtp_tls_security_level = none
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
smtpd_client_connection_count_limit = 0
smtputf8_enable = yes
smtputf8_autodetect_classes = sendmail, verify
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
maximal_queue_lifetime = 8s
bounce_queue_lifetime = 60s
delay_warning_time = 1s
`

const postfixRelayMaster = `
127.0.0.1:PLAINPORT inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
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
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`
