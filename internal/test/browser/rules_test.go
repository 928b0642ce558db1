package browser

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// status is what the server answers to a request of the page, without following where it leads.
func status(p *Page, method, address string) int {
	p.t.Helper()
	n, err := ask[int](p, `fetch(`+quoted(address)+`, {method: `+quoted(method)+`, redirect: "manual"}).then(r => r.type === "opaqueredirect" ? 303 : r.status)`, chromedp.EvalAwaitPromise)
	if err != nil {
		p.t.Fatal(err)
	}
	if n >= 400 {
		refused(p, n)
	}
	return n
}

// close closes the sheet that waits at the station with the figures of half, and comes back to it.
func (s *shop) close(p *Page) string {
	p.t.Helper()
	sheet := s.open(p)
	half(p).Fill("Espèces comptées", typed(cents(p.t, row(p, "Solde théorique"))))
	p.Click("Clôturer").Click("Confirmer la clôture").Sees("clôturée.")
	p.Goto(sheet).Sees("Clôturée par")
	return sheet
}

func TestAClosedDayChangesOnlyByATracedCorrection(t *testing.T) {
	each(t, manager, func(t *testing.T, s *shop, p *Page) {
		sheet := s.close(p)
		if n := p.Evaluate(`document.querySelectorAll("main input:not([type=hidden]), main textarea, main select").length`); n != "0" {
			t.Errorf("%s fields can be changed on a closed day", n)
		}
		if got := status(p, "POST", sheet+"/cloturer"); got < 400 {
			t.Errorf("a closed day is closed again: %d", got)
		}
		p.Click("Corriger").Sees("Pourquoi cette correction ?")
		holds(p, "Épicerie", 50000)
		p.Fill("Épicerie", "480").Fill("Vins, bières et spiritueux", "20")
		look(p, "correction")
		p.Click("Corriger").Sees("Dites en quelques mots pourquoi")
		holds(p, "Vins, bières et spiritueux", 2000)
		look(refused(p, 422), "correction-sans-motif")
		p.Fill("Pourquoi cette correction ?", "Une bouteille tapée en épicerie").Click("Corriger").Sees("Ce qui change")
		same(t, "what changes", strings.Join(p.Texts("table.tableau tbody tr")[:2], " | "), "Épicerie 500,00 € 480,00 € | Vins, bières et spiritueux 0,00 € 20,00 €")
		look(p, "correction-recapitulatif")
		p.Click("Confirmer la correction").Sees("corrigée. La version précédente reste dans son historique.")
		p.Goto(sheet).Sees("480,00 €").Click("Historique").Sees("Correction n° 1").Sees("Une bouteille tapée en épicerie").Sees("Remplacée").Sees("Version en vigueur")
		look(p, "historique")
		text := printed(p, s.base+"/rapports/journal.pdf?du="+dayOf(sheet)+"&au="+dayOf(sheet)+"&caisse="+strings.Split(sheet, "/")[4])
		if !strings.Contains(text, "annulé") {
			t.Errorf("the printed journal does not say what was cancelled:\n%s", text)
		}
		s.proves(t)
	})
}

func TestALockedDayIsCorrectedAtTheDateOfToday(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, manager, Desk)
	box := s.till(p, station)
	p.Goto(s.base + "/journees/" + p.Evaluate(`new Date(Date.now() - 14 * 864e5).toISOString().slice(0, 7)`) + "?caisse=" + box)
	locked := p.Evaluate(`document.querySelector("a.jour.verr").pathname`)
	if said := cell(p, dayOf(locked)); !strings.Contains(said, "verrouillée") {
		t.Errorf("the month says %q", said)
	}
	p.Goto(locked).Sees("Verrouillée").Click("Corriger").Sees("Cette journée est verrouillée").Sees("porteront la date d’aujourd’hui")
	look(p, "correction-verrouillee")
	for _, label := range []string{"Espèces comptées", "À remettre"} {
		if p.Evaluate(finder+`.field(`+quoted(label)+`).readOnly`) != "true" {
			t.Errorf("%s can be changed on a locked day", label)
		}
	}
	first, before := cents(t, p.Value("Épicerie")), p.Value("Confiserie")
	p.Fill("Épicerie", typed(first-100)).Fill("Confiserie", before+"+1").Fill("Pourquoi cette correction ?", "Bonbons tapés en épicerie").Click("Corriger").Sees("Confirmer la correction")
	p.Click("Confirmer la correction").Sees("corrigée.")
	p.Goto(locked).Sees("Verrouillée").Sees(euros(first - 100))
	s.proves(t)
}

func TestWhatAServerRefusesComesBackAsItWasTyped(t *testing.T) {
	s := openShop(t)
	for _, size := range []Size{Phone, Desk} {
		p := s.enter(t, manager, size)
		s.open(p)
		half(p).Fill("Espèces comptées", "10").Fill("À remettre", "5000").Fill("Nombre de ventes", "0").Fill("Chèques", "12,x")
		p.Click("Erreur de rendu").Click("Clôturer").Sees("Ce montant ne se lit pas").Sees("Un champ à corriger")
		same(t, "the cheques", p.Value("Chèques"), "12,x")
		p.Click("Chèques")
		if got := p.Focused(); got != "Chèques" {
			t.Errorf("the link leads to %q", got)
		}
		refused(p, 422).Fill("Chèques", "").Click("Clôturer").Sees("On ne peut pas remettre plus que ce qui est en caisse").Sees("indiquez combien")
		same(t, "the number of sales", p.Value("Nombre de ventes"), "0")
		holds(p, "À remettre", 500000)
		if p.Evaluate(`document.querySelector("[value=change]").checked`) != "true" {
			t.Error("the reason is lost")
		}
		if got := p.Focused(); !strings.Contains(got, "à corriger") {
			t.Errorf("the keyboard is on %q", got)
		}
		look(refused(p, 422), "refus")
		p.Click("Autres actions").Click("Effacer la saisie").Click("css:dialog[open] .btn.danger").Sees("La saisie est effacée.")
	}
}

func TestBlanksAreListedBeforeClosingAndADifferenceNeedsItsReason(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, manager, Tablet)
	s.open(p)
	p.Fill("Épicerie", "100").Fill("Espèces", "88").Sees("Règlements manquants").Fill("Espèces comptées", typed(cents(t, row(p, "Solde théorique"))))
	p.Click("Clôturer").Sees("Un champ à corriger").Sees("Il manque 12,00 € de règlements")
	refused(p, 422)
	p.Fill("Pourquoi clôturer avec cette différence ?", "Un ticket de carte est perdu").Click("Clôturer").Sees("Confirmer la clôture")
	p.Sees("Fruits et légumes, Crémerie et frais, Boissons sans alcool, Vins, bières et spiritueux, Confiserie, Hygiène, entretien et bazar, Presse, Carte bancaire, Chèques, Titres-restaurant, En compte et Bons cadeaux. Revenez à la saisie")
	same(t, "why", fact(p, "Motif de la différence de ventilation"), "Un ticket de carte est perdu")
	look(p, "recapitulatif-difference")
	p.Click("Confirmer la clôture").Sees("clôturée.").Sees("Écart à justifier")
}

func TestTwoTillsAreTwoTabsAndASummary(t *testing.T) {
	s := openShop(t)
	s.App.EachSize(t, func(t *testing.T, p *Page) {
		p.Goto("/connexion")
		s.signIn(p, manager)
		p.Sees("Bonjour").Goto(s.base + "/journees").Sees("Caisse par caisse")
		want := []string{"Toutes", firstTill, secondTill, station}
		if got := p.Texts("nav.segment a"); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("the tabs are %q", got)
		}
		month := p.Evaluate(`location.pathname`)
		total := fact(p, "Chiffre d’affaires TTC")
		look(p, "toutes-les-caisses")
		sum := 0
		for _, till := range want[1:] {
			p.Click(till).Sees("Espèces en caisse").Arrives(month)
			p.until("the tab of "+till, `document.querySelector("nav.segment [aria-current]").innerText.includes(`+quoted(till)+`)`)
			sum += cents(t, fact(p, "Chiffre d’affaires TTC"))
		}
		same(t, "the summary of the three tills", total, euros(sum))
		p.Goto(month)
		day := p.Evaluate(`document.querySelector("a.jour.clos, a.jour.verr").href`)
		p.Goto(day).Sees(firstTill).Sees(secondTill)
		amounts := 0
		for _, text := range p.Texts(".caisses-du-jour .num") {
			if text != "" {
				amounts += cents(t, text)
			}
		}
		if said := p.text(finder + `.plain(document.querySelector('a.jour[href*="` + day[strings.LastIndex(day, "jour="):strings.LastIndex(day, "#")] + `"] .lecteur').textContent)`); !strings.Contains(said, euros(amounts)) {
			t.Errorf("the tills of the day come to %s, the month says %q", euros(amounts), said)
		}
	})
}

func TestAnExpenseKeepsItsPhotoAndLeavesTheDrawer(t *testing.T) {
	each(t, manager, func(t *testing.T, s *shop, p *Page) {
		sheet := s.open(p)
		expected := cents(t, row(half(p), "Solde théorique"))
		p.Click("Dépense, apport ou remise").Sees("Nouvelle opération")
		p.Click("Dépense").Fill("Montant", "12,30").Choose("Fournisseur", "La Poste").Fill("Commentaire", "timbres")
		p.Evaluate(`(() => { const role = document.querySelector("[name=role]"); role.selectedIndex = 2; role.dispatchEvent(new Event("change", {bubbles: true})); })()`)
		p.Upload("[name=file]", photo(t)).Sees("Choisissez") // the list of natures is there
		p.until("the photo is shown", `document.querySelector("img.apercu")?.complete`)
		look(p, "depense")
		p.Click("css:.btn.principal").Arrives(sheet).Sees("Dépense de 12,30 € enregistrée.")
		holds(p, "Épicerie", 50000) // what was typed before is there
		same(t, "expected", row(p, "Solde théorique"), euros(expected-1230))
		same(t, "expenses", row(p, "− Dépenses (1)"), "12,30 €")
		p.Click("Opérations du jour").Sees("timbres")
		look(p, "journee-operations")
		link := p.Evaluate(`[...document.querySelectorAll(".operations a")].at(-1).pathname`)
		kind, err := ask[string](p, `fetch(`+quoted(link)+`).then(async r => [r.status, r.headers.get("Content-Type"), r.headers.get("X-Content-Type-Options"), (await r.blob()).size > 100].join(" "))`, chromedp.EvalAwaitPromise)
		if err != nil || kind != "200 image/png nosniff true" {
			t.Errorf("the photo is given back as %q, %v", kind, err)
		}
		s.proves(t)
	})
}

// photo is a small picture of a receipt.
func photo(t *testing.T) string {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, 60, 120))
	for x := range 60 {
		for y := range 120 {
			picture.Set(x, y, color.Gray{uint8(x*y + 90)})
		}
	}
	name := filepath.Join(t.TempDir(), "ticket.png")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, picture); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestARoleSeesNoButtonForWhatItMayNotDo(t *testing.T) {
	s := openShop(t)
	boss := s.enter(t, owner, Desk)
	sheet, first := s.open(boss), s.till(boss, firstTill)
	boss.Goto(s.base + "/journees/" + dayOf(sheet)[:7] + "?caisse=" + first)
	closed := boss.Evaluate(`document.querySelector("a.jour.clos").pathname`)
	today := strings.Replace(closed, dayOf(closed), boss.Evaluate(`new Intl.DateTimeFormat("sv-SE", {timeZone: "Europe/Paris"}).format(new Date())`), 1)

	p := s.enter(t, cashier, Phone)
	look(p, "accueil-caissiere")
	p.SeesNot("Réglages").Goto(today).Sees("Garder en brouillon").SeesNot("Clôturer").SeesNot("Fermé ce jour").SeesNot("Solde de toutes")
	look(p, "journee-caissiere")
	p.Goto(closed).SeesNot("Corriger").SeesNot("Imprimer").SeesNot("Verrouiller")
	look(p, "journee-lue-caissiere")
	for address, want := range map[string]int{
		"POST " + today + "/cloturer": 403, "POST " + today + "/ferme": 403, "GET " + closed + "/corriger": 403, "POST " + closed + "/corriger": 403, "POST " + closed + "/verrouiller": 403,
		"GET " + s.base + "/rapports/journal": 403, "GET " + s.base + "/reglages/caisses": 403, "GET " + sheet: 404,
	} {
		method, path, _ := strings.Cut(address, " ")
		if got := status(p, method, path); got != want {
			t.Errorf("%s by the cashier: %d, want %d", address, got, want)
		}
	}
	p.Goto(s.base + "/rapports").Sees("Votre rôle dans cette société ne donne pas accès à cette page.")
	look(refused(p, 403), "interdit")

	p = s.enter(t, reader, Desk)
	p.Goto(sheet).SeesNot("Clôturer").SeesNot("Garder en brouillon")
	if n := p.Evaluate(`document.querySelectorAll("main input:not([type=hidden])").length`); n != "0" {
		t.Errorf("%s fields for somebody who only reads", n)
	}
	look(p, "journee-lecteur")
	for _, path := range []string{"/brouillon", "/recapitulatif", "/cloturer", "/ferme", "/effacer"} {
		if got := status(p, "POST", sheet+path); got != 403 {
			t.Errorf("POST %s by the reader: %d", path, got)
		}
	}
}
