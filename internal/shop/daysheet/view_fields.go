package daysheet

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

// The names of the fields a page adds to those of a sheet. They are kept in the draft and mean nothing to the sheet.
const (
	fieldReason  = "raison"   // why a closed day is corrected
	fieldCounted = "compte"   // a blind count is over: what was expected may be seen
	fieldNew     = "nouveau-" // + prefix of a list by customer: the customer to add to it
	suffixAmount = "-montant" // + fieldNew…: the amount of that customer
)

var keptNames = []string{FieldZ, FieldVouchers, FieldRepaid, FieldOverpayment, FieldSalesCount, FieldCustomers, FieldRemitted, FieldBreakdown, FieldNote, FieldLoose, fieldReason, fieldCounted}

var keptPrefixes = []string{FieldSale, FieldTaken, FieldCounted, FieldPieces, FieldReason, FieldReasonNote, FieldRepaidBy, FieldGrantedTo, fieldNew}

// typedFields keeps, of a form received, what a person typed in the sheet.
func typedFields(form url.Values) map[string]string {
	fields := map[string]string{}
	for name := range form {
		text := strings.TrimSpace(form.Get(name))
		known := slices.Contains(keptNames, name) || slices.ContainsFunc(keptPrefixes, func(p string) bool { return strings.HasPrefix(name, p) })
		if known && text != "" {
			fields[name] = text
		}
	}
	return fields
}

// settle puts each customer chosen beside the amount typed for them, and gives the credit granted the sum of its customers when
// nobody typed it. What is not complete stays as typed.
func settle(fields map[string]string, s Setup) {
	if s.Settings.Credit != company.CreditByCustomer {
		return
	}
	for _, prefix := range []string{FieldRepaidBy, FieldGrantedTo} {
		chosen, typed := fields[fieldNew+prefix], fields[fieldNew+prefix+suffixAmount]
		amount, given, err := locale.ParseAmount(typed)
		if !id.Valid(chosen) || !given || err != nil {
			continue
		}
		before, _, err := locale.ParseAmount(fields[prefix+chosen])
		if err != nil {
			continue
		}
		fields[prefix+chosen] = locale.Input(before + amount)
		delete(fields, fieldNew+prefix)
		delete(fields, fieldNew+prefix+suffixAmount)
	}
	var granted money.Amount
	for name, text := range fields {
		if strings.HasPrefix(name, FieldGrantedTo) {
			amount, _, _ := locale.ParseAmount(text) // what does not read is said beside its own field
			granted += amount
		}
	}
	for _, m := range s.Methods {
		if m.Kind == tender.OnAccount && fields[FieldTaken+m.ID] == "" && granted != 0 {
			fields[FieldTaken+m.ID] = locale.Input(granted)
		}
	}
}

// fieldsOf writes figures as a person would type them: the start of a correction.
func fieldsOf(f Figures, s Setup) map[string]string {
	fields := map[string]string{}
	put := func(name, text string) {
		if text != "" {
			fields[name] = text
		}
	}
	some := func(name string, a money.Amount) {
		if a != 0 {
			fields[name] = locale.Input(a)
		}
	}
	for prefix, amounts := range map[string]map[string]money.Amount{FieldSale: f.Sales, FieldTaken: f.Taken, FieldCounted: f.Counted} {
		for key, a := range amounts {
			fields[prefix+key] = locale.Input(a)
		}
	}
	for value, n := range f.Pieces {
		fields[FieldPieces+strconv.Itoa(value)] = strconv.Itoa(n)
	}
	for method, r := range f.Reasons {
		put(FieldReason+method, r.Code)
		put(FieldReasonNote+method, r.Note)
	}
	for _, c := range f.RepaidBy {
		some(FieldRepaidBy+c.Party, c.Amount)
	}
	for _, c := range f.GrantedTo {
		some(FieldGrantedTo+c.Party, c.Amount)
	}
	if s.Settings.Credit == company.CreditTotal {
		some(FieldRepaid, f.Repaid)
	}
	for name, n := range map[string]*int{FieldSalesCount: f.SalesCount, FieldCustomers: f.CustomerCount} {
		if n != nil {
			fields[name] = strconv.Itoa(*n)
		}
	}
	some(FieldVouchers, f.VouchersSold)
	some(FieldOverpayment, f.Overpayment)
	some(FieldLoose, f.Loose)
	some(FieldRemitted, f.Remitted)
	put(FieldZ, f.ZNumber)
	put(FieldBreakdown, f.BreakdownReason)
	put(FieldNote, f.Note)
	return fields
}

// nextZ is the number after that of the last ticket Z: the digits at its end go up by one and keep their width.
func nextZ(last string) string {
	start := len(last)
	for start > 0 && last[start-1] >= '0' && last[start-1] <= '9' {
		start--
	}
	digits := last[start:]
	n, err := strconv.ParseInt(digits, 10, 62)
	if err != nil {
		return ""
	}
	next := strconv.FormatInt(n+1, 10)
	return last[:start] + strings.Repeat("0", max(0, len(digits)-len(next))) + next
}
