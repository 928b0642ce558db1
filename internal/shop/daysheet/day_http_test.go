package daysheet

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web/ui"
)

var hiddenInput = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// hiddenIn are the hidden fields of a page.
func hiddenIn(body string) map[string]string {
	fields := map[string]string{}
	for _, m := range hiddenInput.FindAllStringSubmatch(body, -1) {
		fields[html.UnescapeString(m[1])] = html.UnescapeString(m[2])
	}
	return fields
}

// balanced is Friday as it can be closed.
func (s *market) balanced() map[string]string {
	fields := s.friday20()
	fields[FieldCounted+s.cash], fields[FieldReason+s.cash] = "295,45", "change"
	return fields
}

func wants(t *testing.T, body string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(body, text) {
			t.Errorf("the page does not say %q", text)
		}
	}
}

// closeFriday closes Friday through the pages.
func (s *market) closeFriday(t *testing.T, server *httptest.Server) {
	t.Helper()
	status, _, body := post(t, server, s.path(s.till.ID, fri, "/recapitulatif"), s.balanced(), map[string]string{"revision": "0", "version": "0"})
	if status != http.StatusOK {
		t.Fatalf("the summary answers %d", status)
	}
	status, address, _ := post(t, server, s.path(s.till.ID, fri, "/cloturer"), hiddenIn(body))
	if status != http.StatusOK || !strings.HasPrefix(address, "/d/marche/journees/2026-11?caisse="+s.till.ID) {
		t.Fatalf("closing answers %d at %s", status, address)
	}
}

func TestTheSummaryShowsWhatClosingWillSayAndConfirmingTwiceCountsOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newMarket(t, d)
		s.upToThursday(t)
		server := s.open(t, people{})
		fields := s.balanced()
		delete(fields, FieldTaken+s.credit)
		fields[FieldSale+s.gift] = "37"
		_, _, body := post(t, server, s.path(s.till.ID, fri, "/recapitulatif"), fields, map[string]string{"revision": "0", "version": "0"})
		wants(t, body, "Clôturer vendredi 20 novembre ?", "1 272,80 €", "Ventilation équilibrée", "−4,60 €", "Erreur de rendu", "Un champ laissé vide compte pour 0", "Crédit client.")
		confirm := hiddenIn(body)
		for range 2 {
			status, _, page := post(t, server, s.path(s.till.ID, fri, "/cloturer"), confirm)
			if status != http.StatusOK {
				t.Fatalf("confirming answers %d", status)
			}
			wants(t, page, "Journée du vendredi 20 novembre clôturée.", "Saisir aujourd’hui")
		}
		p := s.page(t, s.till.ID, fri)
		if len(p.Versions) != 1 || p.Current().Gross != 127280 || p.Draft != nil {
			t.Errorf("%d versions, draft %v", len(p.Versions), p.Draft)
		}
	})
}

func TestWhatCannotBeClosedComesBackFilledInWithTheFieldsToCorrect(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	s.upToThursday(t)
	server := s.open(t, people{})
	for name, c := range map[string]struct {
		change map[string]string
		wants  []string
	}{
		"an over-short without a reason":       {map[string]string{FieldReason + s.cash: ""}, []string{"Un champ à corriger", "Choisissez un motif", "c-motif-" + s.cash, `value="295,45"`}},
		"cash not counted":                     {map[string]string{FieldCounted + s.cash: ""}, []string{"Comptez les espèces", "c-c-" + s.cash}},
		"a breakdown difference":               {map[string]string{FieldTaken + s.card: "830"}, []string{"Règlements manquants", "Corrigez les montants, ou dites pourquoi", "c-motif-ventilation"}},
		"an amount that does not read":         {map[string]string{FieldSale + s.gift: "57,0O"}, []string{"Ce montant ne se lit pas", `value="57,0O"`, "c-v-" + s.gift}},
		"more handed over than there is":       {map[string]string{FieldRemitted: "300"}, []string{"On ne peut pas remettre plus"}},
		"« autre » without a word on the gap":  {map[string]string{FieldReason + s.cash: "other"}, []string{"Précisez le motif", "c-note-" + s.cash}},
		"a count of sales that says none were": {map[string]string{FieldSalesCount: "0"}, []string{"Il y a des ventes"}},
	} {
		t.Run(name, func(t *testing.T) {
			form := map[string]string{"version": "0", "revision": "0"}
			if draft := s.page(t, s.till.ID, fri).Draft; draft != nil {
				form["revision"] = strconv.Itoa(draft.Revision)
			}
			status, _, body := post(t, server, s.path(s.till.ID, fri, "/recapitulatif"), s.balanced(), c.change, form)
			if status != http.StatusUnprocessableEntity {
				t.Errorf("answers %d", status)
			}
			wants(t, body, append(c.wants, `value="612,40"`, "data-resume")...)
		})
	}
	if s.page(t, s.till.ID, fri).Draft == nil {
		t.Error("what was typed is not kept")
	}
}

func TestADraftAnswersTheServersOwnFigures(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	s.upToThursday(t)
	server := s.open(t, people{})
	send := func(fields map[string]string, revision string) (int, map[string]any) {
		values := url.Values{"revision": {revision}, "version": {"0"}}
		for name, value := range fields {
			values.Set(name, value)
		}
		request, err := http.NewRequest("POST", server.URL+s.path(s.till.ID, fri, "/brouillon"), strings.NewReader(values.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Accept", "application/json")
		status, _, body := read(t, must(server.Client().Do(request))(t))
		answer := map[string]any{}
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Fatalf("%v: %s", err, body)
		}
		return status, answer
	}
	status, answer := send(s.balanced(), "0")
	figures, ok := answer["figures"].(map[string]any)
	if status != http.StatusOK || !ok || answer["revision"] != 1.0 || answer["at"] != "8 h 55" || figures["gross"] != 129280.0 || figures["breakdown"] != 0.0 || figures["overShort"] != -460.0 {
		t.Errorf("answers %d %v", status, answer)
	}
	fields := s.balanced()
	fields[FieldNote] = "marché couvert"
	if status, answer = send(fields, "0"); status != http.StatusConflict || answer["rival"] == nil {
		t.Errorf("over a draft saved meanwhile: %d %v", status, answer)
	}
	code, _, body := post(t, server, s.path(s.till.ID, fri, "/recapitulatif"), fields, map[string]string{"version": "0", "revision": "0"})
	if code != http.StatusConflict {
		t.Errorf("its summary over a draft saved meanwhile: %d", code)
	}
	wants(t, body, "Vous, dans une autre fenêtre, avez modifié cette journée à 8 h 55.", "Garder la mienne", "Reprendre l’autre saisie", "marché couvert", `name="revision" value="1"`)
	if status, answer = send(s.balanced(), "0"); status != http.StatusOK || answer["revision"] != 1.0 {
		t.Errorf("the same draft again: %d %v", status, answer)
	}
	s.closeFriday(t, server)
	if status, answer = send(fields, "1"); status != http.StatusConflict || answer["error"] == nil {
		t.Errorf("a draft of a day closed meanwhile: %d %v", status, answer)
	}
}

func TestACorrectionSaysWhatItWillPostAndLeavesAHistory(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newMarket(t, d)
		s.upToThursday(t)
		server := s.open(t, people{})
		s.closeFriday(t, server)
		_, _, body := get(t, server, s.path(s.till.ID, fri, ""))
		wants(t, body, "Clôturée par", "Claire Dumont", "Corriger", "Verrouiller", "1 292,80 €", "Saisie à la main", "Erreur de rendu")
		_, _, body = get(t, server, s.path(s.till.ID, fri, "/corriger"))
		wants(t, body, "sera contrepassée et remplacée par une nouvelle, à la date du 20/11/2026", `value="612,40"`, "Pourquoi cette correction ?")
		form := maps.Clone(s.balanced())
		maps.Copy(form, map[string]string{"version": "1", "revision": "0", "correction": "oui", FieldTaken + s.card: "832,10", FieldTaken + s.cheque: "84"})
		status, _, body := post(t, server, s.path(s.till.ID, fri, "/recapitulatif"), form)
		if status != http.StatusUnprocessableEntity {
			t.Errorf("without a reason: %d", status)
		}
		wants(t, body, "Dites en quelques mots pourquoi")
		form["raison"], form["revision"] = "chèque pris pour une carte", "1"
		_, _, body = post(t, server, s.path(s.till.ID, fri, "/recapitulatif"), form)
		wants(t, body, "Corriger vendredi 20 novembre ?", "chèque pris pour une carte", "842,10 €", "832,10 €", "Confirmer la correction")
		status, _, body = post(t, server, s.path(s.till.ID, fri, "/corriger"), hiddenIn(body))
		if status != http.StatusOK {
			t.Errorf("correcting answers %d", status)
		}
		wants(t, body, "Journée du vendredi 20 novembre corrigée.")
		_, _, body = get(t, server, s.path(s.till.ID, fri, "/versions"))
		wants(t, body, "Correction n° 1", "Clôture", "Version en vigueur", "Remplacée", "chèque pris pour une carte", "Carte bancaire", "Claire Dumont")
		if v := s.page(t, s.till.ID, fri).Current(); v.Number != 2 || v.Reason != "chèque pris pour une carte" {
			t.Errorf("current version %+v", v)
		}
	})
}

func TestALockedDayKeepsItsCountAndIsCorrectedToday(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	s.upToThursday(t)
	server := s.open(t, people{})
	s.closeFriday(t, server)
	_, _, body := post(t, server, s.path(s.till.ID, fri, "/verrouiller"))
	wants(t, body, "Journée verrouillée.", "Verrouillée")
	if strings.Contains(body, "Verrouiller la journée ?") {
		t.Error("a locked day can be locked again")
	}
	_, _, body = get(t, server, s.path(s.till.ID, fri, "/corriger"))
	wants(t, body, "porteront la date d’aujourd’hui, 21/11/2026", "readonly")
	form := maps.Clone(s.balanced())
	maps.Copy(form, map[string]string{"version": "1", "revision": "0", "correction": "oui", "raison": "erreur", FieldCounted + s.cash: "300"})
	status, _, body := post(t, server, s.path(s.till.ID, fri, "/recapitulatif"), form)
	if status != http.StatusUnprocessableEntity {
		t.Errorf("another count: %d", status)
	}
	wants(t, body, "ne change plus")
}

func TestADayClosedByAnotherMeanwhileGoesOnAsACorrection(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	s.upToThursday(t)
	server := s.open(t, people{})
	s.closeFriday(t, server)
	fields := s.balanced()
	fields[FieldNote] = "saisi en parallèle"
	status, _, body := post(t, server, s.path(s.till.ID, fri, "/recapitulatif"), fields, map[string]string{"version": "0", "revision": "0"})
	if status != http.StatusConflict {
		t.Errorf("answers %d", status)
	}
	wants(t, body, "a été clôturée ou corrigée par Claire Dumont", "saisi en parallèle", "Pourquoi cette correction ?", `name="version" value="1"`)
}

func TestAClosedShopTakesOneTapAndNeverCountsAsMissing(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	server := s.open(t, people{})
	_, _, body := get(t, server, s.path(s.till.ID, fri, ""))
	wants(t, body, "Fermé ce jour")
	_, address, body := post(t, server, s.path(s.till.ID, fri, "/ferme"))
	wants(t, body, "Vendredi 20 novembre est noté fermé.", "3 journées à saisir")
	if !strings.HasPrefix(address, "/d/marche/journees/2026-11?caisse=") {
		t.Errorf("leads to %s", address)
	}
	_, _, body = get(t, server, s.path(s.till.ID, fri, ""))
	wants(t, body, "La boutique est fermée ce jour d’après son calendrier")
	s.upToThursday(t)
	_, _, body = post(t, server, s.path(s.till.ID, "2026-11-19", "/ferme"))
	wants(t, body, "la boutique n’était donc pas fermée")
}

func TestAButtonThatLeadsAwayKeepsWhatIsTypedFirst(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	server := s.open(t, people{})
	server.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for suite, want := range map[string]string{"operation": "/d/marche/caisses/" + s.till.ID + "/operation?jour=2026-11-20&retour=", "client": "/d/marche/clients/nouveau?retour="} {
		values := url.Values{FieldTaken + s.cash: {"12"}, "suite": {suite}, "version": {"0"}, "revision": {"0"}}
		answer, err := server.Client().PostForm(server.URL+s.path(s.till.ID, fri, "/brouillon"), values)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if got := answer.Header.Get("Location"); answer.StatusCode != http.StatusSeeOther || !strings.HasPrefix(got, want) {
			t.Errorf("%s leads to %s", suite, got)
		}
	}
	if s.page(t, s.till.ID, fri).Draft.Fields[FieldTaken+s.cash] != "12" {
		t.Error("what was typed is not kept")
	}
	post(t, server, s.path(s.till.ID, fri, "/effacer"))
	if s.page(t, s.till.ID, fri).Draft != nil {
		t.Error("the draft is still there")
	}
	post(t, server, s.path(s.till.ID, fri, "/brouillon"), map[string]string{"suite": "operation", "version": "0", "revision": "0"})
	if s.page(t, s.till.ID, fri).Draft != nil {
		t.Error("an empty sheet made a draft")
	}
}

func TestEachPersonSeesAndDoesWhatTheirRightsSay(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	s.upToThursday(t)
	t.Run("who may only look reads the draft and sends nothing", func(t *testing.T) {
		s.write(t, func(tx *db.Tx) error { _, err := SaveDraft(tx, s.till.ID, fri, s.balanced(), 0, claire); return err })
		server := s.open(t, people{rights: right.Set{right.DaysheetView}})
		_, _, body := get(t, server, s.path(s.till.ID, fri, ""))
		wants(t, body, "1 292,80 €", "Ventilation équilibrée")
		for _, never := range []string{`id="feuille"`, "Fermé ce jour", "Corriger", "Espèces en caisse"} {
			if strings.Contains(body, never) {
				t.Errorf("the page shows %q", never)
			}
		}
		for _, act := range []string{"/brouillon", "/effacer", "/recapitulatif", "/cloturer", "/ferme", "/corriger", "/verrouiller"} {
			if status, _, _ := post(t, server, s.path(s.till.ID, fri, act)); status != http.StatusForbidden {
				t.Errorf("%s answers %d", act, status)
			}
		}
	})
	t.Run("who may not close keeps drafts, and is told who closes", func(t *testing.T) {
		_, _, body := get(t, s.open(t, people{rights: right.Set{right.DaysheetView, right.DaysheetEnter}}), s.path(s.till.ID, fri, ""))
		wants(t, body, "Garder en brouillon")
		for _, never := range []string{"Clôturer<", "Fermé ce jour", "Dépense, apport"} {
			if strings.Contains(body, never) {
				t.Errorf("the page offers %q", never)
			}
		}
	})
	t.Run("who may not force is sent to somebody who may", func(t *testing.T) {
		fields := s.balanced()
		fields[FieldTaken+s.card] = "830"
		server := s.open(t, people{rights: right.Set{right.DaysheetView, right.DaysheetEnter, right.DaysheetValidate}})
		status, _, body := post(t, server, s.path(s.till.ID, fri, "/recapitulatif"), fields, map[string]string{"version": "0", "revision": "1"})
		if status != http.StatusUnprocessableEntity {
			t.Errorf("answers %d", status)
		}
		wants(t, body, "demandez à un responsable", `href="#ventilation"`)
	})
	t.Run("a box of another shop is nothing", func(t *testing.T) {
		server := s.open(t, people{locations: []string{s.gare}})
		for _, address := range []string{s.path(s.till.ID, fri, ""), s.path(s.till.ID, fri, "/versions"), "/d/marche/journees/2026-11?caisse=" + s.till.ID} {
			if status, _, _ := get(t, server, address); status != http.StatusNotFound {
				t.Errorf("%s answers %d", address, status)
			}
		}
		if status, _, _ := post(t, server, s.path(s.till.ID, fri, "/brouillon"), map[string]string{FieldTaken + s.cash: "1"}); status != http.StatusNotFound {
			t.Errorf("its draft answers %d", status)
		}
		_, _, body := get(t, server, "/d/marche/journees/2026-11")
		if strings.Contains(body, "Les Halles") {
			t.Error("the month names another shop")
		}
	})
	t.Run("an address that is no day is a page not found", func(t *testing.T) {
		server := s.open(t, people{})
		for _, address := range []string{"/d/marche/journees/novembre", s.path(s.till.ID, "2026-11-31", ""), s.path("nulle-part", fri, ""), s.path(s.second.ID, fri, "/versions")} {
			if status, _, _ := get(t, server, address); status != http.StatusNotFound {
				t.Errorf("%s answers %d", address, status)
			}
		}
		for on, want := range map[day.Day]string{"2026-11-30": "Cette journée n’est pas encore commencée.", "2026-11-02": "Cette caisse est suivie depuis le 17/11/2026."} {
			_, _, body := get(t, server, s.path(s.till.ID, on, ""))
			wants(t, body, want)
		}
	})
}

func TestPartsSwitchedOffLeaveNoTrace(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t), func(m *market) { m.options = company.Options{Credit: company.CreditOff} })
	_, _, body := get(t, s.open(t, people{}), s.path(s.till.ID, fri, ""))
	wants(t, body, "Apport, prélèvement ou remise")
	for _, never := range []string{"Bons cadeaux", "Crédit", "Trop-perçus", "Nombre de clients", "Dépense, apport", "Transfert", "Total à encaisser"} {
		if strings.Contains(body, never) {
			t.Errorf("the page says %q", never)
		}
	}
}

func TestSeveralTillsHaveASheetEachAndASummary(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	s.upToThursday(t)
	s.close(t, s.second.ID, "2026-11-19", s.plain("50", "50"))
	forced := s.plain("25", "20")
	forced[FieldTaken+s.cash], forced[FieldBreakdown] = "20", "ticket déchiré"
	s.write(t, func(tx *db.Tx) error {
		_, err := Close(tx, Request{Key: id.New(), Box: s.station.ID, On: "2026-11-19", Fields: forced, By: claire, MayForce: true})
		return err
	})
	server := s.open(t, people{})
	_, _, body := get(t, server, "/d/marche/journees/2026-11")
	wants(t, body, "Toutes", "Les Halles · Caisse 1", "Les Halles · Caisse 2", "La Gare · Caisse de la Gare", "Caisse par caisse", "jeudi 19 novembre, écart 1/3, 175,00 €", "vendredi 20 novembre, à saisir 3/3", "375,00 €", "Ensemble", "Saisir mardi 17, Caisse 2")
	_, _, body = get(t, server, "/d/marche/journees/2026-11?caisse=toutes&jour=2026-11-19")
	wants(t, body, "Jeudi 19 novembre", s.path(s.station.ID, "2026-11-19", ""), "−5,00 €", "50,00 €")
	_, _, body = get(t, server, "/d/marche/journees/2026-11?caisse="+s.station.ID)
	wants(t, body, "Jeudi 19 : différence de ventilation de −5,00 €.", "jeudi 19 novembre, différence de ventilation de −5,00 €, 25,00 €", "Caisse de la Gare · La Gare")
}

func TestAMonthWithoutAnythingSaysWhatToDo(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	server := s.open(t, people{})
	for address, want := range map[string]string{
		"/d/marche/journees":         "Novembre 2026",
		"/d/marche/journees/2026-11": "Aucune journée clôturée en novembre 2026",
		"/d/marche/journees/2026-10": "suivies depuis le 17/11/2026",
		"/d/marche/journees/2027-01": "Janvier 2027 est à venir",
	} {
		_, _, body := get(t, server, address)
		wants(t, body, want)
	}
	empty := &market{d: s.d, company: dbtest.Company(t, s.d)}
	_, _, body := get(t, empty.open(t, people{rights: append(manager, right.SettingsEdit)}), "/d/marche/journees/2026-11")
	wants(t, body, "Aucune caisse", "Créer une caisse")
}

func TestCustomersAreAddedToASheetWithoutAnyScript(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t), func(m *market) { m.options.Credit = company.CreditByCustomer })
	server := s.open(t, people{})
	_, _, body := post(t, server, s.path(s.till.ID, fri, "/brouillon"), map[string]string{fieldNew + FieldGrantedTo: s.anne, fieldNew + FieldGrantedTo + suffixAmount: "20", "version": "0", "revision": "0"})
	wants(t, body, `name="credit-accorde-`+s.anne+`"`, "Anne Petit")
	if f := s.page(t, s.till.ID, fri).Draft.Fields; f[FieldGrantedTo+s.anne] != "20,00" || f[FieldTaken+s.credit] != "20,00" {
		t.Errorf("draft %v", f)
	}
	status, _, body := post(t, server, s.path(s.till.ID, fri, "/recapitulatif"), map[string]string{fieldNew + FieldRepaidBy + suffixAmount: "5", "version": "0", "revision": "1"})
	if status != http.StatusUnprocessableEntity {
		t.Errorf("an amount without its customer: %d", status)
	}
	wants(t, body, "Choisissez le client de ce montant.", `value="5"`)
}

func TestACustomerAmongManyIsFoundByWordsWithoutAnyScript(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t), func(m *market) { m.options.Credit = company.CreditByCustomer })
	err := s.d.Write(context.Background(), s.company, func(tx *db.Tx) error {
		for i := range 250 {
			if _, err := party.Add(tx, party.Party{Kind: party.Customer, Nature: party.Person, Name: fmt.Sprintf("Client %03d", i)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	server := s.open(t, people{})
	_, _, body := get(t, server, s.path(s.till.ID, fri, ""))
	wants(t, body, "251 clients, cherchez par le nom", "Client 000")
	if strings.Contains(body, "Client 200") {
		t.Error("a long list is shown whole")
	}
	search := fieldNew + FieldGrantedTo + ui.SearchSuffix
	_, _, body = post(t, server, s.path(s.till.ID, fri, "/brouillon"), map[string]string{search: "client 20", fieldNew + FieldGrantedTo + suffixAmount: "20", "version": "0", "revision": "0"})
	wants(t, body, "13 clients<", "Client 200", `value="client 20"`, `value="20"`)
	_, _, body = post(t, server, s.path(s.till.ID, fri, "/brouillon"), map[string]string{search: "client 207", fieldNew + FieldGrantedTo + suffixAmount: "20", "version": "0", "revision": "1"})
	wants(t, body, "Client 207", `value="20,00"`)
	if f := s.page(t, s.till.ID, fri).Draft.Fields; f[FieldTaken+s.credit] != "20,00" || f[search] != "" {
		t.Errorf("draft %v", f)
	}
}

func TestTheNextTicketNumberFollowsTheLast(t *testing.T) {
	for last, want := range map[string]string{"1481": "1482", "Z0099": "Z0100", "2026/009": "2026/010", "": "", "ABC": "", "99": "100"} {
		if got := nextZ(last); got != want {
			t.Errorf("after %q comes %q, want %q", last, got, want)
		}
	}
}

func TestFiguresAreWrittenBackAsTheyWereTyped(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	setup := s.page(t, s.till.ID, fri).Setup
	fields := s.balanced()
	maps.Copy(fields, map[string]string{FieldOverpayment: "-3", FieldCustomers: "40", FieldPieces + "5000": "2", FieldLoose: "12,50", FieldRemitted: "100", FieldNote: "pluie", FieldReasonNote + s.cash: "rendu"})
	figures, err := Read(fields, setup)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(fieldsOf(figures, setup), setup)
	if err != nil || text(t, again) != text(t, figures) {
		t.Errorf("%v\n%s\n%s", err, text(t, again), text(t, figures))
	}
}

func TestAMovementRecordedAfterTheDraftIsInTheNextFigures(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	err := s.d.Read(context.Background(), s.company, func(q *db.Snapshot) error {
		before, err := Load(q, s.till.ID, fri)
		if err == nil && before.Posted[s.cash] != 20485 {
			t.Errorf("before: %d", before.Posted[s.cash])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.spend(t)
	p := s.page(t, s.till.ID, fri)
	answer := newSheetAnswer(Compute(Figures{}, p.Setup), p.Setup, false)
	if got := answer.Methods[s.cash].Posted; got != 20485-2340-20000 {
		t.Errorf("after: %d", got)
	}
	if blind := newSheetAnswer(Compute(Figures{}, p.Setup), p.Setup, true); len(blind.Methods) != 0 {
		t.Error("a blind sheet tells what it expects")
	}
}
