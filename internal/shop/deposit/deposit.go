package deposit

import (
	"strings"
	"time"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

// Cheque is a cheque received, as written on it.
type Cheque struct {
	ID     string // UUIDv7 made by whoever states it: sent twice, it counts once
	Box    string
	Method string
	On     day.Day
	Drawer string // who signs it (tireur)
	Bank   string // on which bank
	Number string
	Party  string // customer it comes from, "" when not known
	Amount money.Amount
}

// Slip is a deposit slip.
type Slip struct {
	ID      string // UUIDv7 made by whoever states it: sent twice, it counts once
	Box     string
	Method  string
	On      day.Day
	Cheques []string     // ids
	Loose   money.Amount // as one amount: cheques not written down, cash not counted by pieces
	Pieces  map[int]int  // value in cents → how many
	Memo    string
}

// Counted is what the pieces come to.
func (s Slip) Counted() money.Amount {
	var sum money.Amount
	for value, n := range s.Pieces {
		sum += money.Amount(value) * money.Amount(n)
	}
	return sum
}

// Denominations are the notes and coins of the euro, in cents, the largest first.
var Denominations = []int{50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1}

// EventKind is what becomes of a slip.
type EventKind string

// The kinds of events.
const (
	Credited   EventKind = "credited"   // the bank has the money
	Uncredited EventKind = "uncredited" // ticked off by mistake
	Undone     EventKind = "undone"     // the slip never left
	Returned   EventKind = "returned"   // one of its cheques came back unpaid
)

// Event is something that happened to a slip.
type Event struct {
	ID      string
	Slip    string
	Kind    EventKind
	Cheque  string
	Party   string // who owes a returned cheque again, "" for a loss
	On      day.Day
	Amount  money.Amount
	Fee     money.Amount
	Memo    string
	EntryID string
	By      string
	At      time.Time
}

// State of a slip.
type State string

// The states, by the values of the addresses.
const (
	InTransit State = "en-transit"
	InBank    State = "creditees"
	Gone      State = "annulees"
	AnyState  State = ""
)

// Recorded is a slip as it was made, with what became of it.
type Recorded struct {
	Slip
	Number   int64
	Amount   money.Amount
	Movement string // of the box
	By       string
	At       time.Time
	List     []Cheque // its cheques, in order
	Events   []Event
	reversed bool // its movement was undone
}

// State is the state of the slip.
func (r Recorded) State() State {
	if r.reversed {
		return Gone
	}
	if r.credit() != nil {
		return InBank
	}
	return InTransit
}

// credit is the event that says the bank has the money, nil when it has not.
func (r Recorded) credit() *Event {
	var found *Event
	for i, e := range r.Events {
		switch e.Kind {
		case Credited:
			found = &r.Events[i]
		case Uncredited:
			found = nil
		}
	}
	return found
}

// returnOf is the event of a cheque that came back, nil when it did not.
func (r Recorded) returnOf(cheque string) *Event {
	for i, e := range r.Events {
		if e.Kind == Returned && e.Cheque == cheque {
			return &r.Events[i]
		}
	}
	return nil
}

func (c Cheque) check(today day.Day) error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if c.Amount <= 0 || !c.Amount.InRange() {
		f.Field("amount", "Saisissez le montant du chèque.")
	}
	if _, err := day.Parse(string(c.On)); err != nil {
		f.Field("on", "Choisissez le jour où le chèque a été reçu.")
	} else if c.On > today {
		f.Field("on", "Un chèque ne se reçoit pas à une date à venir.")
	}
	for _, text := range []struct {
		field, value string
		most         int
	}{{"drawer", c.Drawer, 80}, {"bank", c.Bank, 60}, {"number", c.Number, 20}} {
		if utf8.RuneCountInString(text.value) > text.most {
			f.Field(text.field, "Ce texte est trop long\u00a0: "+locale.Plural(text.most, "caractère", "caractères")+" au plus.")
		}
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

func (s Slip) check(today day.Day) error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if _, err := day.Parse(string(s.On)); err != nil {
		f.Field("on", "Choisissez la date de la remise.")
	} else if s.On > today {
		f.Field("on", "Une remise ne s’enregistre pas à une date à venir.")
	}
	if s.Loose < 0 || !s.Loose.InRange() {
		f.Field("loose", "Ce montant ne peut pas être négatif.")
	}
	for value, n := range s.Pieces {
		if n < 0 || n > 10_000 {
			f.Field(pieceField(value), "De 0 à 10\u00a0000.")
		}
	}
	if utf8.RuneCountInString(s.Memo) > 150 {
		f.Field("memo", "Le commentaire s’arrête à 150 caractères.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

// reasonOf is a reason that says something.
func reasonOf(text string) (string, error) {
	if text = strings.TrimSpace(text); text == "" || utf8.RuneCountInString(text) > 200 {
		return "", refuse("reason", "Dites en quelques mots, 200 caractères au plus, pourquoi.")
	}
	return text, nil
}

func refuse(field, message string) error {
	return fault.New(fault.Invalid, "Corrigez les champs signalés.").Field(field, message)
}
