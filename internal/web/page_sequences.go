package web

import (
	"context"
	"strconv"
	"time"

	"ninetyten/internal/sales"
)

// SequencesPage lists the sequences.
type SequencesPage struct {
	Shell
	Rows     []SequenceRow
	Archived bool // shows the archived ones
}

// SequenceRow is one sequence in the list.
type SequenceRow struct {
	ID         sales.ID
	Name       string
	State      sales.SequenceState
	Owner      string
	Steps      int
	People     int // in it now
	Sent       int
	Answered   int
	Interested int
	Stopped    int // asked to stop, complained
}

// SequencePage watches one sequence.
type SequencePage struct {
	Shell
	ID         sales.ID
	Name       string
	State      sales.SequenceState
	StateSince time.Time
	Summary    string // "412 people in it, 118 handed over to a person"
	Steps      []StepView
	Costs      []Fact // what it costs them
	Mailboxes  []Fact // sent from
	Rules      string
	Findings   []Finding
	CanEdit    bool
}

// StepView is one step on the line, with its counts and why people wait there.
type StepView struct {
	ID       sales.ID
	Position int // from 0
	Kind     sales.StepKind
	Delay    sales.Delay
	Subject  string // "" on a follow-up in the same thread
	Body     string
	Note     string
	MaxWait  int // days, for their move
	Track    sales.Track
	Options  []string // what is set of the rarer settings, in words
	Test     string   // what the test between its texts says; "" is none
	Arms     []string // each text with its figures
	Counts   []Count
	Waits    string // "26 wait here: 17 for their morning, …"; "" is nobody
	People   string // where to see each
}

// Count is a number with its noun. Tone: "", good or bad.
type Count struct {
	N          int
	Text, Tone string
}

// SequencePeoplePage lists the people inside, with why each waits.
type SequencePeoplePage struct {
	Shell
	ID       sales.ID
	Name     string
	Tabs     []Tab
	Rows     []InsideRow
	NextHref string
	BulkHref string   // where the form for many is posted to; "" when nothing may be done
	Steps    []Option // to move to
	Shown    int      // how many the view has, over all pages
}

// InsideRow is one person in a sequence.
type InsideRow struct {
	EnrollmentID, PersonID sales.ID
	Name, Account          string
	Tag                    Tag
	Step                   string
	Why                    string // why not yet, why it stopped
	Change                 string // what would let it go on earlier
	Alive                  bool
	Paused                 bool
}

// BuilderPage edits the steps of a sequence.
type BuilderPage struct {
	Shell
	ID       sales.ID
	Name     string
	State    sales.SequenceState
	Inside   int // people in it, who are affected by a change
	Steps    []StepView
	Rules    sales.Rules
	Findings []Finding
	Fields   []Option // merge fields: Value "first_name", Label "First name", Help an example
	Step     *StepForm
	Uses     SequenceSettings
	Problem  string
}

// StepForm adds a step (ID 0) or edits one.
type StepForm struct {
	ID       sales.ID
	Position int // where it goes
	Step     sales.Step
	Problem  string
	Preview  *MailPreview // how it reads for somebody; nil is not asked
	Choices  stepChoices
	Said     string // what was done, short of saving it
}

// MailPreview is a mail as somebody would get it.
type MailPreview struct {
	Step                         int // from 1; 0 is not said
	For, From, To, Subject, Text string
	Problem                      string // an unresolved merge field
	Note                         string // which of several open deals it speaks of
}

// PreviewPage shows who would get what and when, before a start.
type PreviewPage struct {
	Shell
	ID       sales.ID
	Name     string
	State    sales.SequenceState
	Steps    []StepView
	Rows     []PreviewRow
	Total    int           // people it would reach; the rows are the first of them
	Mails    []MailPreview // as the person shown would get them
	CanEdit  bool
	Findings []Finding // bad ones keep it from starting
	Capacity string    // "30 a day from one mailbox: the first mails take 4 working days"
}

// PreviewRow is one person with the moment of each step.
type PreviewRow struct {
	PersonID      sales.ID
	Name, Account string
	Zone          string
	Done          int         // steps that are over for them
	Moments       []time.Time // one a step; zero is not known: it depends on them
	Problem       string      // why they would get nothing
	Current       bool        // their mails are shown beside
}

func (p PreviewPage) canStart() bool {
	for _, f := range p.Findings {
		if f.Tone == "bad" {
			return false
		}
	}
	return p.CanEdit && (p.State == sales.SequenceDraft || p.State == sales.SequencePaused)
}

// previewActions are what can be done besides starting.
func previewActions(p PreviewPage) []Action {
	if !p.CanEdit {
		return nil
	}
	return []Action{{Label: "Edit", Icon: "pencil", Href: path("/sequences", p.ID, "edit"), Key: "e"}}
}

func maxWait(days int) int {
	if days == 0 {
		return 60
	}
	return days
}

// sequenceSince says since when the sequence is as it is.
func sequenceSince(ctx context.Context, p SequencePage) string {
	switch {
	case p.State == sales.SequenceRunning && !p.StateSince.IsZero():
		return "Running since " + day(ctx, p.StateSince) + " · "
	case p.State == sales.SequencePaused:
		return "Paused: nothing goes out, answers are still read · "
	case p.State == sales.SequenceDraft:
		return "A draft: nothing goes out before you start it · "
	}
	return ""
}

// sequenceActions are what can be done with the whole sequence in its state.
func sequenceActions(p SequencePage) []Action {
	var out []Action
	if p.CanEdit && p.State != sales.SequenceArchived {
		out = append(out, Action{Label: "Archive", Quiet: true, Later: true, Post: path("/sequences", p.ID, "archive"), Confirm: "Archive “" + p.Name + "”? Everybody in it is taken out, and it does not run again."},
			Action{Label: "Edit", Icon: "pencil", Href: path("/sequences", p.ID, "edit"), Key: "e"})
	}
	if !p.CanEdit {
		return out
	}
	if p.State != sales.SequenceArchived {
		out = append(out, Action{Label: "Ahead", Icon: "calendar", Href: path("/sequences", p.ID, "ahead"), Key: "h"})
	}
	switch p.State {
	case sales.SequenceRunning:
		out = append(out, Action{Label: "Pause", Icon: "pause", Post: path("/sequences", p.ID, "pause")},
			Action{Label: "Add people", Icon: "user-plus", Href: "/people?for=" + p.ID.String(), Key: "a", Main: true})
	case sales.SequencePaused:
		out = append(out, Action{Label: "Preview", Icon: "calendar", Href: path("/sequences", p.ID, "preview"), Key: "i"},
			Action{Label: "Go on", Icon: "play", Post: path("/sequences", p.ID, "resume"), Main: true})
	case sales.SequenceDraft:
		out = append(out, Action{Label: "Add people", Icon: "user-plus", Href: "/people?for=" + p.ID.String(), Key: "a"},
			Action{Label: "Preview and start", Icon: "play", Href: path("/sequences", p.ID, "preview"), Key: "i", Main: true})
	}
	return out
}

// stepPath is where the form of a step is posted to.
func stepPath(p BuilderPage) string {
	if p.Step.ID > 0 {
		return path("/sequences", p.ID, "steps", p.Step.ID.String())
	}
	return path("/sequences", p.ID, "steps")
}

// stepActions are what can be done with the step at index i.
func stepActions(p BuilderPage, i int) []Action {
	id := p.Steps[i].ID.String()
	name := "step " + strconv.Itoa(i+1)
	out := []Action{}
	if i > 0 {
		out = append(out, Action{Label: "Up", Icon: "chevron-up", Small: true, Quiet: true, Post: path("/sequences", p.ID, "steps", id, "up")})
	}
	if i < len(p.Steps)-1 {
		out = append(out, Action{Label: "Down", Icon: "chevron-down", Small: true, Quiet: true, Post: path("/sequences", p.ID, "steps", id, "down")})
	}
	return append(out, Action{Label: "Edit", Name: "Edit " + name, Small: true, Href: path("/sequences", p.ID, "edit") + "?step=" + id + "#step-form"},
		Action{Label: "Remove", Name: "Remove " + name, Small: true, Quiet: true, Post: path("/sequences", p.ID, "steps", id, "remove")})
}
