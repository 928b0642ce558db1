package app

import (
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/db"
	"encaisse/internal/base/right"
	"encaisse/internal/books/act"
	"encaisse/internal/books/seal"
	"encaisse/internal/paper/mail"
	"encaisse/internal/shop/activity"
	"encaisse/internal/shop/assistant"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/copies"
	"encaisse/internal/shop/devices"
	"encaisse/internal/shop/manual"
	"encaisse/internal/shop/staff"
	"encaisse/internal/web"
)

// requestsPerMinute is how many requests one address may make; a shop’s tills often share one.
const requestsPerMinute, requestsAtOnce, addressesKnown = 3000, 600, 20_000

type houseConfig struct {
	db        *db.DB
	key       seal.MasterKey
	log       *slog.Logger
	clock     clock.Clock
	secure    bool
	publicURL string
	keySites  []string // addresses where passkeys may serve
	proxies   []netip.Prefix
	sender    mail.Sender // nil without a mail server
	observe   func(web.Observation)
	unlimited bool          // no limit of requests: for a benchmark
	copies    copies.Keeper // nil: no automatic copies
	devices   *devices.Room // nil: without an authority of the shop
}

// house is every room plugged together behind the window.
type house struct {
	db    *db.DB
	log   *slog.Logger
	staff *staff.Room
	site  *web.Site

	alarms sync.Map // companies whose books were found behind
}

func newHouse(c houseConfig) (*house, error) {
	h := &house{db: c.db, log: c.log}
	if c.devices == nil {
		c.devices = devices.New(nil, nil)
	}
	c.db.AfterAct(act.Leave)
	var err error
	h.staff, err = staff.New(staff.Config{DB: c.db, Vault: c.key, Log: c.log, Prepare: prepareAccess, Mail: c.sender, PublicURL: c.publicURL, KeySites: c.keySites, NewCompany: assistant.NewCompanyPath})
	if err != nil {
		return nil, err
	}
	var limiter *web.Limiter
	if !c.unlimited {
		limiter = web.NewLimiter(requestsPerMinute, time.Minute, requestsAtOnce, addressesKnown, c.clock)
	}
	h.site, err = web.New(web.Config{Gate: newQuickGate(c.db, h.staff), Keyring: links(c.db, c.publicURL), Follow: activity.New(c.db, names, "Encaisse "+version).Follow, Routes: routes(c.db, h.staff, c.publicURL, c.copies, c.devices), Nav: nav(c.db), Help: manual.HelpFor, Modules: modules(), Log: c.log, Observe: c.observe, Secure: c.secure,
		TrustedProxies: c.proxies, Limiter: limiter, Clock: c.clock})
	return h, err
}

// prepareAccess tells the window which cash boxes somebody who enters a company may see.
func prepareAccess(q db.Querier, access *web.Access) error {
	locations, err := company.Locations(q)
	if err != nil {
		return err
	}
	boxes, err := cashbox.List(q)
	if err != nil {
		return err
	}
	for _, l := range locations {
		for _, b := range boxes {
			if b.Location == l.ID && b.Active && access.Sees(l.ID) {
				access.Places = append(access.Places, web.Place{ID: b.ID, Name: b.Name, LocationID: l.ID, LocationName: l.Name})
			}
		}
	}
	return nil
}

// home is where the bare address leads: to the only company of a person, to the list of them, or to sign in.
func home(people *staff.Room) web.Route {
	return web.Route{Method: http.MethodGet, Path: "/", Right: right.Public, Do: func(c *web.Ctx) error {
		if !c.Known() {
			return c.See(web.SignInPath)
		}
		path, err := people.HomePath(c.Context(), c.UserID)
		if err != nil {
			return err
		}
		return c.See(path)
	}}
}
