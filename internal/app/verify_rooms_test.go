package app

import (
	"errors"
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/deposit"
	"encaisse/internal/shop/receivable"
	"encaisse/internal/shop/voucher"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/tamper"
)

const friday day.Day = "2026-11-20" // at dbtest.Morning

// counter is what happens at the counter and at the bank on the day that is still open: of each act of these rooms, one at least.
func (g *grocery) counter() {
	g.t.Helper()
	g.payments()
	g.vouchers()
	g.deposits()
}

// payments are a repayment, another undone, and an overpayment given back.
func (g *grocery) payments() {
	pay := func(kind receivable.Kind, customer string, amount money.Amount) string {
		p := receivable.Payment{ID: id.New(), Kind: kind, Customer: customer, Box: g.box.ID, Method: g.cash, Amount: amount, On: friday, Memo: "au comptoir"}
		g.write(func(tx *db.Tx) error { return receivable.Pay(tx, p, friday, claire) })
		return p.ID
	}
	pay(receivable.Repayment, g.customer, 1000)
	undone := pay(receivable.Repayment, g.customer, 500)
	g.write(func(tx *db.Tx) error {
		_, err := receivable.Undo(tx, id.New(), undone, "saisi deux fois", friday, claire)
		return err
	})
	pay(receivable.Overpayment, "", 50)
}

// vouchers are one used in part, a use taken back, then prolonged; one expired, one cancelled, one paid back.
func (g *grocery) vouchers() {
	sell := func(on, until day.Day) string {
		v := voucher.Voucher{ID: id.New(), Purpose: voucher.Multi, Amount: 3000, Box: g.box.ID, On: on, ValidUntil: until, Holder: "Lise"}
		g.write(func(tx *db.Tx) error { return voucher.Issue(tx, v, friday, claire) })
		return v.ID
	}
	kept, lapsed, wrong, back := sell(friday, "2027-11-20"), sell("2026-11-18", "2026-11-19"), sell(friday, ""), sell(friday, "")
	use := func(amount money.Amount) string {
		u := voucher.Usage{ID: id.New(), Voucher: kept, Amount: amount, Box: g.box.ID, On: friday}
		g.write(func(tx *db.Tx) error { return voucher.Use(tx, u, friday, claire) })
		return u.ID
	}
	use(1250)
	mistake := use(700)
	g.write(func(tx *db.Tx) error {
		_, err := voucher.TakeBack(tx, id.New(), mistake, friday, claire)
		_, refunded := voucher.Refund(tx, voucher.Payback{ID: id.New(), Voucher: back, Box: g.box.ID, Method: g.cash}, friday, claire)
		return errors.Join(err, refunded, voucher.Expire(tx, id.New(), lapsed, friday, claire), voucher.Cancel(tx, id.New(), wrong, "vendu par erreur", friday, claire),
			voucher.Prolong(tx, id.New(), kept, "2028-11-20", friday, claire))
	})
}

// deposits are a slip of cheques credited, of which one came back; one of cash, ticked off by mistake; one undone; and a cheque struck out.
func (g *grocery) deposits() {
	g.write(func(tx *db.Tx) error {
		return cashbox.Record(tx, cashbox.Movement{ID: id.New(), Box: g.box.ID, Method: g.cheques, Kind: cashbox.PaidIn, Amount: 30000, On: friday}, friday, claire)
	})
	cheque := func(drawer, number string, amount money.Amount) string {
		c := deposit.Cheque{ID: id.New(), Box: g.box.ID, Method: g.cheques, On: friday, Drawer: drawer, Bank: "Banque du Midi", Number: number, Party: g.customer, Amount: amount}
		g.write(func(tx *db.Tx) error { return deposit.Receive(tx, c, friday, claire) })
		return c.ID
	}
	first, second, struck := cheque("A. Petit", "0001234", 8000), cheque("M. Roux", "0009876", 4250), cheque("M. Roux", "0009877", 4250)
	slip := func(s deposit.Slip) string {
		s.ID, s.Box, s.On = id.New(), g.box.ID, friday
		g.write(func(tx *db.Tx) error { return deposit.Make(tx, s, friday, claire) })
		return s.ID
	}
	cheques := slip(deposit.Slip{Method: g.cheques, Cheques: []string{first, second}, Memo: "semaine 47"})
	cash := slip(deposit.Slip{Method: g.cash, Pieces: map[int]int{1000: 1, 500: 1}})
	never := slip(deposit.Slip{Method: g.cheques, Loose: 1000})
	g.write(func(tx *db.Tx) error {
		_, undone := deposit.Undo(tx, id.New(), never, "banque fermée", friday, claire)
		return errors.Join(undone, deposit.Withdraw(tx, id.New(), struck, "écrit deux fois", claire),
			deposit.Credit(tx, id.New(), cheques, friday, friday, claire), deposit.Credit(tx, id.New(), cash, friday, friday, claire), deposit.Uncredit(tx, id.New(), cash, friday, claire),
			deposit.GiveBack(tx, deposit.Return{ID: id.New(), Slip: cheques, Cheque: second, On: friday, Party: g.customer, Fee: 1200}, friday, claire))
	})
}

func TestAnyRowInsertedByHandIsFound(t *testing.T) { // LAW-ISCA-I-1, LAW-ISCA-S-3
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := newGrocery(t, d)
		in := tamper.BreakIn(t, d)
		for _, table := range proved {
			added := in.EachInserted(table, 5, func(row tamper.Row) {
				if row["company_id"] == g.company && g.alone() == nil && harmless[table] == "" {
					t.Errorf("%s: verify takes a forged row: %v", table, row)
				}
			})
			if added == 0 && guarded[table] == "" {
				t.Errorf("%s: no row could be forged", table)
			}
		}
		if err := g.alone(); err != nil {
			t.Errorf("put right again: %v", err)
		}
	})
}

// harmless are the tables where a row more proves nothing and moves nothing, with the reason.
var harmless = map[string]string{
	"attachment": "a file that no movement names",
	"series":     "a series that nothing counts with",
	"period_day": "a day without a sheet may be locked with the days that left",
}

// guarded are the tables that the database itself keeps a forged row out of, with the reason.
var guarded = map[string]string{
	"daysheet": "a sheet has three names of its own: its identifier, its number, its day and version",
}

func TestWhatIsChangedByHandInARoomIsNamed(t *testing.T) {
	cases := []struct{ name, forge, says string }{
		{"what a voucher was sold for", `UPDATE voucher SET amount = 9000 WHERE number LIKE 'BC00001-%'`, "voucher: BC00001-"},
		{"what was taken off a voucher", `UPDATE voucher_event SET amount = 50 WHERE kind = 'used' AND amount = 1250`, "voucher: BC00001-"},
		{"until when a voucher holds", `UPDATE voucher SET valid_until = '2030-01-01' WHERE number LIKE 'BC00001-%'`, "is no longer what its entry n° "},
		{"until when a voucher was prolonged", `UPDATE voucher_event SET valid_until = '2030-01-01' WHERE kind = 'prolonged'`, "its prolongation"},
		{"the amount of a cheque", `UPDATE cheque SET amount = 8001 WHERE number = '0001234'`, "deposit: cheque "},
		{"the total of a slip", `UPDATE deposit_slip SET amount = 99999 WHERE number = 1`, "deposit: slip n° 1: "},
		{"the notes on a slip", `UPDATE deposit_slip SET pieces = '{"500":3}' WHERE number = 2`, "deposit: slip n° 2: "},
		{"a slip said to be credited no more", `DELETE FROM deposit_event WHERE kind = 'credited' AND amount = 12250`, "deposit: slip n° 1: "},
		{"a line of a slip removed", `DELETE FROM deposit_slip_cheque WHERE n = 2`, "deposit: slip n° 1: "},
		{"what a customer paid", `UPDATE customer_payment SET amount = 1100 WHERE amount = 1000`, "receivable: payment "},
		{"why a payment was undone", `UPDATE customer_payment_undo SET reason = 'rien'`, "receivable: payment "},
		{"the receipt of an expense replaced by that of another", `UPDATE cash_movement SET attachment_id = (SELECT MAX(id) FROM attachment) WHERE attachment_id = (SELECT MIN(id) FROM attachment)`, "cashbox: movement "},
		{"a day said to be closed", `UPDATE day_summary SET days = REPLACE(days, 'g', 'l')`, "daysheet: the summary of 2026-11 "},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				g := newGrocery(t, d)
				tamper.BreakIn(t, d).Do(c.forge)
				if err := g.alone(); err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("verify says %v", err)
				}
			})
		})
	}
}

func TestAPhotoReplacedWithItsDigestIsFound(t *testing.T) { // LAW-ISCA-I-1
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := newGrocery(t, d)
		in := tamper.BreakIn(t, d)
		other := in.Rows("attachment")[1]
		in.Do(`UPDATE attachment SET content = $1, digest = $2, size = $3 WHERE id = (SELECT MIN(id) FROM attachment)`, other["content"], other["digest"], other["size"])
		if err := g.alone(); err == nil || !strings.Contains(err.Error(), "cashbox: movement ") || !strings.Contains(err.Error(), "its file") {
			t.Errorf("verify says %v", err)
		}
	})
}
