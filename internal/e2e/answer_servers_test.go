//go:build servers

package e2e

import (
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// remember notes when the page first shows words, and marks the page, so that a
// reload would be seen.
func (b *tab) remember(selector, words string) {
	b.t.Helper()
	js[any](b, fmt.Sprintf(`(() => {
		window.sameDocument = true; window.seenAt = 0;
		const look = () => {
			if (!window.seenAt && [...document.querySelectorAll(%q)].some((e) => e.innerText.includes(%q))) window.seenAt = Date.now();
		};
		new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true});
		look();
		return null;
	})()`, selector, words))
	if at := js[float64](b, "window.seenAt"); at != 0 {
		b.t.Fatalf("%s says %q already", selector, words)
	}
}

// remembered gives how long after since the page showed what was to be remembered.
func (b *tab) remembered(since time.Time) time.Duration {
	b.t.Helper()
	b.comes("window.seenAt")
	if !js[bool](b, "window.sameDocument === true") {
		b.t.Error("the page was loaded again")
	}
	return time.UnixMilli(int64(js[float64](b, "window.seenAt"))).Sub(since)
}

const buyersWords = "Hello Ana,\n\nyes, that is a problem here, every week. What would it cost for 40 trucks?\nCould you call me on Thursday?\n\nBest\nClara\n"

// buyerAnswers: the handoff shows in Next and in the inbox, without a reload.
func (j *journey) buyerAnswers() {
	t, s, a := j.t, j.s, j.a
	a.visit("/next")
	a.sees("main", "Nobody waits for you")
	a.Shots("24-next-nobody")
	other := s.tab(a.Another())
	other.visit("/inbox")
	if other.path() != "/login" {
		t.Errorf("somebody without a login comes to %s", other.path())
	}
	other.Shots("25-login")
	other.fill("email", "ana@practice.example", "password", passphrase)
	other.follow("Log in")
	if other.path() != "/inbox" {
		t.Errorf("after the login: %s", other.path())
	}
	other.Shots("26-inbox-empty")
	other.remember("#inbox", "Clara Nunes")
	// Both streams are open: the counts came.
	for _, b := range []*tab{a, other} {
		b.comes(`document.getElementById("live") && !document.documentElement.hasAttribute("data-offline")`)
	}
	unread := s.flags("ana")

	s.posts("clara", "ana", "From: Clara Nunes <clara@practice.example>\nTo: Ana Seller <ana@practice.example>\nSubject: Re: "+j.first.Get("Subject")+
		"\nDate: "+time.Now().Format(time.RFC1123Z)+"\nMessage-ID: <answer1@practice.example>\nIn-Reply-To: "+j.first.Get("Message-ID")+"\nReferences: "+j.first.Get("Message-ID")+
		"\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"+buyersWords+"\nOn "+time.Now().Format("Mon, 2 Jan 2006 at 15:04")+", Ana Seller <ana@practice.example> wrote:\n"+quoteOf(j.first.text)+"\n")
	taken := time.Now()
	a.sees("main h1", "Clara Nunes")
	next, inbox := time.Since(taken), other.remembered(taken)
	if list, err := s.Store.MessagesOf(t.Context(), s.owner().WorkspaceID, s.person(address("clara")).ID, 1); err == nil && len(list) == 1 {
		t.Logf("the answer was read %d ms after Postfix's 250", list[0].SeenAt.Sub(taken).Milliseconds())
	}
	t.Logf("reply to handoff: Next shows it after %d ms, Inbox after %d ms (from Postfix's 250 to the page, by itself)", next.Milliseconds(), inbox.Milliseconds())
	a.sees("main", "What would it cost for 40 trucks?", "Interested")
	a.lacks(".card .said", "re-plans your 40 trucks")
	a.sees("#count-next", "1")
	a.Shots("27-next-handoff")
	other.sees("#inbox", "Waits for your answer")
	other.Shots("28-inbox-handoff")
	other.leads(chromedp.Click(chromedp.CSS("#inbox a")))
	other.sees("main", "Quoted text", "What would it cost for 40 trucks?")
	other.Shots("29-thread")
	other.Open("about:blank")

	if now := s.flags("ana"); !strings.HasPrefix(now, unread) || strings.Contains(now, "S") {
		t.Errorf("the flags of the seller's INBOX were %q, now %q", unread, now)
	}
	p := s.person(address("clara"))
	list, err := s.Store.EnrollmentsOf(t.Context(), p.WorkspaceID, p.ID)
	if err != nil || len(list) != 1 || list[0].State != sales.Finished || list[0].Reason != sales.EndReplied {
		t.Errorf("the enrollment of somebody who answered: %+v, %v", list, err)
	}
}

// flags gives the flags of the mails in a user's INBOX, oldest first.
func (s *site) flags(user string) string {
	s.t.Helper()
	var all []string
	for range s.imap.Files(s.t, user, "INBOX") {
		all = append(all, "-")
	}
	for i, name := range s.imap.Files(s.t, user, "INBOX") {
		if _, flags, ok := strings.Cut(name, ":2,"); ok && flags != "" {
			all[i] = flags
		}
	}
	return strings.Join(all, "")
}

const sellersWords = "Hello Clara,\n\nfor 40 trucks it is 12 a truck and month.\n\nI call you on Thursday at ten."

// sellerAnswers: from Next, with the keyboard alone.
func (j *journey) sellerAnswers() {
	a := j.a
	a.comes(`document.getElementById("write-body-editor")`)
	a.Do(key("e"))
	a.comes(`document.activeElement.id === "write-body-editor"`)
	a.Do(selectAll())
	a.Do(chromedp.KeyEvent(sellersWords))
	a.Do(bold())
	a.Do(chromedp.KeyEvent(" In writing too."))
	a.Do(bold())
	a.paste(`<p onclick="x()">As <a href="https://brightmail.example/terms">agreed</a>.<script>window.pwned=1</script><img src=x onerror="window.pwned=1"><a href="javascript:x()">More</a></p><style>p{color:red}</style>`)
	a.comes(`document.getElementById("write-body-editor").innerText.includes("As agreed.")`)
	if got := js[string](a, `document.getElementById("write-body-editor").innerHTML`); strings.Contains(got, "script") || strings.Contains(got, "<img") || strings.Contains(got, "onclick") || js[bool](a, "!!window.pwned") {
		j.t.Errorf("pasted as it was: %s", got)
	}
	a.Shots("30-answer-written")
	a.Do(chromedp.Focus(chromedp.ID("write-body-editor")))
	a.leads(ctrlEnter())
	a.sees(".toast", "on its way", "Undo")
	a.Shots("31-answer-sent")
}

// answerArrives: in the buyer's mailbox, in the thread, with what it answers; a
// copy in Sent.
func (j *journey) answerArrives() {
	t, s := j.t, j.s
	l := s.arrives("clara", "INBOX", "the seller's answer", holding("12 a truck and month"))
	j.answer = l
	if l.id("In-Reply-To") != "answer1@practice.example" {
		t.Errorf("In-Reply-To: %q", l.Get("In-Reply-To"))
	}
	if want := j.first.Get("Message-ID") + " <answer1@practice.example>"; l.Get("References") != want {
		t.Errorf("References: %q, want %q", l.Get("References"), want)
	}
	if l.Get("Subject") != "Re: A question about Brightwater Logistics" {
		t.Errorf("Subject: %q", l.Get("Subject"))
	}
	for _, words := range []string{sellersWords, "wrote:\n> Hello Ana,\n>\n> yes, that is a problem here", ">> who re-plans your 40 trucks"} {
		if !strings.Contains(strings.ReplaceAll(l.text, "> >", ">>"), words) {
			t.Errorf("the answer does not hold %q:\n%s", words, l.text)
		}
	}
	for _, words := range []string{"<b> In writing too.</b>", `<a href="https://brightmail.example/terms">agreed</a>`} {
		if !strings.Contains(l.html, words) {
			t.Errorf("the HTML does not hold %q:\n%s", words, l.html)
		}
	}
	if strings.Contains(l.html, "javascript") || strings.Contains(l.html, "<img") || !strings.Contains(l.text, "As agreed (https://brightmail.example/terms).") {
		t.Errorf("what was pasted went out:\n%s\n%s", l.html, l.text)
	}
	if l.Get("List-Unsubscribe") != "" {
		t.Error("an answer by hand has a List-Unsubscribe")
	}
	s.arrives("ana", "Sent", "a copy of the answer", func(c letter) bool { return c.id("Message-ID") == l.id("Message-ID") })
	if now := s.flags("ana"); strings.Contains(now, "S") {
		t.Errorf("mails in the seller's INBOX were marked as read: %q", now)
	}
}

// takenBack: a second answer is undone within its time; a third one, sent after
// it, arrives, and the second never does. It is Clara's move by now, so both ask why.
func (j *journey) takenBack() {
	t, s, a := j.t, j.s, j.a
	p := s.person(address("clara"))
	write := func(words string) {
		t.Helper()
		a.visit("/people/" + p.ID.String())
		a.comes(`document.getElementById("write-body-editor")`)
		a.Do(key("e"))
		a.comes(`document.activeElement.id === "write-body-editor"`)
		if js[string](a, `document.getElementById("write-subject").value`) == "" {
			a.fill("subject", "Thursday")
		}
		a.fill("chase", "The day was wrong")
		a.Do(chromedp.Focus(chromedp.ID("write-body-editor")))
		a.Do(selectAll())
		a.Do(chromedp.KeyEvent(words))
		a.leads(ctrlEnter())
		a.sees(".toast", "on its way")
	}
	write("This was too fast.")
	a.leads(key("z"))
	a.sees(".toast", "Taken back")
	a.Shots("32-taken-back")
	if got := js[string](a, `document.getElementById("write-body-editor").textContent`); !strings.Contains(got, "This was too fast.") {
		t.Errorf("what was taken back is no draft: %q", got)
	}
	write("Thursday at ten it is.")
	s.arrives("clara", "INBOX", "the third mail", holding("Thursday at ten it is."))
	s.arrives("ana", "Sent", "a copy of the third mail", holding("Thursday at ten it is.")) // by then it is written down
	states := map[sales.MailingState]int{}
	list, err := s.Store.MailingsOf(t.Context(), p.WorkspaceID, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		states[m.State]++
	}
	if states[sales.MailingSent] != 3 {
		t.Errorf("mails to Clara by state: %v, want 3 sent", states)
	}
	for _, l := range s.letters("clara", "INBOX") {
		if strings.Contains(l.text, "too fast") {
			t.Error("a mail that was taken back arrived")
		}
	}
	if n := len(s.letters("clara", "INBOX")); n != 3 {
		t.Errorf("%d mails lie in the buyer's mailbox, want 3", n)
	}
}

// looks takes pictures of the places that the way did not pass.
func (j *journey) looks() {
	a := j.a
	a.visit("/people/" + j.s.person(address("clara")).ID.String())
	a.sees("main", "The whole story")
	a.Shots("33-person")
	for name, path := range map[string]string{
		"34-sequence": j.plan, "35-sequence-people": j.plan + "/people", "36-sequences": "/sequences", "37-mailboxes": "/settings/mailboxes", "38-profile": "/settings/profile",
		"39-team": "/settings/team", "40-suppressions": "/settings/suppressions", "41-next": "/next", "42-start-done": "/start",
	} {
		a.visit(path)
		a.Shots(name)
	}
	a.visit("/next")
	a.Do(key("?"))
	a.comes(`document.getElementById("help").open`)
	a.Shots("43-keys")
	a.visit("/next")
	a.Do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	a.comes(`document.getElementById("palette").open`)
	a.Do(chromedp.KeyEvent("clar"))
	a.sees("#palette-found", "Clara Nunes")
	a.Shots("44-palette")
	_ = testserver.Get(a.Page, chromedp.Title())
}
