package journal

import (
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/papertest"
)

// november covers the month, every till.
var november = Query{First: "2026-11-01", Last: "2026-11-30"}

func (s *shop) journal(t *testing.T, query Query, sees func(string) bool) (j Journal, h Letterhead) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) (err error) {
		if j, err = Load(q, query, sees); err != nil {
			return err
		}
		h, err = loadLetterhead(q, query, sees, "Encaisse 0.1.0")
		return err
	})
	h.By = "Marie Lefèvre"
	return j, h
}

func TestThePrintedJournalIsTheSameOnBothDatabases(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.fourDays(t)
		j, h := s.journal(t, november, anywhere)
		out, err := j.Document(h).Bytes()
		if err != nil {
			t.Fatal(err)
		}
		keepPaper(t, "journal", out)
		text := papertest.Text(t, out)
		for _, extract := range []string{j.Proof.First.Extract, j.Proof.Last.Extract} {
			if len(extract) != 4 || !strings.Contains(text, extract) {
				t.Errorf("the paper does not show the extract %q", extract)
			}
		}
		papertest.Golden(t, "journal.txt", hideExtracts(j, text))
	})
}

// hideExtracts writes stars for the extracts of signatures.
func hideExtracts(j Journal, text string) string {
	all := []string{j.Proof.First.Extract, j.Proof.Last.Extract}
	for _, c := range j.Proof.Chains {
		all = append(all, c.First.Extract(), c.Last.Extract())
	}
	at := strings.Index(text, "Extrait de la chaîne scellée")
	head, tail := text[:at], text[at:]
	for _, extract := range all {
		tail = strings.ReplaceAll(tail, " "+extract, " ****")
	}
	return head + tail
}

func TestBalancesOfTheJournalAreThoseOfTheLedger(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.fourDays(t)
		j, _ := s.journal(t, Query{First: "2026-11-18", Last: "2026-11-19"}, anywhere)
		s.read(t, func(q *db.Snapshot) error {
			for _, a := range j.Accounts {
				key := cashbox.AccountKey(a.Box.ID, a.Method.ID)
				for on, got := range map[day.Day]money.Amount{"2026-11-17": a.Opening, "2026-11-19": a.Closing} {
					want, err := ledger.BalanceOn(q, key, on)
					if err != nil {
						return err
					}
					if got != want {
						t.Errorf("%s at the end of %s stands at %s, the ledger says %s", a.Name(), on, locale.Euro(got), locale.Euro(want))
					}
				}
				if last := a.Lines[len(a.Lines)-1].Balance; last != a.Closing || a.Opening+a.In-a.Out != a.Closing {
					t.Errorf("%s: the lines end at %s, opening + in − out is %s, closing %s", a.Name(), locale.Euro(last), locale.Euro(a.Opening+a.In-a.Out), locale.Euro(a.Closing))
				}
			}
			return nil
		})
		names := make([]string, len(j.Accounts))
		for i, a := range j.Accounts {
			names[i] = a.Name()
		}
		if want := []string{"Caisse 1, Espèces", "Caisse 1, Carte", "Caisse 1, Chèque", "Caisse 2, Carte", "Caisse de la Gare, Espèces"}; !slices.Equal(names, want) {
			t.Errorf("accounts are %q, want %q", names, want)
		}
	})
}

func TestAJournalShowsOnlyTheBoxesOfTheReader(t *testing.T) {
	d := dbtest.SQLite(t)
	s := newShop(t, d)
	s.fourDays(t)
	j, h := s.journal(t, november, func(location string) bool { return location == s.gare })
	if len(j.Accounts) != 1 || j.Accounts[0].Box.ID != s.station.ID || j.Count() != 1 {
		t.Errorf("the reader of one location sees %+v", j.Accounts)
	}
	if h.Scope != "Boutique de la Gare, Caisse de la Gare, tous les moyens de paiement" {
		t.Errorf("scope is %q", h.Scope)
	}
	s.read(t, func(q *db.Snapshot) error {
		query := november
		query.Box = s.till.ID
		if _, err := Load(q, query, func(location string) bool { return location == s.gare }); !fault.Is(err, fault.NotFound) {
			t.Errorf("a box of another location: %v", err)
		}
		query = november
		query.Method = s.gift
		if _, err := Load(q, query, anywhere); !fault.Is(err, fault.NotFound) {
			t.Errorf("a method that keeps no money: %v", err)
		}
		return nil
	})
}

func TestOneBoxOneMethodIsOneAccount(t *testing.T) {
	d := dbtest.SQLite(t)
	s := newShop(t, d)
	s.fourDays(t)
	query := november
	query.Box, query.Method = s.till.ID, s.cheque
	j, h := s.journal(t, query, anywhere)
	if len(j.Accounts) != 1 || j.Accounts[0].Closing != 0 || j.Accounts[0].In != 3000 || j.Count() != 2 {
		t.Errorf("cheques of the first till: %+v", j.Accounts)
	}
	if h.Scope != "Boutique des Halles, Caisse 1, Chèque" || h.Issuer.SIRET != "73282932000074" {
		t.Errorf("letterhead: %q, %+v", h.Scope, h.Issuer)
	}
	query.Box = ""
	if j, _ = s.journal(t, query, anywhere); len(j.Accounts) != 1 {
		t.Errorf("cheques of all tills: %+v", j.Accounts)
	}
}

func TestASearchKeepsTheBalancesOfTheWholeJournal(t *testing.T) {
	d := dbtest.SQLite(t)
	s := newShop(t, d)
	s.fourDays(t)
	for words, want := range map[string]int{"papeterie": 1, "PAPETERIE oeuvre": 0, "papeterie œuvre": 1, "especes 17/11": 1, "12,40": 1, "timbres": 1, "introuvable": 0, "journée 18/11": 4} {
		query := november
		query.Text = words
		j, _ := s.journal(t, query, anywhere)
		found, in, out := j.Find()
		if found.Count() != want {
			t.Errorf("%q finds %d lines, want %d", words, found.Count(), want)
		}
		if words == "timbres" && (in != 0 || out != 800 || found.Accounts[0].Lines[0].Balance == 0) {
			t.Errorf("%q comes to %d in, %d out: %+v", words, in, out, found.Accounts)
		}
	}
}

func TestAPeriodIsSaidTheFrenchWay(t *testing.T) {
	for want, days := range map[string][2]day.Day{
		"le 20\u00a0novembre 2026":                          {"2026-11-20", "2026-11-20"},
		"novembre 2026":                                     {"2026-11-01", "2026-11-30"},
		"du 1er au 20\u00a0novembre 2026":                   {"2026-11-01", "2026-11-20"},
		"du 1er\u00a0octobre au 20\u00a0novembre 2026":      {"2026-10-01", "2026-11-20"},
		"du 31\u00a0décembre 2025 au 1er\u00a0janvier 2026": {"2025-12-31", "2026-01-01"},
	} {
		if got := Period(days[0], days[1]); got != want {
			t.Errorf("%v is said %q, want %q", days, got, want)
		}
	}
}

func TestAnEmptyJournalPrintsAndSaysSo(t *testing.T) {
	d := dbtest.SQLite(t)
	s := newShop(t, d)
	j, h := s.journal(t, Query{First: "2025-01-01", Last: "2025-01-31"}, anywhere)
	out, err := j.Document(h).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if text := papertest.Text(t, out); !strings.Contains(text, "Aucun solde") || j.Proof.Entries != 0 {
		t.Errorf("proof %+v, paper:\n%s", j.Proof, text)
	}
}
