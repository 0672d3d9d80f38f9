package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// errNoMbsync says what is missing.
var errNoMbsync = errors.New("mbsync is not installed: package isync")

// mbsync copies the INBOX of d into a new Maildir with the program of that name,
// as a mail program keeps a copy, and gives the rate. n is how many mails must
// have come.
func mbsync(ctx context.Context, d *dovecot, n int) (float64, error) {
	bin, err := exec.LookPath("mbsync")
	if err != nil {
		return 0, errNoMbsync
	}
	dir, err := os.MkdirTemp("", "ninetyten-bench-mbsync-")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // a temporary folder
	conf := filepath.Join(dir, "mbsyncrc")
	text := fmt.Sprintf(`IMAPAccount bench
Host 127.0.0.1
Port %d
User %s
Pass %s
SSLType None
AuthMechs LOGIN

IMAPStore far
Account bench

MaildirStore near
Inbox %s/INBOX
Path %s/

Channel all
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState *
`, d.port, dovecotUser, dovecotPass, dir, dir)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		return 0, err
	}
	began := time.Now()
	out, err := exec.CommandContext(ctx, bin, "-q", "-c", conf, "-a").CombinedOutput() //nolint:gosec // found by name
	took := time.Since(began)
	if err != nil {
		return 0, fmt.Errorf("mbsync: %w: %s", err, out)
	}
	got := 0
	for _, sub := range []string{"new", "cur"} {
		list, err := os.ReadDir(filepath.Join(dir, "INBOX", sub))
		if err != nil {
			return 0, err
		}
		got += len(list)
	}
	if got != n {
		return 0, fmt.Errorf("mbsync copied %d mails of %d", got, n)
	}
	return float64(n) / took.Seconds(), nil
}
