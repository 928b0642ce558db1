package cashbox

import (
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/tender"
)

// Box is a cash box (caisse) of a location.
type Box struct {
	ID          string
	Location    string // id
	Name        string
	Active      bool
	MinCash     money.Amount // alert below; 0: none
	MaxCash     money.Amount // alert above; 0: none
	TargetFloat money.Amount // what is usually left to give change (fonds de caisse)
	BlindCount  bool         // the expected amount stays hidden until the drawer is counted
	FirstDay    day.Day      // the first day that has a sheet
}

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
	return ledger.Account{Key: AccountKey(b.ID, m.ID), Code: code, Label: label + ", " + b.Name, Sense: ledger.Debit}
}

func (b Box) check() error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if b.Name = strings.TrimSpace(b.Name); b.Name == "" || len(b.Name) > 60 {
		f.Field("name", "Donnez à la caisse un nom de 1 à 60 caractères, par exemple «\u00a0Caisse 1\u00a0».")
	}
	if b.MinCash < 0 || b.MaxCash < 0 || b.TargetFloat < 0 {
		f.Field("min", "Un seuil ne peut pas être négatif.")
	}
	if b.MaxCash > 0 && b.MinCash > b.MaxCash {
		f.Field("max", "Le maximum doit dépasser le minimum ("+locale.Euro(b.MinCash)+").")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

// Create opens a cash box in a location, with its accounts. FirstDay says from which day on its sheets are expected.
func Create(tx *db.Tx, b Box) (Box, error) {
	b.ID, b.Active, b.Name = id.New(), true, strings.TrimSpace(b.Name)
	if err := b.check(); err != nil {
		return b, err
	}
	if err := insertBox(tx, b); err != nil {
		return b, err
	}
	return b, OpenAccounts(tx, b)
}

// Change keeps what a settings page changed: name, thresholds, float, blind count, activity. The location of a box never changes.
func Change(tx *db.Tx, b Box) error {
	b.Name = strings.TrimSpace(b.Name)
	if err := b.check(); err != nil {
		return err
	}
	if err := updateBox(tx, b); err != nil {
		return err
	}
	return OpenAccounts(tx, b)
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
		if m.Held() {
			accounts = append(accounts, Account(b, m, c))
		}
	}
	return ledger.Open(tx, accounts...)
}
