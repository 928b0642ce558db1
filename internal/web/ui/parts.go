package ui

import (
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"

	"github.com/a-h/templ"
)

// Head is the head of a card.
type Head struct {
	Title string
	ID    string // of the card, for links
	Aside templ.Component
	Class string
}

// EmptyState is what a page without data says: what it is for, and the first thing to do.
type EmptyState struct {
	Icon, Title, Text string
	Action, Second    Link
}

// Pages is where one is in a long list.
type Pages struct {
	Page, Last int
	URL        func(page int) string
}

// Segments is a choice between a few views of one page.
type Segments struct {
	Label string
	Items []Segment
}

// Segment is one of them.
type Segment struct {
	Label, Icon, URL string
	Current          bool
}

// Step is a step of a path.
type Step struct {
	Label, URL    string
	Done, Current bool
}

// Task is something to do, with the way to it.
type Task struct {
	Tone        Tone
	Icon        string
	Title, Text string
	Action      Link
	Main        bool // the next thing to do: its button is the strong one
}

// Question asks to confirm an act that cannot be taken back silently.
type Question struct {
	ID     string // of the dialog
	Opener string // words of the button that opens it
	Icon   string
	Class  string // more classes of that button
	Title  string
	Text   string
	Action string // address the answer is posted to
	Button string // words of the button that does it: the result, « Supprimer la caisse »
	Danger bool
	Hidden []HeldField
}

// Fact is a name and its value.
type Fact struct {
	Label string
	Value templ.Component
}

func (p Pages) position() string {
	return "Page\u00a0" + locale.Int(int64(p.Page)) + " sur\u00a0" + locale.Int(int64(p.Last))
}

func pageURL(p Pages, page int) string { return p.URL(page) }

// Text is a plain text as a component, for the cells of a table.
func Text(text string) templ.Component { return textComponent(text) }

func moneyTone(a money.Amount) string {
	switch {
	case a < 0:
		return "neg"
	case a > 0:
		return "pos"
	}
	return ""
}

// instantAttribute is the machine's form of an instant.
func instantAttribute(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func dayAttribute(d day.Day) string { return string(d) }

// longTable is how many lines a table may have before its head stays in sight.
const longTable = 20

// Table is a list of money or of things, with its head and its totals.
type Table struct {
	Caption string // for the ears; the card's title says it to the eyes
	Columns []Column
	Rows    []Row
	Foot    []Row
}

// Column is a column.
type Column struct {
	Label string // "" above what one can do with a line
	Num   bool   // numbers, at the right
	Class string // seul-bureau hides it on a phone
}

// Row is a line. Its first cell leads to URL when there is one.
type Row struct {
	Cells []templ.Component
	URL   string
	Class string
}

func (t Table) cellClass(i int) string {
	if i >= len(t.Columns) {
		return ""
	}
	class := t.Columns[i].Class
	if t.Columns[i].Num {
		class = "num " + class
	}
	return class
}

// Order is a list the visitor puts in order: by dragging, or by the buttons, which work without a script.
type Order struct {
	Action string // address the order is posted to: fields « ordre », and « monter » or « descendre »
	Label  string
	Items  []OrderItem
}

// OrderItem is one of them.
type OrderItem struct {
	ID, Label string
	Content   templ.Component // what is shown beside the label
}
