package accounting

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/books/fec"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/pagetest"
	"encaisse/internal/test/papertest"
	"encaisse/internal/test/visit"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

// cells are the lines of a file, a field a cell.
func cells(text string) [][]string {
	var rows [][]string
	for line := range strings.Lines(text) {
		rows = append(rows, strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
	}
	return rows
}

func noFault(t *testing.T, name, text string) {
	t.Helper()
	_, err := fec.Check(name, strings.NewReader(text), func(f fec.Fault) { t.Errorf("%s: %v", name, f) })
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheFileOfAYearIsEveryEntryOfTheLedgerInItsOrder(t *testing.T) { // LAW-FEC-1
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.threeDays(t)
		name, text := s.yearFile(t, "2026")
		if name != "732829320FEC20261231.txt" {
			t.Errorf("the file is called %s", name)
		}
		noFault(t, name, text)
		rows := cells(text)[1:]
		var seen []string
		for _, r := range rows {
			seen = append(seen, r[2]+" "+r[3]+" "+r[4]+" "+r[11]+" "+r[12]+" "+r[6])
		}
		// 120,00 TTC at 20 % is 100,00 and 20,00; 60,00 is 50,00 and 10,00; 72,00 is 60,00 and 12,00; 24,00 is 20,00 and 4,00.
		for _, want := range []string{"1 20261029 530 60,00 0,00 ", "1 20261029 5115 50,00 0,00 ", "1 20261029 411 10,00 0,00 411ZOE", "1 20261029 707 0,00 100,00 ", "1 20261029 44571 0,00 20,00 ",
			"2 20261030 5115 60,00 0,00 ", "3 20261030 5115 0,00 60,00 ", "4 20261030 5115 72,00 0,00 ", "4 20261030 707 0,00 60,00 ", "5 20261031 6064 5,00 0,00 ", "5 20261031 530 0,00 5,00 ", "6 20261031 530 24,00 0,00 "} {
			if !slices.Contains(seen, want) {
				t.Errorf("no line %q in\n%s", want, strings.Join(seen, "\n"))
			}
		}
		if len(rows) != 19 { // 5, then 3 three times, 2 and 3
			t.Errorf("%d lines", len(rows))
		}
		for _, r := range rows {
			if r[0] != "CA" || r[15] != "20261105" || !strings.HasPrefix(r[8], "J2026") && r[8] != "E5" {
				t.Errorf("line %q", r)
			}
		}
	})
}

func TestAYearOpensWithTheBalancesOfTheBalanceSheetAndTheResultBefore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.threeDays(t)
		dbtest.SetClock(t, d, "2027-01-05 09:00")
		s.move(t, s.till.ID, cashbox.PaidIn, 1000, "2026-11-05")
		s.write(t, func(tx *db.Tx) error {
			_, err := ledger.Post(tx, ledger.Entry{On: "2027-01-04", Kind: "test", Source: "test:1", By: marie, Memo: "Essai", Accounts: []ledger.Account{{Key: "a", Code: "58", Label: "Virements", Sense: ledger.Debit}, {Key: "b", Code: "512", Label: "Banque", Sense: ledger.Debit}},
				Lines: []ledger.Line{{Account: "a", Amount: 100}, {Account: "b", Amount: -100}}})
			return err
		})
		name, text := s.yearFile(t, "2027")
		noFault(t, name, text)
		var got []string
		for _, r := range cells(text)[1:] {
			got = append(got, r[0]+" "+r[2]+" "+r[4]+" "+r[11]+" "+r[12])
		}
		// cash 60 + 24 − 5 + 10, cards 50 + 72, the customer 10; VAT 20 + 12 + 4; the owner 10; the result 100 + 60 + 20 − 5.
		want := []string{"OUV OUVERTURE/2027 108 0,00 10,00", "OUV OUVERTURE/2027 120 0,00 175,00", "OUV OUVERTURE/2027 411 10,00 0,00", "OUV OUVERTURE/2027 44571 0,00 36,00",
			"OUV OUVERTURE/2027 5115 122,00 0,00", "OUV OUVERTURE/2027 530 89,00 0,00", "CA 1 580 1,00 0,00", "CA 1 512 0,00 1,00"}
		if !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	})
}

func TestOfADayOnlyWhatStandsLeavesAndOncePerAccountAndSide(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.threeDays(t)
		s.read(t, func(q *db.Snapshot) error {
			entries, err := Daily(q, october.First, october.Last)
			if err != nil {
				return err
			}
			want := [][]DayLine{
				{{"411", "Clients", "411ZOE", "Zoé Łukasz", 1000}, {"5115", "Cartes bancaires à encaisser, Caisse 1", "", "", 5000}, {"530", "Caisse, Caisse 1", "", "", 6000},
					{"44571", "TVA collectée 20\u00a0%", "", "", -2000}, {"707", "Ventes de marchandises, Épicerie", "", "", -10000}},
				{{"5115", "Cartes bancaires à encaisser, Caisse 1", "", "", 7200}, {"44571", "TVA collectée 20\u00a0%", "", "", -1200}, {"707", "Ventes de marchandises, Épicerie", "", "", -6000}},
				{{"530", "Caisse, Caisse 1", "", "", 2400}, {"6064", "Fournitures administratives", "", "", 500}, {"44571", "TVA collectée 20\u00a0%", "", "", -400}, {"530", "Caisse, Caisse 1", "", "", -500},
					{"707", "Ventes de marchandises, Épicerie", "", "", -2000}},
			}
			if len(entries) != len(want) {
				t.Fatalf("%d entries: %+v", len(entries), entries)
			}
			for i, e := range entries {
				if !slices.Equal(e.Lines, want[i]) || e.balance() != 0 {
					t.Errorf("%s:\ngot  %+v\nwant %+v", e.On, e.Lines, want[i])
				}
			}
			return nil
		})
	})
}

func TestAPeriodLeavesOnceItIsWholeAndTheSameAgainIsTheSameFile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.close(t, "2026-10-29", "120,00", "60,00", "", "60,00", "60,00")
		if _, err := s.give(false); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "Journée à saisir le 30/10/2026") {
			t.Fatalf("a period with a day missing leaves: %v", err)
		}
		s.close(t, "2026-10-30", "60,00", "60,00", "", "", "60,00")
		s.close(t, "2026-10-31", "24,00", "", "", "24,00", "84,00")
		first, err := s.give(false)
		if err != nil || first.Entries != 3 || first.Debit != 20400 || first.Name != "ecritures_2026-10_fec.txt" {
			t.Fatalf("%+v, %v", first, err)
		}
		again, err := s.give(false)
		if err != nil || again.ID != first.ID {
			t.Errorf("the same period gave %+v, %v", again, err)
		}
		if same, err := s.give(true); err != nil || same.ID != first.ID {
			t.Errorf("made afresh without a change: %+v, %v", same, err)
		}
		s.read(t, func(q *db.Snapshot) error {
			_, content, err := Content(q, first.ID)
			noFault(t, "732829320FEC20261231.txt", string(content))
			summaries, err2 := daysheet.Summaries(q, "2026-10")
			state, exported := summaries[s.company].State(31, "2026-11-05")
			if err2 != nil || state != daysheet.CellLocked || !exported {
				t.Errorf("31 October is %s, exported %v", state, exported)
			}
			return err
		})
		late := cashbox.Movement{ID: "0199e000-0000-7000-8000-000000000001", Box: s.till.ID, Method: s.cash, Kind: cashbox.PaidIn, Amount: 100, On: "2026-10-31"}
		err = d.Write(context.Background(), s.company, func(tx *db.Tx) error { return cashbox.Record(tx, late, "2026-11-05", marie) })
		if !fault.Is(err, fault.Locked) {
			t.Errorf("a movement in the period after it left: %v", err)
		}
		s.write(t, func(tx *db.Tx) error {
			settings := Defaults()
			settings.Default = Journal{"CX", "Caisse principale"}
			settings.AccountLength = 6
			return Save(tx, marie, settings)
		})
		second, err := s.give(true)
		if err != nil || second.Version != 2 || bytes.Equal(second.Digest, first.Digest) {
			t.Errorf("made afresh: %+v, %v", second, err)
		}
		s.read(t, func(q *db.Snapshot) error {
			_, content, err := Content(q, second.ID)
			if !strings.Contains(string(content), "CX\tCaisse principale\t1\t20261029\t530000\t") {
				t.Errorf("the new journal is not in %s", content)
			}
			return err
		})
	})
}

func TestAPeriodThatIsNotOverOrIsNoneDoesNotLeave(t *testing.T) {
	for _, c := range []struct {
		p    Period
		want string
	}{
		{Period{"2026-10-31", "2026-10-01"}, "finit avant de commencer"}, {Period{"2026-11-01", "2026-11-05"}, "une fois finie"}, {Period{"2025-01-01", "2026-10-31"}, "un an au plus"}, {Period{"2026-10-01", ""}, "Donnez le dernier jour"},
	} {
		err := c.p.Check("2026-11-05")
		if f := faultOf(err); f == nil || !strings.Contains(f.Fields["au"], c.want) {
			t.Errorf("%v: %v", c.p, err)
		}
	}
	if err := (Period{"2026-10-01", "2026-11-04"}).Check("2026-11-05"); err != nil {
		t.Error(err)
	}
}

func TestEachLayoutIsItsGoldenFile(t *testing.T) {
	entries := []DayEntry{
		{On: "2026-10-29", Journal: Journal{"CA", "Caisse"}, Piece: "J20261029", Label: "Recettes du 29/10/2026", Lines: []DayLine{
			{"411000", "Clients", "411ZOE", "Zoé Łukasz; « la fleuriste »", 1000}, {"530000", "Caisse", "", "", 11000}, {"445710", "TVA collectée 20\u00a0%", "", "", -2000}, {"707000", "Ventes de marchandises", "", "", -10000}}},
		{On: "2026-10-30", Journal: Journal{"CA2", "Caisse"}, Piece: "J20261030-12", Label: "Recettes du 30/10/2026 Caisse du marché d’été", Lines: []DayLine{
			{"530000", "Caisse", "", "", 123456789}, {"411000", "Clients", "411ZOE", "Zoé Łukasz", -123456789}}},
	}
	for _, l := range Layouts() {
		var out bytes.Buffer
		l.write(&out, entries)
		if l.Format == FormatXImport || l.Format == FormatQuadra {
			widths := map[byte]int{}
			for line := range strings.Lines(out.String()) {
				kind := line[0]
				if l.Format == FormatXImport {
					kind = 0
				}
				if n, seen := widths[kind]; seen && n != len(line) {
					t.Errorf("%s: a line of %d characters, another of %d", l.Format, n, len(line))
				}
				widths[kind] = len(line)
			}
		}
		text := strings.ReplaceAll(string(latinToUTF8(out.Bytes())), "\r\n", "\n")
		papertest.Golden(t, "layout-"+l.Format+".txt", text)
	}
}

// latinToUTF8 is a file as text.
func latinToUTF8(b []byte) []byte {
	var out []rune
	for _, c := range b {
		out = append(out, rune(c))
	}
	return []byte(string(out))
}

func TestSettingsThatNoProgramTakesAreRefusedOnTheirField(t *testing.T) {
	for field, change := range map[string]func(*Settings){
		"format":           func(s *Settings) { s.Format = "wordstar" },
		"longueur":         func(s *Settings) { s.AccountLength = 2 },
		"code-commun":      func(s *Settings) { s.Default.Code = "C A" },
		"intitule-commun":  func(s *Settings) { s.Default.Label = "" },
		"code-ouverture":   func(s *Settings) { s.Opening.Code = "" },
		"code-caisse-1":    func(s *Settings) { s.ByBox["caisse-1"] = Journal{"TROPLONG", "Caisse"} },
		"intitule-caisse1": func(s *Settings) { s.ByBox["caisse1"] = Journal{"C1", strings.Repeat("x", 61)} },
	} {
		s := Defaults()
		change(&s)
		if f := faultOf(s.check()); f == nil || f.Fields[field] == "" {
			t.Errorf("%s: %v", field, s.check())
		}
	}
}

func BenchmarkFEC(b *testing.B) {
	d := dbtest.SQLite(b)
	company := dbtest.Company(b, d)
	const entries, lines = 4000, 8
	for done := 0; done < entries; done += 500 {
		err := d.Write(context.Background(), company, func(tx *db.Tx) error {
			for i := range 500 {
				e := ledger.Entry{On: "2026-10-29", Kind: "daysheet", Source: "daysheet:b:2026-10-29", By: marie, Memo: "Journée du 29/10/2026"}
				for n := range lines {
					key := "box/b/" + string(rune('a'+n))
					e.Accounts = append(e.Accounts, ledger.Account{Key: key, Code: "530", Label: "Caisse", Sense: ledger.Debit})
					e.Lines = append(e.Lines, ledger.Line{Account: key, Amount: money.Amount(100 * (1 - 2*(n%2)) * (i + 1)), Memo: "Recettes"})
				}
				if _, err := ledger.Post(tx, e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
			years, err := Years(q)
			if err == nil {
				_, err = WriteFEC(q, discard{}, years[0])
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*entries*lines)/b.Elapsed().Seconds(), "rows/s")
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func TestAPeriodIsControlledGivenAndDownloadedThroughItsPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		names := func(db.Querier) (map[string]string, error) { return map[string]string{"u1": "Samira Benali"}, nil }
		v := visit.As(t, s.company, New(d, names).Routes())
		const page = "/rapports/exports"
		v.Get(t, page+"?mois=2026-10").Is(t, 200, "Aucune écriture sur cette période", "Journée à saisir")
		s.threeDays(t)
		v.Get(t, page+"?mois=2026-10").Is(t, 200, "Exporter 3\u00a0écritures", "Débit et crédit sont égaux", "707", "fec/2026")
		v.Post(t, page+"/exporter", "du", "", "au", "").Is(t, 422, "Donnez le premier jour")
		v.Post(t, page+"/exporter", "du", "2026-10-31", "au", "2026-10-01").Is(t, 422, "finit avant de commencer")
		v.Post(t, page+"/exporter", "du", "2026-10-01", "au", "2026-10-31").LeadsTo(t, page+"?du=2026-10-01&au=2026-10-31")
		v.Get(t, page+"?du=2026-10-01&au=2026-10-31").Is(t, 200, "Télécharger ecritures_2026-10_fec.txt", "Samira Benali")
		var exports []Export
		s.read(t, func(q *db.Snapshot) (err error) {
			exports, _, err = Exports(q, 10, 0)
			return err
		})
		if len(exports) != 1 {
			t.Fatalf("%d exports", len(exports))
		}
		noFault(t, "732829320FEC20261231.txt", v.Get(t, page+"/"+exports[0].ID).Is(t, 200).Body)
		noFault(t, "732829320FEC20261231.txt", v.Get(t, page+"/fec/2026").Is(t, 200).Body)
		v.Get(t, page+"/fec/1999").Is(t, 404)
		v.Get(t, page+"/unknown").Is(t, 404)
		v.Access.Locations = []string{"elsewhere"}
		v.Get(t, page).Is(t, 403)
		v.Get(t, page+"/"+exports[0].ID).Is(t, 403)
		v.Get(t, page+"/fec/2026").Is(t, 403)
	})
}

func TestTheSettingsAreKeptAndWhatIsRefusedComesBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		v := visit.As(t, s.company, New(d, nil).Routes())
		const page = "/reglages/exports"
		fields := []string{"format", "quadra", "longueur", "6", "code-commun", "ca", "intitule-commun", "Caisse", "code-ouverture", "AN", "intitule-ouverture", "À nouveau"}
		v.Get(t, page).Is(t, 200, "Caisse 1", "Sage\u00a050")
		v.Post(t, page, append(fields, codeField(s.till.ID), "C-1", labelField(s.till.ID), "Caisse 1")...).Is(t, 422, `value="C-1"`, "Un code de journal a de 1 à 3 lettres")
		v.Post(t, page, append(fields, codeField(s.till.ID), "C1", labelField(s.till.ID), "Caisse 1")...).LeadsTo(t, page)
		s.read(t, func(q *db.Snapshot) error {
			got, err := Load(q)
			if got.Format != FormatQuadra || got.AccountLength != 6 || got.Default.Code != "CA" || got.Of(s.till.ID).Code != "C1" || got.Of("").Code != "CA" || got.Opening.Code != "AN" {
				t.Errorf("settings %+v", got)
			}
			return err
		})
	})
}

func TestAPeriodThatEndsOnAClosedDayIsLockedThroughItAndVerifies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.threeDays(t)
		s.write(t, func(tx *db.Tx) error { // 1 November 2026 is a Sunday
			_, err := Give(tx, Request{Period: Period{"2026-10-01", "2026-11-01"}, By: marie})
			return err
		})
		late := cashbox.Movement{ID: "0199e000-0000-7000-8000-000000000002", Box: s.till.ID, Method: s.cash, Kind: cashbox.PaidIn, Amount: 100, On: "2026-11-01", Memo: "Essai"}
		err := d.Write(context.Background(), s.company, func(tx *db.Tx) error { return cashbox.Record(tx, late, "2026-11-05", marie) })
		if !fault.Is(err, fault.Locked) {
			t.Errorf("a movement on the last day of what left: %v", err)
		}
		s.read(t, func(q *db.Snapshot) error {
			_, err := daysheet.Verify(q)
			return err
		})
		s.close(t, "2026-11-02", "12,00", "", "", "12,00", "91,00")
	})
}
