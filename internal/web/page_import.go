package web

import (
	"time"

	"ninetyten/internal/sales"
)

// ImportPage takes a file and lists the imports before.
type ImportPage struct {
	Shell
	Problem string
	Past    []ImportRow
	MaxSize int64 // bytes
}

// ImportRow is one import of the past.
type ImportRow struct {
	ID       sales.ID
	File     string
	By       string // how large it is
	At       time.Time
	Text     string // "212 added, 14 changed, 3 left out"
	Finished bool   // else it waits for a mapping or still runs
}

// ImportMapPage asks what each column of the file means.
type ImportMapPage struct {
	Shell
	ID       sales.ID
	File     string
	Rows     int    // lines below the head; 0 is not counted
	Read     string // how the file was read: "UTF-16, separated by semicolons"
	Columns  []ImportColumn
	Targets  []Option // what a column can mean; "" is leave out
	Owners   []Option // whom new people can belong to; empty: the viewer
	Owner    string
	Country  string // ISO code for phone numbers without one
	Findings []Finding
	Problem  string
}

// ImportColumn is one column with some of what is in it.
type ImportColumn struct {
	Name    string
	Index   int
	Samples []string
	Target  string // the guess, or the choice
}

// ImportPreviewPage says what each row would do before anything happens.
type ImportPreviewPage struct {
	Shell
	ID                           sales.ID
	File                         string
	Added, Changed, Same, LeftOf int
	Rows                         []ImportPreviewRow
	NextHref                     string
	Whole                        bool // the numbers are those of the whole file
	Findings                     []Finding
}

// ImportPreviewRow is one line of the file and what it would do.
type ImportPreviewRow struct {
	Line    int
	Name    string
	Account string
	What    Tag // "New", "Changes 2 fields", "Left out"
	Why     string
}

// ImportResultPage says what an import did.
type ImportResultPage struct {
	Shell
	ID                           sales.ID
	File                         string
	Running                      bool
	Rows                         int // read so far
	Done, Total                  int // bytes
	Added, Changed, Same, LeftOf int
	GoOn                         bool            // the first run is not over: show the way back to it
	Problem                      string          // why it broke off
	Problems                     []ImportProblem // the first remarks on rows
	More                         int             // remarks that are not shown
	ProblemsHref                 string          // all of them as CSV
}

// ImportProblem is a remark on one line.
type ImportProblem struct {
	Line int
	What string // "Left out", "Came in"
	Left bool
	Text string
}
