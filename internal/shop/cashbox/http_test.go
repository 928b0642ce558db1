package cashbox_test

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/dbtest"
)

var hidden = regexp.MustCompile(`name="(id|cle)" value="([0-9a-f-]{36})"`)

func TestTheFormOfAMovementIsGivenAKeyThatAReloadKeeps(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	path := "/caisses/" + c.till.ID + "/operation"
	r, _ := c.get(path + "?type=transfer&jour=" + string(yesterday) + "&retour=/d/marche/journees")
	c.wantStatus(r, http.StatusSeeOther)
	to, err := url.Parse(r.Header.Get("Location"))
	if err != nil || !id.Valid(to.Query().Get("cle")) || to.Query().Get("retour") != "/d/marche/journees" {
		t.Fatalf("sent to %v, %v", to, err)
	}
	r, body := c.get(strings.TrimPrefix(to.String(), "/d/marche"))
	c.wantStatus(r, http.StatusOK)
	c.wantWords(body, `value="`+to.Query().Get("cle")+`"`, `value="2026-11-19"`, `value="transfer" checked`, `value="/d/marche/journees"`, `accept="image/*,application/pdf"`)
}

func TestAFormReloadedAfterItWasRecordedSaysSo(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	m := c.movement(cashbox.PaidIn)
	if err := c.record(m); err != nil {
		t.Fatal(err)
	}
	r, _ := c.get("/caisses/" + c.till.ID + "/operation?cle=" + m.ID)
	if got := r.Header.Get("Location"); got != "/d/marche/caisses/"+c.till.ID+"/operations" {
		t.Errorf("sent to %q", got)
	}
}

func TestARecordedMovementGoesBackWhereItCameFromInThisSiteOnly(t *testing.T) {
	for retour, want := range map[string]string{
		"":                           "/d/marche/caisses/{box}/operations",
		"/d/marche/journees/2026-11": "/d/marche/journees/2026-11",
		"https://evil.example/":      "/d/marche/caisses/{box}/operations",
		"//evil.example/":            "/d/marche/caisses/{box}/operations",
		`/\evil.example/`:            "/d/marche/caisses/{box}/operations",
		"javascript:alert(1)":        "/d/marche/caisses/{box}/operations",
	} {
		c := newCounter(t, dbtest.SQLite(t))
		fields := c.typed()
		fields["retour"] = retour
		r, _ := c.post("/caisses/"+c.till.ID+"/operation", fields)
		c.wantStatus(r, http.StatusSeeOther)
		if got := r.Header.Get("Location"); got != strings.ReplaceAll(want, "{box}", c.till.ID) {
			t.Errorf("retour=%q leads to %q", retour, got)
		}
		if c.inCash(t) != -1200 {
			t.Errorf("in the drawer %d", c.inCash(t))
		}
	}
}

func TestAFormSentTwiceCountsOnceAndItsSheetsFollowOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCounter(t, d)
		fields := c.typed()
		for range 2 {
			r, _ := c.send(fields, "ticket.png", png(t))
			c.wantStatus(r, http.StatusSeeOther)
		}
		if c.inCash(t) != -1200 || len(c.followed) != 1 {
			t.Errorf("in the drawer %d, followed %+v", c.inCash(t), c.followed)
		}
		if f := c.followed[0]; f.box != c.till.ID || f.on != today || f.moves[c.cash] != -1200 {
			t.Errorf("followed %+v", f)
		}
		r, _ := c.send(fields, "autre.jpg", jpg(t))
		c.wantStatus(r, http.StatusUnprocessableEntity)
	})
}

func TestARefusedFormComesBackWithEverythingTypedAndAsksForTheFileAgain(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	fields := c.typed()
	fields["amount"], fields["role"], fields["memo"] = "12,345", "", `Timbres "verts" <10>`
	r, body := c.send(fields, "mon reçu.png", png(t))
	c.wantStatus(r, http.StatusUnprocessableEntity)
	c.wantWords(body, `value="12,345"`, "deux chiffres après la virgule", "Choisissez la nature de la dépense.", "Timbres &#34;verts&#34; &lt;10&gt;",
		"Choisissez de nouveau «\u00a0mon reçu.png\u00a0»", `value="`+fields["id"]+`"`, `value="2000" selected`)
	fields["amount"], fields["role"] = "12,34", "expense.post"
	r, _ = c.send(fields, "mon reçu.png", png(t))
	c.wantStatus(r, http.StatusSeeOther)
	if c.inCash(t) != -1234 {
		t.Errorf("in the drawer %d", c.inCash(t))
	}
}

func TestAFileThatIsNoReceiptIsRefusedInItsField(t *testing.T) {
	for name, c := range map[string]struct {
		content []byte
		says    string
	}{
		"page.jpg":   {[]byte(page), "JPEG, PNG ou WebP"},
		"large.png":  {append(png(t), make([]byte, cashbox.MaxAttachment)...), "trop lourd"},
		"drawing.sv": {[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), "JPEG, PNG ou WebP"},
	} {
		counter := newCounter(t, dbtest.SQLite(t))
		r, body := counter.send(counter.typed(), name, c.content)
		counter.wantStatus(r, http.StatusUnprocessableEntity)
		counter.wantWords(body, c.says, `value="10+2"`)
		if counter.inCash(t) != 0 {
			t.Errorf("%s: in the drawer %d", name, counter.inCash(t))
		}
	}
}

func TestWhoMayRecordOnWhichDay(t *testing.T) {
	for _, c := range []struct {
		name    string
		on      day.Day
		without []right.Right
		closed  bool
		status  int
	}{
		{"today, with no other right than recording", today, []right.Right{right.EntryBackdate, right.DaysheetCorrect}, false, 303},
		{"yesterday", yesterday, []right.Right{right.DaysheetCorrect}, false, 303},
		{"yesterday, without the right to a past date", yesterday, []right.Right{right.EntryBackdate}, false, 422},
		{"yesterday, closed since", yesterday, nil, true, 303},
		{"yesterday, closed since, without the right to correct", yesterday, []right.Right{right.DaysheetCorrect}, true, 422},
		{"before a closed day, without the right to correct", "2026-11-17", []right.Right{right.DaysheetCorrect}, true, 422},
		{"after the closed day, without the right to correct", today, []right.Right{right.DaysheetCorrect}, true, 303},
		{"without the right to record", today, []right.Right{right.MovementRecord}, false, 403},
	} {
		t.Run(c.name, func(t *testing.T) {
			counter := newCounter(t, dbtest.SQLite(t))
			counter.without(c.without...)
			if c.closed {
				counter.close(t, counter.till.ID, yesterday)
			}
			fields := counter.typed()
			fields["on"] = string(c.on)
			r, _ := counter.post("/caisses/"+counter.till.ID+"/operation", fields)
			counter.wantStatus(r, c.status)
			if recorded := counter.inCash(t) != 0; recorded != (c.status == 303) {
				t.Errorf("in the drawer %d", counter.inCash(t))
			}
		})
	}
}

func TestWhenTheSheetsCannotFollowNothingIsRecorded(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	c.refuse = errors.New("a sheet is broken")
	r, _ := c.post("/caisses/"+c.till.ID+"/operation", c.typed())
	c.wantStatus(r, http.StatusInternalServerError)
	if c.inCash(t) != 0 {
		t.Errorf("in the drawer %d", c.inCash(t))
	}
}

func TestAMovementOfALockedDayIsRefusedWithTheForm(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	c.lock(t, c.till.ID, yesterday)
	fields := c.typed()
	fields["on"] = string(yesterday)
	r, body := c.post("/caisses/"+c.till.ID+"/operation", fields)
	c.wantStatus(r, http.StatusLocked)
	c.wantWords(body, "verrouillée", `value="Timbres"`)
}

func TestTheListShowsUndoneAndBackDatedMovementsForWhatTheyAre(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	late, undone := c.movement(cashbox.PaidIn), c.movement(cashbox.Expense)
	late.On, late.Memo = yesterday, "apport tardif"
	for _, m := range []cashbox.Movement{late, undone} {
		if err := c.record(m); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.reverse(undone.ID, "saisie deux fois"); err != nil {
		t.Fatal(err)
	}
	r, body := c.get("/caisses/" + c.till.ID + "/operations")
	c.wantStatus(r, http.StatusOK)
	c.wantWords(body, "2\u00a0opérations", "apport tardif", "saisie le 20/11", "Rétroactive", `class="annulee"`, "saisie deux fois", "Boulangerie Martin", "Claire Dubois",
		"/operations/"+late.ID+"/annuler")
	if strings.Contains(body, "/operations/"+undone.ID+"/annuler") {
		t.Error("what is undone can be undone again")
	}
	c.without(right.MovementReverse, right.MovementRecord, right.ReportExport)
	_, body = c.get("/caisses/" + c.till.ID + "/operations")
	for _, hiddenFrom := range []string{"annuler", "Nouvelle", "CSV"} {
		if strings.Contains(body, hiddenFrom) {
			t.Errorf("who may not sees %q", hiddenFrom)
		}
	}
}

func TestTheListIsGivenToASpreadsheetWhole(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	for n := range 60 {
		m := c.movement(cashbox.PaidIn)
		m.Amount = money.Amount(n + 1)
		if err := c.record(m); err != nil {
			t.Fatal(err)
		}
	}
	_, body := c.get("/caisses/" + c.till.ID + "/operations?q=ESPECES+0,60+claire&du=2026-11-20&au=2026-11-20")
	c.wantWords(body, "1\u00a0opération", "+0,60\u00a0€", `value="ESPECES 0,60 claire"`)
	_, body = c.get("/caisses/" + c.till.ID + "/operations?q=apport&tri=montant&page=2&du=2026-11-20&au=2026-11-20")
	c.wantWords(body, "60\u00a0opérations", "+0,01\u00a0€", "+18,30\u00a0€") // the last ten, and what all came to
	_, body = c.get("/caisses/" + c.till.ID + "/operations?q=introuvable")
	c.wantWords(body, "Aucune opération ne correspond")
	r, body := c.get("/caisses/" + c.till.ID + "/operations/export?format=csv&q=0,07+essai")
	c.wantStatus(r, http.StatusOK)
	if lines := strings.Count(body, "\r\n"); lines != 2 {
		t.Errorf("%d lines, want a head and the one searched", lines)
	}
	r, body = c.get("/caisses/" + c.till.ID + "/operations/export?format=csv&page=2")
	c.wantStatus(r, http.StatusOK)
	if lines := strings.Count(body, "\r\n"); lines != 61 {
		t.Errorf("%d lines, want a head and 60", lines)
	}
	c.wantWords(body, "20/11/2026;Apport;essai;Espèces;0,60;;Claire Dubois;20/11/2026 à 8\u00a0h\u00a000;")
	r, body = c.get("/caisses/" + c.till.ID + "/operations/export?format=xlsx")
	c.wantStatus(r, http.StatusOK)
	if !strings.HasPrefix(body, "PK") {
		t.Error("the workbook is not one")
	}
	r, body = c.get("/caisses/" + c.till.ID + "/operations/export?format=pdf")
	c.wantStatus(r, http.StatusOK)
	if !strings.HasPrefix(body, "%PDF") {
		t.Error("the paper is not one")
	}
	r, _ = c.get("/caisses/" + c.till.ID + "/operations/export?format=exe")
	c.wantStatus(r, http.StatusNotFound)
}

func TestAReceiptIsServedSoThatItRunsNothing(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	for name, want := range map[string]struct {
		content                []byte
		mediaType, disposition string
	}{
		"reçu.png":    {png(t), "image/png", "inline"},
		"facture.pdf": {[]byte(pdf), "application/pdf", "attachment"},
	} {
		fields := c.typed()
		if r, body := c.send(fields, name, want.content); r.StatusCode != 303 {
			t.Fatal(body)
		}
		r, body := c.get("/caisses/" + c.till.ID + "/justificatifs/" + c.found(t, fields["id"]).Attachment)
		c.wantStatus(r, http.StatusOK)
		header := r.Header
		if header.Get("Content-Type") != want.mediaType || !strings.HasPrefix(header.Get("Content-Disposition"), want.disposition+";") || header.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.Contains(header.Get("Content-Security-Policy"), "sandbox") || !strings.Contains(header.Get("Cache-Control"), "no-store") {
			t.Errorf("%s: %v", name, header)
		}
		if body != string(want.content) {
			t.Errorf("%s: another content", name)
		}
		r, _ = c.get("/caisses/" + c.other.ID + "/justificatifs/" + c.found(t, fields["id"]).Attachment)
		c.wantStatus(r, http.StatusNotFound)
	}
}

func TestWhoIsKeptToALocationSeesNothingOfAnother(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	fields := c.typed()
	if r, body := c.send(fields, "reçu.png", png(t)); r.StatusCode != 303 {
		t.Fatal(body)
	}
	c.sees = []string{"elsewhere"}
	box := "/caisses/" + c.till.ID
	for _, path := range []string{"/operation?cle=" + id.New(), "/operations", "/operations/export?format=csv", "/operations/" + fields["id"] + "/annuler", "/justificatifs/" + c.found(t, fields["id"]).Attachment} {
		r, _ := c.get(box + path)
		if r.StatusCode != http.StatusNotFound {
			t.Errorf("GET %s: %d", path, r.StatusCode)
		}
	}
	r, _ := c.post(box+"/operation", c.typed())
	c.wantStatus(r, http.StatusNotFound)
	r, _ = c.post(box+"/operations/"+fields["id"]+"/annuler", map[string]string{"cle": id.New(), "reason": "erreur"})
	c.wantStatus(r, http.StatusNotFound)
	if c.inCash(t) != -1200 {
		t.Errorf("in the drawer %d", c.inCash(t))
	}
}

func TestATransferToABoxOneDoesNotSeeIsRefused(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	var far cashbox.Box
	c.write(t, func(tx *db.Tx) error {
		location, err := company.SaveLocation(tx, claire, company.Location{Name: "Gare", Zone: company.Mainland, Active: true})
		if err != nil {
			return err
		}
		far, err = cashbox.Create(tx, cashbox.Box{Location: location, Name: "Gare"})
		return err
	})
	c.sees = []string{c.location}
	fields := c.typed()
	fields["kind"], fields["to"] = "transfer", far.ID+"/"+c.cash
	r, _ := c.post("/caisses/"+c.till.ID+"/operation", fields)
	c.wantStatus(r, http.StatusUnprocessableEntity)
	_, body := c.get("/caisses/" + c.till.ID + "/operation?cle=" + id.New())
	if strings.Contains(body, far.ID) {
		t.Error("the form proposes it")
	}
}

func TestAMovementOfAnotherBoxIsNotFoundUnderThisOne(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	m := c.movement(cashbox.PaidIn)
	if err := c.record(m); err != nil {
		t.Fatal(err)
	}
	r, _ := c.get("/caisses/" + c.other.ID + "/operations/" + m.ID + "/annuler")
	c.wantStatus(r, http.StatusNotFound)
	transfer := c.movement(cashbox.Transfer)
	if err := c.record(transfer); err != nil {
		t.Fatal(err)
	}
	r, _ = c.get("/caisses/" + c.other.ID + "/operations/" + transfer.ID + "/annuler")
	c.wantStatus(r, http.StatusOK)
}

func TestUndoingAsksWhyAndCountsOnce(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	m := c.movement(cashbox.Transfer)
	if err := c.record(m); err != nil {
		t.Fatal(err)
	}
	path := "/caisses/" + c.till.ID + "/operations/" + m.ID + "/annuler"
	r, body := c.get(path)
	c.wantStatus(r, http.StatusOK)
	c.wantWords(body, "Espèces → Carte", "12,00\u00a0€", "vers Caisse 2")
	key := hidden.FindStringSubmatch(body)[2]
	r, body = c.post(path, map[string]string{"cle": key, "reason": " "})
	c.wantStatus(r, http.StatusUnprocessableEntity)
	c.wantWords(body, "Dites en quelques mots", key)
	for range 2 {
		r, _ = c.post(path, map[string]string{"cle": key, "reason": "mauvaise caisse"})
		c.wantStatus(r, http.StatusSeeOther)
	}
	if c.inCash(t) != 0 || len(c.followed) != 2 {
		t.Errorf("in the drawer %d, followed %+v", c.inCash(t), c.followed)
	}
	for _, f := range c.followed {
		if f.box == c.till.ID && f.moves[c.cash] != 1200 || f.box == c.other.ID && f.moves[c.card] != -1200 {
			t.Errorf("followed %+v", f)
		}
	}
	r, _ = c.post(path, map[string]string{"cle": id.New(), "reason": "mauvaise caisse"})
	c.wantStatus(r, http.StatusConflict)
}

func TestTheFormProposesOnlyWhatTheCompanyUses(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	form := func() string {
		_, body := c.get("/caisses/" + c.till.ID + "/operation?cle=" + id.New())
		return body
	}
	body := form()
	c.wantWords(body, `value="expense"`, `value="transfer"`, c.other.ID+"/"+c.cash, "20\u00a0%, taux normal")
	for _, not := range []string{c.till.ID + "/" + c.card, c.voucher, c.out} {
		if strings.Contains(body, not) {
			t.Errorf("proposes %q", not)
		}
	}
	c.write(t, func(tx *db.Tx) error {
		settings, err := company.Load(tx)
		settings.LegalName, settings.Expenses, settings.VATRegime = "Essais", false, company.Franchise
		return errors.Join(err, company.Change(tx, claire, settings))
	})
	if body = form(); strings.Contains(body, `value="expense"`) || strings.Contains(body, "TVA") {
		t.Error("an expense is proposed where none is followed")
	}
}

func TestBoxesAreAddedChangedOrderedAndRetiredFromTheSettings(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	const base = "/reglages/caisses"
	r, _ := c.post(base+"/nouvelle", map[string]string{"location": c.location, "name": "Terrasse", "first_day": string(today), "float": "150", "min": "50", "max": "500,50", "blind": "oui"})
	c.wantStatus(r, http.StatusSeeOther)
	var added cashbox.Box
	c.read(t, func(q *db.Snapshot) error {
		boxes, err := cashbox.List(q)
		added = boxes[len(boxes)-1]
		return err
	})
	if want := (cashbox.Box{ID: added.ID, Location: c.location, Name: "Terrasse", Kind: cashbox.Till, Holds: cashbox.HoldsAny, Active: true, MinCash: 5000, MaxCash: 50050, TargetFloat: 15000, BlindCount: true, FirstDay: today}); added != want {
		t.Errorf("added %+v", added)
	}
	r, body := c.post(base+"/"+added.ID, map[string]string{"name": "Caisse 1", "first_day": string(today), "min": "x"})
	c.wantStatus(r, http.StatusUnprocessableEntity)
	c.wantWords(body, "Ce montant ne se lit pas", `value="Caisse 1"`)
	r, _ = c.post(base+"/ordre?boutique="+c.location, map[string]string{"monter": added.ID})
	c.wantStatus(r, http.StatusSeeOther)
	if got := c.names(t); !slices.Equal(got, []string{"Caisse 1", "Terrasse", "Caisse 2"}) {
		t.Errorf("in order %q", got)
	}
	m := c.movement(cashbox.PaidIn)
	m.Box = added.ID
	if err := c.record(m); err != nil {
		t.Fatal(err)
	}
	r, body = c.post(base+"/"+added.ID+"/retirer", nil)
	c.wantStatus(r, http.StatusConflict)
	c.wantWords(body, "n’est pas vide", "12,00\u00a0€", `value="Terrasse"`)
	if err := c.reverse(m.ID, "erreur"); err != nil {
		t.Fatal(err)
	}
	r, _ = c.post(base+"/"+added.ID+"/retirer", nil)
	c.wantStatus(r, http.StatusSeeOther)
	_, body = c.get(base)
	c.wantWords(body, "Terrasse", "Retirée")
}

func TestOpeningBalancesAreTypedShownAndCompleted(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	c.follow(t, company.CreditTotal)
	_, body := c.get("/reglages/soldes")
	c.wantWords(body, `value="2026-11-01"`, "Crédit client en cours", "Bons cadeaux en circulation")
	cash := cashbox.OpeningField(cashbox.AccountKey(c.till.ID, c.cash))
	fields := map[string]string{"cle": hidden.FindStringSubmatch(body)[2], "on": string(eve), cash: "150", cashbox.OpeningField(cashbox.CustomersAccount): "40"}
	r, _ := c.post("/reglages/soldes", fields)
	c.wantStatus(r, http.StatusSeeOther)
	if c.inCash(t) != 15000 || len(c.followed) != 1 || c.followed[0].on != eve {
		t.Errorf("in the drawer %d, followed %+v", c.inCash(t), c.followed)
	}
	_, body = c.get("/reglages/soldes")
	c.wantWords(body, `value="150,00"`, "Déjà enregistré\u00a0: "+locale.Euro(15000), "Claire Dubois", "01/11/2026")
	r, body = c.post("/reglages/soldes", map[string]string{"cle": id.New(), "on": string(eve), cash: "-5"})
	c.wantStatus(r, http.StatusUnprocessableEntity)
	c.wantWords(body, `value="-5"`, "ne peut pas être négatif")
	r, _ = c.post("/reglages/soldes", map[string]string{"cle": id.New(), "on": string(eve), cash: ""})
	c.wantStatus(r, http.StatusSeeOther)
	if c.inCash(t) != 0 || c.balance(t, cashbox.CustomersAccount) != 4000 {
		t.Errorf("a blank is nothing and a field not sent stays: %d, %d", c.inCash(t), c.balance(t, cashbox.CustomersAccount))
	}
}
