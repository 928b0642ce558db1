package staff

import (
	"net/http"
	"strings"

	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// ViewPage asks as whom somebody of the firm wants to see a company.
type ViewPage struct {
	Frame  ui.Frame
	Action string
	Role   ui.Field
	Err    error
}

func (r *Room) viewPage(c *web.Ctx) error { return r.showView(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showView(c *web.Ctx, status int, a ui.Answers) error {
	choice, err := r.ViewChoice(c.Context(), c.Identity, c.Path("dossier"))
	if err != nil {
		return err
	}
	return c.Render(status, viewPage(newViewPage(c.Frame("Voir comme le client"), choice, a)))
}

func newViewPage(frame ui.Frame, choice ViewChoice, a ui.Answers) ViewPage {
	page := ViewPage{Frame: frame, Action: web.ViewPath(choice.Slug), Err: a.Err}
	page.Frame.Subtitle = choice.Name
	page.Frame.Back = ui.Link{Label: "Retour au dossier", URL: "/d/" + choice.Slug + "/"}
	field := ui.Field{Name: "role", Label: "Voir le dossier comme", Value: Manager}
	for _, role := range choice.Roles {
		field.Options = append(field.Options, ui.Option{Value: role.ID, Label: role.Name, Help: viewWords(role)})
	}
	page.Role = a.Fill(field)
	return page
}

// viewWords say what a role is for, and what of it the person will not see.
func viewWords(role ViewRole) string {
	words := role.About
	if len(role.Hidden) > 0 {
		words = strings.TrimSpace(words + " Sauf, que vous n’avez pas vous-même\u00a0: " + strings.Join(role.Hidden, ", ") + ".")
	}
	return words
}

func (r *Room) lookAs(c *web.Ctx) error {
	form := c.Form()
	err := r.LookAs(c.Context(), c.Identity, c.Path("dossier"), form.Get("role"))
	return answer(c, err, form, "Vous voyez le dossier comme ses utilisateurs, pendant une heure au plus.", "/d/"+c.Path("dossier")+"/", r.showView)
}

func (r *Room) lookAgain(c *web.Ctx) error {
	if err := r.LookAgain(c.Context(), c.Identity, c.Path("dossier")); err != nil {
		return err
	}
	c.Flash(ui.OK, "Vous êtes revenu à votre vue.")
	return c.See(c.ReturnPath("/d/" + c.Path("dossier") + "/"))
}
