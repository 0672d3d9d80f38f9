package storetest

import (
	"context"
	"slices"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// matches writes into each table that tells whose a message is.
func (x *Filled) matches(ctx context.Context, tx *store.Tx) error {
	ws, p := x.Workspace.ID, x.People
	if err := tx.NameMail(ctx, x.name("server@relay.example", 0)); err != nil {
		return err
	}
	if err := tx.SetAddress(ctx, sales.PersonAddress{WorkspaceID: ws, Address: "marta@home.example", PersonID: p[0].ID, Theirs: true, UserID: x.Seller.ID, At: Now}); err != nil {
		return err
	}
	if err := tx.SetAddress(ctx, sales.PersonAddress{WorkspaceID: ws, Address: "rui@home.example", PersonID: p[0].ID, At: Now}); err != nil {
		return err
	}
	asked := x.In
	asked.ID, asked.HeaderID, asked.From, asked.PersonID, asked.ThreadID, asked.RawID = tx.NewID(), "asked@home.example", "asked@home.example", 0, tx.NewID(), 0
	asked.Verdict = sales.Verdict{Kind: sales.KindOther}
	if err := tx.AddMessage(ctx, asked); err != nil {
		return err
	}
	x.Nobodys = asked
	if _, err := tx.OpenTask(ctx, sales.Task{WorkspaceID: ws, ID: tx.NewID(), Key: "asked/confirm", Kind: sales.TaskConfirm, PersonID: p[0].ID, MessageID: asked.ID, Title: "Whose is it?", CreatedAt: Now, DueAt: Now}); err != nil {
		return err
	}
	if err := tx.Ask(ctx, ws, asked.ID, []sales.Candidate{{PersonID: p[3].ID, Reason: "same name"}}); err != nil {
		return err
	}
	if err := tx.Ask(ctx, ws, x.In.ID, []sales.Candidate{{PersonID: p[1].ID, Reason: "same name"}, {PersonID: p[2].ID, ThreadID: x.Thread.ID, Colleague: true, Reason: "same company"}}); err != nil {
		return err
	}
	return tx.HoldFor(ctx, sales.MatchHold{WorkspaceID: ws, MessageID: x.In.ID, EnrollmentID: x.Pending.ID, Until: wait(5)})
}

// name is another name of the mail that went to a person.
func (x *Filled) name(name string, person int) sales.MailName {
	return sales.MailName{WorkspaceID: x.Workspace.ID, MailboxID: x.Mailbox.ID, Name: name, PersonID: x.People[person].ID, ThreadID: x.Thread.ID, MailingID: x.Sent.ID, At: Now}
}

// readingsMatches are the methods that read them, see readings.
func readingsMatches(s *store.Store, add func(string, func(context.Context, sales.Viewer) (int, error)), addTx func(string, func(context.Context, *store.Tx, sales.ID) (int, error)), x *Filled) {
	p := x.People
	add("AddressesOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.AddressesOf(ctx, v.WorkspaceID, p[0].ID))
	})
	add("Candidates", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.Candidates(ctx, v.WorkspaceID, x.In.ID))
	})
	add("AskedAbout", func(ctx context.Context, v sales.Viewer) (int, error) {
		yes, err := s.AskedAbout(ctx, v.WorkspaceID, p[2].ID)
		return flag(yes), err
	})
	addTx("AskedAbout", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		yes, err := tx.AskedAbout(ctx, ws, p[2].ID)
		return flag(yes), err
	})
	addTx("Candidates", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.Candidates(ctx, ws, x.In.ID))
	})
	addTx("AskedFrom", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.AskedFrom(ctx, ws, x.Mailbox.ID, "asked@home.example"))
	})
	addTx("WritesNow", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		yes, err := tx.WritesNow(ctx, ws, x.Mailbox.ID, "marta@home.example")
		return flag(yes), err
	})
	addTx("AskedIn", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.AskedIn(ctx, ws, x.Nobodys.ThreadID, 0))
	})
	add("AskedAmong", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.AskedAmong(ctx, s.DB, v.WorkspaceID, []sales.ID{p[2].ID, p[0].ID}))
	})
	addTx("Questions", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.Questions(ctx, ws, []sales.ID{p[0].ID, p[1].ID}))
	})
	addTx("MailNames", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.MailNames(ctx, ws, x.Mailbox.ID, []string{"server@relay.example"}))
	})
	addTx("NotTheirs", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.NotTheirs(ctx, ws, "rui@home.example"))
	})
	addTx("PersonByAddress", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.PersonByAddress(ctx, ws, "marta@home.example"))
	})
	addTx("HoldsOf", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.HoldsOf(ctx, ws, x.In.ID))
	})
	addTx("HoldsOn", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.HoldsOn(ctx, ws, x.Pending.ID))
	})
	addTx("SubjectThreads", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.SubjectThreads(ctx, ws, x.Mailbox.ID, "a QUESTION", "brightwater.example", "", 9))
	})
	addTx("WrittenAt", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.WrittenAt(ctx, ws, x.Account.Domain, 9))
	})
}

// strangersMatches are the methods that write them, called for another workspace.
func strangersMatches(ctx context.Context, ws sales.ID, x *Filled) map[string]func(tx *store.Tx) error {
	return map[string]func(tx *store.Tx) error{
		"NameMail": func(tx *store.Tx) error {
			n := x.name("server@relay.example", 0)
			n.WorkspaceID, n.ThreadID = ws, 7
			return tx.NameMail(ctx, n)
		},
		"RenameHead": func(tx *store.Tx) error { return tx.RenameHead(ctx, ws, x.Thread.ID, x.In.HeaderID, "mine@x.example") },
		"SetAddress": func(tx *store.Tx) error {
			return tx.SetAddress(ctx, sales.PersonAddress{WorkspaceID: ws, Address: "marta@home.example", PersonID: x.People[1].ID, Theirs: true, At: Now})
		},
		"Ask":       func(tx *store.Tx) error { return tx.Ask(ctx, ws, x.In.ID, nil) },
		"EndAsking": func(tx *store.Tx) error { return tx.EndAsking(ctx, ws, x.In.ID) },
		"HoldFor": func(tx *store.Tx) error {
			return tx.HoldFor(ctx, sales.MatchHold{WorkspaceID: ws, MessageID: x.In.ID, EnrollmentID: x.Pending.ID})
		},
		"EndHold":      func(tx *store.Tx) error { return tx.EndHold(ctx, ws, x.In.ID, x.Pending.ID) },
		"NotCandidate": func(tx *store.Tx) error { return tx.NotCandidate(ctx, ws, x.In.ID, x.People[1].ID) },
		"GiveThread":   func(tx *store.Tx) error { return tx.GiveThread(ctx, ws, x.Thread.ID, x.People[1].ID) },
		"EmptyMessage": func(tx *store.Tx) error { return tx.EmptyMessage(ctx, ws, x.Nobodys.ID) },
		"DropThread":   func(tx *store.Tx) error { return tx.DropThread(ctx, ws, x.Thread.ID) },
	}
}

// testMatches: another name of a mail is found in its mailbox alone, and threads by
// subject with company or name.
func testMatches(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ws, mb := x.Workspace.ID, x.Mailbox.ID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		again := x.name("server@relay.example", 0) // read twice
		again.MailingID = x.Queued.ID
		if err := tx.NameMail(ctx, again); err != nil {
			return err
		}
		if err := tx.NameMail(ctx, x.name("server@relay.example", 1)); err != nil { // a mail to two
			return err
		}
		list := ok[[]sales.MailName](t)(tx.MailNames(ctx, ws, mb, []string{"none@x.example", "server@relay.example"}))
		if len(list) != 2 || list[0].MailingID != x.Queued.ID && list[1].MailingID != x.Queued.ID || !list[0].At.Equal(Now) {
			t.Errorf("%+v", list)
		}
		for _, none := range [][]sales.MailName{ok[[]sales.MailName](t)(tx.MailNames(ctx, ws, 1, []string{"server@relay.example"})), ok[[]sales.MailName](t)(tx.MailNames(ctx, ws, mb, nil))} {
			no(t, len(none) > 0)
		}
		if list := ok[[]sales.MailName](t)(tx.MailNames(ctx, ws, mb, append(slices.Repeat([]string{"x@x.example"}, 5000), "server@relay.example"))); len(list) != 2 {
			t.Errorf("the newest of many references: %+v", list)
		}
		return nil
	})
	head := func() string { return ok[sales.Thread](t)(s.Thread(t.Context(), ws, x.Thread.ID)).LastHeader }
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.RenameHead(ctx, ws, x.Thread.ID, "not-the-newest@x.example", "a@relay.example")
	})
	no(t, head() != x.In.HeaderID)
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.RenameHead(ctx, ws, x.Thread.ID, x.In.HeaderID, "a@relay.example")
	})
	no(t, head() != "a@relay.example")
	named := x.People[0].FirstName + " " + x.People[0].LastName
	for _, c := range []struct {
		domain, name string
		want         int
	}{{"", named, 1}, {"elsewhere.example", named, 1}, {"elsewhere.example", "Somebody Else", 0}, {"", "", 0}, {"", "%", 0}, {"", "!", 0}, {"", "!!", 0}, {"brightwater.example", "", 1}} {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			list := ok[[]store.InboxThread](t)(tx.SubjectThreads(ctx, ws, mb, x.Thread.Subject, c.domain, c.name, 5))
			if len(list) != c.want || c.want == 1 && list[0].Person.ID != x.People[0].ID {
				t.Errorf("%+v: %+v", c, list)
			}
			return nil
		})
	}
}

// testAddresses: an address is that of one person, a no is kept beside it, and who
// asks to stop is left alone at every address of theirs.
func testAddresses(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws, p := t.Context(), x.Workspace.ID, x.People
	who := func(address string) (id sales.ID) {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			q, err := tx.PersonByAddress(ctx, ws, address)
			if id = q.ID; sales.CodeOf(err) == sales.NotFound {
				err = nil
			}
			return err
		})
		return id
	}
	no(t, who("marta@home.example") != p[0].ID || who(p[1].Email) != p[1].ID || who("rui@home.example") != 0 || who("none@x.example") != 0)
	set := func(address string, person int, theirs bool) {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.SetAddress(ctx, sales.PersonAddress{WorkspaceID: ws, Address: address, PersonID: p[person].ID, Theirs: theirs, At: wait(1)})
		})
	}
	set("marta@home.example", 1, true)
	no(t, who("marta@home.example") != p[1].ID || len(ok[[]sales.PersonAddress](t)(s.AddressesOf(ctx, ws, p[0].ID))) != 0)
	set("marta@home.example", 1, false) // somebody thought better of it
	no(t, who("marta@home.example") != 0)
	set("rui@home.example", 0, true)
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		no(t, len(ok[[]sales.ID](t)(tx.NotTheirs(ctx, ws, "rui@home.example"))) != 0)
		no(t, !slices.Equal(ok[[]sales.ID](t)(tx.NotTheirs(ctx, ws, "marta@home.example")), []sales.ID{p[1].ID}))
		_, err := tx.ApplyPerson(ctx, []sales.Effect{{Kind: sales.FxSuppress, Key: "stop", Reason: sales.EndUnsubscribe, Title: "asked to stop"}}, nil, store.Subject{Person: p[0]}, Now)
		return err
	})
	for _, address := range []string{p[0].Email, "rui@home.example"} {
		if _, yes, err := s.Suppressed(ctx, ws, address); err != nil || !yes {
			t.Errorf("%s: %v %v", address, yes, err)
		}
	}
}

// testCandidates: what is asked about a message comes back in its order, is
// replaced, and ends with what it holds.
func testCandidates(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws, p := t.Context(), x.Workspace.ID, x.People
	list := ok[[]sales.Candidate](t)(s.Candidates(ctx, ws, x.In.ID))
	if len(list) != 2 || list[0].N != 0 || list[0].PersonID != p[1].ID || list[0].Colleague || !list[1].Colleague || list[1].ThreadID != x.Thread.ID || list[1].Reason != "same company" {
		t.Fatalf("%+v", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.HoldFor(ctx, sales.MatchHold{WorkspaceID: ws, MessageID: 77, EnrollmentID: x.Pending.ID}); err != nil {
			return err
		}
		if err := tx.HoldFor(ctx, sales.MatchHold{WorkspaceID: ws, MessageID: x.In.ID, EnrollmentID: x.Pending.ID, Until: wait(9)}); err != nil { // the first holds
			return err
		}
		holds, on := ok[[]sales.MatchHold](t)(tx.HoldsOf(ctx, ws, x.In.ID)), ok[[]sales.MatchHold](t)(tx.HoldsOn(ctx, ws, x.Pending.ID))
		if len(holds) != 1 || holds[0].EnrollmentID != x.Pending.ID || !holds[0].Until.Equal(wait(5)) || len(on) != 2 {
			t.Errorf("%+v %+v", holds, on)
		}
		if err := tx.Ask(ctx, ws, x.In.ID, []sales.Candidate{{PersonID: p[0].ID}}); err != nil {
			return err
		}
		no(t, !ok[bool](t)(tx.AskedAbout(ctx, ws, p[0].ID)) || ok[bool](t)(tx.AskedAbout(ctx, ws, p[1].ID)))
		return nil
	})
	if list = ok[[]sales.Candidate](t)(s.Candidates(ctx, ws, x.In.ID)); len(list) != 1 || list[0].PersonID != p[0].ID {
		t.Errorf("%+v", list)
	}
	no(t, !ok[bool](t)(s.AskedAbout(ctx, ws, p[0].ID)) || ok[bool](t)(s.AskedAbout(ctx, ws, p[1].ID)))
	empty := sales.Thread{WorkspaceID: ws, ID: s.NewID(), PersonID: p[0].ID, MailboxID: x.Mailbox.ID}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, drop := range []sales.ID{empty.ID, x.Thread.ID} {
			if err := tx.InsertThread(ctx, empty); err != nil {
				return err
			}
			if err := tx.DropThread(ctx, ws, drop); err != nil {
				return err
			}
		}
		if err := tx.DropThread(ctx, ws, empty.ID); err != nil {
			return err
		}
		return tx.EndAsking(ctx, ws, x.In.ID)
	})
	_, err := s.Thread(ctx, ws, empty.ID)
	wantCode(t, err, sales.NotFound)
	if _, err := s.Thread(ctx, ws, x.Thread.ID); err != nil {
		t.Error("a thread with messages is gone:", err)
	}
	no(t, len(ok[[]sales.Candidate](t)(s.Candidates(ctx, ws, x.In.ID))) != 0)
	m := x.In
	m.ID, m.HeaderID, m.PersonID = s.NewID(), "another@x.example", 0
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddMessage(ctx, m) })
	if _, err := s.Message(ctx, x.Viewer(), m.ID); err != nil {
		t.Error("whom it was put to may read it:", err)
	}
	other := sales.Viewer{WorkspaceID: ws, UserID: 5, Role: sales.RoleSeller}
	_, err = s.Message(ctx, other, m.ID)
	wantCode(t, err, sales.NotFound)
}
