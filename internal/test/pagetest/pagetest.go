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
	badSpace = regexp.MustCompile(`[^\s>&;][ ][:;!?»€%](?:[\s<]|$)|«[ ]`)
	tag      = regexp.MustCompile(`<[^>]*>`)
)

// Golden compares each sample with testdata/<name>.html (written anew with -update) and checks it: one title, no style and no script
// within the page, labels tied to their fields, spaces before double signs that do not break.
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
			html = hashed.ReplaceAllString(html, "/static/#/")
			papertest.Golden(t, s.Name+".html", strings.TrimSpace(strings.ReplaceAll(html, "<", "\n<"))+"\n")
		})
	}
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
	if found := badSpace.FindString(tag.ReplaceAllString(html, "\n")); found != "" {
		t.Errorf("a space that breaks stands in %q", found)
	}
}
