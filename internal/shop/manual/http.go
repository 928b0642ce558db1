package manual

import (
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"encaisse/docs/manuel"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/web"
)

// Routes lists what the room answers.
func Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Path: root, Right: right.Public, Do: index},
		{Method: "GET", Path: root + "/{chapitre}", Right: right.Public, Do: chapter},
		{Method: "GET", Path: root + "/images/{image}", Right: right.Public, Do: picture},
	}
}

func index(c *web.Ctx) error {
	page := newPage(c.Frame(""), book().Index, backOf(c))
	if query := strings.TrimSpace(c.Query("q")); query != "" {
		page.search(query)
	}
	return c.Render(http.StatusOK, page.component())
}

func chapter(c *web.Ctx) error {
	found := book().Chapter(c.Path("chapitre"))
	if found == nil {
		return fault.New(fault.NotFound, "Ce chapitre du mode d’emploi n’existe pas.")
	}
	return c.Render(http.StatusOK, newPage(c.Frame(""), found, backOf(c)).component())
}

// backOf is the page the reader came from, which the pages of the manual hand on to each other: "" when it is not known.
func backOf(c *web.Ctx) string {
	if c.Query("retour") != "" {
		return c.ReturnPath("")
	}
	from, err := url.Parse(c.R.Referer())
	if err != nil || from.Host != c.R.Host || from.Path == root || strings.HasPrefix(from.Path, root+"/") {
		return ""
	}
	return from.RequestURI()
}

func picture(c *web.Ctx) error {
	name := c.Path("image")
	content, err := fs.ReadFile(manuel.Files, "images/"+name)
	if err != nil {
		return fault.New(fault.NotFound, "Cette image n’existe pas.")
	}
	c.W.Header().Set("Cache-Control", "public, max-age=3600")
	return c.Show(name, "image/png", content)
}
