package company

import (
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the pages of the settings of a company.
type Room struct{ db *db.DB }

// New opens the room.
func New(d *db.DB) *Room { return &Room{db: d} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/reglages"
	return []web.Route{
		{Method: "GET", Path: base, Right: right.Member, Do: r.index},

		{Method: "GET", Path: base + "/societe", Right: right.SettingsEdit, Do: r.identity},
		{Method: "POST", Path: base + "/societe", Right: right.SettingsEdit, Do: r.changeIdentity},
		{Method: "GET", Path: base + "/societe/logo", Right: right.Member, Do: r.logo},
		{Method: "POST", Path: base + "/societe/logo", Right: right.SettingsEdit, Do: r.changeLogo, Upload: true},
		{Method: "POST", Path: base + "/societe/logo/retirer", Right: right.SettingsEdit, Do: r.removeLogo},
		{Method: "GET", Path: base + "/societe/boutiques/nouvelle", Right: right.SettingsEdit, Do: r.newLocation},
		{Method: "POST", Path: base + "/societe/boutiques/nouvelle", Right: right.SettingsEdit, Do: r.saveLocation},
		{Method: "GET", Path: base + "/societe/boutiques/{boutique}", Right: right.SettingsEdit, Do: r.location},
		{Method: "POST", Path: base + "/societe/boutiques/{boutique}", Right: right.SettingsEdit, Do: r.saveLocation},

		{Method: "GET", Path: base + "/seuils", Right: right.SettingsEdit, Do: r.options},
		{Method: "POST", Path: base + "/seuils", Right: right.SettingsEdit, Do: r.changeOptions},

		{Method: "GET", Path: base + "/comptes", Right: right.SettingsEdit, Do: r.accounts},
		{Method: "POST", Path: base + "/comptes", Right: right.SettingsEdit, Do: r.changeAccounts},

		{Method: "GET", Path: base + "/calendrier", Right: right.CalendarEdit, Do: r.calendar},
		{Method: "POST", Path: base + "/calendrier/{boutique}/semaine", Right: right.CalendarEdit, Do: r.changeWeek},
		{Method: "POST", Path: base + "/calendrier/{boutique}/feries", Right: right.CalendarEdit, Do: r.changeHolidays},
		{Method: "POST", Path: base + "/calendrier/{boutique}/exceptions", Right: right.CalendarEdit, Do: r.addException},
		{Method: "POST", Path: base + "/calendrier/{boutique}/exceptions/{exception}/retirer", Right: right.CalendarEdit, Do: r.removeException},
	}
}

func (r *Room) index(c *web.Ctx) error {
	return c.Render(http.StatusOK, indexPage(IndexPage{Frame: c.Frame("Réglages"), Cards: cards(c)}))
}

func (r *Room) identity(c *web.Ctx) error { return r.showIdentity(c, http.StatusOK, ui.Answers{}) }

// showIdentity answers with the page of the company, empty of answers or with those refused.
func (r *Room) showIdentity(c *web.Ctx, status int, answers ui.Answers) error {
	page := IdentityPage{Frame: settingsFrame(c, "Société et boutiques"), Base: c.URL("reglages", "societe")}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Settings, err = Load(q); err != nil {
			return err
		}
		if page.Locations, err = Locations(q); err != nil {
			return err
		}
		logo, err := LoadLogo(q)
		page.HasLogo = logo.Type != ""
		return err
	})
	if err != nil {
		return err
	}
	page.Err, page.Form = answers.Err, answers.FillAll(identityFields(page.Settings))
	return c.Render(status, identityPage(page))
}

func (r *Room) changeIdentity(c *web.Ctx) error {
	form := c.Form()
	return r.change(c, "societe", "La société est enregistrée.", r.showIdentity, form, func(s *Settings) {
		s.LegalName, s.TradeName = form.Text("legal_name", 120), form.Text("trade_name", 80)
		s.LegalForm, s.Capital = form.Text("legal_form", 40), form.Text("capital", 40)
		s.SIREN, s.VATNumber = form.Text("siren", 20), form.Text("vat_number", 20)
		s.RCS, s.NAF = form.Text("rcs", 60), form.Text("naf", 10)
		s.Street, s.Postcode, s.City = form.Text("street", 120), form.Text("postcode", 5), form.Text("city", 80)
		s.Phone, s.Email = form.Text("phone", 30), form.Text("email", 120)
		s.TimeZone = form.Text("time_zone", 40)
		s.Cutoff, _ = form.Count("cutoff")
		s.VATRegime = VATRegime(form.Choice("vat_regime", string(Monthly), string(Quarterly), string(Franchise)))
		s.YearStart, _ = form.Count("year_start")
	})
}

// change reads a form into the settings and keeps them, or shows the form again with what is wrong.
func (r *Room) change(c *web.Ctx, back, said string, again func(*web.Ctx, int, ui.Answers) error, form *web.Form, read func(*Settings)) error {
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		settings, err := Load(tx)
		if err != nil {
			return err
		}
		read(&settings)
		if err := form.Err(); err != nil {
			return err
		}
		return Change(tx, c.UserID, settings)
	})
	return finish(c, err, form, said, c.URL("reglages", back), again)
}

// finish answers an act: the next page, or the form again with what is wrong.
func finish(c *web.Ctx, err error, form *web.Form, said, next string, again func(*web.Ctx, int, ui.Answers) error) error {
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return again(c, http.StatusUnprocessableEntity, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, said)
	return c.See(next)
}

func (r *Room) logo(c *web.Ctx) error {
	var logo Logo
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		logo, err = LoadLogo(q)
		return err
	})
	if err != nil {
		return err
	}
	if logo.Type == "" {
		return fault.New(fault.NotFound, "Cette société n’a pas de logo.")
	}
	return c.Show("logo", logo.Type, logo.Body)
}

func (r *Room) changeLogo(c *web.Ctx) error {
	file, err := c.Upload("logo", LogoLimit)
	if err == nil && file == nil {
		err = fault.New(fault.Invalid, "Le logo n’a pas été changé.").Field("logo", "Choisissez d’abord une image.")
	}
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			return SetLogo(tx, c.UserID, Logo{Type: file.Type, Body: file.Body})
		})
	}
	if fault.Is(err, fault.Invalid) {
		return r.showIdentity(c, http.StatusUnprocessableEntity, ui.Answers{Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Le logo est enregistré.")
	return c.See(c.URL("reglages", "societe"))
}

func (r *Room) removeLogo(c *web.Ctx) error {
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error { return RemoveLogo(tx, c.UserID) })
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Le logo est retiré.")
	return c.See(c.URL("reglages", "societe"))
}

func (r *Room) options(c *web.Ctx) error { return r.showOptions(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showOptions(c *web.Ctx, status int, answers ui.Answers) error {
	page := OptionsPage{Frame: settingsFrame(c, "Seuils et options"), Action: c.URL("reglages", "seuils"), Err: answers.Err}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		settings, err := Load(q)
		page.Form = answers.FillAll(optionFields(settings))
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(status, optionsPage(page))
}

func (r *Room) changeOptions(c *web.Ctx) error {
	form := c.Form()
	return r.change(c, "seuils", "Les seuils et les options sont enregistrés.", r.showOptions, form, func(s *Settings) {
		s.MinCash, _ = form.Amount("min_cash")
		s.MaxCash, _ = form.Amount("max_cash")
		s.Tolerance, _ = form.Amount("tolerance")
		s.LockDays, _ = form.Count("lock_days")
		s.Expenses, s.Transfers = form.Checked("expenses"), form.Checked("transfers")
		s.Credit = Credit(form.Choice("credit", string(CreditOff), string(CreditTotal), string(CreditByCustomer)))
		s.Vouchers, s.Overpayments, s.Customers = form.Checked("vouchers"), form.Checked("overpayments"), form.Checked("customers")
	})
}
