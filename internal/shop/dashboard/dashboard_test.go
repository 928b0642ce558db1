package dashboard

import (
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/figures"
	"encaisse/internal/test/pagetest"
	"encaisse/internal/web/ui"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

// taken are takings written day, box, amount.
func taken(list ...any) figures.Takings {
	t := figures.Takings{}
	for i := 0; i < len(list); i += 3 {
		t.Add(day.Day(list[i].(string)), list[i+1].(string), money.Amount(list[i+2].(int)))
	}
	return t
}

// home is a home page of one box on Saturday 21 November 2026.
func home(with func(h *Home, d *Drawer)) Home {
	h := Home{Today: "2026-11-21", Settings: company.Defaults(), Last: "2026-11-20", Takings: figures.Takings{}, Cards: usual()}
	d := Drawer{Box: cashbox.Box{ID: "b1", Name: "Caisse 1", Active: true}, Cash: 15000, Todo: daysheet.Todo{LastSheet: "2026-11-20"}, States: map[day.Day]period.State{}}
	with(&h, &d)
	h.Drawers = []Drawer{d}
	return h
}

// all is who may do everything, but for some rights.
func all(without ...right.Right) desk {
	return desk{one: true, can: func(r right.Right) bool {
		for _, w := range without {
			if w == r {
				return false
			}
		}
		return true
	}, url: func(parts ...string) string { return "/" + strings.Join(parts, "/") }}
}

func TestEachThingToDoHasOneButton(t *testing.T) {
	for _, c := range []struct {
		name  string
		with  func(h *Home, d *Drawer)
		tone  ui.Tone
		title string
		text  string
		label string
		url   string
		needs right.Right // without it the task is not there
	}{
		{"a missing day", func(h *Home, d *Drawer) { d.Todo.Missing = []day.Day{"2026-11-20"} },
			ui.Warn, "Saisir la journée du vendredi 20\u00a0novembre", "Hier", "Saisir", "/journees/b1/2026-11-20", right.DaysheetEnter},
		{"three missing days are one task", func(h *Home, d *Drawer) { d.Todo.Missing = []day.Day{"2026-11-17", "2026-11-18", "2026-11-20"} },
			ui.Warn, "3\u00a0journées à saisir", "Du mardi 17\u00a0novembre au vendredi 20\u00a0novembre", "Commencer", "/journees/b1/2026-11-17", right.DaysheetEnter},
		{"a draft", func(h *Home, d *Drawer) {
			d.Todo.Missing, d.Todo.Drafts = []day.Day{"2026-11-20"}, []day.Day{"2026-11-20"}
		},
			ui.Info, "Terminer la journée du vendredi 20\u00a0novembre", "Brouillon à clôturer", "Reprendre", "/journees/b1/2026-11-20", right.DaysheetEnter},
		{"a correction begun", func(h *Home, d *Drawer) {
			d.Todo.Drafts, d.States["2026-11-19"] = []day.Day{"2026-11-19"}, period.Closed
		},
			ui.Info, "Terminer la correction du jeudi 19\u00a0novembre", "Correction commencée, pas encore enregistrée", "Reprendre", "/journees/b1/2026-11-19", right.DaysheetEnter},
		{"an over-short nobody explained", func(h *Home, d *Drawer) {
			d.Todo.Gaps, d.States["2026-11-18"] = []daysheet.Cell{{On: "2026-11-18", OverShort: -1240, Unexplained: 1240}}, period.Closed
		}, ui.Error, "Justifier l’écart du mercredi 18\u00a0novembre", "Écart de −12,40\u00a0€, sans motif", "Justifier", "/journees/b1/2026-11-18", right.DaysheetCorrect},
		{"a breakdown difference forced", func(h *Home, d *Drawer) {
			d.Todo.Gaps, d.States["2026-11-18"] = []daysheet.Cell{{On: "2026-11-18", Breakdown: -1210}}, period.Closed
		}, ui.Error, "Corriger la ventilation du mercredi 18\u00a0novembre", "12,10\u00a0€ de règlements manquants", "Corriger", "/journees/b1/2026-11-18", right.DaysheetCorrect},
		{"a gap of a day that locks tomorrow", func(h *Home, d *Drawer) {
			d.Todo.Gaps, d.States["2026-11-15"] = []daysheet.Cell{{On: "2026-11-15", Breakdown: 500}}, period.Closed
		}, ui.Error, "Corriger la ventilation du dimanche 15\u00a0novembre", "5,00\u00a0€ de règlements en trop\u00a0; se verrouille demain", "Corriger", "/journees/b1/2026-11-15", right.DaysheetCorrect},
		{"too much cash", func(h *Home, d *Drawer) { d.MaxCash = 10000 },
			ui.Warn, "Trop d’espèces, Caisse 1", "150,00\u00a0€ pour un maximum de 100,00\u00a0€", "Remettre", "/caisses/b1/operation?retour=%2F&type=deposit", right.BalanceView},
		{"too little cash for the company", func(h *Home, d *Drawer) { h.Settings.MinCash = 20000 },
			ui.Warn, "Pas assez d’espèces, Caisse 1", "150,00\u00a0€ pour un minimum de 200,00\u00a0€", "Apporter", "/caisses/b1/operation?retour=%2F&type=paid-in", right.BalanceView},
		{"negative cash", func(h *Home, d *Drawer) { d.Cash = -100 },
			ui.Error, "Espèces négatives, Caisse 1", "Le solde théorique est de −1,00\u00a0€\u00a0: une recette ou un apport manque, ou une sortie est de trop.", "Vérifier", "/caisses/b1/operations", right.BalanceView},
		{"letters that failed", func(h *Home, d *Drawer) { h.Failed = 2 },
			ui.Error, "2\u00a0envois ont échoué", "Un message n’a pas pu partir.", "Voir", "/reglages/envois", right.SettingsEdit},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := home(c.with)
			list := h.tasks(all())
			if len(list) != 1 {
				t.Fatalf("%d tasks: %+v", len(list), list)
			}
			got := list[0]
			if got.Tone != c.tone || got.Title != c.title || got.Text != c.text || got.Action != (ui.Link{Label: c.label, URL: c.url}) || !got.Main {
				t.Errorf("got %+v", got)
			}
			if list := h.tasks(all(c.needs)); len(list) != 0 {
				t.Errorf("without the right: %+v", list)
			}
		})
	}
}

func TestWhatIsInOrderOrNoLongerToDoIsNotATask(t *testing.T) {
	for name, with := range map[string]func(h *Home, d *Drawer){
		"everything in order": func(h *Home, d *Drawer) {},
		"a gap already locked": func(h *Home, d *Drawer) {
			d.Todo.Gaps, d.States["2026-11-02"] = []daysheet.Cell{{On: "2026-11-02", Breakdown: 500}}, period.Locked
		},
		"cash just at its maximum":         func(h *Home, d *Drawer) { d.MaxCash = 15000 },
		"cash just at its minimum":         func(h *Home, d *Drawer) { d.MinCash = 15000 },
		"its own minimum, not the house’s": func(h *Home, d *Drawer) { d.MinCash, h.Settings.MinCash = 10000, 20000 },
	} {
		if list := home(with).tasks(all()); len(list) != 0 {
			t.Errorf("%s: %+v", name, list)
		}
	}
}

func TestTheMostPressingComesFirstAndIsTheStrongButton(t *testing.T) {
	h := home(func(h *Home, d *Drawer) {
		d.Todo.Missing, d.MaxCash, h.Failed = []day.Day{"2026-11-20"}, 100, 1
		d.Todo.Gaps, d.States["2026-11-18"] = []daysheet.Cell{{On: "2026-11-18", Breakdown: 1}}, period.Closed
	})
	var labels []string
	for i, task := range h.tasks(all()) {
		labels = append(labels, task.Action.Label)
		if task.Main != (i == 0) {
			t.Errorf("task %d is main: %v", i, task.Main)
		}
	}
	if got := strings.Join(labels, " "); got != "Saisir Corriger Remettre Voir" {
		t.Errorf("in order: %s", got)
	}
}

func TestWithoutTheRightToRecordAThresholdHasNoButton(t *testing.T) {
	h := home(func(h *Home, d *Drawer) { d.MaxCash = 100 })
	if list := h.tasks(all(right.MovementRecord)); len(list) != 1 || list[0].Action.URL != "" {
		t.Errorf("got %+v", list)
	}
}

func TestADrawerCountedBlindHidesItsBalanceFromWhoCountsIt(t *testing.T) {
	h := home(func(h *Home, d *Drawer) { d.BlindCount, d.MaxCash = true, 100 })
	cashier := all(right.DaysheetCorrect)
	if h.shows(h.Drawers[0], cashier) || len(h.tasks(cashier)) != 0 {
		t.Error("a cashier sees what the drawer should hold")
	}
	if !h.shows(h.Drawers[0], all()) {
		t.Error("a manager does not see it")
	}
}

func TestTheComparisonSaysItsDayInWords(t *testing.T) {
	for _, c := range []struct {
		name    string
		takings figures.Takings
		want    string
	}{
		{"compared", taken("2026-11-20", "b1", 2, "2025-11-21", "b1", 1), "sur le vendredi 21\u00a0novembre 2025"},
		{"compared in part", taken("2026-11-20", "b1", 2, "2026-11-20", "b2", 2, "2025-11-21", "b1", 1), "sur le vendredi 21\u00a0novembre 2025, caisses comparables"},
		{"closed that day", taken("2026-11-20", "b1", 2, "2025-11-20", "b1", 1), "Fermé ou pas saisi le vendredi 21\u00a0novembre 2025\u00a0: pas de comparaison."},
		{"no year before", taken("2026-11-20", "b1", 2), "La comparaison viendra avec une année d’historique."},
	} {
		h := home(func(h *Home, d *Drawer) { h.Takings = c.takings })
		if got := h.compared(); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestACompanyThatBeginsIsToldWhereToBegin(t *testing.T) {
	for _, c := range []struct {
		name    string
		missing []day.Day
		title   string
		url     string
	}{
		{"yesterday was open", []day.Day{"2026-11-19", "2026-11-20"}, "Commencez par hier", "/journees/b1/2026-11-20"},
		{"yesterday was closed", []day.Day{"2026-11-19"}, "Commencez par le jeudi 19\u00a0novembre", "/journees/b1/2026-11-19"},
		{"it begins today", nil, "Commencez aujourd’hui", "/journees/b1/2026-11-21"},
	} {
		h := home(func(h *Home, d *Drawer) { h.Last, d.Todo = "", daysheet.Todo{Missing: c.missing} })
		if got := h.start(all()); h.Began() || got.Title != c.title || got.Action.URL != c.url {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	none := Home{Today: "2026-11-21", Settings: company.Defaults()}
	if got := none.start(all()); got.Action.URL != "/reglages/caisses/nouvelle" {
		t.Errorf("without a box: %+v", got)
	}
}

func TestTheGaugeStandsBetweenItsThresholds(t *testing.T) {
	h := home(func(h *Home, d *Drawer) { d.Cash, d.MinCash, d.MaxCash = 55600, 10000, 50000 })
	p := HomePage{Home: h}
	l := p.gauge(h.Drawers[0])
	if l.Value != 55600 || l.Full != 55600 || len(l.Marks) != 2 || l.Marks[0] != 10000 || l.Marks[1] != 50000 || l.Tone != ui.Warn ||
		l.Label != "Caisse 1\u00a0: 556,00\u00a0€, minimum 100,00\u00a0€, maximum 500,00\u00a0€" || p.limit(h.Drawers[0]) != "Maximum de 500,00\u00a0€ dépassé" {
		t.Errorf("got %+v, %q", l, p.limit(h.Drawers[0]))
	}
}
