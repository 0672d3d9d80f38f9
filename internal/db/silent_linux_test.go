package db

import (
	"context"
	"net"
	"syscall"
	"testing"
	"time"
)

// TestSilent: a connection to the database ends by itself when the other machine
// is silent for half a minute, whether something is on its way to it or not. A
// socket of the file system has no such settings, and opens all the same.
func TestSilent(t *testing.T) {
	accept := func(network, addr string) net.Conn {
		t.Helper()
		l, err := (&net.ListenConfig{}).Listen(t.Context(), network, addr)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		c, err := patientDialer(connectFor).DialContext(ctx, network, l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		return c
	}
	accept("unix", t.TempDir()+"/s")
	raw, err := accept("tcp", "127.0.0.1:0").(*net.TCPConn).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	get := func(level, option int) (n int) {
		t.Helper()
		var oerr error
		if err := raw.Control(func(fd uintptr) { n, oerr = syscall.GetsockoptInt(int(fd), level, option) }); err != nil || oerr != nil {
			t.Fatal(err, oerr)
		}
		return n
	}
	if ms := get(syscall.IPPROTO_TCP, tcpUserTimeout); ms != 30_000 {
		t.Errorf("what is not acknowledged ends the connection after %d ms", ms)
	}
	on, idle := get(syscall.SOL_SOCKET, syscall.SO_KEEPALIVE), get(syscall.IPPROTO_TCP, syscall.TCP_KEEPIDLE)
	every, times := get(syscall.IPPROTO_TCP, syscall.TCP_KEEPINTVL), get(syscall.IPPROTO_TCP, syscall.TCP_KEEPCNT)
	if on != 1 || idle+every*times != 30 {
		t.Errorf("asked after: %d, after %d s, every %d s, %d times", on, idle, every, times)
	}
}
