package store

import (
	"context"
	"strings"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// How far one look for threads goes by the words of mails: threads, mails of each
// (the newest), characters of a mail, and bytes of text.
const (
	foundThreads = 400
	foundPart    = 40
	foundMails   = 30
	foundChars   = 8000
	foundBytes   = 4 << 20
)

// namedBy holds for a thread whose person or subject has a word.
const namedBy = ` AND (p.search LIKE ? ESCAPE '!' OR lower(t.subject) LIKE ? ESCAPE '!')`

const (
	sqlThreadsWalk = `SELECT t.id, t.last_in_at, t.subject, p.search FROM threads t JOIN people p ON p.workspace_id = t.workspace_id AND p.id = t.person_id WHERE t.workspace_id = ? AND t.last_in_at > 0 AND (t.last_in_at < ? OR (t.last_in_at = ? AND t.id < ?)) AND ` + seeOwner
	sqlThreadMails = `SELECT m.id, m.thread_id, m.from_addr, m.from_name, m.subject, substr(m.body, 1, ?) FROM messages m JOIN (SELECT r.id, row_number() OVER (PARTITION BY r.thread_id ORDER BY r.id DESC) AS n FROM messages r WHERE r.workspace_id = ? AND r.thread_id IN `
	mailsOrder     = `) x ON x.id = m.id WHERE m.workspace_id = ? AND x.n <= ? ORDER BY m.id DESC`
)

// FoundThread is a thread that a search found.
type FoundThread struct {
	InboxLine
	Said string // the line of a mail in which a word was found; "" for its person or subject
}

// FoundThreads is one part of what a search for threads finds.
type FoundThreads struct {
	List  []FoundThread
	Next  string    // the After of the next part; "" is the end
	Until time.Time // the look at mails stopped here for now, with a part not full; zero is no
}

// threadWalk is a thread whose mails are looked at.
type threadWalk struct {
	id     sales.ID
	at     time.Time
	key    string // of subject and person
	before string // the key of what its mails say, as far as they were looked at
	said   string
}

// FindThreads finds threads in which somebody wrote to us: first those in whose
// person (name, address, title, account) or subject every word is, then those
// where their mails have the other words, each kind the newest first. One call
// looks at the mails of up to 400 threads (the newest 30 of each, their first
// 8,000 characters); Next goes on from there. Without a word nothing is found.
func (s *Store) FindThreads(ctx context.Context, v sales.Viewer, search string, page Page) (FoundThreads, error) {
	words := searchWords(strings.ReplaceAll(search, "\x00", " "))
	if len(words) == 0 {
		return FoundThreads{}, nil
	}
	after, mails := strings.CutPrefix(page.After, "m")
	n := page.limit()
	var out FoundThreads
	if !mails {
		list, next, err := s.inboxLines(ctx, v, namedWhere(words), namedArgs(words), Page{After: after, Limit: n})
		for _, l := range list {
			out.List = append(out.List, FoundThread{InboxLine: l})
		}
		if out.Next = next; err != nil || next != "" {
			return out, err
		}
		after = ""
	}
	return out, s.findInMails(ctx, v, words, after, n, &out)
}

// findInMails adds to out, up to n threads, those that only mails lead to.
func (s *Store) findInMails(ctx context.Context, v sales.Viewer, words []string, after string, n int, out *FoundThreads) error {
	at, id := splitAfter(after)
	a := append([]any{v.WorkspaceID, at, at, id, v.OwnerScope(), v.OwnerScope()}, namedArgs(words)...)
	list, err := db.All(ctx, s.DB, func(r db.Scanner) (threadWalk, error) {
		var w threadWalk
		var subject, person string
		err := r.Scan(&w.id, db.ScanTime(&w.at), &subject, &person)
		w.key = SearchKey(subject, person)
		return w, err
	}, sqlThreadsWalk+` AND NOT (1 = 1`+namedWhere(words)+`)`+inboxOrder, append(a, foundThreads+1)...)
	if err != nil {
		return err
	}
	var hits []threadWalk
	read, seen := 0, 0
	for seen < min(len(list), foundThreads) && read < foundBytes && len(out.List)+len(hits) < n {
		part := list[seen:min(seen+foundPart, len(list), foundThreads)]
		got, err := s.readMails(ctx, v.WorkspaceID, words, part)
		if err != nil {
			return err
		}
		for read += got; len(part) > 0 && len(out.List)+len(hits) < n; part = part[1:] {
			if seen++; hasAll(part[0].key+" "+part[0].before, words) {
				hits = append(hits, part[0])
			}
		}
	}
	if seen < len(list) {
		last := at
		if seen > 0 {
			last, id = list[seen-1].at, list[seen-1].id
		}
		out.Next = "m" + joinAfter(last, id)
		if len(out.List)+len(hits) < n {
			out.Until = last
		}
	}
	return s.addFound(ctx, v, hits, out)
}

// addFound reads the lines of hits and adds them in their order.
func (s *Store) addFound(ctx context.Context, v sales.Viewer, hits []threadWalk, out *FoundThreads) error {
	if len(hits) == 0 {
		return nil
	}
	ids := make([]sales.ID, len(hits))
	for i, h := range hits {
		ids[i] = h.id
	}
	lines, _, err := s.inboxLines(ctx, v, ` AND t.id IN `+db.In(len(ids)), args(nil, ids), Page{Limit: len(ids)})
	if err != nil {
		return err
	}
	byThread := make(map[sales.ID]InboxLine, len(lines))
	for _, l := range lines {
		byThread[l.ID] = l
	}
	for _, h := range hits {
		if l, there := byThread[h.id]; there {
			out.List = append(out.List, FoundThread{InboxLine: l, Said: h.said})
		}
	}
	return nil
}

// readMails puts into part what the mails of its threads say, and gives how many
// bytes were read.
func (s *Store) readMails(ctx context.Context, ws sales.ID, words []string, part []threadWalk) (int, error) {
	ids, place := make([]sales.ID, len(part)), make(map[sales.ID]*threadWalk, len(part))
	for i := range part {
		ids[i], place[part[i].id] = part[i].id, &part[i]
	}
	read := 0
	add := func(r db.Scanner) (struct{}, error) {
		var id, thread sales.ID
		var from, name, subject, body string
		if err := r.Scan(&id, &thread, &from, &name, &subject, &body); err != nil {
			return struct{}{}, err
		}
		read += len(body)
		w := place[thread]
		w.before += " " + SearchKey(from, name, subject, body)
		if w.said == "" {
			w.said = lineWith(body, words)
		}
		return struct{}{}, nil
	}
	a := append(args([]any{foundChars, ws}, ids), ws, foundMails)
	_, err := db.All(ctx, s.DB, add, sqlThreadMails+db.In(len(ids))+mailsOrder, a...)
	return read, err
}

// lineWith is the first line of a text that has one of words; "" is none.
func lineWith(body string, words []string) string {
	for line := range strings.Lines(body) {
		key := SearchKey(line)
		for _, w := range words {
			if strings.Contains(key, w) {
				return strings.TrimSpace(line)
			}
		}
	}
	return ""
}

func hasAll(key string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(key, w) {
			return false
		}
	}
	return true
}

func namedWhere(words []string) string { return strings.Repeat(namedBy, len(words)) }

func namedArgs(words []string) []any {
	var a []any
	for _, w := range words {
		like := "%" + likeEscape(w) + "%"
		a = append(a, like, like)
	}
	return a
}
