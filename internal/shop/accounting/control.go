package accounting

import (
	"slices"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
)

// Period is what an export covers.
type Period struct{ First, Last day.Day }

// Finding is something the control saw.
type Finding struct {
	Blocks bool // the period cannot leave
	Text   string
	Day    day.Day // where to look, "" for the whole period
	Box    string
}

// Control is what is looked at before a period leaves.
type Control struct {
	Period
	Entries  []DayEntry
	Accounts []AccountSum
	Findings []Finding
	Debit    money.Amount
	Credit   money.Amount
	Lines    int
	Done     *Export // the file already given for this period in this format
}

// AccountSum is what an account comes to in the period.
type AccountSum struct {
	Code, Label   string
	Debit, Credit money.Amount
}

// Blocked tells whether the period cannot leave.
func (c Control) Blocked() bool {
	return slices.ContainsFunc(c.Findings, func(f Finding) bool { return f.Blocks })
}

// Check refuses a period that is none, or that is not over.
func (p Period) Check(today day.Day) error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	switch {
	case p.First == "":
		f.Field("du", "Donnez le premier jour de la période.")
	case p.Last == "":
		f.Field("au", "Donnez le dernier jour de la période.")
	case p.First > p.Last:
		f.Field("au", "La période finit avant de commencer.")
	case p.Last >= today:
		f.Field("au", "Une période part une fois finie\u00a0: choisissez au plus tard le "+locale.Date(today.Add(-1))+".")
	case p.Last.Since(p.First) > 366:
		f.Field("au", "Un export couvre un an au plus.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

// Examine looks at a period before it leaves: days not entered and drafts block it, entries that do not balance and accounts that are none
// too; over-shorts nobody explained and amounts awaiting on account 471 are told.
func Examine(q db.Querier, p Period) (Control, error) {
	b, err := loadBooks(q)
	if err != nil {
		return Control{}, err
	}
	c := Control{Period: p}
	if c.Entries, err = b.daily(q, p.First, p.Last); err != nil {
		return c, err
	}
	c.sum()
	if err := c.days(q, b); err != nil {
		return c, err
	}
	if done, known, err := lastExport(q, p.First, p.Last, b.settings.Format); err != nil {
		return c, err
	} else if known {
		c.Done = &done
	}
	return c, nil
}

// sum adds up the entries, by account too, and tells those that do not balance or name no account.
func (c *Control) sum() {
	at := map[string]int{}
	for _, e := range c.Entries {
		if left := e.balance(); left != 0 {
			c.Findings = append(c.Findings, Finding{Blocks: true, Day: e.On, Box: e.Place, Text: "L’écriture du " + locale.Date(e.On) + " n’est pas équilibrée\u00a0: débit moins crédit font " + locale.Euro(left) + "."})
		}
		for _, l := range e.Lines {
			c.Lines++
			i, seen := at[l.Account]
			if !seen {
				i = len(c.Accounts)
				at[l.Account] = i
				c.Accounts = append(c.Accounts, AccountSum{Code: l.Account, Label: l.AccountLabel})
			}
			a := &c.Accounts[i]
			a.Label = firstPart(a.Label, l.AccountLabel)
			if l.Amount > 0 {
				a.Debit += l.Amount
				c.Debit += l.Amount
			} else {
				a.Credit -= l.Amount
				c.Credit -= l.Amount
			}
		}
	}
	slices.SortFunc(c.Accounts, func(a, b AccountSum) int { return cmpText(a.Code, b.Code) })
	for _, a := range c.Accounts {
		if !chart.ValidCode(a.Code) || len(a.Code) < 3 {
			c.Findings = append(c.Findings, Finding{Blocks: true, Text: "Le compte «\u00a0" + a.Code + "\u00a0» (" + a.Label + ") n’est pas un numéro de compte. Corrigez-le dans Réglages\u00a0› Plan comptable."})
		}
		if len(a.Code) >= 3 && a.Code[:3] == "471" && a.Debit != a.Credit {
			c.Findings = append(c.Findings, Finding{Text: "Le compte d’attente " + a.Code + " porte " + locale.Euro((a.Debit - a.Credit).Abs()) + "\u00a0: des différences de ventilation restent à expliquer."})
		}
	}
}

// days tells the days of each till that wait.
func (c *Control) days(q db.Querier, b books) error {
	tills, err := cashbox.List(q)
	if err != nil {
		return err
	}
	for _, till := range tills {
		cells, err := daysheet.Days(q, till.ID, c.First, c.Last)
		if err != nil {
			return err
		}
		horizon, err := period.Horizon(q, till.ID)
		if err != nil {
			return err
		}
		for _, cell := range cells {
			where := " le " + locale.Date(cell.On)
			if len(tills) > 1 {
				where += ", " + till.Name
			}
			switch {
			case !till.Active && cell.Version == 0 || cell.On <= horizon && cell.Version == 0: // nothing can be entered any more
			case cell.State == daysheet.CellMissing:
				c.add(cell, true, "Journée à saisir"+where+".")
			case cell.State == daysheet.CellDraft:
				c.add(cell, true, "Brouillon à clôturer"+where+".")
			case cell.State == daysheet.CellGap && cell.Breakdown != 0:
				c.add(cell, false, "Différence de ventilation de "+locale.Euro(cell.Breakdown)+where+".")
			case cell.State == daysheet.CellGap:
				c.add(cell, false, "Écart de caisse non expliqué de "+locale.SignedEuro(cell.OverShort)+where+".")
			case cell.Version > 0 && cell.Draft:
				c.add(cell, true, "Correction commencée et non enregistrée"+where+".")
			}
		}
	}
	return nil
}

func (c *Control) add(cell daysheet.Cell, blocks bool, text string) {
	c.Findings = append(c.Findings, Finding{Blocks: blocks, Day: cell.On, Box: cell.Box, Text: text})
}

// today is the business day of the handle’s company.
func today(q db.Querier) (day.Day, error) {
	settings, err := company.Load(q)
	return settings.Today(q.Now()), err
}

func cmpText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
