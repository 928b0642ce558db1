package daysheet

import (
	"errors"
	"testing"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"

	"pgregory.net/rapid"
)

// friday is the setup of the day used throughout: an épicerie with four categories and six methods, 204,85 € in the drawer, two
// expenses of 23,40 € in all and 200,00 € taken to the bank, a tolerance of 2,00 €.
func friday() Setup {
	s := company.Defaults()
	s.Options = company.Options{Expenses: true, Transfers: true, Credit: company.CreditTotal, Vouchers: true, Overpayments: true, Customers: true}
	s.Tolerance = 200
	return Setup{
		Box: cashbox.Box{ID: "b1", Name: "Caisse 1", Active: true}, On: "2026-11-20", Today: "2026-11-21", Settings: s,
		Categories: []catalog.SalesCategory{{ID: "epicerie", Label: "Épicerie", Rate: 550}, {ID: "traiteur", Label: "Traiteur", Rate: 1000}, {ID: "vins", Label: "Vins et boissons", Rate: 2000}, {ID: "cadeaux", Label: "Cadeaux", Rate: 2000}},
		Methods: []tender.Method{{ID: "cash", Kind: tender.Cash, Label: "Espèces"}, {ID: "card", Kind: tender.Card, Label: "Carte"}, {ID: "meal", Kind: tender.Meal, Label: "Titres-restaurant"},
			{ID: "cheque", Kind: tender.Cheque, Label: "Chèques"}, {ID: "voucher", Kind: tender.Voucher, Label: "Bons cadeaux"}, {ID: "credit", Kind: tender.OnAccount, Label: "Crédit client"}},
		Opening: map[string]money.Amount{"cash": 20485},
		Posted:  map[string]money.Amount{"cash": 20485 - 2340 - 20000},
		Movements: []cashbox.Recorded{
			{Movement: cashbox.Movement{Box: "b1", Method: "cash", Kind: cashbox.Expense, Amount: 1240}},
			{Movement: cashbox.Movement{Box: "b1", Method: "cash", Kind: cashbox.Expense, Amount: 1100}},
			{Movement: cashbox.Movement{Box: "b1", Method: "cash", Kind: cashbox.Expense, Amount: 9900}, Reversed: true},
			{Movement: cashbox.Movement{Box: "b1", Method: "cash", Kind: cashbox.Deposit, Amount: 20000}},
		},
	}
}

// typed is what the manager types from the ticket Z of that Friday.
func typed() map[string]string {
	return map[string]string{
		FieldZ: "1482", FieldSale + "epicerie": "612,40", FieldSale + "traiteur": "184.50", FieldSale + "vins": "400+38,90", FieldSale + "cadeaux": "57",
		FieldVouchers: "50", FieldRepaid: "38,20", FieldSalesCount: "47",
		FieldTaken + "cash": "318,60", FieldTaken + "card": "842,10", FieldTaken + "meal": "96,30", FieldTaken + "cheque": "74", FieldTaken + "voucher": "30", FieldTaken + "credit": "20",
		FieldCounted + "cash": "295,45", FieldReason + "cash": "change",
	}
}

func compute(t *testing.T, fields map[string]string, s Setup) Sheet {
	t.Helper()
	f, err := Read(fields, s)
	if err != nil {
		t.Fatal(err)
	}
	return Compute(f, s)
}

// The figures below are computed by hand: VAT 612,40 − 612,40/1,055 = 31,93 ; 184,50 − 184,50/1,1 = 16,77 ; (438,90 + 57,00) − 495,90/1,2 = 82,65.
func TestASheetComesToWhatTheTicketZSays(t *testing.T) {
	sheet := compute(t, typed(), friday())
	for name, c := range map[string]struct{ got, want money.Amount }{
		"turnover": {sheet.Gross, 129280}, "tax": {sheet.Tax, 3193 + 1677 + 8265}, "net": {sheet.Net, 129280 - 13135}, "due": {sheet.Due, 138100}, "paid": {sheet.Paid, 138100},
		"breakdown": {sheet.Breakdown, 0}, "basket": {sheet.Basket, 2751}, "expected": {sheet.Cash().Expected, 30005}, "over-short": {sheet.Cash().OverShort, -460},
		"expenses": {sheet.Cash().Expenses, 2340}, "deposits": {sheet.Cash().Deposits, 20000}, "other": {sheet.Cash().Other, 0}, "granted": {sheet.Granted(), 2000}, "vouchers used": {sheet.VouchersUsed(), 3000},
	} {
		if c.got != c.want {
			t.Errorf("%s = %d, want %d", name, c.got, c.want)
		}
	}
	if err := Check(sheet, friday(), false); err != nil {
		t.Error(err)
	}
}

func TestWhatKeepsADayFromBeingClosed(t *testing.T) {
	for name, c := range map[string]struct {
		change  map[string]string
		field   string
		mayFor  bool
		allowed bool
	}{
		"an over-short beyond the tolerance without a reason":  {map[string]string{FieldReason + "cash": ""}, FieldReason + "cash", false, false},
		"an over-short within the tolerance needs none":        {map[string]string{FieldReason + "cash": "", FieldCounted + "cash": "298,05"}, "", false, true},
		"the reason « autre » without a word":                  {map[string]string{FieldReason + "cash": "other"}, FieldReasonNote + "cash", false, false},
		"a breakdown difference by somebody who may not force": {map[string]string{FieldTaken + "card": "830,00"}, FieldBreakdown, false, false},
		"a breakdown difference forced without a reason":       {map[string]string{FieldTaken + "card": "830,00"}, FieldBreakdown, true, false},
		"a breakdown difference forced with a reason":          {map[string]string{FieldTaken + "card": "830,00", FieldBreakdown: "terminal en panne"}, "", true, true},
		"cash not counted":                         {map[string]string{FieldCounted + "cash": ""}, FieldCounted + "cash", false, false},
		"cash counted negative":                    {map[string]string{FieldCounted + "cash": "-1"}, FieldCounted + "cash", false, false},
		"more taken to the bank than there is":     {map[string]string{FieldRemitted: "295,46"}, FieldRemitted, false, false},
		"everything taken to the bank":             {map[string]string{FieldRemitted: "295,45"}, "", false, true},
		"expected cash below zero":                 {map[string]string{FieldTaken + "cash": "0", FieldTaken + "card": "1160,70"}, FieldCounted + "cash", false, false},
		"sales without a single sale":              {map[string]string{FieldSalesCount: "0"}, FieldSalesCount, false, false},
		"gift vouchers sold for less than nothing": {map[string]string{FieldVouchers: "-50"}, FieldVouchers, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			fields := typed()
			for k, v := range c.change {
				fields[k] = v
			}
			err := Check(compute(t, fields, friday()), friday(), c.mayFor)
			if c.allowed {
				if err != nil {
					t.Error(err)
				}
				return
			}
			f, ok := errors.AsType[*fault.Fault](err)
			if !ok || f.Fields[c.field] == "" {
				t.Errorf("want a message on %s, got %v", c.field, err)
			}
		})
	}
}

func TestAFieldThatCannotBeReadIsNamedAndTheRestStillCounts(t *testing.T) {
	fields := typed()
	fields[FieldSale+"cadeaux"] = "57,0O"
	f, err := Read(fields, friday())
	named, ok := errors.AsType[*fault.Fault](err)
	if !ok || len(named.Fields) != 1 || named.Fields[FieldSale+"cadeaux"] == "" {
		t.Fatalf("fault = %v", err)
	}
	if got := Compute(f, friday()).Gross; got != 129280-5700 {
		t.Errorf("the rest comes to %d", got)
	}
}

func TestAPartSwitchedOffIsNotLookedAt(t *testing.T) {
	s := friday()
	s.Settings.Options = company.Options{}
	f, err := Read(typed(), s)
	if err != nil || f.VouchersSold != 0 || f.Repaid != 0 || f.CustomerCount != nil {
		t.Errorf("figures of parts switched off: %+v %v", f, err)
	}
}

func TestTheCountOfNotesAndCoinsIsTheCashCounted(t *testing.T) {
	fields := typed()
	fields[FieldCounted+"cash"] = ""
	for value, n := range map[string]string{"5000": "2", "2000": "4", "1000": "5", "500": "7", "200": "6", "100": "10", "50": "11", "20": "10", "10": "6", "5": "4", "2": "3", "1": "9"} {
		fields[FieldPieces+value] = n
	}
	if got := compute(t, fields, friday()).Cash().Counted; got != 29545 {
		t.Errorf("2×50 + 4×20 + 5×10 + 7×5 + 6×2 + 10×1 + 11×0,50 + 10×0,20 + 6×0,10 + 4×0,05 + 3×0,02 + 9×0,01 = %d, want 29545", got)
	}
}

func TestCreditByCustomerMustComeToTheCreditGranted(t *testing.T) {
	s := friday()
	s.Settings.Credit = company.CreditByCustomer
	anne, paul := id.New(), id.New()
	fields := typed()
	fields[FieldGrantedTo+anne], fields[FieldRepaidBy+paul] = "15", "38,20"
	err := Check(compute(t, fields, s), s, false)
	if f, ok := errors.AsType[*fault.Fault](err); !ok || f.Fields[FieldGrantedTo] == "" {
		t.Errorf("15,00 for a customer of 20,00 granted: %v", err)
	}
	fields[FieldGrantedTo+anne] = "20"
	if err := Check(compute(t, fields, s), s, false); err != nil {
		t.Error(err)
	}
}

func TestASheetAlwaysAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := friday()
		amount := func(name string) money.Amount {
			return money.Amount(rapid.Int64Range(-100_000, 10_000_000).Draw(t, name))
		}
		f := Figures{Sales: map[string]money.Amount{}, Taken: map[string]money.Amount{}, Counted: map[string]money.Amount{}, VouchersSold: amount("g"), Repaid: amount("c"), Overpayment: amount("o")}
		for _, c := range s.Categories {
			f.Sales[c.ID] = amount(c.ID)
		}
		for _, m := range s.Methods {
			f.Taken[m.ID] = amount(m.ID)
			if rapid.Bool().Draw(t, "counted "+m.ID) {
				f.Counted[m.ID] = amount("count " + m.ID)
			}
		}
		sheet := Compute(f, s)
		var gross, tax money.Amount
		for _, l := range sheet.Sales {
			gross, tax = gross+l.Gross, tax+l.Tax
		}
		var rated money.Amount
		for _, r := range sheet.Rates {
			_, want := vat.FromGross(r.Gross, r.Rate)
			if rated += r.Tax; want != r.Tax {
				t.Fatalf("rate %d: %d, want %d", r.Rate, r.Tax, want)
			}
		}
		if gross != sheet.Gross || tax != sheet.Tax || rated != sheet.Tax || sheet.Net+sheet.Tax != sheet.Gross || sheet.Due+sheet.Breakdown != sheet.Paid {
			t.Fatalf("sheet does not add up: %+v", sheet)
		}
		for _, m := range sheet.Methods {
			sum := m.Opening + m.PaidIn - m.PaidOut - m.Expenses - m.Deposits + m.Transfers + m.Other + m.Taken
			if m.Method.Held() && (m.Expected != sum || m.IsCounted && m.Expected+m.OverShort != m.Counted) {
				t.Fatalf("drawer of %s: %+v", m.Method.ID, m)
			}
		}
	})
}
