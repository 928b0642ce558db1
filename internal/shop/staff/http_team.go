package staff

import (
	"net/http"
	"net/url"
	"slices"

	"encaisse/internal/base/fault"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

func granter(c *web.Ctx) Granter { return GranterOf(c.Identity, c.Access) }

func teamURL(c *web.Ctx, parts ...string) string {
	return c.URL(append([]string{"reglages", "equipe"}, parts...)...)
}

// teamFrame is the frame of the pages under that of the team.
func teamFrame(c *web.Ctx, title string) ui.Frame {
	frame := c.Frame(title)
	frame.Back = ui.Link{Label: "Retour à l’équipe", URL: teamURL(c)}
	return frame
}

func (r *Room) teamPage(c *web.Ctx) error {
	team, err := r.Team(c.Context(), c.Company())
	if err != nil {
		return err
	}
	page := TeamPage{Frame: c.Frame("Équipe"), Team: team, Base: teamURL(c), Me: c.UserID, Zone: zone(c)}
	page.Frame.Back = ui.Link{Label: "Retour aux réglages", URL: c.URL("reglages")}
	return c.Render(http.StatusOK, teamPage(page))
}

func (r *Room) invitePage(c *web.Ctx) error { return r.showInvite(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showInvite(c *web.Ctx, status int, a ui.Answers) error {
	team, err := r.Team(c.Context(), c.Company())
	if err != nil {
		return err
	}
	place := newPlace(team, granter(c), Membership{RoleID: Cashier}, a)
	page := InvitePage{Frame: teamFrame(c, "Inviter dans l’équipe"), Action: teamURL(c, "inviter"), Mails: r.mails(), Place: place, Err: a.Err, Email: a.Fill(emailField("Adresse de la personne", ""))}
	return c.Render(status, invitePage(page))
}

func (r *Room) inviteMember(c *web.Ctx) error {
	form := c.Form()
	shops, err := chosenShops(form)
	var link Link
	if err == nil {
		link, err = r.Invite(c.Context(), c.Company(), granter(c), NewMember{Email: form.Get("email"), RoleID: form.Get("role"), Locations: shops})
	}
	if correctable(err) {
		return r.showInvite(c, statusOf(c, err), ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	return r.showLink(c, link, CleanEmail(form.Get("email")), teamURL(c))
}

// chosenShops reads the shops somebody is kept to; none is all of them.
func chosenShops(form *web.Form) ([]string, error) {
	if form.Get("portee") != "choix" {
		return nil, nil
	}
	shops := slices.Compact(slices.Sorted(slices.Values(form.Values["boutiques"])))
	if len(shops) == 0 {
		return nil, noLocation()
	}
	return shops, nil
}

func (r *Room) cancelInvitation(c *web.Ctx) error {
	err := r.CancelInvitation(c.Context(), c.Company(), granter(c), c.Path("invitation"))
	return done(c, err, "L’invitation est annulée.", teamURL(c))
}

func (r *Room) accountantPage(c *web.Ctx) error {
	return r.showAccountant(c, http.StatusOK, ui.Answers{})
}

func (r *Room) showAccountant(c *web.Ctx, status int, a ui.Answers) error {
	page := AccountantPage{Frame: teamFrame(c, "Donner l’accès à un cabinet"), Action: teamURL(c, "cabinet"), Mails: r.mails(), Err: a.Err, Field: a.Fill(emailField("Adresse de votre comptable", ""))}
	return c.Render(status, accountantPage(page))
}

func (r *Room) inviteAccountant(c *web.Ctx) error {
	form := c.Form()
	link, err := r.InviteAccountant(c.Context(), c.Company(), granter(c), form.Get("email"))
	if correctable(err) {
		return r.showAccountant(c, statusOf(c, err), ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	return r.showLink(c, link, CleanEmail(form.Get("email")), teamURL(c))
}

func (r *Room) takeFromFirm(c *web.Ctx) error {
	return done(c, r.TakeFromFirm(c.Context(), c.Company(), granter(c)), "Le cabinet n’a plus accès à la société.", teamURL(c))
}

func (r *Room) memberPage(c *web.Ctx) error { return r.showMember(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showMember(c *web.Ctx, status int, a ui.Answers) error {
	team, err := r.Team(c.Context(), c.Company())
	if err != nil {
		return err
	}
	m, in := team.Member(c.Path("personne"))
	if !in {
		return fault.New(fault.NotFound, "Cette personne ne fait pas partie de l’équipe.")
	}
	by := granter(c)
	page := MemberPage{
		Frame: teamFrame(c, m.Name), Member: m, Base: teamURL(c, "membres", m.UserID), Me: m.UserID == c.UserID, Err: a.Err,
		Wider: !covers(by.Rights, by.Locations, m.rights, m.Locations), Place: newPlace(team, by, m.Membership, a),
	}
	page.Frame.Subtitle = m.Email
	return c.Render(status, memberPage(page))
}

func (r *Room) changeMember(c *web.Ctx) error {
	form := c.Form()
	shops, err := chosenShops(form)
	if err == nil {
		err = r.ChangeMember(c.Context(), c.Company(), granter(c), Membership{UserID: c.Path("personne"), RoleID: form.Get("role"), Locations: shops})
	}
	next := teamURL(c)
	if c.Path("personne") == c.UserID { // who changed their own place may no longer see the team
		next = c.URL("reglages")
	}
	return answer(c, err, form, "Le rôle est enregistré. Il vaut dès maintenant.", next, r.showMember)
}

func (r *Room) closeMemberSessions(c *web.Ctx) error {
	err := r.CloseMemberSessions(c.Context(), c.Company(), granter(c), c.Path("personne"))
	return done(c, err, "Cette personne est déconnectée de tous ses appareils.", teamURL(c))
}

func (r *Room) removeMember(c *web.Ctx) error {
	err := r.RemoveMember(c.Context(), c.Company(), granter(c), c.Path("personne"))
	next := teamURL(c)
	if err == nil && c.Path("personne") == c.UserID {
		next = "/dossiers"
	}
	return done(c, err, "Cette personne ne fait plus partie de l’équipe.", next)
}

func (r *Room) rolePage(c *web.Ctx) error { return r.showRole(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showRole(c *web.Ctx, status int, a ui.Answers) error {
	team, err := r.Team(c.Context(), c.Company())
	if err != nil {
		return err
	}
	page := RolePage{Frame: teamFrame(c, "Nouveau rôle"), Action: teamURL(c, "roles", "nouveau"), Err: a.Err, New: true}
	role := Role{}
	if id := c.Path("role"); id != "" {
		i := slices.IndexFunc(team.Roles, func(r Role) bool { return r.ID == id })
		if i < 0 {
			return fault.New(fault.NotFound, "Ce rôle n’existe plus.")
		}
		role = team.Roles[i]
		page.Frame.Title, page.Action, page.New, page.BuiltIn = role.Name, teamURL(c, "roles", id), false, role.BuiltIn
		page.Used = slices.ContainsFunc(team.Members, func(m Member) bool { return m.RoleID == id })
	}
	page.Name = a.Fill(ui.Field{Name: "nom", Label: "Nom du rôle", Value: role.Name, Max: 40, Focus: page.New})
	page.Groups = rightGroups(role, granter(c), a.Values)
	return c.Render(status, rolePage(page))
}

func (r *Room) saveRole(c *web.Ctx) error {
	form := c.Form()
	name := form.Text("nom", 40)
	err := form.Err()
	if err == nil {
		err = r.SaveRole(c.Context(), c.Company(), granter(c), c.Path("role"), name, form.Values["droits"])
	}
	return answer(c, err, form, "Le rôle est enregistré.", teamURL(c), r.showRole)
}

func (r *Room) dropRole(c *web.Ctx) error {
	return done(c, r.DropRole(c.Context(), c.Company(), granter(c), c.Path("role")), "Le rôle est supprimé.", teamURL(c))
}

// filesURL is the address of a page of the list of companies.
func filesURL(search string, page int) string {
	query := url.Values{}
	if search != "" {
		query.Set("q", search)
	}
	if page > 1 {
		query.Set("page", itoa(page))
	}
	if len(query) == 0 {
		return "/dossiers"
	}
	return "/dossiers?" + query.Encode()
}
