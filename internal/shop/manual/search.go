package manual

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// mostWords bounds what is searched for at once; longestExcerpt is in characters.
const mostWords, longestExcerpt = 8, 180

// Hit is a section where every word was found.
type Hit struct {
	Chapter *Chapter
	Section *Section
	Excerpt string
	rank    int
}

// URL is the address of the section.
func (h Hit) URL() string {
	if h.Section.ID == "" {
		return h.Chapter.URL()
	}
	return h.Chapter.URL() + "#" + h.Section.ID
}

// Search finds the sections that hold every word, those whose titles hold them first, then in the order of the manual.
func (b *Book) Search(query string) []Hit {
	wanted := strings.Fields(fold(query))
	wanted = wanted[:min(len(wanted), mostWords)]
	if len(wanted) == 0 {
		return nil
	}
	var hits []Hit
	for _, c := range b.Chapters {
		for _, s := range c.Sections {
			title := fold(c.Title + " " + s.Title)
			missing, inTitle := 0, 0
			for _, word := range wanted {
				if strings.Contains(title, word) {
					inTitle++
				} else if !strings.Contains(s.words, word) {
					missing++
				}
			}
			if missing == 0 {
				hits = append(hits, Hit{Chapter: c, Section: s, Excerpt: excerpt(s.Text, wanted), rank: inTitle})
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return b.rank - a.rank })
	return hits
}

// excerpt is the part of a text around the first word found, cut between words.
func excerpt(text string, wanted []string) string {
	parts := strings.Split(text, " ")
	from := max(0, slices.IndexFunc(parts, func(part string) bool {
		return slices.ContainsFunc(wanted, func(word string) bool { return strings.Contains(fold(part), word) })
	})-8)
	var b strings.Builder
	if from > 0 {
		b.WriteString("… ")
	}
	for i, part := range parts[from:] {
		if utf8.RuneCountInString(b.String()) > longestExcerpt {
			return strings.TrimSpace(b.String()) + " …"
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(part)
	}
	return b.String()
}
