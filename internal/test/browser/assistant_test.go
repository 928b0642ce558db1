package browser

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"encaisse/internal/test/program"
)

var setUpLink = regexp.MustCompile(`/installation/\S+`)

// install serves an empty place and gives the one-time link it printed.
func install(t *testing.T) (app *App, link string) {
	t.Helper()
	app = Start(t, "--metrics", "")
	for deadline := time.Now().Add(patience); time.Now().Before(deadline) && link == ""; time.Sleep(10 * time.Millisecond) {
		link = setUpLink.FindString(app.Server.Output())
	}
	if link == "" {
		t.Fatalf("no link to set up:\n%s", app.Server.Output())
	}
	return app, link
}

// found fills in the first page and arrives at the first step.
func found(p *Page, link string) *Page {
	p.t.Helper()
	return p.Goto(link).Sees("Bienvenue dans Encaisse").Fill("Nom de la société", "Fournil des Tilleuls").Fill("Votre nom", "Anne Lefèvre").
		Fill("Votre adresse e-mail", "anne.lefevre@fournil.example").Fill("Mot de passe", "tilleul-levain-brioche-47").Click("Commencer").Arrives("/d/fournil-des-tilleuls/mise-en-route/1")
}

func TestAnEmptyInstallIsReadyToTypeYesterdayAfterFiveShortSteps(t *testing.T) {
	for _, size := range Sizes {
		t.Run(size.Name, func(t *testing.T) {
			t.Parallel()
			app, link := install(t)
			p := app.Open(t).At(size).Goto("/").Arrives("/connexion").Goto(link)
			look(p, "installation")
			found(p, link)
			identify(t, p)
			p.Click("Boulangerie-pâtisserie")
			look(p, "mise-en-route-2")
			p.Click("Préparer ma caisse").Arrives("/d/fournil-des-tilleuls/mise-en-route/3")
			p.Reload().Sees("Viennoiserie").Goto("/d/fournil-des-tilleuls/mise-en-route").Arrives("/d/fournil-des-tilleuls/mise-en-route/3")
			lines := order(t, p)
			equip(p)
			invite(p)
			p.Click("Terminer et saisir la journée d’hier").Sees("Tout est prêt.")
			look(p, "premier-mois")
			yesterdayIsReady(t, p, lines)
			app.Open(t).At(size).Goto(link).Sees("lien").SeesNot("Commencer")
			if said := program.Run(t, "verify", "--data", app.Server.Data); !strings.Contains(said, "Everything holds.") {
				t.Errorf("verify says:\n%s", said)
			}
		})
	}
}

// identify fills in the first step. What is typed is found again after a reload, and a wrong SIREN is said beside it.
func identify(t *testing.T, p *Page) {
	t.Helper()
	look(p, "mise-en-route-1")
	lookInTheDark(p, "mise-en-route-1")
	p.Fill("SIREN", "732 829 321").Press("Enter").Fill("Raison sociale", "Fournil des Tilleuls SARL")
	time.Sleep(400 * time.Millisecond) // what is typed is kept a moment after the last key
	p.Reload().Sees("Ce que vous aviez tapé est revenu.")
	same(t, "name after a reload", p.Value("Raison sociale"), "Fournil des Tilleuls SARL")
	p.Fill("Code postal", "67000").Fill("Ville", "Strasbourg").Click("Enregistrer et continuer").Sees("Un champ à corriger")
	same(t, "city, when the form comes back", p.Value("Ville"), "Strasbourg")
	look(refused(p, 422), "mise-en-route-1-refusee")
	p.Fill("SIREN", "732829320").Click("Enregistrer et continuer").Arrives("/d/fournil-des-tilleuls/mise-en-route/2")
}

// order puts the ticket Z in order by the buttons, adds a line and takes one away. It gives the labels of the lines.
func order(t *testing.T, p *Page) []string {
	t.Helper()
	look(p, "mise-en-route-3")
	p.Click("Descendre Pain").Sees("Ordre enregistré.").Click("Retirer Confiserie").Sees("Pâtisserie").SeesNot("Confiserie")
	p.Fill("Intitulé", "Épicerie fine").Choose("TVA", "5,5 %").Click("Ajouter au ticket").Sees("Épicerie fine")
	lines := p.Texts(".ordre .quoi b")
	if want := []string{"Viennoiserie", "Pain", "Pâtisserie", "Sandwichs et snacking", "Consommation sur place", "Boissons à emporter", "Épicerie fine"}; !slices.Equal(lines, want) {
		t.Errorf("the lines are %q, want %q", lines, want)
	}
	p.Click("Mon ticket est prêt").Arrives("/d/fournil-des-tilleuls/mise-en-route/4")
	return lines
}

// equip takes the fourth step: two tills, open every day.
func equip(p *Page) {
	p.t.Helper()
	look(p, "mise-en-route-4")
	p.Click("2").Fill("Fonds de caisse", "150")
	for _, name := range p.Texts("#c-week label") {
		if p.Evaluate(`[...document.querySelectorAll("#c-week label")].find(l => l.innerText.trim() === `+quoted(name)+`).control.checked`) == "false" {
			p.Click(name)
		}
	}
	p.Click("Enregistrer et continuer").Arrives("/d/fournil-des-tilleuls/mise-en-route/5")
}

// invite prepares a link for the accountant.
func invite(p *Page) {
	p.t.Helper()
	look(p, "mise-en-route-5")
	p.Fill("Adresse e-mail de la personne", "cabinet@compta.example").Click("Cabinet comptable").Click("Préparer l’invitation").Sees("Invitation prête pour cabinet@compta.example")
	look(p, "mise-en-route-5-invitation")
}

// yesterdayIsReady opens yesterday from the month, and finds the lines of the ticket in their order.
func yesterdayIsReady(t *testing.T, p *Page, lines []string) {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	yesterday := time.Now().In(zone).AddDate(0, 0, -1).Format("2006-01-02")
	if tab := p.Evaluate(`[...document.querySelectorAll("nav.segment a")].find(a => a.innerText.trim() === "Caisse 1")?.href`); tab != "undefined" {
		p.Goto(tab)
	}
	if said := cell(p, yesterday); strings.Contains(said, "férié") {
		p.Goto(p.Evaluate(`document.querySelector('a.jour[href$="/` + yesterday + `"]').href`)) // closed by the calendar: it can be entered all the same
	} else {
		p.Click("Saisir ")
	}
	p.Sees("Ticket Z")
	if got := dayOf(p.Path()); got != yesterday {
		t.Errorf("ready to type %s, want %s", got, yesterday)
	}
	labels := p.Texts("#s1 .lig:has(.calc) label")
	for i, label := range labels {
		labels[i] = strings.TrimSpace(regexp.MustCompile(`[0-9,]+ %$`).ReplaceAllString(label, ""))
	}
	if !slices.Equal(labels, lines) {
		t.Errorf("the sheet has the lines %q, want %q", labels, lines)
	}
	look(p, "premiere-journee")
}

func TestTheStepsAreSkippedWithoutScript(t *testing.T) {
	app, link := install(t)
	p := app.Open(t).At(Phone).WithoutScript()
	found(p, link)
	for _, step := range []string{"1", "2", "3", "4"} {
		p.Arrives("/d/fournil-des-tilleuls/mise-en-route/" + step)
		lookWithoutScript(p, "mise-en-route-sans-script-"+step)
		p.Click("Passer cette étape")
	}
	p.Arrives("/d/fournil-des-tilleuls/mise-en-route/5").Click("Terminer et saisir la journée d’hier").Sees("Tout est prêt.")
	lookWithoutScript(p, "premier-mois-sans-script")
	p.Goto("/d/fournil-des-tilleuls/").Sees("Bonjour Anne")
}

func TestTheStepsAreTakenWithoutScript(t *testing.T) {
	app, link := install(t)
	p := app.Open(t).WithoutScript()
	found(p, link)
	p.Fill("SIREN", "732829320").Fill("Raison sociale", "Fournil des Tilleuls SARL").Click("Enregistrer et continuer").Arrives("/d/fournil-des-tilleuls/mise-en-route/2")
	p.Click("Boulangerie-pâtisserie").Click("Préparer ma caisse").Arrives("/d/fournil-des-tilleuls/mise-en-route/3")
	p.Click("Descendre Pain")
	p.until("Pain is the second line", `document.querySelectorAll(".ordre .quoi b")[1]?.innerText === "Pain"`)
	p.Click("Mon ticket est prêt").Arrives("/d/fournil-des-tilleuls/mise-en-route/4").Fill("Fonds de caisse", "120").Click("Enregistrer et continuer").Arrives("/d/fournil-des-tilleuls/mise-en-route/5")
	p.Click("Terminer et saisir la journée d’hier").Sees("Tout est prêt.")
	p.Goto("/d/fournil-des-tilleuls/mise-en-route/4")
	holds(p, "Fonds de caisse", 12000)
}
