package sales

import "time"

// FactKind is what a fact is about.
type FactKind string

// The kinds of a fact. What a person's record and their mails say has kinds of
// its own: it is compared, never stored here.
const (
	FactAbout     FactKind = "about"     // what they say they do
	FactName      FactKind = "name"      // the organisation's own name
	FactLegal     FactKind = "legal"     // its legal name
	FactFounded   FactKind = "founded"   // the year, or the date
	FactEmployees FactKind = "employees" // how many, as told
	FactPlace     FactKind = "place"     // an address or a town
	FactProduct   FactKind = "product"
	FactHiring    FactKind = "hiring" // an open role, or how many there are
	FactTech      FactKind = "tech"   // what their site is built with
	FactMail      FactKind = "mail"   // who carries their mail
	FactLink      FactKind = "link"   // another page of theirs: LinkedIn, a register
	FactPhone     FactKind = "phone"
	FactNews      FactKind = "news"    // of a feed
	FactTitle     FactKind = "title"   // of a person
	FactDomain    FactKind = "domain"  // of the organisation
	FactCountry   FactKind = "country" // where a person is
)

// FactSource is where a fact comes from.
type FactSource string

// The sources of a fact.
const (
	FromSite      FactSource = "site"      // the account's own web site
	FromDNS       FactSource = "mx"        // the domain name system
	FromFeed      FactSource = "feed"      // a feed that the workspace reads
	FromSignature FactSource = "signature" // below a mail of theirs
	FromRecord    FactSource = "record"    // typed or imported
)

// Fact is one thing that is known, with where it stands and since when.
type Fact struct {
	WorkspaceID ID
	ID          ID
	AccountID   ID
	Kind        FactKind
	Value       string // at most 500 characters
	Source      FactSource
	URL         string    // of the page or the news; "" where there is none
	At          time.Time // when it was read there
}

// ResearchState is how far the research of an account is.
type ResearchState string

// The states of research.
const (
	ResearchNone    ResearchState = ""        // nobody asked
	ResearchAsked   ResearchState = "asked"   // it waits, or is on its way
	ResearchDone    ResearchState = "done"    // the site was read
	ResearchRefused ResearchState = "refused" // the site does not want it, or there is none
	ResearchFailed  ResearchState = "failed"  // it did not answer; it is tried again after a day
)

// Research is what was done to learn about one account from its own web site.
type Research struct {
	WorkspaceID ID
	AccountID   ID
	State       ResearchState
	UserID      ID        // who asked; 0: a handoff did
	AskedAt     time.Time // of the business
	EndedAt     time.Time // of the business; zero: not yet
	FreeAt      time.Time // of the machine: when somebody else may take it up
	Tries       int
	Says        string // what came of it, in words
	Pages       []PageVisit
}

// PageVisit is one page that was asked for.
type PageVisit struct {
	URL    string    `json:"url"`
	At     time.Time `json:"at"`
	Status int       `json:"status,omitempty"` // of HTTP; 0: there was no answer
	Bytes  int       `json:"bytes,omitempty"`
	Says   string    `json:"says"` // what it was, or why it was not read
	Failed bool      `json:"failed,omitempty"`
}

// ResearchStale is after how long an account is looked at anew.
const ResearchStale = 30 * 24 * time.Hour

// ResearchMode says when the web sites of accounts are read.
type ResearchMode string

// The modes of research.
const (
	ResearchOff      ResearchMode = "off"      // never
	ResearchByHand   ResearchMode = "asked"    // when somebody presses the button
	ResearchHandoffs ResearchMode = "handoffs" // then, and when somebody of the account becomes a handoff
)

// Feed is a news feed that a workspace reads.
type Feed struct {
	WorkspaceID ID
	ID          ID
	URL         string
	Title       string
	AddedBy     ID
	AddedAt     time.Time
	ReadAt      time.Time // of the business; zero: not yet
	FreeAt      time.Time // of the machine: when it is read next
	Problem     string    // what was wrong when it was read last; "" is nothing
	Found       int       // news about accounts in the last reading
}

// BriefSentence is one sentence of a brief, and the numbers of the lines that it
// rests on, from 1.
type BriefSentence struct {
	Text  string `json:"text"`
	Cites []int  `json:"cites"`
}

// BriefLine is one thing that a brief was made from.
type BriefLine struct {
	Text    string    `json:"text"`
	From    string    `json:"from"` // "the ledger", "their mail", "their site"
	At      time.Time `json:"at,omitzero"`
	Message ID        `json:"message,omitempty"` // the mail that it stands in
	URL     string    `json:"url,omitempty"`
}

// Brief is what stands on top of a dossier: three to six sentences.
type Brief struct {
	WorkspaceID ID
	PersonID    ID
	MadeAt      time.Time
	UpTo        ID     // the newest line of the ledger that it knows
	Model       string // the language model that wrote it; "" is by rules
	Refused     string // why what a model wrote was not taken; "" is nothing
	Sentences   []BriefSentence
	Lines       []BriefLine
}
