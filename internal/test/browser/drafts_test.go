package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// open opens the sheet that waits at the station, and gives its address.
func (s *shop) open(p *Page) string {
	p.t.Helper()
	p.Goto(s.base + "/").Click("Saisir la journée du").Sees("Solde de la veille").Arrives(s.base + "/journees/") // with its scripts
	return p.Path()
}

// saved waits until the server has what is typed. Narrow windows leave that out of sight.
func saved(p *Page) *Page {
	p.t.Helper()
	p.until("the draft is saved", `document.querySelector("[data-enregistre]")?.textContent.startsWith("Brouillon enregistré à")`)
	return p
}

// signOut loses the session of a window, as time does.
func signOut(p *Page) *Page {
	p.t.Helper()
	p.do("lose the session", call(network.ClearBrowserCookies, cdp.Empty{}))
	return p
}

func TestWhatIsTypedOutlivesAReloadAStepBackAndAnotherPage(t *testing.T) {
	s := openShop(t)
	for _, size := range []Size{Phone, Desk} {
		p := s.enter(t, manager, size)
		sheet := s.open(p)
		p.Fill("Épicerie", "12,5+0,25").Fill("Nombre de ventes", "7").Reload().Sees("Solde de la veille") // before the draft leaves
		holds(p, "Épicerie", 1275)
		same(t, "number of sales", p.Value("Nombre de ventes"), "7")
		p.Fill("Carte bancaire", "9").Goto(s.base + "/clients").Sees("Clients").Back().Sees("Solde de la veille")
		holds(p, "Carte bancaire", 900)
		p.Fill("Carte bancaire", "10").Press("PageUp")
		p.until("the day before", `document.querySelector(".feuille.lue")`)
		p.Press("PageDown").Arrives(sheet)
		holds(p, "Carte bancaire", 1000)
		p.Fill("Espèces", "2,75").Press("Control+s")
		saved(p).NoConsoleErrors()
		other := s.enter(t, manager, size).Goto(sheet) // another device
		holds(other, "Épicerie", 1275)
		holds(other, "Espèces", 275)
		same(t, "check of the payments", other.Text("[data-verif=ventilation]"), "Ventilation équilibrée 0,00 €")
		other.Goto(s.base + "/journees/" + dayOf(sheet)[:7] + "?caisse=" + strings.Split(sheet, "/")[4])
		if said := cell(other, dayOf(sheet)); !strings.Contains(said, "brouillon, 12,75 €") {
			t.Errorf("the month says %q", said)
		}
		other.Goto(sheet).Click("Autres actions").Click("Effacer la saisie").Click("css:dialog[open] .btn.danger").Sees("La saisie est effacée.")
	}
}

func TestNobodyIsTheirOwnRival(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, manager, Desk)
	s.open(p)
	for n := range 4 { // the last draft of a page leaves while the next page opens: the next page does not know it yet
		p.Fill("Épicerie", itoa(10+n)).Reload().Fill("Carte bancaire", itoa(20+n)).Goto(s.base + "/clients").Sees("Clients").Back().Sees("Solde de la veille")
		holds(p, "Épicerie", 1000+100*n)
		holds(p, "Carte bancaire", 2000+100*n)
		p.Fill("Espèces", itoa(30+n)).Press("Control+s")
		saved(p).SeesNot("modifié").SeesNot("ailleurs")
	}
}

func TestWhatIsTypedWithoutNetworkIsSentWhenItComesBack(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, manager, Phone)
	sheet := s.open(p)
	p.Offline(true).Fill("Épicerie", "45").Fill("Carte bancaire", "45").Press("Control+s").Sees("Hors connexion : gardé sur cet appareil")
	p.Click("Clôturer").Sees("recommencez au retour du réseau")
	if p.Path() != sheet {
		t.Errorf("without network the page goes to %s", p.Path())
	}
	look(told(p, "ERR_INTERNET_DISCONNECTED"), "hors-connexion")
	saved(p.Offline(false))
	p.Offline(true).Fill("Espèces", "3")
	p.do("leave", chromedp.Navigate("about:blank"))
	p.Offline(false).Goto(sheet).Sees("Ce que vous aviez tapé sur cet appareil est revenu.")
	holds(p, "Espèces", 300)
	holds(p, "Épicerie", 4500)
	saved(p).Click("Repartir de ce qui est enregistré")
	same(t, "cash, after all", p.Value("Espèces"), "")
	forgive(p, "ERR_INTERNET_DISCONNECTED")
}

func TestWhatIsTypedOutlivesTheSession(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, manager, Desk)
	sheet := s.open(p)
	signOut(p.Fill("Épicerie", "80")).Press("Control+s").Sees("Votre session a pris fin. Ce que vous tapez est gardé sur cet appareil.")
	look(refused(p, 401), "session-finie")
	p.Fill("Carte bancaire", "80").Goto(sheet).Arrives("/connexion")
	s.signIn(p, manager)
	p.Arrives(sheet).Sees("Ce que vous aviez tapé sur cet appareil est revenu.")
	holds(p, "Épicerie", 8000)
	holds(p, "Carte bancaire", 8000)
	saved(p).Fill("Espèces comptées", typed(cents(t, row(p, "Solde théorique"))))
	forgive(p, "status of 401") // of the last draft of the page before, when it had time to leave

	signOut(p).Click("Clôturer").Sees("Ce que vous avez tapé est gardé ici.")
	look(refused(p, 401), "saisie-gardee")
	if got := p.Evaluate(`document.querySelector("a[target=_blank]").href`); !strings.Contains(got, "/connexion") {
		t.Errorf("one signs in again at %s", got)
	}
	otherTab(p, s, manager)
	p.Click("Envoyer ma saisie").Sees("Confirmer la clôture")
	same(t, "turnover", fact(p, "Chiffre d’affaires TTC"), "80,00 €")
}

// otherTab signs somebody in as another tab of the same window does.
func otherTab(p *Page, s *shop, who string) {
	p.t.Helper()
	_, err := ask[string](p, `fetch("/connexion", {method: "POST", body: new URLSearchParams({email: `+quoted(s.addresses[who])+`, "mot-de-passe": `+quoted(s.passwords[who])+`})}).then(r => r.url)`, chromedp.EvalAwaitPromise)
	if err != nil {
		p.t.Fatal(err)
	}
}

func TestTwoPeopleOnOneSheetChooseWhichOneStays(t *testing.T) {
	s := openShop(t)
	karim, helene := s.enter(t, manager, Desk), s.enter(t, owner, Phone)
	sheet := s.open(karim)
	helene.Goto(sheet).Sees("Solde de la veille")
	saved(karim.Fill("Épicerie", "100").Press("Control+s"))
	helene.Fill("Épicerie", "200").Press("Control+s").Sees("Karim Benali a modifié cette journée à")
	holds(helene, "Épicerie", 20000)
	look(refused(helene, 409), "conflit")
	saved(helene.Click("Garder la mienne"))
	karim.Fill("Fruits et légumes", "5").Press("Control+s").Sees("Hélène Marchand a modifié cette journée à").Click("Reprendre l’autre saisie")
	holds(karim, "Épicerie", 20000)
	same(t, "what was given up", karim.Value("Fruits et légumes"), "")

	saved(karim.Fill("Épicerie", "300").Press("Control+s"))
	helene.WithoutScript().Goto(sheet).Fill("Boissons sans alcool", "7")
	karim.Fill("Épicerie", "301").Press("Control+s")
	karim.until("the second draft", `document.querySelector("[name=revision]").value > `+helene.Evaluate(`document.querySelector("[name=revision]").value`))
	helene.Click("Recalculer").Sees("Karim Benali a modifié cette journée à")
	same(t, "what was typed without script", helene.Value("Boissons sans alcool"), "7")
	lookWithoutScript(refused(helene, 409), "conflit-sans-script")
	helene.Click("Garder la mienne").SeesNot("Karim Benali a modifié")
	holds(helene, "Épicerie", 30000)
}

func TestASheetClosedMeanwhileTakesWhatWasTypedAsACorrection(t *testing.T) {
	s := openShop(t)
	karim, helene := s.enter(t, manager, Desk), s.enter(t, owner, Desk)
	sheet := s.open(karim)
	helene.Goto(sheet).Sees("Solde de la veille").Fill("Épicerie", "60").Fill("Carte bancaire", "60")
	half(karim).Fill("Espèces comptées", typed(cents(t, row(karim, "Solde théorique"))))
	karim.Click("Clôturer").Click("Confirmer la clôture").Sees("clôturée.")
	helene.Click("Clôturer").Sees("Cette journée a été clôturée ou corrigée par Karim Benali").Sees("Pourquoi cette correction ?")
	holds(helene, "Épicerie", 6000)
	look(refused(helene, 409), "cloturee-entre-temps")
}

func TestADayConfirmedTwiceIsClosedOnce(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, manager, Desk)
	sheet := s.open(p)
	half(p).Fill("Espèces comptées", typed(cents(t, row(p, "Solde théorique"))))
	p.Click("Clôturer").Sees("Confirmer la clôture")
	again := p.Evaluate(`new URLSearchParams(new FormData(document.getElementById("recapitulatif"))).toString()`)
	p.do("press twice", chromedp.Evaluate[chromedp.Void](`document.querySelector("button[form=recapitulatif]").click(), document.querySelector("button[form=recapitulatif]").click()`))
	p.Sees("clôturée.")
	status, err := ask[int](p, `fetch(`+quoted(sheet+"/cloturer")+`, {method: "POST", redirect: "manual", headers: {"Content-Type": "application/x-www-form-urlencoded"}, body: `+quoted(again)+`}).then(r => r.type === "opaqueredirect" ? 303 : r.status)`, chromedp.EvalAwaitPromise)
	if err != nil || status != 303 {
		t.Errorf("sent once more, the closing is answered %d, %v", status, err)
	}
	p.Goto(sheet + "/versions").Sees("Version en vigueur").SeesNot("Correction")
	s.proves(t)
}
