package daysheet

import (
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/tender"
)

// Numbered is the gift vouchers recorded by their number at a box on a day. They wait on the desk of the box, two accounts of the ledger, until
// its sheet counts them among the vouchers sold and used.
type Numbered struct{ Sold, Used money.Amount }

func deskSold(box string) string { return "voucher/desk/" + box + "/sold" }
func deskUsed(box string) string { return "voucher/desk/" + box + "/used" }

// loadNumbered reads them from the desk: what acts on vouchers posted there, not what sheets did.
func loadNumbered(q db.Querier, box string, on day.Day) (n Numbered, err error) {
	for _, desk := range []struct {
		key string
		sum *money.Amount
		way money.Amount
	}{{deskSold(box), &n.Sold, 1}, {deskUsed(box), &n.Used, -1}} {
		lines, err := ledger.Statement(q, ledger.Filter{Prefix: desk.key, First: on, Last: on})
		if err != nil {
			return n, err
		}
		for _, l := range lines {
			if strings.HasPrefix(l.Entry.Source, "voucher:") {
				*desk.sum += desk.way * l.Amount
			}
		}
	}
	return n, nil
}

// sold posts the vouchers sold: those recorded by number leave the desk, the others are owed as one amount.
func (p *posting) sold(sheet Sheet) {
	byNumber := max(0, min(sheet.VouchersSold, p.numbered.Sold))
	p.add(p.account(deskSold(p.box.ID), "voucher", ledger.Debit, false), -byNumber, "", "Bons cadeaux vendus, par numéro")
	p.add(p.account(VoucherAccount, "voucher", ledger.Credit, true), byNumber-sheet.VouchersSold, "", "Bons cadeaux vendus")
}

// used posts the vouchers used by a method, those recorded by number first.
func (p *posting) used(m MethodLine) {
	byNumber := max(0, min(m.Taken, p.numbered.Used))
	p.numbered.Used -= byNumber
	p.add(p.account(deskUsed(p.box.ID), "voucher", ledger.Debit, false), byNumber, "", "Bons cadeaux utilisés, par numéro")
	p.add(p.account(VoucherAccount, "voucher", ledger.Credit, true), m.Taken-byNumber, "", "Bons cadeaux utilisés")
}

// checkNumbered refuses a sheet that counts fewer vouchers than were recorded by number.
func checkNumbered(f *fault.Fault, sheet Sheet, s Setup) {
	if sheet.VouchersSold < s.Numbered.Sold {
		f.Field(FieldVouchers, "Des bons numérotés ont été vendus pour "+locale.Euro(s.Numbered.Sold)+" ce jour\u00a0: le total ne peut pas être inférieur.")
	}
	if used := sheet.VouchersUsed(); used < s.Numbered.Used {
		for _, m := range sheet.Methods {
			if m.Method.Kind == tender.Voucher {
				f.Field(FieldTaken+m.Method.ID, "Des bons numérotés ont été utilisés pour "+locale.Euro(s.Numbered.Used)+" ce jour\u00a0: le total ne peut pas être inférieur.")
				return
			}
		}
	}
}

// numberedHelp says beside a field what was recorded by number.
func numberedHelp(amount money.Amount) string {
	if amount == 0 {
		return ""
	}
	return "dont " + locale.Euro(amount) + " par numéro"
}
