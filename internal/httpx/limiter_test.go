package httpx

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

func TestLoginLimits(t *testing.T) {
	l := NewLoginLimits()
	now := time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)
	for i := range 6 {
		if err := l.Try("192.0.2.1", "ana@brightmail.example", now); err != nil {
			t.Fatalf("try %d: %v", i+1, err)
		}
	}
	err := l.Try("192.0.2.1", " ANA@brightmail.example", now)
	if sales.CodeOf(err) != sales.Limited || !strings.Contains(err.Error(), "60 seconds") {
		t.Fatalf("the 7th try: %v", err)
	}
	if err := l.Try("192.0.2.1", "tomas@brightmail.example", now); err != nil {
		t.Errorf("another account from there: %v", err)
	}
	if err := l.Try("192.0.2.2", "ana@brightmail.example", now); err != nil {
		t.Errorf("the owner from elsewhere: %v", err)
	}
	if err := l.Try("192.0.2.1", "ana@brightmail.example", now.Add(time.Minute)); err != nil {
		t.Errorf("a minute later: %v", err)
	}
	l.Right("192.0.2.1", "ana@brightmail.example")
	if err := l.Try("192.0.2.1", "ana@brightmail.example", now.Add(time.Minute)); err != nil {
		t.Errorf("after the right password: %v", err)
	}
}

// Trying all accounts from one address, or one account from all addresses, ends too.
func TestLoginLimitsAcross(t *testing.T) {
	now := time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)
	count := func(ip, account func(int) string) int {
		l := NewLoginLimits()
		for i := range 1000 {
			if l.Try(ip(i), account(i), now) != nil {
				return i
			}
		}
		return 1000
	}
	same := func(s string) func(int) string { return func(int) string { return s } }
	if n := count(same("192.0.2.1"), func(i int) string { return fmt.Sprint("u", i) }); n != 40 {
		t.Errorf("one address could try %d accounts, want 40", n)
	}
	if n := count(func(i int) string { return fmt.Sprintf("2001:db8:1:2::%x", i) }, func(i int) string { return fmt.Sprint("u", i) }); n != 40 {
		t.Errorf("one network could try %d accounts, want 40", n)
	}
	if n := count(func(i int) string { return fmt.Sprint("ip", i) }, same("ana")); n != 60 {
		t.Errorf("one account could be tried %d times, want 60", n)
	}
}

// A million keys leave no more than the bound behind, and an attacked one stays limited meanwhile.
func TestLimiterMemoryIsBounded(t *testing.T) {
	const bound = 1000
	l := NewLimiter(time.Minute, 2, bound)
	now := time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)
	refused := 0
	for i := range 200_000 {
		l.Allow(fmt.Sprint(i), now)
		if i%100 == 0 {
			if ok, _ := l.Allow("attacked", now); !ok {
				refused++
			}
		}
		if n := len(l.young) + len(l.old); n > bound+1 {
			t.Fatalf("%d keys are kept, want at most %d", n, bound)
		}
	}
	if refused != 2000-2 {
		t.Errorf("the attacked key was refused %d times of 2000, want 1998", refused)
	}
}
