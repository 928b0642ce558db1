package daysheet

import (
	"slices"
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/party"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// dayData is what the pages of a day are made from.
type dayData struct {
	Visitor
	Page
	Frame      ui.Frame
	Location   string                  // name of the shop
	Strip      []Cell                  // the days around
	LastZ      string                  // number of the last ticket Z before
	Customers  map[string]party.Choice // to choose from, by prefix of the kind of credit, when it is followed by customer
	Natures    map[string]string
	Fields     map[string]string // what was typed and comes back; nil: the draft, else what a new sheet starts from
	Err        error             // why it comes back
	Rival      *Draft            // the draft somebody else saved meanwhile
	Correcting bool
	Papers     []ui.Link       // the photos of tickets Z kept with the day
	Records    bool            // the box lets the person record an operation
	Questions  templ.Component // about the day; nil when there is nothing to show
}

// DayPage is the sheet to fill in.
type DayPage struct {
	Frame      ui.Frame
	Addresses  dayAddresses
	Revision   string // of the draft the page starts from
	Version    string // number of versions closed when the page was made
	UserID     string
	Correction *CorrectionNote
	Strip      []StripDay
	Steps      []ui.Step
	Notices    []Notice
	Rival      *RivalNote
	Err        error
	Named      []ui.Field // every field, in order, to name it in a summary of errors
	Ticket     Ticket
	Payments   Payments
	Drawer     Drawer
	Foot       Foot
	Model      string // JSON: what the script computes with
	CanClose   bool
	ShopClosed bool // « Fermé ce jour » is offered
	CanDrop    bool
	Print      string
	Questions  templ.Component
}

// dayAddresses are where the forms of the page go.
type dayAddresses struct {
	Self, Draft, Drop, Recap, Closed, Correct, Lock, Versions, Month string
	Previous, Next                                                   ui.Link
}

// CorrectionNote says what a correction will do.
type CorrectionNote struct {
	Reason ui.Field
	Text   string
}

// RivalNote is the draft somebody else saved.
type RivalNote struct {
	Who, When string
}

// StripDay is a day of the strip.
type StripDay struct {
	Weekday, Number string
	Icon, Class     string
	Label, URL      string
	Current         bool
}

// Foot is the bar of acts.
type Foot struct {
	Gross     string
	Breakdown Compare
	Gap       Compare
	Saved     string
}

// Compare is a check: what it comes to, in words and in its colour.
type Compare struct{ Class, Icon, Text, Amount string }

// filled is a form as it was filled in, with what is wrong in it.
type filled struct {
	fields map[string]string
	err    error
}

func (f filled) field(name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Value: f.fields[name], Error: errorOf(f.err, name)}
}

// sheetView is a sheet being typed, with what its cards need.
type sheetView struct {
	dayData
	filled
	sheet Sheet
	blind bool // what is expected stays hidden
}

// newSheetView reads what is typed and computes it.
func newSheetView(d dayData) sheetView {
	v := sheetView{dayData: d, filled: filled{fields: d.typed(), err: d.Err}}
	figures, unread := Read(v.fields, d.Setup)
	if v.err == nil && unread != nil {
		v.err = unread
	}
	v.sheet = Compute(figures, d.Setup)
	v.blind = d.Box.BlindCount && v.fields[fieldCounted] == "" && d.Current() == nil
	return v
}

// typed is what stands in the fields.
func (d dayData) typed() map[string]string {
	if d.Fields != nil {
		return d.Fields
	}
	return d.start()
}

// start is what a sheet begins with: its draft, the version to correct, or the next number of ticket.
func (d dayData) start() map[string]string {
	if d.Draft != nil {
		return d.Draft.Fields
	}
	if d.Correcting {
		if figures, err := d.Current().Figures(); err == nil {
			return fieldsOf(figures, d.Setup)
		}
	}
	if next := nextZ(d.LastZ); next != "" {
		return map[string]string{FieldZ: next}
	}
	return map[string]string{}
}

// newDayPage makes the sheet to fill in.
func newDayPage(d dayData) DayPage {
	v := newSheetView(d)
	p := DayPage{Frame: d.Frame, Addresses: d.addresses(), Version: strconv.Itoa(len(d.Versions)), Revision: "0", UserID: d.UserID, Strip: d.strip(), Err: v.shownErr(),
		Ticket: v.ticket(), Payments: v.payments(), Drawer: v.drawer(), Model: v.model(), Notices: d.notices(), Print: d.printed(), Questions: d.Questions}
	if d.Draft != nil {
		p.Revision = strconv.Itoa(d.Draft.Revision)
	}
	if d.Rival != nil {
		p.Rival = d.rival()
	}
	p.CanClose = d.Rights.Has(right.DaysheetValidate)
	if d.Correcting {
		p.Correction, p.CanClose = v.correction(), d.Rights.Has(right.DaysheetCorrect)
	}
	p.CanDrop = d.Draft != nil
	p.ShopClosed = !d.Correcting && d.Draft == nil && d.Rights.Has(right.DaysheetValidate) && !slices.ContainsFunc(d.Strip, func(c Cell) bool {
		return c.On == d.On && (c.State == CellClosed || c.State == CellHoliday)
	})
	p.Foot = Foot{Gross: locale.Euro(v.sheet.Gross), Breakdown: p.Payments.Check, Gap: p.Drawer.Gap, Saved: d.saved()}
	p.Steps = v.steps()
	p.Named = p.named()
	p.dress(d)
	return p
}

// dress fills the frame of the page.
func (p *DayPage) dress(d dayData) {
	p.Frame.Title, p.Frame.Class, p.Frame.Scripts = titledDay(d.On), "sans-onglets", []string{"journee"}
	p.Frame.Subtitle = d.subtitle()
	if d.Draft != nil {
		p.Frame.Subtitle += " · brouillon enregistré à " + locale.Clock(d.Draft.At, d.Zone)
		if d.Draft.By != d.UserID {
			p.Frame.Subtitle += " par " + d.name(d.Draft.By)
		}
	}
	p.Frame.Back = ui.Link{Label: "Retour au mois", URL: p.Addresses.Month}
	if d.Correcting {
		p.Frame.Back = ui.Link{Label: "Retour à la journée", URL: p.Addresses.Self}
	}
	p.Frame.Status = dayStatus(d.mark())
	p.Frame.Actions, p.Frame.Foot = dayActions(*p), dayFoot(*p)
}

func (d dayData) subtitle() string {
	if d.Location == "" {
		return d.Box.Name
	}
	return d.Box.Name + " · " + d.Location
}

// mark is the state of the day, for the head of the page.
func (d dayData) mark() Mark {
	if d.Correcting {
		return Mark{ui.Info, "crayon", "Correction"}
	}
	for _, c := range d.Strip {
		if c.On == d.On {
			l := looks[c.State]
			m := Mark{l.tone, l.icon, l.word}
			if c.State == CellGap {
				m.Word = "Écart à justifier"
			}
			return m
		}
	}
	return Mark{}
}

func (d dayData) addresses() dayAddresses {
	to := func(more ...string) string { return d.dayURL(d.Box.ID, d.On, more...) }
	a := dayAddresses{Self: to(), Draft: to("brouillon"), Drop: to("effacer"), Recap: to("recapitulatif"), Closed: to("ferme"), Correct: to("corriger"), Lock: to("verrouiller"),
		Versions: to("versions"), Month: d.monthURL(d.On.Month(), d.Box.ID)}
	a.Previous, a.Next = d.neighbours()
	return a
}

// neighbours are the days before and after that are worth a visit: the closed ones are skipped.
func (d dayData) neighbours() (before, after ui.Link) {
	for _, c := range d.Strip {
		if !c.reachable(d.Today) || c.State == CellClosed || c.State == CellHoliday {
			continue
		}
		link := ui.Link{Label: locale.Weekday(c.On.Weekday()) + " " + locale.DayOfMonth(c.On), URL: d.dayURL(c.Box, c.On)}
		if c.On < d.On {
			before = link
		} else if c.On > d.On && after.URL == "" {
			after = link
		}
	}
	return before, after
}

// strip is the days around, to jump without going back.
func (d dayData) strip() []StripDay {
	var days []StripDay
	for _, c := range d.Strip {
		if !c.reachable(d.Today) {
			continue
		}
		l := looks[c.State]
		name, number := locale.Title(locale.ShortWeekday(c.On.Weekday())), strconv.Itoa(c.On.Time().Day())
		days = append(days, StripDay{Weekday: name, Number: number, Icon: l.icon, Class: l.strip, Current: c.On == d.On, URL: d.dayURL(c.Box, c.On), Label: name + " " + number + ", " + c.said()})
	}
	return days
}

// notices say what one should know before typing.
func (d dayData) notices() []Notice {
	var list []Notice
	for _, c := range d.Strip {
		if c.On == d.On && (c.State == CellClosed || c.State == CellHoliday) && !d.Correcting {
			list = append(list, Notice{Tone: ui.Info, Title: "La boutique est fermée ce jour d’après son calendrier", Text: "Motif\u00a0: " + c.said() + ". Saisissez la journée si elle a ouvert tout de même."})
		}
	}
	if before := d.missingBefore(); before != "" && !d.Correcting {
		list = append(list, Notice{Tone: ui.Info, Title: "La journée du " + locale.DayName(before) + " n’est pas clôturée", Text: "Le solde de la veille peut encore changer.",
			Link: ui.Link{Label: "La saisir d’abord", URL: d.dayURL(d.Box.ID, before)}})
	}
	return list
}

// missingBefore is the last day before that waits for its sheet, "" when none does.
func (d dayData) missingBefore() day.Day {
	var last day.Day
	for _, c := range d.Strip {
		if c.On < d.On && (c.State == CellMissing || c.State == CellDraft) {
			last = c.On
		}
	}
	return last
}

func (d dayData) saved() string {
	switch {
	case d.Draft != nil:
		return "Brouillon enregistré à " + locale.Clock(d.Draft.At, d.Zone)
	case d.Correcting:
		return "La version précédente reste dans l’historique."
	}
	return "Après clôture, toute correction reste tracée."
}

func (d dayData) rival() *RivalNote {
	return &RivalNote{Who: d.rivalName(d.Rival.By), When: locale.Clock(d.Rival.At, d.Zone)}
}

// correction explains what correcting will post, and when.
func (v sheetView) correction() *CorrectionNote {
	n := &CorrectionNote{Reason: v.field(fieldReason, "Pourquoi cette correction\u00a0?")}
	n.Reason.Focus = v.Fields == nil
	n.Reason.Max, n.Reason.Help = 150, "Ce motif s’imprime dans le journal avec la correction."
	n.Text = "L’écriture de la journée sera contrepassée et remplacée par une nouvelle, à la date du " + locale.Date(v.On) + ". La version " + strconv.Itoa(len(v.Versions)) + " reste dans l’historique."
	if v.State == period.Locked {
		n.Text = "Cette journée est verrouillée\u00a0: la contrepassation et la nouvelle écriture porteront la date d’aujourd’hui, " + locale.Date(v.Today) +
			", et renverront au " + locale.Date(v.On) + ". Ce qui a été compté et remis ce jour-là ne change plus."
	}
	return n
}

// shownErr is the error the page sums up: what is only unreadable in a draft is said beside its field.
func (v sheetView) shownErr() error {
	if v.Fields == nil || v.Rival != nil {
		return nil
	}
	return v.dayData.Err
}

// steps tell which of the three checks are done.
func (v sheetView) steps() []ui.Step {
	cash := v.sheet.Cash()
	ticket := v.sheet.Gross != 0
	paid := v.sheet.Paid != 0 && v.sheet.Breakdown == 0
	drawer := cash == nil || cash.IsCounted && (v.blind || !cash.Beyond || v.sheet.Reasons[cash.Method.ID].Code != "")
	steps := []ui.Step{{Label: "Ticket Z", URL: "#s1", Done: ticket}, {Label: "Règlements", URL: "#s2", Done: paid}, {Label: "Tiroir", URL: "#s3", Done: drawer}}
	for i := range steps {
		if !steps[i].Done {
			steps[i].Current = true
			break
		}
	}
	return steps
}

// printed is the address of the printed journal of the day.
func (d dayData) printed() string {
	if !d.Rights.Has(right.ReportExport) {
		return ""
	}
	return d.url("rapports", "journal.pdf") + "?du=" + string(d.On) + "&au=" + string(d.On) + "&caisse=" + d.Box.ID
}
