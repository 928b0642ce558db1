package seal

import (
	"errors"
	"time"

	"encaisse/internal/base/day"
)

// Office is the register of a company's back office. It is opened when the company is created.
const Office = "office"

// The chains of a register: one for each kind of record.
const (
	Sale      = "sale"      // sales and returns
	Duplicate = "duplicate" // copies of a printed paper
	Daily     = "daily"     // day closings of a till
	Period    = "period"    // month and year closings
	Events    = "event"     // technical and fiscal events
	Archive   = "archive"   // archives made
	Training  = "training"  // records of the training mode
	DaySheet  = "daysheet"  // validated day sheets
	Invoice   = "invoice"   // invoices
	Entry     = "entry"     // ledger entries
	Act       = "act"       // acts that move no money: a cheque written down, a slip, a voucher prolonged
)

// chains tells for each chain whether its records repeat the heads of every chain of the register.
var chains = map[string]bool{
	Sale: false, Duplicate: false, Daily: true, Period: true, Events: false, Archive: true, Training: false, DaySheet: true, Invoice: false, Entry: false, Act: false,
}

// Record is what is to be sealed: what of an act is signed in clear, and the whole act as bytes.
type Record struct {
	Register, Chain      string
	SourceKind, SourceID string   // the act; it is sealed once
	On                   day.Day  // business day; "" when the act has none
	Fields               []string // signed in this order, before number, instant and previous signature
	Content              []byte   // canonical bytes of the whole act, which its tables give again at any time
}

// Sealed is what a record became. It is durable when the transaction is.
type Sealed struct {
	Seq                int64 // number in the chain, from 1 without hole
	Signature, Extract string
	At                 time.Time // signed instant: never earlier than that of the record before in the register
}

// Stored is a record as it is kept.
type Stored struct {
	Register, Chain      string
	Seq                  int64
	At                   time.Time
	On                   day.Day
	SourceKind, SourceID string
	Fields               string // escaped, each followed by a comma: the very bytes that are signed
	Digest               []byte // SHA-256 of the content
	KeyID                string
	Format               int64
	Signature            string
}

// Extract is what is printed of the signature of the record.
func (s Stored) Extract() string { return Extract(s.Signature) }

// Values are the signed fields, in order.
func (s Stored) Values() []string { return splitFields(s.Fields) }

// Extract is what papers print of a signature: its characters 3, 7, 13 and 19.
func Extract(signature string) string {
	if len(signature) < 19 {
		return ""
	}
	return string([]byte{signature[2], signature[6], signature[12], signature[18]})
}

// ErrNotOpen says that the register was never opened.
var ErrNotOpen = errors.New("seal: the register is not open")
