package sink

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

func start(t testing.TB, opt Options) *Sink {
	t.Helper()
	s, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestTakesMailOfAnOrdinaryClient(t *testing.T) {
	s := start(t, Options{})
	c, err := smtp.Dial(s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Auth(sasl.NewPlainClient("", "a", "b")); err != nil {
		t.Fatal(err)
	}
	send := func(id string, body string) {
		t.Helper()
		raw := "From: a@one.example\r\nMessage-ID: <" + id + ">\r\nSubject: x\r\n\r\n" + body
		if err := c.SendMail("a@one.example", []string{"b@two.example", "c@two.example"}, strings.NewReader(raw)); err != nil {
			t.Fatal(err)
		}
	}
	send("1@one.example", "hello\r\n.\r\n..two\r\n")
	send("2@one.example", strings.Repeat("long line of text\r\n", 500_000)) // about 9 MB
	send("1@one.example", "again\r\n")
	if s.Count() != 3 || s.Duplicates() != 1 || s.Distinct() != 2 || s.Recipients() != 6 {
		t.Fatalf("count %d duplicates %d distinct %d recipients %d", s.Count(), s.Duplicates(), s.Distinct(), s.Recipients())
	}
	if s.Times("<1@one.example>") != 2 || s.Times("2@one.example") != 1 || s.Times("3@one.example") != 0 {
		t.Fatal("counts by Message-ID are wrong")
	}
	if err := c.Quit(); err != nil {
		t.Fatal(err)
	}
}

// The end of a mail may be cut anywhere by the network.
func TestEveryCutOfTheStream(t *testing.T) {
	s := start(t, Options{})
	stream := "EHLO me\r\nMAIL FROM:<a@one.example>\r\nRCPT TO:<b@two.example>\r\nDATA\r\nSubject: s\r\nMESSAGE-id:\r\n <cut@one.example>\r\n\r\nbody\r\n..dot\r\n.\r\nMAIL FROM:<a@one.example>\r\nRCPT TO:<b@two.example>\r\nDATA\r\n.\r\nQUIT\r\n"
	for i := 1; i < len(stream); i++ {
		c, err := net.Dial("tcp", s.Addr())
		if err != nil {
			t.Fatal(err)
		}
		_ = c.SetDeadline(time.Now().Add(time.Minute))
		go func() {
			for _, part := range []string{stream[:i], stream[i:]} {
				if _, err := c.Write([]byte(part)); err != nil {
					return
				}
			}
		}()
		var last string
		for sc := bufio.NewScanner(c); sc.Scan(); {
			last = sc.Text()
		}
		_ = c.Close()
		if !strings.HasPrefix(last, "221") {
			t.Fatalf("cut at %d: last answer %q", i, last)
		}
		if s.Count() != 2 || s.Times("cut@one.example") != 1 || s.WithoutID() != 1 {
			t.Fatalf("cut at %d: count %d", i, s.Count())
		}
		s.Reset()
	}
}

func TestRefusesNonsense(t *testing.T) {
	s := start(t, Options{})
	c, err := net.Dial("tcp", s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(time.Minute))
	fmt.Fprint(c, "DATA\r\nRCPT TO:<x@y.example>\r\nWHAT\r\n\r\nMAIL FROM:<>\r\nMAIL FROM:<>\r\nQUIT\r\n")
	var codes []string
	for sc := bufio.NewScanner(c); sc.Scan(); {
		codes = append(codes, sc.Text()[:3])
	}
	if got := strings.Join(codes, " "); got != "220 503 503 500 500 250 503 221" {
		t.Fatal(got)
	}
	if s.Count() != 0 {
		t.Fatal("counted nonsense")
	}
}

func TestCloseEndsConnections(t *testing.T) {
	s := start(t, Options{})
	c, err := net.Dial("tcp", s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_ = c.SetDeadline(time.Now().Add(time.Minute))
	if _, err := bufio.NewReader(c).ReadString(0); err == nil {
		t.Fatal("still open")
	}
}

// BenchmarkSink measures a pipelining client and the sink together on ten kept
// connections: 2 KiB mails.
func BenchmarkSink(b *testing.B) {
	s := start(b, Options{})
	body := bytes.Repeat([]byte("a line of seventy characters or so, as people write them in mails.\r\n"), 28)
	const conns = 10
	done := make(chan error, conns)
	b.ResetTimer()
	began, cpu := time.Now(), cpuTime(b)
	for n := range conns {
		go func() { done <- pump(s.Addr(), n, (b.N+conns-1-n)/conns, body) }()
	}
	for range conns {
		if err := <-done; err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	if s.Count() != int64(b.N) || s.Duplicates() != 0 {
		b.Fatalf("count %d of %d, %d duplicates", s.Count(), b.N, s.Duplicates())
	}
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "mails/s")
	b.ReportMetric(float64((cpuTime(b)-cpu).Microseconds())/float64(b.N), "cpu-µs/mail")
}

// cpuTime is what this process, client and sink, has used of the processors.
func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func pump(addr string, conn, n int, body []byte) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	r := bufio.NewReader(c)
	want := func(lines int) error {
		for range lines {
			if _, err := r.ReadSlice('\n'); err != nil {
				return err
			}
		}
		return nil
	}
	fmt.Fprint(c, "HELO me\r\n")
	if err := want(2); err != nil {
		return err
	}
	buf := make([]byte, 0, 8192)
	for i := range n {
		if _, err := c.Write([]byte("MAIL FROM:<a@one.example>\r\nRCPT TO:<b@two.example>\r\nDATA\r\n")); err != nil {
			return err
		}
		if err := want(3); err != nil {
			return err
		}
		buf = fmt.Appendf(buf[:0], "Subject: s\r\nMessage-ID: <%d.%d@one.example>\r\n\r\n%s.\r\n", conn, i, body)
		if _, err := c.Write(buf); err != nil {
			return err
		}
		if err := want(1); err != nil {
			return err
		}
	}
	return nil
}
