package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/web/static"
	"encaisse/internal/web/ui"
)

// SignInPath is where visitors sign in.
const SignInPath = "/connexion"

// Config is what the window needs to know of the house.
type Config struct {
	Gate           Gate
	Keyring        Keyring                                    // nil is no way in for other programs
	Follow         func(*Ctx) (context.Context, func() error) // follows what people do, see Site.follow; nil is nobody
	Routes         []Route
	Nav            func(*Ctx) []ui.NavItem  // main navigation of a page, with its counts; nil is none
	Help           func(path string) string // address of what explains a page, from the path of its route; nil is nothing
	Modules        []fs.FS                  // script modules of the rooms, served as /static/js/name.js
	Log            *slog.Logger             // nil is silence
	Observe        func(Observation)        // metrics; nil is none
	Secure         bool                     // visitors come over HTTPS: strict cookies and HSTS
	TrustedProxies []netip.Prefix           // whose X-Forwarded-For is believed
	Limiter        *Limiter                 // requests by client address; nil is no limit
	Patience       Patience                 // time limits; the zero value is DefaultPatience
	Clock          clock.Clock              // nil is the system's
}

// Site answers requests.
type Site struct {
	gate     Gate
	keyring  Keyring
	watch    func(*Ctx) (context.Context, func() error)
	nav      func(*Ctx) []ui.NavItem
	help     func(path string) string
	log      *slog.Logger
	observe  func(Observation)
	secure   bool
	proxies  []netip.Prefix
	limiter  *Limiter
	patience Patience
	clock    clock.Clock
	mux      *http.ServeMux
	static   *static.Server
	origins  *http.CrossOriginProtection
}

// New checks the routes and makes the site. An error here is a defect of the program, found before the first visitor.
func New(config Config) (site *Site, err error) {
	routes := append([]Route{appearance}, config.Routes...)
	if err := CheckRoutes(routes); err != nil {
		return nil, err
	}
	if config.Gate == nil {
		return nil, errors.New("web: no gate")
	}
	files, err := static.NewServer(config.Modules...)
	if err != nil {
		return nil, err
	}
	s := &Site{
		gate: config.Gate, keyring: config.Keyring, watch: config.Follow, nav: config.Nav, help: config.Help, log: config.Log, observe: config.Observe, secure: config.Secure, proxies: config.TrustedProxies,
		limiter: config.Limiter, patience: config.Patience.orDefault(), clock: config.Clock, mux: http.NewServeMux(), static: files, origins: http.NewCrossOriginProtection(),
	}
	if s.log == nil {
		s.log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if s.clock == nil {
		s.clock = clock.System{}
	}
	defer func() {
		if clash := recover(); clash != nil { // two patterns that match the same address
			site, err = nil, fmt.Errorf("web: %v", clash)
		}
	}()
	for _, route := range routes {
		s.mux.HandleFunc(route.pattern(), func(w http.ResponseWriter, r *http.Request) { s.answer(w, r, route) })
	}
	return s, nil
}

// dispatch finds who answers.
func (s *Site) dispatch(w http.ResponseWriter, r *http.Request) {
	outside := &Ctx{W: w, R: r, site: s}
	if err := s.origins.Check(r); err != nil {
		s.fail(outside, fault.Wrap(fault.Forbidden, "Cette demande vient d’un autre site. Revenez dans Encaisse et recommencez.", err))
		return
	}
	if strings.HasPrefix(r.URL.Path, "/static/") || r.URL.Path == "/favicon.ico" {
		if !safeMethod(r.Method) || !s.static.Serve(w, r, r.URL.Path) {
			s.fail(outside, notFound())
		}
		return
	}
	if s.limiter != nil {
		if err := s.limiter.Check(s.clientKey(r)); err != nil {
			s.fail(outside, err)
			return
		}
	}
	if handler, pattern := s.mux.Handler(r); pattern == "" {
		s.unmatched(outside, handler)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// unmatched answers an address no route has: the page of a near address, a method that is not taken, or nothing there.
func (s *Site) unmatched(c *Ctx, handler http.Handler) {
	if near, pattern := s.near(c.R); safeMethod(c.R.Method) && pattern != "" {
		http.Redirect(c.W, c.R, near, http.StatusMovedPermanently)
		return
	}
	probe := &silentWriter{header: http.Header{}}
	handler.ServeHTTP(probe, c.R)
	if probe.status == http.StatusMethodNotAllowed {
		c.W.Header().Set("Allow", probe.header.Get("Allow"))
		s.refuse(c, http.StatusMethodNotAllowed, fault.New(fault.NotFound, "Cette adresse ne s’utilise pas ainsi."))
		return
	}
	s.fail(c, notFound())
}

// near is the same address without its final /, and the pattern it matches; the mux itself adds one where it misses.
func (s *Site) near(r *http.Request) (address, pattern string) {
	other := r.Clone(r.Context())
	other.URL.Path, other.URL.RawPath = strings.TrimRight(other.URL.Path, "/"), ""
	if other.URL.Path == r.URL.Path || other.URL.Path == "" || strings.HasPrefix(other.URL.Path, "//") {
		return "", ""
	}
	_, pattern = s.mux.Handler(other)
	return other.URL.RequestURI(), pattern
}

// answer leads a request through the gate to the room's function.
func (s *Site) answer(w http.ResponseWriter, r *http.Request, route Route) {
	x := exchangeOf(r)
	x.route, x.quiet, x.client = route.String(), route.Quiet, s.clientKey(r)
	ctx, cancel := context.WithTimeout(r.Context(), s.patience.Answer)
	defer cancel()
	c := &Ctx{W: w, R: r.WithContext(ctx), site: s, route: route}
	if err := s.enter(c); err != nil {
		s.fail(c, err)
		return
	}
	done := s.follow(c)
	if err := route.Do(c); err != nil {
		s.fail(c, err)
		return
	}
	done()
}

// enter tells who asks, reads what they posted and opens the company to them, or says why not.
func (s *Site) enter(c *Ctx) error {
	if c.route.Token {
		return s.enterMachine(c)
	}
	who, err := s.gate.Identify(c.R)
	if err != nil && c.route.Right != right.Public {
		return err
	}
	if err == nil {
		c.Identity = who
	}
	stranger := c.route.Right != right.Public && !c.Known()
	if err := s.receive(c, c.route.Upload && !stranger); err != nil {
		return err
	}
	if stranger {
		return fault.New(fault.SignIn, "Connectez-vous pour continuer.")
	}
	if !c.route.inCompany() {
		return nil
	}
	access, err := s.gate.Enter(c.Context(), c.Identity, c.Path("slug"))
	if err != nil {
		return err
	}
	c.Access = access
	exchangeOf(c.R).company = access.CompanyID
	if access.Looking() && !safeMethod(c.R.Method) {
		return fault.New(fault.Forbidden, "Vous voyez ce dossier comme «\u00a0"+access.View.Role+"\u00a0»\u00a0: rien ne s’y enregistre. Revenez à votre vue pour agir en votre nom.")
	}
	if !access.Rights.Has(c.route.Right) {
		return fault.New(fault.Forbidden, "Votre rôle dans cette société ne donne pas accès à cette page.")
	}
	return nil
}

// receive reads the body within its limits of size and time, then lets the answer take the time it needs.
func (s *Site) receive(c *Ctx, upload bool) error {
	control := http.NewResponseController(c.W)
	if c.R.Method == http.MethodPost {
		limit := int64(formLimit)
		if upload {
			limit = uploadLimit
			c.R.Body = &patientBody{ReadCloser: c.R.Body, control: control, patience: s.patience.Read}
		}
		whole := c.R.Body
		c.R.Body = http.MaxBytesReader(c.W, whole, limit)
		if err := readBody(c.R, c.route.Upload); err != nil {
			if upload && fault.Is(err, fault.TooLarge) {
				_, _ = io.CopyN(io.Discard, whole, spill) // a browser shows our page only once it has sent everything
			}
			return err
		}
	}
	return ignoreUnsupported(control.SetReadDeadline(time.Time{}))
}

func notFound() error {
	return fault.New(fault.NotFound, "Cette page n’existe pas, ou vous n’y avez pas accès.")
}

func safeMethod(method string) bool { return method == http.MethodGet || method == http.MethodHead }

// silentWriter keeps the status and headers of an answer and drops its body.
type silentWriter struct {
	header http.Header
	status int
}

func (w *silentWriter) Header() http.Header            { return w.header }
func (w *silentWriter) WriteHeader(status int)         { w.status = status }
func (w *silentWriter) Write(body []byte) (int, error) { return len(body), nil }
