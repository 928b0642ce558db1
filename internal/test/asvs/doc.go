// Package asvs checks that the requirements of docs/security.md are each held by tests that exist, and what can be read of them in the code
// itself.
package asvs
