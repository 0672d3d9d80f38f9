package testserver

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// diskGuard unmounts a disk when its input ends: when told to, or because the
// test process is gone. Lazily, for somebody may still have a file open.
const diskGuard = `read -r order; umount -l "$1"; rmdir "$1"`

// SmallDisk is a disk of a few megabytes, in memory, that a test fills up.
type SmallDisk struct {
	Dir string // where it is mounted; everybody may write into it

	t testing.TB
}

// NewSmallDisk mounts a disk until t ends. Only root may: else the test is
// skipped.
func NewSmallDisk(t testing.TB, size int64) *SmallDisk {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root may mount a small disk to fill it up")
	}
	dir, err := os.MkdirTemp("", "ninetyten-disk-")
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d,mode=1777", size)); err != nil {
		_ = os.Remove(dir)
		if errors.Is(err, syscall.EPERM) {
			t.Skip("this machine allows nobody to mount a small disk to fill it up")
		}
		t.Fatalf("testserver: mount a disk of %d bytes: %v", size, err)
	}
	guard := exec.Command("/bin/sh", "-c", diskGuard, "guard", dir) //nolint:noctx // it outlives the test process
	guard.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	input, err := guard.StdinPipe()
	if err == nil {
		err = guard.Start()
	}
	if err != nil {
		_ = syscall.Unmount(dir, syscall.MNT_DETACH)
		_ = os.Remove(dir)
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = input.Close()
		if err := guard.Wait(); err != nil {
			t.Error("testserver: unmount a disk:", err)
		}
	})
	return &SmallDisk{Dir: dir, t: t}
}

func (d *SmallDisk) ballast() string { return filepath.Join(d.Dir, "ballast") }

// Fill takes all the room that is left, to the last byte.
func (d *SmallDisk) Fill() {
	d.t.Helper()
	f, err := os.OpenFile(d.ballast(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size > 0; {
		_, err := f.Write(make([]byte, size))
		if errors.Is(err, syscall.ENOSPC) {
			size /= 2
		} else if err != nil {
			d.t.Fatal(err)
		}
	}
}

// Free gives the room back.
func (d *SmallDisk) Free() {
	d.t.Helper()
	if err := os.Remove(d.ballast()); err != nil {
		d.t.Fatal(err)
	}
}

// ReadOnly mounts the disk anew so that it takes no changes, or does again. No
// file on it may be open for writing.
func (d *SmallDisk) ReadOnly(on bool) {
	d.t.Helper()
	flags := uintptr(syscall.MS_REMOUNT)
	if on {
		flags |= syscall.MS_RDONLY
	}
	if err := syscall.Mount("tmpfs", d.Dir, "tmpfs", flags, ""); err != nil {
		d.t.Fatal("testserver: mount a disk anew:", err)
	}
}
