package bench

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// copier makes the copies of load.
type copier struct {
	w       *world
	n, days int
	every   int                 // one of so many is due on a day
	base    map[string]sales.ID // by table: the ID of copy 0
}

// copied are the tables that hold rows of a person, with the columns by which
// those of a model are found.
func copied() []struct{ table, by string } {
	return []struct{ table, by string }{
		{"accounts", "id"}, {"people", "id"}, {"enrollments", "person_id"}, {"mailings", "person_id"}, {"attempts", "mailing_id"},
		{"threads", "person_id"}, {"messages", "person_id"}, {"moves", "person_id"},
	}
}

// refs tells by the name of a column which table's IDs it holds.
func refs() map[string]string {
	return map[string]string{
		"account_id": "accounts", "person_id": "people", "enrollment_id": "enrollments", "mailing_id": "mailings", "thread_id": "threads", "message_id": "messages",
	}
}

// copyAll makes the copies of both models.
func (c *copier) copyAll(ctx context.Context, fresh, old pattern) error {
	for _, x := range copied() {
		c.base[x.table] = c.w.store.NewID() + 1<<22
	}
	for _, m := range []struct {
		pattern
		where string
	}{{fresh, "NOT " + mailed}, {old, mailed}} {
		mailing := fmt.Sprintf("(SELECT id FROM mailings WHERE workspace_id = %d AND person_id = %d)", c.w.ws, m.person)
		for _, x := range copied() {
			by := fmt.Sprintf("%s = %d", x.by, m.person)
			where := m.where
			switch x.table {
			case "accounts":
				if m.pattern != fresh {
					continue // one account for two people, whoever they are
				}
				by, where = fmt.Sprintf("id = %d", m.account), "i % 2 = 0"
			case "attempts":
				by = "mailing_id IN " + mailing
			}
			if err := c.table(ctx, x.table, by, where, m.pattern); err != nil {
				return fmt.Errorf("copy %s: %w", x.table, err)
			}
		}
	}
	// The models themselves are not due.
	_, err := c.w.store.DB.Exec(ctx, "UPDATE enrollments SET next_at = ? WHERE workspace_id = ? AND id IN (?, ?)", later(), c.w.ws, fresh.enrollment, old.enrollment)
	return err
}

// table copies the rows of one table that are found with by, for each i for
// which where holds.
func (c *copier) table(ctx context.Context, table, by, where string, m pattern) error {
	cols, rows, err := c.read(ctx, "SELECT * FROM "+table+" WHERE workspace_id = "+c.w.ws.String()+" AND "+by)
	if err != nil {
		return err
	}
	for k, row := range rows {
		exprs := make([]string, len(cols))
		for j, col := range cols {
			exprs[j] = c.expr(table, col, row[j], k, m)
		}
		const part = 100_000 // of a transaction, so that the bench ends soon when it is stopped
		for from := 0; from < c.n; from += part {
			q := "INSERT INTO " + table + " (" + strings.Join(cols, ", ") + ") SELECT " + strings.Join(exprs, ", ") + " FROM " + c.series(from, min(from+part, c.n)) + " WHERE " + where
			if _, err := c.w.store.DB.Exec(ctx, q); err != nil {
				return err
			}
		}
	}
	return nil
}

// series is the numbers from one to before another, as i.
func (c *copier) series(from, to int) string {
	return db.Per{
		SQLite:   fmt.Sprintf("(WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT i FROM n) AS n", from, to-1),
		Postgres: fmt.Sprintf("generate_series(CAST(%d AS BIGINT), %d) AS n(i)", from, to-1),
	}.For(c.w.store.DB.Dialect())
}

// read gives rows as they are stored.
func (c *copier) read(ctx context.Context, query string) (cols []string, list [][]any, err error) {
	rows, err := c.w.store.DB.Query(ctx, query)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	if cols, err = rows.Columns(); err != nil {
		return nil, nil, err
	}
	for rows.Next() {
		row, to := make([]any, len(cols)), make([]any, len(cols))
		for i := range row {
			to[i] = &row[i]
		}
		if err := rows.Scan(to...); err != nil {
			return nil, nil, err
		}
		list = append(list, row)
	}
	return cols, list, rows.Err()
}

// expr is the value of a column in copy i of row k of the model, in SQL.
func (c *copier) expr(table, col string, v any, k int, m pattern) string {
	id := func(table string, k int) string { return fmt.Sprintf("%d + i", int64(c.base[table])-int64(k)<<36) }
	if col == "id" {
		if table == "accounts" {
			return id(table, k) + " / 2"
		}
		return id(table, k)
	}
	if to, ok := refs()[col]; ok && v != int64(0) {
		if to == "accounts" {
			return id(to, 0) + " / 2"
		}
		return id(to, 0)
	}
	switch {
	case col == "mailbox_id":
		return fmt.Sprintf("%d + i / %d %% %d", c.w.boxes[0].MailboxID, c.cohort()*c.every, len(c.w.boxes))
	case table == "enrollments" && col == "next_at":
		return c.due()
	case table == "mailings" && col == "appended":
		return "1"
	case table == "people" && col == "email":
		return "'person' || i || '@buyer' || (i / 2) || '.example'"
	}
	text, ok := v.(string)
	switch {
	case ok && (col == "header_id" || col == "last_header") && text != "":
		return scatter + " || '.' || i || " + literal(text)
	case ok && strings.Contains(text, m.enrollment.String()):
		return c.named(text, m.enrollment.String(), id("enrollments", 0))
	}
	return literal(v)
}

// named is text with a number in it replaced by an expression.
func (c *copier) named(text, number, expr string) string {
	before, after, _ := strings.Cut(text, number)
	return literal(before) + " || (" + expr + ") || " + literal(after)
}

// cohort is how many people, one after the other, were put in together: a list of
// one seller, up to 500. They are due on one day, and theirs is one mailbox.
func (c *copier) cohort() int {
	size := max(1, min(500, c.n/c.every/max(1, len(c.w.boxes))))
	for c.n%(size*c.every) != 0 && size > 1 {
		size--
	}
	return size
}

// due spreads the timers: a share of the cohorts on each day, in the ten minutes
// after nine, each in about the order in which its people came, all interleaved.
func (c *copier) due() string {
	size := c.cohort()
	var b strings.Builder
	fmt.Fprintf(&b, "CASE i / %d %% %d", size, c.every)
	for d := range c.days {
		fmt.Fprintf(&b, " WHEN %d THEN %d", d, workday(d).UnixMicro())
	}
	fmt.Fprintf(&b, " ELSE %d END + i %% %d * %d + %s %% 5000000", later().UnixMicro(), size, 595_000_000/size, scatter)
	return b.String()
}

// literal writes a value as SQL.
func literal(v any) string {
	switch x := v.(type) {
	case nil:
		return "NULL"
	case int64:
		return strconv.FormatInt(x, 10)
	case []byte:
		return literal(string(x))
	case string:
		return "'" + strings.ReplaceAll(x, "'", "''") + "'"
	}
	return fmt.Sprint(v)
}

// dropIndexes drops the indexes that are quicker built afterwards, and gives the
// statements that make them again.
func (c *copier) dropIndexes(ctx context.Context) ([]string, error) {
	d := c.w.store.DB
	q := db.Per{
		SQLite:   "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?",
		Postgres: "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND indexname NOT LIKE '%_pkey' AND tablename = ?",
	}.For(d.Dialect())
	var create []string
	for _, x := range copied() {
		list, err := db.All(ctx, d, func(r db.Scanner) ([2]string, error) {
			var v [2]string
			err := r.Scan(&v[0], &v[1])
			return v, err
		}, q, x.table)
		if err != nil {
			return nil, err
		}
		for _, v := range list {
			if _, err := d.Exec(ctx, "DROP INDEX "+v[0]); err != nil {
				return nil, err
			}
			create = append(create, v[1])
		}
	}
	return create, nil
}
