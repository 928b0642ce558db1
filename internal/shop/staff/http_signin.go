package staff

import (
	"net/http"
	"net/url"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

func (r *Room) signInPage(c *web.Ctx) error {
	if c.Known() {
		return r.goHome(c, c.UserID)
	}
	return r.showSignIn(c, http.StatusOK, ui.Answers{})
}

func (r *Room) showSignIn(c *web.Ctx, status int, a ui.Answers) error {
	page := SignInPage{Frame: c.Frame("Se connecter"), Return: c.ReturnPath(""), Err: a.Err, Form: a.FillAll(signInFields())}
	err := r.db.Read(c.Context(), "", func(q *db.Snapshot) (err error) {
		if page.Empty, err = SetupNeeded(q); err != nil || page.Empty {
			return err
		}
		page.Key, err = r.keyOffer(q, c)
		return err
	})
	if err != nil {
		return err
	}
	page.Frame.Scripts = page.Key.scripts()
	return c.Render(status, signInPage(page))
}

func (r *Room) signIn(c *web.Ctx) error {
	form := c.Form()
	pass, err := r.SignIn(c.Context(), Attempt{
		Email: form.Get("email"), Password: form.Get("mot-de-passe"),
		Client: c.ClientKey(), Agent: c.R.UserAgent(), Before: web.SessionToken(c.R),
	})
	if correctable(err) {
		return r.showSignIn(c, statusOf(c, err), ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.SetSession(pass.Token, pass.Until)
	if pass.NeedsCode {
		return c.See(withReturn("/connexion/code", c.ReturnPath("")))
	}
	return r.goHomeOf(c, pass)
}

func withReturn(path, back string) string {
	if back == "" {
		return path
	}
	return path + "?retour=" + url.QueryEscape(back)
}

func (r *Room) codePage(c *web.Ctx) error {
	if c.Known() {
		return r.goHome(c, c.UserID)
	}
	err := r.db.Read(c.Context(), "", func(q *db.Snapshot) error {
		_, _, err := r.waiting(q, web.SessionToken(c.R))
		return err
	})
	if fault.Is(err, fault.SignIn) {
		return r.tooLate(c, err)
	}
	if err != nil {
		return err
	}
	return r.showCode(c, http.StatusOK, ui.Answers{})
}

func (r *Room) showCode(c *web.Ctx, status int, a ui.Answers) error {
	page := CodePage{Frame: c.Frame("Code de vérification"), Return: c.ReturnPath(""), Err: a.Err, Field: a.Fill(codeField())}
	err := r.db.Read(c.Context(), "", func(q *db.Snapshot) (err error) {
		page.Key, err = r.keyOffer(q, c)
		return err
	})
	if err != nil {
		return err
	}
	page.Frame.Scripts = page.Key.scripts()
	return c.Render(status, codePage(page))
}

func (r *Room) giveCode(c *web.Ctx) error {
	form := c.Form()
	pass, err := r.SecondFactor(c.Context(), web.SessionToken(c.R), form.Get("code"), c.ClientKey())
	switch {
	case correctable(err):
		form.Del("code")
		return r.showCode(c, statusOf(c, err), ui.Answers{Values: form.Values, Err: err})
	case fault.Is(err, fault.SignIn):
		return r.tooLate(c, err)
	case err != nil:
		return err
	}
	c.SetSession(pass.Token, pass.Until)
	return r.goHomeOf(c, pass)
}

// tooLate leads back to the first step of sign-in.
func (r *Room) tooLate(c *web.Ctx, err error) error {
	c.Flash(ui.Warn, err.(*fault.Fault).Message)
	return c.See(withReturn(web.SignInPath, c.ReturnPath("")))
}

// goHomeOf leads who just signed in where they wanted to go.
func (r *Room) goHomeOf(c *web.Ctx, pass Pass) error {
	s, _, _, err := r.Session(c.Context(), pass.Token)
	if err != nil {
		return err
	}
	return r.goHome(c, s.UserID)
}

func (r *Room) goHome(c *web.Ctx, userID string) error {
	if back := c.ReturnPath("/"); back != "/" {
		return c.See(back)
	}
	home, err := r.HomePath(c.Context(), userID)
	if err != nil {
		return err
	}
	return c.See(home)
}

func (r *Room) signOut(c *web.Ctx) error {
	c.ClearSession() // first: the browser forgets its secret even if the store cannot write
	if err := r.SignOut(c.Context(), web.SessionToken(c.R)); err != nil {
		return err
	}
	c.W.Header().Set("Clear-Site-Data", `"cache"`) // not the storage: it may hold what was not sent yet
	c.Flash(ui.OK, "Vous êtes déconnecté.")
	return c.See(web.SignInPath)
}

func (r *Room) askResetPage(c *web.Ctx) error { return r.showAskReset(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showAskReset(c *web.Ctx, status int, a ui.Answers) error {
	page := AskResetPage{Frame: c.Frame("Mot de passe oublié"), Mails: r.mails(), Err: a.Err, Field: a.Fill(emailField("Votre adresse électronique", c.Query("email")))}
	return c.Render(status, askResetPage(page))
}

func (r *Room) askReset(c *web.Ctx) error {
	form := c.Form()
	err := r.AskReset(c.Context(), form.Get("email"), c.ClientKey())
	return answer(c, err, form, "Si cette adresse a un compte, un lien valable une heure lui est envoyé.", web.SignInPath, r.showAskReset)
}

func (r *Room) resetPage(c *web.Ctx) error { return r.showReset(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showReset(c *web.Ctx, status int, a ui.Answers) error {
	u, err := r.CheckReset(c.Context(), c.Path("lien"))
	if err != nil {
		return err
	}
	page := ResetPage{Frame: c.Frame("Nouveau mot de passe"), Action: c.R.URL.Path, Email: u.Email, Err: a.Err, Field: a.Fill(newPasswordField(true))}
	return c.Render(status, resetPage(page))
}

func (r *Room) reset(c *web.Ctx) error {
	form := c.Form()
	err := r.Reset(c.Context(), c.Path("lien"), form.Get("mot-de-passe"), c.ClientKey())
	return answer(c, err, form, "Votre mot de passe est changé. Connectez-vous avec lui.", web.SignInPath, r.showReset)
}
