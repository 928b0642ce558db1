package scan

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/paper/ocr"
)

// section is the part of a ticket a line stands in.
type section int

const (
	nowhere section = iota
	ofSales
	ofPaid
	ofTax
)

// printed is what a line of a ticket says.
type printed struct {
	n       int // its place among the lines read
	text    string
	label   string // what stands before the figures
	bare    string // the same, to be compared
	in      section
	amounts []number
	count   string // a whole number at its end, "" when there is none
	certain int    // how sure that number is
	rate    vat.Rate
	rated   bool
	sure    int // of its words
}

// amount is the amount of the line: the last.
func (p printed) amount() (number, bool) {
	if len(p.amounts) == 0 {
		return number{}, false
	}
	return p.amounts[len(p.amounts)-1], true
}

// found is a fact read on a line of its own.
type found struct {
	value string
	text  string // the line
	sure  int
}

// ticket is what the lines of a photo say.
type ticket struct {
	lines []printed
	z     found
	on    day.Day // "" when no date is read
	dated found
}

// readTicket works out what the lines read on a photo say.
func readTicket(lines []ocr.Line) ticket {
	var t ticket
	in := nowhere
	best := 0
	for n, line := range lines {
		p := printed{n: n, text: line.Text(), in: in}
		p.figures(joined(inside(line)))
		p.bare = bare(p.label)
		if on, weight := dateIn(p.text); weight > best {
			best, t.on, t.dated = weight, on, found{locale.Date(on), p.text, sureness(line)}
		}
		if z := zIn(p.text); z != "" && len(p.amounts) == 0 {
			p.count = "" // the number of the ticket is no number of sales
			if t.z.value == "" {
				t.z = found{z, p.text, sureness(line)}
			}
		}
		if len(p.amounts) == 0 && p.count == "" {
			in = headed(p.bare, in)
		}
		t.lines = append(t.lines, p)
		if strings.HasPrefix(p.bare, "total") && len(p.amounts) > 0 && !p.rated {
			in = nowhere
		}
	}
	return t
}

// headed is the section that a line without figures opens.
func headed(label string, in section) section {
	switch {
	case label == "":
		return in
	case says(label, paidHeads):
		return ofPaid
	case says(label, saleHeads):
		return ofSales
	case says(label, controlWords[inTax]):
		return ofTax
	}
	return in
}

// inside leaves out what is read at the edges of the paper and is no word: a sign, a letter alone, or what is hardly seen.
func inside(line ocr.Line) ocr.Line {
	stray := func(w ocr.Word) bool {
		short := len([]rune(w.Text)) == 1
		return short && w.Sure < 50 || w.Sure < 25 && !strings.ContainsFunc(w.Text, unicode.IsDigit) || !strings.ContainsFunc(w.Text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '−' }) ||
			short && !strings.ContainsFunc(w.Text, unicode.IsDigit) && w.Text != "-" && w.Text != "−" && w.Text != "Z" && w.Text != "€"
	}
	for len(line) > 0 && stray(line[0]) && len([]rune(line[0].Text)) < 3 {
		line = line[1:]
	}
	for len(line) > 0 && stray(line[len(line)-1]) && len([]rune(line[len(line)-1].Text)) < 3 {
		line = line[:len(line)-1]
	}
	return line
}

// figures tells the label of a line from its figures.
func (p *printed) figures(line ocr.Line) {
	p.sure = sureness(line)
	var label []string
	var last ocr.Word
	for _, w := range line {
		if a, is := readAmount(w.Text, w.Sure); is && !strings.Contains(w.Text, "%") {
			p.amounts, last = append(p.amounts, a), ocr.Word{}
			continue
		}
		if len(p.amounts) == 0 {
			label = append(label, w.Text)
		}
		if !currency(w.Text) && strings.ContainsFunc(w.Text, unicode.IsDigit) {
			last = w
		}
	}
	p.label = strings.Join(label, " ")
	if m := percent.FindStringSubmatch(p.text); m != nil {
		if a, _, err := locale.ParseAmount(m[1]); err == nil && a <= 3000 {
			p.rate, p.rated = vat.Rate(a), true
		}
	}
	if len(p.amounts) > 0 {
		p.label = trimCount(p.label)
		return
	}
	if count, is := readCount(last.Text); is {
		p.count, p.certain = count, last.Sure
		p.label = strings.TrimSpace(strings.TrimSuffix(p.label, last.Text))
	}
}

var trailing = regexp.MustCompile(`[\s xX*:.]+\d{0,6}[\s xX*:.=]*$`)

// trimCount takes a number of sales that stands before the amount off a label.
func trimCount(label string) string {
	if short := trailing.ReplaceAllString(label, ""); short != "" {
		return short
	}
	return label
}

// sureness is that of the least sure word that is worth reading.
func sureness(line ocr.Line) int {
	least, any := 100, false
	for _, w := range line {
		if len([]rune(w.Text)) > 1 {
			least, any = min(least, w.Sure), true
		}
	}
	if !any {
		return 0
	}
	return least
}

var (
	zNumber  = regexp.MustCompile(`(?i)(?:\b(?:ticket|rapport|lecture|cl[oô]ture|num[eé]ro|edition|[eé]tat)\s+(?:de\s+)?[z2]{1,2}\b|^\W*z\b)\s*(?:n\s*[°ºo0*"'»]?|num[eé]ro|#)?[\s.:°º]*(\d{1,10})\b`)
	glued    = regexp.MustCompile(`(?i)^\W*[z2]\s?n\s?[°ºo]\s?[.:]?\s?(\d{1,10})\b`)
	closing  = regexp.MustCompile(`(?i)\b(?:cl[oô]ture|z\s+(?:de\s+caisse|journalier))\s*(?:n\s*[°ºo*]|num[eé]ro|#)[\s.:°º]*(\d{1,10})\b`)
	figured  = regexp.MustCompile(`(?:^|[^\d])(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(20\d{2}|\d{2})(?:[^\d]|$)`)
	inWords  = regexp.MustCompile(`(?:^|[^\d])(\d{1,2})(?:er)? (janv|fevr|mars|avri|mai|juin|juil|aout|sept|octo|nove|dece)[a-z.]* (20\d{2})`)
	monthsOf = []string{"janv", "fevr", "mars", "avri", "mai", "juin", "juil", "aout", "sept", "octo", "nove", "dece"}
)

// zIn is the number of the ticket a line gives, "" when it gives none.
func zIn(text string) string {
	for _, form := range []*regexp.Regexp{zNumber, glued, closing} {
		if m := form.FindStringSubmatch(text); m != nil {
			return m[1]
		}
	}
	return ""
}

// dateIn is the date a line gives, and how likely it is that of the day: 0 when there is none.
func dateIn(text string) (on day.Day, weight int) {
	folded := locale.Fold(text)
	if m := figured.FindStringSubmatch(folded); m != nil {
		if on, ok := dayOf(m[1], m[2], m[3]); ok {
			if says(bare(text), []string{"date", "journee", "jour", "du"}) {
				return on, 2
			}
			return on, 1
		}
	}
	if m := inWords.FindStringSubmatch(folded); m != nil {
		for i, name := range monthsOf {
			if m[2] == name {
				if on, ok := dayOf(m[1], strconv.Itoa(i+1), m[3]); ok {
					return on, 1
				}
			}
		}
	}
	return "", 0
}

func dayOf(d, m, y string) (day.Day, bool) {
	two := func(text string) string {
		if len(text) == 1 {
			return "0" + text
		}
		return text
	}
	if len(y) == 2 {
		y = "20" + y
	}
	on, err := day.Parse(y + "-" + two(m) + "-" + two(d))
	return on, err == nil
}

// tax is the amount of VAT of a line that has a rate: the least of its amounts, beside the sums before and after it.
func (p printed) tax() (number, bool) {
	if len(p.amounts) == 0 {
		return number{}, false
	}
	least := p.amounts[0]
	for _, a := range p.amounts[1:] {
		if a.amount.Abs() < least.amount.Abs() {
			least = a
		}
	}
	return least, true
}

// gross is the amount including VAT of a line that has a rate: the greatest.
func (p printed) gross() (number, bool) {
	var most number
	for _, a := range p.amounts {
		if a.amount.Abs() >= most.amount.Abs() {
			most = a
		}
	}
	return most, len(p.amounts) > 0
}

// total adds amounts up.
func total(list []money.Amount) (sum money.Amount) {
	for _, a := range list {
		sum += a
	}
	return sum
}
