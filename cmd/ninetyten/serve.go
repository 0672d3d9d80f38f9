package main

import (
	"context"
	"fmt"
	"os"

	"ninetyten/internal/app"
	"ninetyten/internal/config"
)

type serveCmd struct {
	config.Config `embed:""`
}

// Run serves until the program is told to stop.
func (c *serveCmd) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.Config, app.Options{})
	if err != nil {
		return err
	}
	defer closed(a)
	l, err := a.Listen()
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "Ninetyten is at http://%s/\n", l.Addr())
	if a.SetupCode != "" {
		fmt.Fprintf(os.Stderr, "The first visit makes the owner. From another machine it asks for this code: %s\n", a.SetupCode)
	}
	return a.Run(ctx, l)
}

type migrateCmd struct {
	config.Config `embed:""`
}

// Run migrates: opening does.
func (c *migrateCmd) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.Config, app.Options{})
	if err != nil {
		return err
	}
	fmt.Println("The database is up to date.")
	return a.Close()
}
