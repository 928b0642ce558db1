package party

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/siren"
	"encaisse/internal/books/ledger"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

const (
	perPage   = 50
	shortList = 20 // lines of an account shown on a card
)

// ListPage is a page of customers or suppliers.
type ListPage struct {
	Frame              ui.Frame
	Places             ui.Segments
	Base               string
	Search             Search
	Page, Total        int
	List               []Party
	Balances           map[string]money.Amount // by ledger account; nil is not shown
	CanEdit, CanExport bool
}

// CardPage is one of them.
type CardPage struct {
	Frame       ui.Frame
	Base        string
	Party       Party
	ShowBalance bool
	Account     string // address of the whole account, "" when it is not followed
	Balance     money.Amount
	Lines       []ledger.StatementLine // the last ones, by date
	CanEdit     bool
	Zone        *time.Location
}

// EditPage is the form of a card.
type EditPage struct {
	Frame  ui.Frame
	Action string
	Party  Party
	Key    string // id of a new card
	Form   ui.Fields
	Err    error
}

func (k Kind) path() string {
	if k == Supplier {
		return "fournisseurs"
	}
	return "clients"
}

func (k Kind) title() string {
	if k == Supplier {
		return "Fournisseurs"
	}
	return "Clients"
}

func (k Kind) newTitle() string {
	if k == Supplier {
		return "Nouveau fournisseur"
	}
	return "Nouveau client"
}

// words counts them: 1 client, 3 fournisseurs.
func (k Kind) words(n int) string {
	if k == Supplier {
		return locale.Plural(n, "fournisseur", "fournisseurs")
	}
	return locale.Plural(n, "client", "clients")
}

func (n Nature) label() string {
	switch n {
	case Company:
		return "Entreprise"
	case Public:
		return "Organisme public"
	}
	return "Particulier"
}

// searchOf reads the search of the address.
func searchOf(c *web.Ctx, kind Kind) Search {
	s := Search{Kind: kind, Words: c.Query("q"), Inactive: c.Query("tous") != "", Sort: Sort(c.Query("tri")), Limit: perPage}
	if len(s.Words) > 100 {
		s.Words = s.Words[:100]
	}
	if s.Sort != ByCity && s.Sort != ByAge {
		s.Sort = ByName
	}
	if page, err := strconv.Atoi(c.Query("page")); err == nil && page > 1 && page < 100_000 {
		s.Offset = (page - 1) * perPage
	}
	return s
}

// query is the address of the list with the same search.
func (p ListPage) query(path string, more ...string) string {
	v := url.Values{}
	if p.Search.Words != "" {
		v.Set("q", p.Search.Words)
	}
	if p.Search.Sort != ByName {
		v.Set("tri", string(p.Search.Sort))
	}
	if p.Search.Inactive {
		v.Set("tous", "oui")
	}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

func (p ListPage) pages() ui.Pages {
	return ui.Pages{Page: p.Page, Last: (p.Total + perPage - 1) / perPage, URL: func(page int) string { return p.query(p.Base, "page", strconv.Itoa(page)) }}
}

func (p ListPage) searching() bool { return p.Search.Words != "" || p.Search.Inactive }

func (p ListPage) grid() ui.Table {
	t := ui.Table{Caption: p.Search.Kind.title(), Columns: []ui.Column{{Label: "Nom"}, {Label: "Ville"}, {Label: "Téléphone", Class: "seul-bureau"}, {Label: "E-mail", Class: "seul-bureau"}}}
	if p.Balances != nil {
		t.Columns = append(t.Columns, ui.Column{Label: "Doit", Num: true})
	}
	for _, x := range p.List {
		row := ui.Row{URL: p.Base + "/" + url.PathEscape(x.ID), Cells: []templ.Component{name(x), ui.Text(x.City), ui.Text(x.Phone), ui.Text(x.Email)}}
		if p.Balances != nil {
			row.Cells = append(row.Cells, owed(p.Balances[x.Account()]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// table is the list for a spreadsheet.
func (p ListPage) table() table.Table {
	t := table.Table{Title: p.Search.Kind.title(), Columns: []table.Column{
		{Label: "Nom", Weight: 3}, {Label: "Nature"}, {Label: "E-mail", Weight: 2}, {Label: "Téléphone"}, {Label: "Adresse", Weight: 2}, {Label: "Code postal"},
		{Label: "Ville"}, {Label: "SIRET"}, {Label: "TVA"}, {Label: "Compte"}, {Label: "Note", Weight: 2},
	}}
	if p.Search.Kind == Customer {
		t.Columns = append(t.Columns, table.Column{Label: "Plafond", Kind: table.Money})
	}
	if p.Balances != nil {
		t.Columns = append(t.Columns, table.Column{Label: "Doit", Kind: table.Money})
	}
	var total money.Amount
	for _, x := range p.List {
		cells := []table.Cell{
			table.Text(x.Name), table.Text(x.Nature.label()), table.Text(x.Email), table.Text(x.Phone), table.Text(x.Street), table.Text(x.Postcode),
			table.Text(x.City), table.Text(x.SIRET), table.Text(x.VATNumber), table.Text(x.AccountCode), table.Text(x.Note),
		}
		if p.Search.Kind == Customer {
			limit := table.Cell{}
			if x.Limited {
				limit = table.Amount(x.CreditLimit)
			}
			cells = append(cells, limit)
		}
		if p.Balances != nil {
			cells = append(cells, table.Amount(p.Balances[x.Account()]))
			total += p.Balances[x.Account()]
		}
		t.Add(table.Plain, cells...)
	}
	if p.Balances != nil {
		none := make([]table.Cell, len(t.Columns)-2)
		t.AddTotal(table.Total, append(append([]table.Cell{table.Text("Total")}, none...), table.Amount(total))...)
	}
	return t
}

// report is the list on paper: who, how to reach them, and what they owe.
func (p ListPage) report(today day.Day) company.Report {
	t := table.Table{Title: p.Search.Kind.title(), Empty: "Personne", Columns: []table.Column{{Label: "Nom", Weight: 3}, {Label: "Téléphone"}, {Label: "E-mail", Weight: 2}, {Label: "Adresse", Weight: 3}}}
	if p.Balances != nil {
		t.Columns = append(t.Columns, table.Column{Label: "Doit", Kind: table.Money, Carry: table.Sum})
	}
	var total money.Amount
	for _, x := range p.List {
		cells := []table.Cell{table.Text(x.Name), table.Text(x.Phone), table.Text(x.Email), table.Text(strings.TrimSpace(x.Street + " " + x.Postcode + " " + x.City))}
		if p.Balances != nil {
			cells = append(cells, table.Amount(p.Balances[x.Account()]))
			total += p.Balances[x.Account()]
		}
		t.Add(table.Plain, cells...)
	}
	r := company.Report{Name: p.Search.Kind.path() + "_" + string(today), Title: p.Search.Kind.title(), Subtitle: p.Search.Words, Period: "au " + locale.Date(today), Landscape: true,
		Figures: [][2]string{{p.Search.Kind.title(), locale.Int(int64(len(p.List)))}}}
	if p.Balances != nil {
		none := table.Cell{}
		t.AddTotal(table.Total, table.Text("Total"), none, none, none, table.Amount(total))
		r.Figures = append(r.Figures, [2]string{"Doivent", locale.Euro(total)})
	}
	r.Tables = []table.Table{t}
	return r
}

func fields(p Party) ui.Fields {
	limit := ""
	if p.Limited {
		limit = locale.Input(p.CreditLimit)
	}
	active := ""
	if p.Active {
		active = "oui"
	}
	return ui.Fields{
		{Name: "nature", Label: "Nature", Value: string(p.Nature), HideLabel: true, Options: []ui.Option{
			{Value: string(Person), Label: Person.label()}, {Value: string(Company), Label: Company.label()}, {Value: string(Public), Label: Public.label()},
		}},
		{Name: "name", Label: "Nom", Value: p.Name, Max: 80, Focus: p.ID == ""},
		{Name: "email", Label: "E-mail", Type: "email", Value: p.Email, Max: 120, Optional: true},
		{Name: "phone", Label: "Téléphone", Type: "tel", Value: p.Phone, Max: 30, Optional: true},
		{Name: "street", Label: "Adresse", Value: p.Street, Max: 120, Optional: true},
		{Name: "postcode", Label: "Code postal", Value: p.Postcode, Max: 12, Optional: true},
		{Name: "city", Label: "Ville", Value: p.City, Max: 80, Optional: true},
		{Name: "siret", Label: "SIREN ou SIRET", Value: siren.Format(p.SIRET), Mode: "numeric", Max: 20, Optional: true},
		{Name: "vat_number", Label: "Numéro de TVA", Value: p.VATNumber, Max: 20, Optional: true},
		{Name: "account", Label: "Compte auxiliaire", Value: p.AccountCode, Placeholder: "411MARTIN", Max: 12, Optional: true},
		{Name: "credit_limit", Label: "Plafond de crédit", Help: "Une alerte au-delà. Vide\u00a0: pas de plafond.", Value: limit, Optional: true},
		{Name: "note", Label: "Note", Value: p.Note, Max: 500, Rows: 3, Optional: true},
		{Name: "active", Label: "Fiche en service", Help: "Hors service, elle n’est plus proposée. Ce qui la concerne reste.", Value: active},
	}
}

// lastLines are the last lines of an account.
func lastLines(q db.Querier, account string) ([]ledger.StatementLine, error) {
	filter := ledger.Filter{Prefix: account, First: "1900-01-01", Last: "2199-12-31", Limit: shortList}
	n, err := ledger.CountLines(q, filter)
	if err != nil {
		return nil, err
	}
	filter.Offset = max(0, n-shortList)
	return ledger.Statement(q, filter)
}

// facts are what is known of a party.
func (p CardPage) facts() []ui.Fact {
	x := p.Party
	var list []ui.Fact
	town := x.Postcode
	if town != "" && x.City != "" {
		town += " "
	}
	for _, f := range [][2]string{
		{"Nature", x.Nature.label()}, {"E-mail", x.Email}, {"Téléphone", x.Phone}, {"Adresse", x.Street}, {"Ville", town + x.City}, {"SIREN ou SIRET", siren.Format(x.SIRET)},
		{"Numéro de TVA", x.VATNumber}, {"Compte auxiliaire", x.AccountCode}, {"Note", x.Note},
	} {
		if f[1] != "" {
			list = append(list, ui.Fact{Label: f[0], Value: ui.Text(f[1])})
		}
	}
	if x.Limited {
		list = append(list, ui.Fact{Label: "Plafond de crédit", Value: ui.Money(x.CreditLimit)})
	}
	return list
}

// overLimit tells whether a customer owes more than allowed.
func (p CardPage) overLimit() bool { return p.Party.Limited && p.Balance > p.Party.CreditLimit }

// statement is the table of the last lines, the newest first.
func (p CardPage) statement() ui.Table {
	t := ui.Table{Caption: "Compte de " + p.Party.Name, Columns: []ui.Column{{Label: "Date"}, {Label: "Libellé"}, {Label: "Montant", Num: true}}}
	for i := len(p.Lines) - 1; i >= 0; i-- {
		line := p.Lines[i]
		memo := line.Memo
		if memo == "" {
			memo = line.Entry.Memo
		}
		row := ui.Row{Cells: []templ.Component{ui.Date(line.Entry.On), ui.Text(memo), signed(line.Amount)}}
		if line.ReversedBy != "" {
			row.Class = "annulee"
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (p CardPage) erasure() ui.Question {
	return ui.Question{
		ID: "effacer", Opener: "Effacer les données personnelles", Icon: "corbeille", Class: "discret", Title: "Effacer les données personnelles", Danger: true,
		Text:   "Nom, coordonnées et note disparaissent pour toujours. Les écritures restent, sans dire de qui il s’agissait, comme la loi l’exige.",
		Action: p.Base + "/" + url.PathEscape(p.Party.ID) + "/effacer", Button: "Effacer pour toujours",
	}
}

func (p ListPage) addLink() ui.Link {
	if !p.CanEdit {
		return ui.Link{}
	}
	return ui.Link{Label: p.Search.Kind.newTitle(), URL: p.Base + "/nouveau"}
}
