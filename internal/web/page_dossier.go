package web

import (
	"time"

	"ninetyten/internal/sales"
)

// DossierView is what is known of a person beyond their record.
type DossierView struct {
	PersonID  sales.ID
	FirstName string
	Account   string
	Brief     BriefView
	Asked     []AskedView
	Doubts    []string
	Facts     []DossierFact
	Missing   string   // what nobody known at the account does
	Path      []string // how one came to another
	Research  ResearchView
}

// BriefView is the brief on top.
type BriefView struct {
	Sentences []BriefSentence
	Lines     []BriefLine
	By        string // "By rules" or "By mistral-small", and when
	Refused   string // why what a model wrote was not taken
}

// BriefSentence is one sentence with the numbers of its lines.
type BriefSentence struct {
	Text  string
	Cites []int
}

// BriefLine is one thing that the brief rests on.
type BriefLine struct {
	Text, From, Href string
	Away             bool // the link leaves the program
	At               time.Time
}

// AskedView is something that they asked.
type AskedView struct {
	Text, Href string
	At         time.Time
	Answered   string // "answered 3 Mar 10:12"; "" is not yet
}

// DossierFact is one thing that is known of the account.
type DossierFact struct {
	Label, Value string
	From, Href   string // "their site, 6 days", and its address
	Stale        bool
	Against      string
}

// ResearchView is what was done to learn about the account.
type ResearchView struct {
	PersonID sales.ID
	CanAsk   bool
	Waits    bool
	Says     string // what came of it, and when
	Trouble  bool
	Again    bool // it was read before
	Pages    []sales.PageVisit
}

// StoryChapter is a stretch of time of a story.
type StoryChapter struct {
	Title     string
	Sentences []StorySentence
}

// StorySentence is one sentence with the lines of the ledger behind it.
type StorySentence struct {
	Text  string
	Actor sales.Actor
	At    time.Time
	Since time.Time // differs from At when it tells of several days
	Lines []StoryLine
}

// whole tells whether the sentence says all that its line says.
func (s StorySentence) whole() bool { return len(s.Lines) == 1 }

// ResearchPage is the settings of research.
type ResearchPage struct {
	Shell
	Mode    sales.ResearchMode
	CanSet  bool
	CanFeed bool
	Feeds   []FeedRow
	URL     string // as it was typed
	Problem string
}

// FeedRow is one news feed.
type FeedRow struct {
	ID         sales.ID
	Title, URL string
	ReadAt     time.Time
	Problem    string
	Found      int
	By         string
}
