package app

import (
	"context"
	"net/http"
	"sync"

	"encaisse/internal/base/db"
	"encaisse/internal/shop/staff"
	"encaisse/internal/web"
)

// quickGate remembers who a session is and what it may enter for as long as nothing those come from changed: a session closed or a right
// taken away shows at the next request here, and within a second on other instances.
type quickGate struct {
	gate     staff.Gate
	db       *db.DB
	people   *db.Memo[web.Identity]
	accesses *db.Memo[web.Access]
	ids      sync.Map // slug → id of the company, which never change
}

// sessionsRemembered bounds the memory of each kind.
const sessionsRemembered = 10_000

var (
	identityTables = []string{"session", "app_user"}
	accessTables   = []string{"session", "company", "membership", "firm", "firm_member", "firm_portfolio", "role", "settings", "location", "cash_box", "visit", "session_view"}
)

func newQuickGate(d *db.DB, room *staff.Room) *quickGate {
	return &quickGate{gate: staff.Gate{Room: room}, db: d, people: db.NewMemo[web.Identity](sessionsRemembered), accesses: db.NewMemo[web.Access](sessionsRemembered)}
}

// Identify implements web.Gate.
func (g *quickGate) Identify(r *http.Request) (web.Identity, error) {
	token := web.SessionToken(r)
	if token == "" {
		return web.Identity{}, nil
	}
	who, known, mark := g.people.Get(g.db, token, "", identityTables)
	if known {
		return who, nil
	}
	who, err := g.gate.Identify(r)
	if err == nil && who.Known() {
		g.people.Put(token, mark, who)
	}
	return who, err
}

// Enter implements web.Gate. What is remembered is that of a session, so that its first visit to a company is always noted.
func (g *quickGate) Enter(ctx context.Context, who web.Identity, slug string) (web.Access, error) {
	company, seen := g.ids.Load(slug)
	if !seen {
		access, err := g.gate.Enter(ctx, who, slug)
		if err == nil {
			g.ids.Store(slug, access.CompanyID)
		}
		return access, err
	}
	key := who.SessionID + "/" + slug
	access, known, mark := g.accesses.Get(g.db, key, company.(string), accessTables)
	if known && (!access.Looking() || g.db.Now().Before(access.View.Until)) {
		return access, nil
	}
	access, err := g.gate.Enter(ctx, who, slug)
	if err == nil {
		g.accesses.Put(key, mark, access)
	}
	return access, err
}
