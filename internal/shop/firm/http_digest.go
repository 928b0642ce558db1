package firm

import (
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// AlertsPage asks how often somebody wants the letter of alerts.
type AlertsPage struct {
	Frame     ui.Frame
	Frequency ui.Field
	Mails     bool
	Err       error
}

// StopPage stops the letter from a link in it.
type StopPage struct {
	Frame ui.Frame
	Token string
	Done  bool
}

func (r *Room) alerts(c *web.Ctx) error { return r.showAlerts(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showAlerts(c *web.Ctx, status int, answers ui.Answers) error {
	page := AlertsPage{Frame: c.Frame("Alertes par e-mail"), Mails: r.people.Mails(), Err: answers.Err}
	page.Frame.Back = ui.Link{Label: "Retour à mon compte", URL: "/compte"}
	err := r.db.Read(c.Context(), "", func(q *db.Snapshot) error {
		g, err := digestOf(q, c.UserID)
		page.Frequency = answers.Fill(frequencyField(g.Frequency))
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(status, alertsPage(page))
}

func frequencyField(f Frequency) ui.Field {
	return ui.Field{Name: "frequence", Label: "Récapitulatif des alertes", Value: string(f), Options: []ui.Option{
		{Value: string(Daily), Label: "Chaque matin", Help: "À partir de 7\u00a0h, les jours où il y a quelque chose à dire."},
		{Value: string(Weekly), Label: "Chaque lundi", Help: "Une fois par semaine, s’il y a quelque chose à dire."},
		{Value: string(Off), Label: "Jamais", Help: "Les alertes restent à l’écran, sur l’accueil de chaque société."},
	}}
}

func (r *Room) saveAlerts(c *web.Ctx) error {
	form := c.Form()
	frequency := Frequency(form.Choice("frequence", string(Daily), string(Weekly), string(Off)))
	if err := form.Err(); err != nil {
		return r.showAlerts(c, http.StatusUnprocessableEntity, ui.Answers{Values: form.Values, Err: err})
	}
	err := r.db.Write(c.Context(), "", func(tx *db.Tx) error {
		g, err := digestOf(tx, c.UserID)
		if err != nil {
			return err
		}
		if g.Frequency = frequency; g.token == "" {
			g.token = id.New()
		}
		return putDigest(tx, g)
	})
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Vos alertes par e-mail sont réglées.")
	return c.See("/compte/alertes")
}

func (r *Room) stopPage(c *web.Ctx) error {
	if !id.Valid(c.Path("jeton")) {
		return fault.New(fault.NotFound, "Ce lien n’existe pas.")
	}
	return c.Render(http.StatusOK, stopPage(StopPage{Frame: c.Frame("Alertes par e-mail"), Token: c.Path("jeton")}))
}

func (r *Room) stop(c *web.Ctx) error {
	err := r.db.Write(c.Context(), "", func(tx *db.Tx) error {
		stopped, err := stopDigest(tx, c.Path("jeton"))
		if err == nil && !stopped {
			err = fault.New(fault.NotFound, "Ce lien n’existe pas.")
		}
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, stopPage(StopPage{Frame: c.Frame("Alertes par e-mail"), Token: c.Path("jeton"), Done: true}))
}
