package devices

import (
	"net/http"

	"encaisse/internal/base/right"
	"encaisse/internal/web"
)

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Path: Path, Right: right.Public, Do: r.show},
		{Method: "GET", Path: certificatePath, Right: right.Public, Do: r.certificate},
	}
}

func (r *Room) show(c *web.Ctx) error {
	page := Page{Frame: c.Frame("Vos appareils")}
	if r.authority != nil {
		page.Addresses, page.Fingerprint = r.addresses(), r.authority.Fingerprint()
	}
	return c.Render(http.StatusOK, show(page))
}

func (r *Room) certificate(c *web.Ctx) error {
	if r.authority == nil {
		return c.See(Path)
	}
	return c.Send("encaisse.crt", "application/x-x509-ca-cert", r.authority.Root())
}
