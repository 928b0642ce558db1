package browser

import (
	"strings"
	"testing"
)

func TestADayIsClosedWithoutScript(t *testing.T) {
	for _, size := range Sizes {
		t.Run(size.Name, func(t *testing.T) {
			t.Parallel()
			s := openShop(t)
			p := s.Open(t).At(size).WithoutScript().Goto("/connexion")
			s.signIn(p, manager)
			p.Sees("Bonjour").Click("Saisir la journée du").Sees("Solde de la veille").Sees("Les totaux se mettent à jour sur demande.")
			sheet, opening := p.Path(), cents(t, row(p, "Solde de la veille"))
			day, d := p.Text("h1"), saturday()
			for _, l := range append(d.ticket(), d.payments...) {
				if l.cents != 0 {
					p.Fill(l.label, typed(l.cents))
				}
			}
			p.Click("Recalculer").Arrives(sheet).Sees("Ventilation équilibrée")
			same(t, "turnover", shown(p, "gross"), euros(d.gross))
			same(t, "expected", row(p, "Solde théorique"), euros(opening+d.cash))
			lookWithoutScript(p, "sans-script")
			counted := byHand(t, p, sheet, opening+d.cash-1240)
			p.Click("Clôturer").Sees("Choisissez un motif")
			lookWithoutScript(refused(p, 422), "sans-script-motif")
			p.Click("Erreur de saisie").Click("Clôturer").Sees("Confirmer la clôture")
			for term, want := range map[string]string{"Chiffre d’affaires TTC": euros(d.gross), "TVA collectée": euros(d.tax), "Espèces comptées": euros(counted), "Laissé en caisse": "150,00 €",
				"À remettre en banque": euros(counted - 15000), "Motif": "Erreur de saisie", "Ventes": "63"} {
				same(t, term, fact(p, term), want)
			}
			lookWithoutScript(p, "sans-script-recapitulatif")
			p.Click("Confirmer la clôture").Sees("Journée du " + strings.ToLower(day) + " clôturée.")
			same(t, "the day in the month", cell(p, dayOf(sheet)), strings.ToLower(day)+", clôturée, "+euros(d.gross))
			s.proves(t)
		})
	}
}

// byHand counts the drawer in the grid of a page without script, where the server adds up.
func byHand(t *testing.T, p *Page, sheet string, amount int) int {
	t.Helper()
	p.Click("Compter billets et pièces").Sees("Total compté")
	lookWithoutScript(p, "sans-script-comptage")
	for _, pile := range drawerOf(amount) {
		if pile.number > 0 {
			p.Fill(pile.label, itoa(pile.number))
		}
	}
	p.Click("Reprendre ce total").Arrives(sheet).Sees("Manque en caisse")
	holds(p, "Espèces comptées", amount)
	same(t, "check of the drawer", p.Text("[data-verif=caisse]"), "Manque en caisse −12,40 €")
	p.Click("Laisser 150,00 € de fonds")
	holds(p, "À remettre", amount-15000)
	return amount
}
