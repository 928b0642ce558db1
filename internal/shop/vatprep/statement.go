package vatprep

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
)

// Line is a line of the form as it is to be written: whole euros, and the exact amounts they come from.
type Line struct {
	Code, Label string
	Base, Tax   money.Amount // exact
	HasBase     bool
	HasTax      bool
	Total       bool // computed from other lines of the form
	Euros       Euros
}

// Euros are the whole euros written on a line.
type Euros struct{ Base, Tax int64 }

// euros rounds an amount to the nearest euro, halves away from zero.
func euros(a money.Amount) int64 { return money.DivRound(int64(a), 100) }

// Form is the return, line after line, in the order of the form.
func (s Statement) Form() []Line {
	var taxed, untaxed, tax, input money.Amount
	var gross, deducted int64
	var rates, inputs []Line
	for _, r := range s.Rows {
		if r.Code == lineUntaxed {
			untaxed += r.Base
			continue
		}
		l := Line{Code: r.Code, Label: r.Label, Base: r.Base, Tax: r.Tax, HasBase: true, HasTax: true, Euros: Euros{euros(r.Base), euros(r.Tax)}}
		if r.Code == lineOldRates {
			l.Label += ", " + locale.Percent(int64(r.Rate))
		}
		rates = append(rates, l)
		taxed, tax, gross = taxed+r.Base, tax+r.Tax, gross+l.Euros.Tax
	}
	for _, r := range s.Inputs {
		input += r.Tax
	}
	if input != 0 {
		inputs = append(inputs, Line{Code: lineDeductible, Label: "Autres biens et services", Tax: input, HasTax: true, Euros: Euros{Tax: euros(input)}})
		deducted = euros(input)
	}
	lines := []Line{{Code: lineSales, Label: "Ventes, prestations de services", Base: taxed, HasBase: true, Euros: Euros{Base: euros(taxed)}}}
	if untaxed != 0 {
		lines = append(lines, Line{Code: lineUntaxed, Label: "Autres opérations non imposables", Base: untaxed, HasBase: true, Euros: Euros{Base: euros(untaxed)}})
	}
	lines = append(lines, rates...)
	lines = append(lines, Line{Code: lineGross, Label: "Total de la TVA brute due", Tax: tax, HasTax: true, Total: true, Euros: Euros{Tax: gross}})
	lines = append(lines, inputs...)
	lines = append(lines, Line{Code: lineTotalInput, Label: "Total de la TVA déductible", Tax: input, HasTax: true, Total: true, Euros: Euros{Tax: deducted}})
	end := Line{Code: lineDue, Label: "TVA due", Tax: tax - input, HasTax: true, Total: true, Euros: Euros{Tax: gross - deducted}}
	if gross < deducted {
		end.Code, end.Label, end.Tax, end.Euros.Tax = lineCredit, "Crédit de TVA", input-tax, deducted-gross
	}
	return append(lines, end)
}

// reconciled tells whether every control says 0.
func (s Statement) reconciled() bool {
	for _, c := range s.Controls {
		if c.Difference() != 0 {
			return false
		}
	}
	return true
}

// of are the details behind a line of the form.
func (s Statement) of(code string) []Detail {
	var list []Detail
	for _, d := range s.Details {
		untaxed := d.Rate == 0 && d.Part != Input
		switch code {
		case lineSales:
			if d.Part != Base || untaxed {
				continue
			}
		case lineGross:
			if d.Part != Tax {
				continue
			}
		case lineTotalInput:
			if d.Part != Input {
				continue
			}
		case lineDue, lineCredit:
			if d.Part == Base {
				continue
			}
		default:
			if d.Code != code {
				continue
			}
		}
		list = append(list, d)
	}
	return list
}

// Period says the period of the return: novembre 2026, or 4e trimestre 2026.
func (s Statement) Period() string {
	if s.First.Month() == s.Last.Month() {
		return locale.MonthName(s.First.Month())
	}
	return quarterName(s.First.Month())
}

func quarterName(m day.Month) string {
	n := (int(m.First().Time().Month()) + 2) / 3
	rank := locale.Int(int64(n)) + "e"
	if n == 1 {
		rank = "1er"
	}
	return rank + locale.NBSP + "trimestre " + string(m[:4])
}

// quarter is the first month of the quarter of a month.
func quarter(m day.Month) day.Month { return m.Add(-((int(m.First().Time().Month()) - 1) % 3)) }

// formTable is the return.
func (s Statement) formTable() table.Table {
	t := table.Table{Title: "Déclaration CA3", Columns: []table.Column{
		{Label: "Ligne", Weight: 1}, {Label: "Libellé", Weight: 5}, {Label: "Base HT", Kind: table.Money}, {Label: "TVA", Kind: table.Money},
		{Label: "Base à déclarer", Kind: table.Number}, {Label: "Taxe à déclarer", Kind: table.Number},
	}}
	for _, l := range s.Form() {
		cells := []table.Cell{table.Text(l.Code), table.Text(l.Label), {}, {}, {}, {}}
		if l.HasBase {
			cells[2], cells[4] = table.Amount(l.Base), table.Int(l.Euros.Base)
		}
		if l.HasTax {
			cells[3], cells[5] = table.Amount(l.Tax), table.Int(l.Euros.Tax)
		}
		style := table.Plain
		if l.Total {
			style = table.Subtotal
		}
		t.Add(style, cells...)
	}
	return t
}

// inputsTable is the VAT to deduct by rate.
func (s Statement) inputsTable() table.Table {
	t := table.Table{Title: "TVA déductible sur les dépenses de caisse", Empty: "Aucune TVA à déduire", Columns: []table.Column{{Label: "Taux", Weight: 2}, {Label: "TVA déductible", Kind: table.Money}}}
	var sum money.Amount
	for _, r := range s.Inputs {
		t.Add(table.Plain, table.Text(locale.Percent(int64(r.Rate))), table.Amount(r.Tax))
		sum += r.Tax
	}
	t.AddTotal(table.Total, table.Text("Total"), table.Amount(sum))
	return t
}

// controlTable is the reconciliation with the ledger.
func (s Statement) controlTable() table.Table {
	t := table.Table{Title: "Rapprochement avec le grand livre", Columns: []table.Column{
		{Label: "Contrôle", Weight: 3}, {Label: "Écritures de l’état", Kind: table.Money}, {Label: "Soldes du grand livre", Kind: table.Money}, {Label: "Différence", Kind: table.Money},
	}}
	for _, c := range s.Controls {
		t.Add(table.Plain, table.Text(c.Label), table.Amount(c.Lines), table.Amount(c.Balances), table.Amount(c.Difference()))
	}
	return t
}

// detailsTable is every line of the ledger that counts, or those behind one line of the form.
func (s Statement) detailsTable(list []Detail) table.Table {
	t := table.Table{Title: "Écritures", Empty: "Aucune écriture", Columns: []table.Column{
		{Label: "Date", Kind: table.Date}, {Label: "N°", Kind: table.Number}, {Label: "Ligne", Weight: 1}, {Label: "Caisse", Weight: 2}, {Label: "Libellé", Weight: 4}, {Label: "Taux", Weight: 1},
		{Label: "Base HT", Kind: table.Money, Carry: table.Sum}, {Label: "TVA", Kind: table.Money, Carry: table.Sum},
	}}
	var base, tax money.Amount
	for _, d := range list {
		var amounts [2]table.Cell
		if d.Part == Base {
			amounts[0] = table.Amount(d.Amount)
			base += d.Amount
		} else {
			amounts[1] = table.Amount(d.Amount)
			tax += d.Amount
		}
		t.Add(table.Plain, table.On(d.On), table.Int(d.Seq), table.Text(d.Code), table.Text(s.Boxes[d.Box].Name), table.Text(d.Label), table.Text(locale.Percent(int64(d.Rate))), amounts[0], amounts[1])
	}
	none := table.Cell{}
	t.AddTotal(table.Total, table.Text("Totaux"), none, none, none, none, none, table.Amount(base), table.Amount(tax))
	return t
}

// Paper is the return as a file.
func (s Statement) Paper() company.Report {
	form := s.Form()
	end := form[len(form)-1]
	return company.Report{
		Name: "tva_" + string(s.First.Month()), Title: "État préparatoire de TVA", Subtitle: "Ce qui est passé par les caisses", Period: s.Period(), Notes: s.notes(),
		Figures: [][2]string{{end.Label, locale.Int(end.Euros.Tax) + locale.NBSP + "€"}, {"Rapprochement", s.verdict()}},
		Tables:  []table.Table{s.formTable(), s.inputsTable(), s.controlTable(), s.detailsTable(s.Details)},
		Visa:    []string{"Établi par (nom, date, signature)", "Vérifié par (nom, date, signature)"},
	}
}

func (s Statement) verdict() string {
	if s.reconciled() {
		return "différence 0"
	}
	return "à vérifier"
}

// notes say what the state does not know.
func (s Statement) notes() []string {
	notes := []string{"Seulement ce qui passe par les caisses\u00a0: ajoutez les achats facturés, les immobilisations et le crédit reporté. Euros entiers, chaque ligne arrondie."}
	if s.OnAccount {
		notes = append(notes, "Les ventes à crédit comptent à la date de la vente\u00a0; pour des prestations sans option sur les débits, la TVA est due à l’encaissement.")
	}
	return notes
}
