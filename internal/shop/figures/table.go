package figures

import (
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
)

// The lists a report is made of, by the names addresses give them.
const (
	listLines   = "periodes"
	listNatures = "natures"
	listMethods = "moyens"
	listDrawers = "ecarts"
)

const comparedNote = "N-1\u00a0: mêmes jours de la semaine, 364 jours plus tôt. L’évolution ne compte que les jours où la même caisse a vendu les deux années."

// hasBudget, hasCounts and hasCustomers tell which columns have something to say.
func (r Report) hasBudget() bool    { return r.Total.Target.Known }
func (r Report) hasCounts() bool    { return r.Total.Counts.Sales > 0 }
func (r Report) hasCustomers() bool { return r.Total.Counts.Customers > 0 }

// linesTable is the report line after line.
func (r Report) linesTable() table.Table {
	t := table.Table{Title: "Chiffre d’affaires", Empty: "Aucune journée dans cette période", Columns: []table.Column{
		{Label: r.stepName(), Weight: 2}, {Label: "CA TTC", Kind: table.Money}, {Label: "CA HT", Kind: table.Money}, {Label: "N-1", Kind: table.Money}, {Label: "Évolution"},
	}}
	if r.hasBudget() {
		t.Columns = append(t.Columns, table.Column{Label: "Budget", Kind: table.Money}, table.Column{Label: "Écart au budget"})
	}
	if r.hasCounts() {
		t.Columns = append(t.Columns, table.Column{Label: "Ventes", Kind: table.Number}, table.Column{Label: "Panier moyen", Kind: table.Money})
	}
	if r.hasCustomers() {
		t.Columns = append(t.Columns, table.Column{Label: "Clients", Kind: table.Number})
	}
	for _, l := range r.Lines {
		t.Add(table.Plain, r.cells(l)...)
	}
	t.AddTotal(table.Total, r.cells(r.Total)...)
	return t
}

// stepName is what a line is.
func (r Report) stepName() string {
	switch {
	case r.Step == ByMonth:
		return "Mois"
	case r.Step == ByYear && r.Fiscal:
		return "Exercice"
	case r.Step == ByYear:
		return "Année"
	}
	return "Jour"
}

// cells are the values of a line. What is not known is empty, never zero.
func (r Report) cells(l Line) []table.Cell {
	known := func(is bool, a money.Amount) table.Cell {
		if !is {
			return table.Cell{}
		}
		return table.Amount(a)
	}
	cells := []table.Cell{table.Text(l.Label), known(l.Entered, l.Gross), known(l.Entered, l.Net), known(l.BeforeKnown, l.Before), table.Text(l.Compared.Words())}
	if r.hasBudget() {
		cells = append(cells, known(l.Target.Known, l.Target.Whole), table.Text(l.Target.Words()))
	}
	count := func(n int) table.Cell {
		if n == 0 {
			return table.Cell{}
		}
		return table.Int(int64(n))
	}
	if r.hasCounts() {
		cells = append(cells, count(l.Counts.Sales), known(l.Counts.Sales > 0, l.Counts.Basket()))
	}
	if r.hasCustomers() {
		cells = append(cells, count(l.Counts.Customers))
	}
	return cells
}

// naturesTable is what each category sold.
func (r Report) naturesTable() table.Table {
	t := table.Table{Title: "Par nature, hors taxes", Empty: "Aucune vente", Columns: []table.Column{
		{Label: "Nature", Weight: 3}, {Label: "CA HT", Kind: table.Money}, {Label: "Part"}, {Label: "N-1", Kind: table.Money}, {Label: "Évolution"},
	}}
	var sum, before money.Amount
	for _, n := range r.Natures {
		sum, before = sum+n.Net, before+n.Before
	}
	for _, n := range r.Natures {
		t.Add(table.Plain, table.Text(r.NatureLabel(n)), table.Amount(n.Net), table.Text(shareWords(n.Net, sum)), table.Some(n.Before), table.Text(plainChange(n.Net, n.Before)))
	}
	t.AddTotal(table.Total, table.Text("Total"), table.Amount(sum), table.Cell{}, table.Some(before), table.Text(plainChange(sum, before)))
	return t
}

// methodsTable is what was taken by each method.
func (r Report) methodsTable() table.Table {
	t := table.Table{Title: "Par moyen de paiement", Empty: "Aucun encaissement", Columns: []table.Column{
		{Label: "Moyen de paiement", Weight: 3}, {Label: "Encaissé", Kind: table.Money}, {Label: "Part"}, {Label: "N-1", Kind: table.Money}, {Label: "Évolution"},
	}}
	var sum, before money.Amount
	for _, m := range r.Methods {
		sum, before = sum+m.Taken, before+m.Before
	}
	for _, m := range r.Methods {
		t.Add(table.Plain, table.Text(m.Method.Label), table.Amount(m.Taken), table.Text(shareWords(m.Taken, sum)), table.Some(m.Before), table.Text(plainChange(m.Taken, m.Before)))
	}
	t.AddTotal(table.Total, table.Text("Total"), table.Amount(sum), table.Cell{}, table.Some(before), table.Text(plainChange(sum, before)))
	return t
}

// drawersTable is what was over and short, by box then by person.
func (r Report) drawersTable() table.Table {
	t := table.Table{Title: "Écarts de caisse", Empty: "Aucun écart de caisse", Columns: []table.Column{
		{Label: "Par", Weight: 1}, {Label: "Caisse ou personne", Weight: 3}, {Label: "Journées avec écart", Kind: table.Number}, {Label: "En trop", Kind: table.Money},
		{Label: "En moins", Kind: table.Money}, {Label: "Solde", Kind: table.Money},
	}}
	for _, group := range []struct {
		name string
		list []OverShort
	}{{"Caisse", r.OverShop}, {"Personne", r.OverBy}} {
		for _, o := range group.list {
			t.Add(table.Plain, table.Text(group.name), table.Text(o.Name), table.Int(int64(o.Days)), table.Some(o.Over), table.Some(o.Short), table.Amount(o.Net()))
		}
	}
	return t
}

// shareWords is a part of a whole: 61 %.
func shareWords(part, whole money.Amount) string {
	if whole <= 0 || part < 0 {
		return ""
	}
	return locale.Int(money.DivRound(int64(part)*100, int64(whole))) + locale.NBSP + "%"
}

// plainChange writes the change between two totals, "" when there is nothing to compare with.
func plainChange(now, before money.Amount) string {
	if before <= 0 {
		return ""
	}
	return ChangeWords(money.DivRound(int64(now-before)*1000, int64(before)))
}

// Paper is the report as a file; list names the table that comes first, alone in a CSV.
func (r Report) Paper(list string) company.Report {
	tables := map[string]table.Table{listLines: r.linesTable(), listNatures: r.naturesTable(), listMethods: r.methodsTable(), listDrawers: r.drawersTable()}
	paper := company.Report{Name: "chiffre-d-affaires_" + string(r.First) + "_" + string(r.Last), Title: "Chiffre d’affaires", Subtitle: r.ScopeName(), Period: r.periodName(),
		Landscape: true, Notes: []string{comparedNote}, Figures: r.brought()}
	order := []string{listLines, listNatures, listMethods, listDrawers}
	if first, known := tables[list]; known && list != listLines {
		paper.Name += "_" + list
		paper.Tables = append(paper.Tables, first)
	} else {
		list = listLines
		paper.Tables = append(paper.Tables, tables[listLines])
	}
	for _, name := range order {
		if name != list {
			paper.Tables = append(paper.Tables, tables[name])
		}
	}
	return paper
}

// brought are the figures brought forward on paper.
func (r Report) brought() [][2]string {
	items := [][2]string{{"Chiffre d’affaires TTC", locale.Euro(r.Total.Gross)}}
	if words := r.Total.Compared.Words(); words != "" {
		items = append(items, [2]string{"Sur N-1, jours comparables", words})
	}
	if words := r.Total.Target.Words(); words != "" {
		items = append(items, [2]string{"Sur le budget", words})
	}
	if r.hasCounts() {
		items = append(items, [2]string{"Panier moyen", locale.Euro(r.Total.Counts.Basket())})
	}
	return items
}

// periodName says the period of the report.
func (r Report) periodName() string {
	switch r.Step {
	case ByDay:
		return locale.MonthName(r.Month)
	case ByMonth:
		return "de " + locale.MonthName(r.First.Month()) + " à " + locale.MonthName(r.Last.Month())
	}
	return "de " + yearName(r.First.Month()) + " à " + yearName(r.Last.Month().Add(-11))
}
