package assistant

import (
	"net/http"
	"strconv"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// NewCompanyPath is where somebody signed in opens one more company.
const NewCompanyPath = "/societes/nouvelle"

// Room answers the pages of the first run.
type Room struct {
	db        *db.DB
	people    *staff.Room
	publicURL string
}

// New opens the room. publicURL is the address of the program for links to hand over; empty is that the visitor uses.
func New(d *db.DB, people *staff.Room, publicURL string) *Room {
	return &Room{db: d, people: people, publicURL: strings.TrimRight(publicURL, "/")}
}

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/mise-en-route"
	return []web.Route{
		{Method: "GET", Path: "/installation/{token}", Right: right.Public, Do: r.installPage},
		{Method: "POST", Path: "/installation/{token}", Right: right.Public, Do: r.install},
		{Method: "GET", Path: NewCompanyPath, Right: right.SignedIn, Do: r.newCompanyPage},
		{Method: "POST", Path: NewCompanyPath, Right: right.SignedIn, Do: r.newCompany},

		{Method: "GET", Path: base, Right: right.SettingsEdit, Do: r.resume},
		{Method: "GET", Path: base + "/1", Right: right.SettingsEdit, Do: r.identity},
		{Method: "POST", Path: base + "/1", Right: right.SettingsEdit, Do: r.setIdentity},
		{Method: "GET", Path: base + "/2", Right: right.SettingsEdit, Do: r.trade},
		{Method: "POST", Path: base + "/2", Right: right.SettingsEdit, Do: r.setTrade},
		{Method: "GET", Path: base + "/3", Right: right.SettingsEdit, Do: r.ticket},
		{Method: "POST", Path: base + "/3", Right: right.SettingsEdit, Do: r.setTicket},
		{Method: "POST", Path: base + "/3/ordre", Right: right.SettingsEdit, Do: r.orderTicket},
		{Method: "POST", Path: base + "/3/retirer", Right: right.SettingsEdit, Do: r.retireLine},
		{Method: "POST", Path: base + "/3/ajouter", Right: right.SettingsEdit, Do: r.addLine},
		{Method: "GET", Path: base + "/4", Right: right.SettingsEdit, Do: r.tills},
		{Method: "POST", Path: base + "/4", Right: right.SettingsEdit, Do: r.setTills},
		{Method: "GET", Path: base + "/5", Right: right.SettingsEdit, Do: r.team},
		{Method: "POST", Path: base + "/5", Right: right.SettingsEdit, Do: r.end},
		{Method: "POST", Path: base + "/5/inviter", Right: right.StaffManage, Do: r.people.Careful(r.invite)},
	}
}

func (r *Room) installPage(c *web.Ctx) error { return r.showInstall(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showInstall(c *web.Ctx, status int, answers ui.Answers) error {
	err := r.db.Read(c.Context(), "", func(q *db.Snapshot) error { return staff.CheckSetup(q, c.Path("token")) })
	if err != nil {
		return err
	}
	frame := c.Frame("Bienvenue dans Encaisse")
	frame.Subtitle = "Créez votre accès et votre société. Cinq étapes courtes suivent, que vous pouvez passer."
	return c.Render(status, installPage(InstallPage{Frame: frame, Action: c.R.URL.Path, Err: answers.Err, Form: answers.FillAll(installFields())}))
}

func (r *Room) install(c *web.Ctx) error {
	form := c.Form()
	f := Founder{
		Name: form.Need("nom", 80, "Écrivez votre nom."), Email: form.Need("email", 120, "Écrivez votre adresse e-mail."),
		CompanyName: form.Need("societe", 80, "Donnez un nom à la société."),
	}
	err := form.Err()
	if err == nil {
		f.Password, err = r.people.Hash(c.Context(), form.Get("mot-de-passe"), f.Name, f.Email, f.CompanyName)
	}
	var ref company.Ref
	var pass staff.Pass
	if err == nil {
		err = r.db.Write(c.Context(), id.New(), func(tx *db.Tx) error {
			var user staff.User
			if user, ref, err = Install(tx, c.Path("token"), f); err != nil {
				return err
			}
			pass, err = r.people.Welcome(tx, user.ID, c.R.UserAgent())
			return err
		})
	}
	if correctable(err) {
		return r.showInstall(c, http.StatusUnprocessableEntity, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.SetSession(pass.Token, pass.Until)
	return c.See("/d/" + ref.Slug + "/mise-en-route/1")
}

func (r *Room) newCompanyPage(c *web.Ctx) error {
	return r.showNewCompany(c, http.StatusOK, ui.Answers{})
}

func (r *Room) showNewCompany(c *web.Ctx, status int, answers ui.Answers) error {
	page := NewCompanyPage{Frame: c.Frame("Nouvelle société"), Action: NewCompanyPath, Err: answers.Err}
	page.Frame.Back = ui.Link{Label: "Retour aux dossiers", URL: "/dossiers"}
	files, err := r.people.Files(c.Context(), c.UserID)
	if err != nil {
		return err
	}
	if !files.CreatesCompanies {
		return fault.New(fault.Forbidden, "Votre compte ne permet pas d’ouvrir une société. Demandez-le à la personne qui administre le programme.")
	}
	page.Form = answers.FillAll(newCompanyFields(files.Firms))
	return c.Render(status, newCompanyPage(page))
}

func (r *Room) newCompany(c *web.Ctx) error {
	form := c.Form()
	name, firm := form.Need("societe", 80, "Donnez un nom à la société."), form.Get("cabinet")
	err := form.Err()
	if err == nil && firm != "" {
		err = r.checkFirm(c, firm)
	}
	var ref company.Ref
	if err == nil {
		err = r.db.Write(c.Context(), id.New(), func(tx *db.Tx) error {
			ref, err = Found(tx, c.UserID, name, firm)
			return err
		})
	}
	if correctable(err) {
		return r.showNewCompany(c, http.StatusUnprocessableEntity, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	return c.See("/d/" + ref.Slug + "/mise-en-route/1")
}

// checkFirm refuses a firm the visitor does not belong to.
func (r *Room) checkFirm(c *web.Ctx, firm string) error {
	files, err := r.people.Files(c.Context(), c.UserID)
	if err != nil {
		return err
	}
	for _, f := range files.Firms {
		if f.ID == firm {
			return nil
		}
	}
	return fault.New(fault.Invalid, "Corrigez les champs signalés.").Field("cabinet", "Choisissez un cabinet de la liste.")
}

// resume leads to the step that comes next.
func (r *Room) resume(c *web.Ctx) error {
	p, err := r.progress(c)
	if err != nil {
		return err
	}
	return c.See(c.URL("mise-en-route", strconv.Itoa(p.Step)))
}

func (r *Room) progress(c *web.Ctx) (p Progress, err error) {
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		p, err = LoadProgress(q)
		return err
	})
	return p, err
}

// stepOf is what every step shows around its form.
func (r *Room) stepOf(c *web.Ctx, n int, answers ui.Answers) (Step, error) {
	p, err := r.progress(c)
	s := Step{Frame: c.Frame(stepTitles[n-1]), N: n, Progress: p, Base: c.URL("mise-en-route"), Err: answers.Err}
	s.Frame.Subtitle = "Mise en route, étape\u00a0" + strconv.Itoa(n) + " sur\u00a0" + strconv.Itoa(lastStep)
	return s, err
}

// take runs a step: skipped, it only moves on; filled in, it does its act. Refused, it is shown again.
func (r *Room) take(c *web.Ctx, n int, form *web.Form, act func(*db.Tx) error, again func(*web.Ctx, int, ui.Answers) error) error {
	skipped := form.Get("passer") != ""
	var err error
	if !skipped {
		err = form.Err()
	}
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			if !skipped {
				if err := act(tx); err != nil {
					return err
				}
			}
			p, err := LoadProgress(tx)
			if err != nil {
				return err
			}
			return putProgress(tx, p.after(n, !skipped))
		})
	}
	if correctable(err) {
		return again(c, http.StatusUnprocessableEntity, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	return c.See(c.URL("mise-en-route", strconv.Itoa(min(n+1, lastStep))))
}

// correctable tells whether a fault is shown in the form that met it.
func correctable(err error) bool {
	return fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict)
}
