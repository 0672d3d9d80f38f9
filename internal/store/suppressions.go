package store

import (
	"context"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	// A no takes the place of a bounce: it stays with the person when the address is mended.
	sqlSuppress = `INSERT INTO suppressions (workspace_id, id, kind, hash, value, reason, source, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, kind, hash) DO UPDATE SET
  reason = excluded.reason, source = excluded.source, at = excluded.at WHERE suppressions.reason = 'bounced' AND excluded.reason <> 'bounced'`
	sqlSuppressed      = `SELECT workspace_id, id, kind, value, reason, source, at FROM suppressions WHERE workspace_id = ? AND kind = ? AND hash = ?`
	sqlSuppressionAll  = `SELECT workspace_id, id, kind, value, reason, source, at FROM suppressions WHERE workspace_id = ? AND id < ? ORDER BY id DESC LIMIT ?`
	sqlSuppressionDrop = `DELETE FROM suppressions WHERE workspace_id = ? AND id = ?`
)

func scanSuppression(r db.Scanner) (sales.Suppression, error) {
	var x sales.Suppression
	err := r.Scan(&x.WorkspaceID, &x.ID, &x.Kind, &x.Value, &x.Reason, &x.Source, db.ScanTime(&x.At))
	return x, err
}

// Suppress puts something on the list, once; x.Value is in its normal form. It
// says whether it is new, or a no about an address that was there as bounced.
func (tx *Tx) Suppress(ctx context.Context, x sales.Suppression) (bool, error) {
	hash := tx.s.Keys.Hash(x.Kind, x.Value)
	a := []any{x.WorkspaceID, x.ID, x.Kind, hash, x.Value, x.Reason, x.Source, x.At}
	if listed, known := answer(tx.ahead, x.WorkspaceID, listedOf, string(hash)); known && !listed && x.Kind == sales.SuppressAddress {
		return true, tx.LaterOr(ctx, unchanged(), sqlSuppress, a...)
	}
	n, err := tx.Exec(ctx, sqlSuppress, a...)
	return n > 0, err
}

// Suppressed finds what keeps an address from being written to: itself or its
// domain. False means that nothing does.
func (tx *Tx) Suppressed(ctx context.Context, ws sales.ID, address string) (sales.Suppression, bool, error) {
	return suppressed(ctx, tx, tx.s, ws, address)
}

// Suppressed is Tx.Suppressed outside a transaction.
func (s *Store) Suppressed(ctx context.Context, ws sales.ID, address string) (sales.Suppression, bool, error) {
	return suppressed(ctx, s.DB, s, ws, address)
}

func suppressed(ctx context.Context, q db.Querier, s *Store, ws sales.ID, address string) (sales.Suppression, bool, error) {
	for _, x := range []struct {
		kind  sales.SuppressionKind
		value string
	}{{sales.SuppressAddress, address}, {sales.SuppressDomain, sales.DomainOf(address)}} {
		if x.value == "" {
			continue
		}
		list, err := db.All(ctx, q, scanSuppression, sqlSuppressed, ws, x.kind, s.Keys.Hash(x.kind, x.value))
		if err != nil {
			return sales.Suppression{}, false, err
		}
		if len(list) > 0 {
			return list[0], true, nil
		}
	}
	return sales.Suppression{}, false, nil
}

// Suppressions lists what is on the list, the newest first, and the After of
// the next page.
func (s *Store) Suppressions(ctx context.Context, ws sales.ID, page Page) ([]sales.Suppression, string, error) {
	after := int64(1<<63 - 1)
	if id, err := sales.ParseID(page.After); err == nil {
		after = int64(id)
	}
	n := page.limit()
	list, err := db.All(ctx, s.DB, scanSuppression, sqlSuppressionAll, ws, after, n+1)
	if err != nil || len(list) <= n {
		return list, "", err
	}
	return list[:n], list[n-1].ID.String(), nil
}

// FindSuppressions finds exactly what is on the list: an address, a domain or a
// number in its normal form. After an erasure too, because it compares hashes.
func (s *Store) FindSuppressions(ctx context.Context, ws sales.ID, value string) ([]sales.Suppression, error) {
	var out []sales.Suppression
	for _, kind := range []sales.SuppressionKind{sales.SuppressAddress, sales.SuppressDomain, sales.SuppressNumber} {
		list, err := db.All(ctx, s.DB, scanSuppression, sqlSuppressed, ws, kind, s.Keys.Hash(kind, value))
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// Unsuppress takes something off the list.
func (tx *Tx) Unsuppress(ctx context.Context, ws, id sales.ID) error {
	_, err := tx.Exec(ctx, sqlSuppressionDrop, ws, id)
	return err
}

// Stop is why an address must not be written to.
type Stop struct {
	Reason sales.Reason // sales.EndBounced: the address does not work; else somebody said no
	Source string
}

// Why says it in words.
func (x Stop) Why() string { return string(x.Reason) + ", " + x.Source }

const sqlSuppressedIn = `SELECT hash, reason, source FROM suppressions WHERE workspace_id = ? AND kind = ? AND hash IN `

// SuppressedAmong gives, of some addresses, those that must not be written to,
// with the reason. What is said of a domain goes before what is said of an address.
func (s *Store) SuppressedAmong(ctx context.Context, q db.Querier, ws sales.ID, addresses []string) (map[string]Stop, error) {
	out := map[string]Stop{}
	for _, kind := range []sales.SuppressionKind{sales.SuppressAddress, sales.SuppressDomain} {
		of := map[string][]string{} // hash -> addresses
		for _, a := range addresses {
			value := a
			if kind == sales.SuppressDomain {
				value = sales.DomainOf(a)
			}
			h := string(s.Keys.Hash(kind, value))
			of[h] = append(of[h], a)
		}
		hashes := make([]string, 0, len(of))
		for h := range of {
			hashes = append(hashes, h)
		}
		for _, part := range chunks(hashes, 200) {
			a := []any{ws, kind}
			for _, h := range part {
				a = append(a, []byte(h))
			}
			_, err := db.All(ctx, q, func(r db.Scanner) (int, error) {
				var hash []byte
				var why Stop
				err := r.Scan(&hash, &why.Reason, &why.Source)
				for _, address := range of[string(hash)] {
					out[address] = why
				}
				return 0, err
			}, sqlSuppressedIn+db.In(len(part)), a...)
			if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}
