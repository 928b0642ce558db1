package assistant

import (
	"net/http"
	"strconv"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/vat"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

func (r *Room) identity(c *web.Ctx) error { return r.showIdentity(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showIdentity(c *web.Ctx, status int, answers ui.Answers) error {
	s, err := r.stepOf(c, stepIdentity, answers)
	if err != nil {
		return err
	}
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		settings, err := company.Load(q)
		s.Form = answers.FillAll(identityFields(settings))
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(status, identityPage(s))
}

func (r *Room) setIdentity(c *web.Ctx) error {
	form := c.Form()
	return r.take(c, stepIdentity, form, func(tx *db.Tx) error {
		settings, err := company.Load(tx)
		if err != nil {
			return err
		}
		settings.SIREN, settings.LegalName, settings.TradeName = form.Text("siren", 20), form.Text("legal_name", 120), form.Text("trade_name", 80)
		settings.LegalForm = form.Text("legal_form", 40)
		settings.Street, settings.Postcode, settings.City = form.Text("street", 120), form.Text("postcode", 5), form.Text("city", 80)
		settings.VATRegime = company.VATRegime(form.Choice("vat_regime", string(company.Monthly), string(company.Quarterly), string(company.Franchise)))
		if err := form.Err(); err != nil {
			return err
		}
		return SetIdentity(tx, c.UserID, settings)
	}, r.showIdentity)
}

func (r *Room) trade(c *web.Ctx) error { return r.showTrade(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showTrade(c *web.Ctx, status int, answers ui.Answers) error {
	s, err := r.stepOf(c, stepTrade, answers)
	if err != nil {
		return err
	}
	s.Form = answers.FillAll(tradeFields(s.Progress.Trade))
	return c.Render(status, tradePage(s))
}

func (r *Room) setTrade(c *web.Ctx) error {
	form := c.Form()
	return r.take(c, stepTrade, form, func(tx *db.Tx) error { return choose(tx, c.UserID, form.Get("trade")) }, r.showTrade)
}

func (r *Room) ticket(c *web.Ctx) error { return r.showTicket(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showTicket(c *web.Ctx, status int, answers ui.Answers) error {
	s, err := r.stepOf(c, stepTicket, answers)
	if err != nil {
		return err
	}
	page := TicketPage{Step: s}
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		all, err := catalog.List(q)
		if err != nil {
			return err
		}
		page.Lines = catalog.Active(all)
		rates, err := company.Rates(q, c.Today())
		page.Form = answers.FillAll(lineFields(rates))
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(status, ticketPage(page))
}

func (r *Room) setTicket(c *web.Ctx) error {
	return r.take(c, stepTicket, c.Form(), func(*db.Tx) error { return nil }, r.showTicket)
}

func (r *Room) orderTicket(c *web.Ctx) error {
	form := c.Form()
	return r.onTicket(c, form, func(tx *db.Tx) error {
		if id, by := form.Moved(); by != 0 {
			return catalog.Move(tx, id, by)
		}
		return catalog.Order(tx, form.Values["ordre"])
	})
}

func (r *Room) retireLine(c *web.Ctx) error {
	form := c.Form()
	return r.onTicket(c, form, func(tx *db.Tx) error { return catalog.SetActive(tx, c.UserID, form.Get("ligne"), false) })
}

func (r *Room) addLine(c *web.Ctx) error {
	form := c.Form()
	rate, err := strconv.Atoi(form.Get("rate"))
	if err != nil || rate < 0 {
		form.Refuse("rate", "Choisissez un taux de TVA de la liste.")
	}
	line := catalog.SalesCategory{Label: form.Text("label", 40), Rate: vat.Rate(rate), Kind: catalog.Goods, Active: true}
	if form.Checked("service") {
		line.Kind = catalog.Service
	}
	return r.onTicket(c, form, func(tx *db.Tx) error {
		if err := form.Err(); err != nil {
			return err
		}
		_, err := catalog.Save(tx, c.UserID, line)
		return err
	})
}

// onTicket runs a change of the ticket Z and comes back to its step.
func (r *Room) onTicket(c *web.Ctx, form *web.Form, act func(*db.Tx) error) error {
	err := r.db.Write(c.Context(), c.Company(), act)
	if correctable(err) {
		return r.showTicket(c, http.StatusUnprocessableEntity, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	return c.See(c.URL("mise-en-route", "3"))
}

func (r *Room) tills(c *web.Ctx) error { return r.showTills(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showTills(c *web.Ctx, status int, answers ui.Answers) error {
	s, err := r.stepOf(c, stepTills, answers)
	if err != nil {
		return err
	}
	page := TillsPage{Step: s}
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		present, err := LoadTills(q, c.Today())
		page.Week, page.Form = present.Week, answers.FillAll(tillFields(present))
		return err
	})
	if err != nil {
		return err
	}
	if answers.Values != nil {
		page.Week = readWeek(web.NewForm(answers.Values))
	}
	return c.Render(status, tillsPage(page))
}

func (r *Room) setTills(c *web.Ctx) error {
	form := c.Form()
	var t Tills
	t.Float, _ = form.Amount("float")
	t.MinCash, _ = form.Amount("min_cash")
	t.MaxCash, _ = form.Amount("max_cash")
	t.Tolerance, _ = form.Amount("tolerance")
	t.LockDays, _ = form.Count("lock_days")
	t.Week, t.FirstDay = readWeek(form), form.Day("first_day")
	if n, given := form.Count("count"); !given || n < 1 || n > mostTills {
		form.Refuse("count", "Choisissez de 1 à "+strconv.Itoa(mostTills)+" caisses.")
	} else {
		t.Count = n
	}
	if t.FirstDay == "" {
		t.FirstDay = c.Today().Add(-1)
	}
	if p, err := r.progress(c); err != nil {
		return err
	} else if p.Ended() {
		t.WeekFrom = c.Today()
	}
	return r.take(c, stepTills, form, func(tx *db.Tx) error { return SetTills(tx, c.UserID, t) }, r.showTills)
}

// readWeek reads the seven boxes of a week.
func readWeek(form *web.Form) company.Week {
	var week company.Week
	for n := range 7 {
		if form.Checked(weekdayField(time.Weekday((n + 1) % 7))) {
			week |= 1 << n
		}
	}
	return week
}

func (r *Room) team(c *web.Ctx) error {
	return r.showTeam(c, http.StatusOK, ui.Answers{}, staff.Link{})
}

func (r *Room) showTeam(c *web.Ctx, status int, answers ui.Answers, link staff.Link) error {
	s, err := r.stepOf(c, stepTeam, answers)
	if err != nil {
		return err
	}
	page := TeamPage{Step: s, Link: link}
	if link.Path != "" {
		page.Address = r.address(c) + link.Path
		page.Email = answers.Values.Get("email")
		answers.Values = nil
	}
	page.Form = answers.FillAll(teamFields())
	return c.Render(status, teamPage(page))
}

func (r *Room) invite(c *web.Ctx) error {
	form := c.Form()
	by := staff.GranterOf(c.Identity, c.Access)
	var link staff.Link
	var err error
	if role := form.Get("role"); role == staff.Accountant {
		link, err = r.people.InviteAccountant(c.Context(), c.Company(), by, form.Get("email"))
	} else {
		link, err = r.people.Invite(c.Context(), c.Company(), by, staff.NewMember{Email: form.Get("email"), RoleID: role})
	}
	if correctable(err) || fault.Is(err, fault.Forbidden) {
		return r.showTeam(c, http.StatusUnprocessableEntity, ui.Answers{Values: form.Values, Err: err}, staff.Link{})
	}
	if err != nil {
		return err
	}
	return r.showTeam(c, http.StatusOK, ui.Answers{Values: form.Values}, link)
}

// address is that of the program: the one it was told, else the one the visitor uses.
func (r *Room) address(c *web.Ctx) string {
	switch {
	case r.publicURL != "":
		return r.publicURL
	case c.R.TLS != nil:
		return "https://" + c.R.Host
	}
	return "http://" + c.R.Host
}

// end closes the first run and opens the month with yesterday to type.
func (r *Room) end(c *web.Ctx) error {
	today := c.Today()
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error { return End(tx, c.UserID, today) })
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Tout est prêt. Commencez par la journée d’hier.")
	return c.See(c.URL("journees", string(today.Add(-1).Month())))
}
