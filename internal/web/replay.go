package web

import (
	"net/http"
	"slices"
	"strings"

	"encaisse/internal/web/ui"
)

// keepPosted answers somebody who posts without a session (it ended while they typed). Nothing typed is lost: the page holds
// every field, opens the sign-in page beside it, and sends the same form again afterwards. Nothing is kept on the server, so
// it works through a restart, on any instance and with any way of signing in. Passwords (fields whose name contains « passe »)
// are not repeated, and files are to be chosen again.
func (s *Site) keepPosted(c *Ctx) error {
	page := ui.Held{
		Frame:  c.Frame("Votre session a pris fin"),
		Action: localPath(c.R.URL.RequestURI(), "/"), SignInURL: signInURL("/"),
	}
	names := make([]string, 0, len(c.R.PostForm))
	for name := range c.R.PostForm {
		if !strings.Contains(name, "passe") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range c.R.PostForm[name] {
			page.Fields = append(page.Fields, ui.HeldField{Name: name, Value: value})
		}
	}
	if c.R.MultipartForm != nil {
		page.Multipart = true
		for name := range c.R.MultipartForm.File {
			page.Files = append(page.Files, name)
		}
		slices.Sort(page.Files)
	}
	return c.Render(http.StatusUnauthorized, ui.HeldPage(page))
}
