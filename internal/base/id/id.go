// Package id makes the identifiers of facts: UUID version 7 (RFC 9562), in their 36-character text form, which sort by the time they were made.
package id

import "github.com/google/uuid"

// New makes an identifier.
func New() string { return uuid.Must(uuid.NewV7()).String() }

// Valid tells whether text is an identifier in its usual form, as received from a browser or another program.
func Valid(text string) bool {
	if len(text) != 36 {
		return false
	}
	u, err := uuid.Parse(text)
	return err == nil && u.String() == text
}
