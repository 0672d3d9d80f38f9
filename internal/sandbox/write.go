package sandbox

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/cast"
	"ninetyten/internal/sandbox/dice"
	"ninetyten/internal/sandbox/voice"
)

// wantOf is what should be read into an answer of that kind. A message that
// says yes and asks for something at once is either.
func wantOf(k voice.Kind) Want {
	reply := func(intents ...sales.Intent) Want { return Want{Kind: sales.KindReply, Intents: intents} }
	switch k {
	case voice.Interested:
		return reply(sales.Interested, sales.Question)
	case voice.Question, voice.More:
		return reply(sales.Question)
	case voice.NotNow:
		return reply(sales.NotNow)
	case voice.NotInterested:
		return reply(sales.NotInterested)
	case voice.WrongPerson:
		return reply(sales.WrongPerson)
	case voice.OptOut:
		return Want{Kind: sales.KindUnsubscribe, OrKinds: []sales.VerdictKind{sales.KindReply}, Intents: []sales.Intent{sales.OptOut}}
	}
	return reply(sales.Interested) // says yes to a talk
}

// answer answers the newest mail that the person has when the time comes.
func (w *World) answer(b *buyer, k voice.Kind) func(context.Context, time.Time) {
	return func(ctx context.Context, now time.Time) {
		w.mu.Lock()
		m := b.sequence[len(b.sequence)-1]
		w.mu.Unlock()
		w.answerTo(b, m, k)(ctx, now)
	}
}

// answerTo answers one mail.
func (w *World) answerTo(b *buyer, m *received, k voice.Kind) func(context.Context, time.Time) {
	return func(_ context.Context, now time.Time) {
		w.mu.Lock()
		b.letters++
		d := w.dice(b, "write", fmt.Sprint(b.letters))
		w.mu.Unlock()
		l, want := w.compose(b, m, k, d, now)
		folder := "INBOX"
		if d.Chance(0.02) && k != voice.OptOut {
			folder = "Junk" // a filter of the seller's provider misjudged it
		}
		a := Action{
			Person: b.Email, Seller: m.Seller, From: l.From, What: string(k), Want: want, MessageID: l.MessageID, Subject: l.Subject, Text: l.Body,
			Folder: folder, Human: true, Handoff: k != voice.OptOut && k != voice.NotInterested && k != voice.NotNow,
		}
		if k == voice.NotNow {
			a.ClearsAt = want.Until
		}
		if k == voice.OptOut {
			a.Stop = sales.EndUnsubscribe
		}
		w.deliver(m.Seller, l.Bytes(), now, a)
	}
}

// compose writes the letter.
func (w *World) compose(b *buyer, m *received, k voice.Kind, d *dice.Dice, now time.Time) (voice.Letter, Want) {
	seller := w.cast.Sellers[b.Owner]
	if s := w.sellers[m.Seller]; s != nil {
		seller = *s
	}
	first, _, _ := strings.Cut(seller.Name, " ")
	lang := b.Writes
	values := map[string]string{"seller": first, "phone": b.Phone}
	if b.Phone == "" {
		values["phone"] = "+44 1632 960555"
	}
	want := wantOf(k)
	t := w.lib.Pick(d, k, lang)
	switch k {
	case voice.NotNow:
		want.Until = w.laterDate(d, t, now, b.zone)
		values["month"], values["date"] = voice.Month(t.Lang, want.Until), voice.Date(d, t.Lang, want.Until)
	case voice.WrongPerson:
		values["colleague"], values["colleague_mail"] = w.colleague(b)
		want.Referred = values["colleague_mail"]
	}
	body := voice.Fill(t.Body, values)
	if d.Chance(0.75) && b.client != voice.IPhone {
		body = voice.Greeting(d, t.Lang, first) + "\n\n" + body
	}
	if d.Chance(0.7) {
		body += "\n\n" + voice.Closing(d, t.Lang) + "\n" + b.FirstName
	}
	original := m.Original
	l := voice.Letter{
		From: b.from, FromName: b.Name(), To: seller.Address, ToName: seller.Name, At: now.In(b.zone), Lang: t.Lang, Client: b.client, Body: body,
		Subject: voice.ReSubject(b.client, t.Lang, m.Subject), InReplyTo: m.MessageID, References: append(append([]string(nil), m.References...), m.MessageID),
		MessageID: w.messageID(b, d), Quote: &original, Signature: w.signature(b, d),
	}
	if b.from != b.Email {
		l.Signature = "" // written from home
	}
	switch {
	case b.Persona == cast.QuotesFooter:
		l.Inline = true
	case b.Persona == cast.LostThread:
		l.InReplyTo, l.References = "", nil
	case b.client == voice.Thunderbird:
		l.Inline = d.Chance(0.4) && k == voice.Question
	}
	return l, want
}

// laterDate is the day that a "not now" names: one to five months on, the first
// of a month when the text names the month alone.
func (w *World) laterDate(d *dice.Dice, t voice.Text, now time.Time, zone *time.Location) time.Time {
	day := workdayAfter(now, 35+d.Intn(110), zone)
	if strings.Contains(t.Body, "{month}") {
		day = time.Date(day.Year(), day.Month(), 1, 9, 0, 0, 0, zone)
		if day.Before(now.AddDate(0, 0, 14)) {
			day = day.AddDate(0, 1, 0)
		}
	}
	return day
}

// colleague is who should have been asked: somebody who is in no list.
func (w *World) colleague(b *buyer) (name, address string) {
	d := w.dice(b, "colleague")
	c := cast.New(d.Uint64(), cast.Size{Accounts: 1, People: 1, Sellers: 1}).People[0]
	local, _, _ := strings.Cut(c.Email, "@")
	address = local + "@" + w.cast.Accounts[b.Account].Domain
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.buyers[address] != nil {
		address = "ap." + address
	}
	w.named[address] = true
	return c.FirstName + " " + c.LastName, address
}

func (w *World) signature(b *buyer, d *dice.Dice) string {
	a := w.cast.Accounts[b.Account]
	switch d.Intn(4) {
	case 0:
		return ""
	case 1:
		return b.Name() + "\n" + b.Title
	case 2:
		return b.Name() + "\n" + b.Title + "\n" + a.Name + " | " + b.Phone + " | www." + a.Domain
	}
	return b.Name() + "\n" + b.Title + " · " + a.Name + "\nT " + b.Phone + "\n\nThis message and any attachment are confidential and meant for the addressee only."
}

// messageID is one in the manner of the person's program.
func (w *World) messageID(b *buyer, d *dice.Dice) string {
	domain := w.cast.Accounts[b.Account].Domain
	if b.from != b.Email {
		domain = sales.DomainOf(b.from)
	}
	switch b.client {
	case voice.Gmail:
		return fmt.Sprintf("CA%016x%08x@mail.%s", d.Uint64(), uint32(d.Uint64()), domain)
	case voice.Outlook, voice.OutlookHTML, voice.OutlookMobile:
		return fmt.Sprintf("%X@%X.prod.%s", d.Uint64(), uint32(d.Uint64()), domain)
	}
	return fmt.Sprintf("%08X-%04X-%012X@%s", uint32(d.Uint64()), uint16(d.Uint64()), d.Uint64()>>16, domain)
}

// deliver puts a mail into a seller's folder, with the truth about it on record
// before and after.
func (w *World) deliver(seller string, raw []byte, at time.Time, a Action) {
	a.At, a.Seller = at, seller
	if a.Folder == "" {
		a.Folder = "INBOX"
	}
	done := w.truth.begin(a)
	_, err := w.host.Deliver(seller, a.Folder, raw, at)
	done(err)
}

func normal(address string) string { return strings.ToLower(strings.TrimSpace(address)) }
