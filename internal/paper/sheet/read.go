package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
)

// The largest list read.
const (
	maxReadRows    = 20_000
	maxReadColumns = 120
	maxReadCell    = 2000 // bytes
	unzipLimit     = 64 << 20
)

// Read reads the first list of a file: a workbook (XLSX), or text whose encoding (UTF-8, UTF-16 with its mark, else Windows-1252) and
// separator (semicolon, comma, tab, bar) are found out. Lines keep their numbers: an empty one is an empty row. Dates of a workbook are
// their serial number, see Serial. What cannot be read is a fault that says what to do.
func Read(body []byte) ([][]string, error) {
	var rows [][]string
	var err error
	if bytes.HasPrefix(body, []byte("PK\x03\x04")) {
		rows, err = readXLSX(body)
	} else {
		rows, err = readCSV(body)
	}
	if err != nil {
		return nil, err
	}
	for len(rows) > 0 && blank(rows[len(rows)-1]) {
		rows = rows[:len(rows)-1]
	}
	if len(rows) > maxReadRows {
		return nil, fault.Newf(fault.Invalid, "Ce fichier a plus de %s lignes\u00a0: coupez-le en plusieurs.", locale.Int(maxReadRows))
	}
	for i, row := range rows {
		if len(row) > maxReadColumns {
			return nil, fault.Newf(fault.Invalid, "La ligne %d a plus de %d colonnes.", i+1, maxReadColumns)
		}
		for j, cell := range row {
			if len(cell) > maxReadCell {
				return nil, fault.Newf(fault.Invalid, "La ligne %d a une case de plus de %d caractères.", i+1, maxReadCell)
			}
			row[j] = strings.TrimSpace(cell)
		}
	}
	return rows, nil
}

func blank(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" }

func readCSV(body []byte) ([][]string, error) {
	text, err := decodeText(body)
	if err != nil {
		return nil, err
	}
	if strings.ContainsRune(text, 0) {
		return nil, fault.New(fault.Invalid, "Ce fichier n’est ni du texte (CSV) ni un classeur Excel (XLSX). Enregistrez-le dans l’un de ces formats.")
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(text), -1, true
	var rows [][]string
	for {
		row, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, "Ce fichier ne se lit pas comme une liste. Vérifiez ses guillemets.", err)
		}
		for line, _ := r.FieldPos(0); len(rows) < line-1 && len(rows) <= maxReadRows; {
			rows = append(rows, nil) // the reader skips empty lines
		}
		if rows = append(rows, row); len(rows) > maxReadRows {
			return rows, nil
		}
	}
}

func decodeText(body []byte) (string, error) {
	switch {
	case bytes.HasPrefix(body, []byte(bom)):
		return string(body[len(bom):]), nil
	case bytes.HasPrefix(body, []byte{0xFF, 0xFE}), bytes.HasPrefix(body, []byte{0xFE, 0xFF}):
		little := body[0] == 0xFF
		units := make([]uint16, 0, len(body)/2)
		for b := body[2:]; len(b) >= 2; b = b[2:] {
			if little {
				units = append(units, uint16(b[0])|uint16(b[1])<<8)
			} else {
				units = append(units, uint16(b[1])|uint16(b[0])<<8)
			}
		}
		return string(utf16.Decode(units)), nil
	case utf8.Valid(body):
		return string(body), nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(body)
	return string(text), err
}

// separator is the sign that parts the first lines in the most columns, alike from line to line.
func separator(text string) rune {
	lines := strings.SplitN(text, "\n", 12)
	best, most := ';', 0
	for _, sign := range []rune{';', '\t', ',', '|'} {
		counts, score := map[int]int{}, 0
		for _, line := range lines[:min(len(lines), 11)] {
			if n := strings.Count(line, string(sign)); n > 0 {
				counts[n]++
				score = max(score, n+10*counts[n])
			}
		}
		if score > most {
			best, most = sign, score
		}
	}
	return best
}

func readXLSX(body []byte) ([][]string, error) {
	unreadable := func(err error) error {
		return fault.Wrap(fault.Invalid, "Ce classeur ne s’ouvre pas. Enregistrez-le de nouveau au format Excel (XLSX), sans mot de passe.", err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(body), excelize.Options{UnzipSizeLimit: unzipLimit, UnzipXMLSizeLimit: unzipLimit, RawCellValue: true})
	if err != nil {
		return nil, unreadable(err)
	}
	defer f.Close()
	names := f.GetSheetList()
	if len(names) == 0 {
		return nil, unreadable(errors.New("no sheet"))
	}
	cursor, err := f.Rows(names[0])
	if err != nil {
		return nil, unreadable(err)
	}
	defer cursor.Close()
	var rows [][]string
	for cursor.Next() && len(rows) <= maxReadRows {
		row, err := cursor.Columns()
		if err != nil {
			return nil, unreadable(err)
		}
		for i, cell := range row {
			row[i] = exact(cell)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// exact gives a number of a workbook back the decimals it was typed with: 1292.8000000000002, as binary fractions keep it, is 1292.8.
func exact(cell string) string {
	if len(cell) < 8 || !strings.ContainsAny(cell, ".eE") || strings.Trim(cell, "0123456789.-+eE") != "" {
		return cell
	}
	n, ok := new(big.Rat).SetString(cell)
	if !ok {
		return cell
	}
	text := n.FloatString(4)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// firstSerial is the day zero of a workbook’s calendar, as it counts after February 1900.
const firstSerial day.Day = "1899-12-30"

// Serial reads a day written as a workbook keeps it: 46346, or 46346.75 with the hour. ok is false for any other text, and for days that
// are not of our time.
func Serial(cell string) (on day.Day, ok bool) {
	whole, _, _ := strings.Cut(cell, ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 20_000 || n > 80_000 {
		return "", false
	}
	return firstSerial.Add(n), true
}
