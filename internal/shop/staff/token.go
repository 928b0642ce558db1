package staff

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// newToken makes a secret of 256 bits, as it stands in a cookie or a link, and the digest that is kept in its place.
func newToken() (token string, hash []byte) {
	var secret [32]byte
	rand.Read(secret[:]) // never fails: the program stops when the system has no randomness
	token = base64.RawURLEncoding.EncodeToString(secret[:])
	return token, hashToken(token)
}

// hashToken is the digest by which a secret is found. A secret of 256 bits needs no salt and no slow function.
func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
