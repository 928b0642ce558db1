package cashbox

import (
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

// Side says which payments a condition is about.
type Side string

// The sides.
const (
	In   Side = "in"
	Out  Side = "out"
	Both Side = "both"
)

// Condition is a fee of a box: a rate, or a fixed amount whatever the payment.
type Condition struct {
	Side  Side
	Rate  int64        // hundredths of a percent: 200 is 2 %
	Fixed money.Amount // cents
}

// MostConditions is how many conditions a box may have.
const MostConditions = 4

// feeRole and feeMemo are what a fee is filed under.
const (
	feeRole = "expense.processing"
	feeMemo = "Frais de traitement des transactions"
)

// Fees gives the conditions of a box.
func Fees(q db.Querier, box string) ([]Condition, error) { return feesOf(q, box) }

// SetFees makes the conditions of a box those given, and leaves an event. Payments already recorded keep their fees.
func SetFees(tx *db.Tx, by, box string, list []Condition) error {
	b, err := ByID(tx, box)
	if err != nil {
		return err
	}
	if len(list) > MostConditions {
		return fault.Newf(fault.Invalid, "Une caisse a %d conditions au plus.", MostConditions)
	}
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	for i, c := range list {
		field := strconv.Itoa(i + 1)
		if c.Side != In && c.Side != Out && c.Side != Both {
			f.Field("side"+field, "Choisissez les opérations concernées.")
		}
		if (c.Rate == 0) == (c.Fixed == 0) || c.Rate < 0 || c.Rate > 10_000 || c.Fixed < 0 || c.Fixed > cashLimit {
			f.Field("value"+field, "Saisissez un pourcentage, de 0,01 à 100, ou un montant fixe.")
		}
	}
	if len(f.Fields) > 0 {
		return f
	}
	if err := dropFees(tx, box); err != nil {
		return err
	}
	for i, c := range list {
		if err := putFee(tx, box, i+1, c); err != nil {
			return err
		}
	}
	return logBox(tx, by, b, "Frais de la caisse modifiés\u00a0: "+b.Name)
}

// FeeOn is what the conditions of a box take on a payment: each on the whole of it, added up, rounded once to the nearest cent, half a
// cent upwards.
func FeeOn(conditions []Condition, amount money.Amount, comesIn bool) money.Amount {
	var rate int64
	var fixed money.Amount
	for _, c := range conditions {
		if c.Side == Both || (c.Side == In) == comesIn {
			rate += c.Rate
			fixed += c.Fixed
		}
	}
	whole, rest := amount/10_000, amount%10_000
	return fixed + whole*money.Amount(rate) + (rest*money.Amount(rate)+5_000)/10_000
}

// words say a condition: 2 % des recettes.
func (c Condition) words() string {
	what := map[Side]string{In: "des recettes", Out: "des dépenses", Both: "des recettes et des dépenses"}
	if c.Rate > 0 {
		return locale.Percent(c.Rate) + " " + what[c.Side]
	}
	each := map[Side]string{In: "par recette", Out: "par dépense", Both: "par recette ou dépense"}
	return locale.Euro(c.Fixed) + " " + each[c.Side]
}

// takeFee records the fee of a payment as one expense of its box.
func takeFee(tx *db.Tx, m Movement, today day.Day, by string) error {
	if !m.Kind.isPayment() {
		return nil
	}
	conditions, err := Fees(tx, m.Box)
	if err != nil {
		return err
	}
	amount := FeeOn(conditions, m.Amount, m.Kind.comesIn())
	if amount == 0 {
		return nil
	}
	fee := Movement{ID: id.New(), Box: m.Box, Method: m.Method, Kind: Fee, Amount: amount, On: m.On, Role: feeRole, Memo: feeMemo, Item: FeeItem, FeeOf: m.ID}
	return post(tx, fee, today, by)
}

// Effect is what a recorded movement did to its boxes, its fees included.
func Effect(q db.Querier, m Movement) (Moves, error) {
	fees, err := feesTaken(q, m.ID)
	moves := m.Moves()
	for _, f := range fees {
		moves.add(f.Box, f.Method, f.drawer())
	}
	return moves, err
}
