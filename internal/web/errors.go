package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/web/ui"
)

// refusal is how a kind of fault is answered.
type refusal struct {
	status int
	title  string
	advice string
}

var refusals = map[fault.Kind]refusal{
	fault.Invalid:     {http.StatusUnprocessableEntity, "Saisie à corriger", "Revenez à la page précédente et corrigez votre saisie."},
	fault.NotFound:    {http.StatusNotFound, "Page introuvable", "L’adresse est peut-être incomplète, ou la page a changé de place."},
	fault.Forbidden:   {http.StatusForbidden, "Accès refusé", "Si vous en avez besoin, demandez ce droit à la personne qui administre la société."},
	fault.Conflict:    {http.StatusConflict, "Déjà modifié", "Rechargez la page pour voir l’état présent, puis recommencez si c’est encore utile."},
	fault.Mismatch:    {http.StatusUnprocessableEntity, "Envoi déjà utilisé", "Rechargez la page, vérifiez ce qui est enregistré, puis recommencez."},
	fault.Locked:      {http.StatusLocked, "Verrouillé", "Ce qui est verrouillé se corrige par une nouvelle écriture, qui reste tracée."},
	fault.SignIn:      {http.StatusUnauthorized, "Connexion nécessaire", ""},
	fault.TooMany:     {http.StatusTooManyRequests, "Un instant", ""},
	fault.TooLarge:    {http.StatusRequestEntityTooLarge, "Envoi trop lourd", ""},
	fault.StorageFull: {http.StatusInsufficientStorage, "Disque plein", "Rien n’a été enregistré. Libérez de la place sur le serveur, puis recommencez\u00a0: la consultation et les exports restent possibles."},
	fault.Unavailable: {http.StatusServiceUnavailable, "Service momentanément indisponible", "Recommencez dans un instant\u00a0: la même saisie n’est jamais comptée deux fois."},
	fault.Internal:    {http.StatusInternalServerError, "Défaut du programme", "Recommencez\u00a0: la même saisie n’est jamais comptée deux fois. Si le défaut revient, communiquez la référence."},
}

// StatusOf is the HTTP status that answers a fault.
func StatusOf(err error) int { return refusals[fault.KindOf(err)].status }

// problem is what a script receives in place of a page.
type problem struct {
	Kind      fault.Kind        `json:"kind"`
	Message   string            `json:"message"`
	Fields    map[string]string `json:"fields,omitempty"`
	Reference string            `json:"reference"`
	SignIn    string            `json:"signIn,omitempty"` // where to sign in
}

// fail answers with what a fault deserves.
func (s *Site) fail(c *Ctx, err error) {
	if exchangeOf(c.R).begun() {
		s.log.Error("answer failed midway", "request", c.Reference(), "route", exchangeOf(c.R).route, "error", err)
		panic(http.ErrAbortHandler) // cut, so that nobody takes half an answer for a whole one
	}
	if errors.Is(c.R.Context().Err(), context.DeadlineExceeded) {
		err = fault.Wrap(fault.Unavailable, "La réponse a pris trop de temps.", err)
		c.R = c.R.WithContext(context.WithoutCancel(c.R.Context())) // the page that says so still has to be made
	} else if c.R.Context().Err() != nil {
		return // the visitor left
	}
	kind := fault.KindOf(err)
	if kind == fault.SignIn && !wantsJSON(c.R) && !forMachine(c.R) {
		s.askSignIn(c)
		return
	}
	if wait, ok := errors.AsType[*later](err); ok {
		c.W.Header().Set("Retry-After", strconv.Itoa(int((wait.wait+time.Second-1)/time.Second)))
	} else if kind == fault.Unavailable {
		c.W.Header().Set("Retry-After", "5")
	}
	if kind == fault.Internal || kind == fault.Unavailable || kind == fault.StorageFull {
		s.log.Error("request failed", "request", c.Reference(), "route", exchangeOf(c.R).route, "company", c.CompanyID, "kind", string(kind), "error", err)
	}
	s.refuse(c, StatusOf(err), err)
}

// refuse answers a fault with a status, as a page or for a script.
func (s *Site) refuse(c *Ctx, status int, err error) {
	kind := fault.KindOf(err)
	said := problem{Kind: kind, Message: "Le programme a rencontré un défaut.", Reference: c.Reference()}
	if f, ok := errors.AsType[*fault.Fault](err); ok && kind != fault.Internal {
		said.Message, said.Fields = f.Message, f.Fields
	}
	if forMachine(c.R) {
		s.last(c, c.problem(status, kind, said))
		return
	}
	if wantsJSON(c.R) {
		if kind == fault.SignIn {
			said.SignIn = SignInPath
		}
		s.last(c, c.JSON(status, map[string]problem{"error": said}))
		return
	}
	s.last(c, c.Render(status, ui.ErrorPage(s.page(c, kind, status, said))))
}

func (s *Site) page(c *Ctx, kind fault.Kind, status int, said problem) ui.Failure {
	words := refusals[kind]
	page := ui.Failure{Frame: c.Frame(words.title), Status: status, Message: said.Message, Advice: words.advice, Next: ui.Link{Label: "Aller à l’accueil", URL: c.URL()}}
	for _, message := range said.Fields {
		page.Fields = append(page.Fields, message)
	}
	slices.Sort(page.Fields)
	if status >= 500 {
		page.Reference = c.Reference()
	}
	return page
}

// failure is the page of a panic, made with nothing that could fail again.
func (s *Site) failure(c *Ctx) {
	c.bare = true
	s.refuse(c, http.StatusInternalServerError, fault.New(fault.Internal, ""))
}

// last deals with an answer to a fault that fails itself: nothing is left but a plain line.
func (s *Site) last(c *Ctx, err error) {
	if err == nil {
		return
	}
	s.log.Error("error page failed", "request", c.Reference(), "error", err)
	http.Error(c.W, "Encaisse\u00a0: défaut du programme, référence "+c.Reference(), http.StatusInternalServerError)
}

// askSignIn leads to the sign-in page and back here. What was posted is not lost: see keepPosted.
func (s *Site) askSignIn(c *Ctx) {
	if !safeMethod(c.R.Method) {
		s.last(c, s.keepPosted(c))
		return
	}
	s.last(c, c.See(signInURL(c.R.URL.RequestURI())))
}

func signInURL(back string) string {
	if back = localPath(back, "/"); back == "/" {
		return SignInPath
	}
	return SignInPath + "?retour=" + url.QueryEscape(back)
}

// inWords tells a wait: 20 secondes, 3 minutes.
func inWords(wait time.Duration) string {
	if wait <= 90*time.Second {
		return locale.Plural(int((wait+time.Second-1)/time.Second), "seconde", "secondes")
	}
	return locale.Plural(int((wait+time.Minute-1)/time.Minute), "minute", "minutes")
}
