package receivable

import (
	"slices"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/party"
)

// The bounds of a whole history.
const (
	firstDay day.Day = "1900-01-01"
	lastDay  day.Day = "2199-12-31"
)

// Account is what a customer owes, with the age of it.
type Account struct {
	Customer string // id; "" for those followed as one amount
	Name     string
	Balance  money.Amount // + owed, − in advance
	Ages     Ageing
	Since    day.Day // of the oldest unpaid debt
	Limited  bool
	Limit    money.Amount
}

// Left is what may still be granted, when there is a limit.
func (a Account) Left() money.Amount { return max(0, a.Limit-a.Balance) }

// Over tells whether more is owed than allowed.
func (a Account) Over() bool { return a.Limited && a.Balance > a.Limit }

// Sort is the order of the accounts.
type Sort string

// The orders.
const (
	ByAmount Sort = "montant" // who owes most first
	ByName   Sort = "nom"
	ByAge    Sort = "anciennete" // the oldest debt first
)

// Search chooses accounts.
type Search struct {
	Words   string
	Settled bool // those who owe nothing too
	Sort    Sort
}

// Overview is every customer account, with what they come to.
type Overview struct {
	Accounts []Account
	Owed     money.Amount // by those who owe
	Advance  money.Amount // of those who paid ahead, ≥ 0
	Debtors  int
	Ages     Ageing
}

// LoadOverview reads the customer accounts and their ages on a day.
func LoadOverview(q db.Querier, s Search, today day.Day) (o Overview, err error) {
	accounts, err := ledger.Accounts(q, prefix)
	if err != nil {
		return o, err
	}
	cards, err := customers(q)
	if err != nil {
		return o, err
	}
	for _, a := range accounts {
		account := named(strings.TrimPrefix(a.Key, prefix), cards)
		account.Balance = a.Balance
		if a.Balance == 0 && !s.Settled || !account.matches(s.Words) {
			continue
		}
		if account.Ages, account.Since, err = owed(q, a, today); err != nil {
			return o, err
		}
		o.Accounts = append(o.Accounts, account)
		if a.Balance > 0 {
			o.Owed, o.Debtors = o.Owed+a.Balance, o.Debtors+1
			o.Ages = o.Ages.add(account.Ages)
		} else {
			o.Advance -= a.Balance
		}
	}
	o.sort(s.Sort)
	return o, nil
}

func customers(q db.Querier) (map[string]party.Party, error) {
	list, _, err := party.Find(q, party.Search{Kind: party.Customer, Inactive: true})
	cards := make(map[string]party.Party, len(list))
	for _, p := range list {
		cards[p.ID] = p
	}
	return cards, err
}

// named is the account of a customer, with what the card says.
func named(customer string, cards map[string]party.Party) Account {
	if customer == "all" {
		return Account{Name: "Clients non détaillés"}
	}
	p, known := cards[customer]
	if !known {
		return Account{Customer: customer, Name: "Client inconnu"}
	}
	return Account{Customer: customer, Name: p.Name, Limited: p.Limited, Limit: p.CreditLimit}
}

func (a Account) matches(words string) bool {
	if words == "" {
		return true
	}
	name := locale.Fold(a.Name)
	for _, word := range strings.Fields(locale.Fold(words)) {
		if !strings.Contains(name, word) {
			return false
		}
	}
	return true
}

func (o *Overview) sort(by Sort) {
	names := make(map[string]string, len(o.Accounts))
	for _, a := range o.Accounts {
		names[a.Name] = locale.Fold(a.Name)
	}
	slices.SortStableFunc(o.Accounts, func(a, b Account) int {
		order := 0
		switch by {
		case ByAge:
			order = strings.Compare(ageKey(a), ageKey(b))
		case ByAmount:
			order = int(min(1, max(-1, b.Balance-a.Balance)))
		}
		if order == 0 {
			order = strings.Compare(names[a.Name], names[b.Name])
		}
		return order
	})
}

// ageKey puts those who owe nothing after the others.
func ageKey(a Account) string {
	if a.Since == "" {
		return "~"
	}
	return string(a.Since)
}

// owed finds the debt of an account among its last moves. What was undone, and what undid it, count for nothing.
func owed(q db.Querier, a ledger.Account, today day.Day) (Ageing, day.Day, error) {
	d := debt{left: a.Balance}
	if a.Balance <= 0 {
		return d.ages, d.since, nil
	}
	err := ledger.Backwards(q, a.Key, func(l ledger.StatementLine) bool {
		return l.ReversedBy != "" || l.Entry.Reverses != "" || d.take(Move{l.Entry.On, l.Amount}, today)
	})
	return d.ages, d.since, err
}

// Line is a line of the statement of a customer.
type Line struct {
	Entry   ledger.Posted
	Label   string
	Amount  money.Amount // + granted, − paid
	Balance money.Amount // after it, in the order of the days
	Undone  bool
}

// Payment is the id of the payment the line was posted for, "" when another act posted it.
func (l Line) Payment() string {
	id, is := strings.CutPrefix(l.Entry.Source, paymentSource)
	if !is || l.Entry.Reverses != "" {
		return ""
	}
	return id
}

// Statement is the account of a customer over a period.
type Statement struct {
	Account
	First, Last      day.Day
	Opening, Closing money.Amount
	Granted, Paid    money.Amount // both ≥ 0; what was undone counts on neither side
	Lines            []Line
}

// maxLines is the most lines of a statement.
const maxLines = 20_000

// LoadStatement reads the account of a customer, "" for those followed as one amount. Fault NotFound for no customer.
func LoadStatement(q db.Querier, customer string, first, last, today day.Day) (s Statement, err error) {
	s.First, s.Last = first, last
	cards := map[string]party.Party{}
	if customer != "" {
		p, err := party.Get(q, customer)
		if err == nil && p.Kind != party.Customer {
			err = fault.New(fault.NotFound, "Cette fiche n’existe pas.")
		}
		if err != nil {
			return s, err
		}
		cards[p.ID] = p
	}
	key := accountOf(customer)
	s.Account = named(strings.TrimPrefix(key, prefix), cards)
	if s.Balance, err = ledger.Balance(q, key); err != nil {
		return s, err
	}
	if s.Opening, err = ledger.BalanceOn(q, key, first.Add(-1)); err != nil {
		return s, err
	}
	all, err := ledger.Statement(q, ledger.Filter{Prefix: key, First: firstDay, Last: lastDay, Limit: maxLines + 1})
	if err != nil {
		return s, err
	}
	if len(all) > maxLines {
		return s, fault.New(fault.Invalid, "Ce compte a trop de lignes pour une page\u00a0: exportez le journal de caisse.")
	}
	s.read(all, today)
	return s, nil
}

func (s *Statement) read(all []ledger.StatementLine, today day.Day) {
	var moves []Move
	s.Closing = s.Opening
	hidden := s.superseded(all)
	for _, l := range all {
		counts := l.ReversedBy == "" && l.Entry.Reverses == ""
		if counts {
			moves = append(moves, Move{l.Entry.On, l.Amount})
		}
		if l.Entry.On < s.First || l.Entry.On > s.Last || hidden[l.Entry.ID] {
			continue
		}
		s.Closing += l.Amount
		line := Line{Entry: l.Entry, Label: l.Memo, Amount: l.Amount, Balance: s.Closing, Undone: !counts}
		if line.Label == "" || l.Entry.Reverses != "" {
			line.Label = l.Entry.Memo
		}
		s.Lines = append(s.Lines, line)
		switch {
		case counts && l.Amount > 0:
			s.Granted += l.Amount
		case counts:
			s.Paid -= l.Amount
		}
	}
	s.Ages, s.Since = Age(moves, today)
}

// superseded names the entries of day sheets that another version replaced, and what undid them, where both are in the period: together they
// are nothing, and a customer need not read them.
func (s *Statement) superseded(all []ledger.StatementLine) map[string]bool {
	within := map[string]bool{}
	for _, l := range all {
		within[l.Entry.ID] = l.Entry.On >= s.First && l.Entry.On <= s.Last
	}
	hidden := map[string]bool{}
	for _, l := range all {
		if l.ReversedBy != "" && strings.HasPrefix(l.Entry.Source, "daysheet:") && within[l.Entry.ID] && within[l.ReversedBy] {
			hidden[l.Entry.ID], hidden[l.ReversedBy] = true, true
		}
	}
	return hidden
}

// Over is an overpayment of a till: what it received too much and kept, or too little and accepted.
type Over struct {
	On      day.Day
	Box     string // id
	Amount  money.Amount
	Label   string
	Payment string // what gave it back
	Undone  bool
}

// Overpayments is what the tills received too much or too little in a period.
type Overpayments struct {
	Lines []Over
	Kept  map[string]money.Amount // by box: what it keeps now, ≥ 0
}

// LoadOverpayments reads them for the boxes given, the newest first.
func LoadOverpayments(q db.Querier, boxes []string, first, last day.Day) (o Overpayments, err error) {
	o.Kept = map[string]money.Amount{}
	for _, box := range boxes {
		kept, err := ledger.Balance(q, overpaidAccount(box))
		if err != nil {
			return o, err
		}
		o.Kept[box] = max(0, -kept)
		for _, account := range []string{overpaidAccount(box), "underpaid/" + box} {
			lines, err := ledger.Statement(q, ledger.Filter{Prefix: account, First: first, Last: last})
			if err != nil {
				return o, err
			}
			for _, l := range lines {
				if l.Entry.Reverses != "" {
					continue
				}
				over := Over{On: l.Entry.On, Box: box, Amount: -l.Amount, Label: l.Memo, Undone: l.ReversedBy != ""}
				if id, is := strings.CutPrefix(l.Entry.Source, paymentSource); is {
					over.Payment = id
				}
				o.Lines = append(o.Lines, over)
			}
		}
	}
	slices.SortStableFunc(o.Lines, func(a, b Over) int { return strings.Compare(string(b.On), string(a.On)) })
	return o, nil
}
