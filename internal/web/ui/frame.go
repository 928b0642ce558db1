// Package ui is what pages are made of: the frame around them, fields, tables, figures, messages. It knows no room, no
// request and no database: it turns plain values into accessible French HTML. Class names are French, as in the style sheets.
package ui

import (
	"encaisse/internal/web/static"

	"github.com/a-h/templ"
)

// Tone is the meaning a message or a status carries, always beside a word and an icon.
type Tone string

// The tones. Their values are the class names of the style sheets.
const (
	Neutral Tone = ""
	OK      Tone = "ok"
	Warn    Tone = "att"
	Error   Tone = "err"
	Info    Tone = "info"
)

// icon is the usual icon of a tone.
func (t Tone) icon() string {
	switch t {
	case OK:
		return "coche"
	case Warn, Error:
		return "alerte"
	default:
		return "info"
	}
}

// Theme is the choice of colours of a person; the empty one follows the system.
type Theme string

// The themes. Their values are those of data-theme on the page.
const (
	SystemTheme Theme = ""
	LightTheme  Theme = "clair"
	DarkTheme   Theme = "sombre"
)

// ParseTheme reads a theme, the system's when the text is none of them.
func ParseTheme(text string) Theme {
	if t := Theme(text); t == LightTheme || t == DarkTheme {
		return t
	}
	return SystemTheme
}

// barColour is the colour a browser gives its own bar around the page.
func (t Theme) barColour() string {
	if t == DarkTheme {
		return "#0a1210"
	}
	return "#0f2a25"
}

// NavItem is one place of the main navigation.
type NavItem struct {
	Label   string
	Icon    string
	URL     string
	Current bool
	Badge   int  // things to do there, 0 for none
	Foot    bool // stands at the foot of the rail
	Tab     bool // has its tab on a phone; the others are under « Plus »
}

// Link is a text that leads somewhere.
type Link struct{ Label, URL string }

// Flash is the word that follows an act on the next page: « Journée clôturée ».
type Flash struct {
	Tone Tone
	Text string
}

// Company is the company a page belongs to. SwitchURL leads to the list of companies, empty when the user has only this one; ViewURL to the
// choice of seeing it as its people do, empty when the user may not.
type Company struct{ Name, HomeURL, SwitchURL, ViewURL string }

// View says whose eyes a page is seen with. Without a role they are one’s own.
type View struct{ Role, LeaveURL string }

// User is who is signed in.
type User struct{ Name, Email string }

// Initials are the one or two letters of the round beside the name.
func (u User) Initials() string {
	text := u.Name
	if text == "" {
		text = u.Email
	}
	return initials(text)
}

// Frame is everything around a page. Web fills what it knows (navigation, company, user, message, theme); the page adds the rest.
type Frame struct {
	Title    string // h1 and, with the company, the title of the window
	Subtitle string
	Back     Link // the arrow before the title
	Status   templ.Component
	Actions  templ.Component // at the right of the title
	Foot     templ.Component // bar that stays at the bottom of the window
	Help     string          // address of the chapter of the manual
	Wide     bool            // without the limit of width
	Scripts  []string        // modules beside base, by name
	Class    string          // class of the body

	Nav     []NavItem
	Company Company
	View    View
	User    User
	Flash   *Flash
	Theme   Theme
	Path    string // address of the page, to come back to it
}

// tabs are the four places a phone shows beside « Plus »: those marked, else the first four.
func (f Frame) tabs() []NavItem {
	var marked []NavItem
	for _, item := range f.Nav {
		if item.Tab {
			marked = append(marked, item)
		}
	}
	if len(marked) == 0 {
		marked = f.Nav
	}
	return marked[:min(4, len(marked))]
}

// others are the places under « Plus ».
func (f Frame) others() []NavItem {
	shown := map[string]bool{}
	for _, item := range f.tabs() {
		shown[item.URL] = true
	}
	var rest []NavItem
	for _, item := range f.Nav {
		if !shown[item.URL] {
			rest = append(rest, item)
		}
	}
	return rest
}

// othersCurrent tells whether the present page is one of those under « Plus ».
func (f Frame) othersCurrent() bool {
	for _, item := range f.others() {
		if item.Current {
			return true
		}
	}
	return false
}

func (f Frame) windowTitle() string {
	title := f.Title
	if f.Company.Name != "" {
		title += " · " + f.Company.Name
	}
	return title + " · Encaisse"
}

func (f Frame) home() string {
	if f.Company.HomeURL != "" {
		return f.Company.HomeURL
	}
	return "/"
}

// asset is the address of a file of the look.
func asset(name string) string { return static.URL(name) }
