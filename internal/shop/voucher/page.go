package voucher

import (
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

const perPage = 50

// ListPage is the vouchers.
type ListPage struct {
	Frame                             ui.Frame
	Places                            ui.Segments
	Base                              string
	Search                            Search
	Page                              int
	Today                             day.Day
	CanIssue, CanExport, ShowStanding bool
	Off                               bool // the company does not follow vouchers
	List                              List
	Standing                          Standing
}

// FormPage is the form of a voucher sold.
type FormPage struct {
	Frame        ui.Frame
	Action, Back string
	Key          string
	Boxes        []cashbox.Box
	Categories   []catalog.SalesCategory
	Form         ui.Fields
	Err          error
}

// CardPage is a voucher, what happened to it, and what may be done with it.
type CardPage struct {
	Frame     ui.Frame
	Base      string
	Key       string
	Today     day.Day
	Voucher   Recorded
	Category  string
	Boxes     []cashbox.Box
	Methods   []tender.Method
	Names     map[string]string // of people
	BoxNames  map[string]string
	CanManage bool
	Answers   ui.Answers
}

// states are the choices of a list.
func states() []ui.Option {
	var list []ui.Option
	for _, s := range []State{Live, Lapsed, Spent, Ended, AnyKind} {
		list = append(list, ui.Option{Value: string(s), Label: stateWords(s)})
	}
	return list
}

func (p ListPage) address(page int) string {
	return web.WithQuery(p.Base, "q", p.Search.Words, "etat", string(p.Search.State), "tri", string(p.Search.Sort), "page", strconv.Itoa(page))
}

func (p ListPage) export(format string) templ.SafeURL {
	return templ.SafeURL(web.WithQuery(p.Base+"/export", "format", format, "q", p.Search.Words, "etat", string(p.Search.State), "tri", string(p.Search.Sort)))
}

func (p ListPage) pages() ui.Pages {
	last := max(1, (len(p.List.Vouchers)+perPage-1)/perPage)
	return ui.Pages{Page: max(1, min(p.Page, last)), Last: last, URL: p.address}
}

// neverSold tells whether no voucher was ever followed.
func (p ListPage) neverSold() bool {
	return len(p.List.Vouchers) == 0 && p.Search.Words == "" && (p.Search.State == Live || p.Search.State == AnyKind)
}

func (p ListPage) grid() ui.Table {
	t := ui.Table{Caption: stateWords(p.Search.State), Columns: []ui.Column{
		{Label: "N°"}, {Label: "Bénéficiaire", Class: "seul-bureau"}, {Label: "Vendu le", Class: "seul-bureau"}, {Label: "Valable jusqu’au"}, {Label: "Montant", Num: true, Class: "seul-bureau"}, {Label: "Reste", Num: true}, {Label: "État"},
	}}
	pages := p.pages()
	first := (pages.Page - 1) * perPage
	for _, v := range p.List.Vouchers[first:min(len(p.List.Vouchers), first+perPage)] {
		t.Rows = append(t.Rows, ui.Row{URL: p.Base + "/" + v.ID, Cells: []templ.Component{
			ui.Text(v.Number), ui.Text(v.Holder), ui.Date(v.On), untilCell(v), ui.Money(v.Amount), ui.Money(v.Left), stateCell(v, p.Today),
		}})
	}
	if pages.Page == pages.Last {
		t.Foot = []ui.Row{{Cells: []templ.Component{ui.Text("Total"), nil, nil, nil, ui.Money(p.List.Amount), ui.Money(p.List.Left), nil}}}
	}
	return t
}

func untilCell(v Recorded) templ.Component {
	if v.until == "" {
		return ui.Text("sans limite")
	}
	return ui.Date(v.until)
}

// tone is the colour and the drawing of a state.
func (r Recorded) tone(today day.Day) (ui.Tone, string) {
	switch r.State(today) {
	case Live:
		return ui.OK, "coche"
	case Lapsed:
		return ui.Warn, "horloge"
	}
	return ui.Neutral, "cadenas"
}

// standing is the reconciliation with the account.
func (p ListPage) standing() []ui.Fact {
	s := p.Standing
	list := []ui.Fact{{Label: "Bons numérotés, reste à honorer", Value: ui.Money(s.Numbered)}, {Label: "Bons vendus sans numéro", Value: ui.Money(s.Pool)}}
	if s.Waiting != 0 {
		list = append(list, ui.Fact{Label: "En attente des feuilles du jour", Value: ui.SignedMoney(-s.Waiting)})
	}
	list = append(list, ui.Fact{Label: "Compte des bons à honorer", Value: ui.Money(s.Account)})
	if s.Single != 0 {
		list = append(list, ui.Fact{Label: "À usage unique, déjà comptés en ventes", Value: ui.Money(s.Single)})
	}
	return list
}

func (p FormPage) fields(v Voucher, today day.Day) ui.Fields {
	amount := ""
	if v.Amount > 0 {
		amount = locale.Input(v.Amount)
	}
	box := ui.Field{Name: "box", Label: "Caisse", Value: v.Box}
	for _, b := range p.Boxes {
		box.Options = append(box.Options, ui.Option{Value: b.ID, Label: b.Name})
	}
	category := ui.Field{Name: "category", Label: "Rayon", Help: "Pour un bon à usage unique seulement.", Value: v.Category, Options: []ui.Option{{Value: "", Label: "Aucun"}}}
	for _, c := range p.Categories {
		category.Options = append(category.Options, ui.Option{Value: c.ID, Label: c.Label + ", TVA " + locale.Percent(int64(c.Rate))})
	}
	return ui.Fields{
		{Name: "amount", Label: "Montant", Value: amount, Focus: true},
		{Name: "purpose", Label: "À quoi sert-il\u00a0?", Value: string(v.Purpose), Options: []ui.Option{
			{Value: string(Multi), Label: Multi.Label(), Help: "Tout le magasin. La TVA est due quand il est utilisé\u00a0: comptez-le dans «\u00a0Bons cadeaux vendus\u00a0»."},
			{Value: string(Single), Label: Single.Label(), Help: "Un seul rayon, un seul taux. La TVA est due à la vente\u00a0: comptez-le dans les ventes de ce rayon, et non dans les bons."},
		}},
		category, box,
		{Name: "on", Label: "Vendu le", Value: string(v.On), More: templ.Attributes{"max": string(today)}},
		{Name: "until", Label: "Valable jusqu’au", Value: string(v.ValidUntil), Optional: true},
		{Name: "number", Label: "Numéro imprimé", Help: "Vide\u00a0: un numéro est donné.", Value: v.Number, Max: 24, Optional: true},
		{Name: "holder", Label: "Bénéficiaire", Value: v.Holder, Max: 80, Optional: true},
		{Name: "memo", Label: "Commentaire", Value: v.Memo, Max: 200, Optional: true},
	}
}

// facts are what is known of the voucher.
func (p CardPage) facts() []ui.Fact {
	v := p.Voucher
	list := []ui.Fact{{Label: "Valeur", Value: ui.Money(v.Amount)}, {Label: "Usage", Value: ui.Text(v.Purpose.Label())}}
	if v.Purpose == Single {
		list = append(list, ui.Fact{Label: "Rayon", Value: ui.Text(p.Category + ", TVA " + locale.Percent(int64(v.Rate)))})
	}
	list = append(list, ui.Fact{Label: "Vendu le", Value: ui.Date(v.On)}, ui.Fact{Label: "Caisse", Value: ui.Text(p.BoxNames[v.Box])}, ui.Fact{Label: "Valable jusqu’au", Value: untilCell(v)})
	for _, f := range [][2]string{{"Bénéficiaire", v.Holder}, {"Commentaire", v.Memo}, {"Enregistré par", p.Names[v.By]}} {
		if f[1] != "" {
			list = append(list, ui.Fact{Label: f[0], Value: ui.Text(f[1])})
		}
	}
	return list
}

// history is what happened to the voucher, the newest first.
func (p CardPage) history() ui.Table {
	t := ui.Table{Caption: "Utilisations et changements", Columns: []ui.Column{{Label: "Date"}, {Label: "Quoi"}, {Label: "Caisse", Class: "seul-bureau"}, {Label: "Par", Class: "seul-bureau"}, {Label: "Montant", Num: true}, {Label: ""}}}
	for i := len(p.Voucher.Events) - 1; i >= 0; i-- {
		e := p.Voucher.Events[i]
		what := e.Kind.label()
		if e.Kind == Prolonged {
			what += " jusqu’au " + locale.Date(e.ValidUntil)
		}
		if e.Memo != "" {
			what += "\u00a0: " + e.Memo
		}
		row := ui.Row{Cells: []templ.Component{ui.Date(e.On), ui.Text(what), ui.Text(p.BoxNames[e.Box]), ui.Text(p.Names[e.By]), nil, nil}}
		if e.Amount != 0 {
			row.Cells[4] = ui.Money(e.Amount)
		}
		switch {
		case e.Kind == Used && p.Voucher.undone(e.ID):
			row.Class = "annulee"
		case e.Kind == Used && p.CanManage && p.Voucher.ended == "":
			row.Cells[5] = takeBackButton(p, e)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (p CardPage) boxField() ui.Field {
	f := ui.Field{Name: "box", Label: "Caisse"}
	for _, b := range p.Boxes {
		f.Options = append(f.Options, ui.Option{Value: b.ID, Label: b.Name})
	}
	return p.Answers.Fill(f)
}

func (p CardPage) methodField() ui.Field {
	f := ui.Field{Name: "method", Label: "Moyen de paiement"}
	for _, m := range p.Methods {
		f.Options = append(f.Options, ui.Option{Value: m.ID, Label: m.Label})
	}
	return p.Answers.Fill(f)
}

// useFields are those of a use: all that is left is proposed.
func (p CardPage) useFields() ui.Fields {
	return p.Answers.FillAll(ui.Fields{
		{Name: "amount", Label: "Montant utilisé", Value: locale.Input(p.Voucher.Left), Focus: true}, {Name: "on", Label: "Date", Value: string(p.Today), More: templ.Attributes{"max": string(p.Today)}},
	})
}

// usable tells whether the voucher may be used today.
func (p CardPage) usable() bool { return p.Voucher.usable(p.Today) == nil }

// open tells whether something may still be done with the voucher.
func (p CardPage) open() bool {
	s := p.Voucher.State(p.Today)
	return s == Live || s == Lapsed
}
