package voucher_test

import (
	"math/rand/v2"
	"sync"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/voucher"
	"encaisse/internal/test/dbtest"
)

func TestAVoucherIsSoldOnceAndFoundByItsNumber(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		v := s.voucher(5000)
		first := s.sold(t, v)
		again := s.sold(t, v) // sent twice
		if first.Number == "" || first.Number != again.Number || first.Left != 5000 {
			t.Errorf("sold %+v then %+v", first, again)
		}
		s.read(t, func(q *db.Snapshot) error {
			found, err := voucher.ByNumber(q, " "+first.Number[:4]+" "+first.Number[4:])
			if found.ID != v.ID {
				t.Errorf("found %q", found.ID)
			}
			return err
		})
		own := s.voucher(1000)
		own.Number = "noel-17"
		s.sold(t, own)
		twin := s.voucher(1000)
		twin.Number = "NOEL-17"
		wantField(t, s.issue(twin), "number")
	})
}

func TestAVoucherThatMayNotBeSoldIsRefusedOnItsField(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		for _, c := range []struct {
			name, field string
			change      func(*voucher.Voucher)
		}{
			{"worth nothing", "amount", func(v *voucher.Voucher) { v.Amount = 0 }},
			{"worth a slip of the finger", "amount", func(v *voucher.Voucher) { v.Amount = 1_000_001 }},
			{"for no purpose", "purpose", func(v *voucher.Voucher) { v.Purpose = "gift" }},
			{"of a single purpose without its category", "category", func(v *voucher.Voucher) { v.Purpose = voucher.Single }},
			{"tomorrow", "on", func(v *voucher.Voucher) { v.On = today.Add(1); v.ValidUntil = "" }},
			{"before the till was followed", "on", func(v *voucher.Voucher) { v.On = "2026-11-01" }},
			{"over before it begins", "until", func(v *voucher.Voucher) { v.ValidUntil = "2026-11-19" }},
			{"by no till", "box", func(v *voucher.Voucher) { v.Box = id.New() }},
			{"under a number no scanner reads", "number", func(v *voucher.Voucher) { v.Number = "été 2026" }},
		} {
			t.Run(c.name, func(t *testing.T) {
				v := s.voucher(5000)
				c.change(&v)
				wantField(t, s.issue(v), c.field)
			})
		}
	})
}

func TestAVoucherIsUsedInPartsAndNeverBelowZero(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		v := s.sold(t, s.voucher(5000))
		u := s.usage(v.ID, 3000)
		for range 2 { // sent twice
			if err := s.use(u); err != nil {
				t.Fatal(err)
			}
		}
		wantField(t, s.use(s.usage(v.ID, 2001)), "amount")
		if err := s.use(s.usage(v.ID, 2000)); err != nil {
			t.Fatal(err)
		}
		wantKind(t, s.use(s.usage(v.ID, 1)), fault.Conflict)
		if v = s.found(t, v.ID); v.Left != 0 || v.State(today) != voucher.Spent || len(v.Events) != 2 {
			t.Errorf("%+v", v)
		}
		s.standing(t)
	})
}

func TestAVoucherIsNeverSpentTwiceBySixteenClientsAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		v := s.sold(t, s.voucher(5000))
		var spent sync.WaitGroup
		var mu sync.Mutex
		var sum money.Amount
		var refused int
		for client := range 16 {
			spent.Go(func() {
				for i := range 4 {
					amount := money.Amount(100 * (1 + (client+i)%7))
					err := s.use(s.usage(v.ID, amount))
					mu.Lock()
					switch {
					case err == nil:
						sum += amount
					case fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict):
						refused++
					default:
						t.Error(err)
					}
					mu.Unlock()
				}
			})
		}
		spent.Wait()
		left := s.found(t, v.ID).Left
		if left < 0 || sum+left != 5000 || refused == 0 {
			t.Errorf("%d spent, %d left of 5000, %d refused", sum, left, refused)
		}
		s.standing(t)
	})
}

func TestWhateverHappensToVouchersTheyAgreeWithTheirAccount(t *testing.T) {
	d := dbtest.SQLite(t)
	s := newShop(t, d)
	r := rand.New(rand.NewPCG(5, 8))
	type use struct{ voucher, id string }
	left := map[string]money.Amount{}
	var ids []string
	var uses []use
	for range 150 {
		switch n := r.IntN(10); {
		case n < 3 || len(ids) == 0:
			v := s.voucher(money.Amount(100 + r.IntN(9000)))
			if r.IntN(3) == 0 {
				v.Purpose, v.Category = voucher.Single, s.care
			}
			s.sold(t, v)
			ids, left[v.ID] = append(ids, v.ID), v.Amount
		case n < 7:
			u := s.usage(ids[r.IntN(len(ids))], money.Amount(1+r.IntN(5000)))
			err := s.use(u)
			if may := u.Amount <= left[u.Voucher]; may != (err == nil) {
				t.Fatalf("using %d of %d: %v", u.Amount, left[u.Voucher], err)
			}
			if err == nil {
				left[u.Voucher] -= u.Amount
				uses = append(uses, use{u.Voucher, u.ID})
			}
		case len(uses) > 0:
			i := r.IntN(len(uses))
			var e voucher.Event
			s.write(t, func(tx *db.Tx) (err error) {
				e, err = voucher.TakeBack(tx, id.New(), uses[i].id, today, claire)
				return err
			})
			left[uses[i].voucher] += e.Amount
			uses = append(uses[:i], uses[i+1:]...)
		}
	}
	var single, multi money.Amount
	for id, want := range left {
		v := s.found(t, id)
		if v.Left != want {
			t.Errorf("%d left on a voucher, want %d", v.Left, want)
		}
		if v.Purpose == voucher.Single {
			single += v.Left
		} else {
			multi += v.Left
		}
	}
	if st := s.standing(t); st.Numbered != multi || st.Single != single {
		t.Errorf("%+v, want %d and %d", st, multi, single)
	}
}

func TestTheSheetOfTheDayCountsTheVouchersRecordedByNumber(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		v := s.sold(t, s.voucher(5000))
		if err := s.use(s.usage(v.ID, 3000)); err != nil {
			t.Fatal(err)
		}
		// 100,00 of care, 60,00 of vouchers sold (50,00 by number), 30,00 paid with a voucher: 130,00 in cash.
		wantField(t, s.close("100", "40", "30", "110"), daysheet.FieldVouchers)
		wantField(t, s.close("100", "60", "20", "140"), daysheet.FieldTaken+s.vouchers)
		if st := s.standing(t); st.Account != 0 || st.Waiting != 2000 {
			t.Errorf("before the sheet: %+v", st)
		}
		if err := s.close("100", "60", "30", "130"); err != nil {
			t.Fatal(err)
		}
		if st := s.standing(t); st != (voucher.Standing{Numbered: 2000, Pool: 1000, Account: 3000}) {
			t.Errorf("after the sheet: %+v", st)
		}
		s.read(t, func(q *db.Snapshot) error {
			_, err := daysheet.Verify(q)
			return err
		})
		// The sheet counted 10,00 without number: a voucher of 10,00 may still get one, no more.
		late := s.sold(t, s.voucher(1000))
		if st := s.standing(t); st.Pool != 0 || st.Numbered != 3000 || late.Left != 1000 {
			t.Errorf("a number given late: %+v", st)
		}
		wantField(t, s.issue(s.voucher(1)), "on")
	})
}

func TestASinglePurposeVoucherIsNoDebtInTheAccount(t *testing.T) { // CGI art. 256 ter: VAT when it is sold
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		v := s.voucher(12000)
		v.Purpose, v.Category = voucher.Single, s.care
		sold := s.sold(t, v)
		if err := s.use(s.usage(v.ID, 5000)); err != nil {
			t.Fatal(err)
		}
		if st := s.standing(t); st.Single != 7000 || st.Account != 0 || sold.Rate != 2000 {
			t.Errorf("%+v at %d", st, sold.Rate)
		}
		wantKind(t, s.try(func(tx *db.Tx) error {
			_, err := voucher.Refund(tx, voucher.Payback{ID: id.New(), Voucher: v.ID, Box: s.till.ID, Method: s.cash}, today, claire)
			return err
		}), fault.Conflict)
	})
}

func TestAVoucherPastItsLastDayIsProlongedOrExpires(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		v := s.voucher(5000)
		v.On, v.ValidUntil = "2026-11-10", "2026-11-19"
		s.sold(t, v)
		act := func(do func(tx *db.Tx, key string) error) error {
			key := id.New()
			err := s.try(func(tx *db.Tx) error { return do(tx, key) })
			if err == nil {
				err = s.try(func(tx *db.Tx) error { return do(tx, key) }) // sent twice
			}
			return err
		}
		prolong := func(until day.Day) error {
			return act(func(tx *db.Tx, key string) error { return voucher.Prolong(tx, key, v.ID, until, today, claire) })
		}
		wantKind(t, s.use(s.usage(v.ID, 100)), fault.Conflict)
		wantField(t, prolong("2026-11-19"), "until")
		if err := prolong("2026-11-20"); err != nil {
			t.Fatal(err)
		}
		if err := s.use(s.usage(v.ID, 100)); err != nil {
			t.Error(err)
		}
		expire := func(on day.Day) error {
			return act(func(tx *db.Tx, key string) error { return voucher.Expire(tx, key, v.ID, on, claire) })
		}
		wantKind(t, expire(today), fault.Conflict)
		if err := expire("2026-11-21"); err != nil {
			t.Fatal(err)
		}
		if income := s.balance(t, "expired/gift"); income != -4900 || s.found(t, v.ID).State(today) != voucher.Ended {
			t.Errorf("%d of income", income)
		}
		wantKind(t, s.use(s.usage(v.ID, 100)), fault.Conflict)
		s.standing(t)
	})
}

func TestAVoucherRecordedByMistakeIsCancelledUnlessItServed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		v := s.sold(t, s.voucher(5000))
		cancel := func(reason string) error {
			return s.try(func(tx *db.Tx) error { return voucher.Cancel(tx, id.New(), v.ID, reason, today, claire) })
		}
		u := s.usage(v.ID, 1000)
		if err := s.use(u); err != nil {
			t.Fatal(err)
		}
		wantField(t, cancel(""), "reason")
		wantKind(t, cancel("saisi deux fois"), fault.Conflict)
		s.write(t, func(tx *db.Tx) error {
			_, err := voucher.TakeBack(tx, id.New(), u.ID, today, claire)
			return err
		})
		wantKind(t, s.try(func(tx *db.Tx) error {
			_, err := voucher.TakeBack(tx, id.New(), u.ID, today, claire)
			return err
		}), fault.Conflict)
		if err := cancel("saisi deux fois"); err != nil {
			t.Fatal(err)
		}
		wantKind(t, cancel("encore"), fault.Conflict)
		if st := s.standing(t); st != (voucher.Standing{}) {
			t.Errorf("%+v", st)
		}
	})
}
