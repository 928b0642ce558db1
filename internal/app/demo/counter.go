package demo

import (
	"context"
	"strconv"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/deposit"
	"encaisse/internal/shop/receivable"
	"encaisse/internal/shop/tender"
	"encaisse/internal/shop/voucher"
)

// followed is for how many days before today cheques are written down one by one, and vouchers numbered.
const followed = 45

// chequeDrawers are people whose cheques the shop takes.
var chequeDrawers = []struct{ name, bank string }{
	{"Mme Josette Arnaud", "Banque Postale"}, {"M. et Mme Delaunay", "Crédit agricole"}, {"Camping des Saules", "Banque populaire"}, {"M. Yves Chabert", ""}, {"Association Les Amis du pont", "Crédit mutuel"},
}

// write writes down the cheques a till took in a day.
func (b *builder) write(tx *db.Tx, t *till, on day.Day, taken money.Amount) error {
	d := throw(b.Seed, "cheques", t.name, string(on))
	for n := 0; taken > 0; n++ {
		amount := taken
		if taken > 9000 {
			amount = min(taken, d.euros(2500, 6500, 5))
		}
		taken -= amount
		from := pick(d, chequeDrawers)
		c := deposit.Cheque{ID: b.derived("cheque", t, on, n), Box: t.id, Method: b.methods[tender.Cheque], On: on, Drawer: from.name, Bank: from.bank, Number: strconv.Itoa(1_000_000 + d.n(8_999_999)), Amount: amount}
		if err := deposit.Receive(tx, c, on, b.people[cashier].id); err != nil {
			return err
		}
	}
	return nil
}

// remit takes the cheques of a till to the bank on a slip: those in hand, and what nobody wrote down.
func (b *builder) remit(tx *db.Tx, t *till, on day.Day, held money.Amount, by string) error {
	if held <= 0 {
		return nil
	}
	s := deposit.Slip{ID: b.derived("slip", t, on, 0), Box: t.id, Method: b.methods[tender.Cheque], On: on, Loose: held}
	hand, err := deposit.InHand(tx, t.id, s.Method)
	if err != nil {
		return err
	}
	for _, c := range hand {
		if c.Amount <= s.Loose {
			s.Cheques, s.Loose = append(s.Cheques, c.ID), s.Loose-c.Amount
		}
	}
	return deposit.Make(tx, s, on, by)
}

// tick ticks off, on Monday, the slips the bank credited over the weekend.
func (b *builder) tick(tx *db.Tx, on day.Day) error {
	if on.Weekday() != time.Monday {
		return nil
	}
	slips, err := deposit.Slips(tx)
	if err != nil {
		return err
	}
	for _, s := range slips {
		if s.State() != deposit.InTransit || on.Since(s.On) > 20 {
			continue
		}
		if err := deposit.Credit(tx, id.New(), s.ID, on, on, b.people[manager].id); err != nil {
			return err
		}
	}
	return nil
}

// number gives its number, in the evening, to the voucher the sheet of a till counted among those sold.
func (b *builder) number(tx *db.Tx, t *till, on day.Day, sold money.Amount) error {
	d := throw(b.Seed, "vouchers", t.name, string(on))
	holder := pick(d, []string{"", "Pour Mamie Jeanne", "Léa et Thomas", "", "Mme Arnaud", "Anniversaire de Paul"})
	v := voucher.Voucher{ID: b.derived("voucher", t, on, 0), Purpose: voucher.Multi, Amount: sold, Box: t.id, On: on, ValidUntil: on.Add(365), Holder: holder}
	return voucher.Issue(tx, v, on, b.people[cashier].id)
}

// honour takes off numbered vouchers what the sheet of a till counted among those used. It gives what it found on them.
func (b *builder) honour(tx *db.Tx, t *till, on day.Day, used money.Amount) (money.Amount, error) {
	all, err := voucher.All(tx)
	if err != nil {
		return 0, err
	}
	for _, v := range all {
		if v.Left == 0 || v.On == on {
			continue
		}
		amount := min(used, v.Left)
		return amount, voucher.Use(tx, voucher.Usage{ID: b.derived("use", t, on, 0), Voucher: v.ID, Amount: amount, Box: t.id, On: on}, on, b.people[cashier].id)
	}
	return 0, nil
}

// counted writes down, once a till is closed, what its sheet counted: cheques one by one, vouchers by their number. It gives what it does to
// the vouchers without number.
func (b *builder) counted(tx *db.Tx, t *till, p *plan, on day.Day) (pool money.Amount, err error) {
	if b.Today.Since(on) > followed {
		return 0, nil
	}
	if err := b.write(tx, t, on, p.taken[tender.Cheque]); err != nil {
		return 0, err
	}
	if p.vouchersSold > 0 {
		if err := b.number(tx, t, on, p.vouchersSold); err != nil {
			return 0, err
		}
	}
	if p.vouchersUsed == 0 {
		return -p.vouchersSold, nil
	}
	found, err := b.honour(tx, t, on, p.vouchersUsed)
	return found - p.vouchersSold, err
}

// derived is the id of a thing of a till on a day, the same for the same seed.
func (b *builder) derived(what string, t *till, on day.Day, n int) string {
	return id.Derive(strconv.FormatInt(b.Seed, 10) + " " + what + " " + t.name + " " + string(on) + " " + strconv.Itoa(n))
}

// visits are customers who come only to pay a part of what they owe, by card, on the fifteenth.
func (b *builder) visits(ctx context.Context, t *till, on day.Day) error {
	if on.Time().Day() != 15 || t.name != "Caisse 1" || b.Today.Since(on) > 300 {
		return nil
	}
	for _, customer := range b.customers {
		owed := b.credit[customer]
		if owed < 4000 {
			continue
		}
		p := receivable.Payment{ID: b.derived("payment", t, on, 0), Kind: receivable.Repayment, Customer: customer, Box: t.id, Method: b.methods[tender.Card], Amount: owed / 2, On: on, Memo: "payé au comptoir"}
		err := b.act(ctx, b.at(on, 10*60), func(tx *db.Tx) error { return receivable.Pay(tx, p, on, b.people[cashier].id) })
		if err == nil {
			b.credit[customer] -= p.Amount
		}
		return err
	}
	return nil
}
