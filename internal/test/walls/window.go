package walls

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"strings"
)

var httpFile = regexp.MustCompile(`^http(_[a-z0-9_]+)?\.go$`)

// Window names the files that speak HTTP without being a window: net/http belongs to web, to the app and to http.go of a room.
func Window(t *Tree) []string {
	var wrong []string
	for _, f := range t.Files {
		if f.Test || under(f.Folder, "internal/web") || under(f.Folder, "internal/app") {
			continue
		}
		if room(f.Folder) != "" && httpFile.MatchString(path.Base(f.Path)) {
			continue
		}
		for _, i := range f.Imports {
			if under(i.Path, "net/http") {
				wrong = append(wrong, fmt.Sprintf("%s:%d: imports %s outside http.go, internal/web and internal/app", f.Path, i.Line, i.Path))
			}
		}
	}
	return wrong
}

// Routes names the routes that do not say which right they need.
func Routes(t *Tree) []string {
	var wrong []string
	for _, f := range t.Files {
		if f.Test {
			continue
		}
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			literal, is := n.(*ast.CompositeLit)
			if !is {
				return true
			}
			if list, is := literal.Type.(*ast.ArrayType); is && isRoute(list.Elt, f) {
				for _, element := range literal.Elts {
					if route, is := element.(*ast.CompositeLit); is && route.Type == nil && !namesRight(route) {
						wrong = append(wrong, t.at(f, route, "a route without its right"))
					}
				}
			}
			if isRoute(literal.Type, f) && !namesRight(literal) {
				wrong = append(wrong, t.at(f, literal, "a route without its right"))
			}
			return true
		})
	}
	return wrong
}

// isRoute tells whether a type is web.Route.
func isRoute(e ast.Expr, f *File) bool {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		from, is := e.X.(*ast.Ident)
		return is && from.Name == "web" && e.Sel.Name == "Route"
	case *ast.Ident:
		return e.Name == "Route" && f.Folder == "internal/web"
	}
	return false
}

// namesRight tells whether a route's literal gives its right: by name, or by place when it gives every field.
func namesRight(route *ast.CompositeLit) bool {
	if len(route.Elts) == 0 {
		return true // the zero route, as in an error return
	}
	for _, element := range route.Elts {
		field, keyed := element.(*ast.KeyValueExpr)
		if !keyed {
			return len(route.Elts) >= 4
		}
		if name, is := field.Key.(*ast.Ident); is && name.Name == "Right" {
			text, is := field.Value.(*ast.BasicLit)
			return !is || strings.Trim(text.Value, "\"`") != ""
		}
	}
	return false
}
