package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/seal"
	"encaisse/internal/test/dbtest"
)

// Acts that wait are committed together, and share what they post until the commit: some fail half-way, read what they did, come back on an
// entry, bear an earlier date, open an account or log an event. What is kept is what each of those that succeeded did.
func TestActsCommittedTogetherLeaveTheLedgerWhole(t *testing.T) {
	const acts = 120
	refused := errors.New("refused")
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := newCompany(t, d)
		var mu sync.Mutex
		sum, kept := map[string]money.Amount{}, 0
		var wait sync.WaitGroup
		for n := range acts {
			wait.Go(func() {
				draw := rand.New(rand.NewPCG(1, uint64(n)))
				var moved map[string]money.Amount
				var entries int
				err := d.Write(context.Background(), company, func(tx *db.Tx) (err error) {
					draw = rand.New(rand.NewPCG(1, uint64(n)))
					moved, entries, err = randomAct(tx, draw, n)
					if err == nil && draw.IntN(4) == 0 {
						return refused
					}
					return err
				})
				if err != nil {
					if !errors.Is(err, refused) && !fault.Is(err, fault.Invalid) {
						t.Error(err)
					}
					return
				}
				mu.Lock()
				defer mu.Unlock()
				kept += entries
				for account, amount := range moved {
					sum[account] += amount
				}
			})
		}
		wait.Wait()
		read(t, d, company, func(q *db.Snapshot) error {
			balances, err := ledger.Balances(q, "")
			for account, want := range sum {
				if balances[account] != want {
					t.Errorf("%s stands at %d, want %d", account, balances[account], want)
				}
			}
			counts, err2 := ledger.Verify(q)
			if counts.Entries != kept {
				t.Errorf("%d entries, want %d", counts.Entries, kept)
			}
			_, err3 := seal.Verify(q, map[string]seal.Source{"entry": {Content: ledger.Content, Each: ledger.EachID}}, nil)
			return errors.Join(err, err2, err3)
		})
	})
}

// randomAct posts some entries and gives what they moved, and how many they are.
func randomAct(tx *db.Tx, draw *rand.Rand, n int) (map[string]money.Amount, int, error) {
	moved, entries := map[string]money.Amount{}, 0
	post := func(e ledger.Entry) (ledger.Posted, error) {
		p, err := ledger.Post(tx, e)
		for _, l := range e.Lines {
			moved[l.Account] += l.Amount
		}
		entries++
		return p, err
	}
	for range 1 + draw.IntN(3) {
		e := entry(today.Add(-draw.IntN(4)), "box/1/cash", "sale/1/bread", money.Amount(1+draw.Int64N(10000)))
		switch draw.IntN(6) {
		case 0: // more than was sold: refused, and the whole act with it
			e = entry(e.On, "voucher/gift", "box/1/cash", money.Amount(1+draw.Int64N(500)))
		case 1:
			e = entry(e.On, "box/1/cash", "voucher/gift", money.Amount(1+draw.Int64N(500)))
		case 2:
			key := fmt.Sprint("sale/1/", n%3)
			e.Accounts, e.Lines[1].Account = []ledger.Account{{Key: key, Code: "707", Label: fmt.Sprint("Ventes ", n%2), Sense: ledger.Credit}}, key
		}
		p, err := post(e)
		if err != nil {
			return nil, 0, err
		}
		switch draw.IntN(6) {
		case 0:
			if _, err := ledger.Reverse(tx, p.ID, p.On, today, "somebody", "test:1", "mistake"); err != nil {
				return nil, 0, err
			}
			for _, l := range e.Lines {
				moved[l.Account] -= l.Amount
			}
			entries++
		case 1:
			if _, err := ledger.Balance(tx, "box/1/cash"); err != nil {
				return nil, 0, err
			}
		case 2:
			if err := seal.LogEvent(tx, seal.Event{Code: seal.Corrected}); err != nil {
				return nil, 0, err
			}
		}
	}
	return moved, entries, nil
}
