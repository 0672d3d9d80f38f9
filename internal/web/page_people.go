package web

import (
	"time"

	"ninetyten/internal/sales"
)

// PeoplePage lists people, with a search and filters that read as sentences.
type PeoplePage struct {
	Shell
	Query     string
	Filters   []Chip
	Rows      []PersonRow
	NextHref  string // the next rows; "" is no more
	Sequences []Option
	Into      string   // the sequence that people are chosen for, preselected
	Keep      []Hidden // the filters that are on, which a search keeps
	Filtered  bool     // a search or filter is on: empty means nothing matches
	InAny     []Option // sequences that the list can be narrowed to
	In, Owner string   // to which sequence and whose people it is
	Owners    []Option // whose people can be shown; empty: one's own alone
	Count     int      // who match, up to 10,001
	First     bool     // these are the first rows
	Back      string   // the address of this list
}

// PersonRow is one person in a list.
type PersonRow struct {
	ID             sales.ID
	Name, Initials string
	Title, Account string
	AccountID      sales.ID
	Chosen         bool // its box is ticked
	Email          string
	Tag            Tag // dead address, suppressed; empty is none
	Move           MoveMark
	Balance        Balance // without its lines
	In             string  // the sequence they are in
	Owner          string
	LastAt         time.Time // the last thing that happened
}

// PersonPage is the record of one person, which is the dossier.
type PersonPage struct {
	Shell
	Head       PersonHead
	Balance    Balance
	Acts       PersonActs
	Running    []EnrollmentView
	Sequences  []Option // into which they can be put
	Tasks      []TaskView
	Threads    []ThreadRow
	Story      []StoryChapter
	StoryNext  string // older lines; "" is no more
	Colleagues []Colleague
	Facts      []Fact
	Custom     []Fact
	Talk       TalkView
	Deals      []DealCard // in which they take part
	AccountID  sales.ID
	Dossier    DossierView
}

// PersonForm is the page to add or edit a person.
type PersonForm struct {
	Shell
	ID       sales.ID // 0 is a new person
	ThreadID sales.ID // a thread that becomes theirs
	Values   map[string]string
	Custom   []Fact // fields of the workspace: Label is the name
	Owners   []Option
	Errors   map[string]string
	Problem  string
	Stages   []Option // that they can have
}

func (p PersonForm) field(name, label string) Field {
	return Field{Name: name, Label: label, Value: p.Values[name], Error: p.Errors[name]}
}

// EnrolPage is the preview before people are put into a sequence.
type EnrolPage struct {
	Shell
	SequenceID   sales.ID
	Sequence     string
	Running      bool // it runs: the first mails go as soon as they may
	Groups       []EnrolGroup
	YesN, NoN    int
	FirstMailing string // "tomorrow 08:30 in Lisbon"
	Back         string
	Portion      string // which part of a long list this is; "" is all of it
	Next         string // the page of the next part; "" is none
}

// EnrolGroup are people of a preview to whom the same happens.
type EnrolGroup struct {
	Label string
	Help  string // what to do about it
	Yes   bool
	Open  bool
	Rows  []EnrolRow
}

// EnrolRow says whether one person goes in, and why not.
type EnrolRow struct {
	ID      sales.ID
	Name    string
	Account string
	Yes     bool
	Why     string // why not; or when the first step comes
}

func (p PersonForm) typed(name, label, kind, help string) Field {
	f := p.field(name, label)
	f.Type, f.Help = kind, help
	return f
}
