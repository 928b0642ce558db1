package intake

import (
	"slices"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
)

// Target is what a column may hold.
type Target struct {
	ID    string // of a day sheet: the name of its field
	Label string
	Group string
	Words []string // titles it is known by, folded
}

// The targets that are no field of a sheet.
const (
	onDay     = "date"
	inBox     = "box"
	byRubric  = "rayon"   // the label of a category, a line each
	byPayment = "moyen"   // the label of a method, a line each
	byAmount  = "montant" // the amount of such a line
	byType    = "type"    // whether such a line is a sale or what is given back
	leftOut   = "-"
)

// Registers are what the file is matched with.
type Registers struct {
	Settings   company.Settings
	Boxes      []cashbox.Box
	Categories []catalog.SalesCategory
	Methods    []tender.Method
}

func LoadRegisters(q db.Querier, sees func(location string) bool) (r Registers, err error) {
	if r.Settings, err = company.Load(q); err != nil {
		return r, err
	}
	boxes, err := cashbox.List(q)
	if err != nil {
		return r, err
	}
	r.Boxes = slices.DeleteFunc(slices.Clone(boxes), func(b cashbox.Box) bool { return !b.Active || !sees(b.Location) })
	categories, err := catalog.List(q)
	if err != nil {
		return r, err
	}
	r.Categories = slices.DeleteFunc(slices.Clone(categories), func(c catalog.SalesCategory) bool { return !c.Active })
	methods, err := tender.List(q)
	o := r.Settings.Options
	for _, m := range tender.Active(methods) {
		if m.Kind == tender.Voucher && !o.Vouchers || m.Kind == tender.OnAccount && o.Credit == company.CreditOff {
			continue
		}
		r.Methods = append(r.Methods, m)
	}
	return r, err
}

// targets are what the columns of a file may hold.
func targets(kind Kind, r Registers) []Target {
	if kind != Days {
		return partyTargets(kind)
	}
	list := []Target{
		{onDay, "Date", "La journée", []string{"date", "jour", "journee", "date de la journee", "business date", "date comptable"}},
		{inBox, "Caisse", "La journée", []string{"caisse", "terminal", "point de vente", "register"}},
		{daysheet.FieldZ, "Numéro du ticket Z", "La journée", []string{"z", "numero z", "n° z", "no z", "ticket z", "z n°", "numero de z"}},
		{daysheet.FieldSalesCount, "Nombre de ventes", "La journée", []string{"ventes", "nombre de ventes", "nb ventes", "tickets", "nombre de tickets", "nb tickets"}},
	}
	for _, c := range r.Categories {
		list = append(list, Target{daysheet.FieldSale + c.ID, c.Label, "Ventes TTC", []string{locale.Fold(c.Label), "ventes " + locale.Fold(c.Label)}})
	}
	for _, m := range r.Methods {
		list = append(list, Target{daysheet.FieldTaken + m.ID, m.Label, "Règlements", append(m.Kind.Words(), locale.Fold(m.Label), "reglement "+locale.Fold(m.Label))})
	}
	list = append(list, optional(r)...)
	for _, m := range r.Methods {
		if m.Held() {
			list = append(list, Target{daysheet.FieldCounted + m.ID, m.Label + ", compté", "Comptage", []string{locale.Fold(m.Label) + ", compte", locale.Fold(m.Label) + " compte", locale.Fold(m.Label) + " comptees"}})
		}
	}
	return append(list,
		Target{daysheet.FieldRemitted, "Espèces remises en banque", "Comptage", []string{"remise", "remise en banque", "especes remises en banque"}},
		Target{daysheet.FieldNote, "Commentaire", "Comptage", []string{"commentaire", "note", "remarque"}},
		Target{byRubric, "Rayon de la ligne", "Une ligne par montant", []string{"rayon", "categorie", "famille", "rubrique", "libelle"}},
		Target{byPayment, "Moyen de paiement de la ligne", "Une ligne par montant", []string{"moyen de paiement", "mode de reglement", "mode de paiement", "reglement", "paiement"}},
		Target{byAmount, "Montant TTC de la ligne", "Une ligne par montant", []string{"montant", "montant ttc", "total ttc", "ttc"}},
		Target{byType, "Vente ou remboursement", "Une ligne par montant", []string{"vente ou remboursement", "type de ligne", "type de vente"}},
	)
}

func optional(r Registers) (list []Target) {
	o := r.Settings.Options
	if o.Customers {
		list = append(list, Target{daysheet.FieldCustomers, "Nombre de clients", "La journée", []string{"clients", "nombre de clients", "couverts"}})
	}
	if o.Vouchers {
		list = append(list, Target{daysheet.FieldVouchers, "Bons cadeaux vendus", "Autres encaissements", []string{"bons cadeaux vendus", "bons vendus"}})
	}
	if o.Credit == company.CreditTotal {
		list = append(list, Target{daysheet.FieldRepaid, "Crédits réglés", "Autres encaissements", []string{"credits regles"}})
	}
	if o.Overpayments {
		list = append(list, Target{daysheet.FieldOverpayment, "Trop-perçus", "Autres encaissements", []string{"trop-percus", "trop-percu"}})
	}
	return list
}

// titles are the titles of the columns of a file, and the line they are on: the first of the first lines that has the most texts.
func titles(rows [][]string) (header int, names []string) {
	most := 1
	for i, row := range rows[:min(len(rows), 20)] {
		n := 0
		for _, cell := range row {
			if cell != "" && strings.ContainsFunc(cell, isLetter) {
				n++
			}
		}
		if n > most {
			header, most, names = i+1, n, row
		}
	}
	return header, names
}

func isLetter(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= 0xC0 }

// shapeOf is what the titles of a file come to: the same for the next file of the same source.
func shapeOf(kind Kind, names []string) string {
	folded := make([]string, len(names))
	for i, n := range names {
		folded[i] = locale.Fold(n)
	}
	return id.Derive(string(kind) + "\n" + strings.Join(folded, "\n"))
}

// guess matches the columns whose title says what they hold, after the profile of a source when one is known by its titles.
func guess(kind Kind, names []string, r Registers) []string {
	if found, ok := profiled(kind, names, r); ok {
		return found
	}
	list, matched, used := targets(kind, r), make([]string, len(names)), map[string]bool{}
	for i, name := range names {
		folded := locale.Fold(name)
		for _, t := range list {
			if !used[t.ID] && slices.Contains(t.Words, folded) {
				matched[i], used[t.ID] = t.ID, true
				break
			}
		}
	}
	return matched
}
