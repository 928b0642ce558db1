package browser

import (
	"strings"
	"testing"
)

func TestChequesGoToTheBankOnASlipThatIsTickedOff(t *testing.T) {
	each(t, owner, func(t *testing.T, s *shop, p *Page) {
		p.Goto(s.base + "/caisses").Click("Remises en banque").Sees("À remettre")
		look(p, "remises")
		cheques := p.Evaluate(`[...document.querySelectorAll("a")].find(a => a.getAttribute("href").includes("/remises/cheques/")).getAttribute("href")`)
		p.Goto(cheques).Sees("Noter un chèque").Fill("Montant", "64,20").Fill("Tireur", "Élodie Garnier").Fill("Numéro du chèque", "0012345").Click("Noter le chèque").Sees("Chèque de 64,20 € noté.")
		look(p, "cheques")
		cash := p.Goto(s.base + "/remises").Evaluate(`[...document.querySelectorAll("table.tableau tbody tr")].find(r => r.innerText.includes("Espèces")).querySelector("a").getAttribute("href")`)
		p.Goto(cash).Sees("Compter les billets et les pièces").Click("Compter les billets et les pièces")
		p.Fill("Montant", "").Fill("Billet de 20 €", "3").Fill("Billet de 5 €", "1")
		look(p, "remise-especes")
		p.Click("Remettre en banque").Sees("Remise enregistrée.").Sees("En chemin").Sees("Billet de 20 €")
		look(p, "remise")
		if text := printed(p, p.Path()+"/imprimer"); !strings.Contains(text, "Billet de 20") || !strings.Contains(text, "65,00") {
			t.Errorf("the slip does not say its notes and its amount:\n%s", text)
		}
		p.Click("Pointer la remise").Sees("La remise est pointée").Sees("Créditée le")
		p.Goto(s.base + "/remises?etat=creditees").Sees("65,00 €")
		s.proves(t)
	})
}

func TestAVoucherIsSoldThenUsedInPart(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, owner, Desk)
	p.Goto(s.base + "/clients").Click("Bons cadeaux").Sees("Ce qui reste à honorer").Click("Vendre un bon").Sees("À quoi sert-il")
	look(p, "bon-nouveau")
	p.Fill("Montant", "50").Fill("Bénéficiaire", "Anne Petit").Click("Enregistrer le bon").Sees("Bon cadeau de 50,00 € enregistré.")
	look(p, "bon")
	number := strings.TrimPrefix(p.Text("h1"), "Bon ")
	p.Goto(s.base+"/bons").Fill("Numéro du bon, ou bénéficiaire", number).Click("Chercher").Sees("Utiliser le bon")
	p.Fill("Montant utilisé", "20").Press("Tab").Click("Utiliser le bon").Sees("20,00 € utilisés.").Sees("Entamé")
	if text := printed(p, p.Path()+"/imprimer"); !strings.Contains(text, number) {
		t.Errorf("the voucher does not bear its number:\n%s", text)
	}
	p.Goto(s.base + "/bons").Sees("Les bons et le compte concordent")
	look(p, "bons")
	s.proves(t)
}

func TestACustomerPaysOnAccountAtTheCounter(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, owner, Phone)
	p.Goto(s.base + "/clients/credits").Sees("Les clients doivent")
	look(p, "credits")
	account := p.Evaluate(`document.querySelector("table.tableau tbody a").getAttribute("href")`)
	p.Goto(account).Sees("Ancienneté de ce qui est dû")
	look(p, "compte-client")
	p.Click("Encaisser un règlement").Sees("Doit ").Fill("Montant", "5").Choose("Moyen de paiement", "Espèces").Click("Enregistrer le règlement").Sees("Crédit réglé : 5,00 €.")
	s.proves(t)
}
