package cashbox

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/company"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// OpeningPage is the form of the opening balances.
type OpeningPage struct {
	Frame     ui.Frame
	Action    string
	Key       string // of the act
	Opening   Opening
	Locations []company.Location
	Boxes     []Box
	Form      ui.Fields
	Err       error
	Zone      *time.Location
	Customers int    // how many can be opened
	Words     string // searched among them, when they are too many to be shown whole
	names     map[string]string
}

// openedWhole is how many customers the page shows without search.
const openedWhole = 200

// search leaves, of many customers, those the words find, those typed, and without words those who have a balance already. The others stay
// as they are: saving changes only what the page shows.
func (p *OpeningPage) search(words string, typed url.Values) {
	isCustomer := func(l OpeningLine) bool { return l.Party != "" }
	for _, l := range p.Opening.Lines {
		if isCustomer(l) {
			p.Customers++
		}
	}
	if p.Customers <= openedWhole {
		return
	}
	p.Words = words
	wanted, shown := strings.Fields(locale.Fold(words)), 0
	p.Opening.Lines = slices.DeleteFunc(p.Opening.Lines, func(l OpeningLine) bool {
		if !isCustomer(l) || typed.Get(OpeningField(l.Key)) != "" {
			return false
		}
		found := l.Posted != 0
		if len(wanted) > 0 {
			name := locale.Fold(l.Label)
			found = !slices.ContainsFunc(wanted, func(word string) bool { return !strings.Contains(name, word) })
		}
		if found {
			shown++
		}
		return !found || shown > openedWhole
	})
}

func openingFields(o Opening, on day.Day) ui.Fields {
	list := ui.Fields{{Name: "on", Label: "Soldes à la fin de la journée du", Help: "En général la veille du premier jour que vous saisissez.", Value: string(on)}}
	for _, l := range o.Lines {
		f := ui.Field{Name: OpeningField(l.Key), Label: l.Label, Value: optional(l.Posted)}
		if l.Posted != 0 {
			f.Help = "Déjà enregistré\u00a0: " + locale.Euro(l.Posted) + "."
		}
		if l.Party != "" {
			f.Mode = "text" // a customer may have paid ahead: the keypad needs its minus
		}
		list = append(list, f)
	}
	return list
}

// ofBox are the fields of a box.
func (p OpeningPage) ofBox(b Box) ui.Fields {
	return p.fields(func(l OpeningLine) bool { return l.Box == b.ID })
}

// ofCustomers are the fields of customer credit.
func (p OpeningPage) ofCustomers() ui.Fields {
	return p.fields(func(l OpeningLine) bool { return l.Party != "" || l.Key == CustomersAccount })
}

// ofVouchers are the field of gift vouchers, if any.
func (p OpeningPage) ofVouchers() ui.Fields {
	return p.fields(func(l OpeningLine) bool { return l.Key == VouchersAccount })
}

func (p OpeningPage) fields(of func(OpeningLine) bool) ui.Fields {
	var list ui.Fields
	for _, l := range p.Opening.Lines {
		if of(l) {
			list = append(list, p.Form.Get(OpeningField(l.Key)))
		}
	}
	return list
}

// title names a box, with its location when there are several.
func (p OpeningPage) title(b Box) string {
	if len(p.Locations) < 2 {
		return b.Name
	}
	for _, l := range p.Locations {
		if l.ID == b.Location {
			return l.Name + ", " + b.Name
		}
	}
	return b.Name
}

// history is what was already posted.
func (p OpeningPage) history() ui.Table {
	t := ui.Table{Caption: "Soldes de départ enregistrés", Columns: []ui.Column{{Label: "Enregistrés le"}, {Label: "Pour la fin du"}, {Label: "Par", Class: "seul-bureau"}, {Label: "Dans les caisses", Num: true}}}
	for _, e := range p.Opening.Entries {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Instant(e.At, p.Zone), ui.Date(e.On), ui.Text(p.names[e.By]), ui.SignedMoney(p.inBoxes(e))}})
	}
	return t
}

// inBoxes is what an entry brought to the boxes.
func (p OpeningPage) inBoxes(e ledger.Posted) money.Amount {
	var sum money.Amount
	for _, l := range e.Lines {
		if line, found := p.Opening.Line(l.Account); found && line.Box != "" {
			sum += l.Amount
		}
	}
	return sum
}
