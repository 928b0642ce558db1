package dashboard

import (
	"net/url"
	"slices"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/figures"
	"encaisse/internal/shop/question"
	"encaisse/internal/web/ui"
)

// apart is how many missing days of a box are shown one by one; more are one task.
const apart = 2

// soon is how many days before a day locks by itself its tasks say so.
const soon = 2

// desk is who looks at the page: what they may do and the addresses of the company.
type desk struct {
	can  func(right.Right) bool
	url  func(parts ...string) string
	one  bool // one box: its name goes without saying
	firm bool // of the accounting firm: it asks, and reads the answers
}

// tasks lists what there is to do, the most pressing first.
func (h Home) tasks(who desk) []ui.Task {
	var list []ui.Task
	for _, find := range []func(Drawer, desk) []ui.Task{h.negative, h.missing, h.drafts, h.gaps, h.crossed} {
		for _, d := range h.Drawers {
			list = append(list, find(d, who)...)
		}
	}
	list = append(list, h.questions(who)...)
	if h.Failed > 0 && who.can(right.SettingsEdit) {
		list = append(list, ui.Task{Tone: ui.Error, Icon: "mail", Title: locale.Plural(h.Failed, "envoi a échoué", "envois ont échoué"),
			Text: "Un message n’a pas pu partir.", Action: ui.Link{Label: "Voir", URL: who.url("reglages", "envois")}})
	}
	if len(list) > 0 {
		list[0].Main = true
	}
	return list
}

// questions are those the shop has to answer; for the firm, the answers it has to read.
func (h Home) questions(who desk) (list []ui.Task) {
	if who.firm {
		if h.Told > 0 {
			list = append(list, ui.Task{Tone: ui.Info, Icon: "aide", Title: locale.Plural(h.Told, "réponse à lire", "réponses à lire"), Text: "Le client a répondu à vos questions.",
				Action: ui.Link{Label: "Lire", URL: who.url("questions")}})
		}
		return list
	}
	if n := len(h.Asked); n > apart {
		return []ui.Task{{Tone: ui.Warn, Icon: "aide", Title: locale.Plural(n, "question de votre comptable", "questions de votre comptable"), Text: "La plus ancienne porte sur " + h.Asked[0].About + ".",
			Action: ui.Link{Label: "Répondre", URL: who.url("questions")}}}
	}
	for _, x := range h.Asked {
		list = append(list, ui.Task{Tone: ui.Warn, Icon: "aide", Title: "Votre comptable vous demande", Text: "«\u00a0" + question.Short(x.First) + "\u00a0» " + x.About, Action: ui.Link{Label: "Répondre", URL: who.url("questions", x.ID)}})
	}
	return list
}

// where names a box before the words of a task.
func (d Drawer) where(who desk, text string) string {
	if who.one {
		return locale.Title(text)
	}
	return d.Name + " · " + text
}

func (who desk) day(d Drawer, on day.Day) string { return who.url("journees", d.ID, string(on)) }

// back is the address of an operation that comes back home.
func (who desk) operation(d Drawer, kind string) string {
	return who.url("caisses", d.ID, "operation") + "?" + url.Values{"type": {kind}, "retour": {who.url()}}.Encode()
}

func (h Home) negative(d Drawer, who desk) []ui.Task {
	if d.Cash >= 0 || !who.can(right.BalanceView) {
		return nil
	}
	return []ui.Task{{Tone: ui.Error, Icon: "alerte", Title: "Espèces négatives, " + d.Name,
		Text:   "Le solde théorique est de " + locale.Euro(d.Cash) + "\u00a0: une recette ou un apport manque, ou une sortie est de trop.",
		Action: ui.Link{Label: "Vérifier", URL: who.url("caisses", d.ID, "operations")}}}
}

// missing are the days without a sheet, but for those already begun.
func (h Home) missing(d Drawer, who desk) []ui.Task {
	days := slices.DeleteFunc(slices.Clone(d.Todo.Missing), func(on day.Day) bool { return slices.Contains(d.Todo.Drafts, on) })
	if len(days) == 0 || !who.can(right.DaysheetEnter) {
		return nil
	}
	if len(days) > apart {
		return []ui.Task{{Tone: ui.Warn, Icon: "journees", Title: locale.Plural(len(days), "journée à saisir", "journées à saisir"),
			Text:   d.where(who, "du "+locale.DayName(days[0])+" au "+locale.DayName(days[len(days)-1])),
			Action: ui.Link{Label: "Commencer", URL: who.day(d, days[0])}}}
	}
	var list []ui.Task
	for _, on := range days {
		list = append(list, ui.Task{Tone: ui.Warn, Icon: "journees", Title: "Saisir la journée du " + locale.DayName(on),
			Text: d.where(who, h.ago(on)), Action: ui.Link{Label: "Saisir", URL: who.day(d, on)}})
	}
	return list
}

// ago says how old a day is.
func (h Home) ago(on day.Day) string {
	switch n := h.Today.Since(on); n {
	case 1:
		return "hier"
	case 2:
		return "avant-hier"
	default:
		return "il y a " + locale.Plural(n, "jour", "jours")
	}
}

// drafts are the days typed and not closed, and the corrections begun.
func (h Home) drafts(d Drawer, who desk) []ui.Task {
	if !who.can(right.DaysheetEnter) {
		return nil
	}
	var list []ui.Task
	for _, on := range d.Todo.Drafts {
		t := ui.Task{Tone: ui.Info, Icon: "crayon", Title: "Terminer la journée du " + locale.DayName(on), Text: d.where(who, "brouillon à clôturer"),
			Action: ui.Link{Label: "Reprendre", URL: who.day(d, on)}}
		if _, closed := d.States[on]; closed {
			t.Title, t.Text = "Terminer la correction du "+locale.DayName(on), d.where(who, "correction commencée, pas encore enregistrée"+h.locksSoon(on))
		}
		list = append(list, t)
	}
	return list
}

// gaps are the closed days whose over-short nobody explained, or whose breakdown is forced. Once locked they are history.
func (h Home) gaps(d Drawer, who desk) []ui.Task {
	if !who.can(right.DaysheetCorrect) {
		return nil
	}
	var list []ui.Task
	for _, c := range d.Todo.Gaps {
		if d.States[c.On] != period.Closed {
			continue
		}
		list = append(list, h.gap(d, who, c))
	}
	return list
}

func (h Home) gap(d Drawer, who desk, c daysheet.Cell) ui.Task {
	if c.Unexplained != 0 {
		return ui.Task{Tone: ui.Error, Icon: "alerte", Title: "Justifier l’écart du " + locale.DayName(c.On),
			Text: d.where(who, "écart de "+locale.SignedEuro(c.OverShort)+", sans motif"+h.locksSoon(c.On)), Action: ui.Link{Label: "Justifier", URL: who.day(d, c.On)}}
	}
	what := locale.Euro(c.Breakdown) + " de règlements en trop"
	if c.Breakdown < 0 {
		what = locale.Euro(-c.Breakdown) + " de règlements manquants"
	}
	return ui.Task{Tone: ui.Error, Icon: "alerte", Title: "Corriger la ventilation du " + locale.DayName(c.On),
		Text: d.where(who, what+h.locksSoon(c.On)), Action: ui.Link{Label: "Corriger", URL: who.day(d, c.On)}}
}

// locksSoon says that a day is about to lock by itself.
func (h Home) locksSoon(on day.Day) string {
	if h.Settings.LockDays == 0 {
		return ""
	}
	switch left := on.Add(h.Settings.LockDays).Since(h.Today); {
	case left <= 0:
		return "\u00a0; se verrouille aujourd’hui"
	case left == 1:
		return "\u00a0; se verrouille demain"
	case left <= soon:
		return "\u00a0; se verrouille dans " + locale.Plural(left, "jour", "jours")
	}
	return ""
}

// crossed are the thresholds of cash that are passed.
func (h Home) crossed(d Drawer, who desk) []ui.Task {
	if !who.can(right.BalanceView) || d.Cash < 0 || !h.shows(d, who) {
		return nil
	}
	least, most := d.Thresholds(h.Settings)
	task := func(title, limit string, amount money.Amount, kind, label string) []ui.Task {
		t := ui.Task{Tone: ui.Warn, Icon: "especes", Title: title + ", " + d.Name, Text: locale.Euro(d.Cash) + " pour un " + limit + " de " + locale.Euro(amount)}
		if who.can(right.MovementRecord) {
			t.Action = ui.Link{Label: label, URL: who.operation(d, kind)}
		}
		return []ui.Task{t}
	}
	switch {
	case most > 0 && d.Cash > most:
		return task("Trop d’espèces", "maximum", most, "deposit", "Remettre")
	case least > 0 && d.Cash < least:
		return task("Pas assez d’espèces", "minimum", least, "paid-in", "Apporter")
	}
	return nil
}

// shows tells whether the balance of a drawer may be shown: one counted blind stays hidden from who counts it.
func (h Home) shows(d Drawer, who desk) bool {
	return who.can(right.BalanceView) && (!d.BlindCount || who.can(right.DaysheetCorrect))
}

// compared says with which day the last one compares, in words.
func (h Home) compared() string {
	before := h.Last.Add(-figures.Year)
	switch c := h.Takings.Compare(h.Last, h.Last); {
	case c.Days > 0 && c.Partial:
		return "sur le " + locale.LongDate(before) + ", caisses comparables"
	case c.Days > 0:
		return "sur le " + locale.LongDate(before)
	case h.Takings.Any(h.Month().First().Add(-figures.Year), h.Month().Last().Add(-figures.Year)):
		return "Fermé ou pas saisi le " + locale.LongDate(before) + "\u00a0: pas de comparaison."
	}
	return "La comparaison viendra avec une année d’historique."
}

// monthCompared says what the month is compared with, in words.
func (h Home) monthCompared(c figures.Comparison) string {
	same := "mêmes jours de la semaine"
	if c.Partial {
		same += " et mêmes caisses"
	}
	return "sur N-1, " + same + ", " + locale.Plural(c.Days, "jour comparé", "jours comparés")
}

// title of the period taken so far: Novembre, du 1er au 20.
func (h Home) period() string {
	name := locale.Title(locale.MonthName(h.Month()))
	if h.Last == "" {
		return name
	}
	if n := h.Last.Time().Day(); n > 1 {
		return name + ", du 1er au " + locale.DayOfMonth(h.Last)
	}
	return name + ", le 1er"
}
