// Package secret keeps what must not be readable in a copy of the database: it
// seals mailbox passwords, keys the hashes of the suppression list, and makes
// the tokens of unsubscribe links. The key lives outside the database, in a file
// of the data folder or in the environment; whoever has only the database can
// read none of it.
package secret

import (
	"crypto/aes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/nacl/secretbox"

	"ninetyten/internal/sales"
)

// Keys are the keys of one installation, each derived from one master key for
// one purpose.
type Keys struct {
	box, hash, token, tokenMAC, header [32]byte
}

// New derives the keys from a master key of at least 32 bytes.
func New(master []byte) (*Keys, error) {
	if len(master) < 32 {
		return nil, sales.Errorf(sales.Invalid, "The secret key has %d bytes; it needs at least 32. Make one with: head -c 32 /dev/urandom | xxd -p -c 64", len(master))
	}
	k := &Keys{}
	for _, d := range []struct {
		to    *[32]byte
		label string
	}{{&k.box, "seal"}, {&k.hash, "suppression"}, {&k.token, "token"}, {&k.tokenMAC, "token-mac"}, {&k.header, "header"}} {
		m := hmac.New(sha256.New, master)
		m.Write([]byte("ninetyten/" + d.label))
		copy(d.to[:], m.Sum(nil))
	}
	return k, nil
}

// Load reads the master key from env (64 hex digits) when it is set, else from
// the file at path, which it makes with mode 0600 when there is none.
func Load(path, env string) (*Keys, error) {
	if env != "" {
		b, err := hex.DecodeString(strings.TrimSpace(env))
		if err != nil {
			return nil, sales.WrapError(sales.Invalid, err, "NINETYTEN_SECRET is not hexadecimal. It should be 64 digits.")
		}
		return New(b)
	}
	b, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return create(path)
	case err != nil:
		return nil, sales.WrapError(sales.Unavailable, err, "The secret key at "+path+" cannot be read. Check who owns the file.")
	}
	raw, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil {
		return nil, sales.WrapError(sales.Invalid, err, "The secret key at "+path+" is damaged. Put it back from your backup: without it no mailbox password can be read.")
	}
	return New(raw)
}

// create makes the key file. It is written under another name and then linked,
// so that a process which starts at the same time sees all of it or nothing, and
// of two the first wins.
func create(path string) (*Keys, error) {
	cannot := "The secret key cannot be written to " + path + ". Check that the folder exists and who owns it."
	master := make([]byte, 32)
	rand.Read(master)
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, sales.WrapError(sales.Unavailable, err, cannot)
	}
	f, err := os.CreateTemp(dir, ".secret-*") // mode 0600
	if err != nil {
		return nil, sales.WrapError(sales.Unavailable, err, cannot)
	}
	defer func() { _ = os.Remove(f.Name()) }() // linked or moved by then
	_, err = f.WriteString(hex.EncodeToString(master) + "\n")
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, sales.WrapError(sales.Unavailable, err, cannot)
	}
	switch err := os.Link(f.Name(), path); {
	case errors.Is(err, fs.ErrExist):
		return Load(path, "") // another process was first
	case err != nil: // a file system without links
		return createPlain(path, f.Name(), cannot)
	}
	syncDir(dir)
	return New(master)
}

// createPlain moves the written key into place where files cannot be linked:
// an empty file of that name is the lock.
func createPlain(path, written, cannot string) (*Keys, error) {
	lock, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, sales.WrapError(sales.Unavailable, err, cannot+" Another process may be making it: wait a moment, else delete "+path+".lock.")
	}
	defer func() { _ = os.Remove(lock.Name()) }()
	defer lock.Close()
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(written, path); err != nil {
			return nil, sales.WrapError(sales.Unavailable, err, cannot)
		}
		syncDir(filepath.Dir(path))
	}
	return Load(path, "")
}

// syncDir makes the name of a new file survive a loss of power, where the
// system can.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// Seal encrypts plain (XSalsa20-Poly1305): a nonce of 24 bytes and the box.
func (k *Keys) Seal(plain string) []byte {
	if plain == "" {
		return nil
	}
	var nonce [24]byte
	rand.Read(nonce[:])
	return secretbox.Seal(nonce[:], []byte(plain), &nonce, &k.box)
}

// Open decrypts what Seal made. An Invalid error means that another key was used
// or that the value was changed.
func (k *Keys) Open(sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	if len(sealed) < 24 {
		return "", unreadable()
	}
	var nonce [24]byte
	copy(nonce[:], sealed)
	plain, ok := secretbox.Open(nil, sealed[24:], &nonce, &k.box)
	if !ok {
		return "", unreadable()
	}
	return string(plain), nil
}

func unreadable() error {
	return sales.Errorf(sales.Invalid, "The stored password cannot be read with this secret key. Put back the right secret.key, or enter the password again.")
}

// Hash is the keyed hash under which a suppressed value is kept, so that it can
// be matched after the value itself was erased.
func (k *Keys) Hash(kind sales.SuppressionKind, value string) []byte {
	m := hmac.New(sha256.New, k.hash[:])
	fmt.Fprintf(m, "%s:%s", kind, value)
	return m.Sum(nil)
}

// HeaderKey keys the deterministic Message-IDs.
func (k *Keys) HeaderKey() []byte { return k.header[:] }

// tokenLen is one encrypted block and a truncated MAC.
const tokenLen = 16 + 8

// Token makes the opaque part of an unsubscribe link: it names a workspace and a
// mailing to us and nothing to anybody else, and cannot be forged
// (RFC 8058 section 3.1).
func (k *Keys) Token(workspace, mailing sales.ID) string {
	var block [16]byte
	binary.BigEndian.PutUint64(block[:8], uint64(workspace))
	binary.BigEndian.PutUint64(block[8:], uint64(mailing))
	c, err := aes.NewCipher(k.token[:])
	if err != nil {
		panic(err) // the key has 32 bytes
	}
	out := make([]byte, tokenLen)
	c.Encrypt(out[:16], block[:])
	copy(out[16:], k.mac(out[:16]))
	return base64.RawURLEncoding.EncodeToString(out)
}

// ParseToken reads a token. A NotFound error means that it is none of ours.
func (k *Keys) ParseToken(token string) (workspace, mailing sales.ID, err error) {
	b, derr := base64.RawURLEncoding.DecodeString(token)
	if derr != nil || len(b) != tokenLen || subtle.ConstantTimeCompare(b[16:], k.mac(b[:16])[:8]) != 1 {
		return 0, 0, sales.Errorf(sales.NotFound, "This link is not complete. Open it again from the mail, or answer the mail with the word stop.")
	}
	c, err := aes.NewCipher(k.token[:])
	if err != nil {
		return 0, 0, err
	}
	var block [16]byte
	c.Decrypt(block[:], b[:16])
	return sales.ID(binary.BigEndian.Uint64(block[:8])), sales.ID(binary.BigEndian.Uint64(block[8:])), nil
}

func (k *Keys) mac(b []byte) []byte {
	m := hmac.New(sha256.New, k.tokenMAC[:])
	m.Write(b)
	return m.Sum(nil)[:8]
}
