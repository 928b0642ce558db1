package api

import (
	"net/http"
	"reflect"
	"regexp"
	"strings"

	"encaisse/internal/base/right"
	"encaisse/internal/web"
)

// operation is something a program may ask for. Routes, OpenAPI document and human page are made from the list of them.
type operation struct {
	id, method, path string
	right            right.Right
	summary, about   string
	in, out          reflect.Type // in is nil when nothing is sent
	made             bool         // answers 201 the first time
	do               func(*Room, *web.Ctx) error
}

// base begins the address of every operation of this version.
const base = web.MachinePrefix + "v1"

// operations is what programs may ask for.
func operations() []operation {
	return []operation{
		{
			id: "lireReferences", method: "GET", path: "/references", right: right.DaysheetView, out: reflect.TypeFor[References](), do: (*Room).references,
			summary: "Les caisses, rayons et moyens de paiement", about: "Les identifiants à mettre dans une feuille. Ils ne changent jamais ; les intitulés peuvent changer.",
		},
		{
			id: "envoyerJournee", method: "POST", path: "/daysheets", right: right.DaysheetEnter, in: reflect.TypeFor[SheetIn](), out: reflect.TypeFor[SheetOut](), made: true, do: (*Room).send,
			summary: "Envoyer la feuille d’une journée",
			about: "Fait un brouillon, ou clôture la journée si « close » vaut true et que la liaison en a le droit. " +
				"Chaque envoi porte un identifiant (en-tête Idempotency-Key, ou champ id) : renvoyé avec le même contenu, il compte une fois et répond 200 ; avec un autre contenu, il est refusé (422). " +
				"Un nouvel envoi remplace le brouillon d’un envoi précédent de la même liaison ; il ne remplace jamais ce qu’une personne a saisi, ni une journée clôturée (409).",
		},
		{
			id: "lireJournee", method: "GET", path: "/daysheets/{box}/{date}", right: right.DaysheetView, out: reflect.TypeFor[SheetOut](), do: (*Room).sheet,
			summary: "La feuille d’une journée", about: "La dernière version clôturée, sinon le brouillon.",
		},
		{
			id: "lireEtat", method: "GET", path: "/daysheets/{box}/{date}/state", right: right.DaysheetView, out: reflect.TypeFor[DayState](), do: (*Room).state,
			summary: "L’état d’une journée", about: "Ouverte, en brouillon, clôturée ou verrouillée.",
		},
	}
}

// route is how the window knows an operation.
func (o operation) route(r *Room) web.Route {
	return web.Route{Method: o.method, Path: base + o.path, Right: o.right, Token: true, Do: func(c *web.Ctx) error { return o.do(r, c) }}
}

var pathParameter = regexp.MustCompile(`\{([a-z]+)\}`)

// parameters are the parts of the address of an operation.
func (o operation) parameters() []string {
	var names []string
	for _, m := range pathParameter.FindAllStringSubmatch(o.path, -1) {
		names = append(names, m[1])
	}
	return names
}

// openAPI is the OpenAPI 3.1 document of the operations. server is the address of the program.
func openAPI(server, version string) map[string]any {
	s, paths := schemas{}, map[string]any{}
	for _, o := range operations() {
		entry, _ := paths[o.path].(map[string]any)
		if entry == nil {
			entry = map[string]any{}
			paths[o.path] = entry
		}
		entry[strings.ToLower(o.method)] = o.document(s)
	}
	s.of(problemType, "")
	return map[string]any{
		"openapi": "3.1.0",
		"info": map[string]any{
			"title": "Encaisse", "version": version,
			"description": "Envoyer à Encaisse les journées d’un autre logiciel de caisse, et lire ce qu’elles sont devenues. " +
				"Un jeton se crée dans Réglages › Liaisons ; il passe dans l’en-tête Authorization.",
		},
		"servers":    []any{map[string]any{"url": server + base}},
		"security":   []any{map[string]any{"jeton": []string{}}},
		"paths":      paths,
		"components": map[string]any{"schemas": map[string]any(s), "securitySchemes": map[string]any{"jeton": map[string]any{"type": "http", "scheme": "bearer"}}},
	}
}

// refusals are the answers every operation may give besides its own.
var refusals = []struct {
	status int
	words  string
	posts  bool // only where something is sent
}{
	{http.StatusUnauthorized, "Le jeton manque, est inexact ou révoqué.", false},
	{http.StatusForbidden, "La liaison n’a pas ce droit.", false},
	{http.StatusNotFound, "La caisse n’existe pas, ou pas pour cette liaison.", false},
	{http.StatusConflict, "La journée est déjà clôturée, ou quelqu’un la saisit.", true},
	{http.StatusUnprocessableEntity, "Des champs sont à corriger, ou l’identifiant a servi pour un autre contenu.", true},
	{http.StatusLocked, "La journée est verrouillée.", true},
	{http.StatusTooManyRequests, "Trop de demandes : attendez le nombre de secondes de l’en-tête Retry-After.", false},
}

func (o operation) document(s schemas) map[string]any {
	content := func(mediaType string, t reflect.Type) map[string]any {
		return map[string]any{mediaType: map[string]any{"schema": s.of(t, "")}}
	}
	answers := map[string]any{"200": map[string]any{"description": "La réponse.", "content": content("application/json", o.out)}}
	if o.made {
		answers["200"] = map[string]any{"description": typeset("Cet envoi avait déjà été reçu : il compte une fois."), "content": content("application/json", o.out)}
		answers["201"] = map[string]any{"description": "Enregistré.", "content": content("application/json", o.out)}
	}
	for _, r := range refusals {
		if !r.posts || o.in != nil {
			answers[itoa(r.status)] = map[string]any{"description": typeset(r.words), "content": content("application/problem+json", problemType)}
		}
	}
	document := map[string]any{"operationId": o.id, "summary": typeset(o.summary), "description": typeset(o.about), "responses": answers, "x-right": string(o.right)}
	var parameters []any
	for _, name := range o.parameters() {
		schema := map[string]any{"type": "string"}
		if name == "date" {
			schema["format"] = "date"
		}
		parameters = append(parameters, map[string]any{"name": name, "in": "path", "required": true, "schema": schema})
	}
	if o.in != nil {
		document["requestBody"] = map[string]any{"required": true, "content": content("application/json", o.in)}
		parameters = append(parameters, map[string]any{
			"name": "Idempotency-Key", "in": "header", "required": false, "schema": map[string]any{"type": "string", "maxLength": longestKey},
			"description": typeset("Votre identifiant de cet envoi, par exemple un UUID ou « Z-2026-11-20-caisse1 ». À défaut, le champ id."),
		})
	}
	if len(parameters) > 0 {
		document["parameters"] = parameters
	}
	return document
}
