package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"ninetyten/internal/app"
	"ninetyten/internal/auth"
	"ninetyten/internal/config"
	"ninetyten/internal/exam"
	"ninetyten/internal/importer"
	"ninetyten/internal/sales"
)

type dbCmd struct {
	Copy    dbCopyCmd    `cmd:"" help:"Copy an installation into an empty PostgreSQL database."`
	Rebuild dbRebuildCmd `cmd:"" help:"Compute the counters from the ledger anew."`
	Backup  dbBackupCmd  `cmd:"" help:"Write a copy of the embedded database, while it is in use."`
}

type dbCopyCmd struct {
	config.Config `embed:""`
	To            string `help:"postgres:// URL of an empty database." required:"" placeholder:"URL"`
}

// Run copies.
func (c *dbCopyCmd) Run(ctx context.Context) error {
	return app.CopyDatabase(ctx, c.Config, c.To, func(table string, rows int) {
		fmt.Printf("%-14s %d rows\n", table, rows)
	})
}

type dbRebuildCmd struct {
	config.Config `embed:""`
}

// Run rebuilds the counters of every workspace.
func (c *dbRebuildCmd) Run(ctx context.Context) error {
	return with(ctx, c.Config, func(a *app.App) error {
		all, err := a.Store.Workspaces(ctx)
		if err != nil {
			return err
		}
		for _, w := range all {
			if err := a.Store.RebuildCounters(ctx, w.ID); err != nil {
				return err
			}
			fmt.Printf("%s: the counters are rebuilt.\n", w.Name)
		}
		return nil
	})
}

type dbBackupCmd struct {
	config.Config `embed:""`
	File          string `arg:"" help:"Where to write the copy. It must not exist."`
}

// Run writes a backup.
func (c *dbBackupCmd) Run(ctx context.Context) error {
	return with(ctx, c.Config, func(a *app.App) error {
		if err := a.Store.DB.Backup(ctx, c.File); err != nil {
			return err
		}
		fmt.Printf("Written to %s. Keep %s with it: without that key no mailbox password can be read.\n", c.File, c.SecretPath())
		return nil
	})
}

// with opens the program for a command.
func with(ctx context.Context, c config.Config, fn func(*app.App) error) error {
	a, err := app.Open(ctx, c, app.Options{Log: app.Logger("warn")})
	if err != nil {
		return err
	}
	defer closed(a)
	return fn(a)
}

type userCmd struct {
	Add  userAddCmd  `cmd:"" help:"Add a user and print a link with which they choose their password."`
	Link userLinkCmd `cmd:"" help:"Print a new link for somebody who lost their password."`
	List userListCmd `cmd:"" help:"List the users."`
}

type userAddCmd struct {
	config.Config `embed:""`
	Email         string `arg:""`
	Name          string `help:"Name of the user." required:""`
	Role          string `help:"owner, admin, manager or seller." default:"seller" enum:"owner,admin,manager,seller"`
	Workspace     string `help:"Name of the company, when this is the first user." default:"My company"`
	Password      string `help:"Password of the first user." env:"NINETYTEN_PASSWORD"`
}

// Run adds a user: the first is the owner.
func (c *userAddCmd) Run(ctx context.Context) error {
	return with(ctx, c.Config, func(a *app.App) error {
		any, err := a.Store.AnyUser(ctx)
		if err != nil {
			return err
		}
		if !any {
			u, err := a.Auth.SetUp(ctx, auth.NewOwner{Workspace: c.Workspace, Name: c.Name, Email: c.Email, Password: c.Password, PublicURL: c.PublicURL}, a.Clock.Now())
			if err != nil {
				return err
			}
			fmt.Printf("%s is the owner and can log in.\n", u.Email)
			return nil
		}
		owner, err := a.FirstOwner(ctx)
		if err != nil {
			return err
		}
		_, token, err := a.Auth.Invite(ctx, owner, c.Name, c.Email, sales.Role(c.Role), "", a.Clock.Now())
		if err != nil {
			return err
		}
		fmt.Printf("Give %s this link, good for a week and once:\n%s/invite/%s\n", c.Name, a.URL(ctx), token)
		return nil
	})
}

type userLinkCmd struct {
	config.Config `embed:""`
	Email         string `arg:""`
}

// Run makes a link for a user.
func (c *userLinkCmd) Run(ctx context.Context) error {
	return with(ctx, c.Config, func(a *app.App) error {
		u, err := a.Store.UserByEmail(ctx, strings.ToLower(c.Email))
		if err != nil {
			return err
		}
		owner, err := a.FirstOwner(ctx)
		if err != nil {
			return err
		}
		token, err := a.Auth.InviteLink(ctx, owner, u.ID)
		if err != nil {
			return err
		}
		fmt.Printf("%s/invite/%s\n", a.URL(ctx), token)
		return nil
	})
}

type userListCmd struct {
	config.Config `embed:""`
}

// Run lists the users.
func (c *userListCmd) Run(ctx context.Context) error {
	return with(ctx, c.Config, func(a *app.App) error {
		all, err := a.Store.Workspaces(ctx)
		if err != nil {
			return err
		}
		for _, w := range all {
			team, err := a.Store.Users(ctx, w.ID)
			if err != nil {
				return err
			}
			for _, u := range team {
				state := ""
				if u.Disabled {
					state = "closed"
				}
				fmt.Printf("%-24s %-8s %-34s %s %s\n", w.Name, u.Role, u.Email, u.Name, state)
			}
		}
		return nil
	})
}

type importCmd struct {
	config.Config `embed:""`
	File          string   `arg:"" help:"CSV file; - is standard input." type:"path"`
	Owner         string   `help:"Address of the user to whom the people belong; the owner by default."`
	Map           []string `help:"COLUMN=field for each column that is not guessed right, for example 'Work mail=email'." placeholder:"COLUMN=FIELD"`
	DryRun        bool     `help:"Say what would be done, and do nothing."`
}

// Run imports.
func (c *importCmd) Run(ctx context.Context) error {
	return with(ctx, c.Config, func(a *app.App) error {
		res, err := a.ImportFile(ctx, c.File, c.Owner, c.Map, c.DryRun, func(p importer.Progress) {
			fmt.Fprintf(os.Stderr, "\r%d rows", p.Rows)
		})
		fmt.Fprintln(os.Stderr)
		for _, x := range res.Problems {
			fmt.Fprintf(os.Stderr, "line %d: %s\n", x.Line, x.Text)
		}
		if err != nil {
			return err
		}
		res.Problems = nil
		b, err := json.Marshal(res)
		fmt.Println(string(b))
		return err
	})
}

type classifyCmd struct {
	Files []string `arg:"" optional:"" help:"Mails, one a file; - is standard input."`
	Text  bool     `help:"The files are bodies without headers."`
	JSONL bool     `help:"The files are lines of {\"id\",\"subject\",\"text\"|\"html\"}." name:"jsonl"`
	Why   bool     `help:"Print what spoke for the verdict, to be read by people."`
}

// Run classifies.
func (c *classifyCmd) Run() error {
	return exam.Lines(os.Stdout, c.Files, exam.LineOptions{Text: c.Text, JSONL: c.JSONL, Why: c.Why, In: os.Stdin})
}

type examCmd struct {
	Dir  string `arg:"" help:"Folder with one folder a set." type:"existingdir"`
	Miss string `help:"List what is read otherwise than the set says: the name of a set, or all." placeholder:"SET"`
}

// Run measures.
func (c *examCmd) Run() error {
	if c.Miss != "" {
		return exam.Explain(os.Stdout, c.Dir, c.Miss)
	}
	return exam.Run(os.Stdout, c.Dir)
}

type doctorCmd struct {
	config.Config `embed:""`
	Mailboxes     bool `help:"Try every mailbox out: log in both ways, send a mail to itself and find it."`
}

// Run looks for what is wrong.
func (c *doctorCmd) Run(ctx context.Context) error {
	return app.Doctor(ctx, c.Config, os.Stdout, c.Mailboxes)
}

type versionCmd struct{}

// Run prints the version that the build recorded.
func (versionCmd) Run() error {
	fmt.Println("ninetyten", version())
	return nil
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	out := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			out += " " + s.Value[:min(12, len(s.Value))]
		}
	}
	return out + " " + info.GoVersion
}
