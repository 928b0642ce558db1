package pdf

import (
	"bytes"
	"io"
	"time"

	"encaisse/internal/base/fault"
	"encaisse/internal/paper/table"
)

// Document is a report to print.
type Document struct {
	Title       string // what it is: Journal de caisse
	Subtitle    string // of what: Épicerie des Halles, caisse 1
	Period      string // du 1er au 30 novembre 2026
	Unit        string // written beside every table of money: Montants en euros
	Issuer      Issuer
	Software    string         // name and version of the program: Encaisse 1.0.0
	GeneratedAt time.Time      // the instant of printing; the only date of the file
	Place       *time.Location // the time zone of GeneratedAt
	By          string         // the person who printed it
	Notes       []string       // at the foot of every page; two short lines at most
	Landscape   bool
	Body        []Block
}

// Issuer is who answers for the document. Empty parts are left out.
type Issuer struct {
	Name      string   // ÉPICERIE DES HALLES
	LegalForm string   // SARL au capital de 10 000 €
	Address   []string // lines of the postal address
	SIREN     string   // 9 digits, spaced here; left out when there is a SIRET
	SIRET     string   // 14 digits, spaced here
	VATNumber string   // FR32123456789
	NAF       string   // 47.11C
	RCS       string   // RCS Lyon 123 456 789
}

// Block is a part of the body: Figures, Table, Proof or Visa.
type Block interface {
	// lead is the height in millimetres of what must not be parted at its beginning: a title never ends a page.
	lead(c *canvas) float64
	draw(c *canvas)
}

// maxRows is the most table rows of a document, some five hundred pages. Past it a spreadsheet serves better.
const maxRows = 20_000

// Add puts blocks after those there are.
func (d *Document) Add(blocks ...Block) { d.Body = append(d.Body, blocks...) }

// Write prints the document. It refuses, with a fault said to the reader, a document of more than 20 000 rows.
func (d *Document) Write(w io.Writer) error {
	out, err := d.Bytes()
	if err != nil {
		return err
	}
	_, err = w.Write(out)
	return err
}

// Bytes prints the document in memory. Its faults are those of Write.
func (d *Document) Bytes() ([]byte, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	c := newCanvas(d)
	c.addPage()
	for _, b := range d.Body {
		c.ensure(b.lead(c))
		b.draw(c)
	}
	c.feet()
	if c.err != nil {
		return nil, c.err
	}
	var out bytes.Buffer
	if err := c.f.Output(&out); err != nil {
		return nil, fault.Wrap(fault.Internal, "Ce document n’a pas pu être imprimé.", err)
	}
	return out.Bytes(), nil
}

// check refuses what cannot be printed whole.
func (d *Document) check() error {
	if d.Place == nil || d.GeneratedAt.IsZero() {
		return fault.New(fault.Internal, "a document needs the instant and the place it is printed at")
	}
	rows := 0
	for _, b := range d.Body {
		var t table.Table
		switch b := b.(type) {
		case Table:
			t = b.Table
		case Proof:
			t = b.Table
		default:
			continue
		}
		if err := t.Check(); err != nil {
			return err
		}
		rows += len(t.Rows)
	}
	if rows > maxRows {
		return fault.New(fault.Invalid, "Ce document compterait plus de cinq cents pages. Choisissez une période plus courte, ou exportez vers Excel.")
	}
	return nil
}
