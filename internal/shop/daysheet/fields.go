package daysheet

import (
	"strconv"
	"strings"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

// The names of the fields of the form, and of what a draft keeps. Fields of a category, a method or a customer end with its id.
const (
	FieldZ           = "z"
	FieldSale        = "v-" // + category
	FieldTaken       = "r-" // + method
	FieldCounted     = "c-" // + method
	FieldPieces      = "p-" // + denomination in cents
	FieldLoose       = "loose"
	FieldReason      = "motif-" // + method
	FieldReasonNote  = "note-"  // + method
	FieldVouchers    = "bons"
	FieldRepaid      = "credits"
	FieldRepaidBy    = "credit-regle-"   // + customer
	FieldGrantedTo   = "credit-accorde-" // + customer
	FieldOverpayment = "trop"
	FieldSalesCount  = "ventes"
	FieldCustomers   = "clients"
	FieldRemitted    = "remise"
	FieldBreakdown   = "motif-ventilation"
	FieldNote        = "commentaire"
)

// Read reads the figures typed in the fields of a form. What cannot be read is left out and named in the fault, whose Fields carry the
// message of each; figures are good to show what the rest comes to even then.
func Read(fields map[string]string, s Setup) (Figures, error) {
	r := reader{fields: fields, fault: fault.New(fault.Invalid, "Certains montants ne se lisent pas. Corrigez les champs signalés.")}
	f := Figures{ZNumber: r.text(FieldZ, 30), Sales: map[string]money.Amount{}, Taken: map[string]money.Amount{}, Counted: map[string]money.Amount{},
		Reasons: map[string]Reason{}, BreakdownReason: r.text(FieldBreakdown, 200), Note: r.text(FieldNote, 1000)}
	for _, c := range s.Categories {
		if a, given := r.amount(FieldSale + c.ID); given {
			f.Sales[c.ID] = a
		}
	}
	for _, m := range s.Methods {
		if a, given := r.amount(FieldTaken + m.ID); given {
			f.Taken[m.ID] = a
		}
		if !m.Held() {
			continue
		}
		if a, given := r.amount(FieldCounted + m.ID); given {
			f.Counted[m.ID] = a
		}
		if code := r.text(FieldReason+m.ID, 20); code != "" {
			f.Reasons[m.ID] = Reason{Code: code, Note: r.text(FieldReasonNote+m.ID, 200)}
		}
	}
	r.options(&f, s)
	r.count(&f, s)
	if len(r.fault.Fields) > 0 {
		return f, r.fault
	}
	return f, nil
}

type reader struct {
	fields map[string]string
	fault  *fault.Fault
}

func (r reader) text(name string, limit int) string {
	text := strings.TrimSpace(r.fields[name])
	if len([]rune(text)) > limit {
		r.fault.Field(name, "Ce texte s’arrête à "+strconv.Itoa(limit)+" caractères.")
	}
	return text
}

func (r reader) amount(name string) (money.Amount, bool) {
	a, given, err := locale.ParseAmount(r.fields[name])
	if err != nil {
		r.fault.Field(name, err.Error())
	}
	return a, given && err == nil
}

func (r reader) number(name string) *int {
	n, given, err := locale.ParseCount(r.fields[name])
	if err != nil {
		r.fault.Field(name, err.Error())
	}
	if !given || err != nil {
		return nil
	}
	return &n
}

// options reads the optional parts that are switched on; a field of a part that is off is not looked at.
func (r reader) options(f *Figures, s Setup) {
	o := s.Settings.Options
	f.SalesCount = r.number(FieldSalesCount)
	if o.Customers {
		f.CustomerCount = r.number(FieldCustomers)
	}
	if o.Vouchers {
		f.VouchersSold, _ = r.amount(FieldVouchers)
	}
	if o.Overpayments {
		f.Overpayment, _ = r.amount(FieldOverpayment)
	}
	switch o.Credit {
	case "total":
		f.Repaid, _ = r.amount(FieldRepaid)
	case "customer":
		f.RepaidBy, f.GrantedTo = r.customers(FieldRepaidBy), r.customers(FieldGrantedTo)
		for _, c := range f.RepaidBy {
			f.Repaid += c.Amount
		}
	}
}

// customers reads the amounts typed per customer, in the order of the customers’ ids.
func (r reader) customers(prefix string) []CustomerAmount {
	var list []CustomerAmount
	for _, name := range sortedKeys(r.fields) {
		party, ok := strings.CutPrefix(name, prefix)
		if !ok || !id.Valid(party) {
			continue
		}
		if a, given := r.amount(name); given && a != 0 {
			list = append(list, CustomerAmount{Party: party, Amount: a})
		}
	}
	return list
}

// count reads the count of notes and coins. When something was counted piece by piece and the sum of cash was left blank, the count is
// that sum.
func (r reader) count(f *Figures, s Setup) {
	f.Pieces = map[int]int{}
	for _, value := range Denominations {
		if n := r.number(FieldPieces + strconv.Itoa(value)); n != nil && *n > 0 {
			f.Pieces[value] = *n
		}
	}
	f.Loose, _ = r.amount(FieldLoose)
	f.Remitted, _ = r.amount(FieldRemitted)
	for _, m := range s.Methods {
		if _, counted := f.Counted[m.ID]; m.Kind == "cash" && !counted && (len(f.Pieces) > 0 || f.Loose != 0) {
			f.Counted[m.ID] = CountOf(f.Pieces, f.Loose)
		}
	}
}
