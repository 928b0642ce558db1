package api

import (
	"reflect"
	"strconv"
	"strings"

	"encaisse/internal/base/money"
	"encaisse/internal/web"
)

// schemas makes JSON Schemas (draft 2020-12, as OpenAPI 3.1 takes them) from Go types.
type schemas map[string]any // by name of type

// of is the schema of a type: a reference for an object, which is added.
func (s schemas) of(t reflect.Type, tag reflect.StructTag) map[string]any {
	var made map[string]any
	switch {
	case t.Kind() == reflect.Pointer:
		return s.of(t.Elem(), tag)
	case t == amountType:
		made = map[string]any{"$ref": s.amount()}
	case t == dayType:
		made = map[string]any{"type": "string", "format": "date", "examples": []string{"2026-11-20"}}
	case t.Kind() == reflect.Struct:
		made = map[string]any{"$ref": s.object(t)}
	case t.Kind() == reflect.Slice:
		made = map[string]any{"type": "array", "maxItems": longestList, "items": s.of(t.Elem(), "")}
	case t.Kind() == reflect.Bool:
		made = map[string]any{"type": "boolean"}
	case t.Kind() == reflect.Int:
		made = map[string]any{"type": "integer", "minimum": 0}
	default:
		made = map[string]any{"type": "string"}
		if limit, err := strconv.Atoi(tag.Get("max")); err == nil {
			made["maxLength"] = limit
		}
		if choices := tag.Get("enum"); choices != "" {
			made["enum"] = strings.Split(choices, ",")
		}
	}
	if doc := tag.Get("doc"); doc != "" {
		made["description"] = typeset(doc)
	}
	return made
}

func (s schemas) amount() string {
	const limit = int64(money.Max)
	s["Amount"] = map[string]any{
		"description": "Un montant : un nombre entier de centimes (12050), ou un texte en euros (\"120.50\"). Les réponses donnent des centimes.",
		"oneOf":       []any{map[string]any{"type": "integer", "minimum": -limit, "maximum": limit}, map[string]any{"type": "string", "pattern": amountPattern}},
		"examples":    []any{12050, "120.50"},
	}
	return "#/components/schemas/Amount"
}

// object adds the schema of a struct; what it embeds is its own.
func (s schemas) object(t reflect.Type) string {
	reference := "#/components/schemas/" + t.Name()
	if s[t.Name()] != nil {
		return reference
	}
	properties, need := map[string]any{}, []string{}
	s[t.Name()] = true // a type within itself would come back here
	for _, field := range reflect.VisibleFields(t) {
		if field.Anonymous {
			continue
		}
		properties[nameOf(field)] = s.of(field.Type, field.Tag)
		if field.Tag.Get("need") == "true" {
			need = append(need, nameOf(field))
		}
	}
	made := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(need) > 0 {
		made["required"] = need
	}
	s[t.Name()] = made
	return reference
}

var problemType = reflect.TypeFor[web.Problem]()
