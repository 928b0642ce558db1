package journal

import (
	"fmt"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
)

// maxLines is the most lines of a journal: some five hundred pages.
const maxLines = 20_000

// Load reads the journal of a period. sees tells which locations the reader may see; money of the others is not in it. Faults:
// NotFound for a box or a method that does not exist or is not theirs, Invalid for a period of more than 20 000 lines.
func Load(q db.Querier, query Query, sees func(location string) bool) (Journal, error) {
	j := Journal{Query: query}
	l := loader{q: q, query: query, at: map[string]*Account{}}
	if err := l.scope(sees); err != nil {
		return j, err
	}
	for _, prefix := range l.prefixes {
		if err := l.balances(prefix); err != nil {
			return j, err
		}
		if err := l.lines(prefix); err != nil {
			return j, err
		}
	}
	for _, key := range l.order {
		a := l.at[key]
		a.run()
		if a.Opening != 0 || a.Closing != 0 || len(a.Lines) > 0 {
			j.Accounts = append(j.Accounts, *a)
		}
	}
	var err error
	j.Proof, err = loadProof(q, j.Accounts)
	return j, err
}

// loader gathers a journal.
type loader struct {
	q        db.Querier
	query    Query
	prefixes []string            // of the accounts to read
	order    []string            // keys of the accounts, as the journal shows them
	at       map[string]*Account // by key
	names    map[string]string   // of third parties, once one was met
	count    int
}

// scope finds the boxes and the methods the journal covers, and the accounts they make.
func (l *loader) scope(sees func(string) bool) error {
	boxes, all, err := Boxes(l.q, l.query.Box, sees)
	if err != nil {
		return err
	}
	methods, err := held(l.q, l.query.Method)
	if err != nil {
		return err
	}
	for _, b := range boxes {
		for _, m := range methods {
			key := cashbox.AccountKey(b.ID, m.ID)
			l.order = append(l.order, key)
			l.at[key] = &Account{Box: b, Method: m}
			if l.query.Method != "" {
				l.prefixes = append(l.prefixes, key)
			}
		}
		if l.query.Method == "" && !all {
			l.prefixes = append(l.prefixes, cashbox.Prefix(b.ID))
		}
	}
	if l.query.Method == "" && all {
		l.prefixes = []string{"box/"}
	}
	return nil
}

// Boxes lists the boxes a report covers: one, or all those of the locations the reader may see. all tells that no box of the company is
// left out.
func Boxes(q db.Querier, only string, sees func(location string) bool) (boxes []cashbox.Box, all bool, err error) {
	list, err := cashbox.List(q)
	if err != nil {
		return nil, false, err
	}
	for _, b := range list {
		if sees(b.Location) && (only == "" || b.ID == only) {
			boxes = append(boxes, b)
		}
	}
	if only != "" && len(boxes) == 0 {
		return nil, false, fault.New(fault.NotFound, "Cette caisse n’existe pas, ou n’est pas dans un de vos établissements.")
	}
	return boxes, len(boxes) == len(list), nil
}

// held lists the methods that keep money in a box: one, or all.
func held(q db.Querier, only string) ([]tender.Method, error) {
	list, err := tender.List(q)
	if err != nil {
		return nil, err
	}
	var methods []tender.Method
	for _, m := range list {
		if m.Held() && (only == "" || m.ID == only) {
			methods = append(methods, m)
		}
	}
	if only != "" && len(methods) == 0 {
		return nil, fault.New(fault.NotFound, "Ce moyen de paiement n’existe pas, ou ne garde pas d’argent en caisse.")
	}
	return methods, nil
}

// balances reads the balance of each account before the period, and what moved during it.
func (l *loader) balances(prefix string) error {
	opening, err := ledger.BalancesOn(l.q, prefix, l.query.First.Add(-1))
	if err != nil {
		return err
	}
	for key, balance := range opening {
		if a := l.at[key]; a != nil {
			a.Opening, a.Closing = balance, balance
		}
	}
	totals, err := ledger.DayTotals(l.q, prefix, l.query.First, l.query.Last)
	if err != nil {
		return err
	}
	for _, t := range totals {
		if a := l.at[t.Account]; a != nil {
			a.In, a.Out, a.Closing = a.In+t.Debit, a.Out+t.Credit, t.Balance
		}
	}
	return nil
}

// lines reads the lines of the accounts.
func (l *loader) lines(prefix string) error {
	lines, err := ledger.Statement(l.q, ledger.Filter{Prefix: prefix, First: l.query.First, Last: l.query.Last, Limit: maxLines + 1 - l.count})
	if err != nil {
		return err
	}
	if l.count += len(lines); l.count > maxLines {
		return fault.Newf(fault.Invalid, "Ce journal dépasse %s lignes. Choisissez une période plus courte, ou une seule caisse.", locale.Int(maxLines))
	}
	for _, s := range lines {
		a := l.at[s.Account]
		if a == nil {
			continue
		}
		name, err := l.party(s.Party)
		if err != nil {
			return err
		}
		a.Lines = append(a.Lines, Line{On: s.Entry.On, Seq: s.Entry.Seq, EntryID: s.Entry.ID, At: s.Entry.At, Label: label(s), Party: name,
			Amount: s.Amount, BackDated: s.Entry.BackDated, Reversed: s.ReversedBy != ""})
	}
	return nil
}

// label is what a line says: its own words, then those of its entry.
func label(s ledger.StatementLine) string {
	switch {
	case s.Memo == "":
		return s.Entry.Memo
	case s.Entry.Memo == "" || strings.Contains(s.Entry.Memo, s.Memo):
		return s.Memo
	}
	return s.Memo + " · " + s.Entry.Memo
}

// party gives the name of a third party.
func (l *loader) party(id string) (string, error) {
	if id == "" {
		return "", nil
	}
	if l.names == nil {
		l.names = map[string]string{}
		for _, kind := range []party.Kind{party.Supplier, party.Customer} {
			names, err := party.Names(l.q, kind)
			if err != nil {
				return "", err
			}
			for id, name := range names {
				l.names[id] = name
			}
		}
	}
	return l.names[id], nil
}

// loadProof reads the records of the first and last entry of a journal, and the chains as they stand.
func loadProof(q db.Querier, accounts []Account) (Proof, error) {
	var p Proof
	var first, last Line
	seen := map[int64]bool{}
	for _, a := range accounts {
		for _, l := range a.Lines {
			if p.Entries == 0 || l.Seq < first.Seq {
				first = l
			}
			if p.Entries == 0 || l.Seq > last.Seq {
				last = l
			}
			if !seen[l.Seq] {
				seen[l.Seq] = true
				p.Entries++
			}
		}
	}
	if p.Entries > 0 {
		for _, end := range []struct {
			line   Line
			sealed *Sealed
		}{{first, &p.First}, {last, &p.Last}} {
			record, err := seal.OfSource(q, "entry", end.line.EntryID)
			if err != nil {
				return p, err
			}
			*end.sealed = Sealed{Entry: end.line.Seq, Extract: record.Extract(), At: record.At}
		}
	}
	return p, p.loadChains(q)
}

// loadChains reads the two ends of the chains a journal rests on: entries and day sheets.
func (p *Proof) loadChains(q db.Querier) error {
	heads, err := seal.Heads(q, seal.Office)
	if err != nil {
		return err
	}
	for _, chain := range []struct{ id, name string }{{seal.Entry, "Écritures"}, {seal.DaySheet, "Journées clôturées"}} {
		for _, h := range heads {
			if h.Chain != chain.id {
				continue
			}
			c := Chain{Name: chain.name}
			if c.First, err = record(q, chain.id, 1); err != nil {
				return err
			}
			if c.Last, err = record(q, chain.id, h.Seq); err != nil {
				return err
			}
			p.Chains = append(p.Chains, c)
		}
	}
	return nil
}

// record is a record of the office register by its number in its chain.
func record(q db.Querier, chain string, seq int64) (seal.Stored, error) {
	found, err := seal.Range(q, seal.Office, chain, seq, 1)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("journal: record %d of chain %s is missing", seq, chain)
	}
	if err != nil {
		return seal.Stored{}, err
	}
	return found[0], nil
}
