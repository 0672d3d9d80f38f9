// Package db opens a SQLite file or a PostgreSQL database and runs one SQL
// text on either. It owns connections, transactions with retry, placeholders,
// statement caching, value conversion, bulk inserts, notifications, migrations
// and backups. It knows no table and imports nothing else of this program.
//
// What always holds:
//
//   - SQL is written with ? placeholders in the common subset of both
//     databases; the few texts that must differ are a Per.
//   - On SQLite there is one writer connection; who waits for it is served in
//     the order of arrival. Inside a transaction use its *Tx and nothing else:
//     asking the *DB for the writer there would wait for oneself.
//   - A function given to InTx may run more than once, so it has no side
//     effects outside the transaction.
//   - An error whose cause is the database itself is a *Trouble; every other stays
//     as the driver gave it.
//   - Arguments are made plain before they reach a driver: a time.Time becomes
//     microseconds (Micros), a named type its underlying value, nil pointers
//     NULL, and text becomes valid UTF-8 without NUL, which PostgreSQL demands.
package db
