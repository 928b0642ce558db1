package web

import (
	"net/url"
	"strings"

	"encaisse/internal/web/ui"
)

// Frame is the frame of a page: what the window knows is filled in, the page adds the rest.
func (c *Ctx) Frame(title string) ui.Frame {
	frame := ui.Frame{
		Title: title, User: ui.User{Name: c.Identity.Name, Email: c.Identity.Email},
		Flash: c.takeFlash(), Theme: ui.ParseTheme(cookieValue(c.R, themeCookie)), Path: localPath(c.R.URL.RequestURI(), "/"),
	}
	if c.CompanyID != "" {
		frame.Company = ui.Company{Name: c.Access.Name, HomeURL: c.URL()}
		if c.ManyCompanies {
			frame.Company.SwitchURL = "/dossiers"
		}
		switch {
		case c.Looking():
			frame.View = ui.View{Role: c.View.Role, LeaveURL: ViewPath(c.Slug) + "/quitter"}
		case c.Through:
			frame.Company.ViewURL = ViewPath(c.Slug)
		}
	}
	if c.site.help != nil {
		frame.Help = c.site.help(c.route.Path)
	}
	if c.site.nav != nil && !c.bare {
		frame.Nav = c.site.nav(c)
		markCurrent(frame.Nav, c.R.URL.Path)
	}
	return frame
}

// ViewPath is where an accountant chooses to see a company as its people do.
func ViewPath(slug string) string { return "/voir-comme/" + url.PathEscape(slug) }

// markCurrent marks the place whose address is the longest beginning of the path, unless one is marked already. A place whose
// address ends with / is that page alone: the home page is not the place of everything.
func markCurrent(nav []ui.NavItem, path string) {
	best, length := -1, 0
	for i, item := range nav {
		if item.Current {
			return
		}
		under := path == item.URL || !strings.HasSuffix(item.URL, "/") && strings.HasPrefix(path, item.URL+"/")
		if under && len(item.URL) > length {
			best, length = i, len(item.URL)
		}
	}
	if best >= 0 {
		nav[best].Current = true
	}
}

// localPath keeps an address only when it is a path of this very host, else the other one: a link from outside must not send
// a visitor away through us.
func localPath(address, otherwise string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t\x00") {
		return otherwise
	}
	return address
}

// ReturnPath is where the visitor wanted to go before signing in (parameter or field « retour »), a path of this host only.
func (c *Ctx) ReturnPath(otherwise string) string {
	address := c.R.PostForm.Get("retour")
	if address == "" {
		address = c.Query("retour")
	}
	return localPath(address, otherwise)
}
