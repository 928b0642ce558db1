package firm

import (
	"time"

	"encaisse/internal/shop/accounting"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/question"
	"encaisse/internal/shop/staff"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// sampleRows are a few companies in November 2026, seen on the 21st.
func sampleRows(v view) []Row {
	var rows []Row
	for _, c := range []struct {
		id, name, keeper string
		boxes            int
		days, exported   string
	}{
		{"c1", "Fleurs & Co", "Samuel Brunet", 1, "xxccccccxcccoooxxcooooo" + "ooooooo", "111111111111111000000000000000"},
		{"c2", "Boucherie Martel", "Claire Faure", 1, "xxcccccccxccgcccxoooo" + "ooooooooo", ""},
		{"c3", "Bar Le Central", "Claire Faure", 1, "xxllllgllxllllgllcccd" + "ooooooooo", "111111111111110000000000000000"},
		{"c4", "Librairie L’Encre", "Claire Faure", 2, "xxlllllllxllllllxllll" + "ooooooooo", "111111111111111111111000000000"},
		{"c5", "Café de la Gare, de la Place et du Marché couvert réunis", "", 3, "xxcccccccxccccccxccccoooooooooo", ""},
	} {
		var keepers []string
		if c.keeper != "" {
			keepers = []string{c.keeper}
		}
		f := staff.FirmFile{Entry: company.Entry{Ref: company.Ref{ID: c.id, Slug: c.id, Name: c.name}}}
		rows = append(rows, newRow(f, keepers, daysheet.NewSummary(c.id, v.month, c.boxes, c.days, c.exported), true, v.month, v.today))
	}
	rows[1].Asked, rows[2].Asked = question.Count{Answered: 1}, question.Count{Waiting: 2}
	rows[1].Reminded = time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)
	return rows
}

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	const base = "/cabinets/5"
	firm := staff.Firm{ID: "5", Name: "Cabinet Arvel & Associés", Leads: true}
	colleagues := []staff.Colleague{{User: staff.User{ID: "u1", Name: "Claire Faure"}, Leads: true}, {User: staff.User{ID: "u2", Name: "Samuel Brunet"}}}
	v := view{month: "2026-11", today: "2026-11-21", size: perPage, page: 1}
	cockpit := newCockpitPage(ui.SampleFrame("Dossiers"), base, firm, colleagues, v, sampleRows(v))
	empty := newCockpitPage(ui.SampleFrame("Dossiers"), base, firm, colleagues[:1], v, nil)
	rows := sampleRows(v)
	back := ui.Link{Label: "Retour aux dossiers", URL: base + "/suivi?mois=2026-11"}
	framed := func(title string) ui.Frame { f := ui.SampleFrame(title); f.Back = back; return f }
	remind := RemindPage{Frame: framed("Relancer"), Base: base, Month: "2026-11", Key: "k1", Mails: true, Fine: rows[3:4]}
	remind.Letters = []reminder{{Row: rows[0], To: []staff.Addressee{{Name: "Fleur Dubois", Email: "fleur@exemple.fr"}}, Text: letterText(rows[0], v, "Claire Faure", firm.Name, "https://caisse.exemple.fr")}, {Row: rows[1], Text: "—"}}
	layout, _ := accounting.LayoutOf(accounting.FormatQuadra)
	control := ControlPage{Frame: framed("Exporter"), Base: base, Month: "2026-10", Files: []controlled{
		{Row: rows[3], Layout: layout, Control: accounting.Control{Entries: make([]accounting.DayEntry, 26), Debit: 4120350, Credit: 4120350}},
		{Row: rows[0], Refused: "Journée à saisir le 17/10/2026."},
	}}
	portfolio := PortfolioPage{Frame: ui.SampleFrame("Portefeuilles"), Base: base, Firm: firm, Colleagues: colleagues, Rows: rows[:3], Pages: ui.Pages{Page: 1, Last: 1}}
	trades := newTemplatePage(ui.SampleFrame("Modèles de réglages"), firm, rows[:3], ui.Answers{})
	trades.Templates = []Template{{ID: "t1", Name: "Boulangerie", settings: templateSettings{Format: accounting.FormatQuadra, Journal: accounting.Journal{Code: "CA", Label: "Caisse"}}}}
	alerts := AlertsPage{Frame: ui.SampleFrame("Alertes par e-mail"), Frequency: frequencyField(Weekly), Mails: true}
	alerts.Frame.Back = ui.Link{Label: "Retour à mon compte", URL: "/compte"}
	return []web.Sample{
		{Name: "cabinet", Title: "Dossiers du cabinet", Page: cockpitPage(cockpit)},
		{Name: "cabinet-vide", Title: "Cabinet sans dossier", Page: cockpitPage(empty)},
		{Name: "cabinet-relances", Title: "Relances avant l’envoi", Page: remindPage(remind)},
		{Name: "cabinet-exports", Title: "Exports de plusieurs dossiers", Page: controlPage(control)},
		{Name: "cabinet-portefeuilles", Title: "Portefeuilles", Page: portfolioPage(portfolio)},
		{Name: "cabinet-modeles", Title: "Modèles de réglages", Page: templatePage(trades)},
		{Name: "alertes", Title: "Alertes par e-mail", Page: alertsPage(alerts)},
		{Name: "alertes-fin", Title: "Ne plus recevoir les alertes", Page: stopPage(StopPage{Frame: ui.SampleFrame("Alertes par e-mail"), Token: "0199e000-0000-7000-8000-000000000001"})},
	}
}
