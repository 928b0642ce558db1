package pictures

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"encaisse/internal/base/locale"
	"encaisse/internal/test/browser"
	"encaisse/internal/test/receipt"
)

// folderVariable names the folder where the pictures are taken to. `make screenshots` sets it; without it, the test only looks at those
// that are there.
const folderVariable = "ENCAISSE_PICTURES"

// pictures are the pictures of the manual: the name of each file, and the size of its window.
var pictures = map[string]browser.Size{
	"connexion-1280": browser.Desk, "mise-en-route-1-1280": browser.Desk, "mise-en-route-2-1280": tall(900), "mise-en-route-3-1280": tall(960),
	"accueil-1280": tall(840), "mois-1280": tall(880), "mois-390": browser.Phone, "journee-1280": tall(920), "journee-390": browser.Phone, "comptage-1280": browser.Desk,
	"recapitulatif-1280": tall(760), "correction-1280": tall(720), "historique-1280": tall(700), "operation-1280": tall(470), "operations-1280": browser.Desk,
	"clients-1280": tall(660), "journal-1280": tall(900), "synthese-1280": tall(900), "reglages-1280": tall(520), "ticket-z-1280": tall(700), "calendrier-1280": tall(960),
	"equipe-1280": tall(720), "compte-1280": tall(860), "caisses-1280": tall(760), "releve-1280": tall(820), "credits-1280": tall(760), "bons-1280": tall(640), "remises-1280": tall(760),
	"chiffre-affaires-1280": tall(940), "budget-1280": tall(820), "tva-1280": tall(820), "exports-1280": tall(820), "imports-1280": tall(640), "activite-1280": tall(760), "sauvegardes-1280": tall(720),
	"suivi-1280": tall(760), "suivi-390": browser.Phone, "question-1280": tall(640), "photo-1280": tall(900),
}

func tall(height int64) browser.Size { return browser.Size{Name: "1280", Width: 1280, Height: height} }

const picturesFolder = "../../../docs/manuel/images"

func TestThePicturesOfTheManualAreThoseTheScriptTakes(t *testing.T) {
	if folder := os.Getenv(folderVariable); folder != "" {
		takePictures(t, folder)
	}
	files, err := filepath.Glob(filepath.Join(picturesFolder, "*.png"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".png")
		size, known := pictures[name]
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := png.DecodeConfig(bytes.NewReader(content))
		switch {
		case !known:
			t.Errorf("%s: no script takes it", name)
		case err != nil || int64(drawn.Width) != size.Width || int64(drawn.Height) != size.Height:
			t.Errorf("%s: %d × %d, want %d × %d (%v)", name, drawn.Width, drawn.Height, size.Width, size.Height, err)
		}
	}
	if len(files) != len(pictures) {
		t.Errorf("%d pictures are there, the script takes %d", len(files), len(pictures))
	}
}

// album takes pictures into a folder.
type album struct {
	t      *testing.T
	folder string
	taken  []string
}

// takePictures takes every picture: the first run on an empty program, the rest on the demonstration.
func takePictures(t *testing.T, folder string) {
	browser.Features = []string{"LangAttributeAwareFormControlUI"} // dates as the pages write them
	a := &album{t: t, folder: folder}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	a.firstRun()
	demo := browser.StartDemo(t)
	p := a.signIn(demo, "dirigeante")
	a.day(p)
	a.month(p)
	a.rest(p)
	a.firm(a.signIn(demo, "comptable"))
	for name := range pictures {
		if !slices.Contains(a.taken, name) {
			t.Errorf("%s was not taken", name)
		}
	}
}

// french makes a browser of any language write the dates of fields as the page does: drawn again, they follow its language.
const french = `document.querySelectorAll("input[type=date]").forEach(field => { const day = field.value; field.type = "text"; field.type = "date"; field.value = day; })`

// take takes the picture of what the window shows.
func (a *album) take(p *browser.Page, name string) {
	a.t.Helper()
	p.Evaluate(french)
	small, err := lighten(p.Picture())
	if err != nil {
		a.t.Fatalf("%s: %v", name, err)
	}
	if err := os.WriteFile(filepath.Join(a.folder, name+".png"), small, 0o644); err != nil {
		a.t.Fatal(err)
	}
	a.taken = append(a.taken, name)
}

// at sizes the window for a picture.
func (a *album) at(p *browser.Page, name string) *browser.Page { return p.At(pictures[name]) }

var setupLink = regexp.MustCompile(`/installation/\S+`)

func (a *album) firstRun() {
	app := browser.Start(a.t)
	p := app.Open(a.t).Goto(setupLink.FindString(app.Server.Output()))
	p.Fill("Nom de la société ou de la boutique", "Épicerie du Port").Fill("Votre nom", "Marie Kerlouan").Fill("Votre adresse e-mail", "marie@epicerie.example").
		Fill("Mot de passe", "varech tonneau balise 4 rivages").Click("Commencer").Sees("étape 1 sur 5")
	p.Fill("SIREN", "732 829 320").Fill("Raison sociale", "Kerlouan et fils").Fill("Code postal", "29200").Fill("Ville", "Brest")
	a.take(a.at(p, "mise-en-route-1-1280"), "mise-en-route-1-1280")
	p.Click("Enregistrer et continuer").Sees("étape 2 sur 5").Click("Épicerie, supérette")
	a.take(a.at(p, "mise-en-route-2-1280"), "mise-en-route-2-1280")
	p.Click("Préparer ma caisse").Sees("étape 3 sur 5")
	a.take(a.at(p, "mise-en-route-3-1280"), "mise-en-route-3-1280")
	a.take(a.at(app.Open(a.t), "connexion-1280").Goto("/connexion").Sees("Se connecter"), "connexion-1280")
}

// signIn lets in the first person of a trade that the demonstration names.
func (a *album) signIn(app *browser.App, trade string) *browser.Page {
	who := regexp.MustCompile(`(\S+@\S+)\s+(\S+)\s+\S+ \S+, ` + trade).FindStringSubmatch(app.Said)
	if who == nil {
		a.t.Fatalf("no sign-in in what the demonstration said:\n%s", app.Said)
	}
	return app.Open(a.t).Goto("/connexion").Fill("Adresse électronique", who[1]).Fill("Mot de passe", who[2]).Press("Enter").SeesNot("Se connecter")
}

// day types the day that is missing, up to its summary, without closing it.
func (a *album) day(p *browser.Page) {
	a.take(a.at(p, "accueil-1280"), "accueil-1280")
	p.Click("Saisir").Sees("1. Ticket Z")
	a.photo(p)
	for _, f := range [][2]string{{"Épicerie", "412,60"}, {"Fruits et légumes", "268,35"}, {"Crémerie et frais", "187,90"}, {"Boissons sans alcool", "96,40"},
		{"Vins, bières et spiritueux", "158,20"}, {"Confiserie", "42,75"}, {"Hygiène, entretien et bazar", "63,10"}, {"Presse", "21,50"}, {"Bons cadeaux vendus", "30,00"},
		{"Nombre de ventes", "74"}, {"Nombre de clients", "71"}, {"Espèces", "318,40"}, {"Carte bancaire", "842,10"}, {"Chèques", "45,00"}, {"Titres-restaurant", "75,30"}} {
		p.Fill(f[0], f[1])
	}
	expected, _, err := locale.ParseAmount(p.Text(".espece .total .fige"))
	if err != nil {
		a.t.Fatal(err)
	}
	a.at(p, "comptage-1280").Sees("Ventilation équilibrée").Click("Compter billets et pièces").Sees("Compter le tiroir")
	for _, piece := range drawer(int(expected) - 910) {
		p.Fill(piece[0], piece[1])
	}
	a.take(p, "comptage-1280")
	p.Click("Reprendre ce total").Sees("Manque en caisse").Click("Erreur de rendu")
	a.take(a.at(p, "journee-1280"), "journee-1280")
	a.take(a.at(p, "journee-390"), "journee-390")
	a.at(p, "recapitulatif-1280").Click("Clôturer").Sees("Confirmer la clôture")
	a.take(p, "recapitulatif-1280")
}

// photo reads the photo of a ticket of the day, and forgets it.
func (a *album) photo(p *browser.Page) {
	on := strings.Split(path.Base(p.Path()), "-")
	ticket := receipt.Grocer()
	for i := range ticket.Lines {
		ticket.Lines[i].Left = strings.Replace(ticket.Lines[i].Left, "20/11/2026", on[2]+"/"+on[1]+"/"+on[0], 1)
	}
	file := filepath.Join(a.t.TempDir(), "ticket.jpg")
	if err := os.WriteFile(file, receipt.Photo(a.t, ticket, receipt.Wear{Tilt: 1, Noise: 8}), 0o600); err != nil {
		a.t.Fatal(err)
	}
	a.at(p, "photo-1280").Click("Lire un ticket Z en photo").Sees("La photo du ticket").Upload("[name=photo]", file).Click("Lire la photo").Sees("Ce que dit le ticket")
	a.take(p, "photo-1280")
	p.Click("Oublier cette photo").Sees("La photo est oubliée")
}

// drawer is an amount in notes and coins, as a drawer has them: some of each, then what is missing.
func drawer(cents int) (pieces [][2]string) {
	values := []int{5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1}
	counts := make([]int, len(values))
	for i, most := range []int{8, 14, 11, 9, 16, 14, 12, 15, 9, 6, 4, 3} {
		counts[i] = min(most, cents/values[i])
		cents -= counts[i] * values[i]
	}
	for i, value := range values {
		counts[i] += cents / value
		cents %= value
	}
	for i, value := range values {
		name := fmt.Sprintf("%d €", value/100)
		if value < 100 {
			name = fmt.Sprintf("%d c", value)
		}
		if counts[i] > 0 {
			pieces = append(pieces, [2]string{name, strconv.Itoa(counts[i])})
		}
	}
	return pieces
}

// month takes the month of a till, then the last closed day of it being corrected, corrected, and its history.
func (a *album) month(p *browser.Page) {
	a.at(p, "mois-1280").Click("Journées").Sees("Caisse par caisse").Click("Caisse 1").Sees("Espèces en caisse")
	a.take(p, "mois-1280")
	a.take(a.at(p, "mois-390"), "mois-390")
	a.at(p, "correction-1280").Click("css:a.jour.clos").Sees("Corriger")
	closed := p.Path()
	p.Goto(closed + "/corriger").Sees("Pourquoi cette correction")
	p.Fill("Pourquoi cette correction", "12,00 € d’épicerie tapés en confiserie")
	for name, change := range map[string]string{"Épicerie": "+12,00", "Confiserie": "-12,00"} {
		p.Fill(name, p.Value(name)+change)
	}
	a.take(p, "correction-1280")
	p.Click("Corriger").Sees("Confirmer").Click("Confirmer").Sees("corrigée")
	a.at(p, "historique-1280").Goto(closed + "/versions").Sees("Remplacée")
	a.take(p, "historique-1280")
}

// rest takes the pages that only show something.
func (a *album) rest(p *browser.Page) {
	home := regexp.MustCompile(`^/d/[^/]+`).FindString(p.Path())
	go_ := func(name, path, sees string) *browser.Page { return a.at(p, name).Goto(home + path).Sees(sees) }
	box := regexp.MustCompile(`/caisses/[^/?]+`).FindString(go_("accueil-1280", "/", "À faire").Evaluate(`document.querySelector('a[href*="/operations"]').href`))
	go_("operation-1280", box+"/operation?type=expense", "Nouvelle opération").Fill("Montant", "18,60").Fill("Commentaire", "Ampoules et piles")
	a.take(p, "operation-1280")
	for _, page := range [][3]string{
		{"operations-1280", box + "/operations", "Opérations"}, {"clients-1280", "/clients", "clients"}, {"journal-1280", "/rapports/journal", "Solde de départ"},
		{"reglages-1280", "/reglages", "Ordre du ticket Z"}, {"ticket-z-1280", "/reglages/ticket-z", "Fruits et légumes"}, {"calendrier-1280", "/reglages/calendrier", "Semaine ordinaire"},
		{"equipe-1280", "/reglages/equipe", "Cabinet comptable"}, {"caisses-1280", "/caisses", "Coffre"}, {"credits-1280", "/clients/credits", "Crédits clients"}, {"bons-1280", "/bons", "Bons cadeaux"},
		{"remises-1280", "/remises", "Remises en banque"}, {"chiffre-affaires-1280", "/rapports/chiffre-affaires", "Voir les chiffres"}, {"budget-1280", "/rapports/budget", "Budget"}, {"tva-1280", "/rapports/tva", "A1"},
		{"exports-1280", "/rapports/exports", "Contrôler la période"}, {"imports-1280", "/reglages/imports", "Lire le fichier"}, {"activite-1280", "/reglages/activite", "Chercher"}, {"sauvegardes-1280", "/reglages/sauvegardes", "Sauvegarder maintenant"},
	} {
		a.take(go_(page[0], page[1], page[2]), page[0])
	}
	go_("synthese-1280", "/rapports", "Synthèse mensuelle").Click("css:.btn[href*=\"/rapports/mois/\"]:nth-of-type(2)").Sees("Chiffre d’affaires et TVA")
	a.take(p, "synthese-1280")
	go_("releve-1280", "/caisses", "Coffre").Click("Coffre").Sees("Relevé")
	a.take(p, "releve-1280")
	a.take(a.at(p, "compte-1280").Goto("/compte").Sees("Appareils connectés"), "compte-1280")
}

// firm takes the screen of the accounting firm.
func (a *album) firm(p *browser.Page) {
	a.at(p, "suivi-1280").Goto("/dossiers").Sees("Delmas").Click("css:a[href$=\"/suivi\"]").Sees("dossiers")
	a.take(p, "suivi-1280")
	a.take(a.at(p, "suivi-390"), "suivi-390")
	a.at(p, "question-1280").Click("1 réponse").Sees("Questions").Click("css:main a[href*=\"/questions/\"]").Sees("Clore")
	a.take(p, "question-1280")
}
