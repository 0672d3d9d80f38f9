package testserver

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// OpenSMTPD starts an OpenSMTPD that ends with t. It runs from a folder of its
// own, which it takes for the root of the machine. It tries again only when
// Flush is called, and what waits longer than some seconds expires.
func OpenSMTPD(t testing.TB, hops ...Hop) *Relay {
	t.Helper()
	r := &Relay{Name: "OpenSMTPD", Domain: "home.example", Port: freePorts(t, 1)[0], dir: mailFolder(t, "opensmtpd")}
	const uid, queue, ann = 64102, 64103, 64104
	root := unpacked(t, r.dir, "opensmtpd",
		fmt.Sprintf("opensmtpd:x:%d:%[1]d::/var/lib/opensmtpd/empty:/bin/false\nopensmtpq:x:%d:%[2]d::/:/bin/false\nann:x:%d:%[3]d::/home/ann:/bin/false\nfull:x:%[3]d:%[3]d::/nowhere:/bin/false\n", uid, queue, ann),
		fmt.Sprintf("opensmtpd:x:%d:\nopensmtpq:x:%d:\nann:x:%d:\n", uid, queue, ann),
		"usr/sbin/smtpd", "usr/sbin/smtpctl", "usr/libexec/opensmtpd/mail.maildir", "/bin/sh")
	mkdir(t, filepath.Join(root, "var/lib/opensmtpd/empty"), 0o755, 0, 0)
	mkdir(t, filepath.Join(root, "var/spool/smtpd"), 0o711, 0, 0)
	mkdir(t, filepath.Join(root, "home/ann"), 0o700, ann, ann)
	var actions, matches strings.Builder
	for i, h := range hops {
		fmt.Fprintf(&actions, "action \"hop%d\" relay host smtp+notls://%s:%d\n", i, h.Host, h.Port)
		fmt.Fprintf(&matches, "match from any for domain \"%s\" action \"hop%d\"\n", h.Domain, i)
	}
	conf := strings.NewReplacer("DOMAIN", r.Domain, "PORT", strconv.Itoa(r.Port), "ACTIONS", actions.String(), "MATCHES", matches.String()).Replace(openSMTPDConf)
	write(t, filepath.Join(root, "etc/smtpd.conf"), []byte(conf), 0o644)
	write(t, filepath.Join(root, "etc/mailname"), []byte("mx."+r.Domain+"\n"), 0o644)
	guarded(t, r.dir, nil, r.Port, "/usr/sbin/chroot", root, "/usr/sbin/smtpd", "-d", "-v")
	r.flush = func() {
		_ = exec.Command("/usr/sbin/chroot", root, "/usr/sbin/smtpctl", "schedule", "all").Run() //nolint:noctx,gosec // short; tried again by the caller
	}
	return r
}

const openSMTPDConf = `
smtp max-message-size 60M
mta limit conn-delay-host 0 conn-delay-route 0 conn-delay-source 0 conn-delay-connector 0 conn-delay-relay 0 conn-delay-domain 0 reconn-delay-route 0 session-keepalive 0 session-transaction-delay 0
queue ttl 8s
bounce warn-interval 1s
listen on 127.0.0.1 port PORT hostname mx.DOMAIN
action "box" maildir "/home/ann/Maildir"
action "full" mda "echo 'Quota exceeded (mailbox for user is full)'; exit 77"
ACTIONS
match from any for domain "DOMAIN" rcpt-to "full@DOMAIN" action "full"
match from any for domain "DOMAIN" action "box"
MATCHES
`
