package voucher

import (
	"strings"
	"time"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
)

// Purpose says when VAT is due on a voucher.
type Purpose string

// The purposes.
const (
	Multi  Purpose = "multi"  // what it will buy is not known: VAT when it is used
	Single Purpose = "single" // one category, one rate: VAT when it is sold
)

// Label is the French name of a purpose.
func (p Purpose) Label() string {
	if p == Single {
		return "À usage unique"
	}
	return "À usages multiples"
}

// Voucher is a gift voucher followed by its number.
type Voucher struct {
	ID         string // UUIDv7 made by whoever states it: sent twice, it counts once
	Number     string // as printed; given here when empty
	Purpose    Purpose
	Category   string // of sales, for a single-purpose one
	Rate       vat.Rate
	Amount     money.Amount // cents, > 0
	Box        string       // till that sold it
	On         day.Day
	ValidUntil day.Day // last day, "" for no end
	Holder     string  // for whom, "" for the bearer
	Memo       string
}

// EventKind is what happens to a voucher.
type EventKind string

// The kinds of events.
const (
	Used      EventKind = "used"
	Undone    EventKind = "undone" // a use taken back
	Expired   EventKind = "expired"
	Cancelled EventKind = "cancelled" // recorded by mistake
	Refunded  EventKind = "refunded"
	Prolonged EventKind = "prolonged"
)

func (k EventKind) label() string {
	return map[EventKind]string{Used: "Utilisé", Undone: "Utilisation annulée", Expired: "Expiré", Cancelled: "Annulé", Refunded: "Remboursé", Prolonged: "Prolongé"}[k]
}

// Event is something that happened to a voucher.
type Event struct {
	ID         string
	Voucher    string
	Kind       EventKind
	Amount     money.Amount
	Box        string
	On         day.Day
	ValidUntil day.Day // of a prolongation
	Undoes     string  // the use taken back
	Memo       string
	EntryID    string
	By         string
	At         time.Time
}

// Recorded is a voucher with what is left on it and what happened to it.
type Recorded struct {
	Voucher
	EntryID string
	By      string
	At      time.Time
	Left    money.Amount
	Events  []Event // in the order they happened
	ended   EventKind
	until   day.Day // last day, prolongations included
}

// State of a voucher.
type State string

// The states, by the values of the addresses.
const (
	Live    State = "en-cours"
	Lapsed  State = "echus"    // past its last day, with something left
	Spent   State = "utilises" // nothing left
	Ended   State = "clos"     // expired, cancelled or refunded
	AnyKind State = ""
)

// Until is the last day the voucher may be used, "" for no end.
func (r Recorded) Until() day.Day { return r.until }

// State is the state of the voucher on a day.
func (r Recorded) State(today day.Day) State {
	switch {
	case r.ended != "":
		return Ended
	case r.Left == 0:
		return Spent
	case r.until != "" && r.until < today:
		return Lapsed
	}
	return Live
}

// words says the state.
func (r Recorded) words(today day.Day) string {
	switch r.State(today) {
	case Ended:
		return r.ended.label()
	case Spent:
		return "Utilisé"
	case Lapsed:
		return "Échu"
	}
	if r.Left < r.Amount {
		return "Entamé"
	}
	return "En cours"
}

// undone tells whether a use was taken back.
func (r Recorded) undone(use string) bool {
	for _, e := range r.Events {
		if e.Undoes == use {
			return true
		}
	}
	return false
}

// settle reads from the events how the voucher ended and until when it holds.
func (r *Recorded) settle() {
	r.until = r.ValidUntil
	for _, e := range r.Events {
		switch e.Kind {
		case Expired, Cancelled, Refunded:
			r.ended = e.Kind
		case Prolonged:
			r.until = e.ValidUntil
		}
	}
}

// usable refuses to use a voucher that ended or is past its last day.
func (r Recorded) usable(on day.Day) error {
	switch {
	case r.ended != "":
		return fault.Newf(fault.Conflict, "Ce bon ne vaut plus rien\u00a0: %s.", strings.ToLower(r.ended.label()))
	case r.Left <= 0:
		return fault.New(fault.Conflict, "Ce bon est entièrement utilisé.")
	case r.until != "" && r.until < on:
		return fault.Newf(fault.Conflict, "Ce bon n’est plus valable depuis le %s. Un responsable peut le prolonger.", locale.Date(r.until))
	}
	return nil
}

// limit is the most a voucher may be worth: beyond it a figure is a slip of the finger.
const limit money.Amount = 1_000_000

// normalise gives a voucher the form it is kept in.
func (v Voucher) normalise() Voucher {
	v.Number = clean(v.Number)
	v.Holder, v.Memo = strings.TrimSpace(v.Holder), strings.TrimSpace(v.Memo)
	if v.Purpose != Single {
		v.Category, v.Rate = "", 0
	}
	return v
}

// clean is a number as it is compared: capitals, without spaces.
func clean(number string) string {
	return strings.ToUpper(strings.Join(strings.Fields(number), ""))
}

func (v Voucher) check() error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if v.Amount <= 0 || v.Amount > limit {
		f.Field("amount", "Saisissez un montant de 0,01\u00a0€ à "+locale.Euro(limit)+".")
	}
	if v.Purpose != Multi && v.Purpose != Single {
		f.Field("purpose", "Choisissez à quoi sert le bon.")
	}
	if v.Purpose == Single && v.Category == "" {
		f.Field("category", "Choisissez le rayon\u00a0: un bon à usage unique en a un seul, avec son taux de TVA.")
	}
	if v.Number != "" && (len(v.Number) < 4 || len(v.Number) > 24 || strings.Trim(v.Number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "") {
		f.Field("number", "Un numéro a 4 à 24 lettres sans accent, chiffres ou tirets. Laissez vide pour en recevoir un.")
	}
	if v.Box == "" {
		f.Field("box", "Choisissez la caisse qui vend le bon.")
	}
	if _, err := day.Parse(string(v.On)); err != nil {
		f.Field("on", "Choisissez une date.")
	} else if v.ValidUntil != "" && v.ValidUntil < v.On {
		f.Field("until", "La fin de validité précède la vente.")
	}
	if utf8.RuneCountInString(v.Holder) > 80 {
		f.Field("holder", "Ce nom s’arrête à 80 caractères.")
	}
	if utf8.RuneCountInString(v.Memo) > 200 {
		f.Field("memo", "Le commentaire s’arrête à 200 caractères.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

func refuse(field, message string) error {
	return fault.New(fault.Invalid, "Corrigez les champs signalés.").Field(field, message)
}
