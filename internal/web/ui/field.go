package ui

import (
	"errors"
	"net/url"
	"slices"
	"strconv"

	"encaisse/internal/base/fault"

	"github.com/a-h/templ"
)

// Field is one question of a form. The error stands above the field and says what to do; what was typed is kept.
type Field struct {
	Name  string
	ID    string // "c-" and the name when empty
	Label string
	Help  string
	Value string
	Error string

	Options []Option // of a list or of chips
	Among   *Among   // how to find the options that a long list does not show; nil when all are there

	Type        string // of a text field: text when empty; email, tel, search, url
	Mode        string // keypad of a phone: numeric, decimal
	Complete    string // autocomplete; off when empty
	Placeholder string
	Max         int // characters
	Rows        int // of a text of several lines
	Optional    bool
	Focus       bool // the cursor starts here
	ReadOnly    bool
	Disabled    bool
	HideLabel   bool // for the ears only, where the place says it to the eyes
	Accept      string
	More        templ.Attributes
}

// Among is the search box of a list too long to be shown whole.
type Among struct {
	URL   string // answers ?mots= by {said, people: [{id, name}]}
	Words string // searched; the box is named as the field, with SearchSuffix
	Said  string // how many there are
}

// SearchSuffix ends the name of the search box of a list.
const SearchSuffix = "-mots"

// Option is one answer of a list or of chips.
type Option struct {
	Value, Label, Help string
	Group              string // options of one group follow each other
	Disabled           bool
}

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return "c-" + f.Name
}

// describedBy names what explains the field: its error first, then its help.
func (f Field) describedBy() string {
	switch {
	case f.Error != "" && f.Help != "":
		return f.id() + "-err " + f.id() + "-aide"
	case f.Error != "":
		return f.id() + "-err"
	case f.Help != "":
		return f.id() + "-aide"
	}
	return ""
}

// attributes are those every control has.
func (f Field) attributes() templ.OrderedAttributes {
	var list templ.OrderedAttributes
	add := func(name string, value any) {
		list = append(list, templ.KeyValue[string, any]{Key: name, Value: value})
	}
	add("id", f.id())
	add("name", f.Name)
	if by := f.describedBy(); by != "" {
		add("aria-describedby", by)
	}
	if f.Error != "" {
		add("aria-invalid", "true")
	}
	if f.Focus {
		add("autofocus", true)
	}
	if f.ReadOnly {
		add("readonly", true)
	}
	if f.Disabled {
		add("disabled", true)
	}
	names := make([]string, 0, len(f.More))
	for name := range f.More {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		add(name, f.More[name])
	}
	return list
}

// typed are the attributes of a control one types into.
func (f Field) typed() templ.OrderedAttributes {
	list := f.attributes()
	add := func(name, value string) {
		if value != "" {
			list = append(list, templ.KeyValue[string, any]{Key: name, Value: value})
		}
	}
	add("inputmode", f.Mode)
	add("placeholder", f.Placeholder)
	if f.Complete == "" {
		f.Complete = "off"
	}
	add("autocomplete", f.Complete)
	if f.Max > 0 {
		add("maxlength", strconv.Itoa(f.Max))
	}
	return list
}

func (f Field) inputType() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) rows() string { return strconv.Itoa(max(2, f.Rows)) }

// with gives the field a keypad and a length unless the page chose others.
func (f Field) with(mode string, max int) Field {
	if f.Mode == "" {
		f.Mode = mode
	}
	if f.Max == 0 {
		f.Max = max
	}
	return f
}

// choiceID is the id of the n-th answer of chips. The first one has the id of the field, for links from a summary of errors.
func (f Field) choiceID(n int) string {
	if n == 0 {
		return f.id()
	}
	return f.id() + "-" + strconv.Itoa(n)
}

// groups are the options in runs of one group.
func (f Field) groups() [][]Option {
	var runs [][]Option
	for _, option := range f.Options {
		if last := len(runs) - 1; last >= 0 && runs[last][0].Group == option.Group {
			runs[last] = append(runs[last], option)
			continue
		}
		runs = append(runs, []Option{option})
	}
	return runs
}

// Answers is a form that comes back to who filled it in: what they typed and what is wrong with it.
type Answers struct {
	Values url.Values // nil the first time: fields keep the values the page gives them
	Err    error
}

// Fill puts in a field what was typed and its error.
func (a Answers) Fill(f Field) Field {
	if a.Values != nil {
		f.Value = a.Values.Get(f.Name)
	}
	if found, ok := errors.AsType[*fault.Fault](a.Err); ok {
		if message := found.Fields[f.Name]; message != "" {
			f.Error = message
		}
	}
	return f
}

// mistake is one line of a summary of errors.
type mistake struct{ Label, Message, URL string }

// mistakes lists the errors of a fault in the order of the fields, then those of no field shown.
func mistakes(err error, fields []Field) []mistake {
	found, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		return nil
	}
	var list []mistake
	shown := map[string]bool{}
	for _, f := range fields {
		if message := found.Fields[f.Name]; message != "" && !shown[f.Name] {
			shown[f.Name] = true
			list = append(list, mistake{Label: f.Label, Message: message, URL: "#" + f.id()})
		}
	}
	rest := make([]string, 0, len(found.Fields))
	for name := range found.Fields {
		if !shown[name] {
			rest = append(rest, name)
		}
	}
	slices.Sort(rest)
	for _, name := range rest {
		list = append(list, mistake{Message: found.Fields[name]})
	}
	return list
}

// refusalTitle is the head of a summary of errors.
func refusalTitle(err error, count int) string {
	switch {
	case count == 1:
		return "Un champ à corriger"
	case count > 1:
		return strconv.Itoa(count) + "\u00a0champs à corriger"
	}
	if found, ok := errors.AsType[*fault.Fault](err); ok {
		return found.Message
	}
	return "Ce formulaire n’a pas pu être enregistré."
}
