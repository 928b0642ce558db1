package ui

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/test/papertest"
	"encaisse/internal/web/static"

	"github.com/a-h/templ"
)

func render(t *testing.T, page templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := page.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// around renders a component with a child.
func around(page templ.Component, child string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w templWriter) error {
		return page.Render(templ.WithChildren(ctx, templ.Raw(child)), w)
	})
}

var hashed = regexp.MustCompile(`/static/[0-9a-f]{16}/`)

// readable breaks HTML before each tag and forgets the hashes, so that a golden file changes only when the page does.
func readable(html string) string {
	html = hashed.ReplaceAllString(html, "/static/#/")
	return strings.TrimSpace(strings.ReplaceAll(html, "<", "\n<")) + "\n"
}

func samples() map[string]templ.Component {
	refused := fault.New(fault.Invalid, "Corrigez les champs signalés.").Field("montant", "Ce montant ne se lit pas.").Field("cache", "Cette page est incomplète.")
	amount := Answers{Values: map[string][]string{"montant": {"12,5,3"}}, Err: refused}.Fill(Field{Name: "montant", Label: "Montant", Help: "Toutes taxes comprises.", Value: "0,00"})
	frame := Frame{
		Title: "Journées", Subtitle: "Caisse 1", Back: Link{Label: "Retour au mois", URL: "/d/marche/"}, Help: "/aide/journees", Scripts: []string{"money"}, Class: "sans-onglets",
		Nav:     []NavItem{{Label: "Accueil", Icon: "accueil", URL: "/d/marche/"}, {Label: "Journées", Icon: "journees", URL: "/d/marche/journees", Current: true, Badge: 2}},
		Company: Company{Name: "Épicerie du Marché", HomeURL: "/d/marche/", SwitchURL: "/dossiers"}, User: User{Name: "Claire Dumont", Email: "claire@example.fr"},
		Flash: &Flash{Tone: OK, Text: "Journée clôturée"}, Theme: DarkTheme, Path: "/d/marche/journees",
	}
	return map[string]templ.Component{
		"coquille":   around(Shell(frame), "<p>contenu</p>"),
		"seuil":      around(Plain(Frame{Title: "Connexion", Subtitle: "Bienvenue"}), "<p>contenu</p>"),
		"montant":    AmountField(amount),
		"refus":      Refusal(refused, amount),
		"puces":      Chips(Field{Name: "motif", Label: "Motif", Value: "b", Error: "Choisissez.", Options: []Option{{Value: "a", Label: "Rendu"}, {Value: "b", Label: "Saisie"}}}),
		"liste":      SelectField(Field{Name: "tva", Label: "TVA", Value: "2", Options: []Option{{Value: "1", Label: "5,5", Group: "Réduits"}, {Value: "2", Label: "10", Group: "Réduits"}, {Value: "3", Label: "20"}}}),
		"tableau":    DataTable(Table{Caption: "Journal", Columns: []Column{{Label: "Date"}, {Label: "Solde", Num: true}}, Rows: []Row{{Cells: []templ.Component{Date("2026-11-20"), Money(129280)}, URL: "/x"}}, Foot: []Row{{Cells: []templ.Component{Text("Total"), SignedMoney(-5)}}}}),
		"courbe":     LineChart(guideLines()),
		"parts":      ShareBar([]Slice{{Label: "Carte", Amount: 200}, {Label: "Espèces", Amount: 100}, {Label: "Rien", Amount: 0}}),
		"confirme":   Confirm(Question{ID: "q", Opener: "Supprimer", Title: "Supprimer\u00a0?", Text: "La caisse est vide.", Action: "/x", Button: "Supprimer la caisse", Danger: true, Hidden: []HeldField{{Name: "cle", Value: "1"}}}),
		"ordre":      Sortable(Order{Action: "/x", Label: "Rayons", Items: []OrderItem{{ID: "a", Label: "Épicerie"}, {ID: "b", Label: "Vins"}}}),
		"fichiers":   Files("/x.pdf", "/x.xlsx", "/x.csv?du=2026-11-01&au=2026-11-30", FilesHead),
		"erreur":     ErrorPage(Failure{Frame: Frame{Title: "Page introuvable"}, Status: 404, Message: "Cette page n’existe pas.", Fields: []string{"Un détail."}, Next: Link{Label: "Accueil", URL: "/"}, Reference: "ABC"}),
		"repris":     HeldPage(Held{Frame: Frame{Title: "Votre session a pris fin"}, Action: "/d/marche/x", SignInURL: "/connexion", Fields: []HeldField{{Name: "a", Value: "1"}}, Files: []string{"photo"}, Multipart: true}),
		"indicateur": around(KPI(MoneyFigure("Ventes", 118430)), "<span>+4</span>"),
	}
}

func TestComponentsAreWrittenAsTheirGoldenFiles(t *testing.T) {
	for name, page := range samples() {
		t.Run(name, func(t *testing.T) {
			papertest.Golden(t, name+".html", readable(render(t, page)))
		})
	}
}

func TestNoPageCarriesInlineStyleOrScript(t *testing.T) {
	for name, page := range samples() {
		html := render(t, page)
		for _, refused := range []string{" style=", "<style", " onclick=", " onload=", "javascript:"} {
			if strings.Contains(html, refused) {
				t.Errorf("%s carries %q", name, refused)
			}
		}
		if inline := regexp.MustCompile(`<script[^>]*>[^<]`).FindString(html); inline != "" {
			t.Errorf("%s carries a script: %s", name, inline)
		}
	}
}

func TestEveryIconAskedForIsDrawn(t *testing.T) {
	sprite, err := os.ReadFile("../static/img/icones.svg")
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string]bool{}
	for _, m := range regexp.MustCompile(`id="i-([a-z-]+)"`).FindAllStringSubmatch(string(sprite), -1) {
		if drawn[m[1]] {
			t.Errorf("the icon %s is drawn twice", m[1])
		}
		drawn[m[1]] = true
	}
	asked := regexp.MustCompile(`Icon\("([a-z-]+)"\)|Icon: "([a-z-]+)"|[Ii]con[^"\n]*return "([a-z-]+)"`)
	for _, pattern := range []string{"*.templ", "*.go", "../../shop/*/*.templ", "../../shop/*/*.go", "../../app/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range asked.FindAllStringSubmatch(string(text), -1) {
				if name := m[1] + m[2] + m[3]; !drawn[name] {
					t.Errorf("%s asks for the icon %q, which is not drawn", file, name)
				}
			}
		}
	}
}

func TestAFieldThatComesBackKeepsWhatWasTypedAndItsError(t *testing.T) {
	f := Answers{Values: map[string][]string{"a": {"12,5,3"}}, Err: fault.New(fault.Invalid, "x").Field("a", "Ne se lit pas.")}.Fill(Field{Name: "a", Value: "0"})
	if f.Value != "12,5,3" || f.Error != "Ne se lit pas." {
		t.Errorf("field %+v", f)
	}
	if fresh := (Answers{}).Fill(Field{Name: "a", Value: "0"}); fresh.Value != "0" || fresh.Error != "" {
		t.Errorf("the first time %+v", fresh)
	}
	if emptied := (Answers{Values: map[string][]string{}}).Fill(Field{Name: "a", Value: "0"}); emptied.Value != "" {
		t.Errorf("a field emptied comes back as %q", emptied.Value)
	}
}

func TestInitialsAndBadgesStaySmall(t *testing.T) {
	for name, want := range map[string]string{"Claire Dumont": "CD", "Élodie": "É", "jean-paul de la tour": "JT", "claire.d@example.fr": "C", "": "?", "🙂": "?"} {
		if got := (User{Name: name}).Initials(); got != want {
			t.Errorf("initials of %q are %q, want %q", name, got, want)
		}
	}
	if bounded(7) != "7" || bounded(100) != "99+" {
		t.Error("a badge is too wide")
	}
}

func TestAPhoneShowsFourPlacesAndPutsTheOthersUnderPlus(t *testing.T) {
	f := Frame{Nav: []NavItem{{URL: "/a", Tab: true}, {URL: "/b"}, {URL: "/c", Tab: true}, {URL: "/d", Current: true}}}
	if tabs := f.tabs(); len(tabs) != 2 || tabs[1].URL != "/c" || len(f.others()) != 2 || !f.othersCurrent() {
		t.Errorf("tabs %v, others %v", f.tabs(), f.others())
	}
	many := Frame{Nav: []NavItem{{URL: "/a"}, {URL: "/b"}, {URL: "/c"}, {URL: "/d"}, {URL: "/e"}}}
	if len(many.tabs()) != 4 || len(many.others()) != 1 || many.othersCurrent() {
		t.Errorf("tabs %v, others %v", many.tabs(), many.others())
	}
}

func TestAChartKeepsItsScaleRoundAndItsPointsInside(t *testing.T) {
	for _, values := range [][]int64{{0}, {0, 0, 0}, {1}, {-5, 5}, {-100, -50}, {1770945, 12}, {99, 100, 101}, {int64(money.Max), 0}, {}} {
		c := Lines{Labels: make([]string, max(1, len(values))), Series: []Series{{Values: values}}}
		low, high, step := c.bounds()
		if low > 0 || high <= low || (high-low)%step != 0 || (high-low)/step > 6 {
			t.Errorf("%v: from %d to %d by %d", values, low, high, step)
		}
		for i, v := range values {
			if y := c.y(v); y < plotTop*10 || y > plotBottom*10 || c.x(i) < plotLeft*10 || c.x(i) > plotRight*10 {
				t.Errorf("%v: the point %d is outside, at %d", values, v, y)
			}
		}
		if n := len(c.ticks()); n < 2 || n > 7 {
			t.Errorf("%v: %d labels", values, n)
		}
	}
}

func TestThePartsOfABarFillIt(t *testing.T) {
	placed := placeSlices([]Slice{{Amount: 100}, {Amount: 100}, {Amount: 100}, {Amount: -5}, {Amount: 0}})
	var width int64
	for _, p := range placed {
		width += p.width
	}
	if width != 1000 || placed[3].width != 0 || placed[0].percent != "34\u00a0%" {
		t.Errorf("placed %+v", placed)
	}
	if nothing := placeSlices([]Slice{{Amount: 0}, {Amount: -1}}); nothing[0].width != 0 || nothing[1].percent != "0\u00a0%" {
		t.Errorf("of nothing: %+v", nothing)
	}
	if share(5, 0) != 0 || share(-1, 10) != 0 || share(20, 10) != 1000 || share(1, 3) != 333 {
		t.Error("a share is wrong")
	}
}

func TestTheStyleGuideShowsEveryComponent(t *testing.T) {
	guide := render(t, StyleGuide(Frame{Title: "Composants"}))
	var classes []string
	for _, m := range regexp.MustCompile(`class="([^"]+)"`).FindAllStringSubmatch(guide, -1) {
		classes = append(classes, strings.Fields(m[1])...)
	}
	for _, class := range []string{"btn", "segment", "pages", "champ", "euro", "secret", "statut", "alerte", "puce", "choix", "coche", "tableau", "vide", "etapes", "taches", "ordre", "faits", "ind", "jauge", "etincelle", "graf", "barre-part", "barres", "coupures"} {
		if !slices.Contains(classes, class) {
			t.Errorf("nothing shows %s", class)
		}
	}
	css, err := os.ReadFile("../static/css/base.css")
	if err != nil || !strings.Contains(string(css), ".pile") || static.URL("encaisse.css") == "" {
		t.Fatalf("no style sheet: %v", err)
	}
}
