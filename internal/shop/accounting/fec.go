package accounting

import (
	"io"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/siren"
	"encaisse/internal/books/fec"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/company"
)

// Years are the financial years that have entries, the earliest first: those declared, and elsewhere those of the settings.
func Years(q db.Querier) ([]period.Year, error) {
	settings, err := company.Load(q)
	if err != nil {
		return nil, err
	}
	declared, err := period.Years(q)
	if err != nil {
		return nil, err
	}
	days, err := ledger.EntryDays(q)
	if err != nil {
		return nil, err
	}
	var years []period.Year
	for _, on := range days {
		if n := len(years); n > 0 && on <= years[n-1].Last {
			continue
		}
		year := period.Year{}
		year.First, year.Last = settings.FiscalYear(on)
		for _, y := range declared {
			if y.First <= on && on <= y.Last {
				year = y
			}
		}
		years = append(years, year)
	}
	return years, nil
}

// YearOf is how a financial year is called: by the year it closes in.
func YearOf(y period.Year) string { return string(y.Last[:4]) }

// FECName is the name of the file of a year. Fault Invalid when the company has no SIREN, which the name begins with.
func FECName(q db.Querier, year period.Year) (string, error) {
	settings, err := company.Load(q)
	if err != nil {
		return "", err
	}
	if !siren.Valid(settings.SIREN) {
		return "", fault.New(fault.Invalid, "Le nom du fichier des écritures commence par le SIREN\u00a0: indiquez-le dans Réglages\u00a0› Société et boutiques.")
	}
	return fec.Name(settings.SIREN, year.Last), nil
}

// WriteFEC writes the file of accounting entries of a financial year: the balances it opens with, then each entry of the ledger in the order
// it was posted, which is that in which it became final. Whatever the number of entries it holds few of them at a time.
func WriteFEC(q db.Querier, to io.Writer, year period.Year) (fec.Totals, error) {
	b, err := loadBooks(q)
	if err != nil {
		return fec.Totals{}, err
	}
	w := fec.NewWriter(to)
	if err := b.writeOpening(q, w, year.First); err != nil {
		return fec.Totals{}, err
	}
	n := 0
	err = ledger.Walk(q, year.First, year.Last, func(p ledger.Posted) error {
		if b.leftOut(p) {
			return nil
		}
		n++
		return b.writeEntry(w, p, strconv.Itoa(n))
	})
	if err != nil {
		return fec.Totals{}, err
	}
	err = w.Close()
	return w.Totals, err
}

// writeOpening writes the balances a year opens with, as one entry.
func (b books) writeOpening(q db.Querier, w *fec.Writer, first day.Day) error {
	carried, err := b.carried(q, first.Add(-1))
	if err != nil {
		return err
	}
	j := b.settings.Opening
	for _, c := range carried {
		err := w.Write(fec.Line{JournalCode: j.Code, JournalLabel: j.Label, Number: "OUVERTURE/" + string(first[:4]), On: first, Account: c.code, AccountLabel: c.label,
			Party: c.third, PartyLabel: c.thirdLabel, PieceOn: first, Label: "Solde d’ouverture", Amount: c.amount, ValidOn: first})
		if err != nil {
			return err
		}
	}
	return nil
}

// writeEntry writes an entry of the ledger.
func (b books) writeEntry(w *fec.Writer, p ledger.Posted, number string) error {
	j := b.journal(p)
	line := fec.Line{JournalCode: j.Code, JournalLabel: j.Label, Number: number, On: p.On, Piece: b.piece(p), PieceOn: p.On, ValidOn: b.civil(p.At)}
	for _, l := range p.Lines {
		a := b.accounts[l.Account]
		line.Account, line.AccountLabel, line.Amount, line.Label = a.code, a.label, l.Amount, l.Memo
		if line.Label == "" {
			line.Label = p.Memo
		}
		if line.Label == "" {
			line.Label = a.label
		}
		line.Party, line.PartyLabel = b.third(a, l.Party)
		if err := w.Write(line); err != nil {
			return err
		}
	}
	return nil
}

// piece is the document an entry comes from: the day’s sheet, or else the number of the entry in the cash journal.
func (b books) piece(p ledger.Posted) string {
	if !strings.HasPrefix(p.Source, "daysheet:") {
		return "E" + strconv.FormatInt(p.Seq, 10)
	}
	return b.sheetPiece(p.Place, day.Day(p.Source[max(0, len(p.Source)-10):]))
}

// sheetPiece names the sheet of a day: J20261120, and the rank of the box when there are several.
func (b books) sheetPiece(place string, on day.Day) string {
	name := "J" + strings.ReplaceAll(string(on), "-", "")
	if len(b.boxes) > 1 {
		name += "-" + strconv.Itoa(b.boxes[place].n)
	}
	return name
}
