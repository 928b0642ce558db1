package demo

import (
	"strconv"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
)

// outlay is an expense a shop has now and then.
type outlay struct {
	supplier  string
	memo      string
	role      string
	rate      vat.Rate
	low, high money.Amount
}

var outlays = []outlay{
	{"La Poste", "timbres", "expense.post", 0, 650, 2780},
	{"La Poste", "colis d’un client", "expense.post", 0, 495, 1895},
	{"Papeterie du Pont", "rouleaux de caisse", "expense.office", 2000, 890, 2490},
	{"Papeterie du Pont", "étiquettes de prix", "expense.office", 2000, 450, 1690},
	{"Droguerie Martin", "produits d’entretien", "expense.supplies", 2000, 780, 3150},
	{"Droguerie Martin", "ampoules", "expense.supplies", 2000, 590, 1880},
	{"Moulin de la Sye", "farine de pays", "expense.goods", 550, 1800, 6200},
	{"Rucher des Trois Becs", "miel", "expense.goods", 550, 2400, 7200},
	{"Maraîchers de la Drôme", "appoint de légumes", "expense.goods", 550, 1500, 5400},
	{"Boulangerie Vidal", "pain du dimanche", "expense.goods", 550, 980, 2860},
	{"Station du Pont", "carburant de la fourgonnette", "expense.travel", 2000, 2500, 6500},
	{"Serrurerie Blanc", "double de clés", "expense.repairs", 2000, 900, 2600},
	{"", "café pour la réunion d’équipe", "expense.reception", 1000, 640, 1850},
	{"", "glace pour l’étal", "expense.goods", 550, 600, 1400},
	{"", "pourboire du livreur", "expense.other", 0, 200, 500},
}

// expense is an expense of a till on a day.
func (b *builder) expense(t *till, on day.Day, d dice) cashbox.Movement {
	o := pick(d, outlays)
	return cashbox.Movement{ID: id.New(), Box: t.id, Method: b.methods[tender.Cash], Kind: cashbox.Expense, Amount: d.euros(o.low, o.high, 5), On: on, Party: b.suppliers[o.supplier], Role: o.role, Rate: o.rate, Memo: o.memo}
}

// record records a movement and makes the sheets already closed follow, as the page does.
func record(tx *db.Tx, m cashbox.Movement, today day.Day, by, why string) error {
	return recordWith(tx, m, cashbox.Receipt{}, today, by, why)
}

func recordWith(tx *db.Tx, m cashbox.Movement, r cashbox.Receipt, today day.Day, by, why string) error {
	if err := cashbox.RecordWith(tx, m, r, today, by); err != nil {
		return err
	}
	for box, moves := range m.Moves() {
		if err := daysheet.AfterMovement(tx, box, m.On, moves, by, why); err != nil {
			return err
		}
	}
	return nil
}

// held is what a till holds of each method now.
func (b *builder) held(tx *db.Tx, t *till) (map[tender.Kind]money.Amount, error) {
	balances, err := ledger.Balances(tx, cashbox.Prefix(t.id))
	held := map[tender.Kind]money.Amount{}
	for kind, method := range b.methods {
		held[kind] = balances[cashbox.AccountKey(t.id, method)]
	}
	return held, err
}

// banking is what goes to the bank in the morning: the card takings of the evening before, on some days cheques, meal vouchers and cash;
// and the change that comes back when the drawer is nearly empty.
func (b *builder) banking(tx *db.Tx, t *till, on day.Day, by string) error {
	held, err := b.held(tx, t)
	if err != nil {
		return err
	}
	move := func(kind cashbox.Kind, method tender.Kind, amount money.Amount, memo string) error {
		if amount <= 0 {
			return nil
		}
		return record(tx, cashbox.Movement{ID: id.New(), Box: t.id, Method: b.methods[method], Kind: kind, Amount: amount, On: on, Memo: memo}, on, by, memo)
	}
	if err := move(cashbox.Deposit, tender.Card, held[tender.Card], "Télécollecte"); err != nil {
		return err
	}
	slip := strconv.Itoa(on.Since(b.First)/7 + 12)
	if on.Weekday() == time.Friday {
		if err := b.remit(tx, t, on, held[tender.Cheque], by); err != nil {
			return err
		}
	}
	if _, week := on.Time().ISOWeek(); week%2 == 0 && on.Weekday() == time.Tuesday {
		if err := move(cashbox.Deposit, tender.Meal, held[tender.Meal], "Titres-restaurant envoyés au remboursement"); err != nil {
			return err
		}
	}
	spare := (held[tender.Cash] - t.float) / 1000 * 1000
	switch {
	case on.Weekday() == time.Wednesday && spare >= 15000:
		return move(cashbox.Deposit, tender.Cash, spare, "Remise d’espèces, bordereau "+slip)
	case held[tender.Cash] < 5000:
		return move(cashbox.PaidIn, tender.Cash, t.float, "Monnaie prise à la banque")
	case on.Time().Day() == 6 && spare >= 20000 && t.name == "Caisse 1":
		return move(cashbox.PaidOut, tender.Cash, 15000, "Prélèvement de l’exploitante")
	}
	return nil
}

// noon is what happens at a till during the day: an expense, some change carried to the next till, a method set right.
func (b *builder) noon(tx *db.Tx, t *till, on day.Day, by string) error {
	d := throw(b.Seed, "noon", t.name, string(on))
	held, err := b.held(tx, t)
	if err != nil {
		return err
	}
	if m := b.expense(t, on, d); d.chance(t.expenses) && m.Amount < held[tender.Cash] {
		var r cashbox.Receipt
		if b.Today.Since(on) <= photographed && m.Party != "" {
			r = receipt(d)
		}
		if err := recordWith(tx, m, r, on, by, m.Memo); err != nil {
			return err
		}
		held[tender.Cash] -= m.Amount
	}
	transfer := cashbox.Movement{ID: id.New(), Box: t.id, Method: b.methods[tender.Cash], Kind: cashbox.Transfer, On: on, ToBox: t.id, ToMethod: b.methods[tender.Card]}
	switch {
	case t.name == "Caisse 1" && on.Weekday() == time.Saturday && d.chance(300):
		transfer.ToBox, transfer.ToMethod, transfer.Amount, transfer.Memo = t.shop.tills[1].id, transfer.Method, d.euros(2000, 5000, 1000), "Monnaie pour la caisse 2"
	case d.chance(12):
		transfer.Amount = d.euros(950, 3800, 5)
		transfer.Memo = "Vente de " + locale.Euro(transfer.Amount) + " passée en espèces, payée par carte"
	default:
		return nil
	}
	if transfer.Amount > held[tender.Cash] {
		return nil
	}
	return record(tx, transfer, on, by, transfer.Memo)
}
