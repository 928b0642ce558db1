package staff

import (
	"encoding/json"
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

const (
	keysPath     = "/compte/cles"
	keyEntryPath = "/connexion/cle"
)

// passkeyRoutes are the ways in with a passkey, and what a person does with theirs.
func (r *Room) passkeyRoutes() []web.Route {
	return []web.Route{
		{Method: "POST", Path: keyEntryPath + "/defi", Right: right.Public, Do: r.askEntry},
		{Method: "POST", Path: keyEntryPath, Right: right.Public, Do: r.signInWithKey},

		{Method: "GET", Path: keysPath, Right: right.SignedIn, Do: r.keysPage},
		{Method: "POST", Path: keysPath + "/ajouter", Right: right.SignedIn, Do: r.Careful(r.askKey)},
		{Method: "POST", Path: keysPath + "/enregistrer", Right: right.SignedIn, Do: r.addKey},
		{Method: "POST", Path: keysPath + "/{cle}/nommer", Right: right.SignedIn, Do: r.nameKey},
		{Method: "POST", Path: keysPath + "/{cle}/retirer", Right: right.SignedIn, Do: r.Careful(r.removeKey)},
	}
}

// keyOffer is what a page says of passkeys to who uses the address of a request. It offers the sign-in where at least one key serves, so
// that nobody meets a button that leads nowhere.
func (r *Room) keyOffer(q db.Querier, c *web.Ctx) (offer KeyOffer, err error) {
	site, here := r.siteAt(c.R.Host)
	kept, anywhere, err := keysKept(q, site.domain)
	offer = KeyOffer{Shown: here && kept, Proposed: c.R.URL.Path == web.SignInPath, Return: c.ReturnPath("")}
	if !here && anywhere {
		offer.Elsewhere = r.keysElsewhere()
	}
	return offer, err
}

// askEntry answers the script of the sign-in page with what to have signed.
func (r *Room) askEntry(c *web.Ctx) error {
	asked, err := r.AskEntry(c.Context(), c.R.Host, c.ClientKey())
	if err != nil {
		return err
	}
	c.SetChallenge(asked.Token, challengePatience)
	return c.JSON(http.StatusOK, asked.Options)
}

func (r *Room) signInWithKey(c *web.Ctx) error {
	pass, err := r.SignInWithPasskey(c.Context(), KeyAttempt{
		Token: web.ChallengeToken(c.R), Answer: c.Form().Get("reponse"), Client: c.ClientKey(), Agent: c.R.UserAgent(), Before: web.SessionToken(c.R),
	})
	c.ClearChallenge()
	if correctable(err) {
		return r.showSignIn(c, statusOf(c, err), ui.Answers{Err: err})
	}
	if err != nil {
		return err
	}
	c.SetSession(pass.Token, pass.Until)
	return r.goHomeOf(c, pass)
}

func (r *Room) keysPage(c *web.Ctx) error {
	list, err := r.Passkeys(c.Context(), c.UserID)
	if err != nil {
		return err
	}
	_, here := r.siteAt(c.R.Host)
	page := KeysPage{Frame: keysFrame(c, "Clés d’accès"), Keys: list, Zone: zone(c), Here: here, Elsewhere: r.keysElsewhere(), Full: len(list) >= mostPasskeys, Name: agentWords(c.R.UserAgent())}
	page.Several = len(r.sites) > 1
	return c.Render(http.StatusOK, keysPage(page))
}

func keysFrame(c *web.Ctx, title string) ui.Frame {
	frame := c.Frame(title)
	frame.Back = ui.Link{Label: "Retour à mon compte", URL: "/compte"}
	frame.Scripts = []string{"cle"}
	return frame
}

// askKey shows the page on which the browser makes the key.
func (r *Room) askKey(c *web.Ctx) error {
	form := c.Form()
	name := form.Text("nom", longestPasskey)
	if err := form.Err(); err != nil {
		return done(c, err, "", keysPath)
	}
	asked, err := r.AskPasskey(c.Context(), c.UserID, c.R.Host, c.ClientKey())
	if correctable(err) {
		return done(c, err, "", keysPath)
	}
	if err != nil {
		return err
	}
	options, err := json.Marshal(asked.Options)
	if err != nil {
		return err
	}
	c.SetChallenge(asked.Token, challengePatience)
	page := NewKeyPage{Frame: keysFrame(c, "Créer la clé d’accès"), Name: name, Options: string(options)}
	if page.Name == "" {
		page.Name = agentWords(c.R.UserAgent())
	}
	page.Frame.Back = ui.Link{Label: "Retour aux clés d’accès", URL: keysPath}
	return c.Render(http.StatusOK, newKeyPage(page))
}

func (r *Room) addKey(c *web.Ctx) error {
	form := c.Form()
	name, err := form.Text("nom", longestPasskey), form.Err()
	if err == nil {
		_, err = r.AddPasskey(c.Context(), NewPasskey{
			UserID: c.UserID, Name: name, Token: web.ChallengeToken(c.R), Answer: form.Get("reponse"), Client: c.ClientKey(), Agent: c.R.UserAgent(),
		})
	}
	c.ClearChallenge()
	return done(c, err, "La clé d’accès est ajoutée. Elle sert dès la prochaine connexion.", keysPath)
}

func (r *Room) nameKey(c *web.Ctx) error {
	form := c.Form()
	name, err := form.Need("nom", longestPasskey, "Écrivez un nom."), form.Err()
	if err != nil {
		err = fault.Newf(fault.Invalid, "Donnez à la clé un nom de %d\u00a0caractères au plus.", longestPasskey)
	} else {
		err = r.NamePasskey(c.Context(), c.UserID, c.Path("cle"), name)
	}
	return done(c, err, "Le nom de la clé est enregistré.", keysPath)
}

func (r *Room) removeKey(c *web.Ctx) error {
	err := r.RemovePasskey(c.Context(), c.UserID, c.Path("cle"), c.SessionID, c.ClientKey())
	return done(c, err, "La clé d’accès est retirée. Vos autres sessions sont fermées.", keysPath)
}
