//go:build servers

package e2e

import (
	"slices"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"ninetyten/internal/sales"
)

// calls are 17 people to call: every outcome, and what else is done in front of one.
func (d *day) calls() []plan {
	out := []plan{d.talk("we talk")}
	for _, x := range sales.Dispositions() {
		switch x {
		case sales.CallTalked, sales.CallLater:
		case sales.CallWrongNumber, sales.CallDeadNumber:
			out = append(out, d.badNumber(strings.ReplaceAll(string(x), "_", " "), x))
		case sales.CallMeeting:
			out = append(out, d.agreed())
		default:
			out = append(out, d.outcome(strings.ReplaceAll(string(x), "_", " "), x))
		}
	}
	return append(out, d.callLater(), d.pinned(), d.noted(), d.looked(),
		plan{name: "taken back", do: func(p sales.Person) {
			d.opens("s", "act-snooze")
			d.send()
			d.focused("snoozed, for the moment")
			d.goes(key("z"))
			d.stays(p)
			d.goes(key("d"))
		}, check: d.noTask},
		plan{name: "promise", do: func(p sales.Person) {
			d.tabTo(`a[data-open="act-point"]`)
			d.press(kb.Enter)
			d.tabTo(`#act-point [name="text"]`)
			d.types("Send the route plan by Friday")
			d.send()
			d.stays(p)
			d.goes(key("d"))
		}, check: func(p sales.Person) {
			d.points(p, sales.PointPromise, sales.OurMove)
			list, err := d.s.Store.OpenTasksOf(d.t.Context(), d.v.WorkspaceID, p.ID)
			if err != nil || len(list) != 1 || !list[0].DueAt.After(d.s.Clock.Now().Add(48*time.Hour)) {
				d.t.Errorf("to keep: %+v, %v", list, err)
			}
		}},
		plan{name: "skipped", do: func(sales.Person) {
			d.opens(".", "act-skip")
			d.tabBack(`input[name="note"]`)
			d.types("Who decides there?")
			d.tabBack(`input[name="reason"]`)
			d.press(kb.ArrowDown)
			d.send()
		}, check: func(p sales.Person) {
			list, err := d.s.Store.Skips(d.t.Context(), d.v, d.s.Clock.Now().Add(-time.Hour), 10)
			if err != nil || !slices.ContainsFunc(list, func(k sales.Skip) bool {
				return k.PersonID == p.ID && k.Reason == sales.SkipPrepare && k.Note == "Who decides there?"
			}) {
				d.t.Errorf("the skips are %+v, %v", list, err)
			}
		}})
}

// outcome is a call of which only the outcome is logged.
func (d *day) outcome(name string, x sales.Disposition) plan {
	return plan{name: name, do: func(sales.Person) { d.call(x, "") }, check: func(p sales.Person) { d.called(p, x) }}
}

// badNumber is a number that does not work: the person comes back for the right one.
func (d *day) badNumber(name string, x sales.Disposition) plan {
	return plan{name: name, again: true, do: func(p sales.Person) {
		if d.served[p.ID] == 1 {
			d.call(x, "")
			return
		}
		d.b.sees("main", "does not work. Find the right one")
		d.tabTo(`[name="phone"]`)
		d.keys++
		d.b.Do(chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
		d.types("+351 22 555 0" + p.Phone[len(p.Phone)-3:] + "9")
		d.send()
	}, check: func(p sales.Person) {
		d.called(p, x)
		if now, err := d.s.Store.Person(d.t.Context(), d.v, p.ID); err != nil || (now.Phone == p.Phone) != (d.served[p.ID] == 1) {
			d.t.Errorf("the number of %s was %s and is %s, %v", p.Name(), p.Phone, now.Phone, err)
		}
	}}
}

// call opens the call, types a note, chooses the outcome and logs it: the last key
// brings the next person.
func (d *day) call(x sales.Disposition, note string) {
	d.t.Helper()
	d.opens(kb.Enter, "act-call")
	if note != "" {
		d.tabTo("#call-note")
		d.types(note)
	}
	d.choose("disposition", string(x))
	d.send()
}

func (d *day) called(p sales.Person, x sales.Disposition) {
	d.t.Helper()
	list, err := d.s.Store.CallsOf(d.t.Context(), d.v.WorkspaceID, p.ID)
	if err != nil || len(list) != 1 || list[0].Disposition != x {
		d.t.Errorf("the calls of %s are %+v (%v), want one: %s", p.Name(), list, err, x)
	}
}

// talk is a conversation with everything that a note can hold.
func (d *day) talk(name string) plan {
	return plan{name: name, do: func(sales.Person) {
		d.call(sales.CallTalked, "They move to the new depot in spring.\r! Send the price list by Friday\r? Who decides about the depot?\r+ Two people re-plan by phone all night\r= re-planning: our board does it in minutes\r")
	}, check: func(p sales.Person) {
		d.called(p, sales.CallTalked)
		d.points(p, sales.PointPromise, sales.OurMove)
		d.points(p, sales.PointQuestion, "")
		d.points(p, sales.PointPain, "")
	}}
}

// points wants something of a kind to be written down about somebody.
func (d *day) points(p sales.Person, kind sales.PointKind, side sales.MoveSide) {
	d.t.Helper()
	list, err := d.s.Store.PointsOf(d.t.Context(), d.v.WorkspaceID, p.ID)
	if err != nil || !slices.ContainsFunc(list, func(x sales.Point) bool { return x.Kind == kind && (side == "" || x.Side == side) && x.Open() }) {
		d.t.Errorf("what is written down about %s has no %s: %+v, %v", p.Name(), kind, list, err)
	}
}

func (d *day) callLater() plan {
	return plan{name: "call later", do: func(sales.Person) {
		d.opens(kb.Enter, "act-call")
		d.choose("disposition", string(sales.CallLater))
		d.tabTo("#call-again")
		d.moment("call-again")
		d.send()
	}, check: func(p sales.Person) {
		d.called(p, sales.CallLater)
		list, err := d.s.Store.OpenTasksOf(d.t.Context(), d.v.WorkspaceID, p.ID)
		if err != nil || len(list) != 1 || list[0].Kind != sales.TaskCall || !list[0].DueAt.After(d.s.Clock.Now().Add(20*time.Hour)) {
			d.t.Errorf("to call again: %+v, %v", list, err)
		}
	}}
}

func (d *day) pinned() plan {
	return plan{name: "pinned", do: func(p sales.Person) {
		d.goes(key("p"))
		d.stays(p)
		if pins, err := d.s.Store.Pins(d.t.Context(), d.v); err != nil || pins[p.ID].IsZero() {
			d.t.Errorf("pinned are %v, %v", pins, err)
		}
		d.call(sales.CallNoAnswer, "")
	}, check: func(p sales.Person) { d.called(p, sales.CallNoAnswer) }}
}

func (d *day) noted() plan {
	return plan{name: "noted", do: func(p sales.Person) {
		d.opens("n", "act-note")
		d.types("Has a new boss.\r+ The old system is switched off in June")
		d.send()
		d.stays(p)
		d.points(p, sales.PointPain, "")
		d.call(sales.CallVoicemail, "")
	}, check: func(p sales.Person) { d.called(p, sales.CallVoicemail) }}
}

func (d *day) looked() plan {
	return plan{name: "looked at", do: func(p sales.Person) {
		d.tabTo(`a[href="/people/` + p.ID.String() + `"]`)
		d.goes(key(kb.Enter))
		d.b.sees("main h1", p.Name())
		d.focused("the record")
		d.follows("n")
		d.stays(p)
		d.call(sales.CallBusy, "")
	}, check: func(p sales.Person) { d.called(p, sales.CallBusy) }}
}

// stays wants the same person to be in front of the seller still.
func (d *day) stays(p sales.Person) {
	d.t.Helper()
	d.focused("with " + p.Name() + " still")
	if got := js[string](d.b, `document.querySelector("main [data-person]")?.dataset.person ?? ""`); got != p.ID.String() {
		d.t.Fatalf("%s is not in front of the seller any more: %s", p.Name(), d.b.text("main"))
	}
}

// noTask wants nothing to wait for the seller any more.
func (d *day) noTask(p sales.Person) {
	d.t.Helper()
	if list, err := d.s.Store.OpenTasksOf(d.t.Context(), d.v.WorkspaceID, p.ID); err != nil || len(list) != 0 {
		d.t.Errorf("still to do with %s: %+v, %v", p.Name(), list, err)
	}
}

// mailing wants the newest mail to somebody to be of a kind, with words in it.
func (d *day) mailing(p sales.Person, kind sales.MailingKind, words string) {
	d.t.Helper()
	list, err := d.s.Store.MailingsOf(d.t.Context(), d.v.WorkspaceID, p.ID)
	if err != nil || !slices.ContainsFunc(list, func(m sales.Mailing) bool {
		return m.Kind == kind && m.State != sales.MailingDraft && m.State != sales.MailingCanceled && strings.Contains(m.Body, words)
	}) {
		d.t.Errorf("the mails to %s are %+v, %v", p.Name(), list, err)
	}
	d.noTask(p)
}

// approvals are four drafts of a sequence.
func (d *day) approvals() []plan {
	yes := func(name string) plan {
		return plan{name: name, do: func(sales.Person) { d.goes(key(kb.Enter)) }, check: func(p sales.Person) { d.mailing(p, sales.MailingApproved, "") }}
	}
	return []plan{yes("approved"), yes("approved too"),
		{name: "edited", do: func(sales.Person) {
			d.tabTo("#draft-body-editor")
			d.types("One question. ")
			d.send()
		}, check: func(p sales.Person) { d.mailing(p, sales.MailingApproved, "One question. ") }},
		{name: "rejected", do: func(sales.Person) { d.goes(key("r")) }, check: func(p sales.Person) {
			d.noTask(p)
			list, err := d.s.Store.MailingsOf(d.t.Context(), d.v.WorkspaceID, p.ID)
			if err != nil || slices.ContainsFunc(list, func(m sales.Mailing) bool { return m.State == sales.MailingQueued || m.State == sales.MailingSent }) {
				d.t.Errorf("a mail that was rejected goes: %+v, %v", list, err)
			}
		}}}
}

// tasks are five things to do, four of which end otherwise.
func (d *day) tasks() []plan {
	panel := func(name, letter, id string, fill func(), check func(p sales.Person)) plan {
		return plan{name: name, do: func(sales.Person) {
			d.opens(letter, id)
			if fill != nil {
				fill()
			}
			d.send()
		}, check: check}
	}
	later := func(p sales.Person) {
		list, err := d.s.Store.OpenTasksOf(d.t.Context(), d.v.WorkspaceID, p.ID)
		if err != nil || len(list) != 1 || !list[0].SnoozedUntil.After(d.s.Clock.Now()) {
			d.t.Errorf("put off: %+v, %v", list, err)
		}
	}
	theirs := func(p sales.Person) {
		now, err := d.s.Store.Person(d.t.Context(), d.v, p.ID)
		if err != nil || now.Move == sales.OurMove {
			d.t.Errorf("it is still our move with %s: %v", p.Name(), err)
		}
	}
	return []plan{
		{name: "done", do: func(sales.Person) { d.goes(key(kb.Enter)) }, check: d.noTask},
		panel("snoozed", "s", "act-snooze", nil, later),
		panel("waiting", "w", "act-wait", nil, theirs),
		panel("resting", "x", "act-not-now", func() { d.tabTo("#not-now-why"); d.types("Budget in the new year") }, theirs),
		panel("meeting", "b", "act-book", func() {
			d.moment("book-at")
			d.tabTo("#book-note")
			d.types("Prices, with Rui")
		}, later), // it is asked about when it is over
	}
}

// agreed books a meeting in a call without a time, which is asked for when they
// are served again.
func (d *day) agreed() plan {
	out := d.outcome("meeting booked", sales.CallMeeting)
	call, check := out.do, out.check
	out.again = true
	out.do = func(p sales.Person) {
		if d.served[p.ID] == 1 {
			call(p)
			return
		}
		d.goes(key(kb.Enter))
	}
	out.check = func(p sales.Person) {
		if d.served[p.ID] == 1 {
			check(p)
			return
		}
		d.noTask(p)
	}
	return out
}

// answers are four who wrote.
func (d *day) answers() []plan {
	return []plan{
		{name: "answered", do: func(sales.Person) {
			d.opens("e", "act-write")
			d.tabTo("#write-body-editor")
			d.types("Forty trucks cost 900 a month.")
			d.send()
		}, check: func(p sales.Person) { d.mailing(p, sales.MailingManual, "Forty trucks cost 900 a month.") }},
		{name: "corrected", do: func(p sales.Person) {
			d.opens("v", "act-verdict")
			d.goes(key("3"))
			d.stays(p) // the answer is due still
			d.goes(key("d"))
		}, check: func(p sales.Person) {
			list, err := d.s.Store.MessagesOf(d.t.Context(), d.v.WorkspaceID, p.ID, 1)
			if err != nil || len(list) != 1 || list[0].Verdict.Intent != sales.NotNow {
				d.t.Errorf("the verdict is %+v, %v", list, err)
			}
		}},
		{name: "called back", do: func(sales.Person) {
			d.opens("c", "act-call")
			d.choose("disposition", string(sales.CallTalked))
			d.send()
		}, check: func(p sales.Person) { d.called(p, sales.CallTalked) }},
		{name: "nothing to do", do: func(sales.Person) { d.goes(key("d")) }, check: d.noTask},
	}
}

// moveDeal moves a deal on, on the board of the pipeline, and comes back.
func (d *day) moveDeal() {
	d.t.Helper()
	d.follows("d")
	d.b.sees("main", "Fleet of forty")
	d.press("j")
	d.focused("the deal on the board")
	d.goes(key("."))
	d.focused("the deal that was moved")
	now, err := d.s.Store.Deal(d.t.Context(), d.v, d.deal.ID)
	if err != nil || now.Stage == d.deal.Stage {
		d.t.Errorf("the deal is still at %s, %v", now.Stage, err)
	}
	d.follows("n")
}
