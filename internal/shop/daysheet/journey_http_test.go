package daysheet

import (
	"maps"
	"strconv"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/browser"
	"encaisse/internal/test/dbtest"
)

const fri day.Day = "2026-11-20"

// upToThursday closes the days before Friday: 204,85 € stay in the drawer.
func (s *market) upToThursday(t *testing.T) {
	t.Helper()
	for i, on := range []day.Day{"2026-11-17", "2026-11-18", "2026-11-19"} {
		fields := s.plain("100", []string{"304,85", "404,85", "504,85"}[i])
		if i == 2 {
			fields[FieldRemitted] = "300"
		}
		s.close(t, s.till.ID, on, fields)
	}
	s.spend(t)
}

// order is the order of the fields of the ticket Z and of the payments on the page.
func (s *market) order() []string {
	return []string{FieldSale + s.grocery, FieldSale + s.deli, FieldSale + s.wine, FieldSale + s.gift, FieldVouchers, FieldRepaid, FieldOverpayment, FieldSalesCount, FieldCustomers,
		FieldTaken + s.cash, FieldTaken + s.card, FieldTaken + s.meal, FieldTaken + s.cheque, FieldTaken + s.voucher, FieldTaken + s.credit}
}

// types fills fields in order with the keyboard, Enter after each.
func types(p *browser.Page, fields map[string]string, names ...string) {
	for _, name := range names {
		if text := fields[name]; text != "" {
			p.Type(text)
		}
		p.Press("Enter")
	}
}

// eventually waits until the browser says yes.
func eventually(t *testing.T, p *browser.Page, what, question string) {
	t.Helper()
	for range 200 {
		if p.Evaluate(question) == "true" {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("never: %s (%s = %s)", what, question, p.Evaluate(question))
}

func TestAManagerEntersTheTicketZCountsAndClosesInThreeTaps(t *testing.T) {
	for _, size := range browser.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			s := newMarket(t, dbtest.SQLite(t))
			s.upToThursday(t)
			p := browser.On(t, s.open(t, people{}).URL).Open(t).At(size).Goto("/d/marche/journees/2026-11?caisse=" + s.till.ID)
			p.Sees("1 journée à saisir").Clean("mois")
			p.Click("Saisir vendredi 20").Arrives(s.path(s.till.ID, fri, ""))
			if got := p.Focused(); !strings.HasPrefix(got, "Épicerie") || p.Value("N° du ticket Z") != "1481" {
				t.Errorf("the page opens on %q, ticket %q", got, p.Value("N° du ticket Z"))
			}
			p.Evaluate(`scrollTo(0, document.body.scrollHeight)`)
			p.Clean("jour-vide")
			types(p, s.friday20(), s.order()...)
			if got := p.Text("[data-verif=ventilation]"); got != "Ventilation équilibrée 0,00 €" {
				t.Errorf("after the payments: %q", got)
			}
			for key, want := range map[string]string{"gross": "1 292,80 €", "due": "1 381,00 €", "paid": "1 381,00 €", "basket": "27,51 €", "tax-" + s.wine: "73,15 €", "tax-" + s.gift: "9,50 €"} {
				if got := p.Evaluate(`document.querySelector('[data-montre="` + key + `"]').textContent.replace(/\u00a0/g, ' ')`); got != want {
					t.Errorf("%s reads %q, want %q", key, got, want)
				}
			}
			if got := p.Focused(); got != "Espèces comptées" {
				t.Fatalf("after the payments Enter stands on %q", got)
			}
			p.Type("295,45").Press("Enter").Sees("Manque en caisse").Sees("Pourquoi cet écart")
			p.Click("Erreur de rendu").Clean("jour-saisi")
			p.Click("Clôturer").Sees("Clôturer vendredi 20 novembre ?").Sees("Confirmer la clôture").Sees("−4,60 €").Clean("recapitulatif")
			if got := p.Focused(); got != "Confirmer la clôture" {
				t.Errorf("the summary opens on %q", got)
			}
			p.Press("Enter").Arrives("/d/marche/journees/2026-11").Sees("Journée du vendredi 20 novembre clôturée").Sees("Saisir aujourd’hui")
			if got := p.Evaluate(`document.querySelector('[data-feuille$="2026-11-20"]').className`); got != "jour clos" {
				t.Errorf("the day is %q", got)
			}
			if kept := p.Evaluate(`Object.keys(localStorage).filter((k) => k.startsWith('encaisse-journee:')).length`); kept != "0" {
				t.Errorf("the device still keeps %s sheets", kept)
			}
			v := s.page(t, s.till.ID, fri).Current()
			if v == nil || v.Gross != 129280 || v.OverShort != -460 || v.ZNumber != "1481" {
				t.Errorf("closed as %+v", v)
			}
		})
	}
}

func TestTheDrawerIsCountedByNotesAndCoinsAndWhatIsLeftAndHandedOverAddUp(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	s.upToThursday(t)
	p := browser.On(t, s.open(t, people{}).URL).Open(t).Goto(s.path(s.till.ID, fri, "")).Sees("Ticket Z")
	types(p, s.friday20(), s.order()...)
	p.Click("Compter billets et pièces").Sees("Compter le tiroir")
	if got := p.Focused(); got != "50 €" {
		t.Errorf("the count opens on %q", got)
	}
	p.Clean("comptage")
	p.Type("2").Press("Enter").Type("4").Press("Enter").Type("5").Press("Enter").Type("7").Press("Enter")
	if got := p.Focused(); got != "Rouleaux, autre" {
		t.Errorf("after the notes Enter stands on %q", got)
	}
	p.Press("Enter")
	for _, n := range []string{"6", "10", "11", "10", "6", "4", "3", "9"} {
		p.Type(n).Press("Enter")
	}
	if got := p.Text("[data-montre=pieces]") + " " + p.Text("[data-montre=piece-5000]") + " " + p.Text("[data-montre=pieces-gap]"); got != "295,45 € 100,00 € −4,60 €" {
		t.Errorf("the count comes to %q", got)
	}
	if got := p.Focused(); got != "Reprendre ce total" {
		t.Errorf("after the last coin Enter stands on %q", got)
	}
	p.Press("Enter")
	eventually(t, p, "the total is taken over", `document.getElementById('c-c-`+s.cash+`').value === '295,45'`)
	p.Fill("Laisser en caisse", "150").Press("Enter")
	if got := p.Value("À remettre"); got != "145,45" {
		t.Errorf("150,00 left, %q to hand over", got)
	}
	p.Fill("Espèces comptées", "300").Press("Enter")
	if got := p.Value("Laisser en caisse") + " " + p.Value("À remettre"); got != "150,00 150,00" {
		t.Errorf("300,00 counted: %q left and handed over", got)
	}
	p.Fill("À remettre", "100").Press("Enter")
	if got := p.Value("Laisser en caisse"); got != "200,00" {
		t.Errorf("100,00 handed over: %q left", got)
	}
	p.Click("Laisser 150,00 € de fonds")
	if got := p.Value("À remettre"); got != "150,00" {
		t.Errorf("the usual float left: %q to hand over", got)
	}
	p.NoConsoleErrors()
}

func TestKeysOfTheDay(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	s.upToThursday(t)
	p := browser.On(t, s.open(t, people{}).URL).Open(t).Goto(s.path(s.till.ID, fri, "")).Sees("Ticket Z")
	p.Press("PageUp").Arrives(s.path(s.till.ID, "2026-11-19", "")).Sees("Clôturée").Press("PageDown").Arrives(s.path(s.till.ID, fri, "")).Sees("Ticket Z")
	p.Fill("Espèces", "318,60").Focus("Espèces comptées").Press("Control+Enter").Sees("Caisse juste")
	if got := p.Value("Espèces comptées"); got != "300,05" {
		t.Errorf("Ctrl+Entrée takes %q", got)
	}
	p.Focus("Espèces comptées").Press("Enter", "Enter", "Enter")
	if got := p.Focused(); got != "Clôturer la journée" {
		t.Errorf("after the last field Enter stands on %q", got)
	}
	p.Press("Control+s").Sees("Brouillon enregistré à 8 h 55")
	if d := s.page(t, s.till.ID, fri).Draft; d == nil || d.Fields[FieldTaken+s.cash] != "318,60" || d.By != claire {
		t.Errorf("draft %+v", d)
	}
	p.NoConsoleErrors()
}

func TestWhatIsTypedIsNeverLost(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	gone := false
	p := browser.On(t, s.open(t, people{anonymous: &gone}).URL).Open(t).Goto(s.path(s.till.ID, fri, "")).Sees("Ticket Z")
	kept := `Object.keys(localStorage).filter((k) => k.startsWith('encaisse-journee:')).length`
	t.Run("a draft saves itself a moment after the last key, and a reload finds it", func(t *testing.T) {
		p.Fill("Espèces", "318,60").Sees("Brouillon enregistré à 8 h 55")
		eventually(t, p, "the device forgets what the server has", kept+` === 0`)
		p.Reload().Sees("Ticket Z")
		if got := p.Value("Espèces"); got != "318,60" {
			t.Errorf("after a reload: %q", got)
		}
	})
	t.Run("without a network it stays on the device, through a reload too", func(t *testing.T) {
		p.Offline(true).Fill("Carte bancaire", "842,10").Sees("Hors connexion : gardé sur cet appareil")
		p.Offline(false).Sees("Brouillon enregistré")
		if got := s.page(t, s.till.ID, fri).Draft.Fields[FieldTaken+s.card]; got != "842,10" {
			t.Errorf("back on the network the server has %q", got)
		}
	})
	t.Run("what only the device has comes back", func(t *testing.T) {
		d := s.page(t, s.till.ID, fri).Draft
		values := maps.Clone(d.Fields)
		values[FieldTaken+s.cheque] = "74"
		entry := text(t, map[string]any{"who": claire, "version": "0", "revision": strconv.Itoa(d.Revision), "values": values})
		p.Goto("/d/marche/journees/2026-11?caisse=" + s.till.ID).Evaluate(`localStorage.setItem('encaisse-journee:` + s.path(s.till.ID, fri, "") + `', JSON.stringify(` + entry + `))`)
		p.Goto(s.path(s.till.ID, fri, "")).Sees("Ce que vous aviez tapé sur cet appareil est revenu")
		if got := p.Value("Chèques"); got != "74,00" && got != "74" {
			t.Errorf("came back: %q", got)
		}
		p.Sees("Brouillon enregistré")
	})
	t.Run("an expired session keeps it and says where to sign in", func(t *testing.T) {
		gone = true
		p.Fill("Titres-resto", "96,30").Sees("Votre session a pris fin")
		if got := p.Evaluate(kept); got != "1" {
			t.Errorf("the device keeps %s sheets", got)
		}
		gone = false
		p.Press("Control+s").Sees("Brouillon enregistré")
		if got := s.page(t, s.till.ID, fri).Draft.Fields[FieldTaken+s.meal]; got != "96,30" {
			t.Errorf("signed in again, the server has %q", got)
		}
	})
}

func TestTwoPeopleOnOneSheetChooseWhoseToKeep(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	who := claire
	app := browser.On(t, s.open(t, people{user: &who}).URL)
	mine := app.Open(t).Goto(s.path(s.till.ID, fri, "")).Sees("Ticket Z")
	other := app.Open(t).Goto(s.path(s.till.ID, fri, "")).Sees("Ticket Z")
	who = paul
	other.Fill("Espèces", "10").Sees("Brouillon enregistré")
	who = claire
	mine.Fill("Carte bancaire", "20").Sees("Paul Martin a modifié cette journée à 8 h 55")
	mine.Axe().Click("Garder la mienne").Sees("Brouillon enregistré")
	if f := s.page(t, s.till.ID, fri).Draft.Fields; f[FieldTaken+s.card] == "" || f[FieldTaken+s.cash] != "" {
		t.Errorf("Claire keeps hers: %v", f)
	}
	who = paul
	other.Fill("Espèces", "30").Sees("Claire Dumont a modifié cette journée").Click("Reprendre l’autre saisie").SeesNot("a modifié cette journée")
	if got := other.Value("Carte bancaire"); !strings.HasPrefix(got, "20") || other.Value("Espèces") != "" {
		t.Errorf("Paul takes hers: card %q, cash %q", got, other.Value("Espèces"))
	}
}

func TestADayIsEnteredAndClosedWithoutAnyScript(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	s.upToThursday(t)
	p := browser.On(t, s.open(t, people{}).URL).Open(t).WithoutScript().Goto(s.path(s.till.ID, fri, "")).Sees("Ticket Z")
	labels := map[string]string{FieldSale + s.grocery: "Épicerie 5,5 %", FieldSale + s.deli: "Traiteur 10 %", FieldSale + s.wine: "Vins et boissons 20 %", FieldSale + s.gift: "Cadeaux 20 %", FieldVouchers: "Bons cadeaux vendus",
		FieldRepaid: "Crédits clients réglés", FieldSalesCount: "Nombre de ventes", FieldTaken + s.cash: "Espèces", FieldTaken + s.card: "Carte bancaire", FieldTaken + s.meal: "Titres-resto", FieldTaken + s.cheque: "Chèques",
		FieldTaken + s.voucher: "Bons cadeaux", FieldTaken + s.credit: "Crédit client"}
	for name, label := range labels {
		p.Fill(label, s.friday20()[name])
	}
	p.Click("Recalculer").Sees("1 292,80 €").Sees("Ventilation équilibrée")
	p.Click("Compter billets et pièces").Fill("50 €", "5").Fill("20 €", "2").Fill("5 €", "1").Click("Reprendre ce total").Sees("Manque en caisse").Sees("−5,05 €")
	p.Click("Clôturer la journée").Sees("Un champ à corriger").Sees("Choisissez un motif")
	p.Click("Dépense oubliée").Click("Laisser 150,00 € de fonds").Sees("Laisser en caisse 150,00 €")
	if got := p.Value("À remettre"); got != "145,00" {
		t.Errorf("150,00 left of 295,00: %q to hand over", got)
	}
	p.Click("Clôturer la journée").Sees("Confirmer la clôture").Sees("145,00 €").Click("Confirmer la clôture").Sees("Journée du vendredi 20 novembre clôturée")
	v := s.page(t, s.till.ID, fri).Current()
	if v == nil || v.Gross != 129280 || v.OverShort != -505 || v.Unexplained != 0 {
		t.Errorf("closed as %+v", v)
	}
}

func TestABlindCountShowsWhatWasExpectedOnlyOnceItIsOver(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t), func(m *market) { m.blind = true })
	p := browser.On(t, s.open(t, people{}).URL).Open(t).Goto(s.path(s.till.ID, fri, "")).Sees("Ticket Z")
	p.Fill("Épicerie", "100").Press("Enter").Fill("Espèces", "100").Press("Enter").Sees("Brouillon enregistré").SeesNot("Solde théorique").SeesNot("204,85")
	if page := p.Evaluate(`document.documentElement.outerHTML.includes('20485') || document.documentElement.outerHTML.includes('204,85')`); page != "false" {
		t.Error("the page holds the balance it should hide")
	}
	p.Focus("Espèces comptées").Press("Control+Enter")
	if got := p.Value("Espèces comptées"); got != "" {
		t.Errorf("Ctrl+Entrée takes %q blind", got)
	}
	p.Type("300").Press("Enter").Sees("Comptage à l’aveugle").Click("Valider le comptage").Sees("Solde théorique").Sees("304,85 €").Sees("Manque en caisse").Sees("−4,85 €")
	p.Click("Autre").Fill("Précision pour le cabinet", "billet perdu").Click("Clôturer").Sees("Confirmer la clôture").NoConsoleErrors()
	t.Run("closing at once shows it in the summary", func(t *testing.T) {
		p.Goto(s.path(s.second.ID, fri, "")).Fill("Épicerie", "100").Fill("Espèces", "100").Fill("Espèces comptées", "100").Click("Clôturer").Sees("Confirmer la clôture").Sees("Solde théorique").Sees("Caisse juste")
	})
}

func TestCustomerCreditIsSharedBetweenCustomers(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t), func(m *market) { m.options.Credit = company.CreditByCustomer })
	p := browser.On(t, s.open(t, people{}).URL).Open(t).Goto(s.path(s.till.ID, fri, "")).Sees("Crédits clients réglés, par client")
	p.Choose("Client à ajouter, Crédits clients réglés", "Anne Petit").Fill("Montant de ce client, Crédits clients réglés", "38,20").Press("Enter").Sees("Anne Petit")
	if got := p.Text("[data-montre=due]"); got != "38,20 €" {
		t.Errorf("to be cashed: %q", got)
	}
	p.Choose("Client à ajouter, Crédit accordé", "Anne Petit").Fill("Montant de ce client, Crédit accordé", "20").Press("Enter")
	if got := p.Value("Crédit client"); got != "20,00" {
		t.Errorf("credit granted: %q", got)
	}
	p.Clean("credit-par-client").Sees("Brouillon enregistré")
	if f := s.page(t, s.till.ID, fri).Draft.Fields; f[FieldRepaidBy+s.anne] != "38,20" || f[FieldGrantedTo+s.anne] != "20,00" {
		t.Errorf("draft %v", f)
	}
	p.Reload().Sees("Anne Petit").NoConsoleErrors()
}
