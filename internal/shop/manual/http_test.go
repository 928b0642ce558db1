package manual

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"encaisse/internal/web"
)

// nobody is the gate of visitors who did not sign in.
type nobody struct{}

func (nobody) Identify(*http.Request) (web.Identity, error) { return web.Identity{}, nil }
func (nobody) Enter(context.Context, web.Identity, string) (web.Access, error) {
	return web.Access{}, errors.New("no company here")
}

// ask gets a page of the manual, coming from another one.
func ask(t *testing.T, address, from string) *httptest.ResponseRecorder {
	t.Helper()
	site, err := web.New(web.Config{Gate: nobody{}, Routes: Routes()})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("GET", address, nil)
	if from != "" {
		r.Header.Set("Referer", from)
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return w
}

func TestTheManualIsReadWithoutSigningIn(t *testing.T) {
	for address, want := range map[string]string{
		"/aide":               "<h1>Mode d’emploi</h1>",
		"/aide/journee":       "<h1>La journée</h1>",
		"/aide?q=ecart+motif": "S’il y a un écart",
		"/aide?q=xylophone":   "Rien sur «\u00a0xylophone\u00a0»",
		"/aide?q=+":           "<h1>Mode d’emploi</h1>",
		"/aide?q=%3Cb%3E":     "«\u00a0&lt;b&gt;\u00a0»",
	} {
		answer := ask(t, address, "")
		if answer.Code != 200 || !strings.Contains(answer.Body.String(), want) {
			t.Errorf("%s: %d, without %q", address, answer.Code, want)
		}
	}
	for _, address := range []string{"/aide/rien", "/aide/index.md", "/aide/images/rien.png", "/aide/images/..%2Fjournee.md"} {
		if answer := ask(t, address, ""); answer.Code != 404 {
			t.Errorf("%s: %d", address, answer.Code)
		}
	}
}

func TestAPictureIsServedAsOne(t *testing.T) {
	answer := ask(t, "/aide/images/connexion-1280.png", "")
	if answer.Code != 200 || answer.Header().Get("Content-Type") != "image/png" || !strings.HasPrefix(answer.Header().Get("Cache-Control"), "public") {
		t.Errorf("%d %v", answer.Code, answer.Header())
	}
}

func TestTheReaderGoesBackToThePageTheyCameFrom(t *testing.T) {
	back := `href="/d/epicerie/journees?caisse=1"`
	if page := ask(t, "/aide/mois", "http://example.com/d/epicerie/journees?caisse=1").Body.String(); !strings.Contains(page, back) || !strings.Contains(page, "/aide/journee?retour=%2Fd%2Fepicerie") {
		t.Error("the page does not lead back to where the reader came from")
	}
	if page := ask(t, "/aide/mois?retour=%2Fd%2Fepicerie%2Fjournees%3Fcaisse%3D1", "http://example.com/aide").Body.String(); !strings.Contains(page, back) {
		t.Error("the next page forgot where the reader came from")
	}
	for name, page := range map[string]string{
		"another site":       ask(t, "/aide/mois", "https://autre.example/d/epicerie/").Body.String(),
		"the manual itself":  ask(t, "/aide/mois", "http://example.com/aide/journee").Body.String(),
		"an address outside": ask(t, "/aide/mois?retour=https%3A%2F%2Fautre.example", "").Body.String(),
		"nowhere":            ask(t, "/aide/mois", "").Body.String(),
	} {
		if strings.Contains(page, "Revenir à la page") {
			t.Errorf("coming from %s, the page offers to go back", name)
		}
	}
}
