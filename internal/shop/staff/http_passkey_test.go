package staff

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"

	"github.com/go-webauthn/webauthn/protocol"
)

// askedBy reads what a page asks of a device.
func askedBy(t testing.TB, text string) (made, signed Challenge) {
	t.Helper()
	var asked struct {
		Challenge string
		User      struct{ ID string }
	}
	if err := json.Unmarshal([]byte(text), &asked); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	bytes := func(text string) protocol.URLEncodedBase64 {
		b, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	made.Options = protocol.PublicKeyCredentialCreationOptions{Challenge: bytes(asked.Challenge), User: protocol.UserEntity{ID: bytes(asked.User.ID)}}
	signed.Options = protocol.PublicKeyCredentialRequestOptions{Challenge: bytes(asked.Challenge)}
	return made, signed
}

var demand = regexp.MustCompile(`data-demande="([^"]*)"`)

func TestAPasskeyIsAddedFromTheAccountAndSignsInWhereOneWasGoing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		newCompany(t, d, u)
		site := newSite(t, room)
		byNumber := site.URL
		site.URL = strings.Replace(byNumber, "127.0.0.1", "localhost", 1)
		b, phone := newBrowser(t, site), newDevice(t)
		phone.origin, phone.domain = "http://localhost:8080", "localhost"
		if page := b.get("/connexion"); strings.Contains(page.body, "clé d’accès") {
			t.Error("a way in is offered before anybody has a key")
		}
		b.signIn(u)
		dbtest.Clock(t, d).Advance(11 * time.Minute)
		b.get("/compte/cles").must(t, 200, "/compte/cles", `value="Firefox sur Linux"`, "data-cle-offre hidden", "<noscript>")
		b.post("/compte/cles/ajouter", "nom", "Téléphone <1>").must(t, 403, "/compte/cles/ajouter", "Confirmez que c’est bien vous", `name="nom" value="Téléphone &lt;1&gt;"`)
		page := b.post("/compte/cles/ajouter", "nom", "Téléphone <1>", currentPassword, goodPassword)
		page.must(t, 200, "/compte/cles/ajouter", `data-cle="creer"`)
		made, _ := askedBy(t, html.UnescapeString(demand.FindStringSubmatch(page.body)[1]))
		b.post("/compte/cles/enregistrer", "nom", "Téléphone <1>", "reponse", phone.make(t, made)).must(t, 200, "/compte/cles", "La clé d’accès est ajoutée", "Téléphone &lt;1&gt;", "Pas encore utilisée")
		b.post("/compte/cles/enregistrer", "nom", "Autre", "reponse", phone.make(t, made)).must(t, 200, "/compte/cles", "a déjà servi", "1\u00a0clé d’accès")
		b.post("/deconnexion")

		b.get("/connexion?retour=%2Fcompte").must(t, 200, "/connexion?retour=%2Fcompte", `data-cle="entrer"`, "/static/js/cle.js")
		asked := b.post("/connexion/cle/defi")
		_, signed := askedBy(t, asked.body)
		if cookie := asked.header.Get("Set-Cookie"); !strings.Contains(cookie, "HttpOnly; SameSite=Strict") || !strings.Contains(cookie, "Max-Age=300") {
			t.Errorf("the challenge is tied by %q", cookie)
		}
		answer := phone.sign(t, signed)
		newBrowser(t, site).post("/connexion/cle", "reponse", answer).must(t, 422, "/connexion/cle", "a déjà servi ou date de plus de cinq minutes")
		b.post("/connexion/cle", "reponse", answer, "retour", "/compte").must(t, 200, "/compte", "Téléphone &lt;1&gt;")
		newBrowser(t, site).post("/connexion/cle", "reponse", "rien").must(t, 422, "/connexion/cle", "Cette clé d’accès ne convient pas")

		site.URL = byNumber
		away := newBrowser(t, site)
		away.get("/connexion").must(t, 200, "/connexion", `Votre clé d’accès sert à l’adresse <a href="https://caisse.test/connexion">`)
		if refused := away.post("/connexion/cle/defi"); refused.status != http.StatusUnprocessableEntity {
			t.Errorf("something is asked at a bare address: %d", refused.status)
		}
		away.signIn(u)
		away.get("/compte/cles").must(t, 200, "/compte/cles", "ne servent pas à cette adresse", "https://caisse.test/compte/cles")
		away.post("/compte/cles/ajouter", "nom", "X").must(t, 200, "/compte/cles", "ne servent pas à cette adresse")
	})
}

func TestManagersSeeWhoHasAPasskey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		boss := newPerson(t, room, "boss")
		ref, _ := newCompany(t, d, boss)
		b := newBrowser(t, newSite(t, room))
		b.signIn(boss)
		team := "/d/" + ref.Slug + "/reglages/equipe"
		if strings.Contains(b.get(team).body, "Clé d’accès") {
			t.Error("the team says that somebody without a key has one")
		}
		addPasskey(t, room, boss)
		b.get(team).must(t, 200, team, "Clé d’accès")
		b.get(team+"/membres/"+boss.ID).must(t, 200, team+"/membres/"+boss.ID, "1\u00a0clé d’accès")
		users, err := room.Users(t.Context())
		if err != nil || len(users) != 1 || users[0].Passkeys != 1 {
			t.Errorf("the people are %+v, %v", users, err)
		}
	})
}
