package web

import (
	"time"

	"ninetyten/internal/sales"
)

// SnippetsPage lists the snippets.
type SnippetsPage struct {
	Shell
	CanEdit bool
	Rows    []SnippetRow
}

// SnippetRow is one snippet with what uses it.
type SnippetRow struct {
	ID   sales.ID
	Name string
	Text string // how it begins
	Uses []Use
}

// SnippetPage shows or edits a snippet.
type SnippetPage struct {
	Shell
	ID      sales.ID // 0 is a new one
	CanEdit bool
	Stored  string // the name that it has
	Name    string
	Body    string
	Errors  map[string]string
	Problem string
	Uses    []Use
	Fields  []Option // to insert
	Shown   string   // how it reads for an invented person; "" is not asked for
}

// FilesPage lists the files that mails carry.
type FilesPage struct {
	Shell
	Rows    []FileRow
	Max     int64 // bytes of a file
	Problem string
}

// FileRow is one file with the steps that attach it.
type FileRow struct {
	ID        sales.ID
	Name      string
	Size      string
	By        string
	At        time.Time
	Uses      []Use
	CanDelete bool
}

func newSnippetAction(can bool) Action {
	if !can {
		return Action{}
	}
	return Action{Label: "New snippet", Icon: "plus", Href: "/settings/snippets/new", Main: true, Key: "Enter"}
}

func snippetActions(p SnippetPage) []Action {
	if p.ID == 0 || !p.CanEdit || len(p.Uses) > 0 {
		return nil
	}
	return []Action{{Label: "Delete", Danger: true, Post: path("/settings/snippets", p.ID, "delete"), Confirm: "Delete the snippet " + p.Stored + "? This cannot be taken back."}}
}

func (p SnippetPage) title() string { return pick(p.ID > 0, p.Stored, "New snippet") }
