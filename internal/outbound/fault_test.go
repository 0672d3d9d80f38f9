package outbound_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// outcome is what an error must say.
type outcome string

const (
	temporary outcome = "temporary"
	permanent outcome = "permanent"
	unknown   outcome = "unknown"
)

func outcomeOf(e *outbound.Error) outcome {
	switch {
	case e.Unknown():
		return unknown
	case e.Permanent():
		return permanent
	}
	return temporary
}

// TestRefusals gives 4xx, 5xx, a closed and a hanging connection at every
// stage, with and without PIPELINING.
func TestRefusals(t *testing.T) {
	type act = testserver.SMTPAct
	tests := []struct {
		at    testserver.SMTPStep
		act   act
		stage outbound.Stage
		want  outcome
		class sales.FailureClass
		taken int // mails that the server has
	}{
		{testserver.AtGreeting, act{Reply: "421 4.3.2 not now"}, outbound.StageDial, temporary, sales.FailSoft, 0},
		{testserver.AtGreeting, act{Reply: "554 5.3.2 no mail here"}, outbound.StageDial, temporary, sales.FailSoft, 0},
		{testserver.AtGreeting, act{Close: true}, outbound.StageDial, temporary, sales.FailSoft, 0},
		{testserver.AtGreeting, act{Hang: true}, outbound.StageDial, temporary, sales.FailSoft, 0},
		{testserver.AtHello, act{Reply: "550 5.7.1 go away"}, outbound.StageDial, temporary, sales.FailBlock, 0},
		{testserver.AtAuth, act{Reply: "535 5.7.8 bad password"}, outbound.StageAuth, temporary, sales.FailBlock, 0},
		{testserver.AtAuth, act{Reply: "454 4.7.0 try later"}, outbound.StageAuth, temporary, sales.FailSoft, 0},
		{testserver.AtAuth, act{Close: true}, outbound.StageAuth, temporary, sales.FailSoft, 0},
		{testserver.AtAuth, act{Hang: true}, outbound.StageAuth, temporary, sales.FailSoft, 0},
		{testserver.AtMail, act{Reply: "451 4.3.0 busy"}, outbound.StageMail, temporary, sales.FailSoft, 0},
		{testserver.AtMail, act{Reply: "553 5.7.1 not your address"}, outbound.StageMail, permanent, sales.FailBlock, 0},
		{testserver.AtMail, act{Reply: "530 5.7.0 log in first"}, outbound.StageMail, temporary, sales.FailBlock, 0},
		{testserver.AtMail, act{Close: true}, outbound.StageMail, temporary, sales.FailSoft, 0},
		{testserver.AtMail, act{Hang: true}, outbound.StageMail, temporary, sales.FailSoft, 0},
		{testserver.AtRcpt, act{Reply: "450 4.2.1 greylisted"}, outbound.StageRcpt, temporary, sales.FailSoft, 0},
		{testserver.AtRcpt, act{Reply: "550-5.1.1 no such\r\n550 5.1.1 user here"}, outbound.StageRcpt, permanent, sales.FailHard, 0},
		{testserver.AtRcpt, act{Reply: "550 mailbox unavailable"}, outbound.StageRcpt, permanent, sales.FailHard, 0},
		{testserver.AtRcpt, act{Reply: "552 5.2.2 full"}, outbound.StageRcpt, permanent, sales.FailFull, 0},
		{testserver.AtRcpt, act{Reply: "452 4.2.2 full"}, outbound.StageRcpt, temporary, sales.FailFull, 0},
		{testserver.AtRcpt, act{Reply: "550 5.7.1 blocked by policy"}, outbound.StageRcpt, permanent, sales.FailBlock, 0},
		{testserver.AtRcpt, act{Reply: "550 your host is listed at a blocklist"}, outbound.StageRcpt, permanent, sales.FailBlock, 0},
		{testserver.AtRcpt, act{Close: true}, outbound.StageRcpt, temporary, sales.FailSoft, 0},
		{testserver.AtRcpt, act{Hang: true}, outbound.StageRcpt, temporary, sales.FailSoft, 0},
		{testserver.AtData, act{Reply: "452 4.3.1 no room"}, outbound.StageData, temporary, sales.FailSoft, 0},
		{testserver.AtData, act{Reply: "554 5.6.0 no"}, outbound.StageData, permanent, sales.FailSoft, 0},
		{testserver.AtData, act{Close: true}, outbound.StageData, temporary, sales.FailSoft, 0},
		{testserver.AtData, act{Hang: true}, outbound.StageData, temporary, sales.FailSoft, 0},
		{testserver.AtDot, act{Reply: "451 4.3.0 disk"}, outbound.StageResult, temporary, sales.FailSoft, 0},
		{testserver.AtDot, act{Reply: "554 5.7.1 looks like spam"}, outbound.StageResult, permanent, sales.FailBlock, 0},
		{testserver.AtDot, act{Reply: "552 5.3.4 too big"}, outbound.StageResult, permanent, sales.FailSoft, 0},
		{testserver.AtDot, act{Reply: "nonsense"}, outbound.StageResult, unknown, sales.FailSoft, 0},
		{testserver.AtDot, act{Close: true}, outbound.StageResult, unknown, sales.FailSoft, 1},
		{testserver.AtDot, act{Hang: true}, outbound.StageResult, unknown, sales.FailSoft, 1},
	}
	for _, ext := range [][]string{{"PIPELINING", "8BITMIME", "AUTH PLAIN LOGIN"}, {"AUTH LOGIN PLAIN"}} {
		for _, tt := range tests {
			name := fmt.Sprintf("%s/%s/%.3s%v%v", ext[0], tt.at, tt.act.Reply, tt.act.Close, tt.act.Hang)
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				f := faulty(t, tt.at, tt.act, ext...)
				p := pool(t, outbound.Options{DialTimeout: time.Second, CommandTimeout: 300 * time.Millisecond, ResultTimeout: 300 * time.Millisecond})
				mb := mailbox(f.Host, f.Port, sales.SecurityNone)
				_, err := p.Send(t.Context(), mb, hello())
				e := failed(t, err)
				if e.Stage != tt.stage || outcomeOf(e) != tt.want || e.Class() != tt.class {
					t.Errorf("got %v: stage %s, %s, class %s; want stage %s, %s, class %s", e, e.Stage, outcomeOf(e), e.Class(), tt.stage, tt.want, tt.class)
				}
				if n := len(f.Mails()); n != tt.taken {
					t.Errorf("the server has %d mails, want %d", n, tt.taken)
				}
				x := outbound.Explain(err, mb)
				if x.Msg == "" || x.Code == sales.Internal || !strings.HasSuffix(strings.TrimRight(x.Msg, "”"), ".") && !strings.Contains(x.Msg, "says: “") {
					t.Errorf("explained as %q (%s)", x.Msg, x.Code)
				}
			})
		}
	}
}

// TestClosedMidData closes the connection while a big mail is written: the
// server cannot have it, so it is no unknown.
func TestClosedMidData(t *testing.T) {
	f := faulty(t, testserver.AtBody, testserver.SMTPAct{Close: true, After: 10_000})
	env := hello()
	env.Raw = []byte("Subject: big\r\n\r\n" + strings.Repeat(strings.Repeat("x", 76)+"\r\n", 200_000))
	_, err := pool(t, outbound.Options{}).Send(t.Context(), mailbox(f.Host, f.Port, sales.SecurityNone), env)
	if e := failed(t, err); e.Stage != outbound.StageData || !e.Temporary() {
		t.Errorf("got %v (unknown %v), want a temporary failure at data", e, e.Unknown())
	}
	if f.Conns() != 1 {
		t.Errorf("%d connections: a mail whose data was begun must not be sent again", f.Conns())
	}
}

// TestContextEnds hangs at every stage: the deadline of the context is kept,
// and says whether the server may have the mail.
func TestContextEnds(t *testing.T) {
	for _, at := range []testserver.SMTPStep{testserver.AtGreeting, testserver.AtHello, testserver.AtAuth, testserver.AtMail,
		testserver.AtRcpt, testserver.AtData, testserver.AtBody, testserver.AtDot} {
		for _, how := range []string{"deadline", "cancel"} {
			t.Run(string(at)+"/"+how, func(t *testing.T) {
				t.Parallel()
				f := faulty(t, at, testserver.SMTPAct{Hang: true})
				ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second) // time to come to the stage on a slow machine
				defer cancel()
				if how == "cancel" {
					var stop context.CancelFunc
					ctx, stop = context.WithCancel(t.Context())
					defer time.AfterFunc(2*time.Second, stop).Stop()
				}
				env := hello()
				if at == testserver.AtBody { // more than the buffers on the way hold
					env.Raw = []byte(strings.Repeat(strings.Repeat("x", 76)+"\r\n", 400_000))
				}
				start := time.Now()
				_, err := pool(t, outbound.Options{}).Send(ctx, mailbox(f.Host, f.Port, sales.SecurityNone), env)
				if took := time.Since(start); took > time.Minute {
					t.Errorf("took %v, want about 2s", took)
				}
				e := failed(t, err)
				if e.Unknown() != (at == testserver.AtDot) {
					t.Errorf("%v: unknown is %v", e, e.Unknown())
				}
				if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
					t.Errorf("%v does not say that the context ended", err)
				}
				if x := outbound.Explain(err, sales.Mailbox{}); x.Code != sales.Unavailable {
					t.Errorf("explained as %v", x)
				}
			})
		}
	}
}

// TestRefusedButAsked: a server that refuses the recipient and asks for the
// data all the same (RFC 2920 section 3.1) gets none of it.
func TestRefusedButAsked(t *testing.T) {
	f := faulty(t, testserver.AtRcpt, testserver.SMTPAct{Reply: "550 5.1.1 no"})
	p := pool(t, outbound.Options{})
	mb := mailbox(f.Host, f.Port, sales.SecurityNone)
	for range 2 {
		_, err := p.Send(t.Context(), mb, hello())
		if e := failed(t, err); e.Class() != sales.FailHard {
			t.Errorf("got %v", e)
		}
	}
	if len(f.Mails()) != 0 {
		t.Errorf("the server has %q", f.Mails())
	}
	if f.Conns() != 2 {
		t.Errorf("%d connections, want 2: one that waits for data is not used again", f.Conns())
	}
}
