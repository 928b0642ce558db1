package journal

import (
	"slices"
	"time"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/table"
)

// words is the label of a line with what a reader must know of it: that it was recorded later than its date, that it was undone.
func (l Line) words(place *time.Location) string {
	text := l.Label
	if l.BackDated {
		text += " (saisie le " + l.At.In(place).Format("02/01/2006") + ")"
	}
	if l.Reversed {
		text += " (annulée)"
	}
	return text
}

// style is how a line is written.
func (l Line) style() table.Style {
	if l.Reversed {
		return table.Struck
	}
	return table.Plain
}

// accountTable is the journal of one account, from its balance before the period to its balance at the end. The column of third parties
// is there when some line names one.
func (j Journal) accountTable(a Account, place *time.Location) table.Table {
	t := table.Table{Title: a.Name(), Empty: "Aucune écriture dans la période", Columns: []table.Column{
		{Label: "Date", Kind: table.Date}, {Label: "N°", Kind: table.Number}, {Label: "Libellé", Weight: 4}, {Label: "Tiers", Weight: 1},
		{Label: "Entrée", Kind: table.Money, Carry: table.Sum}, {Label: "Sortie", Kind: table.Money, Carry: table.Sum},
		{Label: "Solde", Kind: table.Money, Carry: table.Last},
	}}
	parties := slices.ContainsFunc(a.Lines, func(l Line) bool { return l.Party != "" })
	row := func(date, number, label, party, in, out, balance table.Cell) []table.Cell {
		if parties {
			return []table.Cell{date, number, label, party, in, out, balance}
		}
		return []table.Cell{date, number, label, in, out, balance}
	}
	if !parties {
		t.Columns = slices.Delete(t.Columns, 3, 4)
	}
	none := table.Cell{}
	t.Add(table.Balance, row(table.Text("Solde au "+locale.Date(j.First.Add(-1))), none, none, none, none, none, table.Amount(a.Opening))...)
	for _, l := range a.Lines {
		t.Add(l.style(), row(table.On(l.On), table.Int(l.Seq), table.Text(l.words(place)), table.Text(l.Party), table.Some(l.In()), table.Some(l.Out()), table.Amount(l.Balance))...)
	}
	t.AddTotal(table.Total, row(table.Text("Totaux"), none, none, none, table.Amount(a.In), table.Amount(a.Out), none)...)
	t.AddTotal(table.Balance, row(table.Text("Solde au "+locale.Date(j.Last)), none, none, none, none, none, table.Amount(a.Closing))...)
	return t
}

// linesTable is every line of the journal in one list, for spreadsheets and programs.
func (j Journal) linesTable(place *time.Location) table.Table {
	t := table.Table{Title: "Journal", Columns: []table.Column{
		{Label: "Date", Kind: table.Date}, {Label: "N° d’écriture", Kind: table.Number}, {Label: "Caisse"}, {Label: "Moyen"}, {Label: "Libellé"}, {Label: "Tiers"},
		{Label: "Entrée", Kind: table.Money}, {Label: "Sortie", Kind: table.Money}, {Label: "Solde", Kind: table.Money}, {Label: "Enregistrée le"},
	}}
	var in, out money.Amount
	for _, a := range j.Accounts {
		for _, l := range a.Lines {
			in, out = in+l.In(), out+l.Out()
			t.Add(l.style(), table.On(l.On), table.Int(l.Seq), table.Text(a.Box.Name), table.Text(a.Method.Label), table.Text(l.words(place)), table.Text(l.Party),
				table.Some(l.In()), table.Some(l.Out()), table.Amount(l.Balance), table.Text(locale.DateTime(l.At, place)))
		}
	}
	none := table.Cell{}
	t.AddTotal(table.Total, table.Text("Totaux"), none, none, none, none, none, table.Amount(in), table.Amount(out))
	return t
}

// balancesTable is what each account held before and after.
func balancesTable(accounts []Account) table.Table {
	t := table.Table{Title: "Soldes par caisse et par moyen de paiement", Empty: "Aucun solde", Columns: []table.Column{
		{Label: "Caisse", Weight: 2}, {Label: "Moyen de paiement", Weight: 2}, {Label: "Solde de départ", Kind: table.Money}, {Label: "Entrées", Kind: table.Money},
		{Label: "Sorties", Kind: table.Money}, {Label: "Solde de fin", Kind: table.Money},
	}}
	opening, in, out, closing := Journal{Accounts: accounts}.Totals()
	for _, a := range accounts {
		t.Add(table.Plain, table.Text(a.Box.Name), table.Text(a.Method.Label), table.Amount(a.Opening), table.Amount(a.In), table.Amount(a.Out), table.Amount(a.Closing))
	}
	t.AddTotal(table.Total, table.Text("Ensemble"), table.Cell{}, table.Amount(opening), table.Amount(in), table.Amount(out), table.Amount(closing))
	return t
}

// proofTable is the extract of the sealed chain.
func (p Proof) table() table.Table {
	t := table.Table{Columns: []table.Column{
		{Label: "Chaîne", Weight: 3}, {Label: "Enregistrements", Kind: table.Number}, {Label: "Premier n°", Kind: table.Number}, {Label: "Extrait", Weight: 1},
		{Label: "Dernier n°", Kind: table.Number}, {Label: "Extrait", Weight: 1},
	}}
	if p.Entries > 0 {
		t.Add(table.Plain, table.Text("Écritures de ce journal"), table.Int(int64(p.Entries)), table.Int(p.First.Entry), table.Text(p.First.Extract),
			table.Int(p.Last.Entry), table.Text(p.Last.Extract))
	}
	for _, c := range p.Chains {
		t.Add(table.Plain, table.Text(c.Name+", registre entier à l’édition"), table.Int(c.Last.Seq), table.Int(c.First.Seq), table.Text(c.First.Extract()),
			table.Int(c.Last.Seq), table.Text(c.Last.Extract()))
	}
	return t
}
