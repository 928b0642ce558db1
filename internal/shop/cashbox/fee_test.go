package cashbox_test

import (
	"math/rand/v2"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/dbtest"
)

func TestAFeeIsTakenOnTheWholePayment(t *testing.T) {
	for _, c := range []struct {
		name    string
		list    []cashbox.Condition
		amount  money.Amount
		comesIn bool
		want    money.Amount
	}{
		{"2 % of 110,00 € are 2,20 €", []cashbox.Condition{{Side: cashbox.In, Rate: 200}}, 11000, true, 220},
		{"10 € whatever the amount, small", []cashbox.Condition{{Side: cashbox.Both, Fixed: 1000}}, 1, true, 1000},
		{"10 € whatever the amount, large", []cashbox.Condition{{Side: cashbox.Both, Fixed: 1000}}, 9_999_999, false, 1000},
		{"a condition on incomes leaves expenses alone", []cashbox.Condition{{Side: cashbox.In, Rate: 200}}, 11000, false, 0},
		{"a condition on expenses leaves incomes alone", []cashbox.Condition{{Side: cashbox.Out, Rate: 200}}, 11000, true, 0},
		{"four conditions add up, each on the whole", []cashbox.Condition{{Side: cashbox.In, Rate: 200}, {Side: cashbox.Both, Rate: 50}, {Side: cashbox.In, Fixed: 25}, {Side: cashbox.Out, Fixed: 900}}, 10000, true, 275},
		{"half a cent goes up", []cashbox.Condition{{Side: cashbox.Both, Rate: 50}}, 100, true, 1},
		{"less than half a cent is nothing", []cashbox.Condition{{Side: cashbox.Both, Rate: 1}}, 100, true, 0},
		{"two halves of a rate are the rate", []cashbox.Condition{{Side: cashbox.Both, Rate: 50}, {Side: cashbox.Both, Rate: 50}}, 50, true, 1},
		{"no condition, no fee", nil, 11000, true, 0},
	} {
		if got := cashbox.FeeOn(c.list, c.amount, c.comesIn); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

// TestAFeeIsTheSumOfItsConditions checks, on any conditions and payments, that the order of conditions does not matter, that rates and fixed
// amounts add up, and that the fee is within half a cent of the exact one.
func TestAFeeIsTheSumOfItsConditions(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 7))
	sides := []cashbox.Side{cashbox.In, cashbox.Out, cashbox.Both}
	for range 20_000 {
		amount, comesIn := money.Amount(1+rng.Int64N(1_000_000_000)), rng.IntN(2) == 0
		var list, turned []cashbox.Condition
		var rate int64
		var fixed money.Amount
		for range rng.IntN(cashbox.MostConditions + 1) {
			c := cashbox.Condition{Side: sides[rng.IntN(3)]}
			if rng.IntN(2) == 0 {
				c.Rate = 1 + rng.Int64N(10_000)
			} else {
				c.Fixed = money.Amount(1 + rng.Int64N(100_000))
			}
			list, turned = append(list, c), append([]cashbox.Condition{c}, turned...)
			if c.Side == cashbox.Both || (c.Side == cashbox.In) == comesIn {
				rate, fixed = rate+c.Rate, fixed+c.Fixed
			}
		}
		got := cashbox.FeeOn(list, amount, comesIn)
		if other := cashbox.FeeOn(turned, amount, comesIn); other != got {
			t.Fatalf("%+v on %d: %d, turned round %d", list, amount, got, other)
		}
		// 2 × (got − fixed) × 10 000 is within 10 000 of 2 × rate × amount: no float, no division.
		off := 2*(int64(got-fixed)*10_000) - 2*rate*int64(amount)
		if off > 10_000 || off <= -10_000 {
			t.Fatalf("%+v on %d: %d is off by %d", list, amount, got, off)
		}
	}
}

func TestAPaymentBringsOneExpenseForItsFees(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		bank := s.box(t, cashbox.Box{Name: "Banque", Kind: cashbox.Other, Holds: cashbox.HoldsCashless})
		s.write(t, func(tx *db.Tx) error {
			return cashbox.SetFees(tx, claire, bank.ID, []cashbox.Condition{{Side: cashbox.In, Rate: 150}, {Side: cashbox.In, Rate: 50}, {Side: cashbox.Out, Fixed: 1000}})
		})
		record := func(kind cashbox.Kind, amount money.Amount) cashbox.Movement {
			m := s.movement(kind)
			m.Box, m.Method, m.Amount = bank.ID, s.card, amount
			for range 2 { // sent twice, it counts once
				if err := s.record(m); err != nil {
					t.Fatal(err)
				}
			}
			return m
		}
		income := record(cashbox.Income, 11000)
		if got := s.balance(t, cashbox.AccountKey(bank.ID, s.card)); got != 11000-220 {
			t.Errorf("after 110,00 € at 2 %%: %d", got)
		}
		record(cashbox.Expense, 3000)
		record(cashbox.PaidIn, 5000)
		if got := s.balance(t, cashbox.AccountKey(bank.ID, s.card)); got != 11000-220-3000-1000+5000 {
			t.Errorf("after an expense and what the owner brought, on which nothing is taken: %d", got)
		}
		var fees []cashbox.Recorded
		s.read(t, func(q *db.Snapshot) error {
			list, err := cashbox.Movements(q, bank.ID, today, today)
			for _, m := range list {
				if m.Kind == cashbox.Fee {
					fees = append(fees, m)
				}
			}
			return err
		})
		if len(fees) != 2 || fees[0].FeeOf != income.ID || fees[0].Item != cashbox.FeeItem || fees[0].Memo != "Frais de traitement des transactions" || fees[0].Amount != 220 {
			t.Errorf("fees %+v", fees)
		}
		s.verify(t)
	})
}

func TestFeesThatMakeNoSenseAreRefusedOnTheirLine(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	for name, c := range map[string]cashbox.Condition{
		"no value":                 {Side: cashbox.In},
		"a rate and an amount":     {Side: cashbox.In, Rate: 100, Fixed: 100},
		"more than the payment":    {Side: cashbox.In, Rate: 10_001},
		"less than nothing":        {Side: cashbox.In, Fixed: -1},
		"a fixed amount too large": {Side: cashbox.In, Fixed: 100_000_001},
	} {
		t.Run(name, func(t *testing.T) {
			wantField(t, s.try(func(tx *db.Tx) error {
				return cashbox.SetFees(tx, claire, s.till.ID, []cashbox.Condition{{Side: cashbox.Both, Rate: 1}, c})
			}), "value2")
		})
	}
	if err := s.try(func(tx *db.Tx) error { return cashbox.SetFees(tx, claire, s.till.ID, make([]cashbox.Condition, 5)) }); err == nil {
		t.Error("a fifth condition is taken")
	}
}
