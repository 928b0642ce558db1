package api

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"encaisse/internal/base/id"
)

// tokenMark begins every token, so that a scanner of leaked secrets knows it.
const tokenMark = "enc_"

// newToken makes the token of a link: the company it opens, which is no secret, and 256 bits that are.
func newToken(company string) string {
	var secret [32]byte
	rand.Read(secret[:]) // never fails: the program stops when the system has no randomness
	return tokenMark + strings.ReplaceAll(company, "-", "") + "_" + base64.RawURLEncoding.EncodeToString(secret[:])
}

// companyOf reads which company a token is of.
func companyOf(token string) (company string, ok bool) {
	rest, marked := strings.CutPrefix(token, tokenMark)
	digits, secret, whole := strings.Cut(rest, "_")
	if _, err := hex.DecodeString(digits); !marked || !whole || err != nil || len(digits) != 32 || len(secret) != 43 {
		return "", false
	}
	company = digits[:8] + "-" + digits[8:12] + "-" + digits[12:16] + "-" + digits[16:20] + "-" + digits[20:]
	return company, id.Valid(company)
}

// digestOf is what is kept of a token. A secret of 256 bits needs no salt and no slow function.
func digestOf(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// hintOf is enough of a token to recognise it, and far from enough to use it.
func hintOf(token string) string { return tokenMark + "…" + token[len(token)-4:] }
