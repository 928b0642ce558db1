package api

import (
	"slices"
	"strconv"
	"strings"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
)

// filling turns a sheet sent into the fields a person would have typed, and remembers where each came from.
type filling struct {
	setup  daysheet.Setup
	fields map[string]string
	from   map[string]string // name of the field → JSON Pointer
	fault  *fault.Fault
}

// fieldsOf gives the fields of a sheet sent. Its fault names by their JSON Pointer the members that mean nothing here.
func fieldsOf(in SheetIn, s daysheet.Setup) (filling, error) {
	f := filling{setup: s, fields: map[string]string{}, from: map[string]string{}, fault: fault.New(fault.Invalid, "Corrigez les champs signalés\u00a0: rien n’a été enregistré.")}
	f.text(daysheet.FieldZ, in.Z, "/z")
	for i, sale := range in.Sales {
		at := list("/sales", i)
		f.put(daysheet.FieldSale, f.category(sale.Category, at+"/category"), &sale.Amount, at+"/amount")
	}
	f.methods(daysheet.FieldTaken, in.Payments, "/payments", false)
	f.methods(daysheet.FieldCounted, in.Counted, "/counted", true)
	f.options(in)
	for i, p := range in.Pieces {
		at := list("/pieces", i)
		if !slices.Contains(daysheet.Denominations, int(p.Value)) {
			f.fault.Field(at+"/value", "Aucun billet ni pièce n’a cette valeur.")
			continue
		}
		f.once(daysheet.FieldPieces+strconv.Itoa(int(p.Value)), strconv.Itoa(p.Count), at+"/value")
	}
	for i, r := range in.Reasons {
		at := list("/reasons", i)
		if method := f.method(r.Method, at+"/method", true); method != "" {
			f.once(daysheet.FieldReason+method, r.Code, at+"/method")
			f.text(daysheet.FieldReasonNote+method, r.Note, at+"/note")
		}
	}
	f.text(daysheet.FieldBreakdown, in.BreakdownReason, "/breakdownReason")
	f.text(daysheet.FieldNote, in.Note, "/note")
	if len(f.fault.Fields) > 0 {
		return f, f.fault
	}
	return f, nil
}

func list(path string, i int) string { return path + "/" + strconv.Itoa(i) }

// options fills the parts a company may have switched off: what would be lost is refused instead.
func (f filling) options(in SheetIn) {
	o := f.setup.Settings.Options
	part := func(on bool, name string, amount *Amount, path, what string) {
		switch {
		case amount == nil:
		case !on && *amount != 0:
			f.fault.Field(path, what+" Activez cette partie dans Réglages\u00a0› Seuils et options, ou retirez le champ.")
		case on:
			f.put(name, "", amount, path)
		}
	}
	part(o.Vouchers, daysheet.FieldVouchers, in.VouchersSold, "/vouchersSold", "Les bons cadeaux ne sont pas suivis.")
	part(o.Credit == company.CreditTotal, daysheet.FieldRepaid, in.CreditsRepaid, "/creditsRepaid", "Les crédits clients ne sont pas suivis en une somme.")
	part(o.Overpayments, daysheet.FieldOverpayment, in.Overpayment, "/overpayment", "Les trop-perçus ne sont pas suivis.")
	part(true, daysheet.FieldLoose, in.Loose, "/loose", "")
	part(true, daysheet.FieldRemitted, in.Remitted, "/remitted", "")
	f.customers(daysheet.FieldRepaidBy, in.RepaidBy, "/repaidBy")
	f.customers(daysheet.FieldGrantedTo, in.GrantedTo, "/grantedTo")
	if in.SalesCount != nil {
		f.once(daysheet.FieldSalesCount, strconv.Itoa(*in.SalesCount), "/salesCount")
	}
	if in.CustomerCount != nil && !o.Customers {
		f.fault.Field("/customerCount", "Le nombre de clients n’est pas suivi. Activez cette partie dans Réglages\u00a0› Seuils et options, ou retirez le champ.")
	} else if in.CustomerCount != nil {
		f.once(daysheet.FieldCustomers, strconv.Itoa(*in.CustomerCount), "/customerCount")
	}
}

func (f filling) customers(prefix string, given []CustomerAmount, path string) {
	if len(given) > 0 && f.setup.Settings.Options.Credit != company.CreditByCustomer {
		f.fault.Field(path, "Les crédits ne sont pas suivis par client. Activez cette partie dans Réglages\u00a0› Seuils et options, ou retirez le champ.")
		return
	}
	for i, c := range given {
		at := list(path, i)
		if !id.Valid(c.Customer) {
			f.fault.Field(at+"/customer", "Donnez l’id de la fiche du client.")
			continue
		}
		f.put(prefix, c.Customer, &c.Amount, at+"/amount")
	}
}

func (f filling) methods(prefix string, given []MethodAmount, path string, held bool) {
	for i, m := range given {
		at := list(path, i)
		f.put(prefix, f.method(m.Method, at+"/method", held), &m.Amount, at+"/amount")
	}
}

// put fills a field with an amount; one of a list whose reference means nothing was refused already.
func (f filling) put(prefix, of string, amount *Amount, path string) {
	if of != "" || !strings.HasSuffix(prefix, "-") {
		f.once(prefix+of, locale.Input(money.Amount(*amount)), path)
	}
}

func (f filling) text(name, text, path string) {
	if text = strings.TrimSpace(text); text != "" {
		f.once(name, text, path)
	}
}

// once fills a field that may be filled once.
func (f filling) once(name, text, path string) {
	if _, twice := f.fields[name]; twice {
		f.fault.Field(path, "Ceci est déjà donné plus haut\u00a0: additionnez, et donnez-le une fois.")
		return
	}
	f.fields[name], f.from[name] = text, path
}

// category finds a sales category by its id or its label, "" when there is none or more than one.
func (f filling) category(text, path string) string {
	var found []string
	for _, c := range f.setup.Categories {
		if c.ID == text {
			return c.ID
		}
		if locale.Fold(c.Label) == locale.Fold(text) {
			found = append(found, c.ID)
		}
	}
	return f.only(found, path, "Aucun rayon en service n’a cet id ni cet intitulé.", "Plusieurs rayons ont cet intitulé\u00a0: donnez l’id.")
}

// method finds a payment method by its id or its label; held asks for one that is counted in the box.
func (f filling) method(text, path string, held bool) string {
	var found []string
	for _, m := range f.setup.Methods {
		if held && !m.Held() {
			continue
		}
		if m.ID == text {
			return m.ID
		}
		if locale.Fold(m.Label) == locale.Fold(text) {
			found = append(found, m.ID)
		}
	}
	return f.only(found, path, "Aucun moyen de paiement en service n’a cet id ni cet intitulé.", "Plusieurs moyens de paiement ont cet intitulé\u00a0: donnez l’id.")
}

func (f filling) only(found []string, path, none, many string) string {
	switch len(found) {
	case 0:
		f.fault.Field(path, none)
		return ""
	case 1:
		return found[0]
	}
	f.fault.Field(path, many)
	return ""
}

// places are the members that stand for fields nobody sent, by the beginning of the name of the field.
var places = []struct{ prefix, pointer string }{
	{daysheet.FieldBreakdown, "/breakdownReason"}, {daysheet.FieldSale, "/sales"}, {daysheet.FieldTaken, "/payments"}, {daysheet.FieldCounted, "/counted"}, {daysheet.FieldPieces, "/pieces"},
	{daysheet.FieldReason, "/reasons"}, {daysheet.FieldReasonNote, "/reasons"}, {daysheet.FieldRepaidBy, "/repaidBy"}, {daysheet.FieldGrantedTo, "/grantedTo"},
	{daysheet.FieldVouchers, "/vouchersSold"}, {daysheet.FieldRepaid, "/creditsRepaid"}, {daysheet.FieldSalesCount, "/salesCount"},
	{daysheet.FieldRemitted, "/remitted"}, {daysheet.FieldOverpayment, "/overpayment"}, {daysheet.FieldLoose, "/loose"},
}

// pointed names the fields of a fault of the day sheet as the program that sent it knows them.
func (f filling) pointed(err error) error {
	given, is := err.(*fault.Fault)
	if !is || len(given.Fields) == 0 {
		return err
	}
	said := fault.Wrap(given.Kind, given.Message, given.Cause)
	for name, message := range given.Fields {
		pointer := f.from[name]
		for _, p := range places {
			if pointer == "" && strings.HasPrefix(name, p.prefix) {
				pointer = p.pointer
			}
		}
		if before := said.Fields[pointer]; before != "" {
			message = before + " " + message
		}
		said.Field(pointer, message)
	}
	return said
}
