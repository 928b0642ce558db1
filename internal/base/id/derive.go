package id

import (
	"crypto/sha256"

	"github.com/google/uuid"
)

// Derive makes an identifier out of a text: the same text always gives the same one. It is a UUID of version 8 (RFC 9562), and does not
// sort by time.
func Derive(text string) string {
	sum := sha256.Sum256([]byte(text))
	made := uuid.UUID(sum[:16])
	made[6], made[8] = made[6]&0x0f|0x80, made[8]&0x3f|0x80
	return made.String()
}
