// Package table is the one shape of a list of figures, whatever paper it ends on: a room describes its report once, and pdf
// prints it, sheet writes it for a spreadsheet. A cell keeps its value (cents, a date, a number), never only its text.
package table

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

// Kind is the nature of the values of a column, which decides how they are written and on which side they stand.
type Kind int

// The kinds of columns.
const (
	Words  Kind = iota // free text, on the left, wrapped
	Money              // cents, on the right
	Date               // business day, on the left
	Number             // whole number, on the right
)

// Carry says what a column repeats at the foot of a page (« À reporter ») and at the head of the next (« Report »).
type Carry int

// What a column carries forward.
const (
	Nothing Carry = iota
	Sum           // the sum of the Plain rows since the table began
	Last          // the last value written, for a running balance
)

// Column is a column of a table.
type Column struct {
	Label  string
	Kind   Kind
	Weight int   // share of the width that the words columns divide between them on paper; 0 counts for 1
	Carry  Carry // only for Money and Number
}

// Style tells what a row is among the others.
type Style int

// The styles of rows.
const (
	Plain    Style = iota // a fact: the only rows that sums and data files count
	Balance               // a balance before or after the facts
	Group                 // the heading of the rows below it: only its first cell is written, over the whole width
	Subtotal              // the sum of the rows of a group
	Total                 // the sum of the table
	Struck                // a fact that was reversed since: counted like a Plain row, written struck through
)

// Row is a line of a table. Cells missing on the right are empty.
type Row struct {
	Style Style
	Cells []Cell
}

// Table is a list of figures.
type Table struct {
	Title   string
	Info    [][2]string // what the list covers, label and value, for the head of the sheet or of the section
	Columns []Column
	Rows    []Row
	Totals  []Row  // written last; usually of style Total or Balance
	Empty   string // what is written in place of the rows when there are none
}

// MaxRows is the most rows a table may hold, so that no export can exhaust the machine.
const MaxRows = 100_000

// Add puts a row after those there are.
func (t *Table) Add(style Style, cells ...Cell) {
	t.Rows = append(t.Rows, Row{Style: style, Cells: cells})
}

// AddTotal puts a row after the totals there are.
func (t *Table) AddTotal(style Style, cells ...Cell) {
	t.Totals = append(t.Totals, Row{Style: style, Cells: cells})
}

// Check refuses a table that is too long, or a row with more cells than there are columns. The first is the reader’s to solve and is said to them.
func (t *Table) Check() error {
	if len(t.Rows) > MaxRows {
		return fault.Newf(fault.Invalid, "Cette liste dépasse %s lignes%s: choisissez une période plus courte.", locale.Int(MaxRows), locale.NBSP)
	}
	if len(t.Columns) == 0 {
		return fault.Newf(fault.Internal, "table %q has no column", t.Title)
	}
	for _, rows := range [][]Row{t.Rows, t.Totals} {
		for i, r := range rows {
			if len(r.Cells) > len(t.Columns) {
				return fault.Newf(fault.Internal, "table %q: row %d has %d cells for %d columns", t.Title, i+1, len(r.Cells), len(t.Columns))
			}
		}
	}
	return nil
}

// Counts tells whether sums count the row.
func (r Row) Counts() bool { return r.Style == Plain || r.Style == Struck }

// Cell is the row’s cell in a column, empty when the row is shorter.
func (r Row) Cell(column int) Cell {
	if column < len(r.Cells) {
		return r.Cells[column]
	}
	return Cell{}
}

// Sum adds up a column of the rows that count. It is exact: cents and whole numbers only.
func (t *Table) Sum(column int) int64 {
	var sum int64
	for _, r := range t.Rows {
		if r.Counts() {
			sum += r.Cell(column).n
		}
	}
	return sum
}

// Cell is a value. The zero Cell is empty, which is not zero.
type Cell struct {
	kind  Kind
	given bool
	n     int64
	text  string
}

// Text is a cell of words. An empty text is an empty cell.
func Text(s string) Cell { return Cell{kind: Words, given: s != "", text: s} }

// Amount is a cell of money.
func Amount(a money.Amount) Cell { return Cell{kind: Money, given: true, n: int64(a)} }

// Some is a cell of money, empty when the amount is zero.
func Some(a money.Amount) Cell { return Cell{kind: Money, given: a != 0, n: int64(a)} }

// On is a cell of a business day. The empty day is an empty cell.
func On(d day.Day) Cell { return Cell{kind: Date, given: d != "", text: string(d)} }

// Int is a cell of a whole number.
func Int(n int64) Cell { return Cell{kind: Number, given: true, n: n} }

// Kind is the nature of the value.
func (c Cell) Kind() Kind { return c.kind }

// IsEmpty tells whether there is no value.
func (c Cell) IsEmpty() bool { return !c.given }

// Amount is the value of a cell of money.
func (c Cell) Amount() money.Amount { return money.Amount(c.n) }

// Int is the value of a cell of a whole number, the cents of a cell of money.
func (c Cell) Int() int64 { return c.n }

// Day is the value of a cell of a business day.
func (c Cell) Day() day.Day { return day.Day(c.text) }

// String writes the value the French way, amounts without their currency: 1 292,80.
func (c Cell) String() string {
	switch {
	case !c.given:
		return ""
	case c.kind == Money:
		return locale.Amount(money.Amount(c.n))
	case c.kind == Number:
		return locale.Int(c.n)
	case c.kind == Date:
		return locale.Date(day.Day(c.text))
	default:
		return c.text
	}
}

// Of makes a cell of the kind of a column from a sum of that column.
func (c Column) Of(sum int64) Cell {
	if c.Kind == Money {
		return Amount(money.Amount(sum))
	}
	return Int(sum)
}
