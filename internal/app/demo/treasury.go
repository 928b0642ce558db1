package demo

import (
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/tender"
)

// treasury is the boxes of the company beside its tills.
type treasury struct{ safe, bank, office, kitty string }

// keep opens the boxes of the company: a safe, the bank, petty cash, and the kitty of the team, which is nobody else’s business.
func (b *builder) keep(tx *db.Tx, by string) error {
	open := func(to *string, box cashbox.Box) (err error) {
		box.Active = true
		*to, err = cashbox.Save(tx, by, box)
		return err
	}
	if err := open(&b.boxes.safe, cashbox.Box{Name: "Coffre", Kind: cashbox.Safe, Holds: cashbox.HoldsCash, AccountCode: "531", Location: b.shops[0].id}); err != nil {
		return err
	}
	if err := open(&b.boxes.bank, cashbox.Box{Name: "Compte bancaire", Kind: cashbox.Other, Holds: cashbox.HoldsCashless, AccountCode: "512"}); err != nil {
		return err
	}
	if err := open(&b.boxes.office, cashbox.Box{Name: "Petite caisse du bureau", Kind: cashbox.Other, Holds: cashbox.HoldsCash, Location: b.shops[0].id}); err != nil {
		return err
	}
	if err := open(&b.boxes.kitty, cashbox.Box{Name: "Cagnotte de l’équipe", Kind: cashbox.Other, Holds: cashbox.HoldsCash, Virtual: true}); err != nil {
		return err
	}
	return cashbox.SetFees(tx, by, b.boxes.bank, []cashbox.Condition{{Side: cashbox.In, Rate: 200}, {Side: cashbox.Out, Fixed: 35}})
}

// monthly is what moves in the boxes of the company on the first Friday of a month, and the petty cash on the others.
func (b *builder) monthly(tx *db.Tx, on day.Day) error {
	if on.Weekday() != time.Friday {
		return nil
	}
	d := throw(b.Seed, "treasury", string(on))
	by, cash := b.people[manager].id, b.methods[tender.Cash]
	move := func(m cashbox.Movement) error {
		m.ID, m.On = id.New(), on
		return record(tx, m, on, by, m.Memo)
	}
	if on.Time().Day() > 7 {
		if left, err := ledger.Balance(tx, cashbox.AccountKey(b.boxes.office, cash)); err != nil || left < 1100 {
			return err // nothing was put in it yet
		}
		return move(cashbox.Movement{Box: b.boxes.office, Method: cash, Kind: cashbox.Expense, Amount: d.euros(300, 1100, 5), Role: "expense.office", Rate: 2000, Item: "goods", Memo: "papier et stylos"})
	}
	card := b.methods[tender.Card]
	for _, m := range []cashbox.Movement{
		{Box: b.boxes.bank, Method: card, Kind: cashbox.PaidIn, Amount: 90000, Memo: "Apport de la gérance"},
		{Box: b.boxes.bank, Method: card, Kind: cashbox.Expense, Amount: 64000, Role: "expense.other", Item: "rent", Memo: "Loyer de la boutique"},
		{Box: b.boxes.bank, Method: card, Kind: cashbox.Income, Amount: 11000, Role: "income.grant", Item: "grants", Memo: "Aide à l’apprentissage"},
		{Box: b.boxes.safe, Method: cash, Kind: cashbox.PaidIn, Amount: d.euros(8000, 15000, 1000), Memo: "Monnaie prise à la banque"},
		{Box: b.boxes.safe, Method: cash, Kind: cashbox.Transfer, Amount: 6000, ToBox: b.boxes.office, ToMethod: cash, Memo: "Fonds de la petite caisse"},
		{Box: b.boxes.kitty, Method: cash, Kind: cashbox.PaidIn, Amount: money.Amount(500 * d.between(3, 8)), Memo: "Pourboires du mois"},
	} {
		if err := move(m); err != nil {
			return err
		}
	}
	return nil
}
