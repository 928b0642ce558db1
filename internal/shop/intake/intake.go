package intake

import (
	"encoding/json"
	"time"
)

// Kind is what an import brings.
type Kind string

// The kinds.
const (
	Days      Kind = "days"
	Customers Kind = "customers"
	Suppliers Kind = "suppliers"
)

// State is where an import stands.
type State string

// The states.
const (
	Matching  State = "matching" // received: its columns are matched, nothing came in
	Running   State = "running"
	Stopping  State = "stopping" // somebody asked to stop
	Done      State = "done"
	Cancelled State = "cancelled" // stopped: nothing came in
	Failed    State = "failed"    // refused on the way: nothing came in
	Undoing   State = "undoing"
	Undone    State = "undone"
)

// Intake is an import.
type Intake struct {
	ID        string
	Kind      Kind
	Name      string // of the file
	Digest    string // SHA-256 of the file, hexadecimal
	Size      int
	Shape     string // what the titles of its columns come to
	Mapping   Mapping
	State     State
	Total     int // things to bring in, or to undo
	Done      int
	Message   string
	By        string
	CreatedAt time.Time
	EndedAt   time.Time // zero until it ends
}

// Busy tells whether a job is at work on it.
func (i Intake) Busy() bool { return i.State == Running || i.State == Stopping || i.State == Undoing }

// Mapping says what the columns of a file hold.
type Mapping struct {
	Header   int               `json:"header"`           // line of the titles, from 1; 0: the file has none
	Columns  []string          `json:"columns"`          // by column, the target it holds; "" for one left out
	Values   map[string]string `json:"values,omitempty"` // label of a line → its target, or « - » to leave those lines out
	Box      string            `json:"box,omitempty"`    // cash box of the lines that name none
	Close    bool              `json:"close,omitempty"`
	Expected bool              `json:"expected,omitempty"` // a drawer the file does not count is taken as expected
}

// column is where a target is, −1 when no column holds it.
func (m Mapping) column(target string) int {
	for i, t := range m.Columns {
		if t == target {
			return i
		}
	}
	return -1
}

func (m Mapping) text() string {
	text, err := json.Marshal(m)
	if err != nil {
		panic(err) // texts and numbers always marshal
	}
	return string(text)
}

func parseMapping(text string) (m Mapping, err error) {
	err = json.Unmarshal([]byte(text), &m)
	return m, err
}

// Item is a thing an import brought in.
type Item struct {
	Line  int
	Kind  string // draft, sheet, party
	Ref   string // box/day, or id of a party
	Mark  string // what it was then: to see whether somebody changed it since
	State string // made, undone, kept
	Note  string // why a day stayed a draft, or why it was kept
}

// The kinds and states of an item.
const (
	itemDraft, itemSheet, itemParty = "draft", "sheet", "party"
	itemMade, itemUndone, itemKept  = "made", "undone", "kept"
)
