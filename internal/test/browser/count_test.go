package browser

import (
	"strings"
	"testing"
)

// half fills in a day by the fields that matter to the drawer: 500 € of sales, 200 € of them in cash.
func half(p *Page) *Page {
	p.t.Helper()
	return p.Fill("Épicerie", "500").Fill("Espèces", "200").Fill("Carte bancaire", "300").Sees("Ventilation équilibrée")
}

// pile is a number of notes or coins of a value in cents.
type pile struct {
	label  string
	value  int
	number int
}

// drawerOf makes an amount of notes and coins, in the order of the grid from the 50 € note on.
func drawerOf(cents int) []pile {
	piles := []pile{{"50 €", 5000, 0}, {"20 €", 2000, 0}, {"10 €", 1000, 0}, {"5 €", 500, 0}, {"Rouleaux, autre", 0, 0}, {"2 €", 200, 0}, {"1 €", 100, 0},
		{"50 c", 50, 0}, {"20 c", 20, 0}, {"10 c", 10, 0}, {"5 c", 5, 0}, {"2 c", 2, 0}, {"1 c", 1, 0}}
	for i := range piles {
		if p := &piles[i]; p.value > 0 {
			p.number = cents / p.value
			cents -= p.number * p.value
		}
	}
	return piles
}

func TestTheTillIsClosedByCountingTheDrawer(t *testing.T) {
	each(t, manager, func(t *testing.T, s *shop, p *Page) {
		p.Click("Saisir la journée du").Sees("Solde de la veille")
		sheet := p.Path()
		half(p)
		expected := cents(t, row(p, "Solde théorique"))
		same(t, "expected", euros(expected), euros(cents(t, row(p, "Solde de la veille"))+20000))
		counted := expected - 1240
		p.Acts = 0
		keys := countGrid(t, p, counted)
		holds(p, "Espèces comptées", counted)
		same(t, "check of the drawer", p.Text("[data-verif=caisse]"), "Manque en caisse −12,40 €")
		look(p, "comptage-ecart")
		leftAndHanded(t, p, counted)
		prefilled(t, p)
		p.Acts = keys + 1 // the grid was opened by one tap, and taken by one key
		p.Click("Clôturer").Sees("dépasse la tolérance").Sees("Choisissez un motif")
		holds(p, "Espèces comptées", counted)
		look(refused(p, 422), "comptage-motif")
		p.Acts = keys + 1
		p.Click("Erreur de rendu").Click("Clôturer").Sees("Confirmer la clôture")
		same(t, "reason", fact(p, "Motif"), "Erreur de rendu")
		same(t, "left", fact(p, "Laissé en caisse"), "150,00 €")
		same(t, "handed over", fact(p, "À remettre en banque"), euros(counted-15000))
		p.Click("Confirmer la clôture").Sees("clôturée.")
		if taps := p.Acts - keys; taps != 4 {
			t.Errorf("%d taps: one to count, one for the reason, one to close, one to confirm", taps)
		}
		p.Goto(sheet).Sees("Manque en caisse")
		same(t, "reason kept", fact(p, "Motif de l’écart"), "Erreur de rendu")
		same(t, "left in the drawer", fact(p, "Laissé en caisse"), "150,00 €")
		look(p, "journee-lue")
		s.proves(t)
	})
}

// countGrid counts the drawer in the grid with the keyboard, from the 50 € note on, and gives the keys it took.
func countGrid(t *testing.T, p *Page, amount int) int {
	t.Helper()
	p.Click("Compter billets et pièces").Sees("Total compté")
	before := p.Acts
	look(p, "comptage")
	lookInTheDark(p, "comptage")
	total := 0
	for _, pile := range drawerOf(amount) {
		if got := p.Focused(); got != pile.label {
			t.Fatalf("the keyboard is on %q, want %q", got, pile.label)
		}
		if pile.number > 0 {
			p.Type(euros(pile.number * 100)[:len(euros(pile.number*100))-len(",00 €")])
			total += pile.number * pile.value
			same(t, "subtotal of "+pile.label, p.Text(`dialog [data-coupure="`+itoa(pile.value)+`"] ~ .mt`), euros(pile.number*pile.value))
			same(t, "total counted", shown(p, "pieces"), euros(total))
		}
		p.Press("Enter")
	}
	if got := p.Focused(); got != "Reprendre ce total" {
		t.Errorf("after the last coin the keyboard is on %q", got)
	}
	p.Press("Enter").SeesNot("Total compté")
	if got := p.Focused(); got != "Espèces comptées" {
		t.Errorf("after the count the keyboard is on %q", got)
	}
	return p.Acts - before
}

// leftAndHanded checks that what stays and what goes to the bank always come to what was counted.
func leftAndHanded(t *testing.T, p *Page, counted int) {
	t.Helper()
	p.Fill("Laisser en caisse", "200")
	holds(p, "À remettre", counted-20000)
	p.Fill("À remettre", "100,5")
	holds(p, "Laisser en caisse", counted-10050)
	p.Fill("Espèces comptées", typed(counted+1000))
	holds(p, "Laisser en caisse", counted-9050)
	p.Fill("Espèces comptées", typed(counted)).Click("Laisser 150,00 € de fonds")
	holds(p, "Laisser en caisse", 15000)
	holds(p, "À remettre", counted-15000)
}

// prefilled checks that what is not cash stands as expected unless another amount is typed.
func prefilled(t *testing.T, p *Page) {
	t.Helper()
	p.Click("Contrôler cartes").Sees("théorique")
	hint := p.Evaluate(`document.querySelector("details.autres label.ligne").control.placeholder`)
	if cents(t, hint) < 30000 {
		t.Errorf("300 € were taken by card and %q is proposed", hint)
	}
	p.Focus("css:details.autres input").Press("Control+Enter")
	same(t, "card, by Ctrl+Enter", p.Evaluate(`document.querySelector("details.autres input").value`), simple(hint))
	p.Fill("css:details.autres input", typed(cents(t, hint)+500)).Sees("Écart toléré +5,00 €")
	p.Fill("css:details.autres input", "").SeesNot("Écart toléré +5,00 €")
}

func TestABlindCountHidesWhatIsExpectedUntilTheDrawerIsCounted(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, owner, Desk)
	box := s.till(p, station)
	p.Goto(s.base + "/").Click("Saisir la journée du").Sees("Solde de la veille")
	sheet, opening := p.Path(), cents(t, row(p, "Solde de la veille"))
	p.Goto(s.base + "/reglages/caisses/" + box).Click("Comptage à l’aveugle").Click("Enregistrer").Sees("Caisse")
	s.App.EachSize(t, func(t *testing.T, p *Page) {
		p.Goto("/connexion")
		s.signIn(p, manager)
		p.Sees("Bonjour").Goto(sheet).Sees("le solde théorique apparaît après le comptage").SeesNot("Solde de la veille")
		for _, secret := range []string{euros(opening), `"posted":` + itoa(opening)} {
			if strings.Contains(simple(p.Evaluate(`document.documentElement.outerHTML.replaceAll("&nbsp;", " ").replaceAll("&quot;", '"')`)), secret) {
				t.Errorf("the page holds %s", secret)
			}
		}
		half(p)
		p.Sees("Comptage à l’aveugle")
		look(p, "aveugle")
		p.Click("Compter billets et pièces").Sees("Total compté").SeesNot("Théorique").Press("2", "Enter", "5").Click("Reprendre ce total")
		holds(p, "Espèces comptées", 20000)
		p.Sees("Comptage à l’aveugle").Click("Valider le comptage").Sees("Solde théorique").SeesNot("à l’aveugle")
		same(t, "expected", row(p, "Solde théorique"), euros(opening+20000))
		same(t, "check of the drawer", p.Text("[data-verif=caisse]"), "Manque en caisse "+euros(-opening))
		holds(p, "Espèces comptées", 20000)
		look(p, "aveugle-compte")
		p.Click("Autres actions").Click("Effacer la saisie")
		p.Click("css:dialog[open] .btn.danger").Sees("La saisie est effacée.")
	})
}
