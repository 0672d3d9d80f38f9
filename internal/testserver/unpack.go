package testserver

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// fetched is where scripts/need-packages puts the packages of servers that
// cannot be installed beside Postfix.
const fetched = "/var/cache/ninetyten/packages"

// unpacked makes dir/root a small system in which only the programs of one
// fetched package can run: its files, the libraries that they load, a table of
// users, and an empty device. It is entered with chroot, so a server finds the
// paths that were compiled into it and touches nothing of the machine's.
// programs are paths below the root of what is run there; /bin/sh is the machine's.
func unpacked(t testing.TB, dir, pkg, passwd, group string, programs ...string) (root string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Fatalf("testserver: %s can be started by root only; run \"make test\" as root, as in a container", pkg)
	}
	debs, err := filepath.Glob(filepath.Join(fetched, pkg+"_*.deb"))
	libs, libErr := filepath.Glob(filepath.Join(fetched, "lib*.deb"))
	if err = errors.Join(err, libErr); err != nil || len(debs) == 0 {
		t.Fatalf("testserver: the package %s is not in %s (%v); run \"make test\" as root, which fetches it", pkg, fetched, err)
	}
	root = filepath.Join(dir, "root")
	for _, sub := range []string{"etc", "dev", "tmp", "run", "var/run", "var/log"} {
		mkdir(t, filepath.Join(root, sub), 0o755, 0, 0)
	}
	mkdir(t, filepath.Join(root, "tmp"), 0o1777, 0, 0)
	for _, deb := range append(libs, debs[len(debs)-1]) {
		if out, err := exec.Command("dpkg", "-x", deb, root).CombinedOutput(); err != nil { //nolint:noctx // short
			t.Fatalf("testserver: unpack %s: %v\n%s", deb, err, out)
		}
	}
	for _, p := range programs {
		if p == "/bin/sh" {
			copyFile(t, root, p)
		}
		copyLibraries(t, root, p)
	}
	write(t, filepath.Join(root, "etc/passwd"), []byte("root:x:0:0::/:/bin/sh\n"+passwd), 0o644)
	write(t, filepath.Join(root, "etc/group"), []byte("root:x:0:\nmail:x:8:\n"+group), 0o644)
	write(t, filepath.Join(root, "etc/nsswitch.conf"), []byte("passwd: files\ngroup: files\nhosts: files\n"), 0o644)
	write(t, filepath.Join(root, "etc/hosts"), []byte("127.0.0.1 localhost\n"), 0o644)
	if err := syscall.Mknod(filepath.Join(root, "dev/null"), syscall.S_IFCHR|0o666, 1<<8|3); err != nil {
		t.Fatalf("testserver: make a device for %s: %v", pkg, err)
	}
	if err := os.Chmod(filepath.Join(root, "dev/null"), 0o666); err != nil {
		t.Fatal(err)
	}
	return root
}

// copyLibraries puts what a program loads, as the machine's own loader finds it,
// to the same path below root.
func copyLibraries(t testing.TB, root, program string) {
	t.Helper()
	cmd := exec.Command("ldd", filepath.Join(root, program)) //nolint:noctx // short
	own, _ := filepath.Glob(filepath.Join(root, "usr/lib/*-linux-*"))
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C", "LD_LIBRARY_PATH=" + strings.Join(own, ":")}
	out, err := cmd.CombinedOutput()
	if err != nil || strings.Contains(string(out), "not found") {
		t.Fatalf("testserver: %s lacks libraries (%v); remove %s and run \"make test\"\n%s", program, err, fetched, out)
	}
	for _, word := range strings.Fields(string(out)) {
		if strings.HasPrefix(word, "/") && !strings.HasPrefix(word, root) {
			copyFile(t, root, word)
		}
	}
}

// copyFile puts a program or library to the same path below root, once.
func copyFile(t testing.TB, root, path string) {
	t.Helper()
	to := filepath.Join(root, path)
	if _, err := os.Stat(to); err == nil {
		return
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	mkdir(t, filepath.Dir(to), 0o755, 0, 0)
	write(t, to, b, 0o755)
}

// mkdir makes a folder with exactly that mode and owner.
func mkdir(t testing.TB, dir string, mode os.FileMode, uid, gid int) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if mode&0o1000 != 0 {
		mode = mode&0o777 | os.ModeSticky
	}
	if err := errors.Join(os.Chmod(dir, mode), os.Chown(dir, uid, gid)); err != nil {
		t.Fatal(err)
	}
}
