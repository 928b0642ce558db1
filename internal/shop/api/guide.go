package api

import (
	"reflect"
	"strings"
)

// guideOf lists the members of a type in words, those of what it holds under their path: sales[].amount.
func guideOf(t reflect.Type, under string) []GuideField {
	var fields []GuideField
	for _, field := range reflect.VisibleFields(t) {
		if field.Anonymous {
			continue
		}
		name, inner := under+nameOf(field), field.Type
		g := GuideField{Name: name, Kind: kindOf(field.Type, field.Tag), Text: typeset(field.Tag.Get("doc")), Need: field.Tag.Get("need") == "true"}
		fields = append(fields, g)
		if inner.Kind() == reflect.Slice && inner.Elem().Kind() == reflect.Struct {
			fields = append(fields, guideOf(inner.Elem(), name+"[].")...)
		}
	}
	return fields
}

// kindOf names what a member holds.
func kindOf(t reflect.Type, tag reflect.StructTag) string {
	switch {
	case t.Kind() == reflect.Pointer:
		return kindOf(t.Elem(), tag)
	case t == amountType:
		return "montant"
	case t == dayType:
		return "date"
	case t.Kind() == reflect.Slice:
		return "liste"
	case t.Kind() == reflect.Bool:
		return "true ou false"
	case t.Kind() == reflect.Int:
		return "nombre entier"
	case tag.Get("enum") != "":
		return strings.ReplaceAll(tag.Get("enum"), ",", ", ")
	}
	return "texte"
}
