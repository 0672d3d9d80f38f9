package store

import (
	"crypto/rand"
	"encoding/binary"
	"sync/atomic"
	"time"

	"ninetyten/internal/sales"
)

// idMaker makes IDs: 41 bits of milliseconds since 2020, 22 bits of a counter
// that starts at a random place. IDs of one process always grow; two processes
// share a millisecond with a chance of one in four million each.
type idMaker struct {
	last    atomic.Int64
	counted atomic.Bool // from last on, whatever the time
}

const idEpoch = 1577836800000 // 2020-01-01 UTC in milliseconds

func newIDMaker() *idMaker { return &idMaker{} }

// CountIDs lets IDs be counted from first on, whatever the time, so that a run
// can be repeated exactly. Only one process may make IDs then.
func (s *Store) CountIDs(first sales.ID) {
	s.ids.last.Store(int64(first) - 1)
	s.ids.counted.Store(true)
}

func (m *idMaker) next() sales.ID {
	if m.counted.Load() {
		return sales.ID(m.last.Add(1))
	}
	for {
		last := m.last.Load()
		id := (time.Now().UnixMilli() - idEpoch) << 22
		if id <= last {
			id = last + 1
		} else {
			var b [4]byte
			rand.Read(b[:])
			id |= int64(binary.BigEndian.Uint32(b[:]) & 0x1FFFFF) // half of the room: the rest is for counting on
		}
		if m.last.CompareAndSwap(last, id) {
			return sales.ID(id)
		}
	}
}
