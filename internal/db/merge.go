package db

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
)

// PostgreSQL spends as much on beginning a small statement as on doing it. So the
// statements of Later that have one text become one statement where that does the
// same: an UPDATE takes its values from arrays, an INSERT has many rows.

// shape is how a statement can be written for many rows.
type shape struct {
	kind  shapeKind
	table string // that it writes, when that is plain to see
	// before and after stand around the values of an INSERT; of an UPDATE before is
	// all up to WHERE and after is its condition, with v.a1 for $1.
	before, after string
	params        int
	key           []int // of an UPDATE: the parameters that the condition compares with =, but for columns that are set
}

type shapeKind int

const (
	shapeOne shapeKind = iota // only one by one
	shapeInsert
	shapeUpdate
)

// shapes remembers the shapes of texts.
type shapes struct {
	mu  sync.Mutex
	all map[string]shape
}

func (s *shapes) of(query string) shape {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, ok := s.all[query]
	if !ok {
		if s.all == nil || len(s.all) >= maxRebound {
			s.all = map[string]shape{}
		}
		x = shapeOf(query)
		s.all[query] = x
	}
	return x
}

func shapeOf(query string) shape {
	x := shapeFor(query)
	if m := regexp.MustCompile(`^(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)`).FindStringSubmatch(query); m != nil {
		x.table = m[1]
	}
	return x
}

func shapeFor(query string) shape {
	param := regexp.MustCompile(`\$(\d+)`)
	most := 0
	for _, m := range param.FindAllStringSubmatch(query, -1) {
		n, _ := strconv.Atoi(m[1]) // digits
		most = max(most, n)
	}
	if m := regexp.MustCompile(`(?s)^(INSERT INTO \w+ \([^()]*\)\s+VALUES )\(([$0-9, ]+)\)(.*)$`).FindStringSubmatch(query); m != nil {
		want := make([]string, most)
		for i := range want {
			want[i] = "$" + strconv.Itoa(i+1)
		}
		if m[2] == strings.Join(want, ", ") && !strings.Contains(m[3], "$") && most > 0 && !strings.Contains(m[3], "RETURNING") {
			return shape{kind: shapeInsert, before: m[1], after: m[3], params: most}
		}
	}
	set, where, ok := strings.Cut(query, " WHERE ")
	if !ok || !strings.HasPrefix(set, "UPDATE ") || most == 0 || regexp.MustCompile(`\b(FROM|SELECT|RETURNING|WHERE)\b`).MatchString(set+" "+where) {
		return shape{}
	}
	x := shape{kind: shapeUpdate, params: most, before: param.ReplaceAllString(set, "v.a$1"), after: param.ReplaceAllString(where, "v.a$1")}
	for _, m := range regexp.MustCompile(`\b(\w+) = \$(\d+)`).FindAllStringSubmatch(where, -1) {
		if regexp.MustCompile(`[ ,]` + m[1] + ` = `).MatchString(set) {
			continue // a version: two that name one row may both be true, one after the other
		}
		n, _ := strconv.Atoi(m[2]) // digits
		x.key = append(x.key, n-1)
	}
	return x
}

// insertRows are how many rows one INSERT may have: few sizes, for each is a text
// that the server prepares.
func insertRows() []int { return []int{64, 16, 4} }

// run is statements of one text that go together.
type run struct {
	query string
	shape shape
	list  []deferred
}

// runs puts statements of one text together. Those about one table keep their
// order.
func (s *shapes) runs(list []deferred) []*run {
	var out []*run
	last := map[string]*run{} // by table
	for _, d := range list {
		x := s.of(d.query)
		r := last[x.table]
		if r == nil || r.query != d.query {
			r = &run{query: d.query, shape: x}
			last[x.table] = r
			out = append(out, r)
		}
		r.list = append(r.list, d)
	}
	return out
}

// flush runs the statements that wait.
func (t *Tx) flush(ctx context.Context) error {
	if len(t.later) == 0 {
		return nil
	}
	b := &batch{}
	for _, r := range t.db.shapes.runs(t.later) {
		b.add(r.shape, r.query, r.list)
	}
	t.later = nil
	return t.pgx(func(c *pgx.Conn) error {
		res := c.SendBatch(ctx, &b.Batch)
		for _, read := range b.read {
			changed, err := read(res)
			t.changed = t.changed || changed
			if err != nil {
				_ = res.Close()
				return err
			}
		}
		return res.Close()
	})
}

// batch is what goes to the server together, with what reads each answer.
type batch struct {
	pgx.Batch
	read []func(pgx.BatchResults) (changed bool, err error)
}

// add puts the statements of one text into the batch, as few as can be.
func (b *batch) add(x shape, query string, list []deferred) {
	switch x.kind {
	case shapeInsert:
		for _, size := range insertRows() {
			for len(list) >= size && countable(list[:size]) {
				b.insert(x, list[:size])
				list = list[size:]
			}
		}
	case shapeUpdate:
		for len(list) > 1 {
			n := x.apart(list)
			kinds, ok := kindsOf(list[:n])
			if n < 2 || !ok {
				b.one(query, list[0])
				list = list[1:]
				continue
			}
			b.update(x, kinds, list[:n])
			list = list[n:]
		}
	}
	for _, d := range list {
		b.one(query, d)
	}
}

// one adds a statement as it is.
func (b *batch) one(query string, d deferred) {
	b.Queue(query, d.args...)
	b.read = append(b.read, func(res pgx.BatchResults) (bool, error) {
		tag, err := res.Exec()
		if err == nil && d.check != nil {
			err = d.check(tag.RowsAffected())
		}
		return err == nil && tag.RowsAffected() > 0, err
	})
}

// countable tells that nobody wants to know of a single row whether it went in,
// or that all of them say the same when one did not.
func countable(list []deferred) bool {
	for _, d := range list {
		if d.check != nil && !d.must {
			return false
		}
	}
	return true
}

// insert adds one INSERT of all rows.
func (b *batch) insert(x shape, list []deferred) {
	var q strings.Builder
	q.WriteString(x.before)
	args := make([]any, 0, len(list)*x.params)
	for i, d := range list {
		if i > 0 {
			q.WriteByte(',')
		}
		q.WriteByte('(')
		for k := range x.params {
			if k > 0 {
				q.WriteByte(',')
			}
			q.WriteByte('$')
			q.WriteString(strconv.Itoa(len(args) + k + 1))
		}
		q.WriteByte(')')
		args = append(args, d.args...)
	}
	q.WriteString(x.after)
	b.Queue(q.String(), args...)
	b.read = append(b.read, func(res pgx.BatchResults) (bool, error) {
		tag, err := res.Exec()
		if err != nil {
			return false, err
		}
		all := tag.RowsAffected() == int64(len(list))
		for _, d := range list {
			if d.check == nil {
				continue
			}
			n := int64(0)
			if all {
				n = 1
			}
			if err := d.check(n); err != nil {
				return true, err
			}
		}
		return tag.RowsAffected() > 0, nil
	})
}

// apart is how many of the first statements are surely about different rows: an
// UPDATE from arrays changes a row once.
func (x shape) apart(list []deferred) int {
	seen := map[string]bool{}
	for i, d := range list {
		var k strings.Builder
		for _, p := range x.key {
			k.WriteString(textOf(d.args[p]))
			k.WriteByte(0)
		}
		if seen[k.String()] {
			return i
		}
		seen[k.String()] = true
	}
	return len(list)
}

func textOf(a any) string {
	switch v := a.(type) {
	case int64:
		return strconv.FormatInt(v, 10)
	case string:
		return v
	}
	return "?"
}

// kindsOf gives the SQL types of the arguments, when each has one for all rows.
func kindsOf(list []deferred) ([]string, bool) {
	kinds := make([]string, len(list[0].args))
	for i := range kinds {
		for _, d := range list {
			kind := ""
			switch d.args[i].(type) {
			case int64:
				kind = "bigint"
			case string:
				kind = "text"
			}
			if kind == "" || kinds[i] != "" && kinds[i] != kind {
				return nil, false
			}
			kinds[i] = kind
		}
	}
	return kinds, true
}

// update adds one UPDATE of all rows.
func (b *batch) update(x shape, kinds []string, list []deferred) {
	var q strings.Builder
	q.WriteString(x.before)
	q.WriteString(" FROM unnest(")
	args := make([]any, len(kinds))
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		if i > 0 {
			q.WriteString(", ")
		}
		q.WriteString("$" + strconv.Itoa(i+1) + "::" + kind + "[]")
		names[i] = "a" + strconv.Itoa(i+1)
		args[i] = column(kind, list, i)
	}
	q.WriteString(") WITH ORDINALITY AS v(" + strings.Join(names, ", ") + ", ord) WHERE " + x.after + " RETURNING v.ord")
	b.Queue(q.String(), args...)
	b.read = append(b.read, func(res pgx.BatchResults) (bool, error) {
		rows, err := res.Query()
		if err != nil {
			return false, err
		}
		at, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil {
			return false, err
		}
		n := make([]int64, len(list))
		for _, i := range at {
			n[i-1] = 1
		}
		for i, d := range list {
			if d.check == nil {
				continue
			}
			if err := d.check(n[i]); err != nil {
				return true, err
			}
		}
		return len(at) > 0, nil
	})
}

// column gives one argument of all rows as an array.
func column(kind string, list []deferred, i int) any {
	if kind == "bigint" {
		out := make([]int64, len(list))
		for k, d := range list {
			out[k] = d.args[i].(int64)
		}
		return out
	}
	out := make([]string, len(list))
	for k, d := range list {
		out[k] = d.args[i].(string)
	}
	return out
}
