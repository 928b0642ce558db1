package seal

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"sync"
	"time"
)

// algorithm is the only one this program signs with: ECDSA on P-256 over SHA-256, written r‖s in 64 bytes, base64url without padding.
const algorithm = "ES256"

// Key is the public part of a signing key, kept for ever.
type Key struct {
	ID, Register, Algorithm string
	Public                  []byte // X.509 SubjectPublicKeyInfo, DER
	CreatedAt               time.Time
	private                 []byte // PKCS #8 locked in the vault
}

// opened keeps the private keys that were unlocked: company and key id → *ecdsa.PrivateKey.
var opened sync.Map

// keyID is the fingerprint of a public key: whoever changes the key changes its name.
func keyID(public []byte) string {
	sum := sha256.Sum256(public)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// vaultLabel binds a locked key to its place: moved elsewhere it does not open.
func vaultLabel(company, register, id string) []byte {
	return []byte(company + "\n" + register + "\n" + id)
}

// newKey makes a key for a register and locks its private part.
func newKey(company, register string, at time.Time) (Key, error) {
	v, err := vault()
	if err != nil {
		return Key{}, err
	}
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return Key{}, err
	}
	public, err := x509.MarshalPKIXPublicKey(&private.PublicKey)
	if err != nil {
		return Key{}, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return Key{}, err
	}
	k := Key{ID: keyID(public), Register: register, Algorithm: algorithm, Public: public, CreatedAt: at}
	if k.private, err = v.Lock(secret, vaultLabel(company, register, k.ID)); err != nil {
		return Key{}, err
	}
	opened.Store(company+"\n"+k.ID, private)
	return k, nil
}

// unlock gives the private key of k.
func unlock(company string, k Key) (*ecdsa.PrivateKey, error) {
	v, err := vault()
	if err != nil {
		return nil, err
	}
	secret, err := v.Open(k.private, vaultLabel(company, k.Register, k.ID))
	if err != nil {
		return nil, fmt.Errorf("seal: the key %s does not open: is the master key that of this database? %w", k.ID, err)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(secret)
	if err != nil {
		return nil, err
	}
	private, is := parsed.(*ecdsa.PrivateKey)
	if !is {
		return nil, fmt.Errorf("seal: the key %s is not of the algorithm %s", k.ID, algorithm)
	}
	public, err := x509.MarshalPKIXPublicKey(&private.PublicKey)
	if err != nil {
		return nil, err
	}
	if keyID(public) != k.ID {
		return nil, fmt.Errorf("seal: the key %s does not fit its name", k.ID)
	}
	return private, nil
}

// sign gives the signature of a text.
func sign(private *ecdsa.PrivateKey, text []byte) (string, error) {
	sum := sha256.Sum256(text)
	r, s, err := ecdsa.Sign(rand.Reader, private, sum[:])
	if err != nil {
		return "", err
	}
	out := make([]byte, 64)
	r.FillBytes(out[:32])
	s.FillBytes(out[32:])
	return base64.RawURLEncoding.EncodeToString(out), nil
}

// publicKey reads a public key and checks its name.
func (k Key) publicKey() (*ecdsa.PublicKey, error) {
	if keyID(k.Public) != k.ID {
		return nil, errors.New("the public key does not fit its fingerprint")
	}
	if k.Algorithm != algorithm {
		return nil, fmt.Errorf("the algorithm %q is not known", k.Algorithm)
	}
	parsed, err := x509.ParsePKIXPublicKey(k.Public)
	if err != nil {
		return nil, errors.New("the public key cannot be read")
	}
	public, is := parsed.(*ecdsa.PublicKey)
	if !is || public.Curve != elliptic.P256() {
		return nil, errors.New("the public key is not on the curve P-256")
	}
	return public, nil
}

// checks tells whether a signature is that of a text.
func checks(public *ecdsa.PublicKey, text []byte, signature string) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(signature)
	if err != nil || len(raw) != 64 {
		return false
	}
	sum := sha256.Sum256(text)
	return ecdsa.Verify(public, sum[:], new(big.Int).SetBytes(raw[:32]), new(big.Int).SetBytes(raw[32:]))
}
