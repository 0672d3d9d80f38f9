package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// awkward fills a store with what is hard to carry: two tenants, every table,
// empty and huge values, bytes that are no text, and text that looks like SQL.
func awkward(t testing.TB, s *store.Store) {
	t.Helper()
	x := storetest.Fill(t, s)
	storetest.Fill(t, s)
	storetest.Stranger(t, s)
	ws := x.Workspace.ID
	if yes, err := s.LeasePerson(t.Context(), x.Viewer(), x.People[0].ID, storetest.Now, storetest.Now.AddDate(0, 0, 1)); !yes || err != nil {
		t.Fatal(yes, err)
	}
	big := make([]byte, 5<<20)
	for i := range big {
		big[i] = byte(i * 7)
	}
	err := s.InTx(t.Context(), func(tx *store.Tx) error {
		ctx := t.Context()
		var errs []error
		for i, text := range []string{"", "Zoë Ünïcödé 李小龙 🚚", "a\\b\\u0000\"'\t\r\n", "NUL\x00 and \xff\xfe bad", strings.Repeat("long ", 100_000), `\N`, "\\.\n\\.", "{\"a\":1}"} {
			p := sales.Person{
				WorkspaceID: ws, ID: tx.NewID(), Email: fmt.Sprintf("awkward%d@x.example", i), FirstName: text, LastName: text, Custom: map[string]string{text: text, "n": "1e400"},
				CreatedAt: storetest.Now, LastInAt: storetest.Now, Untouched: 1<<31 - 1,
			}
			m := x.In
			m.ID, m.HeaderID, m.Subject, m.Text, m.FullText, m.HTML, m.Verdict.Reasons = tx.NewID(), fmt.Sprint("awkward", i), text, text, text, text, []string{text}
			errs = append(errs, tx.InsertPerson(ctx, p, text), tx.InsertRaw(ctx, ws, tx.NewID(), []byte(text)))
			_, err := tx.InsertMessage(ctx, m)
			errs = append(errs, err)
		}
		errs = append(errs, tx.InsertRaw(ctx, ws, tx.NewID(), big), tx.InsertRaw(ctx, ws, tx.NewID(), []byte{}))
		mb := x.Mailbox
		mb.ID, mb.Address, mb.SMTP.Password, mb.IMAP.Password = tx.NewID(), "empty@x.example", "", "" // NULL in the table
		errs = append(errs, tx.InsertMailbox(ctx, mb))
		var moves []sales.Move
		for i := range 1234 { // more than a batch
			moves = append(moves, sales.Move{WorkspaceID: ws, At: storetest.Now, Kind: sales.MoveNote, Actor: sales.BySeller, PersonID: x.People[0].ID, Minutes: float64(i), Text: fmt.Sprint(i)})
		}
		return errors.Join(append(errs, tx.AppendMoves(ctx, moves))...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// rows gives every row of a table as text that is alike on both databases.
func rows(t testing.TB, s *store.Store, table string) []string {
	t.Helper()
	r, err := s.DB.Query(t.Context(), "SELECT * FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cols, err := r.Columns()
	if err != nil {
		t.Fatal(err)
	}
	bytes := []string{"token_hash", "smtp_password", "imap_password", "bytes", "hash", "key_sealed"}
	var out []string
	for r.Next() {
		row, dest := make([]any, len(cols)), make([]any, len(cols))
		for i := range row {
			dest[i] = &row[i]
		}
		if err := r.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		for i, v := range row {
			b, isBytes := v.([]byte)
			switch {
			case slices.Contains(bytes, cols[i]) && (isBytes || v == nil):
				row[i] = fmt.Sprintf("bytes %x", b) // drivers give an empty value as none
			case isBytes:
				row[i] = string(b)
			}
			row[i] = fmt.Sprintf("%s=%T %q", cols[i], row[i], fmt.Sprint(row[i]))
		}
		slices.SortFunc(row, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
		out = append(out, fmt.Sprint(row...))
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// number gives one number.
func number(t testing.TB, s *store.Store, query string) int64 {
	t.Helper()
	n, err := db.One(t.Context(), s.DB, db.Value[int64], query)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// testCopy copies an awkward store and compares every row of every table.
func testCopy(t *testing.T, from, to *store.Store) {
	awkward(t, from)
	told := map[string]int{}
	if err := store.Copy(t.Context(), from, to, func(table string, n int) { told[table] = n }); err != nil {
		t.Fatal(err)
	}
	for _, table := range store.Tables() {
		a, b := rows(t, from, table), rows(t, to, table)
		if len(a) == 0 {
			t.Errorf("%s is empty: nothing was proved", table)
		}
		if len(a) != len(b) || told[table] != len(a) {
			t.Errorf("%s: %d rows became %d, %d were told", table, len(a), len(b), told[table])
			continue
		}
		for i := range a {
			if a[i] != b[i] {
				t.Errorf("%s:\nwas %.500s\nis  %.500s", table, a[i], b[i])
				break
			}
		}
	}
	for _, q := range []string{"SELECT count(*) FROM mailboxes WHERE smtp_password IS NULL", "SELECT count(*) FROM raws WHERE length(bytes) = 0", "SELECT sum(length(bytes)) FROM raws", "SELECT sum(length(subject)) FROM messages"} {
		if a, b := number(t, from, q), number(t, to, q); a != b || a == 0 {
			t.Errorf("%s: %d became %d", q, a, b)
		}
	}
	// Again: refused, and nothing is changed.
	for range 2 {
		err := store.Copy(t.Context(), from, to, nil)
		if sales.CodeOf(err) != sales.Conflict || !strings.Contains(sales.Explain(err), "not empty") {
			t.Errorf("a target that is not empty: %v", err)
		}
	}
	for _, table := range store.Tables() {
		if n := len(rows(t, to, table)); n != told[table] {
			t.Errorf("%s has %d rows after the refusal", table, n)
		}
	}
	useCopy(t, to)
}

// useCopy works with the copy as with any store.
func useCopy(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := t.Context()
	all, err := s.Workspaces(ctx)
	if err != nil || len(all) != 3 {
		t.Fatal(all, err)
	}
	boxes, err := s.Mailboxes(ctx, all[0].ID)
	if err != nil || len(boxes) != 2 || boxes[0].SMTP.Password != "secret" || boxes[1].SMTP.Password != "" {
		t.Errorf("%+v %v", boxes, err)
	}
	if _, yes, err := s.Suppressed(ctx, all[0].ID, storetest.Address(3)); !yes || err != nil {
		t.Error("the suppression list does not hold any more:", err)
	}
	storetest.Fill(t, s) // new rows go in beside the old ones
}

func TestCopy(t *testing.T) { testCopy(t, storetest.Open(t), storetest.Open(t)) }

// TestCopyAllOrNothing: a copy that breaks off leaves the target empty, so that
// it can be begun again.
func TestCopyAllOrNothing(t *testing.T) {
	from, to := storetest.Open(t), storetest.Open(t)
	storetest.Fill(t, from)
	ctx, stop := context.WithCancel(t.Context())
	err := store.Copy(ctx, from, to, func(table string, _ int) {
		if table == "messages" {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	for _, table := range store.Tables() {
		if n := len(rows(t, to, table)); n != 0 {
			t.Errorf("%s kept %d rows", table, n)
		}
	}
	if err := store.Copy(t.Context(), from, to, nil); err != nil {
		t.Error("the second try:", err)
	}
}

// TestCopyEmpty: there may be nothing to copy, and an old source is told apart.
func TestCopyEmpty(t *testing.T) {
	from, to := storetest.Open(t), storetest.Open(t)
	if err := store.Copy(t.Context(), from, to, nil); err != nil {
		t.Error(err)
	}
	if _, err := from.DB.Exec(t.Context(), "ALTER TABLE steps DROP COLUMN note"); err != nil {
		t.Fatal(err)
	}
	if err := store.Copy(t.Context(), from, to, nil); sales.CodeOf(err) != sales.Invalid {
		t.Error("another version:", err)
	}
	if _, err := to.DB.Exec(t.Context(), "INSERT INTO counters (workspace_id, name, about, n) VALUES (1, 'x', 0, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := store.Copy(t.Context(), from, to, nil); sales.CodeOf(err) != sales.Conflict || !strings.Contains(sales.Explain(err), "counters") {
		t.Error(err)
	}
}
