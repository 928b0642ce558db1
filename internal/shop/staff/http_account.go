package staff

import (
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

func (r *Room) accountPage(c *web.Ctx) error { return r.showAccount(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showAccount(c *web.Ctx, status int, a ui.Answers) error {
	page := AccountPage{Frame: c.Frame("Mon compte"), Zone: zone(c), Current: c.SessionID, Err: a.Err}
	page.Frame.Back = ui.Link{Label: "Retour aux dossiers", URL: "/dossiers"}
	err := r.db.Read(c.Context(), "", func(q *db.Snapshot) error {
		u, err := mustUser(q, c.UserID)
		page.User = u.User
		return err
	})
	if err != nil {
		return err
	}
	if page.Keys, err = r.Passkeys(c.Context(), c.UserID); err != nil {
		return err
	}
	if page.Sessions, err = r.Sessions(c.Context(), c.UserID); err != nil {
		return err
	}
	page.Form = a.FillAll(accountFields(page.User))
	return c.Render(status, accountPage(page))
}

func (r *Room) changeName(c *web.Ctx) error {
	form := c.Form()
	name := form.Need("nom", 80, "Écrivez votre nom.")
	err := form.Err()
	if err == nil {
		err = r.ChangeName(c.Context(), c.UserID, name)
	}
	return answer(c, err, form, "Votre nom est enregistré.", "/compte", r.showAccount)
}

func (r *Room) changePassword(c *web.Ctx) error {
	form := c.Form()
	pass, err := r.ChangePassword(c.Context(), PasswordChange{
		SessionID: c.SessionID, UserID: c.UserID, Token: web.SessionToken(c.R), Client: c.ClientKey(), Agent: c.R.UserAgent(),
		Current: form.Get(currentPassword), New: form.Get("mot-de-passe"),
	})
	if err == nil {
		c.SetSession(pass.Token, pass.Until)
	}
	form.Values.Set("nom", c.Identity.Name)
	return answer(c, err, form, "Votre mot de passe est changé. Vos autres sessions sont fermées.", "/compte", r.showAccount)
}

func (r *Room) closeSession(c *web.Ctx) error {
	if c.Path("session") == c.SessionID {
		return r.signOut(c)
	}
	return done(c, r.CloseSession(c.Context(), c.UserID, c.Path("session")), "La session est fermée.", "/compte")
}

func (r *Room) closeSessions(c *web.Ctx) error {
	return done(c, r.CloseSessions(c.Context(), c.UserID, c.SessionID), "Vos autres sessions sont fermées.", "/compte")
}

const generatorPath = "/compte/double-verification"

func (r *Room) generatorPage(c *web.Ctx) error {
	return r.showGenerator(c, http.StatusOK, ui.Answers{})
}

func (r *Room) showGenerator(c *web.Ctx, status int, a ui.Answers) error {
	page := GeneratorPage{Frame: generatorFrame(c), Err: a.Err, Field: a.Fill(codeField())}
	err := r.db.Read(c.Context(), "", func(q *db.Snapshot) error {
		u, err := mustUser(q, c.UserID)
		page.User = u.User
		return err
	})
	if err != nil {
		return err
	}
	if page.Pending, err = r.PendingGenerator(c.Context(), c.UserID); err != nil {
		return err
	}
	if page.Pending != nil {
		if page.Code, err = qrCode(page.Pending.URI); err != nil {
			return err
		}
	}
	return c.Render(status, generatorPage(page))
}

func generatorFrame(c *web.Ctx) ui.Frame {
	frame := c.Frame("Double vérification")
	frame.Back = ui.Link{Label: "Retour à mon compte", URL: "/compte"}
	return frame
}

func (r *Room) startGenerator(c *web.Ctx) error {
	if err := r.StartGenerator(c.Context(), c.UserID); err != nil {
		return err
	}
	return c.See(generatorPath)
}

func (r *Room) stopGenerator(c *web.Ctx) error {
	return done(c, r.StopGenerator(c.Context(), c.UserID), "La mise en place est abandonnée.", generatorPath)
}

func (r *Room) confirmGenerator(c *web.Ctx) error {
	form := c.Form()
	recovery, err := r.ConfirmGenerator(c.Context(), c.UserID, c.SessionID, form.Get("code"), c.ClientKey())
	if correctable(err) {
		return r.showGenerator(c, statusOf(c, err), ui.Answers{Values: form.Values, Err: err})
	}
	return r.showRecovery(c, recovery, err)
}

func (r *Room) renewRecovery(c *web.Ctx) error {
	recovery, err := r.RenewRecovery(c.Context(), c.UserID)
	return r.showRecovery(c, recovery, err)
}

// showRecovery shows the codes of last resort, this once.
func (r *Room) showRecovery(c *web.Ctx, recovery []string, err error) error {
	if err != nil {
		return err
	}
	frame := generatorFrame(c)
	frame.Title = "Codes de secours"
	return c.Render(http.StatusOK, recoveryPage(RecoveryPage{Frame: frame, Codes: recovery}))
}

func (r *Room) removeGenerator(c *web.Ctx) error {
	return done(c, r.RemoveGenerator(c.Context(), c.UserID, c.ClientKey()), "Aucun code ne vous sera plus demandé.", generatorPath)
}
