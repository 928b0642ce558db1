package intake

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

const (
	perPage     = 30
	shownLines  = 200 // lines of a preview
	shownFaults = 200
)

// ListPage receives a file and lists the imports.
type ListPage struct {
	Frame       ui.Frame
	Base        string
	Key         string
	Kinds       []Kind
	Form        ui.Fields
	Err         error
	List        []Intake
	Page, Total int
	Names       map[string]string
	Zone        *time.Location
}

// OnePage is an import: its matching and preview, its progress, what it brought.
type OnePage struct {
	Frame     ui.Frame
	Base      string
	Import    Intake
	Registers Registers
	Plan      Plan
	Items     []Item
	Same      []Intake // earlier imports of the same file
	Names     map[string]string
	Zone      *time.Location
	MayClose  bool
	Err       error
	Days      string // address of the days
	Cards     string // address of the customers
}

func (k Kind) title() string {
	return map[Kind]string{Days: "Import de journées", Customers: "Import de clients", Suppliers: "Import de fournisseurs"}[k]
}

func (k Kind) label() string {
	return map[Kind]string{Days: "Journées de caisse", Customers: "Clients", Suppliers: "Fournisseurs"}[k]
}

// words counts what a kind brings.
func (k Kind) words(n int) string {
	switch k {
	case Customers:
		return locale.Plural(n, "client", "clients")
	case Suppliers:
		return locale.Plural(n, "fournisseur", "fournisseurs")
	}
	return locale.Plural(n, "journée", "journées")
}

func (s State) words() string {
	return map[State]string{Matching: "À vérifier", Running: "En cours", Stopping: "Arrêt en cours", Done: "Importé", Cancelled: "Arrêté, rien n’est entré", Failed: "Refusé, rien n’est entré",
		Undoing: "Annulation en cours", Undone: "Annulé"}[s]
}

func (s State) tone() (ui.Tone, string) {
	switch s {
	case Done:
		return ui.OK, "coche"
	case Failed:
		return ui.Error, "alerte"
	case Matching:
		return ui.Warn, "crayon"
	case Running, Stopping, Undoing:
		return ui.Info, "horloge"
	}
	return ui.Neutral, "retour"
}

func fileFields(kinds []Kind) ui.Fields {
	what := ui.Field{Name: "sorte", Label: "Ce que contient le fichier"}
	for _, k := range kinds {
		what.Options = append(what.Options, ui.Option{Value: string(k), Label: k.label()})
	}
	if len(kinds) > 0 {
		what.Value = string(kinds[0])
	}
	return ui.Fields{what, {Name: "fichier", Label: "Fichier", Help: "CSV ou Excel (XLSX), 5\u00a0Mo au plus. Les titres des colonnes disent ce qu’elles contiennent\u00a0; vous vérifiez avant que rien n’entre.", Accept: ".csv,.txt,.tsv,.xlsx"}}
}

func (p ListPage) name(id string) string { return nameOf(p.Names, id) }

func nameOf(names map[string]string, id string) string {
	if n := names[id]; n != "" {
		return n
	}
	return "une personne partie"
}

func (p ListPage) pages() ui.Pages {
	return ui.Pages{Page: p.Page, Last: (p.Total + perPage - 1) / perPage, URL: func(n int) string { return p.Base + "?page=" + strconv.Itoa(n) }}
}

func (p ListPage) table() ui.Table {
	t := ui.Table{Caption: "Imports", Columns: []ui.Column{{Label: "Fichier"}, {Label: "Contenu"}, {Label: "État"}, {Label: "Par", Class: "seul-bureau"}, {Label: "Le", Class: "seul-bureau"}}}
	for _, i := range p.List {
		tone, icon := i.State.tone()
		t.Rows = append(t.Rows, ui.Row{URL: p.Base + "/" + url.PathEscape(i.ID), Cells: []templ.Component{
			ui.Text(i.Name), ui.Text(i.Kind.label()), ui.Status(tone, icon, i.State.words()), ui.Text(p.name(i.By)), ui.Instant(i.CreatedAt, p.Zone),
		}})
	}
	return t
}

// columnFields ask what each column holds.
func (p OnePage) columnFields() []ColumnField {
	var list []ColumnField
	options := []ui.Option{{Value: "", Label: "Laisser cette colonne"}}
	for _, t := range targets(p.Import.Kind, p.Registers) {
		options = append(options, ui.Option{Value: t.ID, Label: t.Label, Group: t.Group})
	}
	for n, title := range p.Plan.Titles {
		if title == "" {
			title = "Colonne " + strconv.Itoa(n+1)
		}
		c := ColumnField{Title: title, Field: ui.Field{Name: "col-" + strconv.Itoa(n), Label: "Ce que contient " + title, HideLabel: true, Options: options}}
		if n < len(p.Import.Mapping.Columns) {
			c.Field.Value = p.Import.Mapping.Columns[n]
		}
		for _, row := range p.Plan.Sample {
			if n < len(row) && row[n] != "" {
				c.Samples = append(c.Samples, row[n])
			}
		}
		list = append(list, c)
	}
	return list
}

// ColumnField is a column of the file with what it holds.
type ColumnField struct {
	Title   string
	Samples []string
	Field   ui.Field
}

// labelFields ask what each label of the lines means.
func (p OnePage) labelFields() []ui.Field {
	var list []ui.Field
	for _, l := range p.Plan.Labels {
		prefix, group := daysheet.FieldSale, "Ventes TTC"
		if strings.HasPrefix(l.Field, byPayment+":") {
			prefix, group = daysheet.FieldTaken, "Règlements"
		}
		text := l.Text
		if text == "" {
			text = "(vide)"
		}
		f := ui.Field{Name: "val-" + url.QueryEscape(l.Field), ID: "v" + strconv.Itoa(len(list)), Label: "«\u00a0" + text + "\u00a0», " + locale.Plural(l.Lines, "ligne", "lignes"), Value: l.Target}
		f.Options = []ui.Option{{Value: "", Label: "À choisir"}, {Value: leftOut, Label: "Laisser ces lignes"}}
		for _, t := range targets(Days, p.Registers) {
			if strings.HasPrefix(t.ID, prefix) && t.Group == group {
				f.Options = append(f.Options, ui.Option{Value: t.ID, Label: t.Label})
			}
		}
		list = append(list, f)
	}
	return list
}

// optionFields are the other choices of an import of days.
func (p OnePage) optionFields() ui.Fields {
	m := p.Import.Mapping
	box := ui.Field{Name: "caisse", Label: "Caisse", Help: "Celle des lignes qui n’en nomment pas.", Value: m.Box, Options: []ui.Option{{Value: "", Label: "Donnée par le fichier"}}}
	for _, b := range p.Registers.Boxes {
		box.Options = append(box.Options, ui.Option{Value: b.ID, Label: b.Name})
	}
	yes := func(on bool) string {
		if on {
			return "oui"
		}
		return ""
	}
	return ui.Fields{
		box,
		{Name: "cloturer", Label: "Clôturer aussitôt les journées importées", Help: "Sinon elles entrent en brouillon, à vérifier et clôturer une à une.", Value: yes(m.Close), Disabled: !p.MayClose},
		{Name: "theorique", Label: "Sans comptage dans le fichier, reprendre le solde théorique des espèces", Help: "Pour reprendre le passé d’un autre logiciel\u00a0: aucun écart de caisse n’est alors constaté.", Value: yes(m.Expected), Disabled: !p.MayClose},
	}
}

// preview is what would come in.
func (p OnePage) preview() ui.Table {
	t := ui.Table{Caption: "Ce qui entrera", Columns: []ui.Column{{Label: "Ligne", Num: true}, {Label: "Fiche"}, {Label: "Ville", Class: "seul-bureau"}, {Label: "Remarque"}}}
	days := p.Import.Kind == Days
	if days {
		t.Columns = []ui.Column{{Label: "Ligne", Num: true}, {Label: "Journée"}, {Label: "Caisse", Class: "seul-bureau"}, {Label: "Ventes TTC", Num: true}, {Label: "Règlements", Num: true}, {Label: "Remarque"}}
	}
	var gross, taken money.Amount
	for n, e := range p.Plan.Entries {
		gross, taken = gross+e.Gross, taken+e.Taken
		if n >= shownLines {
			continue
		}
		cells := []templ.Component{ui.Text(locale.Int(int64(e.Line))), ui.Text(e.Label), ui.Text(e.Detail)}
		if days {
			cells = append(cells, ui.Money(e.Gross), ui.Money(e.Taken))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: append(cells, ui.Text(e.Remark))})
	}
	if days {
		none := ui.Text("")
		t.Foot = []ui.Row{{Cells: []templ.Component{none, ui.Text("Total"), none, ui.Money(gross), ui.Money(taken), none}}}
	}
	return t
}

func (p OnePage) faults() ui.Table {
	t := ui.Table{Caption: "Lignes à corriger", Columns: []ui.Column{{Label: "Ligne", Num: true}, {Label: "Ce qui ne va pas"}}}
	for _, f := range p.Plan.Faults[:min(len(p.Plan.Faults), shownFaults)] {
		line := "Fichier"
		if f.Line > 0 {
			line = locale.Int(int64(f.Line))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Text(line), ui.Text(f.Text)}})
	}
	return t
}

// brought is what came in and what became of it.
func (p OnePage) brought() ui.Table {
	t := ui.Table{Caption: "Ce qui est entré", Columns: []ui.Column{{Label: "Ligne", Num: true}, {Label: "Entrée"}, {Label: "État"}, {Label: "Remarque"}}}
	boxes := map[string]string{}
	for _, b := range p.Registers.Boxes {
		boxes[b.ID] = b.Name
	}
	list := slices.Clone(p.Items)
	for _, i := range list[:min(len(list), shownLines)] {
		label := ui.Text("Fiche")
		state := map[string]string{itemDraft: "Brouillon", itemSheet: "Clôturée", itemParty: "Fiche créée"}[i.Kind]
		if i.Kind != itemParty {
			box, on := i.place()
			label = entryLink(p.Days+"/"+url.PathEscape(box)+"/"+string(on), strings.TrimSuffix(locale.Date(on)+", "+boxes[box], ", "))
		} else if p.Import.Kind == Customers {
			label = entryLink(p.Cards+"/"+url.PathEscape(i.Ref), "Fiche")
		}
		switch i.State {
		case itemUndone:
			state = "Annulée"
		case itemKept:
			state = "Gardée"
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Text(locale.Int(int64(i.Line))), label, ui.Text(state), ui.Text(i.Note)}})
	}
	return t
}

// counted sums up what became of the items.
func (p OnePage) counted() string {
	n := map[string]int{}
	for _, i := range p.Items {
		switch {
		case i.State != itemMade:
			n[i.State]++
		case i.Kind == itemDraft && i.Note != "":
			n["waiting"]++
		default:
			n[i.Kind]++
		}
	}
	var parts []string
	add := func(count int, one, many string) {
		if count > 0 {
			parts = append(parts, locale.Plural(count, one, many))
		}
	}
	add(n[itemSheet], "journée clôturée", "journées clôturées")
	add(n[itemDraft], "brouillon", "brouillons")
	add(n["waiting"], "brouillon à reprendre", "brouillons à reprendre")
	add(n[itemParty], "fiche créée", "fiches créées")
	add(n[itemUndone], "annulée", "annulées")
	add(n[itemKept], "gardée", "gardées")
	return strings.Join(parts, ", ")
}

func (p OnePage) undoing() ui.Question {
	text := "Les brouillons que personne n’a touchés disparaissent. Ce qui a été modifié ou clôturé depuis reste, et la page dit quoi."
	switch {
	case p.Import.Kind != Days:
		text = "Les fiches que personne n’a modifiées sont effacées. Celles qui ont été modifiées ou qui ont un solde restent."
	case p.Import.Mapping.Close:
		text = "Les journées clôturées par cet import sont corrigées à zéro\u00a0: ce qui est scellé ne s’efface pas, la correction reste tracée. Les journées verrouillées ou corrigées depuis restent."
	}
	return ui.Question{ID: "annuler", Opener: "Annuler cet import", Icon: "retour", Class: "discret", Title: "Annuler cet import", Text: text, Action: p.Base + "/annuler", Button: "Annuler l’import", Danger: true}
}

// sameText warns about a file that came in already.
func (p OnePage) sameText() string {
	i := p.Same[0]
	return "Importé le " + locale.DateTime(i.CreatedAt, p.Zone) + " par " + nameOf(p.Names, i.By) + ", sous le nom «\u00a0" + i.Name + "\u00a0»."
}

func (p OnePage) progress() ui.Level {
	return ui.Level{Value: int64(p.Import.Done), Full: int64(max(1, p.Import.Total)), Label: locale.Int(int64(p.Import.Done)) + " sur " + locale.Int(int64(p.Import.Total))}
}

func (p OnePage) profileName() string {
	found, _ := profileOf(p.Import.Kind, p.Plan.Titles)
	return found.name
}
