package daysheet

import (
	"cmp"
	"slices"
	"strings"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web/ui"
)

// Ticket is the card of the ticket Z.
type Ticket struct {
	Z          ui.Field
	ShowTax    bool
	Sales      []SaleRow
	Gross      string
	Vouchers   *ui.Field // nil: the company does not use this part
	Repaid     *ui.Field
	RepaidBy   *CreditList
	Overpaid   *ui.Field
	Due        string
	SalesCount ui.Field
	Customers  *ui.Field
	Basket     string
	Papers     []ui.Link // the photos kept with the day
	CanScan    bool      // a photo may fill the card
}

// Others tells whether something besides sales is to be cashed.
func (t Ticket) Others() bool {
	return t.Vouchers != nil || t.Repaid != nil || t.RepaidBy != nil || t.Overpaid != nil
}

// SaleRow is a line of the ticket.
type SaleRow struct {
	ui.Field
	ID   string
	Rate string
	Tax  string
	Note string
}

// Payments is the card of the payment methods.
type Payments struct {
	Rows   []TakenRow
	Paid   string
	Check  Compare
	Reason *ui.Field // why a day is closed in spite of a difference; nil when the visitor may not
	Refuse string    // why it cannot be closed with a difference
	Hidden bool      // there is no difference
	Error  string    // of the difference
	Note   ui.Field
}

// TakenRow is a payment method.
type TakenRow struct {
	ui.Field
	ID      string
	Icon    string
	Granted *CreditList // customer credit, by customer
}

// CreditList is an amount of customer credit, customer by customer.
type CreditList struct {
	Prefix    string
	Label     string
	Rows      []ui.Field // a customer each
	Customer  ui.Field   // to add one
	Amount    ui.Field
	Total     string
	Error     string
	CanCreate bool
}

// ticket makes the first card.
func (v sheetView) ticket() Ticket {
	t := Ticket{Z: v.field(FieldZ, "N° du ticket Z"), ShowTax: v.Settings.VATRegime != company.Franchise, Gross: locale.Euro(v.sheet.Gross), Due: locale.Euro(v.sheet.Due),
		SalesCount: v.field(FieldSalesCount, "Nombre de ventes"), Basket: "—", Papers: v.Papers, CanScan: v.Current() == nil}
	t.Z.Max = 30
	for i, l := range v.sheet.Sales {
		row := SaleRow{Field: v.field(FieldSale+l.Category.ID, l.Category.Label), ID: l.Category.ID, Rate: locale.Percent(int64(l.Category.Rate)), Note: l.Category.Note}
		row.Focus = i == 0 && v.Fields == nil && !v.Correcting
		if l.Typed {
			row.Tax = locale.Euro(l.Tax)
		}
		t.Sales = append(t.Sales, row)
	}
	o := v.Settings.Options
	if o.Vouchers {
		t.Vouchers = v.amount(FieldVouchers, "Bons cadeaux vendus")
		t.Vouchers.Help = numberedHelp(v.Numbered.Sold)
	}
	switch o.Credit {
	case company.CreditTotal:
		t.Repaid = v.amount(FieldRepaid, "Crédits clients réglés")
	case company.CreditByCustomer:
		t.RepaidBy = v.creditList(FieldRepaidBy, "Crédits clients réglés", FieldRepaid)
	}
	if o.Overpayments {
		t.Overpaid = v.amount(FieldOverpayment, "Trop-perçus")
		t.Overpaid.Help, t.Overpaid.Mode = "avec − pour un moins-perçu", "text"
	}
	if o.Customers {
		f := v.field(FieldCustomers, "Nombre de clients")
		t.Customers = &f
	}
	if v.sheet.Basket != 0 {
		t.Basket = locale.Euro(v.sheet.Basket)
	}
	return t
}

func (v sheetView) amount(name, label string) *ui.Field {
	f := v.field(name, label)
	return &f
}

// payments makes the second card.
func (v sheetView) payments() Payments {
	p := Payments{Paid: locale.Euro(v.sheet.Paid), Check: v.breakdown(), Hidden: v.sheet.Breakdown == 0, Note: v.field(FieldNote, "Commentaire")}
	p.Note.Max, p.Note.Rows, p.Note.Optional = 1000, 2, true
	for _, l := range v.sheet.Methods {
		row := TakenRow{Field: v.field(FieldTaken+l.Method.ID, l.Method.Label), ID: l.Method.ID, Icon: l.Method.Icon()}
		if l.Method.Kind == tender.Voucher {
			row.Help = numberedHelp(v.Numbered.Used)
		}
		if l.Method.Kind == tender.OnAccount && v.Settings.Credit == company.CreditByCustomer {
			row.Granted = v.creditList(FieldGrantedTo, "Crédit accordé", FieldGrantedTo)
		}
		p.Rows = append(p.Rows, row)
	}
	if v.Rights.Has(right.DaysheetForce) {
		f := v.field(FieldBreakdown, "Pourquoi clôturer avec cette différence\u00a0?")
		f.Max = 200
		p.Reason = &f
	} else {
		p.Refuse = "Corrigez les montants, ou demandez à un responsable de clôturer."
		p.Error = errorOf(v.err, FieldBreakdown)
	}
	return p
}

// breakdown is the check of the sales against the payments.
func (v sheetView) breakdown() Compare {
	b := v.sheet.Breakdown
	switch {
	case v.sheet.Due == 0 && v.sheet.Paid == 0 && b == 0:
		return Compare{"attente", "info", "Rien de saisi", locale.Euro(0)}
	case b < 0:
		return Compare{"err", "alerte", "Règlements manquants", locale.Euro(b)}
	case b > 0:
		return Compare{"err", "alerte", "Règlements en trop", locale.SignedEuro(b)}
	}
	return Compare{"ok", "coche", "Ventilation équilibrée", locale.Euro(0)}
}

// creditList lists the customers of a kind of credit. errorField is where the fault of the whole list stands.
func (v sheetView) creditList(prefix, label, errorField string) *CreditList {
	l := &CreditList{Prefix: prefix, Label: label, Error: errorOf(v.err, errorField), CanCreate: v.Rights.Has(right.PartyEdit)}
	customers := v.Customers[prefix]
	var total money.Amount
	for _, name := range sortedKeys(v.fields) {
		customer, ok := strings.CutPrefix(name, prefix)
		if !ok || !id.Valid(customer) {
			continue
		}
		l.Rows = append(l.Rows, v.field(name, cmp.Or(customers.Name(customer), "Client inconnu")))
		amount, _, _ := locale.ParseAmount(v.fields[name]) // what does not read is said beside its own field
		total += amount
	}
	slices.SortStableFunc(l.Rows, func(a, b ui.Field) int { return strings.Compare(a.Label, b.Label) })
	l.Total = locale.Euro(total)
	l.Customer = customers.Field(v.field(fieldNew+prefix, "Client à ajouter"), "Choisir un client")
	l.Customer.HideLabel = true
	l.Amount = v.field(fieldNew+prefix+suffixAmount, "Montant de ce client")
	l.Amount.HideLabel = true
	return l
}

// checkNew refuses a customer chosen without an amount, or an amount without its customer: neither would count.
func checkNew(fields map[string]string, s Setup) error {
	if s.Settings.Credit != company.CreditByCustomer {
		return nil
	}
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	for _, prefix := range []string{FieldRepaidBy, FieldGrantedTo} {
		customer, amount := fields[fieldNew+prefix], fields[fieldNew+prefix+suffixAmount]
		switch _, _, err := locale.ParseAmount(amount); {
		case err != nil:
			f.Field(fieldNew+prefix+suffixAmount, err.Error())
		case customer != "" && amount == "":
			f.Field(fieldNew+prefix+suffixAmount, "Saisissez le montant de ce client, ou ne choisissez personne.")
		case customer == "" && amount != "":
			f.Field(fieldNew+prefix, "Choisissez le client de ce montant.")
		}
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}
