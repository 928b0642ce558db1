package cashbox_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/dbtest"
)

// allow says what everybody may do with a box.
func (c *counter) allow(t *testing.T, box cashbox.Box, a ...cashbox.Action) {
	t.Helper()
	c.write(t, func(tx *db.Tx) error { return cashbox.SetAccess(tx, claire, box.ID, cashbox.Access{General: a}) })
}

func TestWhatABoxDoesNotAllowIsHiddenAndRefused(t *testing.T) {
	all := cashbox.AllActions()
	without := func(out cashbox.Action) []cashbox.Action {
		var list []cashbox.Action
		for _, a := range all {
			if a != out {
				list = append(list, a)
			}
		}
		return list
	}
	for _, c := range []struct {
		action cashbox.Action
		kind   cashbox.Kind
	}{{cashbox.ActIncome, cashbox.Income}, {cashbox.ActExpense, cashbox.Expense}, {cashbox.ActOwner, cashbox.PaidIn}, {cashbox.ActOwner, cashbox.PaidOut}, {cashbox.ActDeposit, cashbox.Deposit}, {cashbox.ActSend, cashbox.Transfer}} {
		t.Run(c.kind.Label(), func(t *testing.T) {
			counter := newCounter(t, dbtest.SQLite(t))
			fields := counter.typed()
			fields["kind"], fields["role_in"], fields["to"] = string(c.kind), "income.other", counter.other.ID+"/"+counter.cash
			counter.allow(t, counter.till, without(c.action)...)
			_, body := counter.get("/caisses/" + counter.till.ID + "/operation?cle=" + id.New())
			if strings.Contains(body, `value="`+string(c.kind)+`"`) {
				t.Error("the form proposes it")
			}
			r, _ := counter.post("/caisses/"+counter.till.ID+"/operation", fields)
			counter.wantStatus(r, http.StatusForbidden)
			counter.allow(t, counter.till, c.action)
			r, body = counter.post("/caisses/"+counter.till.ID+"/operation", fields)
			if r.StatusCode != http.StatusSeeOther {
				t.Errorf("with it: %d %s", r.StatusCode, body)
			}
		})
	}
}

func TestABoxThatReceivesNothingIsNoTargetOfATransfer(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	c.allow(t, c.other, cashbox.ActView, cashbox.ActIncome)
	fields := c.typed()
	fields["kind"], fields["to"] = "transfer", c.other.ID+"/"+c.cash
	r, _ := c.post("/caisses/"+c.till.ID+"/operation", fields)
	c.wantStatus(r, http.StatusUnprocessableEntity)
	_, body := c.get("/caisses/" + c.till.ID + "/operation?cle=" + id.New())
	if strings.Contains(body, c.other.ID) {
		t.Error("the form proposes it")
	}
}

func TestAPersonMayBeRuledApartAndNeverGetsMoreThanTheBoxAllows(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	set := func(a cashbox.Access) {
		c.write(t, func(tx *db.Tx) error { return cashbox.SetAccess(tx, claire, c.till.ID, a) })
	}
	status := func() int {
		r, _ := c.post("/caisses/"+c.till.ID+"/operation", c.typed())
		return r.StatusCode
	}
	set(cashbox.Access{General: cashbox.AllActions(), Own: map[string]cashbox.Actions{claire: {cashbox.ActView}}})
	if got := status(); got != http.StatusForbidden {
		t.Errorf("who may only look: %d", got)
	}
	set(cashbox.Access{General: cashbox.Actions{cashbox.ActView}, Own: map[string]cashbox.Actions{claire: cashbox.AllActions()}})
	if got := status(); got != http.StatusForbidden {
		t.Errorf("who has more than the box: %d", got)
	}
	set(cashbox.Access{General: cashbox.AllActions(), Own: map[string]cashbox.Actions{claire: {}}})
	if got := status(); got != http.StatusNotFound {
		t.Errorf("who has nothing: %d", got)
	}
	if _, body := c.get("/caisses"); strings.Contains(body, c.till.ID) {
		t.Error("who has nothing sees the box")
	}
	set(cashbox.Access{General: cashbox.AllActions(), Own: map[string]cashbox.Actions{"user-paul": {}}})
	if got := status(); got != http.StatusSeeOther {
		t.Errorf("while another is ruled apart: %d", got)
	}
}

func TestWhoMayNotSeeABalanceIsShownNoneAnywhere(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	m := c.movement(cashbox.PaidIn)
	m.Amount = 98765
	if err := c.record(m); err != nil {
		t.Fatal(err)
	}
	if _, body := c.get("/caisses"); !strings.Contains(body, "987,65") {
		t.Error("who may see it does not")
	}
	paths := []string{"/caisses/" + c.till.ID, "/caisses/" + c.till.ID + "/operations", "/caisses/" + c.till.ID + "/operations/" + m.ID, "/caisses/" + c.till.ID + "/releve/csv", "/caisses/" + c.till.ID + "/operations/" + m.ID + "/pieces/recu"}
	c.allow(t, c.till, cashbox.ActIncome)
	for _, path := range paths {
		r, _ := c.get(path)
		if r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
	_, body := c.get("/caisses")
	c.wantWords(body, "Caisse 1", "Solde non affiché", "+ Recette")
	if strings.Contains(body, "987,65") {
		t.Error("the card shows the balance")
	}
	c.allow(t, c.till, cashbox.AllActions()...)
	c.without(right.BalanceView)
	if _, body := c.get("/caisses"); strings.Contains(body, "987,65") {
		t.Error("a role without balances shows one")
	}
}

func TestACompanyBoxIsInSightOfAllAndALocationOneOnlyOfItsPeople(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	bank := c.box(t, cashbox.Box{Name: "Banque", Kind: cashbox.Other, Holds: cashbox.HoldsCashless})
	desk := c.box(t, cashbox.Box{Name: "Bureau", Kind: cashbox.Other, Holds: cashbox.HoldsCash, Location: c.location})
	var far string
	c.write(t, func(tx *db.Tx) (err error) {
		far, err = company.SaveLocation(tx, claire, company.Location{Name: "Gare", Zone: company.Mainland, Active: true})
		return err
	})
	c.sees = []string{far}
	_, body := c.get("/caisses")
	if !strings.Contains(body, bank.ID) || strings.Contains(body, desk.ID) || strings.Contains(body, c.till.ID) {
		t.Error("the wrong boxes are shown")
	}
	r, _ := c.get("/caisses/" + desk.ID)
	c.wantStatus(r, http.StatusNotFound)
	r, _ = c.get("/caisses/" + bank.ID)
	c.wantStatus(r, http.StatusOK)
}

func TestMoneyGoesIntoTheSafeAndOut(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	safe := c.box(t, cashbox.Box{Name: "Coffre", Kind: cashbox.Safe, Holds: cashbox.HoldsCash})
	path := "/caisses/" + safe.ID + "/coffre"
	_, body := c.get(path)
	c.wantWords(body, "Déposer au coffre", "Retirer du coffre", c.till.ID)
	move := func(way, amount string) (*http.Response, string) {
		return c.post(path, map[string]string{"id": id.New(), "way": way, "amount": amount, "other": c.till.ID, "method": c.cash, "on": string(today), "memo": "essai"})
	}
	want := func(inTill, inSafe int64) {
		t.Helper()
		if till, s := c.inCash(t), c.balance(t, cashbox.AccountKey(safe.ID, c.cash)); int64(till) != inTill || int64(s) != inSafe {
			t.Errorf("in the till %d, in the safe %d", till, s)
		}
	}
	r, _ := move("deposer", "50")
	c.wantStatus(r, http.StatusSeeOther)
	want(-5000, 5000)
	r, _ = move("retirer", "20")
	c.wantStatus(r, http.StatusSeeOther)
	want(-3000, 3000)
	if len(c.followed) != 2 || c.followed[0].box != c.till.ID {
		t.Errorf("the sheets of the till alone follow: %+v", c.followed)
	}
	r, body = move("retirer", "0")
	c.wantStatus(r, http.StatusUnprocessableEntity)
	c.wantWords(body, "supérieur à zéro")
	c.allow(t, safe, cashbox.ActReceive)
	r, _ = move("retirer", "5")
	c.wantStatus(r, http.StatusForbidden)
	r, _ = move("deposer", "5")
	c.wantStatus(r, http.StatusSeeOther)
	want(-3500, 3500)
	r, _ = c.get("/caisses/" + c.till.ID + "/coffre")
	c.wantStatus(r, http.StatusNotFound)
}

func TestAMovementIsUndoneAndRestoredFromItsPage(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	m := c.movement(cashbox.Income)
	m.On = yesterday
	if err := c.record(m); err != nil {
		t.Fatal(err)
	}
	path := "/caisses/" + c.till.ID + "/operations/" + m.ID
	_, body := c.get(path)
	c.wantWords(body, "Recette", "12,00\u00a0€", "Rétroactive", "Annuler l’opération", "Reçu de paiement")
	r, _ := c.post(path+"/annuler", map[string]string{"cle": id.New(), "reason": "mauvais jour"})
	c.wantStatus(r, http.StatusSeeOther)
	_, body = c.get(path)
	c.wantWords(body, "Cette opération est annulée", "Restaurer l’opération", "mauvais jour")
	if strings.Contains(body, "Reçu de paiement") {
		t.Error("what is undone is handed over")
	}
	key := regexp.MustCompile(`name="cle" value="([^"]+)"`).FindStringSubmatch(body)[1]
	for range 2 {
		r, _ = c.post(path+"/restaurer", map[string]string{"cle": key})
		c.wantStatus(r, http.StatusSeeOther)
	}
	if c.inCash(t) != 1200 || len(c.followed) != 2 || c.followed[1].moves[c.cash] != 1200 {
		t.Errorf("in the drawer %d, followed %+v", c.inCash(t), c.followed)
	}
	_, body = c.get("/caisses/" + c.till.ID)
	c.wantWords(body, "saisie le 20/11", "1\u00a0ligne")
	if strings.Contains(body, `class="annulee"`) {
		t.Error("what stands is struck through")
	}
	c.allow(t, c.till, cashbox.ActView)
	if _, body := c.get(path); strings.Contains(body, "Annuler l’opération") {
		t.Error("who may not undo is shown how")
	}
	r, _ = c.post(path+"/annuler", map[string]string{"cle": id.New(), "reason": "encore"})
	c.wantStatus(r, http.StatusForbidden)
}

func TestAStatementIsFilteredAndGivenWhole(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	for n := range 60 {
		m := c.movement(cashbox.Income)
		m.Amount, m.Item = 100, "grants"
		if n%2 == 1 {
			m = c.movement(cashbox.Expense)
			m.Amount = 50
		}
		if err := c.record(m); err != nil {
			t.Fatal(err)
		}
	}
	base := "/caisses/" + c.till.ID
	_, body := c.get(base)
	c.wantWords(body, "60\u00a0lignes", "Page\u00a01 sur\u00a02", "+30,00\u00a0€", "−15,00\u00a0€", "Claire Dubois")
	_, body = c.get(base + "?rubrique=grants")
	c.wantWords(body, "30\u00a0lignes", "Aides et subventions")
	_, body = c.get(base + "?q=boulangerie")
	c.wantWords(body, "30\u00a0lignes")
	_, body = c.get(base + "?type=expense&tri=montant")
	c.wantWords(body, "30\u00a0lignes")
	_, body = c.get(base + "?q=introuvable")
	c.wantWords(body, "Aucun mouvement")
	r, _ := c.get(base + "?du=2026-11-20&au=2026-11-01")
	c.wantStatus(r, http.StatusUnprocessableEntity)
	r, body = c.get(base + "/releve/csv?page=2")
	c.wantStatus(r, http.StatusOK)
	if lines := strings.Count(body, "\r\n"); lines != 61 {
		t.Errorf("%d lines, want a head and 60", lines)
	}
	r, body = c.get(base + "/releve/pdf")
	c.wantStatus(r, http.StatusOK)
	if !strings.HasPrefix(body, "%PDF") {
		t.Error("what is printed is no PDF")
	}
	r, _ = c.get(base + "/releve/exe")
	c.wantStatus(r, http.StatusNotFound)
}

func TestAPaperIsHandedOverOnlyForWhatItFits(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	for _, want := range []struct {
		kind  cashbox.Kind
		fits  []string
		never []string
	}{
		{cashbox.Income, []string{"recu"}, []string{"bon", "decharge", "autre"}},
		{cashbox.Expense, []string{"bon", "decharge"}, []string{"recu"}},
		{cashbox.Transfer, nil, []string{"recu", "bon", "decharge"}},
	} {
		m := c.movement(want.kind)
		if err := c.record(m); err != nil {
			t.Fatal(err)
		}
		path := "/caisses/" + c.till.ID + "/operations/" + m.ID + "/pieces/"
		for _, piece := range want.fits {
			r, body := c.get(path + piece)
			c.wantStatus(r, http.StatusOK)
			if !strings.HasPrefix(body, "%PDF") {
				t.Errorf("%s of a %s is no PDF", piece, want.kind)
			}
		}
		for _, piece := range want.never {
			r, _ := c.get(path + piece)
			c.wantStatus(r, http.StatusNotFound)
		}
	}
}

func TestABoxIsRuledAndDeletedFromTheSettings(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	r, _ := c.post("/reglages/caisses/nouvelle", map[string]string{"sorte": "sans-especes", "name": "Banque", "location": "", "account": "512"})
	c.wantStatus(r, http.StatusSeeOther)
	var bank cashbox.Box
	c.read(t, func(q *db.Snapshot) error {
		all, err := cashbox.Everything(q)
		for _, b := range all {
			if b.Name == "Banque" {
				bank = b
			}
		}
		return err
	})
	if want := (cashbox.Box{ID: bank.ID, Name: "Banque", Kind: cashbox.Other, Holds: cashbox.HoldsCashless, AccountCode: "512", Active: true}); bank != want {
		t.Fatalf("added %+v", bank)
	}
	base := "/reglages/caisses/" + bank.ID
	r, body := c.post(base+"/frais", map[string]string{"side1": "in", "value1": "250", "unit1": "percent"})
	c.wantStatus(r, http.StatusUnprocessableEntity)
	c.wantWords(body, `value="250"`, "de 0,01 à 100")
	r, _ = c.post(base+"/frais", map[string]string{"side1": "in", "value1": "2", "unit1": "percent", "side2": "both", "value2": "10", "unit2": "fixed"})
	c.wantStatus(r, http.StatusSeeOther)
	_, body = c.get(base)
	c.wantWords(body, "2\u00a0% des recettes", "10,00\u00a0€ par recette ou dépense")
	r, _ = c.post(base+"/acces", map[string]string{"tous-view": "oui", "tous-income": "oui", "apart-" + claire: "oui", "a-" + claire + "-view": "oui"})
	c.wantStatus(r, http.StatusSeeOther)
	c.read(t, func(q *db.Snapshot) error {
		a, err := cashbox.AccessOf(q, bank.ID)
		if got := a.Of(claire); len(a.General) != 2 || len(got) != 1 || !got.Has(cashbox.ActView) {
			t.Errorf("access %+v", a)
		}
		return err
	})
	r, _ = c.post(base+"/supprimer", nil)
	c.wantStatus(r, http.StatusSeeOther)
	_, body = c.get("/reglages/caisses")
	c.wantWords(body, "Caisses supprimées", "Claire Dubois", base+"/restaurer")
	r, _ = c.get(base)
	c.wantStatus(r, http.StatusNotFound)
	r, _ = c.post(base+"/restaurer", nil)
	c.wantStatus(r, http.StatusSeeOther)
	r, _ = c.get(base)
	c.wantStatus(r, http.StatusOK)
}

func TestItemsAreAddedOnceAndTakenOutOfTheChoices(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	r, _ := c.post("/reglages/rubriques", map[string]string{"name": "Publicité"})
	c.wantStatus(r, http.StatusSeeOther)
	r, body := c.post("/reglages/rubriques", map[string]string{"name": "publicité"})
	c.wantStatus(r, http.StatusUnprocessableEntity)
	c.wantWords(body, "porte déjà ce nom")
	form := func() string {
		_, body := c.get("/caisses/" + c.till.ID + "/operation?cle=" + id.New())
		return body
	}
	c.wantWords(form(), "Publicité", "Services de traitement des transactions")
	added := regexp.MustCompile(`/reglages/rubriques/([0-9a-f-]{36})"`).FindStringSubmatch(body)[1]
	m := c.movement(cashbox.Expense)
	m.Item = added
	if err := c.record(m); err != nil {
		t.Fatal(err)
	}
	r, _ = c.post("/reglages/rubriques/"+added, nil)
	c.wantStatus(r, http.StatusSeeOther)
	if strings.Contains(form(), "Publicité") {
		t.Error("what was taken out is proposed")
	}
	m.ID = id.New()
	wantField(t, c.record(m), "item")
	r, _ = c.post("/reglages/rubriques/fees", nil)
	c.wantStatus(r, http.StatusNotFound)
}
