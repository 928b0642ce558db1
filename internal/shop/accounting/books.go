package accounting

import (
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/books/fec"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
)

// books is what the names and numbers of the file come from: read once, whatever the number of entries.
type books struct {
	settings Settings
	company  company.Settings
	zone     *time.Location
	accounts map[string]account // by key of the ledger
	boxes    map[string]box     // all of them, by id
	parties  map[string]party.Party
}

// account is an account as the file names it.
type account struct {
	code, label string
	third       bool // of customers or suppliers: its lines name them
	virtual     bool // of a virtual box
}

type box struct {
	cashbox.Box
	n int // rank among the boxes, from 1
}

func loadBooks(q db.Querier) (b books, err error) {
	if b.settings, err = Load(q); err != nil {
		return b, err
	}
	if b.company, err = company.Load(q); err != nil {
		return b, err
	}
	b.zone = b.company.Zone()
	all, err := cashbox.Everything(q)
	if err != nil {
		return b, err
	}
	b.boxes = make(map[string]box, len(all))
	for i, one := range all {
		b.boxes[one.ID] = box{one, i + 1}
	}
	accounts, err := ledger.Accounts(q, "")
	if err != nil {
		return b, err
	}
	b.accounts = make(map[string]account, len(accounts))
	for _, a := range accounts {
		b.accounts[a.Key] = account{code: fec.AccountNumber(a.Code, b.settings.AccountLength), label: a.Label, third: strings.HasPrefix(a.Code, "40") || strings.HasPrefix(a.Code, "41"), virtual: b.ofVirtual(a.Key)}
	}
	b.parties = map[string]party.Party{}
	for _, kind := range []party.Kind{party.Customer, party.Supplier} {
		list, _, err := party.Find(q, party.Search{Kind: kind, Inactive: true})
		if err != nil {
			return b, err
		}
		for _, p := range list {
			b.parties[p.ID] = p
		}
	}
	return b, nil
}

// ofVirtual tells whether an account is one of a virtual box: its key names it.
func (b books) ofVirtual(key string) bool {
	for part := range strings.SplitSeq(key, "/") {
		if b.boxes[part].Virtual {
			return true
		}
	}
	return false
}

// leftOut tells whether an entry is of a virtual box, which accounting knows nothing of.
func (b books) leftOut(p ledger.Posted) bool { return b.boxes[p.Place].Virtual }

// third is the subsidiary account of a line, "" when it has none.
func (b books) third(a account, partyID string) (code, label string) {
	if partyID == "" || !a.third {
		return "", ""
	}
	p, known := b.parties[partyID]
	if !known {
		return "", ""
	}
	if code = p.AccountCode; code == "" {
		code = a.code + strings.ToUpper(partyID[max(0, len(partyID)-6):])
	}
	return code, p.Name
}

// journal is where an entry goes.
func (b books) journal(p ledger.Posted) Journal {
	if p.Kind == "opening" {
		return b.settings.Opening
	}
	return b.settings.Of(p.Place)
}

// civil is the date of an instant where the company is.
func (b books) civil(at time.Time) day.Day { return day.At(at, b.zone, 0) }

// carried are the balances a year opens with, by account code in the order of codes: those of the accounts of the balance sheet, and the
// result of the years before on one account.
func (b books) carried(q db.Querier, before day.Day) ([]carry, error) {
	balances, err := ledger.BalancesOn(q, "", before)
	if err != nil {
		return nil, err
	}
	sums := map[carryKey]money.Amount{}
	labels := map[carryKey][2]string{}
	var result money.Amount
	for key, balance := range balances {
		a := b.accounts[key]
		if a.virtual || balance == 0 || a.code == "" || a.code[0] == '6' || a.code[0] == '7' {
			continue
		}
		third, name := b.third(a, strings.TrimPrefix(key, "customer/"))
		k := carryKey{a.code, third}
		sums[k] += balance
		labels[k] = [2]string{firstPart(labels[k][0], a.label), name}
		result -= balance
	}
	if result != 0 {
		k := carryKey{code: fec.AccountNumber("120", b.settings.AccountLength)}
		labels[k] = [2]string{"Résultat des exercices précédents (bénéfice)", ""}
		if result > 0 {
			k.code = fec.AccountNumber("129", b.settings.AccountLength)
			labels[k] = [2]string{"Résultat des exercices précédents (perte)", ""}
		}
		sums[k] += result
	}
	return sortedCarries(sums, labels), nil
}
