package manual

import (
	"bytes"
	"errors"
	"image/png"
	"io/fs"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// engine reads and writes Markdown. Raw HTML is left out, and so are links that would run a script.
var engine = goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithParserOptions(parser.WithAutoHeadingID()))

// newChapter reads the text of a chapter.
func newChapter(files fs.FS, key string, source []byte) (*Chapter, error) {
	tree := engine.Parser().Parse(text.NewReader(source), parser.WithContext(parser.NewContext(parser.WithIDs(anchors{}))))
	first, is := tree.FirstChild().(*ast.Heading)
	if !is || first.Level != 1 {
		return nil, errors.New("a chapter begins with its title")
	}
	c := &Chapter{Key: key}
	if err := c.adapt(files, tree, source); err != nil {
		return nil, err
	}
	c.Title = words(first, source)
	tree.RemoveChild(tree, first)
	c.cut(tree, source)
	var html bytes.Buffer
	if err := engine.Renderer().Render(&html, source, tree); err != nil {
		return nil, err
	}
	c.HTML = html.String()
	return c, nil
}

// adapt makes a parsed chapter ours: typography, addresses of the program, pictures with their size that open in full.
func (c *Chapter) adapt(files fs.FS, tree ast.Node, source []byte) error {
	var plain []*ast.Text
	var pictures []*ast.Image
	err := ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeSpan, *ast.FencedCodeBlock, *ast.CodeBlock:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			plain = append(plain, n)
		case *ast.Link:
			n.Destination = c.address(n.Destination)
		case *ast.Image:
			pictures = append(pictures, n)
		case *tables.Table:
			n.SetAttributeString("class", []byte("tableau"))
		}
		return ast.WalkContinue, nil
	})
	for _, n := range plain {
		line := typeset(string(n.Segment.Value(source)))
		if n.SoftLineBreak() {
			line += "\n"
		}
		n.Parent().ReplaceChild(n.Parent(), n, ast.NewString([]byte(line)))
	}
	for _, n := range pictures {
		err = errors.Join(err, c.frame(files, n))
	}
	return err
}

// address makes of a link to a file of the folder that of its page, and notes where it leads.
func (c *Chapter) address(destination []byte) []byte {
	to := string(destination)
	if strings.Contains(to, ":") {
		return destination
	}
	name, anchor, _ := strings.Cut(to, "#")
	key, is := strings.CutSuffix(name, ".md")
	if !is && name != "" {
		return destination
	}
	if name == "" {
		key = c.Key
	}
	c.links = append(c.links, link{key, anchor})
	to = (&Chapter{Key: key}).URL()
	if anchor != "" {
		to += "#" + anchor
	}
	return []byte(to)
}

// frame gives a picture its address, its size, and a link to itself alone.
func (c *Chapter) frame(files fs.FS, n *ast.Image) error {
	name := string(n.Destination)
	c.pictures = append(c.pictures, name)
	if f, err := files.Open(name); err == nil {
		size, err := png.DecodeConfig(f)
		if err = errors.Join(err, f.Close()); err != nil {
			return errors.Join(errors.New(name), err)
		}
		n.SetAttributeString("width", []byte(strconv.Itoa(size.Width)))
		n.SetAttributeString("height", []byte(strconv.Itoa(size.Height)))
	}
	n.SetAttributeString("loading", []byte("lazy"))
	n.Destination = []byte(root + "/" + name)
	alone := ast.NewLink()
	alone.Destination = n.Destination
	n.Parent().ReplaceChild(n.Parent(), n, alone)
	alone.AppendChild(alone, n)
	return nil
}

// cut finds the sections of a chapter, with the words of each.
func (c *Chapter) cut(tree ast.Node, source []byte) {
	s := &Section{}
	c.Sections = append(c.Sections, s)
	for n := tree.FirstChild(); n != nil; n = n.NextSibling() {
		if heading, is := n.(*ast.Heading); is {
			id := ""
			if value, known := heading.AttributeString("id"); known {
				id = string(value.([]byte))
			}
			if heading.Level == 2 {
				s = &Section{ID: id, Title: words(heading, source), anchors: []string{id}}
				c.Sections = append(c.Sections, s)
				continue
			}
			s.anchors = append(s.anchors, id)
		}
		s.Text = strings.TrimSpace(s.Text + " " + words(n, source))
	}
	for _, s := range c.Sections {
		s.words = fold(s.Title + " " + s.Text)
	}
}

// words is the text of a node, without marks.
func words(n ast.Node, source []byte) string {
	var b strings.Builder
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.String:
			b.Write(child.Value)
		case *ast.Text: // of code, left as it is
			b.Write(child.Segment.Value(source))
		case *ast.Image: // its words are for those who do not see it
		default:
			b.WriteString(words(child, source))
			if child.Type() == ast.TypeBlock {
				b.WriteByte(' ')
			}
		}
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' || r == '\n' }), " ")
}

// anchors makes the names of titles: lower case, without accents, words joined by dashes.
type anchors map[string]int

// Generate implements parser.IDs.
func (a anchors) Generate(value []byte, _ ast.NodeKind) []byte {
	name := strings.Join(strings.FieldsFunc(fold(string(value)), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-")
	if name == "" {
		name = "titre"
	}
	if a[name]++; a[name] > 1 {
		name += "-" + strconv.Itoa(a[name])
	}
	return []byte(name)
}

// Put implements parser.IDs.
func (a anchors) Put(value []byte) { a[string(value)]++ }
