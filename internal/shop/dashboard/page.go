package dashboard

import (
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/figures"
	"encaisse/internal/web/ui"
)

// shown is how many tasks are in sight at once; the others unfold.
const shown = 8

// HomePage is the home page of a company.
type HomePage struct {
	Frame       ui.Frame
	Home        Home
	Tasks       []ui.Task
	Start       ui.EmptyState // what a company that has not begun does first
	ShowTakings bool
	ShowDrawers bool
	who         desk
}

// first are the tasks in sight, rest those that unfold.
func (p HomePage) first() []ui.Task { return p.Tasks[:min(shown, len(p.Tasks))] }
func (p HomePage) rest() []ui.Task  { return p.Tasks[min(shown, len(p.Tasks)):] }

// start is the first thing to do in a company where no day was entered yet.
func (h Home) start(who desk) ui.EmptyState {
	if len(h.Drawers) == 0 {
		e := ui.EmptyState{Icon: "caisse", Title: "Pas encore de caisse", Text: "Ajoutez une caisse pour saisir ses journées."}
		if who.can(right.SettingsEdit) {
			e.Action = ui.Link{Label: "Ajouter une caisse", URL: who.url("reglages", "caisses", "nouvelle")}
		}
		return e
	}
	on, first := h.Today, h.Drawers[0]
	if n := len(first.Todo.Missing); n > 0 {
		on = first.Todo.Missing[n-1]
	}
	e := ui.EmptyState{Icon: "journees", Title: h.begin(on), Text: "Prenez le ticket Z et recopiez-le\u00a0: les ventes, les règlements, puis ce que vous comptez dans le tiroir."}
	if who.can(right.DaysheetEnter) {
		e.Action = ui.Link{Label: "Saisir la journée", URL: who.day(first, on)}
	}
	return e
}

// begin says with which day to begin, the way one speaks of it.
func (h Home) begin(on day.Day) string {
	switch h.Today.Since(on) {
	case 0:
		return "Commencez aujourd’hui"
	case 1:
		return "Commencez par hier"
	}
	return "Commencez par le " + locale.DayName(on)
}

// done says what is in order when there is nothing to do.
func (p HomePage) done() string {
	if p.Home.Last == "" {
		return "Aucune journée n’attend."
	}
	return "Dernière journée saisie\u00a0: " + locale.DayName(p.Home.Last) + "."
}

func (p HomePage) hero() ui.Figure {
	f := ui.MoneyFigure("Chiffre d’affaires du "+locale.DayName(p.Home.Last)+", TTC", p.Home.Takings.On(p.Home.Last))
	f.Hero = true
	return f
}

// entered says on how many boxes the last day is entered, when some are not.
func (p HomePage) entered() string {
	if len(p.Home.Drawers) < 2 || p.Home.Entered == len(p.Home.Drawers) {
		return ""
	}
	return locale.Plural(p.Home.Entered, "caisse saisie", "caisses saisies") + " sur " + strconv.Itoa(len(p.Home.Drawers))
}

func (p HomePage) lastDay() figures.Comparison {
	return p.Home.Takings.Compare(p.Home.Last, p.Home.Last)
}

func (p HomePage) month() figures.Comparison {
	return p.Home.Takings.Compare(p.Home.Month().First(), p.Home.Last)
}

func (p HomePage) monthFigure() ui.Figure {
	return ui.MoneyFigure(p.Home.period(), p.Home.Takings.Sum(p.Home.Month().First(), p.Home.Last))
}

// curve is the month day after day, with the same weekdays a year before and the budget when there are some.
func (p HomePage) curve() ui.Lines {
	return p.Home.Figures.Curve(p.Home.Month().First(), p.Home.Month().Last(), p.Home.Last)
}

// aim is the budget of the last day entered.
func (p HomePage) aim() figures.Target { return p.Home.Figures.Target(p.Home.Last, p.Home.Last) }

// monthAim is the budget of the month, up to the last day entered.
func (p HomePage) monthAim() figures.Target {
	return p.Home.Figures.Target(p.Home.Month().First(), p.Home.Last)
}

// aimLevel places what was taken on the budget of the day.
func (p HomePage) aimLevel(t figures.Target) ui.Level {
	percent, _ := t.Percent()
	return ui.Level{Label: locale.Int(percent) + "\u00a0% du budget du jour", Value: int64(t.Met), Full: int64(t.Due)}
}

// aimWords writes the share of a budget that was met: 82 % de 1 450,00 €.
func aimWords(t figures.Target) string {
	percent, ok := t.Percent()
	if !ok {
		return ""
	}
	return locale.Int(percent) + "\u00a0% de " + locale.Euro(t.Due)
}

// counts are the sales of the last day.
func (p HomePage) counts() figures.Counts { return p.Home.Figures.CountsOf(p.Home.Last, p.Home.Last) }

// salesWords and basketWords compare the sales and the basket with those of a year before.
func (p HomePage) salesWords() string {
	return figures.SalesWords(p.Home.Figures.CountsCompared(p.Home.Last, p.Home.Last))
}

func (p HomePage) basketWords() string {
	return figures.BasketWords(p.Home.Figures.CountsCompared(p.Home.Last, p.Home.Last))
}

// slices are what was taken by each method on the last day.
func (p HomePage) slices() []ui.Slice {
	var list []ui.Slice
	for _, m := range p.Home.Methods {
		if m.Taken != 0 {
			list = append(list, ui.Slice{Label: m.Method.Label, Amount: m.Taken})
		}
	}
	return list
}

// has tells whether a card has something to say to the person.
func (p HomePage) has(card string) bool {
	var now figures.Counts
	if p.ShowTakings {
		now = p.counts()
	}
	switch card {
	case cardDay, cardMonth, cardCurve:
		return p.ShowTakings
	case cardSales, cardBasket:
		return now.Sales > 0
	case cardMethods:
		return p.ShowTakings && len(p.slices()) > 0
	case cardNatures:
		return p.ShowTakings && len(p.Home.Natures) > 0
	case cardCash:
		return p.ShowDrawers && len(p.shownDrawers()) > 0
	case cardDrawers:
		return p.ShowDrawers
	}
	return p.who.can(right.DaysheetView)
}

// shownDrawers are those whose balance may be shown.
func (p HomePage) shownDrawers() []Drawer {
	var list []Drawer
	for _, d := range p.Home.Drawers {
		if p.Home.shows(d, p.who) {
			list = append(list, d)
		}
	}
	return list
}

// cash is what the drawers hold together.
func (p HomePage) cash() (sum money.Amount, crossed int) {
	for _, d := range p.shownDrawers() {
		sum += d.Cash
		if p.limit(d) != "" {
			crossed++
		}
	}
	return sum, crossed
}

// cards are those to show, at the top or below, in the order the person chose.
func (p HomePage) cards(top bool) []string {
	var list []string
	for _, c := range p.Home.Cards {
		if c.Shown && c.Top == top && p.has(c.ID) {
			list = append(list, c.ID)
		}
	}
	return list
}

// column is every second card below, from the first or from the second one.
func (p HomePage) column(n int) []string {
	var list []string
	for i, card := range p.cards(false) {
		if i%2 == n {
			list = append(list, card)
		}
	}
	return list
}

// CardsPage is where a person arranges the home page.
type CardsPage struct {
	Frame ui.Frame
	Base  string
	Cards []Card
}

// order is the list of the cards shown.
func (p CardsPage) order() ui.Order {
	o := ui.Order{Action: p.Base + "/ordre", Label: "Cartes de l’accueil"}
	for _, c := range p.Cards {
		if c.Shown {
			o.Items = append(o.Items, ui.OrderItem{ID: c.ID, Label: c.Label, Content: hideButton(p.Base, c)})
		}
	}
	return o
}

// hidden are the cards that are not shown.
func (p CardsPage) hidden() []Card {
	var list []Card
	for _, c := range p.Cards {
		if !c.Shown {
			list = append(list, c)
		}
	}
	return list
}

// gauge places the cash of a drawer between its thresholds.
func (p HomePage) gauge(d Drawer) ui.Level {
	least, most := d.Thresholds(p.Home.Settings)
	l := ui.Level{Value: int64(max(0, d.Cash)), Full: int64(max(d.Cash, most+most/10, least*2, d.TargetFloat*2, 1)), Label: d.Name + "\u00a0: " + locale.Euro(d.Cash)}
	if least > 0 {
		l.Marks, l.Label = append(l.Marks, int64(least)), l.Label+", minimum "+locale.Euro(least)
	}
	if most > 0 {
		l.Marks, l.Label = append(l.Marks, int64(most)), l.Label+", maximum "+locale.Euro(most)
	}
	if p.limit(d) != "" {
		l.Tone = ui.Warn
	}
	return l
}

// limit says which threshold a drawer passes, "" when none.
func (p HomePage) limit(d Drawer) string {
	least, most := d.Thresholds(p.Home.Settings)
	switch {
	case d.Cash < 0:
		return "Solde négatif"
	case most > 0 && d.Cash > most:
		return "Maximum de " + locale.Euro(most) + " dépassé"
	case least > 0 && d.Cash < least:
		return "Sous le minimum de " + locale.Euro(least)
	}
	return ""
}
