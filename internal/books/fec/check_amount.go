package fec

import (
	"bufio"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/money"

	"golang.org/x/text/currency"
	"golang.org/x/text/encoding/charmap"
)

var (
	decimalText = regexp.MustCompile(`^([+-]?)([0-9]+)(?:,([0-9]*))?([+-]?)$`)
	blankWithin = regexp.MustCompile(`[0-9][ '\x{a0}\x{202f}][0-9]`)
)

// decimal reads an amount of the books, in cents. A blank one was told already.
func (c *checker) decimal(column int, text string) (money.Amount, bool) {
	if text == "" {
		return 0, false
	}
	m := c.number(column, text)
	if m == nil {
		return 0, false
	}
	fraction := m[3] + "00"
	if strings.Trim(fraction[2:], "0") != "" {
		c.fault(Anomaly, "le champ %s «\u00a0%s\u00a0» a plus de deux décimales", c.columns[column], text)
	}
	units, err := strconv.ParseInt(m[2]+fraction[:2], 10, 64)
	if err != nil {
		c.fault(Blocking, "le champ %s «\u00a0%s\u00a0» est trop grand", c.columns[column], text)
		return 0, false
	}
	if m[1] == "-" || m[4] == "-" {
		units = -units
	}
	return money.Amount(units), true
}

// number tells whether a text is a decimal number as the file writes it, and gives its sign, its whole part, its fraction and its last sign.
func (c *checker) number(column int, text string) []string {
	m := decimalText.FindStringSubmatch(text)
	switch {
	case m != nil && (m[1] == "" || m[4] == ""):
		return m
	case blankWithin.MatchString(text):
		c.fault(Blocking, "le champ %s «\u00a0%s\u00a0» a un séparateur de milliers", c.columns[column], text)
	case strings.Contains(text, "."):
		c.fault(Blocking, "le champ %s «\u00a0%s\u00a0» a un point\u00a0: les décimales suivent une virgule, et les milliers ne sont pas séparés", c.columns[column], text)
	default:
		c.fault(Blocking, "le champ %s «\u00a0%s\u00a0» n’est pas un nombre", c.columns[column], text)
	}
	return nil
}

// currency reads the amount in another currency and its code.
func (c *checker) currency(fields []string) {
	if fields[16] != "" {
		c.number(16, fields[16])
	}
	if code := fields[17]; code != "" {
		if _, err := currency.ParseISO(code); err != nil || code != strings.ToUpper(code) {
			c.fault(Anomaly, "la devise «\u00a0%s\u00a0» n’est pas un code ISO 4217", code)
		}
	}
}

// decode gives a line as text. ASCII, ISO 8859-15 and UTF-8 are allowed, one of them for the whole file.
func (c *checker) decode(line []byte) string {
	wide := false
	for _, b := range line {
		if b >= 0x80 {
			wide = true
		} else if b < ' ' && b != '\t' || b == 0x7f {
			c.fault(Blocking, "la ligne contient un caractère de commande (code %d)", b)
			break
		}
	}
	if !wide {
		return string(line)
	}
	valid := utf8.Valid(line)
	c.utf8, c.iso = c.utf8 || valid, c.iso || !valid
	if c.utf8 && c.iso && !c.mixed {
		c.mixed = true
		c.fault(Anomaly, "le fichier mêle deux codages de caractères, l’UTF-8 et l’ISO 8859-15")
	}
	if valid {
		return string(line)
	}
	for _, b := range line {
		if b >= 0x80 && b < 0xa0 {
			c.fault(Anomaly, "la ligne contient un caractère (code %d) qui n’est ni de l’ISO 8859-15 ni de l’UTF-8", b)
			break
		}
	}
	text, err := charmap.ISO8859_15.NewDecoder().Bytes(line)
	if err != nil {
		return string(line)
	}
	return string(text)
}

// longestLine is what a line may hold before the file is taken for something else.
const longestLine = 1 << 20

// splitter cuts a file into lines that end with CR, LF or both.
type splitter struct {
	from *bufio.Reader
	line []byte
}

func newSplitter(from io.Reader) *splitter { return &splitter{from: bufio.NewReaderSize(from, 1<<16)} }

// next gives a line, good until the next call.
func (s *splitter) next() (line []byte, ended bool, err error) {
	s.line = s.line[:0]
	for {
		b, err := s.from.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return s.line, len(s.line) == 0, nil
		case err != nil:
			return nil, false, err
		case b == '\n':
			return s.line, false, nil
		case b == '\r':
			if after, err := s.from.Peek(1); err == nil && after[0] == '\n' {
				s.from.Discard(1)
			}
			return s.line, false, nil
		}
		if s.line = append(s.line, b); len(s.line) > longestLine {
			return nil, false, errors.New("fec: a line of more than a million characters: this is no file of entries")
		}
	}
}
