package web

import (
	"net/http"
	"time"

	"encaisse/internal/base/right"
	"encaisse/internal/web/ui"
)

// appearance is the one act of the window itself: the choice of light or dark, kept in a cookie of the browser.
var appearance = Route{Method: http.MethodPost, Path: "/apparence", Right: right.Public, Do: chooseAppearance}

func chooseAppearance(c *Ctx) error {
	theme := ui.ParseTheme(c.Form().Get("theme"))
	if theme == ui.SystemTheme {
		c.drop(themeCookie)
	} else {
		cookie := c.cookie(themeCookie, string(theme))
		cookie.MaxAge = int(365 * 24 * time.Hour / time.Second)
		http.SetCookie(c.W, cookie)
	}
	if wantsJSON(c.R) {
		c.W.WriteHeader(http.StatusNoContent)
		return nil
	}
	return c.See(c.ReturnPath("/"))
}
