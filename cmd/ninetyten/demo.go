package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/app"
	"ninetyten/internal/config"
	"ninetyten/internal/practice"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox"
)

type demoCmd struct {
	Seed     uint64        `help:"The same seed gives the same world." default:"1"`
	Speed    string        `help:"World seconds a second (by default a day and a night pass in 90 seconds), or max: as fast as the machine can." default:"960"`
	For      time.Duration `help:"Run without a person for this long, then print a summary. With --speed max see --days." placeholder:"90s"`
	JSON     bool          `help:"Print the summary as JSON." name:"json"`
	Days     int           `help:"With --speed max: how many days of the world to run." default:"60"`
	Listen   string        `help:"Address of the pages." default:"127.0.0.1:8090"`
	Data     string        `help:"Folder to keep the world in; a temporary one by default." placeholder:"DIR"`
	Database string        `help:"postgres:// URL of an empty database, instead of the embedded one." placeholder:"URL"`
	LogLevel string        `help:"debug, info, warn or error." default:"warn" enum:"debug,info,warn,error"`
}

// Run runs the practice world.
func (c *demoCmd) Run(ctx context.Context) error {
	speed, err := c.speed()
	if err != nil {
		return err
	}
	alone := c.For > 0 || speed == 0
	kept := "the world is kept in " + c.Data
	if c.Data == "" {
		kept = "nothing of it is kept"
		dir, err := os.MkdirTemp("", "ninetyten-demo-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }() // a temporary folder
		c.Data = dir
	}
	if alone {
		c.Listen = "127.0.0.1:0"
	}
	log := app.Logger(c.LogLevel)
	p, err := practice.Open(ctx, practice.Options{
		Config: config.Config{Data: c.Data, Database: c.Database, Listen: c.Listen, Workers: 8, LogLevel: c.LogLevel},
		Seed:   c.Seed, Speed: speed, Alone: alone, App: app.Options{Log: log},
	})
	if err != nil {
		return err
	}
	defer closed(p)
	if alone {
		return c.alone(ctx, p, speed)
	}
	fmt.Printf("\n  The practice world is at %s%s\n\n", p.URL(), p.Login)
	fmt.Printf("  You are %s, one of three sellers. 240 people in 60 companies got or will get\n", p.Seller())
	fmt.Printf("  your mails; who answers comes to Next. A day and a night pass in %s.\n", passes(speed))
	fmt.Printf("  Press Ctrl-C to end it; %s.\n\n", kept)
	return p.Run(ctx)
}

// passes says how long a day and a night of the world last.
func passes(speed float64) string {
	if speed <= 0 {
		return "a moment"
	}
	switch s := 24 * 3600 / speed; {
	case s < 1.5:
		return "a second"
	case s < 120:
		return fmt.Sprintf("%.0f seconds", s)
	case s < 2*3600:
		return fmt.Sprintf("%.0f minutes", s/60)
	default:
		return fmt.Sprintf("%.0f hours", s/3600)
	}
}

func (c *demoCmd) speed() (float64, error) {
	if c.Speed == "max" {
		return 0, nil
	}
	n, err := strconv.ParseFloat(strings.TrimSuffix(c.Speed, "x"), 64)
	if err != nil || n <= 0 || n > 1e6 {
		return 0, sales.Errorf(sales.Invalid, "The speed %q is neither a number of world seconds a second nor max.", c.Speed)
	}
	return n, nil
}

// alone runs without a person and prints what became of it.
func (c *demoCmd) alone(ctx context.Context, p *practice.Practice, speed float64) error {
	var s sandbox.Summary
	var err error
	if speed == 0 {
		if err = p.RunLockstep(ctx, p.Clock.Now().AddDate(0, 0, c.Days)); err == nil {
			s, err = p.Summary(ctx)
		}
	} else {
		s, err = p.RunFor(ctx, c.For)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		b, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			return err
		}
		fmt.Println(string(b))
	} else {
		fmt.Printf("%d people, %d in sequences, %d mails sent, %d replies, %d handoffs, %d suppressed\n", s.People, s.Enrolled, s.Sent, s.Replies, s.Handoffs, s.Suppressed)
		fmt.Printf("sent twice %d, after an answer %d, after a stop %d, lost %d, misread %d\n", s.Duplicates, s.SentAfterAnswer, s.SentAfterStop, s.Lost, s.WrongVerdicts)
		fmt.Printf("from reply to handoff: median %.0f ms, 99 of 100 within %.0f ms\n", s.ReplyToHandoffMS.P50, s.ReplyToHandoffMS.P99)
	}
	if !s.Clean() {
		slog.Error("the run was not clean", "faults", s.Faults)
		return sales.Errorf(sales.Internal, "The run was not clean: see the faults above.")
	}
	return nil
}
