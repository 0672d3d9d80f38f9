package outbound_test

import (
	"bytes"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/emersion/go-smtp"

	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
)

const benchConns = 10

// mail2K is a mail of about 2 KiB.
func mail2K() []byte {
	return []byte("From: ann@seller.example\r\nTo: bob@buyer.example\r\nSubject: two kilobytes\r\n\r\n" +
		strings.Repeat("A line of the length that people write, more or less, here.\r\n", 32))
}

// BenchmarkSend sends to a go-smtp server that throws the mails away.
func BenchmarkSend(b *testing.B) {
	s := newSink(b, nil, nil, true)
	p := pool(b, outbound.Options{MaxConns: benchConns})
	mb := mailbox(s.Host, s.Port, sales.SecurityNone)
	env := hello()
	env.Raw = mail2K()
	b.ReportAllocs()
	atOnce(b, func(next func() bool) error {
		for next() {
			if _, err := p.Send(b.Context(), mb, env); err != nil {
				return err
			}
		}
		return nil
	})
}

// BenchmarkGoSMTPClient is the same with the client of go-smtp.
func BenchmarkGoSMTPClient(b *testing.B) {
	s := newSink(b, nil, nil, true)
	raw := mail2K()
	b.ReportAllocs()
	atOnce(b, func(next func() bool) error {
		c, err := smtp.Dial(net.JoinHostPort(s.Host, strconv.Itoa(s.Port)))
		if err != nil {
			return err
		}
		defer c.Close()
		for next() {
			if err := c.SendMail("ann@seller.example", []string{"bob@buyer.example"}, bytes.NewReader(raw)); err != nil {
				return err
			}
		}
		return c.Quit()
	})
}

// atOnce shares b.N turns among benchConns goroutines.
func atOnce(b *testing.B, work func(next func() bool) error) {
	b.Helper()
	var turn atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for range benchConns {
		wg.Go(func() {
			if err := work(func() bool { return turn.Add(1) <= int64(b.N) }); err != nil {
				b.Error(err)
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
}
