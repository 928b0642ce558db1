package dashboard

import (
	"net/http"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/job"
	"encaisse/internal/base/locale"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// mostSendings is how many sendings the page lists.
const mostSendings = 200

// SendingsPage is what the company sends: what waits, what is being tried again, what failed.
type SendingsPage struct {
	Frame ui.Frame
	Base  string
	Jobs  []job.Job
	Zone  *time.Location
}

func (r *Room) sendings(c *web.Ctx) error {
	page := SendingsPage{Frame: c.Frame("Envois"), Base: c.URL("reglages", "envois"), Zone: c.Zone()}
	page.Frame.Back = ui.Link{Label: "Retour aux réglages", URL: c.URL("reglages")}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		page.Jobs, err = job.Of(q, c.Company(), mostSendings)
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, sendingsPage(page))
}

func (r *Room) again(c *web.Ctx) error {
	return r.decide(c, job.Again, "L’envoi repart dans un instant.")
}

func (r *Room) drop(c *web.Ctx) error { return r.decide(c, job.Drop, "L’envoi est abandonné.") }

// decide does with the failed sending of the address what was chosen.
func (r *Room) decide(c *web.Ctx, do func(*db.Tx, string) (bool, error), said string) error {
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		found, err := do(tx, c.Path("envoi"))
		if err == nil && !found {
			err = fault.New(fault.Conflict, "Cet envoi n’est plus en échec\u00a0: il est parti, ou quelqu’un s’en est occupé.")
		}
		return err
	})
	if err != nil {
		return err
	}
	c.Flash(ui.OK, said)
	return c.See(c.URL("reglages", "envois"))
}

// title says what kind of sending a job is.
func title(j job.Job) string {
	if j.Kind == "mail" {
		return "E-mail"
	}
	return locale.Title(j.Kind)
}

// state says where a job stands.
func (p SendingsPage) state(j job.Job) (tone ui.Tone, icon, words string) {
	switch {
	case j.State == job.Dead:
		return ui.Error, "alerte", "Échec"
	case j.State == job.Running:
		return ui.Info, "synchro", "En cours"
	case j.State == job.Done:
		return ui.OK, "coche", "Envoyé"
	case j.Tries > 0:
		return ui.Warn, "horloge", "Nouvel essai le " + locale.DateTime(j.RunAt, p.Zone)
	}
	return ui.Neutral, "horloge", "En attente"
}
