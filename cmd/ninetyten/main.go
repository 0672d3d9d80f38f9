// Command ninetyten is the whole product in one program: the pages, the
// machinery, the practice world and the tools around them. The commands hold no
// logic; they open internal/app and call it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	_ "time/tzdata" // zones on machines without a zone database

	"github.com/alecthomas/kong"

	"ninetyten/internal/sales"
)

// cli is every command.
type cli struct {
	Serve    serveCmd    `cmd:"" help:"Run the product: pages, sending, reading."`
	Demo     demoCmd     `cmd:"" help:"Run the product inside a practice world with invented people who answer."`
	Migrate  migrateCmd  `cmd:"" help:"Bring the database schema up to date, and stop."`
	DB       dbCmd       `cmd:"" name:"db" help:"Work on databases."`
	User     userCmd     `cmd:"" help:"Work on users."`
	Import   importCmd   `cmd:"" help:"Import people from a CSV file."`
	Classify classifyCmd `cmd:"" help:"Say what mails are: one JSON line a mail."`
	Exam     examCmd     `cmd:"" help:"Measure the reading of mail on a folder of labelled sets."`
	Bench    benchCmd    `cmd:"" help:"Measure speed."`
	Doctor   doctorCmd   `cmd:"" help:"Look for what is wrong with an installation, and say what to do."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// heapFloor counts as live memory without being any: nothing is ever written to it,
// so the system gives no page for it. The collector, which begins when the heap is
// twice what lives, then runs seldom while little lives, as when mail is sent, and
// the heap is at most this much larger than it would be. (A larger GOGC would let
// it grow with what lives, and a soft limit would run it all the time when more
// than that lives, as when a mail of 30 MB is read.)
const heapFloor = 20 << 20

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	heap := make([]byte, heapFloor)
	status := run(ctx, os.Args[1:])
	runtime.KeepAlive(heap)
	os.Exit(status)
}

// run parses the arguments and runs the command; it gives the exit status.
func run(ctx context.Context, args []string) int {
	var c cli
	parser, err := kong.New(&c, kong.Name("ninetyten"), kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Description("Sequences that run by themselves over the seller's own mailbox, and a queue that serves one person at a time."))
	if err != nil {
		fmt.Fprintln(os.Stderr, "ninetyten:", err)
		return 2
	}
	k, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, "ninetyten:", err)
		fmt.Fprintln(os.Stderr, "Try: ninetyten --help")
		return 2
	}
	if err := k.Run(); err != nil {
		say(err)
		return 1
	}
	return 0
}

// say prints an error for a person at a terminal: what to do first, the cause
// after it.
func say(err error) {
	var e *sales.Error
	if errors.As(err, &e) {
		fmt.Fprintln(os.Stderr, "ninetyten:", e.Msg)
		if e.Err != nil {
			fmt.Fprintln(os.Stderr, "  cause:", e.Err)
		}
		return
	}
	fmt.Fprintln(os.Stderr, "ninetyten:", err)
}

// closed closes at the end of a command and says when that went wrong.
func closed(c io.Closer) {
	if err := c.Close(); err != nil {
		say(err)
	}
}
