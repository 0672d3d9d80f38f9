//go:build servers

package exam_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/emersion/go-smtp"

	"ninetyten/internal/classify"
	"ninetyten/internal/mail"
	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// seller is whose mails come back.
const seller = "sam@seller.example"

// handed is a mail of ours and how its return is to be read, by server: "CLASS
// STATUS" for each report in order, with the address in front where the mail had
// several; "" is that of the server before. "refused CODE CLASS" is that the
// server did not take it, and how that is read.
type handed struct {
	name                     string
	to                       []string
	large                    bool
	postfix, exim, opensmtpd string
}

// handedOver are the ways in which a mail fails. buyer.example is the server of
// another house (refusals), home.example what the server has itself.
func handedOver() []handed {
	one := func(name, to, postfix, exim, opensmtpd string) handed {
		return handed{name: name, to: []string{to}, postfix: postfix, exim: exim, opensmtpd: opensmtpd}
	}
	large := one("too big for the next server", "ann@small.example", "soft 5.3.4", "soft 5.0.0", "")
	large.large = true
	return []handed{
		one("unknown user", "nobody@home.example", "hard 5.1.1", "hard 5.0.0", "refused 550 hard"),
		one("unknown user elsewhere", "gone@buyer.example", "hard 5.1.1", "hard 5.0.0", ""),
		one("unknown user, no status", "left@buyer.example", "hard 5.0.0", "", ""),
		one("unknown user, many lines", "lines@buyer.example", "hard 5.1.1", "hard 5.0.0", ""),
		one("unknown user, in German", "deutsch@buyer.example", "hard 5.0.0", "", ""),
		one("unknown user, in Japanese", "nihon@buyer.example", "hard 5.1.1", "hard 5.0.0", ""),
		one("switched off", "off@buyer.example", "soft 5.2.1", "soft 5.0.0", ""),
		one("takes no mail at all", "null@buyer.example", "hard 5.1.10", "hard 5.0.0", ""),
		one("no way to the domain", "ann@nowhere.example", "hard 5.4.4", "hard 5.0.0", "refused 550 hard"),
		one("full mailbox", "full@home.example", "full 5.2.2", "full 5.0.0", "full 5.3.0"),
		one("full mailbox elsewhere", "stuffed@buyer.example", "full 5.2.2", "full 5.0.0", ""),
		one("full for too long", "brimful@buyer.example", "delay 4.2.2, full 4.2.2", "delay 4.0.0, full 5.0.0", "delay 4.0.0, expired 4.4.7"),
		one("refused by policy", "policy@buyer.example", "block 5.7.1", "block 5.0.0", ""),
		one("sender not authenticated", "spf@buyer.example", "block 5.7.26", "block 5.0.0", ""),
		one("too many mails", "rate@buyer.example", "delay 4.7.0, block 4.7.0", "delay 4.0.0, block 5.0.0", "delay 4.0.0, expired 4.4.7"),
		one("unknown, said after the content", "pretext@buyer.example", "soft 5.0.0", "", "hard 5.0.0"), // OpenSMTPD does not say when it was said
		one("refused by a blocklist", "listed@buyer.example", "block 5.7.1", "block 5.0.0", ""),
		one("delayed, then expired", "slow@buyer.example", "delay 4.3.2, expired 4.3.2", "delay 4.0.0, expired 5.0.0", "delay 4.0.0, expired 4.4.7"),
		one("greylisted for ever", "grey@buyer.example", "delay 4.7.1, expired 4.7.1", "delay 4.0.0, expired 5.0.0", "delay 4.0.0, expired 4.4.7"),
		one("server does not answer", "ann@away.example", "delay 4.4.1, expired 4.4.1", "delay 4.0.0, expired 5.0.0", "delay 4.0.0, expired 4.4.7"),
		large,
		one("too big for the recipient", "large@buyer.example", "soft 5.3.4", "soft 5.0.0", ""),
		one("SMTPUTF8 ends on the way", "jürgen@narrow.example", "soft 5.6.7", "soft 5.0.0", "refused 553 soft"),
		one("SMTPUTF8, unknown user", "jürgen@wide.example", "hard 5.1.1", "hard 5.0.0", "refused 553 soft"),
		{name: "one of three bad", to: []string{"ann@home.example", "gone@buyer.example", "good@buyer.example"}, postfix: "gone@buyer.example hard 5.1.1", exim: "gone@buyer.example hard 5.0.0"},
		{
			name: "two of three bad", to: []string{"stuffed@buyer.example", "good@buyer.example", "gone@buyer.example"},
			postfix: "gone@buyer.example hard 5.1.1, stuffed@buyer.example full 5.2.2", exim: "gone@buyer.example hard 5.0.0, stuffed@buyer.example full 5.0.0",
		},
	}
}

// want is what is to be read with a server.
func (h *handed) want(server string) string {
	all := []string{h.postfix, h.exim, h.opensmtpd}
	for i := slices.Index([]string{"Postfix", "Exim", "OpenSMTPD"}, server); ; i-- {
		if all[i] != "" {
			return all[i]
		}
	}
}

// TestReturned hands mails that cannot be delivered to three mail servers, and
// reads what they send back: what became of each recipient, which mail it is
// about, and nothing of recipients that are fine. Retries and lifetimes are
// seconds. OpenSMTPD knows no SMTPUTF8 and refuses recipients that it has no way
// to: these mails are never taken, which is read when they are handed over.
func TestReturned(t *testing.T) {
	var mu sync.Mutex
	read := map[string]map[string]string{}
	t.Run("servers", func(t *testing.T) {
		for name, start := range map[string]func(testing.TB, ...testserver.Hop) *testserver.Relay{
			"Postfix": testserver.PostfixRelay, "Exim": testserver.Exim, "OpenSMTPD": testserver.OpenSMTPD,
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				got := returned(t, start)
				mu.Lock()
				defer mu.Unlock()
				read[name] = got
			})
		}
	})
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "case\tPostfix\tExim\tOpenSMTPD")
	for _, h := range handedOver() {
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", h.name, read["Postfix"][h.name], read["Exim"][h.name], read["OpenSMTPD"][h.name])
	}
	_ = w.Flush()
	t.Logf("read as\n%s", &b)
}

// neighbours starts the servers behind the one under test.
func neighbours(t *testing.T) (sink, buyer *testserver.SMTPPeer, hops []testserver.Hop) {
	rcpt := func(code int, text string) testserver.Refusal {
		return testserver.Refusal{At: testserver.AtRcpt, Code: code, Text: text}
	}
	data := func(code int, text string) testserver.Refusal {
		return testserver.Refusal{At: testserver.AtDot, Code: code, Text: text}
	}
	sink = testserver.NewSMTPPeer(t, &testserver.SMTPPeer{UTF8: true})
	buyer = testserver.NewSMTPPeer(t, &testserver.SMTPPeer{Host: "127.0.0.2", Refuse: map[string]testserver.Refusal{
		"gone":    rcpt(550, "5.1.1 <gone@buyer.example>: Recipient address rejected: User unknown in virtual mailbox table"),
		"lines":   rcpt(550, "5.1.1 This account does not exist here.\n5.1.1 Look for typing mistakes and\n5.1.1 spaces. a1-b2c3.24 - gateway"),
		"deutsch": rcpt(550, "Empfänger unbekannt"),
		"nihon":   rcpt(550, "5.1.1 宛先が見つかりません"),
		"off":     rcpt(550, "5.2.1 This account is disabled"),
		"null":    rcpt(556, "5.1.10 The domain takes no mail (null MX)"),
		"spf":     data(550, "5.7.26 The sender could not be authenticated: neither SPF nor DKIM passes"),
		"rate":    rcpt(451, "4.7.0 Too many messages from your address, slow down"),
		"pretext": data(550, "User unknown"),
		"left":    rcpt(550, "No such person at this address"),
		"stuffed": rcpt(552, "5.2.2 <stuffed@buyer.example>: quota exceeded (mailbox for user is full)"),
		"brimful": rcpt(452, "4.2.2 The mailbox is over quota"),
		"policy":  data(550, "5.7.1 Message refused by our policy"),
		"listed":  rcpt(554, "5.7.1 Service unavailable; client host [192.0.2.7] blocked using list.example"),
		"grey":    rcpt(451, "4.7.1 Greylisting in action, please come back later"),
		"slow":    rcpt(451, "4.3.2 System is not accepting messages now"),
		"large":   data(552, "5.3.4 Message too big for system"),
	}})
	small := testserver.NewSMTPPeer(t, &testserver.SMTPPeer{Host: "127.0.0.3", MaxSize: 20000})
	narrow := testserver.NewSMTPPeer(t, &testserver.SMTPPeer{Host: "127.0.0.4"})
	wide := testserver.NewSMTPPeer(t, &testserver.SMTPPeer{Host: "127.0.0.5", UTF8: true, Refuse: map[string]testserver.Refusal{"jürgen": rcpt(550, "5.1.1 User unknown")}})
	away := testserver.Hop{Domain: "away.example", Host: "127.0.0.9", Port: 9}
	return sink, buyer, []testserver.Hop{sink.Hop("seller.example"), buyer.Hop("buyer.example"), small.Hop("small.example"), narrow.Hop("narrow.example"), wide.Hop("wide.example"), away}
}

// returned hands all mails to one server and reads what comes back, by the name
// of the mail.
func returned(t *testing.T, start func(testing.TB, ...testserver.Hop) *testserver.Relay) map[string]string {
	sink, buyer, hops := neighbours(t)
	r := start(t, hops...)
	pool := outbound.New(outbound.Options{})
	defer pool.Close()
	got, waits := map[string]string{}, map[string]handed{}
	for i, h := range handedOver() {
		id := fmt.Sprintf("m%d.key@seller.example", i)
		if got[h.name] = handOver(t, pool, r, h, id); got[h.name] == "" {
			waits[id] = h
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	awaitReports(ctx, t, r, sink, waits, got)
	for _, h := range handedOver() {
		if want := h.want(r.Name); got[h.name] != want {
			t.Errorf("%s: read as %q, want %q", h.name, got[h.name], want)
		}
	}
	for range 2 { // those to good@buyer.example
		if _, ok := buyer.Next(ctx); !ok {
			t.Error("a mail to somebody who is fine did not arrive")
		}
	}
	if t.Failed() {
		log := r.Log()
		t.Logf("the end of the log of %s:\n%s", r.Name, log[max(0, len(log)-8000):])
	}
	return got
}

// awaitReports reads reports until all have come that are to come.
func awaitReports(ctx context.Context, t *testing.T, r *testserver.Relay, sink *testserver.SMTPPeer, waits map[string]handed, got map[string]string) {
	complete := func() bool {
		for _, h := range waits {
			if len(strings.Split(got[h.name], ", ")) < len(strings.Split(h.want(r.Name), ", ")) || got[h.name] == "" {
				return false
			}
		}
		return true
	}
	for !complete() {
		next, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
		m, ok := sink.Next(next)
		cancel()
		switch {
		case ok:
			readReport(t, m, waits, got)
		case ctx.Err() != nil:
			t.Error("not all reports came")
			return
		default:
			r.Flush()
		}
	}
}

// handOver gives a mail to the server. What it refuses is read at once.
func handOver(t *testing.T, pool *outbound.Pool, r *testserver.Relay, h handed, id string) string {
	t.Helper()
	text := "Hello,\n\ncould we talk next week?\n"
	if h.large {
		text = strings.Repeat("A line of a mail that is too large.\n", 1000)
	}
	raw, err := mail.Compose(mail.Draft{
		From: seller, FromName: "Sam Seller", To: "ann@buyer.example", ToName: "Ann Lee", Subject: "A question: " + h.name, Text: text, HTML: "<p>" + text,
		Date: time.Now(), HeaderID: id, UnsubscribeURL: "https://sales.example/u/" + token(id), Ref: token(id), Kind: "auto",
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(h.to) > 1 {
		c, err := smtp.Dial(r.Addr())
		if err == nil {
			defer c.Close()
			err = c.SendMail(seller, h.to, bytes.NewReader(raw))
		}
		if err != nil {
			t.Fatalf("%s: %v\n%s", h.name, err, r.Log())
		}
		return ""
	}
	box := sales.Mailbox{Address: seller, SMTP: sales.Server{Host: "127.0.0.1", Port: r.Port, Security: sales.SecurityNone}}
	_, err = pool.Send(t.Context(), box, outbound.Envelope{From: seller, To: h.to[0], Raw: raw})
	var e *outbound.Error
	if errors.As(err, &e) && e.Permanent() {
		return fmt.Sprintf("refused %d %s", e.Code, e.Class())
	}
	if err != nil {
		t.Fatalf("%s: %v\n%s", h.name, err, r.Log())
	}
	return ""
}

// token stands for one of our tokens.
func token(id string) string {
	return "token-of-" + strings.ReplaceAll(strings.TrimSuffix(id, ".key@seller.example"), ".", "-") + "-000000000000"
}

// readReport reads one mail from a server and adds what it says to got.
func readReport(t *testing.T, m testserver.TakenMail, waits map[string]handed, got map[string]string) {
	p := mail.Parse(m.Raw)
	v := classify.Classify(p, time.Now())
	h, ok := waits[v.OriginalID]
	if !ok || m.From != "" || !slices.Contains(p.Tokens, token(v.OriginalID)) || len(v.Recipients) == 0 {
		t.Errorf("from %q about %q, tokens %q: %+v\n%s", m.From, v.OriginalID, p.Tokens, v, m.Raw)
		return
	}
	var said []string
	for _, r := range v.Recipients {
		if !slices.Contains(h.to, r.Address) || r.Reason == "" || (v.Kind == sales.KindDelay) != (r.Class == sales.FailDelay) || v.Kind != sales.KindDelay && v.Kind != sales.KindBounce {
			t.Errorf("%s: %s %+v\n%s", h.name, v.Kind, r, m.Raw)
		}
		line := string(r.Class) + " " + r.Status
		if len(h.to) > 1 {
			line = r.Address + " " + line
		}
		said = append(said, line)
	}
	slices.Sort(said)
	for _, line := range said {
		if !strings.Contains(got[h.name], line) { // a delay is told of more than once
			got[h.name] = strings.TrimPrefix(got[h.name]+", "+line, ", ")
		}
	}
}
