package sheet

import (
	"encaisse/internal/paper/table"

	"github.com/xuri/excelize/v2"
)

// styles are the looks of the cells of a file, by the style of the row and the kind of the value.
type styles struct {
	title, subtitle, info int
	header                map[bool]int // on the right or not
	rows                  map[table.Style]map[table.Kind]int
}

// The formats of numbers, in the neutral writing of the file: a French spreadsheet shows # ##0,00 € and jj/mm/aaaa.
var formats = map[table.Kind]string{table.Money: `#,##0.00\ "€"`, table.Number: "#,##0", table.Date: "dd/mm/yyyy"}

const (
	ink   = "14221E"
	brand = "0D5B4D"
	tint  = "F2F3EF"
	edge  = "858D86"
)

// newStyles declares the styles in a file.
func newStyles(f *excelize.File) (styles, error) {
	s := styles{header: map[bool]int{}, rows: map[table.Style]map[table.Kind]int{}}
	var failed error
	declare := func(style *excelize.Style) int {
		id, err := f.NewStyle(style)
		if err != nil && failed == nil {
			failed = err
		}
		return id
	}
	s.title = declare(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 16, Color: ink}})
	s.subtitle = declare(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 12, Color: brand}})
	s.info = declare(&excelize.Style{Font: &excelize.Font{Size: 10, Color: "45534E"}})
	for _, right := range []bool{false, true} {
		s.header[right] = declare(&excelize.Style{
			Font: &excelize.Font{Bold: true, Color: brand}, Fill: solid(tint),
			Border:    []excelize.Border{{Type: "bottom", Style: 2, Color: brand}},
			Alignment: &excelize.Alignment{Horizontal: side(right), Vertical: "center", WrapText: true},
		})
	}
	for _, row := range []table.Style{table.Plain, table.Balance, table.Group, table.Subtotal, table.Total, table.Struck} {
		s.rows[row] = map[table.Kind]int{}
		for _, kind := range []table.Kind{table.Words, table.Money, table.Date, table.Number} {
			s.rows[row][kind] = declare(look(row, kind))
		}
	}
	return s, failed
}

// look is the style of a cell.
func look(row table.Style, kind table.Kind) *excelize.Style {
	style := &excelize.Style{Font: &excelize.Font{Color: ink}, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: side(onRight(kind))}}
	if format, ok := formats[kind]; ok {
		style.CustomNumFmt = &format
	}
	switch row {
	case table.Total:
		style.Font.Bold, style.Fill = true, solid(tint)
		style.Border = []excelize.Border{{Type: "top", Style: 1, Color: ink}}
	case table.Subtotal:
		style.Font.Bold = true
		style.Border = []excelize.Border{{Type: "top", Style: 1, Color: edge}}
	case table.Balance:
		style.Font.Bold = true
	case table.Group:
		style.Font.Bold, style.Font.Color = true, brand
	case table.Struck:
		style.Font.Strike, style.Font.Color = true, edge
	}
	return style
}

// solid is a plain background.
func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

// side is the alignment of figures and of words.
func side(right bool) string {
	if right {
		return "right"
	}
	return "left"
}
