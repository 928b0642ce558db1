package api

import (
	"net/http"
	"slices"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

func (r *Room) list(c *web.Ctx) error {
	page := LinksPage{Frame: c.Frame("Liaisons"), Base: c.URL("reglages", "liaisons"), Zone: c.Zone(), Guide: base + "/", Boxes: map[string]string{}}
	page.Frame.Back = ui.Link{Label: "Retour aux réglages", URL: c.URL("reglages")}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		all, err := List(q)
		if err != nil {
			return err
		}
		for _, l := range all {
			if l.Revoked() {
				page.Ended = append(page.Ended, l)
			} else {
				page.Links = append(page.Links, l)
			}
		}
		boxes, err := cashbox.List(q)
		if err != nil {
			return err
		}
		for _, b := range boxes {
			page.Boxes[b.ID] = b.Name
		}
		page.Names, err = r.names(q)
		return err
	})
	if err != nil {
		return err
	}
	if len(page.Links) > 0 {
		page.Frame.Actions = addButton(page.Base)
	}
	return c.Render(http.StatusOK, linksPage(page))
}

func (r *Room) fresh(c *web.Ctx) error { return r.show(c, http.StatusOK, ui.Answers{}) }

func (r *Room) show(c *web.Ctx, status int, answers ui.Answers) error {
	page := newForm(c.Rights, c.Places, answers)
	page.Frame, page.Action, page.Key = c.Frame("Nouvelle liaison"), c.R.URL.Path, answers.Values.Get("cle")
	page.Frame.Back = ui.Link{Label: "Retour aux liaisons", URL: c.URL("reglages", "liaisons")}
	if page.Key == "" {
		page.Key = id.New()
	}
	return c.Render(status, formPage(page))
}

// make makes a link and shows its token. Nobody gives a program what they may not do themselves, nor boxes they do not see.
func (r *Room) make(c *web.Ctx) error {
	form := c.Form()
	link := Link{ID: form.ID("cle"), Name: form.Text("nom", longestName), By: c.UserID}
	for _, name := range form.Values["droits"] {
		link.Rights = append(link.Rights, right.Right(name))
	}
	if form.Get("portee") == "choix" {
		link.Boxes = slices.Clone(form.Values["caisses"])
		if link.Boxes == nil {
			link.Boxes = []string{}
		}
	} else if c.Locations != nil {
		link.Boxes = []string{}
		for _, place := range c.Places {
			link.Boxes = append(link.Boxes, place.ID)
		}
	}
	for _, box := range link.Boxes {
		if _, seen := c.Place(box); !seen {
			form.Refuse("caisses", "Choisissez parmi les caisses proposées.")
		}
	}
	err, token := form.Err(), ""
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) (err error) {
			token, err = Make(tx, link, c.Rights)
			return err
		})
	}
	if fault.Is(err, fault.Invalid) {
		return r.show(c, http.StatusUnprocessableEntity, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	page := TokenPage{Frame: c.Frame("Nouvelle liaison"), Link: link, Token: token, Guide: base + "/", Back: c.URL("reglages", "liaisons")}
	page.Frame.Back = ui.Link{Label: "Retour aux liaisons", URL: page.Back}
	page.Try = tryLine(r.server(), token)
	return c.Render(http.StatusOK, tokenPage(page))
}

func tryLine(server, token string) string {
	return `curl -H "Authorization: Bearer ` + token + `" ` + server + base + "/references"
}

func (r *Room) revoke(c *web.Ctx) error {
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error { return Revoke(tx, c.Path("liaison"), c.UserID) })
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "La liaison est révoquée\u00a0: son jeton n’ouvre plus rien.")
	return c.See(c.URL("reglages", "liaisons"))
}

// server is the address of the program, as people write it.
func (r *Room) server() string {
	if r.publicURL == "" {
		return "http://localhost:8080"
	}
	return strings.TrimSuffix(r.publicURL, "/")
}

// guide explains the interface to who writes a program.
func (r *Room) guide(c *web.Ctx) error {
	frame := c.Frame("Interface pour les autres logiciels")
	frame.Wide = true
	return c.Render(http.StatusOK, guidePage(newGuide(frame, r.server())))
}
