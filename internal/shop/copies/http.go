package copies

import (
	"errors"
	"net/http"
	"time"

	"encaisse/internal/base/right"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the page of the copies.
type Room struct {
	keeper Keeper // nil when automatic copies are off
	now    func() time.Time
}

// New opens the room.
func New(k Keeper, now func() time.Time) *Room { return &Room{k, now} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/reglages/sauvegardes"
	return []web.Route{
		{Method: "GET", Path: base, Right: right.SettingsEdit, Do: r.show},
		{Method: "POST", Path: base, Right: right.SettingsEdit, Do: r.start},
	}
}

func (r *Room) show(c *web.Ctx) error {
	page := Page{Frame: c.Frame("Sauvegardes"), Action: c.URL("reglages", "sauvegardes"), Zone: c.Zone(), Now: r.now(), Off: r.keeper == nil}
	page.Frame.Back = ui.Link{Label: "Retour aux réglages", URL: c.URL("reglages")}
	if !page.Off {
		var err error
		if page.State, err = r.keeper.State(); err != nil {
			return err
		}
	}
	return c.Render(http.StatusOK, show(page))
}

func (r *Room) start(c *web.Ctx) error {
	if r.keeper == nil {
		return c.See(c.URL("reglages", "sauvegardes"))
	}
	switch err := r.keeper.Start(); {
	case errors.Is(err, ErrBusy):
		c.Flash(ui.Info, "Une sauvegarde est déjà en cours.")
	case err != nil:
		return err
	default:
		c.Flash(ui.OK, "La sauvegarde est lancée. Elle s’affiche ici dès qu’elle est vérifiée.")
	}
	return c.See(c.URL("reglages", "sauvegardes"))
}

// late is how old the last copy may be before the page worries: the program may be off for a week-end.
const late = 4 * 24 * time.Hour
