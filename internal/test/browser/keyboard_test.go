package browser

import (
	"strings"
	"testing"
)

func TestCustomersOnAccountAreChosenWithTheKeyboard(t *testing.T) {
	s := openShop(t)
	for _, size := range []Size{Desk, Phone} {
		p := s.enter(t, manager, size)
		s.open(p)
		p.Fill("Épicerie", "100").Focus("Client à ajouter, Crédits clients réglés").Press("ArrowDown", "ArrowDown")
		if got := p.Focused(); !strings.HasPrefix(got, "Client à ajouter") {
			t.Fatalf("an arrow leaves the list for %q: nobody but the first customer can be chosen", got)
		}
		second := p.Evaluate(`document.activeElement.selectedOptions[0].text`)
		p.Press("Enter").Type("30").Press("Enter")
		if got := p.Focused(); !strings.HasPrefix(got, "Client à ajouter, Crédits clients réglés") {
			t.Errorf("after a customer and an amount the keyboard is on %q", got)
		}
		holds(p, second, 3000)
		same(t, "credit repaid", shown(p, "credit-credit-regle-"), "30,00 €")
		same(t, "total to cash", shown(p, "due"), "130,00 €")
		p.Press("Enter", "Enter")
		if got := p.Focused(); !strings.HasPrefix(got, "Trop-perçus") {
			t.Errorf("after the customers the keyboard is on %q", got)
		}
		p.Focus("Client à ajouter, Crédit accordé").Press("ArrowDown", "Enter").Type("12,5").Press("Enter")
		holds(p, "En compte", 1250) // the method follows its customers
		p.Fill("Espèces", "117,50").Sees("Ventilation équilibrée").Fill("Espèces comptées", typed(cents(t, row(p, "Solde théorique"))))
		look(p, "clients")
		p.Click("Clôturer").Sees("Confirmer la clôture")
		same(t, "credit repaid", fact(p, "Crédits clients réglés"), "30,00 €")
		p.Click("Revenir à la saisie").Sees("Solde de la veille")
		holds(p, second, 3000)
		p.Click("Autres actions").Click("Effacer la saisie").Click("css:dialog[open] .btn.danger").Sees("La saisie est effacée.")
	}
}

func TestTheKeyboardAloneReachesAndShowsEverything(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, manager, Desk)
	sheet := s.open(p)
	p.Press("PageDown", "PageUp")
	p.until("the day before", `document.querySelector(".feuille.lue")`)
	p.Press("PageDown").Arrives(sheet)
	for _, address := range []string{sheet, s.base + "/", s.base + "/journees", s.base + "/rapports/journal"} {
		p.Goto(address)
		seen := map[string]bool{}
		for range 12 {
			p.Press("Tab")
			name := p.Focused()
			if name == "" {
				t.Fatalf("%s: the focus is on something without a name: %s", address, p.Evaluate(`document.activeElement.outerHTML.slice(0, 200)`))
			}
			seen[name] = true
			if ring := p.Evaluate(`(() => { const c = getComputedStyle(document.activeElement); return c.outlineStyle !== "none" ? parseFloat(c.outlineWidth) : 0; })()`); ring < "3" {
				t.Errorf("%s: the focus on %q shows a ring of %s px", address, name, ring)
			}
		}
		if len(seen) < 8 {
			t.Errorf("%s: twelve Tabs reach only %d places", address, len(seen))
		}
	}
	p.Goto(sheet).Press("Tab", "Enter")
	p.Goto(sheet).Focus("Compter billets et pièces").Press("Enter").Sees("Total compté").Press("Escape").SeesNot("Total compté")
	p.until("the count is left, the keyboard is where it was", finder+`.focused() === "Compter billets et pièces"`)
}

func TestPagesHoldTwiceAsLargeAndOnTheNarrowestWindow(t *testing.T) {
	s := openShop(t)
	for _, size := range []Size{{"200-pour-cent", 640, 400}, {"400-pour-cent", 320, 256}} { // of a window of 1280
		p := s.enter(t, manager, size)
		look(p, "accueil")
		sheet := s.open(p)
		p.Acts = 0
		half(p)
		look(p, "journee")
		p.Click("Compter billets et pièces").Sees("Total compté")
		look(p, "comptage")
		p.Press("4", "Enter").Click("Reprendre ce total").Sees("Manque en caisse").Click("Autre")
		p.Click("Clôturer").Sees("Précisez le motif de l’écart.")
		look(refused(p, 422), "refus")
		p.Fill("Précision pour le cabinet", "Un billet est resté dans le sac").Click("Clôturer").Sees("Confirmer la clôture")
		look(p, "recapitulatif")
		p.Goto(s.base + "/journees/" + dayOf(sheet)[:7])
		look(p, "mois")
		p.Goto(s.base + "/journees/" + dayOf(sheet)[:7] + "?caisse=" + strings.Split(sheet, "/")[4])
		look(p, "mois-caisse")
		p.Goto(s.base + "/rapports/journal")
		look(p, "journal")
		p.Goto(sheet).Click("Autres actions").Click("Effacer la saisie").Click("css:dialog[open] .btn.danger").Sees("La saisie est effacée.")
	}
}
