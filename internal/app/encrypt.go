package app

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filippo.io/age"
)

// recipientOf reads an age public key.
func recipientOf(text string) (age.Recipient, error) {
	to, err := age.ParseX25519Recipient(text)
	if err != nil {
		return nil, fmt.Errorf("%q is no age public key (age1…)", text)
	}
	return to, nil
}

// encryptFor encrypts a file beside it for an age public key, and gives the new file.
func encryptFor(recipient, path string) (string, error) {
	to, err := recipientOf(recipient)
	if err != nil {
		return "", err
	}
	return path + ".age", encrypt(path, path+".age", to)
}

// encrypt writes a file that only the holder of the recipient’s key reads.
func encrypt(from, to string, recipient age.Recipient) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	w, err := age.Encrypt(out, recipient)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, in)
	return errors.Join(err, w.Close(), out.Sync())
}

// decrypt writes a file in clear with the identities of a file, as age keeps them.
func decrypt(from, to, identities string) error {
	keys, err := os.Open(identities)
	if err != nil {
		return err
	}
	defer keys.Close()
	ids, err := age.ParseIdentities(keys)
	if err != nil {
		return fmt.Errorf("%s holds no age identity: %w", identities, err)
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	clear, err := age.Decrypt(in, ids...)
	if err != nil {
		return fmt.Errorf("%s cannot be decrypted with %s: %w", from, identities, err)
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, clear)
	return errors.Join(err, out.Close())
}

// isEncrypted tells a file made by encrypt from a copy in clear.
func isEncrypted(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 21)
	n, _ := io.ReadFull(f, head)
	return strings.HasPrefix(string(head[:n]), "age-encryption.org/v1")
}
