package company

import (
	"bytes"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/paper/pdf"
	"encaisse/internal/paper/sheet"
	"encaisse/internal/paper/table"
	"encaisse/internal/web"
)

// Letterhead is what every paper of a company says of itself.
type Letterhead struct {
	Issuer   pdf.Issuer
	Software string // name and version of the program
	At       time.Time
	Place    *time.Location
	By       string // who printed it
}

// LoadLetterhead reads the identity of the company, and that of a location when the paper is about one ("" for none).
func LoadLetterhead(q db.Querier, location, software, by string) (Letterhead, error) {
	h := Letterhead{Software: software, At: q.Now(), By: by}
	s, err := Load(q)
	if err != nil {
		return h, err
	}
	h.Place = s.Zone()
	h.Issuer = pdf.Issuer{Name: s.DisplayName(), LegalForm: s.LegalLine(), Address: []string{s.Address.Line()}, SIREN: s.SIREN, VATNumber: s.VATNumber, NAF: s.NAF, RCS: s.RCS}
	if location == "" {
		return h, nil
	}
	l, err := LocationByID(q, location)
	if err != nil {
		return h, err
	}
	h.Issuer.SIRET = l.SIRET
	if line := l.Address.Line(); line != "" {
		h.Issuer.Address = []string{line}
	}
	return h, nil
}

// LegalLine is what the law calls the company, where its sign says something else, and its form and capital.
func (s Settings) LegalLine() string {
	line := s.LegalForm
	if line != "" && s.Capital != "" {
		line += " au capital de " + s.Capital
	}
	switch {
	case s.LegalName == "" || s.LegalName == s.DisplayName():
		return line
	case line == "":
		return s.LegalName
	}
	return s.LegalName + ", " + line
}

// Report is a list of money as a file: the same figures whatever the format.
type Report struct {
	Name            string // of the file, without extension
	Title, Subtitle string
	About           string // what the subtitle is called in a workbook, « Objet » when it is left out
	Period          string
	Notes           []string
	Figures         [][2]string
	Tables          []table.Table
	Landscape       bool
	Visa            []string
}

// Document is the report on paper.
func (h Letterhead) Document(r Report) *pdf.Document {
	d := &pdf.Document{Title: r.Title, Subtitle: r.Subtitle, Period: r.Period, Unit: "Montants en euros", Issuer: h.Issuer, Software: h.Software, GeneratedAt: h.At, Place: h.Place, By: h.By,
		Notes: r.Notes, Landscape: r.Landscape}
	if len(r.Figures) > 0 {
		d.Add(pdf.Figures{Items: r.Figures})
	}
	for _, t := range r.Tables {
		d.Add(pdf.Table{Table: t})
	}
	if len(r.Visa) > 0 {
		d.Add(pdf.Visa{Labels: r.Visa})
	}
	return d
}

// Book is the report as a workbook.
func (h Letterhead) Book(r Report) sheet.Book {
	edited := "le " + locale.DateTime(h.At, h.Place)
	if h.By != "" {
		edited += " par " + h.By
	}
	if r.About == "" {
		r.About = "Objet"
	}
	b := sheet.Book{Title: r.Title, Author: h.Issuer.Name, Software: h.Software, GeneratedAt: h.At, Tables: r.Tables, Info: [][2]string{{"Société", h.Issuer.Name}}}
	for _, info := range [][2]string{{r.About, r.Subtitle}, {"Période", r.Period}, {"Édité", edited}} {
		if info[1] != "" {
			b.Info = append(b.Info, info)
		}
	}
	return b
}

// Formats a report is given in.
const (
	FormatPDF  = "pdf"
	FormatXLSX = "xlsx"
	FormatCSV  = "csv"
)

// Send answers with a report in a format: shown for a PDF, kept for the others. A CSV is its first table. Fault NotFound for another format.
func (h Letterhead) Send(c *web.Ctx, format string, r Report) error {
	var body bytes.Buffer
	switch format {
	case FormatPDF:
		if err := h.Document(r).Write(&body); err != nil {
			return err
		}
		return c.Show(r.Name+".pdf", "application/pdf", body.Bytes())
	case FormatXLSX:
		b := h.Book(r)
		if err := b.WriteXLSX(&body); err != nil {
			return err
		}
		return c.Send(r.Name+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body.Bytes())
	case FormatCSV:
		if err := sheet.WriteCSV(&body, r.Tables[0]); err != nil {
			return err
		}
		return c.Send(r.Name+".csv", "text/csv; charset=utf-8", body.Bytes())
	}
	return fault.New(fault.NotFound, "Ce format n’existe pas.")
}
