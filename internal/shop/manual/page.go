package manual

import (
	"net/url"
	"strings"

	"encaisse/internal/base/locale"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// Page is a chapter, or what a search found.
type Page struct {
	Frame         ui.Frame
	Book          *Book
	Chapter       *Chapter
	Before, After *Chapter
	Return        string // where the reader came from, "" when it is not known
	Query         string
	Hits          []Hit
}

// newPage makes the page of a chapter.
func newPage(frame ui.Frame, c *Chapter, back string) *Page {
	p := &Page{Frame: frame, Book: book(), Chapter: c, Return: back}
	p.Before, p.After = p.Book.around(c)
	p.Frame.Title = c.Title
	if c != p.Book.Index {
		p.Frame.Subtitle = "Mode d’emploi"
		p.Frame.Back = ui.Link{Label: "Retour au sommaire", URL: p.to(root)}
	}
	if back != "" {
		p.Frame.Actions = returnButton(back)
	}
	return p
}

// search puts in the page what was found.
func (p *Page) search(query string) {
	if len(query) > 100 {
		query = strings.ToValidUTF8(query[:100], "")
	}
	p.Query, p.Hits = query, p.Book.Search(query)
	p.Frame.Title, p.Frame.Subtitle = "Recherche", "Mode d’emploi"
	p.Frame.Back = ui.Link{Label: "Retour au sommaire", URL: p.to(root)}
}

func (p *Page) component() templ.Component { return page(p) }

// to is an address of the manual that remembers where the reader came from.
func (p *Page) to(address string) string {
	if p.Return == "" {
		return address
	}
	path, anchor, anchored := strings.Cut(address, "#")
	path += "?" + url.Values{"retour": {p.Return}}.Encode()
	if anchored {
		path += "#" + anchor
	}
	return path
}

// found says how much was found.
func (p *Page) found() string {
	if len(p.Hits) == 0 {
		return "Rien sur «" + nbsp + p.Query + nbsp + "». Essayez un autre mot, ou un seul."
	}
	return locale.Plural(len(p.Hits), "passage", "passages") + " sur «" + nbsp + p.Query + nbsp + "»"
}

// titles are the sections of the chapter that have one.
func (p *Page) titles() []*Section {
	if p.Query != "" || p.Chapter == p.Book.Index {
		return nil
	}
	return p.Chapter.Sections[1:]
}

// Samples are the pages of the room.
func Samples() []web.Sample {
	frame := ui.Frame{Company: ui.Company{Name: "Épicerie du Port", HomeURL: "/"}}
	found := newPage(frame, book().Index, "/d/epicerie-du-port/journees")
	found.search("écart")
	return []web.Sample{
		{Name: "aide", Title: "Mode d’emploi, sommaire", Page: newPage(frame, book().Index, "").component()},
		{Name: "aide-chapitre", Title: "Mode d’emploi, un chapitre", Page: newPage(frame, book().Chapters[0], "/d/epicerie-du-port/journees").component()},
		{Name: "aide-recherche", Title: "Mode d’emploi, recherche", Page: found.component()},
	}
}
