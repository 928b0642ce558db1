package cashbox

import (
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/tender"
)

// Box is a cash box (caisse) of a location or of the company.
type Box struct {
	ID          string
	Location    string // id; "" for a box of the whole company, which is no till
	Name        string
	Kind        BoxKind
	Holds       Holds
	Virtual     bool   // kept apart: in no report of the company and in no accounting export
	AccountCode string // of the chart; "": that of each method
	Deleted     bool   // out of sight, until it is restored
	Active      bool
	MinCash     money.Amount // alert below; 0: none
	MaxCash     money.Amount // alert above; 0: none
	TargetFloat money.Amount // what is usually left to give change (fonds de caisse)
	BlindCount  bool         // the expected amount stays hidden until the drawer is counted
	FirstDay    day.Day      // the first day that has a sheet
}

// BoxKind says what a box is.
type BoxKind string

// The kinds of boxes. Only a till has day sheets.
const (
	Till  BoxKind = "till"
	Other BoxKind = "box"
	Safe  BoxKind = "safe" // coffre
)

// Holds says which money a box takes.
type Holds string

// What boxes take. A till takes any money.
const (
	HoldsAny      Holds = "any"
	HoldsCash     Holds = "cash"
	HoldsCashless Holds = "cashless"
)

// IsTill tells whether the box has day sheets.
func (b Box) IsTill() bool { return b.Kind == Till }

// Keeps tells whether money of a method can be in the box.
func (b Box) Keeps(m tender.Method) bool {
	switch b.Holds {
	case HoldsCash:
		return m.Kind == tender.Cash
	case HoldsCashless:
		return m.Held() && m.Kind != tender.Cash
	}
	return m.Held()
}

// cashLimit bounds thresholds and floats: beyond it a figure is a slip of the finger.
const cashLimit money.Amount = 100_000_000

// AccountKey names the ledger account of a payment method in a box.
func AccountKey(box, method string) string { return "box/" + box + "/" + method }

// Prefix begins the keys of all the accounts of a box.
func Prefix(box string) string { return "box/" + box + "/" }

// Account is the ledger account of a payment method in a box. It must hold its own balance: cash is checked at the end of each
// day by whoever closes it, because what was sold is often written after what was spent.
func Account(b Box, m tender.Method, c chart.Chart) ledger.Account {
	code, label := c.Account(m.Role())
	if m.AccountCode != "" {
		code = m.AccountCode
	}
	if b.AccountCode != "" {
		code = b.AccountCode
	}
	return ledger.Account{Key: AccountKey(b.ID, m.ID), Code: code, Label: label + ", " + b.Name, Sense: ledger.Debit}
}

func (b Box) check() error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if n := utf8.RuneCountInString(b.Name); n == 0 || n > 60 {
		f.Field("name", "Donnez à la caisse un nom de 1 à 60 caractères, par exemple «\u00a0Caisse 1\u00a0».")
	}
	for field, amount := range map[string]money.Amount{"min": b.MinCash, "max": b.MaxCash, "float": b.TargetFloat} {
		if amount < 0 || amount > cashLimit {
			f.Field(field, "Ce montant va de 0 à "+locale.Euro(cashLimit)+".")
		}
	}
	if b.MaxCash > 0 && b.MinCash > b.MaxCash {
		f.Field("max", "Le maximum doit dépasser le minimum ("+locale.Euro(b.MinCash)+").")
	}
	if b.AccountCode != "" && !chart.ValidCode(b.AccountCode) {
		f.Field("account", "Un numéro de compte commence par deux chiffres, par exemple 512 ou 531.")
	}
	if b.Kind != Till && b.Kind != Other && b.Kind != Safe || b.Kind == Till && (b.Location == "" || b.Virtual || b.Holds != HoldsAny) || b.Kind == Safe && b.Virtual {
		f.Field("kind", "Choisissez une sorte de caisse de la liste.")
	}
	if b.Holds != HoldsAny && b.Holds != HoldsCash && b.Holds != HoldsCashless {
		f.Field("holds", "Choisissez ce que la caisse reçoit.")
	}
	if _, err := day.Parse(string(b.FirstDay)); b.FirstDay != "" && err != nil {
		f.Field("first_day", "Choisissez le premier jour à saisir.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

// normalise drops what does not concern the kind of a box. A box of no kind is a till.
func (b Box) normalise() Box {
	b.Name, b.AccountCode = strings.TrimSpace(b.Name), strings.ToUpper(strings.TrimSpace(b.AccountCode))
	if b.Kind == "" {
		b.Kind = Till
	}
	if b.IsTill() {
		b.Virtual, b.Holds, b.AccountCode = false, HoldsAny, ""
		return b
	}
	b.FirstDay, b.BlindCount, b.MinCash, b.MaxCash, b.TargetFloat = "", false, 0, 0, 0
	if b.Kind == Safe {
		b.Virtual = false
	}
	return b
}

// Create opens a cash box, with its accounts. FirstDay says from which day on the sheets of a till are expected.
func Create(tx *db.Tx, b Box) (Box, error) {
	b = b.normalise()
	b.ID, b.Active, b.Deleted = id.New(), true, false
	if err := b.check(); err != nil {
		return b, err
	}
	if err := insertBox(tx, b); err != nil {
		return b, err
	}
	return b, OpenAccounts(tx, b)
}

// Change keeps what a settings page changed: name, thresholds, float, blind count, first day, activity. The location and the kind of a
// box never change. A box goes out of use only when nothing is left in it, and its first day stays before the days already closed.
func Change(tx *db.Tx, b Box) error {
	b = b.normalise()
	if err := b.check(); err != nil {
		return err
	}
	if !b.Active {
		if err := checkEmpty(tx, b); err != nil {
			return err
		}
	}
	before, err := ByID(tx, b.ID)
	if err != nil {
		return err
	}
	if b.FirstDay > before.FirstDay {
		if err := checkNothingBefore(tx, b); err != nil {
			return err
		}
	}
	if err := updateBox(tx, b); err != nil {
		return err
	}
	return OpenAccounts(tx, b)
}

// checkEmpty refuses a box that still holds money by any method.
func checkEmpty(tx *db.Tx, b Box) error {
	accounts, err := ledger.Accounts(tx, Prefix(b.ID))
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if a.Balance != 0 {
			return fault.Newf(fault.Conflict, "Cette caisse n’est pas vide\u00a0: %s, %s. Transférez ou remettez ce qu’elle contient, puis recommencez.", a.Label, locale.Euro(a.Balance))
		}
	}
	return nil
}

// checkNothingBefore refuses a first day that would leave closed days before it.
func checkNothingBefore(tx *db.Tx, b Box) error {
	states, err := period.States(tx, b.ID, "1900-01-01", b.FirstDay.Add(-1))
	if err != nil || len(states) == 0 {
		return err
	}
	return fault.New(fault.Invalid, "Corrigez les champs signalés.").
		Field("first_day", "Des journées de cette caisse sont déjà clôturées avant cette date.")
}

// OpenAccounts opens the accounts of a box: one per payment method that keeps money in it.
func OpenAccounts(tx *db.Tx, b Box) error {
	methods, err := tender.List(tx)
	if err != nil {
		return err
	}
	c, err := chart.Load(tx)
	if err != nil {
		return err
	}
	var accounts []ledger.Account
	for _, m := range methods {
		if b.Keeps(m) {
			accounts = append(accounts, Account(b, m, c))
		}
	}
	return ledger.Open(tx, accounts...)
}
