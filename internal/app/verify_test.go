package app

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/tamper"
)

// grocery is a company with a few days behind it: sheets closed, corrected before and after their lock, movements and one undone.
type grocery struct {
	t                              *testing.T
	d                              *db.DB
	company                        string
	box                            cashbox.Box
	food, wine                     string // sales categories
	cash, card, voucher, onAccount string // methods
	cheques                        string
	customer, supplier             string
}

const claire = "user-claire"

func newGrocery(t *testing.T, d *db.DB) *grocery {
	t.Helper()
	g := &grocery{t: t, d: d, company: id.New()}
	g.write(g.open)
	g.write(func(tx *db.Tx) error {
		return cashbox.Record(tx, g.movement(cashbox.PaidIn, "2026-11-17"), "2026-11-20", claire)
	})
	for _, on := range []day.Day{"2026-11-17", "2026-11-18", "2026-11-19"} {
		g.write(func(tx *db.Tx) error {
			r := cashbox.Receipt{Name: "ticket.pdf", Content: []byte("%PDF-1.4 " + on + "\n%%EOF")}
			if err := cashbox.RecordWith(tx, g.movement(cashbox.Expense, on), r, "2026-11-20", claire); err != nil {
				return err
			}
			return cashbox.Record(tx, g.movement(cashbox.Deposit, on), "2026-11-20", claire)
		})
		g.write(func(tx *db.Tx) error {
			_, err := daysheet.Close(tx, g.sheet(on, "100"))
			return err
		})
	}
	undone := g.movement(cashbox.PaidOut, "2026-11-19")
	g.write(func(tx *db.Tx) error { return cashbox.Record(tx, undone, "2026-11-20", claire) })
	g.write(func(tx *db.Tx) error {
		_, err := cashbox.Reverse(tx, undone.ID, "saisi deux fois", "2026-11-20", claire)
		return err
	})
	g.correct("2026-11-18", "101")
	g.write(func(tx *db.Tx) error { return daysheet.Lock(tx, g.box.ID, "2026-11-17", claire) })
	g.correct("2026-11-17", "99,50")
	g.counter()
	return g
}

func (g *grocery) write(fn func(tx *db.Tx) error) {
	g.t.Helper()
	if err := g.d.Write(context.Background(), g.company, fn); err != nil {
		g.t.Fatal(err)
	}
}

func (g *grocery) read(fn func(q *db.Snapshot) error) {
	g.t.Helper()
	if err := g.d.Read(context.Background(), g.company, fn); err != nil {
		g.t.Fatal(err)
	}
}

func (g *grocery) open(tx *db.Tx) (err error) {
	keep := func(id string, e error) string { err = errors.Join(err, e); return id }
	if _, err := company.Create(tx, "Épicerie des Halles"); err != nil {
		return err
	}
	settings, err := company.Load(tx)
	if err != nil {
		return err
	}
	settings.Options = company.Options{Expenses: true, Transfers: true, Credit: company.CreditByCustomer, Vouchers: true, Overpayments: true}
	if err := company.Change(tx, claire, settings); err != nil {
		return err
	}
	locations, err := company.Locations(tx)
	if err != nil {
		return err
	}
	g.food = keep(catalog.Save(tx, claire, catalog.SalesCategory{Label: "Épicerie", Rate: 550, Kind: catalog.Goods, Active: true}))
	g.wine = keep(catalog.Save(tx, claire, catalog.SalesCategory{Label: "Vins", Rate: 2000, Kind: catalog.Goods, Active: true}))
	method := func(kind tender.Kind, label string) string {
		return keep(tender.Save(tx, claire, tender.Method{Kind: kind, Label: label, Active: true}))
	}
	g.cash, g.card, g.voucher, g.onAccount = method(tender.Cash, "Espèces"), method(tender.Card, "Carte"), method(tender.Voucher, "Bon cadeau"), method(tender.OnAccount, "En compte")
	g.cheques = method(tender.Cheque, "Chèques")
	g.customer = keep(party.Add(tx, party.Party{Kind: party.Customer, Nature: party.Person, Name: "Anne Petit"}))
	g.supplier = keep(party.Add(tx, party.Party{Kind: party.Supplier, Nature: party.Company, Name: "Moulin Martin"}))
	box, e := cashbox.Create(tx, cashbox.Box{Location: locations[0].ID, Name: "Caisse 1", FirstDay: "2026-11-17"})
	g.box = box
	return errors.Join(err, e)
}

// movement is 15,00 € in or out of the drawer.
func (g *grocery) movement(kind cashbox.Kind, on day.Day) cashbox.Movement {
	m := cashbox.Movement{ID: id.New(), Box: g.box.ID, Method: g.cash, Kind: kind, Amount: 1500, On: on, Memo: "pour la journée"}
	switch kind {
	case cashbox.Expense:
		m.Role, m.Rate, m.Party = "expense.post", 2000, g.supplier
	case cashbox.PaidIn:
		m.Amount, m.Memo = 20000, ""
	}
	return m
}

// sheet is a day with vouchers sold and used, credit granted and repaid, an overpayment and an over-short. food is what was sold of food.
func (g *grocery) sheet(on day.Day, food string) daysheet.Request {
	return daysheet.Request{Key: id.New(), Box: g.box.ID, On: on, By: claire, MayForce: true, Fields: map[string]string{
		daysheet.FieldZ: "12", daysheet.FieldSale + g.food: food, daysheet.FieldSale + g.wine: "60", daysheet.FieldVouchers: "30", daysheet.FieldRepaidBy + g.customer: "5",
		daysheet.FieldGrantedTo + g.customer: "20", daysheet.FieldOverpayment: "0,50", daysheet.FieldTaken + g.cash: "80", daysheet.FieldTaken + g.card: "85,50",
		daysheet.FieldTaken + g.voucher: "10", daysheet.FieldTaken + g.onAccount: "20", daysheet.FieldCounted + g.cash: "200", daysheet.FieldReason + g.cash: "change",
		daysheet.FieldBreakdown: "mal saisi", daysheet.FieldRemitted: "50",
	}}
}

func (g *grocery) correct(on day.Day, food string) {
	g.t.Helper()
	g.write(func(tx *db.Tx) error {
		r := g.sheet(on, food)
		r.Reason = "montant mal lu"
		_, err := daysheet.Correct(tx, r)
		return err
	})
}

// verify is what the command says, and its fault.
func (g *grocery) verify(witness *seal.Witness) (string, error) {
	var out strings.Builder
	err := verify(context.Background(), g.d, &out, witness)
	return out.String(), err
}

// alone verifies the grocery's own books, without the file's own check and the other companies.
func (g *grocery) alone() error {
	return g.d.Read(context.Background(), g.company, func(q *db.Snapshot) error { return verifyCompany(q, &strings.Builder{}, nil) })
}

func TestVerifySaysWhatItChecked(t *testing.T) { // LAW-ISCA-S-3
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := newGrocery(t, d)
		dbtest.Company(t, d) // another company on the same store
		out, err := g.verify(seal.NewWitness(t.TempDir()))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Épicerie des Halles\n", " entries, ", " balances of a day", "3 days, ", " versions, 1 cash boxes", "12 movements, 3 attached files", "3 payments, 1 undone", "4 vouchers, 7 events",
			"3 slips, 3 cheques, 5 events", "0 files of entries, 4 months summed up", "2 series", "1 registers, 1 keys, 4 chains, ", "Companies checked: 2."} {
			if !strings.Contains(out, want) {
				t.Errorf("%q is not in what it says:\n%s", want, out)
			}
		}
	})
}

// unproved are the values that no proof covers, with the reason.
var unproved = map[string]string{
	"ledger_account.code":           "follows the company's chart",
	"ledger_account.label":          "follows the company's chart",
	"ledger_account.sense":          "follows the company's chart",
	"ledger_account.never_negative": "a limit for what is posted next, not a figure",
	"period_day.since":              "the event of the lock says it",
	"period_day.by_user":            "the event of the lock says it",
	"attachment.name":               "how the file is called when it is downloaded",
	"attachment.media_type":         "recognised from the content",
	"attachment.by_user":            "the movement says it",
	"attachment.at":                 "the movement says it",
	"day_summary.company_id":        "a month that has no summary is summed up when it is next looked at",
	"day_summary.boxes":             "how many tills are in use today, not a figure",
	"day_summary.changed_at":        "a copy made for the screen of a firm",
}

// proved are the tables whose every row counts.
var proved = []string{
	"ledger_entry", "ledger_line", "ledger_account", "ledger_day", "series", "period_day", "daysheet", "cash_movement", "cash_movement_change", "attachment",
	"customer_payment", "customer_payment_undo", "voucher", "voucher_event", "cheque", "cheque_withdrawal", "deposit_slip", "deposit_slip_cheque", "deposit_event", "day_summary",
	"seal_register", "seal_key", "seal_head", "seal_record", "seal_event",
}

func TestAnyValueChangedByHandIsFound(t *testing.T) { // LAW-ISCA-I-1, LAW-ISCA-S-3
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := newGrocery(t, d)
		in := tamper.BreakIn(t, d)
		for _, table := range proved {
			missed := map[string]int{}
			cells := in.EachCell(table, 5, func(row tamper.Row, column string) {
				if row["company_id"] == g.company && g.alone() == nil && unproved[table+"."+column] == "" {
					missed[column]++
				}
			})
			if cells == 0 || len(missed) > 0 {
				t.Errorf("%s: %d values changed, verify finds nothing for %v", table, cells, missed)
			}
		}
		if err := g.alone(); err != nil {
			t.Errorf("put right again: %v", err)
		}
	})
}

func TestAnyRowRemovedByHandIsFound(t *testing.T) { // LAW-ISCA-I-1, LAW-ISCA-S-3
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := newGrocery(t, d)
		in := tamper.BreakIn(t, d)
		for _, table := range proved {
			in.EachRemoved(table, 5, func(row tamper.Row) {
				if row["company_id"] == g.company && g.alone() == nil && unproved[table+".company_id"] == "" {
					t.Errorf("%s: verify does not miss the row %v", table, row)
				}
			})
		}
	})
}

func TestEntriesInsertedSwappedOrCutByHandAreFoundAndNamed(t *testing.T) { // LAW-ISCA-I-1, LAW-ISCA-S-3
	cases := []struct {
		name, says string
		forge      []string
	}{
		{"a balanced entry inserted with its number", "has no record in any register", []string{
			`INSERT INTO ledger_entry SELECT company_id, (SELECT MAX(seq) + 1 FROM ledger_entry), 'forged', on_day, at, 'forged', 'forged', place, by_user, item, memo, '', '', back_dated, '' FROM ledger_entry WHERE seq = 1`,
			`INSERT INTO ledger_line SELECT company_id, (SELECT MAX(seq) FROM ledger_entry), 1, account, on_day, 1, '', '', 0 FROM ledger_line WHERE entry_seq = 1 AND n = 1`,
			`INSERT INTO ledger_line SELECT company_id, entry_seq, 2, account, on_day, -1, '', '', 0 FROM ledger_line WHERE entry_seq = (SELECT MAX(seq) FROM ledger_entry)`,
			`UPDATE ledger_line SET balance_after = (SELECT balance FROM ledger_account a WHERE a.key = account) + CASE WHEN n = 1 THEN 1 ELSE 0 END WHERE entry_seq = (SELECT MAX(seq) FROM ledger_entry)`,
			`UPDATE ledger_day SET debit = debit + 1, credit = credit + 1 WHERE account = (SELECT account FROM ledger_line WHERE entry_seq = 1 AND n = 1) AND on_day = (SELECT on_day FROM ledger_entry WHERE id = 'forged')`,
			`UPDATE series SET last = last + 1 WHERE name = 'entry'`,
		}},
		{"two entries swapped with their lines", "ledger: entry n° 2", []string{
			`UPDATE ledger_entry SET seq = -2 WHERE seq = 2`, `UPDATE ledger_entry SET seq = 2 WHERE seq = 4`, `UPDATE ledger_entry SET seq = 4 WHERE seq = -2`,
			`UPDATE ledger_line SET entry_seq = -2 WHERE entry_seq = 2`, `UPDATE ledger_line SET entry_seq = 2 WHERE entry_seq = 4`, `UPDATE ledger_line SET entry_seq = 4 WHERE entry_seq = -2`,
		}},
		{"the last entry cut off with its lines and its number", "keeps debit", []string{
			`DELETE FROM ledger_line WHERE entry_seq = (SELECT MAX(seq) FROM ledger_entry)`, `DELETE FROM ledger_entry WHERE seq = (SELECT MAX(seq) FROM ledger_entry)`,
			`UPDATE series SET last = last - 1 WHERE name = 'entry'`,
		}},
		{"the comment of a line changed", "is no longer what was sealed", []string{`UPDATE ledger_line SET memo = 'autre chose' WHERE entry_seq = 3 AND n = 1`}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				g := newGrocery(t, d)
				in := tamper.BreakIn(t, d)
				for _, statement := range c.forge {
					in.Do(statement)
				}
				if err := g.alone(); err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("verify says %v", err)
				}
			})
		})
	}
}

func TestAnOlderCopyOfTheDatabaseIsRecognised(t *testing.T) { // LAW-ISCA-S-3
	d := dbtest.SQLite(t)
	g := newGrocery(t, d)
	path := dbtest.Config(t, d).SQLite
	older := path + ".older"
	if err := d.CopyTo(context.Background(), older); err != nil {
		t.Fatal(err)
	}
	witness := seal.NewWitness(t.TempDir())
	g.correct("2026-11-19", "102")
	g.read(func(q *db.Snapshot) error {
		heads, err := seal.AllHeads(q)
		if err != nil {
			return err
		}
		return witness.Keep(g.company, heads)
	})
	if _, err := g.verify(witness); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(older); err != nil {
		t.Fatal(err)
	}
	config := dbtest.Config(t, d)
	config.SQLite = older
	copied, err := db.Open(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	g.d = copied
	if _, err := g.verify(seal.NewWitness(t.TempDir())); err != nil {
		t.Errorf("the copy itself is whole, and verify says %v", err)
	}
	if _, err := g.verify(witness); err == nil || !strings.Contains(err.Error(), "older copy") {
		t.Errorf("verify says %v", err)
	}
}

func TestACorrectionIsAddedAndWhatItCorrectsStays(t *testing.T) { // LAW-ISCA-I-2
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := newGrocery(t, d)
		source := "daysheet:" + g.box.ID + ":2026-11-19"
		var before, after []ledger.Posted
		entries := func(list *[]ledger.Posted) func(q *db.Snapshot) error {
			return func(q *db.Snapshot) (err error) {
				*list, err = ledger.OfSource(q, source)
				return err
			}
		}
		g.read(entries(&before))
		g.correct("2026-11-19", "103")
		g.read(entries(&after))
		if len(after) != len(before)+2 {
			t.Fatalf("%d entries after %d, want a reversal and a new one", len(after), len(before))
		}
		same := func(a, b ledger.Posted) bool { return a.ID == b.ID && a.Seq == b.Seq && slices.Equal(a.Lines, b.Lines) }
		if !slices.EqualFunc(before, after[:len(before)], same) {
			t.Error("an entry posted before the correction is no longer what it was")
		}
		replaced := before[len(before)-1]
		if after[len(before)].Reverses != replaced.ID || after[len(before)+1].Corrects != replaced.ID {
			t.Errorf("the correction does not point to entry %s: %+v", replaced.ID, after[len(before):])
		}
		if err := g.alone(); err != nil {
			t.Error(err)
		}
	})
}

func TestALockedDayTakesNoFurtherOperation(t *testing.T) { // LAW-ISCA-C-1
	d := dbtest.SQLite(t)
	g := newGrocery(t, d)
	err := d.Write(context.Background(), g.company, func(tx *db.Tx) error {
		return cashbox.Record(tx, g.movement(cashbox.Expense, "2026-11-17"), "2026-11-20", claire)
	})
	if !fault.Is(err, fault.Locked) {
		t.Errorf("an expense on a locked day: %v", err)
	}
}

func TestThePerpetualTotalsAreSignedAndNeverGoBackToZero(t *testing.T) { // LAW-ISCA-C-2
	d := dbtest.SQLite(t)
	g := newGrocery(t, d)
	g.read(func(q *db.Snapshot) error {
		records, err := seal.Range(q, seal.Office, seal.DaySheet, 1, 100)
		if err != nil {
			return err
		}
		// three days of 160 €, then the corrections that the lines of the fixture make: what is sold, added up, and every change counted positive
		first, last := records[0].Values(), records[len(records)-1].Values()
		if first[4] != "16000" || first[5] != "16000" || first[6] != "16000" {
			t.Errorf("first sheet: turnover, perpetual and absolute totals %q", first[4:7])
		}
		if last[5] != "48050" || last[6] != "48150" {
			t.Errorf("after +1,00 and −0,50: perpetual totals %q, want 48050 and 48150", last[5:7])
		}
		return nil
	})
}

func TestAPersonIsErasedAndEveryChainStaysWhole(t *testing.T) { // LAW-PRIV-1
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := newGrocery(t, d)
		in := tamper.BreakIn(t, d)
		for _, table := range []string{"seal_record", "seal_event"} {
			for _, row := range in.Rows(table) {
				for column, value := range row {
					if text, is := value.(string); is && (strings.Contains(text, "Petit") || strings.Contains(text, "Anne")) {
						t.Errorf("%s.%s names a person: %q", table, column, text)
					}
				}
			}
		}
		g.write(func(tx *db.Tx) error { return party.Erase(tx, claire, g.supplier) })
		if err := g.alone(); err != nil {
			t.Errorf("after the person was erased: %v", err)
		}
	})
}
