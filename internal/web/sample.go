package web

import "github.com/a-h/templ"

// Sample is a page with made-up data, to be looked at without a database and compared with its golden HTML.
type Sample struct {
	Name  string // of its file: lower case, no extension
	Title string // what it shows
	Page  templ.Component
}
