package sandbox

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/dice"
	"ninetyten/internal/sandbox/voice"
)

type happening = func(ctx context.Context, now time.Time)

// letterDice opens the stream for one more thing that is written for a person.
func (w *World) letterDice(b *buyer) *dice.Dice {
	w.mu.Lock()
	defer w.mu.Unlock()
	b.letters++
	return w.dice(b, "write", fmt.Sprint(b.letters))
}

// reportTo is the seller whose mailbox gets what is sent to the envelope
// sender.
func (w *World) reportTo(m *received) string {
	if w.sellers[m.From] != nil {
		return m.From
	}
	return m.Seller
}

func (w *World) report(b *buyer, m *received, now time.Time) voice.Report {
	d := w.letterDice(b)
	host := "mx." + w.cast.Accounts[b.Account].Domain
	return voice.Report{
		Host: host, To: w.reportTo(m), MessageID: fmt.Sprintf("%014x@%s", d.Uint64()>>8, host), At: now.In(b.zone), Recipient: b.Email,
		Original: m.Original, Style: d.Intn(3),
	}
}

func (w *World) bounce(b *buyer, m *received, words bool) happening {
	return func(_ context.Context, now time.Time) {
		r := w.report(b, m, now)
		raw := r.Failure("5.1.1", "550 5.1.1 <"+b.Email+">: Recipient address rejected: User unknown")
		if words {
			raw = r.Words()
		}
		w.deliver(r.To, raw, now, Action{Person: b.Email, What: "bounce", Want: Want{Kind: sales.KindBounce}, MessageID: r.MessageID, Text: "delivery report: user unknown", Stop: sales.EndBounced})
	}
}

func (w *World) delayed(b *buyer, m *received) happening {
	return func(_ context.Context, now time.Time) {
		r := w.report(b, m, now)
		w.deliver(r.To, r.Delay(), now, Action{Person: b.Email, What: "delay", Want: Want{Kind: sales.KindDelay}, MessageID: r.MessageID, Text: "delivery report: delayed"})
	}
}

func (w *World) complaint(b *buyer, m *received) happening {
	return func(_ context.Context, now time.Time) {
		r := w.report(b, m, now)
		w.deliver(r.To, r.Complaint(), now, Action{Person: b.Email, What: "complaint", Want: Want{Kind: sales.KindComplaint}, MessageID: r.MessageID, Text: "feedback report: abuse", Stop: sales.EndComplaint})
	}
}

// away is an out-of-office reply. One in three has no header field that tells:
// then the subject says it, in the person's language.
func (w *World) away(b *buyer, m *received, back time.Time) happening {
	return func(_ context.Context, now time.Time) {
		d := w.letterDice(b)
		t := w.lib.Pick(d, voice.OutOfOffice, b.Speaks)
		cover, coverMail := w.colleague(b)
		values := map[string]string{"subject": m.Subject, "date": voice.Date(d, t.Lang, back), "cover": cover, "cover_mail": coverMail}
		marked := d.Chance(0.67)
		subject := voice.Fill(t.Subject, values)
		a := voice.Auto{
			From: b.Email, FromName: b.Name(), To: m.Seller, Subject: subject, InReplyTo: m.MessageID, At: now.In(b.zone), Lang: t.Lang,
			MessageID: fmt.Sprintf("%016x@%s", d.Uint64(), w.cast.Accounts[b.Account].Domain), Body: voice.Fill(t.Body, values), Marked: marked, Style: d.Intn(3),
		}
		if !marked && d.Chance(0.3) {
			a.InReplyTo = ""
		}
		w.deliver(m.Seller, a.Bytes(), now, Action{Person: b.Email, What: "out_of_office", Want: Want{Kind: sales.KindAutoReply, Until: back}, MessageID: a.MessageID, Subject: subject, Text: a.Body})
	}
}

// automatic is what either reading of a filter's question or a receipt may be.
func automatic() Want {
	return Want{Kind: sales.KindAutoReply, OrKinds: []sales.VerdictKind{sales.KindOther}}
}

func (w *World) challenge(b *buyer, m *received) happening {
	return func(_ context.Context, now time.Time) {
		d := w.letterDice(b)
		id := fmt.Sprintf("%016x@filter.example", d.Uint64())
		w.deliver(m.Seller, voice.Challenge(b.Email, m.Seller, id, m.Original, now.In(b.zone)), now, Action{Person: b.Email, What: "challenge", Want: automatic(), MessageID: id, Text: "please confirm your message"})
	}
}

func (w *World) ticket(b *buyer, m *received) happening {
	return func(_ context.Context, now time.Time) {
		d := w.letterDice(b)
		id := fmt.Sprintf("%016x@desk.%s", d.Uint64(), w.cast.Accounts[b.Account].Domain)
		w.deliver(m.Seller, voice.TicketReceipt(b.Email, m.Seller, id, 10_000+d.Intn(80_000), m.Original, now.In(b.zone)), now, Action{Person: b.Email, What: "ticket_receipt", Want: automatic(), MessageID: id, Text: "your request has been received"})
	}
}

// planNoise plans mail that concerns nobody; call it with w.mu held.
func (w *World) planNoise() {
	for _, s := range w.cast.Sellers {
		d := dice.New(w.opt.Seed, "noise", s.Address)
		for i := range 6 {
			id := fmt.Sprintf("%016x@news.example", d.Uint64())
			at := w.clock.Now().Add(d.Between(time.Hour, 9*24*time.Hour))
			w.plan(at, "noise "+id, func(_ context.Context, now time.Time) {
				raw := voice.Newsletter("weekly@news.example", s.Address, id, fmt.Sprintf("Finance Weekly, issue %d", 40+i), now)
				w.deliver(s.Address, raw, now, Action{What: "newsletter", Want: Want{Kind: sales.KindOther}, MessageID: id, Text: "a newsletter", Noise: true})
			})
		}
	}
}

// scan opens every link of a mail, as the gateways of careful companies do. A
// page that is only looked at must change nothing.
func (w *World) scan(ctx context.Context, m *received) {
	links := m.Links
	if m.Button != "" {
		links = append(links[:len(links):len(links)], m.Button)
	}
	for _, l := range links {
		_, _ = w.fetch(ctx, http.MethodGet, l) // what a scanner finds is its own affair
	}
}

// button is the unsubscribe button of a mail program: a look at the page first,
// as scanners do, then the POST of RFC 8058 section 3.1. It is tried three
// times.
func (w *World) button(b *buyer, m *received, try int) happening {
	return func(ctx context.Context, now time.Time) {
		if m.Button == "" {
			w.truth.trouble(b.Email, "the mail offered no unsubscribe button (RFC 8058)")
			return
		}
		if !onLoopback(m.Button) {
			w.truth.trouble(b.Email, "the unsubscribe button leads out of this machine: "+m.Button)
			return
		}
		_, _ = w.fetch(ctx, http.MethodGet, m.Button)
		status, err := w.fetch(ctx, http.MethodPost, m.Button)
		if err == nil && status/100 == 2 {
			w.truth.pressed(b.Email, now)
			return
		}
		if try >= 3 {
			w.truth.trouble(b.Email, fmt.Sprintf("the unsubscribe button failed three times, last with status %d, %v", status, err))
			return
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		w.planFor(b, now.Add(10*time.Minute), fmt.Sprint("button again ", try), w.button(b, m, try+1))
	}
}

// fetch calls a page on this machine, and no other.
func (w *World) fetch(ctx context.Context, method, address string) (status int, err error) {
	if !onLoopback(address) {
		return 0, fmt.Errorf("sandbox: %s is not on this machine", address)
	}
	var body io.Reader
	if method == http.MethodPost {
		body = strings.NewReader("List-Unsubscribe=One-Click")
	}
	req, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return 0, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := w.http.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20))
	return resp.StatusCode, err
}
