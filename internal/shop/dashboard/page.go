package dashboard

import (
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
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
	f := ui.MoneyFigure("Chiffre d’affaires du "+locale.DayName(p.Home.Last)+", TTC", p.Home.Takings.on(p.Home.Last))
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

func (p HomePage) lastDay() Comparison { return p.Home.Takings.compare(p.Home.Last, p.Home.Last) }

func (p HomePage) month() Comparison {
	return p.Home.Takings.compare(p.Home.Month().First(), p.Home.Last)
}

func (p HomePage) monthFigure() ui.Figure {
	return ui.MoneyFigure(p.Home.period(), p.Home.Takings.sum(p.Home.Month().First(), p.Home.Last))
}

// curve is the month day after day, with the same weekdays a year before when there are some.
func (p HomePage) curve() ui.Lines {
	h := p.Home
	first, last := h.Month().First(), h.Month().Last()
	now := h.Takings.cumulated(first, h.Last, 0)
	c := ui.Lines{Title: "Chiffre d’affaires cumulé", Axis: "Jour", Series: []ui.Series{{Name: strconv.Itoa(first.Time().Year()), Values: now, Area: true}}}
	for _, on := range day.Range(first, last) {
		c.Labels = append(c.Labels, strconv.Itoa(on.Time().Day()))
	}
	c.Summary = "Au " + locale.DayName(h.Last) + "\u00a0: " + locale.Euro(money.Amount(now[len(now)-1])) + "."
	if h.Takings.any(first.Add(-year), last.Add(-year)) {
		before := h.Takings.cumulated(first, last, -year)
		c.Series = append(c.Series, ui.Series{Name: strconv.Itoa(first.Time().Year()-1) + ", mêmes jours", Values: before, Dashed: true})
		c.Summary += " Un an plus tôt, aux mêmes jours de la semaine\u00a0: " + locale.Euro(money.Amount(before[len(now)-1])) + "."
	}
	return c
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

// toneOf is green for more than the year before, red for less.
func toneOf(c Comparison) ui.Tone {
	switch permille, ok := c.Change(); {
	case !ok || permille == 0:
		return ui.Neutral
	case permille < 0:
		return ui.Warn
	}
	return ui.OK
}

func iconOf(c Comparison) string {
	switch permille, _ := c.Change(); {
	case permille < 0:
		return "bas"
	case permille > 0:
		return "hausse"
	}
	return "droite"
}
