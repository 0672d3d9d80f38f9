package testserver

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// CertSet is a certificate authority of a test and certificates that it signed.
type CertSet struct {
	Roots    *x509.CertPool
	CAPEM    []byte
	Good     tls.Certificate // localhost, 127.0.0.1 and ::1
	Expired  tls.Certificate // the same names, until yesterday
	Other    tls.Certificate // other.example, which no test server is called
	CertFile string          // Good as PEM
	KeyFile  string
}

// Certs makes a certificate authority and certificates for servers on this
// machine.
func Certs(t testing.TB) *CertSet {
	t.Helper()
	now := time.Now()
	key := newKey(t)
	ca := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test Authority"},
		NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(1, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, ca, ca, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	if ca, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	s := &CertSet{Roots: x509.NewCertPool()}
	s.Roots.AddCert(ca)
	s.CAPEM = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	var certPEM, keyPEM []byte
	s.Good, certPEM, keyPEM = signed(t, ca, key, 2, now.AddDate(0, 1, 0), "localhost")
	s.Expired, _, _ = signed(t, ca, key, 3, now.AddDate(0, 0, -1), "localhost")
	s.Other, _, _ = signed(t, ca, key, 4, now.AddDate(0, 1, 0), "other.example")
	dir := t.TempDir()
	s.CertFile, s.KeyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	write(t, s.CertFile, certPEM, 0o644)
	write(t, s.KeyFile, keyPEM, 0o600)
	return s
}

// newKey makes a key.
func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// signed makes a certificate for name, valid from 30 days before its end.
func signed(t testing.TB, ca *x509.Certificate, caKey *ecdsa.PrivateKey, serial int64, until time.Time, name string) (tls.Certificate, []byte, []byte) {
	t.Helper()
	key := newKey(t)
	c := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name},
		NotBefore: until.AddDate(0, -2, 0), NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: []string{name},
	}
	if name == "localhost" {
		c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	}
	der, err := x509.CreateCertificate(rand.Reader, c, ca, &key.PublicKey, caKey)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certPEM := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	keyPEM := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER})
	pair, err := tls.X509KeyPair(certPEM, keyPEM)
	if err != nil {
		t.Fatal(err)
	}
	return pair, certPEM, keyPEM
}

// write writes a file for a test.
func write(t testing.TB, path string, b []byte, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, b, mode); err != nil {
		t.Fatal(err)
	}
}
