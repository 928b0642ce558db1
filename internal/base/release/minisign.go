package release

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/blake2b"
)

// What minisign puts at the head of keys and signatures. A signature is over the BLAKE2b-512 of the file; older ones are over the file itself.
const (
	ofKey    = "Ed"
	ofFile   = "Ed"
	ofDigest = "ED"
	idSize   = 8
)

// ErrSignature says that a signature is not that of the key over the file.
var ErrSignature = errors.New("release: the signature is not good")

// PublicKey is the key a release is signed with, in the form of minisign.
type PublicKey struct {
	id  [idSize]byte
	key ed25519.PublicKey
}

// SecretKey signs releases.
type SecretKey struct {
	id  [idSize]byte
	key ed25519.PrivateKey
}

// packet reads the base64 text of a key or a signature, the last line of it that is no comment.
func packet(text string, size int) ([]byte, error) {
	var last string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "untrusted comment:") {
			last = line
		}
	}
	content, err := base64.StdEncoding.Strict().DecodeString(last)
	if err != nil || len(content) != size {
		return nil, errors.New("release: this is no key of minisign")
	}
	return content, nil
}

// ParsePublicKey reads a public key: its line RWQ…, or the file that holds it.
func ParsePublicKey(text string) (PublicKey, error) {
	content, err := packet(text, 2+idSize+ed25519.PublicKeySize)
	if err != nil || string(content[:2]) != ofKey {
		return PublicKey{}, errors.New("release: this is no public key of minisign (RWQ…)")
	}
	return PublicKey{[idSize]byte(content[2:]), content[2+idSize:]}, nil
}

// String is the line of the key.
func (k PublicKey) String() string {
	return base64.StdEncoding.EncodeToString(bytes.Join([][]byte{[]byte(ofKey), k.id[:], k.key}, nil))
}

// Verify tells whether a signature is that of the key over a content, and gives the comment that was signed with it.
func (k PublicKey) Verify(content []byte, signature string) (comment string, err error) {
	lines := strings.Split(strings.TrimRight(strings.ReplaceAll(signature, "\r\n", "\n"), "\n"), "\n")
	if len(lines) != 4 || !strings.HasPrefix(lines[0], "untrusted comment:") || !strings.HasPrefix(lines[2], "trusted comment: ") {
		return "", errors.New("release: this is no signature of minisign")
	}
	first, err := base64.StdEncoding.Strict().DecodeString(lines[1])
	if err != nil || len(first) != 2+idSize+ed25519.SignatureSize {
		return "", errors.New("release: this is no signature of minisign")
	}
	second, err := base64.StdEncoding.Strict().DecodeString(lines[3])
	if err != nil || len(second) != ed25519.SignatureSize {
		return "", errors.New("release: this is no signature of minisign")
	}
	if [idSize]byte(first[2:]) != k.id {
		return "", fmt.Errorf("%w: it was made with another key", ErrSignature)
	}
	signed := content
	switch string(first[:2]) {
	case ofDigest:
		sum := blake2b.Sum512(content)
		signed = sum[:]
	case ofFile:
	default:
		return "", errors.New("release: this kind of signature is not known")
	}
	comment = strings.TrimPrefix(lines[2], "trusted comment: ")
	own := first[2+idSize:]
	if !ed25519.Verify(k.key, signed, own) || !ed25519.Verify(k.key, append(bytes.Clone(own), comment...), second) {
		return "", ErrSignature
	}
	return comment, nil
}

// NewKey makes a key.
func NewKey() (SecretKey, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return SecretKey{}, err
	}
	k := SecretKey{key: key}
	_, err = rand.Read(k.id[:])
	return k, err
}

// Public is the public half of the key.
func (k SecretKey) Public() PublicKey {
	return PublicKey{k.id, k.key.Public().(ed25519.PublicKey)}
}

// kdf is what stands for the protection by a password: none here.
const kdf = "\x00\x00"

const saltAndLimits = 32 + 8 + 8

// String is the key as minisign keeps it in a file, without a password (minisign -W).
func (k SecretKey) String() string {
	sum := blake2b.Sum256(bytes.Join([][]byte{[]byte(ofKey), k.id[:], k.key}, nil))
	whole := bytes.Join([][]byte{[]byte(ofKey + kdf + "B2"), make([]byte, saltAndLimits), k.id[:], k.key, sum[:]}, nil)
	return "untrusted comment: minisign encrypted secret key\n" + base64.StdEncoding.EncodeToString(whole) + "\n"
}

// ParseSecretKey reads the file of a secret key without a password.
func ParseSecretKey(text string) (SecretKey, error) {
	const head = 6 + saltAndLimits
	content, err := packet(text, head+idSize+ed25519.PrivateKeySize+blake2b.Size256)
	if err != nil || string(content[:2]) != ofKey {
		return SecretKey{}, errors.New("release: this is no secret key of minisign")
	}
	if string(content[2:4]) != kdf {
		return SecretKey{}, errors.New("release: this key is protected by a password: sign with minisign itself")
	}
	k := SecretKey{[idSize]byte(content[head:]), content[head+idSize : head+idSize+ed25519.PrivateKeySize]}
	if k.String() != "untrusted comment: minisign encrypted secret key\n"+base64.StdEncoding.EncodeToString(content)+"\n" {
		return SecretKey{}, errors.New("release: this secret key is damaged")
	}
	return k, nil
}

// Sign gives the signature of a content and of a comment on one line, as a file of minisign.
func (k SecretKey) Sign(content []byte, comment string) string {
	sum := blake2b.Sum512(content)
	own := ed25519.Sign(k.key, sum[:])
	comment = strings.Join(strings.Fields(comment), " ")
	second := ed25519.Sign(k.key, append(bytes.Clone(own), comment...))
	first := bytes.Join([][]byte{[]byte(ofDigest), k.id[:], own}, nil)
	return fmt.Sprintf("untrusted comment: signature of key %s\n%s\ntrusted comment: %s\n%s\n", hex.EncodeToString(k.id[:]), base64.StdEncoding.EncodeToString(first), comment, base64.StdEncoding.EncodeToString(second))
}
