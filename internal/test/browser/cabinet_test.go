package browser

import (
	"strings"
	"testing"
	"time"
)

// accountant is the accountant of the demonstration, through her firm.
const accountant = "sophie"

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
			p.Goto(firm + "?coches=tout&mois=" + before).Click("Exporter les dossiers cochés").Sees("Contrôle avant l’export")
			look(p, "cabinet-exports")
			p.Click("Voir le contrôle de Épicerie du Marché").Sees("Fichier des écritures comptables (FEC)")
			look(p, "exports")
			base := strings.TrimSuffix(firm, "/suivi")
			for name, path := range map[string]string{"cabinet-portefeuilles": base + "/portefeuilles", "cabinet-modeles": base + "/modeles", "alertes": "/compte/alertes", "exports-reglages": s.base + "/reglages/exports"} {
				look(p.Goto(path), name)
			}
			p.Goto("/compte/alertes").Click("Chaque lundi").Click("Enregistrer les alertes").Sees("Vos alertes par e-mail sont réglées.")
		})
	}
}
