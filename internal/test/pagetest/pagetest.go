// Package pagetest compares sample pages with golden files, and checks what every page must be.
package pagetest

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"encaisse/internal/test/papertest"
	"encaisse/internal/web"
)

var (
	hashed   = regexp.MustCompile(`/static/[0-9a-f]{16}/`)
	labelled = regexp.MustCompile(`<label[^>]* for="([^"]+)"`)
	ids      = regexp.MustCompile(` id="([^"]+)"`)
	tag      = regexp.MustCompile(`<[^>]*>`)

	// mistyped is a space that would break before a double sign or within a number, or a straight apostrophe in a word.
	mistyped = regexp.MustCompile(`\pL '|\pL'\pL| [:;!?»€%]|« |[0-9] [0-9]{3}\b`)
	entities = strings.NewReplacer("&nbsp;", "\u00a0", "&#39;", "'", "&#34;", `"`, "&quot;", `"`)
)

// Golden compares each sample with testdata/<name>.html (written anew with -update) and checks it: one title, no style and no script
// within the page, labels tied to their fields, French typography. The golden file leaves out the shell around the page, which package ui
// has golden files of its own for.
func Golden(t *testing.T, samples []web.Sample) {
	t.Helper()
	for _, s := range samples {
		t.Run(s.Name, func(t *testing.T) {
			var b strings.Builder
			if err := s.Page.Render(context.Background(), &b); err != nil {
				t.Fatal(err)
			}
			html := b.String()
			check(t, html)
			papertest.Golden(t, s.Name+".html", readable(html))
		})
	}
}

// readable is what stands between the menu and the tabs of a phone, a tag a line, without the hashes of files.
func readable(html string) string {
	if i := strings.Index(html, `<header class="tete">`); i >= 0 {
		html = html[i:]
	}
	if i := strings.Index(html, `<nav class="onglets"`); i >= 0 {
		html = html[:i]
	}
	return strings.TrimSpace(strings.ReplaceAll(hashed.ReplaceAllString(html, "/static/#/"), "<", "\n<")) + "\n"
}

func check(t *testing.T, html string) {
	t.Helper()
	if n := strings.Count(html, "<h1"); n != 1 {
		t.Errorf("the page has %d titles h1", n)
	}
	for _, bad := range []string{" style=", "<style", "<script>", " onclick=", "javascript:"} {
		if strings.Contains(html, bad) {
			t.Errorf("the page holds %q, which the content policy refuses", bad)
		}
	}
	seen := map[string]bool{}
	for _, m := range ids.FindAllStringSubmatch(html, -1) {
		if seen[m[1]] {
			t.Errorf("two elements have the id %q", m[1])
		}
		seen[m[1]] = true
	}
	for _, m := range labelled.FindAllStringSubmatch(html, -1) {
		if !seen[m[1]] {
			t.Errorf("a label is for %q, which is not there", m[1])
		}
	}
	for _, found := range mistyped.FindAllString(entities.Replace(tag.ReplaceAllString(html, "\n")), -1) {
		t.Errorf("French typography: %q", found)
	}
}
