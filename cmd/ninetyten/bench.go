package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"ninetyten/internal/bench"
)

type benchCmd struct {
	Name     string `arg:"" help:"send: durable sends to a sink on this machine. pick: all that a due mail costs but SMTP, beside a bare loop. scale: the cost of a mail with ever more enrollments. nodes: one to three nodes on one PostgreSQL. memory: the peak with a million enrollments. shards: what 100,000 sellers ask of several PostgreSQLs. pages: what the Next page costs with many people. serve: Next with 200,000 people, 20,000 who wait and 100 sellers who ask at once. intake: reading mail, beside enmime and mbsync, and the memory that it takes. invariants: years of simulated time, and whether what must always hold does."`
	JSON     bool   `help:"Print JSON." name:"json"`
	N        int    `help:"How many; each bench has its own default." short:"n"`
	Size     int    `help:"Bytes of a mail; 2048, for send 2048 and 8192."`
	Boxes    int    `help:"Mailboxes; for send 1 and 50."`
	Conns    int    `help:"Connections of a mailbox; for send in all."`
	Runs     int    `help:"Medians are of this many runs; mostly 5."`
	Full     bool   `help:"The sizes that take long: scale to 10,000,000."`
	Database string `help:"sqlite, postgres (one of its own) or the postgres:// URL of an empty one; each that there is by default." placeholder:"NAME"`
	Profile  string `help:"Write a CPU profile of our first run to this file." placeholder:"FILE"`

	Enrollments int     `help:"invariants: enrollments in all; 100,000." group:"invariants"`
	Days        int     `help:"invariants: days of simulated time; 365." group:"invariants"`
	Seed        uint64  `help:"invariants: what the worlds are made from." group:"invariants" default:"1"`
	Worlds      int     `help:"invariants: how many databases the enrollments are spread over; one for each 25,000." group:"invariants"`
	Trouble     float64 `help:"invariants: how much goes wrong; 1 is a very bad year, 0.2 by default." group:"invariants"`
}

// Run measures.
func (c *benchCmd) Run(ctx context.Context) error {
	o := bench.Options{
		N: c.N, Size: c.Size, Boxes: c.Boxes, Conns: c.Conns, Runs: c.Runs, Full: c.Full, Database: c.Database, Profile: c.Profile,
		Days: c.Days, Seed: c.Seed, Worlds: c.Worlds, Trouble: c.Trouble, Say: func(line string) { fmt.Fprintln(os.Stderr, line) },
	}
	if c.Enrollments > 0 {
		o.N = c.Enrollments
	}
	res, err := bench.Run(ctx, c.Name, o)
	if err != nil {
		return err
	}
	if !c.JSON {
		fmt.Print(res)
		return nil
	}
	b, err := json.MarshalIndent(res, "", "  ")
	if err == nil {
		fmt.Println(string(b))
	}
	return err
}
