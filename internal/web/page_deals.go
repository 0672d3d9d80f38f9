package web

import (
	"time"

	"ninetyten/internal/sales"
)

// DealCard is one deal on the board, in a list, or beside a person.
type DealCard struct {
	ID            sales.ID
	Version       int64
	Name, Account string
	AccountID     sales.ID
	Stage, Amount string
	Close         time.Time // the day, zero is none
	Next          string
	NextOn        time.Time
	Owner         string // "" is the viewer
	Move          MoveMark
	Balance       Balance
	Tags          []Tag
	Back, On      StageStep // the stages beside it; no ID is none
}

// StageStep is a stage that a deal can be put into.
type StageStep struct {
	ID, Name string
	Meaning  sales.Meaning
	Current  bool
	Past     bool // before the current one
}

// DealColumn is one stage of the board.
type DealColumn struct {
	StageStep
	Cards []DealCard
	N     int
	Sums  []string // one a currency
	Help  string   // "closed in the last 30 days"
	More  string   // the list of all of them; "" is: all are shown
}

// DealsPage is the pipeline, as a board or as a list.
type DealsPage struct {
	Shell
	List     bool
	Query    string
	Show     string
	Owner    string
	Owners   []Option
	Views    []Tab
	Filters  []Chip
	Keep     []Hidden
	Columns  []DealColumn
	Rows     []DealCard
	Sums     []DealColumn
	NextHref string
	Filtered bool
	None     bool // there is no deal at all
}

// DealPerson is somebody at an account or in a deal.
type DealPerson struct {
	ID            sales.ID
	Name, Title   string
	Initials      string
	Role          string
	NamedBy       string // who named them
	NamedByID     sales.ID
	Move          MoveMark
	Balance       Balance
	Answered      bool
	OtherAccount  string // where they are, when it is not this account
	CanBeTakenOut bool
}

// DealForm is the form of a deal.
type DealForm struct {
	ID        sales.ID
	Version   int64
	PersonID  sales.ID
	AccountID sales.ID // 0: the account is typed
	Values    map[string]string
	Owners    []Option
	Stages    []Option
	Problem   string
	Titled    string
}

func (f DealForm) field(name, label, help string) Field {
	return Field{ID: "deal-" + name, Name: name, Label: label, Value: f.Values[name], Help: help}
}

func (f DealForm) typed(name, label, kind, help string) Field {
	x := f.field(name, label, help)
	x.Type = kind
	return x
}

// DealFormPage is the page to begin a deal.
type DealFormPage struct {
	Shell
	Form DealForm
}

// DealPage is the record of a deal.
type DealPage struct {
	Shell
	Card       DealCard
	Meaning    sales.Meaning
	Ended      string // when and why it was won or lost
	Steps      []StageStep
	People     []DealPerson
	Missing    []string
	Candidates []Option // who could be put into it
	Reasons    []Option
	Story      []StoryLine
	Form       DealForm
	LostStage  string
	WonStage   string
	LostReason string
	LostText   string
	Problem    string
	InNext     bool // the next step is a task
}

// AccountsPage lists accounts.
type AccountsPage struct {
	Shell
	Query    string
	Owner    string
	Owners   []Option
	Filters  []Chip
	Keep     []Hidden
	Rows     []AccountRow
	NextHref string
	Filtered bool
	First    bool
}

// AccountRow is one account in a list.
type AccountRow struct {
	ID           sales.ID
	Name, Domain string
	People       int
	Deals        string // "2 open, 25,000 EUR"
	Owner        string
	Move         MoveMark
	Balance      Balance
}

// AccountPage is the record of an account.
type AccountPage struct {
	Shell
	Account    sales.Account
	Owner      string
	LocalTime  string
	Move       MoveMark
	Balance    Balance
	People     []DealPerson
	MorePeople string // the list of all of them; "" is: all are shown
	Missing    []string
	Deals      []DealCard
	Story      []StoryLine
	Facts      []Fact
	Form       AccountForm
	CanArchive bool
}

// AccountForm is the form of an account.
type AccountForm struct {
	ID      sales.ID
	Values  map[string]string
	Owners  []Option
	Problem string
}

func (f AccountForm) field(name, label, help string) Field {
	return Field{ID: "account-" + name, Name: name, Label: label, Value: f.Values[name], Help: help}
}

// AccountFormPage is the page to add an account.
type AccountFormPage struct {
	Shell
	Form AccountForm
}

// PipelinePage are the stages of deals in the settings.
type PipelinePage struct {
	Shell
	Rows    []PipelineRow
	Reasons string // one a line
	CanEdit bool
	Problem string
}

// PipelineRow is one stage in the form.
type PipelineRow struct {
	ID, Name string
	Meaning  sales.Meaning
	Deals    int
}

// WeightsPage is what moves weigh, in the settings.
type WeightsPage struct {
	Shell
	Rows    []WeightRow
	CanEdit bool
	Changed int
	Problem string
}

// WeightRow is one kind of move.
type WeightRow struct {
	Kind                 sales.MoveKind
	Says                 string
	Seller, Buyer, Saved string
	Usual                string // the weights of the table, where these differ from it
}
