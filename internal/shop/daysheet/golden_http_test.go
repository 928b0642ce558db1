package daysheet

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

var hashed = regexp.MustCompile(`/static/[0-9a-f]{16}/`)

// readable keeps what stands within main and the foot, a tag a line, without the hashes of files: a golden file changes when the page does.
func readable(page string) string {
	if i := strings.Index(page, "<header class=\"tete\">"); i >= 0 {
		page = page[i:]
	}
	if i := strings.Index(page, "<nav class=\"onglets\""); i >= 0 {
		page = page[:i]
	}
	return strings.TrimSpace(strings.ReplaceAll(hashed.ReplaceAllString(page, "/static/#/"), "<", "\n<")) + "\n"
}

func TestPagesAreWrittenAsTheirGoldenFiles(t *testing.T) {
	for _, sample := range Samples() {
		t.Run(sample.Name, func(t *testing.T) {
			var page strings.Builder
			if err := sample.Page.Render(context.Background(), &page); err != nil {
				t.Fatal(err)
			}
			got := readable(page.String())
			file := filepath.Join("testdata", sample.Name+".html")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("changed (run with -update when it is meant):\n%s", diff)
			}
		})
	}
}

// No page may hold a space before a double sign that breaks the line, nor a straight apostrophe.
func TestFrenchTypographyNeverBreaksALine(t *testing.T) {
	tags := regexp.MustCompile(`<[^>]*>`)
	wrong := regexp.MustCompile(`\pL '|\pL'\pL| [;!?»€%]| :|« |[0-9] [0-9]{3}\b`)
	for _, sample := range Samples() {
		var page strings.Builder
		if err := sample.Page.Render(context.Background(), &page); err != nil {
			t.Fatal(err)
		}
		text := tags.ReplaceAllString(strings.NewReplacer("&nbsp;", "\u00a0", "&#39;", "'").Replace(page.String()), "\n")
		for _, found := range wrong.FindAllString(text, -1) {
			t.Errorf("%s: %q", sample.Name, found)
		}
	}
}
