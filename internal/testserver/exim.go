package testserver

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Exim starts an Exim that ends with t. It runs from a folder of its own, which it
// takes for the root of the machine.
func Exim(t testing.TB, hops ...Hop) *Relay {
	t.Helper()
	r := &Relay{Name: "Exim", Domain: "home.example", Port: freePorts(t, 1)[0], dir: mailFolder(t, "exim")}
	const uid = 64101
	id := fmt.Sprintf("%d:%d", uid, uid)
	root := unpacked(t, r.dir, "exim4-daemon-light", "Debian-exim:x:"+id+"::/var/spool/exim4:/bin/false\n",
		fmt.Sprintf("Debian-exim:x:%d:\n", uid), "usr/sbin/exim4")
	mkdir(t, filepath.Join(root, "var/spool/exim4"), 0o750, uid, uid)
	mkdir(t, filepath.Join(root, "var/log/exim4"), 0o750, uid, uid)
	mkdir(t, filepath.Join(root, "run/exim4"), 0o750, uid, uid)
	mkdir(t, filepath.Join(root, "var/mail"), 0o770, uid, uid)
	mkdir(t, filepath.Join(root, "etc/exim4"), 0o755, 0, 0)
	write(t, filepath.Join(root, "var/mail/full"), []byte("From x\n\n"+strings.Repeat("old mail\n", 1000)), 0o600)
	if err := os.Chown(filepath.Join(root, "var/mail/full"), uid, uid); err != nil {
		t.Fatal(err)
	}
	var routes strings.Builder
	for _, h := range hops {
		fmt.Fprintf(&routes, "%s %s::%d ; ", h.Domain, h.Host, h.Port)
	}
	conf := strings.NewReplacer("DOMAIN", r.Domain, "PORT", strconv.Itoa(r.Port), "ROUTES", strings.TrimSuffix(routes.String(), " ; ")).Replace(eximConf)
	write(t, filepath.Join(root, "etc/exim4/exim4.conf"), []byte(conf), 0o644)
	if err := os.Symlink(filepath.Join(root, "var/log/exim4/mainlog"), filepath.Join(r.dir, "server.log")); err != nil {
		t.Fatal(err)
	}
	guarded(t, r.dir, nil, r.Port, "/usr/sbin/chroot", root, "/usr/sbin/exim4", "-bdf", "-q1s")
	return r
}

const eximConf = `
primary_hostname = mx.DOMAIN
local_interfaces = 127.0.0.1
daemon_smtp_ports = PORT
log_file_path = /var/log/exim4/%slog
host_lookup =
rfc1413_query_timeout = 0s
tls_advertise_hosts =
smtputf8_advertise_hosts = *
acl_smtp_rcpt = taken
acl_smtp_data = taken
message_size_limit = 60M
delay_warning = 1s:1h
retry_interval_max = 1s
disable_ipv6 = true
smtp_accept_max = 0
smtp_enforce_sync = false
begin acl
taken:
  accept
begin routers
away:
  driver = manualroute
  domains = ! DOMAIN
  transport = next
  route_list = ROUTES
  self = send
  no_more
full:
  driver = accept
  domains = DOMAIN
  local_parts = full
  transport = small_box
ann:
  driver = accept
  domains = DOMAIN
  local_parts = ann
  transport = box
begin transports
next:
  driver = smtp
  hosts_avoid_tls = *
  port = 25
  connection_max_messages = 1
  utf8_downconvert = 0
box:
  driver = appendfile
  file = /var/mail/ann
  user = Debian-exim
small_box:
  driver = appendfile
  file = /var/mail/full
  user = Debian-exim
  quota = 1K
begin retry
*  quota
*  *  F,8s,1s
`
