package web

import (
	"time"

	"ninetyten/internal/sales"
)

// NextPage is the home page: one person, why this one now, what to do.
type NextPage struct {
	Shell
	Day        NextDay
	Person     *NextPerson // nil: nobody waits for this seller
	After      []QueueRow  // who comes after
	Meanwhile  string      // what the system did by itself, in words
	NextAt     time.Time   // when the first of those who are held back comes; zero is not known
	NextWho    string      // who that is, and why not yet
	NothingYet bool        // no sequence ever ran: the empty page says how to begin
}

// NextPerson is the person served, with everything the conversation needs.
type NextPerson struct {
	Head       PersonHead
	LeaseUntil time.Time
	Why        []Reason
	Balance    Balance
	Task       TaskView
	Message    *MessageView  // what they wrote last; nil is nothing
	Earlier    []MessageView // the thread before it, newest first
	Draft      *DraftView    // a mail that waits for approval
	Acts       PersonActs
	Story      []StoryLine
	Running    []EnrollmentView
	Colleagues []Colleague
	Facts      []Fact
	Talk       TalkView
	Dossier    DossierView

	Order                 []OrderLine // how the order is made
	Pinned, Dialed        bool
	SkipNote, SkipProblem string // a skip that was refused
}

// PersonHead names a person and how to reach them.
type PersonHead struct {
	ID                        sales.ID
	Name, FirstName, Initials string
	Title, Account, Place     string
	TheirTime                 string // "10:42 for them"; "" when the zone is not known
	Phone, Email, LinkedIn    string
	EmailNote                 string // "undeliverable since 3 Nov"; "" is fine
	Suppressed                string // why nobody may write to them; "" is nobody forbids it
	Owner                     string
	OwnerAway                 string     // "away until Mon 5 Jan"; "" is here
	Notes                     []AwayNote // that their seller is away
	Move                      MoveMark
}

// TaskView is why a human is needed.
type TaskView struct {
	ID          sales.ID
	Kind        sales.TaskKind
	Title       string
	Note        string // what to do, from the step
	Since       time.Time
	DueAt       time.Time
	Late        bool
	Clock       string        // how the clock of a handoff counts
	Counts      string        // from when the goal counts, when they wrote outside of one's hours
	For         string        // who is to do it; "" is the viewer
	MeetingOver bool          // of TaskMeeting: it was at a known time, and is over
	Fix         *FixView      // for TaskFix
	Named       *ReferralView // for TaskReferral
	Confirm     *ConfirmView  // for TaskConfirm
	Decide      *DecideView   // for TaskDecide
}

// FixView is what keeps a mail from being made.
type FixView struct {
	Problem string   // "The mail of step 2 needs {{ city }}, and Marta has none."
	Fields  []Field  // to fill in
	Links   []Action // where else something must be filled in: the deal, one's own settings
}

// ReferralView is somebody whom the person named instead of themselves.
type ReferralView struct {
	Name, Email string
	Said        string
	Answered    bool // not named: they wrote in the place of the person
}

// ConfirmView asks whose a message is.
type ConfirmView struct {
	From    string          // who it came from
	Waiting string          // what waits meanwhile
	Choices []ConfirmChoice // the likeliest first, at most three
	None    Action
}

// ConfirmChoice is somebody whose message it may be.
type ConfirmChoice struct {
	Action
	Why string // what speaks for it
}

// DecideView asks the seller how a sequence goes on.
type DecideView struct {
	Question string
	Choices  []Action
}

// DraftView is a mail of a sequence that waits for approval.
type DraftView struct {
	TaskID            sales.ID
	Sequence, Step    string
	From, To, Subject string
	Body              string
	SameThread        bool // it answers the thread before it: the subject stays
	Blocked           bool // it cannot go as it is
	Findings          []Finding
}

// Finding is a remark of a check. Tone: "", late or bad; bad ones keep it from going.
type Finding struct {
	Tone, Text string
}

// MessageView is one mail, in or out.
type MessageView struct {
	ID         sales.ID
	Incoming   bool
	Machine    bool // sent by a sequence, or by a machine of theirs
	From       string
	At         time.Time
	Subject    string
	Text       string // without the quoted part
	Quoted     string // the quoted part; "" is none
	HTMLHref   string // shown in a sandboxed frame; "" is none
	Verdict    sales.Verdict
	HasVerdict bool
	Lesson     lessonView // of the message whose verdict can be corrected
	Note       string     // "third mail in the thread", "read in another mail program"
}

// QueueRow is one of those who come after.
type QueueRow struct {
	ID             sales.ID
	Name, Initials string
	Why            string
	Side           MoveMark
	Balance        Balance
}

// Colleague is somebody at the same account.
type Colleague struct {
	Name, Role, Href string
}

// EnrollmentView is where a person stands in a sequence.
type EnrollmentView struct {
	ID       sales.ID
	Sequence string
	Href     string
	Tag      Tag
	Step     string // "Step 2 of 4: automatic mail"
	Why      string // why not yet, or why it stopped
	Change   string // what would change it; "" is nothing
	Actions  []Action
	Moves    []Option // the other steps that they can be moved to
	Back     string   // where to go after a move
}

// PersonActs are the forms that act on the person shown.
type PersonActs struct {
	PersonID              sales.ID
	FirstName             string
	TaskID                sales.ID
	MessageID             sales.ID
	Back                  string // where to go afterwards: /next, /inbox/12, /people/3
	Suggest               string // the main one: call, write, book, wait, done; "" is by the task
	Write                 WriteForm
	Call                  CallForm
	Wait                  []Option // until when: RFC 3339 and words
	Snooze                []Option
	NotNow                []Option
	NoteText, NoteProblem string // a note that was refused
	CanWrite              bool
	CanCall               bool
	Inserts               []Insert // texts of the playbook and connections
	Waiting               []WaitingMail
}

// WriteForm is an answer in the thread, or a new mail.
type WriteForm struct {
	From      []Option // mailboxes
	To        string
	Subject   string
	Body      string
	DraftNote string // where the suggested text comes from; "" is no suggestion
	Quoted    string
	ThreadID  sales.ID // of the draft that is kept; 0 is a new mail
	Rev       int64    // of the draft that is shown; 0 is none
	Why       string   // why it may not go now, or when it will; "" is at once
	Nonce     string   // makes a form that is sent twice one mail
	Problem   string
	Chase     *ChaseNote // it is their move: a reason is asked for
	Reason    string     // that was typed
	HTML      string     // Body from an editor; "" is plain text
	Recipient string     // the address that it goes to, editable
	Cc        string     // addresses, with commas
	ToNote    string     // why it goes to somebody else than the person
	Files     []FileChip // what it carries
	Snippets  []Insert   // with the values of the person
	Morning   string     // "Wed 18 Nov 08:30 in Lisbon, 09:30 for you"; "" cannot be said
	Earliest  string     // of a chosen time, for the field
	MaxFiles  string     // "at most 10 files, 18 MB together"
}

// FileChip is a file that a mail carries.
type FileChip struct {
	ID         sales.ID
	Name, Size string
}

// WaitingMail is a mail by hand that has not gone: it waits for its time, is held,
// or was stopped by a word of theirs.
type WaitingMail struct {
	ID            sales.ID
	Subject, Text string
	To            string
	At            time.Time
	Why           string // what holds it; "" is its time alone
	Stopped       bool
	Mine          bool // the viewer wrote it
}

// ChaseNote says what writing or calling now would mean, and what it did before.
type ChaseNote struct {
	Say    string // "It is Marta's move since Tue 3 Nov."
	Before string // with this person
	All    string // in the workspace
	Door   string // the words beside the box; "" is: that mail went already
}

// CallForm is the log of a call.
type CallForm struct {
	Phone, Hours string // "10:42 for them, fine until 17:30"
	Guide        string
	Purpose      string
	Note         string // of a log that was refused
	Problem      string
	Link         string     // that dials
	Blocked      string     // why not now; "" is that it may be
	MayOverride  bool       // a stated reason goes over it
	Override     string     // the reason that was stated
	Chase        *ChaseNote // it is their move: a reason is asked for; its Door is of no use here
	Reason       string     // that was typed
	Stage        string     // of the pathway, of which least is known
	Questions    []GuideQuestion
	Say          []string // connections
}

// taskSuggests is the main action of a task when nothing better is known.
func taskSuggests(kind sales.TaskKind, acts PersonActs) string {
	if acts.Suggest != "" {
		return acts.Suggest
	}
	switch kind {
	case sales.TaskCall:
		return "call"
	case sales.TaskAnswer:
		return "write"
	}
	return ""
}

// decided tells that it is known what the message wants; until then deciding that
// comes first, and nothing else is the main action.
func (n *NextPerson) decided() bool {
	return n.Message == nil || !n.Message.HasVerdict || !n.Message.Verdict.Asks()
}

// callAction and writeAction press the panels of the page.
func (a PersonActs) callAction(main bool) Action {
	return Action{Label: "Call " + a.FirstName, Icon: "phone", Key: pick(main, "Enter", "c"), Open: "act-call", Main: main}
}

func (a PersonActs) writeAction(main bool) Action {
	return Action{Label: pick(a.Write.DraftNote != "", "Answer, draft ready", pick(a.MessageID > 0, "Answer by mail", "Write a mail")), Icon: "reply", Key: pick(main, "Enter", "e"), Open: "act-write", Main: main}
}

// bar lists what can be done with the person shown, for the bottom of the page.
func (a PersonActs) bar() []Action {
	var out []Action
	if a.CanCall {
		out = append(out, Action{Label: "Call", Icon: "phone", Key: "c", Open: "act-call"})
	}
	if a.CanWrite {
		out = append(out, Action{Label: "Write", Icon: "mail", Key: "e", Open: "act-write"})
	}
	return append(out,
		Action{Label: "Meeting", Icon: "handshake", Key: "b", Open: "act-book"},
		Action{Label: "Note", Icon: "sticky-note", Key: "n", Open: "act-note", Later: true},
		Action{Label: "Snooze", Icon: "clock", Key: "s", Open: "act-snooze", Later: true},
		Action{Label: "Wait", Icon: "hourglass", Key: "w", Open: "act-wait"},
		Action{Label: "Not now", Icon: "calendar-x", Key: "x", Open: "act-not-now", Later: true})
}

// line says who the person is and what time it is for them.
func (h PersonHead) line() string {
	out := ""
	for _, part := range [][2]string{{"", h.Title}, {", ", h.Account}, {" · ", h.Place}, {pick(h.Place != "", ", ", " · "), h.TheirTime}} {
		if part[1] != "" {
			out += pick(out != "", part[0], "") + part[1]
		}
	}
	return out
}
