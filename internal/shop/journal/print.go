package journal

import (
	"fmt"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/paper/pdf"
	"encaisse/internal/paper/sheet"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

// Letterhead is what every paper of a company says of itself, and which boxes and methods a journal is about.
type Letterhead struct {
	company.Letterhead
	Scope string // Boutique des Halles, Caisse 1, Espèces
}

// loadLetterhead reads the identity of the company, and that of the location when the paper is about one.
func loadLetterhead(q db.Querier, query Query, sees func(location string) bool, software string) (h Letterhead, err error) {
	boxes, all, err := Boxes(q, query.Box, sees)
	if err != nil {
		return h, err
	}
	location := ""
	if len(boxes) > 0 && oneLocation(boxes) {
		location = boxes[0].Location
		l, err := company.LocationByID(q, location)
		if err != nil {
			return h, err
		}
		h.Scope = l.Name
	}
	if h.Letterhead, err = company.LoadLetterhead(q, location, software, ""); err != nil {
		return h, err
	}
	return h, h.name(q, query, boxes, all)
}

// oneLocation tells whether all boxes stand in one location.
func oneLocation(boxes []cashbox.Box) bool {
	for _, b := range boxes {
		if b.Location != boxes[0].Location {
			return false
		}
	}
	return true
}

// name says which boxes and which methods the paper is about.
func (h *Letterhead) name(q db.Querier, query Query, boxes []cashbox.Box, all bool) error {
	what := "toutes les caisses"
	switch {
	case len(boxes) == 1:
		what = boxes[0].Name
	case !all:
		what = locale.Plural(len(boxes), "caisse", "caisses")
	}
	if h.Scope != "" {
		what = h.Scope + ", " + what
	}
	h.Scope = locale.Title(what) + ", tous les moyens de paiement"
	if query.Method == "" {
		return nil
	}
	m, err := tender.Get(q, query.Method)
	h.Scope = locale.Title(what) + ", " + m.Label
	return err
}

// report begins a paper or a workbook.
func (h Letterhead) report(title, period string) company.Report {
	return company.Report{Title: title, Subtitle: h.Scope, About: "Caisses", Period: period}
}

const journalTitle = "Journal de caisse"

// Document prints the journal: the whole of it, whatever was searched on the screen.
func (j Journal) Document(h Letterhead) *pdf.Document {
	d := h.Document(h.report(journalTitle, Period(j.First, j.Last)))
	d.Notes = []string{"Les écritures ne sont ni modifiées ni effacées\u00a0: ce qui est annulé l’est par une autre écriture, et reste lisible, barré."}
	opening, in, out, closing := j.Totals()
	d.Add(pdf.Figures{Items: [][2]string{
		{"Solde au " + locale.Date(j.First.Add(-1)), locale.Euro(opening)}, {"Entrées", locale.Euro(in)}, {"Sorties", locale.Euro(-out)},
		{"Solde au " + locale.Date(j.Last), locale.Euro(closing)},
	}})
	if len(j.Accounts) != 1 {
		d.Add(pdf.Table{Table: balancesTable(j.Accounts)})
	}
	for _, a := range j.Accounts {
		d.Add(pdf.Table{Table: j.accountTable(a, h.Place)})
	}
	d.Add(pdf.Proof{Title: "Extrait de la chaîne scellée", Text: j.Proof.words(h.Place), Table: j.Proof.table()}, visa())
	return d
}

// words says what the extract proves and how to check it.
func (p Proof) words(place *time.Location) string {
	text := "Chaque écriture est scellée à l’instant où elle est enregistrée\u00a0: numérotée sans trou, datée, signée, et sa signature porte sur celle qui la précède. " +
		"L’extrait d’une signature est fait de ses caractères 3, 7, 13 et 19\u00a0; il permet de rapprocher ce document du registre."
	if p.Entries > 0 {
		text += fmt.Sprintf(" La première écriture de ce journal a été scellée le %s, la dernière le %s.", locale.DateTime(p.First.At, place), locale.DateTime(p.Last.At, place))
	}
	return text
}

// visa leaves room for the two signatures a report may need.
func visa() pdf.Visa {
	return pdf.Visa{Labels: []string{"Établi par (nom, date, signature)", "Vérifié par (nom, date, signature)"}}
}

// Book is the journal as a workbook: the lines found, then the balances.
func (j Journal) Book(h Letterhead) sheet.Book {
	b := h.Book(h.report(journalTitle, Period(j.First, j.Last)))
	if j.Text != "" {
		b.Info = append(b.Info, [2]string{"Recherche", j.Text})
	}
	found, _, _ := j.Find()
	b.Tables = append(b.Tables, found.linesTable(h.Place), balancesTable(j.Accounts))
	return b
}

const monthTitle = "Synthèse mensuelle"

// Document prints the summary.
func (m Month) Document(h Letterhead) *pdf.Document {
	d := h.Document(h.report(monthTitle, locale.MonthName(m.Month)))
	d.Landscape = true
	d.Notes = []string{"Montants du grand livre, à la date de chaque journée\u00a0; la correction d’une journée verrouillée porte la date à laquelle elle a été faite."}
	d.Add(pdf.Figures{Items: m.figures()})
	for _, t := range m.tables() {
		d.Add(pdf.Table{Table: t})
	}
	d.Add(visa())
	return d
}

// figures are those brought forward.
func (m Month) figures() [][2]string {
	items := [][2]string{
		{"Chiffre d’affaires TTC", locale.Euro(m.Total.Gross())}, {"Chiffre d’affaires HT", locale.Euro(m.Total.Net)}, {"TVA collectée", locale.Euro(m.Total.VAT())},
	}
	if m.Total.Sales > 0 {
		items = append(items, [2]string{"Ventes", locale.Int(int64(m.Total.Sales))}, [2]string{"Panier moyen", locale.Euro(m.Total.Basket())})
	}
	return append(items, [2]string{"Écart de caisse", locale.SignedEuro(m.Total.OverShort)})
}

// Book is the summary as a workbook.
func (m Month) Book(h Letterhead) sheet.Book {
	b := h.Book(h.report(monthTitle, locale.MonthName(m.Month)))
	b.Tables = m.tables()
	return b
}
