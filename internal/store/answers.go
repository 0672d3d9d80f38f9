package store

import (
	"slices"

	"ninetyten/internal/sales"
)

// What was read ahead answers these questions; ok is false for what is not known,
// and for everything when nothing was read ahead.

func (a *ahead) has(ws, mailbox sales.ID, header string) (has, ok bool) {
	if a == nil || ws != a.ws || mailbox != a.mailbox {
		return false, false
	}
	has, ok = a.kept[header]
	return has, ok
}

// gathered gives the rows of all keys, each once, in the order of less.
func gathered[T any](m map[string][]T, keys []string, less func(x, y T) int) (out []T, ok bool) {
	seen := make(map[string]bool, len(keys))
	for _, k := range keys {
		if seen[k] {
			continue
		}
		seen[k] = true
		list, known := m[k]
		if !known {
			return nil, false
		}
		out = append(out, list...)
	}
	slices.SortStableFunc(out, less)
	return out, true
}

func (a *ahead) byHeader(ws sales.ID, ids []string) ([]sales.Mailing, bool) {
	if a == nil || ws != a.ws {
		return nil, false
	}
	return gathered(a.headers, ids, func(x, y sales.Mailing) int { return int(x.ID - y.ID) })
}

func (a *ahead) messagesBy(ws sales.ID, ids []string) ([]sales.Message, bool) {
	if a == nil || ws != a.ws {
		return nil, false
	}
	return gathered(a.messages, ids, func(x, y sales.Message) int { return int(x.ID - y.ID) })
}

func (a *ahead) namesOf(ws, mailbox sales.ID, names []string) ([]sales.MailName, bool) {
	if a == nil || ws != a.ws || mailbox != a.mailbox {
		return nil, false
	}
	return gathered(a.names, names, func(x, y sales.MailName) int { return int(x.PersonID - y.PersonID) })
}

// answer looks a row up in the workspace that was read ahead.
func answer[K comparable, V any](a *ahead, ws sales.ID, in func(*ahead) map[K]V, key K) (v V, ok bool) {
	if a == nil || ws != a.ws {
		return v, false
	}
	v, ok = in(a)[key]
	return v, ok
}

// reached is the person of an address in one of the two maps. When the address is
// known to be nobody's, found is false.
func (a *ahead) reached(ws sales.ID, in func(*ahead) map[string]sales.ID, address string) (p sales.Person, found, ok bool) {
	id, ok := answer(a, ws, in, address)
	if !ok || id == 0 {
		return p, false, ok
	}
	p, ok = a.people[id]
	return p, ok, ok
}

func emailsOf(a *ahead) map[string]sales.ID                 { return a.emails }
func addressesIn(a *ahead) map[string]sales.ID              { return a.addresses }
func accountsOf(a *ahead) map[sales.ID]sales.Account        { return a.accounts }
func boxesOf(a *ahead) map[boxSince]map[string]int          { return a.boxes }
func peopleOf(a *ahead) map[sales.ID]sales.Person           { return a.people }
func mailingsOf(a *ahead) map[sales.ID]sales.Mailing        { return a.mailings }
func liveOf(a *ahead) map[sales.ID][]sales.Enrollment       { return a.live }
func colleaguesOf(a *ahead) map[sales.ID][]sales.Enrollment { return a.colleagues }
func threadsIn(a *ahead) map[sales.ID][]sales.Thread        { return a.threads }
func askedOf(a *ahead) map[string]bool                      { return a.asked }
func listedOf(a *ahead) map[string]bool                     { return a.listed }
func standInsOf(a *ahead) map[standIn]sales.ID              { return a.standIns }
