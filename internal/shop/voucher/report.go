package voucher

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/vat"
	"encaisse/internal/paper/pdf"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
)

// stateWords names the states a list may be about.
func stateWords(s State) string {
	return map[State]string{Live: "Bons en cours", Lapsed: "Bons échus", Spent: "Bons utilisés", Ended: "Bons annulés, expirés ou remboursés", AnyKind: "Tous les bons"}[s]
}

// report is the list as a file.
func (l List) report(s Search, today day.Day) company.Report {
	t := table.Table{Title: "Bons cadeaux", Empty: "Aucun bon", Columns: []table.Column{
		{Label: "N°", Weight: 2}, {Label: "Bénéficiaire", Weight: 2}, {Label: "Vendu le", Kind: table.Date}, {Label: "Valable jusqu’au", Kind: table.Date}, {Label: "Usage", Weight: 2},
		{Label: "Montant", Kind: table.Money, Carry: table.Sum}, {Label: "Reste", Kind: table.Money, Carry: table.Sum}, {Label: "État", Weight: 1},
	}}
	for _, v := range l.Vouchers {
		t.Add(table.Plain, table.Text(v.Number), table.Text(v.Holder), table.On(v.On), table.On(v.until), table.Text(v.Purpose.Label()), table.Amount(v.Amount), table.Amount(v.Left), table.Text(v.words(today)))
	}
	none := table.Cell{}
	t.AddTotal(table.Total, table.Text("Total"), none, none, none, none, table.Amount(l.Amount), table.Amount(l.Left))
	return company.Report{Name: "bons-cadeaux_" + string(today), Title: "Bons cadeaux", Subtitle: stateWords(s.State), Period: "au " + locale.Date(today), Landscape: true,
		Figures: [][2]string{{"Bons", locale.Int(int64(len(l.Vouchers)))}, {"Vendus pour", locale.Euro(l.Amount)}, {"Reste à honorer", locale.Euro(l.Left)}}, Tables: []table.Table{t}}
}

// document is the voucher on paper.
func (r Recorded) document(h company.Letterhead) *pdf.Document {
	d := h.Document(company.Report{Title: "Bon cadeau", Subtitle: r.Holder})
	d.Unit = ""
	until := "sans limite"
	if r.until != "" {
		until = locale.Date(r.until)
	}
	d.Add(pdf.Figures{Items: [][2]string{{"Valeur", locale.Euro(r.Amount)}, {"Valable jusqu’au", until}, {"Vendu le", locale.Date(r.On)}}}, pdf.Barcode{Text: r.Number})
	d.Add(pdf.Paragraph{Text: r.terms()})
	return d
}

// terms are the words of the voucher.
func (r Recorded) terms() string {
	text := "Ce bon s’utilise en une ou plusieurs fois, sur présentation de son numéro, jusqu’à épuisement de sa valeur. "
	if r.Purpose == Single {
		_, tax := vat.FromGross(r.Amount, r.Rate)
		text += "Bon à usage unique\u00a0: TVA " + locale.Percent(int64(r.Rate)) + " comprise, soit " + locale.Euro(tax) + ", due à la vente du bon."
	} else {
		text += "Bon à usages multiples\u00a0: la TVA est celle des articles achetés avec lui."
	}
	return text
}
