package web

import (
	"time"

	"ninetyten/internal/sales"
)

// InboxPage lists the threads that a person must see.
type InboxPage struct {
	Shell
	View     string // "waiting", "all", "automatic", "team": the tab
	Leads    bool   // there is a view of the team
	Counts   map[string]int
	Handoffs []ThreadRow // what waits for an answer, the most urgent first
	Threads  []ThreadRow
	NextHref string     // the next rows; "" is no more
	Away     []AwayNote // what waits for colleagues who are away
	Query    string     // a search: Threads are what it found, whatever the view
	Until    time.Time  // the search read mails back to here, and stopped; zero is no
	Further  string     // the place from which it goes on
	After    string     // the place from which this part of a search went on; "" is its beginning
	Mailbox  bool       // there is a mailbox: else the empty page says to connect one
}

// ThreadRow is one thread in a list.
type ThreadRow struct {
	ID             sales.ID
	PersonID       sales.ID // 0: nobody we know
	Balance        Balance
	MessageID      sales.ID // the last mail, whose verdict a key corrects; 0 has none
	Name, Initials string
	Account        string
	Subject        string // of a thread that a search found
	Text           string // the beginning of the last mail, or the line that was found
	At             time.Time
	Verdict        sales.Verdict
	HasVerdict     bool
	Move           MoveMark
	Clock          ClockView // of a handoff
	Seen           bool
	Away           string // whose seller is away, and until when; "" is here
}

// ThreadPage is one thread with the person beside it.
type ThreadPage struct {
	Shell
	ID       sales.ID
	Subject  string
	Head     PersonHead
	Unknown  bool // nobody we know wrote it: Head has the address alone
	Messages []MessageView
	Task     TaskView // the handoff; ID 0 is none
	Balance  Balance
	Acts     PersonActs
	Running  []EnrollmentView
	Story    []StoryLine
	Facts    []Fact
	Assign   AssignView
}

// last gives the newest incoming message that has a verdict, or nil.
func (p ThreadPage) last() *MessageView {
	for i := len(p.Messages) - 1; i >= 0; i-- {
		if p.Messages[i].Incoming && p.Messages[i].HasVerdict {
			return &p.Messages[i]
		}
	}
	return nil
}

func (p InboxPage) tabs() []Tab {
	var out []Tab
	for _, t := range []Option{{Value: "waiting", Label: "For a person"}, {Value: "all", Label: "All threads"}, {Value: "automatic", Label: "From machines"}} {
		out = append(out, Tab{Label: t.Label, Href: "/inbox?view=" + t.Value, Count: p.Counts[t.Value], Current: p.View == t.Value})
	}
	if p.Leads {
		out = append(out, Tab{Label: "Team", Href: "/inbox/team", Current: p.View == "team"})
	}
	return out
}
