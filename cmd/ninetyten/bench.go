package main

import (
	"context"
	"encoding/json"
	"fmt"

	"ninetyten/internal/bench"
)

type benchCmd struct {
	Name     string `arg:"" help:"send: durable sends to a sink on this machine. pages: what the Next page costs with many people."`
	JSON     bool   `help:"Print JSON." name:"json"`
	N        int    `help:"How many; each bench has its own default." short:"n"`
	Size     int    `help:"Bytes of a mail." default:"2048"`
	Boxes    int    `help:"Mailboxes." default:"1"`
	Conns    int    `help:"Connections of a mailbox." default:"10"`
	Runs     int    `help:"Medians are of this many runs."`
	Database string `help:"postgres:// URL of an empty database; the embedded one by default." placeholder:"URL"`
	Profile  string `help:"Write a CPU profile to this file." placeholder:"FILE"`
}

// Run measures.
func (c *benchCmd) Run(ctx context.Context) error {
	res, err := bench.Run(ctx, c.Name, bench.Options{N: c.N, Size: c.Size, Boxes: c.Boxes, Conns: c.Conns, Runs: c.Runs, Database: c.Database, Profile: c.Profile})
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
