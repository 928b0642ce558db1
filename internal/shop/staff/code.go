package staff

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// A code generator shows a new code of six digits every 30 seconds (RFC 6238, SHA-1: what every application supports). The
// code before and the one after are taken too, for clocks that differ a little; each is taken once.
const (
	codePeriod    = 30
	codeSlack     = 1
	codeIssuer    = "Encaisse"
	recoveryCodes = 10
)

var plainBase32 = base32.StdEncoding.WithPadding(base32.NoPadding)

// newCodeSecret makes the secret shared with a code generator, as people type it.
func newCodeSecret() string {
	var secret [20]byte
	rand.Read(secret[:])
	return plainBase32.EncodeToString(secret[:])
}

// codeAt is the code of a step.
func codeAt(secret string, step int64) (string, error) {
	return hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
}

// matchCode finds the step a code is of, after the last one used. A code used already matches nothing.
func matchCode(secret, code string, last int64, now time.Time) (step int64, ok bool, err error) {
	present := now.Unix() / codePeriod
	for s := present - codeSlack; s <= present+codeSlack; s++ {
		expected, err := codeAt(secret, s)
		if err != nil {
			return 0, false, err
		}
		if subtle.ConstantTimeCompare([]byte(expected), []byte(code)) == 1 && s > last {
			step, ok = s, true
		}
	}
	return step, ok, nil
}

// newRecovery makes the codes of last resort, as they are shown once, and the digests that are kept.
func newRecovery() (shown []string, kept string) {
	var digests []string
	for range recoveryCodes {
		var secret [10]byte // 80 bits
		rand.Read(secret[:])
		code := strings.ToLower(plainBase32.EncodeToString(secret[:]))
		digests = append(digests, recoveryDigest(code))
		shown = append(shown, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
	}
	return shown, joinList(digests)
}

func recoveryDigest(code string) string { return hex.EncodeToString(hashToken(code)[:16]) }

// useRecovery takes a code of last resort out of those kept.
func useRecovery(kept, code string) (left string, ok bool) {
	digests := splitList(kept)
	i := slices.Index(digests, recoveryDigest(code))
	if i < 0 {
		return kept, false
	}
	return joinList(slices.Delete(digests, i, i+1)), true
}

// cleanCode takes out of a typed code the spaces and dashes people add, and tells whether it is one of last resort.
func cleanCode(text string) (code string, recovery bool) {
	code = strings.ToLower(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -\u00a0\u202f", r) {
			return -1
		}
		return r
	}, text))
	return code, !isDigits(code)
}
