package staff

import (
	"net/http"
	"strconv"

	"encaisse/internal/base/fault"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// filesAPage is how many companies one page of the list shows.
const filesAPage = 50

func (r *Room) filesPage(c *web.Ctx) error {
	all, err := r.Files(c.Context(), c.UserID)
	if err != nil {
		return err
	}
	page := FilesPage{Frame: c.Frame("Mes dossiers"), Search: c.Query("q"), Total: len(all.Files), Firms: all.Firms, NewCompany: r.newCompany}
	if !all.CreatesCompanies {
		page.NewCompany = ""
	}
	found := matching(all.Files, page.Search)
	page.Found = len(found)
	page.Pages = ui.Pages{Page: 1, Last: max(1, (len(found)+filesAPage-1)/filesAPage), URL: func(n int) string { return filesURL(page.Search, n) }}
	if n, err := strconv.Atoi(c.Query("page")); err == nil {
		page.Pages.Page = max(1, min(n, page.Pages.Last))
	}
	from := (page.Pages.Page - 1) * filesAPage
	page.Files = found[from:min(from+filesAPage, len(found))]
	return c.Render(http.StatusOK, filesPage(page))
}

func (r *Room) firmPage(c *web.Ctx) error {
	return r.showFirm(c, http.StatusOK, ui.Answers{})
}

func (r *Room) showFirm(c *web.Ctx, status int, a ui.Answers) error {
	firm, err := r.Firm(c.Context(), c.Path("cabinet"), c.UserID)
	if err != nil {
		return err
	}
	page := FirmRoomPage{Frame: c.Frame(firm.Name), Firm: firm, Me: c.UserID, Zone: zone(c), Err: a.Err, Field: firmField(a)}
	page.Frame.Back = ui.Link{Label: "Retour aux dossiers", URL: "/dossiers"}
	return c.Render(status, firmPage(page))
}

func firmPath(c *web.Ctx) string { return "/cabinets/" + c.Path("cabinet") }

func (r *Room) inviteColleague(c *web.Ctx) error {
	form := c.Form()
	link, err := r.InviteColleague(c.Context(), c.Path("cabinet"), c.UserID, form.Get("email"))
	if correctable(err) {
		return r.showFirm(c, statusOf(c, err), ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	return r.showLink(c, link, CleanEmail(form.Get("email")), firmPath(c))
}

func (r *Room) cancelColleagueInvitation(c *web.Ctx) error {
	err := r.CancelColleagueInvitation(c.Context(), c.Path("cabinet"), c.UserID, c.Path("invitation"))
	return done(c, err, "L’invitation est annulée.", firmPath(c))
}

func (r *Room) promote(c *web.Ctx) error {
	err := r.Promote(c.Context(), c.Path("cabinet"), c.UserID, c.Path("personne"), c.Form().Checked("dirige"))
	return done(c, err, "C’est enregistré.", firmPath(c))
}

func (r *Room) removeColleague(c *web.Ctx) error {
	err := r.RemoveColleague(c.Context(), c.Path("cabinet"), c.UserID, c.Path("personne"))
	if err == nil && c.Path("personne") == c.UserID {
		return done(c, nil, "Vous ne faites plus partie du cabinet.", "/dossiers")
	}
	return done(c, err, "Cette personne ne fait plus partie du cabinet.", firmPath(c))
}

// showLink shows the link of an invitation just made, this once.
func (r *Room) showLink(c *web.Ctx, link Link, email, back string) error {
	frame := c.Frame("Invitation prête")
	frame.Back = ui.Link{Label: "Retour", URL: back}
	return c.Render(http.StatusOK, linkPage(LinkPage{Frame: frame, URL: r.address(c) + link.Path, Email: email, Sent: link.Sent, Back: back}))
}

// address is that of the program: the one it was told, else the one the visitor uses.
func (r *Room) address(c *web.Ctx) string {
	if r.publicURL != "" {
		return r.publicURL
	}
	if c.R.TLS != nil {
		return "https://" + c.R.Host
	}
	return "http://" + c.R.Host
}

func (r *Room) offerPage(c *web.Ctx) error { return r.showOffer(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showOffer(c *web.Ctx, status int, a ui.Answers) error {
	o, err := r.Offer(c.Context(), c.Path("lien"))
	if err != nil {
		return err
	}
	page := OfferPage{Frame: c.Frame("Vous êtes invité"), Offer: o, Action: c.R.URL.Path, Me: c.Identity, Err: a.Err}
	page.Frame.Nav = nil
	if c.Known() && o.Kind == InviteAccountant {
		all, err := r.Files(c.Context(), c.UserID)
		if err != nil {
			return err
		}
		for _, firm := range all.Firms {
			if firm.Leads {
				page.Firms = append(page.Firms, firm)
			}
		}
	}
	page.Form = a.FillAll(offerFields(page))
	return c.Render(status, offerPage(page))
}

func (r *Room) accept(c *web.Ctx) error {
	form := c.Form()
	a := Acceptance{Token: c.Path("lien"), UserID: c.UserID, FirmName: form.Text("cabinet", 80), Agent: c.R.UserAgent()}
	if firm := form.Get("cabinet-existant"); firm != "" {
		a.FirmID = firm
	}
	if !c.Known() {
		a.Name, a.Password = form.Need("nom", 80, "Écrivez votre nom."), form.Get("mot-de-passe")
	}
	err := form.Err()
	var out Accepted
	if err == nil {
		out, err = r.Accept(c.Context(), a)
	}
	if correctable(err) {
		return r.showOffer(c, statusOf(c, err), ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	if out.Pass.Token != "" {
		c.SetSession(out.Pass.Token, out.Pass.Until)
	}
	c.Flash(ui.OK, "Bienvenue\u00a0!")
	if out.Slug != "" {
		return c.See("/d/" + out.Slug + "/")
	}
	return c.See("/cabinets/" + out.FirmID)
}

// noLocation is the refusal of somebody kept to some shops when none is ticked.
func noLocation() error {
	return fault.New(fault.Invalid, "Les boutiques sont à choisir.").Field("boutiques", "Cochez au moins une boutique, ou toutes.")
}
