package deposit_test

import (
	"slices"
	"sync"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/deposit"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
)

func TestChequesAreInHandTheOldestFirstUntilASlipTakesThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		young := s.receive(t, "2026-11-19", 20000)
		old := s.receive(t, "2026-11-10", 6420)
		if got := s.inHand(t); !slices.Equal(got, []string{old, young}) {
			t.Fatalf("in hand: %v", got)
		}
		slip := s.slip(old)
		slip.Loose = 1000
		made := s.made(t, slip)
		if again := s.made(t, slip); again.Number != made.Number || made.Number != 1 || made.Amount != 7420 || len(made.List) != 1 { // sent twice
			t.Errorf("%+v then %+v", made, again)
		}
		if got := s.inHand(t); !slices.Equal(got, []string{young}) {
			t.Errorf("in hand: %v", got)
		}
		if box, way := s.balance(t, cashbox.AccountKey(s.till.ID, s.cheques)), s.balance(t, "transit/bank"); box != 34200-7420 || way != 7420 {
			t.Errorf("%d in the box, %d on its way", box, way)
		}
		wantKind(t, s.make(s.slip(old)), fault.Conflict)
		wantField(t, s.make(s.slip()), "loose")
		slip = s.slip(young)
		slip.Loose = 6781 // a cent more than the box holds
		wantField(t, s.make(slip), "loose")
		wantKind(t, s.try(func(tx *db.Tx) error { return deposit.Withdraw(tx, id.New(), old, "erreur", claire) }), fault.Conflict)
		s.write(t, func(tx *db.Tx) error { return deposit.Withdraw(tx, id.New(), young, "noté deux fois", claire) })
		if got := s.inHand(t); len(got) != 0 {
			t.Errorf("in hand: %v", got)
		}
	})
}

func TestACashSlipIsItsPieces(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.read(t, func(q *db.Snapshot) error {
			m, err := tender.Get(q, s.cash)
			if err != nil {
				return err
			}
			h, err := deposit.LoadHolding(q, s.till, m)
			if h.Balance != 68240 || h.Proposed != 53000 { // 682,40 less 150,00, in whole notes of 5,00
				t.Errorf("%d held, %d proposed", h.Balance, h.Proposed)
			}
			return err
		})
		slip := deposit.Slip{ID: id.New(), Box: s.till.ID, Method: s.cash, On: today, Pieces: map[int]int{5000: 8, 2000: 5, 200: 15}}
		if made := s.made(t, slip); made.Amount != 53000 || made.Pieces[2000] != 5 {
			t.Errorf("%+v", made)
		}
		wrong := s.slip()
		wrong.Pieces = map[int]int{5000: 1}
		wantField(t, s.make(wrong), "loose")
	})
}

func TestASlipIsTickedOffThenBackThenOffAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		old := s.receive(t, "2026-11-10", 6420)
		slip := s.slip(old)
		slip.On = "2026-11-19"
		made := s.made(t, slip)
		wantField(t, s.credit(made.ID, "2026-11-18"), "on")
		wantField(t, s.credit(made.ID, "2026-11-21"), "on")
		if err := s.credit(made.ID, today); err != nil {
			t.Fatal(err)
		}
		wantKind(t, s.credit(made.ID, today), fault.Conflict)
		if bank, way := s.balance(t, "bank/main"), s.balance(t, "transit/bank"); bank != 6420 || way != 0 {
			t.Errorf("%d in the bank, %d on its way", bank, way)
		}
		undo := func() error {
			return s.try(func(tx *db.Tx) error {
				_, err := deposit.Undo(tx, id.New(), made.ID, "erreur", today, claire)
				return err
			})
		}
		wantKind(t, undo(), fault.Conflict)
		s.write(t, func(tx *db.Tx) error { return deposit.Uncredit(tx, id.New(), made.ID, today, claire) })
		if got := s.inHand(t); len(got) != 0 || s.found(t, made.ID).State() != deposit.InTransit || s.balance(t, "bank/main") != 0 {
			t.Errorf("in hand %v, %s", got, s.found(t, made.ID).State())
		}
		if err := s.credit(made.ID, today); err != nil {
			t.Fatal(err)
		}
		if got := s.inHand(t); len(got) != 0 || s.found(t, made.ID).State() != deposit.InBank {
			t.Errorf("in hand %v, %s", got, s.found(t, made.ID).State())
		}
	})
}

func TestASlipThatNeverLeftGivesItsChequesBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		old := s.receive(t, "2026-11-10", 6420)
		made := s.made(t, s.slip(old))
		key := id.New()
		for range 2 { // sent twice
			s.write(t, func(tx *db.Tx) error {
				_, err := deposit.Undo(tx, key, made.ID, "bordereau déchiré", today, claire)
				return err
			})
		}
		if got := s.inHand(t); !slices.Equal(got, []string{old}) || s.balance(t, "transit/bank") != 0 {
			t.Errorf("in hand %v", got)
		}
		wantKind(t, s.credit(made.ID, today), fault.Conflict)
		// Undone from the list of movements of the box, it is undone as well.
		next := s.made(t, s.slip(old))
		s.write(t, func(tx *db.Tx) error {
			_, err := cashbox.Reverse(tx, next.Movement, "erreur", today, claire)
			return err
		})
		if got := s.inHand(t); !slices.Equal(got, []string{old}) || s.found(t, next.ID).State() != deposit.Gone {
			t.Errorf("in hand %v, %s", got, s.found(t, next.ID).State())
		}
		if next.Number != 2 {
			t.Errorf("number %d", next.Number)
		}
	})
}

func TestAReturnedChequeIsOwedAgainOrLost(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		a, b := s.receive(t, "2026-11-10", 6420), s.receive(t, "2026-11-11", 5000)
		made := s.made(t, s.slip(a, b))
		back := func(r deposit.Return) error {
			r.Slip = made.ID
			return s.try(func(tx *db.Tx) error { return deposit.GiveBack(tx, r, today, claire) })
		}
		owed := deposit.Return{ID: id.New(), Cheque: a, On: today, Party: s.anne, Fee: 1500}
		wantKind(t, back(owed), fault.Conflict) // not credited yet
		if err := s.credit(made.ID, today); err != nil {
			t.Fatal(err)
		}
		for range 2 { // sent twice
			if err := back(owed); err != nil {
				t.Fatal(err)
			}
		}
		again := owed
		again.ID = id.New()
		wantKind(t, back(again), fault.Conflict)
		if err := back(deposit.Return{ID: id.New(), Cheque: b, On: today}); err != nil {
			t.Fatal(err)
		}
		wantField(t, back(deposit.Return{ID: id.New(), Cheque: id.New(), On: today}), "cheque")
		for account, want := range map[string]int64{party.Account(s.anne): 6420, "unpaid/cheque": 5000, "bankfee/main": 1500, "bank/main": -1500} {
			if got := s.balance(t, account); int64(got) != want {
				t.Errorf("%s: %d, want %d", account, got, want)
			}
		}
		wantKind(t, s.try(func(tx *db.Tx) error { return deposit.Uncredit(tx, id.New(), made.ID, today, claire) }), fault.Conflict)
	})
}

func TestAChequeGoesOnOneSlipHoweverManyAreMadeAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		cheque := s.receive(t, "2026-11-10", 6420)
		var wait sync.WaitGroup
		var mu sync.Mutex
		made := 0
		for range 8 {
			wait.Go(func() {
				err := s.make(s.slip(cheque))
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					made++
				case !fault.Is(err, fault.Conflict):
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if made != 1 || s.balance(t, "transit/bank") != 6420 {
			t.Errorf("%d slips, %d on its way", made, s.balance(t, "transit/bank"))
		}
		s.read(t, func(q *db.Snapshot) error {
			slips, err := deposit.Slips(q)
			if len(slips) != 1 {
				t.Errorf("%d slips", len(slips))
			}
			if err == nil {
				_, err = ledger.Balances(q, "")
			}
			return err
		})
	})
}
