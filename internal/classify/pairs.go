package classify

// pairs holds lists by the first two characters of words, where those are
// ASCII letters or digits, as nearly all are.
type pairs[T any] struct {
	places [36 * 36]uint16 // in lists, from 1
	lists  [][]T
}

// pairPlace is where words that begin as w have their list; -1 when w begins with
// something else.
func pairPlace(w string) int {
	if len(w) < 2 {
		return -1
	}
	a, b := charPlace(w[0]), charPlace(w[1])
	if a < 0 || b < 0 {
		return -1
	}
	return a*36 + b
}

func charPlace(c byte) int {
	switch {
	case c >= 'a' && c <= 'z':
		return int(c - 'a')
	case isDigit(c):
		return int(c-'0') + 26
	}
	return -1
}

// add adds x to the list of words that begin as w; others are left out.
func (p *pairs[T]) add(w string, x T) {
	at := pairPlace(w)
	if at < 0 {
		return
	}
	if p.places[at] == 0 {
		p.lists = append(p.lists, nil)
		p.places[at] = uint16(len(p.lists)) //nolint:gosec // at most 1296
	}
	n := p.places[at] - 1
	p.lists[n] = append(p.lists[n], x)
}

// of gives the list of words that begin as w; known is false when those have
// none here whatever they are.
func (p *pairs[T]) of(w string) (list []T, known bool) {
	at := pairPlace(w)
	if at < 0 {
		return nil, false
	}
	if n := p.places[at]; n > 0 {
		list = p.lists[n-1]
	}
	return list, true
}

// lengths tells of most words that a table does not have them, by their first two
// characters and how long they are, before the table is asked.
type lengths [36 * 36]uint32

func lengthBit(w string) uint32 { return 1 << min(len(w), 31) }

// add notes a word of the table.
func (l *lengths) add(w string) {
	if at := pairPlace(w); at >= 0 {
		l[at] |= lengthBit(w)
	}
}

// may tells whether the table may have a word.
func (l *lengths) may(w string) bool {
	at := pairPlace(w)
	return at < 0 || l[at]&lengthBit(w) != 0
}
