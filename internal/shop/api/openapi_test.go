package api

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

// document is the OpenAPI document as a program receives it.
func document(t *testing.T, p *program) map[string]any {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal(p.ask(t, "GET", "/openapi.json", "").Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestTheDocumentListsEachRouteForProgramsAndNoOther(t *testing.T) {
	p := newProgram(t, dbtest.SQLite(t), nil)
	doc := document(t, p)
	var listed, served []string
	for path, entry := range doc["paths"].(map[string]any) {
		for method := range entry.(map[string]any) {
			listed = append(listed, strings.ToUpper(method)+" "+base+path)
		}
	}
	for _, r := range New(Config{DB: p.DB, Clock: p.DB}).Routes() {
		if r.Token {
			served = append(served, r.String())
		}
	}
	slices.Sort(listed)
	slices.Sort(served)
	if !slices.Equal(listed, served) {
		t.Errorf("listed %v, served %v", listed, served)
	}
	if doc["openapi"] != "3.1.0" {
		t.Error(doc["openapi"])
	}
}

func TestEveryReferenceOfTheDocumentLeadsSomewhereAndEveryTextHasItsLimit(t *testing.T) {
	doc := document(t, newProgram(t, dbtest.SQLite(t), nil))
	known := doc["components"].(map[string]any)["schemas"].(map[string]any)
	walk(doc["paths"], func(name string, o map[string]any) {
		if ref, is := o["$ref"].(string); is && known[strings.TrimPrefix(ref, "#/components/schemas/")] == nil {
			t.Errorf("%s leads nowhere", ref)
		}
	})
	for name, s := range known {
		if name == "Amount" || name == "Problem" || name == "ProblemField" {
			continue
		}
		walk(s, func(member string, o map[string]any) {
			if ref, is := o["$ref"].(string); is && known[strings.TrimPrefix(ref, "#/components/schemas/")] == nil {
				t.Errorf("%s: %s leads nowhere", name, ref)
			}
			if o["type"] == "string" && o["format"] == nil && o["maxLength"] == nil {
				t.Errorf("%s.%s has no limit", name, member)
			}
		})
	}
}

func walk(v any, see func(name string, o map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			if o, is := member.(map[string]any); is {
				see(name, o)
			}
			walk(member, see)
		}
	case []any:
		for _, item := range v {
			walk(item, see)
		}
	}
}

// What is answered is checked against the very document that is served.
func TestEachAnswerIsAsTheDocumentSays(t *testing.T) {
	p := newProgram(t, dbtest.SQLite(t), nil)
	doc := document(t, p)
	answers := map[string]string{
		"SheetOut":   p.ask(t, "POST", "/daysheets", sending(closing)).Body.String(),
		"DayState":   p.ask(t, "GET", "/daysheets/"+p.Till.ID+"/2026-11-20/state", "").Body.String(),
		"References": p.ask(t, "GET", "/references", "").Body.String(),
		"Problem":    p.ask(t, "POST", "/daysheets", `{}`).Body.String(),
		"SheetIn":    example,
	}
	for name, body := range answers {
		var value any
		if err := json.Unmarshal([]byte(body), &value); err != nil {
			t.Fatal(err)
		}
		for _, wrong := range conform(doc, map[string]any{"$ref": "#/components/schemas/" + name}, value, name) {
			t.Error(wrong)
		}
	}
	if wrong := conform(doc, map[string]any{"$ref": "#/components/schemas/SheetIn"}, map[string]any{"box": "x", "date": "2026-11-20", "colour": "red"}, ""); len(wrong) != 1 {
		t.Errorf("a member that does not exist is found %d times", len(wrong))
	}
}

// conform tells where a value differs from a schema, for the part of JSON Schema the document uses.
func conform(doc, schema map[string]any, value any, at string) (wrong []string) {
	if ref, is := schema["$ref"].(string); is {
		return conform(doc, doc["components"].(map[string]any)["schemas"].(map[string]any)[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any), value, at)
	}
	if choices, is := schema["oneOf"].([]any); is {
		fits := 0
		for _, c := range choices {
			if len(conform(doc, c.(map[string]any), value, at)) == 0 {
				fits++
			}
		}
		if fits != 1 {
			return []string{fmt.Sprintf("%s fits %d choices: %v", at, fits, value)}
		}
		return nil
	}
	if value == nil {
		return nil
	}
	switch schema["type"] {
	case "object":
		o, is := value.(map[string]any)
		if !is {
			return []string{at + " is no object"}
		}
		members := schema["properties"].(map[string]any)
		for name, v := range o {
			if members[name] == nil {
				wrong = append(wrong, at+"/"+name+" is not in the document")
				continue
			}
			wrong = append(wrong, conform(doc, members[name].(map[string]any), v, at+"/"+name)...)
		}
		need, _ := schema["required"].([]any)
		for _, name := range need {
			if _, there := o[name.(string)]; !there {
				wrong = append(wrong, at+"/"+name.(string)+" is missing")
			}
		}
	case "array":
		list, is := value.([]any)
		if !is {
			return []string{at + " is no list"}
		}
		for i, item := range list {
			wrong = append(wrong, conform(doc, schema["items"].(map[string]any), item, fmt.Sprint(at, "/", i))...)
		}
	case "integer":
		if n, is := value.(float64); !is || n != float64(int64(n)) {
			wrong = append(wrong, fmt.Sprintf("%s is no whole number: %v", at, value))
		}
	case "string":
		text, is := value.(string)
		if !is {
			return []string{at + " is no text"}
		}
		if pattern, has := schema["pattern"].(string); has && !regexp.MustCompile(pattern).MatchString(text) {
			wrong = append(wrong, at+" does not fit "+pattern)
		}
		if choices, has := schema["enum"].([]any); has && text != "" && !slices.Contains(choices, any(text)) {
			wrong = append(wrong, at+" is none of its values: "+text)
		}
	case "boolean":
		if _, is := value.(bool); !is {
			wrong = append(wrong, at+" is no yes or no")
		}
	}
	return wrong
}

func TestTheExampleOfTheGuideReads(t *testing.T) {
	var in SheetIn
	if err := decode([]byte(example), &in); err != nil {
		t.Fatal(err)
	}
	if in.Sales[1].Amount != 18720 || in.Sales[0].Amount != 64250 {
		t.Errorf("%+v", in.Sales)
	}
	var shape web.Problem
	if err := json.Unmarshal([]byte(refusalExample), &shape); err != nil || reflect.DeepEqual(shape, web.Problem{}) {
		t.Errorf("%v %+v", err, shape)
	}
}
