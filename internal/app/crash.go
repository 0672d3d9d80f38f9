package app

import (
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

// crasher makes a process kill itself at the n-th passing of a named point, as
// hard as SIGKILL does, for the tests of what survives. Empty is never.
func crasher(at string) func(string) {
	if at == "" {
		return nil
	}
	point, count, _ := strings.Cut(at, ":")
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 {
		n = 1
	}
	var passed atomic.Int64
	return func(p string) {
		if p == point && passed.Add(1) == int64(n) {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
}
