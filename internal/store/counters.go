package store

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"strings"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// counter is one number kept beside the ledger: lines or thousandths of minutes
// of one kind by one actor.
type counter struct {
	ws   sales.ID
	name string
}

func countMove(counts map[counter]int64, m sales.Move, milli int64) {
	counts[counter{m.WorkspaceID, "lines/" + string(m.Actor) + "/" + string(m.Kind)}]++
	if milli != 0 {
		counts[counter{m.WorkspaceID, "milliminutes/" + string(m.Actor)}] += milli
	}
}

func sortedCounters(counts map[counter]int64) []counter {
	keys := make([]counter, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	// One order everywhere, so that two transactions never wait for each other.
	slices.SortFunc(keys, func(a, b counter) int {
		return cmp.Or(cmp.Compare(a.ws, b.ws), cmp.Compare(a.name, b.name))
	})
	return keys
}

// Counters gives the kept numbers of a workspace: "lines/ACTOR/KIND" counts
// ledger lines, "milliminutes/ACTOR" sums effort.
func (s *Store) Counters(ctx context.Context, ws sales.ID) (map[string]int64, error) {
	return counters(ctx, s.DB, ws)
}

func counters(ctx context.Context, q db.Querier, ws sales.ID) (map[string]int64, error) {
	out := map[string]int64{}
	_, err := db.All(ctx, q, func(r db.Scanner) (int, error) {
		var name string
		var about, n int64
		err := r.Scan(&name, &about, &n)
		out[name] = n
		return 0, err
	}, sqlCounters, ws)
	return out, err
}

// sqlCountersLock keeps others from counting while the ledger is read; lines
// that they write meanwhile are counted after it. SQLite has one writer anyway.
func sqlCountersLock() db.Per {
	return db.Per{Postgres: `LOCK TABLE counters IN SHARE ROW EXCLUSIVE MODE`}
}

// RebuildCounters computes the numbers from the ledger anew and replaces them.
func (s *Store) RebuildCounters(ctx context.Context, ws sales.ID) error {
	return s.InTx(ctx, func(tx *Tx) error {
		if lock := sqlCountersLock().For(tx.Dialect()); lock != "" {
			if _, err := tx.Exec(ctx, lock); err != nil {
				return err
			}
		}
		counts := map[counter]int64{}
		var person, id sales.ID
		for {
			list, err := db.All(ctx, tx, scanMove, sqlMovesAll, ws, person, person, id, 5000)
			if err != nil {
				return err
			}
			for _, m := range list {
				countMove(counts, m, int64(math.Round(m.Minutes*1000)))
			}
			if len(list) < 5000 {
				break
			}
			person, id = list[len(list)-1].PersonID, list[len(list)-1].ID
		}
		if _, err := tx.Exec(ctx, sqlCountersCut, ws); err != nil {
			return err
		}
		return tx.writeCounts(ctx, counts)
	})
}

func (tx *Tx) writeCounts(ctx context.Context, counts map[counter]int64) error {
	for _, k := range sortedCounters(counts) {
		if err := tx.Later(ctx, sqlCounterAdd, k.ws, k.name, int64(0), counts[k]); err != nil {
			return err
		}
	}
	return nil
}

// tally is one number of a step or a text, under the statement that adds to it.
type tally struct {
	query string
	ws    sales.ID
	Stat
}

// tallyAll keeps counts for the end of the transaction.
func (tx *Tx) tallyAll(query string, ws sales.ID, stats map[Stat]int) error {
	for k, n := range stats {
		if k.StepID != 0 && n != 0 {
			tx.tallies[tally{query, ws, k}] += n
		}
	}
	return nil
}

// writeTallies adds them, in one order everywhere.
func (tx *Tx) writeTallies(ctx context.Context) error {
	keys := slices.SortedFunc(maps.Keys(tx.tallies), func(a, b tally) int {
		return cmp.Or(strings.Compare(a.query, b.query), cmp.Compare(a.ws, b.ws), cmp.Compare(a.StepID, b.StepID), strings.Compare(a.Name, b.Name))
	})
	for _, k := range keys {
		if err := tx.Later(ctx, k.query, k.ws, k.StepID, k.Name, tx.tallies[k]); err != nil {
			return err
		}
	}
	return nil
}
