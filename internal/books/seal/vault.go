package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
)

// Vault locks private keys so that the database alone does not give them.
type Vault interface {
	// Lock encrypts a secret; the label must be given again to open it.
	Lock(secret, label []byte) ([]byte, error)
	// Open gives the secret back, or fails when box or label were changed or another vault locked it.
	Open(box, label []byte) ([]byte, error)
}

var current atomic.Pointer[Vault]

// UseVault sets the vault of the process, once, before anything is sealed.
func UseVault(v Vault) { current.Store(&v) }

func vault() (Vault, error) {
	v := current.Load()
	if v == nil {
		return nil, errors.New("seal: no vault is in use; call seal.UseVault at start")
	}
	return *v, nil
}

// masterKeySize is that of an AES-256 key.
const masterKeySize = 32

// MasterKey is a Vault of AES-256-GCM under one key, which is kept apart from the database.
type MasterKey struct{ aead cipher.AEAD }

// NewMasterKey makes a vault of a key of 32 bytes.
func NewMasterKey(key []byte) (MasterKey, error) {
	if len(key) != masterKeySize {
		return MasterKey{}, fmt.Errorf("seal: a master key has %d bytes, not %d", masterKeySize, len(key))
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return MasterKey{}, err
	}
	aead, err := cipher.NewGCM(block)
	return MasterKey{aead}, err
}

// Lock implements Vault: a random nonce, then the encrypted secret.
func (m MasterKey) Lock(secret, label []byte) ([]byte, error) {
	nonce := make([]byte, m.aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return m.aead.Seal(nonce, nonce, secret, label), nil
}

// Open implements Vault.
func (m MasterKey) Open(box, label []byte) ([]byte, error) {
	n := m.aead.NonceSize()
	if len(box) < n {
		return nil, errors.New("seal: the locked secret is too short")
	}
	return m.aead.Open(nil, box[:n], box[n:], label)
}

// ReadMasterKey reads the master key in a file of exactly 32 bytes that nobody else can read.
func ReadMasterKey(path string) (MasterKey, error) {
	info, err := os.Stat(path)
	if err != nil {
		return MasterKey{}, err
	}
	if openToOthers(info.Mode()) {
		return MasterKey{}, fmt.Errorf("seal: %s can be read by others; run: chmod 600 %s", path, path)
	}
	key, err := os.ReadFile(path)
	if err != nil {
		return MasterKey{}, err
	}
	return NewMasterKey(key)
}

// ReadOrMakeMasterKey reads the master key in a file and makes the file, with a random key, when it is not there.
func ReadOrMakeMasterKey(path string) (MasterKey, error) {
	m, err := ReadMasterKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return m, err
	}
	key := make([]byte, masterKeySize)
	if _, err := rand.Read(key); err != nil {
		return MasterKey{}, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return MasterKey{}, err
	}
	if err := writeDurably(path, key); err != nil {
		return MasterKey{}, err
	}
	return ReadMasterKey(path)
}

// writeDurably puts a private file in place of the one before, whole or not at all, even through a power cut.
func writeDurably(path string, content []byte) error {
	draft, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	_, err = draft.Write(content)
	if err == nil {
		err = draft.Sync()
	}
	if closed := draft.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	if err := os.Rename(draft.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// Relock locks the private part of a key, as the store keeps it, under another vault.
func Relock(from, to Vault, company, register, id string, private []byte) ([]byte, error) {
	label := vaultLabel(company, register, id)
	secret, err := from.Open(private, label)
	if err != nil {
		return nil, fmt.Errorf("seal: the key %s does not open: %w", id, err)
	}
	return to.Lock(secret, label)
}
