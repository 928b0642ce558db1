package web

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"encaisse/internal/base/fault"
)

// MachinePrefix begins the address of what other programs ask for. It is answered in JSON, refusals included (RFC 9457).
const MachinePrefix = "/api/"

// Keyring knows the tokens by which other programs enter a company.
type Keyring interface {
	// Unlock tells which program sends a token and what it may do in which company. A token that is wrong, revoked or of a company that
	// is closed is one fault.SignIn; too many tries are fault.TooMany.
	Unlock(c *Ctx, token string) (Identity, Access, error)
}

// Problem is a refusal as other programs receive it, of type application/problem+json.
type Problem struct {
	Type      string         `json:"type" need:"true" doc:"Toujours « about:blank » : le statut HTTP dit la sorte de refus."`
	Title     string         `json:"title" need:"true" doc:"La sorte de refus, en quelques mots."`
	Status    int            `json:"status" need:"true" doc:"Le statut HTTP."`
	Detail    string         `json:"detail" need:"true" doc:"Ce qui s’est passé et ce qu’il faut faire, en français, à montrer tel quel."`
	Reference string         `json:"reference" need:"true" doc:"Référence de la demande, à communiquer en cas de défaut."`
	Errors    []ProblemField `json:"errors" doc:"Un élément par champ à corriger."`
}

// ProblemField says what is wrong with a field of what was sent.
type ProblemField struct {
	Pointer string `json:"pointer" need:"true" doc:"Le champ, en JSON Pointer (RFC 6901) : /sales/0/amount. Vide : l’envoi entier."`
	Detail  string `json:"detail" need:"true" doc:"Ce qui ne va pas et comment le corriger, en français."`
}

// Body is what another program sent, whatever its type; its size was bounded.
func (c *Ctx) Body() []byte { return c.body }

// enterMachine lets another program in by its token, then reads what it sent.
func (s *Site) enterMachine(c *Ctx) error {
	if s.keyring == nil {
		return notFound()
	}
	scheme, token, _ := strings.Cut(c.R.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return fault.New(fault.SignIn, "Présentez le jeton de la liaison dans l’en-tête «\u00a0Authorization: Bearer …\u00a0».")
	}
	who, access, err := s.keyring.Unlock(c, strings.TrimSpace(token))
	if err != nil {
		return err
	}
	c.Identity, c.Access = who, access
	exchangeOf(c.R).company = access.CompanyID
	if !access.Rights.Has(c.route.Right) {
		return fault.New(fault.Forbidden, "Cette liaison n’a pas reçu ce droit. Modifiez-la dans Réglages\u00a0› Liaisons.")
	}
	if c.body, err = io.ReadAll(http.MaxBytesReader(c.W, c.R.Body, formLimit)); err != nil {
		return bodyFault(err)
	}
	return ignoreUnsupported(http.NewResponseController(c.W).SetReadDeadline(time.Time{}))
}

// forMachine tells whether an address is one of those other programs ask for.
func forMachine(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, MachinePrefix) && !strings.HasSuffix(r.URL.Path, "/")
}

// problem answers another program with a refusal.
func (c *Ctx) problem(status int, kind fault.Kind, said problem) error {
	p := Problem{Type: "about:blank", Title: refusals[kind].title, Status: status, Detail: said.Message, Reference: said.Reference}
	if kind == fault.NotFound {
		p.Title = "Introuvable"
	}
	if status == http.StatusUnauthorized {
		c.W.Header().Set("WWW-Authenticate", `Bearer realm="Encaisse"`)
	}
	for pointer, message := range said.Fields {
		p.Errors = append(p.Errors, ProblemField{Pointer: pointer, Detail: message})
	}
	slices.SortFunc(p.Errors, func(a, b ProblemField) int { return strings.Compare(a.Pointer, b.Pointer) })
	return c.encode(status, "application/problem+json", p)
}
