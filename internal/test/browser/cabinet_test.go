package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// accountant is the accountant of the demonstration, through her firm.
const accountant = "sophie"

// TestAQuestionIsAskedAnsweredWithAPhotoAndClosed: the firm asks about a day, the manager finds it on the home page, the firm reads and closes.
func TestAQuestionIsAskedAnsweredWithAPhotoAndClosed(t *testing.T) {
	for _, size := range Sizes {
		t.Run(size.Name, func(t *testing.T) {
			t.Parallel()
			s := openShop(t)
			firm := s.Open(t).At(size).Goto("/connexion")
			s.signIn(firm, accountant)
			firm.Arrives("/cabinets/").Sees("Épicerie du Marché")
			cockpit := firm.Path()
			till := s.till(firm, firstTill)
			yesterday := time.Now().AddDate(0, 0, -4).Format("2006-01-02")
			firm.Goto(s.base + "/journees/" + till + "/" + yesterday).Click("Poser une question sur cette journée").Sees("Votre question")
			look(firm, "question-nouvelle")
			firm.Fill("Votre question", "Le reçu du fleuriste, s’il vous plaît").Click("Poser la question").Sees("En attente du client")
			thread := firm.Path()

			p := s.enter(t, manager, size).Sees("Votre comptable vous demande").Sees("Le reçu du fleuriste")
			p.Goto(thread).Sees("Envoyer la réponse")
			lookInTheDark(look(p, "question-repondre"), "question-repondre")
			photo := filepath.Join(t.TempDir(), "recu.png")
			if err := os.WriteFile(photo, p.Picture(), 0o600); err != nil {
				t.Fatal(err)
			}
			p.Fill("Votre réponse", "Le voici").Upload("input[name=piece]", photo).Click("Envoyer la réponse").Sees("Votre réponse est envoyée.").Sees("Voir la pièce jointe")
			p.Goto(s.base + "/").SeesNot("Votre comptable vous demande")

			firm.Goto(cockpit + "?filtre=questions").Sees("Épicerie du Marché").Sees("réponse")
			look(firm, "cabinet-questions")
			firm.Goto(thread).Sees("Le voici").Click("Clore la question").Sees("La question est close.")
			look(firm, "question-close")
			p.Goto(s.base + "/questions?etat=closes").Sees("Le reçu du fleuriste")
			look(p, "questions-closes")
		})
	}
}

// TestTheAccountantSeesAFileAsItsManagerDoesAndWritesNothing: the menu and the buttons of the manager, a band, a refusal that says why.
func TestTheAccountantSeesAFileAsItsManagerDoesAndWritesNothing(t *testing.T) {
	for _, size := range Sizes {
		t.Run(size.Name, func(t *testing.T) {
			t.Parallel()
			s := openShop(t)
			p := s.Open(t).At(size).Goto("/connexion")
			s.signIn(p, accountant)
			p.Arrives("/cabinets/").Sees("Épicerie du Marché")
			p.Click("Voir Épicerie du Marché comme le client").Arrives("/voir-comme/").Sees("Le menu, les pages et les boutons")
			look(p, "voir-comme")
			p.Click("Caissier").Click("Voir comme le client").Arrives(s.base + "/").Sees("Vous voyez le dossier comme Caissier")
			lookInTheDark(look(p, "voir-comme-accueil"), "voir-comme-accueil")
			if page := p.Evaluate(`document.querySelector("nav.rail").textContent`); strings.Contains(page, "Rapports") {
				t.Errorf("a cashier has no reports: %q", page)
			}
			p.Goto(s.base + "/clients/nouveau").Sees("Vous voyez le dossier comme Caissier")
			look(refused(p, 403), "voir-comme-refus")
			p.Click("Revenir à ma vue").Sees("Vous êtes revenu à votre vue.")
			p.Goto(s.base + "/rapports").Sees("Rapports")
		})
	}
}

// TestTheAccountantSeesHerFilesRemindsAndExports is journey (f): worst first, remind, control, export, download.
func TestTheAccountantSeesHerFilesRemindsAndExports(t *testing.T) {
	for _, size := range Sizes {
		t.Run(size.Name, func(t *testing.T) {
			t.Parallel()
			s := openShop(t)
			p := s.Open(t).At(size).Goto("/connexion")
			s.signIn(p, accountant)
			p.Arrives("/cabinets/").Sees("Cabinet Delmas et associés").Sees("Épicerie du Marché").Sees("manq.")
			firm := p.Path()
			lookInTheDark(look(p, "cabinet"), "cabinet")

			p.Goto(firm + "?coches=tout").Click("Relancer par e-mail").Sees("Journées à saisir")
			look(p, "cabinet-relances")
			before := time.Now().AddDate(0, 0, -time.Now().Day()).Format("2006-01") // the month before this one
			p.Goto(firm + "?coches=tout&mois=" + before).Click("Exporter").Sees("Contrôle avant l’export")
			look(p, "cabinet-exports")
			p.Click("Voir le contrôle de Épicerie du Marché").Sees("Fichier des écritures comptables (FEC)")
			look(p, "exports")
			base := strings.TrimSuffix(firm, "/suivi")
			for name, path := range map[string]string{"cabinet-portefeuilles": base + "/portefeuilles", "cabinet-modeles": base + "/modeles", "alertes": "/compte/alertes", "exports-reglages": s.base + "/reglages/exports",
				"cabinet-mois": s.base + "/journees/" + before + "?caisse=toutes"} { // at its head: several tills, and the switch of companies
				look(p.Goto(path), name)
			}
			p.Goto("/compte/alertes").Click("Chaque lundi").Click("Enregistrer les alertes").Sees("Vos alertes par e-mail sont réglées.")
		})
	}
}
