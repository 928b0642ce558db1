package daysheet

import (
	"fmt"

	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/tender"
)

// VoucherAccount is the key of what is owed to holders of gift vouchers.
const VoucherAccount = "voucher/gift"

// CustomerAccount is the key of what a customer owes; the customer "" is all of them as one amount.
func CustomerAccount(party string) string {
	if party == "" {
		party = "all"
	}
	return "customer/" + party
}

// posting builds the lines of a sheet’s entry.
type posting struct {
	box      cashbox.Box
	numbered Numbered
	chart    chart.Chart
	accounts []ledger.Account
	lines    []ledger.Line
	guarded  []string
}

// newPosting gives the lines of a sheet’s entry, the accounts they need, and names those that may not end below zero.
func newPosting(q db.Querier, sheet Sheet, s Setup) (posting, error) {
	p := posting{box: s.Box, numbered: s.Numbered}
	var err error
	if p.chart, err = chart.Load(q); err != nil {
		return p, err
	}
	for _, m := range sheet.Methods {
		p.taken(m, sheet)
	}
	p.sales(sheet)
	p.sold(sheet)
	p.credit(sheet, s)
	if o := sheet.Overpayment; o > 0 {
		p.add(p.account("overpaid/"+s.Box.ID, "overpaid", ledger.Credit, false), -o, "", "Trop-perçus")
	} else {
		p.add(p.account("underpaid/"+s.Box.ID, "underpaid", ledger.Debit, false), -o, "", "Moins-perçus")
	}
	p.add(p.account("breakdown/"+s.Box.ID, "breakdown", ledger.Debit, false), -sheet.Breakdown, "", "Différence de ventilation")
	for _, m := range sheet.Methods {
		p.drawer(m, sheet)
	}
	return p, nil
}

func (p *posting) account(key, role string, sense ledger.Sense, neverNegative bool) ledger.Account {
	code, label := p.chart.Account(role)
	return ledger.Account{Key: key, Code: code, Label: label, Sense: sense, NeverNegative: neverNegative}
}

// add adds a line, debit when positive; nothing for zero.
func (p *posting) add(a ledger.Account, amount money.Amount, party, memo string) {
	if amount == 0 {
		return
	}
	p.accounts = append(p.accounts, a)
	p.lines = append(p.lines, ledger.Line{Account: a.Key, Amount: amount, Party: party, Memo: memo})
}

// taken debits what was paid by a method. Credit granted is posted with the customers.
func (p *posting) taken(m MethodLine, sheet Sheet) {
	switch {
	case m.Method.Kind == tender.Voucher:
		p.used(m)
	case m.Method.Kind == tender.OnAccount:
		if len(sheet.GrantedTo) == 0 {
			p.add(p.account(CustomerAccount(""), "customer", ledger.Debit, false), m.Taken, "", "Crédit accordé")
		}
	default:
		a := cashbox.Account(p.box, m.Method, p.chart)
		p.add(a, m.Taken, "", "Recettes\u00a0: "+m.Method.Label)
		if m.Method.Kind == tender.Cash {
			p.guarded = append(p.guarded, a.Key)
		}
	}
}

func (p *posting) sales(sheet Sheet) {
	for _, l := range sheet.Sales {
		code, label := p.chart.Account(l.Category.Role())
		if l.Category.AccountCode != "" {
			code = l.Category.AccountCode
		}
		a := ledger.Account{Key: "sale/" + p.box.ID + "/" + l.Category.ID, Code: code, Label: label + ", " + l.Category.Label, Sense: ledger.Credit}
		p.add(a, -l.Net, "", l.Category.Label)
	}
	for _, r := range sheet.Rates {
		code, label := p.chart.Account("vat.collected")
		a := ledger.Account{Key: fmt.Sprintf("vat/%s/%04d", p.box.ID, r.Rate), Code: code, Label: label + " " + locale.Percent(int64(r.Rate)), Sense: ledger.Credit}
		p.add(a, -r.Tax, "", "TVA "+locale.Percent(int64(r.Rate)))
	}
}

func (p *posting) credit(sheet Sheet, s Setup) {
	for _, c := range sheet.GrantedTo {
		p.add(p.account(CustomerAccount(c.Party), "customer", ledger.Debit, false), c.Amount, c.Party, "Crédit accordé")
	}
	for _, c := range sheet.RepaidBy {
		p.add(p.account(CustomerAccount(c.Party), "customer", ledger.Debit, false), -c.Amount, c.Party, "Crédit réglé")
	}
	if len(sheet.RepaidBy) == 0 {
		p.add(p.account(CustomerAccount(""), "customer", ledger.Debit, false), -sheet.Repaid, "", "Crédits réglés")
	}
}

// drawer posts the over-short, so that the ledger equals the drawer again, then what is taken out for the bank.
func (p *posting) drawer(m MethodLine, sheet Sheet) {
	if !m.Method.Held() {
		return
	}
	a, memo := cashbox.Account(p.box, m.Method, p.chart), "Écart de caisse"
	if r := sheet.Reasons[m.Method.ID]; r.Code != "" {
		memo += "\u00a0: " + ReasonLabel(r.Code)
	}
	if m.OverShort > 0 {
		p.add(p.account("over/"+p.box.ID, "over", ledger.Credit, false), -m.OverShort, "", memo)
	} else {
		p.add(p.account("short/"+p.box.ID, "short", ledger.Debit, false), -m.OverShort, "", memo)
	}
	p.add(a, m.OverShort, "", memo)
	p.add(a, -m.Remitted, "", "Remise en banque à la clôture")
	p.add(p.account("transit/bank", "transit", ledger.Debit, false), m.Remitted, "", "Remise en banque à la clôture")
}
