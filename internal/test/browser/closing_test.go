package browser

import (
	"regexp"
	"strings"
	"testing"
)

func TestAManagerEntersYesterdaysTicketAndClosesItInThreeTaps(t *testing.T) {
	each(t, manager, func(t *testing.T, s *shop, p *Page) {
		look(p, "accueil")
		lookInTheDark(p, "accueil")
		p.Acts = 0
		p.Click("Saisir la journée du").Arrives(s.base + "/journees/").Sees("Solde de la veille")
		sheet, opening := p.Path(), cents(t, row(p, "Solde de la veille"))
		day, d := p.Text("h1"), saturday()
		keys := enter(p, d.ticket())
		same(t, "turnover", shown(p, "gross"), euros(d.gross))
		same(t, "total to cash", shown(p, "due"), euros(d.due))
		same(t, "basket", shown(p, "basket"), euros((d.gross+d.count/2)/d.count))
		same(t, "check of the payments", p.Text("[data-verif=ventilation]"), "Règlements manquants "+euros(-d.due))
		keys += enter(p, d.payments)
		same(t, "check of the payments", p.Text("[data-verif=ventilation]"), "Ventilation équilibrée 0,00 €")
		expected := opening + d.cash
		same(t, "expected", row(p, "Solde théorique"), euros(expected))
		keys += enter(p, []line{{"Espèces comptées", expected - 460, 0}, {"Laisser en caisse", 0, 0}, {"À remettre", 0, 0}})
		same(t, "check of the drawer", p.Text("[data-verif=caisse]"), "Écart toléré −4,60 €")
		if got := p.Focused(); !strings.HasPrefix(got, "Clôturer") {
			t.Errorf("after the last field the keyboard is on %q", got)
		}
		look(p, "journee")
		lookInTheDark(p, "journee")
		p.Click("Clôturer").Arrives(sheet + "/recapitulatif").Sees("Confirmer la clôture")
		summed(t, p, d, expected)
		look(p, "recapitulatif")
		lookInTheDark(p, "recapitulatif")
		p.Click("Confirmer la clôture").Arrives(s.base + "/journees/").Sees("Journée du " + strings.ToLower(day) + " clôturée.")
		if taps := p.Acts - keys; taps != 3 {
			t.Errorf("%d taps", taps)
		}
		same(t, "the day in the month", cell(p, dayOf(sheet)), strings.ToLower(day)+", clôturée, "+euros(d.gross))
		look(p, "mois")
		lookInTheDark(p, "mois")
		journal(t, s, p, sheet, d, opening)
		s.proves(t)
	})
}

// summed checks the summary before closing against figures worked out by hand.
func summed(t *testing.T, p *Page, d zDay, expected int) {
	t.Helper()
	for term, want := range map[string]string{
		"Chiffre d’affaires TTC": euros(d.gross), "Hors taxes": euros(d.gross - d.tax), "TVA collectée": euros(d.tax), "Bons cadeaux vendus": euros(d.vouchers), "Total réglé": euros(d.due),
		"Ventes": "63", "Solde théorique": euros(expected), "Espèces comptées": euros(expected - 460), "Laissé en caisse": euros(expected - 460), "À remettre en banque": "0,00 €",
	} {
		same(t, term, fact(p, term), want)
	}
	p.Sees("Ventilation équilibrée 0,00 €").Sees("Écart toléré −4,60 €").Sees("En compte. Revenez à la saisie si c’est un oubli.")
}

// journal checks the printed journal of the day: what came in and went out of the till by each method, and what is left.
func journal(t *testing.T, s *shop, p *Page, sheet string, d zDay, opening int) {
	t.Helper()
	parts := strings.Split(sheet, "/")
	box, on := parts[len(parts)-2], parts[len(parts)-1]
	text := printed(p, s.base+"/rapports/journal.pdf?du="+on+"&au="+on+"&caisse="+box)
	bare := func(cents int) string { return strings.TrimSuffix(euros(cents), " €") }
	for _, want := range []string{
		"Caisse Gare Espèces " + bare(opening) + " " + bare(d.cash) + " 4,60 " + bare(opening+d.cash-460),
		"Caisse Gare Carte bancaire [ 0-9]+,[0-9]{2} " + bare(d.card) + " ",
		"Caisse Gare Chèques [ 0-9]+,[0-9]{2} " + bare(d.cheque) + " ",
		"Page 1 / ", "SIRET 123 456 782 00028", "Extrait de la chaîne scellée",
	} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("the printed journal does not say %q:\n%s", want, text)
		}
	}
}
