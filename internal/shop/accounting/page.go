package accounting

import (
	"strconv"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// Page is what leaves for the accountant.
type Page struct {
	Frame     ui.Frame
	Base      string
	Days      string // address of the day sheets
	Settings  string // address of the settings
	Zone      *time.Location
	Today     day.Day
	CanExport bool
	CanSet    bool
	Layout    Layout
	Period    Period
	Control   Control
	Years     []period.Year
	NoSIREN   error
	Exports   []Export
	Total     int
	Names     map[string]string
	Pages     ui.Pages
	Err       error
}

// SettingsPage is how entries are handed over.
type SettingsPage struct {
	Frame    ui.Frame
	Action   string
	Accounts string // address of the chart
	Format   ui.Field
	Length   ui.Field
	Journals []JournalLine
	Err      error
}

// JournalLine asks for a journal.
type JournalLine struct {
	What        string
	Code, Label ui.Field
}

func (p Page) fields() []ui.Field {
	answers := ui.Answers{Err: p.Err}
	return []ui.Field{answers.Fill(ui.Field{Name: "du", Label: "Du", Value: string(p.Period.First)}), answers.Fill(ui.Field{Name: "au", Label: "Au", Value: string(p.Period.Last)})}
}

// ready tells whether the control was made: the period can be read.
func (p Page) ready() bool { return p.Control.First != "" }

func (p Page) figures() []ui.Figure {
	return []ui.Figure{
		{Label: "Écritures", Value: locale.Int(int64(len(p.Control.Entries)))}, {Label: "Lignes", Value: locale.Int(int64(p.Control.Lines))},
		ui.MoneyFigure("Débit", p.Control.Debit), ui.MoneyFigure("Crédit", p.Control.Credit),
	}
}

// words is the period in words.
func (p Period) words() string {
	if p.First == p.First.Month().First() && p.Last == p.First.Month().Last() {
		return locale.MonthName(p.First.Month())
	}
	return "du " + locale.Date(p.First) + " au " + locale.Date(p.Last)
}

// verdict says whether the period may leave.
func (p Page) verdict() (tone ui.Tone, text string) {
	blocks, notes := 0, 0
	for _, f := range p.Control.Findings {
		if f.Blocks {
			blocks++
		} else {
			notes++
		}
	}
	switch {
	case len(p.Control.Entries) == 0:
		return ui.Info, "Aucune écriture sur cette période"
	case blocks > 0:
		return ui.Error, locale.Plural(blocks, "point à régler avant l’export", "points à régler avant l’export")
	case notes > 0:
		return ui.Warn, "Débit et crédit sont égaux\u00a0; " + locale.Plural(notes, "point à vérifier", "points à vérifier")
	}
	return ui.OK, "Débit et crédit sont égaux, tous les comptes sont connus, toutes les journées sont clôturées"
}

// findings are what the control saw, each with the way to it.
func (p Page) findings() []ui.Task {
	var list []ui.Task
	for _, f := range p.Control.Findings {
		t := ui.Task{Tone: ui.Warn, Icon: "alerte", Title: f.Text, Text: "À vérifier, sans bloquer l’export."}
		if f.Blocks {
			t.Tone, t.Text = ui.Error, "Bloque l’export."
		}
		if f.Day != "" && f.Box != "" {
			t.Action = ui.Link{Label: "Ouvrir", URL: p.Days + "/" + f.Box + "/" + string(f.Day)}
		}
		list = append(list, t)
	}
	return list
}

// accounts are the sums by account.
func (p Page) accounts() ui.Table {
	t := ui.Table{Caption: "Totaux par compte, " + p.Control.Period.words(), Columns: []ui.Column{{Label: "Compte"}, {Label: "Intitulé"}, {Label: "Débit", Num: true}, {Label: "Crédit", Num: true}}}
	for _, a := range p.Control.Accounts {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Text(a.Code), ui.Text(a.Label), ui.Money(a.Debit), ui.Money(a.Credit)}})
	}
	t.Foot = []ui.Row{{Cells: []templ.Component{ui.Text("Total"), nil, ui.Money(p.Control.Debit), ui.Money(p.Control.Credit)}}}
	return t
}

// history is the files given.
func (p Page) history() ui.Table {
	t := ui.Table{Caption: "Fichiers remis", Columns: []ui.Column{{Label: "Fichier"}, {Label: "Période"}, {Label: "Format", Class: "seul-bureau"}, {Label: "Écritures", Num: true, Class: "seul-bureau"},
		{Label: "Débit", Num: true}, {Label: "Remis le", Class: "seul-bureau"}, {Label: "Par", Class: "seul-bureau"}}}
	for _, e := range p.Exports {
		layout, _ := LayoutOf(e.Format)
		name := e.Name
		if e.Version > 1 {
			name += " (version\u00a0" + strconv.Itoa(e.Version) + ")"
		}
		t.Rows = append(t.Rows, ui.Row{URL: p.file(e), Cells: []templ.Component{ui.Text(name), ui.Text(locale.Title(e.Period.words())), ui.Text(layout.Label), ui.Text(locale.Int(int64(e.Entries))), ui.Money(e.Debit),
			ui.Instant(e.At, p.Zone), ui.Text(p.Names[e.By])}})
	}
	return t
}

func (p Page) file(e Export) string { return p.Base + "/" + e.ID }

// fill prepares the questions.
func (p *SettingsPage) fill(s Settings, boxes []cashbox.Box, answers ui.Answers) {
	p.Format = ui.Field{Name: "format", Label: "Logiciel comptable", Value: s.Format}
	for _, l := range Layouts() {
		p.Format.Options = append(p.Format.Options, ui.Option{Value: l.Format, Label: l.Label, Help: l.Help})
	}
	p.Format = answers.Fill(p.Format)
	p.Length = answers.Fill(ui.Field{Name: "longueur", Label: "Longueur des comptes", Help: "Les numéros plus courts sont complétés par des zéros\u00a0: 530 devient 530000 pour 6. Laissez 3 pour les garder tels quels.", Value: strconv.Itoa(s.AccountLength), Max: 2})
	line := func(place, what string, j Journal) {
		p.Journals = append(p.Journals, JournalLine{What: what, Code: answers.Fill(ui.Field{Name: codeField(place), Label: "Code du journal, " + what, HideLabel: true, Value: j.Code, Max: 6}),
			Label: answers.Fill(ui.Field{Name: labelField(place), Label: "Intitulé du journal, " + what, HideLabel: true, Value: j.Label, Max: 60})})
	}
	line(placeDefault, "Toutes les caisses", s.Default)
	line(placeOpening, "Soldes d’ouverture", s.Opening)
	for _, b := range boxes {
		line(b.ID, b.Name, s.ByBox[b.ID])
	}
}

func (p SettingsPage) fields() []ui.Field {
	list := []ui.Field{p.Format, p.Length}
	for _, j := range p.Journals {
		list = append(list, j.Code, j.Label)
	}
	return list
}
