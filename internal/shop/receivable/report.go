package receivable

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
)

// report is the list of the accounts as a file.
func (o Overview) report(today day.Day) company.Report {
	t := table.Table{Title: "Crédits clients", Empty: "Aucun client ne doit d’argent", Columns: []table.Column{{Label: "Client", Weight: 3}, {Label: "Doit", Kind: table.Money}}}
	for _, label := range BucketLabels() {
		t.Columns = append(t.Columns, table.Column{Label: label, Kind: table.Money})
	}
	t.Columns = append(t.Columns, table.Column{Label: "Depuis le", Kind: table.Date}, table.Column{Label: "Plafond", Kind: table.Money})
	for _, a := range o.Accounts {
		cells := []table.Cell{table.Text(a.Name), table.Amount(a.Balance)}
		for _, amount := range a.Ages {
			cells = append(cells, table.Some(amount))
		}
		limit := table.Cell{}
		if a.Limited {
			limit = table.Amount(a.Limit)
		}
		t.Add(table.Plain, append(cells, table.On(a.Since), limit)...)
	}
	total := []table.Cell{table.Text("Total"), table.Amount(o.Owed - o.Advance)}
	for _, amount := range o.Ages {
		total = append(total, table.Amount(amount))
	}
	t.AddTotal(table.Total, total...)
	return company.Report{Name: "credits-clients_" + string(today), Title: "Crédits clients", Subtitle: "Ce que les clients doivent, par ancienneté", Period: "au " + locale.Date(today), Landscape: true,
		Notes:   []string{"Soldes du grand livre. Un règlement paie la dette la plus ancienne d’abord."},
		Figures: [][2]string{{"Les clients doivent", locale.Euro(o.Owed)}, {"Clients débiteurs", locale.Int(int64(o.Debtors))}, {"Depuis plus de 90 jours", locale.Euro(o.Ages[Buckets-1])}, {"Payé d’avance", locale.Euro(o.Advance)}},
		Tables:  []table.Table{t}}
}

// report is the statement as a file.
func (s Statement) report() company.Report {
	t := table.Table{Title: "Compte de " + s.Name, Empty: "Aucun crédit ni règlement dans la période", Columns: []table.Column{
		{Label: "Date", Kind: table.Date}, {Label: "N°", Kind: table.Number}, {Label: "Libellé", Weight: 4},
		{Label: "Accordé", Kind: table.Money, Carry: table.Sum}, {Label: "Réglé", Kind: table.Money, Carry: table.Sum}, {Label: "Solde", Kind: table.Money, Carry: table.Last},
	}}
	none := table.Cell{}
	t.Add(table.Balance, table.On(s.First.Add(-1)), none, table.Text("Solde de départ"), none, none, table.Amount(s.Opening))
	for _, l := range s.Lines {
		style := table.Plain
		if l.Undone {
			style = table.Struck
		}
		t.Add(style, table.On(l.Entry.On), table.Int(l.Entry.Seq), table.Text(l.Label), table.Some(max(0, l.Amount)), table.Some(max(0, -l.Amount)), table.Amount(l.Balance))
	}
	granted, paid := s.sums()
	t.AddTotal(table.Total, table.Text("Totaux"), none, none, table.Amount(granted), table.Amount(paid), none)
	t.AddTotal(table.Balance, table.On(s.Last), none, table.Text("Solde"), none, none, table.Amount(s.Closing))
	figures := [][2]string{{"Doit aujourd’hui", locale.Euro(s.Balance)}}
	for i, label := range BucketLabels() {
		figures = append(figures, [2]string{label, locale.Euro(s.Ages[i])})
	}
	return company.Report{Name: "compte-client_" + string(s.First) + "_" + string(s.Last), Title: "Compte client", Subtitle: s.Name,
		Period: "du " + locale.Date(s.First) + " au " + locale.Date(s.Last), Figures: figures, Tables: []table.Table{t},
		Notes: []string{"Ce qui est annulé reste lisible, barré, avec l’écriture qui l’annule."}}
}

// sums are the sums of the columns, what was undone included: it stands on both sides.
func (s Statement) sums() (granted, paid money.Amount) {
	for _, l := range s.Lines {
		granted, paid = granted+max(0, l.Amount), paid+max(0, -l.Amount)
	}
	return granted, paid
}
