package deposit

import (
	"slices"
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

const perPage = 50

// BoardPage is what may go to the bank, and what went.
type BoardPage struct {
	Frame                  ui.Frame
	Base                   string
	Search                 Search
	Page                   int
	CanExport, ShowBalance bool
	Holdings               []Holding
	Names                  map[string]string // of boxes and methods
	List                   List
}

// SlipFormPage is the form of a slip.
type SlipFormPage struct {
	Frame       ui.Frame
	Action      string
	Back        string
	Cheques     string // address of the cheques in hand
	Key         string
	Today       day.Day
	Holding     Holding
	ShowBalance bool
	Answers     ui.Answers
}

// ChequesPage is the cheques in hand, with the form of one more.
type ChequesPage struct {
	Frame     ui.Frame
	Base      string
	Make      string // address of the form of a slip
	Key       string
	Today     day.Day
	Holding   Holding
	Customers party.Choice
	Page      int // of the list
	Answers   ui.Answers
}

// SlipPage is a slip, and what became of it.
type SlipPage struct {
	Frame     ui.Frame
	Base      string
	Key       string
	Today     day.Day
	Slip      Recorded
	Box       cashbox.Box
	Customers party.Choice
	Names     map[string]string
	People    map[string]string
	CanUndo   bool
	Answers   ui.Answers
}

func (p BoardPage) address(page int) string {
	return web.WithQuery(p.Base, "q", p.Search.Words, "etat", string(p.Search.State), "tri", string(p.Search.Sort), "page", strconv.Itoa(page))
}

func (p BoardPage) export(format string) templ.SafeURL {
	return templ.SafeURL(web.WithQuery(p.Base+"/export", "format", format, "q", p.Search.Words, "etat", string(p.Search.State), "tri", string(p.Search.Sort)))
}

func (p BoardPage) pages() ui.Pages {
	last := max(1, (len(p.List.Slips)+perPage-1)/perPage)
	return ui.Pages{Page: max(1, min(p.Page, last)), Last: last, URL: p.address}
}

func (p BoardPage) searching() bool { return p.Search.Words != "" || p.Search.State != AnyState }

func states() []ui.Option {
	var list []ui.Option
	for _, s := range []State{AnyState, InTransit, InBank, Gone} {
		list = append(list, ui.Option{Value: string(s), Label: stateWords(s)})
	}
	return list
}

// slipPath and chequesPath are the pages of a method of a box.
func (p BoardPage) slipPath(h Holding) string {
	return p.Base + "/nouvelle/" + h.Box.ID + "/" + h.Method.ID
}

func (p BoardPage) chequesPath(h Holding) string {
	return p.Base + "/cheques/" + h.Box.ID + "/" + h.Method.ID
}

// toTake is what each box may send to the bank.
func (p BoardPage) toTake() ui.Table {
	t := ui.Table{Caption: "À remettre", Columns: []ui.Column{{Label: "Caisse et moyen"}, {Label: "Détail", Class: "seul-bureau"}, {Label: "Proposé", Num: true}, {Label: ""}}}
	for _, h := range p.Holdings {
		row := ui.Row{Cells: []templ.Component{ui.Text(h.Box.Name + ", " + h.Method.Label), ui.Text(p.words(h)), nil, takeLinks(p, h)}}
		if p.ShowBalance {
			row.Cells[2] = ui.Money(h.Proposed)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// words says what there is to take.
func (p BoardPage) words(h Holding) string {
	if h.Method.Kind == tender.Cheque {
		return locale.Plural(len(h.Cheques), "chèque noté", "chèques notés") + ", " + locale.Euro(h.InHand())
	}
	if !p.ShowBalance {
		return ""
	}
	return "En caisse " + locale.Euro(h.Balance)
}

func (p BoardPage) grid() ui.Table {
	t := ui.Table{Caption: "Remises en banque", Columns: []ui.Column{
		{Label: "N°"}, {Label: "Date"}, {Label: "Caisse", Class: "seul-bureau"}, {Label: "Moyen", Class: "seul-bureau"}, {Label: "Montant", Num: true}, {Label: "Créditée le", Class: "seul-bureau"}, {Label: "État"},
	}}
	pages := p.pages()
	first := (pages.Page - 1) * perPage
	for _, r := range p.List.Slips[first:min(len(p.List.Slips), first+perPage)] {
		row := ui.Row{URL: p.Base + "/bordereau/" + r.ID, Cells: []templ.Component{
			ui.Text(locale.Int(r.Number)), ui.Date(r.On), ui.Text(p.Names[r.Box]), ui.Text(p.Names[r.Method]), ui.Money(r.Amount), nil, stateCell(r),
		}}
		if on := r.creditedOn(); on != "" {
			row.Cells[5] = ui.Date(on)
		}
		if r.State() == Gone {
			row.Class = "annulee"
		}
		t.Rows = append(t.Rows, row)
	}
	if pages.Page == pages.Last {
		t.Foot = []ui.Row{{Cells: []templ.Component{ui.Text("Total"), nil, nil, nil, ui.Money(p.List.Amount), nil, nil}}}
	}
	return t
}

// tone is the colour and the drawing of the state of a slip.
func (r Recorded) tone() (ui.Tone, string) {
	switch r.word() {
	case "Créditée":
		return ui.OK, "coche"
	case "Impayé":
		return ui.Error, "alerte"
	case "Annulée":
		return ui.Neutral, "croix"
	}
	return ui.Info, "horloge"
}

// slipCheques is how many cheques a slip is offered at most: the others wait for the next one.
const slipCheques = 200

// offered are the cheques to put on the slip, the oldest.
func (p SlipFormPage) offered() []Cheque {
	return p.Holding.Cheques[:min(len(p.Holding.Cheques), slipCheques)]
}

// ticked tells whether a cheque is on the slip: all of them the first time.
func (p SlipFormPage) ticked(c Cheque) bool {
	return p.Answers.Values == nil || slices.Contains(p.Answers.Values["cheque"], c.ID)
}

func (p SlipFormPage) fields() ui.Fields {
	loose, label := p.Holding.Loose(), "Montant"
	if p.Holding.Method.Kind == tender.Cheque {
		label = "Autres chèques, en un montant"
	}
	f := ui.Field{Name: "loose", Label: label}
	if loose > 0 {
		f.Value = locale.Input(loose)
	}
	switch {
	case p.Holding.Method.Kind == tender.Cash && p.ShowBalance:
		f.Help = "Proposé\u00a0: le solde moins le fonds de caisse de " + locale.Euro(p.Holding.Box.TargetFloat) + ", en billets."
	case p.Holding.Method.Kind == tender.Cheque:
		f.Help = "Ceux que vous n’avez pas notés un à un."
	}
	return p.Answers.FillAll(ui.Fields{f, {Name: "on", Label: "Date", Value: string(p.Today), More: templ.Attributes{"max": string(p.Today)}}, {Name: "memo", Label: "Commentaire", Max: 150, Optional: true}})
}

func (p SlipFormPage) isCash() bool { return p.Holding.Method.Kind == tender.Cash }

func (p SlipFormPage) isCheque() bool { return p.Holding.Method.Kind == tender.Cheque }

// pieces are the notes and coins to count.
func (p SlipFormPage) pieces() ui.Fields {
	var list ui.Fields
	for _, value := range Denominations {
		list = append(list, ui.Field{Name: pieceField(value), Label: pieceLabel(value), Optional: true})
	}
	return p.Answers.FillAll(list)
}

// counting tells whether pieces were typed.
func (p SlipFormPage) counting() bool {
	return slices.ContainsFunc(p.pieces(), func(f ui.Field) bool { return f.Value != "" || f.Error != "" })
}

// words name a cheque: its number, its drawer, its bank.
func (c Cheque) words() string {
	text := "Chèque"
	if c.Number != "" {
		text += " n°\u00a0" + c.Number
	}
	for _, part := range []string{c.Drawer, c.Bank} {
		if part != "" {
			text += ", " + part
		}
	}
	return text + ", reçu le " + locale.Date(c.On)
}

func (p ChequesPage) fields() ui.Fields {
	return p.Answers.FillAll(ui.Fields{
		{Name: "amount", Label: "Montant", Focus: true}, {Name: "drawer", Label: "Tireur", Help: "Qui a signé le chèque.", Max: 80, Optional: true}, {Name: "bank", Label: "Banque", Max: 60, Optional: true},
		{Name: "number", Label: "Numéro du chèque", Max: 20, Mode: "numeric", Optional: true}, {Name: "on", Label: "Reçu le", Value: string(p.Today), More: templ.Attributes{"max": string(p.Today)}},
		p.Customers.Field(ui.Field{Name: "party", Label: "Client", Value: p.Answers.Values.Get("party")}, "Sans fiche"),
	})
}

// shown are the cheques of the page of the list.
func (p ChequesPage) shown() []Cheque {
	all := p.Holding.Cheques
	first := min(len(all), (p.Page-1)*perPage)
	return all[first:min(len(all), first+perPage)]
}

func (p ChequesPage) pages() ui.Pages {
	return ui.Pages{Page: p.Page, Last: (len(p.Holding.Cheques) + perPage - 1) / perPage, URL: func(n int) string { return p.Base + "?page=" + strconv.Itoa(n) }}
}

func (p ChequesPage) grid() ui.Table {
	t := ui.Table{Caption: "Chèques en main", Columns: []ui.Column{{Label: "Reçu le"}, {Label: "Tireur"}, {Label: "Banque", Class: "seul-bureau"}, {Label: "N°", Class: "seul-bureau"}, {Label: "Montant", Num: true}, {Label: ""}}}
	for _, c := range p.shown() {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Date(c.On), ui.Text(c.Drawer), ui.Text(c.Bank), ui.Text(c.Number), ui.Money(c.Amount), withdrawButton(p, c)}})
	}
	t.Foot = []ui.Row{{Cells: []templ.Component{ui.Text("Total"), nil, nil, nil, ui.Money(p.Holding.InHand()), nil}}}
	return t
}

// standing says how the cheques written down compare with the box.
func (p ChequesPage) standing() string {
	switch diff := p.Holding.Balance - p.Holding.InHand(); {
	case diff > 0:
		return locale.Euro(diff) + " de chèques en caisse ne sont pas notés. Ils se remettent en un montant, ou se notent ici."
	case diff < 0:
		return locale.Euro(-diff) + " de chèques notés ne sont pas encore dans la caisse\u00a0: la journée qui les a reçus n’est pas clôturée."
	}
	return "Les chèques notés sont exactement ceux de la caisse."
}

func (p SlipPage) facts() []ui.Fact {
	s := p.Slip
	list := []ui.Fact{{Label: "Montant", Value: ui.Money(s.Amount)}, {Label: "Date", Value: ui.Date(s.On)}, {Label: "Caisse", Value: ui.Text(p.Box.Name + ", " + p.Names[s.Method])}}
	if s.Loose > 0 && len(s.List) > 0 {
		list = append(list, ui.Fact{Label: "Dont non détaillé", Value: ui.Money(s.Loose)})
	}
	if on := s.creditedOn(); on != "" {
		list = append(list, ui.Fact{Label: "Créditée le", Value: ui.Date(on)})
	}
	for _, f := range [][2]string{{"Commentaire", s.Memo}, {"Préparée par", p.People[s.By]}} {
		if f[1] != "" {
			list = append(list, ui.Fact{Label: f[0], Value: ui.Text(f[1])})
		}
	}
	return list
}

func (p SlipPage) grid() ui.Table {
	t := ui.Table{Caption: "Chèques de la remise", Columns: []ui.Column{{Label: "Tireur"}, {Label: "Banque", Class: "seul-bureau"}, {Label: "N°"}, {Label: "Montant", Num: true}, {Label: "État"}}}
	for _, c := range p.Slip.List {
		row := ui.Row{Cells: []templ.Component{ui.Text(c.Drawer), ui.Text(c.Bank), ui.Text(c.Number), ui.Money(c.Amount), nil}}
		if e := p.Slip.returnOf(c.ID); e != nil {
			row.Cells[4] = ui.Status(ui.Error, "alerte", "Impayé le "+locale.Date(e.On))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// cash is the notes and coins of the slip.
func (p SlipPage) cash() ui.Table {
	t := ui.Table{Caption: "Billets et pièces", Columns: []ui.Column{{Label: "Coupure"}, {Label: "Nombre", Num: true}, {Label: "Montant", Num: true}}}
	for _, value := range Denominations {
		if n := p.Slip.Pieces[value]; n > 0 {
			t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Text(pieceLabel(value)), ui.Text(locale.Int(int64(n))), ui.Money(money.Amount(value) * money.Amount(n))}})
		}
	}
	return t
}

// returnable are the cheques that may come back.
func (p SlipPage) returnable() []ui.Option {
	var list []ui.Option
	for _, c := range p.Slip.List {
		if p.Slip.returnOf(c.ID) == nil {
			list = append(list, ui.Option{Value: c.ID, Label: c.words() + ", " + locale.Euro(c.Amount)})
		}
	}
	return list
}

func (p SlipPage) creditField() ui.Field {
	return p.Answers.Fill(ui.Field{Name: "on", Label: "Créditée le", Value: string(p.Today), More: templ.Attributes{"max": string(p.Today), "min": string(p.Slip.On)}})
}

// returnFields are those of a cheque that came back; the customer of the first is proposed.
func (p SlipPage) returnFields() ui.Fields {
	customer := ""
	if list := p.returnable(); len(list) > 0 {
		for _, c := range p.Slip.List {
			if c.ID == list[0].Value {
				customer = c.Party
			}
		}
	}
	return p.Answers.FillAll(ui.Fields{
		{Name: "cheque", Label: "Chèque", Options: p.returnable()}, {Name: "on", ID: "c-on-impaye", Label: "Repris par la banque le", Value: string(p.Today), More: templ.Attributes{"max": string(p.Today)}},
		{Name: "fee", Label: "Frais de la banque", Optional: true}, p.Customers.Field(ui.Field{Name: "party", Label: "Qui le doit", Help: "Sans client, le montant est une perte.", Value: customer}, "Personne, c’est une perte"),
		{Name: "memo", Label: "Commentaire", Max: 200, Optional: true},
	})
}
