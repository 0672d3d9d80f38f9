package secret

import (
	"bytes"
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ninetyten/internal/sales"
)

const key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func keys(t *testing.T, master string) *Keys {
	t.Helper()
	k, err := New([]byte(master))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestSealAndOpen(t *testing.T) {
	k, other := keys(t, key), keys(t, key+"!")
	for _, plain := range []string{"", "p", "correct horse", "\x00\xff", strings.Repeat("långt ", 100_000)} {
		a, b := k.Seal(plain), k.Seal(plain)
		if got, err := k.Open(a); err != nil || got != plain {
			t.Errorf("open %d bytes: %q %v", len(plain), got[:min(len(got), 20)], err)
		}
		if plain == "" {
			if a != nil {
				t.Error("nothing was sealed to something")
			}
			continue
		}
		if bytes.Equal(a, b) {
			t.Error("the same nonce twice")
		}
		if len(plain) > 8 && bytes.Contains(a, []byte(plain)) { // a short one is there by chance now and then
			t.Error("it can be read")
		}
		if _, err := other.Open(a); sales.CodeOf(err) != sales.Invalid || !strings.Contains(sales.Explain(err), "secret.key") {
			t.Error("another key:", err)
		}
		for _, cut := range []int{1, 23, 24, len(a) - 1} {
			if got, err := k.Open(a[:cut]); err == nil {
				t.Errorf("cut to %d bytes it opens to %q", cut, got)
			}
		}
		for i := 0; i < len(a); i += 1 + len(a)/50 {
			c := bytes.Clone(a)
			c[i] ^= 1
			if _, err := k.Open(c); err == nil {
				t.Fatalf("a changed byte %d was not noticed", i)
			}
		}
	}
}

func TestKeysDiffer(t *testing.T) {
	k, other := keys(t, key), keys(t, key[1:]+"0")
	seen := map[[32]byte]bool{}
	for _, x := range []*Keys{k, other} {
		for _, y := range [][32]byte{x.box, x.hash, x.token, x.tokenMAC, x.header} {
			if seen[y] {
				t.Error("two purposes share a key")
			}
			seen[y] = true
		}
	}
	if !bytes.Equal(k.HeaderKey(), keys(t, key).HeaderKey()) {
		t.Error("the same master gives other keys")
	}
	for _, n := range []int{0, 1, 31} {
		if _, err := New(make([]byte, n)); sales.CodeOf(err) != sales.Invalid {
			t.Error(n, err)
		}
	}
}

func TestHash(t *testing.T) {
	k := keys(t, key)
	a := k.Hash(sales.SuppressAddress, "a@x.example")
	if len(a) != 32 || !bytes.Equal(a, k.Hash(sales.SuppressAddress, "a@x.example")) {
		t.Error("not the same hash twice")
	}
	for name, b := range map[string][]byte{
		"value":  k.Hash(sales.SuppressAddress, "b@x.example"),
		"kind":   k.Hash(sales.SuppressDomain, "a@x.example"),
		"key":    keys(t, key+"x").Hash(sales.SuppressAddress, "a@x.example"),
		"border": k.Hash("address:a", "@x.example"),
	} {
		if bytes.Equal(a, b) {
			t.Error("another", name, "has the same hash")
		}
	}
}

func TestToken(t *testing.T) {
	k := keys(t, key)
	for _, id := range []sales.ID{1, 42, 1<<62 + 5} {
		tok := k.Token(id, id+1)
		ws, m, err := k.ParseToken(tok)
		if err != nil || ws != id || m != id+1 {
			t.Error(ws, m, err)
		}
		if len(tok) != 32 || strings.ContainsAny(tok, "+/=") {
			t.Errorf("%q does not stand in an address", tok)
		}
		if tok != k.Token(id, id+1) {
			t.Error("a link changes with every rendering")
		}
		bad := []string{"", "x", tok[:31], tok + "A", tok + tok, "*" + tok[1:], strings.ToLower(tok) + "\n", keys(t, key+"x").Token(id, id+1)}
		for i := range tok { // every character counts
			c := byte('A')
			if tok[i] == c {
				c = 'B'
			}
			bad = append(bad, tok[:i]+string(c)+tok[i+1:])
		}
		for _, s := range bad {
			if s == tok+"\n" {
				continue
			}
			if _, _, err := k.ParseToken(s); sales.CodeOf(err) != sales.NotFound {
				t.Errorf("%q: %v", s, err)
			}
		}
	}
	// Nobody learns from two links whether they are of one workspace.
	a, _ := base64.RawURLEncoding.DecodeString(k.Token(7, 1))
	b, _ := base64.RawURLEncoding.DecodeString(k.Token(7, 2))
	if bytes.Equal(a[:8], b[:8]) {
		t.Error("the workspace shows in the token")
	}
}

func FuzzParseToken(f *testing.F) {
	k, err := New([]byte(key))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(k.Token(1, 2))
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		ws, m, err := k.ParseToken(s)
		if err == nil && k.Token(ws, m) != strings.NewReplacer("\r", "", "\n", "").Replace(s) {
			t.Errorf("%q was taken for %d %d", s, ws, m)
		}
	})
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folder", "secret.key")
	k, err := Load(path, "")
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() != 65 {
		t.Fatal(info, err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Error("something was left behind:", left, err)
	}
	again, err := Load(path, "")
	if err != nil || *again != *k {
		t.Error("another key the second time", err)
	}
	env, err := Load(path, "  "+key+"\n")
	if err != nil || *env == *k {
		t.Error("the environment does not win", err)
	}
	for _, bad := range []string{"xyz", "abc", "00"} {
		if _, err := Load(path, bad); sales.CodeOf(err) != sales.Invalid {
			t.Error(bad, err)
		}
		if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(path, ""); sales.CodeOf(err) != sales.Invalid {
			t.Error("file", bad, err)
		}
	}
	if _, err := Load(t.TempDir(), ""); sales.CodeOf(err) != sales.Unavailable {
		t.Error("a folder is no key:", err)
	}
	if _, err := Load(filepath.Join(path, "below", "secret.key"), ""); sales.CodeOf(err) != sales.Unavailable {
		t.Error("no place for it:", err)
	}
}

// TestLoadPlain: file systems without links go another way to the same end.
func TestLoadPlain(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "secret.key")
	var first *Keys
	for _, text := range []string{key, key[1:] + "0"} {
		written := filepath.Join(dir, "written")
		if err := os.WriteFile(written, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		k, err := createPlain(path, written, "cannot")
		if err != nil || first != nil && *k != *first {
			t.Fatal("the first key does not stay:", err)
		}
		first = k
	}
	if err := os.WriteFile(path+".lock", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := createPlain(path, path, "cannot"); sales.CodeOf(err) != sales.Unavailable {
		t.Error(err)
	}
}

const childEnv = "NINETYTEN_SECRET_TEST_PATH"

// TestMain lets the test binary be a second process that loads a key.
func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		k, err := Load(path, "")
		if err != nil {
			println(err.Error())
			os.Exit(1)
		}
		os.Stdout.WriteString(k.Token(1, 1))
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestTwoAtOnce: processes and goroutines that start at the same time agree.
func TestTwoAtOnce(t *testing.T) {
	for range 5 {
		path := filepath.Join(t.TempDir(), "secret.key")
		got := make([]string, 12)
		var wg sync.WaitGroup
		for i := range got {
			wg.Go(func() {
				if i < 3 {
					c := exec.CommandContext(t.Context(), os.Args[0])
					c.Env = append(os.Environ(), childEnv+"="+path)
					out, err := c.Output()
					if err != nil {
						t.Error("a process failed:", err)
					}
					got[i] = string(out)
					return
				}
				k, err := Load(path, "")
				if err != nil {
					t.Error(err)
					return
				}
				got[i] = k.Token(1, 1)
			})
		}
		wg.Wait()
		for i, s := range got {
			if s != got[0] || s == "" {
				t.Fatalf("%d has another key", i)
			}
		}
	}
}
