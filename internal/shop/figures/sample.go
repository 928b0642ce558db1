package figures

import (
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	const base = "/d/epicerie-des-halles/rapports"
	report := ReportPage{Frame: ui.SampleFrame("Chiffre d’affaires"), Base: base + "/chiffre-affaires", Budget: base + "/budget", Days: "/d/epicerie-des-halles/journees", CanExport: true, CanBudget: true, Report: SampleReport()}
	report.Shops = report.Report.Locations
	report.Frame.Subtitle = report.subtitle()
	report.Frame.Actions = reportActions(report)
	empty := report
	empty.Report = Report{Query: report.Report.Query, Figures: Figures{Scope: report.Report.Scope, First: "2026-12-01", Last: "2026-12-31"}, Today: report.Report.Today}
	empty.Report.Month = "2026-12"
	empty.Report.Total = empty.Report.line("Total", empty.Report.First, empty.Report.Last)
	plan := BudgetPage{Frame: ui.SampleFrame("Budget"), Base: base + "/budget", CanEdit: true, CanExport: true, Plan: samplePlan()}
	plan.Frame.Subtitle = plan.Plan.Name()
	plan.Frame.Actions = budgetActions(plan)
	refused := plan
	refused.Answers.Err = fault.New(fault.Invalid, "Le fichier n’a pas été importé.").Field("fichier", "Ligne 3\u00a0: le mois «\u00a0treizième\u00a0» ne se lit pas, écrivez par exemple 01/2026. Rien n’a été importé.")
	return []web.Sample{
		{Name: "chiffre-affaires", Title: "Chiffre d’affaires", Page: reportPage(report)},
		{Name: "chiffre-affaires-vide", Title: "Chiffre d’affaires d’un mois sans journée", Page: reportPage(empty)},
		{Name: "budget", Title: "Budget", Page: budgetPage(plan)},
		{Name: "budget-refuse", Title: "Budget, fichier refusé", Page: budgetPage(refused)},
	}
}

func sampleScope() Scope {
	return Scope{
		Locations: []company.Location{{ID: "l1", Name: "Épicerie des Halles"}, {ID: "l2", Name: "Halles de Metz"}},
		Tills:     []cashbox.Box{{ID: "b1", Name: "Caisse 1", Location: "l1"}, {ID: "b2", Name: "Caisse de Metz", Location: "l2"}},
		Calendars: map[string]company.Calendar{"l1": {Location: "l1", Zone: company.Mainland}, "l2": {Location: "l2", Zone: company.Mainland}}, Settings: company.Defaults(),
	}
}

// SampleFigures are a month of one shop with a year before and a budget, up to the 20th.
func SampleFigures() Figures {
	f := Figures{Scope: sampleScope(), First: "2026-11-01", Last: "2026-11-30", Until: "2026-11-20", Gross: Takings{}, Net: Takings{}, counts: map[day.Day][]daysheet.Count{}}
	for i, on := range day.Range(f.First, f.Last) {
		if on.Weekday() == time.Sunday {
			continue
		}
		f.Gross.Add(on.Add(-Year), "b1", money.Amount(88000+i%4*14000))
		if on > f.Until || on == "2026-11-11" {
			continue
		}
		amount := money.Amount(90000 + i%5*13000)
		f.Gross.Add(on, "b1", amount)
		f.Net.Add(on, "b1", amount*100/110)
		c := daysheet.Count{Box: "b1", On: on, Gross: amount, Sales: 38 + i%7}
		if i%6 == 2 {
			c.OverShort = -360
		}
		f.counts[on] = append(f.counts[on], c)
	}
	f.Budget = Budget{goals: map[day.Month]map[string]money.Amount{"2026-11": {"l1": 2_750_000}}, spread: map[day.Month]map[string]map[day.Day]money.Amount{}}
	pattern := Pattern{time.Friday: 120000, time.Saturday: 150000, time.Monday: 80000}
	f.Budget.spread["2026-11"] = map[string]map[day.Day]money.Amount{"l1": Spread(2_750_000, "2026-11", f.Calendars["l1"], pattern)}
	return f
}

// SampleReport is a month day by day.
func SampleReport() Report {
	r := Report{Query: Query{Step: ByDay, Month: "2026-11"}, Figures: SampleFigures(), Today: "2026-11-21"}
	r.cutLines()
	r.Total = r.line("Total", r.First, r.Last)
	r.Natures = []Nature{{"epicerie", 980_000, 910_000}, {"vins", 640_000, 655_000}, {"cadeaux", 31_000, 0}}
	r.Labels = map[string]catalog.SalesCategory{"epicerie": {Label: "Épicerie"}, "vins": {Label: "Vins et boissons"}, "cadeaux": {Label: "Cadeaux"}}
	r.Methods = []MethodShare{{tender.Method{ID: "carte", Label: "Carte"}, 1_120_000, 980_000}, {tender.Method{ID: "especes", Label: "Espèces"}, 660_000, 700_000}}
	var closers []daysheet.Closer
	for _, on := range day.Range(r.First, r.Last) {
		closers = append(closers, daysheet.Closer{Box: "b1", On: on, By: "samira"})
	}
	r.loadOverShorts(closers, map[string]string{"samira": "Samira Benali"})
	return r
}

func samplePlan() Plan {
	y := Plan{First: "2026-01", Shops: sampleScope().Locations, Goals: map[Slot]money.Amount{}, Before: map[Slot]money.Amount{}}
	for i, month := range y.Months() {
		y.Goals[Slot{"l1", month}] = money.Amount(2_400_000 + i*50_000)
		y.Before[Slot{"l1", month}] = money.Amount(2_310_000 + i*47_000)
	}
	return y
}
