package figures

import (
	"errors"
	"net/http"
	"net/url"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// budgetFile is the most a file of budgets may weigh.
const budgetFile = 1 << 20

func (r *Room) budget(c *web.Ctx) error { return r.showBudget(c, http.StatusOK, ui.Answers{}) }

// showBudget shows the budget of twelve months, with what was typed and refused when there is something.
func (r *Room) showBudget(c *web.Ctx, status int, answers ui.Answers) error {
	page := BudgetPage{Frame: c.Frame("Budget"), Base: c.URL("rapports", "budget"), CanEdit: c.Can(right.BudgetEdit), CanExport: c.Can(right.ReportExport), Answers: answers}
	page.Frame.Back = ui.Link{Label: "Retour au chiffre d’affaires", URL: c.URL("rapports", "chiffre-affaires")}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		page.Plan, err = LoadPlan(q, c.Query("debut"), c.Sees)
		return err
	})
	if err != nil {
		return err
	}
	page.Frame.Subtitle = page.Plan.Name()
	page.Frame.Actions = budgetActions(page)
	return c.Render(status, budgetPage(page))
}

// Plan is the budget of the twelve months of a financial year, beside what was taken the year before.
type Plan struct {
	First  day.Month
	Shops  []company.Location
	Goals  map[Slot]money.Amount
	Before map[Slot]money.Amount // the turnover of the same month a year before; absent when nothing was entered
}

// LoadPlan reads the budget of a year. start is its first month; without one it is that of the present financial year.
func LoadPlan(q db.Querier, start string, sees func(string) bool) (Plan, error) {
	y := Plan{Goals: map[Slot]money.Amount{}, Before: map[Slot]money.Amount{}}
	scope, err := LoadScope(q, "", "", sees)
	if err != nil {
		return y, err
	}
	y.Shops = scope.Locations
	if y.First, err = day.ParseMonth(start); err != nil {
		y.First = startOfYear(scope.Settings, scope.Settings.Today(q.Now()), true)
	}
	goals, err := Goals(q, y.First, y.First.Add(11))
	if err != nil {
		return y, err
	}
	for _, g := range goals {
		y.Goals[Slot{g.Location, g.Month}] = g.Amount
	}
	past := Figures{Gross: Takings{}, Net: Takings{}}
	if err := past.readTakings(q, scope.ids(""), y.First.Add(-12).First(), y.First.Add(-1).Last()); err != nil {
		return y, err
	}
	for on := range past.Gross {
		for _, l := range y.Shops {
			if sum, sold := past.Gross.only(on, scope.ids(l.ID)); sold {
				y.Before[Slot{l.ID, on.Month().Add(12)}] += sum
			}
		}
	}
	return y, nil
}

// Name is how the year is called.
func (y Plan) Name() string {
	return locale.Title(locale.MonthName(y.First)) + " à " + locale.MonthName(y.First.Add(11))
}

// Months are the twelve months.
func (y Plan) Months() []day.Month {
	var list []day.Month
	for i := range 12 {
		list = append(list, y.First.Add(i))
	}
	return list
}

// saveBudget keeps what was typed.
func (r *Room) saveBudget(c *web.Ctx) error {
	form := c.Form()
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		y, err := LoadPlan(tx, c.Query("debut"), c.Sees)
		if err != nil {
			return err
		}
		typed, goals := web.NewForm(form.Values), map[Slot]*money.Amount{}
		for _, month := range y.Months() {
			for _, shop := range y.Shops {
				slot := Slot{shop.ID, month}
				if !form.Has(slot.Field()) {
					continue
				}
				if amount, given := typed.Amount(slot.Field()); given {
					goals[slot] = &amount
				} else {
					goals[slot] = nil
				}
			}
		}
		if err := typed.Err(); err != nil {
			return err
		}
		return SaveGoals(tx, c.UserID, goals)
	})
	if fault.Is(err, fault.Invalid) {
		return r.showBudget(c, http.StatusUnprocessableEntity, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Budget enregistré.")
	return c.See(c.URL("rapports", "budget") + "?" + url.Values{"debut": {c.Query("debut")}}.Encode())
}

// importBudget keeps the budgets of a file, all of them or none.
func (r *Room) importBudget(c *web.Ctx) error {
	file, err := c.Upload("fichier", budgetFile)
	if err == nil && file == nil {
		err = badFile("Choisissez un fichier CSV.")
	}
	var first day.Month
	n := 0
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			scope, err := LoadScope(tx, "", "", c.Sees)
			if err != nil {
				return err
			}
			goals, err := ReadGoals(file.Body, scope.Locations)
			if err != nil {
				return err
			}
			first, n = "", len(goals)
			for slot := range goals {
				if first == "" || slot.Month < first {
					first = slot.Month
				}
			}
			return SaveGoals(tx, c.UserID, goals)
		})
	}
	if found, ok := errors.AsType[*fault.Fault](err); ok && found.Kind == fault.Invalid {
		return r.showBudget(c, http.StatusUnprocessableEntity, ui.Answers{Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, locale.Plural(n, "budget importé", "budgets importés")+".")
	return c.See(c.URL("rapports", "budget") + "?" + url.Values{"debut": {string(first)}}.Encode())
}

// budgetPaper answers with the budget as a file, which can be imported again.
func (r *Room) budgetPaper(format string) func(*web.Ctx) error {
	return func(c *web.Ctx) error {
		var y Plan
		var head company.Letterhead
		err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
			if y, err = LoadPlan(q, c.Query("debut"), c.Sees); err != nil {
				return err
			}
			head, err = company.LoadLetterhead(q, "", r.hooks.Software, c.Identity.Name)
			return err
		})
		if err != nil {
			return err
		}
		return head.Send(c, format, y.Paper())
	}
}

// Paper is the budget as a file.
func (y Plan) Paper() company.Report {
	t := table.Table{Title: "Budget", Empty: "Aucun budget saisi", Columns: []table.Column{{Label: fileColumns[0]}, {Label: fileColumns[1], Weight: 2}, {Label: fileColumns[2], Kind: table.Money, Carry: table.Sum}}}
	var sum money.Amount
	for _, month := range y.Months() {
		for _, shop := range y.Shops {
			if amount, typed := y.Goals[Slot{shop.ID, month}]; typed {
				t.Add(table.Plain, table.Text(string(month[5:]+"/"+month[:4])), table.Text(shop.Name), table.Amount(amount))
				sum += amount
			}
		}
	}
	t.AddTotal(table.Total, table.Text("Total"), table.Cell{}, table.Amount(sum))
	return company.Report{Name: "budget_" + string(y.First), Title: "Budget", Period: y.Name(), Notes: []string{"Chiffre d’affaires visé, TVA comprise."}, Tables: []table.Table{t}}
}
