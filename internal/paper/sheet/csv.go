package sheet

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/table"
)

// bom tells a spreadsheet that the file is UTF-8.
const bom = "\uFEFF"

// WriteCSV writes the header and the rows that count, without titles, balances nor totals, so that a program can read the
// file: UTF-8 with its mark, semicolons, CRLF, decimal comma, no thousands apart, dates 20/11/2026. A text that a spreadsheet
// would run as a formula is neutralised. It refuses, with a fault, a table that is too long.
func WriteCSV(w io.Writer, t table.Table) error {
	if err := t.Check(); err != nil {
		return err
	}
	if _, err := io.WriteString(w, bom); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	out.UseCRLF = true
	record := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		record[i] = inert(column.Label)
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for _, r := range t.Rows {
		if !r.Counts() {
			continue
		}
		for i := range record {
			record[i] = field(r.Cell(i))
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// field is the text of a cell in a CSV file.
func field(c table.Cell) string {
	switch {
	case c.IsEmpty():
		return ""
	case c.Kind() == table.Money:
		return locale.Input(money.Amount(c.Int()))
	case c.Kind() == table.Number:
		return strings.ReplaceAll(strings.ReplaceAll(locale.Int(c.Int()), locale.NBSP, ""), "−", "-")
	case c.Kind() == table.Date:
		return c.String()
	default:
		return inert(c.String())
	}
}

// inert makes sure that no spreadsheet runs a text as a formula: one whose first sign is = + - @ (or their wide forms), a tab
// or the end of a line gets an apostrophe before it. Spaces before the sign do not hide it.
func inert(s string) string {
	bare := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) && r != '\t' && r != '\r' && r != '\n' || r == '\uFEFF' })
	first, _ := utf8.DecodeRuneInString(bare)
	if bare != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + s
	}
	return s
}
