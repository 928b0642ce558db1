package scan

import (
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/paper/ocr"
)

// State is where a photo stands.
type State string

// The states.
const (
	Waiting State = "waiting" // read, not confirmed
	Kept    State = "kept"    // confirmed: its figures went to the draft, the photo is a file of the day
)

// Scan is a photo of a ticket Z.
type Scan struct {
	ID         string
	Box        string
	On         day.Day
	Name       string // of the file
	Digest     string // SHA-256 of the file, hexadecimal
	Lines      []ocr.Line
	State      State
	Attachment string // once kept
	By         string
	CreatedAt  time.Time
	KeptAt     time.Time
}

// What a line may count in besides a field of the day sheet.
const (
	inTotal = "total" // a control: what was sold
	inPaid  = "regle" // a control: what was taken
	inTax   = "tva"   // a control: the VAT
	leftOut = "-"
)

// Trust is how sure a reading is, in words.
type Trust int

// The degrees, the surest last. Their bounds are measured on drawn tickets (decision 0092).
const (
	Unread Trust = iota
	Doubtful
	ToCheck
	Sure
)

const (
	sureFrom  = 85
	checkFrom = 60
)

// trust is the degree of a sureness from 0 to 100.
func trust(sure int) Trust {
	switch {
	case sure >= sureFrom:
		return Sure
	case sure >= checkFrom:
		return ToCheck
	}
	return Doubtful
}

// Words says the degree in French.
func (t Trust) Words() string {
	return [...]string{"Illisible", "Douteux", "À vérifier", "Lecture sûre"}[t]
}
