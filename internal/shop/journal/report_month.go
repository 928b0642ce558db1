package journal

import (
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/table"
)

// figure is a column of the summary: what it takes from the figures of a day.
type figure struct {
	label string
	kind  table.Kind
	of    func(Figures) int64
	flat  bool // not a sum: left out of the carried sums, and empty when zero
}

// amount is a figure of money.
func amount(label string, of func(Figures) money.Amount) figure {
	return figure{label: label, kind: table.Money, of: func(f Figures) int64 { return int64(of(f)) }}
}

// number is a figure that counts.
func number(label string, of func(Figures) int) figure {
	return figure{label: label, kind: table.Number, of: func(f Figures) int64 { return int64(of(f)) }}
}

// sales are the columns of turnover and VAT.
func (m Month) sales() []figure {
	list := []figure{amount("CA TTC", Figures.Gross), amount("CA HT", func(f Figures) money.Amount { return f.Net })}
	for _, rate := range m.Rates {
		list = append(list, amount("TVA "+locale.Percent(int64(rate)), func(f Figures) money.Amount { return f.Tax[rate] }))
	}
	if len(m.Rates) > 1 {
		list = append(list, amount("TVA totale", Figures.VAT))
	}
	if m.Total.Sales > 0 {
		basket := amount("Panier moyen", Figures.Basket)
		basket.flat = true
		list = append(list, number("Ventes", func(f Figures) int { return f.Sales }), basket)
	}
	if m.Total.Customers > 0 {
		list = append(list, number("Clients", func(f Figures) int { return f.Customers }))
	}
	return list
}

// takings are the columns of payment methods.
func (m Month) takings() []figure {
	var list []figure
	for _, method := range m.Methods {
		list = append(list, amount(method.Label, func(f Figures) money.Amount { return f.Taken[method.ID] }))
	}
	return append(list, amount("Total encaissé", Figures.Takings))
}

// moves are the columns of what is neither a sale nor a taking; those of parts the company does not use are left out.
func (m Month) moves() []figure {
	var list []figure
	for _, f := range []figure{
		amount("Bons cadeaux vendus", func(f Figures) money.Amount { return f.VouchersSold }),
		amount("Crédits réglés", func(f Figures) money.Amount { return f.Repaid }),
		amount("Trop-perçus", func(f Figures) money.Amount { return f.Overpayment }),
		amount("Différence de ventilation", func(f Figures) money.Amount { return f.Breakdown }),
		amount("Apports", func(f Figures) money.Amount { return f.PaidIn }),
		amount("Prélèvements", func(f Figures) money.Amount { return f.PaidOut }),
		amount("Dépenses", func(f Figures) money.Amount { return f.Expenses }),
		amount("dont TVA déductible", func(f Figures) money.Amount { return f.InputTax }),
		amount("Remises en banque", func(f Figures) money.Amount { return f.Deposits }),
		amount("Écart de caisse", func(f Figures) money.Amount { return f.OverShort }),
	} {
		if m.uses(f) {
			list = append(list, f)
		}
	}
	return list
}

// uses tells whether a figure is not zero on some day.
func (m Month) uses(f figure) bool {
	for _, d := range m.Days {
		if f.of(d) != 0 {
			return true
		}
	}
	return false
}

// daysTable is a list of figures, day by day, with their totals.
func (m Month) daysTable(title string, figures []figure) table.Table {
	t := table.Table{Title: title, Empty: "Aucune journée dans ce mois", Columns: []table.Column{{Label: "Jour", Kind: table.Date}}}
	total := []table.Cell{table.Text("Total")}
	for _, f := range figures {
		column := table.Column{Label: f.label, Kind: f.kind, Carry: table.Sum}
		if f.flat {
			column.Carry = table.Nothing
		}
		t.Columns = append(t.Columns, column)
		total = append(total, column.Of(f.of(m.Total)))
	}
	for _, d := range m.Days {
		cells := []table.Cell{table.On(d.On)}
		for i, f := range figures {
			if n := f.of(d); n != 0 {
				cells = append(cells, t.Columns[i+1].Of(n))
			} else {
				cells = append(cells, table.Cell{})
			}
		}
		t.Add(table.Plain, cells...)
	}
	t.AddTotal(table.Total, total...)
	return t
}

// tables are the lists of the summary, in order.
func (m Month) tables() []table.Table {
	list := []table.Table{m.daysTable("Chiffre d’affaires et TVA", m.sales())}
	if len(m.Methods) > 0 {
		list = append(list, m.daysTable("Encaissements par moyen de paiement", m.takings()))
	}
	if moves := m.moves(); len(moves) > 0 {
		list = append(list, m.daysTable("Mouvements et écarts", moves))
	}
	return append(list, balancesTable(m.Accounts))
}

// flatTable is the whole summary with one line a day, for programs.
func (m Month) flatTable() table.Table {
	return m.daysTable("Synthèse", append(append(m.sales(), m.takings()...), m.moves()...))
}
