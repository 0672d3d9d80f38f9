package intake_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/intake"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// TestBatchAsOneByOne: mails that are taken together leave the same rows as mails
// that are taken one after the other, in random mixes of everything that mails
// change: several of one person, of colleagues, reports about people who answered,
// copies, threads that begin in the batch, questions whose a mail is.
func TestBatchAsOneByOne(t *testing.T) { batches(t, storetest.Open, 12) }

func batches(t *testing.T, open func(testing.TB) *store.Store, seeds uint64) {
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			mails := mixOf(rand.New(rand.NewPCG(seed, 7)), 60)
			one := worldOf(t, open(t), mixPeople)
			for _, m := range mails {
				one.take(t, m)
			}
			want := one.rows(t)
			for _, size := range []int{7, len(mails)} {
				w := worldOf(t, open(t), mixPeople)
				for part := range slices.Chunk(mails, size) {
					w.take(t, part...)
				}
				got := w.rows(t)
				for i := range max(len(got), len(want)) {
					if i >= len(got) || i >= len(want) || got[i] != want[i] {
						t.Fatalf("batches of %d: row %d of %d and %d\n together %s\n one by one %s", size, i, len(got), len(want), at(got, i), at(want, i))
					}
				}
			}
			if len(want) < 200 {
				t.Errorf("only %d rows", len(want))
			}
		})
	}
}

func at(rows []string, i int) string {
	if i < len(rows) {
		return rows[i]
	}
	return "none"
}

const mixPeople = 8

// worldOf is a world whose IDs are counted, in which everybody was written to.
func worldOf(t *testing.T, s *store.Store, people int) *world {
	t.Helper()
	s.CountIDs(1000)
	w := &world{World: storetest.NewWorld(t, s, people), t: t, clock: &clock{storetest.Now}}
	w.in = &intake.Intake{Store: s, Clock: w.clock, Notify: &w.heard, Log: slog.New(slog.DiscardHandler)}
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		for i, p := range w.People {
			p.FirstName, p.LastName = fmt.Sprintf("Marta%c", 'a'+i), fmt.Sprintf("Oliveira%c", 'a'+i)
			if err := tx.SavePerson(ctx, p, "Brightwater Logistics"); err != nil {
				return err
			}
		}
		return nil
	})
	for i := range people {
		w.write(i)
	}
	w.clock.t = storetest.Now.Add(24 * time.Hour)
	return w
}

// take gives mails of INBOX to the intake, with the UIDs that they have.
func (w *world) take(t *testing.T, mails ...inbound.Mail) {
	t.Helper()
	f := inbound.Folder{Name: "INBOX", Role: inbound.RoleInbox}
	err := w.in.Receive(t.Context(), w.Mailbox, f, mails, sales.Cursor{UIDValidity: 1, LastUID: mails[len(mails)-1].UID})
	if err != nil {
		t.Fatal(err)
	}
}

// mixOf writes mails at random.
func mixOf(r *rand.Rand, n int) []inbound.Mail {
	var out []inbound.Mail
	for i := range n {
		raw := mixed(r, i)
		if i > 0 && r.IntN(12) == 0 {
			raw = string(out[r.IntN(i)].Raw) // a copy
		}
		out = append(out, inbound.Mail{UID: uint32(i + 1), ArrivedAt: storetest.Now.Add(24*time.Hour + time.Duration(i)*time.Second), Size: int64(len(raw)), Raw: []byte(raw)})
	}
	return out
}

// mixed writes one mail.
func mixed(r *rand.Rand, n int) string {
	who := r.IntN(mixPeople)
	from, to := storetest.Address(who), storetest.Address(r.IntN(mixPeople))
	text := []string{
		"Yes, I am interested. Can we talk on Thursday?", "What does it cost?", "Not interested, thank you.", "Please take me off your list. Do not write again.",
		"I am out of office until 20 March. Automatic reply.", "I am not the right person. Please ask Peter Blank, peter@brightwater.example.", "Let us talk again in autumn.", "We had a look.",
	}[r.IntN(8)]
	about := fmt.Sprintf("In-Reply-To: <first-%d@brightmail.example>", who)
	id := fmt.Sprintf("Message-ID: <m%d@x.example>", n)
	head := func(from string, more ...string) string {
		return letter(append([]string{"From: " + from, "To: ana@brightmail.example", id}, more...)...)
	}
	switch r.IntN(10) {
	case 0, 1, 2:
		return head(from, "Subject: Re: A question about trucks", about, "", text)
	case 3: // in a thread of their own, or in that of the same subject
		return head(from, fmt.Sprintf("Subject: Your prices %d", r.IntN(2)), "", text)
	case 4: // a colleague, known or not, answers
		if r.IntN(2) == 0 {
			to = fmt.Sprintf("other%d@brightwater.example", r.IntN(3))
		}
		return head("Peter Blank <"+to+">", "Subject: Re: A question about trucks", about, "", text)
	case 5: // from another address of theirs
		return head(fmt.Sprintf("Marta%c Oliveira%c <home%d@family.example>", 'a'+who, 'a'+who, r.IntN(3)), "Subject: Re: A question about trucks", []string{about, "X-None: 1"}[r.IntN(2)], "", text)
	case 6: // an answer to a mail of the mix
		return head(from, "Subject: Re: Your prices", fmt.Sprintf("References: <m%d@x.example> <m%d@x.example>", r.IntN(n+1), r.IntN(n+1)), "", text)
	case 7, 8:
		status := []string{"5.1.1", "4.2.2", "5.7.1"}[r.IntN(3)]
		return bounceOf(n, status, storetest.Address(who), []string{fmt.Sprintf("first-%d@brightmail.example", who), "unknown@brightmail.example"}[r.IntN(2)])
	default:
		return head(fmt.Sprintf("news%d@shop.example", r.IntN(2)), "Subject: Sale", "List-Unsubscribe: <https://shop.example/u>", "", "Buy")
	}
}

// bounceOf writes a report (RFC 3464).
func bounceOf(n int, status, address, about string) string {
	return letter("From: MAILER-DAEMON@mx.example", "To: ana@brightmail.example", "Subject: Undelivered Mail Returned to Sender", fmt.Sprintf("Message-ID: <b%d@mx.example>", n), "Auto-Submitted: auto-replied",
		"MIME-Version: 1.0", `Content-Type: multipart/report; report-type=delivery-status; boundary="b"`, "",
		"--b", "Content-Type: text/plain", "", "Your mail could not be delivered.", "",
		"--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example", "", "Final-Recipient: rfc822; "+address, "Action: failed", "Status: "+status, "Diagnostic-Code: smtp; 550 "+status+" no", "",
		"--b", "Content-Type: text/rfc822-headers", "", "Message-ID: <"+about+">", "From: ana@brightmail.example", "To: "+address, "Subject: A question about trucks", "", "--b--", "")
}

// rows are all rows of the tables that mails change, as text, in order.
func (w *world) rows(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, table := range []string{
		"messages", "raws", "threads", "people", "enrollments", "mailings", "tasks", "moves", "suppressions", "person_addresses", "match_candidates", "match_holds", "mail_names",
		"counters", "step_stats", "mailbox_days", "mailboxes", "cursors",
	} {
		list, err := w.tableRows(t, table)
		if err != nil {
			t.Fatal(table, err)
		}
		slices.Sort(list)
		out = append(out, list...)
	}
	return out
}

func (w *world) tableRows(t *testing.T, table string) ([]string, error) {
	rows, err := w.DB.Query(t.Context(), "SELECT * FROM "+table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var out []string
	for rows.Next() {
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%s:", table)
		for i, v := range values {
			if raw, isBytes := v.([]byte); isBytes {
				v = string(raw)
			}
			if !strings.HasSuffix(names[i], "_password") { // sealed anew each time
				fmt.Fprintf(&b, " %s=%v", names[i], v)
			}
		}
		out = append(out, b.String())
	}
	return out, rows.Err()
}
