package days

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
)

// expectation is a word that « attendu » may be followed by, and the amount the shop gives for it.
type expectation struct {
	phrase string
	parse  func(s *story, l *line) (func(s *shop, q db.Querier) (money.Amount, error), error)
}

var expectations = []expectation{
	{"CA", ofVersion(func(v daysheet.Version) money.Amount { return v.Gross })},
	{"HT", ofVersion(func(v daysheet.Version) money.Amount { return v.Net })},
	{"TVA totale", ofVersion(func(v daysheet.Version) money.Amount { return v.Tax })},
	{"réglé", ofVersion(func(v daysheet.Version) money.Amount { return v.Taken })},
	{"ventilation", ofVersion(func(v daysheet.Version) money.Amount { return v.Breakdown })},
	{"écart total", ofVersion(func(v daysheet.Version) money.Amount { return v.OverShort })},
	{"non justifié", ofVersion(func(v daysheet.Version) money.Amount { return v.Unexplained })},
	{"perpétuel", ofVersion(func(v daysheet.Version) money.Amount { return v.Perpetual })},
	{"perpétuel absolu", ofVersion(func(v daysheet.Version) money.Amount { return v.PerpetualAbs })},
	{"écart", ofMethod(func(m daysheet.ContentMethod) money.Amount { return m.OverShort })},
	{"théorique", ofMethod(func(m daysheet.ContentMethod) money.Amount { return m.Expected })},
	{"veille", ofMethod(func(m daysheet.ContentMethod) money.Amount { return m.Opening })},
	{"TVA", taxOfDay}, {"TVA déductible", inputTax}, {"solde", balance}, {"compte", account}, {"crédit", customer}, {"bons en circulation", vouchers}, {"panier", basket}, {"bon", leftOn}, {"CA3", lineOfReturn},
}

// parseExpectations reads what stands after « attendu », one or several apart by « ; ».
func parseExpectations(s *story, l *line) error {
	if !s.begun() {
		return l.fail("rien n’est attendu avant la première ligne « jour »")
	}
	for part := range strings.SplitSeq(l.rest, ";") {
		one := &line{file: l.file, n: l.n, rest: part}
		one.word("attendu")
		if err := parseExpectation(s, one); err != nil {
			return err
		}
		if err := one.end(); err != nil {
			return err
		}
	}
	return nil
}

func parseExpectation(s *story, l *line) error {
	switch {
	case l.word("refus"):
		text, err := l.quoted()
		s.steps = append(s.steps, step{line: l, refusal: text})
		return err
	case l.word("état"):
		return parseState(s, l)
	case l.word("version"):
		return parseCountOf(s, l, "version", func(v daysheet.Version) int { return v.Number })
	case l.word("numéro"):
		return parseCountOf(s, l, "numéro", func(v daysheet.Version) int { return int(v.Seq) })
	}
	sorted := slices.SortedFunc(slices.Values(expectations), func(a, b expectation) int { return len(b.phrase) - len(a.phrase) })
	for _, e := range sorted {
		if l.word(e.phrase) {
			return parseWanted(s, l, e)
		}
	}
	return l.fail("« %s » : on ne sait pas vérifier cela", l.rest)
}

func parseWanted(s *story, l *line, e expectation) error {
	value, err := e.parse(s, l)
	if err != nil {
		return err
	}
	want, err := l.amount()
	if err != nil {
		return err
	}
	what := e.phrase
	s.add(l, func(s *shop) error {
		return s.read(func(q *db.Snapshot) error {
			got, err := value(s, q)
			if err == nil && got != want {
				err = fmt.Errorf("%s : %s au lieu de %s", what, locale.Amount(got), locale.Amount(want))
			}
			return err
		})
	})
	return nil
}

// current is the version of the sheet that counts, with its content.
func (s *shop) current(q db.Querier) (v daysheet.Version, c daysheet.Content, err error) {
	page, err := daysheet.Load(q, s.boxID(), s.sheet)
	if err != nil {
		return v, c, err
	}
	if page.Current() == nil {
		return v, c, fmt.Errorf("la journée du %s n’est pas clôturée", s.sheet)
	}
	v = *page.Current()
	return v, c, json.Unmarshal([]byte(v.Content), &c)
}

func ofVersion(figure func(daysheet.Version) money.Amount) func(*story, *line) (func(*shop, db.Querier) (money.Amount, error), error) {
	return func(*story, *line) (func(*shop, db.Querier) (money.Amount, error), error) {
		return func(s *shop, q db.Querier) (money.Amount, error) {
			v, _, err := s.current(q)
			return figure(v), err
		}, nil
	}
}

func ofMethod(figure func(daysheet.ContentMethod) money.Amount) func(*story, *line) (func(*shop, db.Querier) (money.Amount, error), error) {
	return func(s *story, l *line) (func(*shop, db.Querier) (money.Amount, error), error) {
		label, err := l.one("mode de règlement", s.methodNames())
		return func(s *shop, q db.Querier) (money.Amount, error) {
			_, c, err := s.current(q)
			for _, m := range c.Methods {
				if m.ID == s.methods[label] {
					return figure(m), err
				}
			}
			return 0, err
		}, err
	}
}

// taxOfDay is the VAT collected in the ledger on the day, at a rate.
func taxOfDay(_ *story, l *line) (func(*shop, db.Querier) (money.Amount, error), error) {
	rate, err := l.rate()
	return func(s *shop, q db.Querier) (money.Amount, error) {
		sum, err := s.moved(q, fmt.Sprintf("vat/%s/%04d", s.boxID(), rate))
		return -sum, err
	}, err
}

// inputTax is the VAT to deduct in the ledger on the day, at a rate.
func inputTax(_ *story, l *line) (func(*shop, db.Querier) (money.Amount, error), error) {
	rate, err := l.rate()
	return func(s *shop, q db.Querier) (money.Amount, error) {
		return s.moved(q, fmt.Sprintf("inputvat/%s/%d", s.boxID(), rate))
	}, err
}

// moved is what an account moved by on the day of the sheet, + debit.
func (s *shop) moved(q db.Querier, key string) (sum money.Amount, err error) {
	totals, err := ledger.DayTotals(q, key, s.sheet, s.sheet)
	for _, t := range totals {
		sum += t.Debit - t.Credit
	}
	return sum, err
}

// balance is what the box holds of a method at the end of the day of the sheet.
func balance(s *story, l *line) (func(*shop, db.Querier) (money.Amount, error), error) {
	label, err := l.one("mode de règlement", s.methodNames())
	return func(s *shop, q db.Querier) (money.Amount, error) {
		return ledger.BalanceOn(q, cashbox.AccountKey(s.boxID(), s.methods[label]), s.sheet)
	}, err
}

// account is the balance, at the end of the day of the sheet and on its usual side, of every account with a number of the chart.
func account(_ *story, l *line) (func(*shop, db.Querier) (money.Amount, error), error) {
	code := l.token()
	return func(s *shop, q db.Querier) (money.Amount, error) {
		accounts, err := ledger.Accounts(q, "")
		if err != nil {
			return 0, err
		}
		balances, err := ledger.BalancesOn(q, "", s.sheet)
		var sum money.Amount
		for _, a := range accounts {
			if a.Code == code {
				sum += balances[a.Key] * money.Amount(a.Sense)
			}
		}
		return sum, err
	}, nil
}

// customer is what a customer owes at the end of the day of the sheet; without a name, all of them as one amount.
func customer(s *story, l *line) (func(*shop, db.Querier) (money.Amount, error), error) {
	name := ""
	var err error
	if l.trim(); strings.HasPrefix(l.rest, "«") {
		name, err = l.one("client", s.customers)
	}
	return func(s *shop, q db.Querier) (money.Amount, error) {
		return ledger.BalanceOn(q, daysheet.CustomerAccount(s.parties[name]), s.sheet)
	}, err
}

func vouchers(*story, *line) (func(*shop, db.Querier) (money.Amount, error), error) {
	return func(s *shop, q db.Querier) (money.Amount, error) {
		owed, err := ledger.BalanceOn(q, daysheet.VoucherAccount, s.sheet)
		return -owed, err
	}, nil
}

func basket(*story, *line) (func(*shop, db.Querier) (money.Amount, error), error) {
	return func(s *shop, q db.Querier) (money.Amount, error) {
		cells, err := daysheet.Days(q, s.boxID(), s.sheet, s.sheet)
		return daysheet.Sum(cells).Basket(), err
	}, nil
}

var states = map[string]daysheet.CellState{"à saisir": daysheet.CellMissing, "brouillon": daysheet.CellDraft, "en cours": daysheet.CellToday, "clôturée": daysheet.CellDone,
	"verrouillée": daysheet.CellLocked, "écart": daysheet.CellGap, "fermé": daysheet.CellClosed, "férié": daysheet.CellHoliday, "à venir": daysheet.CellFuture}

func parseState(s *story, l *line) error {
	name, err := l.one("état", slices.Sorted(maps.Keys(states)))
	s.add(l, func(s *shop) error {
		return s.read(func(q *db.Snapshot) error {
			cells, err := daysheet.Days(q, s.boxID(), s.sheet, s.sheet)
			if err == nil && cells[0].State != states[name] {
				err = fmt.Errorf("état : %s au lieu de %s (%s)", cells[0].State, states[name], name)
			}
			return err
		})
	})
	return err
}

func parseCountOf(s *story, l *line, what string, count func(daysheet.Version) int) error {
	want, err := l.number()
	s.add(l, func(s *shop) error {
		return s.read(func(q *db.Snapshot) error {
			v, _, err := s.current(q)
			if got := count(v); err == nil && got != want {
				err = fmt.Errorf("%s : %d au lieu de %d", what, got, want)
			}
			return err
		})
	})
	return err
}
