package bench

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// database is where a bench keeps its rows.
type database struct {
	name    string   // sqlite or postgres
	cluster *cluster // nil for SQLite and for one that the caller named
	fixed   string   // the address that the caller named
}

// cpu is what the database uses outside of this process; 0 when that is unknown.
func (d *database) cpu() time.Duration {
	if d.cluster == nil {
		return 0
	}
	return d.cluster.cpu()
}

// databases gives those to measure on. Close ends what was started for it.
func databases(ctx context.Context, choice string) (list []*database, closeAll func(), notes []string, err error) {
	closeAll = func() {}
	switch {
	case strings.Contains(choice, "://"):
		return []*database{{name: "postgres", fixed: choice}}, closeAll, nil, nil
	case choice != "" && choice != "sqlite" && choice != "postgres":
		return nil, closeAll, nil, sales.Errorf(sales.Invalid, "The database is %q; say sqlite, postgres, or the postgres:// address of an empty one.", choice)
	}
	if choice != "postgres" {
		list = append(list, &database{name: "sqlite"})
	}
	if choice == "sqlite" {
		return list, closeAll, nil, nil
	}
	c, err := startCluster(ctx)
	switch {
	case err == nil:
		list = append(list, &database{name: "postgres", cluster: c})
		closeAll = c.stop
		notes = append(notes, "PostgreSQL with "+strings.Join(clusterSettings(), ", "))
	case choice == "postgres" || ctx.Err() != nil:
		return nil, closeAll, nil, sales.WrapError(sales.Unavailable, err, "There is no PostgreSQL to measure on. Install the package postgresql, or name one with --database.")
	default:
		notes = append(notes, "without PostgreSQL: "+err.Error())
	}
	return list, closeAll, notes, nil
}

// open opens an empty database, and gives how to open it once more, as another
// node would, and how to remove it.
func (d *database) open(ctx context.Context) (one *db.DB, again func(context.Context) (*db.DB, error), remove func(), err error) {
	url := d.fixed
	remove = func() {}
	switch {
	case d.cluster != nil:
		if url, err = d.cluster.create(ctx); err != nil {
			return nil, nil, remove, err
		}
		remove = func() { d.cluster.drop(context.WithoutCancel(ctx), url) }
	case d.fixed == "":
		dir, err := os.MkdirTemp("", "ninetyten-bench-")
		if err != nil {
			return nil, nil, remove, err
		}
		url = filepath.Join(dir, "bench.db")
		remove = func() { _ = os.RemoveAll(dir) } // a temporary folder
	}
	again = func(ctx context.Context) (*db.DB, error) { return db.Open(ctx, url) }
	if one, err = again(ctx); err != nil {
		remove()
		return nil, nil, func() {}, err
	}
	return one, again, remove, nil
}
