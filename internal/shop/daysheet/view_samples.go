package daysheet

import (
	"encoding/json"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// The samples stand on Saturday 21 November 2026, in an épicerie with two shops and three tills.
const (
	sampleToday  day.Day = "2026-11-21"
	sampleFriday day.Day = "2026-11-20"
	sampleClaire         = "019ac000-0000-7000-8000-000000000001"
	sampleAnne           = "019ac000-0000-7000-8000-0000000000a1"
	sampleKey            = "019ac000-0000-7000-8000-0000000000c1"
)

var sampleMorning = time.Date(2026, time.November, 21, 7, 55, 0, 0, time.UTC)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	empty, typed, blind := sampleDay(), sampleDay(), sampleDay()
	typed.Draft = sampleDraft()
	blind.Box.BlindCount = true
	refused := sampleDay()
	refused.Fields = sampleFields()
	delete(refused.Fields, FieldReason+"especes")
	refused.Err = Check(sampleSheet(refused.Fields, refused.Setup), refused.Setup, false)
	byCustomer := sampleDay()
	byCustomer.Settings.Credit, byCustomer.Draft = company.CreditByCustomer, sampleDraft()
	anne := party.Choice{People: []party.Party{{ID: sampleAnne, Kind: party.Customer, Name: "Anne Petit", Active: true}}}
	byCustomer.Customers = map[string]party.Choice{FieldRepaidBy: anne, FieldGrantedTo: anne}
	byCustomer.Draft.Fields[FieldGrantedTo+sampleAnne], byCustomer.Draft.Fields[FieldRepaidBy+sampleAnne] = "20", "38,20"
	list := []web.Sample{
		{Name: "journees", Title: "Journées, une caisse", Page: monthPage(newMonthPage(sampleMonth("b1")))},
		{Name: "journees-toutes", Title: "Journées, toutes les caisses", Page: monthPage(newMonthPage(sampleMonth(allBoxes)))},
		{Name: "jour-vide", Title: "Journée à saisir", Page: dayPage(newDayPage(empty))},
		{Name: "jour", Title: "Journée saisie, avec un écart", Page: dayPage(newDayPage(typed))},
		{Name: "jour-refuse", Title: "Journée qui ne peut pas être clôturée", Page: dayPage(newDayPage(refused))},
		{Name: "jour-aveugle", Title: "Comptage à l’aveugle", Page: dayPage(newDayPage(blind))},
		{Name: "jour-clients", Title: "Crédit client par client", Page: dayPage(newDayPage(byCustomer))},
		{Name: "jour-absent", Title: "Journée à venir", Page: emptyDayPage(newEmptyDay(sampleDay(), "Cette journée n’est pas encore commencée."))},
	}
	return append(list, sampleClosed()...)
}

// sampleClosed are the pages of a day that was closed, then corrected.
func sampleClosed() []web.Sample {
	toClose := sampleDay()
	toClose.Draft, toClose.Fields = sampleDraft(), sampleFields()
	recap, err := newRecapPage(toClose, sampleKey)
	closed := sampleDay()
	closed.State, closed.Versions = period.Locked, sampleVersions(closed.Setup)
	for i := range closed.Strip {
		if closed.Strip[i].On == sampleFriday {
			closed.Strip[i].State = CellLocked
		}
	}
	read, failed := newReadPage(closed)
	history, broken := newVersionsPage(closed)
	correcting := closed
	correcting.Correcting = true
	if err != nil || failed != nil || broken != nil {
		panic("daysheet: a sample does not read back") // its content was written just above
	}
	return []web.Sample{
		{Name: "recapitulatif", Title: "Récapitulatif avant clôture", Page: recapPage(recap)},
		{Name: "jour-clos", Title: "Journée verrouillée", Page: readPage(read)},
		{Name: "jour-correction", Title: "Correction d’une journée verrouillée", Page: dayPage(newDayPage(correcting))},
		{Name: "jour-historique", Title: "Historique d’une journée", Page: versionsPage(history)},
	}
}

func sampleFrame() ui.Frame {
	return ui.Frame{Company: ui.Company{Name: "Épicerie du Marché", HomeURL: "/d/marche/"}, User: ui.User{Name: "Claire Dumont", Email: "claire@example.fr"}, Nav: []ui.NavItem{
		{Label: "Accueil", Icon: "accueil", URL: "/d/marche/", Tab: true}, {Label: "Journées", Icon: "journees", URL: "/d/marche/journees", Tab: true, Badge: 2, Current: true},
		{Label: "Clients", Icon: "clients", URL: "/d/marche/clients", Tab: true}, {Label: "Rapports", Icon: "rapports", URL: "/d/marche/rapports", Tab: true}, {Label: "Réglages", Icon: "reglages", URL: "/d/marche/reglages", Foot: true}}}
}

func sampleVisitor() Visitor {
	return Visitor{UserID: sampleClaire, Zone: company.Defaults().Zone(), Names: map[string]string{sampleClaire: "Claire Dumont"}, Base: "/d/marche",
		Rights: right.Set{right.DaysheetView, right.DaysheetEnter, right.DaysheetValidate, right.DaysheetForce, right.DaysheetCorrect, right.DaysheetLock, right.MovementRecord, right.BalanceView, right.ReportView, right.ReportExport, right.PartyEdit}}
}

func sampleSettings() company.Settings {
	s := company.Defaults()
	s.Options = company.Options{Expenses: true, Transfers: true, Credit: company.CreditTotal, Vouchers: true, Overpayments: true, Customers: true}
	s.Tolerance, s.MinCash, s.MaxCash = 200, 15000, 50000
	return s
}

func sampleBox() cashbox.Box {
	return cashbox.Box{ID: "b1", Location: "l1", Name: "Caisse 1", Active: true, TargetFloat: 15000, FirstDay: "2026-11-03"}
}

// sampleDay is Friday 20 November, before anything is typed.
func sampleDay() dayData {
	moved := func(kind cashbox.Kind, amount money.Amount, memo string) cashbox.Recorded {
		return cashbox.Recorded{Movement: cashbox.Movement{ID: memo, Box: "b1", Method: "especes", Kind: kind, Amount: amount, On: sampleFriday, Role: "expense.post", Memo: memo}, By: sampleClaire, At: sampleMorning}
	}
	d := dayData{Visitor: sampleVisitor(), Records: true, Frame: sampleFrame(), Location: "Les Halles", LastZ: "1481", Natures: map[string]string{}, Strip: sampleCells("b1", "2026-11-06", "2026-11-24")}
	d.Setup = Setup{Box: sampleBox(), On: sampleFriday, Today: sampleToday, Settings: sampleSettings(), State: period.Open,
		Categories: []catalog.SalesCategory{{ID: "epicerie", Label: "Épicerie", Rate: 550}, {ID: "traiteur", Label: "Traiteur", Rate: 1000}, {ID: "vins", Label: "Vins et boissons", Rate: 2000}, {ID: "cadeaux", Label: "Cadeaux", Rate: 2000}},
		Methods: []tender.Method{{ID: "especes", Kind: tender.Cash, Label: "Espèces"}, {ID: "carte", Kind: tender.Card, Label: "Carte bancaire", Prefilled: true}, {ID: "resto", Kind: tender.Meal, Label: "Titres-resto", Prefilled: true},
			{ID: "cheques", Kind: tender.Cheque, Label: "Chèques"}, {ID: "bons", Kind: tender.Voucher, Label: "Bons cadeaux"}, {ID: "credit", Kind: tender.OnAccount, Label: "Crédit client"}},
		Opening:   map[string]money.Amount{"especes": 20485},
		Posted:    map[string]money.Amount{"especes": 20485 - 2340 - 20000},
		Movements: []cashbox.Recorded{moved(cashbox.Expense, 1240, "timbres"), moved(cashbox.Expense, 1100, "recommandé"), moved(cashbox.Deposit, 20000, "")}}
	return d
}

// sampleFields are the ticket Z of that Friday.
func sampleFields() map[string]string {
	fields := map[string]string{}
	for _, line := range strings.Fields("z=1482 v-epicerie=612,40 v-traiteur=184,50 v-vins=438,90 v-cadeaux=57,00 bons=50,00 credits=38,20 ventes=47 r-especes=318,60 r-carte=842,10 r-resto=96,30 " +
		"r-cheques=74,00 r-bons=30,00 r-credit=20,00 c-especes=295,45 motif-especes=change remise=145,45 p-5000=2 p-2000=4 p-1000=5 p-500=7 p-200=6 p-100=10 p-50=11 p-20=10 p-10=6 p-5=4 p-2=3 p-1=9") {
		name, value, _ := strings.Cut(line, "=")
		fields[name] = value
	}
	return fields
}

func sampleDraft() *Draft {
	return &Draft{Box: "b1", On: sampleFriday, Revision: 3, Fields: sampleFields(), Gross: 129280, By: sampleClaire, At: sampleMorning}
}

func sampleSheet(fields map[string]string, s Setup) Sheet {
	figures, _ := Read(fields, s) // the sample reads
	return Compute(figures, s)
}

// sampleVersions are the closing of that Friday and a correction of it.
func sampleVersions(s Setup) []Version {
	var list []Version
	corrected := sampleFields()
	corrected[FieldTaken+"carte"], corrected[FieldTaken+"cheques"] = "832,10", "84,00"
	for i, fields := range []map[string]string{sampleFields(), corrected} {
		c := Content{ID: "v", Box: "b1", On: sampleFriday, Version: i + 1, Seq: int64(15 + i), Source: ByHand, By: sampleClaire, Perpetual: 1523235, PerpetualAbs: 1523235}
		c.fill(sampleSheet(fields, s))
		if i > 0 {
			c.Reason = "chèque pris pour une carte"
		}
		text, err := json.Marshal(c)
		if err != nil {
			panic("daysheet: sample: " + err.Error()) // integers, text and maps of them always marshal
		}
		v := c.version()
		v.Content, v.At = string(text), sampleMorning.Add(time.Duration(i)*time.Hour)
		list = append(list, v)
	}
	return list
}

// sampleTakings are the turnovers of November in the first till, in cents; 0 is a closed day.
var sampleTakings = map[int]money.Amount{3: 101240, 4: 96820, 5: 118760, 6: 140290, 7: 161135, 8: 70210, 10: 74890, 12: 99630, 13: 131845, 14: 158820, 15: 66480, 17: 90560, 18: 102135, 19: 110420}

// sampleCells are the days of a box: locked until the 15th, an over-short on the 18th, Friday missing, Monday closed.
func sampleCells(box string, first, last day.Day) []Cell {
	var cells []Cell
	for _, on := range day.Range(first, last) {
		n := on.Time().Day()
		c := Cell{Box: box, On: on, State: CellDone, Gross: sampleTakings[n], SalesCount: 40, Version: 1}
		if box != "b1" {
			c.Gross = c.Gross / 3
		}
		c.Net = c.Gross * 100 / 111
		c.Tax = c.Gross - c.Net
		none := func(state CellState) { c = Cell{Box: box, On: on, State: state} }
		switch {
		case on < "2026-11-03":
			none(CellBefore)
		case on > sampleToday:
			none(CellFuture)
		case on == sampleToday:
			none(CellToday)
		case n == 11:
			none(CellHoliday)
			c.Label = "Armistice de 1918"
		case on.Weekday() == time.Monday:
			none(CellClosed)
		case on == sampleFriday && box == "b1":
			none(CellMissing)
		case n == 18 && box == "b1":
			c.State, c.OverShort, c.Unexplained = CellGap, -1240, 1240
		case n <= 15:
			c.State = CellLocked
		}
		cells = append(cells, c)
	}
	return cells
}

// sampleMonth is November of a box, or of all.
func sampleMonth(chosen string) monthData {
	d := monthData{Visitor: sampleVisitor(), Frame: sampleFrame(), Settings: sampleSettings(), Month: "2026-11", Today: sampleToday, Chosen: chosen}
	for i, name := range []string{"Caisse 1", "Caisse 2", "Caisse de la Gare"} {
		box := sampleBox()
		box.ID, box.Name = "b"+locale.Int(int64(i+1)), name
		cash := []money.Amount{29545, 12000, 61000}[i]
		b := boxMonth{Box: box, Location: []string{"Les Halles", "Les Halles", "La Gare"}[i], Cells: sampleCells(box.ID, d.Month.First(), d.Month.Last()), Cash: &cash, Todo: Todo{Box: box}}
		for _, c := range b.Cells {
			if c.State == CellMissing {
				b.Todo.Missing = append(b.Todo.Missing, c.On)
			}
			if c.State == CellGap {
				b.Todo.Gaps = append(b.Todo.Gaps, c)
			}
		}
		d.Boxes = append(d.Boxes, b)
	}
	return d
}
