package cashbox

import (
	"fmt"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/act"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/tender"
)

// Record posts a movement at once. The same movement sent twice counts once. today is the present business day of the box: an
// earlier date is back-dated, a later one refused. Faults: Invalid with the fields to correct, Locked for a locked day.
func Record(tx *db.Tx, m Movement, today day.Day, by string) error {
	if m.ID == "" {
		m.ID = id.New()
	}
	if err := m.check(); err != nil {
		return err
	}
	if m.On > today {
		return fault.New(fault.Invalid, "Corrigez les champs signalés.").Field("on", "Une opération ne s’enregistre pas à une date à venir.")
	}
	_, err := act.Once(tx, m.ID, "movement", m, func() (string, error) { return m.ID, post(tx, m, today, by) })
	return err
}

func post(tx *db.Tx, m Movement, today day.Day, by string) error {
	p, err := newPosting(tx, m)
	if err != nil {
		return err
	}
	lines, err := p.lines(tx)
	if err != nil {
		return err
	}
	if m.Kind == Transfer {
		if err := period.Check(tx, m.ToBox, m.On); err != nil {
			return err
		}
	}
	posted, err := ledger.Post(tx, ledger.Entry{On: m.On, Kind: string(m.Kind), Source: "movement:" + m.ID, Place: m.Box, By: by, Memo: p.memo(), Today: today, Lines: lines})
	if err != nil {
		return err
	}
	return insertMovement(tx, Recorded{Movement: m, EntryID: posted.ID, By: by, At: tx.Now(), BackDated: posted.BackDated})
}

// posting is a movement with the registers its entry needs.
type posting struct {
	m      Movement
	box    Box
	to     Box
	method tender.Method
	toward tender.Method
	chart  chart.Chart
}

func newPosting(tx *db.Tx, m Movement) (p posting, err error) {
	p.m = m
	if p.box, err = Get(tx, m.Box); err != nil {
		return p, err
	}
	if p.method, err = tender.Get(tx, m.Method); err != nil {
		return p, err
	}
	if m.Kind == Transfer {
		if p.to, err = Get(tx, m.ToBox); err != nil {
			return p, err
		}
		if p.toward, err = tender.Get(tx, m.ToMethod); err != nil {
			return p, err
		}
	}
	if !p.method.Held() || m.Kind == Transfer && !p.toward.Held() {
		return p, fault.New(fault.Invalid, "Corrigez les champs signalés.").Field("method", "Ce mode de règlement ne garde pas d’argent en caisse.")
	}
	p.chart, err = chart.Load(tx)
	return p, err
}

// lines gives the lines of the entry and opens the accounts they need.
func (p posting) lines(tx *db.Tx) ([]ledger.Line, error) {
	m, own := p.m, Account(p.box, p.method, p.chart)
	accounts, lines := []ledger.Account{own}, []ledger.Line{}
	add := func(a ledger.Account, line ledger.Line) {
		line.Account = a.Key
		accounts, lines = append(accounts, a), append(lines, line)
	}
	switch m.Kind {
	case Expense:
		net, tax := m.Amount, money.Amount(0)
		if m.Rate > 0 {
			net, tax = vat.FromGross(m.Amount, m.Rate)
		}
		if !p.chart.Has(m.Role) {
			return nil, fault.New(fault.Invalid, "Corrigez les champs signalés.").Field("role", "Choisissez la nature de la dépense.")
		}
		add(p.account("expense/"+m.Box+"/"+m.Role, m.Role, ledger.Debit), ledger.Line{Amount: net, Party: m.Party})
		if tax != 0 {
			a := p.account(fmt.Sprintf("inputvat/%s/%d", m.Box, m.Rate), "vat.deductible", ledger.Debit)
			add(a, ledger.Line{Amount: tax, Memo: "TVA " + locale.Percent(int64(m.Rate))})
		}
	case Transfer:
		add(Account(p.to, p.toward, p.chart), ledger.Line{Amount: m.Amount})
	case Deposit:
		add(p.account("transit/bank", "transit", ledger.Debit), ledger.Line{Amount: m.Amount})
	case PaidOut:
		add(p.account("owner/"+m.Box, "owner", ledger.Credit), ledger.Line{Amount: m.Amount})
	case PaidIn:
		add(p.account("owner/"+m.Box, "owner", ledger.Credit), ledger.Line{Amount: -m.Amount})
		lines = append(lines, ledger.Line{Account: own.Key, Amount: m.Amount})
	}
	if m.Kind != PaidIn {
		lines = append(lines, ledger.Line{Account: own.Key, Amount: -m.Amount, Party: m.Party})
	}
	return lines, ledger.Open(tx, accounts...)
}

func (p posting) account(key, role string, sense ledger.Sense) ledger.Account {
	code, label := p.chart.Account(role)
	return ledger.Account{Key: key, Code: code, Label: label, Sense: sense}
}

// memo is what the journal shows.
func (p posting) memo() string {
	text := p.m.Kind.Label()
	if p.m.Kind == Transfer {
		text += " " + p.method.Label + " → " + p.toward.Label
		if p.to.ID != p.box.ID {
			text += ", " + p.to.Name
		}
	}
	if p.m.Memo != "" {
		text += "\u00a0: " + p.m.Memo
	}
	return text
}
