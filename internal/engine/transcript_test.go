package engine_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

var update = flag.Bool("update", false, "write what is decided into testdata")

// TestTranscripts plays testdata/*.txtar: a plan and events in, decisions out.
//
// A line of plan is "rules NAME=VALUE ..." or a step, "KIND [N UNIT] [note]". A
// line of events is "[WHEN] KIND [NAME=VALUE ...]"; WHEN is "next" (the timer),
// "+90m", "+3d" or a date, and without one it is the time of the line before.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 10 {
		t.Fatal("too few transcripts:", len(files), err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			part := map[string]string{}
			for _, f := range a.Files {
				part[f.Name] = string(f.Data)
			}
			got := play(t, part["plan"], part["events"])
			if got == part["decisions"] {
				return
			}
			if !*update {
				t.Fatalf("decided otherwise; if that is meant, run with -update\n%s", got)
			}
			out := &txtar.Archive{Comment: a.Comment, Files: []txtar.File{{Name: "plan", Data: []byte(part["plan"])}, {Name: "events", Data: []byte(part["events"])}, {Name: "decisions", Data: []byte(got)}}}
			if err := os.WriteFile(name, txtar.Format(out), 0o600); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func play(t *testing.T, plan, events string) string {
	t.Helper()
	w := newWorld(t.Fatalf, sales.DefaultRules())
	for line := range strings.Lines(plan) {
		planLine(t, w, strings.Fields(line))
	}
	var out strings.Builder
	for line := range strings.Lines(events) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		ev := eventLine(t, w, line)
		d := w.decide(ev)
		w.e = d.Next
		show(&out, w, line, d)
	}
	return out.String()
}

func planLine(t *testing.T, w *world, f []string) {
	t.Helper()
	if len(f) == 0 {
		return
	}
	if f[0] == "rules" {
		for _, x := range f[1:] {
			name, value, _ := strings.Cut(x, "=")
			n, _ := strconv.Atoi(value)
			switch r := &w.c.Plan.Rules; name {
			case "max_auto_mails":
				r.MaxAutoMails = n
			case "colleagues":
				r.Colleagues = sales.OnReply(value)
			case "ooo_give_up_days":
				r.OOOGiveUpDays = n
			case "meeting":
				r.Meeting = sales.OnMeeting(value)
			case "expire_days":
				r.ExpireDays = n
			case "on_intent", "on_disposition", "on_plan": // interested:positive
				by, track, _ := strings.Cut(value, ":")
				x := sales.Entry{Track: sales.Track(track)}
				switch name {
				case "on_intent":
					x.Intent = sales.Intent(by)
				case "on_disposition":
					x.Disposition = sales.Disposition(by)
				default:
					x.If = sales.Condition{Field: "custom.plan", Op: sales.OpIs, Value: by}
				}
				r.Entries = append(r.Entries, x)
			case "stage": // reply:talking
				on, stage, _ := strings.Cut(value, ":")
				r.Stages = append(r.Stages, sales.StageRule{On: sales.StageEvent(on), Stage: stage})
			case "anchor":
				w.c.Plan.Anchored, w.c.Anchor = true, moment(t, value)
			default:
				t.Fatal("unknown rule", name)
			}
		}
		return
	}
	s := w.newStep(sales.StepKind(f[0]), len(w.c.Plan.Steps))
	s.ID, s.Delay, s.MaxWaitDays = sales.ID(11+len(w.c.Plan.Steps)), sales.Delay{Unit: sales.Days}, 0
	f = slices.DeleteFunc(f, func(x string) bool { return stepOption(&s, x) })
	if len(f) >= 3 {
		s.Delay.N, _ = strconv.Atoi(f[1])
		s.Delay.Unit = sales.DelayUnit(f[2])
		s.Note = strings.Join(f[3:], " ")
	}
	w.c.Plan.Steps = append(w.c.Plan.Steps, s)
}

// stepOption reads name=value behind a step.
func stepOption(s *sales.Step, x string) bool {
	name, value, ok := strings.Cut(x, "=")
	n, _ := strconv.Atoi(value)
	plan := sales.Condition{Field: "custom.plan", Op: sales.OpIs, Value: value}
	switch name {
	case "track":
		s.Track = sales.Track(value)
	case "weekday":
		s.Weekdays[n] = true
	case "at":
		s.AtMinute = n
	case "offset":
		s.DayOffset = n
	case "max_wait":
		s.MaxWaitDays = n
	case "then":
		s.ThenGoOn = value == "go_on"
	case "only_if":
		s.OnlyIf = plan
	case "if":
		s.If = plan
	case "else":
		s.Else = sales.Branch(value)
	case "variant":
		s.Variants = append(s.Variants, sales.Variant{ID: sales.ID(n), Weight: 1, State: sales.VariantOn})
	default:
		return false
	}
	return ok
}

func eventLine(t *testing.T, w *world, line string) sales.Event {
	t.Helper()
	line, text, _ := strings.Cut(line, " text=")
	f := strings.Fields(line)
	switch when := f[0]; {
	case when == "next":
		w.now, f = w.e.NextAt, f[1:]
	case when[0] == '+':
		days, isDays := strings.CutSuffix(when[1:], "d")
		if n, err := strconv.Atoi(days); isDays && err == nil {
			w.now = w.now.AddDate(0, 0, n)
		} else if d, err := time.ParseDuration(when[1:]); err == nil {
			w.now = w.now.Add(d)
		} else {
			t.Fatal(err)
		}
		f = f[1:]
	case when[0] >= '0' && when[0] <= '9':
		w.now, f = moment(t, when), f[1:]
	}
	ev := sales.Event{Kind: sales.EventKind(f[0]), At: w.now, Text: text}
	for _, x := range f[1:] {
		name, value, _ := strings.Cut(x, "=")
		switch name {
		case "intent":
			ev.Verdict.Intent, ev.Actor = sales.Intent(value), sales.ByBuyer
		case "class":
			ev.Class = sales.FailureClass(value)
		case "until":
			ev.Until = moment(t, value)
			ev.Verdict.Until = ev.Until
		case "actor":
			ev.Actor = sales.Actor(value)
		case "outcome":
			ev.Outcome, ev.Actor = sales.StepOutcome(value), sales.BySeller
		case "late":
			ev.Late = true
		case "track":
			ev.Track = sales.Track(value)
		case "disposition":
			ev.Disposition = sales.Disposition(value)
		case "plan":
			w.plan = value
		case "anchor":
			w.c.Anchor = moment(t, value)
		case "reason":
			ev.Reason = sales.Reason(value)
		case "step":
			n, _ := strconv.Atoi(value)
			ev.StepID = sales.ID(10 + n)
		default:
			t.Fatal("unknown field", name)
		}
	}
	return ev
}

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02T15:04", s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func show(out *strings.Builder, w *world, line string, d sales.Decision) {
	stamp := func(at time.Time) string { return at.Format("Mon 2006-01-02 15:04") }
	fmt.Fprintf(out, "%s  > %s\n", stamp(w.now), line)
	if !d.Changed {
		out.WriteString("  nothing\n")
		return
	}
	e := d.Next
	fmt.Fprintf(out, "  %s", e.State)
	if e.Reason != "" {
		fmt.Fprintf(out, " (%s)", e.Reason)
	}
	if e.State.Alive() {
		fmt.Fprintf(out, ", step %d of %d", e.Position+1, len(w.c.Plan.Steps))
		if e.Awaiting {
			out.WriteString(", begun")
		}
		if e.Track.OrMain() != sales.TrackMain {
			fmt.Fprintf(out, ", on the %s track", e.Track)
		}
	}
	if !e.NextAt.IsZero() {
		fmt.Fprintf(out, ", timer %s", stamp(e.NextAt))
	}
	fmt.Fprintf(out, ", mails %d (%d automatic)\n  why: %s\n", e.Mails, e.AutoMails, d.Why)
	for _, fx := range d.Effects {
		fmt.Fprintf(out, "  do: %s %s", fx.Kind, fx.Key)
		if fx.VariantID != 0 {
			fmt.Fprintf(out, " variant %d", fx.VariantID)
		}
		for _, s := range []string{string(fx.TaskKind), string(fx.Address), string(fx.Reason), fx.Title} {
			if s != "" {
				fmt.Fprintf(out, " %q", s)
			}
		}
		out.WriteString("\n")
	}
	for _, m := range d.Moves {
		fmt.Fprintf(out, "  ledger: %s by %s: %s\n", m.Kind, m.Actor, m.Text)
	}
}

// TestKeys: the keys are promises to what is stored already.
func TestKeys(t *testing.T) {
	if a, b := engine.MailKey(7, 11), engine.TaskKey(7, 11, sales.TaskCall); a != "7/11/mail" || b != "7/11/task/call" {
		t.Error(a, b)
	}
}
