package db

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"ninetyten/internal/sales"
)

// TestFull: a database without room, or that takes only questions, says so and
// goes on when it can.
func TestFull(t *testing.T) {
	var log bytes.Buffer
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "x.db"), WithLogger(slog.New(slog.NewTextHandler(&log, nil))))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(t.Context(), schemaFS()); err != nil {
		t.Fatal(err)
	}
	pragma := func(p string) {
		t.Helper()
		if _, err := d.W.ExecContext(t.Context(), "PRAGMA "+p); err != nil {
			t.Fatal(err)
		}
	}
	insert := func(id int) error {
		return d.InDurableTx(t.Context(), func(tx *Tx) error {
			for k := range 20 {
				if _, err := tx.Exec(t.Context(), "INSERT INTO thing (workspace_id, id, name) VALUES (1, ?, ?)", id*100+k, fmt.Sprint(id*100+k, strings.Repeat("x", 4000))); err != nil {
					return err
				}
			}
			return nil
		})
	}
	says := func(err error, words string) {
		t.Helper()
		for _, e := range []error{err, d.Trouble()} {
			if sales.CodeOf(e) != sales.Unavailable || !strings.Contains(sales.Explain(e), words) {
				t.Errorf("%v does not say %q", e, words)
			}
		}
		if !strings.Contains(log.String(), words) {
			t.Errorf("the log does not say %q: %s", words, &log)
		}
	}
	fine := func(id int) {
		t.Helper()
		if err := insert(id); err != nil || d.Trouble() == nil {
			t.Error(err, "one change is no proof:", d.Trouble())
		}
		d.worry.at = d.worry.at.Add(-2 * calmFor)
		if err := insert(id + 1000); err != nil || d.Trouble() != nil || !strings.Contains(log.String(), "takes changes again") {
			t.Error(err, d.Trouble())
		}
		log.Reset()
	}
	pragma("max_page_count = 100")
	n := 0
	for err = nil; err == nil && n < 50; n++ {
		err = insert(n)
	}
	says(err, "is full")
	before := count(t, d)
	pragma("max_page_count = 100000")
	fine(n)
	if after := count(t, d); before != int64(n-1)*20 || after != before+40 {
		t.Errorf("%d rows, then %d", before, after)
	}
	pragma("query_only = 1")
	says(insert(99), "only questions")
	pragma("query_only = 0")
	fine(99)
}

// TestTroubleOf: which errors are those of the database itself.
func TestTroubleOf(t *testing.T) {
	for _, x := range []struct {
		err  error
		want string
	}{
		{&pgconn.PgError{Code: "53100"}, "is full"},
		{&pgconn.PgError{Code: "25006"}, "only questions"},
		{&pgconn.PgError{Code: "58030"}, "its disk"},
		{&pgconn.PgError{Code: "57P03"}, "does not answer"},
		{fmt.Errorf("write: %w", syscall.ENOSPC), "is full"},
		{fmt.Errorf("open: %w", syscall.EROFS), "only questions"},
		{errors.New("unexpected EOF"), "does not answer"},
		{&pgconn.PgError{Code: "23505"}, ""},
		{&pgconn.PgError{Code: "40001"}, ""},
		{ErrNoRows, ""},
		{t.Context().Err(), ""},
	} {
		if got := troubleOf(x.err); got != x.want && (x.want == "" || !strings.Contains(got, x.want)) {
			t.Errorf("%v: %q", x.err, got)
		}
		if err := explain(x.err); (sales.CodeOf(err) == sales.Unavailable) != (x.want != "") || !errors.Is(err, x.err) {
			t.Errorf("%v is explained as %v", x.err, err)
		}
	}
}
