package accounting

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
	"encaisse/internal/books/fec"
)

// The layouts.
const (
	FormatFEC     = "fec"
	FormatSage100 = "sage100"
	FormatXImport = "ximport"
	FormatQuadra  = "quadra"
	FormatCegid   = "cegid"
	FormatEBP     = "ebp"
	FormatACD     = "acd"
)

// Layout is a file some accounting program imports.
type Layout struct {
	Format    string
	Label     string
	Help      string // what to do with it there
	Extension string
	Media     string
	write     func(to *bytes.Buffer, entries []DayEntry)
}

const plainText = "text/plain; charset=iso-8859-15"

// Layouts lists the layouts, the most general first.
func Layouts() []Layout {
	return []Layout{
		{FormatFEC, "FEC", "Les 18 colonnes du fichier des écritures comptables\u00a0: presque tous les logiciels l’importent.", "txt", plainText, writeFECLayout},
		{FormatSage100, "Sage\u00a0100 (texte à tabulations)", "Dans Sage\u00a0100\u00a0: Importer, Format paramétrable, avec les colonnes du modèle d’import de Sage\u00a0; la première ligne porte leurs titres.", "txt", plainText, writeSage100},
		{FormatXImport, "Sage\u00a050 et Ciel (XIMPORT)", "Dans le logiciel\u00a0: Échange, puis Importation d’écritures.", "txt", plainText, writeXImport},
		{FormatQuadra, "Cegid Quadra (ASCII)", "Dans QuadraCompta\u00a0: Outils, puis Import ASCII.", "asc", plainText, writeQuadra},
		{FormatCegid, "Cegid (texte à points-virgules)", "Date, journal, compte, auxiliaire, sens, montant, libellé, pièce.", "csv", plainText, writeCegid},
		{FormatEBP, "EBP Comptabilité (texte)", "Dans EBP\u00a0: Outils, puis Import d’écritures.", "txt", plainText, writeEBP},
		{FormatACD, "ACD (i-Suite Expert)", "Texte à points-virgules, une ligne par compte.", "csv", plainText, writeACD},
	}
}

// LayoutOf finds a layout.
func LayoutOf(format string) (Layout, bool) {
	for _, l := range Layouts() {
		if l.Format == format {
			return l, true
		}
	}
	return Layout{}, false
}

// latin is a text as the layouts write it, without what separates fields, cut to size characters when size is not 0.
func latin(text string, size int) string {
	encoded := fec.Encode(nil, strings.NewReplacer(";", ",", `"`, "'").Replace(text))
	if size > 0 && len(encoded) > size {
		encoded = encoded[:size]
	}
	return string(encoded)
}

// ascii is a text without accents, as the oldest layouts want it, cut to size characters.
func ascii(text string, size int) string {
	plain := latin(unaccented(text), 0)
	plain = strings.Map(func(r rune) rune {
		if r >= 0x7f {
			return '?'
		}
		return r
	}, plain)
	return plain[:min(len(plain), size)]
}

// atLeft and atRight bring a text to a width.
func atLeft(text string, size int) string {
	return fmt.Sprintf("%-*s", size, text[:min(len(text), size)])
}

func atRight(text string, size int) string {
	return fmt.Sprintf("%*s", size, text[:min(len(text), size)])
}

// amount is 1234,56.
func amount(a money.Amount) string { return string(fec.AppendAmount(nil, a.Abs())) }

// bothSides are the debit and the credit of an amount, one of them 0,00.
func bothSides(a money.Amount) (debit, credit string) {
	if a < 0 {
		return amount(0), amount(a)
	}
	return amount(a), amount(0)
}

// sense is D or C.
func sense(a money.Amount) string {
	if a < 0 {
		return "C"
	}
	return "D"
}

// shortDate writes a day as its layout says: ddmmyy, ddmmyyyy, yyyymmdd.
func shortDate(d day.Day, layout string) string { return d.Time().Format(layout) }

// target is the account a line goes to: the subsidiary one when it has one.
func (l DayLine) target() string {
	if l.Third != "" {
		return l.Third
	}
	return l.Account
}

// eachLine calls write with every line, the rank of its entry from 1 and its own.
func eachLine(entries []DayEntry, write func(e DayEntry, l DayLine, entry, line int)) {
	n := 0
	for i, e := range entries {
		for _, l := range e.Lines {
			n++
			write(e, l, i+1, n)
		}
	}
}

func writeFECLayout(to *bytes.Buffer, entries []DayEntry) {
	w := fec.NewWriter(to)
	eachLine(entries, func(e DayEntry, l DayLine, entry, _ int) {
		w.Write(fec.Line{JournalCode: e.Journal.Code, JournalLabel: e.Journal.Label, Number: strconv.Itoa(entry), On: e.On, Account: l.Account, AccountLabel: l.AccountLabel,
			Party: l.Third, PartyLabel: l.ThirdLabel, Piece: e.Piece, PieceOn: e.On, Label: e.Label, Amount: l.Amount, ValidOn: e.On})
	})
	w.Close() // entries out of balance were refused before
}

// writeSage100 writes the columns of the example of import that Sage publishes for Sage 100: developer.sage.com/100, « Exemples mappage import
// texte ». G is a line of the general ledger; the lines of a document have the same journal, date and number.
func writeSage100(to *bytes.Buffer, entries []DayEntry) {
	row := func(columns ...string) {
		for i, c := range columns {
			columns[i] = latin(c, 35)
		}
		to.WriteString(strings.Join(columns, "\t") + "\r\n")
	}
	row("", "Jou", "Date", "N°", "Général", "Tiers", "Libellé", "Règlement", "Echéance", "Débit", "Crédit")
	eachLine(entries, func(e DayEntry, l DayLine, _, _ int) {
		debit, credit := bothSides(l.Amount)
		row("G", e.Journal.Code, shortDate(e.On, "020106"), ascii(e.Piece, 13), l.Account, l.Third, e.Label, "", "", debit, credit)
	})
}

// writeXImport writes 139 characters a line: number of movement 5, journal 2, date 8, due date 8, document 12, account 11, label 25, amount 13,
// side 1, analytic 18, label of the account 34, currency and version 5.
func writeXImport(to *bytes.Buffer, entries []DayEntry) {
	eachLine(entries, func(e DayEntry, l DayLine, entry, _ int) {
		to.WriteString(atRight(strconv.Itoa(entry), 5) + atLeft(e.Journal.Code, 2) + shortDate(e.On, "20060102") + shortDate(e.On, "20060102") + atLeft(ascii(e.Piece, 12), 12) +
			atLeft(l.target(), 11) + atLeft(ascii(e.Label, 25), 25) + atRight(amount(l.Amount), 13) + sense(l.Amount) + strings.Repeat(" ", 18) + atLeft(ascii(l.AccountLabel, 34), 34) + "O2003\r\n")
	})
}

// writeQuadra writes the lines M of QuadraCompta, and before those of a third party a line C that makes its account known.
func writeQuadra(to *bytes.Buffer, entries []DayEntry) {
	known := map[string]bool{}
	eachLine(entries, func(e DayEntry, l DayLine, entry, _ int) {
		if l.Third != "" && !known[l.Third] {
			known[l.Third] = true
			to.WriteString("C" + atLeft(l.Third, 8) + atLeft(ascii(l.ThirdLabel, 30), 30) + atLeft(strings.ToUpper(ascii(l.ThirdLabel, 7)), 7) + strings.Repeat(" ", 52) + atLeft(l.Account, 8) +
				strings.Repeat(" ", 110) + " " + quadraKind(l.Account) + strings.Repeat(" ", 235) + "\r\n")
		}
		cents := fmt.Sprintf("%012d", int64(l.Amount.Abs()))
		number := strconv.Itoa(entry)
		to.WriteString("M" + atLeft(l.target(), 8) + atLeft(e.Journal.Code, 2) + "000" + shortDate(e.On, "020106") + " " + atLeft(ascii(e.Label, 20), 20) + sense(l.Amount) + "+" + cents +
			strings.Repeat(" ", 8) + "000000" + strings.Repeat(" ", 5) + atLeft(number, 5) + strings.Repeat(" ", 20) + atLeft(number, 8) + "EUR" + atLeft(e.Journal.Code, 3) + "   " +
			atLeft(ascii(e.Label, 30), 30) + "  " + atLeft(ascii(e.Piece, 10), 10) + strings.Repeat(" ", 10+13+12+38) + "\r\n")
	})
}

// quadraKind is C for the account of a customer, F for that of a supplier.
func quadraKind(account string) string {
	if strings.HasPrefix(account, "40") {
		return "F"
	}
	return "C"
}

func writeCegid(to *bytes.Buffer, entries []DayEntry) {
	eachLine(entries, func(e DayEntry, l DayLine, _, _ int) {
		to.WriteString(strings.Join([]string{shortDate(e.On, "02012006"), e.Journal.Code, l.Account, l.Third, sense(l.Amount), amount(l.Amount), ascii(e.Label, 60), e.Piece}, ";") + "\r\n")
	})
}

func writeEBP(to *bytes.Buffer, entries []DayEntry) {
	eachLine(entries, func(e DayEntry, l DayLine, _, line int) {
		point := strings.Replace(amount(l.Amount), ",", ".", 1)
		to.WriteString(strings.Join([]string{strconv.Itoa(line), shortDate(e.On, "02012006"), e.Journal.Code, l.target(), `"` + latin(e.Label, 40) + `"`, `"` + latin(e.Piece, 15) + `"`,
			point, sense(l.Amount), shortDate(e.On, "02012006")}, ",") + "\r\n")
	})
}

func writeACD(to *bytes.Buffer, entries []DayEntry) {
	eachLine(entries, func(e DayEntry, l DayLine, entry, _ int) {
		debit, credit := bothSides(l.Amount)
		name := l.AccountLabel
		if l.Third != "" {
			name = l.ThirdLabel
		}
		to.WriteString(strings.Join([]string{strconv.Itoa(entry), shortDate(e.On, "02/01/2006"), shortDate(e.On, "2006"), shortDate(e.On, "01"), shortDate(e.On, "02"), e.Piece, latin(e.Label, 60),
			l.target(), latin(name, 60), debit, credit, amount(l.Amount), e.Journal.Code}, ";") + "\r\n")
	})
}
