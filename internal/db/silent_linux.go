package db

import "syscall"

// tcpUserTimeout is TCP_USER_TIMEOUT of tcp(7), which package syscall lacks.
const tcpUserTimeout = 18

// ackWithin ends a connection when what was sent is not acknowledged in time;
// else that takes about fifteen minutes.
func ackWithin(_, _ string, c syscall.RawConn) error {
	var err error
	if cerr := c.Control(func(fd uintptr) {
		err = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpUserTimeout, int(silentFor.Milliseconds()))
	}); cerr != nil {
		return cerr
	}
	if err == syscall.ENOPROTOOPT || err == syscall.EOPNOTSUPP { // a socket of the file system
		return nil
	}
	return err
}
