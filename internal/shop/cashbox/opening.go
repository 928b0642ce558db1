package cashbox

import (
	"slices"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/books/act"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
)

// The accounts of opening balances that are not those of a box.
const (
	CustomersAccount = "customer/all"
	VouchersAccount  = "voucher/gift"
	openingAccount   = "opening"
)

// OpeningLine is an account that may have a balance before the first act of the program.
type OpeningLine struct {
	ledger.Account
	Box    string // of a box
	Method string
	Party  string       // of a customer followed apart
	Label  string       // what a person reads: the method, the customer’s name
	Posted money.Amount // what was already posted as opening, on the account’s own side
}

// Opening is what there is before the first act of the program, and what was already posted of it.
type Opening struct {
	Lines   []OpeningLine
	Entries []ledger.Posted // the last first
}

// Line finds the line of an account.
func (o Opening) Line(account string) (OpeningLine, bool) {
	at := slices.IndexFunc(o.Lines, func(l OpeningLine) bool { return l.Key == account })
	if at < 0 {
		return OpeningLine{}, false
	}
	return o.Lines[at], true
}

// LoadOpening gives every account that can be opened: each box in use by method, customer credit as the company follows it, gift
// vouchers when it has some; and any other that something was posted on.
func LoadOpening(q db.Querier) (Opening, error) {
	var o Opening
	entries, err := ledger.OfSource(q, openingSource(q))
	if err != nil {
		return o, err
	}
	posted := map[string]money.Amount{}
	for _, e := range entries {
		for _, l := range e.Lines {
			posted[l.Account] += l.Amount
		}
	}
	slices.Reverse(entries)
	o.Entries = entries
	c, err := chart.Load(q)
	if err != nil {
		return o, err
	}
	if err := o.addBoxes(q, c, posted); err != nil {
		return o, err
	}
	return o, o.addParties(q, c, posted)
}

func openingSource(q db.Querier) string { return "opening:" + q.Company() }

func (o *Opening) addBoxes(q db.Querier, c chart.Chart, posted map[string]money.Amount) error {
	boxes, err := Everything(q)
	if err != nil {
		return err
	}
	methods, err := tender.List(q)
	if err != nil {
		return err
	}
	for _, b := range boxes {
		for _, m := range methods {
			a := Account(b, m, c)
			if b.Keeps(m) && !b.Virtual && (b.Active && m.Active || posted[a.Key] != 0) {
				o.Lines = append(o.Lines, OpeningLine{Account: a, Box: b.ID, Method: m.ID, Label: m.Label, Posted: posted[a.Key]})
			}
		}
	}
	return nil
}

func (o *Opening) addParties(q db.Querier, c chart.Chart, posted map[string]money.Amount) error {
	settings, err := company.Load(q)
	if err != nil {
		return err
	}
	code, label := c.Account("customer")
	if settings.Credit == company.CreditTotal || posted[CustomersAccount] != 0 {
		o.Lines = append(o.Lines, OpeningLine{Account: ledger.Account{Key: CustomersAccount, Code: code, Label: label, Sense: ledger.Debit},
			Label: "Crédit client en cours", Posted: posted[CustomersAccount]})
	}
	customers, _, err := party.Find(q, party.Search{Kind: party.Customer, Inactive: true})
	if err != nil {
		return err
	}
	for _, p := range customers {
		a := ledger.Account{Key: p.Account(), Code: code, Label: label, Sense: ledger.Debit}
		if p.AccountCode != "" {
			a.Code = p.AccountCode
		}
		if settings.Credit == company.CreditByCustomer && p.Active || posted[a.Key] != 0 {
			o.Lines = append(o.Lines, OpeningLine{Account: a, Party: p.ID, Label: p.Name, Posted: posted[a.Key]})
		}
	}
	if code, label := c.Account("voucher"); settings.Vouchers || posted[VouchersAccount] != 0 {
		o.Lines = append(o.Lines, OpeningLine{Account: ledger.Account{Key: VouchersAccount, Code: code, Label: label, Sense: ledger.Credit, NeverNegative: true},
			Label: "Bons cadeaux en circulation", Posted: -posted[VouchersAccount]})
	}
	return nil
}

// Moves is what an act changed in boxes: by box, then by method, + in, − out.
type Moves map[string]map[string]money.Amount

func (m Moves) add(box, method string, amount money.Amount) {
	if m[box] == nil {
		m[box] = map[string]money.Amount{}
	}
	m[box][method] += amount
}

// SetOpening makes the opening balances of accounts those given, on their own side: what differs from what was already posted is
// posted in one entry, on the day chosen. Accounts not named stay as they are. It gives what moved in the boxes; the same key sent
// again moves nothing.
func SetOpening(tx *db.Tx, key string, on day.Day, amounts map[string]money.Amount, today day.Day, by string) (Moves, error) {
	if _, err := day.Parse(string(on)); err != nil || on > today {
		return nil, refuse("on", "Choisissez une date d’aujourd’hui ou d’avant.")
	}
	moves := Moves{}
	stated := struct {
		On      day.Day
		Amounts map[string]money.Amount
	}{on, amounts}
	err := act.Once(tx, key, "opening", stated, func() error { return postOpening(tx, on, amounts, today, by, moves) })
	return moves, err
}

func postOpening(tx *db.Tx, on day.Day, amounts map[string]money.Amount, today day.Day, by string, moves Moves) error {
	o, err := LoadOpening(tx)
	if err != nil {
		return err
	}
	var accounts []ledger.Account
	var lines []ledger.Line
	var total money.Amount
	for _, l := range o.Lines {
		amount, given := amounts[l.Key]
		if !given || amount == l.Posted {
			continue
		}
		if l.Party == "" && amount < 0 {
			return refuse(OpeningField(l.Key), l.Label+"\u00a0: un solde d’ouverture ne peut pas être négatif.")
		}
		diff := (amount - l.Posted) * money.Amount(l.Sense)
		accounts, total = append(accounts, l.Account), total+diff
		lines = append(lines, ledger.Line{Account: l.Key, Amount: diff, Party: l.Party})
		if l.Box != "" {
			moves.add(l.Box, l.Method, diff)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	for box := range moves {
		if err := checkOpening(tx, box, on); err != nil {
			return err
		}
	}
	if total != 0 {
		c, err := chart.Load(tx)
		if err != nil {
			return err
		}
		code, label := c.Account("opening")
		accounts = append(accounts, ledger.Account{Key: openingAccount, Code: code, Label: label, Sense: ledger.Credit})
		lines = append(lines, ledger.Line{Account: openingAccount, Amount: -total})
	}
	if err := ledger.Open(tx, accounts...); err != nil {
		return err
	}
	_, err = ledger.Post(tx, ledger.Entry{On: on, Kind: "opening", Source: openingSource(tx), By: by, Memo: "Soldes d’ouverture", Today: today, Lines: lines})
	return err
}

// checkOpening refuses a day a box no longer takes entries on.
func checkOpening(tx *db.Tx, box string, on day.Day) error {
	err := period.Check(tx, box, on)
	if fault.Is(err, fault.Locked) {
		return refuse("on", "Des journées sont verrouillées à cette date ou après. Choisissez une date plus récente.")
	}
	return err
}

// OpeningField is the name of the form’s field for an account.
func OpeningField(account string) string { return strings.ReplaceAll(account, "/", "-") }

// OpeningDay is the day proposed for opening balances: the eve of the first day of the earliest box, or the day after the last locked one.
func OpeningDay(q db.Querier, today day.Day) (day.Day, error) {
	boxes, err := List(q)
	if err != nil {
		return "", err
	}
	first, horizon := today, day.Day("")
	for _, b := range boxes {
		if b.FirstDay != "" && b.FirstDay < first {
			first = b.FirstDay
		}
		last, err := period.Horizon(q, b.ID)
		if err != nil {
			return "", err
		}
		horizon = max(horizon, last)
	}
	if eve := first.Add(-1); eve > horizon {
		return eve, nil
	}
	return min(today, horizon.Add(1)), nil
}
