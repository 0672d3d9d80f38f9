package bench

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
)

// Intake measures the reading of mail: parsing and classifying beside a bare
// parse by enmime; a whole mailbox from Dovecot into the database beside mbsync;
// and the memory that a full mailbox and very big mails take.
func Intake(ctx context.Context, o Options) (Result, error) {
	o.N, o.Size, o.Runs = orElse(o.N, 10_000), orElse(o.Size, 10<<10), orElse(o.Runs, 5)
	list, stop, notes, err := databases(ctx, o.Database)
	if err != nil {
		return Result{}, err
	}
	defer stop()
	read, err := readMails(ctx, o)
	if err != nil {
		return Result{}, fmt.Errorf("read: %w", err)
	}
	cases, aims := []Result{read}, readAims(read)
	more, err := fromServer(ctx, o, list)
	switch {
	case errors.Is(err, errNoDovecot), errors.Is(err, errNoMbsync):
		notes = append(notes, "only a part was measured: "+err.Error())
	case err != nil:
		return Result{}, err
	}
	for i, c := range more {
		if i == len(more)-1 {
			aims = append(aims, memoryAims(c, o.N)...)
			continue
		}
		aims = append(aims, Aim{What: c.Case + " beside mbsync", Want: "at least 2.00", Is: c.Peers[0].Ratio, Holds: c.Peers[0].Ratio >= 2})
	}
	top := headline(append(cases, more...))
	top.Notes, top.Aims = notes, aims
	return top, nil
}

// fromServer measures the cases that need an IMAP server: a mailbox into each
// database, and the memory with the first.
func fromServer(ctx context.Context, o Options, list []*database) ([]Result, error) {
	if _, err := exec.LookPath("mbsync"); err != nil {
		return nil, errNoMbsync
	}
	imap, err := startDovecot(ctx)
	if err != nil {
		return nil, err
	}
	defer imap.stop()
	if o.Profile != "" {
		o.Profile += ".store"
	}
	var out []Result
	for _, d := range list {
		c, err := storeMails(ctx, o, d, imap)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Case, err)
		}
		out = append(out, c)
		o.Profile = ""
	}
	c, err := memoryOf(ctx, o, list[0], imap)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Case, err)
	}
	return append(out, c), nil
}
