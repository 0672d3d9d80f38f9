package crash

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/sandbox/mailhost"
)

// trouble is a mail server that fails in many ways, at random, for a while.
type trouble struct {
	mu     sync.Mutex
	rng    *rand.Rand
	left   int             // faults to come
	struck map[string]int  // fault -> how often
	lost   map[string]bool // "step of person" whose result the client cannot know
}

type plan struct {
	name  string
	stage mailhost.Stage
	fault mailhost.Fault
	open  bool // the client cannot know whether the mail was taken
}

func plans() []plan {
	return []plan{
		{"closes instead of greeting", mailhost.StageConnect, mailhost.Fault{Drop: true}, false},
		{"421 at hello", mailhost.StageHello, mailhost.Fault{Code: 421}, false},
		{"454 at login", mailhost.StageAuth, mailhost.Fault{Code: 454, Enhanced: [3]int{4, 7, 0}}, false},
		{"451 at MAIL", mailhost.StageMail, mailhost.Fault{Code: 451}, false},
		{"closes at MAIL", mailhost.StageMail, mailhost.Fault{Drop: true}, false},
		{"450 at RCPT", mailhost.StageRcpt, mailhost.Fault{Code: 450, Enhanced: [3]int{4, 2, 1}}, false},
		{"closes at RCPT", mailhost.StageRcpt, mailhost.Fault{Drop: true}, false},
		{"closes amid the mail", mailhost.StageBody, mailhost.Fault{Drop: true}, true},
		{"452 after the mail", mailhost.StageDone, mailhost.Fault{Code: 452}, false},
		{"closes without a result", mailhost.StageDone, mailhost.Fault{Drop: true}, true},
		{"takes it and closes", mailhost.StageTaken, mailhost.Fault{Drop: true}, true},
	}
}

// strike is asked at every stage and fails one time in six.
func (x *trouble) strike(t mailhost.Try) *mailhost.Fault {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.left == 0 || x.rng.IntN(6) > 0 {
		return nil
	}
	var fit []plan
	for _, p := range plans() {
		if p.stage == t.Stage {
			fit = append(fit, p)
		}
	}
	if len(fit) == 0 {
		return nil
	}
	p := fit[x.rng.IntN(len(fit))]
	x.left--
	x.struck[p.name]++
	if p.open {
		x.lost[t.Rcpt] = true
	}
	f := p.fault
	return &f
}

func (x *trouble) caught(person string, _ int) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.lost[person]
}

// TestServersFail lets the servers fail at every stage while the program works
// and is killed now and then.
func TestServersFail(t *testing.T) { serversFail(t, sqlite, 1) }

func serversFail(t *testing.T, database func() string, nodes int) {
	t.Parallel()
	s := newSite(t, database(), 9)
	ctx := t.Context()
	x := &trouble{rng: rand.New(rand.NewPCG(9, 9)), left: 120, struck: map[string]int{}, lost: map[string]bool{}}
	remove := s.out.host.AddFault(x.strike)
	defer remove()
	if err := s.enroll(ctx, 200, 25*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	run := make([]*node, nodes)
	for i := range run {
		var err error
		if run[i], err = s.startNode(fmt.Sprintf("node%d", i), quick()...); err != nil {
			t.Fatal(err)
		}
		defer func() { run[i].kill() }()
	}
	for _, at := range []int{60, 20} {
		if err := until(ctx, 2*time.Minute, "faults strike", func(ctx context.Context) (bool, error) {
			x.mu.Lock()
			left := x.left
			x.mu.Unlock()
			return left <= at, s.hurry(ctx)
		}); err != nil {
			t.Fatal(err, run[0].tail())
		}
		if nodes > 1 {
			continue // of what another node has on its way one cannot say whether a kill caught it
		}
		run[0].kill()
		if err := s.killed(ctx); err != nil {
			t.Fatal(err)
		}
		var err error
		if run[0], err = s.startNode("node0", quick()...); err != nil {
			t.Fatal(err)
		}
	}
	if err := until(ctx, 2*time.Minute, "the work ends", func(ctx context.Context) (bool, error) {
		left, err := s.left(ctx)
		if err == nil && left != "" {
			err = s.hurry(ctx)
		}
		return left == "", err
	}); err != nil {
		left, _ := s.left(ctx)
		t.Fatal(err, left, run[0].tail())
	}
	got, err := s.check(ctx, x.caught)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v", got)
	t.Logf("faults: %v", x.struck)
	if err := got.err(); err != nil {
		t.Error(err)
	}
	for _, p := range plans() {
		if x.struck[p.name] == 0 {
			t.Errorf("the servers never did this: %s", p.name)
		}
	}
}

// hurry lets what waits because of a server be tried again now, as time would.
func (s *site) hurry(ctx context.Context) error {
	now := s.now()
	for _, q := range []string{
		`UPDATE mailings SET due_at = ? WHERE workspace_id = ? AND state = 'queued' AND due_at > ?`,
		`UPDATE mailboxes SET next_send_at = ? WHERE workspace_id = ? AND next_send_at > ?`,
	} {
		if _, err := s.store.DB.Exec(ctx, q, now, ws, now); err != nil {
			return err
		}
	}
	return nil
}

// TestServerHangs lets the server fall silent amid a mail: the program waits
// without a second try, and nothing goes to those who answer meanwhile.
func TestServerHangs(t *testing.T) {
	t.Parallel()
	s := newSite(t, "", 11)
	ctx := t.Context()
	var mu sync.Mutex
	hung, boxes := map[string]bool{}, map[string]bool{}
	free := s.out.host.AddFault(func(x mailhost.Try) *mailhost.Fault {
		mu.Lock()
		defer mu.Unlock()
		if stage := map[bool]mailhost.Stage{true: mailhost.StageTaken, false: mailhost.StageBody}[s.out.saves[x.From]]; x.Stage == stage && !boxes[x.From] && moodOf(x.Rcpt) == silent {
			hung[x.Rcpt], boxes[x.From] = true, true
			return &mailhost.Fault{Hang: true}
		}
		return nil
	})
	defer free()
	if err := s.enroll(ctx, 80, 20*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	n, err := s.startNode("node", quick()...)
	if err != nil {
		t.Fatal(err)
	}
	defer n.kill()
	if err := until(ctx, time.Minute, "a mail hangs in each mailbox", func(context.Context) (bool, error) {
		mu.Lock()
		defer mu.Unlock()
		return len(hung) == 2, n.alive()
	}); err != nil {
		t.Fatal(err)
	}
	if err := until(ctx, time.Minute, "answers are read meanwhile", func(ctx context.Context) (bool, error) {
		in, err := s.store.IncomingAfter(ctx, ws, 0, 1_000_000)
		_, words := s.out.seen()
		return len(in) == len(words) && s.out.waiting() == 0, err
	}); err != nil {
		t.Fatal(err)
	}
	free()
	if err := s.quiet(ctx, 2*time.Minute); err != nil {
		t.Fatal(err, n.tail())
	}
	got, err := s.check(ctx, func(p string, _ int) bool { return hung[p] })
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v", got)
	if err := got.err(); err != nil {
		t.Error(err)
	}
	if got.Unknown != 2 {
		t.Errorf("%d mails are unknown, although servers hung up on 2 without a result", got.Unknown)
	}
}

// TestSlowServer has a server that takes its time for each mail, and many people
// at once: what is known of them when their mail goes is fresh all the same.
func TestSlowServer(t *testing.T) {
	t.Parallel()
	s := newSite(t, "", 13)
	ctx := t.Context()
	s.out.delay = 1000
	if err := s.enroll(ctx, 36, 0); err != nil {
		t.Fatal(err)
	}
	n, err := s.startNode("node", quick()...)
	if err != nil {
		t.Fatal(err)
	}
	defer n.kill()
	if err := s.quiet(ctx, 2*time.Minute); err != nil {
		t.Fatal(err, n.tail())
	}
	got, err := s.check(ctx, none)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v", got)
	if err := got.err(); err != nil {
		t.Error(err)
	}
}
