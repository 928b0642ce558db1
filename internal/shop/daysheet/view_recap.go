package daysheet

import (
	"slices"
	"strconv"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/web/ui"
)

// RecapPage is the summary one confirms before a day is closed or corrected.
type RecapPage struct {
	Frame   ui.Frame
	Confirm string // address that does it
	Back    string
	Hidden  []ui.HeldField
	Sums    []ui.Fact
	Checks  []Compare
	Drawer  []ui.Fact
	Blanks  []string // fields left blank, which count as 0
	Posting string   // what will be written, and when
	Reason  string
	Changes []Change
	Button  string
}

// Change is a figure that differs between two versions.
type Change struct{ Label, Before, After string }

// newRecapPage makes the summary. key is that of the act.
func newRecapPage(d dayData, key string) (RecapPage, error) {
	v := newSheetView(d)
	p := RecapPage{Frame: d.Frame, Confirm: d.dayURL(d.Box.ID, d.On, "cloturer"), Back: d.addresses().Self, Sums: v.sums(), Checks: []Compare{v.breakdown()}, Drawer: v.recapDrawer(), Blanks: v.blanks(), Button: "Confirmer la clôture",
		Posting: "La journée sera enregistrée et scellée " + onDay(d.On) + ". Toute correction restera tracée."}
	p.Frame.Title = "Clôturer " + locale.DayName(d.On) + "\u00a0?"
	if d.Correcting {
		p.Confirm, p.Back, p.Button = d.addresses().Correct, d.addresses().Correct, "Confirmer la correction"
		p.Frame.Title, p.Reason = "Corriger "+locale.DayName(d.On)+"\u00a0?", d.Fields[fieldReason]
		p.Posting = v.correction().Text
		before, err := d.Current().content()
		if err != nil {
			return p, err
		}
		var after Content
		after.fill(v.sheet)
		p.Changes = changes(before, after)
	}
	if cash := v.sheet.Cash(); cash != nil {
		p.Checks = append(p.Checks, v.gap(*cash))
	}
	p.Hidden = v.hidden(key)
	p.Frame.Subtitle = d.subtitle()
	p.Frame.Back = ui.Link{Label: "Revenir à la saisie", URL: p.Back}
	p.Frame.Class, p.Frame.Scripts = "sans-onglets", []string{"journee"}
	p.Frame.Foot = recapFoot(p)
	return p, nil
}

// hidden carries the sheet as it was shown, so that what is confirmed is what was read.
func (v sheetView) hidden(key string) []ui.HeldField {
	revision := "0"
	if v.Draft != nil {
		revision = strconv.Itoa(v.Draft.Revision)
	}
	list := []ui.HeldField{{Name: "cle", Value: key}, {Name: "revision", Value: revision}, {Name: "version", Value: strconv.Itoa(len(v.Versions))}}
	if v.Correcting {
		list = append(list, ui.HeldField{Name: "correction", Value: "oui"})
	}
	for _, name := range sortedKeys(v.fields) {
		list = append(list, ui.HeldField{Name: name, Value: v.fields[name]})
	}
	return list
}

func (v sheetView) sums() []ui.Fact {
	s := v.sheet
	facts := []ui.Fact{{Label: "Chiffre d’affaires TTC", Value: strong(locale.Euro(s.Gross))}, {Label: "Hors taxes", Value: ui.Money(s.Net)}, {Label: "TVA collectée", Value: ui.Money(s.Tax)}}
	add := func(label string, a money.Amount) {
		if a != 0 {
			facts = append(facts, ui.Fact{Label: label, Value: ui.Money(a)})
		}
	}
	add("Bons cadeaux vendus", s.VouchersSold)
	add("Crédits clients réglés", s.Repaid)
	add("Trop-perçus", s.Overpayment)
	facts = append(facts, ui.Fact{Label: "Total réglé", Value: strong(locale.Euro(s.Paid))})
	if s.SalesCount != nil {
		facts = append(facts, ui.Fact{Label: "Ventes", Value: figure(locale.Int(int64(*s.SalesCount)))})
	}
	if s.Basket != 0 {
		facts = append(facts, ui.Fact{Label: "Panier moyen", Value: ui.Money(s.Basket)})
	}
	return facts
}

func (v sheetView) recapDrawer() []ui.Fact {
	var facts []ui.Fact
	for _, m := range v.sheet.Methods {
		if !m.Method.Held() {
			continue
		}
		if m.Method.Kind == "cash" {
			facts = append(facts, ui.Fact{Label: "Solde théorique", Value: ui.Money(m.Expected)})
			if m.IsCounted {
				facts = append(facts, ui.Fact{Label: "Espèces comptées", Value: ui.Money(m.Counted)})
			}
			facts = append(facts, ui.Fact{Label: "Laissé en caisse", Value: strong(locale.Euro(m.Left))}, ui.Fact{Label: "À remettre en banque", Value: strong(locale.Euro(m.Remitted))})
		} else if m.OverShort != 0 {
			facts = append(facts, ui.Fact{Label: "Écart, " + m.Method.Label, Value: ui.SignedMoney(m.OverShort)})
		}
		if r := v.sheet.Reasons[m.Method.ID]; r.Code != "" && m.OverShort != 0 {
			facts = append(facts, ui.Fact{Label: "Motif", Value: ui.Text(r.said())})
		}
	}
	if v.sheet.Breakdown != 0 {
		facts = append(facts, ui.Fact{Label: "Motif de la différence de ventilation", Value: ui.Text(v.sheet.BreakdownReason)})
	}
	return facts
}

// blanks names the sales and payments left blank.
func (v sheetView) blanks() []string {
	var list []string
	for _, l := range v.sheet.Sales {
		if !l.Typed {
			list = append(list, l.Category.Label)
		}
	}
	for _, m := range v.sheet.Methods {
		if !m.Typed {
			list = append(list, m.Method.Label)
		}
	}
	return list
}

// VersionsPage is the history of a day.
type VersionsPage struct {
	Frame    ui.Frame
	Versions []VersionView // the last first
}

// VersionView is a version, and what it changed.
type VersionView struct {
	Title   string
	Current bool
	Facts   []ui.Fact
	Changes []Change
}

// newVersionsPage makes the history of a day.
func newVersionsPage(d dayData) (VersionsPage, error) {
	p := VersionsPage{Frame: d.Frame}
	p.Frame.Title, p.Frame.Subtitle = "Historique de la journée", titledDay(d.On)+" · "+d.subtitle()
	p.Frame.Back = ui.Link{Label: "Retour à la journée", URL: d.addresses().Self}
	var before *Content
	for i, v := range d.Versions {
		c, err := v.content()
		if err != nil {
			return p, err
		}
		view := VersionView{Title: "Clôture", Current: i == len(d.Versions)-1, Facts: d.versionFacts(v)}
		if before != nil {
			view.Title, view.Changes = "Correction n°\u00a0"+strconv.Itoa(i), changes(*before, c)
		}
		before = &c
		p.Versions = append(p.Versions, view)
	}
	slices.Reverse(p.Versions)
	return p, nil
}

func (d dayData) versionFacts(v Version) []ui.Fact {
	facts := []ui.Fact{{Label: "Par", Value: ui.Text(d.name(v.By))}, {Label: "Le", Value: ui.Instant(v.At, d.Zone)}, {Label: "Source", Value: ui.Text(v.Source.label())}}
	if v.Reason != "" {
		facts = append(facts, ui.Fact{Label: "Motif", Value: ui.Text(v.Reason)})
	}
	return append(facts, ui.Fact{Label: "Chiffre d’affaires TTC", Value: ui.Money(v.Gross)}, ui.Fact{Label: "Écart", Value: ui.SignedMoney(v.OverShort)},
		ui.Fact{Label: "N° de séquence", Value: figure(locale.Int(v.Seq))}, ui.Fact{Label: "Total perpétuel", Value: ui.Money(v.Perpetual)})
}

// changes lists the figures that differ between two sheets.
func changes(before, after Content) []Change {
	l := changeList{}
	for _, s := range after.Sales {
		was, _ := before.sale(s.ID)
		l.amount(s.Label, was.Gross, s.Gross)
	}
	for _, s := range before.Sales {
		if _, still := after.sale(s.ID); !still {
			l.amount(s.Label, s.Gross, 0)
		}
	}
	a, b := before.Figures, after.Figures
	l.amount("Chiffre d’affaires TTC", before.Gross, after.Gross)
	l.amount("TVA collectée", before.Tax, after.Tax)
	l.amount("Bons cadeaux vendus", a.VouchersSold, b.VouchersSold)
	l.amount("Crédits clients réglés", a.Repaid, b.Repaid)
	l.amount("Trop-perçus", a.Overpayment, b.Overpayment)
	for _, m := range after.Methods {
		was := before.method(m.ID)
		l.amount(m.Label, was.Taken, m.Taken)
		l.text(m.Label+", compté", counted(was), counted(m))
		l.text(m.Label+", écart", locale.SignedEuro(was.OverShort), locale.SignedEuro(m.OverShort))
		l.text(m.Label+", motif", reasonText(a.Reasons, m.ID), reasonText(b.Reasons, m.ID))
		l.amount(m.Label+", remis en banque", was.Remitted, m.Remitted)
	}
	l.amount("Différence de ventilation", before.Breakdown, after.Breakdown)
	l.text("Nombre de ventes", numberText(a.SalesCount), numberText(b.SalesCount))
	l.text("Nombre de clients", numberText(a.CustomerCount), numberText(b.CustomerCount))
	l.text("N° du ticket Z", a.ZNumber, b.ZNumber)
	l.text("Motif de la différence", a.BreakdownReason, b.BreakdownReason)
	l.text("Commentaire", a.Note, b.Note)
	return l.list
}

type changeList struct{ list []Change }

func (l *changeList) text(label, before, after string) {
	if before == after {
		return
	}
	dash := func(text string) string {
		if text == "" {
			return "—"
		}
		return text
	}
	l.list = append(l.list, Change{label, dash(before), dash(after)})
}

func (l *changeList) amount(label string, before, after money.Amount) {
	l.text(label, locale.Euro(before), locale.Euro(after))
}

func (c Content) sale(id string) (ContentSale, bool) {
	i := slices.IndexFunc(c.Sales, func(s ContentSale) bool { return s.ID == id })
	if i < 0 {
		return ContentSale{}, false
	}
	return c.Sales[i], true
}

func counted(m ContentMethod) string {
	if m.Counted == nil {
		return ""
	}
	return locale.Euro(*m.Counted)
}

func numberText(n *int) string {
	if n == nil {
		return ""
	}
	return locale.Int(int64(*n))
}

func reasonText(reasons map[string]Reason, method string) string {
	if r, ok := reasons[method]; ok {
		return r.said()
	}
	return ""
}
