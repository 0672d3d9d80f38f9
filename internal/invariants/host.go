package invariants

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
)

// parcel is what can be read in the bytes of a mail that is handed over.
type parcel struct {
	sentMail
	step, variant int // what its text carries; step 0 is none
	byHand        bool
	whole         bool // no merge field is left in it
}

// open reads a mail. Texts of steps carry "mark:s12v3:", mails by hand "mark:hand:".
func open(raw []byte) parcel {
	x := parcel{whole: !bytes.Contains(raw, []byte("{{"))}
	head, body, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	for _, line := range strings.Split(string(head), "\r\n") {
		name, value, _ := strings.Cut(line, ": ")
		switch name {
		case "Message-ID":
			x.id = strings.Trim(value, "<>")
		case "Subject":
			x.subject = value
		case "List-Unsubscribe":
			if i := strings.LastIndex(value, "/u/"); i >= 0 {
				x.token = strings.TrimRight(value[i+3:], ">")
			}
		}
	}
	_, mark, ok := bytes.Cut(body, []byte("mark:"))
	text, _, _ := strings.Cut(string(mark[:min(len(mark), 40)]), ":")
	switch {
	case !ok:
	case text == "hand":
		x.byHand = true
	default:
		s, v, _ := strings.Cut(strings.TrimPrefix(text, "s"), "v")
		x.step, _ = strconv.Atoi(s) // 0 when it is none
		x.variant, _ = strconv.Atoi(v)
	}
	return x
}

// Send implements runner.Sender: the mail server of a mailbox.
func (w *world) Send(_ context.Context, mb sales.Mailbox, env outbound.Envelope) (outbound.Receipt, error) {
	if w.dead {
		return outbound.Receipt{}, &outbound.Error{Stage: outbound.StageDial, Text: "the node is dead"}
	}
	x := open(env.Raw)
	b := w.boxes[mb.ID]
	p := w.byEmail[env.To]
	if b == nil || p == nil {
		w.fail(p, "a mail to %s from %s, whom nobody knows", env.To, mb.Address)
		return outbound.Receipt{}, nil
	}
	x.box, x.p = b, p
	w.count("attempts")
	w.attempts[x.id]++
	w.judge(x)
	if w.dieWithin > 0 {
		if w.dieWithin--; w.dieWithin == 0 {
			w.dead = true // while this mail is on the wire
			if w.dice.chance(0.5) {
				w.reached(x, false)
			}
			return outbound.Receipt{}, &outbound.Error{Stage: outbound.StageResult, Text: "the node is dead"}
		}
	}
	return w.reply(x)
}

// reply is what the server says to a mail.
func (w *world) reply(x parcel) (outbound.Receipt, error) {
	chance := keyed(w.seed, x.id, strconv.Itoa(w.attempts[x.id])) / max(w.trouble, 1e-9)
	for _, o := range outcomes() {
		if chance -= o.share; chance >= 0 {
			continue
		}
		w.count(o.name)
		w.note(x.p, "the server of %s says to step %d: %s", x.box.Address, x.step, o.name)
		if o.reaches {
			w.reached(x, false)
		}
		w.refused(x, o)
		if o.late {
			return outbound.Receipt{}, fmt.Errorf("kept: %w", outbound.ErrLate)
		}
		e := o.err
		return outbound.Receipt{}, &e
	}
	w.reached(x, true)
	return outbound.Receipt{Code: 250, Enhanced: "2.0.0", Text: "ok"}, nil
}

// outcome is one of the ways in which handing over a mail ends badly.
type outcome struct {
	name    string
	share   float64 // of all mails, in a bad year
	err     outbound.Error
	reaches bool // the person got it all the same
	late    bool // it was not begun: too late
}

func outcomes() []outcome {
	return []outcome{
		{name: "refused for now", share: 0.03, err: outbound.Error{Stage: outbound.StageRcpt, Code: 451, Enhanced: "4.3.0", Text: "try again later"}},
		{name: "mailbox full", share: 0.008, err: outbound.Error{Stage: outbound.StageRcpt, Code: 452, Enhanced: "4.2.2", Text: "mailbox full"}},
		{name: "no such address", share: 0.01, err: outbound.Error{Stage: outbound.StageRcpt, Code: 550, Enhanced: "5.1.1", Text: "no such user"}},
		{name: "refused by policy", share: 0.006, err: outbound.Error{Stage: outbound.StageData, Code: 554, Enhanced: "5.7.1", Text: "rejected by policy"}},
		{name: "refused for good", share: 0.006, err: outbound.Error{Stage: outbound.StageData, Code: 552, Enhanced: "5.3.4", Text: "message too big"}},
		{name: "login refused", share: 0.002, err: outbound.Error{Stage: outbound.StageAuth, Code: 535, Enhanced: "5.7.8", Text: "wrong password"}},
		{name: "no connection", share: 0.006, err: outbound.Error{Stage: outbound.StageDial, Text: "connection refused"}},
		{name: "taken, the answer was lost", share: 0.01, err: outbound.Error{Stage: outbound.StageResult, Text: "connection lost"}, reaches: true},
		{name: "not taken, the answer was lost", share: 0.01, err: outbound.Error{Stage: outbound.StageResult, Text: "connection lost"}},
		{name: "too late to begin", share: 0.02, late: true},
	}
}

// ReadNow implements runner.Reader: it reads the mailbox up to now.
func (w *world) ReadNow(ctx context.Context, mb sales.Mailbox) error {
	b := w.boxes[mb.ID]
	w.count("readings before a follow-up")
	if b.down || w.trouble > 0 && w.dice.chance(0.01*w.trouble) {
		w.count("readings that failed")
		return sales.Errorf(sales.Unavailable, "The incoming server of %s does not answer.", mb.Address)
	}
	if err := w.readBox(ctx, b); err != nil {
		return err
	}
	w.maybeDie("read")
	return nil
}

// readBox reads INBOX and Junk up to now.
func (w *world) readBox(ctx context.Context, b *box) error {
	for _, f := range []struct {
		*folder
		inbound.Folder
	}{{&b.inbox, inbound.Folder{Name: "INBOX", Role: inbound.RoleInbox}}, {&b.junk, inbound.Folder{Name: "Junk", Role: inbound.RoleJunk}}} {
		if err := w.readFolder(ctx, b, f.folder, f.Folder); err != nil {
			return err
		}
	}
	b.readAt = w.clock.real()
	return nil
}

// readFolder hands what is new in a folder to the intake, sometimes with mails that
// it has already, and keeps the books of what they mean.
func (w *world) readFolder(ctx context.Context, b *box, f *folder, as inbound.Folder) error {
	if f.read == len(f.mails) {
		return nil
	}
	from := f.read
	if w.dice.chance(0.1) {
		from = max(0, from-2)
	}
	mails := make([]inbound.Mail, 0, len(f.mails)-from)
	for i, l := range f.mails[from:] {
		mails = append(mails, inbound.Mail{UID: uint32(from + i + 1), ArrivedAt: l.at.UTC(), Size: int64(len(l.raw)), Raw: l.raw}) //nolint:gosec // few mails
	}
	fresh := f.mails[f.read:]
	before, err := w.beforeReading(ctx, fresh)
	if err != nil {
		return err
	}
	cur := sales.Cursor{UIDValidity: 1, LastUID: uint32(len(f.mails))} //nolint:gosec // few mails
	if err := w.in.Receive(ctx, b.Mailbox, as, mails, cur); err != nil {
		return err
	}
	was := f.read
	f.read = len(f.mails)
	w.events += len(fresh)
	for _, l := range fresh {
		w.understood(b, l, before)
	}
	for i := max(0, was-2); i < f.read-2; i++ {
		f.mails[i].raw = nil // never handed over again
	}
	return nil
}

// Append implements runner.Filer.
func (w *world) Append(_ context.Context, mb sales.Mailbox, raw []byte, _ time.Time) error {
	b := w.boxes[mb.ID]
	if b.lost {
		return sales.Errorf(sales.Unavailable, "The Sent folder of %s cannot be reached.", mb.Address)
	}
	x := open(raw)
	if w.filed[x.id] {
		w.fail(w.byID[x.id], "the mail %s is in Sent twice", x.id)
	}
	w.file(b, x.id, raw)
	return nil
}

func (w *world) file(b *box, id string, raw []byte) {
	w.filed[id] = true
	b.filed.mails = append(b.filed.mails, &letter{raw: raw, at: w.clock.Now(), id: id})
}

// FindSent implements runner.Filer.
func (w *world) FindSent(_ context.Context, mb sales.Mailbox, x inbound.Sought) (bool, error) {
	if w.boxes[mb.ID].lost {
		return false, sales.Errorf(sales.Unavailable, "The Sent folder of %s cannot be reached.", mb.Address)
	}
	return w.filed[x.HeaderID], nil
}
