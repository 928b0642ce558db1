package sheet

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/paper/table"

	"github.com/xuri/excelize/v2"
)

// Book is a file for a spreadsheet: one sheet for each table.
type Book struct {
	Title       string      // on each sheet, above the title of its table
	Info        [][2]string // who, what period: on each sheet under the title
	Author      string      // of the file: the company
	Software    string      // name and version of the program
	GeneratedAt time.Time
	Tables      []table.Table
}

// WriteXLSX writes the book. Amounts are numbers shown as # ##0,00 €, dates are dates, the header is frozen and filters, totals
// that are the sum of their column are formulas that follow the filter (with their value, for readers that do not compute). It refuses,
// with a fault, a book that is too long.
func (b Book) WriteXLSX(w io.Writer) error {
	rows := 0
	for i := range b.Tables {
		if err := b.Tables[i].Check(); err != nil {
			return err
		}
		rows += len(b.Tables[i].Rows)
	}
	if len(b.Tables) == 0 || rows > table.MaxRows {
		return fault.Newf(fault.Invalid, "Ce classeur compterait plus de %s lignes%s: choisissez une période plus courte.", locale.Int(table.MaxRows), locale.NBSP)
	}
	f := excelize.NewFile()
	defer f.Close()
	looks, err := newStyles(f)
	if err != nil {
		return wrap(err)
	}
	names := sheetNames(b.Tables)
	for i, t := range b.Tables {
		if i == 0 {
			err = f.SetSheetName("Sheet1", names[i])
		} else {
			_, err = f.NewSheet(names[i])
		}
		if err == nil {
			err = (&page{f: f, looks: looks, book: b, t: t, name: names[i]}).write()
		}
		if err != nil {
			return wrap(err)
		}
	}
	at := b.GeneratedAt.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Title: b.Title, Creator: b.Author, LastModifiedBy: b.Software, Created: at, Modified: at, Language: "fr-FR"}); err != nil {
		return wrap(err)
	}
	if err := f.Write(w); err != nil {
		return wrap(err)
	}
	return nil
}

// wrap makes a fault of an error of the spreadsheet library.
func wrap(err error) error {
	return fault.Wrap(fault.Internal, "Ce classeur n’a pas pu être écrit.", err)
}

// page is a sheet being written.
type page struct {
	f     *excelize.File
	looks styles
	book  Book
	t     table.Table
	name  string
	out   *excelize.StreamWriter
	row   int // the last row written
	first int // the first row of the facts
	last  int // and the last
}

// write writes the sheet: title, information, header, rows, totals.
func (p *page) write() error {
	yes := true
	if err := p.f.SetSheetProps(p.name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	out, err := p.f.NewStreamWriter(p.name)
	if err != nil {
		return err
	}
	p.out = out
	if err := p.setUp(); err != nil {
		return err
	}
	if err := p.head(); err != nil {
		return err
	}
	p.first = p.row + 1
	for _, r := range p.t.Rows {
		if err := p.line(r, false); err != nil {
			return err
		}
	}
	p.last = p.row
	for _, r := range p.t.Totals {
		if err := p.line(r, true); err != nil {
			return err
		}
	}
	if err := p.filter(); err != nil {
		return err
	}
	return p.out.Flush()
}

// headRows is the number of rows above the header of the columns.
func (p *page) headRows() int {
	n := 1 + len(p.book.Info) + len(p.t.Info) + 1
	if p.t.Title != "" && p.t.Title != p.book.Title {
		n++
	}
	return n
}

// setUp says how wide the columns are, what stays in sight, and how the sheet prints: A4, as wide as the page, header repeated.
func (p *page) setUp() error {
	for i, width := range p.widths() {
		if err := p.out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	header := p.headRows() + 1
	if err := p.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: header, TopLeftCell: "A" + strconv.Itoa(header+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	a4, one, none, orientation := 9, 1, 0, "portrait"
	if len(p.t.Columns) > 7 {
		orientation = "landscape"
	}
	if err := p.f.SetPageLayout(p.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, FitToWidth: &one, FitToHeight: &none}); err != nil {
		return err
	}
	foot := "&L" + strings.ReplaceAll(p.book.Software, "&", "&&") + "&RPage &P / &N"
	if err := p.f.SetHeaderFooter(p.name, &excelize.HeaderFooterOptions{OddFooter: foot}); err != nil {
		return err
	}
	return p.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: p.name, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(p.name, "'", "''"), header, header),
	})
}

// head writes the titles, the information and the labels of the columns.
func (p *page) head() error {
	if err := p.write1(p.looks.title, p.book.Title); err != nil {
		return err
	}
	if p.t.Title != "" && p.t.Title != p.book.Title {
		if err := p.write1(p.looks.subtitle, p.t.Title); err != nil {
			return err
		}
	}
	for _, info := range [][][2]string{p.book.Info, p.t.Info} {
		for _, item := range info {
			if err := p.write1(p.looks.info, item[0]+locale.NBSP+": "+item[1]); err != nil {
				return err
			}
		}
	}
	p.row++ // an empty row
	labels := make([]any, len(p.t.Columns))
	for i, column := range p.t.Columns {
		labels[i] = excelize.Cell{StyleID: p.looks.header[onRight(column.Kind)], Value: column.Label}
	}
	return p.writeRow(labels)
}

// write1 writes a row of one text.
func (p *page) write1(style int, text string) error {
	return p.writeRow([]any{excelize.Cell{StyleID: style, Value: text}})
}

// writeRow writes the next row.
func (p *page) writeRow(cells []any) error {
	p.row++
	return p.out.SetRow("A"+strconv.Itoa(p.row), cells)
}

// line writes a row of the table.
func (p *page) line(r table.Row, total bool) error {
	cells := make([]any, len(p.t.Columns))
	for i, column := range p.t.Columns {
		cell := r.Cell(i)
		kind := column.Kind
		if !cell.IsEmpty() {
			kind = cell.Kind()
		}
		written := excelize.Cell{StyleID: p.looks.rows[r.Style][kind], Value: value(cell)}
		if total && p.sums(i, cell) {
			name, err := excelize.ColumnNumberToName(i + 1)
			if err != nil {
				return err
			}
			written.Formula = fmt.Sprintf("SUBTOTAL(109,%s%d:%s%d)", name, p.first, name, p.last)
		}
		cells[i] = written
	}
	return p.writeRow(cells)
}

// sums tells whether a cell of a total is exactly the sum of all that stands above it in its column.
func (p *page) sums(column int, c table.Cell) bool {
	if c.IsEmpty() || !onRight(c.Kind()) || p.last < p.first {
		return false
	}
	var all int64
	for _, r := range p.t.Rows {
		if above := r.Cell(column); onRight(above.Kind()) {
			all += above.Int()
		}
	}
	return all == c.Int()
}

// filter puts the buttons of a filter on the header.
func (p *page) filter() error {
	if p.last < p.first {
		return nil
	}
	name, err := excelize.ColumnNumberToName(len(p.t.Columns))
	if err != nil {
		return err
	}
	return p.f.AutoFilter(p.name, fmt.Sprintf("A%d:%s%d", p.first-1, name, p.last), nil)
}

// value is what a cell of the spreadsheet holds. A spreadsheet’s numbers are binary: an amount goes there through its
// decimal writing, so that what is read back is the same cents.
func value(c table.Cell) any {
	switch {
	case c.IsEmpty():
		return nil
	case c.Kind() == table.Money:
		number, err := strconv.ParseFloat(strings.ReplaceAll(locale.Input(c.Amount()), ",", "."), 64)
		if err != nil {
			return c.String()
		}
		return number
	case c.Kind() == table.Number:
		return c.Int()
	case c.Kind() == table.Date:
		return c.Day().Time()
	default:
		return c.String()
	}
}

// onRight tells whether values of a kind are figures.
func onRight(k table.Kind) bool { return k == table.Money || k == table.Number }

// widths are those of the columns, in characters: what is written, within bounds.
func (p *page) widths() []float64 {
	widths := make([]float64, len(p.t.Columns))
	for i, column := range p.t.Columns {
		longest := utf8.RuneCountInString(column.Label) + 3 // the button of the filter
		for _, rows := range [][]table.Row{p.t.Rows, p.t.Totals} {
			for _, r := range rows {
				if r.Counts() || onRight(r.Cell(i).Kind()) {
					longest = max(longest, utf8.RuneCountInString(r.Cell(i).String())+2)
				}
			}
		}
		if column.Kind == table.Money {
			longest += 2 // the sign of the currency
		}
		widths[i] = float64(min(max(longest, 8), 60))
	}
	return widths
}

// sheetNames are the titles of the tables made fit for tabs: 31 characters at most, none of []:*?/\, each once.
func sheetNames(tables []table.Table) []string {
	names := make([]string, len(tables))
	taken := map[string]bool{}
	for i, t := range tables {
		base := strings.TrimSpace(strings.Map(func(r rune) rune {
			if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
				return ' '
			}
			return r
		}, t.Title))
		if base == "" {
			base = "Feuille " + strconv.Itoa(i+1)
		}
		name := cut(base, 31)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			suffix := " " + strconv.Itoa(n)
			name = cut(base, 31-len(suffix)) + suffix
		}
		taken[strings.ToLower(name)] = true
		names[i] = name
	}
	return names
}

// cut keeps the first characters of a text.
func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most]))
	}
	return s
}
