package browser

import (
	"strings"
	"testing"
)

func TestMoneyMovesInABoxIsUndoneAndRestored(t *testing.T) {
	each(t, owner, func(t *testing.T, s *shop, p *Page) {
		p.Goto(s.base + "/caisses").Sees("Petite caisse du bureau").Sees("Virtuelle")
		look(p, "tresorerie")
		p.Click("Compte bancaire").Sees("Dans la caisse maintenant")
		before := cents(t, p.Text(".tete-caisse .solde"))
		p.Click("+ Recette").Sees("Nature de la recette")
		p.Fill("Montant", "110").Choose("Nature de la recette", "Produits divers de gestion courante (758)").Fill("Commentaire", "Remboursement d’assurance")
		look(p, "recette")
		p.Click("Enregistrer la recette").Sees("Recette de 110,00 € enregistrée.").Sees("Frais de traitement des transactions")
		same(t, "110,00 € less 2 %", euros(cents(t, p.Text(".tete-caisse .solde"))-before), "107,80 €")
		lookInTheDark(p, "releve")
		line := p.Evaluate(`[...document.querySelectorAll("table.tableau tbody a")].find(a => a.closest("tr").innerText.includes("assurance")).getAttribute("href")`)
		balance := p.Evaluate(`[...document.querySelectorAll("table.tableau tbody tr")].find(r => r.innerText.includes("assurance")).cells[5].textContent`)
		p.Goto(line).Sees("Reçu de paiement")
		look(p, "mouvement")
		if text := printed(p, strings.Split(line, "?")[0]+"/pieces/recu"); !strings.Contains(text, "cent dix euros") {
			t.Errorf("the receipt does not say the amount in words:\n%s", text)
		}
		p.Click("Annuler l’opération de 110,00 €").Sees("Pourquoi l’annulez-vous")
		p.Fill("Pourquoi l’annulez-vous", "Versé deux fois").Click("Annuler l’opération").Sees("Opération annulée.")
		p.Goto(strings.Split(line, "/operations")[0]).Sees("Annulée : Versé deux fois")
		same(t, "without the income and its fee", euros(cents(t, p.Text(".tete-caisse .solde"))), euros(before))
		same(t, "the balance of the line", p.Evaluate(`[...document.querySelectorAll("table.tableau tbody tr.annulee")].find(r => r.innerText.includes("assurance")).cells[5].textContent`), strings.ReplaceAll(balance, "\u00a0", " "))
		look(p, "releve-annulee")
		p.Goto(line).Click("Restaurer l’opération").Sees("Opération restaurée.")
		look(p, "mouvement-restaure")
		p.Goto(strings.Split(line, "/operations")[0]).SeesNot("Annulée : Versé deux fois")
		same(t, "with them again", euros(cents(t, p.Text(".tete-caisse .solde"))-before), "107,80 €")
		s.proves(t)
	})
}

func TestABoxIsMadeRuledDeletedAndGivenBack(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, owner, Desk)
	p.Goto(s.base + "/caisses").Click("Ajouter une caisse").Sees("Nouvelle caisse").Click("Caisse sans espèces").Sees("Ce qui ne se touche pas")
	look(p, "nouvelle-caisse")
	p.Fill("Nom de la caisse", "Porte-monnaie en ligne").Click("Enregistrer la caisse").Sees("La caisse « Porte-monnaie en ligne » est enregistrée.")
	look(p, "caisses-reglages")
	p.Click("Modifier Porte-monnaie en ligne").Sees("Qui peut faire quoi")
	look(p, "caisse-reglages")
	p.Click("Régler les frais").Sees("Condition 4")
	p.Fill("css:#c-value1", "1,5").Click("Enregistrer les frais").Sees("1,5 % des recettes et des dépenses")
	p.Click("Régler les accès").Sees("Pour tous")
	look(p, "caisse-acces")
	p.Click("Remettre en banque").Click("Enregistrer les accès").Sees("Les accès à la caisse sont enregistrés.")
	p.Click("Supprimer la caisse").Sees("Caisses supprimées")
	p.Click("Restaurer Porte-monnaie en ligne").Sees("est restaurée.").SeesNot("Caisses supprimées")
	p.Goto(s.base + "/caisses").Click("Changer l’ordre des caisses").Click("Monter Porte-monnaie en ligne").Sees("Ordre enregistré.")
	look(p, "tresorerie-ordre")
	s.proves(t)
}

func TestCashGoesIntoTheSafeWithoutAScript(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, owner, Phone)
	p.Goto(s.base + "/caisses").Click("Coffre").Sees("Déposer ou retirer")
	before := cents(t, p.Text(".tete-caisse .solde"))
	safe := p.Path()
	p.Goto(safe + "/coffre").Sees("Déposer au coffre")
	look(p, "coffre")
	p.WithoutScript().Goto(safe + "/coffre")
	p.Fill("Montant", "20").Choose("Autre caisse", "Caisse 1").Click("Enregistrer").Sees("Dépôt au coffre enregistré.")
	same(t, "in the safe", euros(cents(t, p.Text(".tete-caisse .solde"))-before), "20,00 €")
	s.proves(t)
}
