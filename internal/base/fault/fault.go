// Package fault is the one vocabulary of errors between the rooms and the window. A rule that refuses says so with a Fault:
// its kind decides the HTTP status once, at the edge, and its message is shown as it is, in French, and says what to do.
package fault

import (
	"errors"
	"fmt"
)

// Kind sorts faults by what the caller can do about them.
type Kind string

// The kinds.
const (
	Invalid     Kind = "invalid"     // what was given is wrong: correct it
	NotFound    Kind = "notfound"    // it does not exist, or not for you
	Forbidden   Kind = "forbidden"   // you lack the right
	Conflict    Kind = "conflict"    // someone else, or the same key, came first
	Mismatch    Kind = "mismatch"    // the idempotency key was used before for something else
	Locked      Kind = "locked"      // the day or the year is locked
	SignIn      Kind = "signin"      // sign in first
	TooMany     Kind = "toomany"     // wait and try again
	TooLarge    Kind = "toolarge"    // the file or the request is over the limit
	StorageFull Kind = "storagefull" // no room left on the disk
	Unavailable Kind = "unavailable" // the store does not answer now
	Internal    Kind = "internal"    // a defect of ours
)

// Fault is an error with its kind, its French message, the messages of single fields, and the cause if there is one.
type Fault struct {
	Kind    Kind
	Message string
	Fields  map[string]string // field name → message
	Cause   error
}

// Error is for logs: kind, message and cause.
func (f *Fault) Error() string {
	text := string(f.Kind) + ": " + f.Message
	if len(f.Fields) > 0 {
		text += fmt.Sprintf(" %v", f.Fields)
	}
	if f.Cause != nil {
		text += ": " + f.Cause.Error()
	}
	return text
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Cause }

// New makes a fault.
func New(kind Kind, message string) *Fault { return &Fault{Kind: kind, Message: message} }

// Newf makes a fault with a formatted message.
func Newf(kind Kind, format string, args ...any) *Fault {
	return New(kind, fmt.Sprintf(format, args...))
}

// Wrap makes a fault out of an error met below.
func Wrap(kind Kind, message string, cause error) *Fault {
	return &Fault{Kind: kind, Message: message, Cause: cause}
}

// Field adds the message of a field and gives the fault back.
func (f *Fault) Field(name, message string) *Fault {
	if f.Fields == nil {
		f.Fields = map[string]string{}
	}
	f.Fields[name] = message
	return f
}

// KindOf is the kind of an error: that of the nearest Fault in its chain, Internal when there is none, "" when err is nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if f, ok := errors.AsType[*Fault](err); ok {
		return f.Kind
	}
	return Internal
}

// Is tells whether err is of a kind.
func Is(err error, kind Kind) bool { return KindOf(err) == kind }
