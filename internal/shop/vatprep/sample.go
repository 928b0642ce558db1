package vatprep

import (
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	const base = "/d/epicerie-des-halles"
	page := Page{Frame: ui.SampleFrame("TVA"), Base: base + "/rapports/tva", Days: base + "/journees", Today: "2026-11-20", CanExport: true, Query: Query{Month: "2026-10"}, Statement: sampleStatement()}
	page.Frame.Subtitle = "État préparatoire, octobre 2026"
	page.Frame.Actions = actions(page)
	free := page
	free.Statement.Settings.VATRegime = company.Franchise
	free.Frame.Actions = actions(free)
	line := page
	line.Code, line.Line = "08", page.Statement.Form()[1]
	line.Frame.Title = "TVA, ligne 08"
	line.Frame.Actions = detailActions(line)
	return []web.Sample{
		{Name: "tva", Title: "État préparatoire de TVA", Page: statementPage(page)},
		{Name: "tva-franchise", Title: "TVA d’une société en franchise", Page: statementPage(free)},
		{Name: "tva-ligne", Title: "Écritures derrière une ligne de la déclaration", Page: detailsPage(line)},
	}
}

// sampleStatement is a month of two rates and an expense.
func sampleStatement() Statement {
	s := Statement{First: "2026-10-01", Last: "2026-10-31", Settings: company.Defaults(), Boxes: map[string]cashbox.Box{"b1": {ID: "b1", Name: "Caisse 1"}}}
	add := func(code string, rate vat.Rate, part Part, label string, amount money.Amount) {
		s.Details = append(s.Details, Detail{Code: code, Rate: rate, Part: part, On: "2026-10-20", Seq: int64(100 + len(s.Details)/4), Box: "b1", Sheet: "2026-10-20", Label: label, Amount: amount})
	}
	add("08", 2000, Base, "Vins et boissons", 1_250_050)
	add("08", 2000, Tax, "TVA 20\u00a0%", 250_010)
	add("09", 550, Base, "Épicerie", 2_400_020)
	add("09", 550, Tax, "TVA 5,5\u00a0%", 132_001)
	add(lineDeductible, 2000, Input, "TVA 20\u00a0%", 4_150)
	l := loader{s: &s, zones: map[string]vat.Zone{"b1": vat.Mainland}}
	l.sum()
	s.Controls = []Control{{"Ventes hors taxes", 3_650_070, 3_650_070}, {"TVA collectée", 382_011, 382_011}, {"TVA déductible", 4_150, 4_150}}
	return s
}
