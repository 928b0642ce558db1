package days

import (
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
)

func TestAnErrorInADayFileNamesTheFileAndTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"boutique épicerie":                                                           "essai.jour:1: aucune journée",
		"boutique pharmacie\njour 2026-11-20":                                         "essai.jour:1: boutique inconnue",
		"boutique épicerie\n\n# rien\nvente Épicerie 10,00":                           "essai.jour:4: « vente Épicerie 10,00 » : mot inconnu avant",
		"boutique épicerie\njour 20/11/2026":                                          "essai.jour:2: il faut ici une date",
		"boutique épicerie\njour 2026-11-20\nvente Boucherie 10,00":                   "essai.jour:3: rayon inconnu",
		"boutique épicerie\njour 2026-11-20\nvente Épicerie dix":                      "essai.jour:3: il faut ici un montant",
		"boutique épicerie\njour 2026-11-20\nvente Épicerie 10,00 euros":              "essai.jour:3: « euros » est en trop",
		"boutique épicerie\njour 2026-11-20\napport 10,00 Espèces « fonds":            "essai.jour:3: le texte ouvert par « n’est pas fermé",
		"boutique épicerie\njour 2026-11-20\n10:00 fermé\n09:59 fermé":                "essai.jour:4: l’heure recule",
		"boutique épicerie\njour 2026-11-20\njour 2026-11-19":                         "essai.jour:3: les jours se suivent",
		"boutique épicerie\njour 2026-11-20\ndépense 1,00 Espèces « x » luxe":         "essai.jour:3: nature de dépense inconnue : « luxe »",
		"boutique épicerie\njour 2026-11-20\nbillets 2×":                              "essai.jour:3: le comptage s’écrit",
		"boutique épicerie\njour 2026-11-20\nmotif Espèces paresse":                   "essai.jour:3: motif inconnu : « paresse »",
		"boutique épicerie\njour 2026-11-20\nattendu bonheur 10,00":                   "essai.jour:3: « bonheur 10,00 » : on ne sait pas vérifier cela",
		"boutique épicerie\njour 2026-11-20\nattendu CA 10,00 ; attendu compte 530 x": "essai.jour:3: il faut ici un montant",
		"rayon « Pain » 5,6\njour 2026-11-20":                                         "essai.jour:1: ce taux de TVA n’a jamais existé",
		"attendu CA 10,00":                                                            "essai.jour:1: rien n’est attendu avant",
		"jour 2026-11-20\n\xff\xfe":                                                   "essai.jour:2: cette ligne n’est pas écrite en UTF-8",
	} {
		if _, err := parse("essai.jour", text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestWhatDoesNotHappenAsADayFileSaysNamesItsLine(t *testing.T) {
	d := dbtest.SQLite(t)
	for text, want := range map[string]string{
		"apport 10,00 Espèces\nattendu solde Espèces 10,01":  "essai.jour:4: solde : 10,00 au lieu de 10,01",
		"apport 10,00 Espèces\nattendu refus « négatif »":    "essai.jour:4: rien n’a été refusé juste avant",
		"apport 0,00 Espèces\nattendu refus « verrouillée »": "essai.jour:4: refus attendu : « verrouillée » ; refus reçu : « Corrigez les champs signalés. Saisissez un montant",
		"apport 0,00 Espèces\nattendu solde Espèces 0,00":    "essai.jour:3: refusé : Corrigez les champs signalés.",
		"clôture":                          "essai.jour:3: refusé : La journée n’est pas prête",
		"attendu état clôturée":            "essai.jour:3: état : today au lieu de done (clôturée)",
		"attendu version 1":                "essai.jour:3: la journée du 2026-11-20 n’est pas clôturée",
		"annule « timbres » « deux fois »": "essai.jour:3: aucune opération ne porte le commentaire « timbres »",
	} {
		_, err := Run("essai.jour", "boutique épicerie\njour 2026-11-20\n"+text, d, dbtest.Clock(t, d))
		if err == nil || !strings.HasPrefix(plain(err.Error()), want) {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
	}
	var companies int
	err := d.Read(t.Context(), "", func(q *db.Snapshot) error { return q.Row(`SELECT COUNT(*) FROM company`).Scan(&companies) })
	if err != nil || companies != 8 {
		t.Errorf("%d shops were opened, %v", companies, err)
	}
}
