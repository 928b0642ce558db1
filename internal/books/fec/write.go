package fec

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
)

// Writer writes a file line after line, holding a buffer of fixed size. It refuses an entry that does not balance: the lines of an entry
// follow each other.
type Writer struct {
	to     io.Writer
	buffer []byte
	texts  map[string][]byte // labels as bytes of the file: the same ones come back on every line
	number string            // of the entry being written
	sum    money.Amount      // of its lines
	Totals Totals
	err    error
}

// Totals are what a file comes to.
type Totals struct {
	Lines, Entries int
	Debit, Credit  money.Amount
}

const (
	bufferSize = 1 << 16
	maxTexts   = 4096
)

// NewWriter begins a file with the names of the columns.
func NewWriter(to io.Writer) *Writer {
	w := &Writer{to: to, buffer: make([]byte, 0, bufferSize+4096), texts: map[string][]byte{}}
	w.buffer = append(w.buffer, strings.Join(Columns, "\t")+"\r\n"...)
	return w
}

// Write adds a line. An amount of zero is no line.
func (w *Writer) Write(l Line) error {
	if w.err != nil {
		return w.err
	}
	if err := w.follow(l); err != nil {
		return err
	}
	debit, credit := l.Amount, money.Amount(0)
	if debit < 0 {
		debit, credit = 0, -l.Amount
	}
	w.text(l.JournalCode)
	w.text(l.JournalLabel)
	w.fresh(l.Number)
	w.date(l.On)
	w.text(l.Account)
	w.text(l.AccountLabel)
	w.text(l.Party)
	w.text(l.PartyLabel)
	w.fresh(orDash(l.Piece))
	w.date(l.PieceOn)
	w.text(l.Label)
	w.amount(debit)
	w.amount(credit)
	w.buffer = append(w.buffer, "\t\t"...) // lettering is the accounting program’s affair
	w.date(l.ValidOn)
	w.buffer = append(w.buffer, "\t\r\n"...) // and all is in the currency of the books
	w.Totals.Lines++
	w.Totals.Debit += debit
	w.Totals.Credit += credit
	if len(w.buffer) >= bufferSize {
		w.flush()
	}
	return w.err
}

// follow keeps the sum of the entry a line belongs to.
func (w *Writer) follow(l Line) error {
	if l.Number != w.number || w.Totals.Lines == 0 {
		if err := w.balanced(); err != nil {
			return err
		}
		w.number = l.Number
		w.Totals.Entries++
	}
	w.sum += l.Amount
	return nil
}

func (w *Writer) balanced() error {
	if w.sum != 0 {
		return fmt.Errorf("fec: entry %s is out of balance by %d", w.number, w.sum)
	}
	return nil
}

// Close writes what is left. The writer below stays open.
func (w *Writer) Close() error {
	if w.err == nil {
		w.err = w.balanced()
	}
	if w.err == nil {
		w.flush()
	}
	return w.err
}

func (w *Writer) flush() {
	_, w.err = w.to.Write(w.buffer)
	w.buffer = w.buffer[:0]
}

// text adds a text that comes back on other lines, and a separator.
func (w *Writer) text(s string) {
	encoded, ok := w.texts[s]
	if !ok {
		encoded = Encode(nil, s)
		if len(w.texts) >= maxTexts {
			clear(w.texts)
		}
		w.texts[s] = encoded
	}
	w.buffer = append(append(w.buffer, encoded...), '\t')
}

// fresh adds a text of this line only, and a separator.
func (w *Writer) fresh(s string) { w.buffer = append(Encode(w.buffer, s), '\t') }

func (w *Writer) date(d day.Day) {
	if len(d) == len("2006-01-02") {
		w.buffer = append(append(append(w.buffer, d[0:4]...), d[5:7]...), d[8:10]...)
	}
	w.buffer = append(w.buffer, '\t')
}

func (w *Writer) amount(a money.Amount) {
	w.buffer = append(AppendAmount(w.buffer, a), '\t')
}

// AppendAmount adds an amount as the file writes it: 1234,56.
func AppendAmount(to []byte, a money.Amount) []byte {
	if a < 0 {
		to = append(to, '-')
		a = -a
	}
	to = strconv.AppendInt(to, int64(a/100), 10)
	cents := a % 100
	return append(to, ',', byte('0'+cents/10), byte('0'+cents%10))
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
