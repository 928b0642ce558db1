package browser

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sends has another program send a sheet with its token, and gives the answer.
func sends(t *testing.T, s *shop, token, key, body string) (status int, said string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.Address+"/api/v1/daysheets", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Idempotency-Key", key)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func TestAnotherTillSendsItsDayByALinkThatIsMadeAndEnded(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, owner, Desk)
	sheet := s.open(p)
	day := sheet[strings.LastIndex(sheet, "/")+1:]
	p.Goto(s.base + "/reglages").Click("Liaisons").Sees("Aucune liaison pour l’instant")
	look(p, "liaisons-vide")
	p.Click("Créer une liaison").Sees("Ce que le logiciel peut faire")
	look(p, "liaison-nouvelle")
	p.Fill("Nom", "Caisse du dimanche").Click("Créer la liaison").Sees("il ne sera plus montré")
	look(p, "liaison-jeton")
	token := p.Evaluate(`document.querySelector("[name=jeton]").value`)
	box := strings.Split(strings.TrimPrefix(sheet, s.base+"/journees/"), "/")[0]
	body := `{"box": "` + box + `", "date": "` + day + `", "z": "778", "note": "Envoyé par la caisse"}`
	for _, want := range []int{201, 200} {
		if status, said := sends(t, s, token, "Z-778", body); status != want || !strings.Contains(said, `"source":"api"`) {
			t.Fatalf("%d %s", status, said)
		}
	}
	if status, said := sends(t, s, token, "Z-779", strings.Replace(body, `"z"`, `"zed"`, 1)); status != 422 || !strings.Contains(said, `"/zed"`) {
		t.Errorf("%d %s", status, said)
	}
	p.Goto(sheet)
	same(t, "the number of the ticket Z", p.Evaluate(`document.querySelector("[name=z]").value`), "778")
	p.Goto(s.base + "/reglages/liaisons").Sees("Dernière utilisation le")
	look(p, "liaisons")
	p.Click("Révoquer").Click("Révoquer la liaison").Sees("La liaison est révoquée")
	if status, _ := sends(t, s, token, "Z-778", body); status != 401 {
		t.Errorf("a link that is ended answers %d", status)
	}
	p.Goto("/api/v1/").Sees("Interface pour les autres logiciels")
	look(p, "api")
	s.proves(t)
}

func TestAFileOfSuppliersComesInAndIsUndoneAndTheLogTellsIt(t *testing.T) {
	each(t, owner, func(t *testing.T, s *shop, p *Page) {
		file := filepath.Join(t.TempDir(), "fournisseurs.csv")
		if err := os.WriteFile(file, []byte("Nom;E-mail;Ville\r\nZoé Lambert;zoe.lambert@example.fr;Arles\r\nBrasserie du Port;;Lyon\r\nSans adresse;pas-une-adresse;Lyon\r\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		p.Goto(s.base+"/reglages/imports").Sees("Lire le fichier").Click("Fournisseurs").Upload("[name=fichier]", file)
		look(p, "imports")
		p.Click("Lire le fichier").Sees("1 ligne à corriger").Sees("Cette adresse e-mail est incomplète")
		look(p, "import-fautes")
		p.Choose("Ce que contient E-mail", "Laisser cette colonne").Click("Relire avec ces choix").Sees("Ce qui entrera : 3 fournisseurs")
		look(p, "import-apercu")
		p.Click("Importer 3 fournisseurs").Sees("3 fiches créées")
		look(p, "import-termine")
		p.Click("Annuler cet import").Click("Annuler l’import").Sees("3 annulées")
		p.Goto(s.base + "/reglages/activite").Sees("Import : lancement").Sees("Import : annulation").Sees("Connexion")
		look(p, "activite")
		p.Fill("Chercher un acte", "annulation import").Press("Enter").SeesNot("Import : lancement")
		s.proves(t)
	})
}
