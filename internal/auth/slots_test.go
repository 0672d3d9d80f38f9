package auth

import (
	"context"
	"testing"

	"ninetyten/internal/sales"
)

// TestLoginsAtOnce: when all places are taken, one more login is told to come
// back instead of taking memory; a place that is given back is free.
func TestLoginsAtOnce(t *testing.T) {
	a := &Auth{}
	var leave func()
	for range maxHashes {
		var err error
		if leave, err = a.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.enter(over); sales.CodeOf(err) != sales.Limited {
		t.Fatalf("one too many: %v", err)
	}
	leave()
	if _, err := a.enter(t.Context()); err != nil {
		t.Fatal(err)
	}
}
