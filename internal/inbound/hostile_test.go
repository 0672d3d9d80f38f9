package inbound_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
)

// contextFor is a context of a test; a short one where waiting is the point.
func contextFor(t *testing.T, short bool) (context.Context, context.CancelFunc) {
	t.Helper()
	if short {
		return context.WithTimeout(t.Context(), time.Second)
	}
	return context.WithTimeout(t.Context(), time.Minute)
}

// scripted starts an IMAP server that answers each command by script: the
// lines before the tagged OK, or ok=false to say nothing more.
func scripted(t *testing.T, greeting string, script func(command string) (lines string, ok bool)) sales.Mailbox {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	done := make(chan struct{})
	serve := func(c net.Conn) {
		defer c.Close()
		go func() { <-stop; _ = c.Close() }()
		_, _ = c.Write([]byte(greeting))
		for r := bufio.NewReader(c); ; {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			tag, command, _ := strings.Cut(strings.TrimSpace(line), " ")
			lines, ok := script(command)
			lines = strings.ReplaceAll(lines, "(TAG \"x\")", "(TAG \""+tag+"\")")
			if _, err := c.Write([]byte(lines)); err != nil {
				return
			}
			if !ok {
				<-stop
				return
			}
			if _, err := fmt.Fprintf(c, "%s OK done\r\n", tag); err != nil {
				return
			}
		}
	}
	go func() {
		defer close(done)
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go serve(c)
		}
	}()
	t.Cleanup(func() { _ = ln.Close(); close(stop); <-done })
	return sales.Mailbox{Address: "ann@seller.example", IMAP: sales.Server{Host: "localhost", Port: ln.Addr().(*net.TCPAddr).Port,
		Security: sales.SecurityNone, Username: "ann", Password: "right"}}
}

// answers is a script of a well-behaved server with one mail in INBOX.
func answers(command string) (string, bool) {
	switch {
	case strings.HasPrefix(command, "CAPABILITY"):
		return "* CAPABILITY IMAP4rev1 ESEARCH\r\n", true
	case strings.HasPrefix(command, "LIST"):
		return "* LIST () \"/\" INBOX\r\n", true
	case strings.HasPrefix(command, "EXAMINE"):
		return "* 1 EXISTS\r\n* OK [UIDVALIDITY 9] ok\r\n* OK [UIDNEXT 2] ok\r\n", true
	case strings.HasPrefix(command, "UID SEARCH"):
		return "* ESEARCH (TAG \"x\") UID ALL 1\r\n", true
	case strings.Contains(command, "RFC822.SIZE"):
		return "* 1 FETCH (UID 1 RFC822.SIZE 12 INTERNALDATE \"03-Nov-2026 09:00:00 +0000\")\r\n", true
	case strings.Contains(command, "BODY.PEEK"):
		return "* 1 FETCH (UID 1 BODY[] {12}\r\nSubject: x\r\n)\r\n", true
	}
	return "", true
}

// TestHostile: servers that hang, break off, lie or talk nonsense end in an
// error with words, in time, and without eating the memory.
func TestHostile(t *testing.T) {
	at := func(prefix, lines string, ok bool) func(string) (string, bool) {
		return func(command string) (string, bool) {
			if strings.Contains(command, prefix) {
				return lines, ok
			}
			return answers(command)
		}
	}
	const hello = "* OK ready\r\n"
	for _, tt := range []struct {
		name     string
		greeting string
		script   func(string) (string, bool)
		fine     bool // it can be read all the same
		mails    int
	}{
		{"well-behaved", hello, answers, true, 1},
		{"silent", "", answers, false, 0},
		{"no IMAP", "220 smtp.example ESMTP\r\n", answers, false, 0},
		{"endless line", "* OK " + strings.Repeat("x", 1<<20), answers, false, 0},
		{"goodbye", "* BYE too many\r\n", answers, false, 0},
		{"hangs at login", hello, at("LOGIN", "", false), false, 0},
		{"hangs at LIST", hello, at("LIST", "", false), false, 0},
		{"hangs at EXAMINE", hello, at("EXAMINE", "", false), false, 0},
		{"hangs at SEARCH", hello, at("UID SEARCH", "", false), false, 0},
		{"hangs at sizes", hello, at("RFC822.SIZE", "", false), false, 0},
		{"hangs in a body", hello, at("BODY.PEEK", "* 1 FETCH (UID 1 BODY[] {1000}\r\nSubj", false), false, 0},
		{"nonsense at SEARCH", hello, at("UID SEARCH", "* ESEARCH ((((\r\n", true), false, 0},
		{"no UIDs", hello, at("UID SEARCH", "* ESEARCH (TAG \"x\") UID\r\n", true), true, 0},
		{"all the UIDs there are", hello, at("UID SEARCH", "* ESEARCH (TAG \"x\") UID ALL 4294967290:4294967295\r\n", true), true, 0},
		{"nothing at sizes", hello, at("RFC822.SIZE", "", true), true, 0},
		{"another mail at sizes", hello, at("RFC822.SIZE", "* 7 FETCH (UID 7 RFC822.SIZE 12 INTERNALDATE \"03-Nov-2026 09:00:00 +0000\")\r\n", true), true, 0},
		{"nothing in bodies", hello, at("BODY.PEEK", "", true), true, 0},
		{"NIL in bodies", hello, at("BODY.PEEK", "* 1 FETCH (UID 1 BODY[] NIL)\r\n", true), true, 0},
		{"more than it said", hello, at("BODY.PEEK", "* 1 FETCH (UID 1 BODY[] {3000000}\r\n"+strings.Repeat("y", 3_000_000)+")\r\n", true), true, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			mb := scripted(t, tt.greeting, tt.script)
			s := newStore()
			patience := 300 * time.Millisecond
			if tt.fine {
				patience = time.Minute
			}
			w := inbound.NewWatcher(mb, s, inbound.Options{Timeout: patience, DialTimeout: patience, MaxSize: 1 << 20})
			start := time.Now()
			err := w.ReadNow(t.Context())
			if took := time.Since(start); took > time.Minute {
				t.Errorf("took %v", took)
			}
			if (err == nil) != tt.fine || s.count("INBOX") != tt.mails {
				t.Errorf("error %v, %d mails; want fine %v, %d mails", err, s.count("INBOX"), tt.fine, tt.mails)
			}
			if err != nil {
				said(t, err)
			}
			for _, m := range s.mails["INBOX"] {
				if len(m.Raw) > 1<<20 || m.Truncated != (tt.name == "more than it said") {
					t.Errorf("%d bytes, truncated %v", len(m.Raw), m.Truncated)
				}
			}
		})
	}
}

// TestSpoiltMail: a mail that the server refuses to give does not hold up the
// ones behind it.
func TestSpoiltMail(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		c, err := ln.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		_, _ = c.Write([]byte("* OK ready\r\n"))
		for r := bufio.NewReader(c); ; {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			tag, command, _ := strings.Cut(strings.TrimSpace(line), " ")
			lines, _ := answers(command)
			result := "OK done"
			switch {
			case strings.HasPrefix(command, "EXAMINE"):
				lines = "* 3 EXISTS\r\n* OK [UIDVALIDITY 9] ok\r\n* OK [UIDNEXT 4] ok\r\n"
			case strings.HasPrefix(command, "UID SEARCH"):
				lines = "* ESEARCH (TAG \"" + tag + "\") UID ALL 1:3\r\n"
			case strings.Contains(command, "RFC822.SIZE"):
				lines = ""
				for i := 1; i <= 3; i++ {
					lines += fmt.Sprintf("* %d FETCH (UID %d RFC822.SIZE 12 INTERNALDATE \"03-Nov-2026 09:00:00 +0000\")\r\n", i, i)
				}
			case strings.HasPrefix(command, "UID FETCH 2 ") && strings.Contains(command, "<0."):
				lines = "* 2 FETCH (UID 2 BODY[]<0> {6}\r\nSubjec)\r\n"
			case strings.HasPrefix(command, "UID FETCH 1 "), strings.HasPrefix(command, "UID FETCH 3 "):
				uid := command[10:11]
				lines = "* " + uid + " FETCH (UID " + uid + " BODY[] {12}\r\nSubject: x\r\n)\r\n"
			case strings.Contains(command, "BODY.PEEK"):
				lines, result = "", "NO [SERVERBUG] cannot read it"
			}
			if _, err := fmt.Fprintf(c, "%s%s %s\r\n", lines, tag, result); err != nil {
				return
			}
		}
	}()
	s := newStore()
	mb := sales.Mailbox{Address: "ann@seller.example", IMAP: sales.Server{Host: "localhost", Port: ln.Addr().(*net.TCPAddr).Port,
		Security: sales.SecurityNone, Username: "ann", Password: "right"}}
	if err := inbound.NewWatcher(mb, s, inbound.Options{Timeout: time.Minute}).ReadNow(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.mails["INBOX"]; len(got) != 3 || got[0].Truncated || !got[1].Truncated || got[2].Truncated {
		t.Errorf("got %d mails: %+v", len(got), got)
	}
	if s.curs["INBOX"].LastUID != 3 {
		t.Errorf("cursor %+v", s.curs["INBOX"])
	}
}
