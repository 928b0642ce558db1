package staff

import (
	"net/http"

	"encaisse/internal/web"
)

// Gate is the room as the window’s gate.
type Gate struct{ *Room }

var _ web.Gate = Gate{}

// Identify tells who sends a request, by its session.
func (g Gate) Identify(r *http.Request) (web.Identity, error) {
	s, u, known, err := g.Session(r.Context(), web.SessionToken(r))
	if err != nil || !known {
		return web.Identity{}, err
	}
	return web.Identity{UserID: u.ID, Name: u.Name, Email: u.Email, SessionID: s.ID}, nil
}
