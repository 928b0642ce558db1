package api

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// LinksPage is the links of a company.
type LinksPage struct {
	Frame ui.Frame
	Base  string
	Links []Link
	Boxes map[string]string // names by id
	Names map[string]string // of people, by id
	Zone  *time.Location
	Guide string // address of the guide for programmers
	Ended []Link
}

// FormPage makes a link.
type FormPage struct {
	Frame  ui.Frame
	Action string
	Key    string
	Name   ui.Field
	Scope  ui.Field
	Rights []Tick
	Boxes  []Tick
	Err    error
}

// Tick is a box to tick.
type Tick struct {
	Value, Text     string
	Ticked, Blocked bool
}

// TokenPage shows the token of a link, once.
type TokenPage struct {
	Frame ui.Frame
	Link  Link
	Token string
	Guide string
	Back  string
	Try   string // a line to copy
}

// GuidePage explains the interface to who writes a program.
type GuidePage struct {
	Frame      ui.Frame
	Document   string // address of the OpenAPI document
	Server     string
	Operations []GuideOperation
	Example    string
	Refusal    string
}

// GuideOperation is an operation in words.
type GuideOperation struct {
	ID, Method, Path, Title, Text, Right string
	In, Out                              []GuideField
}

// GuideField is a member of what is sent or received.
type GuideField struct {
	Name, Kind, Text string
	Need             bool
}

func rightText(r right.Right) string {
	for _, label := range right.All() {
		if label.Right == r {
			return label.Text
		}
	}
	return string(r)
}

func rightsText(set right.Set) string {
	var texts []string
	for _, r := range set {
		texts = append(texts, rightText(r))
	}
	return strings.Join(texts, ", ")
}

// boxesText tells which boxes a link is kept to.
func (p LinksPage) boxesText(l Link) string {
	if l.Boxes == nil {
		return "Toutes les caisses"
	}
	var names []string
	for _, box := range l.Boxes {
		name := p.Boxes[box]
		if name == "" {
			name = "caisse retirée"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// usedText tells when a link last served.
func (p LinksPage) usedText(l Link) string {
	if l.UsedAt.IsZero() {
		return "Jamais utilisée"
	}
	return "Dernière utilisation le " + locale.DateTime(l.UsedAt, p.Zone) + ", depuis " + l.UsedFrom
}

func (p LinksPage) name(id string) string {
	if name := p.Names[id]; name != "" {
		return name
	}
	return "une personne partie"
}

func (p LinksPage) revocation(l Link) ui.Question {
	return ui.Question{
		ID: "revoquer-" + l.ID, Opener: "Révoquer", Class: "petit discret", Title: "Révoquer «\u00a0" + l.Name + "\u00a0»", Danger: true,
		Text:   "Le logiciel qui l’utilise ne pourra plus rien envoyer ni lire, dès maintenant. Ce qu’il a envoyé reste.",
		Action: p.Base + "/" + url.PathEscape(l.ID) + "/revoquer", Button: "Révoquer la liaison",
	}
}

func (p LinksPage) endedTable() ui.Table {
	t := ui.Table{Caption: "Liaisons révoquées", Columns: []ui.Column{{Label: "Liaison"}, {Label: "Révoquée le"}, {Label: "Par", Class: "seul-bureau"}}}
	for _, l := range p.Ended {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Text(l.Name), ui.Instant(l.RevokedAt, p.Zone), ui.Text(p.name(l.RevokedBy))}})
	}
	return t
}

// newForm is the form of a link, filled in with what was answered; held is what its maker holds, places what they see.
func newForm(held right.Set, places []web.Place, a ui.Answers) FormPage {
	p := FormPage{
		Name:  a.Fill(ui.Field{Name: "nom", Label: "Nom", Help: "Celui du logiciel qui se connecte, par exemple «\u00a0Caisse du restaurant\u00a0».", Max: longestName, Focus: true}),
		Scope: ui.Field{Name: "portee", Label: "Caisses", Value: "toutes", Options: []ui.Option{{Value: "toutes", Label: "Toutes"}, {Value: "choix", Label: "Seulement certaines"}}},
		Err:   a.Err,
	}
	p.Scope = a.Fill(p.Scope)
	for _, r := range Grantable() {
		ticked := r == right.DaysheetView || r == right.DaysheetEnter
		if a.Values != nil {
			ticked = slices.Contains(a.Values["droits"], string(r))
		}
		p.Rights = append(p.Rights, Tick{Value: string(r), Text: rightText(r), Ticked: ticked && held.Has(r), Blocked: !held.Has(r)})
	}
	for _, place := range places {
		p.Boxes = append(p.Boxes, Tick{Value: place.ID, Text: place.LocationName + ", " + place.Name, Ticked: a.Values != nil && slices.Contains(a.Values["caisses"], place.ID)})
	}
	return p
}

// newGuide makes the guide from the same list as the routes and the OpenAPI document.
func newGuide(frame ui.Frame, server string) GuidePage {
	p := GuidePage{Frame: frame, Document: base + "/openapi.json", Server: server + base, Example: example, Refusal: refusalExample}
	for _, o := range operations() {
		g := GuideOperation{ID: o.id, Method: o.method, Path: base + o.path, Title: typeset(o.summary), Text: typeset(o.about), Right: rightText(o.right)}
		if o.in != nil {
			g.In = guideOf(o.in, "")
		}
		g.Out = guideOf(o.out, "")
		p.Operations = append(p.Operations, g)
	}
	return p
}

const example = `{
  "id": "Z-2026-11-20-caisse-1",
  "box": "Caisse 1",
  "date": "2026-11-20",
  "z": "1284",
  "sales": [
    { "category": "Plats", "amount": "642.50" },
    { "category": "Boissons", "amount": 18720 }
  ],
  "payments": [
    { "method": "Espèces", "amount": "129.70" },
    { "method": "Carte bancaire", "amount": "700.00" }
  ],
  "salesCount": 58
}`

var refusalExample = func() string {
	text, err := json.MarshalIndent(web.Problem{
		Type: "about:blank", Title: "Saisie à corriger", Status: 422, Detail: "Corrigez les champs signalés\u00a0: rien n’a été enregistré.", Reference: "7f3a9c",
		Errors: []web.ProblemField{{Pointer: "/sales/1/category", Detail: "Aucun rayon en service n’a cet id ni cet intitulé."}},
	}, "", "  ")
	if err != nil {
		panic(err) // texts always marshal
	}
	return string(text)
}()

// typeset puts the spaces that do not break where French wants them.
var typeset = strings.NewReplacer(" :", "\u00a0:", " ;", "\u00a0;", " ?", "\u00a0?", " !", "\u00a0!", " »", "\u00a0»", "« ", "«\u00a0", " %", "\u00a0%").Replace
