package journal

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/sheet"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/papertest"
)

func (s *shop) month(t *testing.T, box string, sees func(string) bool) (m Month, h Letterhead) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) (err error) {
		if m, err = LoadMonth(q, "2026-11", box, "2026-11-20", sees); err != nil {
			return err
		}
		h, err = loadLetterhead(q, Query{Box: box}, sees, "Encaisse 0.1.0")
		return err
	})
	h.By = "Marie Lefèvre"
	return m, h
}

// keepPaper writes a printed document where PAPERS says, to be looked at.
func keepPaper(t *testing.T, name string, pdf []byte) {
	t.Helper()
	if folder := os.Getenv("PAPERS"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, name+".pdf"), pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestThePrintedSummaryIsTheSameOnBothDatabases(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.fourDays(t)
		m, h := s.month(t, "", anywhere)
		out, err := m.Document(h).Bytes()
		if err != nil {
			t.Fatal(err)
		}
		keepPaper(t, "month", out)
		papertest.Golden(t, "month.txt", papertest.Text(t, out))
		var csv bytes.Buffer
		if err := sheet.WriteCSV(&csv, m.flatTable()); err != nil {
			t.Fatal(err)
		}
		papertest.Golden(t, "month.csv", strings.ReplaceAll(csv.String(), "\r\n", "\n"))
	})
}

// The figures of the first till, worked out by hand from what fourDays types.
func TestTheSummaryOfATillIsWhatItsSheetsSay(t *testing.T) {
	d := dbtest.SQLite(t)
	s := newShop(t, d)
	s.fourDays(t)
	m, _ := s.month(t, s.till.ID, anywhere)
	if len(m.Days) != 5 {
		t.Fatalf("%d days from the first of the till to today", len(m.Days))
	}
	first, second, third, total := m.Days[1], m.Days[2], m.Days[3], m.Total
	// 612,40 at 5,5 %: 31,93 of VAT; 184,50 at 10 %: 16,77; 438,90 at 20 %: 73,15.
	for name, c := range map[string]struct{ got, want money.Amount }{
		"turnover of the 17th":           {first.Gross(), 123580},
		"VAT at 5,5 % of the 17th":       {first.Tax[550], 3193},
		"VAT at 10 % of the 17th":        {first.Tax[1000], 1677},
		"VAT at 20 % of the 17th":        {first.Tax[2000], 7315},
		"net of the 17th":                {first.Net, 123580 - 3193 - 1677 - 7315},
		"vouchers sold on the 17th":      {first.VouchersSold, 5000},
		"cash of the 17th":               {first.Taken[s.cash], 31860},
		"card of the 17th":               {first.Taken[s.card], 91720},
		"credit granted on the 17th":     {first.Taken[s.owed], 2000},
		"takings of the 17th":            {first.Takings(), due(first)},
		"expenses of the 17th":           {first.Expenses, 1240},
		"input VAT of the 17th":          {first.InputTax, 207},
		"to the bank on the 17th":        {first.Deposits, 25000},
		"over-short of the 17th":         {first.OverShort, -360},
		"basket of the 17th":             {first.Basket(), 2629},
		"vouchers used on the 18th":      {second.Taken[s.gift], 3000},
		"credit repaid on the 18th":      {second.Repaid, 2000},
		"takings of the 18th":            {second.Takings(), due(second)},
		"paid in on the 18th":            {second.PaidIn, 10000},
		"paid out, one undone, the 18th": {second.PaidOut, 5000},
		"back-dated expense of the 18th": {second.Expenses, 800},
		"over-short of the 18th":         {second.OverShort, 240},
		"corrected cash of the 19th":     {third.Taken[s.cash], 15000},
		"corrected card of the 19th":     {third.Taken[s.card], 10100},
		"overpayment of the 19th":        {third.Overpayment, 50},
		"cheques to the bank":            {third.Deposits, 3000},
		"takings of the month":           {total.Takings(), due(total)},
		"turnover of the month":          {total.Gross(), 123580 + 40000 + 25050},
		"breakdown of the month":         {total.Breakdown, 0},
	} {
		if c.got != c.want {
			t.Errorf("%s is %d, want %d", name, c.got, c.want)
		}
	}
	if total.Sales != 47+21+12 || total.Customers != 45 {
		t.Errorf("%d sales, %d customers", total.Sales, total.Customers)
	}
}

func TestTheSummaryOfAllTillsIsTheSumOfEach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.fourDays(t)
		all, _ := s.month(t, "", anywhere)
		sum := newFigures("")
		for _, box := range []string{s.till.ID, s.second.ID, s.station.ID} {
			m, _ := s.month(t, box, anywhere)
			sum.add(m.Total)
		}
		if all.Total.Gross() != sum.Gross() || all.Total.Takings() != sum.Takings() || all.Total.Deposits != sum.Deposits || all.Total.OverShort != sum.OverShort || all.Total.Sales != sum.Sales {
			t.Errorf("all tills come to %+v, each to %+v", all.Total, sum)
		}
		one, _ := s.month(t, "", func(location string) bool { return location == s.gare })
		if one.Total.Gross() != 1055 || len(one.Accounts) != 1 {
			t.Errorf("the reader of one location sees %+v", one.Total)
		}
	})
}

// due is what the takings should come to: sales, gift vouchers sold, credit repaid and overpayments.
func due(f Figures) money.Amount { return f.Gross() + f.VouchersSold + f.Repaid + f.Overpayment }
