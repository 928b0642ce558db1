package deposit

import (
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
)

// stateWords names the states a list may be about.
func stateWords(s State) string {
	return map[State]string{InTransit: "En chemin", InBank: "Créditées", Gone: "Annulées", AnyState: "Toutes les remises"}[s]
}

// word is the state of one slip.
func (r Recorded) word() string {
	switch r.State() {
	case InBank:
		for _, e := range r.Events {
			if e.Kind == Returned {
				return "Impayé"
			}
		}
		return "Créditée"
	case Gone:
		return "Annulée"
	}
	return "En chemin"
}

// creditedOn is the day the bank credited the slip, "" when it has not.
func (r Recorded) creditedOn() day.Day {
	if e := r.credit(); e != nil {
		return e.On
	}
	return ""
}

// report is the list of slips as a file.
func (l List) report(s Search, names map[string]string, today day.Day) company.Report {
	t := table.Table{Title: "Remises en banque", Empty: "Aucune remise", Columns: []table.Column{
		{Label: "N°", Kind: table.Number}, {Label: "Date", Kind: table.Date}, {Label: "Caisse", Weight: 2}, {Label: "Moyen", Weight: 2}, {Label: "Commentaire", Weight: 2},
		{Label: "Montant", Kind: table.Money, Carry: table.Sum}, {Label: "Créditée le", Kind: table.Date}, {Label: "État", Weight: 1},
	}}
	for _, r := range l.Slips {
		style := table.Plain
		if r.State() == Gone {
			style = table.Struck
		}
		t.Add(style, table.Int(r.Number), table.On(r.On), table.Text(names[r.Box]), table.Text(names[r.Method]), table.Text(r.Memo), table.Amount(r.Amount), table.On(r.creditedOn()), table.Text(r.word()))
	}
	none := table.Cell{}
	t.AddTotal(table.Total, table.Text("Total sans les annulées"), none, none, none, none, table.Amount(l.Amount))
	return company.Report{Name: "remises_" + string(today), Title: "Remises en banque", Subtitle: stateWords(s.State), Period: "au " + locale.Date(today), Landscape: true,
		Figures: [][2]string{{"Remises", locale.Int(int64(len(l.Slips)))}, {"Montant", locale.Euro(l.Amount)}, {"En chemin", locale.Euro(l.Transit)}}, Tables: []table.Table{t}}
}

// report is the slip on paper: the bordereau.
func (r Recorded) report(names map[string]string) company.Report {
	items := [][2]string{{"Montant", locale.Euro(r.Amount)}}
	if n := len(r.List); n > 0 {
		items = append(items, [2]string{"Chèques", locale.Int(int64(n))})
	}
	items = append(items, [2]string{"Date", locale.Date(r.On)}, [2]string{"Bordereau n°", locale.Int(r.Number)})
	title := "Bordereau de remise"
	if r.State() == Gone {
		title += " (annulée)"
	}
	return company.Report{Name: "bordereau_" + strconv.FormatInt(r.Number, 10), Title: title, Subtitle: names[r.Box] + ", " + names[r.Method], Period: r.Memo, Figures: items, Tables: r.tables(),
		Visa: []string{"Déposant", "Banque"}}
}

func (r Recorded) tables() []table.Table {
	var list []table.Table
	if len(r.List) > 0 {
		t := table.Table{Title: "Chèques", Columns: []table.Column{
			{Label: "Tireur", Weight: 3}, {Label: "Banque", Weight: 2}, {Label: "N°", Weight: 2}, {Label: "Reçu le", Kind: table.Date}, {Label: "Montant", Kind: table.Money, Carry: table.Sum},
		}}
		var sum money.Amount
		for _, c := range r.List {
			t.Add(table.Plain, table.Text(c.Drawer), table.Text(c.Bank), table.Text(c.Number), table.On(c.On), table.Amount(c.Amount))
			sum += c.Amount
		}
		t.AddTotal(table.Total, table.Text("Total"), table.Cell{}, table.Cell{}, table.Cell{}, table.Amount(sum))
		list = append(list, t)
	}
	if len(r.Pieces) > 0 {
		t := table.Table{Title: "Espèces", Columns: []table.Column{{Label: "Coupure", Weight: 2}, {Label: "Nombre", Kind: table.Number}, {Label: "Montant", Kind: table.Money}}}
		for _, value := range Denominations {
			if n := r.Pieces[value]; n > 0 {
				t.Add(table.Plain, table.Text(pieceLabel(value)), table.Int(int64(n)), table.Amount(money.Amount(value)*money.Amount(n)))
			}
		}
		t.AddTotal(table.Total, table.Text("Total"), table.Cell{}, table.Amount(r.Counted()))
		list = append(list, t)
	}
	if r.Loose > 0 {
		label := "Montant non détaillé"
		t := table.Table{Title: label, Columns: []table.Column{{Label: "Libellé", Weight: 3}, {Label: "Montant", Kind: table.Money}}}
		t.Add(table.Plain, table.Text(label), table.Amount(r.Loose))
		list = append(list, t)
	}
	return list
}

// pieceField is the field of a note or a coin.
func pieceField(value int) string { return "p-" + strconv.Itoa(value) }

// pieceLabel names a note or a coin: 50 €, 20 c.
func pieceLabel(value int) string {
	if value >= 500 {
		return "Billet de " + strconv.Itoa(value/100) + "\u00a0€"
	}
	if value >= 100 {
		return "Pièce de " + strconv.Itoa(value/100) + "\u00a0€"
	}
	return "Pièce de " + strconv.Itoa(value) + "\u00a0c"
}
