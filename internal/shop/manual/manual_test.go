package manual

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"encaisse/internal/web/ui"
)

func TestEveryChapterIsInTheTableOfContentsAndLeadsSomewhere(t *testing.T) {
	b := book()
	for _, c := range append([]*Chapter{b.Index}, b.Chapters...) {
		if c.Title == "" || len(c.HTML) < 500 {
			t.Errorf("%s: title %q, %d bytes", c.Key, c.Title, len(c.HTML))
		}
		for _, l := range c.links {
			to := b.Chapter(l.chapter)
			if to == nil {
				t.Errorf("%s leads to %s.md, which does not exist", c.Key, l.chapter)
			} else if l.anchor != "" && !to.has(l.anchor) {
				t.Errorf("%s leads to %s.md#%s, a title that does not exist", c.Key, l.chapter, l.anchor)
			}
		}
	}
}

func TestEveryHelpLeadsToATitleOfAChapter(t *testing.T) {
	for _, h := range helps {
		key, anchor, anchored := strings.Cut(h.chapter, "#")
		c := book().Chapter(key)
		if c == nil {
			t.Errorf("%s: there is no chapter %s", h.prefix, key)
		} else if anchored && !c.has(anchor) {
			t.Errorf("%s: chapter %s has no title %s", h.prefix, key, anchor)
		}
	}
}

func TestAPageIsExplainedByTheMostPreciseChapter(t *testing.T) {
	for pattern, want := range map[string]string{
		"/d/{slug}/":                                   "/aide/accueil",
		"/d/{slug}/journees":                           "/aide/mois",
		"/d/{slug}/journees/{mois}":                    "/aide/mois",
		"/d/{slug}/journees/{box}/{jour}":              "/aide/journee",
		"/d/{slug}/journees/{box}/{jour}/corriger":     "/aide/corrections-et-verrouillage",
		"/d/{slug}/caisses/{box}/operations":           "/aide/operations-de-caisse",
		"/d/{slug}/clients/{tiers}":                    "/aide/clients-et-credits",
		"/d/{slug}/rapports/journal":                   "/aide/journal-de-caisse",
		"/d/{slug}/rapports/mois/{mois}":               "/aide/synthese-mensuelle",
		"/d/{slug}/reglages":                           "/aide/reglages",
		"/d/{slug}/reglages/equipe/membres/{personne}": "/aide/equipe-et-droits",
		"/d/{slug}/reglages/calendrier":                "/aide/reglages#calendrier-d-ouverture",
		"/connexion":                                   "/aide/securite#se-connecter",
		"/aide/{chapitre}":                             "",
		"/":                                            "",
	} {
		if got := HelpFor(pattern); got != want {
			t.Errorf("%s is explained at %q, want %q", pattern, got, want)
		}
	}
}

var (
	badSpace = regexp.MustCompile(`[^\s>&;][ ][:;!?»€%](?:[\s<]|$)|«[ ]|\d \d{3}\b`)
	tag      = regexp.MustCompile(`<[^>]*>`)
	code     = regexp.MustCompile(`(?s)<code>.*?</code>`)
	ids      = regexp.MustCompile(` id="([^"]+)"`)
)

func TestEveryPageOfTheManualKeepsTheHouseRules(t *testing.T) {
	b := book()
	for _, c := range append([]*Chapter{b.Index}, b.Chapters...) {
		var html strings.Builder
		if err := newPage(ui.Frame{}, c, "/d/epicerie/journees?q=1").component().Render(context.Background(), &html); err != nil {
			t.Fatal(err)
		}
		page := html.String()
		if n := strings.Count(page, "<h1"); n != 1 {
			t.Errorf("%s: %d titles h1", c.Key, n)
		}
		for _, bad := range []string{"raw HTML omitted", " style=", "javascript:", "'", "!!", ".md\"", ".md#"} {
			if at := strings.Index(tagless(page, bad), bad); at >= 0 {
				t.Errorf("%s holds %q", c.Key, bad)
			}
		}
		text := tag.ReplaceAllString(code.ReplaceAllString(page, ""), "\n")
		if found := badSpace.FindString(text); found != "" {
			t.Errorf("%s: a space that breaks stands in %q", c.Key, found)
		}
		seen := map[string]bool{}
		for _, m := range ids.FindAllStringSubmatch(page, -1) {
			if seen[m[1]] {
				t.Errorf("%s: two elements have the id %q", c.Key, m[1])
			}
			seen[m[1]] = true
		}
	}
}

// tagless is a page without its tags when what is looked for is a sign of the text: attributes may hold it.
func tagless(page, bad string) string {
	if bad == "'" || bad == "!!" {
		return tag.ReplaceAllString(strings.ReplaceAll(page, "&#39;", "'"), "\n")
	}
	return page
}

func TestATitleBecomesAnAnchorAndACodeIsLeftAlone(t *testing.T) {
	b, err := newBook(fstest.MapFS{
		"index.md": {Data: []byte("# Sommaire\n\n- [Un](un.md)\n")},
		"un.md": {Data: []byte("# Un chapitre\n\nAvant : `a : b` et 1 292,80 €.\n\n## L’écart, « toléré » ?\n\nUn *mot* et <script>alert(1)</script> [un lien](javascript:alert(1)).\n\n" +
			"### Encore\n\n![Une image](images/rien.png)\n\n## L’écart, « toléré » ?\n\nDe [retour](#encore), ou [ailleurs](index.md).\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	c := b.Chapters[0]
	for _, want := range []string{
		"Avant\u00a0: <code>a : b</code> et 1\u00a0292,80\u00a0€.", `<h2 id="l-ecart-tolere">L’écart, «\u00a0toléré\u00a0»\u00a0?</h2>`, `<h2 id="l-ecart-tolere-2">`, `<h3 id="encore">`,
		`<a href="/aide/images/rien.png"><img src="/aide/images/rien.png" alt="Une image"`, `<a href="/aide/un#encore">retour</a>`, `<a href="/aide">ailleurs</a>`,
	} {
		if want = strings.ReplaceAll(want, `\u00a0`, nbsp); !strings.Contains(c.HTML, want) {
			t.Errorf("%q is not in\n%s", want, c.HTML)
		}
	}
	for _, bad := range []string{"<script", "javascript:", "<h1"} {
		if strings.Contains(c.HTML, bad) {
			t.Errorf("%q is in\n%s", bad, c.HTML)
		}
	}
}

func TestABrokenManualIsRefused(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"no table of contents": {"un.md": {Data: []byte("# Un\n")}},
		"a chapter forgotten":  {"index.md": {Data: []byte("# Sommaire\n")}, "un.md": {Data: []byte("# Un\n")}},
		"no title":             {"index.md": {Data: []byte("Sommaire\n")}},
		"a picture unreadable": {"index.md": {Data: []byte("# Sommaire\n\n![Image](images/a.png)\n")}, "images/a.png": {Data: []byte("x")}},
	} {
		if _, err := newBook(files); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestASearchFindsSectionsByEveryWordWhateverTheAccents(t *testing.T) {
	hits := book().Search("ECART  motif")
	if len(hits) == 0 || hits[0].URL() != "/aide/journee#s-il-y-a-un-ecart" {
		t.Fatalf("found %v", urls(hits))
	}
	for _, h := range hits {
		if !strings.Contains(h.Section.words, "ecart") || !strings.Contains(h.Section.words, "motif") {
			t.Errorf("%s does not hold both words", h.URL())
		}
		if len([]rune(h.Excerpt)) > longestExcerpt+60 {
			t.Errorf("%s: an excerpt of %d characters", h.URL(), len([]rune(h.Excerpt)))
		}
	}
	if hits := book().Search("jours fériés"); len(hits) == 0 || !slices.Contains(urls(hits), "/aide/reglages#calendrier-d-ouverture") {
		t.Errorf("holidays are found in %v", urls(hits))
	}
	for _, nothing := range []string{"", "   ", "xylophone"} {
		if hits := book().Search(nothing); len(hits) != 0 {
			t.Errorf("%q finds %v", nothing, urls(hits))
		}
	}
}

func urls(hits []Hit) (list []string) {
	for _, h := range hits {
		list = append(list, h.URL())
	}
	return list
}

func TestLinksOfTheTableRememberWhereTheReaderCameFrom(t *testing.T) {
	p := newPage(ui.Frame{}, book().Chapters[0], "/d/epicerie/journees?caisse=1")
	if got, want := p.to("/aide/journee#clôturer"), "/aide/journee?retour=%2Fd%2Fepicerie%2Fjournees%3Fcaisse%3D1#clôturer"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := newPage(ui.Frame{}, book().Index, "").to("/aide/mois"); got != "/aide/mois" {
		t.Errorf("%s without a page to come back to", got)
	}
}

// has tells whether a chapter has an anchor.
func (c *Chapter) has(anchor string) bool {
	for _, s := range c.Sections {
		if slices.Contains(s.anchors, anchor) {
			return true
		}
	}
	return false
}
