package intake

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/job"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/party"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/pagetest"
	"encaisse/internal/test/shoptest"
	"encaisse/internal/test/visit"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

func all(string) bool { return true }

// received keeps a file as somebody would choose it, and gives its import.
func received(t *testing.T, s *shoptest.Shop, kind Kind, text string, change ...func(*Mapping)) Intake {
	t.Helper()
	i := Intake{ID: id.New(), Kind: kind, Name: "essai.csv", By: shoptest.Claire}
	s.Write(t, func(tx *db.Tx) error {
		r, err := LoadRegisters(tx, all)
		if err != nil {
			return err
		}
		if err := Receive(tx, i, []byte(text), r); err != nil {
			return err
		}
		if i, err = Get(tx, i.ID); err != nil || len(change) == 0 {
			return err
		}
		for _, c := range change {
			c(&i.Mapping)
		}
		return Match(tx, i.ID, i.Mapping, r)
	})
	return i
}

func inTill(s *shoptest.Shop) func(*Mapping) { return func(m *Mapping) { m.Box = s.Till.ID } }

func planFor(t *testing.T, s *shoptest.Shop, i Intake) (plan Plan) {
	t.Helper()
	s.Read(t, func(q *db.Snapshot) error {
		r, err := LoadRegisters(q, all)
		if err != nil {
			return err
		}
		if i, err = Get(q, i.ID); err == nil {
			plan, err = planned(q, i, r)
		}
		return err
	})
	return plan
}

// started starts an import and lets the job do its work.
func started(t *testing.T, s *shoptest.Shop, i Intake) Intake {
	t.Helper()
	s.Write(t, func(tx *db.Tx) error {
		r, err := LoadRegisters(tx, all)
		if err != nil {
			return err
		}
		return Start(tx, i.ID, shoptest.Claire, r)
	})
	return worked(t, s, i)
}

func worked(t *testing.T, s *shoptest.Shop, i Intake) Intake {
	t.Helper()
	w := Worker{DB: s.DB, Log: slog.New(slog.DiscardHandler)}
	runner := job.Runner{DB: s.DB, Handlers: map[string]job.Handler{Job: w.Work}, Log: w.Log}
	if err := runner.Work(context.Background()); err != nil {
		t.Fatal(err)
	}
	s.Read(t, func(q *db.Snapshot) (err error) {
		i, err = Get(q, i.ID)
		return err
	})
	return i
}

func dayOf(t *testing.T, s *shoptest.Shop, on day.Day) (p daysheet.Page) {
	t.Helper()
	s.Read(t, func(q *db.Snapshot) (err error) {
		p, err = daysheet.Load(q, s.Till.ID, on)
		return err
	})
	return p
}

const threeDays = "Date;Z;Épicerie;Boissons;Espèces;CB\n18/11/2026;41;105,50;120;25,50;200\n19/11/2026;42;50;;50;\n2026-11-20;43;10;20;;30\n"

func TestDaysComeInAsDraftsMatchedByTheirTitles(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		i := started(t, s, received(t, s, Days, threeDays, inTill(s)))
		if i.State != Done || i.Done != 3 || i.Total != 3 {
			t.Fatalf("%+v", i)
		}
		p := dayOf(t, s, "2026-11-18")
		if p.Draft == nil || p.Draft.Gross != 22550 || p.Draft.Fields["z"] != "41" || daysheet.SourceOf(p.Draft.Fields) != daysheet.ByFile {
			t.Errorf("%+v", p.Draft)
		}
		if next := received(t, s, Days, strings.ReplaceAll(threeDays, "/11/2026", "/10/2026")); next.Mapping.Box != s.Till.ID || !slices.Equal(next.Mapping.Columns, i.Mapping.Columns) {
			t.Errorf("the matching of the source is not remembered: %+v", next.Mapping)
		}
	})
}

func TestEachFaultIsOnItsLineAndNothingComesIn(t *testing.T) {
	s := shoptest.New(t, dbtest.SQLite(t))
	s.Write(t, func(tx *db.Tx) error {
		_, err := daysheet.SaveDraft(tx, s.Till.ID, "2026-11-15", map[string]string{"z": "3"}, 0, shoptest.Claire)
		return err
	})
	i := received(t, s, Days, "Date;Caisse;Épicerie;Espèces;Tickets\n31/02/2026;Caisse 1;1;1;1\n18/11/2026;Caisse 9;1;1;1\n18/11/2026;Caisse 1;un;1;1\n17/11/2026;Caisse 1;1;1;beaucoup\n15/11/2026;Caisse 1;1;1;1\n30/11/2026;Caisse 1;1;1;1\n16/11/2026;Caisse 1;;;\n14/11/2026;Caisse 1;1;1;1\n")
	plan := planFor(t, s, i)
	want := map[int]string{2: "ne se lit pas", 3: "ne s’appelle", 4: "«\u00a0Épicerie\u00a0»: «\u00a0un\u00a0»", 5: "nombre entier", 6: "commencé à saisir", 7: "pas encore commencée", 8: "ni vente ni règlement"}
	if len(plan.Faults) != len(want) {
		t.Errorf("%+v", plan.Faults)
	}
	for _, f := range plan.Faults {
		if w := strings.ReplaceAll(want[f.Line], "»:", "»\u00a0:"); w == "" || !strings.Contains(f.Text, w) {
			t.Errorf("line %d says %q", f.Line, f.Text)
		}
	}
	err := s.DB.Write(context.Background(), s.Company, func(tx *db.Tx) error {
		r, err := LoadRegisters(tx, all)
		if err != nil {
			return err
		}
		return Start(tx, i.ID, shoptest.Claire, r)
	})
	if !fault.Is(err, fault.Invalid) || dayOf(t, s, "2026-11-14").Draft != nil {
		t.Errorf("started in spite of its faults: %v", err)
	}
}

func TestLinesOfTheSameDayAddUp(t *testing.T) {
	s := shoptest.New(t, dbtest.SQLite(t))
	text := "Relevé;;;\nDate;Catégorie;Mode de paiement;Montant TTC\n18/11/2026 09:12;Épicerie;CB;10,50\n18/11/2026 10:00;Vins;Espèces;20\n18/11/2026 11:00;Épicerie;CB;-0,50\n"
	i := received(t, s, Days, text, inTill(s))
	plan := planFor(t, s, i)
	if len(plan.Faults) != 1 || !strings.Contains(plan.Faults[0].Text, "Vins") || len(plan.Labels) != 4 {
		t.Fatalf("%+v %+v", plan.Faults, plan.Labels)
	}
	i = received(t, s, Days, text, inTill(s), func(m *Mapping) { m.Values = map[string]string{byRubric + ":vins": daysheet.FieldSale + s.Bar} })
	if i = started(t, s, i); i.State != Done {
		t.Fatalf("%+v", i)
	}
	f := dayOf(t, s, "2026-11-18").Draft.Fields
	if f["v-"+s.Grocery] != "10,00" || f["v-"+s.Bar] != "20,00" || f["r-"+s.Card] != "10,00" || f["r-"+s.Cash] != "20,00" {
		t.Errorf("%v", f)
	}
}

func TestAnImportClosesItsDaysInTurnAndThoseThatCannotStayDrafts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		text := strings.Replace(threeDays, "42;50;;50;", "42;50;;49;", 1)
		i := started(t, s, received(t, s, Days, text, inTill(s), func(m *Mapping) { m.Close, m.Expected = true, true }))
		if i.State != Done {
			t.Fatalf("%+v", i)
		}
		if v := dayOf(t, s, "2026-11-18").Current(); v == nil || v.Source != daysheet.ByFile || v.Gross != 22550 || v.OverShort != 0 {
			t.Errorf("%+v", v)
		}
		if p := dayOf(t, s, "2026-11-19"); p.Current() != nil || p.Draft == nil {
			t.Error("a day that does not balance was closed")
		}
		s.Read(t, func(q *db.Snapshot) error {
			list, err := items(q, i.ID)
			if err == nil && (len(list) != 3 || list[0].Kind != itemSheet || list[1].Kind != itemDraft || !strings.Contains(list[1].Note, "Il manque 1,00")) {
				t.Errorf("%+v", list)
			}
			return err
		})
	})
}

func undone(t *testing.T, s *shoptest.Shop, i Intake) (Intake, map[int]Item) {
	t.Helper()
	s.Write(t, func(tx *db.Tx) error { return Undo(tx, i.ID, shoptest.Claire) })
	i = worked(t, s, i)
	byLine := map[int]Item{}
	s.Read(t, func(q *db.Snapshot) error {
		list, err := items(q, i.ID)
		for _, item := range list {
			byLine[item.Line] = item
		}
		return err
	})
	return i, byLine
}

func TestAnImportUndoneLeavesNothingButWhatPeopleTouched(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		i := started(t, s, received(t, s, Days, threeDays, inTill(s)))
		s.Write(t, func(tx *db.Tx) error {
			_, err := daysheet.SaveDraft(tx, s.Till.ID, "2026-11-19", map[string]string{"z": "42 bis"}, 1, shoptest.Claire)
			return err
		})
		i, list := undone(t, s, i)
		if i.State != Undone || list[2].State != itemUndone || list[3].State != itemKept || list[4].State != itemUndone {
			t.Errorf("%+v %+v", i, list)
		}
		if dayOf(t, s, "2026-11-18").Draft != nil || dayOf(t, s, "2026-11-19").Draft == nil {
			t.Error("the wrong drafts are left")
		}
	})
}

func TestUndoingDaysThatWereClosedCorrectsThemToNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		i := started(t, s, received(t, s, Days, threeDays, inTill(s), func(m *Mapping) { m.Close, m.Expected = true, true }))
		i, list := undone(t, s, i)
		if i.State != Undone || list[2].State != itemUndone || list[4].State != itemUndone {
			t.Errorf("%+v %+v", i, list)
		}
		for _, on := range []day.Day{"2026-11-18", "2026-11-19", "2026-11-20"} {
			p := dayOf(t, s, on)
			if v := p.Current(); v == nil || v.Number < 2 || v.Gross != 0 || v.Taken != 0 || v.OverShort != 0 {
				t.Errorf("%s: %+v", on, v)
			}
		}
		s.Read(t, func(q *db.Snapshot) error {
			for _, prefix := range []string{"box/", "sale/", "vat/", "over/", "short/"} {
				balances, err := ledger.Balances(q, prefix)
				if err != nil {
					return err
				}
				for account, b := range balances {
					if b != 0 {
						t.Errorf("%s holds %d", account, b)
					}
				}
			}
			return nil
		})
	})
}

func TestADayTakenMeanwhileRefusesTheWholeFile(t *testing.T) {
	s := shoptest.New(t, dbtest.SQLite(t))
	i := received(t, s, Days, threeDays, inTill(s))
	s.Write(t, func(tx *db.Tx) error {
		r, err := LoadRegisters(tx, all)
		if err != nil {
			return err
		}
		if err := Start(tx, i.ID, shoptest.Claire, r); err != nil {
			return err
		}
		_, err = daysheet.SaveDraft(tx, s.Till.ID, "2026-11-20", map[string]string{"z": "9"}, 0, shoptest.Claire)
		return err
	})
	i = worked(t, s, i)
	if i.State != Failed || !strings.Contains(i.Message, "20/11/2026") || dayOf(t, s, "2026-11-18").Draft != nil {
		t.Errorf("%+v", i)
	}
}

func TestAnImportStoppedOrCutTakesBackWhatItBrought(t *testing.T) {
	s := shoptest.New(t, dbtest.SQLite(t))
	i := received(t, s, Days, threeDays, inTill(s))
	s.Write(t, func(tx *db.Tx) error {
		r, err := LoadRegisters(tx, all)
		if err != nil {
			return err
		}
		if err := Start(tx, i.ID, shoptest.Claire, r); err != nil {
			return err
		}
		return Stop(tx, i.ID)
	})
	if i = worked(t, s, i); i.State != Cancelled || dayOf(t, s, "2026-11-18").Draft != nil {
		t.Errorf("%+v", i)
	}
	i = received(t, s, Days, threeDays, inTill(s))
	s.Write(t, func(tx *db.Tx) error {
		r, err := LoadRegisters(tx, all)
		if err != nil {
			return err
		}
		if err := Start(tx, i.ID, shoptest.Claire, r); err != nil {
			return err
		}
		if i, err = Get(tx, i.ID); err != nil {
			return err
		}
		plan, err := planned(tx, i, r)
		if err != nil {
			return err
		}
		item, err := bringOne(tx, i, plan.Entries[0]) // as a run that died after its first part leaves it
		if err != nil {
			return err
		}
		return insertItems(tx, i.ID, []Item{item})
	})
	if i = worked(t, s, i); i.State != Failed || !strings.Contains(i.Message, "s’est arrêté") || dayOf(t, s, "2026-11-18").Draft != nil {
		t.Errorf("%+v", i)
	}
}

func TestTheSameFileIsNoticed(t *testing.T) {
	s := shoptest.New(t, dbtest.SQLite(t))
	started(t, s, received(t, s, Days, threeDays, inTill(s)))
	again := received(t, s, Days, threeDays)
	v := visit.As(t, s.Company, New(s.DB, noNames).Routes())
	v.Get(t, "/reglages/imports/"+again.ID).Is(t, 200, "Ce fichier a déjà été importé", "Quelqu’un a commencé à saisir")
}

func noNames(db.Querier) (map[string]string, error) { return nil, nil }

const twoCustomers = "Nom;E-mail;SIRET;Ville;Plafond\nZoé Lambert;zoe@example.fr;;Arles;100\nBrasserie du Port;;73282932000074;Lyon;\n"

func TestCustomersComeInOnceAndAreUndone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		i := started(t, s, received(t, s, Customers, twoCustomers))
		if i.State != Done || i.Done != 2 {
			t.Fatalf("%+v", i)
		}
		find := func(words string) (list []party.Party) {
			s.Read(t, func(q *db.Snapshot) (err error) {
				list, _, err = party.Find(q, party.Search{Kind: party.Customer, Words: words})
				return err
			})
			return list
		}
		if zoe := find("zoe"); len(zoe) != 1 || !zoe[0].Limited || zoe[0].CreditLimit != 10000 || zoe[0].Nature != party.Person {
			t.Errorf("%+v", zoe)
		}
		again := planFor(t, s, received(t, s, Customers, strings.Replace(twoCustomers, "Zoé Lambert", "Z. Lambert", 1)))
		if again.Brings() != 0 || !again.Entries[0].Skip || !again.Entries[1].Skip {
			t.Errorf("customers who have a card come in again: %+v", again.Entries)
		}
		port := find("port")[0]
		port.City = "Marseille"
		s.Write(t, func(tx *db.Tx) error { return party.Change(tx, port) })
		_, list := undone(t, s, i)
		if list[2].State != itemUndone || list[3].State != itemKept || len(find("")) != 1 {
			t.Errorf("%+v", list)
		}
	})
}

func TestWhatTheProgramExportsComesInWithoutMatching(t *testing.T) {
	s := shoptest.New(t, dbtest.SQLite(t))
	export := "\uFEFFNom;Nature;E-mail;Téléphone;Adresse;Code postal;Ville;SIRET;TVA;Compte;Note;Plafond;Doit\r\n'=1+1;Entreprise;;;;;Lyon;73282932000074;;;;;0,00\r\n"
	plan := planFor(t, s, received(t, s, Customers, export))
	if len(plan.Faults) != 0 || plan.Brings() != 1 || plan.Entries[0].Label != "=1+1" {
		t.Errorf("%+v", plan)
	}
}

func TestTheExportOfSquareIsKnownByItsTitles(t *testing.T) {
	s := shoptest.New(t, dbtest.SQLite(t))
	text := "Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,Other Tender,Other Tender Type,Tender Note,Fees,Net Total,Transaction ID\n" +
		"2026-11-18,12:05:10,Paris,€10.00,€0.00,€0.00,€10.00,€0.00,€0.55,€0.00,€0.00,€10.55,Point of Sale,€10.55,Chip,€0.00,€0.00,€0.00,,,€0.19,€10.36,abc\n" +
		"2026-11-18,12:15:10,Paris,€4.00,€0.00,€0.00,€4.00,€0.00,€0.00,€0.00,€0.00,€4.00,Point of Sale,€0.00,,€4.00,€0.00,€0.00,,,€0.00,€4.00,def\n"
	i := received(t, s, Days, text, inTill(s), func(m *Mapping) { m.Columns[11] = daysheet.FieldSale + s.Grocery })
	plan := planFor(t, s, i)
	if len(plan.Faults) != 0 || len(plan.Entries) != 1 || plan.Entries[0].Gross != 1455 || plan.Entries[0].Taken != 1455 {
		t.Errorf("%+v", plan)
	}
}

func TestTheSalesReportOfSumUpIsKnownByItsTitles(t *testing.T) {
	s := shoptest.New(t, dbtest.SQLite(t))
	text := "Date,Type,Réf. transaction,Moyen de paiement,Quantité,Description,Catégorie,SKU,Devise,Prix avant réduction,Réduction,Prix (TTC),Prix (HT),TVA,Taux de TVA,Compte\n" +
		"\"18 nov. 2026 10:15\",Vente,TA,Visa - Débit,\"1,595\",Café en grains,Épicerie,,EUR,\"16,00\",\"0,14\",\"15,86\",\"15,03\",\"0,83\",\"5,5 %\",Claire\n" +
		"18 nov. 2026 11:02,Vente,TB,Espèces,2,Thé,Épicerie,,EUR,8,0,\"8,00\",\"7,58\",\"0,42\",\"5,5 %\",Claire\n" +
		"18 nov. 2026 16:40,Remboursement,TC,Mastercard - Crédit,1,Thé,Épicerie,,EUR,4,0,\"4,00\",\"3,79\",\"0,21\",\"5,5 %\",Claire\n" +
		"18 nov. 2026 17:10,Remboursement,TD,Espèces,1,Thé,Épicerie,,EUR,1,0,\"-1,00\",\"-0,95\",\"-0,05\",\"5,5 %\",Claire\n" +
		"19 sept. 2026 9:05,Vente,TE,American Express - Crédit,1,Montant personnalisé,,,EUR,3,0,3,3,0,,Claire\n"
	i := received(t, s, Days, text, inTill(s))
	plan := planFor(t, s, i)
	if len(plan.Faults) != 1 || plan.Faults[0].Line != 6 || !strings.Contains(plan.Faults[0].Text, "ne correspond à rien") {
		t.Errorf("only the sale without a category is asked about: %+v", plan.Faults)
	}
	i = received(t, s, Days, text, inTill(s), func(m *Mapping) { m.Values[byRubric+":"] = daysheet.FieldSale + s.Grocery })
	plan = planFor(t, s, i)
	if len(plan.Faults) != 0 || len(plan.Entries) != 2 {
		t.Fatalf("%+v", plan)
	}
	september, november := plan.Entries[0], plan.Entries[1]
	if september.Label != "19/09/2026" || september.Gross != 300 || november.Label != "18/11/2026" || november.Gross != 1886 || november.Taken != 1886 {
		t.Errorf("%+v", plan.Entries)
	}
	started(t, s, i)
	next := received(t, s, Days, strings.NewReplacer("18 nov.", "20 nov.", "Mastercard - Crédit", "Maestro").Replace(text[:strings.Index(text, "19 sept.")]))
	if plan := planFor(t, s, next); len(plan.Faults) != 0 || len(plan.Entries) != 1 || plan.Entries[0].Taken != 1886 || next.Mapping.Values[byRubric+":"] == "" {
		t.Errorf("the next report, with another card and what was said of the last one: %+v %v", plan, next.Mapping.Values)
	}
	alone := Registers{Categories: []catalog.SalesCategory{{ID: "seul"}}}
	if known := profiles[1].meanings([]Label{{Field: byRubric + ":epicerie"}, {Field: byPayment + ":visa - debit"}}, alone); len(known) != 1 || known[byRubric+":epicerie"] != daysheet.FieldSale+"seul" {
		t.Errorf("where all is of one category and nothing is paid by card: %v", known)
	}
	card, cash := november.day.fields[daysheet.FieldTaken+s.Card], november.day.fields[daysheet.FieldTaken+s.Cash]
	if card != "11,86" || cash != "7,00" {
		t.Errorf("card %s, cash %s", card, cash)
	}
}

func TestAFileIsChosenMatchedImportedAndUndoneThroughItsPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		v := visit.As(t, s.Company, New(d, noNames).Routes())
		v.Get(t, "/reglages/imports").Is(t, 200, "Lire le fichier", "Journées de caisse")
		v.Get(t, "/reglages/imports/modeles/journees.csv").Is(t, 200, "Date;Caisse", "Épicerie", "Espèces, compté")
		v.Upload(t, "/reglages/imports", "fichier", "x.csv", []byte("a;b")).Is(t, 422, "Dites ce que contient le fichier")
		i := received(t, s, Days, threeDays)
		page := "/reglages/imports/" + i.ID
		v.Get(t, page).Is(t, 200, "Aucune caisse n’est indiquée", "3\u00a0lignes à corriger")
		v.Post(t, page+"/lancer").Is(t, 422, "encore des lignes à corriger")
		form := []string{"largeur", "6", "titres", "1", "caisse", s.Till.ID}
		for n, target := range i.Mapping.Columns {
			form = append(form, fmt.Sprintf("col-%d", n), target)
		}
		v.Post(t, page+"/colonnes", form...).LeadsTo(t, page)
		v.Get(t, page).Is(t, 200, "Importer 3\u00a0journées", "18/11/2026", "225,50\u00a0€")
		v.Post(t, page+"/lancer").LeadsTo(t, page)
		v.Get(t, page).Is(t, 200, "En cours", "Arrêter et tout reprendre")
		worked(t, s, i)
		v.Get(t, page).Is(t, 200, "3\u00a0brouillons", "Annuler cet import")
		v.Post(t, page+"/annuler").LeadsTo(t, page)
		worked(t, s, i)
		v.Get(t, page).Is(t, 200, "Annulé", "3\u00a0annulées")
		other := received(t, s, Days, threeDays)
		v.Post(t, "/reglages/imports/"+other.ID+"/abandonner").LeadsTo(t, "/reglages/imports")
		v.Get(t, "/reglages/imports/"+other.ID).Is(t, 404)
	})
}

func TestFiveThousandDaysComeInQuickly(t *testing.T) {
	s := shoptest.New(t, dbtest.SQLite(t))
	var b strings.Builder
	b.WriteString("Date;Épicerie;Espèces\n")
	for on, n := day.Day("2010-01-05"), 0; n < 5000; n++ {
		fmt.Fprintf(&b, "%s;%d,50;%d,50\n", on.Time().Format("02/01/2006"), n, n)
		on = on.Add(1)
	}
	began := time.Now()
	i := started(t, s, received(t, s, Days, b.String(), inTill(s)))
	if i.State != Done || i.Done != 5000 {
		t.Errorf("%+v", i)
	}
	if took := time.Since(began); took > 40*time.Second {
		t.Errorf("it took %v", took)
	} else {
		t.Logf("5000 days in %v", took)
	}
}
