package crash

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// tally is what came of a run, counted from both sides.
type tally struct {
	Kills, People, Accepted, Sent, Settled, Unknown, UnknownTaken, Canceled int // Settled: caught by a kill, and found in Sent
	Answers, Duplicates, Lost, AfterAnswer, AnswersLost                     int
	Closest                                                                 time.Duration // longest from an answer in the mailbox to a MAIL FROM
	wrong                                                                   []string
}

func (t *tally) String() string {
	return fmt.Sprintf("kills=%d people=%d accepted=%d sent=%d settled_from_sent=%d unknown=%d (accepted %d) canceled=%d answers=%d duplicates=%d lost=%d after_answer=%d answers_lost=%d latest_after_answer=%v",
		t.Kills, t.People, t.Accepted, t.Sent, t.Settled, t.Unknown, t.UnknownTaken, t.Canceled, t.Answers, t.Duplicates, t.Lost, t.AfterAnswer, t.AnswersLost, t.Closest.Round(time.Millisecond))
}

func (t *tally) bad(count *int, format string, args ...any) {
	*count++
	t.wrong = append(t.wrong, fmt.Sprintf(format, args...))
}

// err is what is wrong, or nil.
func (t *tally) err() error {
	if len(t.wrong) == 0 {
		return nil
	}
	more := ""
	if n := len(t.wrong); n > 20 {
		t.wrong, more = t.wrong[:20], fmt.Sprintf("\n… %d in all", n)
	}
	return fmt.Errorf("%v\n%s%s", t, strings.Join(t.wrong, "\n"), more)
}

// add sums up.
func (t *tally) add(o *tally) {
	t.Kills, t.People, t.Accepted, t.Sent, t.Unknown = t.Kills+o.Kills, t.People+o.People, t.Accepted+o.Accepted, t.Sent+o.Sent, t.Unknown+o.Unknown
	t.UnknownTaken, t.Canceled, t.Answers, t.Duplicates = t.UnknownTaken+o.UnknownTaken, t.Canceled+o.Canceled, t.Answers+o.Answers, t.Duplicates+o.Duplicates
	t.Lost, t.AfterAnswer, t.AnswersLost, t.Closest = t.Lost+o.Lost, t.AfterAnswer+o.AfterAnswer, t.AnswersLost+o.AnswersLost, max(t.Closest, o.Closest)
	t.Settled += o.Settled
	t.wrong = append(t.wrong, o.wrong...)
}

// grace is how long an answer may have been in the mailbox when a mail begins to
// go: it is read at most freshness before, and clocks and threads take a moment.
const grace = 3 * time.Second

// record is one side of the books, that of the database.
type record struct {
	mailings    []sales.Mailing
	people      map[sales.ID]sales.Person
	enrollments []sales.Enrollment
	incoming    []sales.Message
	tasks       map[sales.ID][]sales.Task // open, by person
	steps       map[sales.ID]int          // step -> 1, 2
}

func (s *site) record(ctx context.Context) (record, error) {
	r := record{people: map[sales.ID]sales.Person{}, tasks: map[sales.ID][]sales.Task{}, steps: map[sales.ID]int{}}
	q, err := s.store.Sequence(ctx, ws, s.sequence)
	if err != nil {
		return r, err
	}
	for i, st := range q.Steps {
		r.steps[st.ID] = i + 1
	}
	if r.mailings, err = s.store.MailingsAfter(ctx, ws, 0, 1_000_000); err != nil {
		return r, err
	}
	if r.enrollments, err = s.store.EnrollmentsIn(ctx, ws, s.sequence, 0, 1_000_000); err != nil {
		return r, err
	}
	if r.incoming, err = s.store.IncomingAfter(ctx, ws, 0, 1_000_000); err != nil {
		return r, err
	}
	var ids []sales.ID
	for _, e := range r.enrollments {
		ids = append(ids, e.PersonID)
	}
	if r.people, err = s.store.PeopleByID(ctx, ws, ids); err != nil {
		return r, err
	}
	open, err := s.store.OpenTasks(ctx, ws, s.owner, 1_000_000)
	for _, t := range open {
		r.tasks[t.PersonID] = append(r.tasks[t.PersonID], t)
	}
	return r, err
}

// check compares what the servers took with what the database says. caught are
// mailings that may be unknown for another cause than a kill.
func (s *site) check(ctx context.Context, caught func(person string, step int) bool) (*tally, error) {
	r, err := s.record(ctx)
	if err != nil {
		return nil, err
	}
	mails, words := s.out.seen()
	t := &tally{Kills: s.kills, People: s.people, Accepted: len(mails), Answers: len(words)}
	for _, b := range s.out.broken {
		t.bad(&t.Lost, "a mail came broken: %s", b)
	}
	if err := s.checkLogs(t); err != nil {
		return nil, err
	}
	s.checkTwice(t, mails)
	s.checkMailings(t, r, mails, caught)
	s.checkPeople(t, r, words)
	checkAnswers(t, r, mails, words)
	return t, s.checkThreads(ctx, t, r)
}

// checkLogs looks for what a node must never write.
func (s *site) checkLogs(t *tally) error {
	names, err := filepath.Glob(filepath.Join(s.logs, "*.log"))
	if err != nil {
		return err
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, word := range []string{"panic", "DATA RACE", "UNIQUE constraint", "duplicate key"} {
			if i := strings.Index(string(b), word); i >= 0 {
				t.bad(&t.Lost, "a node wrote: %s", b[max(0, i-200):min(len(b), i+1500)])
			}
		}
	}
	return nil
}

// checkTwice counts mails that came twice, by each of three names.
func (s *site) checkTwice(t *tally, mails []accepted) {
	seen := map[string]bool{}
	for _, m := range mails {
		if m.id == "" || m.ref == "" || m.step == 0 {
			t.bad(&t.Lost, "a mail to %s without a name: %+v", m.person, m)
		}
		twice := false
		for _, key := range []string{"id " + m.id, "ref " + m.ref, fmt.Sprintf("step %s %d", m.person, m.step)} {
			twice = twice || seen[key]
			seen[key] = true
		}
		if twice {
			t.bad(&t.Duplicates, "twice: letter %d to %s", m.step, m.person)
		}
	}
	for _, mb := range s.boxes {
		filed := map[string]int{}
		for _, x := range s.out.host.Messages(mb.Address, "Sent") {
			filed[messageID(x.Raw)]++
		}
		for id, n := range filed {
			if n > 1 {
				t.bad(&t.Duplicates, "%d times in Sent of %s: %s", n, mb.Address, id)
			}
		}
	}
}

func messageID(raw []byte) string {
	_, rest, _ := strings.Cut(strings.ToLower(string(raw)), "message-id:")
	line, _, _ := strings.Cut(rest, "\r\n")
	return strings.Trim(strings.TrimSpace(line), "<>")
}

// checkMailings compares mailing by mailing.
func (s *site) checkMailings(t *tally, r record, mails []accepted, caught func(string, int) bool) {
	took := map[string]bool{}
	for _, m := range mails {
		took[m.id] = true
	}
	inSent := map[string]bool{}
	saves := map[sales.ID]bool{}
	for _, mb := range s.boxes {
		saves[mb.ID] = mb.SavesSent
		for _, x := range s.out.host.Messages(mb.Address, "Sent") {
			inSent[messageID(x.Raw)] = true
		}
	}
	known := map[string]bool{}
	for _, m := range r.mailings {
		known[m.HeaderID] = true
		who := fmt.Sprintf("letter %d to %s", r.steps[m.StepID], r.people[m.PersonID].Email)
		switch m.State {
		case sales.MailingSent:
			t.Sent++
			if s.inFlight[m.ID] {
				t.Settled++
			}
			if !took[m.HeaderID] {
				t.bad(&t.Lost, "%s counts as sent and nobody took it", who)
			} else if !inSent[strings.ToLower(m.HeaderID)] {
				t.bad(&t.Lost, "%s is not in Sent", who)
			}
		case sales.MailingUnknown:
			t.Unknown++
			if took[m.HeaderID] {
				t.UnknownTaken++
			}
			if !s.inFlight[m.ID] && !caught(r.people[m.PersonID].Email, r.steps[m.StepID]) {
				t.bad(&t.Lost, "%s is unknown without a cause: %s", who, m.LastError)
			}
			if took[m.HeaderID] && saves[m.MailboxID] && !caught(r.people[m.PersonID].Email, r.steps[m.StepID]) {
				t.bad(&t.Lost, "%s is unknown, but lies in Sent", who)
			}
		case sales.MailingCanceled:
			t.Canceled++
			if took[m.HeaderID] {
				t.bad(&t.Lost, "%s went, but counts as canceled", who)
			}
		default:
			t.bad(&t.Lost, "%s is left %s: %s", who, m.State, m.LastError)
		}
	}
	for _, m := range mails {
		if !known[m.id] {
			t.bad(&t.Lost, "letter %d to %s went and is not on record", m.step, m.person)
		}
	}
}

// checkPeople looks where everybody ended: through, stopped by their answer, or
// paused with a task because of a mail of which nobody knows.
func (s *site) checkPeople(t *tally, r record, words []word) {
	answered := map[string]bool{}
	for _, w := range words {
		answered[w.person] = true
	}
	type key struct {
		e    sales.ID
		step int
	}
	state := map[key]sales.MailingState{}
	for _, m := range r.mailings {
		state[key{m.EnrollmentID, r.steps[m.StepID]}] = m.State
	}
	if len(r.enrollments) != s.people {
		t.bad(&t.Lost, "%d of %d people are enrolled", len(r.enrollments), s.people)
	}
	for _, e := range r.enrollments {
		p := r.people[e.PersonID].Email
		one, two := state[key{e.ID, 1}], state[key{e.ID, 2}]
		switch {
		case answered[p]:
			if e.State != sales.Finished && e.State != sales.OptedOut {
				t.bad(&t.Lost, "%s answered and is %s %s", p, e.State, e.Reason)
			}
		case one == sales.MailingUnknown || two == sales.MailingUnknown:
			if e.State != sales.Paused || e.Reason != sales.PausedUnknown {
				t.bad(&t.Lost, "%s has an unknown mail and is %s %s", p, e.State, e.Reason)
			}
			if !hasTask(r.tasks[e.PersonID], sales.TaskDecide) {
				t.bad(&t.Lost, "%s has an unknown mail and nobody is told", p)
			}
		case e.State != sales.WaitingThem || one != sales.MailingSent || two != sales.MailingSent || e.Mails != 2:
			t.bad(&t.Lost, "%s is %s %s with letters %q and %q, %d counted, next %v", p, e.State, e.Reason, one, two, e.Mails, e.NextAt)
		}
	}
}

func hasTask(list []sales.Task, kind sales.TaskKind) bool {
	for _, x := range list {
		if x.Kind == kind {
			return true
		}
	}
	return false
}

// checkAnswers looks that each answer is recorded once and made its handoff, and
// that nothing went to people after it.
func checkAnswers(t *tally, r record, mails []accepted, words []word) {
	rows := map[string][]sales.Message{}
	for _, m := range r.incoming {
		rows[m.HeaderID] = append(rows[m.HeaderID], m)
	}
	for _, w := range words {
		got := rows[w.id]
		if len(got) != 1 {
			t.bad(&t.AnswersLost, "the answer of %s is on record %d times", w.person, len(got))
			continue
		}
		tasks := 0
		for _, x := range r.tasks[got[0].PersonID] {
			if x.Kind == sales.TaskAnswer {
				tasks++
				if x.MessageID != got[0].ID {
					t.bad(&t.AnswersLost, "%s has a handoff of another message", w.person)
				}
			}
		}
		if want := map[bool]int{true: 0, false: 1}[w.mood == unsubscribes]; tasks != want {
			t.bad(&t.AnswersLost, "the answer of %s (%s %s) made %d handoffs", w.person, got[0].Verdict.Kind, got[0].Verdict.Intent, tasks)
		}
		for _, m := range mails {
			if m.person != w.person || !m.began.After(w.at) {
				continue
			}
			late := m.began.Sub(w.at)
			t.Closest = max(t.Closest, late)
			if w.mood == answersAtOnce || late > grace {
				t.bad(&t.AfterAnswer, "letter %d to %s went %v after their answer", m.step, m.person, late)
			}
		}
	}
}

// checkThreads looks that each answer can be found in its thread.
func (s *site) checkThreads(ctx context.Context, t *tally, r record) error {
	for _, m := range r.incoming {
		if _, err := s.store.Thread(ctx, ws, m.ThreadID); sales.CodeOf(err) == sales.NotFound {
			t.bad(&t.AnswersLost, "the answer of %s lies in no thread", m.From)
		} else if err != nil {
			return err
		}
	}
	return nil
}
