package staff

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const account, team = "/compte", "/d/{slug}/reglages/equipe"
	return append(r.passkeyRoutes(), []web.Route{
		{Method: "GET", Path: web.SignInPath, Right: right.Public, Do: r.signInPage},
		{Method: "POST", Path: web.SignInPath, Right: right.Public, Do: r.signIn},
		{Method: "GET", Path: "/connexion/code", Right: right.Public, Do: r.codePage},
		{Method: "POST", Path: "/connexion/code", Right: right.Public, Do: r.giveCode},
		{Method: "POST", Path: "/deconnexion", Right: right.Public, Do: r.signOut},

		{Method: "GET", Path: "/mot-de-passe", Right: right.Public, Do: r.askResetPage},
		{Method: "POST", Path: "/mot-de-passe", Right: right.Public, Do: r.askReset},
		{Method: "GET", Path: "/mot-de-passe/{lien}", Right: right.Public, Do: r.resetPage},
		{Method: "POST", Path: "/mot-de-passe/{lien}", Right: right.Public, Do: r.reset},

		{Method: "GET", Path: "/invitation/{lien}", Right: right.Public, Do: r.offerPage},
		{Method: "POST", Path: "/invitation/{lien}", Right: right.Public, Do: r.accept},

		{Method: "GET", Path: "/dossiers", Right: right.SignedIn, Do: r.filesPage},
		{Method: "GET", Path: "/cabinets/{cabinet}", Right: right.SignedIn, Do: r.firmPage},
		{Method: "POST", Path: "/cabinets/{cabinet}/inviter", Right: right.SignedIn, Do: r.Careful(r.inviteColleague)},
		{Method: "POST", Path: "/cabinets/{cabinet}/invitations/{invitation}/annuler", Right: right.SignedIn, Do: r.Careful(r.cancelColleagueInvitation)},
		{Method: "POST", Path: "/cabinets/{cabinet}/membres/{personne}/diriger", Right: right.SignedIn, Do: r.Careful(r.promote)},
		{Method: "POST", Path: "/cabinets/{cabinet}/membres/{personne}/retirer", Right: right.SignedIn, Do: r.Careful(r.removeColleague)},

		{Method: "GET", Path: "/voir-comme/{dossier}", Right: right.SignedIn, Do: r.viewPage},
		{Method: "POST", Path: "/voir-comme/{dossier}", Right: right.SignedIn, Do: r.lookAs},
		{Method: "POST", Path: "/voir-comme/{dossier}/quitter", Right: right.SignedIn, Do: r.lookAgain},

		{Method: "GET", Path: account, Right: right.SignedIn, Do: r.accountPage},
		{Method: "POST", Path: account, Right: right.SignedIn, Do: r.changeName},
		{Method: "POST", Path: account + "/mot-de-passe", Right: right.SignedIn, Do: r.changePassword},
		{Method: "POST", Path: account + "/sessions/{session}/fermer", Right: right.SignedIn, Do: r.closeSession},
		{Method: "POST", Path: account + "/sessions/fermer", Right: right.SignedIn, Do: r.closeSessions},
		{Method: "GET", Path: account + "/double-verification", Right: right.SignedIn, Do: r.generatorPage},
		{Method: "POST", Path: account + "/double-verification/commencer", Right: right.SignedIn, Do: r.Careful(r.startGenerator)},
		{Method: "POST", Path: account + "/double-verification/abandonner", Right: right.SignedIn, Do: r.stopGenerator},
		{Method: "POST", Path: account + "/double-verification/confirmer", Right: right.SignedIn, Do: r.confirmGenerator},
		{Method: "POST", Path: account + "/double-verification/codes", Right: right.SignedIn, Do: r.Careful(r.renewRecovery)},
		{Method: "POST", Path: account + "/double-verification/retirer", Right: right.SignedIn, Do: r.Careful(r.removeGenerator)},

		{Method: "GET", Path: team, Right: right.StaffManage, Do: r.teamPage},
		{Method: "GET", Path: team + "/inviter", Right: right.StaffManage, Do: r.invitePage},
		{Method: "POST", Path: team + "/inviter", Right: right.StaffManage, Do: r.Careful(r.inviteMember)},
		{Method: "POST", Path: team + "/invitations/{invitation}/annuler", Right: right.StaffManage, Do: r.Careful(r.cancelInvitation)},
		{Method: "GET", Path: team + "/cabinet", Right: right.StaffManage, Do: r.accountantPage},
		{Method: "POST", Path: team + "/cabinet", Right: right.StaffManage, Do: r.Careful(r.inviteAccountant)},
		{Method: "POST", Path: team + "/cabinet/retirer", Right: right.StaffManage, Do: r.Careful(r.takeFromFirm)},
		{Method: "GET", Path: team + "/membres/{personne}", Right: right.StaffManage, Do: r.memberPage},
		{Method: "POST", Path: team + "/membres/{personne}", Right: right.StaffManage, Do: r.Careful(r.changeMember)},
		{Method: "POST", Path: team + "/membres/{personne}/sessions", Right: right.StaffManage, Do: r.Careful(r.closeMemberSessions)},
		{Method: "POST", Path: team + "/membres/{personne}/retirer", Right: right.StaffManage, Do: r.Careful(r.removeMember)},
		{Method: "GET", Path: team + "/roles/nouveau", Right: right.StaffManage, Do: r.rolePage},
		{Method: "POST", Path: team + "/roles/nouveau", Right: right.StaffManage, Do: r.Careful(r.saveRole)},
		{Method: "GET", Path: team + "/roles/{role}", Right: right.StaffManage, Do: r.rolePage},
		{Method: "POST", Path: team + "/roles/{role}", Right: right.StaffManage, Do: r.Careful(r.saveRole)},
		{Method: "POST", Path: team + "/roles/{role}/supprimer", Right: right.StaffManage, Do: r.Careful(r.dropRole)},
	}...)
}

// currentPassword is the field of the password given again.
const currentPassword = "mot-de-passe-actuel"

// Careful asks for the password again before an act, unless it was given a moment ago. The form received waits in the page that
// asks, so that nothing typed is lost.
func (r *Room) Careful(do func(*web.Ctx) error) func(*web.Ctx) error {
	return func(c *web.Ctx) error {
		fresh, err := r.justVerified(c)
		if err != nil {
			return err
		}
		if fresh {
			return do(c)
		}
		if password := c.Form().Get(currentPassword); password != "" {
			pass, err := r.Confirm(c.Context(), c.SessionID, password, c.ClientKey())
			if err == nil {
				c.SetSession(pass.Token, pass.Until)
				return do(c)
			}
			if kind := fault.KindOf(err); kind != fault.Invalid && kind != fault.TooMany {
				return err
			}
			return r.askAgain(c, err)
		}
		return r.askAgain(c, nil)
	}
}

// justVerified tells whether the person gave their password a moment ago.
func (r *Room) justVerified(c *web.Ctx) (fresh bool, err error) {
	err = r.db.Read(c.Context(), "", func(q *db.Snapshot) error {
		s, known, err := sessionByID(q, c.SessionID)
		fresh = known && s.Fresh(q.Now())
		return err
	})
	return fresh, err
}

// askAgain shows the page that asks for the password, with the form that waits.
func (r *Room) askAgain(c *web.Ctx, err error) error {
	page := AgainPage{Frame: c.Frame("Votre mot de passe, s’il vous plaît"), Action: c.R.URL.RequestURI(), Err: err}
	for name, values := range c.R.PostForm {
		if strings.Contains(name, "passe") {
			continue
		}
		for _, value := range values {
			page.Fields = append(page.Fields, ui.HeldField{Name: name, Value: value})
		}
	}
	status := http.StatusForbidden
	if err != nil {
		status = statusOf(c, err)
	}
	return c.Render(status, againPage(page))
}

// statusOf is the status of a form shown again because of a fault.
func statusOf(c *web.Ctx, err error) int {
	if late, ok := errors.AsType[*TooMany](err); ok {
		c.W.Header().Set("Retry-After", strconv.Itoa(int((late.Wait+time.Second-1)/time.Second)))
		return http.StatusTooManyRequests
	}
	return http.StatusUnprocessableEntity
}

// correctable tells whether a fault is shown in the form that met it.
func correctable(err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict, fault.TooMany:
		return true
	}
	return false
}

// answer ends an act: with a word on the next page, or with the form again and what is wrong in it.
func answer(c *web.Ctx, err error, form *web.Form, said, next string, again func(*web.Ctx, int, ui.Answers) error) error {
	if correctable(err) {
		return again(c, statusOf(c, err), ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, said)
	return c.See(next)
}

// done ends an act that has no field of its own: with a word on the next page, whether it succeeded or not.
func done(c *web.Ctx, err error, said, next string) error {
	if found, ok := errors.AsType[*fault.Fault](err); ok && (correctable(err) || found.Kind == fault.Forbidden) {
		c.Flash(ui.Warn, found.Message)
		return c.See(next)
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, said)
	return c.See(next)
}
