package receivable

import (
	"strconv"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

const perPage = 50

// OverviewPage is every customer account.
type OverviewPage struct {
	Frame     ui.Frame
	Places    ui.Segments
	Base      string
	Cards     string // address of the customers
	Search    Search
	Page      int
	Today     day.Day
	CanExport bool
	Overview  Overview
}

// StatementPage is the account of a customer.
type StatementPage struct {
	Frame     ui.Frame
	Base      string
	Card      string // address of the customer’s card
	Pay       string // address of the form of a payment
	Undo      string // begins the addresses where a payment is undone
	Today     day.Day
	Zone      *time.Location
	Page      int
	Err       error
	CanPay    bool
	CanUndo   bool
	CanExport bool
	Statement Statement
}

// PaymentPage is the form of a payment.
type PaymentPage struct {
	Frame   ui.Frame
	Action  string
	Back    string
	Key     string
	Kind    Kind
	Name    string
	Balance money.Amount
	Boxes   []cashbox.Box
	Methods []tender.Method
	Form    ui.Fields
	Err     error
}

// UndoPage asks why a payment is undone.
type UndoPage struct {
	Frame   ui.Frame
	Action  string
	Back    string
	Key     string
	Payment Recorded
	Reason  ui.Field
	Err     error
}

// OverpaymentsPage is what the tills received too much, and what became of it.
type OverpaymentsPage struct {
	Frame            ui.Frame
	Places           ui.Segments
	Base             string
	Undo             string
	Boxes            []cashbox.Box
	First, Last      day.Day
	Today            day.Day
	Off              bool // the company does not follow them
	CanGive, CanUndo bool
	Err              error
	Overpayments     Overpayments
}

func (k Kind) title() string {
	switch k {
	case Refund:
		return "Rendre une avance"
	case Overpayment:
		return "Rendre un trop-perçu"
	}
	return "Encaisser un règlement"
}

func (k Kind) verb() string {
	if k == Repayment {
		return "Enregistrer le règlement"
	}
	return "Enregistrer la sortie"
}

func (p OverviewPage) address(page int) string {
	tous, number := "", ""
	if p.Search.Settled {
		tous = "oui"
	}
	if page > 1 {
		number = strconv.Itoa(page)
	}
	return query(p.Base, "q", p.Search.Words, "tri", string(p.Search.Sort), "tous", tous, "page", number)
}

func (p OverviewPage) export(format string) templ.SafeURL {
	tous := ""
	if p.Search.Settled {
		tous = "oui"
	}
	return templ.SafeURL(query(p.Base+"/export", "format", format, "q", p.Search.Words, "tri", string(p.Search.Sort), "tous", tous))
}

func (p OverviewPage) figures() []ui.Figure {
	o := p.Overview
	return []ui.Figure{
		ui.MoneyFigure("Les clients doivent", o.Owed), {Label: "Clients débiteurs", Value: locale.Int(int64(o.Debtors))},
		ui.MoneyFigure("Depuis plus de 90 jours", o.Ages[Buckets-1]), ui.MoneyFigure("Payé d’avance", o.Advance),
	}
}

func (p OverviewPage) searching() bool { return p.Search.Words != "" || p.Search.Settled }

// accountPath is the page of an account.
func (p OverviewPage) accountPath(a Account) string {
	return p.Cards + "/" + pathOf(a.Customer) + "/compte"
}

func (p OverviewPage) grid() ui.Table {
	t := ui.Table{Caption: "Crédits clients au " + locale.Date(p.Today), Columns: []ui.Column{{Label: "Client"}, {Label: "Doit", Num: true}}}
	for _, label := range BucketLabels() {
		t.Columns = append(t.Columns, ui.Column{Label: label, Num: true, Class: "seul-bureau"})
	}
	t.Columns = append(t.Columns, ui.Column{Label: "Depuis le"}, ui.Column{Label: "Reste à accorder", Num: true, Class: "seul-bureau"})
	first := (p.pages().Page - 1) * perPage
	for _, a := range p.Overview.Accounts[first:min(len(p.Overview.Accounts), first+perPage)] {
		row := ui.Row{URL: p.accountPath(a), Cells: []templ.Component{accountName(a), ui.Money(a.Balance)}}
		for _, amount := range a.Ages {
			row.Cells = append(row.Cells, some(amount))
		}
		row.Cells = append(row.Cells, someDay(a.Since), leftOf(a))
		t.Rows = append(t.Rows, row)
	}
	if p.pages().Page == p.pages().Last {
		foot := ui.Row{Cells: []templ.Component{ui.Text("Total"), ui.Money(p.Overview.Owed - p.Overview.Advance)}}
		for _, amount := range p.Overview.Ages {
			foot.Cells = append(foot.Cells, ui.Money(amount))
		}
		t.Foot = []ui.Row{{Cells: append(foot.Cells, nil, nil)}}
	}
	return t
}

func (p OverviewPage) pages() ui.Pages {
	last := max(1, (len(p.Overview.Accounts)+perPage-1)/perPage)
	return ui.Pages{Page: min(p.Page, last), Last: last, URL: p.address}
}

// some is an amount, nothing when it is zero.
func some(a money.Amount) templ.Component {
	if a == 0 {
		return nil
	}
	return ui.Money(a)
}

func someDay(d day.Day) templ.Component {
	if d == "" {
		return nil
	}
	return ui.Date(d)
}

func leftOf(a Account) templ.Component {
	if !a.Limited {
		return nil
	}
	return ui.Money(a.Left())
}

// dates are the questions of a period.
func dates(first, last day.Day, err error) []ui.Field {
	a := ui.Answers{Err: err}
	return []ui.Field{a.Fill(ui.Field{Name: "du", Label: "Du", Value: string(first)}), a.Fill(ui.Field{Name: "au", Label: "Au", Value: string(last)})}
}

func (p StatementPage) address(page int) string {
	number := ""
	if page > 1 {
		number = strconv.Itoa(page)
	}
	return query(p.Base, "du", string(p.Statement.First), "au", string(p.Statement.Last), "page", number)
}

func (p StatementPage) export(format string) templ.SafeURL {
	return templ.SafeURL(query(p.Base+"/export", "format", format, "du", string(p.Statement.First), "au", string(p.Statement.Last)))
}

func (p StatementPage) figures() []ui.Figure {
	s := p.Statement
	now := ui.MoneyFigure("Doit aujourd’hui", max(0, s.Balance))
	if s.Balance < 0 {
		now = ui.MoneyFigure("En avance aujourd’hui", -s.Balance)
	}
	now.Hero = true
	return []ui.Figure{now, ui.MoneyFigure("Solde au "+locale.Date(s.First.Add(-1)), s.Opening), ui.MoneyFigure("Crédits accordés", s.Granted), ui.MoneyFigure("Réglé", s.Paid)}
}

// ages are the age of what is owed, as facts.
func (p StatementPage) ages() []ui.Fact {
	var list []ui.Fact
	for i, label := range BucketLabels() {
		list = append(list, ui.Fact{Label: label, Value: ui.Money(p.Statement.Ages[i])})
	}
	if p.Statement.Limited {
		list = append(list, ui.Fact{Label: "Plafond de crédit", Value: ui.Money(p.Statement.Limit)}, ui.Fact{Label: "Reste à accorder", Value: ui.Money(p.Statement.Left())})
	}
	return list
}

func (p StatementPage) pages() ui.Pages {
	last := max(1, (len(p.Statement.Lines)+perPage-1)/perPage)
	return ui.Pages{Page: min(p.Page, last), Last: last, URL: p.address}
}

func (p StatementPage) grid() ui.Table {
	s := p.Statement
	t := ui.Table{Caption: "Compte de " + s.Name, Columns: []ui.Column{{Label: "Date"}, {Label: "Libellé"}, {Label: "Accordé", Num: true}, {Label: "Réglé", Num: true}, {Label: "Solde", Num: true}, {Label: "", Class: "seul-bureau"}}}
	pages := p.pages()
	first := (pages.Page - 1) * perPage
	if pages.Page == 1 {
		t.Rows = append(t.Rows, ui.Row{Class: "sous-total", Cells: []templ.Component{ui.Date(s.First.Add(-1)), ui.Text("Solde de départ"), nil, nil, ui.Money(s.Opening), nil}})
	}
	for _, l := range s.Lines[first:min(len(s.Lines), first+perPage)] {
		row := ui.Row{Cells: []templ.Component{ui.Date(l.Entry.On), label(l, p.Zone), some(max(0, l.Amount)), some(max(0, -l.Amount)), ui.Money(l.Balance), nil}}
		if l.Undone {
			row.Class = "annulee"
		} else if id := l.Payment(); id != "" && p.CanUndo {
			row.Cells[5] = undoLink(p.Undo + "/" + id + "/annuler")
		}
		t.Rows = append(t.Rows, row)
	}
	if pages.Page == pages.Last {
		t.Foot = []ui.Row{{Cells: []templ.Component{ui.Text("Solde au " + locale.Date(s.Last)), nil, ui.Money(s.Granted), ui.Money(s.Paid), ui.Money(s.Closing), nil}}}
	}
	return t
}

func (p PaymentPage) fields(pay Payment, today day.Day) ui.Fields {
	amount := ""
	switch {
	case pay.Amount > 0:
		amount = locale.Input(pay.Amount)
	case pay.Kind == Repayment && p.Balance > 0:
		amount = locale.Input(p.Balance)
	case pay.Kind != Repayment && p.Balance < 0:
		amount = locale.Input(-p.Balance)
	}
	box := ui.Field{Name: "box", Label: "Caisse", Value: pay.Box}
	for _, b := range p.Boxes {
		box.Options = append(box.Options, ui.Option{Value: b.ID, Label: b.Name})
	}
	method := ui.Field{Name: "method", Label: "Moyen de paiement", Value: pay.Method}
	for _, m := range p.Methods {
		method.Options = append(method.Options, ui.Option{Value: m.ID, Label: m.Label})
	}
	return ui.Fields{
		{Name: "amount", Label: "Montant", Value: amount, Focus: true}, {Name: "on", Label: "Date", Value: string(pay.On), More: templ.Attributes{"max": string(today)}}, box, method,
		{Name: "memo", Label: "Commentaire", Value: pay.Memo, Max: 200, Optional: true},
		{Name: "advance", Label: "Garder le surplus en avance", Help: "Le client a payé plus qu’il ne doit\u00a0: le reste se déduit de ses prochains crédits."},
	}
}

// owed says what is owed, or kept.
func (p PaymentPage) owed() string {
	switch {
	case p.Kind == Overpayment:
		return "La caisse a gardé " + locale.Euro(max(0, -p.Balance)) + " de trop-perçus."
	case p.Balance > 0:
		return "Doit " + locale.Euro(p.Balance) + "."
	case p.Balance < 0:
		return "En avance de " + locale.Euro(-p.Balance) + "."
	}
	return "Ne doit rien."
}

func (p OverpaymentsPage) names() map[string]string {
	names := map[string]string{}
	for _, b := range p.Boxes {
		names[b.ID] = b.Name
	}
	return names
}

func (p OverpaymentsPage) grid() ui.Table {
	t := ui.Table{Caption: "Trop-perçus et moins-perçus", Columns: []ui.Column{{Label: "Date"}, {Label: "Caisse"}, {Label: "Libellé"}, {Label: "Montant", Num: true}, {Label: "", Class: "seul-bureau"}}}
	names := p.names()
	var total money.Amount
	for _, o := range p.Overpayments.Lines {
		row := ui.Row{Cells: []templ.Component{ui.Date(o.On), ui.Text(names[o.Box]), ui.Text(o.Label), ui.SignedMoney(o.Amount), nil}}
		switch {
		case o.Undone:
			row.Class = "annulee"
		case o.Payment != "" && p.CanUndo:
			row.Cells[4] = undoLink(p.Undo + "/" + o.Payment + "/annuler")
		}
		if !o.Undone {
			total += o.Amount
		}
		t.Rows = append(t.Rows, row)
	}
	t.Foot = []ui.Row{{Cells: []templ.Component{ui.Text("Total"), nil, nil, ui.SignedMoney(total), nil}}}
	return t
}
