package manual

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"encaisse/docs/manuel"
)

// root is the address of the table of contents; each chapter is under it.
const root = "/aide"

// contents is the key of the table of contents.
const contents = "index"

// Book is the manual.
type Book struct {
	Index    *Chapter
	Chapters []*Chapter // in the order of the table of contents, without it
}

// Chapter is one page of the manual.
type Chapter struct {
	Key      string // name of its file, without extension
	Title    string
	HTML     string // of the body, without its title
	Sections []*Section
	links    []link
	pictures []string
}

// Section is what stands under a title of the second level. The first one, without title, is what comes before any of them.
type Section struct {
	ID, Title string
	Text      string // in plain words
	words     string // folded, to search in
	anchors   []string
}

// link is where a chapter leads to.
type link struct{ chapter, anchor string }

// URL is the address of a chapter.
func (c *Chapter) URL() string {
	if c.Key == contents {
		return root
	}
	return root + "/" + c.Key
}

// book is the manual of this program, read when it is first asked for.
var book = sync.OnceValue(func() *Book {
	b, err := newBook(manuel.Files)
	if err != nil {
		panic("manual: " + err.Error()) // embedded: the tests meet it first
	}
	return b
})

// newBook reads every chapter of a folder.
func newBook(files fs.FS) (*Book, error) {
	names, err := fs.Glob(files, "*.md")
	if err != nil {
		return nil, err
	}
	byKey := map[string]*Chapter{}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		key := strings.TrimSuffix(name, path.Ext(name))
		if byKey[key], err = newChapter(files, key, text); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	b := &Book{Index: byKey[contents]}
	if b.Index == nil {
		return nil, fmt.Errorf("no table of contents (%s.md)", contents)
	}
	for _, l := range b.Index.links {
		if c := byKey[l.chapter]; c != nil && c != b.Index && !slices.Contains(b.Chapters, c) {
			b.Chapters = append(b.Chapters, c)
		}
	}
	if len(b.Chapters) != len(byKey)-1 {
		return nil, fmt.Errorf("the table of contents leads to %d chapters of %d", len(b.Chapters), len(byKey)-1)
	}
	return b, nil
}

// Chapter finds a chapter by its key, nil when there is none.
func (b *Book) Chapter(key string) *Chapter {
	for _, c := range append([]*Chapter{b.Index}, b.Chapters...) {
		if c.Key == key {
			return c
		}
	}
	return nil
}

// around are the chapters before and after one, nil at the ends.
func (b *Book) around(c *Chapter) (before, after *Chapter) {
	at := slices.Index(b.Chapters, c)
	if at > 0 {
		before = b.Chapters[at-1]
	}
	if at >= 0 && at+1 < len(b.Chapters) {
		after = b.Chapters[at+1]
	}
	return before, after
}
