package daysheet

import (
	"cmp"
	"slices"
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/company"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// ReadPage is a sheet to read: a closed day, or one that is typed by others.
type ReadPage struct {
	Frame     ui.Frame
	Addresses dayAddresses
	Strip     []StripDay
	Notices   []Notice
	Err       error
	Sales     ui.Table
	Others    []ui.Fact // what was cashed besides sales, counts
	Payments  []ui.Fact
	Check     Compare
	Drawer    []ui.Fact
	Gap       Compare
	Held      *ui.Table // the methods kept in the box besides cash
	Movements []MovementRow
	Facts     []ui.Fact // who closed it, when, from what
	Note      string
	Foot      Foot
	CanFix    bool
	CanLock   bool
	Pending   bool // a correction is being typed
	Print     string
	History   bool
	Questions templ.Component
}

// EmptyDay is a day that has no sheet: to come, or before the box was followed.
type EmptyDay struct {
	Frame ui.Frame
	Strip []StripDay
	State ui.EmptyState
}

func newEmptyDay(d dayData, why string) EmptyDay {
	p := EmptyDay{Frame: d.Frame, Strip: d.strip(), State: ui.EmptyState{Icon: "journees", Title: "Pas de saisie ce jour", Text: why, Action: ui.Link{Label: "Retour au mois", URL: d.addresses().Month}}}
	p.Frame.Title, p.Frame.Subtitle = titledDay(d.On), d.subtitle()
	p.Frame.Back = ui.Link{Label: "Retour au mois", URL: d.addresses().Month}
	return p
}

// content is the sheet the page shows: the one sealed last, else what the draft comes to.
func (d dayData) content() (Content, error) {
	if v := d.Current(); v != nil {
		return v.content()
	}
	c := Content{Box: d.Box.ID, On: d.On, Source: ByHand}
	if d.Draft != nil {
		c.Source = SourceOf(d.Draft.Fields)
		figures, _ := Read(d.Draft.Fields, d.Setup) // a draft may hold anything: what does not read counts for nothing
		c.fill(Compute(figures, d.Setup))
	}
	return c, nil
}

// newReadPage makes the page of a sheet to read.
func newReadPage(d dayData) (ReadPage, error) {
	c, err := d.content()
	if err != nil {
		return ReadPage{}, err
	}
	p := ReadPage{Frame: d.Frame, Addresses: d.addresses(), Strip: d.strip(), Err: d.Err, Sales: c.salesTable(d.Settings.VATRegime == company.Franchise), Others: d.otherFacts(c), Payments: c.paymentFacts(),
		Check: c.check(), Held: d.heldTable(c), Movements: d.movementRows(d.Natures, d.Visitor), Note: c.Figures.Note, Print: d.printed(), History: len(d.Versions) > 0, Questions: d.Questions}
	p.Drawer, p.Gap = d.drawerFacts(c)
	p.Foot = Foot{Gross: locale.Euro(c.Gross), Breakdown: p.Check, Gap: p.Gap}
	if v := d.Current(); v != nil {
		p.Facts = d.closingFacts(*v)
		p.Pending = d.Draft != nil
		p.CanFix = d.Rights.Has(right.DaysheetCorrect)
		p.CanLock = d.Rights.Has(right.DaysheetLock) && d.State != period.Locked
		p.Notices = d.readNotices(*v)
	}
	p.Facts = append(p.Facts, d.paperFacts()...)
	p.Frame.Title, p.Frame.Subtitle, p.Frame.Class, p.Frame.Scripts = titledDay(d.On), d.subtitle(), "sans-onglets", []string{"journee"}
	p.Frame.Back = ui.Link{Label: "Retour au mois", URL: p.Addresses.Month}
	p.Frame.Status, p.Frame.Actions = dayStatus(d.mark()), readActions(p)
	if d.Current() != nil {
		p.Frame.Foot = readFoot(p)
	}
	return p, nil
}

func (d dayData) readNotices(v Version) []Notice {
	var list []Notice
	if v.Unexplained != 0 {
		cell := Cell{OverShort: v.OverShort, Unexplained: v.Unexplained}
		list = append(list, Notice{Tone: ui.Error, Title: "Écart à justifier", Text: locale.Title(cell.trouble()) + ". Corrigez la journée pour en donner le motif."})
	}
	if v.Breakdown != 0 {
		cell := Cell{Breakdown: v.Breakdown}
		list = append(list, Notice{Tone: ui.Error, Title: "Ventilation à régulariser", Text: locale.Title(cell.trouble()) + "."})
	}
	if d.Draft != nil {
		list = append(list, Notice{Tone: ui.Info, Title: "Une correction est en cours de saisie", Text: "Commencée par " + d.name(d.Draft.By) + ", gardée à " + locale.Clock(d.Draft.At, d.Zone) + "."})
	}
	return list
}

func (c Content) salesTable(franchise bool) ui.Table {
	t := ui.Table{Caption: "Ventes par rayon", Columns: []ui.Column{{Label: "Rayon"}, {Label: "TTC", Num: true}}}
	if !franchise {
		t.Columns = []ui.Column{{Label: "Rayon"}, {Label: "TVA", Num: true, Class: "seul-bureau"}, {Label: "HT", Num: true, Class: "seul-bureau"}, {Label: "TTC", Num: true}}
	}
	row := func(label string, gross, net, tax money.Amount) ui.Row {
		if franchise {
			return ui.Row{Cells: []templ.Component{ui.Text(label), ui.Money(gross)}}
		}
		return ui.Row{Cells: []templ.Component{ui.Text(label), ui.Money(tax), ui.Money(net), ui.Money(gross)}}
	}
	for _, l := range c.Sales {
		label := l.Label
		if !franchise {
			label += " " + locale.Percent(l.Rate)
		}
		t.Rows = append(t.Rows, row(label, l.Gross, l.Net, l.Tax))
	}
	t.Foot = []ui.Row{row("Chiffre d’affaires", c.Gross, c.Net, c.Tax)}
	return t
}

// otherFacts are what was cashed besides sales, and the counts.
func (d dayData) otherFacts(c Content) []ui.Fact {
	var facts []ui.Fact
	f := c.Figures
	add := func(label string, a money.Amount) {
		if a != 0 {
			facts = append(facts, ui.Fact{Label: label, Value: ui.Money(a)})
		}
	}
	add("Bons cadeaux vendus", f.VouchersSold)
	add("Crédits clients réglés", f.Repaid)
	for _, one := range f.RepaidBy {
		add("dont "+d.customer(one.Party), one.Amount)
	}
	add("Trop-perçus", f.Overpayment)
	if f.ZNumber != "" {
		facts = append(facts, ui.Fact{Label: "N° du ticket Z", Value: figure(f.ZNumber)})
	}
	for label, n := range map[string]*int{"Nombre de ventes": f.SalesCount, "Nombre de clients": f.CustomerCount} {
		if n != nil {
			facts = append(facts, ui.Fact{Label: label, Value: figure(locale.Int(int64(*n)))})
		}
	}
	slices.SortStableFunc(facts, func(a, b ui.Fact) int { return countRank(a.Label) - countRank(b.Label) })
	if n := f.SalesCount; n != nil && *n > 0 {
		facts = append(facts, ui.Fact{Label: "Panier moyen", Value: ui.Money(money.Amount(money.DivRound(int64(c.Gross), int64(*n))))})
	}
	return facts
}

// countRank keeps the counts after the amounts, sales first.
func countRank(label string) int {
	switch label {
	case "Nombre de ventes":
		return 1
	case "Nombre de clients":
		return 2
	}
	return 0
}

func (d dayData) customer(party string) string {
	return cmp.Or(d.Customers[FieldRepaidBy].Name(party), "un client inconnu")
}

func (c Content) paymentFacts() []ui.Fact {
	var facts []ui.Fact
	for _, m := range c.Methods {
		if m.Taken != 0 {
			facts = append(facts, ui.Fact{Label: m.Label, Value: ui.Money(m.Taken)})
		}
	}
	return append(facts, ui.Fact{Label: "Total réglé", Value: strong(locale.Euro(c.Taken))})
}

func (c Content) check() Compare {
	v := sheetView{sheet: Sheet{Breakdown: c.Breakdown, Paid: c.Taken, Due: c.Taken - c.Breakdown}}
	return v.breakdown()
}

func (m ContentMethod) left() money.Amount { return m.Expected + m.OverShort - m.Remitted }

// drawerFacts are what was expected and counted in the drawer, and what became of it.
func (d dayData) drawerFacts(c Content) ([]ui.Fact, Compare) {
	var cash ContentMethod
	found := false
	for _, m := range d.Methods {
		if line := c.method(m.ID); line.ID != "" && m.Kind == "cash" && !found {
			cash, found = line, true
		}
	}
	if !found {
		return nil, Compare{"attente", "info", "Pas d’espèces", "—"}
	}
	facts := []ui.Fact{
		{Label: "Solde de la veille", Value: ui.Money(cash.Opening)}, {Label: "Espèces du jour", Value: ui.Money(cash.Taken)},
		{Label: "Opérations du jour", Value: ui.SignedMoney(cash.Expected - cash.Opening - cash.Taken)}, {Label: "Solde théorique", Value: strong(locale.Euro(cash.Expected))},
	}
	if cash.Counted != nil {
		facts = append(facts, ui.Fact{Label: "Espèces comptées", Value: strong(locale.Euro(*cash.Counted))})
	}
	facts = append(facts, ui.Fact{Label: "Remis en banque", Value: ui.Money(cash.Remitted)}, ui.Fact{Label: "Laissé en caisse", Value: ui.Money(cash.left())})
	if r, ok := c.Figures.Reasons[cash.ID]; ok && cash.OverShort != 0 {
		facts = append(facts, ui.Fact{Label: "Motif de l’écart", Value: ui.Text(r.said())})
	}
	line := MethodLine{OverShort: cash.OverShort, IsCounted: cash.Counted != nil, Beyond: cash.OverShort.Abs() > d.Settings.Tolerance}
	line.Method.Kind = "cash"
	return facts, sheetView{}.gap(line)
}

// said is a reason in words.
func (r Reason) said() string {
	if r.Note != "" {
		return ReasonLabel(r.Code) + "\u00a0: " + r.Note
	}
	return ReasonLabel(r.Code)
}

// heldTable is what the box holds besides cash, nil when it holds nothing.
func (d dayData) heldTable(c Content) *ui.Table {
	t := &ui.Table{Caption: "Autres règlements gardés en caisse", Columns: []ui.Column{{Label: "Mode"}, {Label: "Théorique", Num: true}, {Label: "Contrôlé", Num: true}, {Label: "Écart", Num: true}}}
	for _, m := range d.Methods {
		line := c.method(m.ID)
		if line.ID == "" || !m.Held() || m.Kind == "cash" || line.Expected == 0 && line.Counted == nil {
			continue
		}
		counted := ui.Text("—")
		if line.Counted != nil {
			counted = ui.Money(*line.Counted)
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Text(line.Label), ui.Money(line.Expected), counted, ui.SignedMoney(line.OverShort)}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// SourceLabel is how a sheet was filled, in French.
func (s Source) label() string {
	return map[Source]string{ByHand: "Saisie à la main", ByTill: "Caisse enregistreuse", ByFile: "Fichier importé", ByAPI: "Autre logiciel", ByScan: "Photo du ticket Z"}[s]
}

func (d dayData) closingFacts(v Version) []ui.Fact {
	facts := []ui.Fact{{Label: "Clôturée par", Value: ui.Text(d.name(v.By))}, {Label: "Le", Value: ui.Instant(v.At, d.Zone)}, {Label: "Source", Value: ui.Text(v.Source.label())}}
	if v.Number > 1 {
		facts[0].Label = "Corrigée par"
		facts = append(facts, ui.Fact{Label: "Version", Value: figure(strconv.Itoa(v.Number))}, ui.Fact{Label: "Motif", Value: ui.Text(v.Reason)})
	}
	return facts
}

// onDay writes le 20/11/2026.
func onDay(d day.Day) string { return "le " + locale.Date(d) }
