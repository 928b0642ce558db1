package fec

import (
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
)

// Severity is how far a fault goes.
type Severity string

// The severities, as the tax office’s own checker sees them.
const (
	Blocking Severity = "bloquant"     // the file cannot be read: refused
	Missing  Severity = "non conforme" // data that must be there are absent: the file is declared non-compliant
	Anomaly  Severity = "anomalie"     // the file is read, and the fault noted
)

// Fault is something wrong in a file.
type Fault struct {
	Line     int // from 1; 0 for the file as a whole
	Severity Severity
	Text     string // in French
}

func (f Fault) String() string {
	if f.Line == 0 {
		return fmt.Sprintf("fichier\u00a0: %s (%s)", f.Text, f.Severity)
	}
	return fmt.Sprintf("ligne %d\u00a0: %s (%s)", f.Line, f.Text, f.Severity)
}

// Report is what a check saw.
type Report struct {
	Totals
	Separator byte
	Faults    int
}

var fileName = regexp.MustCompile(`^[0-9]{9}FEC([0-9]{8})(_[0-9]+)?\.(txt|TXT)$`)

// Check reads a file and tells each of its faults, in the order it meets them, then those of the file as a whole. It holds one line at a
// time. An error is a failure to read, never a fault of the file.
func Check(name string, from io.Reader, tell func(Fault)) (Report, error) {
	c := &checker{tell: tell, entries: map[string]*entrySum{}, series: map[string]*series{}}
	c.name(filepath.Base(name))
	lines := newSplitter(from)
	for {
		text, ended, err := lines.next()
		if err != nil {
			return c.report, err
		}
		if ended {
			break
		}
		c.line++
		if c.line == 1 {
			c.header(text)
		} else if c.columns != nil {
			c.row(text)
		}
	}
	c.end()
	return c.report, nil
}

// checker is a check under way.
type checker struct {
	tell      func(Fault)
	report    Report
	line      int
	closing   day.Day  // of the name of the file, "" when it has none
	columns   []string // nil when the first line cannot be read
	separator string
	signed    bool // Montant and Sens in place of Debit and Credit
	utf8, iso bool // encodings met
	mixed     bool // told already
	rows      int

	entries    map[string]*entrySum // those whose lines do not come to zero so far
	entry      entryState           // the one being read
	series     map[string]*series
	lastValid  day.Day
	afterFirst bool // an entry that is no opening balance was read
}

func (c *checker) fault(s Severity, format string, args ...any) {
	c.at(c.line, s, format, args...)
}

func (c *checker) at(line int, s Severity, format string, args ...any) {
	c.report.Faults++
	c.tell(Fault{line, s, fmt.Sprintf(format, args...)})
}

func (c *checker) name(name string) {
	m := fileName.FindStringSubmatch(name)
	if m == nil {
		c.at(0, Blocking, "le nom «\u00a0%s\u00a0» ne suit pas la règle\u00a0: SIREN, FEC, date de clôture AAAAMMJJ, par exemple 123456782FEC20261231.txt", name)
		return
	}
	closing, ok := parseDate(m[1])
	if !ok {
		c.at(0, Blocking, "la date de clôture %s du nom du fichier n’existe pas", m[1])
		return
	}
	c.closing = closing
}

// header reads the names of the columns.
func (c *checker) header(line []byte) {
	line = []byte(strings.TrimPrefix(string(line), "\ufeff"))
	if len(line) > 1 && (line[0] == 0xff && line[1] == 0xfe || line[0] == 0xfe && line[1] == 0xff) {
		c.fault(Blocking, "le fichier est en UTF-16\u00a0; seuls l’ASCII, l’ISO 8859-15 et l’UTF-8 sont admis")
		return
	}
	text := string(line)
	switch {
	case strings.TrimSpace(text) == "":
		c.fault(Blocking, "la première ligne est vide\u00a0: elle doit porter le nom des colonnes")
		return
	case strings.Contains(text, "\t"):
		c.separator = "\t"
	case strings.Contains(text, "|"):
		c.separator = "|"
	default:
		c.fault(Blocking, "les colonnes ne sont séparées ni par une tabulation ni par une barre verticale «\u00a0|\u00a0»")
		return
	}
	c.report.Separator = c.separator[0]
	c.names(strings.Split(text, c.separator))
}

// cashColumns are those that books kept on a cash basis add.
var cashColumns = []string{"DateRglt", "ModeRglt", "NatOp", "IdClient"}

func (c *checker) names(names []string) {
	expected := append(append([]string(nil), Columns...), cashColumns...)
	for i, name := range names {
		names[i] = strings.TrimSpace(name)
	}
	if len(names) > 12 && strings.EqualFold(names[11], "Montant") && strings.EqualFold(names[12], "Sens") {
		c.signed, expected[11], expected[12] = true, "Montant", "Sens"
	}
	good := true
	for i, name := range expected {
		switch {
		case i >= len(names) && i < len(Columns):
			c.fault(Blocking, "la colonne %d «\u00a0%s\u00a0» manque", i+1, name)
			good = false
		case i < len(names) && !strings.EqualFold(names[i], name):
			c.fault(Blocking, "la colonne %d s’appelle «\u00a0%s\u00a0» au lieu de «\u00a0%s\u00a0»", i+1, names[i], name)
			good = false
		}
	}
	for i := len(expected); i < len(names); i++ {
		c.fault(Blocking, "la colonne %d «\u00a0%s\u00a0» est de trop", i+1, names[i])
		good = false
	}
	if good {
		c.columns = names
	}
}

// row reads a line of entries.
func (c *checker) row(line []byte) {
	c.rows++
	if strings.TrimSpace(string(line)) == "" {
		c.fault(Blocking, "la ligne est vide")
		return
	}
	text := c.decode(line)
	fields := strings.Split(text, c.separator)
	if len(fields) != len(c.columns) {
		c.fault(Blocking, "la ligne a %d champs au lieu de %d", len(fields), len(c.columns))
		return
	}
	for i, f := range fields {
		if c.separator == "\t" && strings.Contains(f, "|") {
			c.fault(Blocking, "le champ %s contient une barre verticale «\u00a0|\u00a0», qui est un séparateur", c.columns[i])
		}
		fields[i] = strings.TrimSpace(f)
	}
	c.filled(fields)
	c.account(fields[4])
	on := c.date(fields, 3)
	c.date(fields, 9)
	c.date(fields, 14)
	valid := c.date(fields, 15)
	if len(fields) > len(Columns) {
		c.date(fields, len(Columns))
	}
	c.currency(fields)
	amount, known := c.amounts(fields)
	c.year(on)
	c.follow(fields, valid, amount, known)
	c.report.Lines++
}

// required says how far the absence of a column goes; the others may be blank.
var required = map[int]Severity{0: Missing, 1: Missing, 2: Blocking, 3: Blocking, 4: Blocking, 5: Blocking, 8: Missing, 9: Missing, 10: Blocking, 11: Blocking, 12: Blocking, 15: Missing}

func (c *checker) filled(fields []string) {
	for i := range Columns {
		if s, must := required[i]; must && fields[i] == "" {
			c.fault(s, "le champ %s est vide", c.columns[i])
		}
	}
}

func (c *checker) account(number string) {
	if number == "" {
		return
	}
	if len(number) < 3 || strings.Trim(number[:3], "0123456789") != "" {
		c.fault(Anomaly, "le compte «\u00a0%s\u00a0» ne commence pas par trois chiffres", number)
	}
}

// date reads a field of date, "" when it is blank or wrong.
func (c *checker) date(fields []string, i int) day.Day {
	if fields[i] == "" {
		return ""
	}
	d, ok := parseDate(fields[i])
	if !ok {
		c.fault(Blocking, "le champ %s «\u00a0%s\u00a0» n’est pas une date AAAAMMJJ", c.columns[i], fields[i])
		return ""
	}
	if y := d.Time().Year(); y < 1900 || y > 2099 {
		c.fault(Anomaly, "l’année %d du champ %s est hors de la période 1900–2099", y, c.columns[i])
	}
	return d
}

var eightDigits = regexp.MustCompile(`^[0-9]{8}$`)

func parseDate(text string) (day.Day, bool) {
	if !eightDigits.MatchString(text) {
		return "", false
	}
	year, _ := strconv.Atoi(text[:4])
	iso := text[:4] + "-" + text[4:6] + "-" + text[6:]
	probe := iso
	if year < 1900 || year > 2199 { // the calendar repeats every 400 years; the year itself is told apart
		probe = strconv.Itoa(2000+year%400%100) + iso[4:]
		if year%400 == 0 {
			probe = "2000" + iso[4:]
		} else if year%100 == 0 {
			probe = "2100" + iso[4:]
		}
	}
	_, err := day.Parse(probe)
	return day.Day(iso), err == nil && year > 0
}

// year refuses an entry outside of the financial year the name of the file says.
func (c *checker) year(on day.Day) {
	if on == "" || c.closing == "" {
		return
	}
	if on > c.closing {
		c.fault(Anomaly, "l’écriture est datée du %s, après la clôture de l’exercice (%s)", compact(on), compact(c.closing))
	}
	if first := day.Day(c.closing.Time().AddDate(-2, 0, 1).Format("2006-01-02")); on < first {
		c.fault(Anomaly, "l’écriture est datée du %s\u00a0: un fichier ne tient qu’un exercice, de vingt-quatre mois au plus", compact(on))
	}
}

// amounts reads what the line moves: + debit, − credit. known is false when it cannot be read.
func (c *checker) amounts(fields []string) (amount money.Amount, known bool) {
	if c.signed {
		return c.signedAmount(fields[11], fields[12])
	}
	debit, okDebit := c.decimal(11, fields[11])
	credit, okCredit := c.decimal(12, fields[12])
	if !okDebit || !okCredit {
		return 0, false
	}
	if (debit != 0) == (credit != 0) {
		c.fault(Anomaly, "la ligne doit porter un débit ou un crédit, et un seul (débit %s, crédit %s)", fields[11], fields[12])
	}
	c.report.Debit += debit
	c.report.Credit += credit
	return debit - credit, true
}

func (c *checker) signedAmount(text, sense string) (money.Amount, bool) {
	amount, ok := c.decimal(11, text)
	switch sense {
	case "D", "+1":
		c.report.Debit += amount
		return amount, ok
	case "C", "-1":
		c.report.Credit += amount
		return -amount, ok
	case "": // told already
	default:
		c.fault(Blocking, "le champ Sens «\u00a0%s\u00a0» n’est ni D, C, +1 ni -1", sense)
	}
	return 0, false
}
