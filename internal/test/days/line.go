package days

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
)

// line is what is left to read of a line, and where it stands.
type line struct {
	file string
	n    int
	rest string
}

// fail is an error that names the file and the line.
func (l *line) fail(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", l.file, l.n, fmt.Sprintf(format, args...))
}

func (l *line) trim() { l.rest = strings.TrimLeft(l.rest, " \t\u00a0\u202f") }

func (l *line) done() bool { l.trim(); return l.rest == "" }

// end refuses words nobody asked for.
func (l *line) end() error {
	if l.done() {
		return nil
	}
	return l.fail("« %s » est en trop", l.rest)
}

// word takes a phrase when it stands next, followed by a space or the end.
func (l *line) word(phrase string) bool {
	l.trim()
	after, found := strings.CutPrefix(l.rest, phrase)
	if !found || after != "" && !strings.HasPrefix(after, " ") && !strings.HasPrefix(after, "\u00a0") {
		return false
	}
	l.rest = after
	l.trim()
	return true
}

// token takes the next word.
func (l *line) token() string {
	l.trim()
	token, after, _ := strings.Cut(l.rest, " ")
	l.rest = after
	return token
}

// one takes the longest of some names, written with or without « ».
func (l *line) one(what string, names []string) (string, error) {
	l.trim()
	if strings.HasPrefix(l.rest, "«") {
		name, err := l.quoted()
		if err != nil {
			return "", err
		}
		for _, known := range names {
			if known == name {
				return name, nil
			}
		}
		return "", l.fail("%s inconnu : « %s » (connus : %s)", what, name, strings.Join(names, ", "))
	}
	best := ""
	for _, name := range names {
		after, found := strings.CutPrefix(l.rest, name)
		if found && (after == "" || after[0] == ' ') && len(name) > len(best) {
			best = name
		}
	}
	if best == "" {
		return "", l.fail("%s inconnu au début de « %s » (connus : %s)", what, l.rest, strings.Join(names, ", "))
	}
	l.rest = l.rest[len(best):]
	return best, nil
}

// quoted takes a text between « and ».
func (l *line) quoted() (string, error) {
	l.trim()
	inside, found := strings.CutPrefix(l.rest, "«")
	if !found {
		return "", l.fail("il faut ici un texte entre « et »")
	}
	text, after, closed := strings.Cut(inside, "»")
	if !closed {
		return "", l.fail("le texte ouvert par « n’est pas fermé par »")
	}
	l.rest = after
	return strings.Trim(text, " \u00a0\u202f"), nil
}

// maybeQuoted takes a text between « and » when there is one.
func (l *line) maybeQuoted() (string, error) {
	if l.trim(); !strings.HasPrefix(l.rest, "«") {
		return "", nil
	}
	return l.quoted()
}

var amountForm = regexp.MustCompile(`^[-−+]?(?:\d{1,3}(?:[ \x{00a0}\x{202f}]\d{3})+|\d+)(?:,\d{1,2})?(?:[ \x{00a0}]?€)?`)

// amount takes an amount: 1 292,80.
func (l *line) amount() (money.Amount, error) {
	l.trim()
	text := amountForm.FindString(l.rest)
	if text == "" {
		return 0, l.fail("il faut ici un montant, par exemple 1 292,80, au lieu de « %s »", l.rest)
	}
	amount, _, err := locale.ParseAmount(text)
	if err != nil {
		return 0, l.fail("« %s » : %v", text, err)
	}
	l.rest = l.rest[len(text):]
	return amount, nil
}

// typed takes an amount as a person would type it in a field, or « rien » to leave the field blank.
func (l *line) typed() (string, error) {
	if l.word("rien") {
		return "", nil
	}
	amount, err := l.amount()
	return locale.Input(amount), err
}

// rate takes a VAT rate: 5,5.
func (l *line) rate() (vat.Rate, error) {
	token := strings.TrimSuffix(l.token(), "%")
	amount, given, err := locale.ParseAmount(token)
	if err != nil || !given {
		return 0, l.fail("il faut ici un taux de TVA, par exemple 5,5, au lieu de « %s »", token)
	}
	return vat.Rate(amount), nil
}

// number takes a whole number.
func (l *line) number() (int, error) {
	token := l.token()
	n, err := strconv.Atoi(token)
	if err != nil || n < 0 {
		return 0, l.fail("il faut ici un nombre entier au lieu de « %s »", token)
	}
	return n, nil
}

// date takes a date: 2026-11-20.
func (l *line) date() (day.Day, error) {
	token := l.token()
	on, err := day.Parse(token)
	if err != nil {
		return "", l.fail("il faut ici une date, par exemple 2026-11-20, au lieu de « %s »", token)
	}
	return on, nil
}

var hourForm = regexp.MustCompile(`^([01]\d|2[0-3]):([0-5]\d)(?: |$)`)

// hour takes an hour of the day when one stands next: 19:12.
func (l *line) hour() (minutes int, given bool) {
	m := hourForm.FindStringSubmatch(l.rest)
	if m == nil {
		return 0, false
	}
	l.rest = l.rest[5:]
	l.trim()
	hours, _ := strconv.Atoi(m[1])
	rest, _ := strconv.Atoi(m[2])
	return hours*60 + rest, true
}

// split cuts a file into lines without comments or blanks.
func split(file, text string) ([]*line, error) {
	var lines []*line
	for i, raw := range strings.Split(text, "\n") {
		l := &line{file: file, n: i + 1, rest: strings.TrimRight(raw, " \t\r\u00a0")}
		if !utf8.ValidString(raw) {
			return nil, l.fail("cette ligne n’est pas écrite en UTF-8")
		}
		if l.done() || strings.HasPrefix(l.rest, "#") {
			continue
		}
		lines = append(lines, l)
	}
	return lines, nil
}
