package cashbox_test

import (
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/dbtest"
)

// lines are what accounts move by.
type lines map[string]money.Amount

// kinds are movements with the lines of their entry, worked out by hand.
var kinds = []struct {
	name string
	kind cashbox.Kind
	with func(s *shop, m *cashbox.Movement)
	want func(s *shop) lines
}{
	{"an expense at 20 %: 10,00 of postage, 2,00 of VAT to deduct, 12,00 out of the drawer", cashbox.Expense, nil,
		func(s *shop) lines {
			return lines{"expense/" + s.till.ID + "/expense.post": 1000, "inputvat/" + s.till.ID + "/2000": 200, "box/" + s.till.ID + "/" + s.cash: -1200}
		}},
	{"an expense without VAT is all expense", cashbox.Expense,
		func(s *shop, m *cashbox.Movement) { m.Rate = 0 },
		func(s *shop) lines {
			return lines{"expense/" + s.till.ID + "/expense.post": 1200, "box/" + s.till.ID + "/" + s.cash: -1200}
		}},
	{"an expense of one cent at 20 % has no VAT to deduct", cashbox.Expense,
		func(s *shop, m *cashbox.Movement) { m.Amount = 1 },
		func(s *shop) lines {
			return lines{"expense/" + s.till.ID + "/expense.post": 1, "box/" + s.till.ID + "/" + s.cash: -1}
		}},
	{"a supplier’s bill paid in cash moves the supplier’s account, its VAT was deducted with the bill", cashbox.Expense,
		func(s *shop, m *cashbox.Movement) { m.Role, m.Rate = cashbox.SupplierBill, 0 },
		func(s *shop) lines {
			return lines{"expense/" + s.till.ID + "/expense.supplier": 1200, "box/" + s.till.ID + "/" + s.cash: -1200}
		}},
	{"a paid-in comes from the owner", cashbox.PaidIn, nil,
		func(s *shop) lines {
			return lines{"owner/" + s.till.ID: -1200, "box/" + s.till.ID + "/" + s.cash: 1200}
		}},
	{"a paid-out goes to the owner", cashbox.PaidOut, nil,
		func(s *shop) lines {
			return lines{"owner/" + s.till.ID: 1200, "box/" + s.till.ID + "/" + s.cash: -1200}
		}},
	{"a deposit is on its way to the bank", cashbox.Deposit, nil,
		func(s *shop) lines {
			return lines{"transit/bank": 1200, "box/" + s.till.ID + "/" + s.cash: -1200}
		}},
	{"a transfer to another box and another method", cashbox.Transfer, nil,
		func(s *shop) lines {
			return lines{"box/" + s.other.ID + "/" + s.card: 1200, "box/" + s.till.ID + "/" + s.cash: -1200}
		}},
	{"a transfer within the box, from one method to another", cashbox.Transfer,
		func(s *shop, m *cashbox.Movement) { m.ToBox = s.till.ID },
		func(s *shop) lines {
			return lines{"box/" + s.till.ID + "/" + s.card: 1200, "box/" + s.till.ID + "/" + s.cash: -1200}
		}},
}

func TestEachKindPostsOneEntryWithTheseLines(t *testing.T) {
	for _, c := range kinds {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				s := newShop(t, d)
				m := s.movement(c.kind)
				if c.with != nil {
					c.with(s, &m)
				}
				if err := s.record(m); err != nil {
					t.Fatal(err)
				}
				var posted []ledger.Posted
				s.read(t, func(q *db.Snapshot) (err error) {
					posted, err = ledger.OfSource(q, "movement:"+m.ID)
					return err
				})
				if len(posted) != 1 || posted[0].On != today || posted[0].Place != s.till.ID || posted[0].Kind != string(c.kind) || posted[0].By != claire || posted[0].BackDated {
					t.Fatalf("posted %+v", posted)
				}
				want := c.want(s)
				if len(posted[0].Lines) != len(want) {
					t.Errorf("%d lines, want %d: %+v", len(posted[0].Lines), len(want), posted[0].Lines)
				}
				for _, l := range posted[0].Lines {
					if l.Amount != want[l.Account] {
						t.Errorf("%s moves by %d, want %d", l.Account, l.Amount, want[l.Account])
					}
					if got := s.balance(t, l.Account); got != l.Amount || l.BalanceAfter != l.Amount {
						t.Errorf("%s stands at %d, after its line %d, want %d", l.Account, got, l.BalanceAfter, l.Amount)
					}
				}
				r := s.found(t, m.ID)
				if r.Kind != c.kind || r.Amount != m.Amount || r.EntryID != posted[0].ID || r.By != claire || r.Reversed || !r.At.Equal(dbtest.Morning) {
					t.Errorf("recorded %+v", r)
				}
			})
		})
	}
}

func TestAMovementDropsWhatDoesNotConcernItsKind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		m := s.movement(cashbox.PaidIn)
		m.Party, m.Role, m.Rate, m.ToBox, m.ToMethod = s.baker, "expense.post", 2000, s.other.ID, s.card
		if err := s.record(m); err != nil {
			t.Fatal(err)
		}
		if r := s.found(t, m.ID); r.Party != "" || r.Role != "" || r.Rate != 0 || r.ToBox != "" || r.ToMethod != "" {
			t.Errorf("a paid-in kept %+v", r.Movement)
		}
	})
}

func TestTheSameMovementSentTwiceCountsOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		m := s.movement(cashbox.PaidIn)
		photo := cashbox.Receipt{Name: "reçu.png", Content: png(t)}
		for range 2 {
			err := s.try(func(tx *db.Tx) error { return cashbox.RecordWith(tx, m, photo, today, claire) })
			if err != nil {
				t.Fatal(err)
			}
		}
		if got := s.inCash(t); got != 1200 {
			t.Errorf("in the drawer %d, want 1200", got)
		}
		var files int
		if err := dbtest.Raw(t, d).QueryRow(`SELECT COUNT(*) FROM attachment`).Scan(&files); err != nil || files != 1 {
			t.Errorf("%d receipts kept, %v", files, err)
		}
	})
}

func TestTheSameKeyWithAnotherContentIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		m := s.movement(cashbox.PaidIn)
		if err := s.record(m); err != nil {
			t.Fatal(err)
		}
		other := m
		other.Amount++
		wantKind(t, s.record(other), fault.Mismatch)
		wantKind(t, s.try(func(tx *db.Tx) error {
			return cashbox.RecordWith(tx, m, cashbox.Receipt{Name: "a.png", Content: png(t)}, today, claire)
		}), fault.Mismatch)
		if got := s.inCash(t); got != 1200 {
			t.Errorf("in the drawer %d, want 1200", got)
		}
	})
}

func TestALockedDayTakesNoMovement(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.lock(t, s.till.ID, yesterday)
		m := s.movement(cashbox.PaidIn)
		m.On = yesterday
		wantKind(t, s.record(m), fault.Locked)

		toLocked := s.movement(cashbox.Transfer)
		toLocked.Box, toLocked.ToBox, toLocked.On = s.other.ID, s.till.ID, yesterday
		wantKind(t, s.record(toLocked), fault.Locked)

		elsewhere := s.movement(cashbox.PaidIn)
		elsewhere.Box, elsewhere.On = s.other.ID, yesterday
		if err := s.record(elsewhere); err != nil {
			t.Errorf("another box whose day is not locked: %v", err)
		}
		if got := s.inCash(t); got != 0 {
			t.Errorf("the locked drawer moved to %d", got)
		}
	})
}

func TestAMovementOfAnEarlierDayIsBackDatedAndMovesTheDaysAfterIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		if err := s.record(s.movement(cashbox.PaidIn)); err != nil {
			t.Fatal(err)
		}
		late := s.movement(cashbox.PaidIn)
		late.On = "2026-11-17"
		if err := s.record(late); err != nil {
			t.Fatal(err)
		}
		if r := s.found(t, late.ID); !r.BackDated || r.On != "2026-11-17" || !r.At.Equal(dbtest.Morning) {
			t.Errorf("recorded %+v", r)
		}
		for on, want := range map[day.Day]money.Amount{"2026-11-16": 0, "2026-11-17": 1200, yesterday: 1200, today: 2400} {
			s.read(t, func(q *db.Snapshot) error {
				got, err := ledger.BalanceOn(q, cashbox.AccountKey(s.till.ID, s.cash), on)
				if got != want {
					t.Errorf("at the end of %s: %d, want %d", on, got, want)
				}
				return err
			})
		}
	})
}

func TestWhatAMovementMayNotBe(t *testing.T) {
	for _, c := range []struct {
		name  string
		kind  cashbox.Kind
		with  func(s *shop, m *cashbox.Movement)
		field string
	}{
		{"of nothing", cashbox.PaidIn, func(s *shop, m *cashbox.Movement) { m.Amount = 0 }, "amount"},
		{"negative", cashbox.PaidIn, func(s *shop, m *cashbox.Movement) { m.Amount = -100 }, "amount"},
		{"beyond what the program counts", cashbox.PaidIn, func(s *shop, m *cashbox.Movement) { m.Amount = money.Max + 1 }, "amount"},
		{"without a date", cashbox.PaidIn, func(s *shop, m *cashbox.Movement) { m.On = "" }, "on"},
		{"tomorrow", cashbox.PaidIn, func(s *shop, m *cashbox.Movement) { m.On = "2026-11-21" }, "on"},
		{"before the box began", cashbox.PaidIn, func(s *shop, m *cashbox.Movement) { m.On = "2025-11-20" }, "on"},
		{"of no kind", cashbox.PaidIn, func(s *shop, m *cashbox.Movement) { m.Kind = "gift" }, "kind"},
		{"by a method that keeps no money", cashbox.PaidIn, func(s *shop, m *cashbox.Movement) { m.Method = s.voucher }, "method"},
		{"an expense of no nature", cashbox.Expense, func(s *shop, m *cashbox.Movement) { m.Role = "" }, "role"},
		{"an expense of a nature the chart does not have", cashbox.Expense, func(s *shop, m *cashbox.Movement) { m.Role = "expense.yacht" }, "role"},
		{"an expense that says neither to whom nor for what", cashbox.Expense, func(s *shop, m *cashbox.Movement) { m.Party, m.Memo = "", "  " }, "memo"},
		{"an expense at a rate that never was", cashbox.Expense, func(s *shop, m *cashbox.Movement) { m.Rate = 1234 }, "rate"},
		{"the VAT of a bill deducted a second time", cashbox.Expense, func(s *shop, m *cashbox.Movement) { m.Role = cashbox.SupplierBill }, "rate"},
		{"an expense at a customer’s", cashbox.Expense, func(s *shop, m *cashbox.Movement) { m.Party = s.customer }, "party"},
		{"an expense at nobody’s", cashbox.Expense, func(s *shop, m *cashbox.Movement) { m.Party = id.New() }, "party"},
		{"a transfer nowhere", cashbox.Transfer, func(s *shop, m *cashbox.Movement) { m.ToBox = "" }, "to"},
		{"a transfer to where the money is", cashbox.Transfer, func(s *shop, m *cashbox.Movement) { m.ToBox, m.ToMethod = m.Box, m.Method }, "to"},
		{"a transfer to a method out of use", cashbox.Transfer, func(s *shop, m *cashbox.Movement) { m.ToMethod = s.out }, "to"},
		{"a comment of 201 characters", cashbox.PaidIn, func(s *shop, m *cashbox.Movement) {
			m.Memo = ""
			for range 201 {
				m.Memo += "é"
			}
		}, "memo"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t, dbtest.SQLite(t))
			m := s.movement(c.kind)
			c.with(s, &m)
			wantField(t, s.record(m), c.field)
			if got := s.inCash(t); got != 0 {
				t.Errorf("the drawer moved to %d", got)
			}
		})
	}
}

func TestACommentOf200AccentedCharactersIsKept(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	m := s.movement(cashbox.PaidIn)
	m.Memo = ""
	for range 200 {
		m.Memo += "é"
	}
	if err := s.record(m); err != nil {
		t.Error(err)
	}
}

func TestACompanyInFranchiseDeductsNoVAT(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.write(t, func(tx *db.Tx) error {
		settings, err := company.Load(tx)
		if err != nil {
			return err
		}
		settings.LegalName, settings.VATRegime = "Épicerie des Essais", company.Franchise
		return company.Change(tx, claire, settings)
	})
	wantField(t, s.record(s.movement(cashbox.Expense)), "rate")
}

func TestABoxOutOfServiceTakesNoMovement(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	b := s.till
	b.Active = false
	s.write(t, func(tx *db.Tx) error { return cashbox.Change(tx, b) })
	wantKind(t, s.record(s.movement(cashbox.PaidIn)), fault.Conflict)
	toIt := s.movement(cashbox.Transfer)
	toIt.Box, toIt.ToBox = s.other.ID, s.till.ID
	wantField(t, s.record(toIt), "to")
}

func TestAMovementInABoxOrMethodOfAnotherCompanyIsNotFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ours, theirs := newShop(t, d), newShop(t, d)
		for name, change := range map[string]func(m *cashbox.Movement){
			"box":    func(m *cashbox.Movement) { m.Box = theirs.till.ID },
			"method": func(m *cashbox.Movement) { m.Method = theirs.cash },
			"target": func(m *cashbox.Movement) { m.ToBox = theirs.other.ID },
		} {
			m := ours.movement(cashbox.Transfer)
			change(&m)
			if err := ours.record(m); !fault.Is(err, fault.NotFound) {
				t.Errorf("their %s: %v", name, err)
			}
		}
		supplier := ours.movement(cashbox.Expense)
		supplier.Party = theirs.baker
		wantField(t, ours.record(supplier), "party")
	})
}

func TestEachCompanySeesItsOwnMovementsAndReceiptsOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ours, theirs := newShop(t, d), newShop(t, d)
		m := theirs.movement(cashbox.PaidIn)
		theirs.write(t, func(tx *db.Tx) error {
			return cashbox.RecordWith(tx, m, cashbox.Receipt{Name: "a.png", Content: png(t)}, today, claire)
		})
		file := theirs.found(t, m.ID).Attachment
		err := ours.d.Read(t.Context(), ours.company, func(q *db.Snapshot) error {
			if _, err := cashbox.MovementByID(q, m.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("their movement: %v", err)
			}
			if _, err := cashbox.FileByID(q, file); !fault.Is(err, fault.NotFound) {
				t.Errorf("their receipt: %v", err)
			}
			if _, err := cashbox.Get(q, theirs.till.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("their box: %v", err)
			}
			list, err := cashbox.Movements(q, theirs.till.ID, "2026-01-01", "2026-12-31")
			if len(list) != 0 {
				t.Errorf("their movements: %+v", list)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		wantKind(t, ours.try(func(tx *db.Tx) error {
			_, err := cashbox.Reverse(tx, m.ID, "erreur", today, claire)
			return err
		}), fault.NotFound)
	})
}

func TestAMovementIsNeitherChangedNorDeletedInTheDatabase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		m := s.movement(cashbox.PaidIn)
		s.write(t, func(tx *db.Tx) error {
			return cashbox.RecordWith(tx, m, cashbox.Receipt{Name: "a.png", Content: png(t)}, today, claire)
		})
		for _, statement := range []string{`UPDATE cash_movement SET amount = 1`, `DELETE FROM cash_movement`, `UPDATE attachment SET name = 'x'`, `DELETE FROM attachment`} {
			if _, err := dbtest.Raw(t, d).Exec(statement); err == nil {
				t.Errorf("%s passed", statement)
			}
		}
	})
}
