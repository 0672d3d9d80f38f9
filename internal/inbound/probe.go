package inbound

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
)

// ProbeHeader marks the mail that a probe sends; such a mail is nobody's reply.
const ProbeHeader = "X-Ninetyten-Probe"

// probeWait is how long a probe looks for its mail when ctx allows more.
const probeWait = time.Minute

// probe is one trial of a mailbox.
type probe struct {
	mb   sales.Mailbox
	pool *outbound.Pool
	opts Options
	cl   *Client
	id   string // Message-ID of the mail
	sales.ProbeReport
}

// Probe tries a mailbox out: it logs in to send and to read, finds the
// folders, sends a mail to the mailbox itself and finds it. The mail is left
// there. It ends at the first step that fails, and always before ctx.
func Probe(ctx context.Context, mb sales.Mailbox, pool *outbound.Pool, o Options) sales.ProbeReport {
	p := &probe{mb: mb, pool: pool, opts: o.withDefaults()}
	if err := mb.Validate(); err != nil {
		p.say("Settings", false, "%s", sales.Explain(err))
		return p.ProbeReport
	}
	defer func() {
		if p.cl != nil {
			_ = p.cl.Close()
		}
	}()
	for _, step := range []func(context.Context) bool{p.logInToSend, p.logInToRead, p.findFolders, p.sendMail, p.findMail, p.findCopy} {
		if !step(ctx) {
			return p.ProbeReport
		}
	}
	p.OK = true
	return p.ProbeReport
}

// say writes a step down and gives ok.
func (p *probe) say(name string, ok bool, format string, args ...any) bool {
	p.Steps = append(p.Steps, sales.ProbeStep{Name: name, OK: ok, Say: fmt.Sprintf(format, args...)})
	return ok
}

func (p *probe) logInToSend(ctx context.Context) bool {
	const name = "Log in to send"
	if err := p.pool.Check(ctx, p.mb); err != nil {
		return p.say(name, false, "%s", outbound.Explain(err, p.mb).Msg)
	}
	return p.say(name, true, "%s lets us in.", p.mb.SMTP.Host)
}

func (p *probe) logInToRead(ctx context.Context) bool {
	const name = "Log in to read"
	cl, err := Dial(ctx, p.mb, p.opts)
	if err != nil {
		return p.say(name, false, "%s", Explain(err, p.mb).Msg)
	}
	p.cl, p.Idle = cl, cl.Idle()
	how := "New mail shows within seconds."
	if !p.Idle {
		how = fmt.Sprintf("It cannot tell of new mail by itself, so it is asked every %s.", p.opts.Poll)
	}
	return p.say(name, true, "%s lets us in. %s", p.mb.IMAP.Host, how)
}

func (p *probe) findFolders(ctx context.Context) bool {
	const name = "Find the folders"
	fs, err := p.cl.Folders(ctx)
	if err != nil {
		return p.say(name, false, "%s", Explain(err, p.mb).Msg)
	}
	p.Sent, p.Junk = fs.Sent, fs.Junk
	sent := fmt.Sprintf("Sent mail is in %q.", fs.Sent)
	if fs.Sent == "" {
		sent = "There is no folder for sent mail yet; one called Sent is made with the first mail."
	}
	junk := fmt.Sprintf("Junk is in %q.", fs.Junk)
	if fs.Junk == "" {
		junk = "There is no folder for junk."
	}
	return p.say(name, true, "%s %s", sent, junk)
}

func (p *probe) sendMail(ctx context.Context) bool {
	const name = "Send a mail to itself"
	_, domain, _ := strings.Cut(p.mb.Address, "@")
	p.id = "probe." + strings.ToLower(rand.Text()) + "@" + domain
	raw := strings.Join([]string{
		"From: <" + p.mb.Address + ">",
		"To: <" + p.mb.Address + ">",
		"Subject: This mailbox works",
		"Date: " + p.opts.Now().UTC().Format(time.RFC1123Z),
		"Message-ID: <" + p.id + ">",
		ProbeHeader + ": 1",
		"Auto-Submitted: auto-generated",
		"MIME-Version: 1.0",
		"Content-Type: text/plain; charset=utf-8",
		"",
		"Ninetyten sent this mail to see that the mailbox can send and receive.",
		"You may delete it.",
		"",
	}, "\r\n")
	if _, err := p.pool.Send(ctx, p.mb, outbound.Envelope{From: p.mb.Address, To: p.mb.Address, Raw: []byte(raw)}); err != nil {
		return p.say(name, false, "%s", outbound.Explain(err, p.mb).Msg)
	}
	return p.say(name, true, "%s took the mail.", p.mb.SMTP.Host)
}

func (p *probe) findMail(ctx context.Context) bool {
	const name = "Find that mail"
	ctx, cancel := context.WithTimeout(ctx, probeWait)
	defer cancel()
	folders := []string{"INBOX"}
	if p.Junk != "" {
		folders = append(folders, p.Junk)
	}
	for pause := 100 * time.Millisecond; ; pause = min(pause*2, 2*time.Second) {
		for _, f := range folders {
			found, err := p.cl.FindByMessageID(ctx, f, p.id)
			switch {
			case err != nil && !errors.Is(err, context.DeadlineExceeded):
				return p.say(name, false, "%s", Explain(err, p.mb).Msg)
			case found && f == p.Junk:
				return p.say(name, true, "It arrived, but in %q. Mark it as no junk, and ask your provider why mail of your own is taken for it.", f)
			case found:
				return p.say(name, true, "It arrived.")
			}
		}
		t := time.NewTimer(pause)
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return p.say(name, false, "The server took the mail, but it did not arrive. Check that %s and the two servers belong to the same mailbox, then try again.", p.mb.Address)
		}
	}
}

func (p *probe) findCopy(ctx context.Context) bool {
	const name = "See who files sent mail"
	if p.Sent == "" {
		return p.say(name, true, "Sent mail is filed by us.")
	}
	found, err := p.cl.FindByMessageID(ctx, p.Sent, p.id)
	if err != nil {
		return p.say(name, false, "%s", Explain(err, p.mb).Msg)
	}
	p.SavesSent = found
	if found {
		return p.say(name, true, "Your provider files sent mail by itself.")
	}
	return p.say(name, true, "Sent mail is filed by us.")
}
