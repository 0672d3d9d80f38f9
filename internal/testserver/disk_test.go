package testserver

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestSmallDisk: it fills up, is freed, takes no changes, and is gone in the end.
func TestSmallDisk(t *testing.T) {
	dir := ""
	t.Run("mounted", func(t *testing.T) {
		d := NewSmallDisk(t, 4<<20)
		dir = d.Dir
		name := filepath.Join(dir, "x")
		if err := os.WriteFile(name, make([]byte, 1<<20), 0o600); err != nil {
			t.Fatal(err)
		}
		d.Fill()
		if err := os.WriteFile(name+"y", []byte("y"), 0o600); !errors.Is(err, syscall.ENOSPC) {
			t.Error("full:", err)
		}
		d.Free()
		d.ReadOnly(true)
		if err := os.WriteFile(name+"z", []byte("z"), 0o600); !errors.Is(err, syscall.EROFS) {
			t.Error("read-only:", err)
		}
		d.ReadOnly(false)
		if err := os.WriteFile(name+"z", make([]byte, 1<<20), 0o600); err != nil {
			t.Error(err)
		}
	})
	if _, err := os.Stat(dir); dir != "" && !errors.Is(err, os.ErrNotExist) {
		t.Error("left behind:", dir, err)
	}
}
