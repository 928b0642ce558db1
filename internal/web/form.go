package web

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

// Form is what was posted, read field by field. Each reader that cannot read its field notes why; Err gives all the notes at
// once, so that a person corrects everything in one go.
type Form struct {
	url.Values
	fault *fault.Fault
}

// NewForm reads values that did not come from a request: a test, a draft.
func NewForm(values url.Values) *Form { return &Form{Values: values} }

// Form is what the request posted; it is empty for GET. Its size was already checked.
func (c *Ctx) Form() *Form { return NewForm(c.R.PostForm) }

// Refuse notes what is wrong with a field.
func (f *Form) Refuse(field, message string) {
	if f.fault == nil {
		f.fault = fault.New(fault.Invalid, "Corrigez les champs signalés.")
	}
	if _, noted := f.fault.Fields[field]; !noted {
		f.fault.Field(field, message)
	}
}

// Err is everything noted so far as one fault.Invalid, nil when all is well.
func (f *Form) Err() error {
	if f.fault == nil {
		return nil
	}
	return f.fault
}

// Text is one line of at most max characters, without the spaces around it. Control characters are refused.
func (f *Form) Text(field string, max int) string {
	text := strings.TrimSpace(f.Get(field))
	if strings.ContainsFunc(text, isControl) {
		f.Refuse(field, "Ce texte contient des caractères qui ne s’affichent pas.")
		return ""
	}
	return f.bounded(field, text, max)
}

// Lines is a text of several lines of at most max characters.
func (f *Form) Lines(field string, max int) string {
	text := strings.TrimSpace(strings.ReplaceAll(f.Get(field), "\r\n", "\n"))
	if strings.ContainsFunc(text, func(r rune) bool { return isControl(r) && r != '\n' && r != '\t' }) {
		f.Refuse(field, "Ce texte contient des caractères qui ne s’affichent pas.")
		return ""
	}
	return f.bounded(field, text, max)
}

// Need is Text that must not be empty; message says what to write.
func (f *Form) Need(field string, max int, message string) string {
	text := f.Text(field, max)
	if text == "" {
		f.Refuse(field, message)
	}
	return text
}

// Amount is an amount as people type it; given is false when the field is empty.
func (f *Form) Amount(field string) (amount money.Amount, given bool) {
	amount, given, err := locale.ParseAmount(f.Get(field))
	if err != nil {
		f.Refuse(field, err.Error())
		return 0, given
	}
	return amount, given
}

// Count is a whole number from 0; given is false when the field is empty.
func (f *Form) Count(field string) (count int, given bool) {
	count, given, err := locale.ParseCount(f.Get(field))
	if err != nil {
		f.Refuse(field, err.Error())
		return 0, given
	}
	return count, given
}

// Day is the date of a date field, or one typed 20/11/2026 where the browser has no such field; "" when the field is empty.
func (f *Form) Day(field string) day.Day {
	text := strings.TrimSpace(f.Get(field))
	if text == "" {
		return ""
	}
	if len(text) == 10 && text[2] == '/' && text[5] == '/' {
		text = text[6:] + "-" + text[3:5] + "-" + text[:2]
	}
	d, err := day.Parse(text)
	if err != nil {
		f.Refuse(field, "Cette date n’existe pas. Exemple\u00a0: 20/11/2026.")
		return ""
	}
	return d
}

// Choice is one of the values allowed; any other is refused, an empty one too unless it is allowed.
func (f *Form) Choice(field string, allowed ...string) string {
	value := f.Get(field)
	if !slices.Contains(allowed, value) {
		f.Refuse(field, "Choisissez une des valeurs proposées.")
		return ""
	}
	return value
}

// Moved reads which line a button of an ordered list (ui.Order) moves up (−1) or down (+1). 0 means that the list was dragged: its field
// « ordre » holds the ids in their new order.
func (f *Form) Moved() (id string, by int) {
	if id := f.Get("monter"); id != "" {
		return id, -1
	}
	if id := f.Get("descendre"); id != "" {
		return id, 1
	}
	return "", 0
}

// Checked tells whether a box is ticked.
func (f *Form) Checked(field string) bool { return f.Get(field) != "" }

// ID is an identifier made by the page: the idempotency key of an act, the id of a line.
func (f *Form) ID(field string) string {
	text := f.Get(field)
	if !id.Valid(text) {
		f.Refuse(field, "Cette page est incomplète. Rechargez-la et recommencez.")
		return ""
	}
	return text
}

func (f *Form) bounded(field, text string, max int) string {
	if !utf8.ValidString(text) {
		f.Refuse(field, "Ce texte contient des caractères qui ne s’affichent pas.")
		return ""
	}
	if n := utf8.RuneCountInString(text); n > max {
		f.Refuse(field, "Ce texte est trop long\u00a0: "+locale.Plural(max, "caractère", "caractères")+" au plus.")
		return ""
	}
	return text
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' }
